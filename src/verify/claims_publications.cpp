// Papers, issues, titles, articles and pages in which a draft says that words stand.
#include <algorithm>

#include "align/words.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/citation.hpp"
#include "verify/claims_reader.hpp"
#include "verify/ground.hpp"

namespace suyuan::claims {

namespace {

std::optional<int> number_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  end = at;
  while (end < text.size() && is_numeral(text[end])) ++end;
  if (end == at || end - at > 6) return std::nullopt;
  const auto n = words::number(text.substr(at, end - at));
  if (!n || n->thousandths % 1000 != 0 || n->thousandths / 1000 > 1'000'000) return std::nullopt;
  return static_cast<int>(n->thousandths / 1000);
}

// 《……办法》（……）第三条: where the number of the article ends, 0 where none stands behind a title.
std::size_t article_at(std::u32string_view text, std::size_t at, int& number) {
  constexpr std::size_t kBracket = 24;
  if (at < text.size() && text[at] == U'(') {
    const std::size_t close = text.find(U')', at);
    if (close == text.npos || close - at > kBracket) return 0;
    at = close + 1;
  }
  std::size_t end = 0;
  if (at >= text.size() || text[at] != U'第') return 0;
  const auto n = number_at(text, at + 1, end);
  if (!n || text.substr(end, 1) != U"条") return 0;
  number = *n;
  return end + 1;
}

Date first_day(int year) { return {static_cast<std::int16_t>(year), 1, 1}; }
Date last_day(int year) { return {static_cast<std::int16_t>(year), 12, 31}; }

// 2031, 2031a, 2031:35: the year of a reference by author and year; 0 where it is none.
int year_cited(std::u32string_view text) {
  constexpr std::size_t kYear = 4;
  if (text.size() < kYear || !std::all_of(text.begin(), text.begin() + kYear, han::is_digit)) return 0;
  std::u32string_view rest = text.substr(kYear);
  if (!rest.empty() && rest[0] >= U'a' && rest[0] <= U'z') rest.remove_prefix(1);
  constexpr std::u32string_view kPages = U":,-~ pP第页";
  const bool pages = rest.empty() || rest[0] == U':' || rest[0] == U',';
  return pages && std::all_of(rest.begin(), rest.end(),
                              [&](char32_t c) { return han::is_digit(c) || kPages.find(c) != kPages.npos; })
             ? std::stoi(to_utf8(text.substr(0, kYear)))
             : 0;
}

// 2031年第12期|《远山》: where the issue before a title begins; `open` where none stands there.
std::size_t issue_before(std::u32string_view text, std::size_t open) {
  if (open < 3 || text[open - 1] != U'期') return open;
  std::size_t at = open - 1;
  while (at > 0 && is_numeral(text[at - 1])) --at;
  if (at < 2 || at + 1 == open || text[at - 1] != U'第' || text[at - 2] != U'年') return open;
  std::size_t year = at - 2;
  while (year > 0 && is_numeral(text[year - 1])) --year;
  return year_at(text, year) ? year : open;
}

// [J], [N], [EB/OL]: what a reference of GB/T 7714 is to; where it begins and ends.
std::optional<std::pair<std::size_t, std::size_t>> reference_type(std::u32string_view text) {
  constexpr std::u32string_view kTypes[]{U"J", U"N",     U"M",    U"C",    U"R", U"D",
                                         U"G", U"EB/OL", U"J/OL", U"N/OL", U"Z"};
  for (std::size_t open = text.find(U'['); open != text.npos; open = text.find(U'[', open + 1)) {
    const std::size_t close = text.find(U']', open);
    if (close == text.npos) break;
    const std::u32string_view inner = text.substr(open + 1, close - open - 1);
    if (std::ranges::find(kTypes, inner) != std::end(kTypes)) return std::pair(open, close + 1);
  }
  return std::nullopt;
}

}  // namespace

