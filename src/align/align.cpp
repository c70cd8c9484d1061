// Seeds → runs → alignments. Each work is asked against all that stand before it and against itself.
#include "suyuan/align.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <ranges>
#include <tuple>

#include "align/candidates.hpp"
#include "align/canonical.hpp"
#include "align/ends.hpp"
#include "align/join.hpp"
#include "align/labels.hpp"
#include "align/matches.hpp"
#include "align/near.hpp"
#include "align/runs.hpp"
#include "align/thresholds.hpp"
#include "align/weights.hpp"
#include "base/large_pages.hpp"
#include "base/parallel.hpp"

namespace suyuan {

namespace {

constexpr double kBitsALetter = 2.8;  // of ordinary wording: what a gap's letters are weighed against

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
    leave_labels(corpus_, a_work, b_work, core, in_a, in_b);
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
      return judge(corpus_, std::move(x));
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
      Candidate further = judge(corpus_, std::move(x), true);
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

}  // namespace suyuan
