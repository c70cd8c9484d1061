// Occasions that a draft gives: the meeting or visit at which words were said, the report that has them.
#include <algorithm>
#include <array>

#include "base/han.hpp"
#include "segment/speech.hpp"
#include "verify/citation.hpp"
#include "verify/claims_reader.hpp"
#include "verify/ground.hpp"

namespace suyuan::claims {

namespace {

std::u32string folded_view(const Document& d, Span span) { return fold_words(d.view(span)); }

// 2031年林业工作报告, with or without the marks of a title: where it stands last in a text, first with `first`.
std::optional<std::pair<std::size_t, std::size_t>> report_in(std::u32string_view text, bool first) {
  constexpr std::size_t kLongest = 24;
  std::optional<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = 0; at + 5 < text.size(); ++at) {
    if (!year_at(text, at) || (at > 0 && is_numeral(text[at - 1]))) continue;
    std::size_t end = at + 5;
    while (end < text.size() && end - at < kLongest &&
           (han::kind(text[end]) == han::Kind::letter || text[end] == U'《' || text[end] == U'》') &&
           !citation::names_yearly(text.substr(at, end - at)))
      ++end;
    const std::u32string_view name = text.substr(at, end - at);
    if (!citation::names_yearly(name) || name.find_first_of(U"月在他我我们到来后") != name.npos) continue;
    if (end < text.size() && text[end] == U'》') ++end;
    out = {at > 0 && text[at - 1] == U'《' ? at - 1 : at, end};
    if (first) break;
  }
  return out;
}

// What somebody writes or says and that is no meeting: 在贺信中.
bool is_written(std::u32string_view name) {
  static constexpr std::array<std::u32string_view, 22> kWords{
      U"贺信", U"贺电", U"贺词", U"复信", U"回信", U"来信", U"书信", U"信件", U"信里",     U"信",       U"唁电",
      U"电报", U"批示", U"致辞", U"致词", U"演讲", U"发言", U"日记", U"文章", U"书面发言", U"署名文章", U"序言"};
  if (name.starts_with(U"一封") || name.starts_with(U"一篇")) name.remove_prefix(2);
  return std::ranges::find(kWords, name) != kWords.end();
}

}  // namespace

bool names_address(const std::string& name) {
  const std::u32string text = letters_of(fold_words(from_utf8(name)));
  return text.ends_with(U"讲话") || text.ends_with(U"说明") || citation::names_yearly(text);
}

