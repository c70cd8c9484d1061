// What this program wrote: a folder of texts is where people leave it, and it is no text of theirs.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/data.hpp"
#include "read/foreign.hpp"

namespace suyuan {

namespace {

// The first cells of a table in one of the two languages of labels, as the table has them.
bool begins(std::string_view bytes, std::initializer_list<std::string_view> keys) {
  static const auto labels = data::rows(data::labels());
  for (const std::size_t language : {1U, 2U}) {
    std::string head;
    for (const std::string_view key : keys)
      for (const auto& row : labels)
        if (row.size() == 3 && row[0] == key) head += (head.empty() ? "" : ",") + std::string(row[language]);
    if (bytes.starts_with(head)) return true;
  }
  return false;
}

}  // namespace

bool is_own(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF", kPage = "<!DOCTYPE html>";
  if (bytes.starts_with(R"({"schema":"suyuan.)")) return true;
  if (bytes.starts_with(kPage))
    return bytes.substr(0, 2000).find(R"(<meta name="generator" content="suyuan">)") != bytes.npos;
  if (!bytes.starts_with(kMark)) return false;
  bytes.remove_prefix(kMark.size());
  return begins(bytes, {"column number", "column file", "column line", "column words"}) ||
         begins(bytes, {"passage", "siglum", "kind", "occasion", "published", "reading"});
}

}  // namespace suyuan
