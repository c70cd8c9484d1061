// From lines to paragraphs: furniture, hard wraps, lists.
#include "segment/layout.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kNotes = 20;         // of one kind that are said singly
constexpr std::uint32_t kTitleWidth = 90;  // columns

bool is_menu(const State& s, std::size_t n) {
  const Line& line = s.lines()[s.filled[n]];
  return line.dash && line.end - line.begin <= 6;
}

// A line that may be of prose; 某某在某某医院 at a full line's end is worded as a byline is.
bool is_plain(const Line& line) {
  return !line.blank() && (!line.role || line.role == Role::byline) && line.heading == 0 && !line.bullet &&
         !line.dash && !line.leader;
}

// Lines one right under the other, indices into State::lines; widths in columns.
struct Run {
  std::size_t first = 0, last = 0;
  std::uint32_t widest = 0, margin = UINT32_MAX;

  bool full(const Line& x) const { return x.width + x.indent + kSlack >= widest; }
  bool indents(const Line& x) const { return x.indent >= margin + 2; }

  static constexpr std::uint32_t kSlack = 4;
};

std::vector<Run> find_runs(const State& s) {
  std::vector<Run> out;
  const auto& lines = s.lines();
  for (std::size_t i = 0; i < lines.size();) {
    Run run{i, i};
    for (; i < lines.size() && is_plain(lines[i]); run.last = ++i) {
      run.widest = std::max(run.widest, lines[i].width + lines[i].indent);
      run.margin = std::min(run.margin, lines[i].indent);
    }
    if (run.last > run.first + 1) out.push_back(run);
    if (run.last == run.first) ++i;
  }
  return out;
}

// Whether runs of about one width are cut at it, as text copied out of a page is: lines are full, break off within
// a sentence and have their marks elsewhere than their neighbours, as the lines of verse, of slogans and of a list
// have not; those that are not full end a paragraph.
bool are_cut(const State& s, std::span<const Run> runs) {
  std::size_t all = 0, within = 0, short_ones = 0, ends = 0;
  std::set<std::vector<std::size_t>> marks;  // where each line has its own
  for (const Run& run : runs)
    for (std::size_t i = run.first; i < run.last; ++i) {
      const Line& x = s.lines()[i];
      const bool ends_here = i + 1 == run.last || run.indents(s.lines()[i + 1]);
      ends += ends_here && x.terminal;
      if (ends_here) continue;
      if (!run.full(x)) {
        short_ones += !x.terminal;
        continue;
      }
      ++all;
      const std::u32string_view view = s.view(i);
      within += !x.terminal && !view.empty() && han::kind(view.back()) == han::Kind::letter;
      std::vector<std::size_t> at;
      for (std::size_t k = 0; k < view.size(); ++k)
        if (han::kind(view[k]) == han::Kind::mark) at.push_back(k);
      if (!at.empty()) marks.insert(std::move(at));
    }
  return all >= 2 && within * 3 >= all && marks.size() >= 2 && ends > 0 && short_ones * 5 <= all;
}

// Lines that are cut narrower than the document's are, or in a document of few lines.
void join_cut_lines(State& s) {
  constexpr std::uint32_t kNarrowest = 16;  // columns
  std::vector<Run> runs = find_runs(s);
  // Of those that the document's width tells, only what is no byline.
  std::erase_if(runs, [&](const Run& run) {
    const bool told = s.full_from != 0 && run.widest >= s.full_from;
    for (std::size_t i = run.first + 1; told && i < run.last; ++i)
      if (s.lines()[i].width + s.lines()[i].indent >= s.full_from &&
          (i + 1 == run.last || !run.indents(s.lines()[i + 1])))
        s.lines()[i].role.reset();
    return told || run.widest < kNarrowest;
  });
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.widest > b.widest; });
  for (std::size_t a = 0, b = 0; a < runs.size(); a = b) {
    while (b < runs.size() && runs[b].widest + 2 >= runs[a].widest) ++b;
    if (!are_cut(s, std::span(runs).subspan(a, b - a))) continue;
    for (const Run& run : std::span(runs).subspan(a, b - a))
      for (std::size_t i = run.first; i + 1 < run.last; ++i)
        if (run.full(s.lines()[i]) && !run.indents(s.lines()[i + 1])) {
          s.continued.insert(i + 1);
          s.lines()[i].role.reset();
          s.lines()[i + 1].role.reset();
        }
  }
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
  const auto ornament = [&](std::size_t i) {
    const std::u32string_view view = s.view(i);
    return view.size() >= 4 && has_any(U"-=*_~#+·", view.substr(0, 1)) &&
           view.find_first_not_of(view[0]) == view.npos;
  };
  for (const std::size_t i : s.filled)
    if (!lines[i].role && ornament(i)) lines[i].role = Role::blank;
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

