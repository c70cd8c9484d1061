// pdf_tables.hpp: rows of several pieces that keep the same free columns between them, whose cells do not run on
// from row to row as the lines of columns of text do.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "read/pdf_piece.hpp"

namespace suyuan::pdf {

using Rows = std::vector<std::vector<Piece>>;  // each from left to right

// REQUIRES: pieces in order of height
Rows rows_of(std::vector<Piece> pieces);

struct Table {
  using Range = std::pair<float, float>;
  bool holds = false;   // whether it is one
  std::size_t end = 0;  // past the last row that keeps its columns, table or not
  std::vector<Range> columns;
  std::vector<std::size_t> begins;  // rows at which the table's own rows begin
  bool spaced = false;              // they stand apart

  std::size_t column_of(const Piece& piece) const;
};

// From a row on. `body`: the size of most letters of the file.
Table table_from(const Rows& rows, std::size_t first, float body);

}  // namespace suyuan::pdf
