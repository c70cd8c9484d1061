#include "chain/antecedents.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/han.hpp"
#include "base/parallel.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kLetters = 4;      // of the grams by which places are sought,
constexpr std::uint32_t kShare = 5;        // of which a place has one in so many of the head's
constexpr std::uint32_t kBeside = 12;      // letters beside them that are looked at too
constexpr std::size_t kHeads = 64;         // heads past which a gram points nowhere
constexpr std::uint32_t kLongest = 160;    // letters of a head: a longer one has runs enough
constexpr double kHeld = 0.8;              // of the head, or
constexpr double kNearly = 0.85;           // of what the first appearance has, half of it at least
constexpr double kDense = 0.6;             // of the place
constexpr std::uint32_t kOther = 24;       // one letter of so many may be another
constexpr std::uint32_t kBegin =
    2;                        // letters that may lack at the beginning, whatever stands there instead: 要以, 是
constexpr double kGap = 0.5;  // what a letter between two runs takes from those
constexpr std::uint32_t kRun = 2;  // equal letters that are no accident

// A hash: what it points to is aligned.
std::uint64_t gram_at(std::span<const Unit> units, std::uint32_t at) {
  std::uint64_t out = 0;
  for (std::uint32_t i = 0; i < kLetters; ++i)
    out = out * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(units[at + i]) + 1;
  return out ^ out >> 29;
}

bool is_figure(Unit u) { return han::is_digit(static_cast<char32_t>(u)); }
bool is_numeral(Unit u) {
  return std::u32string_view(U"一二三四五六七八九十两").find(static_cast<char32_t>(u)) != std::u32string_view::npos;
}

class Search {
 public:
  Search(const Corpus& corpus, const std::vector<Date>& days, std::vector<Head>& heads)
      : corpus_(corpus), days_(days), heads_(heads), need_(heads.size(), 0) {
    for (std::uint32_t h = 0; h < heads_.size(); ++h) {
      const Passage& passage = heads_[h].passage;
      before_.push_back(first_of(heads_[h]));
      if (passage.section || passage.span.size() > kLongest || heads_[h].finds.empty()) continue;
      const auto units = corpus_.works[passage.work].fold.units(passage.span);
      for (std::uint32_t i = 0; i + kLetters <= units.size(); ++i)
        places_.push_back({gram_at(units, i), before_[h].day, h, i});
    }
    // Of a gram the heads that begin last come first: those that a text precedes.
    std::ranges::sort(places_, [](const Place& x, const Place& y) {
      return std::tuple(x.gram, y.day, x.head, x.in_head) < std::tuple(y.gram, x.day, y.head, y.in_head);
    });
    slots_.resize(std::bit_ceil(4 * places_.size() + 1));
    for (std::size_t from = 0, to = 0; from < places_.size(); from = to) {
      while (to < places_.size() && places_[to].gram == places_[from].gram) ++to;
      if (to - from > kHeads) continue;
      for (std::size_t i = from; i < to; ++i) ++need_[places_[i].head];
      std::size_t slot = places_[from].gram & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = static_cast<std::uint32_t>(from + 1);
    }
    for (std::uint32_t& n : need_) n = std::max(2U, (n + kShare - 1) / kShare);
  }

  // The places of a work, of each head at most one.
  std::vector<std::pair<std::uint32_t, Find>> of_work(std::uint32_t work) const {
    struct Hit {
      std::uint32_t head, at, in_head;
      auto operator<=>(const Hit&) const = default;
    };
    thread_local std::vector<Hit> hits;
    thread_local std::vector<std::uint32_t> count;  // of each head
    hits.clear();
    count.resize(std::max(count.size(), heads_.size()));
    const auto units = corpus_.works[work].fold.units();
    for (std::uint32_t i = 0; i + kLetters <= units.size(); ++i) {
      const std::uint64_t gram = gram_at(units, i);
      for (std::size_t at = first_place(gram); at < places_.size() && places_[at].gram == gram; ++at) {
        if (places_[at].day <= days_[work]) break;
        hits.push_back({places_[at].head, i, places_[at].in_head});
        ++count[places_[at].head];
      }
    }
    std::vector<Hit> enough;
    for (const Hit& hit : hits)
      if (count[hit.head] >= need_[hit.head]) enough.push_back(hit);
    for (const Hit& hit : hits) count[hit.head] = 0;
    std::ranges::sort(enough);
    std::vector<std::pair<std::uint32_t, Find>> out;
    for (std::size_t from = 0, to = 0; from < enough.size(); from = to) {
      const std::uint32_t head = enough[from].head;
      while (to < enough.size() && enough[to].head == head) ++to;
      const std::uint32_t size = heads_[head].passage.span.size();
      // The densest window of the head's length and half of it more: enough grams of it, each counted once.
      std::vector<std::uint32_t> times(size, 0);
      std::uint32_t distinct = 0, most = 0;
      FoldSpan best;
      std::size_t first = from;
      for (std::size_t n = from; n < to; ++n) {
        distinct += times[enough[n].in_head]++ == 0;
        while (enough[n].at + kLetters - enough[first].at > size + size / 2)
          distinct -= --times[enough[first++].in_head] == 0;
        if (distinct > most) most = distinct, best = {enough[first].at, enough[n].at + kLetters};
      }
      if (most < need_[head]) continue;
      best = {best.begin - std::min(best.begin, kBeside),
              std::min(best.end + kBeside, static_cast<std::uint32_t>(units.size()))};
      if (auto found = place(head, work, best)) out.emplace_back(head, *std::move(found));
    }
    return out;
  }