void DraftReader::occasion(const Attribution& a, Span own) {
  constexpr std::size_t kNamed = 5;  // letters that name one text: 《规划》 is any
  Span span = a.occasion.value_or(Span{});
  const bool names_source = a.kind == SpeakerKind::text || a.kind == SpeakerKind::body;
  if (goes_on_at_ != 0 && names_source && a.named && a.named->begin < goes_on_at_) return;
  if (!a.occasion && a.kind != SpeakerKind::body) {
    // 在……上, 在……时 that the attribution does not set apart: the longest.
    const std::u32string text = own_view(own);
    const std::size_t begin = text.find(U'在');
    std::size_t end = text.npos;
    const auto names = [&](std::size_t i) {
      return i > begin + 3 ||
             (i > begin + 1 && is_written(std::u32string_view(text).substr(begin + 1, i - begin - 1)));
    };
    for (std::size_t i = text.size(); i-- > 0 && end == text.npos && begin != text.npos;)
      if (i > begin && names(i) && (text[i] == U'上' || text[i] == U'时' || text[i] == U'中' || text[i] == U'里') &&
          (i + 1 == text.size() || text[i + 1] == U',' || starts_verb(text, i + 1)))
        end = i + 1;
    if (end != text.npos)
      span = {static_cast<std::uint32_t>(own.begin + begin), static_cast<std::uint32_t>(own.begin + end)};
  }
  if (span.empty() && a.kind == SpeakerKind::person && a.named) span = without_zai(a, own);
  Asked asked{Claim::Kind::occasion, span, {}, {}, {}, {}, 0, 0};
  if (a.kind == SpeakerKind::text && !a.occasion && !a.speaker.empty() && a.named) {
    asked.span = named_with_meeting(a);
    for (std::uint32_t n = 1; n <= 2 && asked.span.size() > n; ++n) {  // 正如2031年报告所说
      const std::u32string text = plain_view(document_, asked.span);
      if (year_at(text, n) && citation::leads_to_source(std::u32string_view(text).substr(0, n)))
        asked.span.begin += n;
    }
    const std::u32string name = letters_of(folded_view(document_, asked.span));
    asked.document = !year_at(name, 0);
    if (names_address(a.speaker) || asked.span.begin < a.named->begin) {
      name_occasion(asked, name);
    } else if (citation::is_short_title(name) ||
               (name.size() >= kNamed &&
                (year_at(name, 0) || plain_view(document_, asked.span).starts_with(U'《')))) {
      out_.push_back({Claim::Kind::publication, asked.span, name, {}, {}, {}, 0, 0});
      out_.back().text = true;
    }
  } else if (a.kind == SpeakerKind::unknown && !a.occasion && span.empty()) {
    // 党的二十大强调: a meeting of public record that no table knows as a body.
    const std::u32string text = plain_view(document_, a.span);
    for (std::size_t i = 0; i < text.size() && asked.key.empty(); ++i) {
      const auto meeting = known_.lexicons().meetings.at(text, i);
      if (!meeting || !starts_verb(text, i + meeting->length)) continue;
      const auto begin = static_cast<std::uint32_t>(a.span.begin + i);
      asked.span = {begin, static_cast<std::uint32_t>(begin + meeting->length)};
      asked.body = true;
      name_occasion(asked, text.substr(i, meeting->length));
    }
  } else if (a.kind == SpeakerKind::body && !a.occasion) {
    asked.span = a.named.value_or(a.span);
    asked.body = true;
    name_occasion(asked, fold_words(from_utf8(a.speaker)));
    if (asked.key.find(U"会") == asked.key.npos && !asked.first) return;
  } else if (!span.empty()) {
    const std::u32string words = folded_view(document_, span);
    name_occasion(asked, words);
    // What the base does not call so may be it all the same.
    if (words.size() > 2 && is_written(std::u32string_view(words).substr(1, words.size() - 2)))
      asked.key = words.substr(1, words.size() - 2), asked.beside = true;
  }
  if (!asked.key.empty() && !in_a_title(asked.span)) out_.push_back(std::move(asked));
}

Span DraftReader::without_zai(const Attribution& a, Span own) const {
  constexpr std::size_t kLongest = 40;
  const Lexicons& lexicons = known_.lexicons();
  const auto holds = [&](Grammar group, std::u32string_view text, bool front) {
    const auto& words = lexicons.grammar(group);
    return std::any_of(words.begin(), words.end(), [&](const std::u32string& w) {
      return front ? text.starts_with(w) : text.find(w) != text.npos;
    });
  };
  if (a.after) return {};
  if (const std::u32string behind = own_view({a.named->end, std::max(a.named->end, own.end)});
      holds(Grammar::event_verb, behind, true)) {
    const std::size_t end = behind.find(U'时');
    if (end != behind.npos && end < kLongest && behind.find(U',') > end &&
        (behind.substr(end + 1, 1) == U"," || starts_verb(behind, end + 1)))
      return {a.named->end, static_cast<std::uint32_t>(a.named->end + end + 1)};
  }
  const Span lead{sentence_before(a.named->begin).begin, a.named->begin};
  std::u32string before = own_view(lead);
  const std::size_t mark = before.find(U',');
  if (mark == before.npos || mark > kLongest || !letters_of(before.substr(mark)).empty() || mark < kVague ||
      before[mark - 1] != U'上' || !holds(Grammar::gathering, std::u32string_view(before).substr(0, mark), false))
    return {};
  return {lead.begin, static_cast<std::uint32_t>(lead.begin + mark)};
}

Span DraftReader::named_with_meeting(const Attribution& a) const {
  if (a.named->begin < a.span.begin) return *a.named;
  const std::u32string text = plain_view(document_, {a.span.begin, a.named->begin});
  for (std::size_t i = 0; i < text.size(); ++i)
    if (const auto meeting = known_.lexicons().meetings.at(text, i);
        meeting && text.size() - i - meeting->length <= 1)
      return {static_cast<std::uint32_t>(a.span.begin + i), a.named->end};
  return *a.named;
}

