// finds.hpp: where a passage stands elsewhere, seen through the alignments that touch it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "chain/series.hpp"
#include "suyuan/chain.hpp"

namespace suyuan {

inline constexpr std::uint32_t kOpens = 20;    // letters but figures that open a chain, unless marks hold fewer
inline constexpr std::uint32_t kWeighty = 40;  // letters that are enough for a witness, whatever the passage

struct Passage {  // one that may head a chain
  std::uint32_t work;
  FoldSpan span;
  std::optional<std::uint32_t> section;
};

// Where an alignment puts a passage, or a part of it.
struct Find {
  std::uint32_t work;
  FoldSpan span;  // in that work
  FoldSpan of;    // in the passage's work
  std::uint32_t equal;
  std::uint32_t whole = 0;  // of them, in clauses that one of the two texts has whole
  double score = 0;         // bits
  bool quoted = false;      // what it has between quotation marks is somebody's words, or stands with an occasion
  bool opens = false;       // enough for a chain of its own
  bool clause = false;      // nothing but whole clauses of both texts, in telling wording
  std::uint32_t alignment = 0;
  bool b_side = false;  // the passage is that side of it
  bool leads = false;   // the passage's work has it before all the places of widespread wording
};

// Const use is safe from several threads. REQUIRES: corpus and alignments outlive it
class Finder {
 public:
  Finder(const Corpus& corpus, const std::vector<Alignment>& alignments);

  const Corpus& corpus() const { return corpus_; }
  const std::vector<Alignment>& alignments() const { return alignments_; }

  // What may head a chain of works that alignments touch: sections, paragraphs outside them, quotations.
  std::vector<Passage> units() const;
  // By place; not the passage itself.
  std::vector<Find> find(const Passage& passage) const;
  // Which of a passage's finds are the same sentence with other values (series.hpp).
  SeriesTold tell(const Passage& passage, const std::vector<Find>& finds) const;
  // How many letters of a window of one work are linked to a window of another.
  std::uint32_t linked(std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there) const;
  // A stretch without the words that it breaks off in, where clauses are most of it, nor the beginning of a
  // sentence that says no more than who speaks or since when: 。他指出，党的十八大以来.
  FoldSpan in_clauses(std::uint32_t work, FoldSpan span) const;
  // A stretch without what says at its beginning whose words between marks it is, and leads nothing else:
  // 某某指出：“.
  FoldSpan without_lead(std::uint32_t work, FoldSpan span) const;
  // Whether a quotation, led speech too, or a section with its occasion goes on over a letter of a work.
  bool quoted_over(std::uint32_t work, std::uint32_t at) const;
  // In how many other publications a place is known to stand, four fifths of it or more.
  std::size_t elsewhere(std::uint32_t work, FoldSpan place) const;

 private:
  struct Touch {
    FoldSpan span;
    std::uint32_t alignment;
    bool b_side;
  };
  void count_shared();
  // Letters of a work that alignments with another hold.
  std::uint32_t shared(std::uint32_t work, std::uint32_t other) const;
  enum class Around : std::uint8_t { reported, marked, occasion };
  void find_quoted();
  void find_leads(std::uint32_t work);
  // What of a stretch both texts have: `equal`, by place in that work.
  bool quotes(std::uint32_t work, FoldSpan span, std::span<const FoldSpan> equal, std::uint32_t least) const;
  bool spoken_there(std::uint32_t work, FoldSpan span) const;  // in a section that closes with its occasion
  void find_openings();
  bool repeats_itself(const Alignment& x) const;

  const Corpus& corpus_;
  const std::vector<Alignment>& alignments_;
  std::vector<std::vector<Touch>> touching_;                     // of each work, by place
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> shared_;  // of each work, by the other
  std::vector<std::vector<std::uint32_t>> reach_;                // the farthest end of touching_[w][0..i]
  std::unordered_set<std::uint64_t> openings_;                   // hashes of what many paragraphs begin with
  std::vector<std::vector<std::pair<FoldSpan, Around>>> words_;  // of each work, what is somebody's
  std::vector<std::vector<FoldSpan>> leads_;                     // of each work, what says whose words follow
  std::vector<bool> quoted_;                                     // of each alignment
  std::vector<bool> marked_;  // of each: of words between quotation marks, or in a section with an occasion
};

// Two finds of one place are one; pieces that follow each other closely in both texts are one witness.
std::vector<Find> merge(const std::vector<Find>& finds);

// Those that hold a part of the passage that says something: not a name, a title or a stock phrase of it.
std::vector<Find> telling(const Corpus& corpus, const Passage& passage, std::vector<Find> finds);

// Whether a short passage is a name, a title or a piece of a sentence: of one clause, and in none of the texts that
// have all of it a clause by itself.
bool is_name(const Corpus& corpus, const Passage& passage, const std::vector<Find>& finds);

// The most letters of a passage that one text holds, here and there. REQUIRES: in order of works
std::uint32_t most_held(const std::vector<Find>& finds);

// The parts of a passage that stand elsewhere: stretches that finds overlap in, for the most part of the shorter.
// Of widespread wording what most of its places have.
std::vector<FoldSpan> parts_of(const std::vector<Find>& finds, bool widespread);

// A passage without the clauses at its ends that none of the texts has anything of.
Passage as_held(const Corpus& corpus, Passage passage, const std::vector<Find>& finds);

bool is_one_clause(const Fold& fold, FoldSpan span);

// A stretch without the beginning of a sentence that says nothing yet: 。同时, 。中方愿同某方一道,
// 。党的十八大以来.
FoldSpan without_tail(const Fold& fold, FoldSpan span);

// A stretch without a letter or two of the clause before it or of the next: 甲，⟦乙丙。丁⟧戊己.
FoldSpan without_ends(const Fold& fold, FoldSpan span);

// The clauses of a stretch that marks bound on both sides; may be empty.
FoldSpan between_marks(const Fold& fold, FoldSpan span);

}  // namespace suyuan
