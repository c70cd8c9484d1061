// How far an alignment reaches.
#include "align/ends.hpp"

#include <algorithm>
#include <array>

#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "align/figures.hpp"
#include "align/matches.hpp"
#include "align/runs.hpp"
#include "align/words.hpp"

namespace suyuan {

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

std::uint32_t shared_at_most(std::span<const Unit> a, std::span<const Unit> b) {
  const auto bit = [](Unit u) { return std::uint64_t{1} << ((static_cast<std::uint32_t>(u) * 0x9E3779B1U) >> 26); };
  std::uint64_t in_a = 0;
  for (const Unit u : a) in_a |= bit(u);
  std::uint32_t shared = 0;
  for (const Unit u : b) shared += (in_a & bit(u)) != 0;
  return shared;
}

bool is_misread(Unit a, Unit b) {
  const auto x = static_cast<char32_t>(a), y = static_cast<char32_t>(b);
  return words::look_alike(x, y) && !words::enumerates({&x, 1}) && !words::enumerates({&y, 1});
}

namespace {

constexpr std::uint32_t kGrow = 16;  // letters an end may grow by in one step

// What it is worth, in letters, that an end falls on a clause edge of both texts.
constexpr int kEdgeWorth = 5;  // halves

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

}  // namespace

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

namespace {

// The letters past an end of both texts, forwards from a tail or backwards from a head, seen one way.
struct Side {
  const Fold &a, &b;
  bool backwards;
  bool numerals = false;  // was taken over one
  std::uint32_t ea, eb, room_a, room_b;

  Side(const Fold& in_a, const Fold& in_b, const EqualRun& end, FoldSpan wa, FoldSpan wb, bool back)
      : a(in_a),
        b(in_b),
        backwards(back),
        ea(back ? end.a : end.a + end.length),
        eb(back ? end.b : end.b + end.length),
        room_a(back ? ea - wa.begin : wa.end - ea),
        room_b(back ? eb - wb.begin : wb.end - eb) {}
  bool edge_a(std::uint32_t n) const { return a.is_clause_edge(backwards ? ea - n : ea + n); }
  bool edge_b(std::uint32_t n) const { return b.is_clause_edge(backwards ? eb - n : eb + n); }
  bool marked_a(std::uint32_t n) const { return (a.gap(backwards ? ea - n : ea + n) & Fold::quote) != 0; }
  bool marked_b(std::uint32_t n) const { return (b.gap(backwards ? eb - n : eb + n) & Fold::quote) != 0; }
  // The mark there is the one up to which the letters from the end on stand in a quotation.
  bool quoted_a(std::uint32_t n) const { return quoted(a, past_a(n)); }
  bool quoted_b(std::uint32_t n) const { return quoted(b, past_b(n)); }
  // The letters up to so many past the end.
  FoldSpan past_a(std::uint32_t n) const { return backwards ? FoldSpan{ea - n, ea} : FoldSpan{ea, ea + n}; }
  FoldSpan past_b(std::uint32_t n) const { return backwards ? FoldSpan{eb - n, eb} : FoldSpan{eb, eb + n}; }
  bool in_paragraph_a(std::uint32_t n) const { return whole(a, past_a(n)); }
  bool in_paragraph_b(std::uint32_t n) const { return whole(b, past_b(n)); }
  // A sentence, or what stands between quotation marks, ends or begins there in one text and not in the other.
  bool parted(std::uint32_t na, std::uint32_t nb) const {
    const std::uint8_t ga = a.gap(backwards ? ea - na : ea + na), gb = b.gap(backwards ? eb - nb : eb + nb);
    if (((ga | gb) & (Fold::sentence | Fold::paragraph | Fold::quote)) == 0) return false;
    return parts(a, backwards ? ea - na : ea + na) != parts(b, backwards ? eb - nb : eb + nb);
  }
  Unit unit_a(std::uint32_t n) const { return a.units()[backwards ? ea - n - 1 : ea + n]; }
  Unit unit_b(std::uint32_t n) const { return b.units()[backwards ? eb - n - 1 : eb + n]; }
  bool equal(std::uint32_t n) const {
    return backwards ? a.units()[ea - n - 1] == b.units()[eb - n - 1] : a.units()[ea + n] == b.units()[eb + n];
  }
  EqualRun letter(std::uint32_t n) const {
    return backwards ? EqualRun{ea - n - 1, eb - n - 1, 1} : EqualRun{ea + n, eb + n, 1};
  }
  // A run of no letters: an end that is no end of equal letters.
  EqualRun end_at(std::uint32_t na, std::uint32_t nb) const {
    return backwards ? EqualRun{ea - na, eb - nb, 0} : EqualRun{ea + na, eb + nb, 0};
  }
  void move(std::uint32_t na, std::uint32_t nb) {
    ea = backwards ? ea - na : ea + na, eb = backwards ? eb - nb : eb + nb;
    room_a -= na, room_b -= nb;
  }

