#include "align/join.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <ranges>
#include <span>
#include <tuple>
#include <utility>

#include "align/edit_script.hpp"
#include "align/runs.hpp"
#include "align/words.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kApart = 60;    // letters
constexpr std::uint32_t kMarked = 600;  // where …… stands for them
constexpr std::uint32_t kMoved = 4;     // letters at least

struct Place {
  std::uint32_t a, b;
};

// Both ends of two alignments that follow each other grew over the same letters of one text. Those belong to the
// one that holds more of them: the other ends, or begins, at its nearest clause edge of both texts.
class Overgrown {
 public:
  Overgrown(const Fold& a, const Fold& b) : a_(a), b_(b) {}

  // Where y begins instead, past the end of x; where x ends instead, before y begins. None in its last letters.
  std::optional<Place> head(const Alignment& x, const Alignment& y) const {
    for (const EqualRun& r : y.equal)
      for (std::uint32_t k = 0; k < r.length; ++k)
        if (r.a + k >= x.a.end && r.b + k >= x.b.end && is_edge(r.a + k, r.b + k)) return Place{r.a + k, r.b + k};
    return std::nullopt;
  }
  std::optional<Place> tail(const Alignment& x, const Alignment& y) const {
    for (const EqualRun& r : std::views::reverse(x.equal))
      for (std::uint32_t k = r.length; k > 0; --k)
        if (r.a + k <= y.a.begin && r.b + k <= y.b.begin && is_edge(r.a + k, r.b + k))
          return Place{r.a + k, r.b + k};
    return std::nullopt;
  }
  static Alignment from(Alignment x, Place at) {
    std::erase_if(x.equal, [&](const EqualRun& r) { return r.a + r.length <= at.a; });
    EqualRun& first = x.equal.front();
    const std::uint32_t off = at.a - first.a;
    first = {at.a, at.b, first.length - off};
    return cut(std::move(x), {at.a, x.a.end}, {at.b, x.b.end});
  }
  static Alignment up_to(Alignment x, Place at) {
    std::erase_if(x.equal, [&](const EqualRun& r) { return r.a >= at.a; });
    x.equal.back().length = at.a - x.equal.back().a;
    return cut(std::move(x), {x.a.begin, at.a}, {x.b.begin, at.b});
  }

 private:
  static Alignment cut(Alignment x, FoldSpan a, FoldSpan b) {
    const double had = x.similarity * (x.a.size() + x.b.size());
    x.a = a, x.b = b;
    const double has = 2.0 * equal_letters(x.equal);
    x.score *= had > 0 ? std::min(1.0, has / had) : 1;
    x.similarity = has / (a.size() + b.size());
    return x;
  }
  bool is_edge(std::uint32_t in_a, std::uint32_t in_b) const {
    return a_.is_clause_edge(in_a) && b_.is_clause_edge(in_b);
  }
  const Fold &a_, &b_;
};

