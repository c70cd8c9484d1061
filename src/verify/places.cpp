#include "verify/places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "align/canonical.hpp"
#include "align/words.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kFrequent = 1000;  // occurrences past which a gram is asked only where all are such
constexpr std::size_t kTied = 256;       // works looked at closely of those that hold as much as the last of kWorks
constexpr std::size_t kSegments = 300;   // exact matches of one work that are chained, the longest
constexpr std::size_t kOfOneWork = 4, kRefrain = 256;
constexpr std::uint32_t kSlack = 12;  // letters of the base past what the passage's ends call for

struct Segment {
  std::uint32_t a, b, length;
};

std::uint32_t covered(const std::vector<Segment>& by_b) {
  std::uint32_t n = 0, at = 0;
  for (const Segment& s : by_b) {
    const std::uint32_t from = std::max(at, s.b), to = s.b + s.length;
    if (to > from) n += to - from, at = to;
  }
  return n;
}

// Global alignment with affine gaps; the ends of `a` may be free. Letters of the base left out cost little once a
// gap is open, letters of the passage that the base lacks more.
class Gap {
 public:
  Gap(std::span<const Unit> a, std::span<const Unit> b, bool free_begin, bool free_end)
      : a_(a), b_(b), free_begin_(free_begin), free_end_(free_end) {}

  // Equal runs, offsets of the two spans.
  std::vector<EqualRun> run() {
    const std::size_t n = a_.size(), m = b_.size();
    if (n == 0 || m == 0) return {};
    constexpr int kMatch = 20, kOther = -18, kOpen = -30, kSkip = -1, kExtra = -6, kNone = -(1 << 28);
    const std::size_t width = m + 1;
    std::vector<std::uint8_t> from((n + 1) * width, 0);  // bits 0-1 best, 2 skip goes on, 3 extra goes on
    std::vector<int> best(width), skip(width, kNone), above(width);
    for (std::size_t j = 0; j <= m; ++j) {
      above[j] = j == 0 ? 0 : kOpen + kExtra * static_cast<int>(j);
      if (j > 0) from[j] = static_cast<std::uint8_t>(2 | (j > 1 ? 8 : 0));
    }
    std::size_t end = n;
    int top = above[m];
    if (free_end_) end = 0;
    for (std::size_t i = 1; i <= n; ++i) {
      best[0] = free_begin_ ? 0 : kOpen + kSkip * static_cast<int>(i);
      from[i * width] = static_cast<std::uint8_t>(free_begin_ ? 3 : (1 | (i > 1 ? 4 : 0)));
      skip[0] = best[0];
      int extra = kNone;
      for (std::size_t j = 1; j <= m; ++j) {
        std::uint8_t bits = 0;
        const int open_skip = above[j] + kOpen + kSkip, go_skip = skip[j] + kSkip;
        if (go_skip >= open_skip) bits |= 4;
        skip[j] = std::max(go_skip, open_skip);
        const int open_extra = best[j - 1] + kOpen + kExtra, go_extra = extra + kExtra;
        if (go_extra >= open_extra) bits |= 8;
        extra = std::max(go_extra, open_extra);
        const int both = above[j - 1] + (a_[i - 1] == b_[j - 1] ? kMatch : kOther);
        int value = both;
        std::uint8_t how = 0;
        if (skip[j] > value) value = skip[j], how = 1;
        if (extra > value) value = extra, how = 2;
        best[j] = value;
        from[i * width + j] = static_cast<std::uint8_t>(bits | how);
      }
      if (free_end_ && best[m] > top) top = best[m], end = i;
      std::swap(best, above);
    }
    std::vector<EqualRun> out;
    std::size_t i = end, j = m;
    int state = from[i * width + j] & 3;
    while (j > 0 || (i > 0 && state != 3)) {
      const std::uint8_t bits = from[i * width + j];
      if (state == 3) break;
      if (state == 0) {
        --i, --j;
        if (a_[i] == b_[j]) {
          if (!out.empty() && out.back().a == i + 1 && out.back().b == j + 1)
            --out.back().a, --out.back().b, ++out.back().length;
          else
            out.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), 1});
        }
        state = from[i * width + j] & 3;
      } else if (state == 1) {
        const bool on = (bits & 4) != 0;
        --i;
        state = on && i > 0 ? 1 : from[i * width + j] & 3;
      } else {
        const bool on = (bits & 8) != 0;
        --j;
        state = on && j > 0 ? 2 : from[i * width + j] & 3;
      }
      if (i == 0 && j == 0) break;
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  std::span<const Unit> a_, b_;
  bool free_begin_, free_end_;
};

