// Printed pages: where they begin, the lines that belong to them and to no text, and what is missing between them.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/han.hpp"
#include "segment/layout.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kRunningHead = 40;  // letters
constexpr double kShortPage = 0.87;  // of a full page's lines: a page that ends sooner in mid-sentence breaks off

// The page number that a line of that role states.
std::optional<int> number_of(std::u32string_view view) {
  int value = 0;
  bool any = false;
  for (const char32_t c : view) {
    if (c >= U'0' && c <= U'9') {
      value = value * 10 + static_cast<int>(c - U'0');
      any = true;
    } else if (any) {
      break;
    }
  }
  return any && value < 100000 ? std::optional(value) : std::nullopt;
}

// The lines that begin pages, as indices into filled.
std::vector<std::size_t> find_tops(State& s, std::size_t from) {
  const auto& lines = s.lines();
  const auto& filled = s.filled;
  // Where a blank line follows every line, a line right under another begins a page.
  std::size_t spaced = 0;
  for (std::size_t n = from + 1; n < filled.size(); ++n) spaced += filled[n] - filled[n - 1] > 1;
  const bool double_spaced = s.full_from != 0 && spaced * 10 >= (filled.size() - from) * 9;
  std::vector<std::size_t> tops;  // indices into filled
  for (std::size_t n = from; n < filled.size(); ++n) {
    const bool after_number = n > from && lines[filled[n - 1]].role == Role::page_number;
    const bool close = double_spaced && n > from && filled[n] - filled[n - 1] == 1;
    if (lines[filled[n]].role == Role::page_number) continue;
    if (lines[filled[n]].form_feed || after_number || close) {
      tops.push_back(n);
      s.page_tops.insert(filled[n]);
    }
  }
  return tops;
}

// Whether the text of line a goes on in line b within a sentence, or else within an indented paragraph.
bool runs_on(const State& s, std::size_t a, std::size_t b) {
  const Line& x = s.lines()[a];
  const bool full = s.full_from != 0 && x.width + x.indent >= s.full_from;
  return (!x.terminal || (full && s.indented)) && goes_on(s, SIZE_MAX, a, b, true);
}

// What stands right above and right below the mark of a page, its number or a form feed; indices into filled, in
// order. Where nothing does, the mark itself, and no index.
struct PageEdge {
  std::size_t above = 0, below = 0;
};

std::vector<PageEdge> page_edges(const State& s, std::size_t from) {
  std::vector<PageEdge> out;
  const auto is_number = [&](std::size_t n) { return s.lines()[s.filled[n]].role == Role::page_number; };
  for (std::size_t n = from; n < s.filled.size(); ++n) {
    const bool follows = n > from && is_number(n - 1);
    if (is_number(n))
      out.push_back({n > from ? n - 1 : n, n + 1 < s.filled.size() ? n + 1 : SIZE_MAX});
    else if (n > from && s.lines()[s.filled[n]].form_feed && !follows)
      out.push_back({n - 1, n});
  }
  return out;
}

// Two lines that say the same are running heads where every page, or every second one, has them at the same side of
// its mark, and a sentence of the text runs on across one of them. Of more pages that need not show.
bool head_two_pages(const State& s, const std::vector<PageEdge>& edges, std::size_t one, std::size_t two) {
  for (const auto side : {&PageEdge::above, &PageEdge::below}) {
    const auto at = [&](std::size_t n) {
      const auto found = std::ranges::lower_bound(edges, n, {}, side);
      return found != edges.end() && (*found).*side == n ? static_cast<std::size_t>(found - edges.begin())
                                                         : edges.size();
    };
    const std::size_t i = at(one), j = at(two), step = j - i;
    if (i == edges.size() || j == edges.size() || step > 2 || i >= step || j + step < edges.size()) continue;
    for (const std::size_t edge : {i, j}) {
      const bool above = side == &PageEdge::above;
      const std::size_t before = above ? edges[edge].above - 1 : edges[edge].above;
      const std::size_t after = above ? edges[edge].below : edges[edge].below + 1;
      if (before >= s.filled.size() || after >= s.filled.size()) continue;
      if (runs_on(s, s.filled[before], s.filled[after])) return true;
    }
  }
  return false;
}

