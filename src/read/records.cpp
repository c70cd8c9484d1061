// JSON and CSV corpora.
#include "read/records.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "base/data.hpp"
#include "read/files.hpp"
#include "read/json.hpp"
#include "read/table.hpp"

namespace suyuan {

namespace {

enum Field : std::size_t {
  f_id,
  f_text,
  f_title,
  f_outlet,
  f_date,
  f_posted,
  f_kind,
  f_copy,
  f_rank,
  f_url,
  f_count
};
constexpr std::array<std::string_view, f_count> kFieldNames{"id",     "text", "title", "outlet", "date",
                                                            "posted", "kind", "copy",  "rank",   "url"};
constexpr std::array<Given Metadata::*, f_count> kSlots{
    nullptr,           nullptr,         &Metadata::title, &Metadata::outlet, &Metadata::date,
    &Metadata::posted, &Metadata::kind, &Metadata::copy,  &Metadata::rank,   &Metadata::url};

struct FieldName {
  std::size_t field = f_count;
  std::size_t rank = 0;  // the lower, the better
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

FieldName field_of(std::string_view name) {
  static const auto kNames = [] {
    std::unordered_map<std::string_view, FieldName> out;
    std::size_t rank = 0;
    for (const auto& row : data::rows(data::fields())) {
      const auto field = std::find(kFieldNames.begin(), kFieldNames.end(), row.at(0));
      out.try_emplace(row.at(1), FieldName{static_cast<std::size_t>(field - kFieldNames.begin()), rank++});
    }
    return out;
  }();
  std::string plain(name);
  std::transform(plain.begin(), plain.end(), plain.begin(), lower);
  const std::size_t from = plain.find_first_not_of(" \t"), to = plain.find_last_not_of(" \t");
  if (from == std::string::npos) return {};
  const auto found = kNames.find(std::string_view(plain).substr(from, to - from + 1));
  return found == kNames.end() ? FieldName{} : found->second;
}

bool is_blank(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) {
    return c == U' ' || c == U'\n' || c == U'\r' || c == U'\t' || c == U'\u3000' || c == U'\u00A0';
  });
}

class RecordReader {
 public:
  RecordReader(Intake& to, Decoded& decoded, std::string format)
      : to_(to), decoded_(decoded), text_(decoded.utf8()), format_(std::move(format)), place_(text_) {}

  void json_lines() {
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = text_.find('\n', at);
      if (end == text_.npos) end = text_.size();
      line_start_ = at;
      place_.go(at);
      line_ = place_.line;
      if (text_.find_first_not_of(" \t\r", at) < end) json_line(end);
      at = end + 1;
    }
  }

  void json_array() {
    json::Cursor cursor(text_);
    cursor.skip('[');
    if (!cursor.skip(']')) {
      do {
        cursor.peek();
        go_to(cursor.at());
        if (!json_record(cursor)) return stop(cursor);
      } while (cursor.skip(','));
      if (!cursor.skip(']')) {
        go_to(cursor.at());
        return bad(cursor.at(), "a comma or a closing bracket is missing; what follows was not read");
      }
    }
    if (cursor.peek() != '\0') {
      go_to(cursor.at());
      bad(cursor.at(), "something follows the array; it was not read");
    }
  }

  void json_object() {
    json::Cursor cursor(text_);
    cursor.peek();
    go_to(cursor.at());
    if (!json_record(cursor)) return stop(cursor);
    if (cursor.peek() == '\0') return;
    go_to(cursor.at());
    bad(cursor.at(), "something follows the object; it was not read");
  }

  void table(char comma);

 private:
  void bad(std::size_t at, const std::string& message) {
    to_.say(Severity::error, "bad-record", "record on line " + std::to_string(line_) + ": " + message,
            decoded_.source_offset(at), help_);
  }

  void stop(const json::Cursor& cursor) {
    bad(line_start_, "not valid JSON: " + std::string(cursor.error()) + "; what follows was not read");
  }

  void go_to(std::size_t at) {
    place_.go(at);
    line_start_ = at;
    line_ = place_.line;
  }

  void json_line(std::size_t end) {
    if (end - line_start_ > kMaxLine) return bad(line_start_, "longer than 32 MiB");
    json::Cursor cursor(text_.substr(0, end), line_start_);
    if (cursor.peek() != '{') {
      json::Value value;
      if (!cursor.value(value)) return bad(line_start_, "not valid JSON: " + std::string(cursor.error()));
      return bad(line_start_, "not an object");
    }
    // A line may be cut anywhere: what is said of it is judged before it is taken.
    if (!json_record(cursor, end)) bad(line_start_, "not valid JSON: " + std::string(cursor.error()));
  }

