// Names of occasions: what tells in them, and whether two are one.
#include "verify/occasion.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "align/words.hpp"
#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/terms.hpp"

namespace suyuan {

namespace {

constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";
constexpr double kSaid = 0.6;    // share of an occasion's words that the other text must have
constexpr double kUnsaid = 0.4;  // and under which it speaks of another
constexpr std::size_t kYear = 5;  // letters of 2031年

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

// 第十一次, 三次会议, 二十届, 四中, 百周年: the number before each such word.
std::vector<std::pair<std::u32string, std::u32string>> ordinals(std::u32string_view text) {
  std::vector<std::pair<std::u32string, std::u32string>> out;  // unit, number
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c != U'次' && c != U'届' && c != U'中' && c != U'期' && c != U'轮' && c != U'周') continue;
    std::size_t begin = i;
    while (begin > 0 && kNumerals.find(text[begin - 1]) != kNumerals.npos) --begin;
    if (begin < i && i + 1 <= text.size()) {
      std::u32string unit(1, c);
      const char32_t next = i + 1 < text.size() ? text[i + 1] : 0;
      if ((c == U'中' && next != U'全') || (c == U'周' && next != U'年')) continue;
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

// The words of a class of sensitive.tsv.
std::vector<std::u32string> rows_of(std::string_view kind) {
  std::vector<std::u32string> out;
  for (const auto& row : data::rows(data::sensitive()))
    if (row[0] == kind) out.push_back(from_utf8(row.at(1)));
  return out;
}

const std::vector<std::u32string>& places() {
  static const std::vector<std::u32string> kPlaces = rows_of("place");
  return kPlaces;
}

bool has_one_of(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::ranges::any_of(words, [&](std::u32string_view w) { return text.find(w) != text.npos; });
}

bool names_place(std::u32string_view text) {
  return std::ranges::any_of(places(), [&](const std::u32string& p) { return text.find(p) != text.npos; });
}

// Both name some of these, and none is common to them.
bool names_conflict(std::span<const std::u32string> names, std::u32string_view asked, std::u32string_view base) {
  bool any = false, there = false;
  for (const std::u32string& name : names) {
    const bool in_base = base.find(name) != base.npos;
    there = there || in_base;
    if (asked.find(name) == asked.npos) continue;
    if (in_base) return false;
    any = true;
  }
  return any && there;
}

// 湖北代表团 is not 江苏代表团, the guests from 美国 are not those from 法国, nor is 全省 the meeting of 全国.
bool places_conflict(std::u32string_view asked, std::u32string_view base) {
  static const std::vector<std::u32string> kStates = rows_of("state");
  static const std::vector<std::u32string> kLevels{U"全国", U"全省", U"全市", U"全县", U"全区"};
  return names_conflict(places(), asked, base) || names_conflict(kStates, asked, base) ||
         names_conflict(kLevels, asked, base);
}

// Words that may stand for each other, or be left out, without making it another occasion.
bool generic(std::u32string_view text) {
  static constexpr std::array<std::u32string_view, 16> kWords{
      U"考察", U"调研", U"视察",   U"学习", U"审议", U"会议", U"全体", U"代表",
      U"重要", U"同志", U"总书记", U"主席", U"强调", U"指出", U"发表", U"全国"};
  return has_one_of(text, kWords);
}

// Words of a key that name an event that a report can be of.
bool is_event(std::u32string_view key) {
  static constexpr std::array<std::u32string_view, 26> kWords{
      U"会",   U"考察", U"调研", U"视察", U"参观", U"看望", U"慰问", U"报告", U"仪式",
      U"典礼", U"论坛", U"班",   U"学习", U"谈",   U"访",   U"贺",   U"审议", U"演讲",
      U"致辞", U"活动", U"接见", U"汇报", U"指示", U"批示", U"信",   U"团"};
  return has_one_of(key, kWords);
}

bool is_visit(std::u32string_view text) {
  static constexpr std::array<std::u32string_view, 8> kWords{U"考察", U"调研", U"视察", U"看望",
                                                             U"慰问", U"参观", U"访问", U"连线"};
  return has_one_of(text, kWords);
}

// A report may speak of an occasion that it does not report: 学习贯彻……精神, ……以来.
bool only_mentioned(std::u32string_view key, std::u32string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kBefore = 8;
  static constexpr std::array<std::u32string_view, 13> kBeforeWords{U"贯彻", U"落实", U"学习",    U"传达", U"决定",
                                                                    U"将",   U"筹备", U"迎接",    U"按照", U"审议",
                                                                    U"讨论", U"赞成", U"征求意见"};
  for (const std::u32string_view w : {U"精神", U"以来", U"以后", U"之后", U"后", U"部署", U"提出", U"作出", U"通过",
                                      U"审议通过", U"确定", U"明确", U"报告", U"《"})
    if (text.substr(end, w.size()) == w ||
        text.substr(end, w.size() + 1).substr(std::min<std::size_t>(1, text.size() - end)) == w)
      return true;
  std::u32string_view before = text.substr(begin - std::min(begin, kBefore), std::min(begin, kBefore));
  if (const std::size_t mark = before.find_last_of(U"\n。,;:!? "); mark != before.npos)
    before.remove_prefix(mark + 1);
  // 我同某某通了电话: who speaks tells of it.
  if (const std::size_t i = before.find(U'我');
      i != before.npos &&
      (i + 1 == before.size() || std::u32string_view(U"省市国县们党军").find(before[i + 1]) == before.npos))
    return true;
  const bool own = std::ranges::any_of(kBeforeWords, [&](std::u32string_view w) { return key.starts_with(w); });
  return !own && has_one_of(before, kBeforeWords);
}

// Without the words for what is done anywhere, where that leaves a name.
std::u32string named(std::u32string key) {
  std::u32string out = key;
  for (const std::u32string_view w : {U"考察", U"调研", U"视察", U"参观", U"察看", U"走访"}) drop(out, w);
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
  const auto year = year_at(key, 0);
  if (key.size() < 7 || !year) return std::nullopt;
  key.erase(0, key[5] == U'底' || key[5] == U'初' || key[5] == U'末' ? 6 : 5);
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

std::optional<int> year_at(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view kFigures = U"0123456789", kWords = U"〇一二三四五六七八九";
  if (text.size() < at + 5 || text[at + 4] != U'年') return std::nullopt;
  const std::u32string_view of = kFigures.find(text[at]) != kFigures.npos ? kFigures : kWords;
  int year = 0;
  for (const char32_t c : text.substr(at, 4)) {
    const std::size_t digit = of.find(of == kWords && (c == U'零' || c == U'○') ? U'〇' : c);
    if (digit == of.npos) return std::nullopt;
    year = year * 10 + static_cast<int>(digit);
  }
  return year;
}

std::u32string with_year_in_figures(std::u32string name) {
  if (const auto year = year_at(name, 0)) name.replace(0, 4, from_utf8(std::to_string(*year)));
  return name;
}

std::u32string title_letters(const std::string& title) { return letters_of(fold_words(from_utf8(title))); }

std::u32string occasion_key(std::u32string text) {
  const auto dates = find_dates(text);
  for (auto d = dates.rbegin(); d != dates.rend(); ++d)
    if (d->month != 0 || d->year_kind == DateExpression::Year::relative) text.erase(d->begin, d->end - d->begin);
  text = with_short_names(std::move(text));
  for (const std::u32string_view word :
       {U"召开的", U"举行的", U"重要讲话", U"的讲话", U"讲话", U"主持召开", U"主持",
        U"参加",   U"出席",   U"举行",     U"听取",   U"这次", U"此次",     U"本次",
        U"近日",   U"日前",   U"再次",     U"期间",   U"之际", U"党的",     U"中共"})
    drop(text, word);
  // The party before its meetings; 中国共产党成立 is what is told.
  for (std::size_t at; (at = text.find(U"中国共产党第")) != text.npos;) text.erase(at, 5);
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

bool is_vague_occasion(std::u32string_view key) {
  std::u32string left(key);
  for (const std::u32string_view w :
       {U"会议", U"全会", U"大会", U"会上", U"会见", U"会谈", U"座谈", U"考察", U"调研", U"视察", U"参观", U"看望",
        U"慰问", U"发表", U"重要", U"国内", U"有关", U"相关", U"工作", U"汇报", U"这里", U"那里", U"当地", U"各地",
        U"地方", U"现场", U"家中", U"家里", U"途中", U"同志", U"讲话", U"谈话", U"指示", U"批示"})
    drop(left, w);
  const auto particle = [](char32_t c) {
    return std::u32string_view(U"在于各的了上中下时后里前间期").find(c) != std::u32string_view::npos;
  };
  while (!left.empty() && particle(left.back())) left.pop_back();
  return left.size() < 2;
}

bool other_year(std::u32string_view a, std::u32string_view b) {
  std::u32string x(a), y(b);
  const auto of_a = take_year(x), of_b = take_year(y);
  return of_a && of_b && of_a != of_b && x == y;
}

namespace {

struct Met {
  double cover = 0;                // share of the key that the text has
  bool whole = false;              // nothing that tells is left of the key
  bool replaced = false;           // other words stand in the place of some of its own
  bool framed = false;             // and the words around them are the key's first and last
  std::size_t begin = 0, end = 0;  // of the text
};
Met meet(std::u32string_view key, std::u32string_view text, const std::vector<Run>& runs, bool at_ends) {
  constexpr std::size_t kShort = 8;  // letters of a key of which each tells,
  constexpr std::u32string_view kSilent = U"市县省区乡镇村的了并于在第年上中时等和与";  // but these
  Met out;
  if (runs.empty()) return out;
  std::size_t equal = 0, at = 0;
  bool left = false;
  const auto leaves = [&](std::size_t from, std::size_t to) {
    const std::u32string_view rest = key.substr(from, to - from);
    const bool tells = rest.find_first_not_of(kSilent) != rest.npos;
    left = left || (rest.size() >= (key.size() <= kShort ? 1 : 2) && tells && !generic(rest));
  };
  for (std::size_t n = 0; n < runs.size(); ++n) {
    equal += runs[n].length;
    leaves(at, runs[n].a);
    at = runs[n].a + runs[n].length;
    if (n == 0) continue;
    const std::size_t ea = runs[n - 1].a + runs[n - 1].length, eb = runs[n - 1].b + runs[n - 1].length;
    const std::size_t da = runs[n].a - ea, db = runs[n].b - eb;
    if (da >= 2 && db >= 2 && db <= da + 4 && !generic(key.substr(ea, da)) && !generic(text.substr(eb, db)))
      out.replaced = true;
    // 全省农业工作会议 for 全省林业工作会议: one letter that tells in the place of another, in the same words.
    const auto tells = [&](char32_t c) {
      return kSilent.find(c) == kSilent.npos && kNumerals.find(c) == kNumerals.npos;
    };
    if (da == 1 && db == 1 && tells(key[ea]) && tells(text[eb]) && runs[n].length > 2) out.replaced = true;
  }
  leaves(at, key.size());
  constexpr std::size_t kFrame = 3;  // letters
  out.framed = out.replaced && runs.size() == 2 && runs[0].a == 0 && at == key.size() && runs[0].length >= kFrame &&
               runs[1].length >= kFrame;
  out.begin = runs.front().b, out.end = runs.back().b + runs.back().length;
  if (at_ends) {  // where the text is the occasion's own name
    const auto other = [&](std::u32string_view x, std::u32string_view y) {
      return x.size() >= 2 && y.size() >= 2 && y.size() <= x.size() + 4 && !generic(x) && !generic(y);
    };
    out.replaced = out.replaced || other(key.substr(0, runs[0].a), text.substr(0, runs[0].b)) ||
                   other(key.substr(at), text.substr(out.end));
  }
  out.cover = static_cast<double>(equal) / static_cast<double>(key.size());
  out.whole = !left;
  return out;
}

// A year of the occasion's name that cannot be the text's; nothing where the text does not say.
std::optional<bool> contradicts(const std::optional<int>& year, const std::optional<int>& own,
                                const Occasion& base) {
  constexpr int kPrinted = 1;  // years within which a speech without a day appears
  if (!year) return false;
  if (own) return own != year;
  if (base.first && base.last) return *year < base.first->year || base.last->year < *year;
  if (!base.last) return std::nullopt;
  if (base.last->year < *year) return true;
  return base.last->year - *year <= kPrinted ? std::optional(false) : std::nullopt;
}

// Somebody's 在会议上 does not say which of them, nor does a speech's title that counts none.
bool says_which(std::u32string_view key, const Occasion& base) {
  if (base.precise && !base.titled) return true;
  const auto there = ordinals(base.text + U'\n' + base.line);
  return std::ranges::all_of(ordinals(key), [&](const auto& asked) {
    return std::ranges::any_of(there, [&](const auto& o) { return o.first == asked.first; });
  });
}

// Whether a report, behind what it tells of a stop, goes on to another one: 在某某公司，…; 某某来到…
bool moves_on(std::u32string_view told, std::size_t from) {
  constexpr std::size_t kClause = 40;
  constexpr std::u32string_view kWhen = U"时上下中后前间", kDay = U"日午晚";
  for (std::size_t at = told.find_first_of(U"。\n", from); at != told.npos;
       at = told.find_first_of(U"。\n", at + 1)) {
    std::size_t begin = at + 1, end = told.find_first_of(U",。:\n", begin);
    if (end != told.npos && end > begin && kDay.find(told[end - 1]) != told.npos)  // 5月6日上午，在……
      begin = end + 1, end = told.find_first_of(U",。:\n", begin);
    const std::u32string_view clause = told.substr(begin, end - begin);
    if (clause.empty() || clause.size() > kClause) continue;
    if (clause[0] == U'在' && kWhen.find(clause.back()) == kWhen.npos) return true;
    for (const std::u32string_view word : {U"来到", U"走进", U"前往", U"抵达"})
      if (clause.find(word) != clause.npos) return true;
  }
  return false;
}

// Whether a report tells of being at a place, and does not only mention it: 在重庆考察, 来到重庆;
// 重庆、四川两地要合作.
bool went_there(std::u32string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kBefore = 16, kBehind = 12;
  constexpr std::u32string_view kTo = U"在到赴抵往进访临于";
  std::u32string_view before = text.substr(begin - std::min(begin, kBefore), std::min(begin, kBefore));
  if (const std::size_t mark = before.find_last_of(U"\n。,;:!?、"); mark != before.npos)
    before.remove_prefix(mark + 1);
  const std::u32string_view behind = text.substr(end, kBehind);
  // 上海南湖, 鸭子河南岸: another name's letters.
  const bool within = begin > 0 && std::ranges::any_of(places(), [&](const std::u32string& place) {
                        return place.size() == 2 && text.substr(begin - 1, 2) == place;
                      });
  if (within || behind.starts_with(U"岸")) return false;
  return before.find_first_of(kTo) != before.npos ||
         is_visit(behind.substr(0, behind.find_first_of(U"\n。,;:!?、")));
}

Agreement compare_report(std::u32string_view asked, std::u32string_view key, const std::optional<int>& year,
                         const Occasion& base) {
  const Met met = meet(key, base.text, together(key, base.text), false);
  // 二〇三二年新年贺词: the year before the name is its own, whenever that was printed.
  const auto own = met.cover >= kSaid && met.begin >= kYear ? year_at(base.text, met.begin - kYear) : std::nullopt;
  const std::optional<bool> other = contradicts(year, own, base);
  const Agreement against = base.precise ? Agreement::differs : Agreement::open;
  const Met told = meet(key, base.told, together(key, base.told), false);
  const bool tells = told.cover >= kSaid && told.whole && !only_mentioned(key, base.told, told.begin, told.end) &&
                     !(is_visit(asked) && names_place(asked) && !went_there(base.told, told.begin, told.end));
  // A stop of a visit, and not the last before the words.
  const bool left =
      is_visit(asked) && told.cover >= kSaid && base.text.find(U'\n') <= met.begin && moves_on(base.told, told.end);
  // 新时代推动中部地区崛起座谈会 for 新时代推动西部大开发座谈会: what is common frames what names.
  const bool exactly = tells && !told.replaced;
  if (!exactly && met.cover >= kUnsaid && met.cover < kSaid && met.framed &&
      !only_mentioned(key, base.text, met.begin, met.end))
    return against;
  if (met.cover >= kSaid && !(exactly && met.replaced)) {
    if (only_mentioned(key, base.text, met.begin, met.end)) return Agreement::open;
    if (ordinals_conflict(key, base.text) || met.replaced || other.value_or(false) ||
        places_conflict(key, base.text))
      return against;
    const bool mentioned = is_visit(asked) && names_place(asked) && !went_there(base.text, met.begin, met.end);
    if (met.whole && (left || (mentioned && !exactly))) return Agreement::open;
    if (met.whole) return other && says_which(key, base) ? Agreement::agrees : Agreement::open;
  }
  // "在四川、黑龙江、浙江等地": one of several places.
  if (key.find(U"等地") != key.npos && met.cover > 0) return Agreement::agrees;
  if (!left && tells && other == false)
    return ordinals_conflict(key, base.told) || places_conflict(key, base.told) ? Agreement::open
                                                                                : Agreement::agrees;
  if (std::max(met.cover, told.cover) >= kUnsaid || !is_event(asked)) return Agreement::open;
  // A visit has stops that its report names otherwise.
  const std::u32string shown = from_utf8(base.shown);
  if (is_visit(asked) && !names_place(asked) && is_visit(shown)) return Agreement::open;
  // And the meetings of one, by which its host reported: 在云川省政府工作汇报会上.
  const bool there = std::ranges::any_of(places(), [&](const std::u32string& place) {
    return asked.find(place) != asked.npos && shown.find(place) != shown.npos;
  });
  if (there && !is_visit(asked) && is_visit(shown) && asked.find(U"汇报") != asked.npos) return Agreement::open;
  return against;
}

// Words of a name that tell of a gathering: 2031年林业工作报告 tells of none.
bool names_gathering(std::u32string name) {
  drop(name, U"报告");
  return is_event(name);
}

// A speech tells where it was given by its title, or by what stands between that and its address:
// 2031年林业工作报告, 2031年3月5日在第三届林业大会第二次会议上.
Agreement compare_speech(std::u32string_view asked, std::u32string_view key, const std::optional<int>& year,
                         const Occasion& base) {
  std::u32string title = named(occasion_key(base.text)), line = occasion_key(base.line);
  auto own = take_year(title);
  take_year(line);
  const Met by_title = meet(key, title, common(key, title), true);
  // 某某发表二〇三二年新年贺词
  if (!own && by_title.begin >= kYear) own = year_at(title, by_title.begin - kYear);
  const double back =
      title.empty() ? 0 : by_title.cover * static_cast<double>(key.size()) / static_cast<double>(title.size());
  Met best = by_title;
  if (!line.empty())
    for (const std::u32string& text : {line, line + title, title + line})
      if (const Met met = meet(key, text, common(key, text), text == line); met.cover > best.cover) best = met;
  const std::u32string both = base.text + U'\n' + base.line;
  const bool gathering = names_gathering(title);
  if ((best.cover >= kSaid || back >= kSaid) && (key.size() >= kVague || best.whole || by_title.whole)) {
    const auto other = contradicts(year, own, base);
    if (ordinals_conflict(key, both) || best.replaced || other.value_or(false) || places_conflict(key, both))
      return Agreement::differs;
    // 川北林业工作报告 is some 林业工作报告.
    if (!other || !says_which(key, base) || (best.cover < kSaid && !gathering) ||
        (names_place(key) && !names_place(both)))
      return Agreement::open;
    return Agreement::agrees;
  }
  if (key.find(U"等地") != key.npos && by_title.cover > 0) return Agreement::agrees;
  if (year && is_event(asked) && own && own != year) return Agreement::differs;
  // 两会: what the congress has its session in.
  if (best.cover >= kUnsaid || !is_event(asked) || key.find(U"两会") != key.npos) return Agreement::open;
  return gathering || !line.empty() ? Agreement::differs : Agreement::open;
}

Agreement compare_named(std::u32string asked, const Occasion& base) {
  const auto year = take_year(asked);
  if (asked.empty()) return Agreement::open;
  const std::u32string key = named(asked);
  if (base.report) return compare_report(asked, key, year, base);
  // Who speaks tells himself where he said it: 我在某地考察时讲过.
  constexpr std::size_t kTells = 8;  // letters of a name that stand nowhere by chance
  if (key.size() >= kTells && letters_of(base.told).find(key) != std::u32string::npos) {
    // What he says in a later sentence may be of that day or of this.
    const std::size_t at = base.told.rfind(key);
    const bool later = at != base.told.npos && base.told.find_first_of(U"。!?！？", at) != base.told.npos;
    return later ? Agreement::open : Agreement::agrees;
  }
  if (base.titled) return compare_speech(asked, key, year, base);
  std::u32string text = named(occasion_key(base.text));
  const auto own = take_year(text);
  const Met met = meet(key, text, common(key, text), true);
  const double back =
      text.empty() ? 0 : met.cover * static_cast<double>(key.size()) / static_cast<double>(text.size());
  if ((met.cover >= kSaid || back >= kSaid) && (key.size() >= kVague || met.whole)) {
    const auto other = contradicts(year, own, base);
    if (ordinals_conflict(key, base.text) || met.replaced || other.value_or(false) ||
        places_conflict(key, base.text))
      return base.precise ? Agreement::differs : Agreement::open;
    if (!other) return Agreement::open;
    if (!says_which(key, base)) return Agreement::open;
    return Agreement::agrees;
  }
  if (key.find(U"等地") != key.npos && met.cover > 0) return Agreement::agrees;
  return base.precise && met.cover < kUnsaid && is_event(asked) ? Agreement::differs : Agreement::open;
}

// Numbers of sessions and years as letters: 第7届, 50周年, 百周年 → 第七届, 五十周年, 一百周年.
std::u32string with_counts_in_letters(std::u32string_view text) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九", kCounted = U"届次期轮周中";
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && kNumerals.find(text[end]) != kNumerals.npos) ++end;
    const auto n = end < text.size() && kCounted.find(text[end]) != kCounted.npos
                       ? words::number(text.substr(i, end - i))
                       : std::nullopt;
    const long long value = n && !n->percent && n->thousandths % 1000 == 0 ? n->thousandths / 1000 : 0;
    if (value <= 0 || value >= 1000) {
      end = std::max(end, i + 1);
      out += text.substr(i, end - i);
    } else {
      const auto hundreds = static_cast<std::size_t>(value / 100), tens = static_cast<std::size_t>(value / 10 % 10),
                 ones = static_cast<std::size_t>(value % 10);
      if (hundreds > 0) out += kDigits[hundreds], out += U'百';
      if (tens > 1 || (tens == 1 && hundreds > 0)) out += kDigits[tens];
      if (tens == 0 && hundreds > 0 && ones > 0) out += U'零';
      if (tens > 0) out += U'十';
      if (ones > 0) out += kDigits[ones];
    }
    i = end;
  }
  return out;
}

// Whether an occasion's name has letters that tell and that stand so nowhere in what the base says of its own:
// 云川师范大学 for 云川大学, 护桥座谈会 for 护桥会议.
bool says_more(std::u32string key, const Occasion& base) {
  static constexpr std::array<std::u32string_view, 40> kPlain{
      U"中国共产党", U"中共", U"党中央", U"中央", U"全国", U"召开", U"举行", U"主持",   U"出席", U"参加",
      U"发表",       U"重要", U"讲话",   U"指示", U"期间", U"一次", U"这次", U"此次",   U"今年", U"时候",
      U"考察",       U"调研", U"视察",   U"座谈", U"会上", U"会议", U"大会", U"全体",   U"开幕", U"总书记",
      U"主席",       U"同志", U"同日",   U"当天", U"当时", U"共同", U"工作", U"代表团", U"审议", U"看望"};
  constexpr std::u32string_view kSilent =
      U"的了并于在上时中和与暨等前后里内地各来到同对给就其及底初省市县区乡镇村作所";
  const std::u32string all =
      letters_of(base.text + U'\n' + base.line + U'\n' + base.told + U'\n' + fold_words(from_utf8(base.shown)));
  for (const std::u32string_view word : kPlain)
    if (all.find(word) == all.npos)
      for (std::size_t at; (at = key.find(word)) != key.npos;) key.replace(at, word.size(), 1, U'\0');
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!han::is_han(key[i]) || kNumerals.find(key[i]) != kNumerals.npos || kSilent.find(key[i]) != kSilent.npos)
      continue;
    const bool before = i > 0 && all.find(key.substr(i - 1, 2)) != all.npos;
    if (!before && (i + 1 == key.size() || all.find(key.substr(i, 2)) == all.npos)) return true;
  }
  return false;
}

}  // namespace

