// verify_grid.hpp: two texts set in a grid, one Han character a cell: made of a corpus, written as JSON, read back.
#pragma once

#include <string_view>
#include <vector>

#include "report/works_json.hpp"
#include "suyuan/verify.hpp"

namespace suyuan {

// One column; 0 where that text has nothing. The mark is a class of difference: ' ' none, '!' sensitive,
// '~' punctuation or numeral, 'o' form, '-' the draft leaves out, '+' it adds, 'x' it replaces, '>' it moves.
struct GridCell {
  char32_t base = 0, draft = 0;
  char mark = ' ';
  bool context = false;  // stands outside the quotation
};

// A source beside the quotation, with `around` letters of both texts before and after.
std::vector<GridCell> grid(const Corpus& corpus, const Finding& finding, const Source& source,
                           std::uint32_t around);

// Runs of columns of one kind: {"base", "draft"}, of equal length or one of them empty, with "mark" (sensitive,
// punctuation, form, omit, add, substitute, move) where the texts differ there and "context": true outside the
// quotation. Of a finished grid nothing is lost.
Json grid_json(const std::vector<GridCell>& cells);
std::vector<GridCell> grid_of(const Json& collation);

}  // namespace suyuan
