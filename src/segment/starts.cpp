// Where works begin: the contents matched to headings, closing lines, datelines, heading styles; nested ones.
#include "segment/starts.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "base/han.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kTitleColumns = 100;
constexpr std::size_t kTitleLines = 4;
constexpr std::size_t kTries = 500'000;  // lines compared with titles that are not found word for word
constexpr std::size_t kSameTitle = 16;   // entries of one title, either way, that a line is held against
constexpr double kAlike =
    0.82;  // share of common letter pairs from which a line is an entry's title, misread or cut

bool is_title_like(const State& s, std::size_t line) {
  const Line& l = s.lines()[line];
  return l.end > l.begin && l.width <= kTitleColumns && !l.leader && !l.bullet && !l.dash &&
         !has_any(s.view(line), U"。;") &&
         (!l.role || l.role == Role::title || l.role == Role::heading || l.role == Role::byline);
}

// Dice's coefficient over pairs of letters; one letter misread in eight, and one in a shorter title, does not
// count.
double alike(std::u32string_view a, std::u32string_view b) {
  if (a.size() == b.size() && a.size() >= 6) {
    std::size_t differ = 0;
    for (std::size_t i = 0; i < a.size(); ++i) differ += a[i] != b[i];
    if (differ <= std::max<std::size_t>(1, a.size() / 8)) return 1;
  }
  if (a.size() < 2 || b.size() < 2) return a == b ? 1 : 0;
  const auto pairs = [](std::u32string_view t) {
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i + 1 < t.size(); ++i) out.push_back((std::uint64_t{t[i]} << 32) | t[i + 1]);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto x = pairs(a), y = pairs(b);
  std::vector<std::uint64_t> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(x.size() + y.size());
}

// A heading in the form of the text, over as many lines as follow each other, with what stands under it.
struct Headed {
  std::size_t first = 0, end = 0;  // indices into filled
  std::uint32_t level = 0;
  bool text = false;                              // up to the next heading of its level
  bool is_signed = false;                         // an author, a day or a source right under it
  bool is_part = false;                           // named or numbered as parts of one text are
  bool begins_page = false, holds_first = false;  // 一、 under it
};

bool is_section_word(std::u32string_view view) {
  static constexpr std::array<std::u32string_view, 11> kParts{
      U"引言", U"导言", U"导语", U"绪论", U"摘要", U"结语", U"结束语", U"结论", U"小结", U"参考文献", U"致谢"};
  return std::find(kParts.begin(), kParts.end(), view) != kParts.end();
}

bool is_section_number(std::u32string_view view) {
  static constexpr std::u32string_view kHan = U"一二三四五六七八九十百";
  const bool open = !view.empty() && view[0] == U'(';
  const bool named = !view.empty() && view[0] == U'第';
  std::size_t i = open || named ? 1 : 0;
  const std::size_t digits = i;
  while (i < view.size() && i < digits + 3 && (kHan.find(view[i]) != kHan.npos || han::is_digit(view[i]))) ++i;
  if (i == digits || i == view.size()) return false;
  if (named) return view[i] == U'节' || view[i] == U'部' || view[i] == U'条';
  return open ? view[i] == U')' : view[i] == U'、' || view[i] == U'.' || view[i] == U')';
}

bool is_prose(const State& s, std::size_t line) {
  const Line& l = s.lines()[line];
  return l.heading == 0 && !is_furniture(s.role(line)) && s.role(line) != Role::note && !is_title_like(s, line);
}

