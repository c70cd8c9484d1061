// What a place bears out of what a draft says of its words.
#include <algorithm>
#include <array>
#include <functional>

#include "align/words.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/claims.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kName = 4;  // letters of a name that is surely one

std::string shown_days(const std::optional<Date>& first, const std::optional<Date>& last) {
  if (!first || !last) return {};
  return first == last ? first->to_string() : first->to_string() + " – " + last->to_string();
}

// Whether a work can be the issue or the paper of the day that is asked for; nothing where it does not say.
std::optional<bool> is_issue(const Corpus& corpus, const Asked& asked, std::uint32_t number,
                             const Lexicons& lexicons) {
  const Work& w = corpus.work(corpus.works[number]);
  if (w.outlet.empty()) return std::nullopt;
  if (w.outlet != asked.outlet) return false;
  std::optional<Date> first = asked.first, last = asked.last;
  if (asked.number != 0) {
    const auto day = issue_date({asked.outlet, asked.year, asked.number}, lexicons);
    if (day)
      first = day->first_day(), last = day->last_day();
    else if (asked.year != 0)
      first = Date{static_cast<std::int16_t>(asked.year), 1, 1},
      last = Date{static_cast<std::int16_t>(asked.year), 12, 31};
    for (const Evidence& e : w.published.evidence) {
      std::u32string text = fold_words(from_utf8(e.text));
      if (text.empty())
        for (const Document& d : corpus.documents)
          if ((e.document.empty() && &d == &corpus.document(corpus.works[number])) || d.key == e.document)
            text = fold_words(d.view(e.span));
      if (const auto issue = issue_in(text); issue && issue->number != 0 && issue->outlet == asked.outlet)
        return issue->number == asked.number && issue->year == asked.year;
    }
    if (!day &&
        (!first || !w.published.earliest || days_overlap(first, last, w.published.earliest, w.published.latest)))
      return std::nullopt;
  } else if (!first && asked.year != 0) {
    first = Date{static_cast<std::int16_t>(asked.year), 1, 1},
    last = Date{static_cast<std::int16_t>(asked.year), 12, 31};
  }
  if (!first) return true;
  if (!w.published.earliest || !w.published.latest) return std::nullopt;
  const bool within = days_overlap(first, last, w.published.earliest, w.published.latest);
  // Some day of a year does not bear out the day that is asked for.
  if (within && first == last && w.published.earliest != w.published.latest) return std::nullopt;
  return within;
}

// The numbers printed on the pages on which the two places stand.
std::optional<std::pair<int, int>> printed_pages(const Document& document, std::uint32_t first,
                                                 std::uint32_t last) {
  const auto of = [&](std::uint32_t offset) -> std::optional<int> {
    const auto after = std::upper_bound(document.pages.begin(), document.pages.end(), offset,
                                        [](std::uint32_t o, const PageStart& p) { return o < p.offset; });
    if (after == document.pages.begin() || !(after - 1)->printed) return std::nullopt;
    int value = 0;
    for (const char c : (after - 1)->label) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const auto a = of(first), b = of(last);
  return a && b ? std::optional(std::pair(*a, *b)) : std::nullopt;
}

// Past its first two paragraphs of body.
std::uint32_t beginning_of(const Work& w) {
  constexpr std::uint32_t kBeginning = 2;
  std::uint32_t body = 0, end = 0;
  for (; end < w.paragraphs.size() && body < kBeginning; ++end) body += w.paragraphs[end].role == Role::body;
  return end;
}

// 8月16日出版的第16期《远山》杂志发表……: whether a report tells of the issue that is asked for; nothing where it
// tells of none of that journal.
std::optional<bool> tells_issue(const Document& document, const Work& w, const Asked& asked) {
  if (asked.number == 0 || asked.year == 0 || !w.published.latest) return std::nullopt;
  constexpr std::size_t kNumber = 4;
  const std::u32string name = U"《" + fold_words(from_utf8(asked.outlet)) + U"》";
  for (std::uint32_t p = 0; p < beginning_of(w); ++p) {
    const std::u32string text = fold_words(document.text_of(w.paragraphs[p].parts));
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
      if (at < 3 || text[at - 1] != U'期') continue;
      std::size_t begin = at - 1;
      while (begin > 0 && at - 1 - begin < kNumber && text[begin - 1] != U'第') --begin;
      const auto n = words::number(std::u32string_view(text).substr(begin, at - 1 - begin));
      if (begin == 0 || text[begin - 1] != U'第' || !n || n->thousandths % 1000 != 0) continue;
      const auto number = static_cast<int>(n->thousandths / 1000);
      // The first issue of a year is told of on the last day of the one before.
      const int year = w.published.latest->year + (number == 1 && w.published.latest->month == 12 ? 1 : 0);
      return number == asked.number && year == asked.year;
    }
  }
  return std::nullopt;
}

