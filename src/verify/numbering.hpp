// numbering.hpp: works have numbers in the corpus that is at hand, and may have others in the ground.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace suyuan {

// Of works that are at hand: their numbers in the corpus and in the ground. Where no numbers are given, they are
// one.
struct Numbering {
  std::unordered_map<std::uint32_t, std::uint32_t> corpus, ground;
  struct Draft {
    std::uint32_t work, number;  // in the corpus, and as the ground knows it
  };
  std::vector<Draft> of_drafts;  // in the order of the drafts

  std::uint32_t in_corpus(std::uint32_t work) const { return corpus.empty() ? work : corpus.at(work); }
  std::uint32_t in_ground(std::uint32_t work) const { return corpus.empty() ? work : ground.at(work); }
  std::uint32_t draft(std::uint32_t work) const {
    return std::find_if(of_drafts.begin(), of_drafts.end(), [&](const Draft& d) { return d.work == work; })->number;
  }
};

}  // namespace suyuan
