// claims_reader.hpp: how what a draft says of one quotation's source is read from the words beside it. Known to
// claims*.cpp alone. Texts are in their plain form, character by character, so that places answer to the document.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verify/claims.hpp"

namespace suyuan::claims {

// Letters simplified, marks by class.
std::u32string plain_view(const Document& d, Span span);

inline constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";
inline bool is_numeral(char32_t c) { return kNumerals.find(c) != std::u32string_view::npos; }

// 2031年林业工作报告: what is given before a meeting, and not somebody's article.
bool names_address(const std::string& name);

// A stretch of the draft that may speak of the source, and what of it is read already.
struct Stretch {
  Span span;
  bool bracket = false;  // stands in brackets or is a note
  std::u32string text;
  std::vector<std::pair<std::size_t, std::size_t>> taken = {};

  Span place(std::size_t b, std::size_t e) const {
    return {static_cast<std::uint32_t>(span.begin + b), static_cast<std::uint32_t>(span.begin + e)};
  }
  bool is_taken(std::size_t b, std::size_t e) const {
    return std::any_of(taken.begin(), taken.end(), [&](const auto& t) { return t.first < e && b < t.second; });
  }
};

// Reads what the draft says of one quotation's source.
class DraftReader {
 public:
  DraftReader(const ClaimReader& known, const Corpus& corpus, std::uint32_t number, const Quotation& q)
      : known_(known),
        number_(corpus.works[number].document),
        document_(corpus.document(corpus.works[number])),
        work_(corpus.work(corpus.works[number])),
        quotation_(q) {}

  // REQUIRES: asked once
  std::vector<Asked> run();

 private:
  // Where the draft may speak of the source: what leads to the words, an act cited before them, brackets and notes
  // behind them (claims.cpp).
  void attribution(const Attribution& a);
  void act_before(std::uint32_t words);
  bool set_off(std::uint32_t words) const;  // 某某的话——“……”——给人启发
  void bracket_behind(std::uint32_t at);
  void notes_of(Span words);
  // The line below a block, or below a paragraph that is one quotation, which says where it stands; none: empty.
  Span source_below(Span words) const;
  // 多次强调, 首次提出.
  void how_often(Span said);
  // 第一次|沧海市林业会议: it is the meeting that is the first.
  bool counts_meeting(std::u32string_view text, std::size_t at) const;
  // Publications, titles, pages and dates in a stretch of the draft.
  void stretch(Span span, bool bracket);

  // What is read of the draft.
  // Of what leads to the words, what is said of them: not what other clauses tell before a semicolon.
  Span own_clauses(const Attribution& a);
  std::u32string of_place(const Attribution& a) const;
  std::uint32_t end_of_verb(const Attribution& a, Span span) const;
  // What a span says outside words that it quotes; names and terms in marks are its own.
  std::u32string own_view(Span span) const;
  // The sentence that leads to the words, from its beginning.
  Span sentence_before(std::uint32_t words) const;
  // In order of place, as the segmenter finds them.
  std::span<const DateMention> dates_of(Span span) const;
  bool starts_verb(std::u32string_view text, std::size_t at) const;
  bool starts_event(std::u32string_view text, std::size_t at) const;  // 考察, 访华

  // What is claimed.
  bool has_speaker() const;  // somebody is said to say the words
  bool claims_speaker() const;
  bool claims_occasion() const;
  void say(Claim::Kind kind, Span of, std::size_t at, std::size_t size);

  // Occasions (claims_occasions.cpp).
  void occasion(const Attribution& a, Span own);
  // 某某|会见……时|强调, 3月5日的……会议上，某某提出: an occasion before which no 在 stands.
  Span without_zai(const Attribution& a, Span own) const;
  // 党的二十届三中全会《决定》: a text with the meeting whose it is, where that stands right before it.
  Span named_with_meeting(const Attribution& a) const;
  // The key of an occasion and, where it is a meeting of public record, its days; none of what names nothing.
  void name_occasion(Asked& asked, const std::u32string& words) const;
  // 某某在《……》中说: a text, and no occasion; its title is claimed.
  bool in_a_title(Span span);
  // 在……讲话, outside titles: where it begins in the span.
  std::size_t occasion_in(Span span);
  // 《在……上的讲话》: an address by a title that no text of the library bears is the occasion on which it was held.
  bool address_titled(std::u32string_view title, Span span);
  // A list's column of sources names an occasion as it names a publication; which it is, the library says.
  void listed_occasion(Span note);
  void claim_report(Span span, bool beside);
  // [1] 参见2031年林业工作报告。
  void report_of_note(Span note);
  // What no verb of saying leads from: 2031年林业工作报告：“……”, 正如……所指出的，“……”, “……”出自……, and
  // 2031年：“……”.
  void named_beside(Span words);