std::vector<Headed> headed(const State& s, std::size_t from, std::uint32_t level) {
  const auto& filled = s.filled;
  const auto& lines = s.lines();
  std::vector<Headed> out;
  for (std::size_t n = from; n < filled.size(); ++n) {
    const Line& line = lines[filled[n]];
    if (line.heading == 0 || line.heading > level || (line.role && *line.role != Role::heading)) {
      if (out.empty()) continue;
      out.back().text = out.back().text || is_prose(s, filled[n]);
      out.back().holds_first = out.back().holds_first || s.view(filled[n]).starts_with(U"一、");
      continue;
    }
    const bool goes_on = !out.empty() && out.back().end == n && out.back().level == line.heading &&
                         n - out.back().first < kTitleLines && !line.form_feed;
    if (goes_on) {
      ++out.back().end;
      continue;
    }
    const std::u32string_view view = s.view(filled[n]);
    out.push_back({n, n + 1, line.heading, false, false, is_section_number(view) || is_section_word(view),
                   line.form_feed, false});
  }
  for (Headed& h : out)
    for (std::size_t n = h.end; n < filled.size() && n < h.end + 3 && !h.is_signed && lines[filled[n]].heading == 0;
         ++n) {
      const std::u32string_view view = s.view(filled[n]);
      const Role role = s.role(filled[n]);
      const bool day = !dates_in(view).empty() && lines[filled[n]].width <= 60 && is_title_like(s, filled[n]);
      h.is_signed = role == Role::byline || role == Role::source_line || role == Role::occasion || day ||
                    dateline(view) != 0 || is_name(s, view);
      if (is_prose(s, filled[n])) break;
    }
  return out;
}

// Headings in the form of the text as titles of works. That they are no parts of one text must show: most are
// signed or dated, or begin pages, or their parts are counted anew; or the text begins with one and nothing speaks
// against it.
void find_headed(State& s, std::size_t from) {
  const auto& filled = s.filled;
  auto& lines = s.lines();
  while (from < filled.size() && is_furniture(s.role(filled[from]))) ++from;
  std::uint32_t sure = 0, likely = 0;  // levels
  for (std::uint32_t level = 1; level <= 6 && sure == 0; ++level) {
    const std::vector<Headed> all = headed(s, from, level);
    std::size_t count = 0, with_sign = 0, pages = 0, numbered = 0, counting = 0;
    bool above_has_text = false;
    const Headed* first = nullptr;
    for (const Headed& h : all) {
      above_has_text = above_has_text || (h.level < level && h.text);
      if (h.level < level || !h.text) continue;
      if (first == nullptr)
        first = &h;
      else
        pages += h.begins_page;
      ++count, with_sign += h.is_signed, numbered += h.is_part, counting += h.holds_first;
    }
    if (above_has_text) break;
    if (count < 2) continue;
    bool text_before = false;
    for (std::size_t n = from; n < first->first; ++n) text_before = text_before || is_prose(s, filled[n]);
    // A page with a title of its own is one text, whatever its headings look like.
    const bool open = !text_before && !(s.document.format == "html" && s.document.metadata.title);
    const bool top = first == all.data();
    const bool most_signed = with_sign >= 2 && with_sign * 3 >= count * 2;
    const bool on_pages = numbered * 2 < count && pages * 3 >= (count - 1) * 2;
    const bool anew = top && numbered == 0 && counting >= 2 && counting * 2 >= count;
    const bool begins = top && numbered == 0 && first->first == from && !(with_sign == 1 && first->is_signed);
    if (most_signed || (open && (on_pages || anew))) sure = level;
    if (likely == 0 && open && begins) likely = level;
  }
  const std::uint32_t level = sure != 0 ? sure : likely;
  if (level == 0) return;
  std::size_t done = from;
  bool begun = false;
  for (const Headed& h : headed(s, from, level)) {
    const bool starts = h.level == level && h.text;
    if (!begun && starts) {
      bool text = false;
      for (std::size_t n = done; n < h.first; ++n) text = text || is_prose(s, filled[n]);
      for (std::size_t n = done; n < h.first && !text; ++n) lines[filled[n]].role = Role::cover;
      begun = true;
    }
    if (!starts && h.level == level) continue;
    Start start{filled[h.first], std::nullopt, {}, false};
    for (std::size_t n = h.first; n < h.end; ++n) {
      lines[filled[n]].role = starts ? Role::title : Role::cover;  // a part of the book, its title
      start.title.push_back(filled[n]);
    }
    if (starts) s.starts.push_back(std::move(start));
  }
}