class Search {
 public:
  Search(const Ground& ground, std::uint32_t draft, const Fold& fold, FoldSpan passage, double share,
         const std::vector<std::uint32_t>& breaks)
      : ground_(ground),
        draft_(draft),
        passage_(passage),
        fold_(fold),
        least_(least_letters(passage, share)),
        breaks_(breaks) {}

  void by_grams(const Places::Allowed& allowed, std::vector<Place>& out) {
    std::uint32_t few = 0;
    for (std::uint32_t i = passage_.begin; i + Index::kGram <= passage_.end; ++i)
      few += !ground_.beyond(draft_, i, kFrequent);
    const bool enough = few * Index::kGram >= passage_.size();
    if (enough) by_grams(allowed, kFrequent, out);
    // What is frequent may be most of what the base has of the passage.
    if (out.empty()) by_grams(allowed, Places::kOverflow, out);
  }

  void report(Places::Found& found) const {
    found.left_aside = left_aside_;
    found.left_fuller = left_fuller_;
    found.unasked = unasked_;
  }

  // Stretches within a quarter of the letters.
  void by_letters(const Places::Allowed& allowed, std::vector<Place>& out) {
    const std::uint32_t n = passage_.size();
    if (n > 64) return;
    const std::uint32_t most = n / 4;
    const auto pattern = fold_.units(passage_);
    std::vector<Unit> held;
    ground_.near(pattern, most, allowed, [&](std::uint32_t work, std::uint32_t end) {
      const std::uint32_t reach = n + most;
      const FoldSpan window{end - std::min(end, reach), end};
      Place place{work, {}, {}, 0};
      for (const EqualRun& r : Gap(ground_.units(work, window, held), pattern, true, true).run())
        place.equal.push_back({window.begin + r.a, passage_.begin + r.b, r.length});
      if (place.equal.empty()) return;
      measure(place);
      if (place.letters >= least_) out.push_back(std::move(place));
    });
  }

 private:
  static bool by_b(const Segment& x, const Segment& y) { return std::tie(x.b, x.a) < std::tie(y.b, y.a); }

  // Asks the grams that stand in no more than `limit` places.
  void by_grams(const Places::Allowed& allowed, std::size_t limit, std::vector<Place>& out) {
    for (auto& [work, segments] : gather(allowed, limit)) {
      bool whole = false;  // the last place has every letter: a refrain, of which each occasion counts
      for (std::size_t n = 0; (n < kOfOneWork || (whole && n < kRefrain)) && !segments.empty(); ++n) {
        const std::vector<Segment> chain = best_chain(segments);
        Place place = fill(work, chain);
        const FoldSpan used = place.base;
        whole = place.letters == passage_.size();
        if (place.letters >= least_) out.push_back(std::move(place));
        const std::size_t before = segments.size();
        std::erase_if(segments, [&](const Segment& s) { return s.a < used.end && used.begin < s.a + s.length; });
        if (segments.size() == before) break;
        std::vector<Segment> rest = segments;
        std::sort(rest.begin(), rest.end(), by_b);
        if (covered(rest) < least_) break;
      }
    }
  }

