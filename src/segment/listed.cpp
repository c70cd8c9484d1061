// A list of quotations: each is what its row says it is.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech.hpp"

namespace suyuan {

void find_listed(State& state) {
  const Document& document = state.document;
  std::vector<Span> notes;
  for (const Markup& m : document.markup)
    if (m.kind == Markup::Kind::note) notes.push_back(m.span);
  for (Work& work : state.out.works) {
    std::size_t marks = 0;
    std::uint32_t paragraph = 0;
    for (const Markup& m : document.markup) {
      if (m.kind == Markup::Kind::note_mark && !work.quotations.empty()) {
        // Whose words they are claimed to be.
        Quotation& q = work.quotations.back();
        if (marks >= notes.size()) break;
        const Span note = notes[marks++];
        const auto said = std::lower_bound(document.markup.begin(), document.markup.end(), note.begin,
                                           [](const Markup& x, std::uint32_t at) { return x.span.begin < at; });
        for (auto s = said; s != document.markup.end() && s->span.begin < note.end; ++s) {
          if (s->kind != Markup::Kind::speaker || q.attribution) continue;
          std::u32string name = fold_words(document.view(s->span));
          name.resize(static_cast<std::size_t>(
              std::find_if_not(name.begin(), name.end(), [](char32_t c) { return han::is_han(c) || c == U'·'; }) -
              name.begin()));
          if (name.empty()) continue;
          Attribution a;
          a.span = s->span;
          a.named = s->span;
          a.speaker = to_utf8(name);
          a.kind = SpeakerKind::person;
          a.by = "named";
          q.attribution = std::move(a);
        }
      }
      if (m.kind != Markup::Kind::quotation) continue;
      while (paragraph < work.paragraphs.size() && work.paragraphs[paragraph].parts.back().end <= m.span.begin)
        ++paragraph;
      Quotation q;
      q.paragraph = paragraph;
      for (std::size_t p = paragraph; p < work.paragraphs.size(); ++p) {
        if (work.paragraphs[p].parts.front().begin >= m.span.end) break;
        for (const Span part : work.paragraphs[p].parts) {
          const Span cut{std::max(part.begin, m.span.begin), std::min(part.end, m.span.end)};
          if (!cut.empty()) q.parts.push_back(cut);
        }
      }
      if (!q.parts.empty()) work.quotations.push_back(std::move(q));
    }
  }
}

}  // namespace suyuan
