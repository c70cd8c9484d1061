// Exact matches → runs; where a run falls apart.
#include "align/runs.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "align/figures.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kReplaced = 60;  // letters that may be replaced between two seeds
constexpr double kReplacedWeight = 1.5;  // a gap may replace two thirds of what the smaller side holds
constexpr double kOmittedWeight = 1.0;   // and omit as much

// A few letters may be replaced; of more, most must be equal, or else the whole is another wording and the letters
// that it happens to share are no evidence.
// Letter for letter a third is much: chance gives one in a hundred.
bool alike_enough(const Fold& in_a, FoldSpan wa, const Fold& in_b, FoldSpan wb) {
  constexpr std::size_t kFew = 6;
  const std::span<const Unit> a = in_a.units(wa), b = in_b.units(wb);
  const std::size_t least = std::min(a.size(), b.size());
  if (least <= kFew) return true;
  if (a.size() == b.size()) {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < least; ++i) equal += a[i] == b[i];
    if (equal * 3 >= least) return true;
  }
  const std::uint32_t common = common_length(a, b);
  return common * 2 >= least || (common + figures::in_common(in_a, wa, in_b, wb)) * 2 >= least;
}

}  // namespace

double gap_cost(std::uint32_t da, std::uint32_t db) {
  const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
  if (both > kReplaced || one > kOmission) return 1e9;
  if (both == 0 && one == 0) return 0;
  return 3.5 + 0.8 * both + (one == 0 ? 0 : 2 * std::log2(1.0 + one) + 0.06 * one);
}

std::uint32_t equal_letters(std::span<const EqualRun> runs) {
  std::uint32_t n = 0;
  for (const EqualRun& r : runs) n += r.length;
  return n;
}

std::vector<EqualRun> fill(const Fold& a, const Fold& b, const std::vector<Segment>& anchors) {
  std::vector<EqualRun> runs;
  for (const Segment& s : anchors) {
    if (!runs.empty()) {
      const FoldSpan wa{runs.back().a + runs.back().length, s.a}, wb{runs.back().b + runs.back().length, s.b};
      if (!wa.empty() && !wb.empty() && alike_enough(a, wa, b, wb))
        for (const EqualRun& r : edit_script(a.units(wa), b.units(wb)))
          runs.push_back({wa.begin + r.a, wb.begin + r.b, r.length});
    }
    runs.push_back({s.a, s.b, s.length});
  }
  canonical(a, b, runs);
  return runs;
}

std::pair<double, std::size_t> heaviest_gap(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs,
                                            const Worth& worth) {
  constexpr double kFree = 2, kMarked = 0.3, kSentences = 2;  // letters, shares
  constexpr std::uint32_t kWide = 7;
  const auto marked = [](const Fold& f, std::uint32_t from, std::uint32_t to) {
    std::uint8_t any = 0;
    for (std::uint32_t i = from; i <= to; ++i) any |= f.gap(i);
    if ((any & Fold::clause) == 0) return false;
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
    // A few equal letters amid a wider gap on either side are part of it, as far as any gap may go.
    std::size_t end = i;
    double beyond = right;
    while (end + 1 < runs.size() && runs[end].b - runs[i].b <= kOmission + kReplaced &&
           std::min(widest(end), widest(end + 1)) > std::max(kWide, runs[end].length))
      beyond -= worth(runs[end++]);
    const std::uint32_t ea = runs[i - 1].a + runs[i - 1].length, eb = runs[i - 1].b + runs[i - 1].length;
    const std::uint32_t da = runs[end].a - ea, db = runs[end].b - eb;
    const double both = std::min(da, db), one = std::max(da, db) - both;
    double weight = both * kReplacedWeight + one * kOmittedWeight - kFree;
    if (weight > 0 && figures::same(a, {ea, runs[end].a}, b, {eb, runs[end].b})) weight = 0;
    if (weight > 0 && (marked(a, ea, runs[end].a) || marked(b, eb, runs[end].b)))
      weight *= kMarked;
    else if (sentences(a, ea, runs[end].a) || sentences(b, eb, runs[end].b))
      weight *= kSentences;
    weight /= std::max(1.0, std::min(left, beyond));
    if (weight > worst.first) worst = {weight, i};
  }
  return worst;
}

void cut_at(const std::vector<EqualRun>& runs, std::size_t at, Pieces& out) {
  const auto middle = runs.begin() + static_cast<std::ptrdiff_t>(at);
  std::vector<EqualRun> left(runs.begin(), middle), right(middle, runs.end());
  out.push_back(std::move(left));
  out.push_back(std::move(right));
}

Pieces split(const Fold& a, const Fold& b, std::vector<EqualRun> whole, const Worth& worth) {
  Pieces todo{std::move(whole)}, out;
  while (!todo.empty()) {
    std::vector<EqualRun> runs = std::move(todo.back());
    todo.pop_back();
    const auto [weight, at] = heaviest_gap(a, b, runs, worth);
    if (weight > 1)
      cut_at(runs, at, todo);
    else
      out.push_back(std::move(runs));
  }
  return out;
}

std::vector<std::vector<Segment>> chain_segments(std::vector<Segment>& segments, double least) {
  std::sort(segments.begin(), segments.end(),
            [](const Segment& x, const Segment& y) { return std::tie(x.b, x.a) < std::tie(y.b, y.a); });
  struct Node {
    double score;  // of the best run that ends there
    std::uint32_t from;
    bool used = false;
  };
  const auto n = static_cast<std::uint32_t>(segments.size());
  std::vector<Node> nodes(n);
  std::vector<std::uint32_t> order(n);
  std::vector<std::uint32_t> ends(n);  // how far in b the segments up to each reach
  for (std::uint32_t s = 0; s < n; ++s) {
    const Segment& y = segments[s];
    order[s] = s;
    nodes[s] = {y.bits, s};
    for (std::uint32_t t = s; t-- > 0;) {
      const Segment& x = segments[t];
      if (y.b > ends[t] + kOmission + kReplaced) break;
      if (x.a >= y.a || x.b >= y.b || x.a + x.length >= y.a + y.length || x.b + x.length >= y.b + y.length)
        continue;
      const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
      const std::uint32_t overlap = std::max(xa > y.a ? xa - y.a : 0, xb > y.b ? xb - y.b : 0);
      if (overlap >= y.length) continue;
      const double value = nodes[t].score + y.bits * (y.length - overlap) / y.length -
                           gap_cost(y.a + overlap - xa, y.b + overlap - xb);
      if (value > nodes[s].score) nodes[s] = {value, t};
    }
    ends[s] = std::max(s == 0 ? 0 : ends[s - 1], y.b + y.length);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    return nodes[x].score != nodes[y].score ? nodes[x].score > nodes[y].score : x < y;
  });
  std::vector<std::vector<Segment>> out;
  std::vector<Segment> run;
  for (const std::uint32_t top : order) {
    if (nodes[top].used) continue;
    run.clear();
    double value = nodes[top].score;
    for (std::uint32_t s = top;; s = nodes[s].from) {
      nodes[s].used = true;
      run.push_back(segments[s]);
      if (nodes[s].from == s) break;
      if (nodes[nodes[s].from].used) {
        value += segments[s].bits - nodes[s].score;
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
    out.push_back(run);
  }
  return out;
}

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
      if (!alike_enough(a, {ea, next.a}, b, {eb, next.b})) continue;
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

}  // namespace suyuan
