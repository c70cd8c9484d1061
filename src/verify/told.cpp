#include "verify/told.hpp"

#include <algorithm>
#include <vector>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kLongest = 60;  // letters that change places
constexpr std::uint32_t kBeside = 12;   // letters that complete the members of a list
constexpr std::uint32_t kPassed =
    4;  // so many times its own letters a word moves past others, within a clause or two,
constexpr std::uint32_t kFarthest = 24;  // and so many letters at most

struct Gap {
  FoldSpan a, b;
};

class Transpositions {
 public:
  Transpositions(const Texts& texts, Source& s, std::uint32_t draft)
      : s_(s), base_(texts.fold(s.work)), own_(texts.fold(draft)) {}

  void run() {
    for (std::size_t first = 0; first <= s_.equal.size(); ++first)
      for (std::size_t last = first; last <= s_.equal.size() && last < first + 4; ++last)
        if (merged(first, last)) break;
  }

 private:
  // What stands before a run, or after the last.
  Gap gap(std::size_t n) const {
    Gap out{s_.base, s_.covers};
    if (n > 0) {
      const EqualRun& l = s_.equal[n - 1];
      out.a.begin = l.a + l.length, out.b.begin = l.b + l.length;
    }
    if (n < s_.equal.size()) out.a.end = s_.equal[n].a, out.b.end = s_.equal[n].b;
    return out;
  }

  static std::vector<Unit> sorted(std::span<const Unit> units) {
    std::vector<Unit> out(units.begin(), units.end());
    std::sort(out.begin(), out.end());
    return out;
  }

