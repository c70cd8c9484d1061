// The quotations of a draft: each judged by its places in the library, step by step.
#include "suyuan/verify.hpp"

#include <algorithm>
#include <set>

#include "base/parallel.hpp"
#include "segment/dates.hpp"
#include "verify/base.hpp"
#include "verify/composed.hpp"
#include "verify/flags.hpp"
#include "verify/judge.hpp"
#include "verify/saying.hpp"
#include "verify/told.hpp"
#include "verify/verdict.hpp"

namespace suyuan {

namespace {

// Whether the quotation goes on where the base has lost its text.
bool runs_into_loss(const Texts& texts, const Finding& f, const Source& s) {
  const EqualRun &first = s.equal.front(), &last = s.equal.back();
  return std::max(first.b - f.span.begin, f.span.end - last.b - last.length) >= kCut && damaged_at(texts, s);
}

// The letters in the longest stretch of the quotation that the place has nothing for.
std::uint32_t uncovered(const Finding& f, const Source& s) {
  std::uint32_t at = f.span.begin, most = 0, base = s.equal.front().a;
  for (const EqualRun& r : s.equal) {
    const std::uint32_t extra = r.b - at, there = r.a - base;
    if (extra > there) most = std::max(most, extra - there);
    at = r.b + r.length, base = r.a + r.length;
  }
  return std::max(most, f.span.end - at);
}

constexpr const char* kNoPlace = "no-place-holds-it";

class Verifier {
 public:
  Verifier(const VerifyCorpus& all, const Ground& ground, const Numbering& numbers, const Lexicons& lexicons)
      : texts_{all.corpus, ground, numbers, lexicons}, claims_(all.corpus, all.is_draft, ground, lexicons) {}

  // The findings of one text, `draft` its number in the ground.
  std::vector<Finding> work(std::uint32_t number, std::uint32_t draft, const Scouted& scouted) const {
    std::vector<Finding> out;
    const Work& w = texts_.work(number);
    for (std::uint32_t q = 0; q < scouted.quotations.size(); ++q) {
      const Quotation& quotation = w.quotations[q];
      if (quotation.hearsay()) continue;
      Finding* around = enclosing(out, w, quotation);
      const bool inner_alone = around && lies_within(*around, with_lead(quotation, envelope(around->parts)));
      if (around && !around->sources.empty() && !inner_alone) continue;
      Finding f = finding_of(number, q);
      if (quotation.unclosed && scouted.quotations[q] && scouted.quotations[q]->span != f.span) {
        f.span = scouted.quotations[q]->span;
        f.parts = texts_.fold(number).parts(f.span);
      }
      judge({texts_, f, draft, scouted, scouted.quotations[q], claims_.asked_of(number, quotation), {}});
      if (around && f.sources.empty()) continue;
      if (inner_alone) unfound(*around, draft, scouted);
      out.push_back(std::move(f));
    }
    mixed_occasions(texts_, out);
    // A report that prints a text is its source, unless the library has the rest of it.
    const auto printed = [&](const Finding& f) { return w.quotations[*f.quotation].printed(); };
    if (std::ranges::any_of(out, [&](const Finding& f) { return printed(f) && f.verdict != Verdict::not_found; }))
      for (Finding& f : out)
        if (printed(f) && f.reason == kItsOwn) f.reason = kNoPlace;
    for (Finding& f : out) {
      if (w.quotations[*f.quotation].unclosed) f.flags.push_back(Flag::unclosed);
      settle_level(f);
    }
    sayings(number, draft, scouted, out);
    for (Finding& f : out)
      for (Source& s : f.sources) tell(texts_, s, f.work);
    std::stable_sort(out.begin(), out.end(), [](const Finding& x, const Finding& y) {
      return std::pair(x.parts.front().begin, y.parts.back().end) <
             std::pair(y.parts.front().begin, x.parts.back().end);
    });
    for (const Places::Piece& p : scouted.unmarked) out.push_back(unmarked(number, p));
    return out;
  }

