// readings.hpp: the table of readings of a chain: its witnesses against the places where they differ.
#pragma once

#include "report/works_json.hpp"

namespace suyuan {

// Of a chain as JSON, from its witnesses' `against_first` and `against_head`. The columns are places of the first
// appearance, in the order of its text, then those of what only the head and others hold, of the head (`of`), in
// the order of its text; differences that touch each other are one place. A difference of more than kWide
// characters is a place of its own and does not swallow what differs inside it. A place's `readings` list what
// others have there, each once with its class and witnesses (a place of wording may hold readings that differ in
// punctuation alone); `absent` are the witnesses of whose text the place is no part, `inside` those that differ
// only inside a wide place, which other places tell. Who is in none reads as the first appearance does.
inline constexpr std::size_t kWide = 12;
Json readings_of(const Json& chain);

}  // namespace suyuan
