// read.hpp: step 1 of the pipeline: bytes → Document.
//
// A source is a file, one record of a corpus file (JSON Lines, a JSON array, CSV, TSV), one chapter's file of an
// e-book or one file of a zip; each plain or gzip. Reading decodes it, keeps every character (no normalisation; the
// byte-order mark alone is taken off, CR LF stays two characters) and remembers the way back to line and column.
//
// Form       Judged by content, never by the name alone: a page named .txt is a page, a text named .html that
//            has no tags is a text. The name decides only where the content leaves it open.
// Pages      The text of an HTML page is what a browser shows: one line for each block, white space collapsed;
//            scripts, styles and what is hidden are out; a reading over a character (ruby) stands in brackets
//            after it. What lies outside the main text stays in the text and is marked as furniture. The main
//            text is the smallest element that holds most of the page's prose (punctuated lines, few links, no
//            id or class of data/lexicons/page.tsv that names a menu, a footer and the like).
// PDFs       pdftotext is run as a child within limits of time, memory and output; without it PDFs are refused.
//            The text is the paragraphs, one a line, joined over lines, columns and pages; running heads, page
//            numbers and words turned against the page are furniture, behind the paragraph they interrupt.
// Office     The text of a Word document or an OpenDocument text is what stands there once all tracked changes are
//            accepted, a line for each paragraph; its places are paragraphs and characters in them. Notes stand
//            behind the text, bound to where their marks stood. docs/forms.md says what else is left out.
// Lists      A table that names a column of quotations (CSV, a sheet of a workbook) and none of text is one
// document:
//            each row's words a quotation, what it claims of their source a note to it. Places are row and cell.
// Encoding   A byte-order mark decides; else strict UTF-8; else UTF-16 without a mark where the code units
//            say so; else ICU's detector and the bytes' own statistics among GB18030 and Big5; what a page
//            declares breaks ties only. ReadOptions::encoding overrides.
// Side files sources.toml in the folder of a source (a section for each file name), or NAME.meta.toml beside
//            it, correct what the source says of itself; they outrank it. README.md shows one.
// Errors     The only stage that can fail, and never as a whole: each source that cannot be used becomes a
//            Diagnostic with the byte offset where there is one, and the others are read. A few invalid bytes
//            in a text that is otherwise UTF-8 become U+FFFD each, and the first of them is reported. Text that
//            was UTF-8 and was once decoded as GBK is reported and left out. Of many diagnostics of one kind
//            from one source the first few are given, then their number. Offsets are bytes of the source, of a
//            gzip stream those unpacked.
// Limits     kMaxBytes unpacked; 32 MiB on one line or in one page; gzip streams that unpack to more than 100
//            times their size (from 64 MiB up); packages likewise, 64 MiB in one part, 20,000 parts, two packages
//            around a file, XML that takes 256 MiB to lay out; JSON 256 levels deep; pages flattened below 256
//            levels.
// Ownership  A Document owns its text; views into it live as long as the Document.
// Cost       One pass; four bytes per character.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan {

inline constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 31;  // of one source, unpacked
inline constexpr std::uint64_t kMaxLine = std::uint64_t{1} << 25;   // bytes of one line, of one page

// One thing said of a source outside its running text, and by what. The order is that of authority.
struct Given {
  enum class By : std::uint8_t { nothing, page, record, side_file };
  std::string value;  // as written
  By by = By::nothing;
  std::string where;  // what says it: "article:published_time", "date", "sources.toml"

  explicit operator bool() const { return by != By::nothing; }
};

// What a web page's head, a corpus record or a side file says of a text. segment.hpp judges the values.
struct Metadata {
  Given title, outlet;
  Given date;    // of publication
  Given posted;  // when the page was put up: an edition's date, not the text's
  Given kind, copy, rank, url;
};

// What the form of a source says of a stretch of its text. In order of begin; stretches may nest.
struct Markup {
  enum class Kind : std::uint8_t {
    heading,  // level 1 to 6
    quote,    // a block quotation
    list_item,
    gloss,  // a reading set beside the character before it (ruby)
    caption,
    furniture,  // navigation, menus, footers: outside the main text of a page
    note_mark,  // empty: here stands the mark of a footnote or an endnote, which is not in the text
    note,       // a footnote or endnote, behind the text: the n-th is that of the n-th mark
    quotation,  // a row of a list of quotations
    speaker,    // in its note: whose words they are claimed to be
    page,       // a paragraph before which its author began a new page
    sign,       // inside a line, of the form and not of the text: ** of Markdown, <b>
  };
  Span span;
  Kind kind = Kind::heading;
  std::uint8_t level = 0;
};