  // False where the JSON breaks off. `end` is given where nothing but blanks may follow.
  bool json_record(json::Cursor& cursor, std::optional<std::size_t> end = std::nullopt) {
    const std::size_t start = cursor.at();
    if (cursor.peek() != '{') {
      json::Value value;
      if (!cursor.value(value)) return false;
      bad(start, "not an object");
      return true;
    }
    std::array<json::Value, f_count> values;
    std::array<json::Value, f_count> keys;
    std::array<std::size_t, f_count> ranks;
    ranks.fill(SIZE_MAX);
    const std::string_view all = text_;
    const bool good = cursor.object([&](const json::Value& key, const json::Value& value) {
      const FieldName name = field_of(all.substr(key.begin, key.end - key.begin));
      if (name.field == f_count || name.rank >= ranks[name.field]) return;
      if (value.kind == json::Value::Kind::other) return;
      if (name.field == f_text && value.kind != json::Value::Kind::string) return;
      ranks[name.field] = name.rank;
      keys[name.field] = key;
      values[name.field] = value;
    });
    if (!good) return false;
    if (end && cursor.peek() != '\0') {
      bad(start, "not valid JSON: something follows the object");
      return true;
    }
    if (ranks[f_text] == SIZE_MAX) {
      bad(start, "no \"text\"");
      return true;
    }
    const json::Value& value = values[f_text];
    if (value.end - value.begin > kMaxLine) {
      bad(start, "a text of more than 32 MiB");
      return true;
    }
    Document document = to_.open(format_, decoded_.encoding);
    bool lone = false;
    place_.go(value.begin);
    document.text = json::decode(all, value, lone, &document.anchors, place_.line, place_.column);
    if (lone)
      to_.say(Severity::error, "lone-surrogate",
              "record on line " + std::to_string(line_) + ": half a surrogate pair, shown as U+FFFD",
              decoded_.source_offset(start), "repair the record: \\ud800 to \\udfff stand in pairs only");
    for (std::size_t f = 0; f < f_count; ++f) {
      if (f == f_text || ranks[f] == SIZE_MAX) continue;
      std::string said = values[f].kind == json::Value::Kind::number
                             ? std::string(all.substr(values[f].begin, values[f].end - values[f].begin))
                             : string_of(values[f]);
      if (said.empty()) continue;
      if (f == f_id)
        document.record = std::move(said);
      else
        document.metadata.*kSlots[f] = {std::move(said), Given::By::record, string_of(keys[f])};
    }
    add(std::move(document));
    return true;
  }

  std::string string_of(const json::Value& value) {
    if (!value.escaped) return std::string(text_.substr(value.begin, value.end - value.begin));
    bool lone = false;
    return to_utf8(json::decode(text_, value, lone));
  }

  void add(Document document) {
    if (is_blank(document.text))
      return to_.say(Severity::note, "empty", "record on line " + std::to_string(line_) + ": holds no text",
                     std::nullopt, "");
    if (document.record.empty() || seen_[document.record]++ > 0)
      document.record += (document.record.empty() ? "line-" : "@line-") + std::to_string(line_);
    to_.add(std::move(document));
  }

  Intake& to_;
  Decoded& decoded_;
  std::string_view text_;
  std::string format_;
  std::string help_ = "each record must be a JSON object with a \"text\"";
  std::uint32_t line_ = 1;
  std::size_t line_start_ = 0;  // or where the record begins
  CellPlace place_;
  std::unordered_map<std::string, int> seen_;
};

void RecordReader::table(char comma) {
  help_ =
      "each row must have as many cells as the first; a cell with a comma, a line break or a quotation mark "
      "stands in quotation marks, marks inside it doubled";
  Rows rows(text_, comma);
  std::vector<Cell> cells;
  rows.next(cells, SIZE_MAX);
  std::array<std::size_t, f_count> columns;
  std::array<std::size_t, f_count> ranks;
  columns.fill(SIZE_MAX);
  ranks.fill(SIZE_MAX);
  std::vector<std::string> names;
  for (const Cell& cell : cells) {
    const FieldName name = field_of(cell.text);
    if (name.field != f_count && name.rank < ranks[name.field]) {
      ranks[name.field] = name.rank;
      columns[name.field] = names.size();
    }
    names.push_back(cell.text);
  }
  while (!rows.done()) {
    const bool closed = rows.next(cells, columns[f_text]);
    line_ = rows.line();
    if (!closed) return bad(rows.start(), "a quotation mark is never closed; what follows was not read");
    if (rows.width() == 1 && cells[0].text.empty()) continue;
    if (rows.width() != names.size()) {
      bad(rows.start(),
          std::to_string(rows.width()) + " cells where the first row has " + std::to_string(names.size()));
      continue;
    }
    Document document = to_.open(format_, decoded_.encoding);
    Cell& cell = cells[columns[f_text]];
    document.text = widen(cell.text);
    document.anchors = std::move(cell.anchors);
    for (std::size_t f = 0; f < f_count; ++f) {
      if (f == f_text || columns[f] == SIZE_MAX || cells[columns[f]].text.empty()) continue;
      if (f == f_id)
        document.record = cells[columns[f]].text;
      else
        document.metadata.*kSlots[f] = {cells[columns[f]].text, Given::By::record, names[columns[f]]};
    }
    add(std::move(document));
  }
}

