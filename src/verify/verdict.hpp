// verdict.hpp: what the differences between a quotation and its base amount to.
#pragma once

#include "verify/candidate.hpp"

namespace suyuan {

// Of a quotation whose base is the first candidate and has its words.
Verdict verdict_of(const Case& of);

// The first law: every character of the quotation beside the base's, once more and without the fold. Of a place
// without differences: whether it is verbatim, folded, or neither after all.
Verdict faithful(const Texts& texts, const Finding& f, const Source& s);

// Whether the base has another wording of what stands there: half of it in order, with a stretch that is no common
// wording.
bool is_paraphrase(const Case& of);

}  // namespace suyuan