// [1] 某某. 题名[J]. 刊名, 2032(9): 4-9. 题名[N]. 报名, 2032-03-09(1).
void DraftReader::reference(Stretch& s) {
  constexpr std::size_t kTitle = 4, kOutlet = 20;
  const std::u32string& text = s.text;
  const auto type = reference_type(text);
  if (!type) return;
  const auto is_stop = [&](std::size_t i) { return text[i] == U'.' || text[i] == U'。'; };
  std::size_t begin = type->first;
  while (begin > 0 && !is_stop(begin - 1) && text[begin - 1] != U']') --begin;
  while (begin < type->first && han::kind(text[begin]) == han::Kind::blank) ++begin;
  const std::u32string title = letters_of(text.substr(begin, type->first - begin));
  const bool quotes = text.substr(begin, type->first - begin).find(U'《') != text.npos;  // titles() reads it
  if (title.size() >= kTitle && !quotes) {
    out_.push_back({Claim::Kind::publication, s.place(begin, type->first), title, {}, {}, {}, 0, 0});
    s.taken.emplace_back(begin, type->first);
  }
  // [2032-05-01]: the day on which a page was read.
  if (const std::size_t open = text.find(U'[', type->second), close = text.find(U']', open); close != text.npos)
    s.taken.emplace_back(open, close);
  std::size_t at = type->second;
  while (at < text.size() && han::kind(text[at]) != han::Kind::letter) ++at;
  std::size_t end = at;
  while (end < text.size() && han::kind(text[end]) == han::Kind::letter) ++end;
  const std::size_t comma = end;
  while (end < text.size() && (text[end] == U',' || text[end] == U' ')) ++end;
  const std::u32string_view rest = std::u32string_view(text).substr(end);
  if (comma == end || comma - at > kOutlet || rest.size() < 4 ||
      !std::all_of(rest.begin(), rest.begin() + 4, han::is_digit))
    return;
  Asked asked{Claim::Kind::publication, {}, {}, {}, {}, to_utf8(text.substr(at, comma - at)), 0, 0};
  std::size_t stop = end + 4, digits = 0;
  for (const DateMention& m : dates_of(s.span))
    if (m.earliest == m.latest && m.span.begin == s.span.begin + end) {
      asked.first = m.earliest, asked.last = m.latest;
      stop = m.span.end - s.span.begin;
    }
  if (!asked.first) {
    while (stop < text.size() && (text[stop] == U',' || text[stop] == U' ' || text[stop] == U'(')) ++stop;
    const auto number = number_at(text, stop, digits);
    if (!number || stop == end + 4) return;
    asked.year = std::stoi(to_utf8(rest.substr(0, 4)));
    asked.number = *number;
    stop = digits;
  }
  asked.span = s.place(at, stop);
  s.taken.emplace_back(at, stop);
  out_.push_back(std::move(asked));
}

void DraftReader::author_and_year(Span inside, std::u32string_view text) {
  std::size_t name = 0;
  while (name < text.size() && han::is_han(text[name])) ++name;
  std::size_t at = name;
  while (at < text.size() && (text[at] == U',' || text[at] == U' ')) ++at;
  const int year = year_cited(text.substr(at));
  if (year == 0 || name == 0 || !is_person(text.substr(0, name))) return;
  const auto place = [&](std::size_t from, std::size_t to) {
    return Span{static_cast<std::uint32_t>(inside.begin + from), static_cast<std::uint32_t>(inside.begin + to)};
  };
  if (!claims_speaker())
    out_.push_back({Claim::Kind::speaker, place(0, name), std::u32string(text.substr(0, name)), {}, {}, {}, 0, 0});
  out_.push_back({Claim::Kind::publication, place(at, text.size()), {}, first_day(year), last_day(year), {}, 0, 0});
}

void DraftReader::year_in_bracket(std::uint32_t at) {
  constexpr std::uint32_t kLongest = 16;
  const std::u32string& text = document_.text;
  if (at >= text.size() || han::mark_class(text[at]) != U'(') return;
  std::uint32_t end = at + 1;
  while (end < text.size() && end - at < kLongest && han::mark_class(text[end]) != U')') ++end;
  const Span inside{at + 1, end};
  if (const int year = year_cited(plain_view(document_, inside)); year != 0)
    out_.push_back({Claim::Kind::publication, inside, {}, first_day(year), last_day(year), {}, 0, 0});
}

