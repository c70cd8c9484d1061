#include "verify/saying.hpp"

#include <algorithm>
#include <span>

namespace suyuan {

namespace {

constexpr double kChanged = 0.2;  // share of the letters that may be changed

bool by_itself(const Corpus& corpus, const Source& s) {
  const CorpusWork& at = corpus.works[s.work];
  return at.fold.is_clause_edge(s.base.begin) && at.fold.is_clause_edge(s.base.end);
}

// Few letters are others, or all are the same in another order.
bool little_changed(const Source& base, std::span<const Unit> there, std::span<const Unit> here) {
  double changed = 0;
  for (const Edit& e : base.comparison.edits) changed += e.kind == EditClass::wording ? e.letters : 0;
  return changed <= kChanged * static_cast<double>(here.size()) || std::ranges::is_permutation(there, here);
}

}  // namespace

bool is_saying(const Corpus& corpus, const Finding& f) {
  if (f.sources.empty() || f.parts_of_base > 1) return false;
  const Source& base = f.sources[0];
  if (f.verdict == Verdict::verbatim || f.verdict == Verdict::folded) return true;
  const auto words = [&](std::uint32_t work, FoldSpan s) { return corpus.works[work].fold.units(s); };
  const auto there = words(base.work, base.base);
  if (!little_changed(base, there, words(f.work, f.span))) return false;
  return std::ranges::any_of(f.sources, [&](const Source& s) {
    return by_itself(corpus, s) && std::ranges::equal(words(s.work, s.base), there);
  });
}

}  // namespace suyuan
