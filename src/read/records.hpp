// records.hpp: corpus files → one document a record.
//
// JSON Lines (one object a line), a JSON array of objects, one JSON object; CSV and TSV (RFC 4180) whose first row
// names the columns. The names of the fields are data/lexicons/fields.tsv. A bad record is said and passed over.
#pragma once

#include <optional>
#include <string_view>

#include "read/decode.hpp"
#include "read/intake.hpp"

namespace suyuan {

enum class RecordForm : std::uint8_t { json_lines, json_array, json_object, comma, tab };

// The form of a corpus, judged by the beginning of its content (Decoded::head), the name where that leaves it open;
// an error where the content is a table or JSON but none that could hold texts; nothing where it is no corpus.
Result<std::optional<RecordForm>> record_form(std::string_view head, std::string_view name);

void read_records(Intake& to, Decoded& decoded, RecordForm form);

}  // namespace suyuan
