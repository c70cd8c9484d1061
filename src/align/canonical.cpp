// The one way to write a difference.
#include "align/canonical.hpp"

#include <algorithm>

namespace suyuan {

namespace {

// Slides a one-sided gap between two runs to where a clause begins, else as far left as it goes.
void slide(const Fold& fold, std::span<const Unit> units, std::uint32_t begin, std::uint32_t end,
           std::uint32_t left_room, std::uint32_t right_room, std::int64_t& shift) {
  std::int64_t left = 0;
  while (left < left_room &&
         units[begin - 1 - static_cast<std::uint32_t>(left)] == units[end - 1 - static_cast<std::uint32_t>(left)])
    ++left;
  std::int64_t right = 0;
  while (right < right_room &&
         units[begin + static_cast<std::uint32_t>(right)] == units[end + static_cast<std::uint32_t>(right)])
    ++right;
  shift = -left;
  for (std::int64_t s = -left; s <= right; ++s)
    if (fold.is_clause_edge(static_cast<std::uint32_t>(begin + s))) {
      shift = s;
      return;
    }
}

}  // namespace

void canonical(const Fold& a, const Fold& b, std::vector<EqualRun>& runs) {
  if (runs.size() < 2) return;
  std::size_t n = 0;  // the last of those that stay
  for (std::size_t i = 1; i < runs.size(); ++i) {
    EqualRun run = runs[i];
    EqualRun& last = runs[n];
    const std::uint32_t da = run.a - last.a - last.length, db = run.b - last.b - last.length;
    if (da == 0 && db == 0) {
      last.length += run.length;
      continue;
    }
    if ((da == 0) != (db == 0)) {
      std::int64_t shift = 0;
      const bool in_a = da != 0;
      const std::uint32_t begin = in_a ? last.a + last.length : last.b + last.length;
      slide(in_a ? a : b, in_a ? a.units() : b.units(), begin, begin + (in_a ? da : db),
            std::max(last.length, 1U) - 1, std::max(run.length, 1U) - 1, shift);
      last.length = static_cast<std::uint32_t>(last.length + shift);
      run.a = static_cast<std::uint32_t>(run.a + shift);
      run.b = static_cast<std::uint32_t>(run.b + shift);
      run.length = static_cast<std::uint32_t>(run.length - shift);
    }
    runs[++n] = run;
  }
  runs.resize(n + 1);
  const auto between = [&](const EqualRun& l, const EqualRun& r) {
    return r.a > l.a + l.length && r.b > l.b + l.length;
  };
  std::size_t kept = 0;
  EqualRun before{};  // as it was found, kept or not
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const EqualRun run = runs[i];
    const bool lone =
        run.length <= 1 && i > 0 && i + 1 < runs.size() && (between(before, run) || between(run, runs[i + 1]));
    if (!lone) runs[kept++] = run;
    before = run;
  }
  runs.resize(kept);
}

}  // namespace suyuan
