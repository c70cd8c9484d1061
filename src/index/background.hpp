// background.hpp: how often k-grams stand in the shipped background (data/background), by hash.
#pragma once

#include <cstdint>
#include <span>

#include "suyuan/fold.hpp"

namespace suyuan::background {

// A mixed 64-bit hash of a gram's letters. The upper half orders the index, 24 bits of the lower half name the
// gram in the background: data/background/background.bin depends on this function.
std::uint64_t gram_hash(std::span<const Unit> gram);
inline std::uint32_t gram_key(std::uint64_t hash) { return static_cast<std::uint32_t>(hash & 0xFFFFFF); }

// How often the gram of that key stands in a letter of the background; 0 where it is too rare to be listed.
double rate(std::uint32_t key);
// Whether a gram of that rate is so widespread there that it is common wherever it stands.
bool is_common(double rate);
// How many letters the background was counted in.
std::uint32_t letters();

// A listed gram of level n stands in at least kLeastWorks × 2^(n / 1.5) works.
inline constexpr std::uint32_t kLeastWorks = 7;

}  // namespace suyuan::background
