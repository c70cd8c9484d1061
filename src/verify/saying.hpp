// saying.hpp: words in marks that nobody is said to say: a name, a slogan, a headline, or a saying that the library
// knows. Of a name that only resembles another nothing is said.
#pragma once

#include "suyuan/verify.hpp"

namespace suyuan {

// Whether the library knows the finding's words: it holds them as they stand, or with little changed and gives that
// wording by itself, between marks or as whole clauses.
bool is_saying(const Corpus& corpus, const Finding& f);

}  // namespace suyuan
