// composed.hpp: quotations put together: from several places, or in another order.
#pragma once

#include "verify/candidate.hpp"

namespace suyuan {

// Whether pieces that the base lacks stand elsewhere: in another order beside it, or far from it. Sets the verdict
// then, puts the parts of the base first of the candidates and decides nothing else.
bool composed(Case& of);

}  // namespace suyuan
