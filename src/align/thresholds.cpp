// The thresholds that a candidate is held to, and which matches cannot come to hold.
#include "align/thresholds.hpp"

#include <algorithm>

#include "align/ends.hpp"
#include "align/figures.hpp"
#include "align/labels.hpp"
#include "align/weights.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kLeastChanged = 11;  // equal letters of a changed clause of both texts
constexpr std::uint8_t kSentence = Fold::sentence | Fold::paragraph;
constexpr std::uint32_t kNone = UINT32_MAX;

// The most letters that stayed, as close() counts them, between an end of a match and clause edges of both texts.
std::uint32_t stayed(const Fold& a, std::uint32_t ea, const Fold& b, std::uint32_t eb, bool backwards) {
  const std::uint32_t room_a = std::min(kNear, backwards ? ea : a.size() - ea);
  const std::uint32_t room_b = std::min(kNear, backwards ? eb : b.size() - eb);
  const auto edges = [&](std::uint32_t m, std::uint32_t n) {
    return b.is_clause_edge(backwards ? eb - n : eb + n) && a.is_clause_edge(backwards ? ea - m : ea + m);
  };
  const auto same = [&](std::uint32_t m, std::uint32_t n) {
    return backwards ? a.units()[ea - 1 - m] == b.units()[eb - 1 - n] : a.units()[ea + m] == b.units()[eb + n];
  };
  std::uint32_t most = kNone;
  for (std::uint32_t n = 0, letters = 0; n - letters <= kReplaced; ++n) {
    if (edges(n, n)) most = letters;
    if (n == std::min(room_a, room_b)) break;
    letters += same(n, n);
  }
  const auto at_least = [&](std::uint32_t n) { return most == kNone ? n : std::max(most, n); };
  for (std::uint32_t d = 1; d <= kPutIn; ++d) {
    for (std::uint32_t n = 0; n + d <= room_a && n <= room_b && (n == 0 || same(n + d - 1, n - 1)); ++n)
      if (edges(n + d, n)) most = at_least(n);
    for (std::uint32_t n = 0; n <= room_a && n + d <= room_b && (n == 0 || same(n - 1, n + d - 1)); ++n)
      if (edges(n, n + d)) most = at_least(n);
  }
  return most;
}

// What stands between it and clause edges of both texts may bring it to what a changed clause holds at.
bool in_clauses(const Fold& a, const Fold& b, const Segment& s) {
  const std::uint32_t before = stayed(a, s.a, b, s.b, true);
  if (before == kNone) return false;
  const std::uint32_t after = stayed(a, s.a + s.length, b, s.b + s.length, false);
  return after != kNone && may_be_clause(s.bits, s.length + before + after, s.length);
}

// Both ends stand at such a place, or so near that trimming, or a clause's last letters, may reach it.
bool near(const Fold& f, FoldSpan s, std::uint8_t kinds) {
  constexpr std::uint32_t kTrimmed = 3;
  const auto any = [&](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t i = from; i <= to; ++i)
      if ((f.gap(i) & kinds) != 0) return true;
    return false;
  };
  const std::uint32_t in = std::min(kTrimmed, s.size());
  return any(s.begin - std::min(kClauseEnd, s.begin), s.begin + in) &&
         any(s.end - in, std::min(s.end + kClauseEnd, f.size()));
}

bool is_rare(double bits, std::uint32_t letters) { return bits >= kRare * letters; }
bool is_sentence(const Fold& f, FoldSpan s) {
  return (f.gap(s.begin) & kSentence) != 0 && (f.gap(s.end) & kSentence) != 0;
}

// The share of letters that may differ, of so many: 17 % of a few, 24 % from 20, 38 % from 40 on.
double allowed_share(double n) {
  return std::clamp(std::max(std::min(0.17 + 0.0125 * (n - 14), 0.24), 0.38 - 0.02 * (40 - n)), 0.17, 0.38);
}

}  // namespace

bool hopeless(const Fold& a, const Fold& b, const Segment& s) {
  if (s.company == Company::enough || (s.length >= kLeast && s.bits >= kRareBoth * s.length)) return false;
  if (s.company == Company::some && in_clauses(a, b, s)) return false;
  const auto either = [&](std::uint8_t kinds) {
    return near(b, {s.b, s.b + s.length}, kinds) || near(a, {s.a, s.a + s.length}, kinds);
  };
  // Unchanged as it is, or changed.
  const bool alone = s.length >= kLeast;
  return !((alone && s.bits >= kRareSentence * s.length && either(kSentence)) ||
           (s.bits + (alone ? kQuoted : kQuotedChanged) >= kScore && either(Fold::quote)));
}