void DraftReader::reported(Span sentence) {
  constexpr std::size_t kNear = 16, kTitle = 60;
  const std::u32string text = plain_view(document_, sentence);
  std::vector<std::size_t> begins{0};
  std::vector<DateMention> days;
  for (const DateMention& m : dates_of(sentence))
    if (m.earliest == m.latest && m.span.end <= sentence.end) days.push_back(m);
  if (!days.empty() && days.front().span.begin == sentence.begin) {  // 2031年3月9日，《某报》报道
    const std::size_t end = days.front().span.end - sentence.begin;
    begins.push_back(end + (text.substr(end, 1) == U","));
  }
  for (std::size_t at = text.find(U'据'); at != text.npos; at = text.find(U'据', at + 1)) begins.push_back(at + 1);
  for (const std::size_t begin : begins) {
    const auto paper = paper_at(text, begin);
    const std::size_t told = paper ? text.find(U"报道", paper->second) : text.npos;
    const std::size_t title = text.find(U"以《", paper ? paper->second : 0), ends = text.find(U"》为题", title);
    const bool titled = title != text.npos && ends != text.npos && ends <= told;  // 以《……》为题
    if (told == text.npos || told - paper->second > (titled ? kTitle : kNear)) continue;
    Asked asked{Claim::Kind::publication,
                {},
                {},
                {},
                {},
                to_utf8(text.substr(paper->first, paper->second - paper->first)),
                0,
                0};
    const bool dated = !days.empty() && days.front().span.begin == sentence.begin &&
                       days.front().span.end + 1 >= sentence.begin + begin;
    for (const DateMention& m : days)
      if ((dated && &m == days.data()) ||
          (sentence.begin + paper->second <= m.span.begin && m.span.end <= sentence.begin + told))
        asked.first = m.earliest, asked.last = m.latest;
    asked.span = {static_cast<std::uint32_t>(sentence.begin + (dated ? 0 : begin)),
                  static_cast<std::uint32_t>(sentence.begin + told)};
    if (std::none_of(out_.begin(), out_.end(), [&](const Asked& a) {
          return a.kind == Claim::Kind::publication && a.span.begin < asked.span.end &&
                 asked.span.begin < a.span.end;
        }))
      out_.push_back(std::move(asked));
    if (titled)
      out_.push_back({Claim::Kind::publication,
                      {static_cast<std::uint32_t>(sentence.begin + title + 1),
                       static_cast<std::uint32_t>(sentence.begin + ends + 1)},
                      letters_of(text.substr(title + 2, ends - title - 2)),
                      {},
                      {},
                      {},
                      0,
                      0});
    return;
  }
}

std::optional<std::pair<std::size_t, std::size_t>> DraftReader::paper_at(const std::u32string& text,
                                                                         std::size_t at) const {
  constexpr std::size_t kLongest = 10, kName = 16;
  if (at < text.size() && text[at] == U'《') {
    const std::size_t close = text.find(U'》', at);
    if (close == text.npos) return std::nullopt;
    const std::u32string inner = text.substr(at + 1, close - at - 1);
    if (!known_.is_outlet(to_utf8(inner)) && !citation::is_medium(inner)) return std::nullopt;
    return std::pair(at + 1, close);
  }
  for (std::size_t n = std::min(kLongest, text.size() - std::min(text.size(), at)); n >= 2; --n)
    if (known_.is_outlet(to_utf8(text.substr(at, n)))) return std::pair(at, at + n);
  for (std::size_t n = 3; n <= kName && at + n < text.size(); ++n)
    if (is_numeral(text[at + n]) && citation::medium_before(std::u32string_view(text).substr(at, n)) == n)
      return std::pair(at, at + n);
  return std::nullopt;
}