Agreement compare_occasion(std::u32string asked, const Occasion& named) {
  if (named.text.empty()) return Agreement::open;
  Occasion base = named;
  asked = with_counts_in_letters(asked);
  for (std::u32string* text : {&base.text, &base.line, &base.told}) *text = with_counts_in_letters(*text);
  // Where the base counts no term of the body, its days say which it was.
  const auto counts = [](const std::u32string& text) { return text.find(U'届') != text.npos; };
  std::optional<Term> term;
  if (!counts(base.text) && !counts(base.line) && !ordinals_conflict(asked, base.told))
    term = term_of(asked, base.first, base.last);
  if (term && term->holds) asked.erase(0, term->letters);
  const std::u32string whole = asked;
  const Agreement out = compare_named(std::move(asked), base);
  if (out == Agreement::agrees && says_more(whole, base)) return Agreement::open;
  if (!term || term->holds || out != Agreement::agrees) return out;
  return base.precise ? Agreement::differs : Agreement::open;
}

bool same_occasion(const Occasion& a, const Occasion& b) {
  if (a.text.empty() || b.text.empty()) return false;
  if (!a.report && !b.report && a.first && b.first) return days_overlap(a.first, a.last, b.first, b.last);
  const Occasion &named = a.report ? b : a, &other = a.report ? a : b;
  if (named.report) return a.text == b.text;
  const std::u32string key = occasion_key(named.text);
  return key.size() >= kVague && compare_named(key, other) == Agreement::agrees &&
         (!named.first || !other.first || days_overlap(named.first, named.last, other.first, other.last));
}