// Whether the first row reads as the head of a table with a column of text.
enum class Head : std::uint8_t { none, cells, texts };
Head table_head(std::string_view utf8, char comma, bool named) {
  const std::string_view line = utf8.substr(0, std::min<std::size_t>(utf8.find('\n'), 4096));
  if (line.empty()) return Head::none;
  std::vector<Cell> cells;
  Rows rows(line, comma);
  if (!rows.next(cells, SIZE_MAX)) return Head::none;
  std::size_t known = 0;
  bool has_text = false;
  for (const Cell& cell : cells) {
    const FieldName name = field_of(cell.text);
    known += name.field != f_count;
    has_text = has_text || name.field == f_text;
  }
  if (has_text && (named || (known >= 2 && cells.size() >= 2))) return Head::texts;
  return cells.size() >= 2 ? Head::cells : Head::none;
}

}  // namespace

Result<std::optional<RecordForm>> record_form(std::string_view head, std::string_view name) {
  const bool lines_named = name_ends(name, ".jsonl") || name_ends(name, ".ndjson");
  const bool json_named = name_ends(name, ".json");
  json::Cursor cursor(head);
  const char first = cursor.peek();
  const std::size_t start = cursor.at();
  if (first == '{') {
    json::Cursor inside(head, start + 1);
    const char next = inside.peek();
    const bool cut = head.size() >= kHead;  // what is missing at the end may follow
    json::Value value;
    const std::size_t end = std::min(head.find('\n', start), head.size());
    if (lines_named) return RecordForm::json_lines;
    if (next == '"' || next == '}') {
      json::Cursor line(head.substr(0, end), start), all(head, start);
      if (line.value(value) || (cut && end == head.size())) return RecordForm::json_lines;
      if (json_named || cut || all.value(value)) return RecordForm::json_object;
      if (!name_ends(name, ".txt") && !name_ends(name, ".md")) return RecordForm::json_lines;
    }
    if (json_named) return RecordForm::json_object;
  } else if (first == '[' && !lines_named) {
    json::Cursor inside(head, start + 1);
    const char next = inside.peek();
    if (next == '{' || json_named) return RecordForm::json_array;
  } else if (json_named) {
    return tl::unexpected(Error{"bad-record", "not JSON: neither an array nor an object", std::string(name),
                                std::nullopt, "a corpus is an array of objects with a \"text\" each"});
  }
  if (lines_named) return RecordForm::json_lines;
  const bool comma_named = name_ends(name, ".csv"), tab_named = name_ends(name, ".tsv");
  const Head commas = table_head(head, ',', comma_named), tabs = table_head(head, '\t', tab_named || comma_named);
  if (tabs == Head::texts && (commas != Head::texts || tab_named)) return RecordForm::tab;
  if (commas == Head::texts) return RecordForm::comma;
  if ((comma_named && commas == Head::cells) || (tab_named && tabs == Head::cells))
    return tl::unexpected(Error{"bad-table", "the first row names no column of text", std::string(name),
                                std::nullopt,
                                "name the column text, content or 正文; others may be title, outlet, date, id"});
  return std::nullopt;
}

void read_records(Intake& to, Decoded& decoded, RecordForm form) {
  switch (form) {
    case RecordForm::json_lines:
      return RecordReader(to, decoded, "jsonl").json_lines();
    case RecordForm::json_array:
      return RecordReader(to, decoded, "json").json_array();
    case RecordForm::json_object:
      return RecordReader(to, decoded, "json").json_object();
    case RecordForm::comma:
      return RecordReader(to, decoded, "csv").table(',');
    case RecordForm::tab:
      return RecordReader(to, decoded, "csv").table('\t');
  }
}

}  // namespace suyuan
