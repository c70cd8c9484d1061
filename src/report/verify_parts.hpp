// verify_parts.hpp: a quotation of several parts: where each comes from, or in what order the base has them.
#pragma once

#include "report/works_json.hpp"
#include "suyuan/verify.hpp"

namespace suyuan {

// Of words in another order {"order"}: the base as it is printed, … for what stands between and is no part. Of
// words put together {"pieces"}: each with its words in the draft, the number of its source, its place there and
// its occasion; what follows in one section is one. And {"unheld"}: words of the draft that no part has.
Json made_of(const Corpus& corpus, const Finding& finding);

}  // namespace suyuan