  // Of a head: all that hold most of it, and else the earliest alone.
  void add(std::uint32_t head, std::vector<Find> found) {
    const Passage& passage = heads_[head].passage;
    std::ranges::stable_sort(found, {}, [&](const Find& p) { return days_[p.work]; });
    std::vector<Find>& finds = heads_[head].finds;
    const auto key = [](const Find& p) { return std::tuple(p.work, p.span); };
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Find& place = found[i];
      if (i > 0 && place.equal < kHeld * passage.span.size()) continue;
      std::erase_if(finds, [&](const Find& p) {
        return p.work == place.work && p.span.begin < place.span.end && place.span.begin < p.span.end;
      });
      finds.insert(std::ranges::upper_bound(finds, key(place), {}, key), place);
    }
  }

 private:
  struct Place {
    std::uint64_t gram;
    Date day;  // of the head's first appearance
    std::uint32_t head, in_head;
  };

  std::size_t first_place(std::uint64_t gram) const {
    for (std::size_t slot = gram & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
      if (places_[slots_[slot] - 1].gram == gram) return slots_[slot] - 1;
    return places_.size();
  }

  struct First {
    Date day;
    std::uint32_t held = 0;  // letters
    FoldSpan of;             // of the head
  };
  // The earliest text that holds half.
  First first_of(const Head& head) const {
    const std::uint32_t size = head.passage.span.size();
    First out{days_[head.passage.work], size, head.passage.span};
    for (std::size_t i = 0, to = 0; i < head.finds.size(); i = to) {
      std::uint32_t held = 0;
      FoldSpan of = head.finds[i].of;
      for (; to < head.finds.size() && head.finds[to].work == head.finds[i].work; ++to) {
        held += head.finds[to].equal;
        of = {std::min(of.begin, head.finds[to].of.begin), std::max(of.end, head.finds[to].of.end)};
      }
      const Date day = days_[head.finds[i].work];
      if (2 * held >= size && day < out.day) out = {day, std::min(held, size), of};
    }
    return out;
  }

  std::optional<Find> place(std::uint32_t head, std::uint32_t work, FoldSpan window) const {
    const Passage& passage = heads_[head].passage;
    const Fold &here = corpus_.works[passage.work].fold, &there = corpus_.works[work].fold;
    std::vector<EqualRun> runs = align_pair(here, passage.span, there, window);
    std::erase_if(runs, [](const EqualRun& r) { return r.length < kRun; });
    // The runs that hold the most, what stands between them taken off.
    double sum = 0, best = 0;
    std::size_t from = 0, begin = 0, end = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (i > from) {
        const std::uint32_t a = runs[i].a - (runs[i - 1].a + runs[i - 1].length),
                            b = runs[i].b - (runs[i - 1].b + runs[i - 1].length);
        sum -= kGap * std::max(a, b);
      }
      if (sum <= 0) sum = 0, from = i;
      sum += runs[i].length;
      if (sum > best) best = sum, begin = from, end = i + 1;
    }
    if (begin == end) return std::nullopt;
    Find out{work,
             {runs[begin].b, runs[end - 1].b + runs[end - 1].length},
             {runs[begin].a, runs[end - 1].a + runs[end - 1].length},
             0};
    for (std::size_t i = begin; i < end; ++i) out.equal += runs[i].length;
    if (out.equal < kDense * out.span.size()) return std::nullopt;
    // Between the runs: letters that only changed places, and such as are others there.
    std::uint32_t moved = 0, other = 0;
    const auto words = there.units(out.span);
    for (std::size_t i = begin + 1; i < end; ++i) {
      const FoldSpan a{runs[i - 1].a + runs[i - 1].length, runs[i].a},
          b{runs[i - 1].b + runs[i - 1].length, runs[i].b};
      if (std::ranges::any_of(here.units(a), is_figure) || std::ranges::any_of(there.units(b), is_figure) ||
          (std::ranges::any_of(here.units(a), is_numeral) && std::ranges::any_of(there.units(b), is_numeral)))
        return std::nullopt;
      const auto kept = static_cast<std::uint32_t>(
          std::ranges::count_if(here.units(a), [&](Unit u) { return std::ranges::find(words, u) != words.end(); }));
      moved += kept, other += b.empty() ? 0 : a.size() - kept;
    }
    const std::uint32_t size = passage.span.size();
    const First& first = before_[head];
    if (kOther * other > size || 2 * out.equal < size ||
        out.equal + moved < std::min(kHeld * size, kNearly * first.held))
      return std::nullopt;
    // What breaks off within a clause of both goes on in other words; so may what the first appearance has.
    const auto breaks = [&](std::uint32_t mine, std::uint32_t theirs) {
      return !here.is_clause_edge(mine) && !there.is_clause_edge(theirs);
    };
    const bool as_first = out.of.begin <= first.of.begin && first.of.end <= out.of.end;
    if (!as_first && ((out.of.begin > passage.span.begin + kBegin && breaks(out.of.begin, out.span.begin)) ||
                      (out.of.end < passage.span.end && breaks(out.of.end, out.span.end))))
      return std::nullopt;
    for (const Find& p : heads_[head].finds)
      if (p.work == work && p.equal >= out.equal) return std::nullopt;
    return out;
  }

  const Corpus& corpus_;
  const std::vector<Date>& days_;
  std::vector<Head>& heads_;
  std::vector<First> before_;         // of each head
  std::vector<std::uint32_t> need_;   // of each head: its grams that a place must have
  std::vector<Place> places_;         // by gram
  std::vector<std::uint32_t> slots_;  // an open table: where a gram's places begin, from one; 0: none
};

