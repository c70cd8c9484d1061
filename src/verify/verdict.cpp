#include "verify/verdict.hpp"

#include <algorithm>
#include <string>

#include "align/script.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

std::uint32_t letters_of(const Texts& texts, const Finding& f, const Parts& parts) {
  return parts.empty() ? 0 : texts.fold(f.work).find(envelope(parts)).size();
}

}  // namespace

Verdict verdict_of(const Case& of) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  const Source& source = of.candidates.front().source;
  const bool indirect = f.form == Finding::Form::indirect;
  std::uint32_t cut_marked = 0, cut = 0, added = 0, other = 0, moved = 0, reporting = 0, form = 0, marks = 0,
                words = 0, supplied_words = 0, lines = 0;
  const Fold& base = texts.fold(source.work);
  for (const Edit& e : source.comparison.edits) {
    switch (e.kind) {
      case EditClass::punctuation:
      case EditClass::numeral:
        ++marks;
        break;
      case EditClass::form:
        ++form;
        break;
      case EditClass::structure:
        lines += !e.from.empty();
        break;
      case EditClass::reporting:
        ++reporting;
        break;
      case EditClass::wording: {
        words += e.letters;
        const FoldSpan gone = e.from.empty() ? FoldSpan{} : base.find(envelope(e.from));
        const bool clause = !gone.empty() && base.is_clause_edge(gone.begin) && base.is_clause_edge(gone.end);
        if (e.op == EditOp::move)
          ++moved;
        else if (supplied(texts, e, f.work))
          ++supplied_words;
        else if (marked(texts, e, source, of.breaks()))
          ++cut_marked;
        else if (e.op == EditOp::omit && (e.letters >= kCut || (clause && e.letters >= 4)))
          ++cut;
        else if (e.op == EditOp::add && e.letters >= kCut)
          ++added;
        else if (e.op == EditOp::substitute && !gone.empty() && gone.size() >= 2 * kCut &&
                 gone.size() >= 3 * letters_of(texts, f, e.to))
          ++cut, ++other;
        else
          ++other;
      } break;
    }
  }
  if (indirect && words + reporting > 0) return Verdict::paraphrase;
  // Words of two occasions are not one passage, whatever marks stand between them.
  if (cut + cut_marked + (indirect ? 0 : lines) > 0 &&
      !same_section(texts, source.work, source.base.begin, source.base.end - 1))
    return Verdict::composite;
  if (moved > 0) return Verdict::reordered;
  if (cut > 0 && cut >= added) return Verdict::abridged_unmarked;
  if (added > 0) return Verdict::expanded;
  if (other > 0 || reporting > 0 || form > 0) return Verdict::variant;
  if (cut_marked > 0) return Verdict::abridged_marked;
  if (supplied_words > 0) return Verdict::expanded_marked;
  if (marks > 0) return Verdict::punctuation;
  return faithful(texts, f, source);
}

Verdict faithful(const Texts& texts, const Finding& f, const Source& s) {
  const CorpusWork &x = texts.corpus.works[s.work], &y = texts.corpus.works[f.work];
  const Document &a = texts.corpus.document(x), &b = texts.corpus.document(y);
  const int scripts = script_about(a, x.fold, s.base) * script_about(b, y.fold, f.span);
  bool plain = true;
  std::uint32_t at_a = s.base.begin, at_b = f.span.begin;
  const auto marks = [](const Document& d, const Fold& fold, std::uint32_t unit) {
    std::u32string out;
    for (const Fold::Mark& m : fold.marks({unit - 1, unit + 1})) {
      if (repeats_opening(d, m.origin)) continue;
      const char32_t c = m.mark == U'\'' ? U'"' : m.mark == U'.' ? U'。' : m.mark;
      if ((c == U'…' || c == U'-') && !out.empty() && out.back() == c) continue;
      out += c;
    }
    return out;
  };
  const auto signs = [](const Document& d, const Fold& fold, std::uint32_t unit) {
    std::u32string out;
    for (const Fold::Mark& m : fold.marks({unit - 1, unit + 1}))
      if (!repeats_opening(d, m.origin)) out += d.text[m.origin];
    return out;
  };
  for (const EqualRun& r : s.equal) {
    if (r.b != at_b) return Verdict::variant;
    const bool joined = r.a == at_a;
    if (!joined && !structural(texts, s.work, x.fold.parts({at_a, r.a}))) return Verdict::variant;
    plain = plain && joined;
    for (std::uint32_t k = 0; k < r.length; ++k) {
      const std::uint32_t i = r.a + k, j = r.b + k;
      const char32_t p = a.text[x.fold.origin(i)], q = b.text[y.fold.origin(j)];
      if (p != q) {
        plain = false;
        const char32_t pp = han::plain(p), pq = han::plain(q);
        if (pp != pq && (!han::converts(pp, pq) || scripts > 0)) return Verdict::variant;
      }
      if (j == f.span.begin) continue;
      if ((k > 0 || joined) && marks(a, x.fold, i) != marks(b, y.fold, j)) return Verdict::punctuation;
      if (k > 0 || joined) plain = plain && signs(a, x.fold, i) == signs(b, y.fold, j);
      if (((x.fold.gap(i) ^ y.fold.gap(j)) & (Fold::layout | Fold::gloss | Fold::paragraph)) != 0) plain = false;
    }
    at_a = r.a + r.length;
    at_b = r.b + r.length;
  }
  if (at_b != f.span.end || at_a != s.base.end) return Verdict::variant;
  return plain ? Verdict::verbatim : Verdict::folded;
}

bool is_paraphrase(const Case& of) {
  const Finding& f = of.finding;
  const BaseCandidate& c = of.candidates.front();
  std::uint32_t longest = 0;
  double bits = 0;
  for (const EqualRun& r : c.source.equal) {
    longest = std::max(longest, r.length);
    bits += bits_of(of.texts, f, {r.b, r.b + r.length});
  }
  return c.share >= kWords && c.source.base.size() <= 2 * f.span.size() && longest >= 8 && bits >= kScore / 2;
}

}  // namespace suyuan
