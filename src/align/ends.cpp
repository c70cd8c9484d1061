// How far an alignment reaches.
#include "align/ends.hpp"

#include <algorithm>
#include <array>

#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "align/runs.hpp"

namespace suyuan {

std::uint32_t alike(std::span<const Unit> in_a, std::span<const Unit> in_b, bool backwards) {
  constexpr std::uint32_t kAside = 3;
  // Of one length, so that the letters of a diagonal are compared at once; what is past an end equals nothing.
  std::array<Unit, kNear + kAside> a, b;
  const auto fill_in = [&](std::array<Unit, kNear + kAside>& to, std::span<const Unit> from, Unit none) {
    to.fill(none);
    if (backwards)
      std::reverse_copy(from.begin(), from.end(), to.begin());
    else
      std::copy(from.begin(), from.end(), to.begin());
  };
  fill_in(a, in_a, Unit{0xFFFFFFFF});
  fill_in(b, in_b, Unit{0xFFFFFFFE});
  std::array<std::uint32_t, kAside + 1> ahead{}, behind{};
  for (std::uint32_t i = 0; i < kNear; ++i)
    for (std::uint32_t d = 0; d <= kAside; ++d) {
      ahead[d] += a[i + d] == b[i];
      behind[d] += a[i] == b[i + d];
    }
  std::uint32_t most = 0;
  for (std::uint32_t d = 0; d <= kAside; ++d) most = std::max({most, ahead[d], behind[d]});
  return most;
}

std::uint32_t shared_at_most(std::span<const Unit> a, std::span<const Unit> b) {
  const auto bit = [](Unit u) { return std::uint64_t{1} << ((static_cast<std::uint32_t>(u) * 0x9E3779B1U) >> 26); };
  std::uint64_t in_a = 0;
  for (const Unit u : a) in_a |= bit(u);
  std::uint32_t shared = 0;
  for (const Unit u : b) shared += (in_a & bit(u)) != 0;
  return shared;
}

namespace {

constexpr std::uint32_t kGrow = 16;  // letters an end may grow by in one step

// What it is worth, in letters, that an end falls on a clause edge of both texts.
constexpr int kEdgeWorth = 5;  // halves

// Where an end may go: the letters past it in both texts, forwards from the tail or backwards from the head.
class Beyond {
 public:
  Beyond(const Fold& a, FoldSpan wa, const Fold& b, FoldSpan wb, bool backwards)
      : fold_a_(a), fold_b_(b), wa_(wa), wb_(wb), backwards_(backwards) {}

  bool promising() const {
    const std::uint32_t n = std::min(wa_.size(), kNear), m = std::min(wb_.size(), kNear);
    const std::uint32_t a = backwards_ ? wa_.end - n : wa_.begin, b = backwards_ ? wb_.end - m : wb_.begin;
    return alike(fold_a_.units({a, a + n}), fold_b_.units({b, b + m}), backwards_) >= 2;
  }

  // The stretch in which matches outweigh differences, as equal runs from the end on; empty where there is none.
  std::vector<EqualRun> best() const {
    const std::uint32_t n = wa_.size(), m = wb_.size();
    if (n == 0 || m == 0 || !promising()) return {};
    // Scores in half letters, in a band about the diagonal, row by row, until they have fallen too far.
    constexpr std::uint32_t kBand = 5;
    constexpr int kFallen = 10, kNone = -1000;
    const Unit *ua = fold_a_.units().data(), *ub = fold_b_.units().data();
    std::array<bool, kGrow + 1> edge_b{};
    for (std::uint32_t j = 0; j <= m; ++j)
      edge_b[j] = fold_b_.is_clause_edge(backwards_ ? wb_.end - j : wb_.begin + j);
    const bool at_edge = edge_b[0] && fold_a_.is_clause_edge(backwards_ ? wa_.end : wa_.begin);
    int best = (at_edge ? kEdgeWorth : 0) + 4;  // an end moves for two letters at least
    std::uint32_t bi = 0, bj = 0;
    std::array<int, kGrow + 2> above{}, row{};
    above.fill(kNone);
    for (std::uint32_t i = 0; i <= n; ++i) {
      row.fill(kNone);
      const Unit x = i == 0 ? Unit{} : ua[backwards_ ? wa_.end - i : wa_.begin + i - 1];
      const bool edge_a = fold_a_.is_clause_edge(backwards_ ? wa_.end - i : wa_.begin + i);
      int top = kNone;
      for (std::uint32_t j = i > kBand ? i - kBand : 0; j <= std::min(m, i + kBand); ++j) {
        int s = i == 0 && j == 0 ? 0 : above[j] - 2;
        if (j > 0) {
          s = std::max(s, row[j - 1] - 2);
          if (i > 0)
            s = std::max(s, above[j - 1] + (x == ub[backwards_ ? wb_.end - j : wb_.begin + j - 1] ? 2 : -2));
        }
        row[j] = s;
        top = std::max(top, s);
        if (edge_a && edge_b[j]) s += kEdgeWorth;
        if (s > best && (i > 0 || j > 0)) best = s, bi = i, bj = j;
      }
      if (top < best - kFallen) break;
      above = row;
    }
    if (bi == 0 || bj == 0) return {};
    if (!backwards_)
      return edit_script(fold_a_.units({wa_.begin, wa_.begin + bi}), fold_b_.units({wb_.begin, wb_.begin + bj}));
    const auto va = fold_a_.units({wa_.end - bi, wa_.end}), vb = fold_b_.units({wb_.end - bj, wb_.end});
    return edit_script(std::vector<Unit>(va.rbegin(), va.rend()), std::vector<Unit>(vb.rbegin(), vb.rend()));
  }