Candidate judge(const Corpus& corpus, Alignment found, bool held) {
  const Fold &a = corpus.works[found.a_work].fold, &b = corpus.works[found.b_work].fold;
  const std::uint32_t equal = equal_letters(found.equal);
  Candidate out{std::move(found), Outcome::linked, 0, 0};
  const Alignment& x = out.alignment;
  if (equal < kLeast) {
    out.outcome = Outcome::too_short;
    return out;
  }
  if (labels(corpus, x.a_work, x.a) && labels(corpus, x.b_work, x.b)) {
    out.outcome = Outcome::label;
    return out;
  }
  const auto is_clause = [](const Fold& f, FoldSpan s) {
    return f.is_clause_edge(s.begin) && f.is_clause_edge(s.end);
  };
  const bool in_a = is_clause(a, x.a), in_b = is_clause(b, x.b);
  const bool quoted = fills_quotation(a, x.a) || fills_quotation(b, x.b);
  const bool complete = in_a && in_b && (is_sentence(a, x.a) || is_sentence(b, x.b));
  std::size_t changes = 0;
  for (std::size_t i = 1; i < x.equal.size(); ++i) changes += !same_number(a, b, x.equal[i - 1], x.equal[i]);
  const bool unchanged =
      changes == 0 && x.a.begin == x.equal.front().a && x.a.end == x.equal.back().a + x.equal.back().length;
  if (unchanged) {
    const bool sentence = is_sentence(a, x.a) && is_sentence(b, x.b);
    if ((equal >= kLong && sentence) || ((in_a || in_b) && is_rare(x.score, equal)) ||
        (complete && x.score >= std::max(kRareSentence * equal, kScore - kQuoted)) ||
        (in_a && in_b && x.score >= kRareBoth * equal))
      return out;
  }
  // A clause that one word was changed in: what is left of it must not be ritual wording.
  const std::uint32_t least = complete ? kLeastWhole : kLeastChanged;
  const double kTold = complete ? 2.1 : 2.4;  // bits a letter, before what the differences cost
  const bool changed = in_a && in_b && equal >= least && !unchanged &&
                       x.score + gap_cost(1, 1) * static_cast<double>(changes) >= kTold * equal;
  out.wanted = kScore - (quoted    ? unchanged ? kQuoted : kQuotedChanged
                         : changed ? complete ? kWholeSentence : kWhole
                                   : 0);
  out.had = x.score;
  if (out.had < out.wanted) {
    out.outcome = Outcome::too_common;
    return out;
  }
  constexpr double kMisreadLess = 0.6;
  double replaced = 0;
  std::uint32_t stayed = equal;
  for (std::size_t i = 1; i < x.equal.size(); ++i) {
    const std::uint32_t ea = x.equal[i - 1].a + x.equal[i - 1].length, da = x.equal[i].a - ea;
    const std::uint32_t eb = x.equal[i - 1].b + x.equal[i - 1].length, db = x.equal[i].b - eb;
    const std::uint32_t both = std::min(da, db), one = std::max(da, db) - both;
    if (same_number(a, b, x.equal[i - 1], x.equal[i])) {
      stayed += both;
      continue;
    }
    const auto [in_a_gap, in_b_gap] = gap(x.equal[i - 1], x.equal[i]);
    if (held && (i == 1 || i + 1 == x.equal.size()) && figures::is_number(a, in_a_gap) &&
        figures::is_number(b, in_b_gap)) {
      replaced += std::min(both, kClauseEnd);
      continue;
    }
    replaced += both + std::min(one, 3U);
    // A single letter that stayed amid others is no run, but was not replaced either; one that was misread is
    // half.
    if (da == db)
      for (std::uint32_t k = 0; k < da; ++k) {
        const Unit u = a.units()[ea + k], v = b.units()[eb + k];
        stayed += u == v;
        replaced -= u == v ? 1 : is_misread(u, v) ? kMisreadLess : 0;
      }
  }
  const double letters = stayed + replaced, share = replaced / letters;
  const double allowed = x.score < kScore && letters < 20 && !quoted && !complete ? 0.12 : allowed_share(letters);
  if (share > allowed) out = {std::move(out.alignment), Outcome::too_different, allowed, share};
  return out;
}

}  // namespace suyuan