// Whether a report names the day; nothing where the day may be meant and is not named. A day long past is that of
// words printed anew where the report's beginning or the paragraph itself names it.
std::optional<bool> day_told(const Work& w, Date day, std::uint32_t paragraph) {
  const DateInterval& printed = w.published;
  if (!printed.earliest || !printed.latest) return std::nullopt;
  const bool recent = add_days(*printed.earliest, -kReportDays) <= day && day <= *printed.latest;
  const std::uint32_t beginning = beginning_of(w);
  const bool named = std::any_of(w.dates.begin(), w.dates.end(), [&](const DateMention& m) {
    return m.earliest == m.latest && m.earliest == day &&
           (recent || m.paragraph == paragraph || m.paragraph < beginning);
  });
  if (named) return true;
  return recent ? std::nullopt : std::optional(false);
}

// The day, or days, shortly before its printing of which a report tells at its beginning, where it does not tell of
// that of its printing: that does not bear out then that words were spoken on it.
std::optional<std::pair<Date, Date>> told_before(const Work& w) {
  constexpr int kLongest = 7;  // days
  const DateInterval& printed = w.published;
  if (!printed.earliest || printed.earliest != printed.latest) return std::nullopt;
  const std::uint32_t beginning = beginning_of(w);
  std::optional<std::pair<Date, Date>> out;
  for (const DateMention& m : w.dates) {
    if (w.paragraphs[m.paragraph].role == Role::source_line || days_between(m.earliest, m.latest) > kLongest)
      continue;
    if (m.latest >= *printed.latest) return std::nullopt;
    if (!out && m.paragraph < beginning && m.latest >= add_days(*printed.earliest, -kReportDays))
      out.emplace(m.earliest, m.latest);
  }
  return out;
}

// Whether a report tells at its beginning, by name, of days about that of its printing, and nowhere of this one.
bool tells_other_days(const Document& document, const Work& w, Date day) {
  constexpr int kLongest = 7;  // days
  const DateInterval& printed = w.published;
  if (!printed.earliest || printed.earliest != printed.latest) return false;
  const std::uint32_t beginning = beginning_of(w);
  std::optional<std::pair<Date, Date>> others;
  for (std::uint32_t p = 0; p < beginning; ++p) {
    const std::u32string text = document.text_of(w.paragraphs[p].parts);
    for (const std::u32string_view word : {U"昨", U"前天", U"近日", U"日前", U"上周", U"连日", U"此前"})
      if (text.find(word) != text.npos) return false;
  }
  for (const DateMention& m : w.dates) {
    const std::uint32_t end = m.span.end;
    const bool dateline =
        end < document.text.size() && (document.text[end] == U'电' || document.text[end] == U'讯');
    if (dateline || w.paragraphs[m.paragraph].role == Role::source_line ||
        days_between(m.earliest, m.latest) > kLongest || m.latest < add_days(*printed.earliest, -kReportDays))
      continue;
    if (m.earliest <= day && day <= m.latest) return false;
    if (m.paragraph >= beginning) continue;
    if (m.latest > *printed.latest || (others && *others != std::pair(m.earliest, m.latest))) return false;
    others.emplace(m.earliest, m.latest);
  }
  return others.has_value();
}

