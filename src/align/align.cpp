// Seeds → runs → alignments. Each work is asked against all that stand before it and against itself.
#include "suyuan/align.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "base/parallel.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kReplaced = 60;  // letters that may be replaced between two seeds
constexpr double kReplacedWeight = 1.5;  // a gap may replace two thirds of what the smaller side holds
constexpr double kOmittedWeight = 1.0;   // and omit as much
constexpr std::uint32_t kGrow = 16;      // letters an end may grow by in one step
constexpr double kBitsALetter = 2.8;     // of ordinary wording: what a gap's letters are weighed against
constexpr double kCandidate = 20;        // bits of seeds a pair of works must share to be looked at
constexpr double kSeed = 8;              // and of one seed among several

struct Segment {  // an exact match: a[a, +length) == b[b, +length)
  std::uint32_t a, b, length;
  double bits;          // how surprising it is
  bool lonely = false;  // too little is in common past its ends
};

// What a difference costs, in bits: that there is one, each letter replaced, and a cut the longer it is.
double gap_cost(std::uint32_t da, std::uint32_t db) {
  const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
  if (both > kReplaced || one > kOmission) return 1e9;
  if (both == 0 && one == 0) return 0;
  return 3.5 + 0.8 * both + (one == 0 ? 0 : 2 * std::log2(1.0 + one) + 0.06 * one);
}

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
  if (runs.empty()) return;
  std::vector<EqualRun> out{runs.front()};
  for (std::size_t i = 1; i < runs.size(); ++i) {
    EqualRun run = runs[i];
    EqualRun& last = out.back();
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
            out.size() > 1 || last.length > 1 ? last.length - 1 : 0, run.length - 1, shift);
      last.length = static_cast<std::uint32_t>(last.length + shift);
      run.a = static_cast<std::uint32_t>(run.a + shift);
      run.b = static_cast<std::uint32_t>(run.b + shift);
      run.length = static_cast<std::uint32_t>(run.length - shift);
    }
    out.push_back(run);
  }
  runs.clear();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool lone = out[i].length <= 1 && i > 0 && i + 1 < out.size();
    if (lone) {
      const auto gap = [&](std::size_t l, std::size_t r, bool in_a) {
        return in_a ? out[r].a - out[l].a - out[l].length : out[r].b - out[l].b - out[l].length;
      };
      const bool left_both = gap(i - 1, i, true) > 0 && gap(i - 1, i, false) > 0;
      const bool right_both = gap(i, i + 1, true) > 0 && gap(i, i + 1, false) > 0;
      if (left_both || right_both) continue;
    }
    runs.push_back(out[i]);
  }
}

namespace {

// A few letters may be replaced; of more, most must be equal, or else the whole is another wording and the letters
// that it happens to share are no evidence.
// Letter for letter a third is much: chance gives one in a hundred.
bool alike_enough(std::span<const Unit> a, std::span<const Unit> b) {
  constexpr std::size_t kFew = 6;
  const std::size_t least = std::min(a.size(), b.size());
  if (least <= kFew) return true;
  if (a.size() == b.size()) {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < least; ++i) equal += a[i] == b[i];
    if (equal * 3 >= least) return true;
  }
  return common_length(a, b) * 2 >= least;
}

// Fills the windows between anchors with exact scripts.
std::vector<EqualRun> fill(const Fold& a, const Fold& b, const std::vector<Segment>& anchors) {
  std::vector<EqualRun> runs;
  for (const Segment& s : anchors) {
    if (!runs.empty()) {
      const FoldSpan wa{runs.back().a + runs.back().length, s.a}, wb{runs.back().b + runs.back().length, s.b};
      if (!wa.empty() && !wb.empty() && alike_enough(a.units(wa), b.units(wb)))
        for (const EqualRun& r : edit_script(a.units(wa), b.units(wb)))
          runs.push_back({wa.begin + r.a, wb.begin + r.b, r.length});
    }
    runs.push_back({s.a, s.b, s.length});
  }
  canonical(a, b, runs);
  return runs;
}

std::uint32_t equal_letters(std::span<const EqualRun> runs) {
  std::uint32_t n = 0;
  for (const EqualRun& r : runs) n += r.length;
  return n;
}

// What it is worth, in letters, that an end falls on a clause edge of both texts.
constexpr int kEdgeWorth = 5;  // halves

constexpr std::uint32_t kNear = 12;

// The most equal letters on one diagonal near the end of a match.
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

// No fewer than the letters of b that a has too: what alike() cannot exceed.
std::uint32_t shared_at_most(std::span<const Unit> a, std::span<const Unit> b) {
  const auto bit = [](Unit u) { return std::uint64_t{1} << ((static_cast<std::uint32_t>(u) * 0x9E3779B1U) >> 26); };
  std::uint64_t in_a = 0;
  for (const Unit u : a) in_a |= bit(u);
  std::uint32_t shared = 0;
  for (const Unit u : b) shared += (in_a & bit(u)) != 0;
  return shared;
}

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

