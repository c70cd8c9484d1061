// works.hpp: the works of a document, their titles, and what they have lost.
#pragma once

#include "segment/layout.hpp"

namespace suyuan {

void build_works(State& state);  // drafts, starts → works, with roles, titles and defects

}  // namespace suyuan
