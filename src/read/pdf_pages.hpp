// pdf_pages.hpp: the stages between the words of a PDF and its paragraphs, in their order; what each makes of the
// pages.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "read/pdf.hpp"
#include "read/pdf_piece.hpp"

namespace suyuan::pdf {

struct Type {           // what the running text is set in
  float body = 10;      // em
  float ratio = 1.25F;  // height of a box in em
};

struct Row {  // what stands at one height over the whole width
  float y = 0, x0 = 0, x1 = 0, em = 0;
  std::vector<std::size_t> pieces;
  std::u32string text, key;
  bool furniture = false;
};

struct SetPage {
  float width = 0, height = 0;
  std::vector<Piece> pieces;
  std::vector<Row> rows;                         // of the two margins
  std::vector<std::pair<float, Piece>> margins;  // furniture, by height
  std::vector<Piece> aside;                      // turned against the page
  std::string label;
  bool printed = false;
};

struct Leaf {  // a column, or what stands over several
  std::size_t page = 0;
  std::vector<Piece> lines;
  float left = 0, right = 0, pitch = 0;
  bool cell = false;  // of a table: its edges are known, and it goes on nowhere else
};

Type measure(const std::vector<PdfPage>& pages);

// pdf_pieces.cpp: the words of a page, which are used up, as pieces. Pages that run down are turned; readings over
// characters and words that run otherwise are set aside. Says in `told` which pages did.
SetPage set_pieces(PdfPage& page, std::size_t number, Type type, PdfText& told);

// pdf_margins.cpp: takes running heads and page numbers out of the pieces; then the label of each page, printed,
// counted on from its neighbours, or as the file calls it.
void find_margins(std::vector<SetPage>& pages, float body);
void find_labels(std::vector<SetPage>& pages, const std::vector<PdfPage>& given, PdfText& told);

// pdf_leaves.cpp: the pieces, which are used up, as columns and cells in reading order, with their edges.
struct Leaves {
  std::vector<Leaf> all;
  float indent = 0;  // of first lines; 0 where paragraphs are not indented
};
Leaves find_leaves(std::vector<SetPage>& pages, float body, PdfText& told);

}  // namespace suyuan::pdf
