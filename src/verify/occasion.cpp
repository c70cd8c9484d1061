#include "verify/occasion.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "align/words.hpp"
#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";
constexpr double kSaid = 0.6;    // share of an occasion's words that the other text must have
constexpr double kUnsaid = 0.4;  // and under which it speaks of another

void drop(std::u32string& text, std::u32string_view word) {
  for (std::size_t at; (at = text.find(word)) != text.npos;) text.erase(at, word.size());
}

struct Run {
  std::size_t a, b, length;
};
// The runs of two letters and more that a longest common subsequence has.
std::vector<Run> common(std::u32string_view a, std::u32string_view b) {
  const std::size_t n = a.size(), m = b.size();
  std::vector<std::uint16_t> t((n + 1) * (m + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return t[i * (m + 1) + j]; };
  // Weighs letters that follow each other twice, so that runs stay together.
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;) {
      std::uint16_t best = std::max(at(i + 1, j), at(i, j + 1));
      std::size_t k = 0;
      while (i + k < n && j + k < m && a[i + k] == b[j + k]) ++k;
      if (k >= 2) best = std::max(best, static_cast<std::uint16_t>(at(i + k, j + k) + 2 * k - 1));
      at(i, j) = best;
    }
  std::vector<Run> out;
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    std::size_t k = 0;
    while (i + k < n && j + k < m && a[i + k] == b[j + k]) ++k;
    if (k >= 2 && at(i, j) == at(i + k, j + k) + 2 * k - 1) {
      out.push_back({i, j, k});
      i += k, j += k;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

// 第十一次, 三次会议, 二十届, 四中: the number before each such word.
std::vector<std::pair<std::u32string, std::u32string>> ordinals(std::u32string_view text) {
  std::vector<std::pair<std::u32string, std::u32string>> out;  // unit, number
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c != U'次' && c != U'届' && c != U'中' && c != U'期' && c != U'轮') continue;
    std::size_t begin = i;
    while (begin > 0 && kNumerals.find(text[begin - 1]) != kNumerals.npos) --begin;
    if (begin < i && i + 1 <= text.size()) {
      std::u32string unit(1, c);
      if (c == U'中' && !(i + 1 < text.size() && text[i + 1] == U'全')) continue;
      out.emplace_back(unit, std::u32string(text.substr(begin, i - begin)));
    }
  }
  return out;
}

bool ordinals_conflict(std::u32string_view a, std::u32string_view b) {
  const auto x = ordinals(a), y = ordinals(b);
  for (const auto& [unit, number] : x) {
    bool other = false, same = false;
    for (const auto& [u, n] : y)
      if (u == unit) (words::number(n) == words::number(number) ? same : other) = true;
    if (other && !same) return true;
  }
  return false;
}

// 湖北代表团 is not 江苏代表团: both name places, and no place is common to them.
bool places_conflict(std::u32string_view asked, std::u32string_view base) {
  static const std::vector<std::u32string> kPlaces = [] {
    std::vector<std::u32string> out;
    for (const auto& row : data::rows(data::sensitive()))
      if (row[0] == "place") out.push_back(from_utf8(row.at(1)));
    return out;
  }();
  bool any = false, there = false;
  for (const std::u32string& place : kPlaces) {
    const bool in_base = base.find(place) != base.npos;
    there = there || in_base;
    if (asked.find(place) == asked.npos) continue;
    if (in_base) return false;
    any = true;
  }
  return any && there;
}

// Words that may stand for each other, or be left out, without making it another occasion.
bool generic(std::u32string_view text) {
  static constexpr std::array<std::u32string_view, 16> kWords{
      U"考察", U"调研", U"视察",   U"学习", U"审议", U"会议", U"全体", U"代表",
      U"重要", U"同志", U"总书记", U"主席", U"强调", U"指出", U"发表", U"全国"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::u32string_view w) { return text.find(w) != text.npos; });
}

// A report may speak of an occasion that it does not report: 学习贯彻……精神, ……以来.
bool only_mentioned(std::u32string_view text, std::size_t end) {
  for (const std::u32string_view w : {U"精神", U"以来", U"以后", U"之后", U"后", U"部署", U"提出", U"作出", U"通过",
                                      U"审议通过", U"确定", U"明确", U"报告", U"《"})
    if (text.substr(end, w.size()) == w ||
        text.substr(end, w.size() + 1).substr(std::min<std::size_t>(1, text.size() - end)) == w)
      return true;
  return false;
}

// Without the words for what is done anywhere, where that leaves a name.
std::u32string named(std::u32string key) {
  std::u32string out = key;
  for (const std::u32string_view w : {U"考察", U"调研", U"视察"}) drop(out, w);
  return out.size() >= 2 ? out : key;
}

// Of a report's beginning the words count that stand together.
std::vector<Run> together(std::u32string_view key, std::u32string_view text) {
  std::vector<Run> best;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin < text.size(); begin += key.size()) {
    std::vector<Run> runs = common(key, text.substr(begin, 3 * key.size()));
    std::size_t sum = 0;
    for (Run& r : runs) sum += r.length, r.b += begin;
    if (sum > most) most = sum, best = std::move(runs);
  }
  return best;
}

