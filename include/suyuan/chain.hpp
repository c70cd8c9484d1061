// chain.hpp: step 6 of the pipeline: alignments → Chain, the provenance of one passage.
//
// A chain is built around a head, the fullest witness of a unit: an attributed section, else a paragraph, else
// a marked quotation. Units that cover each other to 80 % are one; a smaller one joins as a witness with its
// extent and opens a chain of its own only where it has witnesses outside, its work's own title and headings aside.
// Each witness is compared with the first appearance and with the earlier witness it differs least from.
//
// Order      By publication alone, by the last day its interval allows: that day it stood. Witnesses whose
//            intervals overlap are unordered in truth; `rivals` names those that could precede the first.
//            An undated witness is never first while a dated one holds as much.
// Cost       A chain needs its head's alignments only. `nearest` looks at no more than kNearest distinct
//            earlier wordings of a chain.
#pragma once

#include <cstdint>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

inline constexpr std::uint32_t kNearest = 24;

// Whose words a place gives, and said when, as its own text has it. Of the quotations and led speech that cover the
// place the innermost that names somebody; else the author of a signed article, excerpt or speech, unless the
// place stands in a quotation of somebody who is not named. What "the article" says in a report on an article is its
// author's.
struct Voice {
  enum class By : std::uint8_t { nothing, quotation, author };
  std::string speaker;  // in simplified script, whichever the text's
  SpeakerKind kind = SpeakerKind::unknown;
  By by = By::nothing;
  bool inferred = false;  // from a pronoun, or from who spoke just before
  Parts occasion;  // a section's closing line, or the words before the quotation: 在…会议上
  DateInterval spoken;
};

struct Witness {
  std::uint32_t work = 0;
  FoldSpan span;
  double extent = 0;  // share of the head's letters it holds
  Role role = Role::body;
  bool quoted = false;                   // stands inside quotation marks
  Voice voice;
  std::optional<std::uint32_t> nearest;  // an earlier witness
  Comparison against_nearest;
  Comparison against_first;
  bool before_first = false;  // is the first side of it: it stands before the first appearance, and holds too little
};

struct Chain {
  bool quotation = false;  // somebody's words: quoted, or a section with an occasion
  std::uint32_t head = 0;  // witnesses by number
  std::uint32_t first = 0;
  std::uint32_t first_part = 0;
  std::vector<std::uint32_t> rivals;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> occasion;  // work, section
  std::vector<Witness> witnesses;                                   // in order
};

// Ordered by the date of the first appearance, then by place.
std::vector<Chain> build_chains(const Corpus& corpus, const std::vector<Alignment>& alignments, unsigned jobs = 1);

// The chain whose head is all of one work, from the alignments that touch it. Only the head, where none does.
Chain build_chain(const Corpus& corpus, const std::vector<Alignment>& alignments, std::uint32_t work);

}  // namespace suyuan