void DraftReader::name_occasion(Asked& asked, const std::u32string& words) const {
  for (std::size_t i = 0; i < words.size() && !asked.first; ++i) {
    const auto meeting = known_.lexicons().meetings.at(words, i);
    if (!meeting) continue;
    std::u32string rest = words.substr(i + meeting->length);
    for (const std::u32string_view w : {U"报告", U"决定", U"公报", U"决议", U"上", U"中", U"期间", U"《", U"》"})
      for (std::size_t at; (at = rest.find(w)) != rest.npos;) rest.erase(at, w.size());
    if (!rest.empty()) continue;  // 党的二十大精神研讨班
    asked.first = known_.lexicons().meeting_rows[meeting->id].first;
    asked.last = known_.lexicons().meeting_rows[meeting->id].last;
  }
  // 在……会议上的报告中: the meeting.
  std::u32string named = words;
  if (const std::size_t at = named.find(U"上的"); at != named.npos) {
    std::u32string_view address = std::u32string_view(named).substr(at + 2);
    for (const std::u32string_view w : {U"中", U"里", U"上"})
      if (address.ends_with(w)) address.remove_suffix(1);
    if (address == U"报告" || address == U"发言" || address == U"致辞" || address == U"致词" || address == U"演讲")
      named.resize(at);
  }
  asked.key = occasion_key(named);
  if ((asked.key.size() < kVague && !asked.first) || is_vague_occasion(asked.key)) asked.key.clear();
}

bool DraftReader::in_a_title(Span span) {
  std::u32string said = plain_view(document_, span);
  if (said.starts_with(U'在')) said.erase(0, 1);
  const std::size_t close = said.find(U'》');
  constexpr std::size_t kBehind = 3;  // 一文中, 里, 上
  if (!said.starts_with(U'《') || close == said.npos || said.size() - close - 1 > kBehind) return false;
  const std::u32string title = said.substr(1, close - 1);
  if (!known_.is_outlet(to_utf8(title)) && !citation::is_medium(title))
    title_ = Asked{Claim::Kind::publication, span, letters_of(title), {}, {}, {}, 0, 0};
  return true;
}

std::size_t DraftReader::occasion_in(Span span) {
  const std::u32string text = plain_view(document_, span);
  const std::size_t in = text.find(U'在'), title = text.find(U'《');
  if (in == text.npos || title < in) return text.npos;
  std::size_t end = text.npos;
  for (const std::u32string_view w : {U"讲话", U"谈话", U"致辞", U"演讲", U"发言", U"报告"})
    if (const std::size_t at = text.rfind(w, std::min(title, text.size())); at != text.npos && at > in)
      end = end == text.npos ? at : std::max(end, at);
  if (end == text.npos) return end;
  Asked asked{Claim::Kind::occasion,
              {static_cast<std::uint32_t>(span.begin + in), static_cast<std::uint32_t>(span.begin + end)},
              {},
              {},
              {},
              {},
              0,
              0};
  name_occasion(asked, text.substr(in, end - in));
  if (asked.key.empty()) return text.npos;
  out_.push_back(std::move(asked));
  return in;
}

bool DraftReader::address_titled(std::u32string_view title, Span span) {
  constexpr std::size_t kAddress = 2;  // letters
  if (document_.format == "list" || !title.starts_with(U"在") || !is_address(title) || claims_occasion() ||
      known_.ground().has_title(letters_of(title)))
    return false;
  Asked asked{Claim::Kind::occasion, span, {}, {}, {}, {}, 0, 0};
  name_occasion(asked, std::u32string(title.substr(0, title.size() - kAddress)));
  if (asked.key.empty()) return false;
  out_.push_back(std::move(asked));
  return true;
}

