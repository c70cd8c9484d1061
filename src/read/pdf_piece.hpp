// pdf_piece.hpp: what a PDF page is set from: words without a blank between them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace suyuan::pdf {

inline bool is_wide(char32_t c) { return c >= 0x2E80; }

struct Piece {
  float x0 = 0, x1 = 0, y = 0;  // y: the middle
  float em = 0, height = 0;
  float first_word = 0;  // its width
  std::u32string text;
};

// Puts a word behind a piece of its line, with a blank where one stands between them.
void append_word(Piece& to, const std::u32string& text, float x0, float x1);

template <class T>
T median(std::vector<T> values, T otherwise) {
  if (values.empty()) return otherwise;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace suyuan::pdf
