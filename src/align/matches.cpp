#include "align/matches.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "align/candidates.hpp"
#include "align/ends.hpp"
#include "align/figures.hpp"
#include "index/background.hpp"

namespace suyuan {

namespace {

// The most letters that stay past an end before too many are replaced, or that follow a few put in.
std::uint32_t close(std::span<const Unit> a, std::span<const Unit> b, bool backwards) {
  const auto same = [&](std::size_t i, std::size_t j) {
    return backwards ? a[a.size() - 1 - i] == b[b.size() - 1 - j] : a[i] == b[j];
  };
  std::uint32_t most = 0;
  for (std::uint32_t n = 0; n < std::min(a.size(), b.size()) && n - most <= kReplaced; ++n) most += same(n, n);
  for (std::uint32_t d = 1; d <= kPutIn; ++d) {
    std::uint32_t ahead = 0, behind = 0;
    while (ahead + d < a.size() && ahead < b.size() && same(ahead + d, ahead)) ++ahead;
    while (behind < a.size() && behind + d < b.size() && same(behind, behind + d)) ++behind;
    most = std::max({most, ahead, behind});
  }
  return most;
}

struct Around {
  std::span<const Unit> before_a, after_a, before_b, after_b;
};

constexpr double kMost = 3.6;  // bits a letter past an end may add; growing takes a difference too

// What stands past the ends of a seed that is not surprising enough alone.
Company company_of(double bits, std::uint32_t length, const Around& x) {
  if (bits >= kScore || length >= kLong) return Company::enough;
  const auto wanted = [&](double score) {
    return static_cast<std::uint32_t>(std::max(0.0, score - bits + gap_cost(1, 1)) / kMost);
  };
  const auto last = [](std::span<const Unit> s) { return s.last(std::min<std::size_t>(s.size(), kNear)); };
  const auto first = [](std::span<const Unit> s) { return s.first(std::min<std::size_t>(s.size(), kNear)); };
  const auto after_a = first(x.after_a), after_b = first(x.after_b), before_a = last(x.before_a),
             before_b = last(x.before_b);
  if ((!after_a.empty() && !after_b.empty() && figures::meet(after_a.front(), after_b.front())) ||
      (!before_a.empty() && !before_b.empty() && figures::meet(before_a.back(), before_b.back())))
    return Company::enough;
  const std::uint32_t shared = shared_at_most(after_a, after_b) + shared_at_most(before_a, before_b);
  if (shared >= wanted(kScore) &&
      alike(after_a, after_b, false) + alike(before_a, before_b, true) >= wanted(kScore))
    return Company::enough;
  if (shared < wanted(kLeastScore)) return Company::none;
  return may_be_clause(bits, length + close(after_a, after_b, false) + close(before_a, before_b, true), length)
             ? Company::some
             : Company::none;
}

}  // namespace

bool may_be_clause(double bits, std::uint32_t letters, std::uint32_t matched) {
  return letters >= kLeastWhole && bits + kMost * (letters - matched) >= kLeastScore + gap_cost(1, 1);
}

bool fills_quotation(const Fold& f, FoldSpan s) { return (f.gap(s.begin) & f.gap(s.end) & Fold::quote) != 0; }

std::vector<Hit> Matcher::find(std::uint32_t b_work, Surprises& of, bool all,
                               std::optional<std::uint32_t> only) const {
  const Surprise& surprise = of.ordinary;
  const std::uint32_t start = index_.start(b_work), end = index_.start(b_work + 1);
  const auto units = index_.units();
  std::vector<Hit> hits;
  constexpr std::size_t kAhead = 6;  // places: each is a cache miss
  for (std::uint32_t q = start; q < end; ++q) {
    index_.look_ahead(q);
    if (!(all ? index_.seeds(q) : index_.returns(q))) continue;
    // A match that the gram before it seeds too is found from there.
    const Index::Before ahead = q > start ? Index::before(units[q - 1]) : Index::kRare;
    const bool before = ahead != Index::kRare && !index_.common(q - 1);
    const auto occurrences = index_.occurrences(q);
    const auto preceding = index_.preceding(q);
    for (std::size_t n = 0; n < occurrences.size() && (all || occurrences[n] < q); ++n) {
      if (n + kAhead < occurrences.size()) __builtin_prefetch(&units[occurrences[n + kAhead]]);
      if (before && preceding[n] == ahead) continue;
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
      const Company company =
          company_of(surprise.of(b - start, length), length,
                     {units.subspan(floor, a - floor), units.subspan(a_end, (work == b_work ? b : ceiling) - a_end),
                      units.subspan(start, b - start), units.subspan(b + length, end - b - length)});
      hits.push_back({work, a - floor, b - start, length, company});
    }
  }
  for (const Hit& h : widespread(b_work, of, all, only)) hits.push_back(h);
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  return hits;
}

// What a work has of passages too widespread to be paired: each match with the earliest text that has its gram,
// or with every text that has one of those of `all` that widespread_seeds() names. Letters that many texts share
// by chance are few in a row.
std::vector<Hit> Matcher::widespread(std::uint32_t b_work, Surprises& of, bool all,
                                     std::optional<std::uint32_t> only) const {
  const std::uint32_t start = index_.start(b_work), end = index_.start(b_work + 1);
  const auto units = index_.units();
  std::vector<Hit> found;
  std::unordered_map<std::int64_t, std::uint32_t> ends;  // diagonal → where its latest match ends
  const auto match = [&](std::uint32_t p, std::uint32_t q) {
    std::uint32_t& last_end = ends[std::int64_t{p} - q];
    if (q + Index::kGram <= last_end) return;
    const std::uint32_t work = index_.work_at(p), floor = index_.start(work), ceiling = index_.start(work + 1);
    std::uint32_t a = p, b = q;
    while (a > floor && b > start && units[a - 1] == units[b - 1]) --a, --b;
    last_end = q + Index::kGram;
    p += Index::kGram;
    while (p < ceiling && last_end < end && units[p] == units[last_end]) ++p, ++last_end;
    if (p - a < (all ? Index::kGram : kLeast) || (only && work != *only)) return;
    const Company company = company_of(of.at_border().of(b - start, p - a), p - a,
                                       {units.subspan(floor, a - floor), units.subspan(p, ceiling - p),
                                        units.subspan(start, b - start), units.subspan(last_end, end - last_end)});
    found.push_back({work, a - floor, b - start, p - a, company, true});
  };
  if (all) {
    const auto seeds = widespread_seeds(units.subspan(start, end - start),
                                        [&](std::uint32_t p) { return index_.widespread(start + p); });
    for (const std::uint32_t q : seeds)
      for (const std::uint32_t p : index_.occurrences(start + q))
        if (p < start || p >= end) match(p, start + q);
  } else {
    for (std::uint32_t q = start; q < end; ++q) {
      if (!index_.widespread(q)) continue;
      const auto places = index_.occurrences(q);
      if (!places.empty() && places.front() < start) match(places.front(), q);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  // A passage is of kLong letters in matches that follow each other, or, unless it is asked for, a quotation from
  // mark to mark; what the background knows is none of it.
  const std::uint32_t least = all ? widespread_letters(end - start) : kLong;
  std::vector<std::size_t> counted(end - start, found.size());  // of each letter: in which passage it was last
  std::vector<Hit> out;
  for (std::size_t i = 0; i < found.size();) {
    std::size_t k = i;
    std::uint32_t letters = 0, known = 0, a_end = found[i].a, b_end = found[i].b;
    bool marked = false;
    for (; k < found.size() && found[k].work == found[i].work; ++k) {
      const Hit& h = found[k];
      if (h.a > a_end + kApart || h.b > b_end + kApart || h.b + kApart < b_end) break;
      const std::uint32_t from = h.a < a_end ? h.b + std::min(h.length, a_end - h.a) : h.b;
      for (std::uint32_t q = from; q < h.b + h.length; ++q) {
        if (std::exchange(counted[q], i) == i) continue;
        ++letters;
        known += !index_.widespread(start + q) && q + Index::kGram <= h.b + h.length;
      }
      a_end = std::max(a_end, h.a + h.length);
      b_end = std::max(b_end, h.b + h.length);
      marked = marked || (!all && (fills_quotation(corpus_.works[b_work].fold, {h.b, h.b + h.length}) ||
                                   fills_quotation(corpus_.works[h.work].fold, {h.a, h.a + h.length})));
    }
    if (letters >= known + least || (marked && letters > 2 * known))
      out.insert(out.end(), &found[i], &found[0] + k);
    i = k;
  }
  return out;
}

std::vector<std::uint32_t> widespread_seeds(std::span<const Unit> text,
                                            const std::function<bool(std::uint32_t)>& widespread) {
  const std::uint32_t window = std::max(2U, widespread_letters(text.size()) - Index::kGram + 1) / 2;
  const auto grams = static_cast<std::uint32_t>(text.size() < Index::kGram ? 0 : text.size() - Index::kGram + 1);
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t p = 0; p < grams; ++p)
    hashes.push_back(widespread(p) ? background::gram_hash(text.subspan(p, Index::kGram)) : UINT64_MAX);
  std::vector<std::uint32_t> out;
  for (std::uint32_t p = 0; p < grams; ++p) {
    const auto least = std::min_element(hashes.begin() + p, hashes.begin() + std::min(p + window, grams));
    const auto q = static_cast<std::uint32_t>(least - hashes.begin());
    if (*least != UINT64_MAX && (out.empty() || out.back() < q)) out.push_back(q);
  }
  return out;
}

}  // namespace suyuan
