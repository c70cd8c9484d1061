// head.hpp: what the lines at the head of a work are: title, author; and of the rest what only the whole tells.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

// Titles and bylines before the body; section numbers only where sections are.
void read_head(const State& state, Work& work);

// Whom a byline names, as written, without office, label and marks: 本报记者 某某, □ 某某, 某某/文. Empty where a
// line is no byline by its form.
std::u32string author_in(const State& state, std::u32string_view written);

}  // namespace suyuan