  // Exact matches by work, of the works that hold most.
  std::vector<std::pair<std::uint32_t, std::vector<Segment>>> gather(const Places::Allowed& allowed,
                                                                     std::size_t limit) {
    struct Hit {
      std::uint32_t work;
      std::int64_t diagonal;
      std::uint32_t b;
    };
    left_aside_ = left_fuller_ = unasked_ = 0;
    for (std::uint32_t i = passage_.begin; i + Index::kGram <= passage_.end; ++i)
      unasked_ += ground_.beyond(draft_, i, Places::kOverflow);
    std::vector<Hit> hits;
    std::vector<Ground::Hit> held;
    std::uint32_t known = UINT32_MAX;
    bool known_allowed = false;
    for (std::uint32_t i = passage_.begin; i + Index::kGram <= passage_.end; ++i) {
      if (ground_.beyond(draft_, i, limit)) continue;
      for (const Ground::Hit& h : ground_.hits(draft_, i, held)) {
        if (h.work != known) known = h.work, known_allowed = allowed(h.work);
        if (known_allowed)
          hits.push_back({h.work, static_cast<std::int64_t>(h.at) - static_cast<std::int64_t>(i), i});
      }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
      return std::tie(x.work, x.diagonal, x.b) < std::tie(y.work, y.diagonal, y.b);
    });
    std::vector<std::pair<std::uint32_t, std::vector<Segment>>> works;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const Hit& h = hits[i];
      if (works.empty() || works.back().first != h.work) works.push_back({h.work, {}});
      auto& list = works.back().second;
      if (i > 0 && hits[i - 1].work == h.work && hits[i - 1].diagonal == h.diagonal &&
          list.back().b + list.back().length >= h.b)
        list.back().length = h.b + Index::kGram - list.back().b;
      else
        list.push_back({static_cast<std::uint32_t>(h.b + h.diagonal), h.b, Index::kGram});
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> order;  // letters, number
    for (std::size_t n = 0; n < works.size(); ++n) {
      auto& list = works[n].second;
      std::sort(list.begin(), list.end(), by_b);
      order.emplace_back(covered(list), n);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    std::vector<std::pair<std::uint32_t, std::vector<Segment>>> out;
    std::uint32_t last = 0;
    for (const auto& [letters, n] : order) {
      if (letters * 2 < least_) break;
      const bool tied = out.size() < kTied && letters == last;
      if (out.size() >= Places::kWorks && !tied) {
        ++left_aside_;
        left_fuller_ += letters >= least_;
        continue;
      }
      last = letters;
      auto& list = works[n].second;
      if (list.size() > kSegments) {
        std::stable_sort(list.begin(), list.end(),
                         [](const Segment& x, const Segment& y) { return x.length > y.length; });
        list.resize(kSegments);
        std::sort(list.begin(), list.end(), by_b);
      }
      out.push_back({works[n].first, std::move(list)});
    }
    return out;
  }

  bool broken(std::uint32_t from, std::uint32_t to) const {
    return std::any_of(breaks_.begin(), breaks_.end(), [&](std::uint32_t k) { return from <= k && k <= to; });
  }

  std::vector<Segment> best_chain(const std::vector<Segment>& segments) const {
    const std::size_t n = segments.size();
    std::vector<double> value(n);
    std::vector<std::size_t> from(n);
    std::size_t top = 0;
    for (std::size_t s = 0; s < n; ++s) {
      const Segment& y = segments[s];
      value[s] = y.length;
      from[s] = s;
      for (std::size_t t = 0; t < s; ++t) {
        const Segment& x = segments[t];
        if (x.a + x.length >= y.a + y.length || x.b + x.length >= y.b + y.length || x.a >= y.a || x.b >= y.b)
          continue;
        const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
        const std::uint32_t overlap = std::max(xa > y.a ? xa - y.a : 0, xb > y.b ? xb - y.b : 0);
        if (overlap >= y.length) continue;
        const std::uint32_t da = y.a + overlap - xa, db = y.b + overlap - xb;
        const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
        const bool marked = da > db && broken(xb, y.b);
        if (da > db && one > (marked ? Places::kMarkedOmission : kOmission)) continue;
        const double cost =
            da + db == 0 ? 0 : 1 + 0.2 * both + 0.5 * std::log2(1.0 + one) + (marked ? 0.001 : 0.03) * one;
        const double v = value[t] + (y.length - overlap) - cost;
        if (v > value[s]) value[s] = v, from[s] = t;
      }
      if (value[s] > value[top]) top = s;
    }
    std::vector<Segment> chain;
    for (std::size_t s = top;; s = from[s]) {
      chain.push_back(segments[s]);
      if (from[s] == s) break;
    }
    std::reverse(chain.begin(), chain.end());
    for (std::size_t i = 1; i < chain.size(); ++i) {
      const std::uint32_t ea = chain[i - 1].a + chain[i - 1].length, eb = chain[i - 1].b + chain[i - 1].length;
      const std::uint32_t overlap =
          std::max(ea > chain[i].a ? ea - chain[i].a : 0, eb > chain[i].b ? eb - chain[i].b : 0);
      chain[i] = {chain[i].a + overlap, chain[i].b + overlap, chain[i].length - overlap};
    }
    return chain;
  }

