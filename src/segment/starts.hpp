// starts.hpp: where the works of a document begin, by its contents page and by its headings.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

void read_contents(State& state);  // the contents page → entries
void find_starts(State& state);    // → starts, titles

// A title as written: the blanks at which both lines of a title and its entry in the contents break are kept.
std::u32string squeeze(std::u32string_view text);

// A surname and one or two letters after it.
bool is_name(const State& state, std::u32string_view view);

}  // namespace suyuan
