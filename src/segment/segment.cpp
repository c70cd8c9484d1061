// Lines → blocks, paragraphs, works, sections, quotations. The passes stand in the order in which they run.
#include "suyuan/segment.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "segment/lines.hpp"

namespace suyuan {

bool is_furniture(Role role) { return role >= Role::page_number; }

std::string_view name(Role role) {
  static constexpr std::array<std::string_view, 17> kNames{
      "body",           "digest",   "list_item",   "title", "heading",     "byline",
      "section_number", "occasion", "source_line", "note",  "page_number", "contents",
      "navigation",     "caption",  "footer",      "cover", "blank"};
  return kNames[static_cast<std::size_t>(role)];
}

namespace {

constexpr std::uint32_t kTitleColumns = 100;

bool has_any(std::u32string_view text, std::u32string_view of) {
  return text.find_first_of(of) != std::u32string_view::npos;
}

// A paragraph as lines: their indices, in order; page numbers between them are left out.
struct Draft {
  std::vector<std::size_t> lines;
  Role role = Role::body;
};

class Segmenter {
 public:
  explicit Segmenter(const Document& document) : document_(document), lines_(find_lines(document)) {
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (!lines_[i].blank()) filled_.push_back(i);
  }

  Segmentation run() {
    mark_furniture();
    find_wrap();
    find_titles();
    build_paragraphs();
    build_works();
    build_blocks();
    return std::move(out_);
  }

 private:
  Role role(std::size_t i) const { return lines_[i].role.value_or(Role::body); }

  void mark_furniture() {
    // Contents: from their heading to the last dot leader that follows without a gap of four lines.
    for (std::size_t n = 0; n < filled_.size(); ++n) {
      const bool headed = lines_[filled_[n]].role == Role::contents;
      if (!headed && !lines_[filled_[n]].leader) continue;
      std::size_t last = n;
      for (std::size_t m = n; m < filled_.size() && m <= last + 4; ++m)
        if (lines_[filled_[m]].leader) last = m;
      if (headed && last == n) continue;
      if (!contents_) contents_ = {n, last};
      for (std::size_t m = n; m <= last; ++m) lines_[filled_[m]].role = Role::contents;
      n = last;
    }
    // Navigation: three and more short dashed lines at the top or the end of the document.
    const auto menu = [&](std::size_t n) { return lines_[filled_[n]].dash && lines_[filled_[n]].view.size() <= 6; };
    std::size_t top = 0, end = filled_.size();
    while (top < filled_.size() && menu(top)) ++top;
    while (end > top && menu(end - 1)) --end;
    if (top >= 3)
      for (std::size_t n = 0; n < top; ++n) lines_[filled_[n]].role = Role::navigation;
    if (filled_.size() - end >= 3)
      for (std::size_t n = end; n < filled_.size(); ++n) lines_[filled_[n]].role = Role::navigation;
    for (const std::size_t i : filled_)
      if (lines_[i].view.empty() && !lines_[i].role && !has_any(document_.view(lines_[i].content), U"—–-"))
        lines_[i].role = Role::blank;
    // An occasion line that a page break cut: its bracket closes on the next line.
    for (std::size_t n = 0; n + 1 < filled_.size(); ++n) {
      Line &a = lines_[filled_[n]], &b = lines_[filled_[n + 1]];
      if (a.role || b.role || a.view.empty() || a.view.front() != U'(' || a.view.back() == U')') continue;
      const auto whole = role_by_wording(a.view + b.view);
      if (whole == Role::occasion || whole == Role::note || whole == Role::source_line) {
        a.role = b.role = whole;
        continued_.insert(filled_[n + 1]);
      }
    }
  }

  // Hard wraps: most unfinished lines are about equally wide.
  void find_wrap() {
    std::vector<std::uint32_t> widths;
    for (const std::size_t i : filled_)
      if (!lines_[i].role && !lines_[i].terminal && !lines_[i].leader && lines_[i].heading == 0)
        widths.push_back(lines_[i].width + lines_[i].indent);
    if (widths.size() < 8) return;
    std::sort(widths.begin(), widths.end());
    const std::uint32_t wide = widths[widths.size() * 9 / 10];
    const auto near = std::count_if(widths.begin(), widths.end(),
                                    [&](std::uint32_t w) { return w + 8 >= wide && w <= wide + 4; });
    if (wide > 140 || wide < 24 || near * 2 < static_cast<std::ptrdiff_t>(widths.size())) return;
    wrap_ = wide;
    // A blank at the line's end marks the paragraph's end where full lines do not have one.
    std::size_t full = 0, with_blank = 0;
    for (const std::size_t i : filled_)
      if (!lines_[i].terminal && lines_[i].width + 8 >= wrap_) ++full, with_blank += lines_[i].trailing_blank;
    blank_ends_ = with_blank * 5 < full;
  }