// The longest strictly increasing subsequence of `values`, as indices.
std::vector<std::size_t> increasing(const std::vector<std::size_t>& values) {
  std::vector<std::size_t> tails, parent(values.size(), SIZE_MAX);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), values[i],
                                     [&](std::size_t t, std::size_t v) { return values[t] < v; });
    if (at != tails.begin()) parent[i] = *(at - 1);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::vector<std::size_t> out;
  for (std::size_t i = tails.empty() ? SIZE_MAX : tails.back(); i != SIZE_MAX; i = parent[i]) out.push_back(i);
  std::reverse(out.begin(), out.end());
  return out;
}

bool bracketed(std::u32string_view view) {
  return !view.empty() && (view.front() == U'【' || view.front() == U'[') &&
         (view.back() == U'】' || view.back() == U']');
}

// Lines, filled[n] to filled[m], that together read as an entry of the contents.
struct Match {
  std::size_t n, m, entry;
};

// Those that do so word for word, in the contents' order.
std::vector<Match> found_entries(const State& s, std::size_t from) {
  const auto& filled = s.filled;
  const auto& lines = s.lines();
  std::vector<Match> matches;
  struct Titled {
    std::vector<std::size_t> entries;  // of this title, in order
    std::size_t met = 0;               // lines that read so
  };
  std::map<std::u32string_view, Titled> by_title;
  for (std::size_t e = 0; e < s.entries.size(); ++e) {
    by_title[s.entries[e].folded].entries.push_back(e);
    if (s.entries[e].body != s.entries[e].folded) by_title[s.entries[e].body].entries.push_back(e);
  }
  for (std::size_t n = from; n < filled.size() && !by_title.empty(); ++n) {
    std::u32string joined;
    for (std::size_t m = n; m < filled.size() && m < n + kTitleLines; ++m) {
      const Line& line = lines[filled[m]];
      if ((line.role && line.role != Role::running_head && m > n) || line.width > kTitleColumns ||
          line.end == line.begin)
        break;
      joined += s.view(filled[m]);
      const auto at = by_title.find(joined);
      if (at == by_title.end()) continue;
      // Of many entries of one title, those about as far down among them as the line is among its like.
      auto& [entries, met] = at->second;
      const std::size_t last = std::min(entries.size(), met + kSameTitle);
      const std::size_t first = last > 2 * kSameTitle ? last - 2 * kSameTitle : 0;
      ++met;
      // Of one place at most one entry can be taken.
      for (std::size_t e = last; e-- > first;) matches.push_back({n, m, entries[e]});
    }
  }
  std::vector<std::size_t> order;
  for (const Match& match : matches) order.push_back(match.entry);
  std::vector<Match> taken;
  for (const std::size_t i : increasing(order))
    if (taken.empty() || matches[i].n > taken.back().m) taken.push_back(matches[i]);
  return taken;
}

// And with them entries that are not found word for word: a misread or cut title between its neighbours.
std::vector<Match> with_misread(State& s, std::size_t from, const std::vector<Match>& taken) {
  const auto& filled = s.filled;
  std::vector<Match> all = taken;
  std::size_t tries = 0;
  for (std::size_t e = 0, t = 0; e < s.entries.size() && !taken.empty() && tries < kTries; ++e) {
    while (t < taken.size() && taken[t].entry < e) ++t;
    if (t < taken.size() && taken[t].entry == e) continue;
    const std::size_t low = t == 0 ? from : taken[t - 1].m + 1;
    const std::size_t high = t < taken.size() ? taken[t].n : filled.size();
    Match best{0, 0, e};
    double best_score = kAlike;
    for (std::size_t n = low; n < high; ++n) {
      std::u32string joined;
      for (std::size_t m = n; m < high && m < n + kTitleLines && is_title_like(s, filled[m]); ++m) {
        joined += s.view(filled[m]);
        if (joined.size() > s.entries[e].folded.size() * 2 || ++tries > kTries) break;
        const double score = std::max(alike(joined, s.entries[e].folded), alike(joined, s.entries[e].body));
        if (score > best_score) best_score = score, best = {n, m, e};
      }
    }
    if (best.m > 0) all.push_back(best);
  }
  if (tries >= kTries)
    s.note("titles-not-sought",
           "the contents name more titles than can be sought for misreadings; the rest count as not found",
           Severity::warning);
  std::sort(all.begin(), all.end(), [](const Match& a, const Match& b) { return a.n < b.n; });
  return all;
}