// 6日下午，某某来到……: the day with which the last sentence of a place's paragraph begins that begins with one.
std::optional<Date> day_before(const Document& document, const Work& w, std::uint32_t paragraph,
                               std::uint32_t offset) {
  static constexpr std::array<std::u32string_view, 9> kNext{U"，", U"上午", U"下午", U"中午", U"晚",
                                                            U"早", U"凌晨", U"傍晚", U"清晨"};
  std::optional<Date> out;
  std::uint32_t behind = 0;
  for (const DateMention& m : w.dates) {
    if (m.paragraph != paragraph || m.span.end > offset) continue;
    out.reset();  // a later day, or days, governs
    if (m.earliest != m.latest) continue;
    std::uint32_t at = m.span.begin;
    while (at > 0 && han::kind(document.text[at - 1]) == han::Kind::blank && document.text[at - 1] != U'\n') --at;
    const bool opens = at == 0 || document.text[at - 1] == U'\n' || document.text[at - 1] == U'。';
    const std::u32string_view next = document.view({m.span.end, std::min(offset, m.span.end + 2)});
    if (opens && std::ranges::any_of(kNext, [&](std::u32string_view word) { return next.starts_with(word); }))
      out = m.earliest, behind = m.span.end;
  }
  for (const std::u32string_view word : {U"第二天", U"次日", U"翌日", U"隔天", U"随后几天"})
    if (out && document.view({behind, offset}).find(word) != std::u32string_view::npos) return std::nullopt;
  return out;
}

// Whether one of the days from the first to the last is such a one.
bool any_day(Date first, Date last, const std::function<bool(const Date&)>& is) {
  for (Date day = first; day <= last; day = add_days(day, 1))
    if (is(day)) return true;
  return false;
}

// Whether an act tells of the day that is asked for; nothing where it tells of no day.
std::optional<bool> tells_day(const Work& w, const Asked& asked) {
  const std::vector<Date> days = dates_in(fold_words(from_utf8(w.title)));
  if (std::any_of(days.begin(), days.end(), [&](const Date& d) { return asked.first <= d && d <= asked.last; }) ||
      std::any_of(w.dates.begin(), w.dates.end(), [&](const DateMention& m) {
        return m.earliest == m.latest && days_overlap(asked.first, asked.last, m.earliest, m.latest);
      }))
    return true;
  return !days.empty() || (w.published.earliest && w.published.earliest == w.published.latest)
             ? std::optional(false)
             : std::nullopt;
}

// The number of the article of an act in which a place stands; 0 where none is told.
int article_of(const Corpus& corpus, std::uint32_t number, FoldSpan place) {
  const CorpusWork& at = corpus.works[number];
  if (place.empty()) return 0;
  for (std::uint32_t p = at.fold.paragraph_of(place.begin) + 1; p-- > 0;) {
    const std::u32string text =
        fold_words(corpus.document(at).text_of(corpus.work(at).paragraphs[p].parts)).substr(0, 12);
    const std::size_t end = text.find(U'条');
    if (!text.starts_with(U'第') || end == text.npos || end < 2) continue;
    const auto n = words::number(std::u32string_view(text).substr(1, end - 1));
    if (n && n->thousandths % 1000 == 0 && n->thousandths < 10'000'000)
      return static_cast<int>(n->thousandths / 1000);
  }
  return 0;
}

// 沈局长, 沈某某, 沈老: no more of the name than the surname.
bool is_address_of(std::u32string_view asked, std::u32string_view name, const Lexicons& lexicons) {
  constexpr std::u32string_view kShort = U"总工老公氏董局处科校院部厅导副";
  const std::size_t surname = lexicons.surname(name);
  if (surname == 0 || asked.size() <= surname || asked.substr(0, surname) != name.substr(0, surname)) return false;
  const std::u32string_view rest = asked.substr(surname);
  const auto title = lexicons.titles.at(rest, 0);
  return (title && title->length == rest.size()) || rest[0] == U'某' ||
         (rest.size() == 1 && kShort.find(rest[0]) != kShort.npos);
}

// Whose words a work gives at a place; a person's alone where asked.
const Attribution* words_at(const Work& w, std::uint32_t offset, bool person = false) {
  const Attribution* out = nullptr;
  for (const Quotation& q : w.quotations) {
    const Span words = envelope(q.parts);
    if (words.begin <= offset && offset < words.end && q.attribution &&
        (!person || q.attribution->kind == SpeakerKind::person ||
         (q.attribution->named && q.attribution->speaker.empty() && q.form != Quotation::Form::indirect)))
      out = &*q.attribution;
  }
  return out;
}