 private:
  Finding finding_of(std::uint32_t number, std::uint32_t q) const {
    const Quotation& quotation = texts_.work(number).quotations[q];
    Finding f;
    f.work = number;
    f.quotation = q;
    f.form = quotation.form == Quotation::Form::direct  ? Finding::Form::direct
             : quotation.form == Quotation::Form::block ? Finding::Form::block
                                                        : Finding::Form::indirect;
    f.parts = quotation.parts;
    f.span = texts_.fold(number).find(envelope(quotation.parts));
    return f;
  }

  // The quotation inside whose marks this one stands. It is told where the library has the inner words alone.
  static Finding* enclosing(std::vector<Finding>& found, const Work& w, const Quotation& inner) {
    if (inner.depth == 0) return nullptr;
    const Span s = envelope(inner.parts);
    for (Finding& f : found) {
      const Span e = envelope(w.quotations[*f.quotation].parts);
      if (f.form != Finding::Form::indirect && e.begin <= s.begin && s.end <= e.end && e.size() > s.size())
        return &f;
    }
    return nullptr;
  }

  // A quotation and what gives it as somebody's inside the other one: a report of the words has that too.
  static Span with_lead(const Quotation& q, Span around) {
    Span out = envelope(q.parts);
    if (q.attribution && !q.attribution->after)
      out.begin = std::min(out.begin, std::max(q.attribution->span.begin, around.begin));
    return out;
  }

  // Whether all that the base has of a quotation, and not all of that, stands inside these marks of it.
  bool lies_within(const Finding& f, Span inner) const {
    constexpr std::uint32_t kStray = 2;  // letters that a match may take beside them
    const FoldSpan s = texts_.fold(f.work).find(inner);
    if (f.sources.empty() || s.size() >= f.span.size()) return false;
    std::uint32_t beside = 0, held = 0;
    for (std::uint32_t n = 0; n < f.parts_of_base; ++n)
      for (const EqualRun& r : f.sources[n].equal) {
        const std::uint32_t begin = std::max(r.b, s.begin), end = std::min(r.b + r.length, s.end);
        beside += r.length - (begin < end ? end - begin : 0);
        held += r.length;
      }
    return beside <= kStray && held < f.span.size();
  }

  // Of a quotation the library has only what it quotes in its turn: its own words are in none of the texts.
  void unfound(Finding& f, std::uint32_t draft, const Scouted& scouted) const {
    const std::uint32_t q = *f.quotation;
    const Quotation& quotation = texts_.work(f.work).quotations[q];
    f = finding_of(f.work, q);
    Case of{texts_, f, draft, scouted, scouted.quotations[q], claims_.asked_of(f.work, quotation), {}};
    not_found(of);
  }

  // Words in marks that nobody is said to say, where the library knows them: as they stand, or changed.
  void sayings(std::uint32_t number, std::uint32_t draft, const Scouted& scouted, std::vector<Finding>& out) const {
    const Work& w = texts_.work(number);
    const std::size_t quotations = out.size();
    for (std::uint32_t m = 0; m < scouted.marked.size(); ++m) {
      if (!scouted.marked[m]) continue;
      Finding f;
      f.work = number;
      f.mark = m;
      f.parts = w.marked[m].parts;
      f.span = texts_.fold(number).find(envelope(f.parts));
      const auto end = out.begin() + static_cast<std::ptrdiff_t>(quotations);
      const auto around = std::find_if(out.begin(), end, [&](const Finding& q) {
        return q.span.begin <= f.span.begin && f.span.end <= q.span.end && !q.sources.empty();
      });
      const bool inner_alone =
          around != end && around->form != Finding::Form::indirect && lies_within(*around, envelope(f.parts));
      if (around != end && !inner_alone) continue;
      Quotation quotation;
      quotation.paragraph = w.marked[m].paragraph;
      quotation.parts = f.parts;
      judge({texts_, f, draft, scouted, scouted.marked[m], claims_.asked_of(number, quotation), {}});
      if (!is_saying(texts_.corpus, f)) continue;
      if (inner_alone) {
        unfound(*around, draft, scouted);
        settle_level(*around);
      }
      // Nobody vouches for it, or it says too little: what differs is for the editor to look at.
      std::erase_if(f.flags, [](Flag flag) { return flag != Flag::form && flag != Flag::sensitive; });
      f.as_in.reset();
      f.disputed_by.clear();
      f.claims.clear();
      if (w.marked[m].reason != "brief") f.reason = "nobody-is-said-to-say-it";
      f.level = f.verdict == Verdict::verbatim || f.verdict == Verdict::folded ? Level::ok
                : f.verdict == Verdict::punctuation                            ? Level::note
                                                                               : Level::check;
      out.push_back(std::move(f));
    }
  }

