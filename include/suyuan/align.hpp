// align.hpp: step 5 of the pipeline: seeds → runs → Alignment, and an alignment's typed edits.
//
// Two places are linked where a collinear run of equal letters is too surprising for chance and differs little
// enough for its length. An alignment is a list of equal stretches in both folds; everything between two of them
// is an edit. Omissions up to kOmission letters are joined while what stands on both sides outweighs them.
//
// Wording too widespread to be paired (index.hpp) is linked to the earliest text that has it alone, where 20
// letters of it follow each other or quotation marks stand around it: what everybody quotes costs a link for each
// place.
//
// Score       Bits: the surprise of the equal letters (index.hpp), less what each difference costs. The thresholds
//             rest on it; docs/accuracy.md says how they were set and what they lose.
// Similarity  2 × equal letters / (letters of a + letters of b), in [0, 1].
// Method      Longest exact matches that hold a seed, collinear chaining with gap costs, then between them a
//             bit-parallel bound on the common subsequence and a shortest insert/delete script: read off the bits
//             in windows of up to 64 letters, dtl's in larger ones. Ends grow while they gain; what holds is
//             followed to its clauses' ends. Scripts are brought into one canonical form; clauses that changed
//             places are taken in.
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
inline constexpr double kScore = 40;        // bits an alignment must score, except
inline constexpr double kQuoted = 20;       // these less, where quotation marks stand around exactly it, unchanged,
inline constexpr double kQuotedChanged = 16;  // or changed,
inline constexpr double kWhole = 12;  // these less, where it is a changed clause of both, in telling wording,
inline constexpr double kWholeSentence = 14;  // and a sentence of one,
inline constexpr double kRare = 3.6;          // an unchanged clause of so many bits a letter,
inline constexpr double kRareBoth = 3.2;      // of so many where it is a clause of both,
inline constexpr double kRareSentence = 2.3;  // and of so many where it is a sentence of one besides,
inline constexpr std::uint32_t kLong = 20;    // and an unchanged sentence of so many letters
// Letters that may differ between the last equal one and the clause's end; twice as many in longer ones.
inline constexpr std::uint32_t kClauseEnd = 2;
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
  // In order, never empty; a few letters may differ at the ends, see kClauseEnd. One of no letters ends a numeral
  // that has no equal letter beyond it: 118 % in one text, 百分之一百一十八 in the other.
  std::vector<EqualRun> equal;
  double similarity = 0;
  double score = 0;         // bits, see above
  bool joined = false;      // one of several pieces that follow each other in one text and stand apart in the other
  bool widespread = false;  // of wording too widespread to be paired, which each place has of the earliest, a
};

// Every pair of places of the corpus that share a passage, ordered by (b_work, b, a_work, a).
std::vector<Alignment> align_all(const Corpus& corpus, const Index& index, unsigned jobs = 1);

// Every place that shares a passage with one work, wherever it stands in the corpus, and, however common its
// wording, every place that holds all of the work word for word, or, of 10 to 64 letters, with one in ten changed.
// The work is b.
std::vector<Alignment> align_one(const Corpus& corpus, const Index& index, std::uint32_t work);

// What became of one candidate: an alignment, or the threshold that refused it.
enum class Outcome : std::uint8_t { linked, too_short, label, too_common, too_different, overlapped };
std::string_view name(Outcome outcome);
struct Candidate {
  Alignment alignment;  // as far as it grew
  Outcome outcome = Outcome::linked;
  double wanted = 0;  // bits, for too_common; the share of differences allowed, for too_different
  double had = 0;
};
// Why two works are linked or not: each run that was grown between them, and the longest exact match of the
// places asked for, whether or not it could seed.
struct Explanation {
  std::vector<Candidate> candidates;  // ordered by place; a stands before b in the corpus
  EqualRun longest;                   // of the two places, length 0 where they share no letter in a row
  double bits = 0;                    // its surprise; a run under a gram has none
  std::uint32_t common = 0;           // how many of its grams are too common to seed
};
// REQUIRES: (a_work, in_a) stands before (b_work, in_b).
Explanation explain(const Corpus& corpus, const Index& index, std::uint32_t a_work, FoldSpan in_a,
                    std::uint32_t b_work, FoldSpan in_b);

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
  std::uint32_t letters = 0;  // of the longer side, but for what two numbers begin and end with
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
