#include "verify/composed.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace suyuan {

namespace {

constexpr double kPatch = 13;              // letters a piece of a composed quotation has on the average,
constexpr std::uint32_t kPatchLeast = 10;  // and at least, with so many bits
constexpr double kPatchBits = 8;
constexpr double kAllOfIt = 0.95;       // or this share of it is whole clauses
constexpr double kClauseBits = 5;       // with so many bits each,
constexpr std::size_t kPatchTexts = 2;  // of so many texts
constexpr std::uint32_t kNear = 60;     // letters between two places that are still one

std::vector<Source> pieces_of(const Texts& texts, Finding& f, const Places::Pieces& found) {
  std::erase_if(f.limits, [](const Limit& l) { return l.what == Limit::What::pieces; });
  if (found.left > 0) f.limits.push_back({Limit::What::pieces, Places::kPieces, found.left});
  std::vector<Source> out;
  for (const Places::Piece& p : found.pieces) {
    Source& s = out.emplace_back();
    s.work = texts.numbers.in_corpus(p.work);
    s.base = p.base;
    s.covers = p.covers;
    s.equal = {{p.base.begin, p.covers.begin, p.covers.size()}};
  }
  return out;
}

// Whether pieces show that a quotation was put together: long enough, or whole clauses of few texts that are all
// of it.
bool telling(const Texts& texts, const Finding& f, const std::vector<Source>& pieces, std::uint32_t had) {
  std::set<std::uint32_t> works;
  bool whole = had >= kAllOfIt * f.span.size(), surprising = true, long_enough = true;
  for (const Source& p : pieces) {
    const Fold &base = texts.fold(p.work), &draft = texts.fold(f.work);
    if (p.covers.begin != f.span.begin)
      whole = whole && base.is_clause_edge(p.base.begin) && draft.is_clause_edge(p.covers.begin);
    if (p.covers.end != f.span.end)
      whole = whole && base.is_clause_edge(p.base.end) && draft.is_clause_edge(p.covers.end);
    const double bits = bits_of(texts, f, p.covers);
    whole = whole && bits >= kClauseBits;
    surprising = surprising && bits >= kPatchBits;
    long_enough = long_enough && p.covers.size() >= kPatchLeast;
    works.insert(p.work);
  }
  if (whole && works.size() <= kPatchTexts) return true;
  return long_enough && surprising && had >= kPatch * static_cast<double>(pieces.size());
}

// `swapped`: only an order changed within one place counts, and short pieces do.
bool assembled(Case& of, std::vector<Source> pieces, bool swapped) {
  const Texts& texts = of.texts;
  Finding& f = of.finding;
  std::vector<BaseCandidate>& candidates = of.candidates;
  const std::vector<std::uint32_t>& breaks = of.breaks();
  std::uint32_t had = 0;
  for (const Source& p : pieces) had += p.covers.size();
  if (pieces.size() < 2 || had < (swapped ? 0.9 : 0.8) * f.span.size()) return false;
  std::sort(pieces.begin(), pieces.end(),
            [](const Source& x, const Source& y) { return x.covers.begin < y.covers.begin; });
  // Pieces of the same text that follow each other in order and near by are one.
  bool apart = false, turned = false, doubled = false;
  for (std::size_t n = 1; n < pieces.size(); ++n) {
    const Source &l = pieces[n - 1], &r = pieces[n];
    if (l.work != r.work) {
      apart = true;
    } else if (r.base.begin < l.base.end && l.base.begin < r.base.end) {
      doubled = true;
    } else if (r.base.begin >= l.base.end) {
      const bool ellipsis = std::any_of(breaks.begin(), breaks.end(),
                                        [&](std::uint32_t k) { return l.covers.end <= k && k <= r.covers.begin; });
      const bool one_section = same_section(texts, l.work, l.base.begin, r.base.begin);
      apart = apart || r.base.begin - l.base.end > (ellipsis ? Places::kMarkedOmission : kOmission) || !one_section;
    } else {
      const std::uint32_t between = l.base.begin >= r.base.end ? l.base.begin - r.base.end : 0;
      (between <= kNear ? turned : apart) = true;
    }
  }
  // Better than what one place gives, and no patchwork of common wording.
  if (!candidates.empty() && candidates[0].share * f.span.size() >= had) return false;
  if (swapped && (apart || !(turned || doubled))) return false;
  if (!swapped && !telling(texts, f, pieces, had)) return false;
  f.verdict = apart     ? Verdict::composite
              : turned  ? Verdict::reordered
              : doubled ? Verdict::expanded
                        : Verdict::abridged_unmarked;
  if (!apart && !turned && !doubled) {
    // One place after all, with more left out than a single match bridges.
    for (std::size_t n = 1; n < pieces.size(); ++n)
      pieces[0].equal.insert(pieces[0].equal.end(), pieces[n].equal.begin(), pieces[n].equal.end());
    pieces[0].base.end = pieces.back().base.end;
    pieces[0].covers = f.span;
    pieces.resize(1);
    const bool marks = std::all_of(pieces[0].equal.begin() + 1, pieces[0].equal.end(), [&](const EqualRun& r) {
      return std::find(breaks.begin(), breaks.end(), r.b) != breaks.end();
    });
    if (marks && had == f.span.size()) f.verdict = Verdict::abridged_marked;
  }
  std::vector<BaseCandidate> made;
  for (Source& p : pieces) {
    BaseCandidate c;
    c.share = static_cast<double>(p.covers.size()) / f.span.size();
    c.occasion = occasion_of(texts.corpus, p.work, p.base);
    p.occasion = c.occasion.shown;
    p.comparison = compare(texts.corpus, p.work, f.work, p.equal, p.base, p.covers);
    c.source = std::move(p);
    rank(texts, f, c);
    for (const Asked& a : of.asked)
      c.claims.push_back(held_against(texts.corpus, a, c.source.work, c.source.base, c.occasion, texts.lexicons));
    made.push_back(std::move(c));
  }
  // Letters in another form are no marked abridgement alone.
  const auto& edits = made[0].source.comparison.edits;
  if (f.verdict == Verdict::abridged_marked &&
      std::any_of(edits.begin(), edits.end(), [](const Edit& e) { return e.kind == EditClass::form; }))
    f.verdict = Verdict::variant;
  f.parts_of_base = static_cast<std::uint32_t>(made.size());
  for (BaseCandidate& c : candidates) made.push_back(std::move(c));
  candidates = std::move(made);
  return true;
}

}  // namespace

bool composed(Case& of) {
  const Texts& texts = of.texts;
  Finding& f = of.finding;
  if (!of.candidates.empty() && of.candidates[0].share >= kHolds) {
    const std::uint32_t preferred = texts.numbers.in_ground(of.candidates[0].source.work);
    const auto alone = [&](std::uint32_t w) { return w == preferred; };
    const Fold& fold = texts.fold(f.work);
    const Places::Pieces pieces = Places(texts.ground).pieces(of.draft, fold, f.span, alone, preferred);
    if (assembled(of, pieces_of(texts, f, pieces), true)) return true;
  }
  const auto& pieces = of.words->pieces;
  return pieces && assembled(of, pieces_of(texts, f, *pieces), false);
}

}  // namespace suyuan