  // Titles: lines that together read as an entry of the contents; else top headings of a Markdown text.
  void find_titles() {
    std::set<std::u32string> entries;
    if (contents_) {
      std::u32string entry;
      for (std::size_t n = contents_->first; n <= contents_->second; ++n) {
        const Line& line = lines_[filled_[n]];
        if (line_role_word(line.view)) continue;
        entry += line.view.substr(
            0, line.leader ? std::min(line.view.find(U".."), line.view.find(U"……")) : line.view.npos);
        if (!line.leader) continue;
        add_entry(entries, entry);
        entry.clear();
      }
    }
    const std::size_t from = contents_ ? contents_->second + 1 : 0;
    for (std::size_t n = from; n < filled_.size() && !entries.empty(); ++n) {
      std::u32string joined;
      for (std::size_t m = n; m < filled_.size() && m < n + 4; ++m) {
        const Line& line = lines_[filled_[m]];
        if ((line.role && m > n) || line.width > kTitleColumns || line.view.empty()) break;
        joined += line.view;
        if (!entries.contains(joined)) continue;
        for (std::size_t k = n; k <= m; ++k) lines_[filled_[k]].role = Role::title;
        starts_.push_back(filled_[n]);
        n = m;
        break;
      }
    }
    if (starts_.empty() && document_.format == "markdown") {
      std::vector<std::size_t> tops;
      for (const std::size_t i : filled_)
        if (lines_[i].heading == 1 && !lines_[i].role) tops.push_back(i);
      if (tops.size() >= 2)
        for (const std::size_t i : tops) lines_[i].role = Role::title, starts_.push_back(i);
    }
    for (std::size_t n = 0; n < filled_.size(); ++n)
      if (lines_[filled_[n]].role == Role::source_line && n + 1 < filled_.size()) {
        // The next work begins after a closing line, unless only furniture follows.
        const bool more =
            std::any_of(filled_.begin() + static_cast<std::ptrdiff_t>(n) + 1, filled_.end(),
                        [&](std::size_t i) { return !is_furniture(role(i)) && lines_[i].width > 60; });
        if (more && !continued_.contains(filled_[n + 1])) starts_.push_back(filled_[n + 1]);
      }
    std::sort(starts_.begin(), starts_.end());
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    for (std::size_t n = 0; n < filled_.size(); ++n) {
      Line& line = lines_[filled_[n]];
      if (!line.role && line.heading > 0) line.role = Role::heading;
      if (line.role == Role::heading || (line.role && line.heading > 0 && *line.role != Role::title))
        if (role_by_wording(line.view) == Role::section_number) line.role = Role::section_number;
      if (!line.role && line.bullet) line.role = Role::digest;
      if (!line.role && line.dash) line.role = Role::list_item;
    }
  }

  static bool line_role_word(const std::u32string& view) {
    return view == U"目录" || view.empty() || (view.front() == U'【' && view.back() == U'】');
  }

  static void add_entry(std::set<std::u32string>& entries, const std::u32string& entry) {
    if (entry.size() < 4) return;
    entries.insert(entry);
    const std::size_t colon = entry.find(U':');
    if (colon != std::u32string::npos && colon <= 10 && entry.size() - colon > 4)
      entries.insert(entry.substr(colon + 1));
  }

  bool starts_work(std::size_t i) const { return std::binary_search(starts_.begin(), starts_.end(), i); }

  // Whether the text of line a goes on in line b, the next that is no page number.
  bool goes_on(std::size_t a, std::size_t b, bool over_page_number) const {
    const Line &x = lines_[a], &y = lines_[b];
    if (continued_.contains(b)) return true;
    if (starts_work(b) || y.role || y.heading > 0 || y.bullet || y.dash) return false;
    if (x.role && *x.role != Role::digest && *x.role != Role::list_item) return false;
    if (y.indent >= 2) return false;
    const bool prose = has_any(document_.view(x.content), U"，。、；,;");
    if (wrap_ != 0 && x.width + x.indent + 8 >= wrap_)
      return !(x.trailing_blank && blank_ends_ && !over_page_number &&
               (x.terminal || y.width + 8 < wrap_ || !prose));
    if (x.terminal) return false;
    const bool long_prose = prose && x.width >= 40;
    const bool cut = x.view.back() == U',' || x.view.back() == U'、';
    return long_prose || (cut && x.width >= 16);
  }

