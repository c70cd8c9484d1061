// pdf.hpp: a PDF → its text by paragraphs, each printed line with its page and line.
//
// pdftotext, in a child process under limits, gives each word of each page with its box; the rest is geometry:
// pdf.cpp reads what it says, pdf_layout.cpp makes paragraphs of it, by the stages of pdf_pages.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read/intake.hpp"

namespace suyuan {

bool is_pdf(std::string_view bytes);

void read_pdf(Intake& to, const std::string& bytes);

// Points from the upper left corner of the page.
struct PdfWord {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  std::u32string text;
};

struct PdfPage {
  float width = 0, height = 0;
  std::vector<std::vector<PdfWord>> lines;  // as pdftotext groups words; no order is relied on
  std::string label;                        // what the file calls it; empty where it does not
};

// What pdftotext -bbox-layout writes, piece by piece; pages are taken apart as they are complete.
class PdfPages {
 public:
  // False once there is more than may be held.
  bool take(std::string_view piece);

  std::vector<PdfPage> pages;
  bool too_large() const { return too_large_; }

 private:
  void page(const std::string& xml);

  std::string pending_;
  std::size_t words_ = 0, characters_ = 0;
  bool too_large_ = false;
};

// Whether the file has labels of pages, as far as its objects can be looked into.
bool has_page_labels(std::string_view bytes);

// What pdftops writes, piece by piece, for the labels of the pages in it.
class PageLabels {
 public:
  explicit PageLabels(std::size_t pages) : pages_(pages) {}
  // False once all pages have theirs.
  bool take(std::string_view piece);

  std::vector<std::string> labels;

 private:
  void line();

  std::size_t pages_;
  std::string line_;
  bool done_ = false;
};

struct PdfText {
  std::u32string text;
  std::vector<Anchor> anchors;
  std::vector<PageStart> pages;
  std::vector<Markup> markup;
  std::size_t mended = 0;              // words that were hyphenated
  std::size_t labelled = 0;            // pages without a printed number that are called as the file calls them
  std::vector<std::size_t> vertical;   // pages whose lines run from top to bottom
  std::vector<std::size_t> mixed;      // pages of which only a part does so; that part is not read in its order
  std::vector<std::size_t> turned;     // pages with words that run otherwise than the page; those are set aside
  std::vector<std::size_t> unordered;  // pages too crowded to seek columns on
};

// Lines, columns in reading order, paragraphs over lines, columns and pages. What stands in the margins of several
// pages alike, and page numbers, is furniture.
PdfText lay_out(std::vector<PdfPage> pages);

}  // namespace suyuan
