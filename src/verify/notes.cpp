#include "verify/notes.hpp"

#include <algorithm>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kLongest = 400;  // characters of a note that are read

}  // namespace

bool opens_note(char32_t c) {
  return c == U'[' || c == U'〔' || c == U'［' || han::is_circled(c) || han::is_superscript(c);
}

Notes::Notes(const Document& document) : document_(&document) {
  for (const Markup& m : document.markup) {
    if (m.kind == Markup::Kind::note_mark) marks_.push_back(m.span.begin);
    if (m.kind == Markup::Kind::note) notes_.push_back(m.span);
  }
}

std::vector<Span> Notes::of(Span words) const {
  constexpr std::uint32_t kMark = 6, kClosing = 3;
  if (!document_) return {};
  const std::u32string& text = document_->text;
  std::uint32_t at = words.end;
  for (std::uint32_t back = 1; back <= kMark && back < words.size(); ++back)  // “……①”
    if (mark_end(words.end - back) == words.end) at = words.end - back;
  // Behind the marks that close the words.
  for (std::uint32_t n = 0;
       n < kClosing && at < text.size() && han::kind(text[at]) == han::Kind::mark && !opens_note(text[at]); ++n)
    ++at;
  const std::uint32_t end = mark_end(at);
  return end != 0 ? of_mark({at, end}) : bound(words.end, at);
}

std::uint32_t Notes::mark_end(std::uint32_t at) const {
  constexpr std::uint32_t kDigits = 6;
  const std::u32string& text = document_->text;
  if (at >= text.size() || !opens_note(text[at])) return 0;
  if (han::is_circled(text[at])) return at + 1;
  std::uint32_t end = at + 1;
  if (han::is_superscript(text[at])) {
    while (end < text.size() && end - at < kDigits && han::is_superscript(text[end])) ++end;
    return end;
  }
  if (end < text.size() && text[end] == U'^') ++end;
  const std::uint32_t digits = end;
  while (end < text.size() && end - digits < kDigits && han::is_digit(han::plain(text[end]))) ++end;
  if (end == digits || end >= text.size() || (text[end] != U']' && text[end] != U'〕' && text[end] != U'］'))
    return 0;
  return end + 1;
}

// The note of a mark is the next line after the words that begins with it: notes stand at the foot of a page or at
// the end. 同上 speaks of the note before it.
std::vector<Span> Notes::of_mark(Span mark) const {
  constexpr int kSame = 8;  // notes that a 同上 is followed through
  std::vector<Span> out;
  std::optional<std::size_t> line = line_of(document_->view(mark), mark.end);
  if (!line) return out;
  out.push_back(text_of(*line));
  const auto same = [&] { return is_same(text_of(*line), mark.size() + 3); };
  for (int n = 0; n < kSame && same(); ++n) {
    do {
      if (*line == 0) return out;
      --*line;
    } while (mark_end(first_of(*line)) == 0);
    if (!same()) out.push_back(text_of(*line));
  }
  return out;
}

std::vector<Span> Notes::bound(std::uint32_t first, std::uint32_t last) const {
  constexpr std::size_t kWithin = 6;
  std::vector<Span> out;
  const auto at = std::lower_bound(marks_.begin(), marks_.end(), first);
  const auto number = static_cast<std::size_t>(at - marks_.begin());
  if (at == marks_.end() || *at > last || number >= notes_.size()) return out;
  for (std::size_t n = number + 1; n-- > 0;) {
    const Span note{notes_[n].begin, std::min(notes_[n].end, notes_[n].begin + kLongest)};
    const bool same = is_same(note, kWithin);
    if (n == number || !same) out.push_back(note);
    if (!same) break;
  }
  return out;
}

bool Notes::is_same(Span note, std::size_t within) const {
  return document_->view(note).substr(0, within).find(U"同上") != std::u32string_view::npos;
}

std::optional<std::size_t> Notes::line_of(std::u32string_view mark, std::uint32_t after) const {
  const auto& starts = document_->line_starts;
  for (auto l = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), after) - starts.begin());
       l < starts.size(); ++l)
    if (document_->text.compare(first_of(l), mark.size(), mark) == 0) return l;
  return std::nullopt;
}

std::uint32_t Notes::first_of(std::size_t line) const {
  const std::u32string& text = document_->text;
  std::uint32_t at = document_->line_starts[line];
  while (at < text.size() && han::kind(text[at]) == han::Kind::blank && text[at] != U'\n') ++at;
  return at;
}

Span Notes::text_of(std::size_t line) const {
  const std::u32string& text = document_->text;
  const std::uint32_t begin = first_of(line);
  std::uint32_t end = begin;
  while (end < text.size() && text[end] != U'\n' && text[end] != U'\r' && end - begin < kLongest) ++end;
  return {begin, end};
}

}  // namespace suyuan