// Where whole clauses follow each other at once in one text, and after no more than this in the other, the latter
// is an omission, whatever it weighs: both sides of it hold, or one does and vouches for the other. A mark of
// omission between them stands for more, and for ends of paragraphs.
void abridge(const Fold& a, const Fold& b, Links& found) {
  const auto near = [](FoldSpan x, FoldSpan y, std::uint32_t most) {
    return x.end <= y.begin && y.begin - x.end <= most;
  };
  const auto omits = [](const Fold& f, FoldSpan x, FoldSpan y) {
    if (x.end != y.begin || x.empty() || y.empty()) return false;
    return std::ranges::any_of(f.marks({x.end - 1, x.end + 1}), [](const Fold::Mark& m) { return m.mark == U'…'; });
  };
  const auto one_paragraph = [](const Fold& f, FoldSpan x, FoldSpan y) {
    return f.is_clause_edge(x.end) && f.is_clause_edge(y.begin) &&
           f.paragraph_of(x.begin) == f.paragraph_of(y.end - 1);
  };
  const auto follows = [&](const Alignment& x, const Alignment& y) {
    if (x.a_work == x.b_work && y.a.end > x.b.begin) return false;
    const bool in_a = omits(b, x.b, y.b), in_b = omits(a, x.a, y.a);
    if (!near(x.a, y.a, in_a ? kMarked : kApart) || !near(x.b, y.b, in_b ? kMarked : kApart) ||
        (x.a.end < y.a.begin && x.b.end < y.b.begin))
      return false;
    return (in_a || one_paragraph(a, x.a, y.a)) && (in_b || one_paragraph(b, x.b, y.b));
  };
  const auto append = [](Alignment& x, const Alignment& y) {
    x.a.end = y.a.end, x.b.end = y.b.end;
    x.equal.insert(x.equal.end(), y.equal.begin(), y.equal.end());
    x.score = std::max({x.score, y.score, x.score + y.score - gap_cost(0, 1)});
    x.similarity = 2.0 * equal_letters(x.equal) / (x.a.size() + x.b.size());
  };
  const auto whole = [&](const Alignment& x) {
    return a.is_clause_edge(x.a.begin) && a.is_clause_edge(x.a.end) && b.is_clause_edge(x.b.begin) &&
           b.is_clause_edge(x.b.end);
  };
  const Overgrown overgrown(a, b);
  // Both as they are once neither has letters of the other's, where they follow each other then.
  const auto disentangle = [&](Alignment& x, Alignment& y) {
    if (x.a.begin >= y.a.begin || x.b.begin >= y.b.begin || x.a.end >= y.a.end || x.b.end >= y.b.end ||
        (x.a.end <= y.a.begin && x.b.end <= y.b.begin))
      return false;
    std::optional<std::pair<Alignment, Alignment>> best;
    std::uint32_t most = 0;
    const auto offer = [&](Alignment first, Alignment second) {
      const std::uint32_t fewer = std::min(equal_letters(first.equal), equal_letters(second.equal));
      const std::uint32_t both = equal_letters(first.equal) + equal_letters(second.equal);
      if (fewer < kLeast || both <= most || !follows(first, second)) return;
      most = both;
      best.emplace(std::move(first), std::move(second));
    };
    if (const auto at = overgrown.head(x, y)) offer(x, Overgrown::from(y, *at));
    if (const auto at = overgrown.tail(x, y)) offer(Overgrown::up_to(x, *at), y);
    if (best) std::tie(x, y) = std::move(*best);
    return best.has_value();
  };
  const auto take_in = [&](Alignment& x, Alignment& y) {
    if (follows(x, y) || disentangle(x, y)) {
      append(x, y);
    } else if (follows(y, x) || disentangle(y, x)) {
      append(y, x);
      std::swap(x, y);
    } else {
      return false;
    }
    return true;
  };
  std::vector<Alignment>& linked = found.linked;
  const auto erase = [](std::vector<Alignment>& from, std::size_t at) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
  };
  // What the i-th takes in, if anything; then its number.
  const auto grow = [&](std::size_t i) -> std::optional<std::size_t> {
    for (std::size_t j = 0; j < linked.size(); ++j)
      if (j != i && take_in(linked[i], linked[j])) {
        erase(linked, j);
        return j < i ? i - 1 : i;
      }
    for (std::size_t j = 0; j < found.weak.size(); ++j)
      if (whole(found.weak[j]) && take_in(linked[i], found.weak[j])) {
        erase(found.weak, j);
        return i;
      }
    return std::nullopt;
  };
  for (std::size_t i = 0; i < linked.size(); ++i)
    while (const auto grown = grow(i)) {
      i = *grown;
      // Those before it took nothing in; they may take what it has become.
      for (std::size_t k = 0; k < i; ++k)
        if (take_in(linked[k], linked[i])) {
          erase(linked, i);
          i = k;
          k = SIZE_MAX;
        }
    }
}

// The letters that stayed of a clause that changed places; 0 where it is another, as with another figure. With no
// change allowed, all of them.
std::uint32_t stayed(std::span<const Unit> here, std::span<const Unit> there, std::uint32_t changed) {
  if (changed == 0) return std::ranges::equal(here, there) ? static_cast<std::uint32_t>(here.size()) : 0;
  const auto figures = [](std::span<const Unit> s) {
    std::vector<Unit> out;
    std::ranges::copy_if(s, std::back_inserter(out),
                         [](Unit u) { return words::in_number(static_cast<char32_t>(u)); });
    return out;
  };
  if (figures(here) != figures(there)) return 0;
  const auto most = static_cast<std::uint32_t>(std::max(here.size(), there.size()));
  const std::uint32_t common = common_length(here, there);
  return common + changed >= most && 5 * common >= 4 * most ? common : 0;
}
bool in_one_paragraph(const Fold& f, FoldSpan s) { return f.paragraph_of(s.begin) == f.paragraph_of(s.end - 1); }
constexpr std::uint32_t kWord = 3;  // letters of a clause that changed places may be replaced

