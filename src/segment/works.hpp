// works.hpp: where the works of a document begin and end, their titles, and what they have lost.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

void read_contents(State& state);  // the contents page → entries
void find_starts(State& state);    // → starts, titles
void build_works(State& state);    // drafts → works, with roles, titles and defects

// A title as written: the blanks at which both lines of a title and its entry in the contents break are kept.
std::u32string squeeze(std::u32string_view text);

}  // namespace suyuan