// Takes an end on to a later clause edge of both texts, letter for letter, where of so many letters one stayed.
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
      if (n < kNearest || equal < kStayed || equal * of < n || !a.is_clause_edge(ea + n) || !b.is_clause_edge(eb + n)) continue;
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
      if (n < kNearest || equal < kStayed || equal * of < n || !a.is_clause_edge(ba - n) || !b.is_clause_edge(bb - n)) continue;
      std::vector<EqualRun> front;
      for (std::uint32_t k = n; k > 0; --k)
        if (ua[ba - k] == ub[bb - k]) front.push_back({ba - k, bb - k, 1});
      runs.insert(runs.begin(), front.begin(), front.end());
      moved = true;
    }
  }
  canonical(a, b, runs);
}

// Takes off a stray end: a few equal letters past the last clause edge of both texts, or before the first.
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

// A clause whose last (or first) letters were replaced is compared to its end, so that the difference is seen.
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

// The gap that weighs most against the smaller of what stands on its two sides, in letters of ordinary wording: its
// weight, and the run after
// it. Over 1 it is out of proportion. An omission that the text marks weighs less.
template <class Worth>
std::pair<double, std::size_t> heaviest_gap(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs,
                                            Worth worth) {
  constexpr double kFree = 2, kMarked = 0.3, kSentences = 2;  // letters, shares
  constexpr std::uint32_t kWide = 7;
  const auto marked = [](const Fold& f, std::uint32_t from, std::uint32_t to) {
    const auto marks = f.marks({from == 0 ? 0 : from - 1, to + 1});
    return std::any_of(marks.begin(), marks.end(), [](const Fold::Mark& m) { return m.mark == U'…'; });
  };
  // Whole sentences are left out where a sentence ends inside.
  const auto sentences = [](const Fold& f, std::uint32_t from, std::uint32_t to) {
    std::uint32_t ends = 0;
    for (std::uint32_t i = from; i <= to && to - from > kWide; ++i) ends += (f.gap(i) & Fold::sentence) != 0;
    return ends > 1;
  };
  const auto widest = [&](std::size_t i) {
    return std::max(runs[i].a - runs[i - 1].a - runs[i - 1].length, runs[i].b - runs[i - 1].b - runs[i - 1].length);
  };
  double right = 0, left = 0;
  for (const EqualRun& r : runs) right += worth(r);
  std::pair<double, std::size_t> worst{-1e9, 0};
  for (std::size_t i = 1; i < runs.size(); ++i) {
    left += worth(runs[i - 1]);
    right -= worth(runs[i - 1]);
    // A few equal letters amid a wider gap on either side are part of it.
    std::size_t end = i;
    double beyond = right;
    while (end + 1 < runs.size() && std::min(widest(end), widest(end + 1)) > std::max(kWide, runs[end].length))
      beyond -= worth(runs[end++]);
    const std::uint32_t ea = runs[i - 1].a + runs[i - 1].length, eb = runs[i - 1].b + runs[i - 1].length;
    const std::uint32_t da = runs[end].a - ea, db = runs[end].b - eb;
    const double both = std::min(da, db), one = std::max(da, db) - both;
    double weight = both * kReplacedWeight + one * kOmittedWeight - kFree;
    if (weight > 0 && (marked(a, ea, runs[end].a) || marked(b, eb, runs[end].b)))
      weight *= kMarked;
    else if (sentences(a, ea, runs[end].a) || sentences(b, eb, runs[end].b))
      weight *= kSentences;
    weight /= std::max(1.0, std::min(left, beyond));
    if (weight > worst.first) worst = {weight, i};
  }
  return worst;
}

using Pieces = std::vector<std::vector<EqualRun>>;

void cut_at(const std::vector<EqualRun>& runs, std::size_t at, Pieces& out) {
  const auto middle = runs.begin() + static_cast<std::ptrdiff_t>(at);
  std::vector<EqualRun> left(runs.begin(), middle), right(middle, runs.end());
  out.push_back(std::move(left));
  out.push_back(std::move(right));
}

// Cuts until no gap is out of proportion.
template <class Worth>
Pieces split(const Fold& a, const Fold& b, std::vector<EqualRun> whole, Worth worth) {
  Pieces todo{std::move(whole)}, out;
  while (!todo.empty()) {
    const std::vector<EqualRun> runs = std::move(todo.back());
    todo.pop_back();
    const auto [weight, at] = heaviest_gap(a, b, runs, worth);
    if (weight > 1)
      cut_at(runs, at, todo);
    else
      out.push_back(runs);
  }
  return out;
}

