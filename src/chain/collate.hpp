// collate.hpp: the witnesses of a chain against each other: the nearest earlier text, the first appearance, and
// whose wording each has.
#pragma once

#include <functional>

#include "suyuan/chain.hpp"

namespace suyuan {

// How many letters of a window of one work are linked to a window of another.
using Linked =
    std::function<std::uint32_t(std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there)>;

// Fills `nearest`, `against_first` and `follows` of a chain whose witnesses, head and first appearance are known.
void collate(const Corpus& corpus, const Linked& linked, Chain& chain);

// An earlier wording of a chain against one of its witnesses, which is the comparison's second side.
struct CollatedSource {
  std::vector<std::uint32_t> witnesses;  // those that have it letter for letter, the earliest first
  Comparison comparison;
};

// Whose wording a witness has. `sources` hold half of it and more.
Follows follows(const Corpus& corpus, const Linked& linked, const Chain& chain, std::uint32_t witness,
                const std::vector<CollatedSource>& sources);

}  // namespace suyuan
