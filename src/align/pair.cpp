// One place against another, whole against whole, without an index.
#include <algorithm>
#include <unordered_map>

#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "align/ends.hpp"
#include "align/runs.hpp"
#include "suyuan/align.hpp"

namespace suyuan {

std::vector<EqualRun> align_pair(const Fold& a, FoldSpan in_a, const Fold& b, FoldSpan in_b) {
  constexpr std::uint32_t kGram = 4;
  const auto ua = a.units(in_a), ub = b.units(in_b);
  if (static_cast<std::uint64_t>(ua.size() + 1) * (ub.size() + 1) < 40'000) {
    std::vector<EqualRun> runs;
    for (const EqualRun& r : edit_script(ua, ub)) runs.push_back({in_a.begin + r.a, in_b.begin + r.b, r.length});
    canonical(a, b, runs);
    return runs;
  }
  const auto gram = [](std::span<const Unit> u, std::uint32_t i) {
    std::uint64_t h = 0;
    for (std::uint32_t k = 0; k < kGram; ++k)
      h = h * 0x100000001B3ULL + static_cast<std::uint64_t>(u[i + k]) * 0x9E3779B97F4A7C15ULL;
    return h;
  };
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> where;
  for (std::uint32_t i = 0; i + kGram <= ua.size(); ++i) where[gram(ua, i)].push_back(i);
  std::vector<Segment> segments;
  std::unordered_map<std::int64_t, std::size_t> open;  // diagonal → its latest segment
  for (std::uint32_t j = 0; j + kGram <= ub.size(); ++j) {
    const auto found = where.find(gram(ub, j));
    if (found == where.end()) continue;
    // Of a gram that repeats, the occurrences nearest to the same share of the text stand for the others.
    constexpr std::size_t kNearest = 32;
    auto first = found->second.begin(), last = found->second.end();
    if (found->second.size() > kNearest) {
      const auto expected = static_cast<std::uint32_t>(static_cast<std::uint64_t>(j) * ua.size() / ub.size());
      const auto middle = std::lower_bound(first, last, expected);
      first = middle - std::min<std::ptrdiff_t>(middle - first, kNearest / 2);
      last = middle + std::min<std::ptrdiff_t>(last - middle, kNearest / 2);
    }
    for (; first != last; ++first) {
      const std::uint32_t i = *first;
      const std::int64_t diagonal = static_cast<std::int64_t>(i) - j;
      const auto at = open.find(diagonal);
      if (at != open.end() && segments[at->second].b + segments[at->second].length >= in_b.begin + j) {
        segments[at->second].length = in_b.begin + j + kGram - segments[at->second].b;
      } else {
        open[diagonal] = segments.size();
        segments.push_back({in_a.begin + i, in_b.begin + j, kGram, 0});
      }
    }
  }
  for (Segment& x : segments) x.bits = 3.0 * x.length;
  const auto runs = chain_segments(segments, 0);
  if (runs.empty()) return {};
  std::vector<EqualRun> out = fill(a, b, runs.front());
  grow_ends(a, b, out, in_a, in_b);
  return out;
}

}  // namespace suyuan
