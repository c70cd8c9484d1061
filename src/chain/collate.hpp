// collate.hpp: the witnesses of a chain against each other: the nearest earlier text, the first appearance, and
// whose wording each has.
#pragma once

#include <functional>

#include "suyuan/chain.hpp"

namespace suyuan {

// How many letters of a window of one work are linked to a window of another.
using Linked =
    std::function<std::uint32_t(std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there)>;

// Fills `nearest`, `against_first` and `follows` of a chain whose witnesses, head and first appearance are known:
// of the earliest `compared` witnesses, of the head and of the first.
void collate(const Corpus& corpus, const Linked& linked, Chain& chain, std::size_t compared = SIZE_MAX);

// An earlier wording of a chain against one of its witnesses, which is the comparison's second side.
struct CollatedSource {
  std::vector<std::uint32_t> witnesses;  // those that have it letter for letter, the earliest first
  Comparison comparison;
};

// Whose wording a witness of a chain has.
class Follower {
 public:
  // What is judged by beside the witnesses themselves, of each.
  struct Beside {
    FoldSpan before, after;  // the text next to it
    bool copied = false;     // another work of its publication is a witness too
    FoldSpan text(bool behind) const { return behind ? after : before; }
  };

  Follower(const Corpus& corpus, const Linked& linked, const Chain& chain);
  // `sources` hold half of the witness and more.
  Follows of(std::uint32_t witness, const std::vector<CollatedSource>& sources) const;

 private:
  const Corpus& corpus_;
  const Linked& linked_;
  const Chain& chain_;
  std::vector<Beside> beside_;
};

}  // namespace suyuan