void find_heads(State& s, std::size_t from) {
  auto& lines = s.lines();
  const auto& filled = s.filled;
  // Running heads: the same short line at the top or the foot of three pages and more and hardly anywhere else; of
  // two where the text says so.
  std::unordered_map<std::u32string_view, std::vector<std::size_t>> heads;  // indices into filled
  for (std::size_t n = from; n < filled.size(); ++n) {
    const Line& line = lines[filled[n]];
    if (line.role || line.end == line.begin || line.end - line.begin > kRunningHead || line.terminal ||
        has_any(s.view(filled[n]).substr(line.end - line.begin - 1), U",、"))
      continue;
    if (s.full_from != 0 && line.width >= s.full_from) continue;  // a full line of text
    const bool edge = s.page_tops.contains(filled[n]) ||
                      (n + 1 < filled.size() &&
                       (lines[filled[n + 1]].role == Role::page_number || s.page_tops.contains(filled[n + 1])));
    if (edge) heads[s.view(filled[n])].push_back(n);
  }
  std::unordered_map<std::u32string_view, std::size_t> said;  // how often in all
  for (std::size_t n = from; n < filled.size() && !heads.empty(); ++n)
    if (!lines[filled[n]].role) ++said[s.view(filled[n])];
  const std::vector<PageEdge> edges = page_edges(s, from);
  std::vector<std::size_t> found;
  for (const auto& [text, at] : heads)
    if ((at.size() >= 3 && said[text] <= at.size() + std::max<std::size_t>(1, at.size() / 4)) ||
        (at.size() == 2 && head_two_pages(s, edges, at[0], at[1])))
      found.insert(found.end(), at.begin(), at.end());
  for (const std::size_t n : found) lines[filled[n]].role = Role::running_head;
}

// filled[n], or the first of the furniture above it.
std::size_t below_text(const State& s, std::size_t from, std::size_t n) {
  while (n > from && is_furniture(s.role(s.filled[n - 1]))) --n;
  return n;
}

// Whether a sentence runs on across filled[n] to filled[end - 1], from the line of text above to that below.
bool parts_sentence(const State& s, std::size_t from, std::size_t n, std::size_t end) {
  n = below_text(s, from, n);
  while (end < s.filled.size() && is_furniture(s.role(s.filled[end]))) ++end;
  if (n == from || end == s.filled.size()) return false;
  return runs_on(s, s.filled[n - 1], s.filled[end]);
}

bool ends_sentence_above(const State& s, std::size_t from, std::size_t n) {
  n = below_text(s, from, n);
  return n == from || s.lines()[s.filled[n - 1]].terminal;
}

// A line's words with # for each of its numbers.
struct Counted {
  std::u32string words;
  std::vector<int> numbers;
};

// iv, IV; 0 for anything else.
int roman(std::u32string_view view) {
  constexpr std::u32string_view kRoman = U"ivxlIVXL";
  constexpr std::array<int, 4> kValues{1, 5, 10, 50};
  int sum = 0, last = 0;
  for (std::size_t i = view.size(); i-- > 0;) {
    const std::size_t at = kRoman.find(view[i]);
    if (at == kRoman.npos || view.size() > 7) return 0;
    const int value = kValues[at % kValues.size()];
    sum += value < last ? -value : value;
    last = value;
  }
  return sum;
}

// 十三, 一三; 0 for anything else.
int han_number(std::u32string_view view) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  int sum = 0, digit = 0;
  for (const char32_t c : view) {
    if (const std::size_t at = kDigits.find(c); at != kDigits.npos)
      digit = digit * 10 + static_cast<int>(at);
    else if (c == U'十' || c == U'百')
      sum += std::max(digit, 1) * (c == U'十' ? 10 : 100), digit = 0;
    else if (c != U'零')
      return 0;
    if (view.size() > 5) return 0;
  }
  return sum + digit;
}