void DraftReader::titles(Stretch& s) {
  const std::u32string& text = s.text;
  bool again = false;  // a title stands before
  for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
    const std::size_t close = text.find(U'》', open);
    if (close == text.npos) break;
    const std::u32string inner(text.substr(open + 1, close - open - 1));
    Asked asked{Claim::Kind::publication, s.place(open, close + 1), {}, {}, {}, {}, 0, 0};
    const bool known = known_.is_outlet(to_utf8(inner));
    // 《远山》2031年第12期, 2031年第12期《远山》: whatever its name.
    std::u32string compact;
    for (const char32_t c : text.substr(open))
      if (han::kind(c) != han::Kind::blank) compact += c;
    std::optional<Issue> issue = issue_in(compact);
    std::size_t issue_at = open;
    if (!issue || issue->number == 0)
      if (const std::size_t before = issue_before(text, open); before != open) {
        issue = issue_in(text.substr(open, close + 1 - open) + text.substr(before, open - before));
        issue_at = before;
      }
    const bool numbered = issue && issue->number != 0 && issue->year != 0;
    if (known || numbered || citation::is_medium(inner) ||
        ((again || citation::leads_to_medium(std::u32string_view(text).substr(0, open))) && !is_dated(inner))) {
      asked.outlet = to_utf8(inner);
      if (issue) asked.year = issue->year, asked.number = issue->number;
      std::size_t end = close + 1;
      if (asked.number != 0 && issue_at == open) {
        const std::size_t period = text.find(U'期', end);
        const std::size_t slash = text.find(U'/', end);
        if (period != text.npos && period < end + 16)
          end = period + 1;
        else if (slash != text.npos && slash < end + 8)
          end = slash + 3;
        end = std::min(end, text.size());
      }
      // 《人民日报》（2024年3月6日）, 2024年3月6日《人民日报》: the paper's day; the one behind it where both
      // are.
      const DateMention *day = nullptr, *before = nullptr;
      for (const DateMention& m : dates_of(s.span)) {
        const std::size_t b = m.span.begin - s.span.begin, e = m.span.end - s.span.begin;
        if (m.span.end > s.span.end || (m.earliest != m.latest && (known || asked.number != 0))) continue;
        if (b >= close && b - close <= 3) day = &m;
        if (e <= open && open - e <= 4 && text.substr(e, open - e).find(U')') == text.npos) before = &m;
      }
      if (day == nullptr) day = before;
      if (day != nullptr) {
        asked.first = day->earliest, asked.last = day->latest;
        s.taken.emplace_back(day->span.begin - s.span.begin, day->span.end - s.span.begin);
        end = std::max(end, s.taken.back().second);
      }
      if (known || asked.number != 0 || asked.first) {
        asked.span = s.place(issue_at, end);
        s.taken.emplace_back(issue_at, end);
        out_.push_back(asked);
        again = true;
        continue;
      }
      asked.outlet.clear();
    }
    again = true;
    if (s.bracket && address_titled(inner, s.place(open + 1, close))) {
      s.taken.emplace_back(open, close + 1);
      continue;
    }
    const std::size_t article = article_at(text, close + 1, asked.number);
    if (inner.size() >= 6 &&
        (s.bracket || article != 0 || text.find(U"文章") != text.npos || text.find(U"讲话") != text.npos ||
         text.find(U"发表") != text.npos || text.find(U"报告") != text.npos)) {
      asked.key = letters_of(inner);
      asked.held = article != 0 && known_.ground().has_title(asked.key);
      if (article != 0) asked.span = s.place(open, article);
      s.taken.emplace_back(open, close + 1);
      out_.push_back(std::move(asked));
    }
  }
}

void DraftReader::pages(const Stretch& s) {
  const std::u32string& text = s.text;
  for (std::size_t at = text.find(U"页"); at != text.npos; at = text.find(U"页", at + 1)) {
    std::size_t begin = at, end = 0;
    while (begin > 0 && (is_numeral(text[begin - 1]) || text[begin - 1] == U' ')) --begin;
    if (begin == 0 || text[begin - 1] != U'第') continue;
    while (begin < at && text[begin] == U' ') ++begin;
    if (const auto page = number_at(text, begin, end))
      out_.push_back({Claim::Kind::page, s.place(begin - 1, at + 1), {}, {}, {}, {}, 0, *page});
  }
}

bool DraftReader::is_dated(std::u32string_view title) const {
  const std::u32string folded = fold_words(title);
  const auto kind = known_.lexicons().kind_by_title(folded);
  return kind == WorkKind::speech || kind == WorkKind::decision || names_address(to_utf8(folded));
}

std::optional<std::u32string> DraftReader::printed(const Stretch& s, std::size_t b, std::size_t e) const {
  const std::u32string_view text = s.text;
  std::size_t at = b;
  constexpr std::size_t kBetween = 3;
  while (at > 0 && b - at < kBetween && han::kind(text[at - 1]) != han::Kind::letter && text[at - 1] != U'》' &&
         text[at - 1] != U'。')
    --at;
  const std::u32string_view before = text.substr(0, at);
  if (const std::size_t medium = citation::medium_before(before); medium != 0)
    return std::u32string(before.substr(at - medium));
  constexpr std::size_t kOutlet = 10;
  for (std::size_t n = 2; n <= std::min(kOutlet, at); ++n)
    if ((n == at || !han::is_han(before[at - n - 1])) && known_.is_outlet(to_utf8(before.substr(at - n))))
      return std::u32string(before.substr(at - n));
  if (before.ends_with(U'》')) {
    const std::size_t open = before.rfind(U'《');
    if (open != before.npos && !is_dated(before.substr(open + 1, at - open - 2))) return std::u32string();
  }
  if (citation::follows_printing(text.substr(e)) || citation::has_type_mark(text.substr(0, b)))
    return std::u32string();
  return std::nullopt;
}

}  // namespace suyuan::claims
