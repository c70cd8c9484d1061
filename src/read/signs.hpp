// signs.hpp: what stands inside the lines of a plain text and is of its form, not of its wording.
#pragma once

#include "suyuan/read.hpp"

namespace suyuan {

// Adds to the document's markup the tags of HTML and, of Markdown, emphasis, code, comments, images, escapes and
// the addresses of links. REQUIRES: no other markup
void mark_signs(Document& document);

}  // namespace suyuan
