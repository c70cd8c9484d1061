// base.hpp: which of the places that hold a quotation's words it is held against.
#pragma once

#include "verify/candidate.hpp"

namespace suyuan {

// Chooses, and puts the base first of the candidates, the others by how much differs. Reports that another text
// corrects bear out no claims before.
void choose_base(Case& of);

}  // namespace suyuan