  void judge(Case of) const {
    Finding& f = of.finding;
    if (!of.words) {
      f.verdict = Verdict::uncheckable;
      f.reason = "too-short";
      return claims_alone(of);
    }
    const Places::Found& found = of.words->found;
    if (found.left_aside > 0) f.limits.push_back({Limit::What::works, Places::kWorks, found.left_aside});
    if (found.unasked > 0) f.limits.push_back({Limit::What::common, Places::kOverflow, found.unasked});
    for (Place& p : settled(texts_, f, found.places)) of.candidates.push_back(weigh(of, std::move(p)));
    choose_base(of);
    const bool poor = std::none_of(of.candidates.begin(), of.candidates.end(), [&](const BaseCandidate& c) {
      return c.share >= kSame && uncovered(f, c.source) < Places::kPiece;
    });
    // Or all of it stands in pieces elsewhere and more than a fifth of it is other words here.
    constexpr double kFirm = 0.8;
    const auto& pieces = of.words->pieces;
    std::uint32_t held = 0;
    if (pieces)
      for (const Places::Piece& p : pieces->pieces) held += p.covers.size();
    const bool elsewhere =
        held == f.span.size() && std::none_of(of.candidates.begin(), of.candidates.end(),
                                              [](const BaseCandidate& c) { return c.share >= kFirm; });
    if ((poor || elsewhere) && f.form != Finding::Form::indirect && composed(of)) return finish(of);
    const BaseCandidate* base = of.candidates.empty() ? nullptr : of.candidates.data();
    if (!base || runs_into_loss(texts_, f, base->source)) return not_found(of);
    if (has_words(texts_, f, *base))
      f.verdict = verdict_of(of);
    else if (is_paraphrase(of))
      f.verdict = Verdict::paraphrase;
    else
      return not_found(of);
    finish(of);
  }

  static void not_found(Case& of) {
    const Texts& texts = of.texts;
    Finding& f = of.finding;
    f.verdict = Verdict::not_found;
    // A report leads the speech that it reports, an interview gives it: it is no quotation of another text.
    const WorkKind kind = texts.work(f.work).kind;
    const bool printed = f.quotation && texts.work(f.work).quotations[*f.quotation].printed();
    const bool its_own =
        printed || (f.form == Finding::Form::indirect && (kind == WorkKind::report || kind == WorkKind::interview));
    f.reason = its_own ? kItsOwn : of.words && of.words->in_itself ? "only-in-the-draft" : kNoPlace;
    if (!of.candidates.empty()) {
      // Cut off where the base lost text.
      const Source& s = of.candidates[0].source;
      if (damaged_at(texts, s) && of.candidates[0].share >= kHolds) {
        f.verdict = Verdict::uncheckable;
        f.reason = "lost-text";
      }
      f.nearest = s;
    }
    f.holding = texts.ground.holding(of.asked, [&](std::uint32_t w) { return of.scouted.allows(w); });
    claims_alone(of);
    if (std::any_of(f.claims.begin(), f.claims.end(),
                    [](const Claim& c) { return c.kind != Claim::Kind::speaker; }))
      f.flags.push_back(Flag::claim_unchecked);
  }

