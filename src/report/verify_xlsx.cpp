// The verdicts on a draft as a workbook: 引文核对表, 质疑单, 勘误表, and what they rest on.
#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "read/child.hpp"
#include "report/verify_tables.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kLongestCell = 32'000;  // UTF-16 units; a spreadsheet takes 32,767
constexpr int kLineWidth = 150;  // characters of a printed line, over which the columns' hundredths are laid

// The text of a cell: what XML cannot hold is shown by a sign of its own; the notation in which spreadsheets write
// such characters is kept from being taken for one.
std::string cell(const std::string& utf8, const VerifyView& view) {
  std::u32string out;
  std::size_t units = 0;
  const std::u32string text = from_utf8(utf8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (units > kLongestCell) {
      out += U"… (" + from_utf8(std::to_string(text.size() - i) + " " + view.say("characters left out")) + U")";
      break;
    }
    units += c > 0xFFFF ? 2 : 1;
    const auto hex = [&](std::size_t at) {
      return at < text.size() && text[at] < 0x80 && std::isxdigit(static_cast<int>(text[at])) != 0;
    };
    if (c < 0x20 && c != U'\n' && c != U'\t')
      out += c == U'\r' ? U' ' : 0x2400 + c;
    else if (c == 0x7F)
      out += 0x2421;
    else if ((c >= 0xFFFE && c <= 0xFFFF) || (c >= 0xD800 && c <= 0xDFFF))
      out += 0xFFFD;
    else if (c == U'_' && i + 6 < text.size() && text[i + 1] == U'x' && hex(i + 2) && hex(i + 3) && hex(i + 4) &&
             hex(i + 5) && text[i + 6] == U'_')
      out += U"_x005F_";
    else
      out += c;
  }
  return to_utf8(out);
}

