// What runs weigh, and what at their ends is too light to stay.
#include "align/weights.hpp"

#include <algorithm>

#include "align/ends.hpp"

namespace suyuan {

namespace {

constexpr double kSameNumber = 1;          // bits that a numeral costs which is written in two ways
constexpr std::uint32_t kMisread = 4;      // letters in a row that were misread, at most
constexpr double kLoose = 10, kShort = 3;  // bits of a loose end, and of a short one at clause edges

// Letters that a scan may have taken for those they stand against: chance does not put them there.
std::uint32_t misread(std::span<const Unit> a, std::span<const Unit> b) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) n += is_misread(a[i], b[i]);
  return n;
}

}  // namespace

double score(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs, const Surprise& surprise) {
  double bits = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    bits += surprise.of(runs[i].b, runs[i].length);
    if (i == 0) continue;
    const std::uint32_t da = runs[i].a - runs[i - 1].a - runs[i - 1].length;
    const std::uint32_t db = runs[i].b - runs[i - 1].b - runs[i - 1].length;
    const double cost = same_number(a, b, runs[i - 1], runs[i]) ? kSameNumber : gap_cost(da, db);
    bits -= da == db && da <= kMisread ? std::max(1.0, cost - 2.2 * misread(a.units({runs[i].a - da, runs[i].a}),
                                                                            b.units({runs[i].b - db, runs[i].b})))
                                       : cost;
  }
  return bits;
}

void drop_loose_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, const Surprise& surprise) {
  const auto cost = [&](std::size_t i) {
    const auto [x, y] = gap(runs[i - 1], runs[i]);
    return same_number(a, b, runs[i - 1], runs[i]) ? kSameNumber : gap_cost(x.size(), y.size());
  };
  const auto wanted = [](bool whole, const EqualRun& r) {
    return !whole ? kLoose : r.length < Index::kGram ? kShort : 0;
  };
  std::size_t last = 0;
  while (runs[last].length == 0) ++last;
  double net = 0;
  for (std::size_t i = last + 1; i < runs.size(); ++i) {
    const EqualRun& r = runs[i];
    const double own = surprise.of(r.b, r.length) - cost(i);
    net += own;
    const bool of_last = r.length == 0 && last + 1 == i;  // a numeral at the end of what stays
    if (!of_last &&
        std::max(net, own) < wanted(a.is_clause_edge(r.a + r.length) && b.is_clause_edge(r.b + r.length), r))
      continue;
    last = i;
    net = 0;
  }
  runs.resize(last + 1);
  std::size_t first = last;
  while (runs[first].length == 0) --first;
  net = 0;
  for (std::size_t i = first; i-- > 0;) {
    const EqualRun& r = runs[i];
    const double own = surprise.of(r.b, r.length) - cost(i + 1);
    net += own;
    const bool of_first = r.length == 0 && first == i + 1;
    if (!of_first && std::max(net, own) < wanted(a.is_clause_edge(r.a) && b.is_clause_edge(r.b), r)) continue;
    first = i;
    net = 0;
  }
  runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace suyuan
