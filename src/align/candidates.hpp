// candidates.hpp: which works align_one can find anything in, from letters alone: for those who have not read the
// works yet.
#pragma once

#include <cstdint>
#include <vector>

#include "align/ends.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

// Letters that are looked at on both sides of where the text would lie along its matches in a work.
inline constexpr std::uint32_t kCandidateMargin = kNear;

// Ascending. Only the units of the index are looked at. Works that hold all of the text word for word, however
// common its wording, need not be among them.
std::vector<std::uint32_t> works_to_align(const Corpus& corpus, const Index& index, std::uint32_t work);

// Positions whose widespread grams align_one() seeks everywhere: of each eight grams one, the same for the same
// letters, ascending.
std::vector<std::uint32_t> widespread_seeds(const Index& index, std::uint32_t work);

}  // namespace suyuan
