// claims.hpp: what a draft says of a quotation's source: read from the words beside it, held against a place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "segment/lexicon.hpp"
#include "suyuan/verify.hpp"
#include "verify/notes.hpp"
#include "verify/occasion.hpp"

namespace suyuan {

class Ground;

// One thing that the draft says.
struct Asked {
  Claim::Kind kind = Claim::Kind::occasion;
  Span span;
  std::u32string key;               // of an occasion: its words; of a title or speaker: the name; folded
  std::optional<Date> first, last;  // of an occasion: the days of a meeting that are public record
  std::string outlet;               // of a publication
  int year = 0, number = 0;         // its issue; the page; of a day without its year: month and day, 415;
                                    // of a title: the article of the act
  bool held = false;                // of an act: the works at hand have a text of that title
  bool body = false;                // of an occasion: the meeting is what speaks
  bool document = false;            // of an occasion: its report or decision is what is cited
  bool noun = false;                // of a speaker: nobody's name: 记者, 省委
  bool text = false;                // of a publication: a text that is said to speak, by its name
  bool beside = false;              // of an occasion: named in the sentence, and not said to have the words
};

// Reads what drafts say, quotation by quotation; what all of them need of the works at hand is gathered once. Safe
// to share between threads.
class ClaimReader {
 public:
  // `drafts`: the documents, by number, that quotations will be asked of.
  ClaimReader(const Corpus& corpus, const std::vector<char>& drafts, const Ground& ground,
              const Lexicons& lexicons);
  std::vector<Asked> asked_of(std::uint32_t work, const Quotation& quotation) const;

  const Notes& notes(std::uint32_t document) const { return notes_[document]; }
  bool is_outlet(const std::string& name) const;
  const Ground& ground() const { return ground_; }
  const Lexicons& lexicons() const { return lexicons_; }

 private:
  const Corpus& corpus_;
  const Ground& ground_;
  const Lexicons& lexicons_;
  std::vector<Notes> notes_;  // by document, of drafts alone
};

// What a place bears out of it (held.cpp).
Claim held_against(const Corpus& corpus, const Asked& asked, std::uint32_t work, FoldSpan place,
                   const Occasion& occasion, const Lexicons& lexicons);

// Whether a report tells the words of a place itself, or gives them to somebody whom it does not name.
bool nobody_says(const Corpus& corpus, std::uint32_t work, FoldSpan place);

// Whether a work is what the claim speaks of, whatever it holds: the full text or a report of the occasion, the
// issue.
bool answers(const Corpus& corpus, const Asked& asked, std::uint32_t work, const Lexicons& lexicons);

}  // namespace suyuan
