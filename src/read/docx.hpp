// docx.hpp: a Word document → its text as accepted: insertions in, deletions out, results of fields, no hidden
// text.
//
// Headers and footers of pages, comments and the numbers that Word counts itself are not read.
#pragma once

#include <string>
#include <vector>

#include "read/flow.hpp"
#include "read/intake.hpp"
#include "read/zip.hpp"

namespace suyuan {

// The name of the part that holds the text; empty where the package is no Word document.
std::string docx_main_part(Package& package);

void read_docx(Intake& to, Package& package);

// Where the characters of the text stand in the part that holds it, for those who write into it. Pieces: `at` is
// the byte of the first character, `run` that of the outermost run's name, behind its "<".
struct DocxPlaces {
  std::string part;  // its name
  std::string xml;
  std::vector<FlowPiece> pieces;  // of the text without the notes, in order
  std::vector<Flow::Mark> marks;
};
Result<DocxPlaces> docx_places(Package& package, const std::string& source);

// The name of the part that `part` relates to by a type that ends so ("/comments"); empty where there is none.
std::string related_part(Package& package, const std::string& part, std::string_view type);
std::string relations_of(const std::string& part);  // the name of the part that lists them

}  // namespace suyuan
