// notes.hpp: the notes of a draft, and which of them speak of quoted words.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "suyuan/read.hpp"

namespace suyuan {

// Whether a note's mark can begin with it: ①, [1], 〔1〕, [^1], ¹.
bool opens_note(char32_t c);

class Notes {
 public:
  Notes() = default;  // none
  // REQUIRES: the document outlives it
  explicit Notes(const Document& document);

  // What the note says whose mark stands behind the words or at their end, up to 400 characters; where it says
  // 同上, the notes before it too, up to the one that is meant.
  std::vector<Span> of(Span words) const;

 private:
  // Where a mark that begins at `at` ends, 0 where none does.
  std::uint32_t mark_end(std::uint32_t at) const;
  std::vector<Span> of_mark(Span mark) const;
  // The note that the form of the draft binds to a place: its mark stands in [first, last].
  std::vector<Span> bound(std::uint32_t first, std::uint32_t last) const;
  bool is_same(Span note, std::size_t within) const;  // 同上, in its first characters
  std::optional<std::size_t> line_of(std::u32string_view mark, std::uint32_t after) const;
  std::uint32_t first_of(std::size_t line) const;
  Span text_of(std::size_t line) const;

  const Document* document_ = nullptr;
  std::vector<std::uint32_t> marks_;  // that the form of the document binds
  std::vector<Span> notes_;           // each of the mark of its number
};

}  // namespace suyuan
