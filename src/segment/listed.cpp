// A list of quotations, or a table amid a text that is one: each is what its row says it is.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/han.hpp"
#include "segment/speech.hpp"

namespace suyuan {

namespace {

// Whose words a cell says they are: a name, with titles or without.
std::optional<Attribution> said_by(const State& state, Span cell) {
  constexpr std::size_t kName = 2;  // letters at least
  const Lexicons& lexicons = state.lexicons;
  std::u32string name = fold_words(state.document.view(cell));
  name.resize(static_cast<std::size_t>(
      std::find_if_not(name.begin(), name.end(), [](char32_t c) { return han::is_han(c) || c == U'·'; }) -
      name.begin()));
  if (name.empty()) return std::nullopt;
  while (const auto title = lexicons.titles.before(name, name.size())) {
    if (title->length + kName > name.size()) break;
    name.resize(name.size() - title->length);
  }
  while (const auto title = lexicons.titles.at(name, 0)) {
    if (title->length + kName > name.size()) break;
    name.erase(0, title->length);
  }
  Attribution a;
  a.span = cell;
  a.named = cell;
  a.speaker = to_utf8(name);
  a.kind = SpeakerKind::person;
  a.by = "named";
  return a;
}

// The words of a cell, from the first paragraph that holds some; nothing where none does.
std::optional<Quotation> words_of(const Work& work, Span cell) {
  auto p = std::ranges::partition_point(work.paragraphs,
                                        [&](const Paragraph& x) { return x.parts.back().end <= cell.begin; });
  Quotation q;
  q.paragraph = static_cast<std::uint32_t>(p - work.paragraphs.begin());
  for (; p != work.paragraphs.end() && p->parts.front().begin < cell.end; ++p)
    for (const Span part : p->parts)
      if (part.overlaps(cell)) q.parts.push_back({std::max(part.begin, cell.begin), std::min(part.end, cell.end)});
  if (q.parts.empty()) return std::nullopt;
  return q;
}

}  // namespace

void find_listed(State& state) {
  const Document& document = state.document;
  std::vector<Span> notes;
  for (const Markup& m : document.markup)
    if (m.kind == Markup::Kind::note) notes.push_back(m.span);
  for (Work& work : state.out.works) {
    std::size_t marks = 0;
    for (const Markup& m : document.markup) {
      if (m.kind == Markup::Kind::note_mark && !work.quotations.empty()) {
        Quotation& q = work.quotations.back();
        if (marks >= notes.size()) break;
        const Span note = notes[marks++];
        const auto said = std::lower_bound(document.markup.begin(), document.markup.end(), note.begin,
                                           [](const Markup& x, std::uint32_t at) { return x.span.begin < at; });
        for (auto s = said; s != document.markup.end() && s->span.begin < note.end; ++s)
          if (s->kind == Markup::Kind::speaker && !q.attribution) q.attribution = said_by(state, s->span);
      }
      if (m.kind == Markup::Kind::quotation)
        if (auto q = words_of(work, m.span)) work.quotations.push_back(*std::move(q));
    }
  }
}

bool find_cells(State& state) {
  struct Row {
    Span words;
    std::optional<Span> speaker;
  };
  std::vector<Row> rows;
  std::optional<Span> speaker;  // of the row's quotation, which follows
  for (const Markup& m : state.document.markup) {
    if (m.kind == Markup::Kind::speaker && m.level != 0)
      speaker = m.span;
    else if (m.kind == Markup::Kind::speaker && !rows.empty())
      rows.back().speaker = m.span;
    else if (m.kind == Markup::Kind::quotation)
      rows.push_back({m.span, std::exchange(speaker, std::nullopt)});
  }
  for (Work& work : state.out.works) {
    std::vector<Quotation> made;
    auto from = work.quotations.begin();  // they are in the order of the text
    for (const Row& row : rows) {
      auto q = words_of(work, row.words);
      if (!q) continue;
      const auto by = row.speaker ? said_by(state, *row.speaker) : std::nullopt;
      bool in_marks = false;
      const auto passed = [&](const Quotation& x) {
        return x.parts.empty() || envelope(x.parts).end <= row.words.begin;
      };
      while (from != work.quotations.end() && passed(*from)) ++from;
      for (auto other = from; other != work.quotations.end(); ++other) {
        if (other->parts.empty()) continue;
        const Span own = envelope(other->parts);
        if (own.begin >= row.words.end) break;
        if (!own.overlaps(row.words)) continue;
        if (other->form != Quotation::Form::direct) {  // what the cell says leads to somebody's words is in it
          other->parts.clear();
        } else if (2 * own.size() >= row.words.size()) {
          in_marks = true;
          if (by && (!other->attribution || other->attribution->speaker.empty())) other->attribution = by;
        }
      }
      if (in_marks) continue;
      q->form = Quotation::Form::block;
      q->attribution = by;
      made.push_back(*std::move(q));
    }
    std::erase_if(work.quotations, [](const Quotation& x) { return x.parts.empty(); });
    std::ranges::move(made, std::back_inserter(work.quotations));
  }
  return !rows.empty();
}

}  // namespace suyuan
