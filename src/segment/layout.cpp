// From lines to paragraphs: furniture, hard wraps, printed pages and what is missing between them.
#include "segment/layout.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kNotes = 20;         // of one kind that are said singly
constexpr std::size_t kRunningHead = 40;   // letters
constexpr std::uint32_t kTitleWidth = 90;  // columns
constexpr double kShortPage = 0.87;  // of a full page's lines: a page that ends sooner in mid-sentence breaks off

bool is_menu(const State& s, std::size_t n) {
  const Line& line = s.lines()[s.filled[n]];
  return line.dash && line.end - line.begin <= 6;
}

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

}  // namespace

bool has_any(std::u32string_view text, std::u32string_view of) { return text.find_first_of(of) != text.npos; }

std::size_t dateline(std::u32string_view view) {
  const std::u32string_view head = view.substr(0, 40);
  for (const char32_t mark : {U'电', U'讯'})
    for (std::size_t at = head.find(mark); at != head.npos; at = head.find(mark, at + 1)) {
      if (at < 4 || head[at - 1] != U'日') continue;
      const std::u32string_view before = head.substr(0, at);
      const std::size_t agency = before.find_first_of(U"社网台报刊");
      if (agency == before.npos || agency > 8 || has_any(before, U",。!?\"")) continue;
      if (!std::any_of(before.begin(), before.end(), [](char32_t c) { return han::is_digit(c); }) &&
          !has_any(before, U"一二三四五六七八九十"))
        continue;
      return at + 1;
    }
  return 0;
}

std::size_t State::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(lines().begin(), lines().end(), offset,
                                      [](std::uint32_t o, const Line& l) { return o < l.whole.begin; });
  return static_cast<std::size_t>(after - lines().begin()) - 1;
}

bool State::starts_work(std::size_t line) const {
  const auto at = std::lower_bound(starts.begin(), starts.end(), line,
                                   [](const Start& s, std::size_t l) { return s.line < l; });
  return at != starts.end() && at->line == line;
}

bool State::broken(std::size_t line) const {
  const auto at = std::lower_bound(breaks.begin(), breaks.end(), line,
                                   [](const Break& b, std::size_t l) { return b.after < l; });
  return at != breaks.end() && at->after == line;
}

Plain State::plain(const Parts& parts) const {
  Plain made_plain;
  const auto& origin = made.plain.origin;
  for (const Span part : parts) {
    const auto from = std::lower_bound(origin.begin(), origin.end(), part.begin);
    const auto to = std::lower_bound(from, origin.end(), part.end);
    made_plain.origin.insert(made_plain.origin.end(), from, to);
    made_plain.text.append(made.plain.text, static_cast<std::size_t>(from - origin.begin()),
                           static_cast<std::size_t>(to - from));
  }
  return made_plain;
}

Parts State::parts(const Draft& draft) const {
  Parts cut;
  for (const std::size_t i : draft.lines)
    if (!lines()[i].content.empty()) cut.push_back(lines()[i].content);
  return cut;
}

void State::note(const std::string& code, std::string message, Severity severity) {
  if (++notes[code] <= kNotes)
    out.diagnostics.push_back({severity, {code, std::move(message), document.path, std::nullopt, ""}});
}

void State::close_notes() {
  for (const auto& [code, count] : notes)
    if (count > kNotes)
      out.diagnostics.push_back({Severity::note,
                                 {code, "and " + std::to_string(count - kNotes) + " more of this kind",
                                  document.path, std::nullopt, ""}});
}