 private:
  // No paragraph ends between the letters, nor between them and the end.
  bool whole(const Fold& f, FoldSpan s) const {
    const std::uint32_t first = backwards ? s.begin + 1 : s.begin, last = backwards ? s.end : s.end - 1;
    for (std::uint32_t i = first; i <= last; ++i)
      if ((f.gap(i) & Fold::paragraph) != 0) return false;
    return true;
  }
  // Marks that open and close count from the beginning of the paragraph on.
  bool quoted(const Fold& f, FoldSpan s) const {
    if ((f.gap(backwards ? s.begin : s.end) & Fold::quote) == 0) return false;
    for (std::uint32_t i = s.begin + 1; i < s.end; ++i)
      if ((f.gap(i) & Fold::quote) != 0) return false;
    const std::uint32_t first = f.paragraph_span(f.paragraph_of(s.begin)).begin;
    const auto marks = f.marks({first == 0 ? 0 : first - 1, s.begin + 1});
    bool open = false;
    for (std::size_t n = 0; n < marks.size(); ++n) {
      const Fold::Mark& m = marks[n];
      // What does not adjoin its first letter is of the paragraph before.
      const auto to_first = static_cast<std::uint32_t>(
          std::ranges::count_if(marks.subspan(n), [&](const Fold::Mark& x) { return x.before == first; }));
      if (m.mark == U'"' && (m.before > first || m.origin + to_first == f.origin(first))) open = !open;
    }
    return open;
  }
  static bool parts(const Fold& f, std::uint32_t at) {
    if ((f.gap(at) & (Fold::sentence | Fold::paragraph)) != 0) return true;
    if ((f.gap(at) & Fold::quote) == 0 || at == 0) return false;
    return std::ranges::any_of(f.marks({at - 1, at + 1}), [](const Fold::Mark& m) { return m.mark != U'"'; });
  }
};

// On past an end, letter for letter of both; a numeral that is written in two ways is one step. With `another`, one
// numeral against another number, of other length, is one too, as long as all else stays.
class Walk {
 public:
  static constexpr std::uint32_t kFarthest = 60;  // letters

  explicit Walk(const Side& of, bool another_number = false) : side(of), another(another_number) {}

  const Side& side;
  const bool another;
  bool misreads = false;                          // letters that were misread are kept
  std::uint32_t na = 0, nb = 0;                   // letters walked over of each
  std::uint32_t letters = 0, equal = 0;           // of the shorter, and those that stayed
  std::uint32_t steps = 0, unlike = 0;            // and those of them in which something was replaced
  std::uint32_t in_a_row = 0, most_in_a_row = 0;  // letters that stayed
  bool numerals = false;                          // walked over one
  bool other = false;                             // and it was another number
  bool at_numeral = false;                        // the last step was
  bool kept = false;                              // the last step's letters stayed
  bool parted = false;                            // walked over what parts one of the texts
  // How far most letters stayed and neither text was parted: of a, of b, and the runs.
  EqualRun mostly = {};

