// events.hpp: whether a place tells of another event in a passage's frame.
#pragma once

#include "suyuan/index.hpp"

namespace suyuan {

// Whether what a place has of a passage is said of another event: 第十一次 for 第十七次, twice one name for another,
// another state or province (data/lexicons/places.tsv).
bool tells_another_event(const Corpus& corpus, std::uint32_t work, FoldSpan of, std::uint32_t other, FoldSpan place);

}  // namespace suyuan