  // Words outside the draft's quotations that stand in a text of the library letter by letter.
  Finding unmarked(std::uint32_t number, const Places::Piece& piece) const {
    Finding f;
    f.work = number;
    f.form = Finding::Form::unmarked;
    f.span = piece.covers;
    f.parts = texts_.fold(number).parts(f.span);
    const std::uint32_t base = texts_.numbers.in_corpus(piece.work);
    Place place{base, piece.base, {{piece.base.begin, f.span.begin, f.span.size()}}, f.span.size()};
    f.sources.push_back(source_of(texts_, f.span, std::move(place), number));
    f.sources[0].occasion = occasion_of(texts_.corpus, base, f.sources[0].base).shown;
    f.verdict = faithful(texts_, f, f.sources[0]);
    f.level = Level::ok;
    return f;
  }

  Texts texts_;
  ClaimReader claims_;
};

// What a claim says: its words, and where they only point (同日, 他) the day or the person that they point to.
std::string meant(const Work& work, const Finding& f, const Claim& c, std::string words) {
  if (c.kind == Claim::Kind::date && find_dates(from_utf8(words)).empty()) {
    const DateMention* last = nullptr;
    for (const DateMention& m : work.dates)
      if (m.earliest == m.latest && m.span.end <= c.span.begin) last = &m;
    if (last) words += " " + last->earliest.to_string();
  }
  if (c.kind == Claim::Kind::speaker && f.quotation)
    if (const auto& by = work.quotations[*f.quotation].attribution;
        by && by->by != "named" && by->span.overlaps(c.span))
      words += " " + by->speaker;
  return words;
}

std::string key_of(const Corpus& corpus, const Finding& f) {
  const auto words = [&](std::uint32_t work, const Parts& parts) {
    return to_utf8(corpus.document(corpus.works[work]).text_of(parts));
  };
  std::string text = words(f.work, f.parts) + "\n" + std::string(name(f.verdict));
  for (const Flag flag : f.flags) text += " " + std::string(name(flag));
  for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n) {
    const CorpusWork& at = corpus.works[f.sources[n].work];
    text += "\n" + corpus.document(at).key + " " + words(f.sources[n].work, at.fold.parts(f.sources[n].base));
  }
  // What agrees with the base needs no decision: a finding on the wording alone keeps its key however it is cited.
  std::set<std::string> claims;
  for (const Claim& c : f.claims)
    if (c.result != Claim::Result::agrees)
      claims.insert(std::string(name(c.kind)) + " " + std::string(name(c.result)) + " " +
                    meant(corpus.work(corpus.works[f.work]), f, c, words(f.work, {c.span})));
  for (const std::string& claim : claims) text += "\n" + claim;
  return sha256(text);
}

}  // namespace

std::vector<Finding> judge(const VerifyCorpus& corpus, const Ground& ground, const Numbering& numbers,
                           std::span<const DraftText> drafts, std::span<const Scouted> scouted, unsigned jobs,
                           const Lexicons& lexicons) {
  const Verifier verifier(corpus, ground, numbers, lexicons);
  std::vector<std::vector<Finding>> found(drafts.size());
  for_each_index(drafts.size(), jobs, [&](std::size_t n) {
    found[n] = verifier.work(numbers.of_drafts[n].work, drafts[n].number, scouted[n]);
  });
  std::vector<Finding> out;
  for (auto& list : found)
    for (Finding& f : list) {
      f.key = key_of(corpus.corpus, f);
      out.push_back(std::move(f));
    }
  return out;
}

std::vector<Finding> verify(const VerifyCorpus& all, const Index& index, unsigned jobs, const Lexicons& lexicons) {
  const CorpusGround ground(all, index, lexicons);
  Numbering numbers;
  std::vector<DraftText> drafts;
  for (std::uint32_t w = 0; w < all.corpus.works.size(); ++w) {
    const CorpusWork& at = all.corpus.works[w];
    if (!all.is_draft[at.document]) continue;
    drafts.push_back({w, &all.corpus.document(at), &all.corpus.work(at), &at.fold});
    numbers.of_drafts.push_back({w, w});
  }
  std::vector<Scouted> scouted(drafts.size());
  for_each_index(drafts.size(), jobs, [&](std::size_t n) { scouted[n] = scout(ground, drafts[n]); });
  return judge(all, ground, numbers, drafts, scouted, jobs, lexicons);
}

}  // namespace suyuan