  void build_paragraphs() {
    for (std::size_t n = 0; n < filled_.size(); ++n) {
      const std::size_t i = filled_[n];
      Draft draft{{i}, role(i)};
      if (!is_furniture(draft.role)) {
        for (std::size_t m = n + 1; m < filled_.size();) {
          std::size_t next = m;
          while (next < filled_.size() && lines_[filled_[next]].role == Role::page_number && next < m + 2) ++next;
          if (next == filled_.size() || !goes_on(draft.lines.back(), filled_[next], next > m)) break;
          for (; m < next; ++m) drafts_.push_back({{filled_[m]}, Role::page_number});
          draft.lines.push_back(filled_[m]);
          n = m++;
        }
      }
      drafts_.push_back(std::move(draft));
    }
    std::sort(drafts_.begin(), drafts_.end(),
              [](const Draft& a, const Draft& b) { return a.lines[0] < b.lines[0]; });
  }

  Paragraph paragraph(const Draft& draft) const {
    Paragraph out{draft.role, {}};
    for (const std::size_t i : draft.lines)
      if (!lines_[i].content.empty()) out.parts.push_back(lines_[i].content);
    return out;
  }

  void build_works() {
    const std::size_t first_text = contents_ ? filled_[contents_->second] : 0;
    std::vector<std::size_t> cuts = starts_;
    if (cuts.empty() || cuts.front() > 0) cuts.insert(cuts.begin(), 0);
    cuts.push_back(lines_.size());
    for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
      Work work;
      std::vector<const Draft*> mine;
      for (Draft& draft : drafts_) {
        if (draft.lines[0] < cuts[c] || draft.lines[0] >= cuts[c + 1]) continue;
        // What stands before the contents of a compilation is its cover.
        if (contents_ && draft.lines[0] < first_text && !is_furniture(draft.role)) draft.role = Role::cover;
        mine.push_back(&draft);
      }
      for (const Draft* draft : mine)
        if (!is_furniture(draft->role)) work.paragraphs.push_back(paragraph(*draft));
      if (work.paragraphs.empty()) continue;
      const bool whole = cuts.size() == 2;
      work.span = whole
                      ? Span{0, static_cast<std::uint32_t>(document_.text.size())}
                      : Span{work.paragraphs.front().parts.front().begin, work.paragraphs.back().parts.back().end};
      refine_roles(work);
      find_sections(work);
      find_title(work);
      date_work(work, mine);
      find_quotations(work);
      out_.works.push_back(std::move(work));
    }
  }

  // Titles and bylines at the head of a work; section numbers only where sections are.
  void refine_roles(Work& work) const {
    const bool sectioned = std::any_of(work.paragraphs.begin(), work.paragraphs.end(),
                                       [](const Paragraph& p) { return p.role == Role::occasion; });
    bool head = true;
    for (Paragraph& p : work.paragraphs) {
      const std::u32string_view text = document_.view({p.parts.front().begin, p.parts.back().end});
      const bool short_line = p.parts.size() == 1 && text.size() <= 45 && !has_any(text, U"。！？；");
      if (p.role == Role::section_number && !sectioned && text.size() <= 1 && !han::is_han(text[0]))
        p.role = Role::body;
      if (head && p.role == Role::body && short_line && text.size() <= 8 && letters(p) <= 6) p.role = Role::byline;
      if (head && p.role == Role::body && short_line && !has_any(text, U"，,:：“")) p.role = Role::title;
      if (p.role != Role::title && p.role != Role::byline) head = false;
    }
  }

  std::size_t letters(const Paragraph& p) const {
    std::size_t n = 0;
    for (const Span part : p.parts)
      for (const char32_t c : document_.view(part)) n += han::is_han(c);
    return n;
  }

  std::u32string view_of(const Paragraph& p) const { return line_view(document_.text_of(p.parts)); }