// From `offset` on, up to the next anchor, the text stands in the file on `line` from `column` on, each
// character taking `stride` columns (6 for a run of \uXXXX).
struct Anchor {
  std::uint32_t offset = 0;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t stride = 1;
};

// From `offset` on, up to the next, the text stands on this page of the file.
struct PageStart {
  std::uint32_t offset = 0;
  std::uint32_t number = 1;  // in the file
  bool printed = false;      // whether the page bears the number that `label` gives, or its neighbours' show it
  std::string label;  // as printed, "5", "iv"; else what the file calls it; else the number in the file, "[7]"
                      // where other pages have a label
};

struct Segmentation;  // segment.hpp

// A source decoded. Immutable once read.
struct Document {
  std::string path;      // as the user named it; "-" for standard input
  std::string record;    // the record's id in a corpus file, the name in a package; empty for a whole file
  std::string key;       // SHA-256 of the source's bytes, + "#" + record
  std::string sha256;    // of the file's bytes
  std::string format;    // "text", "markdown", "html", "pdf", "docx", "odt", "list", "jsonl", "json", "csv"
  std::string encoding;  // "UTF-8", "GB18030", ...
  Metadata metadata;
  std::vector<std::pair<std::string, Metadata>> works;  // a side file's word on single works, by their titles
  std::vector<Markup> markup;
  std::u32string text;
  std::vector<std::uint32_t> line_starts;  // offset of the first character of each line of text; [0] == 0
  std::vector<Anchor> anchors;             // by offset; empty where the text is the file's own
  std::vector<PageStart> pages;            // by offset; empty where the form has none
  // What segmenting makes of it by the shipped words, where a library holds that. build_corpus takes it.
  std::shared_ptr<Segmentation> segmentation;

  std::u32string_view view(Span span) const { return std::u32string_view(text).substr(span.begin, span.size()); }
  // The parts' own characters, without line breaks and the blanks beside them: what a reader would retype.
  std::u32string text_of(const Parts& parts) const;

  // The place in the file as given (for a gzip stream, unpacked): both counted from one, the column in code
  // points. Of a page or a record it is the place of the character in the markup, not its line of `text`. Of a
  // PDF it is the printed line on its page, counted in reading order, those of the margins after the others; of an
  // office document `line` is the paragraph, and a note stands where its mark does; of a list they are row and
  // cell.
  struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::string_view page;  // its label, of the document's; empty where the form has none

    // "12:3", on a page "p5:12:3"
    std::string to_string() const;
  };
  Position position(std::uint32_t offset) const;
  // The inverse, where there is such a place.
  std::optional<std::uint32_t> offset_of(const Position& place) const;
};

struct ReadOptions {
  std::string encoding;  // empty: detect; else any name ICU knows
};

struct Sources {
  std::vector<Document> documents;  // ordered by key, then path: the order of the paths given does not show
  std::vector<Diagnostic> diagnostics;
};

// Reads files, directories (every file below them whose name ends as a text's, links to folders not
// followed), patterns that name no file themselves ("a/**/*.html": * ? [] and ** for any number of folders)
// and "-" (standard input).
Sources read_paths(const std::vector<std::string>& paths, const ReadOptions& options = {});

// Reads one source from memory; `name` stands in messages, its ending breaks ties of form. No side files.
Sources read_bytes(std::string bytes, const std::string& name, const ReadOptions& options = {});

// The bytes of one whole file, or of standard input for "-". A folder, a pipe, a device, a file that cannot be
// opened or shrinks meanwhile is an error; nothing is waited for but standard input.
Result<std::string> read_file(const std::string& path);

// What an editor has decided of a finding of `verify`, as suyuan-accept.json gives it.
struct Accepted {
  std::string key;     // of the finding, or its first digits, 12 at least
  bool error = false;  // "as": "error", a confirmed error; else allowed as it stands
  std::string who, why, when;
};
Result<std::vector<Accepted>> read_accepted(const std::string& path);

}  // namespace suyuan