bool other_occasion(const Occasion& a, const Occasion& b) {
  return !a.text.empty() && !b.text.empty() && a.precise && b.precise && !same_occasion(a, b);
}

std::vector<std::u32string> occasion_names(std::u32string asked) {
  take_year(asked);
  std::vector<std::u32string> out{named(std::move(asked))};
  if (std::u32string written = with_long_names(out[0]); written != out[0]) out.push_back(std::move(written));
  return out;
}

bool may_agree(const std::u32string& asked, const std::vector<char>& pairs) {
  return asked.find(U"等地") != asked.npos || enough(letters_in_pairs(pairs), pairs.size() + 1);
}

bool agrees(const std::u32string& asked, const Occasion& base) {
  // No more letters can stand in runs of two than those of pairs that stand in the text at all.
  const std::u32string key = occasion_names(asked)[0],
                       text = base.report ? base.text : named(occasion_key(base.text));
  std::vector<char> pairs;
  for (std::size_t i = 0; i + 1 < key.size(); ++i)
    pairs.push_back(text.find(std::u32string_view(key).substr(i, 2)) != text.npos);
  const std::size_t most = letters_in_pairs(pairs);
  const bool may =
      asked.find(U"等地") != asked.npos || enough(most, key.size()) || (!base.report && enough(most, text.size()));
  return may && compare_occasion(asked, base) == Agreement::agrees;
}

}  // namespace suyuan