  static std::vector<std::vector<Unit>> members(const Fold& fold, FoldSpan span) {
    std::vector<std::vector<Unit>> out;
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      if (i == span.begin || fold.is_clause_edge(i)) out.emplace_back();
      out.back().push_back(fold.units()[i]);
    }
    return out;
  }

  // Whether the two are the same members of a list in another order.
  bool same_members(const Gap& g) const {
    auto x = members(base_, g.a), y = members(own_, g.b);
    if (x.size() < 2 || x.size() != y.size() || x == y) return false;
    std::sort(x.begin(), x.end());
    std::sort(y.begin(), y.end());
    return x == y;
  }

  // Letters of an equal run that may go with the difference beside it: all of one at the end.
  std::uint32_t room(std::size_t run, bool outermost) const {
    const std::uint32_t length = s_.equal[run].length;
    return std::min(kBeside, outermost ? length : length - 1);
  }
  bool is_empty(const Gap& g) const { return g.a.empty() && g.b.empty(); }

  bool merged(std::size_t first, std::size_t last) {
    const Gap from = gap(first), to = gap(last);
    const Gap all{{from.a.begin, to.a.end}, {from.b.begin, to.b.end}};
    if (all.a.size() != all.b.size() || all.a.size() < 2 || all.a.size() > kLongest || is_empty(from) ||
        is_empty(to))
      return false;
    const auto letters = sorted(base_.units(all.a));
    if (letters != sorted(own_.units(all.b)) || std::ranges::equal(base_.units(all.a), own_.units(all.b)) ||
        std::ranges::any_of(letters, [](Unit u) { return han::is_digit(static_cast<char32_t>(u)); }))
      return false;
    const std::uint32_t left = first == 0 ? 0 : room(first - 1, first == 1 && is_empty(gap(0)));
    const std::uint32_t right =
        last == s_.equal.size() ? 0 : room(last, last + 1 == s_.equal.size() && is_empty(gap(s_.equal.size())));
    for (std::uint32_t more = 0; more <= left + right; ++more)
      for (std::uint32_t r = more < left ? 0 : more - left; r <= std::min(more, right); ++r) {
        const std::uint32_t l = more - r;
        const Gap wider{{all.a.begin - l, all.a.end + r}, {all.b.begin - l, all.b.end + r}};
        if (same_members(wider)) return take(first, last, wider);
      }
    if (first == last || !moved(from, to)) return false;
    return take(first, last, all);
  }

  // A word that stands on the other side of what is beside it.
  bool moved(const Gap& from, const Gap& to) const {
    const bool forth = from.b.empty() && to.a.empty() && std::ranges::equal(base_.units(from.a), own_.units(to.b));
    const bool back = from.a.empty() && to.b.empty() && std::ranges::equal(own_.units(from.b), base_.units(to.a));
    if (!forth && !back) return false;
    const std::uint32_t size = forth ? from.a.size() : from.b.size();
    return to.a.begin - from.a.end <= std::min(kPassed * size, kFarthest);
  }

  // Of the differences inside, one.
  bool take(std::size_t first, std::size_t last, const Gap& g) {
    const Parts a = base_.parts(g.a), b = own_.parts(g.b);
    const Span x = envelope(a), y = envelope(b);
    // Where a side has nothing, it says the letter that follows.
    const Span to_next_x{x.begin, base_.origin(g.a.end)}, to_next_y{y.begin, own_.origin(g.b.end)};
    const auto inside = [](const Parts& parts, std::uint32_t at, Span in, Span to_next) {
      return parts.empty() ? to_next.begin <= at && at <= to_next.end
                           : in.begin <= parts.front().begin && parts.back().end <= in.end;
    };
    std::vector<Edit> out;
    Edit one;
    one.op = EditOp::move;
    bool placed = false;
    std::size_t place = 0;
    for (Edit& e : s_.comparison.edits) {
      if (!inside(e.from, e.from_at, x, to_next_x) || !inside(e.to, e.to_at, y, to_next_y)) {
        out.push_back(std::move(e));
        continue;
      }
      if (!placed) place = out.size();
      placed = true;
      one.sensitive = one.sensitive || e.sensitive;
    }
    if (!placed) {
      s_.comparison.edits = std::move(out);
      return false;
    }
    one.from = a, one.to = b;
    one.letters = g.a.size();
    one.from_at = x.begin, one.to_at = y.begin;
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(place), std::move(one));
    s_.comparison.edits = std::move(out);
    cut_runs(first, last, g);
    return true;
  }

  void cut_runs(std::size_t first, std::size_t last, const Gap& g) {
    std::vector<EqualRun> out;
    for (std::size_t n = 0; n < s_.equal.size(); ++n) {
      EqualRun r = s_.equal[n];
      if (n >= first && n < last) continue;
      if (n < first) r.length = std::min(r.length, g.a.begin - r.a);
      if (n >= last && r.a < g.a.end) {
        const std::uint32_t skip = std::min(r.length, g.a.end - r.a);
        r.a += skip, r.b += skip, r.length -= skip;
      }
      if (r.length > 0) out.push_back(r);
    }
    s_.equal = std::move(out);
  }

  Source& s_;
  const Fold &base_, &own_;
};

// The marks of quotation that open among these characters and do not close, or close and did not open.
void pair_marks(const Document& d, Parts& parts) {
  constexpr std::u32string_view kOpening = U"“‘「『《", kClosing = U"”’」』》";
  if (parts.empty()) return;
  std::u32string open, closed;
  for (const Span p : parts)
    for (const char32_t c : d.view(p)) {
      if (kOpening.find(c) != kOpening.npos) open += c;
      if (const std::size_t n = kClosing.find(c); n != kClosing.npos) {
        if (!open.empty() && open.back() == kOpening[n])
          open.pop_back();
        else
          closed += kOpening[n];
      }
    }
  for (std::uint32_t& end = parts.back().end; !open.empty() && end < d.text.size(); ++end) {
    if (d.text[end] != kClosing[kOpening.find(open.back())]) break;
    open.pop_back();
  }
  std::size_t n = 0;
  for (std::uint32_t& begin = parts.front().begin; n < closed.size() && begin > 0; --begin, ++n)
    if (d.text[begin - 1] != closed[n]) break;
}

}  // namespace

void tell(const Texts& texts, Source& s, std::uint32_t draft) {
  Transpositions(texts, s, draft).run();
  for (Edit& e : s.comparison.edits) {
    if (e.kind != EditClass::wording) continue;
    pair_marks(texts.document(s.work), e.from);
    pair_marks(texts.document(draft), e.to);
  }
}

}  // namespace suyuan