  Place fill(std::uint32_t work, const std::vector<Segment>& chain) const {
    Place place{work, {}, {}, 0};
    std::vector<Unit> held;
    // Of a long stretch only what lies nearest to the chain: the rest is as far from it as from anything.
    const auto add = [&](FoldSpan wa, FoldSpan wb, bool free_begin, bool free_end) {
      constexpr std::uint32_t kWindow = 4096;
      if (free_begin) wb.begin = std::max(wb.begin, wb.end - std::min(wb.end, kWindow));
      if (free_begin) wa.begin = std::max(wa.begin, wa.end - std::min(wa.end, kWindow + kSlack));
      wb.end = std::min(wb.end, wb.begin + kWindow);
      wa.end = std::min(wa.end, wa.begin + kWindow + kSlack);
      if (wa.empty() || wb.empty()) return;
      for (const EqualRun& r : Gap(ground_.units(work, wa, held), fold_.units(wb), free_begin, free_end).run())
        place.equal.push_back({wa.begin + r.a, wb.begin + r.b, r.length});
    };
    const Segment &first = chain.front(), &last = chain.back();
    const std::uint32_t head = first.b - passage_.begin + kSlack;
    add({first.a - std::min(first.a, head), first.a}, {passage_.begin, first.b}, true, false);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (i > 0)
        add({chain[i - 1].a + chain[i - 1].length, chain[i].a}, {chain[i - 1].b + chain[i - 1].length, chain[i].b},
            false, false);
      place.equal.push_back({chain[i].a, chain[i].b, chain[i].length});
    }
    const std::uint32_t ea = last.a + last.length, eb = last.b + last.length;
    add({ea, std::min(ground_.size(work), ea + (passage_.end - eb) + kSlack)}, {eb, passage_.end}, false, true);
    measure(place);
    return place;
  }

  // How many letters its runs will have when they are settled, as far as letters tell.
  void measure(Place& place) const {
    place.base = {place.equal.front().a, place.equal.back().a + place.equal.back().length};
    std::vector<Unit> held;
    const auto units = ground_.units(place.work, place.base, held);
    const Fold base(std::vector<Unit>(units.begin(), units.end()));
    std::vector<EqualRun> runs = place.equal;
    for (EqualRun& r : runs) r.a -= place.base.begin;
    canonical(base, fold_, runs);
    place.letters = 0;
    for (const EqualRun& r : runs) place.letters += r.length;
  }

  const Ground& ground_;
  std::uint32_t draft_;
  FoldSpan passage_;
  const Fold& fold_;
  std::uint32_t least_;
  const std::vector<std::uint32_t>& breaks_;
  std::uint32_t left_aside_ = 0, left_fuller_ = 0, unasked_ = 0;
};

}  // namespace

std::uint32_t least_letters(FoldSpan passage, double share) {
  return static_cast<std::uint32_t>(std::ceil(share * passage.size()));
}

void settle(Place& place, const Fold& base, const Fold& draft, FoldSpan passage) {
  canonical(base, draft, place.equal);
  place.letters = 0;
  for (const EqualRun& r : place.equal) place.letters += r.length;
  const EqualRun &first = place.equal.front(), &last = place.equal.back();
  const std::uint32_t head = first.b - passage.begin, tail = passage.end - last.b - last.length;
  constexpr std::uint32_t kLongestNumber = 24, kShare = 3;
  constexpr std::uint32_t kReplaced = 4;  // letters at an end that are taken to replace as many
  place.base = {first.a, last.a + last.length};
  for (std::uint32_t n = 0; head <= kReplaced && n < head && place.base.begin > 0; ++n) {
    if (base.is_clause_edge(place.base.begin)) break;
    --place.base.begin;
  }
  for (std::uint32_t n = 0; tail <= kReplaced && n < tail && place.base.end < base.size(); ++n) {
    if (base.is_clause_edge(place.base.end)) break;
    ++place.base.end;
  }
  // A number in other figures is longer or shorter: 百分之九十三 for 93%.
  const auto in_number = [](Unit u) { return words::in_number(static_cast<char32_t>(u)); };
  const auto holds_number = [&](FoldSpan s) { return std::ranges::any_of(draft.units(s), in_number); };
  const auto shares = [&](std::uint32_t at) {
    constexpr std::array<std::u32string_view, 2> kShares{U"百分之", U"千分之"};
    return at + kShare <= base.size() && std::ranges::any_of(kShares, [&](std::u32string_view words) {
             return std::ranges::equal(base.units({at, at + kShare}), words, {},
                                       [](Unit u) { return static_cast<char32_t>(u); });
           });
  };
  if (head > 0 && holds_number({passage.begin, first.b})) {
    std::uint32_t at = first.a;
    for (std::uint32_t n = 0;
         n < kLongestNumber && at > 0 && !base.is_clause_edge(at) && in_number(base.units()[at - 1]); ++n)
      --at;
    if (at >= kShare && shares(at - kShare)) at -= kShare;
    place.base.begin = std::min(place.base.begin, at);
  }
  if (tail > 0 && holds_number({last.b + last.length, passage.end})) {
    std::uint32_t& at = place.base.end;
    if (shares(last.a + last.length)) at = std::max(at, last.a + last.length + kShare);
    for (std::uint32_t n = 0;
         n < kLongestNumber && at < base.size() && !base.is_clause_edge(at) && in_number(base.units()[at]); ++n)
      ++at;
  }
}

