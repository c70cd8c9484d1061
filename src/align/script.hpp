// script.hpp: whether a passage is written in traditional or in simplified characters.
#pragma once

#include "suyuan/fold.hpp"

namespace suyuan {

// +1 traditional, -1 simplified, 0 where nothing tells. Of the passage where two letters and more speak for it,
// else of its paragraph, else of the whole work: one letter may be the one that is wrong.
int script_about(const Document& document, const Fold& fold, FoldSpan passage);

}  // namespace suyuan
