#include "read/flow.hpp"

#include <algorithm>
#include <set>

#include "base/han.hpp"
#include "read/decode.hpp"

namespace suyuan {

void Flow::open(Look look) {
  if (!joined_.empty() && joined_.back().first == open_.size()) {
    open_.push_back(std::move(joined_.back().second));
    joined_.pop_back();
    open_.back().look = look;
    open_.back().joined = false;
    return;
  }
  Paragraph made;
  made.number = next_++;
  made.look = look;
  open_.push_back(std::move(made));
}

void Flow::close() {
  // What was to go on inside this paragraph and did not.
  while (!joined_.empty() && joined_.back().first >= open_.size()) {
    Paragraph left = std::move(joined_.back().second);
    joined_.pop_back();
    open_.back().after.push_back(std::move(left));
  }
  Paragraph done = std::move(open_.back());
  open_.pop_back();
  finish(std::move(done));
}

void Flow::join() {
  Paragraph done = std::move(open_.back());
  open_.pop_back();
  joined_.emplace_back(open_.size(), std::move(done));
}

void Flow::finish(Paragraph&& paragraph) {
  if (open_.empty())
    emit(std::move(paragraph));
  else
    open_.back().after.push_back(std::move(paragraph));
}

void Flow::put(char32_t c) {
  Paragraph& here = open_.back();
  here.text += c;
  if (!here.pieces.empty()) here.pieces.back().end = static_cast<std::uint32_t>(here.text.size());
}

void Flow::put(std::string_view utf8, bool raised) {
  while (!utf8.empty()) {
    char32_t c = 0;
    const std::size_t length = utf8_sequence(utf8, c);
    put(length == 0 ? U'\uFFFD' : raised ? han::raised(open_.back().text, c) : c);
    utf8.remove_prefix(std::max<std::size_t>(1, length));
  }
}

void Flow::piece(std::uint64_t at, std::uint64_t run, bool whole, std::uint64_t last) {
  const auto offset = static_cast<std::uint32_t>(open_.back().text.size());
  open_.back().pieces.push_back({offset, offset, at, run, last, whole});
}

void Flow::note(std::size_t id, std::uint64_t run) {
  Paragraph& here = open_.back();
  here.marks.push_back({id, static_cast<std::uint32_t>(here.text.size()), run, {}});
}

namespace {

bool is_blank(const std::u32string& text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return han::kind(c) == han::Kind::blank; });
}

}  // namespace

void Flow::page() {
  Paragraph& here = open_.back();
  (is_blank(here.text) ? here.page : here.page_after) = true;
}

void Flow::begin_table() {
  if (!inside()) tables_.begin();
}
void Flow::end_table() {
  if (!inside()) tables_.end();
}
void Flow::begin_cell() {
  if (!inside()) tables_.begin_cell(static_cast<std::uint32_t>(text_.size()));
}
void Flow::end_cell() {
  if (!inside()) tables_.end_cell(static_cast<std::uint32_t>(text_.size()));
}
void Flow::end_row() {
  if (!inside()) tables_.end_row(text_, markup_);
}

void Flow::set_apart(bool apart) {
  if (inside() && (apart || is_blank(open_.back().text))) open_.back().look.furniture = apart;
}

void Flow::emit(Paragraph&& first) {
  // In order, and without recursion: what a paragraph holds stands right behind it.
  std::vector<Paragraph> left;
  left.push_back(std::move(first));
  while (!left.empty()) {
    Paragraph p = std::move(left.back());
    left.pop_back();
    for (std::size_t i = p.after.size(); i-- > 0;) left.push_back(std::move(p.after[i]));
    const auto begin = static_cast<std::uint32_t>(text_.size());
    std::size_t skip = 0;
    if (note_ != SIZE_MAX)  // the blank behind a note's own mark
      while (skip < p.text.size() && han::kind(p.text[skip]) == han::Kind::blank) ++skip;
    const auto shift = [&](std::uint32_t at) {
      return begin + at - static_cast<std::uint32_t>(std::min<std::size_t>(at, skip));
    };
    text_.append(p.text, skip);
    const auto end = static_cast<std::uint32_t>(text_.size());
    if (note_ == SIZE_MAX) {
      anchors_.push_back({begin, p.number, 1, 1});
      for (Mark& m : p.marks) {
        m.at = shift(m.at);
        marks_.push_back(m);
      }
    }
    for (FlowPiece& piece : p.pieces)
      if (piece.begin < piece.end && note_ == SIZE_MAX)
        pieces_.push_back({shift(piece.begin), shift(piece.end), piece.at, piece.run, piece.last, piece.whole});
    page_ = page_ || p.page;
    if (const auto ink = static_cast<std::uint32_t>(text_.find_first_not_of(U" \t\n\u3000", begin));
        ink < end && note_ == SIZE_MAX) {
      if (page_) markup_.push_back({{ink, end}, Markup::Kind::page, 0});
      page_ = false;
      titled_ = titled_ || p.look.title;
    }
    page_ = page_ || p.page_after;
    if (begin < end) {
      if (p.look.furniture) markup_.push_back({{begin, end}, Markup::Kind::furniture, 0});
      if (p.look.title || p.look.heading > 0)
        markup_.push_back({{begin, end}, Markup::Kind::heading, p.look.title ? std::uint8_t{0} : p.look.heading});
      if (p.look.quote) markup_.push_back({{begin, end}, Markup::Kind::quote, 0});
      if (p.look.caption) markup_.push_back({{begin, end}, Markup::Kind::caption, 0});
    }
    text_ += U'\n';
  }
}

void Flow::end_text() {
  while (!open_.empty()) close();
  while (!joined_.empty()) {
    Paragraph left = std::move(joined_.front().second);
    joined_.erase(joined_.begin());
    emit(std::move(left));
  }
  std::set<std::size_t> seen;
  std::erase_if(marks_, [&](const Mark& m) { return !seen.insert(m.id).second; });
}

void Flow::begin_note(std::size_t number) {
  note_ = number;
  Mark& mark = marks_[number];
  mark.note.begin = static_cast<std::uint32_t>(text_.size());
  // Its place is that of its mark.
  const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), mark.at,
                                      [](std::uint32_t o, const Anchor& a) { return o < a.offset; });
  const Anchor& from = *(after - 1);
  const std::uint32_t column = from.stride == 0 ? from.column : from.column + (mark.at - from.offset);
  anchors_.push_back({mark.note.begin, from.line, column, 0});
}

void Flow::end_note() {
  while (!open_.empty()) close();
  Mark& mark = marks_[note_];
  note_ = SIZE_MAX;
  mark.note.end = static_cast<std::uint32_t>(text_.size());
  while (mark.note.end > mark.note.begin && text_[mark.note.end - 1] == U'\n') --mark.note.end;
  if (mark.note.empty()) return;
  markup_.push_back({{mark.at, mark.at}, Markup::Kind::note_mark, 0});
  markup_.push_back({mark.note, Markup::Kind::note, 0});
}

void Flow::give(Document& to) {
  for (Markup& m : markup_)
    if (m.kind == Markup::Kind::heading && (titled_ || m.level == 0))
      m.level = static_cast<std::uint8_t>(std::min(6, m.level + 1));
  std::stable_sort(markup_.begin(), markup_.end(), [](const Markup& a, const Markup& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  to.text = std::move(text_);
  to.markup = std::move(markup_);
  to.anchors = std::move(anchors_);
}

}  // namespace suyuan