// 2023年 at the front of an occasion's name.
std::optional<int> take_year(std::u32string& key) {
  if (key.size() < 7 || key[4] != U'年' ||
      !std::all_of(key.begin(), key.begin() + 4, [](char32_t c) { return han::is_digit(c); }))
    return std::nullopt;
  int year = 0;
  for (std::size_t i = 0; i < 4; ++i) year = year * 10 + static_cast<int>(key[i] - U'0');
  key.erase(0, 5);
  return year;
}

// The most letters of a key that can stand in runs of two where these pairs of it stand.
std::size_t letters_in_pairs(const std::vector<char>& pairs) {
  std::size_t most = 0, counted = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i] == 0) continue;
    most += i + 2 - std::max(counted, i);
    counted = i + 2;
  }
  return most;
}

bool enough(std::size_t letters, std::size_t of) {
  return static_cast<double>(letters) >= kSaid * static_cast<double>(of);
}

}  // namespace

std::u32string letters_of(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text)
    if (han::kind(c) == han::Kind::letter) out += c;
  return out;
}

std::u32string title_letters(const std::string& title) { return letters_of(fold_words(from_utf8(title))); }

std::u32string occasion_key(std::u32string text) {
  const auto dates = find_dates(text);
  for (auto d = dates.rbegin(); d != dates.rend(); ++d)
    if (d->month != 0 || d->year_kind == DateExpression::Year::relative) text.erase(d->begin, d->end - d->begin);
  for (const std::u32string_view word :
       {U"重要讲话", U"的讲话", U"讲话", U"主持召开", U"主持", U"参加", U"出席", U"举行", U"听取", U"这次",
        U"此次",     U"本次",   U"近日", U"日前",     U"再次", U"期间", U"之际", U"党的", U"中共", U"中国共产党"})
    drop(text, word);
  std::u32string out = letters_of(text);
  while (!out.empty() && (out.front() == U'在' || out.front() == U'于')) out.erase(0, 1);
  while (!out.empty() && (out.back() == U'时' || out.back() == U'上' || out.back() == U'中' || out.back() == U'的'))
    out.pop_back();
  return out;
}

bool days_overlap(const std::optional<Date>& a, const std::optional<Date>& b, const std::optional<Date>& x,
                  const std::optional<Date>& y) {
  return a && b && x && y && *a <= *y && *x <= *b;
}

std::size_t lead_paragraphs(const Document& document, const Work& work,
                            const std::function<void(std::size_t paragraph, std::u32string_view text)>& take) {
  constexpr std::size_t kLead = 240;
  std::size_t size = fold_words(from_utf8(work.title)).size(), taken = 0;
  for (std::size_t p = 0; p < work.paragraphs.size() && size < kLead; ++p) {
    if (work.paragraphs[p].role != Role::body) continue;
    const std::u32string text = fold_words(document.text_of(work.paragraphs[p].parts)).substr(0, kLead);
    take(p, text);
    size += text.size();
    ++taken;
  }
  return taken;
}

Agreement compare_occasion(std::u32string asked, const Occasion& base) {
  if (base.text.empty()) return Agreement::open;
  const auto year = take_year(asked);
  const bool other_year = year && base.first && base.last && (*year < base.first->year || base.last->year < *year);
  if (asked.empty()) return Agreement::open;
  const std::u32string key = named(asked), text = base.report ? base.text : named(occasion_key(base.text));
  const std::vector<Run> runs = base.report ? together(key, text) : common(key, text);
  std::size_t equal = 0;
  bool replaced = false;
  for (std::size_t n = 0; n < runs.size(); ++n) {
    equal += runs[n].length;
    if (n == 0) continue;
    const std::size_t ea = runs[n - 1].a + runs[n - 1].length, eb = runs[n - 1].b + runs[n - 1].length;
    const std::size_t da = runs[n].a - ea, db = runs[n].b - eb;
    if (da >= 2 && db >= 2 && db <= da + 4 && !generic(std::u32string_view(key).substr(ea, da)) &&
        !generic(std::u32string_view(text).substr(eb, db)))
      replaced = true;
  }
  if (!runs.empty() && !base.report) {  // at the ends too, where the text is the occasion's own name
    const std::size_t ha = runs[0].a, hb = runs[0].b;
    const std::size_t ta = key.size() - runs.back().a - runs.back().length,
                      tb = text.size() - runs.back().b - runs.back().length;
    const auto other = [&](std::u32string_view x, std::u32string_view y) {
      return x.size() >= 2 && y.size() >= 2 && y.size() <= x.size() + 4 && !generic(x) && !generic(y);
    };
    replaced =
        replaced || other(std::u32string_view(key).substr(0, ha), std::u32string_view(text).substr(0, hb)) ||
        other(std::u32string_view(key).substr(key.size() - ta), std::u32string_view(text).substr(text.size() - tb));
  }
  const double cover = static_cast<double>(equal) / static_cast<double>(key.size());
  const double back = text.empty() ? 0 : static_cast<double>(equal) / static_cast<double>(text.size());
  if (cover >= kSaid || (!base.report && back >= kSaid)) {
    if (base.report && only_mentioned(text, runs.back().b + runs.back().length)) return Agreement::open;
    if (ordinals_conflict(key, base.text) || replaced || other_year || places_conflict(key, base.text))
      return base.precise ? Agreement::differs : Agreement::open;
    // Somebody's 在会议上 does not say which of them.
    const auto there = ordinals(base.text);
    for (const auto& named : ordinals(key))
      if (!base.precise &&
          std::none_of(there.begin(), there.end(), [&](const auto& o) { return o.first == named.first; }))
        return Agreement::open;
    return Agreement::agrees;
  }
  // "在四川、黑龙江、浙江等地": one of several places.
  if (key.find(U"等地") != key.npos && equal >= 2 && !runs.empty()) return Agreement::agrees;
  return base.precise && cover < kUnsaid ? Agreement::differs : Agreement::open;
}