  // Days (claims_days.cpp).
  // 2031年3月9日，在某村，某某说; 2031年3月9日，某某来到某村，他强调: the day with which the sentence begins, where
  // nobody else speaks between.
  void opening_day(Span sentence);
  bool leads_on(std::u32string_view between) const;
  // 同日，他还强调: the day spoken of before.
  void same_day(Span sentence);
  // 4月15日，某某说; 某某4月15日在……上说: the day, of whatever year.
  void day_of_a_year(Span sentence);
  // 某某昨天在……上说; 两年前，某某在……上说: counted from the draft's own day.
  void day_reckoned(Span sentence);
  void days(const Stretch& s);
  // 去年3月 says a year where it is known in which one the draft appeared.
  bool tells_year(std::u32string_view text) const;
  // 去年的|林业工作报告 that is said to have the words.
  bool is_report(Span named, std::uint32_t at) const;

  // Publications, titles, pages (claims_publications.cpp).
  // 据某报某日报道, 《某报》某日报道: the paper and its day.
  void reported(Span sentence);
  // The name of a paper at `at`: where it begins and ends; nothing where none stands there.
  std::optional<std::pair<std::size_t, std::size_t>> paper_at(const std::u32string& text, std::size_t at) const;
  void reference(Stretch& s);
  // （某某，2031：35）, and 某某（2031）指出: author and year.
  void author_and_year(Span inside, std::u32string_view text);
  void year_in_bracket(std::uint32_t at);
  void titles(Stretch& s);
  void pages(const Stretch& s);
  // Whether the day behind a title is that of what the title names: a speech, an act.
  bool is_dated(std::u32string_view title) const;
  // Whether the day at [b, e) is one of printing; what printed it, empty where that is not named.
  std::optional<std::u32string> printed(const Stretch& s, std::size_t b, std::size_t e) const;

  // Speakers whom no verb of saying names, with the occasion beside them (claims_speakers.cpp).
  // 某某：《……》 of a citation, where nobody is said to say the words.
  void author(const Stretch& s);
  struct Signed {
    std::size_t begin = 0, end = 0, behind = 0;  // of the name; behind it and what he is called
    bool office = false;                         // stands before the name
  };
  Signed read_signature(std::u32string_view words, std::uint32_t at) const;
  void event_in(Span span);
  // Whether a bracket says who says the words, with more than his name: a day, a meeting.
  bool names_signer(Span inside, std::u32string_view text) const;
  void signed_bracket(Span inside, std::u32string_view text);
  // “……。”——某某2024年3月6日在……会上的讲话, on the same line or on the next.
  void signature(std::uint32_t at);
  // （某某在……会议上的讲话）: who spoke, and where.
  void spoken_at(Span span);
  // （2031年林业工作报告） without the marks of a title, or in them; 某某2031年新年贺词.
  void address(Span span, std::u32string_view text);
  // A row of a table that has a cell for the words: a cell that is a person's name says who spoke, one with a
  // meeting or a visit where, and its days when.
  void row(Span words);
  void column(Span cell);
  // 某某|2031年……: letters of the name.
  std::size_t person_before_year(std::u32string_view text) const;
  // Whether some letters are a person's name and no more.
  bool is_person(std::u32string_view name) const;

  const ClaimReader& known_;
  std::uint32_t number_;
  const Document& document_;
  const Work& work_;
  const Quotation& quotation_;
  std::optional<Asked> title_;  // in which the words are said to stand
  std::vector<Asked> out_;
  std::uint32_t goes_on_at_ = 0;  // where what is said of the words alone begins, behind others' end
  bool follows_name_ = false;     // the stretch begins behind the speaker's name
};

}  // namespace suyuan::claims
