#include "read/list.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

#include "base/data.hpp"
#include "base/han.hpp"
#include "read/docx.hpp"
#include "read/files.hpp"
#include "read/table.hpp"
#include "read/xml.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kHeadRows = 5;          // of which one names the columns
constexpr std::size_t kMaxRows = 1 << 20;     // of a sheet, as spreadsheets have them
constexpr std::size_t kMaxCells = 2'000'000;  // of a sheet, empty ones beside others too

enum Sense : std::size_t { s_quotation, s_speaker, s_source, s_date, s_page, s_text, s_count };
constexpr std::array<std::string_view, s_count> kSenses{"quotation", "list-speaker", "list-source",
                                                        "list-date", "list-page",    "text"};

using Cells = std::vector<std::string>;

// A heading without what brackets add to it, and its colon: 引文（照录）：.
std::string heading(std::string_view cell) {
  for (const std::string_view open : {"（", "(", "：", ":"})
    if (const std::size_t at = cell.find(open); at != cell.npos && at > 0) cell = cell.substr(0, at);
  std::string out;
  for (const char c : cell) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!out.empty() && blank(out.back())) out.pop_back();
  std::size_t from = 0;
  while (from < out.size() && blank(out[from])) ++from;
  return out.substr(from);
}

std::array<std::vector<std::size_t>, s_count> columns_of(const Cells& head) {
  static const auto kNames = [] {
    std::array<std::vector<std::string>, s_count> out;
    for (const auto& row : data::rows(data::fields()))
      for (std::size_t s = 0; s < s_count; ++s)
        if (row.at(0) == kSenses[s]) out[s].emplace_back(row.at(1));
    return out;
  }();
  std::array<std::vector<std::size_t>, s_count> out;
  for (std::size_t c = 0; c < head.size(); ++c) {
    const std::string name = heading(head[c]);
    for (std::size_t s = 0; s < s_count; ++s)
      if (std::find(kNames[s].begin(), kNames[s].end(), name) != kNames[s].end()) {
        out[s].push_back(c);
        break;
      }
  }
  return out;
}

// Whether the row names the columns of a list; one column alone only in a file that its name calls a table.
bool names_columns(const std::array<std::vector<std::size_t>, s_count>& columns, bool named) {
  std::size_t known = 0;
  for (const auto& of : columns) known += !of.empty();
  return !columns[s_quotation].empty() && columns[s_text].empty() && (known >= 2 || named);
}

bool is_blank(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return han::kind(c) == han::Kind::blank; });
}

std::u32string trimmed(std::u32string_view text) {
  while (!text.empty() && han::kind(text.back()) == han::Kind::blank) text.remove_suffix(1);
  while (!text.empty() && han::kind(text.front()) == han::Kind::blank) text.remove_prefix(1);
  return std::u32string(text);
}

// 2024-3-6, 2024/3/6, 2024.3, 20240306 as Chinese writes days; anything else as it stands.
std::u32string day_in_words(const std::u32string& text) {
  std::vector<std::u32string> numbers(1);
  for (const char32_t c : text)
    if (han::is_digit(c))
      numbers.back() += c;
    else if (c == U'-' || c == U'/' || c == U'.')
      numbers.emplace_back();
    else
      return text;
  if (numbers.size() == 1 && numbers[0].size() == 8)
    numbers = {numbers[0].substr(0, 4), numbers[0].substr(4, 2), numbers[0].substr(6)};
  if (numbers[0].size() != 4 || numbers.size() > 3) return text;
  static constexpr std::u32string_view kUnits = U"年月日";
  std::u32string out;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::u32string number = numbers[i];
    if (number.empty() || (i > 0 && number.size() > 2)) return text;
    while (number.size() > 1 && number.front() == U'0') number.erase(0, 1);
    out += number + kUnits[i];
  }
  return out;
}

// 12, P12, 12-13 → 第12页.
std::u32string page_in_words(const std::u32string& text) {
  if (text.find(U'页') != text.npos || text.find(U'頁') != text.npos) return text;
  const auto digit = [](char32_t c) { return han::is_digit(c); };
  const auto from = std::find_if(text.begin(), text.end(), digit);
  const auto to = std::find_if_not(from, text.end(), digit);
  return from == to ? text : U"第" + std::u32string(from, to) + U"页";
}

// A publication, a title or an occasion without its marks, up to a number, a blank or a stop.
std::u32string source_in_marks(const std::u32string& text) {
  if (text.find(U'《') != text.npos) return text;
  std::size_t end = 0;
  while (end < text.size() && han::kind(text[end]) == han::Kind::letter && !han::is_digit(text[end])) ++end;
  if (end < 2) return text;
  return U"《" + text.substr(0, end) + U"》" + text.substr(end);
}