 private:
  const Fold &fold_a_, &fold_b_;
  FoldSpan wa_, wb_;
  bool backwards_;
};

}  // namespace

void grow_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b) {
  while (true) {
    const EqualRun last = runs.back();
    const std::uint32_t ea = last.a + last.length, eb = last.b + last.length;
    const FoldSpan wa{ea, std::min(in_a.end, ea + kGrow)}, wb{eb, std::min(in_b.end, eb + kGrow)};
    const auto more = Beyond(a, wa, b, wb, false).best();
    if (more.empty()) break;
    for (const EqualRun& r : more) runs.push_back({ea + r.a, eb + r.b, r.length});
  }
  while (true) {
    const std::uint32_t ba = runs.front().a, bb = runs.front().b;
    const FoldSpan wa{ba - std::min(kGrow, ba - in_a.begin), ba}, wb{bb - std::min(kGrow, bb - in_b.begin), bb};
    const auto more = Beyond(a, wa, b, wb, true).best();
    if (more.empty()) break;
    std::vector<EqualRun> front;
    for (auto r = more.rbegin(); r != more.rend(); ++r)
      front.push_back({ba - r->a - r->length, bb - r->b - r->length, r->length});
    runs.insert(runs.begin(), front.begin(), front.end());
  }
  canonical(a, b, runs);
}

void reach_edges(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b,
                 std::uint32_t of) {
  constexpr std::uint32_t kFarthest = 24, kNearest = 4, kStayed = 2;
  const Unit *ua = a.units().data(), *ub = b.units().data();
  for (bool moved = true; moved;) {
    moved = false;
    const EqualRun last = runs.back();
    const std::uint32_t ea = last.a + last.length, eb = last.b + last.length;
    const std::uint32_t room = std::min({kFarthest, in_a.end - ea, in_b.end - eb});
    for (std::uint32_t n = 1, equal = 0; n <= room && !moved; ++n) {
      equal += ua[ea + n - 1] == ub[eb + n - 1];
      if (n < kNearest || equal < kStayed || equal * of < n || !a.is_clause_edge(ea + n) ||
          !b.is_clause_edge(eb + n))
        continue;
      for (std::uint32_t k = 0; k < n; ++k)
        if (ua[ea + k] == ub[eb + k]) runs.push_back({ea + k, eb + k, 1});
      moved = true;
    }
  }
  for (bool moved = true; moved;) {
    moved = false;
    const std::uint32_t ba = runs.front().a, bb = runs.front().b;
    const std::uint32_t room = std::min({kFarthest, ba - in_a.begin, bb - in_b.begin});
    for (std::uint32_t n = 1, equal = 0; n <= room && !moved; ++n) {
      equal += ua[ba - n] == ub[bb - n];
      if (n < kNearest || equal < kStayed || equal * of < n || !a.is_clause_edge(ba - n) ||
          !b.is_clause_edge(bb - n))
        continue;
      std::vector<EqualRun> front;
      for (std::uint32_t k = n; k > 0; --k)
        if (ua[ba - k] == ub[bb - k]) front.push_back({ba - k, bb - k, 1});
      runs.insert(runs.begin(), front.begin(), front.end());
      moved = true;
    }
  }
  canonical(a, b, runs);
}

void trim_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs) {
  constexpr std::uint32_t kStray = 3;
  EqualRun& first = runs.front();
  if (!a.is_clause_edge(first.a) || !b.is_clause_edge(first.b))
    for (std::uint32_t k = 1; k <= kStray && k + 5 < first.length; ++k)
      if (a.is_clause_edge(first.a + k) && b.is_clause_edge(first.b + k)) {
        first = {first.a + k, first.b + k, first.length - k};
        break;
      }
  EqualRun& last = runs.back();
  const auto ends_clause = [&](std::uint32_t k) {
    return a.is_clause_edge(last.a + last.length - k) && b.is_clause_edge(last.b + last.length - k);
  };
  if (!ends_clause(0))
    for (std::uint32_t k = 1; k <= kStray && k + 5 < last.length; ++k)
      if (ends_clause(k)) {
        last.length -= k;
        break;
      }
}

void close_clauses(const Fold& a, const Fold& b, Alignment& x) {
  const std::uint32_t most = std::clamp(equal_letters(x.equal) / 10, kClauseEnd, 2 * kClauseEnd);
  const auto letters = [&](const Fold& f, std::uint32_t from, int step) {
    for (std::uint32_t n = 0; n <= most; ++n) {
      const std::int64_t at = static_cast<std::int64_t>(from) + step * static_cast<std::int64_t>(n);
      if (at < 0 || at > f.size()) break;
      if (f.is_clause_edge(static_cast<std::uint32_t>(at))) return n;
    }
    return most + 1;
  };
  const std::uint32_t ea = letters(a, x.a.end, 1), eb = letters(b, x.b.end, 1);
  if (ea <= most && ea == eb) x.a.end += ea, x.b.end += eb;
  const std::uint32_t sa = letters(a, x.a.begin, -1), sb = letters(b, x.b.begin, -1);
  if (sa <= most && sa == sb) x.a.begin -= sa, x.b.begin -= sb;
}

}  // namespace suyuan
