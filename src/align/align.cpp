// Seeds → runs → alignments. Each work is asked against all that stand before it and against itself.
#include "suyuan/align.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "align/edit_script.hpp"
#include "base/parallel.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kReach = 64;     // segments looked back when chaining
constexpr std::uint32_t kReplaced = 60;  // letters that may be replaced inside one alignment
constexpr double kReplacedWeight = 0.9;  // a gap may replace about as much as the smaller side holds
constexpr double kOmittedWeight = 0.5;   // and omit twice as much
constexpr std::uint32_t kGrow = 24;      // letters an end may grow by in one step

struct Segment {  // an exact match: a[a, +length) == b[b, +length)
  std::uint32_t a, b, length;
};

double gap_cost(std::uint32_t da, std::uint32_t db) {
  const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
  if (both > kReplaced || one > kOmission) return 1e9;
  if (both == 0 && one == 0) return 0;
  return 0.6 * both + (one == 0 ? 0 : 1.0 + 0.25 * std::min(one, 20U) + 0.01 * one);
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

// The one way to write a difference: adjoining runs are one, gaps slid, a single equal letter between two
// edits is part of them.
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

// Fills the windows between anchors with exact scripts.
std::vector<EqualRun> fill(const Fold& a, const Fold& b, const std::vector<Segment>& anchors) {
  std::vector<EqualRun> runs;
  for (const Segment& s : anchors) {
    if (!runs.empty()) {
      const FoldSpan wa{runs.back().a + runs.back().length, s.a}, wb{runs.back().b + runs.back().length, s.b};
      if (!wa.empty() && !wb.empty())
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

// The stretch past an end, up to kGrow letters, in which matches outweigh differences; as equal runs.
std::vector<EqualRun> grow(std::span<const Unit> a, std::span<const Unit> b) {
  const std::size_t n = a.size(), m = b.size();
  std::vector<float> score((n + 1) * (m + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> float& { return score[i * (m + 1) + j]; };
  float best = 0;
  std::size_t bi = 0, bj = 0;
  for (std::size_t i = 0; i <= n; ++i)
    for (std::size_t j = 0; j <= m; ++j) {
      if (i == 0 && j == 0) continue;
      float s = -1e9F;
      if (i > 0) s = std::max(s, at(i - 1, j) - 0.9F);
      if (j > 0) s = std::max(s, at(i, j - 1) - 0.9F);
      if (i > 0 && j > 0) s = std::max(s, at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 1.0F : -1.0F));
      at(i, j) = s;
      if (s > best) best = s, bi = i, bj = j;
    }
  if (best < 2) return {};
  return edit_script(a.first(bi), b.first(bj));
}

void grow_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b) {
  while (true) {
    const EqualRun last = runs.back();
    const std::uint32_t ea = last.a + last.length, eb = last.b + last.length;
    const auto more =
        grow(a.units({ea, std::min(in_a.end, ea + kGrow)}), b.units({eb, std::min(in_b.end, eb + kGrow)}));
    if (more.empty()) break;
    for (const EqualRun& r : more) runs.push_back({ea + r.a, eb + r.b, r.length});
  }
  while (true) {
    const std::uint32_t ba = runs.front().a, bb = runs.front().b;
    const FoldSpan wa{ba - std::min(kGrow, ba - in_a.begin), ba}, wb{bb - std::min(kGrow, bb - in_b.begin), bb};
    const auto va = a.units(wa), vb = b.units(wb);
    const std::vector<Unit> ra(va.rbegin(), va.rend()), rb(vb.rbegin(), vb.rend());
    const auto more = grow(ra, rb);
    if (more.empty()) break;
    std::vector<EqualRun> front;
    for (auto r = more.rbegin(); r != more.rend(); ++r)
      front.push_back({ba - r->a - r->length, bb - r->b - r->length, r->length});
    runs.insert(runs.begin(), front.begin(), front.end());
  }
  canonical(a, b, runs);
}

// Takes off a stray end: a few equal letters beyond a difference, or before the first clause.
void trim_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs) {
  const auto stray_front = [&] {
    const EqualRun& r = runs.front();
    for (std::uint32_t k = 1; k <= 3 && k + 8 < r.length; ++k)
      if (a.is_clause_edge(r.a + k) && b.is_clause_edge(r.b + k)) return k;
    return 0U;
  };
  if (!a.is_clause_edge(runs.front().a) || !b.is_clause_edge(runs.front().b))
    if (const std::uint32_t k = stray_front())
      runs.front() = {runs.front().a + k, runs.front().b + k, runs.front().length - k};
  const auto ends_clause = [&](const EqualRun& r, std::uint32_t k) {
    return a.is_clause_edge(r.a + r.length - k) && b.is_clause_edge(r.b + r.length - k);
  };
  EqualRun& last = runs.back();
  if (!ends_clause(last, 0))
    for (std::uint32_t k = 1; k <= 3 && k + 8 < last.length; ++k)
      if (ends_clause(last, k)) {
        last.length -= k;
        break;
      }
}

// A clause whose last (or first) letters were replaced is compared to its end, so that the difference is seen.
void close_clauses(const Fold& a, const Fold& b, Alignment& x) {
  const auto letters = [](const Fold& f, std::uint32_t from, int step) {
    for (std::uint32_t n = 0; n <= kClauseEnd; ++n) {
      const std::int64_t at = static_cast<std::int64_t>(from) + step * static_cast<std::int64_t>(n);
      if (at < 0 || at > f.size()) break;
      if (f.is_clause_edge(static_cast<std::uint32_t>(at))) return n;
    }
    return kClauseEnd + 1;
  };
  const std::uint32_t ea = letters(a, x.a.end, 1), eb = letters(b, x.b.end, 1);
  if (ea <= kClauseEnd && ea == eb) x.a.end += ea, x.b.end += eb;
  const std::uint32_t sa = letters(a, x.a.begin, -1), sb = letters(b, x.b.begin, -1);
  if (sa <= kClauseEnd && sa == sb) x.a.begin -= sa, x.b.begin -= sb;
}

// The gap that weighs most against the smaller of what stands on its two sides: its weight, and the segment
// after it. Over 1 it is out of proportion.
std::pair<double, std::size_t> heaviest_gap(const std::vector<Segment>& run) {
  std::uint32_t total = 0;
  for (const Segment& s : run) total += s.length;
  std::uint32_t left = 0;
  std::pair<double, std::size_t> worst{-1, 0};
  for (std::size_t i = 1; i < run.size(); ++i) {
    left += run[i - 1].length;
    const std::uint32_t da = run[i].a - run[i - 1].a - run[i - 1].length,
                        db = run[i].b - run[i - 1].b - run[i - 1].length;
    const double both = std::min(da, db), one = std::max(da, db) - both;
    const double weight = (both * kReplacedWeight + one * kOmittedWeight) / std::min(left, total - left);
    if (weight > worst.first) worst = {weight, i};
  }
  return worst;
}

void cut_at(const std::vector<Segment>& run, std::size_t at, std::vector<std::vector<Segment>>& out) {
  const auto middle = run.begin() + static_cast<std::ptrdiff_t>(at);
  std::vector<Segment> left(run.begin(), middle), right(middle, run.end());
  out.push_back(std::move(left));
  out.push_back(std::move(right));
}

// Cuts a run until no gap is out of proportion and no side adds more than the two share.
std::vector<std::vector<Segment>> split(std::vector<Segment> whole) {
  std::vector<std::vector<Segment>> todo{std::move(whole)}, out;
  while (!todo.empty()) {
    const std::vector<Segment> run = std::move(todo.back());
    todo.pop_back();
    auto [weight, at] = heaviest_gap(run);
    if (weight <= 1 && run.size() > 1) {
      std::uint32_t total = 0, widest = 0;
      for (const Segment& s : run) total += s.length;
      const Segment &head = run.front(), &tail = run.back();
      if (std::max(tail.a + tail.length - head.a, tail.b + tail.length - head.b) > 2.2 * total) {
        weight = 2;
        for (std::size_t i = 1; i < run.size(); ++i) {
          const std::uint32_t gap =
              std::max(run[i].a - run[i - 1].a - run[i - 1].length, run[i].b - run[i - 1].b - run[i - 1].length);
          if (gap > widest) widest = gap, at = i;
        }
      }
    }
    if (weight > 1 && at > 0)
      cut_at(run, at, todo);
    else
      out.push_back(run);
  }
  return out;
}

// Collinear runs of segments, best first; each segment is used once.
std::vector<std::vector<Segment>> chain_segments(std::vector<Segment>& segments, double least) {
  std::sort(segments.begin(), segments.end(),
            [](const Segment& x, const Segment& y) { return std::tie(x.b, x.a) < std::tie(y.b, y.a); });
  const std::size_t n = segments.size();
  std::vector<double> score(n);
  std::vector<std::size_t> from(n);
  std::vector<std::size_t> order(n);
  std::vector<char> used(n, 0);
  for (std::size_t s = 0; s < n; ++s) {
    order[s] = from[s] = s;
    score[s] = segments[s].length;
    for (std::size_t t = s; t-- > 0 && s - t <= kReach;) {
      const Segment &x = segments[t], &y = segments[s];
      if (x.a >= y.a || x.b >= y.b || x.a + x.length >= y.a + y.length || x.b + x.length >= y.b + y.length)
        continue;
      const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
      const std::uint32_t overlap = std::max(xa > y.a ? xa - y.a : 0, xb > y.b ? xb - y.b : 0);
      if (overlap >= y.length) continue;
      const double value = score[t] + (y.length - overlap) - gap_cost(y.a + overlap - xa, y.b + overlap - xb);
      if (value > score[s]) score[s] = value, from[s] = t;
    }
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
        value += segments[s].length - score[s];
        break;
      }
    }
    if (value < least) continue;
    std::reverse(run.begin(), run.end());
    for (std::size_t i = 1; i < run.size(); ++i) {
      const std::uint32_t ea = run[i - 1].a + run[i - 1].length, eb = run[i - 1].b + run[i - 1].length;
      const std::uint32_t overlap = std::max(ea > run[i].a ? ea - run[i].a : 0, eb > run[i].b ? eb - run[i].b : 0);
      run[i] = {run[i].a + overlap, run[i].b + overlap, run[i].length - overlap};
    }
    out.push_back(std::move(run));
  }
  return out;
}

struct Hit {
  std::uint32_t work;
  std::int64_t diagonal;
  std::uint32_t b;
};

class Aligner {
 public:
  Aligner(const Corpus& corpus, const Index& index) : corpus_(corpus), index_(index) {}

  std::vector<Alignment> against_earlier(std::uint32_t b_work) const {
    const std::uint32_t start = index_.start(b_work), size = index_.start(b_work + 1) - start;
    std::vector<Hit> hits;
    std::vector<std::uint32_t> rarity(size, UINT32_MAX);
    for (std::uint32_t j = 0; j < size; ++j) {
      const auto occurrences = index_.occurrences(start + j);
      rarity[j] = static_cast<std::uint32_t>(occurrences.size());
      if (occurrences.size() < 2 || occurrences.size() > Index::kCommon) continue;
      for (const std::uint32_t p : occurrences) {
        if (p + Index::kGram > start + j) break;
        const std::uint32_t work = index_.work_at(p);
        hits.push_back({work, static_cast<std::int64_t>(p) - index_.start(work) - j, j});
      }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
      return std::tie(x.work, x.diagonal, x.b) < std::tie(y.work, y.diagonal, y.b);
    });
    std::vector<Alignment> out;
    for (std::size_t i = 0; i < hits.size();) {
      const std::uint32_t work = hits[i].work;
      std::vector<Segment> segments;
      std::uint32_t longest = 0;
      for (; i < hits.size() && hits[i].work == work; ++i) {
        const auto a = static_cast<std::uint32_t>(hits[i].diagonal + hits[i].b);
        const bool follows = !segments.empty() &&
                             static_cast<std::int64_t>(segments.back().a) - segments.back().b == hits[i].diagonal &&
                             segments.back().b + segments.back().length >= hits[i].b;
        if (follows)
          segments.back().length = hits[i].b + Index::kGram - segments.back().b;
        else
          segments.push_back({a, hits[i].b, Index::kGram});
        longest = std::max(longest, segments.back().length);
      }
      if (longest >= 7 || segments.size() >= 2) pair(work, b_work, segments, rarity, out);
    }
    std::sort(out.begin(), out.end(), [](const Alignment& x, const Alignment& y) {
      return std::tie(x.b, x.a_work, x.a) < std::tie(y.b, y.a_work, y.a);
    });
    return out;
  }

 private:
  void pair(std::uint32_t a_work, std::uint32_t b_work, std::vector<Segment>& segments,
            const std::vector<std::uint32_t>& rarity, std::vector<Alignment>& out) const {
    const Fold &a = corpus_.works[a_work].fold, &b = corpus_.works[b_work].fold;
    std::vector<Alignment> mine;
    std::vector<std::vector<Segment>> runs;
    for (std::vector<Segment>& run : chain_segments(segments, 7.0))
      for (std::vector<Segment>& piece : split(std::move(run))) runs.push_back(std::move(piece));
    for (std::size_t n = 0; n < runs.size(); ++n) {
      const std::vector<Segment> run = runs[n];
      FoldSpan in_a{0, a.size()}, in_b{0, b.size()};
      const Segment &first = run.front(), &last = run.back();
      if (a_work == b_work) {
        if (last.a + last.length > first.b) continue;  // runs into itself
        in_a.end = in_b.begin = last.a + last.length + (first.b - last.a - last.length) / 2;
      }
      Alignment found{a_work, b_work, {}, {}, fill(a, b, run), 0};
      grow_ends(a, b, found.equal, in_a, in_b);
      trim_ends(a, b, found.equal);
      const EqualRun &head = found.equal.front(), &tail = found.equal.back();
      found.a = {head.a, tail.a + tail.length};
      found.b = {head.b, tail.b + tail.length};
      close_clauses(a, b, found);
      const std::uint32_t equal = equal_letters(found.equal);
      found.similarity = 2.0 * equal / (found.a.size() + found.b.size());
      if (!holds(found, equal, rarity)) {
        if (run.size() > 1) cut_at(run, heaviest_gap(run).second, runs);  // its parts may hold
        continue;
      }
      const bool inside = std::any_of(mine.begin(), mine.end(), [&](const Alignment& x) {
        return x.a.begin <= found.a.begin && found.a.end <= x.a.end && x.b.begin <= found.b.begin &&
               found.b.end <= x.b.end;
      });
      if (!inside) mine.push_back(std::move(found));
    }
    for (Alignment& x : mine) out.push_back(std::move(x));
  }

  // The thresholds: enough equal letters for how common the wording is, and few enough differences.
  static bool holds(const Alignment& x, std::uint32_t equal, const std::vector<std::uint32_t>& rarity) {
    std::uint32_t rarest = UINT32_MAX;
    for (const EqualRun& r : x.equal)
      for (std::uint32_t j = r.b; j + Index::kGram <= r.b + r.length; ++j) rarest = std::min(rarest, rarity[j]);
    const double least = kLeast + 1.5 * std::log2(std::max(1.0, rarest / 24.0));
    if (equal < least) return false;
    std::uint32_t replaced = 0, omitted = 0;
    for (std::size_t i = 1; i < x.equal.size(); ++i) {
      const std::uint32_t da = x.equal[i].a - x.equal[i - 1].a - x.equal[i - 1].length;
      const std::uint32_t db = x.equal[i].b - x.equal[i - 1].b - x.equal[i - 1].length;
      replaced += std::min(da, db);
      const std::uint32_t one = std::max(da, db) - std::min(da, db);
      omitted += std::min(one, 6U);
    }
    const double differing = (replaced + omitted) / static_cast<double>(equal + replaced + omitted);
    return differing <= (equal < 19 ? 0.06 : equal < 40 ? 0.22 : 0.35);
  }

  const Corpus& corpus_;
  const Index& index_;
};

}  // namespace