char32_t closer_of(char32_t open) { return open == U'"' ? open : han::closer_of(open); }

class ListBuilder {
 public:
  explicit ListBuilder(Document& document) : document_(document) {}

  std::size_t rows = 0;

  bool head(const Cells& cells, bool named) {
    columns_ = columns_of(cells);
    return names_columns(columns_, named);
  }

  void row(std::uint32_t number, const Cells& cells) {
    const std::size_t column = columns_[s_quotation].front();
    if (column >= cells.size()) return;
    std::u32string words = from_utf8(cells[column]);
    if (is_blank(words)) return;
    ++rows;
    document_.anchors.push_back({end(), number, static_cast<std::uint32_t>(column + 1), 0});
    for (char32_t& c : words)
      if (c == U'\r') c = U' ';
    std::size_t from = 0, to = words.size();
    while (to > from && han::kind(words[to - 1]) == han::Kind::blank) --to;
    while (from < to && han::kind(words[from]) == han::Kind::blank) ++from;
    // What stands between the marks is quoted.
    if (to - from > 2 && closer_of(words[from]) == words[to - 1] && words.find(words[to - 1], from + 1) == to - 1)
      ++from, --to;
    const std::uint32_t begin = end();
    document_.text += words + U'\n';
    const auto offset = [&](std::size_t at) { return begin + static_cast<std::uint32_t>(at); };
    document_.markup.push_back({{offset(from), offset(to)}, Markup::Kind::quotation, 0});

    Claims claims{offset(to), {}};
    for (const Sense sense : {s_speaker, s_source, s_date, s_page})
      for (const std::size_t c : columns_[sense]) {
        if (c >= cells.size()) continue;
        std::u32string said = trimmed(from_utf8(cells[c]));
        std::replace_if(
            said.begin(), said.end(), [](char32_t x) { return x == U'\n' || x == U'\r'; }, U' ');
        if (said.empty()) continue;
        if (sense == s_source) said = source_in_marks(said);
        if (sense == s_date) said = day_in_words(said);
        if (sense == s_page) said = page_in_words(said);
        claims.said.push_back({sense, number, static_cast<std::uint32_t>(c + 1), std::move(said)});
      }
    if (!claims.said.empty()) claims_.push_back(std::move(claims));
  }