void mark_furniture(State& s) {
  auto& lines = s.lines();
  // Contents: from their heading to the last dot leader that follows without a gap of four lines. Contents without
  // leaders: lines under the heading that stand again further down.
  std::unordered_map<std::u32string_view, std::size_t> last_of;  // a line's text → its last place in filled
  for (std::size_t n = 0; n < s.filled.size(); ++n) {
    const bool headed = lines[s.filled[n]].role == Role::contents;
    if (!headed && !lines[s.filled[n]].leader) continue;
    std::size_t last = n;
    for (std::size_t m = n; m < s.filled.size() && m <= last + 4; ++m)
      if (lines[s.filled[m]].leader) last = m;
    if (headed && last == n) {
      if (last_of.empty())
        for (std::size_t m = 0; m < s.filled.size(); ++m) last_of[s.view(s.filled[m])] = m;
      for (std::size_t m = n + 1; m < s.filled.size() && m <= last + 2; ++m) {
        std::u32string_view title = s.view(s.filled[m]);
        while (!title.empty() && han::is_digit(title.back())) title.remove_suffix(1);
        const auto again = last_of.find(title);
        if (title.size() >= 4 && again != last_of.end() && again->second > m) last = m;
      }
    }
    if (headed && last == n) continue;
    if (!s.contents) s.contents = {n, last};
    for (std::size_t m = n; m <= last; ++m) lines[s.filled[m]].role = Role::contents;
    n = last;
  }
  // Navigation: three and more short dashed lines at the top or the end of the document.
  std::size_t top = 0, end = s.filled.size();
  while (top < s.filled.size() && is_menu(s, top)) ++top;
  while (end > top && is_menu(s, end - 1)) --end;
  if (top >= 3)
    for (std::size_t n = 0; n < top; ++n) lines[s.filled[n]].role = Role::navigation;
  if (s.filled.size() - end >= 3)
    for (std::size_t n = end; n < s.filled.size(); ++n) lines[s.filled[n]].role = Role::navigation;
  for (const std::size_t i : s.filled)
    if (s.view(i).empty() && !lines[i].role && !lines[i].continues &&
        !has_any(s.document.view(lines[i].content), U"—–-"))
      lines[i].role = Role::blank;
  // An occasion line, a note or a source line that a page break cut: its bracket closes on the next line.
  for (std::size_t n = 0; n + 1 < s.filled.size(); ++n) {
    Line &a = lines[s.filled[n]], &b = lines[s.filled[n + 1]];
    const std::u32string_view x = s.view(s.filled[n]), y = s.view(s.filled[n + 1]);
    if ((a.role && a.role != Role::source_line) || b.role || x.empty() || x.front() != U'(' || x.back() == U')')
      continue;
    if (x.size() + y.size() > 400) continue;
    const auto whole = s.lexicons.role_by_wording(std::u32string(x) + std::u32string(y));
    if (whole == Role::occasion || whole == Role::note || whole == Role::source_line) {
      a.role = b.role = whole;
      s.continued.insert(s.filled[n + 1]);
    }
  }
}

void find_wrap(State& s) {
  // The lines of a page and of a word processor's file are its blocks, a PDF's its paragraphs; nothing is wrapped
  // in them.
  if (s.document.format == "html" || s.document.format == "pdf" || s.document.format == "docx" ||
      s.document.format == "odt")
    return;
  auto& lines = s.lines();
  std::vector<std::uint32_t> widths;
  for (const std::size_t i : s.filled)
    if (!lines[i].role && !lines[i].terminal && !lines[i].leader && lines[i].heading == 0)
      widths.push_back(lines[i].width + lines[i].indent);
  if (widths.size() < 8) return;
  std::sort(widths.begin(), widths.end());
  const std::uint32_t wide = widths[widths.size() * 9 / 10];
  const auto near =
      std::count_if(widths.begin(), widths.end(), [&](std::uint32_t w) { return w + 8 >= wide && w <= wide + 4; });
  // A narrow column asks for stronger signs: short lines of a list are often about as wide.
  const std::ptrdiff_t all = static_cast<std::ptrdiff_t>(widths.size());
  if (wide > 140 || wide < 24 || near * 2 < all || (wide < 40 && (all < 20 || near * 5 < all * 4))) return;
  s.wrap = wide;
  std::size_t full = 0, with_blank = 0, indents = 0;
  for (const std::size_t i : s.filled) {
    if (!lines[i].terminal && lines[i].width + 8 >= s.wrap) ++full, with_blank += lines[i].trailing_blank;
    indents += lines[i].indent >= 2;
  }
  s.blank_ends = with_blank * 5 < full;
  s.indented = indents * 40 > s.filled.size();
}

