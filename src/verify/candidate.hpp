// candidate.hpp: a place that holds a quotation's words, weighed: what differs there and what that costs, how near
// its text stands to the speaker, what it bears out of what the draft says. The second step of judging, after
// scouting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verify/numbering.hpp"
#include "verify/scout.hpp"

namespace suyuan {

inline constexpr double kSame = 0.75;     // share of a quotation that a place must hold to be the words, changed,
inline constexpr double kWords = 0.6;     // to be the words where the draft cites the text
inline constexpr double kExact = 0.15;    // what marks alone cost at most
inline constexpr std::uint32_t kCut = 6;  // letters left out that make a quotation abridged, and added, expanded

// What all steps of judging read; safe to share between threads.
struct Texts {
  const Corpus& corpus;
  const Ground& ground;
  const Numbering& numbers;
  const Lexicons& lexicons;

  const Work& work(std::uint32_t number) const { return corpus.work(corpus.works[number]); }
  const Document& document(std::uint32_t work) const { return corpus.document(corpus.works[work]); }
  const Fold& fold(std::uint32_t work) const { return corpus.works[work].fold; }
  std::uint32_t publication(std::uint32_t work) const { return corpus.works[work].publication; }
};

enum class Tier : std::uint8_t { first_hand, later, second_hand, said_later, second_hand_later };

struct BaseCandidate {
  Source source;
  double share = 0;
  double cost = 0;  // letters changed; half a letter for form, less for marks
  Occasion occasion;
  Tier tier = Tier::first_hand;
  std::vector<Claim> claims;  // of each that is asked
  int agreed = 0;             // of what the draft says of the occasion, the day and the publication
  bool outlet = false;        // is of the outlet that the draft names
  int rank = 0, kind = 0, copy = 0;
  bool young = false;  // printed after the draft
};

// One quotation before the judge. Its finding has form, span and parts; every step sets more of it.
struct Case {
  const Texts& texts;
  Finding& finding;
  std::uint32_t draft;  // its text's number in the ground
  const Scouted& scouted;
  const std::optional<Scouted::Words>& words;
  std::vector<Asked> asked;               // what the draft says of its source
  std::vector<BaseCandidate> candidates;  // the base first once it is chosen, or the parts of a composed one

  // REQUIRES: words. The units that an ellipsis stands before.
  const std::vector<std::uint32_t>& breaks() const { return words->breaks; }
};

// The places, with numbers of the corpus, that hold enough of the words: the fullest first, then by place.
std::vector<Place> settled(const Texts& texts, const Finding& f, std::vector<Place> places);
BaseCandidate weigh(const Case& of, Place place);

// A place beside the words that it covers of a draft's text; the differences are those that count there.
Source source_of(const Texts& texts, FoldSpan covers, Place place, std::uint32_t draft);
// How near to the speaker, to the draft's day, and to a reader the candidate's text stands.
void rank(const Texts& texts, const Finding& f, BaseCandidate& c);

// The opening mark that is set again before each paragraph of a long quotation.
bool repeats_opening(const Document& d, std::uint32_t at);
// Most of the quotation stands there, or all of what stands there is in the quotation, with more put between, or
// its letters in another order.
bool has_words(const Texts& texts, const Finding& f, const BaseCandidate& c);
// Whether parts of a work are no text of it: headings and the like.
bool structural(const Texts& texts, std::uint32_t work, const Parts& parts);
// Whether an omission of the base at this edit is marked by an ellipsis of the draft.
bool marked(const Texts& texts, const Edit& e, const Source& s, const std::vector<std::uint32_t>& breaks);
// Whether the draft gives words that the base lacks as put in by who quotes: 〔…〕, ［按：…］, （引者注：…）.
bool supplied(const Texts& texts, const Edit& e, std::uint32_t draft);
bool same_section(const Texts& texts, std::uint32_t work, std::uint32_t i, std::uint32_t j);
// Whether the text is known to be damaged there or close by.
bool damaged_at(const Texts& texts, const Source& s);
// How surprising a stretch of the draft is; common wording counts nothing.
double bits_of(const Texts& texts, const Finding& f, FoldSpan s);

}  // namespace suyuan