// Whether the led speech that holds a place gives words of a person: 某某指出, and not 贯彻某某讲话精神.
bool quotes_within(const Document& document, const Work& w, std::uint32_t offset, const std::u32string& person,
                   const Lexicons& lexicons) {
  constexpr std::size_t kNear = 10;  // letters to the verb
  const auto says = [&](std::u32string_view text) {
    for (std::size_t at = text.find(person); at != text.npos; at = text.find(person, at + 1))
      for (std::size_t i = at + person.size(); i < std::min(text.size(), at + person.size() + kNear); ++i) {
        if (han::kind(text[i]) == han::Kind::mark) break;
        const auto verb = lexicons.words.at(text, i).of[static_cast<std::size_t>(Words::Table::verb)];
        if (verb.length == 0) continue;
        const Lexicons::Verb& row = lexicons.verb_rows[verb.id];
        const std::u32string_view next = text.substr(i + verb.length, 1);
        const bool leads = row.kind == VerbKind::say || row.kind == VerbKind::show;
        if (leads && (next.empty() || row.not_before.find(next[0]) == row.not_before.npos)) return true;
      }
    return false;
  };
  return !person.empty() && std::any_of(w.quotations.begin(), w.quotations.end(), [&](const Quotation& q) {
    const Span words = envelope(q.parts);
    return q.form == Quotation::Form::indirect && words.begin <= offset && offset < words.end &&
           says(fold_words(document.view(words)));
  });
}

// 2032年新年贺词 of 某某发表2032年新年贺词, where a name is asked for with its year; empty where it does not stand
// there.
std::u32string year_and_name(std::u32string_view title, std::u32string_view asked) {
  constexpr std::size_t kYear = 5;
  if (!year_at(asked, 0)) return {};
  const std::size_t at = title.find(asked.substr(kYear));
  return at == title.npos || at < kYear ? std::u32string() : std::u32string(title.substr(at - kYear, asked.size()));
}

// Whether the words at a place name a person.
bool tells_of(const Document& document, const CorpusWork& at, FoldSpan place, const std::u32string& person) {
  const Span words{at.fold.origin(place.begin), at.fold.origin(place.end - 1) + 1};
  return !person.empty() && fold_words(document.view(words)).find(person) != std::u32string::npos;
}

// Who spoke last in the paragraph of a place: nobody where nobody did yet, and unnamed where 他们表示.
const Attribution* speaker_before(const CorpusWork& at, const Work& w, std::uint32_t offset, FoldSpan place) {
  const Attribution* out = nullptr;
  const std::uint32_t paragraph = at.fold.paragraph_of(place.begin);
  for (const Quotation& q : w.quotations)
    if (q.paragraph == paragraph && q.attribution && envelope(q.parts).begin <= offset &&
        (q.attribution->kind == SpeakerKind::person || q.attribution->kind == SpeakerKind::unknown))
      out = &*q.attribution;
  return out;
}

