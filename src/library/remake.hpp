// remake.hpp: what is made of texts, once more for a segment that takes the place of others.
#pragma once

#include <string>
#include <vector>

#include "library/folded.hpp"
#include "library/parts.hpp"

namespace suyuan::library {

// The segmentations of all live documents and what folding makes of them, as they are where they can be used.
// REQUIRES: their texts are sound
std::vector<std::string> remake(const std::vector<const Segment*>& parts, unsigned jobs, std::string& made,
                                FoldedWriter& folded);

}  // namespace suyuan::library
