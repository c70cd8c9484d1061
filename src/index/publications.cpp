// Copies of one publication: found by sampled grams, decided by what they cover of each other in order.
#include "index/publications.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "base/large_pages.hpp"
#include "index/background.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kGramLetters = 5;
constexpr std::uint64_t kSample = 8;  // one gram in so many is looked at to find candidates
constexpr std::uint32_t kShortest = CopySample::kShortest;
constexpr std::size_t kSpread = CopySample::kSpread;
constexpr double kCovered = 0.8;                          // share of each that the other covers in order
constexpr std::uint64_t kRound = std::uint64_t{1} << 26;  // letters whose samples are held at once

std::uint64_t gram_at(std::span<const Unit> units, std::size_t i) {
  return background::gram_hash(units.subspan(i, kGramLetters));
}

// The letters of each that stand in both, in order: grams that occur once in either, along the longest increasing
// line of places.
std::uint32_t in_order(std::span<const Unit> a, std::span<const Unit> b) {
  const auto once = [](std::span<const Unit> units) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> grams;
    for (std::uint32_t i = 0; i + kGramLetters <= units.size(); ++i) grams.emplace_back(gram_at(units, i), i);
    std::sort(grams.begin(), grams.end());
    std::vector<std::pair<std::uint64_t, std::uint32_t>> out;
    for (std::size_t i = 0; i < grams.size(); ++i)
      if ((i == 0 || grams[i - 1].first != grams[i].first) &&
          (i + 1 == grams.size() || grams[i + 1].first != grams[i].first))
        out.push_back(grams[i]);
    return out;
  };
  const auto x = once(a), y = once(b);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i].first < y[j].first)
      ++i;
    else if (y[j].first < x[i].first)
      ++j;
    else
      places.emplace_back(x[i++].second, y[j++].second);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::size_t> tails, parent(places.size(), SIZE_MAX);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), places[i].second,
                                     [&](std::size_t t, std::uint32_t v) { return places[t].second < v; });
    if (at != tails.begin()) parent[i] = *(at - 1);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::uint32_t covered = 0, next = UINT32_MAX;
  for (std::size_t i = tails.empty() ? SIZE_MAX : tails.back(); i != SIZE_MAX; i = parent[i]) {
    covered += std::min(kGramLetters, next - places[i].first);
    next = places[i].first;
  }
  return covered;
}

// Whether two works of one wording may be one publication: what is stated of them does not differ.
bool may_be_one(const Work& a, const Work& b) {
  if (!a.outlet.empty() && !b.outlet.empty() && a.outlet != b.outlet) return false;
  const DateInterval &x = a.published, &y = b.published;
  // Nor was a text put up long before it came out.
  constexpr int kBefore = 7;  // days
  const auto precedes = [](const DateInterval& copy, const DateInterval& out) {
    return copy.latest && out.earliest && days_between(*copy.latest, *out.earliest) > kBefore;
  };
  if (precedes(a.edition, y) || precedes(b.edition, x)) return false;
  return !(x.latest && y.earliest && *x.latest < *y.earliest) &&
         !(y.latest && x.earliest && *y.latest < *x.earliest);
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> copy_candidates(
    std::span<const std::uint32_t> sizes, const std::function<std::span<const Unit>(std::uint32_t work)>& letters,
    std::uint32_t settled) {
  if (settled > 0 && settled == sizes.size()) return {};
  const std::uint64_t all = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  const std::uint64_t rounds = all / kRound + 1;
  std::vector<std::uint32_t> sampled(sizes.size(), 0);
  std::vector<std::uint64_t> pairs;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> sample;
    sample.reserve(all / rounds / kSample * 9 / 8);
    use_large_pages(sample);
    for (std::uint32_t w = 0; w < sizes.size(); ++w) {
      if (sizes[w] < kShortest) continue;
      const auto units = letters(w);
      for (std::uint32_t i = 0; i + kGramLetters <= units.size(); ++i)
        if (const std::uint64_t gram = gram_at(units, i); gram % kSample == 0 && gram / kSample % rounds == round)
          sample.emplace_back(gram, w);
    }
    std::sort(sample.begin(), sample.end());
    sample.erase(std::unique(sample.begin(), sample.end()), sample.end());
    for (const auto& [gram, w] : sample) ++sampled[w];
    for (std::size_t i = 0; i < sample.size();) {
      std::size_t end = i;
      while (end < sample.size() && sample[end].first == sample[i].first) ++end;
      if (end - i <= kSpread)
        for (std::size_t a = i; a < end; ++a)
          for (std::size_t b = a + 1; b < end; ++b)
            if (sample[b].second >= settled)
              pairs.push_back((std::uint64_t{sample[a].second} << 32) | sample[b].second);
      i = end;
    }
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t end = i;
    while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
    const auto a = static_cast<std::uint32_t>(pairs[i] >> 32), b = static_cast<std::uint32_t>(pairs[i]);
    if (are_candidates(end - i, sampled[a], sampled[b]) && may_be_copies(sizes[a], sizes[b]))
      out.emplace_back(a, b);
    i = end;
  }
  return out;
}