Occasion occasion_of(const Corpus& corpus, std::uint32_t number, FoldSpan place) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  const Document& d = corpus.document(at);
  Occasion out;
  const std::uint32_t p = at.fold.paragraph_of(place.begin);
  for (const Section& s : w.sections) {
    if (p < s.first || s.last <= p) continue;
    const std::u32string line = d.text_of(s.occasion);
    out.text = fold_words(line);
    out.shown = to_utf8(line);
    out.first = s.spoken.earliest, out.last = s.spoken.latest;
    out.precise = true;
    return out;
  }
  if (w.kind == WorkKind::report) {
    out.text = fold_words(from_utf8(w.title));
    // No word goes over the end of a paragraph.
    lead_paragraphs(d, w, [&](std::size_t, std::u32string_view text) { (out.text += U'\n') += text; });
    out.shown = w.title;
    out.precise = out.report = true;
    if (w.published.earliest && w.published.latest)
      out.first = add_days(*w.published.earliest, -kReportDays), out.last = w.published.latest;
    return out;
  }
  if (w.kind == WorkKind::speech || w.kind == WorkKind::decision) {
    out.text = fold_words(from_utf8(w.title));
    out.shown = w.title;
    out.precise = true;
    out.last = w.published.latest;
    if (w.kind == WorkKind::decision) out.first = w.published.earliest;
    // A title that names the day: 报告——2031年3月5日在……会议上.
    std::u32string own = out.text;
    if (const auto dateline = own.find(U'电'); dateline != own.npos && dateline < 16) own.erase(0, dateline + 1);
    const std::vector<Date> days = dates_in(own);
    if (days.size() == 1 && days[0].day != 0) out.first = out.last = days[0];
    return out;
  }
  const std::uint32_t offset = at.fold.origin(place.begin);
  for (const Quotation& q : w.quotations) {
    const Span words = envelope(q.parts);
    if (offset < words.begin || words.end <= offset || !q.attribution) continue;
    const Attribution& a = *q.attribution;
    if (!a.occasion) continue;
    out.text = fold_words(d.view(*a.occasion));
    out.shown = to_utf8(d.text_of({*a.occasion}));
  }
  return out;
}

bool same_occasion(const Occasion& a, const Occasion& b) {
  if (a.text.empty() || b.text.empty()) return false;
  if (!a.report && !b.report && a.first && b.first) return days_overlap(a.first, a.last, b.first, b.last);
  const Occasion &named = a.report ? b : a, &other = a.report ? a : b;
  if (named.report) return a.text == b.text;
  const std::u32string key = occasion_key(named.text);
  return key.size() >= kVague && compare_occasion(key, other) == Agreement::agrees &&
         (!named.first || !other.first || days_overlap(named.first, named.last, other.first, other.last));
}

bool other_occasion(const Occasion& a, const Occasion& b) {
  return !a.text.empty() && !b.text.empty() && a.precise && b.precise && !same_occasion(a, b);
}

std::u32string occasion_name(std::u32string asked) {
  take_year(asked);
  return named(std::move(asked));
}

bool may_agree(const std::u32string& asked, const std::vector<char>& pairs) {
  return asked.find(U"等地") != asked.npos || enough(letters_in_pairs(pairs), pairs.size() + 1);
}

bool agrees(const std::u32string& asked, const Occasion& base) {
  // No more letters can stand in runs of two than those of pairs that stand in the text at all.
  const std::u32string key = occasion_name(asked), text = base.report ? base.text : named(occasion_key(base.text));
  std::vector<char> pairs;
  for (std::size_t i = 0; i + 1 < key.size(); ++i)
    pairs.push_back(text.find(std::u32string_view(key).substr(i, 2)) != text.npos);
  const std::size_t most = letters_in_pairs(pairs);
  const bool may =
      asked.find(U"等地") != asked.npos || enough(most, key.size()) || (!base.report && enough(most, text.size()));
  return may && compare_occasion(asked, base) == Agreement::agrees;
}

}  // namespace suyuan