namespace {

bool goes_on(const State& s, std::size_t first, std::size_t a, std::size_t b, bool over_page_number);

// What stands right above and right below the mark of a page, its number or a form feed; indices into filled.
struct PageEdge {
  std::size_t above = SIZE_MAX, below = SIZE_MAX;
};

std::vector<PageEdge> page_edges(const State& s, std::size_t from) {
  std::vector<PageEdge> out;
  const auto is_number = [&](std::size_t n) { return s.lines()[s.filled[n]].role == Role::page_number; };
  for (std::size_t n = from; n < s.filled.size(); ++n) {
    const bool follows = n > from && is_number(n - 1);
    if (is_number(n))
      out.push_back({n > from ? n - 1 : SIZE_MAX, n + 1 < s.filled.size() ? n + 1 : SIZE_MAX});
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
      return static_cast<std::size_t>(std::ranges::find(edges, n, side) - edges.begin());
    };
    const std::size_t i = at(one), j = at(two), step = j - i;
    if (i == edges.size() || j == edges.size() || step > 2 || i >= step || j + step < edges.size()) continue;
    for (const std::size_t edge : {i, j}) {
      const bool above = side == &PageEdge::above;
      const std::size_t before = above ? edges[edge].above - 1 : edges[edge].above;
      const std::size_t after = above ? edges[edge].below : edges[edge].below + 1;
      if (before >= s.filled.size() || after >= s.filled.size()) continue;
      if (!s.lines()[s.filled[before]].terminal && goes_on(s, SIZE_MAX, s.filled[before], s.filled[after], true))
        return true;
    }
  }
  return false;
}

}  // namespace

void find_pages(State& s) {
  auto& lines = s.lines();
  const auto& filled = s.filled;
  if (filled.size() < 8) return;
  const std::size_t from = s.contents ? s.contents->second + 1 : 0;
  // Where a blank line follows every line, a line right under another begins a page.
  std::size_t spaced = 0;
  for (std::size_t n = from + 1; n < filled.size(); ++n) spaced += filled[n] - filled[n - 1] > 1;
  const bool double_spaced = s.wrap != 0 && spaced * 10 >= (filled.size() - from) * 9;
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
  // Running heads: the same short line at the top or the foot of three pages and more; of two where the text says
  // so.
  std::unordered_map<std::u32string_view, std::vector<std::size_t>> heads;  // indices into filled
  for (std::size_t n = from; n < filled.size(); ++n) {
    const Line& line = lines[filled[n]];
    if (line.role || line.end == line.begin || line.end - line.begin > kRunningHead || line.terminal) continue;
    if (s.wrap != 0 && line.width + 8 >= s.wrap) continue;  // a full line of text
    const bool edge = s.page_tops.contains(filled[n]) ||
                      (n + 1 < filled.size() &&
                       (lines[filled[n + 1]].role == Role::page_number || s.page_tops.contains(filled[n + 1])));
    if (edge) heads[s.view(filled[n])].push_back(n);
  }
  const std::vector<PageEdge> edges = page_edges(s, from);
  std::vector<std::size_t> found;
  for (const auto& [text, at] : heads)
    if (at.size() >= 3 || (at.size() == 2 && head_two_pages(s, edges, at[0], at[1])))
      found.insert(found.end(), at.begin(), at.end());
  for (const std::size_t n : found) lines[filled[n]].role = Role::running_head;

  // A page that ends far short of a full one in mid-sentence, or before a line that goes on where paragraphs are
  // indented.
  if (tops.size() >= 6 && s.wrap != 0) {
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
      const bool breaks_off = !x.terminal && x.width + 8 >= s.wrap;
      const bool goes_on = s.indented && y.indent <= 1 && y.width + 8 >= s.wrap;
      if (breaks_off || (goes_on && (x.terminal || x.width + 8 < s.wrap)))
        s.breaks.push_back({filled[before], filled[n],
                            "a page of " + std::to_string(held) + " lines, where a full one has " +
                                std::to_string(full) + ", breaks off here"});
    }
  }
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
  std::sort(s.breaks.begin(), s.breaks.end(), [](const Break& a, const Break& b) { return a.after < b.after; });
}

namespace {

// 3. “……”——某某, or words between marks alone, longer than a name: one of a list of sayings.
bool is_saying(std::u32string_view line) {
  constexpr std::u32string_view kOpen = U"“「『\"", kClose = U"”」』\"", kSigned = U"—―─-(（";
  constexpr std::size_t kName = 12;
  const std::size_t begin = line.find_first_of(kOpen), end = line.find_last_of(kClose);
  if (begin == line.npos || end == line.npos || end <= begin) return false;
  for (const char32_t c : line.substr(0, begin))
    if (han::kind(c) == han::Kind::letter && !han::is_digit(c) &&
        !has_any(U"一二三四五六七八九十", std::u32string_view(&c, 1)))
      return false;
  const std::size_t next = line.find_first_not_of(U" \u3000", end + 1);
  return next == line.npos ? end - begin > kName : kSigned.find(line[next]) != kSigned.npos;
}

// 一、…, （二）…, 3. …: a numbered line that ends without a stop.
bool is_numbered_heading(const State& s, const Line& line) {
  if (line.terminal || line.width > 120 || (s.wrap != 0 && line.width + 8 >= s.wrap)) return false;
  const std::u32string_view view = s.made.view(line);
  std::size_t i = !view.empty() && view[0] == U'(' ? 1 : 0;
  const std::size_t digits = i;
  while (i < view.size() && i < digits + 3 &&
         (has_any(U"一二三四五六七八九十", view.substr(i, 1)) || han::is_digit(view[i])))
    ++i;
  if (i == digits || i + 4 > view.size() || view.find(U'。') != view.npos || is_saying(view)) return false;
  const bool arabic = han::is_digit(view[digits]);
  if (digits == 1) return view[i] == U')';
  return view[i] == U'、' || (arabic && view[i] == U'.' && !han::is_digit(view[i + 1]));
}

}  // namespace