CopySample copy_sample(std::span<const Unit> units) {
  CopySample out;
  if (units.size() < kShortest) return out;
  std::set<std::uint64_t> seen;
  for (std::uint32_t i = 0; i + kGramLetters <= units.size(); ++i)
    if (const std::uint64_t gram = gram_at(units, i); gram % kSample == 0 && seen.insert(gram).second)
      out.begins.push_back(i);
  return out;
}

bool may_be_copies(std::uint32_t size_a, std::uint32_t size_b) {
  return std::min(size_a, size_b) >= kShortest && std::min(size_a, size_b) >= kCovered * std::max(size_a, size_b);
}

bool are_candidates(std::size_t shared, std::size_t sampled_a, std::size_t sampled_b) {
  return shared * 2 >= std::min(sampled_a, sampled_b);
}

std::vector<std::uint32_t> find_publications(std::span<const PublishedText> works,
                                             std::span<const std::pair<std::uint32_t, std::uint32_t>> candidates,
                                             std::span<const std::uint32_t> settled) {
  // The best agreement first, and of equal ones the older text: a copy belongs to one publication only.
  struct Pair {
    std::uint32_t covered;  // in twentieths
    Date day;
    std::uint32_t a, b;
  };
  std::vector<Pair> pairs;
  for (const auto& [a, b] : candidates) {
    const PublishedText &x = works[a], &y = works[b];
    if (!may_be_one(*x.work, *y.work)) continue;
    const auto longer = static_cast<std::uint32_t>(std::max(x.units.size(), y.units.size()));
    const std::uint32_t covered = in_order(x.units, y.units);
    const auto day = [](const Work& w) { return w.published.latest.value_or(Date{9999, 12, 31}); };
    if (covered >= kCovered * longer)
      pairs.push_back({covered * 20 / longer, std::min(day(*x.work), day(*y.work)), a, b});
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
    return std::tie(y.covered, x.day, x.a, x.b) < std::tie(x.covered, y.day, y.a, y.b);
  });
  std::vector<std::uint32_t> publication(works.size());
  std::vector<std::vector<std::uint32_t>> members(works.size());
  for (std::uint32_t w = 0; w < works.size(); ++w) {
    publication[w] = w < settled.size() ? settled[w] : w;
    members[publication[w]].push_back(w);
  }
  for (const Pair& p : pairs) {
    const std::uint32_t x = std::min(publication[p.a], publication[p.b]);
    const std::uint32_t y = std::max(publication[p.a], publication[p.b]);
    const bool agree =
        x != y && y >= settled.size() && std::all_of(members[x].begin(), members[x].end(), [&](std::uint32_t m) {
          return std::all_of(members[y].begin(), members[y].end(),
                             [&](std::uint32_t n) { return may_be_one(*works[m].work, *works[n].work); });
        });
    if (!agree) continue;
    for (const std::uint32_t w : members[y]) publication[w] = x;
    members[x].insert(members[x].end(), members[y].begin(), members[y].end());
    members[y].clear();
  }
  // A copy whose own date is not stated has that of the publication, with the evidence of the copy that states it.
  std::map<std::uint32_t, std::uint32_t> stated;
  for (std::uint32_t w = 0; w < works.size(); ++w)
    if (works[w].work->published.status == DateInterval::Status::stated) stated.try_emplace(publication[w], w);
  for (std::uint32_t w = 0; w < works.size(); ++w) {
    if (w < settled.size()) continue;
    Work& mine = *works[w].work;
    const auto found = stated.find(publication[w]);
    if (mine.published.status == DateInterval::Status::stated || found == stated.end()) continue;
    const PublishedText& other = works[found->second];
    DateInterval given = other.work->published;
    for (Evidence& e : given.evidence) {
      if (e.document.empty()) e.document = *other.key;
      e.rule = "copy, " + e.rule;
    }
    mine.published = std::move(given);
    if (mine.outlet.empty()) mine.outlet = other.work->outlet;
  }
  return publication;
}

}  // namespace suyuan
