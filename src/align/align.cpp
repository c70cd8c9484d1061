// Seeds → runs → alignments. Each work is asked against all that stand before it and against itself.
#include "suyuan/align.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <ranges>
#include <tuple>
#include <unordered_map>

#include "align/candidates.hpp"
#include "align/canonical.hpp"
#include "align/edit_script.hpp"
#include "align/ends.hpp"
#include "align/figures.hpp"
#include "align/join.hpp"
#include "align/matches.hpp"
#include "align/near.hpp"
#include "align/runs.hpp"
#include "align/words.hpp"
#include "base/large_pages.hpp"
#include "base/parallel.hpp"

namespace suyuan {

namespace {

constexpr double kBitsALetter = 2.8;         // of ordinary wording: what a gap's letters are weighed against
constexpr std::uint32_t kLeastChanged = 11;  // equal letters of a changed clause of both texts

class Aligner {
 public:
  Aligner(const Corpus& corpus, const Index& index) : corpus_(corpus), index_(index) {}

  // What each candidate came to, for those who ask.
  std::vector<Candidate>* told = nullptr;

  // Against the works before it and itself, or against all others.
  std::vector<Alignment> against(std::uint32_t b_work, bool all = false,
                                 std::optional<std::uint32_t> only = {}) const {
    Surprises of(index_, b_work);
    const std::vector<Hit> hits = Matcher(corpus_, index_).find(b_work, of, all, only);
    std::vector<Alignment> out;
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < hits.size();) {
      const std::size_t first = i, had = out.size();
      const std::uint32_t work = hits[i].work;
      const bool widespread = has_widespread(hits, i);
      const Surprise& surprise = widespread ? of.at_border() : of.ordinary;
      segments.clear();
      double bits = 0;
      for (; i < hits.size() && hits[i].work == work; ++i) {
        const Hit& h = hits[i];
        segments.push_back({h.a, h.b, h.length, surprise.of(h.b, h.length), h.company});
        bits += segments.back().bits;
      }
      if (bits >= kCandidate) pair(work, b_work, segments, surprise, out);
      if (!widespread) continue;
      for (std::size_t n = had; n < out.size(); ++n)
        out[n].widespread = std::any_of(&hits[first], &hits[0] + i, [&](const Hit& h) {
          const std::uint32_t begin = std::max(h.b, out[n].b.begin), end = std::min(h.b + h.length, out[n].b.end);
          return h.widespread && end > begin && 2 * (end - begin) >= h.length;
        });
    }
    std::sort(out.begin(), out.end(), [](const Alignment& x, const Alignment& y) {
      return std::tie(x.b, x.a_work, x.a) < std::tie(y.b, y.a_work, y.a);
    });
    for (Alignment& x : out) x.equal.shrink_to_fit();  // millions are kept
    out.shrink_to_fit();
    return out;
  }

  // The works of which against(b_work, true) could give an alignment: no other work gives one.
  std::vector<std::uint32_t> promising(std::uint32_t b_work) const {
    Surprises of(index_, b_work);
    const std::vector<Hit> hits = Matcher(corpus_, index_).find(b_work, of, true, {});
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < hits.size();) {
      const std::size_t first = i;
      const Surprise& surprise = has_widespread(hits, i) ? of.at_border() : of.ordinary;
      double bits = 0, alone = 0;
      bool any = false;
      for (; i < hits.size() && hits[i].work == hits[first].work; ++i) {
        const Hit& h = hits[i];
        alone = surprise.of(h.b, h.length);
        bits += alone;
        any = any || h.company != Company::none || (h.length >= kLeast && alone >= kRareSentence * h.length) ||
              alone + (h.length >= kLeast ? kQuoted : kQuotedChanged) >= kScore;
      }
      if (bits >= kCandidate && (any || i - first > 1)) out.push_back(hits[first].work);
    }
    return out;
  }

 private:
  // Whether any of the hits with the work of hit i are of a widespread passage.
  static bool has_widespread(const std::vector<Hit>& hits, std::size_t i) {
    for (std::size_t n = i; n < hits.size() && hits[n].work == hits[i].work; ++n)
      if (hits[n].widespread) return true;
    return false;
  }