// 某某在……强调, 云川省省长某某发表……, in the title of a report.
std::string speaker_of_title(const Work& w, const Lexicons& lexicons) {
  constexpr std::size_t kOffices = 12;  // letters before the name
  const std::u32string title = fold_words(from_utf8(w.title));
  for (std::size_t at = 0; at < std::min(kOffices, title.size()); ++at) {
    if (at > 0 && !lexicons.titles.before(title, at)) continue;
    const std::u32string_view own = std::u32string_view(title).substr(at);
    const auto known = lexicons.words.at(own, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
    if (known.length != 0) return to_utf8(own.substr(0, known.length));
    const std::size_t surname = lexicons.surname(own);
    for (std::size_t n = surname + 1; surname != 0 && n <= surname + 2 && n < own.size(); ++n)
      for (const std::u32string_view does : {U"在", U"主持", U"出席", U"会见", U"考察", U"赴", U"强调", U"发表"})
        if (own.substr(n).starts_with(does)) return to_utf8(own.substr(0, n));
  }
  return {};
}

// Whether whoever a report is of says what stands there: in its digest, or below 全文如下.
bool gives_titles_words(const Document& document, const Work& w, std::uint32_t paragraph,
                        const Lexicons& lexicons) {
  if (w.paragraphs[paragraph].role == Role::digest) return true;
  for (std::uint32_t p = 0; p < paragraph; ++p) {
    std::u32string text = fold_words(document.text_of(w.paragraphs[p].parts));
    while (!text.empty() && han::kind(text.back()) != han::Kind::letter) text.pop_back();
    if (std::ranges::any_of(lexicons.grammar(Grammar::full_text),
                            [&](std::u32string_view word) { return text.ends_with(word); }))
      return true;
  }
  return false;
}

// Whether a report gives the words at a place as those of the report that is asked for, or is of somebody's giving
// it: 审议……报告 is other people's occasion.
bool gives_report(const Work& w, std::uint32_t offset, const std::u32string& key, const Occasion& occasion) {
  const Attribution* by = words_at(w, offset);
  if (by && by->kind == SpeakerKind::text && fold_words(from_utf8(by->speaker)).ends_with(U"报告")) return true;
  const std::u32string name = year_at(key, 0) ? key.substr(5) : key;
  for (std::size_t at = occasion.text.find(name); at != std::u32string::npos;
       at = occasion.text.find(name, at + 1)) {
    std::u32string_view before = std::u32string_view(occasion.text).substr(0, at);
    while (!before.empty() && (before.back() == U'《' || before.back() == U'了' || before.back() == U'的'))
      before.remove_suffix(1);
    if (before.ends_with(U'作') || before.ends_with(U'做')) return true;
  }
  return false;
}

// 总书记, 中共中央总书记, 西班牙首相: an office and nobody's name.
bool is_office(std::u32string_view key, const Lexicons& lexicons) {
  std::size_t begin = key.size();
  while (const auto title = lexicons.titles.before(key, begin)) begin -= title->length;
  if (begin == key.size()) return false;
  const std::u32string_view of = key.substr(0, begin);
  return of.empty() || lexicons.surname(of) == 0 ||
         lexicons.letters(Grammar::place).find(of.back()) != std::u32string_view::npos;
}

// Whether an office that stands without a name is that of whom the base names: by its own words (首相某某,
// 某某总理), or by the table on the day of its text. Somebody else's whom the table knows by another office alone
// denies it.
Agreement is_office_of(std::u32string_view office, const std::u32string& name, const Document& document,
                       const Work& w, const Lexicons& lexicons) {
  constexpr std::u32string_view kOther = U"副原前代";  // 副省长某某, 前总统某某
  const std::u32string before = std::u32string(office) + name, behind = name + std::u32string(office);
  for (const Paragraph& p : w.paragraphs) {
    const std::u32string text = fold_words(document.text_of(p.parts));
    for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at + 1))
      if (at == 0 || kOther.find(text[at - 1]) == kOther.npos) return Agreement::agrees;
    for (std::size_t at = text.find(behind); at != text.npos; at = text.find(behind, at + 1))
      if (!lexicons.titles.at(text, at + behind.size()) && text.substr(at + behind.size(), 2) != U"助理")
        return Agreement::agrees;
  }
  const auto day = w.published.latest ? w.published.latest : w.edition.latest;
  if (!day) return Agreement::open;
  bool holds_another = false, has_another_holder = false;
  const std::u32string_view last = office.substr(office.rfind(U'、') + 1);
  bool known = false;  // an office of the table by its whole name
  for (const Lexicons::Office& o : lexicons.offices) {
    if (*day < o.from || o.to < *day) continue;
    const bool same = fold_words(from_utf8(o.person)) == name;
    known = known || last.ends_with(o.title);
    if (!o.title.ends_with(last) && !last.ends_with(o.title))
      holds_another = holds_another || same;
    else if (same)
      return Agreement::agrees;
    else
      has_another_holder = true;
  }
  return (holds_another || known) && has_another_holder ? Agreement::differs : Agreement::open;
}