// Collinear runs of segments, best first; each segment is used once.
std::vector<std::vector<Segment>> chain_segments(std::vector<Segment>& segments, double least) {
  std::sort(segments.begin(), segments.end(),
            [](const Segment& x, const Segment& y) { return std::tie(x.b, x.a) < std::tie(y.b, y.a); });
  const std::size_t n = segments.size();
  std::vector<double> score(n);
  std::vector<std::size_t> from(n), order(n);
  std::vector<char> used(n, 0);
  std::uint32_t longest = 0;
  for (std::size_t s = 0; s < n; ++s) {
    const Segment& y = segments[s];
    order[s] = from[s] = s;
    score[s] = y.bits;
    for (std::size_t t = s; t-- > 0;) {
      const Segment& x = segments[t];
      if (y.b - x.b > kOmission + kReplaced + longest) break;
      if (x.a >= y.a || x.b >= y.b || x.a + x.length >= y.a + y.length || x.b + x.length >= y.b + y.length)
        continue;
      const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
      const std::uint32_t overlap = std::max(xa > y.a ? xa - y.a : 0, xb > y.b ? xb - y.b : 0);
      if (overlap >= y.length) continue;
      const double value =
          score[t] + y.bits * (y.length - overlap) / y.length - gap_cost(y.a + overlap - xa, y.b + overlap - xb);
      if (value > score[s]) score[s] = value, from[s] = t;
    }
    longest = std::max(longest, y.length);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return score[x] > score[y]; });
  std::vector<std::vector<Segment>> out;
  for (const std::size_t top : order) {
    if (used[top]) continue;
    std::vector<Segment> run;
    double value = score[top];
    for (std::size_t s = top;; s = from[s]) {
      used[s] = 1;
      run.push_back(segments[s]);
      if (from[s] == s) break;
      if (used[from[s]]) {
        value += segments[s].bits - score[s];
        break;
      }
    }
    if (value < least) continue;
    std::reverse(run.begin(), run.end());
    for (std::size_t i = 1; i < run.size(); ++i) {
      const std::uint32_t ea = run[i - 1].a + run[i - 1].length, eb = run[i - 1].b + run[i - 1].length;
      const std::uint32_t overlap = std::max(ea > run[i].a ? ea - run[i].a : 0, eb > run[i].b ? eb - run[i].b : 0);
      run[i].a += overlap, run[i].b += overlap;
      run[i].bits *= static_cast<double>(run[i].length - overlap) / run[i].length;
      run[i].length -= overlap;
    }
    out.push_back(std::move(run));
  }
  return out;
}

// Runs that follow each other letter for letter are one where enough of what stands between them stayed: a seed
// bears no long gap alone, but the letters in it do. What stays too weak to be looked at is left out.
std::vector<std::vector<Segment>> bridge(const Fold& a, const Fold& b, std::vector<std::vector<Segment>> runs) {
  std::sort(runs.begin(), runs.end(), [](const auto& x, const auto& y) {
    return std::tie(x.front().b, x.front().a) < std::tie(y.front().b, y.front().a);
  });
  std::vector<std::vector<Segment>> out;
  for (std::vector<Segment>& run : runs) {
    bool joined = false;
    for (std::size_t n = out.size(), k = 0; n-- > 0 && k < 4 && !joined; ++k) {
      const Segment &last = out[n].back(), &next = run.front();
      const std::uint32_t ea = last.a + last.length, eb = last.b + last.length;
      if (next.a < ea || next.b < eb || next.a - ea != next.b - eb || next.a - ea > kReplaced) continue;
      if (!alike_enough(a.units({ea, next.a}), b.units({eb, next.b}))) continue;
      out[n].insert(out[n].end(), run.begin(), run.end());
      joined = true;
    }
    if (!joined) out.push_back(std::move(run));
  }
  std::erase_if(out, [](const std::vector<Segment>& run) {
    double bits = 0;
    for (const Segment& s : run) bits += s.bits;
    return bits < kCandidate;
  });
  return out;
}

struct Hit {  // a longest exact match with an earlier place
  std::uint32_t work, a, b, length;
  bool lonely;
  auto operator<=>(const Hit&) const = default;
};

class Aligner {
 public:
  Aligner(const Corpus& corpus, const Index& index) : corpus_(corpus), index_(index) {}

  // What each candidate came to, for those who ask.
  std::vector<Candidate>* told = nullptr;