  void pair(std::uint32_t a_work, std::uint32_t b_work, std::vector<Segment>& segments, const Surprise& surprise,
            std::vector<Alignment>& out) const {
    const Fold &a = corpus_.works[a_work].fold, &b = corpus_.works[b_work].fold;
    Links found;
    if (!chainable(segments)) {
      for (const Segment& one : segments)
        if (!hopeless(a, b, one))
          consider(a, b, a_work, b_work, {EqualRun{one.a, one.b, one.length}}, surprise, found);
    } else {
      const auto worth = [&](const EqualRun& r) { return surprise.of(r.b, r.length) / kBitsALetter; };
      Pieces pieces;
      for (const std::vector<Segment>& run : bridge(a, b, chain_segments(segments, kSeed))) {
        if (run.size() == 1 && hopeless(a, b, run.front())) continue;
        for (std::vector<EqualRun>& piece : split(a, b, fill(a, b, run), worth))
          for (std::vector<EqualRun>& one : part_occasions(a_work, b_work, std::move(piece)))
            pieces.push_back(std::move(one));
      }
      for (std::size_t n = 0; n < pieces.size(); ++n) {
        const std::vector<EqualRun> piece = std::move(pieces[n]);
        if (piece.size() == 1 && score(a, b, piece, surprise) < kCandidate) continue;
        // Where the whole does not hold, its parts may.
        if (!consider(a, b, a_work, b_work, piece, surprise, found) && piece.size() > 1)
          cut_at(piece, heaviest_gap(a, b, piece, worth).second, pieces);
      }
    }
    join(a, b, found);
    for (Alignment& x : found.linked) out.push_back(std::move(x));
  }

  // Whether any of the segments could follow another in one run. Many are taken to.
  static bool chainable(const std::vector<Segment>& segments) {
    if (segments.size() > 6) return true;
    for (const Segment& x : segments)
      for (const Segment& y : segments)
        if (x.a < y.a && x.b < y.b && x.a + x.length < y.a + y.length && x.b + x.length < y.b + y.length) {
          const std::uint32_t xa = x.a + x.length, xb = x.b + x.length;
          if (gap_cost(y.a > xa ? y.a - xa : 0, y.b > xb ? y.b - xb : 0) < std::min(x.bits, y.bits)) return true;
        }
    return false;
  }

  // The alignment a run grows into, if it holds. False where it does not.
  bool consider(const Fold& a, const Fold& b, std::uint32_t a_work, std::uint32_t b_work,
                const std::vector<EqualRun>& run, const Surprise& surprise, Links& mine) const {
    FoldSpan in_a{0, a.size()}, in_b{0, b.size()};
    const EqualRun &first = run.front(), &last = run.back();
    if (a_work == b_work) {
      if (last.a + last.length > first.b) return run.size() == 1;  // runs into itself; parts of it may not
      in_a.end = in_b.begin = last.a + last.length + (first.b - last.a - last.length) / 2;
    }
    if (!told)
      if (const auto known = as_before(mine, run)) return *known;
    std::vector<EqualRun> core = run;
    grow_ends(a, b, core, in_a, in_b);
    if (!reach_edges(a, b, core, in_a, in_b, 2)) {
      if (core.back().a + core.back().length - core.front().a > 2 * kFar) mine.endless.push_back(std::move(core));
      return false;
    }
    drop_loose_ends(a, b, core, surprise);
    leave_labels(a_work, b_work, core, in_a, in_b);
    const std::vector<EqualRun> grown = core;
    trim_ends(a, b, core);
    const std::vector<EqualRun> trimmed = core;
    double bits = score(a, b, core, surprise);
    // What stands in a sentence beside it bears witness for it where it is most of both.
    const std::uint32_t letters = equal_letters(core);
    leave_sentences(a, b, core);
    if (3 * equal_letters(core) < 2 * letters) bits = score(a, b, core, surprise);
    const auto judge_as = [&](std::vector<EqualRun> runs) {
      const EqualRun &head = runs.front(), &tail = runs.back();
      Alignment x{a_work, b_work, {head.a, tail.a + tail.length}, {head.b, tail.b + tail.length}, {}, 0, 0, false};
      x.score = std::max(bits, score(a, b, runs, surprise));
      x.equal = std::move(runs);
      close_clauses(a, b, x);
      x.similarity = 2.0 * equal_letters(x.equal) / (x.a.size() + x.b.size());
      return judge(a, b, std::move(x));
    };
    // What holds is followed to its clauses' ends through much that was replaced, where that does not undo it.
    std::vector<EqualRun> before, after;
    const double most = std::max(bits, score(a, b, grown, surprise));
    // Far from what anything changed must have: most of what was grown ends here.
    if (!told && core.size() > 1 && most < kScore - kQuoted) return false;
    if (most >= kLeastScore) {
      const auto follow = [&](bool backwards) {
        return followed(a, b, grown, trimmed, core, in_a, in_b, backwards);
      };
      before = follow(true);
      after = follow(false);
    }
    const auto with = [&](bool head, bool tail) {
      std::vector<EqualRun> runs = core;
      if (head) runs.insert(runs.begin(), before.begin(), before.end());
      if (tail) runs.insert(runs.end(), after.begin(), after.end());
      canonical(a, b, runs);
      return runs;
    };
    const bool head = !before.empty(), tail = !after.empty();
    Candidate judged = judge_as(with(head, tail));
    if (judged.outcome != Outcome::linked && head && tail) judged = judge_as(with(true, false));
    if (judged.outcome != Outcome::linked && head && tail) judged = judge_as(with(false, true));
    if (judged.outcome != Outcome::linked && (head || tail)) judged = judge_as(std::move(core));
    for (const bool backwards : {true, false}) {
      if (judged.outcome != Outcome::linked) break;
      Alignment x = judged.alignment;
      if (!reach_beyond(a, b, x, in_a, in_b, backwards)) continue;
      x.score = std::max(x.score, score(a, b, x.equal, surprise));
      x.similarity = 2.0 * equal_letters(x.equal) / (x.a.size() + x.b.size());
      Candidate further = judge(a, b, std::move(x), true);
      if (further.outcome == Outcome::linked) judged = std::move(further);
    }
    if (told) told->push_back(judged);
    if (judged.outcome != Outcome::linked) {
      if (judged.outcome == Outcome::too_common && judged.alignment.equal.size() == 1)
        mine.weak.push_back(std::move(judged.alignment));
      return false;
    }
    keep(std::move(judged.alignment), mine.linked);
    return true;
  }