void mark_lists(State& s) {
  auto& lines = s.lines();
  for (const std::size_t i : s.filled) {
    Line& line = lines[i];
    if (!line.role && line.heading == 0 && is_numbered_heading(s, line)) line.role = Role::heading;
    if (!line.role && line.heading > 0) line.role = Role::heading;
    if ((line.role == Role::heading || (line.role && line.heading > 0 && *line.role != Role::title)) &&
        s.lexicons.role_by_wording(s.view(i)) == Role::section_number)
      line.role = Role::section_number;
    if (!line.role && line.bullet) line.role = Role::digest;
    if (!line.role && line.dash) line.role = Role::list_item;
  }
}

namespace {

// Whether the text of line a goes on in line b, the next that is no page number. `first`: the text's first line.
bool goes_on(const State& s, std::size_t first, std::size_t a, std::size_t b, bool over_page_number) {
  const Line &x = s.lines()[a], &y = s.lines()[b];
  if (s.continued.contains(b)) return true;
  if (s.starts_work(b) || y.role || y.heading > 0 || y.bullet || y.dash || s.broken(b)) return false;
  if (x.role && *x.role != Role::digest && *x.role != Role::list_item) return false;
  if (y.indent >= 2 || x.quote != y.quote) return false;
  const bool prose = has_any(s.document.view(x.content), U"，。、；,;");
  if (s.wrap != 0 && x.width + x.indent + 8 >= s.wrap)
    return !(x.trailing_blank && s.blank_ends && !over_page_number &&
             (x.terminal || y.width + 8 < s.wrap || !prose));
  if (x.terminal) return false;
  // A title may have a comma and no stop as a line that breaks off has.
  if ((s.starts_work(a) || a == first) && x.width <= kTitleWidth) return false;
  // “……。”——某某在……的讲话: a signature ends its paragraph.
  const std::u32string_view own = s.view(a);
  if (own.starts_with(U"--") || own.find(U"\"--") != own.npos) return false;
  const bool long_prose = prose && x.width >= 40;
  const bool cut = x.end > x.begin && has_any(s.view(a).substr(s.view(a).size() - 1), U",、");
  return long_prose || (cut && x.width >= 16);
}

}  // namespace

void build_paragraphs(State& s) {
  const auto& filled = s.filled;
  const auto passed = [&](std::size_t n) {
    const auto& role = s.lines()[filled[n]].role;
    return role == Role::page_number || role == Role::running_head;
  };
  const auto text =
      std::find_if(filled.begin(), filled.end(), [&](std::size_t i) { return !is_furniture(s.role(i)); });
  const std::size_t first = text == filled.end() ? SIZE_MAX : *text;
  for (std::size_t n = 0; n < filled.size(); ++n) {
    const std::size_t i = filled[n];
    Draft draft{{i}, s.role(i)};
    if (!is_furniture(draft.role)) {
      for (std::size_t m = n + 1; m < filled.size();) {
        std::size_t next = m;
        while (next < filled.size() && passed(next) && next < m + 3) ++next;
        if (next == filled.size() || !goes_on(s, first, draft.lines.back(), filled[next], next > m)) break;
        for (; m < next; ++m) s.drafts.push_back({{filled[m]}, s.role(filled[m])});
        draft.lines.push_back(filled[m]);
        n = m++;
      }
    }
    s.drafts.push_back(std::move(draft));
  }
  std::sort(s.drafts.begin(), s.drafts.end(),
            [](const Draft& a, const Draft& b) { return a.lines[0] < b.lines[0]; });
}

}  // namespace suyuan