  // Against the works before it and itself, or against all others.
  std::vector<Alignment> against(std::uint32_t b_work, bool all = false,
                                 std::optional<std::uint32_t> only = {}) const {
    const Surprise surprise(index_, b_work);
    const std::vector<Hit> hits = longest_matches(b_work, surprise, all, only);
    std::vector<Alignment> out;
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < hits.size();) {
      const std::uint32_t work = hits[i].work;
      segments.clear();
      double bits = 0;
      for (; i < hits.size() && hits[i].work == work; ++i) {
        const Hit& h = hits[i];
        segments.push_back({h.a, h.b, h.length, surprise.of(h.b, h.length), h.lonely});
        bits += segments.back().bits;
      }
      if (bits >= kCandidate) pair(work, b_work, segments, surprise, out);
    }
    std::sort(out.begin(), out.end(), [](const Alignment& x, const Alignment& y) {
      return std::tie(x.b, x.a_work, x.a) < std::tie(y.b, y.a_work, y.a);
    });
    return out;
  }

 private:
  // How surprising stretches of one work are. A stretch of n letters counts n / kGram times the mean of its
  // grams; one without a gram is part of grams that the other text does not have.
  class Surprise {
   public:
    Surprise(const Index& index, std::uint32_t work) {
      const std::uint32_t begin = index.start(work), end = index.start(work + 1);
      sums_.reserve(end - begin + 1);
      sums_.push_back(0);
      for (std::uint32_t p = begin; p < end; ++p) sums_.push_back(sums_.back() + index.bits(p));
    }
    double of(std::uint32_t begin, std::uint32_t length) const {
      if (length < Index::kGram) return length < 2 ? 1 : 3.0 * length;
      const std::uint32_t grams = length - Index::kGram + 1;
      return (sums_[begin + grams] - sums_[begin]) / grams * length / Index::kGram;
    }

   private:
    std::vector<double> sums_;
  };

  // Every exact match with an earlier place that holds a gram that seeds, grown as far as it goes.
  std::vector<Hit> longest_matches(std::uint32_t b_work, const Surprise& surprise, bool all,
                                   std::optional<std::uint32_t> only) const {
    const std::uint32_t start = index_.start(b_work), end = index_.start(b_work + 1);
    const auto units = index_.units();
    std::vector<Hit> hits;
    constexpr std::size_t kAhead = 6;  // places: each is a cache miss
    for (std::uint32_t q = start; q < end; ++q) {
      if (!index_.seeds(q)) continue;
      // A match that the gram before it seeds too is found from there.
      const bool before = q > start && !index_.common(q - 1);
      const auto occurrences = index_.occurrences(q);
      const auto preceding = index_.preceding(q);
      for (std::size_t n = 0; n < occurrences.size() && (all || occurrences[n] < q); ++n) {
        if (n + kAhead < occurrences.size()) __builtin_prefetch(&units[occurrences[n + kAhead]]);
        if (before && preceding[n] == units[q - 1]) continue;
        const std::uint32_t p = occurrences[n];
        if (all && p >= start && p < end) continue;
        const std::uint32_t work = index_.work_at(p), floor = index_.start(work);
        if (only && work != *only) continue;
        std::uint32_t a = p, b = q;
        while (a > floor && b > start && units[a - 1] == units[b - 1]) --a, --b;
        std::uint32_t a_end = p + Index::kGram, b_end = q + Index::kGram;
        const std::uint32_t ceiling = work == b_work ? b : index_.start(work + 1);
        while (a_end < ceiling && b_end < end && units[a_end] == units[b_end]) ++a_end, ++b_end;
        a_end = std::min(a_end, ceiling);
        if (a_end < a + Index::kGram) continue;
        const std::uint32_t length = a_end - a;
        const bool lonely = is_lonely(
            surprise.of(b - start, length), length,
            {units.subspan(floor, a - floor), units.subspan(a_end, (work == b_work ? b : ceiling) - a_end),
             units.subspan(start, b - start), units.subspan(b + length, end - b - length)});
        hits.push_back({work, a - floor, b - start, length, lonely});
      }
    }
    std::sort(hits.begin(), hits.end());
    hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
    return hits;
  }

  void pair(std::uint32_t a_work, std::uint32_t b_work, std::vector<Segment>& segments, const Surprise& surprise,
            std::vector<Alignment>& out) const {
    const Fold &a = corpus_.works[a_work].fold, &b = corpus_.works[b_work].fold;
    std::vector<Alignment> mine;
    if (!chainable(segments)) {
      for (const Segment& one : segments)
        if (!hopeless(a, b, one))
          consider(a, b, a_work, b_work, {EqualRun{one.a, one.b, one.length}}, surprise, mine);
    } else {
      const auto worth = [&](const EqualRun& r) { return surprise.of(r.b, r.length) / kBitsALetter; };
      Pieces pieces;
      for (const std::vector<Segment>& run : bridge(a, b, chain_segments(segments, kSeed))) {
        if (run.size() == 1 && hopeless(a, b, run.front())) continue;
        for (std::vector<EqualRun>& piece : split(a, b, fill(a, b, run), worth))
          for (std::vector<EqualRun>& one : part_occasions(a_work, b_work, std::move(piece)))
            pieces.push_back(std::move(one));
      }
      for (std::size_t n = 0; n < pieces.size(); ++n) {
        const std::vector<EqualRun> piece = pieces[n];
        if (score(piece, surprise) < kCandidate && piece.size() == 1) continue;
        // Where the whole does not hold, its parts may.
        if (!consider(a, b, a_work, b_work, piece, surprise, mine) && piece.size() > 1)
          cut_at(piece, heaviest_gap(a, b, piece, worth).second, pieces);
      }
    }
    join(a, b, mine);
    for (Alignment& x : mine) out.push_back(std::move(x));
  }

  // Two clauses that changed places are one alignment with a move in it. Pieces that follow each other in one
  // text and stand apart in the other make a composite.
  static void join(const Fold& a, const Fold& b, std::vector<Alignment>& found) {
    constexpr std::uint32_t kBeside = 0, kApart = 60, kSwapped = 60;  // letters
    const auto beside = [](FoldSpan x, FoldSpan y) { return x.end <= y.begin && y.begin - x.end <= kBeside; };
    const auto unused = [](const Alignment& x, FoldSpan s, std::uint32_t EqualRun::*side) {
      return std::none_of(x.equal.begin(), x.equal.end(),
                          [&](const EqualRun& r) { return r.*side < s.end && s.begin < r.*side + r.length; });
    };
    const auto within = [](FoldSpan inner, FoldSpan outer) { return outer.begin <= inner.begin && inner.end <= outer.end; };
    const auto touch = [&](FoldSpan x, FoldSpan y) { return beside(x, y) || beside(y, x); };
    // Whether y is what x has elsewhere: beside it in both texts, but on the other side; or beside it in one text and
    // between two of its equal runs in the other.
    const auto changed_places = [&](const Alignment& x, const Alignment& y) {
      return (beside(x.a, y.a) && beside(y.b, x.b)) || (beside(y.a, x.a) && beside(x.b, y.b)) ||
             (touch(x.a, y.a) && within(y.b, x.b) && unused(x, y.b, &EqualRun::b)) ||
             (touch(x.b, y.b) && within(y.a, x.a) && unused(x, y.a, &EqualRun::a));
    };
    for (std::size_t i = 0; i < found.size(); ++i)
      for (std::size_t j = 0; j < found.size(); ++j) {
        Alignment &more = found[i], &less = found[j];
        if (i == j || less.score > more.score || less.equal.size() != 1 || less.a.size() != less.equal[0].length ||
            less.a.size() > kSwapped || !changed_places(more, less))
          continue;
        more.a = {std::min(more.a.begin, less.a.begin), std::max(more.a.end, less.a.end)};
        more.b = {std::min(more.b.begin, less.b.begin), std::max(more.b.end, less.b.end)};
        more.score += less.score - gap_cost(1, 1);
        more.similarity = 2.0 * (equal_letters(more.equal) + less.a.size()) / (more.a.size() + more.b.size());
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(j));
        i = 0, j = 0;
      }
    for (Alignment& x : found) take_in_moved(a, b, x);
    const auto apart = [](FoldSpan x, FoldSpan y) { return y.begin > x.end + kApart || x.begin > y.end + kApart; };
    for (Alignment& x : found)
      for (Alignment& y : found) {
        const bool in_a =
            beside(x.a, y.a) && a.paragraph_of(x.a.begin) == a.paragraph_of(y.a.begin) && apart(x.b, y.b);
        const bool in_b =
            beside(x.b, y.b) && b.paragraph_of(x.b.begin) == b.paragraph_of(y.b.begin) && apart(x.a, y.a);
        if (in_a || in_b) x.joined = y.joined = true;
      }
  }

  // What one text has between two equal runs, and the other, word for word, beside the whole, is a clause that changed
  // places, too short to be found alone.
  static void take_in_moved(const Fold& a, const Fold& b, Alignment& x) {
    constexpr std::uint32_t kMoved = 4;  // letters at least
    std::uint32_t moved = 0;
    const auto take = [&](const Fold& in, FoldSpan gap, const Fold& other, FoldSpan& span) {
      if (gap.end < gap.begin + kMoved) return;
      const auto words = in.units(gap);
      const std::uint32_t n = gap.size(), from = span.begin - std::min(n, span.begin),
                          to = std::min(other.size(), span.end + n);
      if (std::ranges::equal(other.units({from, span.begin}), words))
        span.begin = from;
      else if (std::ranges::equal(other.units({span.end, to}), words))
        span.end = to;
      else
        return;
      moved += n;
    };
    const FoldSpan was_a = x.a, was_b = x.b;
    for (std::size_t i = 1; i < x.equal.size(); ++i) {
      const EqualRun &l = x.equal[i - 1], &r = x.equal[i];
      take(a, {l.a + l.length, r.a}, b, x.b);
      take(b, {l.b + l.length, r.b}, a, x.a);
    }
    if (x.a_work == x.b_work && x.a.end > x.b.begin) x.a = was_a, x.b = was_b, moved = 0;
    if (moved > 0) x.similarity = 2.0 * (equal_letters(x.equal) + moved) / (x.a.size() + x.b.size());
  }

  // Whether any of the segments could follow another in one run. Many are taken to.
  static bool chainable(const std::vector<Segment>& segments) {
    if (segments.size() > 6) return true;
    for (const Segment& x : segments)
      for (const Segment& y : segments)
        if (x.a < y.a && x.b < y.b && x.a + x.length < y.a + y.length && x.b + x.length < y.b + y.length) {
          const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
          if (gap_cost(y.a > xa ? y.a - xa : 0, y.b > xb ? y.b - xb : 0) < std::min(x.bits, y.bits)) return true;
        }
    return false;
  }

  // The alignment a run grows into, if it holds. False where it does not.
  bool consider(const Fold& a, const Fold& b, std::uint32_t a_work, std::uint32_t b_work,
                const std::vector<EqualRun>& run, const Surprise& surprise, std::vector<Alignment>& mine) const {
    FoldSpan in_a{0, a.size()}, in_b{0, b.size()};
    const EqualRun &first = run.front(), &last = run.back();
    if (a_work == b_work) {
      if (last.a + last.length > first.b) return true;  // runs into itself
      in_a.end = in_b.begin = last.a + last.length + (first.b - last.a - last.length) / 2;
    }
    std::vector<EqualRun> core = run;
    grow_ends(a, b, core, in_a, in_b);
    reach_edges(a, b, core, in_a, in_b, 2);
    drop_loose_ends(a, b, core, surprise);
    trim_ends(a, b, core);
    const double bits = score(core, surprise);
    const auto judge_as = [&](std::vector<EqualRun> runs) {
      const EqualRun &head = runs.front(), &tail = runs.back();
      Alignment x{a_work, b_work, {head.a, tail.a + tail.length}, {head.b, tail.b + tail.length}, {}, 0, bits, false};
      x.equal = std::move(runs);
      close_clauses(a, b, x);
      x.similarity = 2.0 * equal_letters(x.equal) / (x.a.size() + x.b.size());
      return judge(a, b, std::move(x));
    };
    // What holds is followed to its clauses' ends through much that was replaced, if that does not undo it.
    std::vector<EqualRun> reached = core;
    if (bits >= kScore - kWhole) reach_edges(a, b, reached, in_a, in_b, 4);
    const bool farther = reached != core;
    Candidate judged = judge_as(std::move(reached));
    if (farther && judged.outcome != Outcome::linked) judged = judge_as(std::move(core));
    if (told) told->push_back(judged);
    if (judged.outcome != Outcome::linked) return false;
    Alignment found = std::move(judged.alignment);
    // Seeds of one passage grow into the same alignment; of two that overlap the better stands.
    const auto overlap = [](FoldSpan x, FoldSpan y) {
      const std::uint32_t from = std::max(x.begin, y.begin), to = std::min(x.end, y.end);
      return to > from && 2 * (to - from) >= std::min(x.size(), y.size());
    };
    for (Alignment& x : mine)
      if (overlap(x.a, found.a) && overlap(x.b, found.b)) {
        if (told) told->back().outcome = Outcome::overlapped;
        if (found.score > x.score) x = std::move(found);
        return true;
      }
    mine.push_back(std::move(found));
    return true;
  }

  struct Around {
    std::span<const Unit> before_a, after_a, before_b, after_b;
  };
  // A seed that is not surprising enough alone, with too few letters in common past its ends to become so.
  static bool is_lonely(double bits, std::uint32_t length, const Around& x) {
    if (bits >= kScore || length >= kLong) return false;
    constexpr double kMost = 3.6;  // bits a letter; growing takes a difference too
    const auto wanted = static_cast<std::uint32_t>((kScore - bits + gap_cost(1, 1)) / kMost);
    const auto last = [](std::span<const Unit> s) { return s.last(std::min<std::size_t>(s.size(), kNear)); };
    const auto first = [](std::span<const Unit> s) { return s.first(std::min<std::size_t>(s.size(), kNear)); };
    const auto after_a = first(x.after_a), after_b = first(x.after_b), before_a = last(x.before_a),
               before_b = last(x.before_b);
    return shared_at_most(after_a, after_b) + shared_at_most(before_a, before_b) < wanted ||
           alike(after_a, after_b, false) + alike(before_a, before_b, true) < wanted;
  }
  // One that no threshold takes as it is either.
  static bool hopeless(const Fold& a, const Fold& b, const Segment& s) {
    if (!s.lonely || (s.length >= kLeast && s.bits >= kRareBoth * s.length)) return false;
    return s.bits + kQuoted < kScore ||
           !(near_quote(a, {s.a, s.a + s.length}) || near_quote(b, {s.b, s.b + s.length}));
  }
  // Quotation marks stand at both ends, or so near that trimming may reach them.
  static bool near_quote(const Fold& f, FoldSpan s) {
    constexpr std::uint32_t kTrimmed = 3;
    bool front = false, back = false;
    for (std::uint32_t n = 0; n <= std::min(kTrimmed, s.size()); ++n) {
      front = front || (f.gap(s.begin + n) & Fold::quote) != 0;
      back = back || (f.gap(s.end - n) & Fold::quote) != 0;
    }
    return front && back;
  }

  // Words spoken on two occasions are two passages where more than the line between them separates them.
  Pieces part_occasions(std::uint32_t a_work, std::uint32_t b_work, std::vector<EqualRun> run) const {
    constexpr std::uint32_t kLine = 40;
    Pieces out(1);
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (i > 0) {
        const std::uint32_t ea = run[i - 1].a + run[i - 1].length, eb = run[i - 1].b + run[i - 1].length;
        if (run[i].a - ea + run[i].b - eb > kLine && (section_of(a_work, ea - 1) != section_of(a_work, run[i].a) ||
                                                      section_of(b_work, eb - 1) != section_of(b_work, run[i].b)))
          out.emplace_back();
      }
      out.back().push_back(run[i]);
    }
    return out;
  }
  std::size_t section_of(std::uint32_t work, std::uint32_t unit) const {
    const Work& w = corpus_.work(corpus_.works[work]);
    if (w.sections.empty()) return 0;
    const std::uint32_t p = corpus_.works[work].fold.paragraph_of(unit);
    for (std::size_t n = 0; n < w.sections.size(); ++n)
      if (w.sections[n].first <= p && p < w.sections[n].last) return n + 1;
    return 0;
  }

  static double score(const std::vector<EqualRun>& runs, const Surprise& surprise) {
    double bits = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      bits += surprise.of(runs[i].b, runs[i].length);
      if (i > 0)
        bits -= gap_cost(runs[i].a - runs[i - 1].a - runs[i - 1].length,
                         runs[i].b - runs[i - 1].b - runs[i - 1].length);
    }
    return bits;
  }

  // What stands past the last difference, or before the first, and is too common to bear it; several pieces may
  // bear theirs together.
  static void drop_loose_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, const Surprise& surprise) {
    const auto cost = [&](std::size_t i) {
      const EqualRun &l = runs[i - 1], &r = runs[i];
      return gap_cost(r.a - l.a - l.length, r.b - l.b - l.length);
    };
    const auto wanted = [](bool whole, const EqualRun& r) {
      return !whole ? kLoose : r.length < Index::kGram ? kShort : 0;
    };
    std::size_t last = 0;
    double net = 0;
    for (std::size_t i = 1; i < runs.size(); ++i) {
      const EqualRun& r = runs[i];
      const double own = surprise.of(r.b, r.length) - cost(i);
      net += own;
      if (std::max(net, own) < wanted(a.is_clause_edge(r.a + r.length) && b.is_clause_edge(r.b + r.length), r))
        continue;
      last = i;
      net = 0;
    }
    runs.resize(last + 1);
    std::size_t first = last;
    net = 0;
    for (std::size_t i = last; i-- > 0;) {
      const EqualRun& r = runs[i];
      const double own = surprise.of(r.b, r.length) - cost(i + 1);
      net += own;
      if (std::max(net, own) < wanted(a.is_clause_edge(r.a) && b.is_clause_edge(r.b), r)) continue;
      first = i;
      net = 0;
    }
    runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(first));
  }

  static constexpr double kLoose = 10, kShort = 3;

  // The stretch is what stands between quotation marks in that text, from mark to mark.
  static bool fills_quotation(const Fold& f, FoldSpan s) {
    return (f.gap(s.begin) & f.gap(s.end) & Fold::quote) != 0;
  }

  static bool is_rare(double bits, std::uint32_t letters) { return bits >= kRare * letters; }
  static bool is_sentence(const Fold& f, FoldSpan s) {
    constexpr std::uint8_t kEdge = Fold::sentence | Fold::paragraph;
    return (f.gap(s.begin) & kEdge) != 0 && (f.gap(s.end) & kEdge) != 0;
  }

  // Whether the stretch says where and when words were spoken, or heads or signs them, and is nobody's words.
  bool labels(std::uint32_t work, FoldSpan s) const {
    const Fold& f = corpus_.works[work].fold;
    const Work& w = corpus_.work(corpus_.works[work]);
    for (std::uint32_t i = s.begin; i < s.end;) {
      const std::uint32_t p = f.paragraph_of(i);
      const Role role = w.paragraphs[p].role;
      if (role == Role::body || role == Role::digest || role == Role::list_item || role == Role::note) return false;
      i = f.paragraph_span(p).end;
    }
    return true;
  }

  // The thresholds: surprising enough, and few enough differences for its length.
  Candidate judge(const Fold& a, const Fold& b, Alignment found) const {
    const std::uint32_t equal = equal_letters(found.equal);
    Candidate out{std::move(found), Outcome::linked, 0, 0};
    const Alignment& x = out.alignment;
    if (equal < kLeast) {
      out.outcome = Outcome::too_short;
      return out;
    }
    if (labels(x.a_work, x.a) && labels(x.b_work, x.b)) {
      out.outcome = Outcome::label;
      return out;
    }
    const auto is_clause = [](const Fold& f, FoldSpan s) {
      return f.is_clause_edge(s.begin) && f.is_clause_edge(s.end);
    };
    const bool in_a = is_clause(a, x.a), in_b = is_clause(b, x.b);
    if (x.equal.size() == 1 && x.a.size() == equal) {
      const bool sentence = is_sentence(a, x.a) && is_sentence(b, x.b);
      if ((equal >= kLong && sentence) || ((in_a || in_b) && is_rare(x.score, equal)) ||
          (in_a && in_b && x.score >= kRareBoth * equal))
        return out;
    }
    const bool quoted = fills_quotation(a, x.a) || fills_quotation(b, x.b);
    // A clause that one word was changed in: what is left of it must not be ritual wording.
    constexpr std::uint32_t kLeastChanged = 11;
    constexpr double kTold = 2.4;  // bits a letter, before what the differences cost
    const bool changed = in_a && in_b && equal >= kLeastChanged && (x.equal.size() > 1 || x.a.size() > equal) &&
                         x.score + gap_cost(1, 1) * static_cast<double>(x.equal.size() - 1) >= kTold * equal;
    out.wanted = kScore - (quoted ? kQuoted : changed ? kWhole : 0);
    out.had = x.score;
    if (out.had < out.wanted) {
      out.outcome = Outcome::too_common;
      return out;
    }
    std::uint32_t replaced = 0;
    for (std::size_t i = 1; i < x.equal.size(); ++i) {
      const std::uint32_t ea = x.equal[i - 1].a + x.equal[i - 1].length, da = x.equal[i].a - ea;
      const std::uint32_t eb = x.equal[i - 1].b + x.equal[i - 1].length, db = x.equal[i].b - eb;
      const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
      replaced += both + std::min(one, 3U);
      // A single letter that stayed amid others is no run, but was not replaced either.
      if (da == db)
        for (std::uint32_t k = 0; k < da; ++k) replaced -= a.units()[ea + k] == b.units()[eb + k];
    }
    const double share = replaced / static_cast<double>(equal + replaced);
    const double allowed = equal + replaced < 20 ? (x.score >= kScore ? 0.16 : 0.12) : equal + replaced < 40 ? 0.24 : 0.38;
    if (share > allowed) out = {std::move(out.alignment), Outcome::too_different, allowed, share};
    return out;
  }

  const Corpus& corpus_;
  const Index& index_;
};

}  // namespace

