// join.hpp: what of the alignments of two texts belongs together: omissions, clauses that changed places,
// composites.
#pragma once

#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

struct Links {
  std::vector<Alignment> linked;
  std::vector<Alignment> weak;                 // exact, and too common to hold alone
  std::vector<std::vector<EqualRun>> endless;  // grown, and refused because they went on and on
};

// Takes what vouches for each other into one alignment, of `weak` too. Two clauses that changed places are one
// alignment with a move in it. Pieces that follow each other in one text and stand apart in the other are marked as
// joined: they make a composite. All are of the folds a and b.
void join(const Fold& a, const Fold& b, Links& found);

}  // namespace suyuan
