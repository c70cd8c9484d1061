// lines.hpp: the lines of a document as the segmenter sees them: where the text of each lies and what it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "segment/lexicon.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

// The document in the folded form in which words are matched, with the way back.
struct Plain {
  std::u32string text;
  std::vector<std::uint32_t> origin;  // of each character

  std::u32string_view view(std::size_t begin, std::size_t end) const {
    return std::u32string_view(text).substr(begin, end - begin);
  }
};

struct Line {
  Span whole;                        // with its line break
  Span content;                      // without indent, marker and trailing blanks; empty for a blank line
  std::uint32_t begin = 0, end = 0;  // of the content in Plain
  std::uint32_t indent = 0;          // columns
  std::uint32_t width = 0;           // columns of the content: Han are two wide
  std::uint32_t heading = 0;         // level, 0 for none
  bool bullet = false;               // ■ ● ◆ ▲
  bool dash = false;                 // "- " or "* "
  bool quote = false;                // a block quotation
  bool trailing_blank = false;
  bool terminal = false;     // ends as a sentence ends
  bool leader = false;       // dot leaders before a page number
  bool form_feed = false;    // a page begins
  bool continues = false;    // begins within or with a reading of what stands on a line before
  std::optional<Role> role;  // what its own wording or its markup says

  bool blank() const { return content.empty(); }
};

struct Lines {
  Plain plain;
  std::vector<Line> lines;

  std::u32string_view view(const Line& line) const { return plain.view(line.begin, line.end); }
};

Lines find_lines(const Document& document, const Lexicons& lexicons);

}  // namespace suyuan
