// judge.hpp: from what scouting found to findings. The works that it names are at hand in a corpus, whose numbers
// may be others than the ground's.
#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>
#include <vector>

#include "verify/scout.hpp"

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

// In the order of the drafts' texts. REQUIRES: all works that `scouted` names, with the copies of their
// publications and what dates them, are in the corpus; drafts are in its order
std::vector<Finding> judge(const VerifyCorpus& corpus, const Ground& ground, const Numbering& numbers,
                           std::span<const DraftText> drafts, std::span<const Scouted> scouted, unsigned jobs,
                           const Lexicons& lexicons);

}  // namespace suyuan
