// records.hpp: what reading made of sources ↔ the bytes of segments. Decoding is total: what contradicts itself is
// refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/bytes.hpp"
#include "read/side_file.hpp"
#include "suyuan/read.hpp"

namespace suyuan::library {

// A source as the section `sources` holds it. `sha256` and `word` are 64 hexadecimal digits.
struct SourceRecord {
  std::string path;
  std::string sha256;  // of the file's bytes
  std::string word;    // of what side files say and of the encoding asked for
  std::uint32_t documents = 0;
  std::vector<Diagnostic> diagnostics;
};
std::string word_of(const SideWord& side, const ReadOptions& options);

void put_diagnostics(std::string& to, const std::vector<Diagnostic>& diagnostics);
std::vector<Diagnostic> get_diagnostics(Cursor& from);

std::string encode(const SourceRecord& source);
// All of the section; nothing where it does not hold just `count` of them.
std::optional<std::vector<SourceRecord>> decode_sources(std::string_view bytes, std::uint32_t count);

// A row of the section `documents`.
struct DocumentRow {
  static constexpr std::uint64_t kSize = 40;
  std::uint32_t source = 0, characters = 0, record_size = 0;
  std::uint64_t record = 0, text = 0, text_size = 0;
};
void put_row(std::string& to, const DocumentRow& row);
// REQUIRES: bytes.size() == DocumentRow::kSize
DocumentRow get_row(std::string_view bytes);

std::string encode(const Document& document);  // without its text
std::optional<Document> decode_document(std::string_view record, std::string_view text, const DocumentRow& row,
                                        const SourceRecord& source);

}  // namespace suyuan::library
