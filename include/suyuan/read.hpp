// read.hpp: step 1 of the pipeline: bytes → Document.
//
// A source is a file, or one record of a JSON Lines corpus (plain or gzip). Reading decodes it, keeps every
// character (no normalisation; the byte-order mark alone is taken off, CR LF stays two characters) and
// remembers the way back to line and column.
//
// Encoding   A byte-order mark decides; else strict UTF-8; else UTF-16 without a mark where the code units
//            say so; else ICU's detector limited to GB18030 and Big5. ReadOptions::encoding overrides.
// Errors     The only stage that can fail, and never as a whole: each source that cannot be used becomes a
//            Diagnostic with the byte offset where there is one, and the others are read. A few invalid bytes
//            in a text that is otherwise UTF-8 become U+FFFD each, and the first of them is reported.
// Ownership  A Document owns its text; views into it live as long as the Document.
// Cost       One pass; four bytes per character. A gzip stream is refused past kMaxBytes when unpacked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan {

inline constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 31;  // of one source, unpacked

// What a corpus record says of itself; empty strings where it says nothing.
struct Metadata {
  std::string title;
  std::string outlet;
  std::string date;  // as written; segment.hpp parses it
};

// A source decoded. Immutable once read.
struct Document {
  std::string path;      // as the user named it; "-" for standard input
  std::string record;    // the record's id in a corpus file; empty for a whole file
  std::string key;       // SHA-256 of the source's bytes, + "#" + record
  std::string sha256;    // of the file's bytes
  std::string format;    // "text", "markdown" or "jsonl"
  std::string encoding;  // "UTF-8", "GB18030", ...
  Metadata metadata;
  std::u32string text;
  std::vector<std::uint32_t> line_starts;  // offset of the first character of each line; [0] == 0

  std::u32string_view view(Span span) const { return std::u32string_view(text).substr(span.begin, span.size()); }
  // The parts' own characters, without line breaks and the blanks beside them: what a reader would retype.
  std::u32string text_of(const Parts& parts) const;

  // Both counted from one; the column in code points.
  struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
  };
  Position position(std::uint32_t offset) const;
};

struct ReadOptions {
  std::string encoding;  // empty: detect; else any name ICU knows
};

struct Sources {
  std::vector<Document> documents;  // ordered by key, then path: the order of the paths given does not show
  std::vector<Diagnostic> diagnostics;
};

// Reads files, directories (every text, Markdown and JSON Lines file below them) and "-" (standard input).
Sources read_paths(const std::vector<std::string>& paths, const ReadOptions& options = {});

// Reads one source from memory; `name` stands in messages, its ending tells Markdown and JSON Lines.
Sources read_bytes(std::string bytes, const std::string& name, const ReadOptions& options = {});

}  // namespace suyuan