Counted counted(std::u32string_view view) {
  Counted out;
  const std::size_t begin = view.find_first_not_of(U"-·第"), end = view.find_last_not_of(U"-·页");
  if (begin != view.npos && end != view.npos && begin <= end) {
    const std::u32string_view inner = view.substr(begin, end + 1 - begin);
    if (const int number = std::max(roman(inner), han_number(inner)); number != 0) return {U"#", {number}};
  }
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (!han::is_digit(view[i])) {
      out.words += view[i];
      continue;
    }
    int number = 0;
    for (; i < view.size() && han::is_digit(view[i]); ++i)
      number = std::min(number * 10 + static_cast<int>(view[i] - U'0'), 99'999'999);
    --i;
    out.words += U'#';
    out.numbers.push_back(number);
  }
  return out;
}

// Whether one of their numbers counts the pages: no more than a few from each to the next.
bool counts_pages(const std::vector<std::pair<std::size_t, std::vector<int>>>& lines) {
  constexpr int kStep = 4;
  for (std::size_t k = 0; k < lines.front().second.size(); ++k)
    if (std::ranges::adjacent_find(lines, [&](const auto& a, const auto& b) {
          const int step = b.second[k] - a.second[k];
          return step < 1 || step > kStep;
        }) == lines.end())
      return true;
  return false;
}

// ①, [1], 1., *, 注: what a note at a page's foot begins with.
bool begins_note(std::u32string_view view) {
  if (view.size() < 4) return false;
  const char32_t c = view[0];
  if (c == U'*' || c == U'※' || view.starts_with(U"注:") ||
      (han::begins_aside(c) && !has_any(view.substr(0, 1), U"(【[〔")))
    return true;
  const std::size_t digits = view.substr(0, 4).find_first_not_of(U"0123456789");
  if (digits != view.npos && digits > 0 && (view[digits] == U'.' || view[digits] == U'、'))
    return !han::is_digit(view[digits + 1]);
  const std::size_t close = view.substr(0, 5).find_first_of(U"]〕");
  return (c == U'[' || c == U'〔') && close != view.npos && close + 1 < view.size() && han::is_digit(view[1]);
}

// The letters of counted words: of 河边札记·# those of the head.
std::u32string head_letters(std::u32string_view words) {
  std::u32string out;
  for (const char32_t c : words)
    if (c != U'#' && han::kind(c) == han::Kind::letter) out += c;
  return out;
}

// A line that may be one of a page's: a short one that ends no clause, or one without Han, such as an address.
bool may_be_head(const State& s, std::size_t n) {
  constexpr std::size_t kAddress = 100;  // letters
  const Line& line = s.lines()[s.filled[n]];
  const std::u32string_view view = s.made.view(line);
  if (view.empty() || line.heading > 0 || line.bullet || line.dash || line.leader || view.size() > kAddress ||
      has_any(view.substr(view.size() - 1), U"。,、;:!?…") || begins_note(view))
    return false;
  if (line.role && *line.role != Role::byline && *line.role != Role::cover && *line.role != Role::source_line &&
      *line.role != Role::section_number)
    return false;
  const bool full = line.width + line.indent >= s.full_from;
  return std::ranges::none_of(view, han::is_han) || (!full && view.size() <= kRunningHead);
}

