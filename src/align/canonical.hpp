// canonical.hpp: the one way to write a difference.
#pragma once

#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// Equal runs in order, offsets of the two folds: adjoining runs become one, a gap on one side begins where a clause
// does, else as far left as it may, a single equal letter between two replacements is part of them.
void canonical(const Fold& a, const Fold& b, std::vector<EqualRun>& runs);

}  // namespace suyuan