// What one text has between two equal runs, and the other beside the whole, word for word or with one replaced, is
// a clause that changed places, too short to be found alone.
void take_in_moved(const Fold& a, const Fold& b, Alignment& x) {
  std::uint32_t moved = 0;
  const auto take_with = [&](const Fold& in, FoldSpan gap, const Fold& other, FoldSpan& span,
                             std::uint32_t changed) {
    const auto words = in.units(gap);
    const std::uint32_t n = gap.size();
    if (changed > 0 && !(in.is_clause_edge(gap.begin) && in.is_clause_edge(gap.end))) return false;
    for (std::uint32_t m = n - std::min(n - kMoved, changed); m <= n + changed; ++m) {
      const auto whole = [&](std::uint32_t edge) {
        return changed == 0 || (other.is_clause_edge(edge) &&
                                in_one_paragraph(other, {std::min(edge, span.begin), std::max(edge, span.end)}));
      };
      if (m <= span.begin && whole(span.begin) && whole(span.begin - m))
        if (const std::uint32_t kept = stayed(words, other.units({span.begin - m, span.begin}), changed)) {
          moved += kept, span.begin -= m;
          return true;
        }
      if (span.end + m <= other.size() && whole(span.end) && whole(span.end + m))
        if (const std::uint32_t kept = stayed(words, other.units({span.end, span.end + m}), changed)) {
          moved += kept, span.end += m;
          return true;
        }
    }
    return false;
  };
  const auto take = [&](const Fold& in, FoldSpan gap, const Fold& other, FoldSpan& span) {
    if (gap.end < gap.begin + kMoved) return;
    if (!take_with(in, gap, other, span, 0)) take_with(in, gap, other, span, kWord);
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

// A clause that stands before the whole in one text and after it in the other changed places with it, however
// common; a word of it may have been replaced.
void take_in_swapped(const Fold& a, const Fold& b, Alignment& x) {
  constexpr std::uint32_t kMost = 60;
  const auto swap_in = [&](const Fold& f, FoldSpan& first, const Fold& g, FoldSpan& last,
                           std::uint32_t changed) -> std::uint32_t {
    if (!f.is_clause_edge(first.end) || !g.is_clause_edge(last.begin) ||
        !(f.is_clause_edge(first.begin) || g.is_clause_edge(last.end)))
      return 0;
    const std::uint32_t before = std::min(kMost, first.begin), after = std::min(kMost, g.size() - last.end);
    for (std::uint32_t n = kMoved; n <= before; ++n) {
      if (!f.is_clause_edge(first.begin - n)) continue;
      for (std::uint32_t m = n - std::min(n - kMoved, changed); m <= std::min(after, n + changed); ++m) {
        if (!g.is_clause_edge(last.end + m)) continue;
        const auto moved = f.units({first.begin - n, first.begin}), there = g.units({last.end, last.end + m});
        if (changed > 0 &&
            !(in_one_paragraph(f, {first.begin - n, first.end}) && in_one_paragraph(g, {last.begin, last.end + m})))
          continue;
        const std::uint32_t kept = stayed(moved, there, changed);
        if (kept == 0) continue;
        first.begin -= n, last.end += m;
        return kept;
      }
    }
    return 0;
  };
  const FoldSpan was_a = x.a, was_b = x.b;
  std::uint32_t n = 0;
  for (const std::uint32_t changed : {0U, kWord}) {
    if (n == 0) n = swap_in(a, x.a, b, x.b, changed);
    if (n == 0) n = swap_in(b, x.b, a, x.a, changed);
  }
  if (x.a_work == x.b_work && x.a.end > x.b.begin)
    x.a = was_a, x.b = was_b;
  else if (n > 0)
    x.similarity = 2.0 * (equal_letters(x.equal) + n) / (x.a.size() + x.b.size());
}

// Its spans reach farther than its runs and what may differ at a clause's end.
bool has_move(const Alignment& x) {
  const EqualRun &head = x.equal.front(), &tail = x.equal.back();
  return head.a - x.a.begin != head.b - x.b.begin ||
         x.a.end - tail.a - tail.length != x.b.end - tail.b - tail.length;
}

// What both texts have word for word before two clauses that changed places, or after them, up to a clause edge.
void take_in_beside(const Fold& a, const Fold& b, Alignment& x) {
  constexpr std::uint32_t kLeastBeside = 2, kMost = 60;
  if (!has_move(x)) return;
  std::uint32_t before = 0, after = 0;
  for (std::uint32_t n = 1; n <= std::min({kMost, x.a.begin, x.b.begin}); ++n) {
    if (a.units()[x.a.begin - n] != b.units()[x.b.begin - n]) break;
    if (a.is_clause_edge(x.a.begin - n) && b.is_clause_edge(x.b.begin - n)) before = n;
  }
  const std::uint32_t room = x.a_work == x.b_work ? x.b.begin - before - x.a.end : a.size() - x.a.end;
  for (std::uint32_t n = 1; n <= std::min({kMost, room, b.size() - x.b.end}); ++n) {
    if (a.units()[x.a.end + n - 1] != b.units()[x.b.end + n - 1]) break;
    if (a.is_clause_edge(x.a.end + n) && b.is_clause_edge(x.b.end + n)) after = n;
  }
  if (x.a_work == x.b_work && x.a.end > x.b.begin - before) return;
  const double equal = x.similarity * (x.a.size() + x.b.size());
  if (before >= kLeastBeside) {
    x.a.begin -= before, x.b.begin -= before;
    x.equal.insert(x.equal.begin(), {x.a.begin, x.b.begin, before});
  } else {
    before = 0;
  }
  if (after >= kLeastBeside) {
    x.equal.push_back({x.a.end, x.b.end, after});
    x.a.end += after, x.b.end += after;
  } else {
    after = 0;
  }
  x.similarity = (equal + 2.0 * (before + after)) / (x.a.size() + x.b.size());
}

}  // namespace

void join(const Fold& a, const Fold& b, Links& all) {
  std::vector<Alignment>& found = all.linked;
  abridge(a, b, all);
  constexpr std::uint32_t kBeside = 0, kSwapped = 60;  // letters
  const auto beside = [](FoldSpan x, FoldSpan y) { return x.end <= y.begin && y.begin - x.end <= kBeside; };
  const auto unused = [](const Alignment& x, FoldSpan s, std::uint32_t EqualRun::*side) {
    return std::none_of(x.equal.begin(), x.equal.end(),
                        [&](const EqualRun& r) { return r.*side < s.end && s.begin < r.*side + r.length; });
  };
  const auto within = [](FoldSpan inner, FoldSpan outer) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
  };
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
      if (i == j || !(touch(more.a, less.a) || touch(more.b, less.b))) continue;
      if (less.score > more.score || less.equal.size() != 1 || less.a.size() != less.equal[0].length ||
          less.a.size() > kSwapped || !changed_places(more, less))
        continue;
      more.a = {std::min(more.a.begin, less.a.begin), std::max(more.a.end, less.a.end)};
      more.b = {std::min(more.b.begin, less.b.begin), std::max(more.b.end, less.b.end)};
      more.score += less.score - gap_cost(1, 1);
      more.similarity = 2.0 * (equal_letters(more.equal) + less.a.size()) / (more.a.size() + more.b.size());
      // No other takes in what this has become.
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(j));
      if (j < i) --i;
      j = SIZE_MAX;
    }
  for (Alignment& x : found) {
    take_in_moved(a, b, x);
    take_in_swapped(a, b, x);
    take_in_beside(a, b, x);
  }
  // What was taken in is no alignment of its own any more.
  const auto mostly_in = [](FoldSpan inner, FoldSpan outer) {
    const std::uint32_t from = std::max(inner.begin, outer.begin), to = std::min(inner.end, outer.end);
    return to > from && 5 * (to - from) >= 4 * inner.size();
  };
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t j = 0; j < found.size() && has_move(found[i]); ++j)
      if (i != j && mostly_in(found[j].a, found[i].a) && mostly_in(found[j].b, found[i].b)) {
        found[i].score = std::max(found[i].score, found[j].score);
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(j));
        if (j < i) --i;
        --j;
      }
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

}  // namespace suyuan