void start_at_titles(State& s, const std::vector<Match>& all) {
  const auto& filled = s.filled;
  auto& lines = s.lines();
  for (const Match& match : all) {
    Start start{filled[match.n], match.entry, {}, false};
    for (std::size_t k = match.n; k <= match.m; ++k) {
      if (lines[filled[k]].role == Role::running_head) continue;
      lines[filled[k]].role = Role::title;
      start.title.push_back(filled[k]);
    }
    s.starts.push_back(std::move(start));
  }
}

// Lines after closing lines, at which a further work begins.
std::vector<std::size_t> after_closing_lines(const State& s, std::size_t from) {
  const auto& filled = s.filled;
  const auto& lines = s.lines();
  std::vector<std::size_t> cuts;
  const auto is_long = [&](const Line& line) {
    return line.width > 60 || (s.full_from != 0 && line.width + line.indent >= s.full_from);
  };
  std::size_t last_prose = 0;  // the last line of text that is no short one
  for (std::size_t n = from; n < filled.size(); ++n)
    if (!is_furniture(s.role(filled[n])) && s.role(filled[n]) != Role::note && is_long(lines[filled[n]]))
      last_prose = n;
  bool said = false;  // something of the text stands before the line, which else is no closing line but a head's
  for (std::size_t n = from; n < filled.size(); ++n) {
    const Line& here = lines[filled[n]];
    if (s.starts_work(filled[n])) said = false;
    said = said || (!is_furniture(s.role(filled[n])) && s.role(filled[n]) != Role::source_line &&
                    (here.terminal || is_long(here)));
    if (s.role(filled[n]) != Role::source_line || n + 1 >= filled.size() || !std::exchange(said, false)) continue;
    // The next work begins after a closing line, unless only furniture follows.
    std::size_t next = n + 1;
    while (next < filled.size() && lines[filled[next]].role && is_furniture(*lines[filled[next]].role)) ++next;
    const bool more = next <= last_prose;
    if (more && next < filled.size() && !s.continued.contains(filled[next])) cuts.push_back(filled[next]);
  }
  return cuts;
}

// Datelines: where a text has several, each opens a work at the titles above it. The lines; works with titles
// start.
std::vector<std::size_t> at_datelines(State& s, std::size_t from) {
  const auto& filled = s.filled;
  auto& lines = s.lines();
  std::vector<std::size_t> cuts;
  std::vector<std::size_t> at;
  for (std::size_t n = from; n < filled.size(); ++n)
    if (dateline(s.view(filled[n])) != 0) at.push_back(n);
  if (at.size() >= 2)
    for (const std::size_t n : at) {
      std::size_t top = n;
      while (top > from && n - top < kTitleLines && is_title_like(s, filled[top - 1]) &&
             !lines[filled[top - 1]].terminal)
        --top;
      cuts.push_back(filled[top]);
      if (top < n) {
        Start start{filled[top], std::nullopt, {}, false};
        for (std::size_t k = top; k < n; ++k)
          if (!lines[filled[k]].role || lines[filled[k]].role == Role::heading) {
            lines[filled[k]].role = Role::title;
            start.title.push_back(filled[k]);
          }
        s.starts.push_back(std::move(start));
      }
    }
  return cuts;
}

