// table.hpp: the rows of CSV and TSV, and where each cell stands in the file.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/decode.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

// Line and column, carried forward over the text once.
class CellPlace {
 public:
  explicit CellPlace(std::string_view text) : text_(text) {}

  std::uint32_t line = 1, column = 1;

  void go(std::size_t to) {
    for (std::size_t next; (next = text_.substr(at_, to - at_).find('\n')) != text_.npos; at_ += next + 1) {
      ++line;
      column = 1;
    }
    column += static_cast<std::uint32_t>(count_characters(text_.substr(at_, to - at_)));
    at_ = to;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

inline constexpr std::size_t kMaxColumns = 1000;

// A cell of a table: its text, and where it stands in the file.
struct Cell {
  std::string text;
  std::vector<Anchor> anchors;
  std::size_t counted = 0;  // bytes of text, and the characters they hold
  std::size_t characters = 0;
};

// Rows of RFC 4180: cells in quotation marks may hold commas, line breaks and doubled marks.
class Rows {
 public:
  Rows(std::string_view text, char comma) : text_(text), comma_(comma), place_(text) {}

  bool done() const { return at_ >= text_.size(); }
  std::uint32_t line() const { return row_line_; }
  std::size_t start() const { return row_start_; }
  std::size_t width() const { return width_; }  // cells of the last row, those past kMaxColumns too

  // The next row; false where a quotation mark is never closed. Anchors are made for the column asked for.
  bool next(std::vector<Cell>& cells, std::size_t wanted) {
    cells.clear();
    place_.go(at_);
    row_line_ = place_.line;
    row_start_ = at_;
    width_ = 0;
    while (true) {
      if (++width_ <= kMaxColumns) cells.emplace_back();
      Cell& cell = cells.back();
      const bool anchored = cells.size() - 1 == wanted;
      if (at_ < text_.size() && text_[at_] == '"') {
        ++at_;
        anchor(cell, anchored);
        while (true) {
          const std::size_t stop = text_.find_first_of("\"\n", at_);
          if (stop == text_.npos) return false;
          cell.text += text_.substr(at_, stop - at_);
          at_ = stop + 1;
          if (text_[stop] == '\n') {
            cell.text += '\n';
            anchor(cell, anchored);
          } else if (at_ < text_.size() && text_[at_] == '"') {
            cell.text += '"';
            ++at_;
            anchor(cell, anchored);
          } else {
            break;
          }
        }
      } else {
        anchor(cell, anchored);
      }
      // What follows a closing mark, or a cell without marks.
      const std::array<char, 3> ends{comma_, '\n', '\0'};
      std::size_t stop = std::min(text_.find_first_of(ends.data(), at_), text_.size());
      cell.text += text_.substr(at_, stop - at_);
      at_ = stop;
      const bool more = at_ < text_.size() && text_[at_] == comma_;
      if (!more && !cell.text.empty() && cell.text.back() == '\r') cell.text.pop_back();
      if (at_ < text_.size()) ++at_;
      if (!more) return true;
    }
  }

 private:
  void anchor(Cell& cell, bool anchored) {
    if (!anchored) return;
    place_.go(at_);
    cell.characters += count_characters(std::string_view(cell.text).substr(cell.counted));
    cell.counted = cell.text.size();
    cell.anchors.push_back({static_cast<std::uint32_t>(cell.characters), place_.line, place_.column, 1});
  }

  std::string_view text_;
  char comma_;
  std::size_t at_ = 0, row_start_ = 0, width_ = 0;
  std::uint32_t row_line_ = 1;
  CellPlace place_;
};

}  // namespace suyuan
