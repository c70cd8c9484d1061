// publications.hpp: which works are copies of one publication. A library, which does not hold its works in one
// Corpus, asks in the same steps.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "suyuan/fold.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

// Pairs a < b of works that share half of a sample of their grams and differ little in length; all that can be
// copies of each other are among them. Linear in the letters; memory bounded, beside the pairs. `letters` gives
// those of a work until it is called again.
std::vector<std::pair<std::uint32_t, std::uint32_t>> copy_candidates(
    std::span<const std::uint32_t> sizes, const std::function<std::span<const Unit>(std::uint32_t work)>& letters);

struct PublishedText {
  Work* work = nullptr;
  std::span<const Unit> units;
  const std::string* key = nullptr;  // of its document
};

// The publication of each work, by the number of its first. Dates that copies lack are taken from those that state
// them. REQUIRES: in the order of the documents' keys and paths
std::vector<std::uint32_t> find_publications(std::span<const PublishedText> works,
                                             std::span<const std::pair<std::uint32_t, std::uint32_t>> candidates);

}  // namespace suyuan