class Workbook {
 public:
  Workbook(const std::string& path, const std::string& folder, const VerifyView& view)
      : view_(view), folder_(folder) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_FALSE;
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) return;
    lxw_doc_properties properties{};
    std::string title = verify_title(view), program = "suyuan";
    properties.title = title.data();
    properties.author = program.data();
    properties.created = 315532800;  // 1980-01-01: the same report gives the same file
    workbook_set_properties(book_, &properties);
    text_ = format(false);
    head_ = format(true);
    title_ = workbook_add_format(book_);
    format_set_bold(title_);
    format_set_font_size(title_, 14);
    for (const auto& [level, colour] : {std::pair{"fix", 0xFDEAEA}, {"check", 0xFFF3DC}, {"note", 0xE8EEF8}})
      levels_.emplace_back(view.say(level), static_cast<lxw_color_t>(colour));
  }

  bool good() const { return book_ != nullptr && good_; }

  // `filtered`: with buttons to sort and choose by, and on paper twice as large.
  void table(const char* key, const VerifyTable& table, bool filtered, const std::string& below) {
    lxw_worksheet* sheet = add(key);
    if (sheet == nullptr) return;
    const auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
    std::vector<double> widths;
    for (lxw_col_t c = 0; c <= last; ++c) {
      widths.push_back(std::max(6.0, table.columns[c].width * kLineWidth * (filtered ? 2.0 : 1.0) / 100));
      worksheet_set_column(sheet, c, c, widths.back(), nullptr);
    }
    std::vector<std::string> names;
    for (const VerifyTable::Column& column : table.columns) names.push_back(view_.say(column.key));
    height(sheet, 0, names, widths);
    for (lxw_col_t c = 0; c <= last; ++c) put(sheet, 0, c, names[c], head_);
    lxw_row_t row = 1;
    for (const auto& cells : table.rows) {
      height(sheet, row, cells, widths);
      for (lxw_col_t c = 0; c <= last; ++c)
        if (c == 0)
          note(worksheet_write_number(sheet, row, c, std::stod(cells[c]), text_));
        else
          put(sheet, row, c, cells[c], text_);
      ++row;
    }
    if (filtered && !table.rows.empty()) {
      note(worksheet_autofilter(sheet, 0, 0, row - 1, last));
      colour(sheet, table, row);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    note(worksheet_repeat_rows(sheet, 0, 0));
    if (!below.empty()) put(sheet, row + 1, 0, below, nullptr);
    print(sheet, filtered ? 8 : 9);  // A3, A4
  }

  void about() {
    lxw_worksheet* sheet = add("rests on");
    if (sheet == nullptr) return;
    worksheet_set_column(sheet, 0, 0, 14, nullptr);
    worksheet_set_column(sheet, 1, 1, 70, nullptr);
    worksheet_set_column(sheet, 2, 2, 76, nullptr);
    put(sheet, 0, 0, verify_title(view_), title_);
    lxw_row_t row = 2;
    for (const Basis& g : grounds(view_)) {
      const std::string text = g.text + (g.more.empty() ? "" : "\n" + g.more);
      height(sheet, row, {view_.say(g.key), text}, {14, 70});
      put(sheet, row, 0, view_.say(g.key), head_);
      put(sheet, row, 1, text, text_);
      put(sheet, row, 2, g.sha256.empty() ? "" : "SHA-256 " + g.sha256, text_);
      ++row;
    }
    print(sheet, 9);
  }

  // True once the file is whole.
  bool close() {
    if (book_ == nullptr) return false;
    const bool closed = workbook_close(book_) == LXW_NO_ERROR;
    book_ = nullptr;
    return closed && good_;
  }

 private:
  lxw_format* format(bool head) {
    lxw_format* out = workbook_add_format(book_);
    format_set_font_name(out, "宋体");
    format_set_font_size(out, 10);
    format_set_text_wrap(out);
    format_set_align(out, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(out, LXW_BORDER_THIN);
    if (head) {
      format_set_bold(out);
      format_set_bg_color(out, 0xEEEEEE);
    }
    return out;
  }

  void note(lxw_error error) { good_ = good_ && error == LXW_NO_ERROR; }

  lxw_worksheet* add(const char* key) {
    lxw_worksheet* sheet = book_ == nullptr ? nullptr : workbook_add_worksheet(book_, view_.say(key).c_str());
    good_ = good_ && sheet != nullptr;
    return sheet;
  }

  // As high as its wrapped cells are: not every program measures them.
  void height(lxw_worksheet* sheet, lxw_row_t row, const std::vector<std::string>& cells,
              const std::vector<double>& widths) {
    constexpr double kLine = 14, kMost = 409;  // points
    double lines = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      double here = 1, at = 0;
      for (const char32_t x : from_utf8(cells[c])) {
        const double width = x == U'\n' ? 0 : x < 0x1100 ? 1 : 2;
        if (x == U'\n' || at + width > widths[c] - 1) {
          ++here;
          at = 0;
        }
        at += width;
      }
      lines = std::max(lines, here);
    }
    note(worksheet_set_row(sheet, row, std::min(kMost, lines * kLine + 4), nullptr));
  }

  // Always as text: what begins with = is no formula.
  void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* as) {
    note(worksheet_write_string(sheet, row, column, cell(text, view_).c_str(), as));
  }

  // The level's cell by its words, so that sorting and editing keep it right.
  void colour(lxw_worksheet* sheet, const VerifyTable& table, lxw_row_t end) {
    for (lxw_col_t c = 0; c < table.columns.size(); ++c) {
      if (std::string_view(table.columns[c].key) != "column level") continue;
      for (auto& [words, colour] : levels_) {
        lxw_format* shade = workbook_add_format(book_);
        format_set_bg_color(shade, colour);
        lxw_conditional_format rule{};
        std::string quoted = "\"" + words + "\"";
        rule.type = LXW_CONDITIONAL_TYPE_CELL;
        rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
        rule.value_string = quoted.data();
        rule.format = shade;
        note(worksheet_conditional_format_range(sheet, 1, c, end - 1, c, &rule));
      }
    }
  }

  void print(lxw_worksheet* sheet, std::uint8_t paper) {
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, paper);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
    // &A is the sheet's name, &P and &N page and pages.
    note(worksheet_set_footer(sheet, "&L&A&R&P / &N"));
  }

  const VerifyView& view_;
  std::string folder_;
  lxw_workbook* book_ = nullptr;
  lxw_format *text_ = nullptr, *head_ = nullptr, *title_ = nullptr;
  std::vector<std::pair<std::string, lxw_color_t>> levels_;
  bool good_ = true;
};

}  // namespace

void write_verify_xlsx(std::ostream& out, const Report& report, Language language) {
  const VerifyView view(report, language);
  const TemporaryFolder folder;
  if (!folder.ok()) return out.setstate(std::ios::badbit);
  const std::string path = folder.path() + "/out.xlsx";
  Workbook book(path, folder.path(), view);
  book.table("table of quotations", quotation_table(view), true, "");
  const VerifyTable queries = query_table(view), errata = errata_table(view);
  book.table("queries", queries, false, queries.rows.empty() ? view.say("no queries") : "");
  book.table("errata", errata, false, errata.rows.empty() ? view.say("none confirmed") : points_in_words(view));
  book.about();
  const bool whole = book.close();
  std::ifstream file(path, std::ios::binary);
  if (whole && file)
    out << file.rdbuf();
  else
    out.setstate(std::ios::badbit);
}

}  // namespace suyuan
