// On what occasion a text says that its words were spoken.
#include <algorithm>
#include <array>
#include <utility>

#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/occasion.hpp"
#include "verify/terms.hpp"

namespace suyuan {

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

namespace {

// Whether a line has words by which a speech addresses who is there.
bool addresses(std::u32string_view line) {
  static constexpr std::array<std::u32string_view, 4> kWords{U"各位", U"同志们", U"朋友们", U"代表们"};
  return std::ranges::any_of(kWords, [&](std::u32string_view w) { return line.find(w) != line.npos; });
}

// What stands before a place, in its plain form: in a report whatever it tells, elsewhere the paragraph's own
// words.
std::u32string told_before(const Corpus& corpus, const CorpusWork& at, FoldSpan place) {
  constexpr std::size_t kTold = 400;  // letters
  const Work& w = corpus.work(at);
  const std::uint32_t offset = at.fold.origin(place.begin);
  std::u32string out;
  const std::uint32_t last = at.fold.paragraph_of(place.begin), first = w.kind == WorkKind::report ? 0 : last;
  for (std::uint32_t p = last + 1; p-- > first && out.size() < kTold;) {
    std::u32string text;
    for (const Span part : w.paragraphs[p].parts)
      if (part.begin < offset) text += corpus.document(at).view({part.begin, std::min(part.end, offset)});
    if (text.size() > kTold) text.erase(0, text.size() - kTold);
    out = fold_words(text) + U'\n' + out;
  }
  return with_short_names(std::move(out));
}

// What a speech says of its meeting before it addresses who is there: ——2031年3月5日在……会议上, or the caption
// of a picture. The meeting with its day; empty where it says nothing.
std::u32string line_of_meeting(const Document& d, const Work& w) {
  constexpr std::size_t kParagraphs = 12, kLongest = 120, kAlone = 4;
  std::u32string out;
  for (std::size_t p = 0; p < w.paragraphs.size() && p < kParagraphs; ++p) {
    const std::u32string text = fold_words(d.text_of(w.paragraphs[p].parts));
    if (text.size() > kLongest) break;
    for (std::size_t in = text.find(U'在'); in != text.npos && out.empty(); in = text.find(U'在', in + 1)) {
      const std::size_t end = text.find(U'上', in);
      if (end == text.npos || text.substr(in, end - in).find(U'会') == std::u32string::npos) break;
      const std::u32string_view next = std::u32string_view(text).substr(end + 1);
      const bool alone = letters_of(next).empty() || next.starts_with(U"的");
      if (!alone && !next.starts_with(U"作")) continue;
      const auto days = find_dates(std::u32string_view(text).substr(0, in));
      const bool dated = !days.empty() && days.back().end == in;
      const bool opens = in == 0 || text[in - 1] == U'日' || han::kind(text[in - 1]) != han::Kind::letter;
      if (!alone || dated || opens)
        out = text.substr(dated ? days.back().begin : in, end + 1 - (dated ? days.back().begin : in));
    }
    const bool address = (text.ends_with(U':') || text.ends_with(U'!')) && addresses(text);
    if (address) return out;
    if (!out.empty() && p >= kAlone) break;
  }
  return {};
}

}  // namespace

Occasion occasion_of(const Corpus& corpus, std::uint32_t number, FoldSpan place) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  const Document& d = corpus.document(at);
  Occasion out;
  out.told = told_before(corpus, at, place);
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
    out.text = with_short_names(std::move(out.text));
    out.shown = w.title;
    out.report = true;
    out.precise = w.kind_confidence != Confidence::low;  // a guess is nobody's word
    if (w.published.earliest && w.published.latest)
      out.first = add_days(*w.published.earliest, -kReportDays), out.last = w.published.latest;
    if (w.about) out.first.reset();  // what an article prints may be years old
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
    if (w.kind == WorkKind::speech) {
      out.titled = true;
      out.line = with_short_names(line_of_meeting(d, w));
      const auto given = find_dates(out.line);
      const std::vector<Date> day = dates_in(out.line);
      if (!out.first && day.size() == 1 && day[0].day != 0 && given.size() == 1 &&
          out.line.substr(given[0].end, 1) == U"在")
        out.first = out.last = day[0];
      if (const auto year = year_at(out.text, 0); year && letters_of(out.text).ends_with(U"报告"))
        out.not_before = Date{static_cast<std::int16_t>(*year), 1, 1};
    }
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

}  // namespace suyuan