std::vector<Alignment> align_all(const Corpus& corpus, const Index& index, unsigned jobs) {
  const Aligner aligner(corpus, index);
  std::vector<std::vector<Alignment>> found(corpus.works.size());
  for_each_index(found.size(), jobs,
                 [&](std::size_t b) { found[b] = aligner.against(static_cast<std::uint32_t>(b)); });
  std::vector<Alignment> out;
  for (auto& of_work : found)
    for (Alignment& x : of_work) out.push_back(std::move(x));
  return out;
}

std::vector<Alignment> align_one(const Corpus& corpus, const Index& index, std::uint32_t work) {
  std::vector<Alignment> out = Aligner(corpus, index).against(work, true);
  const auto text = corpus.works[work].fold.units(), all = index.units();
  const std::uint32_t begin = index.start(work), end = index.start(work + 1);
  const std::uint32_t length = end - begin;
  if (length == 0) return out;
  const std::boyer_moore_horspool_searcher search(text.begin(), text.end());
  for (auto at = all.begin();; ++at) {
    at = std::search(at, all.end(), search);
    if (at == all.end()) break;
    const auto p = static_cast<std::uint32_t>(at - all.begin());
    const std::uint32_t w = index.work_at(p), floor = index.start(w);
    if (w == work || p + length > index.start(w + 1)) continue;
    const FoldSpan span{p - floor, p - floor + length};
    const bool known = std::any_of(out.begin(), out.end(), [&](const Alignment& x) {
      return x.a_work == w && x.a.begin <= span.begin && span.end <= x.a.end;
    });
    if (!known) out.push_back({w, work, span, {0, length}, {{span.begin, 0, length}}, 1, 0, false});
  }
  return out;
}