// Works in a work: numbered headings right under the title, whose parts open as reports do.
std::vector<Start> parts_of_reports(State& s, std::size_t from) {
  const auto& filled = s.filled;
  auto& lines = s.lines();
  std::vector<Start> children;
  const auto place = [&](std::size_t line) {
    return static_cast<std::size_t>(std::lower_bound(filled.begin(), filled.end(), line) - filled.begin());
  };
  std::vector<std::size_t> bounds;
  for (const Start& start : s.starts) bounds.push_back(place(start.line));
  if (bounds.empty() || bounds.front() > from) bounds.insert(bounds.begin(), from);
  bounds.push_back(filled.size());
  for (std::size_t b = 0; b + 1 < bounds.size(); ++b) {
    std::vector<std::size_t> heads;
    static constexpr std::u32string_view kNumbers = U"一二三四五六七八九十";
    bool own_text = false;
    for (std::size_t n = bounds[b]; n < bounds[b + 1]; ++n) {
      const std::u32string_view view = s.view(filled[n]);
      const bool numbered = view.size() >= 8 && heads.size() < kNumbers.size() &&
                            view[0] == kNumbers[heads.size()] && view[1] == U'、' && !lines[filled[n]].terminal &&
                            lines[filled[n]].width <= 120 && !has_any(view, U"。");
      if (numbered)
        heads.push_back(n);
      else if (heads.empty() && !is_furniture(s.role(filled[n])) && !is_title_like(s, filled[n]))
        own_text = true;
    }
    if (heads.size() < 2 || own_text) continue;
    std::size_t datelines = 0, opens_as_report = 0;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      const std::size_t end = h + 1 < heads.size() ? heads[h + 1] : bounds[b + 1];
      std::size_t n = heads[h] + 1;
      while (n < end && (is_furniture(s.role(filled[n])) || is_title_like(s, filled[n]))) ++n;
      if (n >= end) continue;
      const std::u32string_view opening = s.view(filled[n]).substr(0, 80);
      datelines += dateline(opening) != 0;
      bool dated = dateline(opening) != 0;
      for (const DateExpression& e : find_dates(opening)) dated = dated || e.day != 0;
      opens_as_report += dated;
    }
    if (datelines == 0 || opens_as_report * 2 < heads.size()) continue;
    for (const std::size_t n : heads) {
      lines[filled[n]].role = Role::title;
      children.push_back({filled[n], std::nullopt, {filled[n]}, true});
    }
  }
  return children;
}

// A report that announces a text, then the text: its title as a line of its own, after which an author or numbers
// follow.
std::vector<Start> announced_texts(State& s, std::size_t from) {
  const auto& filled = s.filled;
  auto& lines = s.lines();
  std::vector<Start> announced;
  for (std::size_t n = from; n < filled.size(); ++n) {
    if (dateline(s.view(filled[n])) == 0) continue;
    const std::u32string_view report = s.view(filled[n]);
    for (std::size_t open = report.find(U'《'); open != report.npos; open = report.find(U'《', open + 1)) {
      const std::size_t close = report.find(U'》', open);
      if (close == report.npos || close - open < 5 || close - open > 60) continue;
      const std::u32string_view title = report.substr(open + 1, close - open - 1);
      for (std::size_t m = n + 1; m < filled.size() && m < n + 200 && !s.starts_work(filled[m]); ++m) {
        if (s.view(filled[m]) != title || (lines[filled[m]].role && lines[filled[m]].role != Role::heading))
          continue;
        lines[filled[m]].role = Role::title;
        announced.push_back({filled[m], std::nullopt, {filled[m]}, false});
        break;
      }
    }
  }
  return announced;
}

// In order of line; of two at one line the first stands.
void add_starts(State& s, std::vector<Start> more) {
  std::move(more.begin(), more.end(), std::back_inserter(s.starts));
  std::ranges::stable_sort(s.starts, {}, &Start::line);
  const auto twice = std::ranges::unique(s.starts, {}, &Start::line);
  s.starts.erase(twice.begin(), twice.end());
}

}  // namespace

bool is_name(const State& s, std::u32string_view view) {
  const std::size_t surname = s.lexicons.surname(view);
  if (const auto word = s.lexicons.not_names.at(view, 0); word && word->length == view.size()) return false;
  return surname != 0 && view.size() > surname && view.size() <= surname + 2 &&
         std::all_of(view.begin(), view.end(), [](char32_t c) { return han::is_han(c); });
}