// Which of the lines that read alike but for their numbers are a page's: of one, a number in some dress, or the
// text's title over again; of more, those that part sentences, or count the pages.
std::vector<std::size_t> heads_among(const State& s, std::size_t from, std::u32string_view title,
                                     std::u32string_view words,
                                     const std::vector<std::pair<std::size_t, std::vector<int>>>& at) {
  constexpr std::size_t kNumber = 8;  // characters
  const auto parts = [&](const auto& line) { return parts_sentence(s, from, line.first, line.first + 1); };
  std::vector<std::size_t> all, parting;
  for (const auto& line : at) {
    all.push_back(line.first);
    if (parts(line)) parting.push_back(line.first);
  }
  const std::u32string letters = head_letters(words);
  // P12, and digits misread: l01, 1O2.
  const bool number = words.size() <= kNumber && words.find(U'#') != words.npos &&
                      letters.find_first_not_of(U"PplIOoSB") == letters.npos;
  if (number || (letters.size() > 1 && letters == title))
    std::erase_if(parting, [&](std::size_t n) { return ends_sentence_above(s, from, n); });
  if (parting.size() >= 2 && parting.size() * 2 >= at.size()) {
    if (counts_pages(at)) return all;
    const bool same =
        at.size() >= 3 && std::ranges::all_of(at, [&](const auto& l) { return l.second == at.front().second; });
    // The first that stands between paragraphs may be a title.
    if (same && all.front() != parting.front() && !is_furniture(s.role(s.filled[all.front() - 1])))
      all.erase(all.begin());
    if (same) return all;
  }
  return number || (letters.size() > 1 && letters == title) ? parting : std::vector<std::size_t>{};
}

// Lines of a page that no number or form feed beside them tells: they part sentences, and come again with the same
// words, or with a number that counts the pages.
void find_parting_lines(State& s, std::size_t from) {
  constexpr int kDeep = 3;  // lines of one page, one after the other
  if (s.full_from == 0) return;
  std::u32string title;
  for (std::size_t n = from; n < s.filled.size() && title.empty(); ++n)
    if (!is_furniture(s.role(s.filled[n]))) title = head_letters(s.view(s.filled[n]));
  for (int deep = 0; deep < kDeep; ++deep) {
    std::map<std::u32string, std::vector<std::pair<std::size_t, std::vector<int>>>> alike;
    for (std::size_t n = from + 1; n < s.filled.size(); ++n)
      if (may_be_head(s, n)) {
        Counted line = counted(s.view(s.filled[n]));
        alike[std::move(line.words)].emplace_back(n, std::move(line.numbers));
      }
    std::vector<std::pair<std::size_t, Role>> found;
    for (const auto& [words, at] : alike)
      for (const std::size_t n : heads_among(s, from, title, words, at))
        found.emplace_back(n, head_letters(words).empty() ? Role::page_number : Role::running_head);
    if (found.empty()) return;
    for (const auto& [n, role] : found) s.lines()[s.filled[n]].role = role;
  }
}

// Notes at the foot of a page across which the text runs on: they end a page, and cite.
void find_foot_notes(State& s, std::size_t from) {
  constexpr std::size_t kLines = 12;
  if (s.full_from == 0) return;
  auto& lines = s.lines();
  const auto& filled = s.filled;
  for (std::size_t n = from + 1; n < filled.size(); ++n) {
    const Role role = s.role(filled[n]);
    if ((role != Role::page_number && role != Role::running_head) || is_furniture(s.role(filled[n - 1]))) continue;
    if (!lines[filled[n - 1]].terminal) continue;
    std::size_t first = n;
    for (std::size_t m = n; m > from + 1 && m + kLines > n && !lines[filled[m - 1]].role; --m)
      if (begins_note(s.view(filled[m - 1])) && parts_sentence(s, from, m - 1, n)) first = m - 1;
    const auto cites = [&](std::size_t m) {
      return s.view(filled[m]).find_first_of(U"《页见注") != std::u32string_view::npos;
    };
    bool cited = false;
    for (std::size_t m = first; m < n; ++m) cited = cited || cites(m);
    for (std::size_t m = first; cited && m < n; ++m) {
      lines[filled[m]].role = Role::note;
      if (!begins_note(s.view(filled[m]))) s.continued.insert(filled[m]);
    }
  }
}

