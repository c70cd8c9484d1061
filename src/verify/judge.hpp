// judge.hpp: from what scouting found to findings. The works that it names are at hand in a corpus, whose numbers
// may be others than the ground's.
#pragma once

#include <span>
#include <vector>

#include "verify/numbering.hpp"
#include "verify/scout.hpp"

namespace suyuan {

// In the order of the drafts' texts. REQUIRES: all works that `scouted` names, with the copies of their
// publications and what dates them, are in the corpus; drafts are in its order
std::vector<Finding> judge(const VerifyCorpus& corpus, const Ground& ground, const Numbering& numbers,
                           std::span<const DraftText> drafts, std::span<const Scouted> scouted, unsigned jobs,
                           const Lexicons& lexicons);

}  // namespace suyuan