  // The runs past an end of the core: from an end that was taken off again, with what was taken off; from the end
  // there is if that leads nowhere.
  static std::vector<EqualRun> followed(const Fold& a, const Fold& b, const std::vector<EqualRun>& grown,
                                        const std::vector<EqualRun>& trimmed, const std::vector<EqualRun>& core,
                                        FoldSpan in_a, FoldSpan in_b, bool backwards) {
    constexpr std::uint32_t kOf = 4, kWord = 3;
    const auto end = [&](const std::vector<EqualRun>& runs) {
      return backwards ? runs.front().a : runs.back().a + runs.back().length;
    };
    const std::uint32_t edge = end(core);
    const auto from = [&](const std::vector<EqualRun>& runs, std::uint32_t changed, std::uint32_t of) {
      auto out = beyond(a, b, backwards ? runs.front() : runs.back(), in_a, in_b, changed, of, backwards);
      if (out.empty()) return out;
      std::vector<EqualRun> off;
      for (const EqualRun& r : runs) {
        const std::uint32_t since = backwards ? r.a : std::max(r.a, edge);
        const std::uint32_t until = backwards ? std::min(r.a + r.length, edge) : r.a + r.length;
        if (since < until) off.push_back({since, r.b + (since - r.a), until - since});
      }
      out.insert(backwards ? out.end() : out.begin(), off.begin(), off.end());
      return out;
    };
    std::vector<EqualRun> out;
    // What a clause edge parts from the rest belongs to it only where next to nothing else changed.
    if (end(grown) != end(trimmed)) out = from(grown, 1, 0);
    if (out.empty() && end(trimmed) != edge) out = from(trimmed, kWord, kOf);
    return out.empty() ? from(core, kWord, kOf) : out;
  }

  // Seeds of one passage grow into the same alignment; of two that overlap the better stands.
  void keep(Alignment found, std::vector<Alignment>& linked) const {
    const auto overlap = [](FoldSpan x, FoldSpan y) {
      const std::uint32_t from = std::max(x.begin, y.begin), to = std::min(x.end, y.end);
      return to > from && 2 * (to - from) >= std::min(x.size(), y.size());
    };
    for (Alignment& x : linked)
      if (overlap(x.a, found.a) && overlap(x.b, found.b)) {
        if (told) told->back().outcome = Outcome::overlapped;
        if (found.score > x.score) x = std::move(found);
        return;
      }
    linked.push_back(std::move(found));
  }