void find_short_pages(State& s, std::size_t from, const std::vector<std::size_t>& tops) {
  const auto& lines = s.lines();
  const auto& filled = s.filled;
  // A page that ends far short of a full one in mid-sentence, or before a line that goes on where paragraphs are
  // indented.
  if (tops.size() >= 6 && s.full_from != 0) {
    std::vector<std::size_t> sizes;
    const auto size = [&](std::size_t a, std::size_t b) {
      std::size_t count = 0;
      for (std::size_t n = a; n < b; ++n) count += !lines[filled[n]].role || !is_furniture(*lines[filled[n]].role);
      return count;
    };
    for (std::size_t t = 0; t + 1 < tops.size(); ++t) sizes.push_back(size(tops[t], tops[t + 1]));
    std::vector<std::size_t> sorted = sizes;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t full = sorted[sorted.size() * 2 / 3];
    for (std::size_t t = 0; t + 1 < tops.size() && full >= 12; ++t) {
      // Page breaks that left no trace make one page of two.
      std::size_t held = sizes[t];
      while (held > full + full / 4) held -= std::min(held, full);
      const std::size_t n = tops[t + 1];
      std::size_t before = n - 1;
      while (before > from && is_furniture(s.role(filled[before])) && lines[filled[before]].role) --before;
      const Line &x = lines[filled[before]], &y = lines[filled[n]];
      if (static_cast<double>(held) > kShortPage * static_cast<double>(full)) continue;
      if (x.role == Role::source_line || y.role || y.bullet || y.heading > 0) continue;
      const bool breaks_off = !x.terminal && x.width >= s.full_from;
      const bool goes_on = s.indented && y.indent <= s.margin + 1 && y.width >= s.full_from;
      if (breaks_off || (goes_on && (x.terminal || x.width < s.full_from)))
        s.breaks.push_back({filled[before], filled[n],
                            "a page of " + std::to_string(held) + " lines, where a full one has " +
                                std::to_string(full) + ", breaks off here"});
    }
  }
}

void find_jumps(State& s, std::size_t from) {
  const auto& lines = s.lines();
  const auto& filled = s.filled;
  // Printed page numbers that jump.
  std::vector<std::pair<int, std::size_t>> numbers;  // number, index into filled
  for (std::size_t n = from; n < filled.size(); ++n)
    if (lines[filled[n]].role == Role::page_number)
      if (const auto value = number_of(s.view(filled[n]))) numbers.emplace_back(*value, n);
  std::size_t steps = 0;
  for (std::size_t k = 1; k < numbers.size(); ++k) steps += numbers[k].first == numbers[k - 1].first + 1;
  for (std::size_t k = 1; k < numbers.size() && steps * 3 >= numbers.size() * 2; ++k) {
    const int jump = numbers[k].first - numbers[k - 1].first;
    if (jump <= 1 || jump > 60) continue;
    std::size_t before = numbers[k - 1].second, after = before + 1;
    while (before > from && lines[filled[before]].role && is_furniture(*lines[filled[before]].role)) --before;
    while (after + 1 < filled.size() && lines[filled[after]].role && is_furniture(*lines[filled[after]].role))
      ++after;
    if (after >= filled.size() || s.broken(filled[after])) continue;
    s.breaks.push_back(
        {filled[before], filled[after],
         "page " + std::to_string(numbers[k].first) + " follows page " + std::to_string(numbers[k - 1].first)});
  }
}

}  // namespace

void find_pages(State& s) {
  if (s.filled.size() < 8) return;
  const std::size_t from = s.contents ? s.contents->second + 1 : 0;
  const std::vector<std::size_t> tops = find_tops(s, from);
  find_heads(s, from);
  find_parting_lines(s, from);
  find_foot_notes(s, from);
  find_short_pages(s, from, tops);
  find_jumps(s, from);
  std::sort(s.breaks.begin(), s.breaks.end(), [](const Break& a, const Break& b) { return a.after < b.after; });
}

}  // namespace suyuan
