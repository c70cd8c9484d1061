// Sections of a work and their occasions, the days its paragraphs speak of, parts of a series.
#include <algorithm>
#include <map>

#include "segment/dates.hpp"
#include "segment/describe.hpp"

namespace suyuan {

using Status = DateInterval::Status;

namespace {

// 这是某人某日在某会议上的讲话。
bool is_occasion_note(const State& s, std::u32string_view view) {
  const std::size_t begin = view.find(U"这是");
  if (begin > 2 || dates_in(view).size() != 1) return false;
  while (has_any(view.substr(view.size() - 1), U"。)")) view.remove_suffix(1);
  return s.lexicons.kind_by_title(view) == WorkKind::speech;
}

// The words of an occasion that a line names, which stand in [first, last). The title over which it stands belongs
// to it.
Section section_of(const State& s, const Work& work, std::uint32_t line, std::uint32_t first, std::uint32_t last) {
  Section section{first, last, {}, {}};
  const std::u32string view = s.folded(work.paragraphs[line].parts);
  if (line < first || work.paragraphs[line].role == Role::note)
    for (const Paragraph& p : work.paragraphs)
      if (p.role == Role::title) section.occasion.insert(section.occasion.end(), p.parts.begin(), p.parts.end());
  const Parts& parts = work.paragraphs[line].parts;
  section.occasion.insert(section.occasion.end(), parts.begin(), parts.end());
  for (const DateExpression& e : find_dates(view))
    if (e.stated() && e.month != 0) {
      if (const auto days = resolve(e, std::nullopt, std::nullopt))
        section.spoken =
            interval(Status::stated, days->first, days->last, {envelope(parts), "occasion-line", "", ""});
      break;
    }
  return section;
}

}  // namespace

void find_sections(State& s, Work& work) {
  const auto is_text = [&](std::uint32_t i) {
    const Role r = work.paragraphs[i].role;
    return r == Role::body || r == Role::digest || r == Role::list_item || r == Role::epigraph;
  };
  const auto end = static_cast<std::uint32_t>(work.paragraphs.size());
  std::uint32_t begin = 0, above = 0;  // behind the last heading; the first of the headings that follow each other
  bool text = false;                   // since the last heading
  bool leads = true;                   // occasions stand over their words, as the first of them does
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t led = kNone, first = kNone;  // the occasion whose words go on; their first paragraph
  const auto close = [&](std::uint32_t to) {
    while (first != kNone && to > first && !is_text(to - 1)) --to;
    if (led != kNone && first != kNone && to > first) work.sections.push_back(section_of(s, work, led, first, to));
    led = first = kNone;
  };
  for (std::uint32_t i = 0; i < end; ++i) {
    const Role r = work.paragraphs[i].role;
    if (r == Role::title || r == Role::byline || r == Role::section_number || r == Role::heading) {
      if (text || i == 0) above = i;
      begin = i + 1, text = false;
    } else if (r == Role::occasion) {
      if (text) {
        close(begin);
        if (i > begin) work.sections.push_back(section_of(s, work, i, begin, i));
        leads = false;
      } else if (leads) {
        close(above);
        led = i;
      }
      begin = i + 1, text = false;
    } else if (is_text(i)) {
      if (led != kNone && first == kNone) first = i;
      text = true;
    }
  }
  close(end);
  if (!work.sections.empty()) return;
  for (std::uint32_t i = 0; i < end; ++i) {
    if (work.paragraphs[i].role != Role::note || !is_occasion_note(s, s.folded(work.paragraphs[i].parts))) continue;
    led = i;
    for (std::uint32_t n = 0; n < end && first == kNone; ++n)
      if (is_text(n)) first = n;
    return close(end);
  }
}

void find_mentions(State& s, Work& work) {
  std::vector<std::size_t> section_of(work.paragraphs.size(), SIZE_MAX);
  for (std::size_t n = 0; n < work.sections.size(); ++n)
    for (std::uint32_t p = work.sections[n].first; p < work.sections[n].last; ++p) section_of[p] = n;
  std::optional<Days> last;
  for (std::uint32_t n = 0; n < work.paragraphs.size(); ++n) {
    const Paragraph& p = work.paragraphs[n];
    const auto found_in = s.plain(p.parts);
    std::optional<Date> anchor;
    const char* against = "";
    if (section_of[n] != SIZE_MAX) {
      if (section_of[n] != (n > 0 ? section_of[n - 1] : SIZE_MAX)) last.reset();
      anchor = work.sections[section_of[n]].spoken.latest;
      against = "section-occasion";
    } else if (work.published.status == Status::stated && work.published.latest && work.published.earliest &&
               days_between(*work.published.earliest, *work.published.latest) <= 31) {
      anchor = work.published.latest;
      against = "publication";
      for (const Evidence& e : work.published.evidence)
        if (e.rule == "dateline") against = "dateline";
    } else if (is_signed(work.published)) {
      anchor = work.published.earliest;
      against = "signed-day";
    }
    for (const DateExpression& e : find_dates(found_in.text)) {
      const Span span{found_in.origin[e.begin], found_in.origin[e.end - 1] + 1};
      if (e.impossible) {
        const auto at = s.document.position(span.begin);
        s.note("impossible-date",
               "line " + std::to_string(at.line) + ": \"" + to_utf8(s.document.text_of({span})) +
                   "\" is no day of the calendar and is not used",
               Severity::warning);
        continue;
      }
      const auto days = resolve(e, anchor, last);
      if (!days) continue;
      last = days;
      work.dates.push_back(
          {n, span, days->first, days->last, days->relative,
           days->relative ? (e.year_kind == DateExpression::Year::same ? "before" : against) : ""});
    }
  }
}

void order_series(State& s) {
  // Titles that are alike but for a number in a circle or 之一: one follows the other.
  struct Part {
    std::size_t work;
    std::size_t number;
  };
  std::map<std::pair<std::string, std::u32string>, std::vector<Part>> series;
  static constexpr std::u32string_view kCircled = U"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮";
  static constexpr std::u32string_view kNumbers = U"一二三四五六七八九十";
  for (std::size_t w = 0; w < s.out.works.size(); ++w) {
    const std::u32string title = from_utf8(s.out.works[w].title);
    if (title.size() < 4) continue;
    std::size_t number = kCircled.find(title.back());
    std::u32string stem = title.substr(0, title.size() - 1);
    if (number == kCircled.npos && title[title.size() - 2] == U'之') {
      number = kNumbers.find(title.back());
      stem.pop_back();
    }
    if (number == std::u32string_view::npos || number >= kCircled.size()) continue;
    // 题目——系列名③: the name of the series alone.
    const std::size_t dash = stem.rfind(U'—');
    if (dash != stem.npos) stem = stem.substr(dash + 1);
    series[{s.out.works[w].outlet, fold_words(stem)}].push_back({w, number});
  }
  for (auto& [name, parts] : series) {
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.number < b.number; });
    // Not before the latest stated day of a lower number, not after the earliest of a higher one.
    const auto stated = [&](const Part& part) {
      const DateInterval& d = s.out.works[part.work].published;
      return d.status == Status::stated && d.evidence.front().rule != "series";
    };
    const auto bound = [&](auto first, auto last, bool from_below) {
      std::optional<std::size_t> of;  // the work that bounds
      for (auto at = first; at != last;) {
        auto end = at;
        while (end != last && end->number == at->number) ++end;
        for (auto k = at; k != end; ++k) {
          DateInterval& d = s.out.works[k->work].published;
          if (d.status == Status::stated || !of) continue;
          const Work& o = s.out.works[*of];
          const Evidence evidence{o.published.evidence.front().span, "series", o.title, ""};
          if (from_below)
            narrow(d, o.published.earliest, std::nullopt, evidence);
          else
            narrow(d, std::nullopt, o.published.latest, evidence);
        }
        for (auto k = at; k != end; ++k) {
          if (!stated(*k)) continue;
          const DateInterval& d = s.out.works[k->work].published;
          if (!of || (from_below ? *d.earliest > *s.out.works[*of].published.earliest
                                 : *d.latest < *s.out.works[*of].published.latest))
            of = k->work;
        }
        at = end;
      }
    };
    bound(parts.begin(), parts.end(), true);
    bound(parts.rbegin(), parts.rend(), false);
  }
}

}  // namespace suyuan