void DraftReader::listed_occasion(Span note) {
  const std::u32string text = plain_view(document_, note);
  for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
    const std::size_t close = text.find(U'》', open);
    if (close == text.npos) return;
    const std::u32string inner = text.substr(open + 1, close - open - 1);
    if (known_.is_outlet(to_utf8(inner))) continue;
    std::u32string key = occasion_key(inner);
    if (key.size() < kVague || known_.ground().has_title(letters_of(inner))) continue;
    const auto begin = static_cast<std::uint32_t>(note.begin + open + 1);
    out_.push_back({Claim::Kind::occasion,
                    {begin, static_cast<std::uint32_t>(begin + inner.size())},
                    std::move(key),
                    {},
                    {},
                    {},
                    0,
                    0});
  }
}

void DraftReader::claim_report(Span span, bool beside) {
  std::u32string words;
  for (const char32_t c : plain_view(document_, span))
    if (c != U'《' && c != U'》') words += c;
  out_.push_back({Claim::Kind::occasion, span, occasion_key(words), {}, {}, {}, 0, 0});
  out_.back().beside = beside;
}

void DraftReader::report_of_note(Span note) {
  const std::u32string text = plain_view(document_, note);
  const auto at = report_in(text, true);
  if (!at || text.substr(0, at->second).find(U'月') != text.npos) return;
  std::u32string_view before = std::u32string_view(text).substr(0, at->first);
  const bool leads = std::none_of(before.begin(), before.end(), han::is_han) || before.ends_with(U':') ||
                     citation::leads_to_source(before);
  const Span span{note.begin + static_cast<std::uint32_t>(at->first),
                  note.begin + static_cast<std::uint32_t>(at->second)};
  claim_report(span, !leads);
}

void DraftReader::named_beside(Span words) {
  constexpr std::size_t kBetween = 8, kBehind = 40;
  const auto is_mark = [&](std::uint32_t i) { return han::mark_class(document_.text[i]) == U'"'; };
  Span lead = sentence_before(words.begin);
  if (!lead.empty() && is_mark(lead.end - 1)) --lead.end;
  for (std::uint32_t i = lead.end; i > lead.begin; --i)
    if (is_mark(i - 1) && i < lead.end) {
      lead.begin = i;
      break;
    }
  const std::u32string text = plain_view(document_, lead);
  if (const auto at = report_in(text, false)) {
    const std::u32string behind = letters_of(std::u32string_view(text).substr(at->second));
    const std::u32string_view before = std::u32string_view(text).substr(0, at->first);
    constexpr std::u32string_view kOf = U"中里上的所原";
    const bool has = behind.empty() ||
                     (behind.size() <= kBetween && (kOf.find(behind[0]) != kOf.npos || starts_verb(behind, 0)));
    const bool opens =
        before.empty() || han::kind(before.back()) != han::Kind::letter || citation::leads_to_source(before);
    const auto other = report_in(text, true);
    const bool given = is_person(before);
    if (given && !claims_speaker())
      out_.push_back({Claim::Kind::speaker,
                      {lead.begin, static_cast<std::uint32_t>(lead.begin + before.size())},
                      std::u32string(before),
                      {},
                      {},
                      {},
                      0,
                      0});
    claim_report(
        {lead.begin + static_cast<std::uint32_t>(at->first), lead.begin + static_cast<std::uint32_t>(at->second)},
        !has || !(opens || given) || other->first != at->first);
    return;
  }
  Span after{words.end, words.end};
  while (after.end < document_.text.size() && after.size() < kBehind && document_.text[after.end] != U'\n' &&
         (after.size() < 3 || han::mark_class(document_.text[after.end]) != U'。'))
    ++after.end;
  const std::u32string said = plain_view(document_, after);
  if (const auto at = report_in(said, true)) {
    const std::u32string_view before = std::u32string_view(said).substr(0, at->first);
    if (letters_of(before).size() <= kBetween && citation::leads_to_source(before)) {
      claim_report({after.begin + static_cast<std::uint32_t>(at->first),
                    after.begin + static_cast<std::uint32_t>(at->second)},
                   false);
      return;
    }
  }
  for (const DateMention& m : dates_of(lead)) {
    if (m.span.end > lead.end) continue;
    const std::u32string_view day = std::u32string_view(text).substr(m.span.end - lead.begin);
    if (letters_of(std::u32string_view(text).substr(0, m.span.begin - lead.begin)).empty() && day == U":" &&
        !m.relative)
      out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
  }
}

}  // namespace suyuan::claims
