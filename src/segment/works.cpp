// Works: what stands between two starts, with roles, titles and notes; and what is missing.
#include "segment/works.hpp"

#include <algorithm>
#include <utility>

#include "base/han.hpp"
#include "segment/head.hpp"
#include "segment/starts.hpp"

namespace suyuan {

namespace {

std::u32string title_text(const State& s, const std::vector<std::size_t>& lines) {
  std::u32string out;
  for (const std::size_t i : lines) {
    if (!out.empty()) out += U' ';
    out += s.document.view(s.lines()[i].content);
  }
  return squeeze(out);
}

// The title as two places write it: a blank stays where both have one.
std::u32string agreed(const std::u32string& a, const std::u32string& b) {
  std::u32string out;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != U' ') {
      out += a[i];
      while (j < b.size() && b[j] == U' ') ++j;
      ++j;
    } else if (j < b.size() && b[j] == U' ') {
      out += U' ';
    }
  }
  return out;
}

class Builder {
 public:
  explicit Builder(State& state) : s_(state) {}

  void run() {
    const std::size_t first_text = s_.contents ? s_.filled[s_.contents->second] : 0;
    struct Cut {
      std::size_t line;
      const Start* start;
    };
    std::vector<Cut> cuts;
    for (const Start& start : s_.starts) cuts.push_back({start.line, &start});
    if (cuts.empty() || cuts.front().line > 0) cuts.insert(cuts.begin(), {0, nullptr});
    const bool whole = cuts.size() == 1;
    std::size_t next = 0;
    std::optional<std::uint32_t> parent;
    for (std::size_t c = 0; c < cuts.size(); ++c) {
      const std::size_t end = c + 1 < cuts.size() ? cuts[c + 1].line : SIZE_MAX;
      const std::size_t first = next;
      for (; next < s_.drafts.size() && s_.drafts[next].lines[0] < end; ++next) {
        Draft& draft = s_.drafts[next];
        // What stands before the contents of a compilation is its cover.
        if (s_.contents && draft.lines[0] < first_text && !is_furniture(draft.role)) draft.role = Role::cover;
      }
      Work work;
      for (std::size_t d = first; d < next; ++d) {
        if (is_furniture(s_.drafts[d].role)) continue;
        Paragraph p{s_.drafts[d].role, s_.parts(s_.drafts[d])};
        if (!p.parts.empty()) work.paragraphs.push_back(std::move(p));
      }
      if (work.paragraphs.empty()) continue;
      work.span = whole
                      ? Span{0, static_cast<std::uint32_t>(s_.document.text.size())}
                      : Span{work.paragraphs.front().parts.front().begin, work.paragraphs.back().parts.back().end};
      if (s_.document.format != "list") {
        read_head(s_, work);
        find_epigraphs(work);
      }
      find_title(work, cuts[c].start);
      const auto number = static_cast<std::uint32_t>(s_.out.works.size());
      if (cuts[c].start && cuts[c].start->child) {
        if (!parent) parent = number - 1;
        work.parent = parent;
        Work& container = s_.out.works[*parent];
        container.span.end = std::max(container.span.end, work.span.end);
        container.kind = WorkKind::collection;
        container.kind_confidence = Confidence::high;
        if (container.kind_evidence.empty())
          container.kind_evidence.push_back({work.paragraphs.front().parts.front(), "holds-other-works", "", ""});
      } else {
        parent.reset();
      }
      entries_.push_back(cuts[c].start ? cuts[c].start->entry : std::nullopt);
      s_.out.works.push_back(std::move(work));
    }
    give_notes();
    titles_by_order();
    s_.groups.resize(s_.out.works.size());
    for (std::size_t w = 0; w < entries_.size(); ++w)
      if (entries_[w]) s_.groups[w] = s_.entries[*entries_[w]].group;
    find_defects();
  }

