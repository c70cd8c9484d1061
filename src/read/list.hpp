// list.hpp: a list of quotations: a table whose rows are quotations with what is claimed of their sources.
//
// One document: the quotations, a paragraph for each line of their cells, and behind them what is claimed of each,
// bound to it as a note is to the words it stands at. Places are row and cell. The columns are known by the words
// of the first row that names them (data/lexicons/fields.tsv), which may stand below a title.
//
// A table amid a text may be one too: then the text stays what it is, and markup says which cells are quotations
// and which say whose.
#pragma once

#include <array>
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

// A table amid a text, row by row.
class TableOfQuotations {
 public:
  // `cells`: where they stand in `text`, without what parts them.
  void row(std::u32string_view text, const std::vector<Span>& cells, std::vector<Markup>& to);
  bool is_list() const { return !columns_[0].empty(); }

 private:
  std::size_t rows_ = 0;
  std::array<std::vector<std::size_t>, 2> columns_;  // of the quotations, of their speakers
};

// The tables of a text that is read element by element, inside each other too. `at`: the text's length there.
class Tables {
 public:
  void begin() { open_.emplace_back(); }
  void end() {
    if (!open_.empty()) open_.pop_back();
  }
  void begin_cell(std::uint32_t at) {
    if (!open_.empty()) open_.back().cells.push_back({at, at});
  }
  void end_cell(std::uint32_t at) {
    if (!open_.empty() && !open_.back().cells.empty()) open_.back().cells.back().end = at;
  }
  void end_row(std::u32string_view text, std::vector<Markup>& to) {
    if (open_.empty()) return;
    open_.back().table.row(text, open_.back().cells, to);
    open_.back().cells.clear();
  }

 private:
  struct Open {
    TableOfQuotations table;
    std::vector<Span> cells;
  };
  std::vector<Open> open_;
};

// The rows of tables in a plain text, whose cells | parts. Adds to the document's markup.
void mark_tables(Document& document);

// The sheets of a workbook that are lists of quotations.
void read_workbook(Intake& to, Package& package);

}  // namespace suyuan
