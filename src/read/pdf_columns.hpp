// pdf_columns.hpp: where pieces of a page stand in two columns. A gutter is an edge at which many lines begin and
// that few cross; the lines that cross it (titles over both columns) divide the page into bands.
#pragma once

#include <cstddef>
#include <vector>

#include "read/pdf_piece.hpp"

namespace suyuan::pdf {

struct Gutter {
  float x = 0;
  std::size_t score = 0, crossing = 0;  // no score: there is none
};

// Pieces that stand over several columns although they cross no gutter: titles over three lie in the middle one
// alone, centred over all, with nothing beside them. `body`: the size of most letters of the file.
std::vector<bool> spanning_of(const std::vector<Piece>& pieces, float body);

// The edge that parts the pieces best. REQUIRES: pieces in order of height
Gutter best_gutter(const std::vector<Piece>& pieces, const std::vector<bool>& spanning, float body);

}  // namespace suyuan::pdf