  void find_sections(Work& work) const {
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < work.paragraphs.size(); ++i) {
      const Role r = work.paragraphs[i].role;
      if (r == Role::title || r == Role::byline || r == Role::section_number || r == Role::heading) begin = i + 1;
      if (r != Role::occasion) continue;
      if (i > begin) {
        Section section{begin, i, work.paragraphs[i].parts, {}};
        const std::vector<Date> dates = dates_in(view_of(work.paragraphs[i]));
        if (!dates.empty())
          section.spoken = {DateInterval::Status::stated,
                            dates[0].first_day(),
                            dates[0].last_day(),
                            {{envelope(section.occasion), "occasion-line"}}};
        work.sections.push_back(std::move(section));
      }
      begin = i + 1;
    }
  }

  void find_title(Work& work) const {
    for (const Paragraph& p : work.paragraphs) {
      if (p.role != Role::title) {
        if (p.role == Role::byline) continue;
        break;
      }
      if (!work.title.empty()) work.title += ' ';
      work.title += to_utf8(document_.text_of(p.parts));
    }
    if (document_.metadata.title) work.title = document_.metadata.title.value;
  }

  void set(Work& work, DateInterval::Status status, std::optional<Date> from, std::optional<Date> to, Span span,
           std::string rule) const {
    work.published = {status,
                      from ? std::optional(from->first_day()) : std::nullopt,
                      to ? std::optional(to->last_day()) : std::nullopt,
                      {{span, std::move(rule)}}};
  }

  // The day a compilation itself bears on its cover or in its contents.
  std::optional<Evidence> cover_date(Date& date) const {
    if (!contents_) return std::nullopt;
    std::optional<Evidence> found;
    for (std::size_t n = 0; n <= contents_->second; ++n) {
      const Line& line = lines_[filled_[n]];
      if (line.leader) continue;
      for (const Date& d : dates_in(line.view, true))
        if (!found || d.last_day() < date.last_day() || (d.year == date.year && d.month != 0 && date.month == 0)) {
          date = d;
          found = Evidence{line.content, "cover"};
        }
    }
    return found;
  }

  void date_work(Work& work, const std::vector<const Draft*>& drafts) const {
    using Status = DateInterval::Status;
    const Metadata& given = document_.metadata;
    work.outlet = given.outlet.value;
    if (const auto date = parse_iso_date(given.date.value))
      return set(work, Status::stated, date, date, {0, 0}, "metadata");
    std::optional<Date> latest_occasion;
    for (const Section& s : work.sections)
      if (s.spoken.latest && (!latest_occasion || *s.spoken.latest > *latest_occasion))
        latest_occasion = s.spoken.latest;

    // A closing line, a header or a footer that names the outlet. A named issue outranks a posting time.
    for (const Draft* draft : drafts) {
      if (draft->role != Role::source_line && draft->role != Role::footer) continue;
      const Parts parts = paragraph(*draft).parts;
      const std::u32string view = line_view(document_.text_of(parts));
      const auto issue = issue_in(view);
      if (!issue) continue;
      const std::vector<Date> dates = dates_in(view);
      const Span span = envelope(parts);
      if (work.outlet.empty()) work.outlet = issue->outlet;
      if (const auto day = issue_date(*issue)) return set(work, Status::stated, day, day, span, "issue-calendar");
      if (draft->role == Role::source_line && !dates.empty())
        return set(work, Status::stated, dates[0], dates[0], span, "closing-line");
      if (issue->year != 0) {
        const Date year{static_cast<std::int16_t>(issue->year), 0, 0};
        return set(work, Status::bounded, year, dates.empty() ? year : dates[0], span,
                   dates.empty() ? "issue-year" : "issue-and-posting-time");
      }
      if (!dates.empty()) return set(work, Status::stated, dates[0], dates[0], span, "source-line");
    }
    Date cover;
    const std::optional<Evidence> bound = cover_date(cover);
    // A dateline, its year from the cover.
    for (std::size_t i = 0; i < work.paragraphs.size() && i < 6; ++i) {
      const Paragraph& p = work.paragraphs[i];
      if (is_furniture(p.role) || p.role == Role::title) continue;
      const std::u32string view = view_of(p).substr(0, 40);
      const std::size_t wire = view.find(U"电");
      const std::size_t agency = view.find(U"社");
      if (wire == view.npos || agency == view.npos || agency > 8 || wire < agency) continue;
      const std::u32string line = view.substr(0, wire);
      if (work.outlet.empty()) work.outlet = to_utf8(view.substr(0, agency + 1));
      auto day = day_without_year(line);
      if (!day) continue;
      if (const auto full = dates_in(line); !full.empty())
        return set(work, Status::stated, full[0], full[0], p.parts[0], "dateline");
      if (!bound) break;
      day->year = cover.year;
      if (day->first_day() > cover.last_day()) --day->year;
      if (!day->valid()) break;  // such as 2月30日
      set(work, Status::stated, day, day, p.parts[0], "dateline");
      work.published.evidence.push_back(*bound);
      return;
    }
    if (bound)
      set(work, Status::bounded, latest_occasion, cover, bound->span, "cover");
    else if (latest_occasion)
      set(work, Status::bounded, latest_occasion, std::nullopt, work.sections.back().occasion[0],
          "latest-occasion");
  }