// Whose words a place are said to be.
void held_against_speaker(const Corpus& corpus, const Asked& asked, std::uint32_t number, FoldSpan place,
                          const Lexicons& lexicons, Claim& out) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  const Document& document = corpus.document(at);
  const std::uint32_t offset = at.fold.origin(place.begin);
  const Attribution* by = words_at(w, offset, true);
  std::string speaker = by ? by->speaker : std::string();
  if (asked.noun) {  // who is meant may be the person whom the base names
    const Attribution* said = words_at(w, offset);
    if (said && fold_words(from_utf8(said->speaker)) == asked.key)
      out.result = Claim::Result::agrees;
    else if (by && by->kind == SpeakerKind::person)
      out.found = speaker;
    else if (w.kind == WorkKind::excerpt || w.kind == WorkKind::speech || w.kind == WorkKind::article)
      out.found = w.author;
    return;
  }
  // 乙 tells what 甲 said: the words may be either's.
  const bool tells = by && quotes_within(document, w, offset, asked.key, lexicons);
  if (speaker.empty() && (w.kind == WorkKind::excerpt || w.kind == WorkKind::speech || w.kind == WorkKind::article))
    speaker = w.author;
  if (speaker.empty() && w.kind == WorkKind::speech) {  // …… 林业局局长 某某, in the title
    const std::u32string title = fold_words(from_utf8(w.title));
    for (std::size_t i = 0; i < title.size() && speaker.empty(); ++i)
      if (const auto known = lexicons.words.at(title, i).of[static_cast<std::size_t>(Words::Table::speaker)];
          known.length != 0)
        speaker = to_utf8(title.substr(i, known.length));
    if (speaker.empty()) speaker = speaker_of_title(w, lexicons);
  }
  const Attribution* body = words_at(w, offset);
  const auto alone = [&](Span named) {
    return named.begin == 0 || !han::is_han(document.text[named.begin - 1]);  // 某某的文章强调 is another one
  };
  if (speaker.empty() && body && body->speaker == "文章" && body->named && alone(*body->named) && w.about)
    speaker = w.about->author;
  // Who speaks before in the paragraph of a report may go on: enough to bear out, not to deny. A sentence that
  // names the person is told of him. Who a report is of makes another one unchecked, and is not therefore he who
  // speaks, unless it gives all that he said.
  const bool sure = !speaker.empty() && !tells && !(by && by->by == "office");
  if (speaker.empty() && w.kind == WorkKind::report && !tells_of(document, at, place, asked.key)) {
    const std::uint32_t paragraph = at.fold.paragraph_of(place.begin);
    const Attribution* before = speaker_before(at, w, offset, place);
    if (body && body->kind == SpeakerKind::body)
      out.found = body->speaker;
    else if (before)
      speaker = before->speaker;
    else if (std::string of = speaker_of_title(w, lexicons); gives_titles_words(document, w, paragraph, lexicons))
      speaker = of;
    else if (fold_words(from_utf8(of)) != asked.key)
      out.found = of;
    if (speaker.empty() && out.found.empty() && body && body->by == "pronoun" && body->named)
      out.found = to_utf8(document.view(*body->named));  // 他说，: somebody, and not to be told who
    if (speaker.empty()) return;
  }
  const std::u32string name = fold_words(from_utf8(speaker));
  out.found = speaker;
  if (name == asked.key || is_address_of(asked.key, name, lexicons)) {
    out.result = Claim::Result::agrees;
  } else if (is_office(asked.key, lexicons)) {
    const Agreement of = is_office_of(asked.key, name, document, w, lexicons);
    if (of == Agreement::agrees)
      out.result = Claim::Result::agrees;
    else if (of == Agreement::differs && sure)
      out.result = Claim::Result::differs;
  } else if (sure && name.size() >= 2 && name.size() <= kName && asked.key.size() <= kName)
    out.result = Claim::Result::differs;
}

// Words that were printed before they were spoken.
bool printed_too_early(const Asked& asked, const Occasion& occasion) {
  if (!asked.last || !occasion.precise || occasion.report) return false;
  return (occasion.first && asked.last < occasion.first) ||
         (occasion.not_before && asked.last < occasion.not_before);
}

}  // namespace

