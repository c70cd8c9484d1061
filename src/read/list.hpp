// list.hpp: a list of quotations: a table whose rows are quotations with what is claimed of their sources.
//
// One document: the quotations, a paragraph for each line of their cells, and behind them what is claimed of each,
// bound to it as a note is to the words it stands at. Places are row and cell. The columns are known by the words
// of the first row that names them (data/lexicons/fields.tsv), which may stand below a title.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/decode.hpp"
#include "read/intake.hpp"
#include "read/zip.hpp"

namespace suyuan {

// What parts the cells of a list of quotations in CSV; nothing where `head` begins none. A table with a column of
// text is a corpus, not a list.
std::optional<char> list_separator(std::string_view head, std::string_view name);

void read_list(Intake& to, Decoded& decoded, char separator);

// The sheets of a workbook that are lists of quotations.
void read_workbook(Intake& to, Package& package);

}  // namespace suyuan
