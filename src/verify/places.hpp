// places.hpp: where a short passage stands in the works of a corpus, however it was changed.
//
// Finds what align_all leaves aside: passages of eight letters, passages of which every gram is common, places that
// hold only a part. Units are those of folds; `a` is the base, `b` the passage. Const use is safe from several
// threads. Cost: the occurrences of the passage's grams, and, where those say too little of a passage of up to 64
// letters, one bit-parallel pass over the corpus (a letter a nanosecond or two).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

struct Place {
  std::uint32_t work = 0;
  FoldSpan base;                // from the first letter that answers to the passage to the last
  std::vector<EqualRun> equal;  // in order; never empty
  std::uint32_t letters = 0;    // equal ones
};

class Places {
 public:
  using Allowed = std::function<bool(std::uint32_t work)>;

  Places(const Corpus& corpus, const Index& index) : corpus_(corpus), index_(index) {}

  struct Found {
    std::vector<Place> places;
    std::uint32_t left_aside =
        0;                      // works that hold enough of the passage and were not looked at closely, see kWorks
    std::uint32_t unasked = 0;  // grams of the passage that stand in too many places to be asked
  };

  // The places of a passage of `work` in the allowed works that hold at least `share` of its letters in order, the
  // fullest first, then by place. Of one work up to four that do not overlap; of works the kWorks fullest and those
  // that tie with the last of them. Letters of the base may be left out between two of the passage: up to
  // kOmission, and kMarkedOmission where the passage has an ellipsis there (`breaks`: the units it stands before).
  Found find(std::uint32_t work, FoldSpan passage, const Allowed& allowed, double share,
             const std::vector<std::uint32_t>& breaks = {}) const;

  static constexpr std::uint32_t kWorks = 32;
  static constexpr std::uint32_t kOverflow = 20000;  // places of a gram past which it is not asked
  static constexpr std::uint32_t kMarkedOmission = 4000;

 private:
  const Corpus& corpus_;
  const Index& index_;
};

}  // namespace suyuan
