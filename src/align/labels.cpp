// Which lines are labels, and what alignments leave of them.
#include "align/labels.hpp"

#include <algorithm>
#include <utility>

#include "align/runs.hpp"

namespace suyuan {

namespace {

bool is_label(Role role) {
  return role != Role::body && role != Role::digest && role != Role::list_item && role != Role::note;
}

// Of the paragraph, or of all lines of its title.
FoldSpan label_span(const Corpus& corpus, std::uint32_t work, std::uint32_t p) {
  const Fold& f = corpus.works[work].fold;
  const auto& all = corpus.work(corpus.works[work]).paragraphs;
  std::uint32_t first = p, last = p;
  const auto title = [&](std::uint32_t n) { return all[n].role == Role::title; };
  while (title(p) && first > 0 && title(first - 1)) --first;
  while (title(p) && last + 1 < all.size() && title(last + 1)) ++last;
  return {f.paragraph_span(first).begin, f.paragraph_span(last).end};
}

}  // namespace

bool labels(const Corpus& corpus, std::uint32_t work, FoldSpan s) {
  const Fold& f = corpus.works[work].fold;
  const Work& w = corpus.work(corpus.works[work]);
  for (std::uint32_t i = s.begin; i < s.end;) {
    const std::uint32_t p = f.paragraph_of(i);
    if (!is_label(w.paragraphs[p].role)) return false;
    i = f.paragraph_span(p).end;
  }
  return true;
}

void leave_labels(const Corpus& corpus, std::uint32_t a_work, std::uint32_t b_work, std::vector<EqualRun>& runs,
                  FoldSpan& in_a, FoldSpan& in_b) {
  constexpr std::uint32_t kNumber = 3;  // letters that number it
  // The part of a label in which the stretch ends, or begins; empty where it holds the label, or is in it.
  const auto part = [&](std::uint32_t work, FoldSpan s, bool backwards) -> FoldSpan {
    const Fold& f = corpus.works[work].fold;
    const std::uint32_t p = f.paragraph_of(backwards ? s.begin : s.end - 1);
    if (!is_label(corpus.work(corpus.works[work]).paragraphs[p].role)) return {};
    const FoldSpan label = label_span(corpus, work, p);
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

}  // namespace suyuan