namespace {

void find_width(State& s) {
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
  s.full_from = wide - (wide < 40 ? Run::kSlack : 8);
  // What is indented as a whole has its lines go on at that indent.
  std::vector<std::uint32_t> margins;
  for (std::size_t n = 0; n + 1 < s.filled.size(); ++n) {
    const Line &x = lines[s.filled[n]], &y = lines[s.filled[n + 1]];
    if (!x.terminal && !x.role && !y.role && x.width + x.indent >= s.full_from) margins.push_back(y.indent);
  }
  std::sort(margins.begin(), margins.end());
  s.margin = margins.empty() ? 0 : margins[margins.size() / 5];
  std::size_t full = 0, with_blank = 0, indents = 0;
  for (const std::size_t i : s.filled) {
    if (!lines[i].terminal && lines[i].width >= s.full_from) ++full, with_blank += lines[i].trailing_blank;
    indents += lines[i].indent >= s.margin + 2;
  }
  s.blank_ends = with_blank * 5 < full;
  s.indented = indents * 40 > s.filled.size();
  std::size_t within = 0, cut = 0, ends = 0, parted = 0;
  for (std::size_t n = 0; n + 1 < s.filled.size(); ++n) {
    const Line& x = lines[s.filled[n]];
    const bool blank = s.filled[n + 1] > s.filled[n] + 1;
    if (x.role || lines[s.filled[n + 1]].role) continue;
    const bool whole = x.width + x.indent >= s.full_from;
    if (whole && !x.terminal) ++within, cut += blank;
    if (x.terminal && (!whole || blank)) ++ends, parted += blank;
  }
  s.parted = cut * 20 <= within && parted * 10 >= ends * 9 && parted > 0;
}

}  // namespace

void find_wrap(State& s) {
  const auto& format = s.document.format;
  if (format == "pdf") return;  // its reader makes paragraphs
  // The lines of a page and of a word processor's file are its blocks, wrapped only where they were pasted so.
  if (format != "html" && format != "docx" && format != "odt") find_width(s);
  join_cut_lines(s);
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
  if (line.terminal || line.width > 120 || (s.full_from != 0 && line.width >= s.full_from)) return false;
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

bool goes_on(const State& s, std::size_t first, std::size_t a, std::size_t b, bool over_page_number) {
  const Line &x = s.lines()[a], &y = s.lines()[b];
  if (s.continued.contains(b)) return true;
  if (s.starts_work(b) || y.role || y.heading > 0 || y.bullet || y.dash || s.broken(b)) return false;
  if (x.role && *x.role != Role::digest && *x.role != Role::list_item) return false;
  if (y.indent >= s.margin + 2 || x.quote != y.quote) return false;
  const bool prose = has_any(s.document.view(x.content), U"，。、；,;");
  if (s.parted && x.terminal && b > a + 1 && !over_page_number) return false;
  if (s.full_from != 0 && x.width + x.indent >= s.full_from)
    return !(x.trailing_blank && s.blank_ends && !over_page_number &&
             (x.terminal || y.width < s.full_from || !prose));
  if (x.terminal) return false;
  // A title may have a comma and no stop as a line that breaks off has.
  if ((s.starts_work(a) || a == first) && x.width <= kTitleWidth) return false;
  // “……。”——某某在……的讲话: a signature ends its paragraph.
  const std::u32string_view own = s.view(a);
  if (own.starts_with(U"--") || own.find(U"\"--") != own.npos || own.find(U"。--") != own.npos) return false;
  if (own.ends_with(U")"))  // 。（某某在……的讲话）
    if (const std::size_t open = own.rfind(U'('); open != own.npos && open > 0 && own[open - 1] == U'。')
      return false;
  const bool long_prose = prose && x.width >= 40;
  const bool cut = x.end > x.begin && has_any(s.view(a).substr(s.view(a).size() - 1), U",、");
  return long_prose || (cut && x.width >= 16);
}

void build_paragraphs(State& s) {
  constexpr std::size_t kPassed = 8;  // lines between two of a paragraph
  const auto& filled = s.filled;
  // Page numbers stand between any two lines; where lines are wrapped, captions, notes at the page's foot and other
  // furniture stand between the halves of a sentence.
  const auto passed = [&](std::size_t n, bool cut) {
    const Role role = s.role(filled[n]);
    // One that does not say that it is a picture's may go on from the line above.
    if (role == Role::caption && !has_any(s.view(filled[n]).substr(0, 1), U"图▲△▼▽↑↓←→")) return false;
    return role == Role::page_number || role == Role::running_head ||
           (cut && (role == Role::blank || role == Role::caption || role == Role::note ||
                    role == Role::navigation || role == Role::footer));
  };
  const auto text =
      std::find_if(filled.begin(), filled.end(), [&](std::size_t i) { return !is_furniture(s.role(i)); });
  const std::size_t first = text == filled.end() ? SIZE_MAX : *text;
  for (std::size_t n = 0; n < filled.size(); ++n) {
    const std::size_t i = filled[n];
    Draft draft{{i}, s.role(i)};
    if (!is_furniture(draft.role)) {
      for (std::size_t m = n + 1; m < filled.size();) {
        const Line& last = s.lines()[draft.lines.back()];
        const bool cut = s.full_from != 0 && !last.terminal && last.role != Role::note &&
                         last.width + last.indent >= s.full_from;
        std::size_t next = m;
        while (next < filled.size() && passed(next, cut) && next < m + kPassed) ++next;
        if (next == filled.size() || !goes_on(s, first, draft.lines.back(), filled[next], next > m)) break;
        for (; m < next; ++m) {
          const bool with_last = s.continued.contains(filled[m]) && s.role(filled[m]) == Role::note &&
                                 !s.drafts.empty() && s.drafts.back().role == Role::note;
          if (with_last)
            s.drafts.back().lines.push_back(filled[m]);
          else
            s.drafts.push_back({{filled[m]}, s.role(filled[m])});
        }
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