std::u32string squeeze(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (han::folded(text[i]).kind != han::Kind::blank)
      out += text[i];
    else if (!out.empty() && out.back() != U' ')
      out += U' ';
  }
  while (!out.empty() && out.back() == U' ') out.pop_back();
  return out;
}

void read_contents(State& s) {
  if (!s.contents) return;
  Entry entry;
  std::string group;
  bool leaders = false;
  for (std::size_t n = s.contents->first; n <= s.contents->second; ++n)
    leaders = leaders || s.lines()[s.filled[n]].leader;
  for (std::size_t n = s.contents->first; n <= s.contents->second; ++n) {
    const Line& line = s.lines()[s.filled[n]];
    const std::u32string_view view = s.view(s.filled[n]);
    if (view == U"目录" || view == U"目次" || view == U"本期目录") continue;
    if (bracketed(view)) {
      group = to_utf8(squeeze(s.document.view(line.content)));
      continue;
    }
    // A line with a date and no leader is the page's own, not an entry.
    if (!line.leader && !dates_in(view).empty()) continue;
    std::u32string_view content = s.document.view(line.content);
    std::u32string_view folded = view;
    const bool ends = line.leader || !leaders;
    if (ends) {
      std::size_t cut = folded.size();
      while (cut > 0 && (han::is_digit(folded[cut - 1]) || folded[cut - 1] == U'.' || folded[cut - 1] == U'…' ||
                         folded[cut - 1] == U'·' || folded[cut - 1] == U'-' || folded[cut - 1] == U'(' ||
                         folded[cut - 1] == U')'))
        --cut;
      std::uint32_t page = 0;
      for (const char32_t c : folded.substr(cut))
        if (han::is_digit(c) && page < 100000) page = page * 10 + (c - U'0');
      entry.page = page;
      const std::size_t dots = std::min(content.find(U"...."), content.find(U"………"));
      if (line.leader) {
        content = content.substr(0, dots);
        folded = folded.substr(0, std::min(folded.find(U"...."), folded.find(U"………")));
        while (!folded.empty() && (folded.back() == U'.' || folded.back() == U'…')) folded.remove_suffix(1);
      } else if (cut < folded.size()) {
        folded = folded.substr(0, cut);
        while (!content.empty() && (han::is_digit(content.back()) || han::kind(content.back()) == han::Kind::blank))
          content.remove_suffix(1);
      }
    }
    entry.folded += folded;
    entry.written += (entry.written.empty() ? U"" : U" ") + std::u32string(content);
    if (!ends) continue;
    entry.group = group;
    entry.written = squeeze(entry.written);
    entry.body = entry.folded;
    const std::size_t colon = entry.folded.find(U':');
    if (colon != entry.folded.npos && colon >= 2 && colon <= 10 && entry.folded.size() - colon > 2) {
      entry.body = entry.folded.substr(colon + 1);
      const std::size_t written = entry.written.find_first_of(U"：:");
      entry.prefix = to_utf8(squeeze(entry.written.substr(0, written)));
    }
    if (entry.body.size() >= 2) s.entries.push_back(std::move(entry));
    entry = {};
  }
}

void find_starts(State& s) {
  const std::size_t from = s.contents ? s.contents->second + 1 : 0;
  start_at_titles(s, with_misread(s, from, found_entries(s, from)));
  if (s.starts.empty()) find_headed(s, from);
  std::vector<std::size_t> cuts = after_closing_lines(s, from);
  if (s.starts.empty() && cuts.empty()) cuts = at_datelines(s, from);
  add_starts(s, {});
  std::vector<Start> further;
  for (const std::size_t line : cuts) {
    // A closing line stands right before a title that is known already.
    if (!s.starts_work(line)) further.push_back({line, std::nullopt, {}, false});
  }
  add_starts(s, std::move(further));
  add_starts(s, parts_of_reports(s, from));
  add_starts(s, announced_texts(s, from));
}

}  // namespace suyuan