  // False where one of the texts has no more.
  bool step() {
    if (na >= side.room_a || nb >= side.room_b || letters >= kFarthest || (other && unlike > 1)) return false;
    parted = parted || side.parted(na, nb);
    at_numeral = over_numeral();
    if (!at_numeral) {
      const Unit x = unit(side.a, side.ea, na), y = unit(side.b, side.eb, nb);
      if (x == y) runs_[count_++] = {place(side.ea, na, 1), place(side.eb, nb, 1), 1};
      letters += 1, equal += x == y, unlike += x != y;
      kept = x == y || (misreads && is_misread(x, y));
      ++na, ++nb;
    }
    ++steps;
    in_a_row = kept ? in_a_row + 1 : 0;
    most_in_a_row = std::max(most_in_a_row, in_a_row);
    if (!parted && kept && 2 * equal >= letters) mostly = {na, nb, count_};
    return true;
  }
  // So few letters stayed that chance may have put them there.
  bool by_chance() const { return parted ? 2 * equal < letters : 3 * equal < letters && most_in_a_row < 2; }
  bool at_edges() const { return side.edge_a(na) && side.edge_b(nb); }
  bool at_any_edge() const { return side.edge_a(na) || side.edge_b(nb); }
  // The runs, and the end where it is none of them.
  void take(std::vector<EqualRun>& out) const {
    take(out, count_);
    if (at_numeral) out.push_back(side.end_at(na, nb));
  }
  void take(std::vector<EqualRun>& out, std::uint32_t runs) const {
    out.insert(out.end(), runs_.begin(), runs_.begin() + runs);
  }

 private:
  Unit unit(const Fold& f, std::uint32_t end, std::uint32_t n) const {
    return f.units()[side.backwards ? end - n - 1 : end + n];
  }
  std::uint32_t place(std::uint32_t end, std::uint32_t n, std::uint32_t length) const {
    return side.backwards ? end - n - length : end + n;
  }
  bool over_numeral() {
    if (!figures::may_begin(unit(side.a, side.ea, na)) || !figures::may_begin(unit(side.b, side.eb, nb)))
      return false;
    const std::uint32_t fa = numeral(side.a, side.ea, na, side.room_a);
    if (fa == 0) return false;
    const std::uint32_t fb = numeral(side.b, side.eb, nb, side.room_b);
    if (fb == 0) return false;
    const std::uint32_t pa = place(side.ea, na, fa), pb = place(side.eb, nb, fb);
    const FoldSpan x{pa, pa + fa}, y{pb, pb + fb};
    if (fa == fb && std::ranges::equal(side.a.units(x), side.b.units(y))) return false;
    const bool same = figures::same(side.a, x, side.b, y);
    if (!same && (!another || other || unlike > 0 || fa == fb || !figures::is_number(side.a, x) ||
                  !figures::is_number(side.b, y)))
      return false;
    const std::uint32_t least = std::min(fa, fb);
    letters += least, equal += same ? least : 0, unlike += !same;
    kept = same;
    numerals = true, other = other || !same;
    na += fa, nb += fb;
    return true;
  }
  // Of the numeral that begins, or ends, there. Past the first step none goes on.
  std::uint32_t numeral(const Fold& f, std::uint32_t end, std::uint32_t n, std::uint32_t room) const {
    const std::uint32_t at = side.backwards ? end - n : end + n, length = figures::length(f, at, side.backwards);
    if (length == 0 || n + length > room) return 0;
    return n > 0 && !f.is_clause_edge(at) && figures::length(f, at, !side.backwards) > 0 ? 0 : length;
  }