  void close() {
    for (const Claims& claims : claims_) {
      document_.markup.push_back({{claims.at, claims.at}, Markup::Kind::note_mark, 0});
      const std::uint32_t begin = end();
      for (const Said& said : claims.said) {
        document_.anchors.push_back({end(), said.row, said.column, 0});
        const std::uint32_t from = end();
        document_.text += said.text;
        if (said.sense == s_speaker) document_.markup.push_back({{from, end()}, Markup::Kind::speaker, 0});
        document_.text += U'\n';
      }
      document_.markup.push_back({{begin, end() - 1}, Markup::Kind::note, 0});
    }
    std::stable_sort(document_.markup.begin(), document_.markup.end(), [](const Markup& a, const Markup& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
  }

 private:
  struct Said {
    Sense sense;
    std::uint32_t row, column;
    std::u32string text;
  };
  struct Claims {
    std::uint32_t at;
    std::vector<Said> said;
  };
  std::uint32_t end() const { return static_cast<std::uint32_t>(document_.text.size()); }

  Document& document_;
  std::array<std::vector<std::size_t>, s_count> columns_;
  std::vector<Claims> claims_;
};

Cells cells_of(const std::vector<Cell>& row) {
  Cells out;
  for (const Cell& cell : row) out.push_back(cell.text);
  return out;
}

constexpr std::array<char, 3> kSeparators{',', '\t', ';'};

bool is_named(std::string_view name) { return name_ends(name, ".csv") || name_ends(name, ".tsv"); }

// Days of a spreadsheet count from the end of 1899, with a 29 February 1900 that never was; or from 1904.
std::string day_of_serial(double serial, bool from_1904) {
  if (!(serial >= 61) || serial > 2'958'465) return {};
  std::int64_t days = static_cast<std::int64_t>(serial) - (from_1904 ? 24107 : 25569);  // since 1970
  days += 719'468;                                                                      // civil days, Hinnant
  const std::int64_t era = days / 146'097, of_era = days - era * 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * shifted + 2) / 5 + 1, month = shifted < 10 ? shifted + 3 : shifted - 9;
  return std::to_string(year_of_era + era * 400 + (month <= 2)) + "-" + std::to_string(month) + "-" +
         std::to_string(day);
}

struct CellName {
  std::uint32_t row = 0, column = 0;  // from 0
};
std::optional<CellName> cell_name(std::string_view name) {
  CellName out;
  std::size_t i = 0;
  for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z' && i < 3; ++i)
    out.column = out.column * 26 + static_cast<std::uint32_t>(name[i] - 'A' + 1);
  const auto [end, error] = std::from_chars(name.data() + i, name.data() + name.size(), out.row);
  if (i == 0 || error != std::errc() || end != name.data() + name.size() || out.row == 0 || out.row > kMaxRows ||
      out.column > kMaxColumns)
    return std::nullopt;
  --out.row, --out.column;
  return out;
}

class Workbook {
 public:
  Workbook(Intake& to, Package& package) : to_(to), package_(package) {}

  std::optional<Error> read() {
    const std::string book = related_part(package_, "", "/officeDocument");
    pugi::xml_document tree;
    if (auto error = load(book.empty() ? "xl/workbook.xml" : book, tree)) return error;
    from_1904_ = xml::value(xml::child(tree.document_element(), "workbookPr"), "date1904") == "1";
    if (const std::string name = related_part(package_, book, "/sharedStrings"); !name.empty()) {
      pugi::xml_document strings;
      if (auto error = load(name, strings)) return error;
      for (const pugi::xml_node item : strings.document_element().children()) shared_.push_back(said(item));
    }
    if (const std::string name = related_part(package_, book, "/styles"); !name.empty()) {
      pugi::xml_document styles;
      if (auto error = load(name, styles)) return error;
      find_dates(styles.document_element());
    }
    std::vector<std::pair<std::string, std::string>> sheets;
    for (const pugi::xml_node sheet : xml::child(tree.document_element(), "sheets").children())
      sheets.emplace_back(std::string(xml::value(sheet, "name")), relation(book, sheet));
    std::size_t lists = 0;
    for (const auto& [name, part] : sheets) {
      if (part.empty() || !package_.has(part)) {
        to_.say(Severity::error, "damaged-package", "the sheet \"" + name + "\" is not in the workbook",
                std::nullopt, "save the file again");
        continue;
      }
      pugi::xml_document sheet;
      if (auto error = load(part, sheet)) return error;
      lists += read_sheet(sheet.document_element(), sheets.size() > 1 ? name : std::string());
    }
    if (lists == 0)
      return Error{"bad-table", "no sheet of the workbook has a row that names a column of quotations", "",
                   std::nullopt, "name the columns 引文 and 出处 (quotation, source); save other tables as .csv"};
    return std::nullopt;
  }

 private:
  std::optional<Error> load(const std::string& name, pugi::xml_document& to) {
    Result<pugi::xml_document> parsed = xml::parse(package_, to_.name(), name);
    if (!parsed) return parsed.error();
    to = *std::move(parsed);
    return std::nullopt;
  }

  // Without readings over characters.
  static std::string said(const pugi::xml_node& item) {
    std::string out;
    xml::walk(
        item,
        [&](const pugi::xml_node& node) {
          if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
            if (xml::local(node.parent()) == "t") out += node.value();
          }
          return xml::local(node) != "rPh";
        },
        [](const pugi::xml_node&) {});
    return out;
  }

  std::string relation(const std::string& book, const pugi::xml_node& sheet) {
    if (relations_.empty()) {
      const std::string list = relations_of(book);
      pugi::xml_document tree;
      if (!package_.has(list) || load(list, tree)) return {};
      for (const pugi::xml_node node : tree.document_element().children())
        relations_.emplace(std::string(xml::value(node, "Id")), part_named(book, xml::value(node, "Target")));
    }
    for (const pugi::xml_attribute a : sheet.attributes())
      if (std::string_view(a.name()).find(":id") != std::string_view::npos)
        if (const auto found = relations_.find(a.value()); found != relations_.end()) return found->second;
    return {};
  }

  void find_dates(const pugi::xml_node& styles) {
    std::map<std::string, bool> own;
    for (const pugi::xml_node f : xml::child(styles, "numFmts").children()) {
      bool quoted = false, day = false;
      for (const char c : xml::value(f, "formatCode")) {
        if (c == '"') quoted = !quoted;
        day = day || (!quoted && (c == 'y' || c == 'd'));
      }
      own[std::string(xml::value(f, "numFmtId"))] = day;
    }
    for (const pugi::xml_node f : xml::child(styles, "cellXfs").children()) {
      const std::string id(xml::value(f, "numFmtId"));
      const int number = f.attribute("numFmtId").as_int();
      const auto found = own.find(id);
      dates_.push_back(found != own.end()
                           ? found->second
                           : (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31) ||
                                 number == 36 || (number >= 50 && number <= 58));
    }
  }

  std::string value(const pugi::xml_node& cell) const {
    const std::string_view type = xml::value(cell, "t");
    if (type == "inlineStr") return said(xml::child(cell, "is"));
    const std::string text = xml::text(xml::child(cell, "v"));
    if (type == "s") {
      std::size_t n = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
      return error == std::errc() && n < shared_.size() ? shared_[n] : std::string();
    }
    if (type.empty() || type == "n") {
      const auto style = static_cast<std::size_t>(std::max(0, cell.attribute("s").as_int()));
      double serial = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
      if (style < dates_.size() && dates_[style] && error == std::errc())
        if (std::string day = day_of_serial(serial, from_1904_); !day.empty()) return day;
    }
    return text;
  }

  // A text that many cells share is one in the file and many here.
  bool set(Cells& cells, std::uint32_t column, std::string text) {
    if (cells.size() <= column) {
      cells_ += column + 1 - cells.size();
      cells.resize(column + 1);
    }
    ++cells_;
    bytes_ += text.size();
    if (cells_ > kMaxCells || bytes_ > kMaxPart) return false;
    cells[column] = std::move(text);
    return true;
  }

  bool too_large() {
    to_.say(Severity::error, "too-large", "a workbook of more than 2,000,000 cells or 64 MiB of text", std::nullopt,
            "save the columns that are needed as .csv");
    return true;
  }

  bool read_sheet(const pugi::xml_node& sheet, const std::string& name) {
    std::map<std::uint32_t, Cells> rows;
    // A row or cell that does not say where it stands follows the one before it.
    std::uint32_t next_row = 0;
    for (const pugi::xml_node row : xml::child(sheet, "sheetData").children()) {
      if (const unsigned number = row.attribute("r").as_uint(); number > 0) next_row = number - 1;
      std::uint32_t next_column = 0;
      for (const pugi::xml_node cell : row.children()) {
        const CellName at = cell_name(xml::value(cell, "r")).value_or(CellName{next_row, next_column});
        if (at.row >= kMaxRows || at.column >= kMaxColumns) continue;
        next_row = at.row, next_column = at.column + 1;
        if (!set(rows[at.row], at.column, value(cell))) return too_large();
      }
      ++next_row;
    }
    // A cell that stretches over several rows says the same of each.
    for (const pugi::xml_node merged : xml::child(sheet, "mergeCells").children()) {
      const std::string_view range = xml::value(merged, "ref");
      const std::size_t colon = range.find(':');
      if (colon == range.npos) continue;
      const auto from = cell_name(range.substr(0, colon)), to = cell_name(range.substr(colon + 1));
      if (!from || !to || from->column != to->column || !rows.contains(from->row)) continue;
      if (from->column >= rows[from->row].size()) continue;
      const std::string text = rows[from->row][from->column];
      for (auto row = rows.upper_bound(from->row); row != rows.end() && row->first <= to->row; ++row)
        if (!set(row->second, from->column, text)) return too_large();
    }
    Document document = to_.open("list", "UTF-8");
    document.record = name;
    ListBuilder list(document);
    bool headed = false;
    std::size_t seen = 0;
    for (const auto& [row, cells] : rows) {
      if (headed)
        list.row(row + 1, cells);
      else if (++seen > kHeadRows)
        return false;
      else
        headed = list.head(cells, true);
    }
    if (!headed) return false;
    list.close();
    if (list.rows == 0) to_.say(Severity::note, "empty", "a list without quotations", std::nullopt, "");
    to_.add(std::move(document));
    return true;
  }

  Intake& to_;
  Package& package_;
  std::vector<std::string> shared_;
  std::vector<char> dates_;
  std::unordered_map<std::string, std::string> relations_;
  bool from_1904_ = false;
  std::size_t cells_ = 0, bytes_ = 0;
};

}  // namespace