  void find_quotations(Work& work) {
    for (std::uint32_t n = 0; n < work.paragraphs.size(); ++n) {
      const Paragraph& p = work.paragraphs[n];
      if (p.role != Role::body && p.role != Role::digest && p.role != Role::list_item) continue;
      struct Open {
        std::size_t part;
        std::uint32_t at;
        char32_t mark;
      };
      std::vector<Open> open;
      std::uint32_t sentence = p.parts.front().begin;
      for (std::size_t k = 0; k < p.parts.size(); ++k)
        for (std::uint32_t i = p.parts[k].begin; i < p.parts[k].end; ++i) {
          const char32_t c = document_.text[i];
          if (open.empty() && (c == U'。' || c == U'！' || c == U'？')) sentence = i + 1;
          if (c == U'“' || c == U'「' || c == U'『') open.push_back({k, i + 1, c});
          const char32_t wanted = c == U'”' ? U'“' : c == U'」' ? U'「' : c == U'』' ? U'『' : U'\0';
          if (wanted == U'\0' || open.empty() || open.back().mark != wanted) continue;
          const Open from = open.back();
          open.pop_back();
          Quotation q{n, {}, std::nullopt};
          std::size_t size = 0;
          for (std::size_t j = from.part; j <= k; ++j) {
            const Span part{j == from.part ? from.at : p.parts[j].begin, j == k ? i : p.parts[j].end};
            if (part.empty()) continue;
            q.parts.push_back(part);
            for (const char32_t x : document_.view(part)) size += han::is_han(x);
          }
          if (size < 8) continue;
          if (from.at - 1 > sentence && introduces(document_.view({sentence, from.at - 1})))
            q.attribution = Span{sentence, from.at - 1};
          work.quotations.push_back(std::move(q));
        }
      for (const Open& o : open)
        out_.diagnostics.push_back(
            {Severity::note,
             {"open-quotation",
              "a quotation mark at character " + std::to_string(o.at - 1) + " is not closed in its paragraph",
              document_.path, std::nullopt, ""}});
    }
    std::sort(work.quotations.begin(), work.quotations.end(),
              [](const Quotation& a, const Quotation& b) { return a.parts.front() < b.parts.front(); });
  }

  static bool introduces(std::u32string_view words) {
    static const auto kVerbs = [] {
      std::vector<std::u32string> verbs;
      for (const auto& row : data::rows(data::introducers())) verbs.push_back(from_utf8(row[0]));
      return verbs;
    }();
    const std::u32string view = line_view(words);
    return std::any_of(kVerbs.begin(), kVerbs.end(),
                       [&](const auto& verb) { return view.find(verb) != view.npos; });
  }

  void build_blocks() {
    for (const Draft& draft : drafts_)
      for (const std::size_t i : draft.lines) lines_[i].role = draft.role;
    for (const Line& line : lines_)
      out_.blocks.push_back({line.whole, line.blank() ? Role::blank : line.role.value_or(Role::body)});
  }

  const Document& document_;
  std::vector<Line> lines_;
  std::vector<std::size_t> filled_;                              // lines that hold something
  std::optional<std::pair<std::size_t, std::size_t>> contents_;  // indices into filled_, inclusive
  std::set<std::size_t> continued_;                              // lines that finish the line before
  std::vector<std::size_t> starts_;                              // lines at which a work begins
  std::uint32_t wrap_ = 0;                                       // columns; 0: not hard-wrapped
  bool blank_ends_ = false;
  std::vector<Draft> drafts_;
  Segmentation out_;
};

}  // namespace

Segmentation segment(const Document& document) { return Segmenter(document).run(); }

}  // namespace suyuan