  std::uint32_t count_ = 0;
  std::array<EqualRun, kFarthest> runs_;  // those that are counted
};

// On to the end of the clause in which the end stands in both texts, where few letters are left of it and few of
// them differ: a word that was put in or changed leaves less behind it than growing asks for.
bool finish_clause(Side& side, std::vector<EqualRun>& out, std::uint32_t changed) {
  constexpr std::uint32_t kLeft = 8, kStayed = 2;
  Walk walk(side);
  while (walk.steps <= kLeft && !(walk.steps > 0 && walk.at_any_edge()) && walk.step()) continue;
  if (walk.numerals && walk.steps <= kLeft && walk.at_edges() && walk.equal >= kStayed && walk.unlike <= changed) {
    walk.take(out);
    side.move(walk.na, walk.nb);
    return true;
  }
  std::uint32_t na = 0, nb = 0;
  while (na < side.room_a && na <= kLeft && !side.edge_a(na)) ++na;
  while (nb < side.room_b && nb <= kLeft && !side.edge_b(nb)) ++nb;
  if (na < kStayed || nb < kStayed || na > kLeft || nb > kLeft || !side.edge_a(na) || !side.edge_b(nb))
    return false;
  if (std::max(na, nb) - std::min(na, nb) > changed) return false;
  const FoldSpan wa = side.backwards ? FoldSpan{side.ea - na, side.ea} : FoldSpan{side.ea, side.ea + na};
  const FoldSpan wb = side.backwards ? FoldSpan{side.eb - nb, side.eb} : FoldSpan{side.eb, side.eb + nb};
  const auto enough = [&](std::uint32_t stayed) {
    return stayed >= kStayed && std::max(na, nb) - stayed <= changed;
  };
  if (enough(common_length(side.a.units(wa), side.b.units(wb)))) {
    std::vector<EqualRun> runs = edit_script(side.a.units(wa), side.b.units(wb));
    if (side.backwards) std::reverse(runs.begin(), runs.end());
    for (const EqualRun& r : runs) out.push_back({wa.begin + r.a, wb.begin + r.b, r.length});
  } else {  // or letter for letter, where what was misread stayed
    std::uint32_t unlike = 0;
    for (std::uint32_t i = 0; i < na && na == nb; ++i) {
      const Unit x = side.a.units()[wa.begin + i], y = side.b.units()[wb.begin + i];
      unlike += x != y && !is_misread(x, y);
    }
    if (na != nb || !enough(na - unlike)) return false;
    for (std::uint32_t n = 0; n < na; ++n)
      if (side.equal(n)) out.push_back(side.letter(n));
  }
  side.move(na, nb);
  return true;
}

constexpr std::uint32_t kLag = 24, kFirstEdge = 4, kLeastKept = 2;  // letters

// Whether letter for letter, and without a numeral on the way, no edge is reached: seen at once, for most ends.
bool reaches_nothing(const Side& side, std::uint32_t of) {
  const std::uint32_t room = std::min({side.room_a, side.room_b, Walk::kFarthest});
  std::uint32_t equal = 0;
  for (std::uint32_t n = 0; n < room; ++n) {
    const Unit x = side.unit_a(n), y = side.unit_b(n);
    if (figures::may_begin(x) && figures::may_begin(y)) return false;
    equal += x == y;
    const std::uint32_t letters = n + 1;
    if (letters > equal * of + kLag) return true;
    if (letters >= kFirstEdge && equal >= kLeastKept && equal * of >= letters && side.edge_a(letters) &&
        side.edge_b(letters))
      return false;
  }
  return true;
}

// On to a later clause edge of both, letter for letter, where of so many letters one stayed.
bool reach_edge(Side& side, std::vector<EqualRun>& out, std::uint32_t of) {
  if (reaches_nothing(side, of)) return false;
  Walk walk(side);
  bool by_chance = false;
  while (walk.step()) {
    if (walk.letters > walk.equal * of + kLag) break;
    const bool all_stayed = walk.numerals && walk.unlike == 0;
    if ((walk.letters < kFirstEdge && !all_stayed) || walk.equal < kLeastKept || walk.equal * of < walk.letters ||
        !walk.at_edges())
      continue;
    if (walk.by_chance()) {
      by_chance = true;
      continue;
    }
    walk.take(out);
    side.move(walk.na, walk.nb);
    side.numerals = side.numerals || walk.numerals;
    return true;
  }
  // Before what only chance put there, what most of stayed is of the passage.
  if (by_chance && walk.mostly.length >= kLeastKept) {
    walk.take(out, walk.mostly.length);
    side.move(walk.mostly.a, walk.mostly.b);
  }
  return false;
}

// On to the end of the clause over another number, where all else stays.
bool pass_number(Side& side, std::vector<EqualRun>& out) {
  Walk walk(side, true);
  while (!walk.at_any_edge() && walk.step()) continue;
  if (!walk.other || walk.unlike > 1 || !walk.at_edges()) return false;
  walk.take(out);
  side.move(walk.na, walk.nb);
  return true;
}

// On to a clause edge of both through words of other length that were replaced: where quotation marks of one text
// stand there and say how far the words go, and half of the letters stayed; or where one word was.
bool reach_clause(Side& side, std::vector<EqualRun>& out) {
  constexpr std::uint32_t kFarthest = 40, kEdges = 3, kNearest = 4, kStayed = 4, kAtEdge = 3, kWord = 4;
  // The edges; past the end of a paragraph is none.
  std::array<std::uint32_t, kEdges> edges_a{}, edges_b{};
  std::size_t a_count = 0, b_count = 0;
  for (std::uint32_t n = 1; n <= std::min(kFarthest, side.room_a) && a_count < kEdges; ++n)
    if (side.edge_a(n)) {
      if (!side.in_paragraph_a(n)) break;
      edges_a[a_count++] = n;
    }
  for (std::uint32_t n = 1; n <= std::min(kFarthest, side.room_b) && b_count < kEdges && a_count > 0; ++n)
    if (side.edge_b(n)) {
      if (!side.in_paragraph_b(n)) break;
      edges_b[b_count++] = n;
    }
  const std::span<const std::uint32_t> in_a(edges_a.data(), a_count), in_b(edges_b.data(), b_count);
  const auto stayed = [&](std::uint32_t na, std::uint32_t nb) {
    const std::uint32_t least = std::min(na, nb), most = std::max(na, nb);
    if (least < kNearest || most > 2 * least) return false;
    const bool marked = side.marked_a(na) || side.marked_b(nb), nearest = na == in_a.front() && nb == in_b.front();
    if (!marked && !nearest) return false;
    const auto a = side.a.units(side.past_a(na)), b = side.b.units(side.past_b(nb));
    if (marked && (side.quoted_a(na) || side.quoted_b(nb)))
      if (const std::uint32_t common = common_length(a, b); common >= kStayed && 2 * common >= most) return true;
    if (!nearest) return false;
    // Or one word of the clause was replaced, and what stands beside it stayed, at the edge at least.
    const auto ahead = static_cast<std::uint32_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    std::uint32_t behind = 0;
    while (ahead + behind < least && a[na - 1 - behind] == b[nb - 1 - behind]) ++behind;
    return (side.backwards ? ahead : behind) >= kAtEdge && most - ahead - behind <= kWord &&
           2 * (ahead + behind) >= least && !side.parted(0, 0);
  };
  for (std::size_t sum = 0; sum + 1 < in_a.size() + in_b.size(); ++sum)
    for (std::size_t i = 0; i <= sum; ++i) {
      if (i >= in_a.size() || sum - i >= in_b.size() || !stayed(in_a[i], in_b[sum - i])) continue;
      const FoldSpan wa = side.past_a(in_a[i]), wb = side.past_b(in_b[sum - i]);
      std::vector<EqualRun> runs = edit_script(side.a.units(wa), side.b.units(wb));
      if (side.backwards) std::reverse(runs.begin(), runs.end());
      for (const EqualRun& r : runs) out.push_back({wa.begin + r.a, wb.begin + r.b, r.length});
      out.push_back(side.end_at(in_a[i], in_b[sum - i]));
      side.move(in_a[i], in_b[sum - i]);
      return true;
    }
  return false;
}

// On over who speaks, which stands between two marks of one text alone: 新征程上，”他说，“要…. The words beyond are
// equal, up to an edge of both.
bool pass_speaker(Side& side, std::vector<EqualRun>& out) {
  constexpr std::uint32_t kMost = 12, kStayed = 3;
  for (const bool in_a : {true, false}) {
    const auto marked = [&](std::uint32_t n) { return in_a ? side.marked_a(n) : side.marked_b(n); };
    if (!marked(0)) continue;
    const std::uint32_t room = std::min(kMost, in_a ? side.room_a : side.room_b);
    std::uint32_t n = 1;
    while (n <= room && !marked(n)) ++n;
    if (n > room) continue;
    Side beyond = side;
    beyond.move(in_a ? n : 0, in_a ? 0 : n);
    Walk walk(beyond);
    while (walk.step() && walk.unlike == 0 && (walk.letters < kStayed || !walk.at_edges())) continue;
    if (walk.unlike > 0 || walk.letters < kStayed || !walk.at_edges()) continue;
    walk.take(out);
    side.move(walk.na + (in_a ? n : 0), walk.nb + (in_a ? 0 : n));
    return true;
  }
  return false;
}

// From clause edge to clause edge as long as it goes on, but not far. False where it goes on farther.
bool reach_on(Side& side, std::vector<EqualRun>& out, std::uint32_t of) {
  constexpr std::uint32_t kFar = 600;
  const std::uint32_t room = side.room_a;
  while (reach_edge(side, out, of))
    if (room - side.room_a > kFar) return false;
  return true;
}

}  // namespace

bool reach_edges(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b,
                 std::uint32_t of) {
  Side tail(a, b, runs.back(), in_a, in_b, false), head(a, b, runs.front(), in_a, in_b, true);
  std::vector<EqualRun> front;
  if (!reach_on(tail, runs, of) || !reach_on(head, front, of)) return false;
  runs.insert(runs.begin(), front.rbegin(), front.rend());
  canonical(a, b, runs);
  if (tail.numerals || head.numerals) grow_ends(a, b, runs, in_a, in_b);
  return true;
}

std::vector<EqualRun> beyond(const Fold& a, const Fold& b, const EqualRun& end, FoldSpan in_a, FoldSpan in_b,
                             std::uint32_t changed, std::uint32_t of, bool backwards) {
  Side side(a, b, end, in_a, in_b, backwards);
  std::vector<EqualRun> out;
  finish_clause(side, out, changed);
  reach_on(side, out, of);
  if (backwards) std::reverse(out.begin(), out.end());
  return out;
}

bool reach_beyond(const Fold& a, const Fold& b, Alignment& x, FoldSpan in_a, FoldSpan in_b, bool backwards) {
  constexpr std::uint32_t kOf = 4;
  const EqualRun end{backwards ? x.a.begin : x.a.end, backwards ? x.b.begin : x.b.end, 0};
  Side side(a, b, end, in_a, in_b, backwards);
  std::vector<EqualRun> out;
  while (pass_number(side, out) || pass_speaker(side, out) || reach_clause(side, out)) reach_on(side, out, kOf);
  if (out.empty()) return false;
  (backwards ? x.a.begin : x.a.end) = side.ea;
  (backwards ? x.b.begin : x.b.end) = side.eb;
  if (backwards) std::reverse(out.begin(), out.end());
  x.equal.insert(backwards ? x.equal.begin() : x.equal.end(), out.begin(), out.end());
  canonical(a, b, x.equal);
  return true;
}

void trim_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs) {
  constexpr std::uint32_t kStray = 3;
  EqualRun &first = runs.front(), &last = runs.back();
  const FoldSpan in_a{first.a, last.a + last.length}, in_b{first.b, last.b + last.length};
  if (fills_quotation(a, in_a) || fills_quotation(b, in_b)) return;
  if (!a.is_clause_edge(first.a) || !b.is_clause_edge(first.b))
    for (std::uint32_t k = 1; k <= kStray && k + 5 < first.length; ++k)
      if (a.is_clause_edge(first.a + k) && b.is_clause_edge(first.b + k)) {
        first = {first.a + k, first.b + k, first.length - k};
        break;
      }
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

namespace {

// Letters from an end on to the end of its clause, as far as that is looked for. Past the text's ends is an edge.
std::uint32_t left_of_clause(const Fold& f, std::uint32_t at, bool backwards, std::uint32_t most) {
  std::uint32_t n = 0;
  while (n < most && (backwards ? n < at : at + n < f.size()) && !f.is_clause_edge(backwards ? at - n : at + n))
    ++n;
  return n;
}

// Equal letters, counted from an end of the runs, that are of a sentence beside the passage: they break off well
// within a clause, and between them and the rest a sentence ends in both texts, or in one where letters differ too.
std::uint32_t beside(const Fold& a, const Fold& b, std::span<const EqualRun> runs, bool backwards) {
  constexpr std::uint8_t kClause = Fold::clause | Fold::paragraph, kSentence = Fold::sentence | Fold::paragraph;
  constexpr std::uint32_t kMost = 10, kLeft = kLeast, kWord = 5;
  const std::uint32_t all = equal_letters(runs);
  std::uint32_t letters = 0;
  if ((backwards ? runs.front() : runs.back()).length == 0) return 0;
  for (std::size_t n = 0; n < runs.size(); ++n) {
    const EqualRun& r = runs[backwards ? n : runs.size() - 1 - n];
    for (std::uint32_t k = 0; k < r.length; ++k, ++letters) {
      if (letters > kMost || letters + kLeft > all) return 0;
      const std::uint8_t x = a.gap(backwards ? r.a + k : r.a + r.length - k);
      const std::uint8_t y = b.gap(backwards ? r.b + k : r.b + r.length - k);
      if (letters == 0) {
        const std::uint32_t ea = backwards ? r.a : r.a + r.length, eb = backwards ? r.b : r.b + r.length;
        const std::uint32_t left_a = left_of_clause(a, ea, backwards, kWord),
                            left_b = left_of_clause(b, eb, backwards, kWord);
        if (std::min(left_a, left_b) == 0 || std::max(left_a, left_b) < kWord) return 0;
      } else if ((x & kClause) != 0 && (y & kClause) != 0 &&
                 ((x & y & kSentence) != 0 || (n > 0 && ((x | y) & kSentence) != 0))) {
        return letters;
      }
    }
  }
  return 0;
}

}  // namespace

void leave_sentences(const Fold& a, const Fold& b, std::vector<EqualRun>& runs) {
  if (std::uint32_t off = beside(a, b, runs, true); off > 0) {
    std::size_t whole = 0;
    while (off >= runs[whole].length) off -= runs[whole++].length;
    runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(whole));
    EqualRun& first = runs.front();
    first = {first.a + off, first.b + off, first.length - off};
  }
  if (std::uint32_t off = beside(a, b, runs, false); off > 0) {
    for (; off >= runs.back().length; runs.pop_back()) off -= runs.back().length;
    runs.back().length -= off;
  }
}