  static constexpr std::uint32_t kFar = 600;  // letters
  // What consider() says of a run that is part, letter for letter and far from the ends, of what another one grew
  // into: it would grow into the same.
  static std::optional<bool> as_before(const Links& found, const std::vector<EqualRun>& run) {
    const std::uint32_t begin = run.front().a, end = run.back().a + run.back().length;
    const auto is_part = [&](const std::vector<EqualRun>& of) {
      if (of.front().a + kFar > begin || end + kFar > of.back().a + of.back().length) return false;
      return std::ranges::all_of(run, [&](const EqualRun& r) {
        const EqualRun& in = *(std::ranges::upper_bound(of, r.a, {}, &EqualRun::a) - 1);
        return r.a - in.a == r.b - in.b && r.a + r.length <= in.a + in.length;
      });
    };
    if (std::ranges::any_of(found.linked, is_part, &Alignment::equal)) return true;
    if (std::ranges::any_of(found.endless, is_part)) return false;
    return std::nullopt;
  }

  // One that no threshold takes as it is either.
  static bool hopeless(const Fold& a, const Fold& b, const Segment& s) {
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
  // What stands between it and clause edges of both texts may bring it to what a changed clause holds at.
  static bool in_clauses(const Fold& a, const Fold& b, const Segment& s) {
    const std::uint32_t before = stayed(a, s.a, b, s.b, true);
    if (before == kNone) return false;
    const std::uint32_t after = stayed(a, s.a + s.length, b, s.b + s.length, false);
    return after != kNone && may_be_clause(s.bits, s.length + before + after, s.length);
  }
  // The most letters that stayed, as close() counts them, between an end of a match and clause edges of both texts.
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static std::uint32_t stayed(const Fold& a, std::uint32_t ea, const Fold& b, std::uint32_t eb, bool backwards) {
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
  // Both ends stand at such a place, or so near that trimming, or a clause's last letters, may reach it.
  static bool near(const Fold& f, FoldSpan s, std::uint8_t kinds) {
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

  // Words spoken on two occasions are two passages where more than the line between them separates them.
  Pieces part_occasions(std::uint32_t a_work, std::uint32_t b_work, std::vector<EqualRun> run) const {
    constexpr std::uint32_t kLine = 40;
    Pieces out(1);
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (i > 0) {
        const std::uint32_t ea = run[i - 1].a + run[i - 1].length, eb = run[i - 1].b + run[i - 1].length;
        if (run[i].a - ea + run[i].b - eb > kLine && (section_of(a_work, ea - 1) != section_of(a_work, run[i].a) ||
                                                      section_of(b_work, eb - 1) != section_of(b_work, run[i].b)))
          out.emplace_back();
      }
      out.back().push_back(run[i]);
    }
    return out;
  }
  std::size_t section_of(std::uint32_t work, std::uint32_t unit) const {
    const Work& w = corpus_.work(corpus_.works[work]);
    if (w.sections.empty()) return 0;
    const std::uint32_t p = corpus_.works[work].fold.paragraph_of(unit);
    for (std::size_t n = 0; n < w.sections.size(); ++n)
      if (w.sections[n].first <= p && p < w.sections[n].last) return n + 1;
    return 0;
  }

  // What stands between two runs in each text.
  static std::pair<FoldSpan, FoldSpan> gap(const EqualRun& l, const EqualRun& r) {
    return {{l.a + l.length, r.a}, {l.b + l.length, r.b}};
  }
  static constexpr double kSameNumber = 1;  // bits that a numeral costs which is written in two ways
  static bool same_number(const Fold& a, const Fold& b, const EqualRun& l, const EqualRun& r) {
    const auto [x, y] = gap(l, r);
    return figures::same(a, x, b, y);
  }

  static double score(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs, const Surprise& surprise) {
    double bits = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      bits += surprise.of(runs[i].b, runs[i].length);
      if (i == 0) continue;
      const std::uint32_t da = runs[i].a - runs[i - 1].a - runs[i - 1].length;
      const std::uint32_t db = runs[i].b - runs[i - 1].b - runs[i - 1].length;
      const double cost = same_number(a, b, runs[i - 1], runs[i]) ? kSameNumber : gap_cost(da, db);
      bits -= da == db && da <= kMisread ? std::max(1.0, cost - 2.2 * misread(a.units({runs[i].a - da, runs[i].a}),
                                                                              b.units({runs[i].b - db, runs[i].b})))
                                         : cost;
    }
    return bits;
  }

  // Letters that a scan may have taken for those they stand against: chance does not put them there.
  static constexpr std::uint32_t kMisread = 4;  // letters in a row at most
  static std::uint32_t misread(std::span<const Unit> a, std::span<const Unit> b) {
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < a.size(); ++i) n += is_misread(a[i], b[i]);
    return n;
  }

