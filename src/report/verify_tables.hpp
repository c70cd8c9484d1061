// verify_tables.hpp: the tables of a report of `verify`, as CSV, as a page and as a workbook show them.
#pragma once

#include <string>
#include <vector>

#include "report/verify_view.hpp"

namespace suyuan {

struct VerifyTable {
  struct Column {
    const char* key;  // of its label
    int width;        // of a printed line, in hundredths
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // a cell for each column, as read
};

// 引文核对表: every quotation, with all that is known of it.
VerifyTable quotation_table(const VerifyView& view);
// 质疑单: what the author has to answer; nobody has decided it.
VerifyTable query_table(const VerifyView& view);
// 勘误表: confirmed errors alone.
VerifyTable errata_table(const VerifyView& view);

// Errors as counted, where they were.
std::string points_in_words(const VerifyView& view);

// 引文核对表：题
std::string verify_title(const VerifyView& view);

// What the findings rest on: the drafts, the library, what is cited, the version, the options.
struct Basis {
  const char* key;  // of its label
  std::string text, sha256, more;
};
std::vector<Basis> grounds(const VerifyView& view);

}  // namespace suyuan
