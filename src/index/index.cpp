// The dense index of k-grams, and the formulas in it.
#include "suyuan/index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/large_pages.hpp"
#include "index/background.hpp"

namespace suyuan {

namespace {

// Letters a corpus counts for at least when rates are taken: in a short draft a wording that stands three times
// is not common yet. At most it counts for as many as the background: wording that stands twenty times is not the
// rarer for more texts that do not have it, and the thresholds mean the same in a library of any size.
constexpr double kSmallCorpus = 200'000;

constexpr std::uint32_t kSorted = 1U << 24;  // grams sorted at a time, 16 bytes each

// Sorts by the upper half; equal ones keep their order.
void radix_sort(std::vector<std::uint64_t>& keys) {
  constexpr unsigned kBits = 11;
  std::vector<std::uint64_t> other;
  other.reserve(keys.size());
  use_large_pages(other);
  other.resize(keys.size());
  for (unsigned shift = 32; shift < 64; shift += kBits) {
    std::vector<std::size_t> at((std::size_t{1} << kBits) + 1, 0);
    const auto digit = [&](std::uint64_t k) { return (k >> shift) & ((1U << kBits) - 1); };
    for (const std::uint64_t k : keys) ++at[digit(k) + 1];
    for (std::size_t i = 1; i < at.size(); ++i) at[i] += at[i - 1];
    for (const std::uint64_t k : keys) other[at[digit(k)]++] = k;
    keys.swap(other);
  }
}

}  // namespace

Index::Index(const Corpus& corpus, std::span<const std::uint32_t> asked) {
  starts_.push_back(0);
  for (const CorpusWork& w : corpus.works) starts_.push_back(starts_.back() + w.fold.size());
  const std::uint32_t size = starts_.back();
  units_.reserve(size);
  use_large_pages(units_);
  for (std::uint32_t w = 0; w < corpus.works.size(); ++w) {
    const auto units = corpus.works[w].fold.units();
    units_.insert(units_.end(), units.begin(), units.end());
    while (blocks_.size() * 256 < units_.size()) blocks_.push_back(w);
  }
  // The hashes of the grams asked for; most others are told from them by their upper bits alone.
  std::vector<std::uint64_t> wanted;
  for (const std::uint32_t w : asked)
    for (std::uint32_t p = starts_[w]; p + kGram <= starts_[w + 1]; ++p)
      wanted.push_back(background::gram_hash(std::span(units_).subspan(p, kGram)));
  std::sort(wanted.begin(), wanted.end());
  const int bits = std::clamp(static_cast<int>(std::bit_width(wanted.size())) + 4, 12, 22), shift = 64 - bits;
  std::vector<bool> may_be_wanted(asked.empty() ? 0 : std::size_t{1} << bits);
  for (const std::uint64_t hash : wanted) may_be_wanted[hash >> shift] = true;
  const auto is_wanted = [&](std::uint64_t hash) {
    return asked.empty() ||
           (may_be_wanted[hash >> shift] && std::binary_search(wanted.begin(), wanted.end(), hash));
  };
  group_.reserve(size);
  use_large_pages(group_);
  group_.assign(size, UINT32_MAX);
  grams_.reserve(size);
  use_large_pages(grams_);
  grams_.assign(size, 0);
  const auto same = [&](std::uint32_t x, std::uint32_t y) {
    return x == y || std::equal(units_.begin() + x, units_.begin() + x + kGram, units_.begin() + y);
  };
  std::vector<bool> begins(size, false);
  for (std::size_t w = 0; w + 1 < starts_.size(); ++w)
    if (starts_[w] < starts_[w + 1]) begins[starts_[w]] = true;
  constexpr std::size_t kAhead = 12;   // entries: the letters of each are a cache miss
  std::vector<std::uint64_t> entries;  // hash, position
  std::vector<std::uint32_t> bucket, group, rest;
  // One range of hashes after the other, so that what is sorted at a time does not grow with the corpus.
  const std::uint64_t ranges = 1 + size / kSorted;
  for (std::uint64_t range = 0; range < ranges; ++range) {
    entries.clear();
    if (asked.empty() && range == 0) {
      entries.reserve(size / ranges + size / ranges / 64);
      use_large_pages(entries);
    }
    for (std::uint32_t w = 0; w + 1 < starts_.size(); ++w)
      for (std::uint32_t p = starts_[w]; p + kGram <= starts_[w + 1]; ++p) {
        const std::uint64_t hash = background::gram_hash(std::span(units_).subspan(p, kGram));
        if ((hash >> 32) * ranges >> 32 != range) continue;
        if (is_wanted(hash)) entries.push_back((hash & ~0xFFFFFFFFULL) | p);
      }
    radix_sort(entries);
    for (std::size_t i = 0; i < entries.size();) {
      bucket.clear();
      const std::uint64_t hash = entries[i] >> 32;
      for (; i < entries.size() && entries[i] >> 32 == hash; ++i) {
        if (i + kAhead < entries.size()) {
          const auto ahead = static_cast<std::uint32_t>(entries[i + kAhead]);
          __builtin_prefetch(&units_[ahead]);
          __builtin_prefetch(&grams_[ahead], 1);
        }
        bucket.push_back(static_cast<std::uint32_t>(entries[i]));
      }
      while (!bucket.empty()) {  // one gram of this hash after the other
        group.clear();
        rest.clear();
        for (const std::uint32_t p : bucket) (same(bucket.front(), p) ? group : rest).push_back(p);
        const std::uint16_t gram = weigh(corpus, group);
        for (const std::uint32_t p : group) grams_[p] = gram;
        grams_[group.front()] |= kFirst;
        if (group.size() > 1) {
          const auto number = static_cast<std::uint32_t>(groups_.size());
          groups_.push_back(static_cast<std::uint32_t>(positions_.size()));
          for (const std::uint32_t p : group) {
            group_[p] = number;
            positions_.push_back(p);
            preceding_.push_back(begins[p] ? Before{0} : before(units_[p - 1]));
          }
        }
        bucket.swap(rest);
      }
    }
  }
  groups_.push_back(static_cast<std::uint32_t>(positions_.size()));
  entries = {};
  pack(positions_);
  pack(preceding_);
  pack(groups_);
}

std::uint16_t Index::weigh(const Corpus& corpus, std::span<const std::uint32_t> group) const {
  const auto gram = std::span<const Unit>(units_).subspan(group[0], kGram);
  std::uint64_t times = group.size(), letters = units_.size();
  if (corpus.whole && corpus.whole->occurrences) {
    times = corpus.whole->occurrences(gram);
    letters = corpus.whole->letters;
  }
  const std::uint16_t weight = weigh(gram, times, letters);
  return static_cast<std::uint16_t>(weight | ((weight & kIsCommon) == 0 && group.size() > 1 ? kSeeds : 0));
}

// But for kSeeds and kFirst.
std::uint16_t Index::weigh(std::span<const Unit> gram, std::uint64_t times, std::uint64_t letters_of_all) {
  const double most = std::max<double>(background::letters(), kSmallCorpus);
  const double all = std::clamp<double>(static_cast<double>(letters_of_all), kSmallCorpus, most);
  const double background = background::rate(background::gram_key(background::gram_hash(gram)));
  const bool known = background::is_common(background), common = times > kCommon || known;
  const double least = 0.5 / most;
  static const double kMostBits = -std::log2(least);
  const auto surprise = [&](std::uint64_t n, double letters) {
    const double rate = std::max({(static_cast<double>(n) - 2) / letters, background, least});
    return rate > least ? -std::log2(rate) : kMostBits;  // of nearly all grams
  };
  const double own = surprise(times, all);
  const bool widespread = common && !known && own > kFormulaBits;
  const double bits = widespread ? surprise(kCommon, most) : common ? std::min(own, kFormulaBits) : own;
  return static_cast<std::uint16_t>(std::min<long>(std::lround(bits * 10), kBits) | (common ? kIsCommon : 0) |
                                    (widespread ? kWidespread : 0));
}

bool Index::widespread(std::span<const Unit> gram, std::uint64_t times, std::uint64_t letters) {
  return (weigh(gram, times, letters) & kWidespread) != 0;
}

void Index::look_ahead(std::uint32_t position) const {
  constexpr std::uint32_t kGroup = 24, kList = 16, kLetters = 8, kPlaces = 4;
  const auto returning = [&](std::uint32_t ahead) {
    const std::uint32_t p = position + ahead;
    return p < grams_.size() && returns(p) ? group_[p] : UINT32_MAX;
  };
  if (const std::uint32_t g = returning(kGroup); g != UINT32_MAX) __builtin_prefetch(&groups_[g]);
  if (const std::uint32_t g = returning(kList); g != UINT32_MAX) {
    __builtin_prefetch(&positions_[groups_[g]]);
    __builtin_prefetch(&preceding_[groups_[g]]);
  }
  if (const std::uint32_t g = returning(kLetters); g != UINT32_MAX)
    for (std::uint32_t n = groups_[g]; n < std::min(groups_[g] + kPlaces, groups_[g + 1]); ++n)
      __builtin_prefetch(&units_[positions_[n]]);
}

std::uint32_t Index::work_at(std::uint32_t position) const {
  std::uint32_t work = blocks_[position / 256];
  while (starts_[work + 1] <= position) ++work;
  return work;
}

std::span<const std::uint32_t> Index::occurrences(std::uint32_t position) const {
  const std::uint32_t group = group_[position];
  if (group == UINT32_MAX) return {};
  return std::span(positions_).subspan(groups_[group], groups_[group + 1] - groups_[group]);
}

std::span<const Index::Before> Index::preceding(std::uint32_t position) const {
  const std::uint32_t group = group_[position];
  if (group == UINT32_MAX) return {};
  return std::span(preceding_).subspan(groups_[group], groups_[group + 1] - groups_[group]);
}

namespace {

// Whether most of a place stands between quotation marks, or it is in a section of words spoken on one occasion.
bool is_quoted(const Corpus& corpus, const Formula::Place& place) {
  constexpr double kMost = 0.75;  // the words that introduce it may be as widespread
  const CorpusWork& w = corpus.works[place.work];
  const Work& work = corpus.work(w);
  for (const Quotation& q : work.quotations) {
    if (q.form == Quotation::Form::indirect) continue;
    const FoldSpan words = w.fold.find(envelope(q.parts));
    const std::uint32_t begin = std::max(words.begin, place.span.begin), end = std::min(words.end, place.span.end);
    if (end > begin && end - begin >= kMost * place.span.size()) return true;
  }
  const std::uint32_t paragraph = w.fold.paragraph_of(place.span.begin);
  return std::any_of(work.sections.begin(), work.sections.end(),
                     [&](const Section& s) { return s.first <= paragraph && paragraph < s.last; });
}

void judge(const Corpus& corpus, Formula& f) {
  std::vector<std::uint32_t> before, after;
  std::uint32_t work = UINT32_MAX, whole = 0;
  for (const Formula::Place& p : f.places) {
    const Fold& fold = corpus.works[p.work].fold;
    f.works += p.work != work;
    work = p.work;
    f.quoted += is_quoted(corpus, p);
    before.push_back(p.span.begin == 0 ? 0 : static_cast<std::uint32_t>(fold.units()[p.span.begin - 1]));
    after.push_back(p.span.end == fold.size() ? 0 : static_cast<std::uint32_t>(fold.units()[p.span.end]));
    whole += fold.is_clause_edge(p.span.begin) && fold.is_clause_edge(p.span.end);
  }
  const auto different = [](std::vector<std::uint32_t>& x) {
    std::sort(x.begin(), x.end());
    return static_cast<std::uint32_t>(std::unique(x.begin(), x.end()) - x.begin());
  };
  f.before = different(before);
  f.after = different(after);
  const std::uint32_t letters = f.places.front().span.size();
  f.quotation = letters >= 8 && f.quoted * 2 > f.count() && whole * 2 > f.count();
}

}  // namespace

std::vector<Formula> formulas(const Corpus& corpus, const Index& index) {
  std::vector<Formula> found;
  std::unordered_multimap<std::uint64_t, std::size_t> known;  // by hash of the text
  for (std::uint32_t w = 0; w < index.works(); ++w) {
    const std::uint32_t start = index.start(w), end = index.start(w + 1);
    for (std::uint32_t p = start; p < end;) {
      const std::uint32_t begin = p;
      while (p < end && index.common(p)) ++p;
      if (p == begin) {
        ++p;
        continue;
      }
      FoldSpan span{begin - start, p - 1 + Index::kGram - start};
      // A particle at an end belongs to the sentence around it.
      const Fold& fold = corpus.works[w].fold;
      const auto particle = [&](std::uint32_t i) {
        return std::u32string_view(U"的地得了着和与及而").find(static_cast<char32_t>(fold.units()[i])) !=
               std::u32string_view::npos;
      };
      if (particle(span.begin) && !fold.is_clause_edge(span.begin)) ++span.begin;
      if (particle(span.end - 1) && !fold.is_clause_edge(span.end)) --span.end;
      if (span.size() < Index::kGram) continue;
      const auto text = index.units().subspan(start + span.begin, span.size());
      const std::uint64_t hash = background::gram_hash(text);
      const auto [first, last] = known.equal_range(hash);
      const auto same = std::find_if(first, last, [&](const auto& k) {
        const Formula::Place& at = found[k.second].places.front();
        return std::ranges::equal(corpus.works[at.work].fold.units(at.span), text);
      });
      if (same != last) {
        found[same->second].places.push_back({w, span});
      } else {
        known.emplace(hash, found.size());
        found.emplace_back().places.push_back({w, span});
      }
    }
  }
  std::erase_if(found,
                [](const Formula& f) { return f.count() < 2 && f.places.front().span.size() < kFormulaAlone; });
  for (Formula& f : found) judge(corpus, f);
  const auto key = [](const Formula& f) {
    return std::tuple(-static_cast<std::int64_t>(f.count()), f.places.front().work, f.places.front().span);
  };
  std::sort(found.begin(), found.end(), [&](const Formula& a, const Formula& b) { return key(a) < key(b); });
  return found;
}

}  // namespace suyuan