void close_clauses(const Fold& a, const Fold& b, Alignment& x) {
  const std::uint32_t equal = equal_letters(x.equal), most = std::clamp(equal / 5, kClauseEnd, 3 * kClauseEnd);
  for (const bool backwards : {false, true}) {
    const EqualRun end{backwards ? x.a.begin : x.a.end, backwards ? x.b.begin : x.b.end, 0};
    const Side side(a, b, end, {0, a.size()}, {0, b.size()}, backwards);
    Walk walk(side);
    walk.misreads = true;
    bool stayed = false;
    while (!walk.at_any_edge() && walk.steps < most && walk.step()) stayed = stayed || walk.kept;
    // More letters than a word has, and than a tenth of the whole, are the clause's where one of them stayed.
    if (walk.steps == 0 || !walk.at_edges() || (!stayed && walk.steps > std::max(kClauseEnd, equal / 10))) continue;
    (backwards ? x.a.begin : x.a.end) = backwards ? end.a - walk.na : end.a + walk.na;
    (backwards ? x.b.begin : x.b.end) = backwards ? end.b - walk.nb : end.b + walk.nb;
    if (!walk.numerals) continue;
    std::vector<EqualRun> runs;
    walk.take(runs);
    if (backwards) std::reverse(runs.begin(), runs.end());
    x.equal.insert(backwards ? x.equal.begin() : x.equal.end(), runs.begin(), runs.end());
    canonical(a, b, x.equal);
  }
}

}  // namespace suyuan
