// align.hpp: step 5 of the pipeline: seeds → runs → Alignment, and an alignment's typed edits.
//
// Two places are linked where a collinear run of shared k-grams holds at least kLeast letters and the letters
// between the seeds agree well enough. An alignment is a list of equal stretches in both folds; everything
// between two of them is an edit. Long matches are never split; omissions up to kOmission letters are joined.
//
// Similarity  2 × equal letters / (letters of a + letters of b), in [0, 1].
// Method      Seeds on diagonals, collinear chaining with gap costs, then between the seeds equality, a
//             bit-parallel bound on the common subsequence, and a minimal insert/delete script (dtl) in windows
//             that are always exact. Ends grow while they gain. Scripts are brought into one canonical form.
// Errors      None. Threads: align_all uses `jobs` threads, its result does not depend on their number.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/fold.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

inline constexpr std::uint32_t kLeast = 8;  // equal letters an alignment must have
inline constexpr double kScore = 39;        // bits an alignment must score, except
inline constexpr double kQuoted = 16;       // that quotation marks around exactly it count,
inline constexpr double kRare = 3.6;        // an unchanged clause of so many bits a letter,
inline constexpr std::uint32_t kLong = 20;  // and an unchanged stretch of so many letters
inline constexpr std::uint32_t kClauseEnd =
    2;  // letters that may differ between the last equal one and the clause's end
inline constexpr std::uint32_t kOmission = 600;  // letters one side may lack inside one alignment

// Equal stretch: a[a_begin, +length) and b[b_begin, +length) are the same units.
struct EqualRun {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t length = 0;
  auto operator<=>(const EqualRun&) const = default;
};

struct Alignment {
  std::uint32_t a_work = 0;  // stands before b in the corpus: earlier work, or earlier in the same work
  std::uint32_t b_work = 0;
  FoldSpan a;
  FoldSpan b;
  std::vector<EqualRun> equal;  // in order, never empty; up to kClauseEnd letters may differ at the ends
  double similarity = 0;
  double score = 0;     // bits, see above
  bool joined = false;  // one of several pieces that follow each other in one text and stand apart in the other
};

// Every pair of places of the corpus that share a passage, ordered by (b_work, b, a_work, a).
std::vector<Alignment> align_all(const Corpus& corpus, const Index& index, unsigned jobs = 1);

// One place against another, whole against whole: equal runs in canonical form, offsets of the folds.
// Empty where the two have no letter in common in order.
std::vector<EqualRun> align_pair(const Fold& a, FoldSpan in_a, const Fold& b, FoldSpan in_b);

enum class EditClass : std::uint8_t { wording, punctuation, numeral, form, structure, reporting };
enum class EditOp : std::uint8_t { substitute, omit, add, move };
std::string_view name(EditClass c);
std::string_view name(EditOp op);

// One difference, `from` in a and `to` in b; empty parts where that side has nothing.
struct Edit {
  EditClass kind = EditClass::wording;
  EditOp op = EditOp::substitute;
  bool sensitive = false;    // touches a negation, number, date, name, quantifier or modal
  bool ocr_suspect = false;  // each character looks like the one it stands for
  Parts from;
  Parts to;
  std::uint32_t letters = 0;  // of the longer side
  std::uint32_t from_at = 0;  // where it stands in each document, also on the side that has nothing there
  std::uint32_t to_at = 0;
};

// What folded away between the two sides, by layer.
struct Folds {
  std::uint32_t layout = 0, width = 0, gloss = 0, script = 0;
};

enum class MatchKind : std::uint8_t { verbatim, variant, abridged, expanded, composite, reordered };
std::string_view name(MatchKind kind);

struct Comparison {
  MatchKind kind = MatchKind::verbatim;
  double similarity = 0;
  Folds folds;
  std::vector<Edit> edits;    // in the order of the texts
  std::uint32_t wording = 0;  // letters touched by wording edits
  FoldSpan a = {}, b = {};    // what was compared
};

// The typed edits of an alignment whose first side is in work a, second in work b.
Comparison compare(const Corpus& corpus, std::uint32_t a_work, std::uint32_t b_work,
                   std::span<const EqualRun> equal, FoldSpan a, FoldSpan b);

}  // namespace suyuan