Explanation explain(const Corpus& corpus, const Index& index, std::uint32_t a_work, FoldSpan in_a,
                    std::uint32_t b_work, FoldSpan in_b) {
  Explanation out;
  Aligner aligner(corpus, index);
  aligner.told = &out.candidates;
  aligner.against(b_work, false, a_work);
  std::sort(out.candidates.begin(), out.candidates.end(), [](const Candidate& x, const Candidate& y) {
    return std::tie(x.alignment.b, x.alignment.a, x.outcome) < std::tie(y.alignment.b, y.alignment.a, y.outcome);
  });
  const auto a = corpus.works[a_work].fold.units(in_a), b = corpus.works[b_work].fold.units(in_b);
  std::vector<std::uint32_t> above(b.size() + 1, 0), row(b.size() + 1, 0);
  for (std::uint32_t i = 1; i <= a.size(); ++i) {
    for (std::uint32_t j = 1; j <= b.size(); ++j) {
      row[j] = a[i - 1] == b[j - 1] ? above[j - 1] + 1 : 0;
      if (row[j] > out.longest.length) out.longest = {in_a.begin + i - row[j], in_b.begin + j - row[j], row[j]};
    }
    above.swap(row);
  }
  for (std::uint32_t k = 0; k + Index::kGram <= out.longest.length; ++k) {
    const std::uint32_t p = index.start(b_work) + out.longest.b + k;
    out.bits += index.bits(p);
    out.common += index.common(p);
  }
  if (out.longest.length >= Index::kGram)
    out.bits *= static_cast<double>(out.longest.length) / Index::kGram / (out.longest.length - Index::kGram + 1);
  return out;
}

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
