// told.hpp: the differences of a finding as an editor is told them, once everything is decided. Verdicts, flags and
// costs rest on the differences as they were found.
#pragma once

#include "verify/candidate.hpp"

namespace suyuan {

// Words that changed places with what stands beside them are one difference, 招募、挑选 for 挑选、招募, not some
// missing and some extra; members of a list are taken whole. Quotation marks of one side of a difference come in
// pairs.
void tell(const Texts& texts, Source& s, std::uint32_t draft);

}  // namespace suyuan