  // What stands past the last difference, or before the first, and is too common to bear it; several pieces may
  // bear theirs together.
  static void drop_loose_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, const Surprise& surprise) {
    const auto cost = [&](std::size_t i) {
      const auto [x, y] = gap(runs[i - 1], runs[i]);
      return same_number(a, b, runs[i - 1], runs[i]) ? kSameNumber : gap_cost(x.size(), y.size());
    };
    const auto wanted = [](bool whole, const EqualRun& r) {
      return !whole ? kLoose : r.length < Index::kGram ? kShort : 0;
    };
    std::size_t last = 0;
    while (runs[last].length == 0) ++last;
    double net = 0;
    for (std::size_t i = last + 1; i < runs.size(); ++i) {
      const EqualRun& r = runs[i];
      const double own = surprise.of(r.b, r.length) - cost(i);
      net += own;
      const bool of_last = r.length == 0 && last + 1 == i;  // a numeral at the end of what stays
      if (!of_last &&
          std::max(net, own) < wanted(a.is_clause_edge(r.a + r.length) && b.is_clause_edge(r.b + r.length), r))
        continue;
      last = i;
      net = 0;
    }
    runs.resize(last + 1);
    std::size_t first = last;
    while (runs[first].length == 0) --first;
    net = 0;
    for (std::size_t i = first; i-- > 0;) {
      const EqualRun& r = runs[i];
      const double own = surprise.of(r.b, r.length) - cost(i + 1);
      net += own;
      const bool of_first = r.length == 0 && first == i + 1;
      if (!of_first && std::max(net, own) < wanted(a.is_clause_edge(r.a) && b.is_clause_edge(r.b), r)) continue;
      first = i;
      net = 0;
    }
    runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(first));
  }

  static constexpr double kLoose = 10, kShort = 3;

  static bool is_rare(double bits, std::uint32_t letters) { return bits >= kRare * letters; }
  static constexpr std::uint8_t kSentence = Fold::sentence | Fold::paragraph;
  static bool is_sentence(const Fold& f, FoldSpan s) {
    return (f.gap(s.begin) & kSentence) != 0 && (f.gap(s.end) & kSentence) != 0;
  }

  // Says where and when words were spoken, or heads or signs them, and is nobody's words.
  static bool is_label(Role role) {
    return role != Role::body && role != Role::digest && role != Role::list_item && role != Role::note;
  }
  bool labels(std::uint32_t work, FoldSpan s) const {
    const Fold& f = corpus_.works[work].fold;
    const Work& w = corpus_.work(corpus_.works[work]);
    for (std::uint32_t i = s.begin; i < s.end;) {
      const std::uint32_t p = f.paragraph_of(i);
      if (!is_label(w.paragraphs[p].role)) return false;
      i = f.paragraph_span(p).end;
    }
    return true;
  }

  // Of the paragraph, or of all lines of its title.
  FoldSpan label_span(std::uint32_t work, std::uint32_t p) const {
    const Fold& f = corpus_.works[work].fold;
    const auto& all = corpus_.work(corpus_.works[work]).paragraphs;
    std::uint32_t first = p, last = p;
    const auto title = [&](std::uint32_t n) { return all[n].role == Role::title; };
    while (title(p) && first > 0 && title(first - 1)) --first;
    while (title(p) && last + 1 < all.size() && title(last + 1)) ++last;
    return {f.paragraph_span(first).begin, f.paragraph_span(last).end};
  }

  // What was matched of a label before or behind the words belongs to them only if it is the whole label. The
  // bounds are drawn in to where it was left out.
  void leave_labels(std::uint32_t a_work, std::uint32_t b_work, std::vector<EqualRun>& runs, FoldSpan& in_a,
                    FoldSpan& in_b) const {
    constexpr std::uint32_t kNumber = 3;  // letters that number it
    // The part of a label in which the stretch ends, or begins; empty where it holds the label, or is in it.
    const auto part = [&](std::uint32_t work, FoldSpan s, bool backwards) -> FoldSpan {
      const Fold& f = corpus_.works[work].fold;
      const std::uint32_t p = f.paragraph_of(backwards ? s.begin : s.end - 1);
      if (!is_label(corpus_.work(corpus_.works[work]).paragraphs[p].role)) return {};
      const FoldSpan label = label_span(work, p);
      if (backwards)
        return s.begin <= label.begin + kNumber || s.end <= label.end ? FoldSpan{} : FoldSpan{s.begin, label.end};
      return s.end >= label.end || s.begin >= label.begin ? FoldSpan{} : FoldSpan{label.begin, s.end};
    };
    const auto whole = [&] {
      const EqualRun &head = runs.front(), &tail = runs.back();
      return std::pair(FoldSpan{head.a, tail.a + tail.length}, FoldSpan{head.b, tail.b + tail.length});
    };
    for (const bool backwards : {true, false})
      while (true) {
        const auto [sa, sb] = whole();
        const FoldSpan pa = part(a_work, sa, backwards), pb = part(b_work, sb, backwards);
        if (pa.empty() && pb.empty()) break;
        std::vector<EqualRun> kept;
        for (const EqualRun& r : runs) {
          std::uint32_t from = 0, to = r.length;
          const auto leave = [&](FoldSpan left, std::uint32_t begin) {
            if (left.empty()) return;
            if (backwards && left.end > begin) from = std::max(from, left.end - begin);
            if (!backwards) to = std::min(to, left.begin > begin ? left.begin - begin : 0);
          };
          leave(pa, r.a);
          leave(pb, r.b);
          if (from < to) kept.push_back({r.a + from, r.b + from, to - from});
        }
        if (3 * equal_letters(kept) < equal_letters(runs)) break;
        runs = std::move(kept);
        if (backwards) {
          if (!pa.empty()) in_a.begin = pa.end;
          if (!pb.empty()) in_b.begin = pb.end;
        } else {
          if (!pa.empty()) in_a.end = pa.begin;
          if (!pb.empty()) in_b.end = pb.begin;
        }
      }
  }

  // The share of letters that may differ, of so many: 17 % of a few, 24 % from 20, 38 % from 40 on.
  static double allowed_share(double n) {
    return std::clamp(std::max(std::min(0.17 + 0.0125 * (n - 14), 0.24), 0.38 - 0.02 * (40 - n)), 0.17, 0.38);
  }

  // The thresholds: surprising enough, and few enough differences for its length. Where less of it held, another
  // number near an end is one word, however long.
  Candidate judge(const Fold& a, const Fold& b, Alignment found, bool held = false) const {
    const std::uint32_t equal = equal_letters(found.equal);
    Candidate out{std::move(found), Outcome::linked, 0, 0};
    const Alignment& x = out.alignment;
    if (equal < kLeast) {
      out.outcome = Outcome::too_short;
      return out;
    }
    if (labels(x.a_work, x.a) && labels(x.b_work, x.b)) {
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

  const Corpus& corpus_;
  const Index& index_;
};

}  // namespace