std::vector<Alignment> align_all(const Corpus& corpus, const Index& index, unsigned jobs) {
  const Aligner aligner(corpus, index);
  std::vector<std::vector<Alignment>> found(corpus.works.size());
  for_each_index(found.size(), jobs,
                 [&](std::size_t b) { found[b] = aligner.against_earlier(static_cast<std::uint32_t>(b)); });
  std::vector<Alignment> out;
  for (auto& of_work : found)
    for (Alignment& x : of_work) out.push_back(std::move(x));
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
    if (found == where.end() || found->second.size() > 64) continue;
    for (const std::uint32_t i : found->second) {
      const std::int64_t diagonal = static_cast<std::int64_t>(i) - j;
      const auto at = open.find(diagonal);
      if (at != open.end() && segments[at->second].b + segments[at->second].length >= in_b.begin + j) {
        segments[at->second].length = in_b.begin + j + kGram - segments[at->second].b;
      } else {
        open[diagonal] = segments.size();
        segments.push_back({in_a.begin + i, in_b.begin + j, kGram});
      }
    }
  }
  const auto runs = chain_segments(segments, 4.0);
  if (runs.empty()) return {};
  std::vector<EqualRun> out = fill(a, b, runs.front());
  grow_ends(a, b, out, in_a, in_b);
  return out;
}

}  // namespace suyuan