Places::Found Places::find(std::uint32_t draft, const Fold& fold, FoldSpan passage, const Allowed& allowed,
                           double share, const std::vector<std::uint32_t>& breaks) const {
  Found found;
  std::vector<Place>& out = found.places;
  if (passage.empty()) return found;
  Search search(ground_, draft, fold, passage, share, breaks);
  search.by_grams(allowed, out);
  constexpr double kEnough = 0.85;
  const auto full = [&] {
    return std::any_of(out.begin(), out.end(),
                       [&](const Place& p) { return p.letters >= kEnough * passage.size(); });
  };
  if (!full()) {
    std::vector<Place> more;
    search.by_letters(allowed, more);
    for (Place& p : more)
      if (std::none_of(out.begin(), out.end(), [&](const Place& q) {
            return q.work == p.work && q.base.begin < p.base.end && p.base.begin < q.base.end &&
                   q.letters >= p.letters;
          }))
        out.push_back(std::move(p));
  }
  search.report(found);
  found.full = full();
  // Beside a place that has the words, one with less than the share is of no account.
  if (found.full) found.left_aside = found.left_fuller;
  return found;
}

std::optional<Places::Piece> Places::longest(std::uint32_t draft, const Fold& fold, FoldSpan s,
                                             const Allowed& allowed, std::uint32_t preferred) const {
  constexpr std::size_t kAsked = 2000;  // places of a gram past which no piece is sought by it
  const auto units = fold.units();
  std::optional<Piece> out;
  bool of_preferred = false;
  std::vector<Ground::Hit> held;
  std::vector<Unit> there;
  std::uint32_t unasked = s.begin;  // grams from here to i were not
  for (std::uint32_t i = s.begin; i + Index::kGram <= s.end; ++i) {
    if (ground_.beyond(draft, i, kAsked)) continue;
    const std::uint32_t reach = i - std::exchange(unasked, i + 1);
    for (const Ground::Hit& hit : ground_.hits(draft, i, held)) {
      const std::uint32_t work = hit.work;
      if (!allowed(work)) continue;
      const std::uint32_t before = std::min({i - s.begin, hit.at, reach + 1});
      const std::uint32_t room = std::min(s.end - i, ground_.size(work) - hit.at);
      const auto base = ground_.units(work, {hit.at - before, hit.at + room}, there);
      std::uint32_t back = 0;
      while (back < before && base[before - back - 1] == units[i - back - 1]) ++back;
      if (back > reach) continue;  // found from the gram before
      const std::uint32_t at = hit.at - back, from = i - back;
      std::uint32_t n = back + Index::kGram;
      while (n < back + room && base[before - back + n] == units[from + n]) ++n;
      const bool is_preferred = work == preferred;
      const auto better = [&] {
        if (!out) return true;
        if (n != out->covers.size()) return n > out->covers.size();
        if (is_preferred != of_preferred) return is_preferred;
        return std::pair(work, at) < std::pair(out->work, out->base.begin);
      };
      if (!better()) continue;
      out = Piece{work, {at, at + n}, {from, from + n}};
      of_preferred = is_preferred;
    }
  }
  return out;
}

Places::Pieces Places::pieces(std::uint32_t draft, const Fold& fold, FoldSpan passage, const Allowed& allowed,
                              std::uint32_t preferred) const {
  Pieces out;
  std::vector<FoldSpan> open{passage};
  while (!open.empty()) {
    if (out.pieces.size() == kPieces) {
      std::erase_if(open, [](FoldSpan s) { return s.size() < kPiece; });
      out.left = static_cast<std::uint32_t>(open.size());
      break;
    }
    const FoldSpan s = open.back();
    open.pop_back();
    if (s.size() < kPiece) continue;
    const auto piece = longest(draft, fold, s, allowed, preferred);
    if (!piece || piece->covers.size() < kPiece) continue;
    if (preferred == UINT32_MAX) preferred = piece->work;
    open.push_back({piece->covers.end, s.end});
    open.push_back({s.begin, piece->covers.begin});
    out.pieces.push_back(*piece);
  }
  return out;
}

}  // namespace suyuan