Claim held_against(const Corpus& corpus, const Asked& asked, std::uint32_t number, FoldSpan place,
                   const Occasion& occasion, const Lexicons& lexicons) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  Claim out{asked.kind, asked.span, Claim::Result::unchecked, {}};
  const auto result = [&](bool agrees) { out.result = agrees ? Claim::Result::agrees : Claim::Result::differs; };
  switch (asked.kind) {
    case Claim::Kind::occasion: {
      out.found = occasion.shown;
      Agreement a = compare_occasion(asked.key, occasion);
      // A meeting of public record was on its days.
      if (a == Agreement::agrees && asked.first && occasion.first && occasion.last &&
          !days_overlap(asked.first, asked.last, occasion.first, occasion.last))
        a = Agreement::open;
      // What a meeting or its report says may be said again: only where the base gives the words to a meeting, too,
      // does another one deny it.
      if (a == Agreement::differs && (asked.document || asked.body)) {
        const Attribution* by = words_at(w, at.fold.origin(place.begin));
        if (asked.document || !by || by->kind != SpeakerKind::body) a = Agreement::open;
      }
      if (a == Agreement::agrees && occasion.report && !asked.first && asked.key.ends_with(U"报告") &&
          !gives_report(w, at.fold.origin(place.begin), asked.key, occasion))
        a = Agreement::open;
      if (a == Agreement::differs && asked.beside) a = Agreement::open;
      if (a != Agreement::open) result(a == Agreement::agrees);
      break;
    }
    case Claim::Kind::date:
      out.found = shown_days(occasion.report ? w.published.earliest : occasion.first,
                             occasion.report ? w.published.latest : occasion.last);
      if (!asked.first) {  // a day of some year
        const auto is = [&](const Date& d) { return d.month * 100 + d.day == asked.number; };
        if (occasion.report) {
          if (std::any_of(w.dates.begin(), w.dates.end(),
                          [&](const DateMention& m) { return m.earliest == m.latest && is(m.earliest); }))
            result(true);
          else if (occasion.precise && w.published.earliest && w.published.latest &&
                   !any_day(add_days(*w.published.earliest, -kReportDays), *w.published.latest, is))
            result(false);
        } else if (occasion.precise && occasion.first && occasion.first == occasion.last) {
          result(is(*occasion.first));
        }
        break;
      }
      if (occasion.report && asked.first == asked.last) {
        // The report's own words for the day; its printing tells only about when.
        const std::uint32_t paragraph = at.fold.paragraph_of(place.begin);
        if (const auto own = day_before(corpus.document(at), w, paragraph, at.fold.origin(place.begin))) {
          out.found = own->to_string();
          result(asked.first == own);
          break;
        }
        const auto before = told_before(w);
        if (before) out.found = shown_days(before->first, before->second);
        if (asked.first != w.published.latest) {
          if (const auto told = day_told(w, *asked.first, paragraph))
            result(*told);
          else if (tells_other_days(corpus.document(at), w, *asked.first))
            result(false);
          break;
        }
        if (before) break;
      }
      if (days_overlap(asked.first, asked.last, occasion.first, occasion.last) ||
          (w.kind != WorkKind::commentary &&
           days_overlap(asked.first, asked.last, w.published.earliest, w.published.latest)))
        result(true);
      else if (occasion.precise && occasion.first && occasion.last)
        result(false);
      else if (occasion.precise && ((occasion.last && asked.first > occasion.last) ||
                                    (occasion.not_before && asked.last < occasion.not_before)))
        result(false);
      break;
    case Claim::Kind::publication:
      if (!asked.outlet.empty()) {
        out.found = w.outlet + (w.published.latest ? " " + shown_days(w.published.earliest, w.published.latest)
                                                   : std::string());
        const auto is = is_issue(corpus, asked, number, lexicons);
        const auto told = w.kind == WorkKind::report ? tells_issue(corpus.document(at), w, asked) : std::nullopt;
        if (told)
          out.found = w.title, result(*told);
        else if (is && (*is || w.outlet == asked.outlet))
          result(*is);
        else if (printed_too_early(asked, occasion))
          result(false);
      } else if (asked.key.empty()) {  // a day of printing alone
        out.found = shown_days(w.published.earliest, w.published.latest);
        if (days_overlap(asked.first, asked.last, w.published.earliest, w.published.latest))
          result(true);
        else if (const auto told = w.kind == WorkKind::decision ? tells_day(w, asked) : std::nullopt)
          result(*told);
        else if (printed_too_early(asked, occasion))
          result(false);
      } else if (asked.text) {
        // 《……规划》提出: somebody may say again what a text has, and a report may give its words.
        out.found = w.title;
        const Attribution* by = words_at(w, at.fold.origin(place.begin));
        const auto names = [&](std::u32string_view text) { return letters_of(text).find(asked.key) != text.npos; };
        if (names(fold_words(from_utf8(w.title))) || (by && names(fold_words(from_utf8(by->speaker)))) ||
            (occasion.report && (names(occasion.text) || names(occasion.told))))
          result(true);
      } else {
        out.found = w.title;
        const std::u32string title = with_year_in_figures(title_letters(w.title)),
                             key = with_year_in_figures(asked.key);
        const std::u32string dated = year_and_name(title, key);
        constexpr std::size_t kTitle = 6;  // letters of a title behind its author's name: 某某：……
        if (!title.empty() &&
            (title == key || with_year_in_figures(dated) == key || (key.size() >= kTitle && title.ends_with(key)) ||
             (key.size() >= 8 && title.find(key) != title.npos))) {
          const int article = asked.number == 0 ? 0 : article_of(corpus, number, place);
          if (article != 0) out.found += " 第" + std::to_string(article) + "条";
          result(article == 0 || article == asked.number);
        } else if (other_year(title, key) || other_year(dated, key)) {
          result(false);
        } else if (asked.held && w.kind == WorkKind::decision) {
          result(false);
        }
      }
      break;
    case Claim::Kind::page:
      if (const auto pages =
              printed_pages(corpus.document(at), at.fold.origin(place.begin), at.fold.origin(place.end - 1))) {
        out.found = std::to_string(pages->first) +
                    (pages->first == pages->second ? "" : "–" + std::to_string(pages->second));
        // A reprint and a page printed from a screen have numbers of their own.
        const bool inside = pages->first <= asked.number && asked.number <= pages->second;
        if (inside || w.copy == Copy::print) result(inside);
        break;
      }
      if (w.pages && w.copy != Copy::compilation && w.copy != Copy::ocr) {  // of a compilation they are its own
        out.found = std::to_string(w.pages->first) + "–" + std::to_string(w.pages->second);
        result(static_cast<int>(w.pages->first) <= asked.number &&
               asked.number <= static_cast<int>(w.pages->second));
      }
      break;
    case Claim::Kind::speaker:
      held_against_speaker(corpus, asked, number, place, lexicons, out);
      break;
    case Claim::Kind::repeated:
    case Claim::Kind::first:
      break;
  }
  return out;
}