std::optional<char> list_separator(std::string_view head, std::string_view name) {
  for (const char separator : kSeparators) {
    Rows rows(head, separator);
    std::vector<Cell> row;
    for (std::size_t n = 0; n < kHeadRows && !rows.done() && rows.next(row, SIZE_MAX); ++n)
      if (row.size() >= 2 || is_named(name))
        if (names_columns(columns_of(cells_of(row)), is_named(name))) return separator;
  }
  return std::nullopt;
}

void read_list(Intake& to, Decoded& decoded, char separator) {
  Document document = to.open("list", decoded.encoding);
  Rows rows(decoded.utf8(), separator);
  ListBuilder list(document);
  std::vector<Cell> row;
  bool headed = false;
  for (std::uint32_t number = 1; !rows.done(); ++number) {
    if (!rows.next(row, SIZE_MAX)) {
      to.say(Severity::error, "bad-record",
             "row " + std::to_string(number) + ": a quotation mark is never closed; what follows was not read",
             decoded.source_offset(rows.start()),
             "a cell that holds the separator, a line break or a quotation mark stands in quotation marks, marks "
             "inside it doubled");
      break;
    }
    const Cells cells = cells_of(row);
    if (headed)
      list.row(number, cells);
    else
      headed = list.head(cells, is_named(to.name()));
  }
  list.close();
  if (list.rows == 0) to.say(Severity::note, "empty", "a list without quotations", std::nullopt, "");
  to.add(std::move(document));
}