std::vector<Alignment> align_all(const Corpus& corpus, const Index& index, unsigned jobs) {
  const Aligner aligner(corpus, index);
  std::vector<std::vector<Alignment>> found(corpus.works.size());
  for_each_index(found.size(), jobs,
                 [&](std::size_t b) { found[b] = aligner.against(static_cast<std::uint32_t>(b)); });
  std::vector<Alignment> out;
  std::size_t all = 0;
  for (const auto& of_work : found) all += of_work.size();
  out.reserve(all);
  use_large_pages(out);
  for (auto& of_work : found) {
    for (Alignment& x : of_work) out.push_back(std::move(x));
    of_work = {};
  }
  return out;
}

std::vector<std::uint32_t> works_to_align(const Corpus& corpus, const Index& index, std::uint32_t work) {
  return Aligner(corpus, index).promising(work);
}

std::vector<Alignment> align_one(const Corpus& corpus, const Index& index, std::uint32_t work) {
  std::vector<Alignment> out = Aligner(corpus, index).against(work, true);
  const auto text = corpus.works[work].fold.units(), all = index.units();
  const std::uint32_t begin = index.start(work), end = index.start(work + 1);
  const std::uint32_t length = end - begin;
  if (length == 0) return out;
  const Taken aligned(out);
  const std::boyer_moore_horspool_searcher search(text.begin(), text.end());
  for (auto at = all.begin();; ++at) {
    at = std::search(at, all.end(), search);
    if (at == all.end()) break;
    const auto p = static_cast<std::uint32_t>(at - all.begin());
    const std::uint32_t w = index.work_at(p), floor = index.start(w);
    if (w == work || p + length > index.start(w + 1)) continue;
    const FoldSpan span{p - floor, p - floor + length};
    if (!aligned.covers(w, span))
      out.push_back({w, work, span, {0, length}, {{span.begin, 0, length}}, 1, 0, false});
  }
  for (Alignment& x : near_places(corpus, index, work, Taken(out))) out.push_back(std::move(x));
  return out;
}

