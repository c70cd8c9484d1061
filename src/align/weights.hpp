// weights.hpp: what runs weigh: how surprising they are, less what stands between them.
#pragma once

#include <utility>
#include <vector>

#include "align/figures.hpp"
#include "align/matches.hpp"

namespace suyuan {

// What stands between two runs in each text.
inline std::pair<FoldSpan, FoldSpan> gap(const EqualRun& l, const EqualRun& r) {
  return {{l.a + l.length, r.a}, {l.b + l.length, r.b}};
}
// Whether that is one number, in each text as it writes it.
inline bool same_number(const Fold& a, const Fold& b, const EqualRun& l, const EqualRun& r) {
  const auto [x, y] = gap(l, r);
  return figures::same(a, x, b, y);
}

// In bits, surprise less differences. Letters that a scan may have taken for those they stand against cost less.
double score(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs, const Surprise& surprise);

// Takes off what stands past the last difference, or before the first, and is too common to bear it; several pieces
// may bear theirs together.
void drop_loose_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, const Surprise& surprise);

}  // namespace suyuan