void read_workbook(Intake& to, Package& package) {
  if (const auto error = Workbook(to, package).read())
    to.say(Severity::error, error->code, error->message, error->offset, error->help);
}

void TableOfQuotations::row(std::u32string_view text, const std::vector<Span>& cells, std::vector<Markup>& to) {
  const auto trimmed = [&](Span s) {
    const auto blank = [&](std::uint32_t i) { return han::kind(text[i]) == han::Kind::blank; };
    while (!s.empty() && blank(s.end - 1)) --s.end;
    while (!s.empty() && blank(s.begin)) ++s.begin;
    return s;
  };
  const auto cell = [&](std::size_t sense) {
    for (const std::size_t column : columns_[sense])
      if (column < cells.size())
        if (const Span s = trimmed(cells[column]); !s.empty()) return s;
    return Span{};
  };
  if (!is_list()) {
    if (rows_++ >= kHeadRows || cells.size() < 2 || cells.size() > kMaxColumns) return;
    Cells head;
    for (const Span s : cells) head.push_back(to_utf8(text.substr(s.begin, std::min(s.size(), 16U))));
    auto columns = columns_of(head);
    // 内容 beside 出处 amid a text is what is quoted from there; in a file of rows it may be a corpus.
    if (columns[s_quotation].empty() && !columns[s_source].empty()) columns[s_quotation].swap(columns[s_text]);
    if (names_columns(columns, false)) columns_ = {columns[s_quotation], columns[s_speaker]};
    return;
  }
  Span words = cell(0);
  const Span speaker = cell(1);
  if (words.empty()) return;
  if (words.size() > 2 && closer_of(text[words.begin]) == text[words.end - 1] &&
      text.substr(0, words.end).find(text[words.end - 1], words.begin + 1) == words.end - 1)
    ++words.begin, --words.end;
  to.push_back({words, Markup::Kind::quotation, 0});
  if (!speaker.empty())
    to.push_back({speaker, Markup::Kind::speaker, static_cast<std::uint8_t>(speaker.begin < words.begin)});
}

void mark_tables(Document& document) {
  constexpr std::size_t kRow = 8000;  // characters
  const std::u32string_view text = document.text;
  std::vector<Markup> made;
  TableOfQuotations table;
  std::vector<Span> cells, rows;
  bool framed = false;  // the table's rows begin with |
  const auto close = [&](bool is_table) {
    if (is_table)
      for (const Span row : rows) made.push_back({row, Markup::Kind::list_item, 0});
    rows.clear();
  };
  bool ruled = false;
  for (std::uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<std::uint32_t>(std::min(text.find(U'\n', begin), text.size()));
    const std::u32string_view line = text.substr(begin, end - begin);
    if (line.find(U'|') == line.npos || line.size() > kRow) {
      close(ruled || table.is_list());
      table = {};
      ruled = false;
    } else {
      const bool rule = line.find_first_not_of(U"|-: \t") == line.npos;
      ruled = ruled || (rule && line.find(U'-') != line.npos);
      cells.clear();
      if (rows.empty()) framed = line[line.find_first_not_of(U" \t")] == U'|';
      std::uint32_t from = begin;
      for (std::uint32_t i = begin; i <= end; ++i) {
        if (i < end && (text[i] != U'|' || (i > begin && text[i - 1] == U'\\'))) continue;
        const bool outer =
            is_blank(text.substr(from, i - from)) && (from == begin ? framed && cells.empty() : i == end);
        if (!outer) cells.push_back({from, i});
        from = i + 1;
      }
      if (!rule) table.row(text, cells, made);
      if (!is_blank(line)) rows.push_back({begin, end});
    }
    begin = end + 1;
  }
  close(ruled || table.is_list());
  if (made.empty()) return;
  document.markup.insert(document.markup.end(), made.begin(), made.end());
  std::ranges::stable_sort(document.markup, [](const Markup& a, const Markup& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
}

}  // namespace suyuan
