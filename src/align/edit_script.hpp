// edit_script.hpp: a shortest insert/delete script between two short unit sequences, as its equal runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// Windows up to this many cells are aligned exactly; past it only the common ends are.
inline constexpr std::uint64_t kWindowCells = 1'900'000;

// The length of the longest common subsequence: bit-parallel, O(|a| |b| / 64).
std::uint32_t common_length(std::span<const Unit> a, std::span<const Unit> b);

// Equal runs in order. Where the two share less than a third of the shorter in order, only the common
// beginning and end are given: such a window reads as replaced.
std::vector<EqualRun> edit_script(std::span<const Unit> a, std::span<const Unit> b);

}  // namespace suyuan