 private:
  // Notes stand behind all works; each belongs to the one that its mark stands in.
  void give_notes() {
    auto& works = s_.out.works;
    if (works.size() < 2 || s_.notes_begin == UINT32_MAX) return;
    std::vector<std::pair<Span, std::uint32_t>> notes;  // each with its mark
    std::vector<std::uint32_t> marks;
    for (const Markup& m : s_.document.markup) {
      if (m.kind == Markup::Kind::note_mark) marks.push_back(m.span.begin);
      if (m.kind == Markup::Kind::note) notes.emplace_back(m.span, 0);
    }
    notes.resize(std::min(notes.size(), marks.size()));
    for (std::size_t n = 0; n < notes.size(); ++n) notes[n].second = marks[n];
    const auto mark_of = [&](const Paragraph& p) -> std::optional<std::uint32_t> {
      const std::uint32_t at = p.parts.front().begin;
      const auto after = std::upper_bound(notes.begin(), notes.end(), at,
                                          [](std::uint32_t o, const auto& n) { return o < n.first.begin; });
      if (p.role != Role::note || after == notes.begin() || (after - 1)->first.end <= at) return std::nullopt;
      return (after - 1)->second;
    };
    std::vector<std::uint32_t> begins;
    for (const Work& w : works) begins.push_back(w.span.begin);
    std::vector<std::vector<Paragraph>> moved(works.size());
    for (std::size_t w = 0; w < works.size(); ++w) {
      auto& own = works[w].paragraphs;
      const auto last = std::find_if(own.rbegin(), own.rend(), [&](const Paragraph& p) { return !mark_of(p); });
      if (last == own.rend()) continue;  // of notes alone
      if (last != own.rbegin()) works[w].span.end = last->parts.back().end;
      const auto stays = [&](Paragraph& p) {
        const std::optional<std::uint32_t> mark = mark_of(p);
        if (!mark) return true;
        const auto holder = std::upper_bound(begins.begin(), begins.end(), *mark);
        const auto to = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, holder - begins.begin())) - 1;
        if (to != w) moved[to].push_back(std::move(p));
        return to == w;
      };
      std::vector<Paragraph> kept;
      for (Paragraph& p : own)
        if (stays(p)) kept.push_back(std::move(p));
      own = std::move(kept);
    }
    for (std::size_t w = 0; w < works.size(); ++w) {
      auto& own = works[w].paragraphs;
      own.insert(own.end(), std::make_move_iterator(moved[w].begin()), std::make_move_iterator(moved[w].end()));
      std::sort(own.begin(), own.end(), [](const Paragraph& a, const Paragraph& b) {
        return a.parts.front().begin < b.parts.front().begin;
      });
    }
  }

  // Notes stand behind it.
  static const Paragraph& last_line(const Work& work) {
    const auto last = std::find_if(work.paragraphs.rbegin(), work.paragraphs.rend(),
                                   [](const Paragraph& p) { return p.role != Role::note; });
    return last == work.paragraphs.rend() ? work.paragraphs.back() : *last;
  }

  std::size_t han_letters(const Paragraph& p) const {
    std::size_t n = 0;
    for (const Span part : p.parts)
      for (const char32_t c : s_.document.view(part)) n += han::is_han(c);
    return n;
  }

  // Lines before the body that end without a stop and that a later paragraph says again, word for word.
  void find_epigraphs(Work& work) const {
    const std::uint32_t end = s_.lines()[s_.line_of(work.paragraphs.back().parts.back().begin)].end;
    for (std::size_t n = 0, tries = 0; n < work.paragraphs.size() && tries < 6; ++n) {
      Paragraph& p = work.paragraphs[n];
      if (stands_in_head(p.role) || p.role == Role::note) continue;
      if (p.role != Role::body) break;
      ++tries;
      const Line& last = s_.lines()[s_.line_of(p.parts.back().begin)];
      if (last.terminal) {
        if (tries > 2) break;
        continue;
      }
      const std::u32string view = s_.folded(p.parts);
      if (view.size() < 12 || view.size() > 200) continue;
      if (s_.made.plain.view(last.end, std::max(last.end, end)).find(view) != view.npos) p.role = Role::epigraph;
    }
  }

  void find_title(Work& work, const Start* start) {
    const Metadata& given = s_.document.metadata;
    std::vector<const Paragraph*> lines;
    for (const Paragraph& p : work.paragraphs) {
      if (p.role == Role::title)
        lines.push_back(&p);
      else if (!stands_in_head(p.role))
        break;
    }
    std::u32string title;
    if (start && !start->title.empty()) {
      title = title_text(s_, start->title);
      if (start->entry) {
        const Entry& entry = s_.entries[*start->entry];
        const std::u32string folded = fold_words(title);
        const std::size_t colon = entry.written.find_first_of(U"：:");
        const std::u32string body = entry.prefix.empty() ? entry.written : squeeze(entry.written.substr(colon + 1));
        if (folded == entry.folded) title = agreed(title, entry.written);
        if (folded == entry.body && folded != entry.folded) title = agreed(title, body);
        if (!entry.prefix.empty() && folded == entry.folded)
          title = squeeze(title.substr(title.find_first_of(U"：:") + 1));
      }
      work.title_rule = "heading";
    } else {
      for (const Paragraph* p : lines)
        title += (title.empty() ? U"" : U" ") + squeeze(s_.document.text_of(p->parts));
      if (!title.empty()) work.title_rule = "heading";
    }
    if (start && start->entry) {
      const Entry& entry = s_.entries[*start->entry];
      take_entry(work, entry);
    }
    work.title = to_utf8(title);
    if (given.title && s_.starts.empty()) {
      work.title = given.title.value;
      work.title_rule = given.title.by == Given::By::side_file ? "side-file"
                        : given.title.by == Given::By::record  ? "record"
                                                               : "page";
    }
    for (const Paragraph& p : work.paragraphs) {
      if (!work.author.empty()) break;
      if (p.role == Role::byline) {
        const std::u32string written = squeeze(s_.document.text_of(p.parts));
        const std::u32string author = author_in(s_, written);
        const std::u32string officer = author.empty() ? officer_in(s_, s_.folded(p.parts)) : std::u32string();
        work.author = to_utf8(!author.empty() ? author : !officer.empty() ? officer : written);
      } else if (p.role == Role::occasion) {
        if (const auto line = imprint(s_, s_.folded(p.parts))) work.author = line->author;  // （某日 某人）
      }
    }
    // 国务院总理某某各位代表：
    constexpr std::size_t kLines = 5, kLine = 110;
    const bool speech = s_.lexicons.kind_by_title(fold_words(from_utf8(work.title))) == WorkKind::speech;
    for (std::size_t n = 0; speech && n < std::min(kLines, work.paragraphs.size()) && work.author.empty(); ++n) {
      const Parts& parts = work.paragraphs[n].parts;
      if (envelope(parts).size() > kLine) break;
      work.author = to_utf8(officer_in(s_, s_.folded(parts)));
    }
  }

  void take_entry(Work& work, const Entry& entry) const {
    if (entry.page != 0) work.pages = {entry.page, entry.page};
    if (entry.prefix.empty()) return;
    const std::u32string prefix = fold_words(from_utf8(entry.prefix));
    const auto person = s_.lexicons.speakers.at(prefix, 0);
    if ((person && person->length == prefix.size()) || is_name(s_, prefix))
      work.author = entry.prefix;
    else
      work.outlet = entry.prefix;
  }

  // Works whose title is lost stand where the contents have them: between the entries of their neighbours.
  void titles_by_order() {
    const std::size_t n = s_.out.works.size();
    std::vector<char> used(s_.entries.size(), 0);
    std::vector<std::pair<std::size_t, std::size_t>> in_order;  // work, entry
    for (const auto& e : entries_)
      if (e) used[*e] = 1;
    // The nearest entries on either side, and how many works without one stand between.
    struct Side {
      std::optional<std::size_t> entry;
      std::size_t between = 0;
    };
    std::vector<Side> left_of(n), right_of(n);
    Side side;
    const auto pass = [&](std::size_t w, std::vector<Side>& sides) {
      sides[w] = side;
      if (entries_[w])
        side = {entries_[w], 0};
      else if (!s_.out.works[w].parent)
        ++side.between;
    };
    for (std::size_t w = 0; w < n; ++w) pass(w, left_of);
    side = {};
    for (std::size_t w = n; w-- > 0;) pass(w, right_of);
    for (std::size_t w = 0; w < n; ++w) {
      if (entries_[w] || s_.out.works[w].parent) continue;
      const auto [before, left] = left_of[w];
      const auto [after, right] = right_of[w];
      if (!before) continue;  // what stands before the first is front matter
      const std::size_t low = *before + 1, high = after ? *after : s_.entries.size();
      if (high <= low || high - low != left + right + 1) continue;
      const Entry& entry = s_.entries[low + left];
      Work& work = s_.out.works[w];
      take_entry(work, entry);
      const std::size_t colon = entry.written.find_first_of(U"：:");
      work.title = to_utf8(entry.prefix.empty() ? entry.written : squeeze(entry.written.substr(colon + 1)));
      work.title_rule = "contents-order";
      by_order_.push_back(w);
      in_order.emplace_back(w, low + left);
      used[low + left] = 1;
    }
    for (const auto& [w, e] : in_order) entries_[w] = e;
    for (std::size_t e = 0; e < used.size(); ++e)
      if (!used[e])
        s_.note("work-not-found",
                "the contents name \"" + to_utf8(s_.entries[e].written) +
                    "\", but no such heading was found; its text may be lost or stand inside another work",
                Severity::warning);
    std::optional<std::uint32_t> next;
    for (std::size_t w = n; w-- > 0;) {
      Work& work = s_.out.works[w];
      if (!work.pages) continue;
      if (next) work.pages->second = std::max(work.pages->first, *next - 1);
      next = work.pages->first;
    }
  }

  void find_defects() {
    auto& works = s_.out.works;
    const auto at = [&](std::size_t line) { return s_.lines()[line].content; };
    // The places where lines do not join.
    for (const Break& b : s_.breaks) {
      const std::uint32_t place = at(b.after).begin;
      // The last work that begins before the place; a collection's own text is its title alone.
      const auto after =
          std::lower_bound(works.begin(), works.end(), place,
                           [](const Work& w, std::uint32_t at_place) { return w.span.begin < at_place; });
      Work* inside = after == works.begin() ? nullptr : &*(after - 1);
      if (inside && (place >= inside->span.end || inside->kind == WorkKind::collection)) inside = nullptr;
      const Span from = at(b.before), to = at(b.after);
      const Span span{from.end - std::min(from.size(), 12U), to.begin + std::min(to.size(), 12U)};
      if (inside) inside->defects.push_back({"lost-text", span, Confidence::high, b.message});
    }
    const bool closing = std::count_if(works.begin(), works.end(),
                                       [](const Work& w) { return last_line(w).role == Role::source_line; }) *
                             2 >
                         static_cast<std::ptrdiff_t>(works.size());
    for (std::size_t w = 0; w < works.size(); ++w) {
      Work& work = works[w];
      if (work.kind == WorkKind::collection) continue;
      const auto is_text = [](const Paragraph& p) {
        return p.role == Role::body || p.role == Role::digest || p.role == Role::list_item;
      };
      const auto first = std::find_if(work.paragraphs.begin(), work.paragraphs.end(), is_text);
      auto last = work.paragraphs.rbegin();
      while (last != work.paragraphs.rend() && (last->role == Role::source_line || last->role == Role::note))
        ++last;
      if (first == work.paragraphs.end()) continue;
      const bool compiled = works.size() > 2 && s_.contents;
      if (compiled && first == work.paragraphs.begin() && std::binary_search(by_order_.begin(), by_order_.end(), w))
        work.defects.push_back({"lost-title", first->parts.front(), Confidence::high,
                                "the contents name a title that does not stand here"});
      const std::size_t line = s_.line_of(first->parts.front().begin);
      if (s_.full_from != 0 && s_.indented && first == work.paragraphs.begin() && w > 0 &&
          first->role == Role::body && s_.lines()[line].indent <= s_.margin + 1 && s_.page_tops.contains(line))
        work.defects.push_back({"lost-beginning", first->parts.front(), Confidence::medium,
                                "the text begins at the top of a page without the indent of a paragraph"});
      if (last == work.paragraphs.rend() || last->role != Role::body) continue;
      const std::u32string view = s_.folded(last->parts);
      const bool ends = view.empty() || s_.lines()[s_.line_of(last->parts.back().begin)].terminal;
      const bool source = last_line(work).role == Role::source_line;
      const Span tail{last->parts.back().end - std::min(last->parts.back().size(), 12U), last->parts.back().end};
      if (!ends && view.size() >= 30)
        work.defects.push_back({"lost-end", tail, Confidence::high, "the last sentence breaks off"});
      else if (closing && !source && compiled && w + 1 < works.size() && w > 0)
        work.defects.push_back({"lost-end", tail, Confidence::medium,
                                "no closing line with the outlet and the day, where the other works have one"});
      if (source) {
        const std::u32string closing_view = s_.folded(last_line(work).parts);
        if (!closing_view.empty() && closing_view.back() != U')')
          work.defects.push_back({"cut-source-line", envelope(last_line(work).parts), Confidence::high,
                                  "the line with the outlet and the day is cut off"});
      }
      std::sort(work.defects.begin(), work.defects.end(),
                [](const Defect& a, const Defect& b) { return a.span < b.span; });
    }
  }

  State& s_;
  std::vector<std::optional<std::size_t>> entries_;  // of each work
  std::vector<std::size_t> by_order_;
};

}  // namespace

void build_works(State& s) { Builder(s).run(); }

}  // namespace suyuan