Explanation explain(const Corpus& corpus, const Index& index, std::uint32_t a_work, FoldSpan in_a,
                    std::uint32_t b_work, FoldSpan in_b) {
  Explanation out;
  Aligner aligner(corpus, index);
  aligner.told = &out.candidates;
  aligner.against(b_work, false, a_work);
  std::sort(out.candidates.begin(), out.candidates.end(), [](const Candidate& x, const Candidate& y) {
    return std::tie(x.alignment.b, x.alignment.a, x.outcome) < std::tie(y.alignment.b, y.alignment.a, y.outcome);
  });
  const auto a = corpus.works[a_work].fold.units(in_a), b = corpus.works[b_work].fold.units(in_b);
  std::vector<std::uint32_t> above(b.size() + 1, 0), row(b.size() + 1, 0);
  for (std::uint32_t i = 1; i <= a.size(); ++i) {
    for (std::uint32_t j = 1; j <= b.size(); ++j) {
      row[j] = a[i - 1] == b[j - 1] ? above[j - 1] + 1 : 0;
      if (row[j] > out.longest.length) out.longest = {in_a.begin + i - row[j], in_b.begin + j - row[j], row[j]};
    }
    above.swap(row);
  }
  for (std::uint32_t k = 0; k + Index::kGram <= out.longest.length; ++k) {
    const std::uint32_t p = index.start(b_work) + out.longest.b + k;
    out.bits += index.bits(p);
    out.common += index.common(p);
  }
  if (out.longest.length >= Index::kGram)
    out.bits *= static_cast<double>(out.longest.length) / Index::kGram / (out.longest.length - Index::kGram + 1);
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
    if (found == where.end()) continue;
    // Of a gram that repeats, the occurrences nearest to the same share of the text stand for the others.
    constexpr std::size_t kNearest = 32;
    auto first = found->second.begin(), last = found->second.end();
    if (found->second.size() > kNearest) {
      const auto expected = static_cast<std::uint32_t>(static_cast<std::uint64_t>(j) * ua.size() / ub.size());
      const auto middle = std::lower_bound(first, last, expected);
      first = middle - std::min<std::ptrdiff_t>(middle - first, kNearest / 2);
      last = middle + std::min<std::ptrdiff_t>(last - middle, kNearest / 2);
    }
    for (; first != last; ++first) {
      const std::uint32_t i = *first;
      const std::int64_t diagonal = static_cast<std::int64_t>(i) - j;
      const auto at = open.find(diagonal);
      if (at != open.end() && segments[at->second].b + segments[at->second].length >= in_b.begin + j) {
        segments[at->second].length = in_b.begin + j + kGram - segments[at->second].b;
      } else {
        open[diagonal] = segments.size();
        segments.push_back({in_a.begin + i, in_b.begin + j, kGram, 0});
      }
    }
  }
  for (Segment& x : segments) x.bits = 3.0 * x.length;
  const auto runs = chain_segments(segments, 0);
  if (runs.empty()) return {};
  std::vector<EqualRun> out = fill(a, b, runs.front());
  grow_ends(a, b, out, in_a, in_b);
  return out;
}

}  // namespace suyuan
