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
// those of a work until it is called again. Of `settled` works, the first, no two are a pair.
std::vector<std::pair<std::uint32_t, std::uint32_t>> copy_candidates(
    std::span<const std::uint32_t> sizes, const std::function<std::span<const Unit>(std::uint32_t work)>& letters,
    std::uint32_t settled = 0);

// The same for one work against others that are asked for by gram: the grams of its sample, each once, and whether
// two works that share some of them, of so many letters, are a pair.
struct CopySample {
  static constexpr std::size_t kSpread = 40;      // works past which a sampled gram says nothing of any two
  static constexpr std::uint32_t kShortest = 60;  // letters: shorter works share wording without being copies
  std::vector<std::uint32_t> begins;              // where the grams begin in the work
};
CopySample copy_sample(std::span<const Unit> units);
bool may_be_copies(std::uint32_t size_a, std::uint32_t size_b);
bool are_candidates(std::size_t shared, std::size_t sampled_a, std::size_t sampled_b);

struct PublishedText {
  Work* work = nullptr;
  std::span<const Unit> units;
  const std::string* key = nullptr;  // of its document
};

// The publication of each work, by the number of its first. Dates that copies lack are taken from those that state
// them. The first works, those with a publication in `settled`, keep it and what is said of them; of their
// publications the others join one at most. REQUIRES: the settled ones, and the others, in the order of the
// documents' keys and paths
std::vector<std::uint32_t> find_publications(std::span<const PublishedText> works,
                                             std::span<const std::pair<std::uint32_t, std::uint32_t>> candidates,
                                             std::span<const std::uint32_t> settled = {});

}  // namespace suyuan
