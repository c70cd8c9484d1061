// lines.hpp: the lines of a document as the segmenter sees them: where the text of each lies and what it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suyuan/segment.hpp"

namespace suyuan {

struct Line {
  Span whole;                 // with its line break
  Span content;               // without indent, marker and trailing blanks; empty for a blank line
  std::u32string view;        // folded: simplified, half width, no blanks, no readings; the first 400 letters
  std::uint32_t indent = 0;   // columns
  std::uint32_t width = 0;    // columns of the content: Han are two wide
  std::uint32_t heading = 0;  // Markdown level, 0 for none
  bool bullet = false;        // ■ ● ◆ ▲
  bool dash = false;          // "- " or "* "
  bool trailing_blank = false;
  bool terminal = false;     // ends as a sentence ends
  bool leader = false;       // dot leaders before a page number
  std::optional<Role> role;  // what its own wording says

  bool blank() const { return content.empty(); }
};

std::vector<Line> find_lines(const Document& document);

// The folded form in which lines are matched.
std::u32string line_view(std::u32string_view text);

// The role that the wording of a folded line gives it by data/lexicons/lines.tsv.
std::optional<Role> role_by_wording(const std::u32string& view);

}  // namespace suyuan