bool nobody_says(const Corpus& corpus, std::uint32_t number, FoldSpan place) {
  const Work& w = corpus.work(corpus.works[number]);
  if (w.kind != WorkKind::report) return false;
  const Attribution* by = words_at(w, corpus.works[number].fold.origin(place.begin));
  return !by || by->by == "unnamed";
}

bool answers(const Corpus& corpus, const Asked& asked, std::uint32_t number, const Lexicons& lexicons) {
  const Work& w = corpus.work(corpus.works[number]);
  if (asked.kind == Claim::Kind::publication) {
    if (!asked.outlet.empty())
      return (asked.number != 0 || asked.first) && is_issue(corpus, asked, number, lexicons).value_or(false);
    return !asked.key.empty() && !asked.text &&
           held_against(corpus, asked, number, {}, {}, lexicons).result == Claim::Result::agrees;
  }
  if (asked.kind != Claim::Kind::occasion) return false;
  const Fold& fold = corpus.works[number].fold;
  for (const Section& s : w.sections)
    if (s.first < w.paragraphs.size() && !fold.paragraph_span(s.first).empty() &&
        agrees(asked.key, occasion_of(corpus, number, fold.paragraph_span(s.first))))
      return true;
  if (fold.size() == 0 || !w.sections.empty() ||
      (w.kind != WorkKind::report && w.kind != WorkKind::speech && w.kind != WorkKind::decision))
    return false;
  return agrees(asked.key, occasion_of(corpus, number, {0, 1}));
}

}  // namespace suyuan