// Two heads of the same words that now share a place are one.
void join_same_words(const Corpus& corpus, std::vector<Head>& heads) {
  const auto words = [&](const Head& h) { return corpus.works[h.passage.work].fold.units(h.passage.span); };
  const auto shares = [](const Head& x, std::uint32_t work, FoldSpan span) {
    const auto over = [&](std::uint32_t w, FoldSpan s) {
      return w == work && s.begin < span.end && span.begin < s.end;
    };
    return over(x.passage.work, x.passage.span) ||
           std::ranges::any_of(x.finds, [&](const Find& p) { return over(p.work, p.span); });
  };
  std::map<std::vector<Unit>, std::vector<std::size_t>> by_words;
  for (std::size_t h = 0; h < heads.size(); ++h)
    if (!heads[h].passage.section) by_words[{words(heads[h]).begin(), words(heads[h]).end()}].push_back(h);
  for (const auto& [same, numbers] : by_words)
    for (std::size_t i = 1; i < numbers.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) {
        Head &one = heads[numbers[k]], &other = heads[numbers[i]];
        const auto shared = [&](const Find& p) { return shares(one, p.work, p.span); };
        if (one.finds.empty() ||
            (!shares(one, other.passage.work, other.passage.span) && std::ranges::none_of(other.finds, shared)))
          continue;
        const Passage& passage = other.passage;
        other.finds.push_back({passage.work, passage.span, passage.span, passage.span.size()});
        for (Find& p : other.finds) {
          if (shared(p)) continue;
          const std::uint32_t from = one.passage.span.begin;
          p.of = {p.of.begin - passage.span.begin + from, p.of.end - passage.span.begin + from};
          one.finds.push_back(std::move(p));
        }
        other.finds.clear();
        std::ranges::sort(one.finds, {}, [](const Find& p) { return std::tuple(p.work, p.span); });
        break;
      }
  std::erase_if(heads, [](const Head& h) { return h.finds.empty(); });
}

}  // namespace

void add_antecedents(const Corpus& corpus, const std::vector<Date>& days, std::vector<Head>& heads, unsigned jobs) {
  if (heads.empty()) return;
  Search search(corpus, days, heads);
  std::vector<std::vector<std::pair<std::uint32_t, Find>>> found(corpus.works.size());
  for_each_index(found.size(), jobs,
                 [&](std::size_t w) { found[w] = search.of_work(static_cast<std::uint32_t>(w)); });
  std::vector<std::vector<Find>> of_head(heads.size());
  for (auto& of_work : found)
    for (auto& [head, place] : of_work) of_head[head].push_back(std::move(place));
  for (std::uint32_t h = 0; h < of_head.size(); ++h)
    if (!of_head[h].empty()) search.add(h, std::move(of_head[h]));
  join_same_words(corpus, heads);
}

}  // namespace suyuan
