// The quotations of a draft: their places in the library, the base among them, the verdict and the flags.
#include "suyuan/verify.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "align/words.hpp"
#include "base/data.hpp"
#include "base/han.hpp"
#include "base/parallel.hpp"
#include "verify/claims.hpp"
#include "verify/context.hpp"
#include "verify/places.hpp"

namespace suyuan {

std::string_view name(Verdict verdict) {
  static constexpr std::array<std::string_view, 12> kNames{
      "verbatim", "folded",    "punctuation", "variant",    "abridged-marked", "abridged-unmarked",
      "expanded", "reordered", "composite",   "paraphrase", "not-found",       "uncheckable"};
  return kNames[static_cast<std::size_t>(verdict)];
}
std::string_view name(Level level) {
  static constexpr std::array<std::string_view, 4> kNames{"ok", "note", "check", "fix"};
  return kNames[static_cast<std::size_t>(level)];
}
std::string_view name(Flag flag) {
  static constexpr std::array<std::string_view, 12> kNames{
      "sensitive", "misattributed",   "quoted-before-said", "context-cut",
      "form",      "base-disputed",   "base-damaged",       "secondary-only",
      "as-in",     "published-later", "mixed-occasions",    "claim-unchecked"};
  return kNames[static_cast<std::size_t>(flag)];
}
std::string_view name(Holding holding) {
  static constexpr std::array<std::string_view, 5> kNames{"none", "report", "excerpt", "damaged", "full"};
  return kNames[static_cast<std::size_t>(holding)];
}
std::string_view name(Claim::Kind kind) {
  static constexpr std::array<std::string_view, 7> kNames{"occasion", "publication", "date", "speaker",
                                                          "page",     "repeated",    "first"};
  return kNames[static_cast<std::size_t>(kind)];
}
std::string_view name(Claim::Result result) {
  static constexpr std::array<std::string_view, 3> kNames{"agrees", "differs", "unchecked"};
  return kNames[static_cast<std::size_t>(result)];
}
std::string_view name(Limit::What what) {
  static constexpr std::array<std::string_view, 4> kNames{"works", "witnesses", "pieces", "common"};
  return kNames[static_cast<std::size_t>(what)];
}
std::string_view name(Finding::Form form) {
  static constexpr std::array<std::string_view, 4> kNames{"direct", "block", "indirect", "unmarked"};
  return kNames[static_cast<std::size_t>(form)];
}
bool Finding::has(Flag flag) const { return std::find(flags.begin(), flags.end(), flag) != flags.end(); }

VerifyCorpus build_verify_corpus(Sources drafts, Sources library, unsigned jobs, const Lexicons& lexicons) {
  // A text given as both is one document.
  std::set<std::pair<std::string, std::string>> in_draft, in_library;
  for (const Document& d : drafts.documents) in_draft.emplace(d.key, d.record);
  for (const Document& d : library.documents) in_library.emplace(d.key, d.record);
  Sources all = std::move(library);
  std::set<std::pair<std::string, std::string>> taken;
  std::erase_if(all.documents, [&](const Document& d) { return !taken.emplace(d.key, d.record).second; });
  for (Document& d : drafts.documents)
    if (taken.emplace(d.key, d.record).second) all.documents.push_back(std::move(d));
  for (Diagnostic& d : drafts.diagnostics) all.diagnostics.push_back(std::move(d));
  VerifyCorpus out{build_corpus(std::move(all), jobs, lexicons), {}, {}};
  for (const Document& d : out.corpus.documents) {
    out.is_draft.push_back(in_draft.contains({d.key, d.record}) ? 1 : 0);
    out.is_library.push_back(in_library.contains({d.key, d.record}) ? 1 : 0);
  }
  return out;
}

namespace {

constexpr std::uint32_t kShort = 6;        // letters under which a quotation says too little
constexpr double kHolds = 0.5;             // share of a quotation that a place must hold to be looked at,
constexpr double kSame = 0.75;             // to be the words, changed,
constexpr double kWords = 0.6;             // to be the words where the draft cites the text
constexpr int kOwnWords = 1;               // kinds up to this one hold a speaker's own words
constexpr double kExact = 0.15;            // what marks alone cost at most
constexpr std::uint32_t kPiece = 5;        // letters of a piece that is looked for on its own
constexpr std::uint32_t kCut = 6;          // letters left out that make a quotation abridged, and added, expanded
constexpr double kPatch = 13;              // letters a piece of a composed quotation has on the average,
constexpr std::uint32_t kPatchLeast = 10;  // and at least, with so many bits
constexpr double kPatchBits = 8;
constexpr double kAllOfIt = 0.95;         // or this share of it is whole clauses
constexpr double kClauseBits = 5;         // with so many bits each,
constexpr std::size_t kPatchTexts = 2;    // of so many texts
constexpr std::uint32_t kWitnesses = 24;  // places listed,
constexpr std::size_t kPieces = 8;        // and pieces looked for of one quotation
constexpr std::uint32_t kNear = 60;       // letters between two places that are still one

constexpr const char* kItsOwn = "the-draft-is-the-report";

enum class Tier : std::uint8_t { first_hand, later, second_hand, said_later, second_hand_later };

struct Candidate {
  Source source;
  double share = 0;
  double cost = 0;  // letters changed; half a letter for form, less for marks
  Occasion occasion;
  Tier tier = Tier::first_hand;
  std::vector<Claim> claims;
  int agreed = 0;       // of what the draft says of the occasion, the day and the publication
  bool outlet = false;  // is of the outlet that the draft names
  int rank = 0, kind = 0, copy = 0;
  bool young = false;
};

class Verifier {
 public:
  Verifier(const VerifyCorpus& all, const Index& index, const Lexicons& lexicons)
      : corpus_(all.corpus),
        all_(all),
        index_(index),
        lexicons_(lexicons),
        claims_(all.corpus, all.is_draft, lexicons),
        places_(all.corpus, index) {
    for (const CorpusWork& w : corpus_.works) in_library_.push_back(all.is_library[w.document]);
  }

  std::vector<Finding> work(std::uint32_t number) const {
    std::vector<Finding> out;
    const CorpusWork& at = corpus_.works[number];
    const Work& w = corpus_.work(at);
    if (w.quotations.empty() && at.fold.size() < kUnmarked) return out;
    const std::vector<char> own = own_works(number);
    for (std::uint32_t q = 0; q < w.quotations.size(); ++q) {
      const Quotation& quotation = w.quotations[q];
      if (quotation.depth > 0 && inside_marks(w, quotation)) continue;
      Finding f;
      f.work = number;
      f.quotation = q;
      f.form = quotation.form == Quotation::Form::direct  ? Finding::Form::direct
               : quotation.form == Quotation::Form::block ? Finding::Form::block
                                                          : Finding::Form::indirect;
      f.parts = quotation.parts;
      f.span = at.fold.find(envelope(quotation.parts));
      judge(f, quotation, own);
      out.push_back(std::move(f));
    }
    mixed_occasions(out);
    for (Finding& f : out) settle_level(f);
    unmarked(number, own, out);
    return out;
  }

 private:
  static bool inside_marks(const Work& w, const Quotation& inner) {
    const Span s = envelope(inner.parts);
    return std::any_of(w.quotations.begin(), w.quotations.end(), [&](const Quotation& q) {
      const Span e = envelope(q.parts);
      return &q != &inner && q.form != Quotation::Form::indirect && e.begin <= s.begin && s.end <= e.end &&
             e.size() > s.size();
    });
  }

  // The works that must not confirm a quotation of this one: itself, copies of its publication, and what covers it
  // and is covered by it to 80 %, whatever it is called.
  std::vector<char> own_works(std::uint32_t number) const {
    constexpr double kCopy = 0.8;
    std::vector<char> out(corpus_.works.size(), 0);
    const CorpusWork& at = corpus_.works[number];
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w)
      out[w] = w == number || corpus_.works[w].publication == at.publication;
    std::map<std::uint32_t, std::uint32_t> shared;
    std::uint32_t grams = 0;
    for (std::uint32_t i = 0; i + Index::kGram <= at.fold.size(); i += Index::kGram) {
      ++grams;
      const auto occurrences = index_.occurrences(index_.start(number) + i);
      if (occurrences.size() > Index::kCommon) continue;
      std::uint32_t last = UINT32_MAX;
      for (const std::uint32_t p : occurrences)
        if (const std::uint32_t w = index_.work_at(p); w != last) ++shared[w], last = w;
    }
    for (const auto& [w, n] : shared)
      if (n >= kCopy * grams && at.fold.size() >= kCopy * corpus_.works[w].fold.size()) out[w] = 1;
    return out;
  }

  // The units that an ellipsis stands before, inside the quotation.
  std::vector<std::uint32_t> ellipses(const CorpusWork& at, FoldSpan s) const {
    std::vector<std::uint32_t> out;
    const Document& d = corpus_.document(at);
    for (std::uint32_t i = s.begin + 1; i < s.end; ++i) {
      if (!at.fold.is_clause_edge(i)) continue;
      std::size_t dots = 0;
      bool ellipsis = false;
      for (std::uint32_t p = at.fold.origin(i - 1) + 1; p < at.fold.origin(i); ++p) {
        const char32_t m = han::mark_class(d.text[p]);
        dots = m == U'.' || m == U'。' || m == U'·' ? dots + 1 : 0;
        ellipsis = ellipsis || m == U'…' || dots >= 3;
      }
      if (ellipsis) out.push_back(i);
    }
    return out;
  }

  void judge(Finding& f, const Quotation& quotation, const std::vector<char>& own) const {
    const CorpusWork& at = corpus_.works[f.work];
    const auto allowed = [&](std::uint32_t w) { return in_library_[w] != 0 && own[w] == 0; };
    const std::vector<Asked> asked = claims_.asked_of(f.work, quotation);
    if (f.span.size() < kShort) {
      f.verdict = Verdict::uncheckable;
      f.reason = "too-short";
      claims_alone(f, asked);
      return;
    }
    const std::vector<std::uint32_t> breaks = ellipses(at, f.span);
    std::vector<Candidate> candidates;
    Places::Found found = places_.find(f.work, f.span, allowed, kHolds, breaks);
    if (found.left_aside > 0) f.limits.push_back({Limit::What::works, Places::kWorks, found.left_aside});
    if (found.unasked > 0) f.limits.push_back({Limit::What::common, Places::kOverflow, found.unasked});
    for (Place& p : found.places) candidates.push_back(candidate(f, std::move(p), asked, breaks));
    if (const auto base = choose(candidates, f)) {
      std::swap(candidates[0], candidates[*base]);
      std::stable_sort(candidates.begin() + 1, candidates.end(), [](const Candidate& x, const Candidate& y) {
        return std::tie(x.cost, x.tier) < std::tie(y.cost, y.tier);
      });
    }
    const bool poor = std::none_of(candidates.begin(), candidates.end(), [&](const Candidate& c) {
      return c.share >= kSame && uncovered(f, c.source) < kPiece;
    });
    if (poor && f.form != Finding::Form::indirect && composed(f, candidates, allowed, asked, breaks)) return;
    const bool lost = !candidates.empty() && runs_into_loss(f, candidates[0].source);
    if (candidates.empty() || lost || !has_words(candidates[0])) {
      if (!lost && !candidates.empty() && is_paraphrase(f, candidates[0])) {
        f.verdict = Verdict::paraphrase;
        finish(f, candidates, asked, breaks);
      } else {
        not_found(f, candidates, asked, own);
      }
      return;
    }
    f.verdict = verdict_of(f, candidates[0], breaks);
    finish(f, candidates, asked, breaks);
  }

  // Most of the quotation stands there, or all of what stands there is in the quotation, with more put between.
  static bool has_words(const Candidate& c) {
    if (c.share >= kSame) return true;
    std::uint32_t letters = 0;
    for (const EqualRun& r : c.source.equal) letters += r.length;
    return c.share >= kHolds && letters >= 2 * kLeast && letters >= 0.9 * c.source.base.size();
  }

  // Whether the quotation goes on where the base has lost its text.
  bool runs_into_loss(const Finding& f, const Source& s) const {
    const EqualRun &first = s.equal.front(), &last = s.equal.back();
    return std::max(first.b - f.span.begin, f.span.end - last.b - last.length) >= kCut && damaged_at(s);
  }

  // The letters in the longest stretch of the quotation that the place has nothing for.
  static std::uint32_t uncovered(const Finding& f, const Source& s) {
    std::uint32_t at = f.span.begin, most = 0, base = s.equal.front().a;
    for (const EqualRun& r : s.equal) {
      const std::uint32_t extra = r.b - at, there = r.a - base;
      if (extra > there) most = std::max(most, extra - there);
      at = r.b + r.length, base = r.a + r.length;
    }
    return std::max(most, f.span.end - at);
  }

  Candidate candidate(const Finding& f, Place place, const std::vector<Asked>& asked,
                      const std::vector<std::uint32_t>& breaks) const {
    Candidate out;
    out.share = static_cast<double>(place.letters) / f.span.size();
    place.base.end += lost_end(f, place);
    out.source = source_of(f.span, std::move(place), f.work);
    out.occasion = occasion_of(corpus_, out.source.work, out.source.base);
    out.source.occasion = out.occasion.shown;
    out.cost = cost_of(f, out.source, breaks);
    rank(f, out);
    for (const Asked& a : asked) {
      Claim c = held_against(corpus_, a, out.source.work, out.source.base, out.occasion, lexicons_);
      const bool names =
          a.kind == Claim::Kind::occasion || a.kind == Claim::Kind::publication || a.kind == Claim::Kind::date;
      out.agreed += names && c.result == Claim::Result::agrees;
      out.outlet =
          out.outlet || (!a.outlet.empty() && a.outlet == corpus_.work(corpus_.works[out.source.work]).outlet);
      out.claims.push_back(std::move(c));
    }
    return out;
  }

  // Letters that the base's clause has left where the quotation ends: a word cut in two, or a full stop set early.
  // Words that the draft itself goes on with are not lost.
  std::uint32_t lost_end(const Finding& f, const Place& place) const {
    const Fold &base = corpus_.works[place.work].fold, &draft = corpus_.works[f.work].fold;
    const EqualRun& last = place.equal.back();
    if (f.form == Finding::Form::indirect || last.b + last.length != f.span.end ||
        last.a + last.length != place.base.end)
      return 0;
    std::uint32_t left = 0;
    while (left <= kClauseEnd && place.base.end + left < base.size() && !base.is_clause_edge(place.base.end + left))
      ++left;
    if (left == 0 || left > kClauseEnd) return 0;
    const Document& d = corpus_.document(corpus_.works[f.work]);
    std::uint32_t at = draft.origin(f.span.end - 1) + 1;
    const char32_t mark = at < d.text.size() ? han::mark_class(d.text[at]) : 0;
    if (mark == U'。' || mark == U'?' || mark == U'!') return left;
    if (left > 1 || (f.span.end < draft.size() && draft.units()[f.span.end] == base.units()[place.base.end]))
      return 0;
    constexpr std::u32string_view kParticles = U"的了吗呢吧啊等着过中上下里内外间时后前者地得之性化";
    const char32_t next = han::script_class(
        han::plain(corpus_.document(corpus_.works[place.work]).text[base.origin(place.base.end)]));
    return kParticles.find(next) == std::u32string_view::npos ? 1 : 0;
  }

  Source source_of(FoldSpan covers, Place place, std::uint32_t draft) const {
    Source s;
    s.work = place.work;
    s.base = place.base;
    s.covers = covers;
    s.equal = std::move(place.equal);
    s.comparison = compare(corpus_, s.work, draft, s.equal, s.base, s.covers);
    tidy(s, draft);
    return s;
  }

  // Nested marks change their shape and an ellipsis its length without a difference. What the engine calls
  // structure is so only where the base's letters stand in a heading or the like; an enumeration left out of a
  // sentence is wording.
  void tidy(Source& s, std::uint32_t draft) const {
    const Document &a = corpus_.document(corpus_.works[s.work]), &b = corpus_.document(corpus_.works[draft]);
    const auto marks = [](const Document& d, const Parts& parts) {
      std::u32string out;
      for (const Span p : parts)
        for (std::uint32_t i = p.begin; i < p.end; ++i) {
          char32_t m = han::mark_class(d.text[i]);
          if (han::kind(d.text[i]) != han::Kind::mark) continue;
          if (m == U'\'') m = U'"';
          if (m == U'.') m = U'。';
          if ((m == U'…' || m == U'-') && !out.empty() && out.back() == m) continue;
          out += m;
        }
      return out;
    };
    std::erase_if(s.comparison.edits, [&](const Edit& e) {
      return e.kind == EditClass::punctuation && marks(a, e.from) == marks(b, e.to);
    });
    for (Edit& e : s.comparison.edits)
      if (e.kind == EditClass::structure && e.letters > 0 && !(e.to.empty() && structural(s.work, e.from))) {
        e.kind = EditClass::wording;
        e.sensitive = e.op == EditOp::substitute;
        s.comparison.wording += e.letters;
      }
  }

  bool structural(std::uint32_t work, const Parts& parts) const {
    if (parts.empty()) return false;
    const CorpusWork& at = corpus_.works[work];
    const FoldSpan s = at.fold.find(envelope(parts));
    for (std::uint32_t i = s.begin; i < s.end;) {  // whole paragraphs of it, or none
      const std::uint32_t p = at.fold.paragraph_of(i);
      const Role role = corpus_.work(at).paragraphs[p].role;
      const FoldSpan whole = at.fold.paragraph_span(p);
      if (role == Role::body || role == Role::digest || role == Role::list_item || role == Role::note) return false;
      if (whole.begin != i || whole.end > s.end) return false;
      i = whole.end;
    }
    return !s.empty();
  }

  // Whether an omission of the base at this edit is marked by an ellipsis of the draft.
  bool marked(const Edit& e, const Source& s, const std::vector<std::uint32_t>& breaks) const {
    if (e.op != EditOp::omit || breaks.empty() || e.from.empty()) return false;
    const FoldSpan gone = corpus_.works[s.work].fold.find(envelope(e.from));
    for (std::size_t n = 1; n < s.equal.size(); ++n) {
      const EqualRun &l = s.equal[n - 1], &r = s.equal[n];
      if (l.a + l.length <= gone.begin && gone.end <= r.a)
        return std::any_of(breaks.begin(), breaks.end(),
                           [&](std::uint32_t k) { return l.b + l.length <= k && k <= r.b; });
    }
    return false;
  }

  double cost_of(const Finding& f, const Source& s, const std::vector<std::uint32_t>& breaks) const {
    double cost = 0;
    for (const Edit& e : s.comparison.edits) {
      if (e.kind == EditClass::wording)
        cost += marked(e, s, breaks) ? 0.2 : e.op == EditOp::move ? 2.0 : e.letters;
      else if (e.kind == EditClass::reporting)
        cost += f.form == Finding::Form::indirect ? 0.3 : e.letters;
      else if (e.kind == EditClass::form)
        cost += 0.5;
      else if (e.kind != EditClass::structure)
        cost += 0.1;
    }
    return cost;
  }

  void rank(const Finding& f, Candidate& c) const {
    const Work& w = corpus_.work(corpus_.works[c.source.work]);
    const Work& mine = corpus_.work(corpus_.works[f.work]);
    const DateInterval& day = w.published;
    c.young = mine.published.latest && day.earliest && *mine.published.latest < *day.earliest;
    static constexpr std::array<int, 11> kKinds{4, 0, 1, 2, 3, 5, 0, 0, 5, 2, 4};  // by WorkKind
    c.kind = kKinds[static_cast<std::size_t>(w.kind)];
    static constexpr std::array<int, 7> kCopies{3, 0, 1, 2, 3, 3, 3};  // by Copy
    c.copy = kCopies[static_cast<std::size_t>(w.copy)];
    c.rank = w.rank.value_or(1000);
    c.source.secondary = second_hand(f, c.source, w);
    const bool said_later = c.occasion.first && c.occasion.precise && !c.occasion.report && mine.published.latest &&
                            *mine.published.latest < *c.occasion.first;
    c.tier = !c.young             ? (c.source.secondary ? Tier::second_hand : Tier::first_hand)
             : c.source.secondary ? Tier::second_hand_later
             : said_later         ? Tier::said_later
                                  : Tier::later;
  }

  // A commentary; words that an article by somebody else gives in marks.
  bool second_hand(const Finding& f, const Source& s, const Work& w) const {
    if (w.rank) return false;
    switch (w.kind) {
      case WorkKind::commentary:
      case WorkKind::editorial_note:
        return true;
      case WorkKind::article:
      case WorkKind::interview:
      case WorkKind::digest:
      case WorkKind::unknown: {
        const std::uint32_t offset = corpus_.works[s.work].fold.origin(s.base.begin);
        const std::string speaker = speaker_of(f);
        for (const Quotation& q : w.quotations) {
          const Span words = envelope(q.parts);
          if (words.begin <= offset && offset < words.end && q.form != Quotation::Form::indirect &&
              !(q.attribution && !speaker.empty() && w.author.find(speaker) != std::string::npos))
            return true;
        }
        return false;
      }
      default:
        return false;
    }
  }

  std::string speaker_of(const Finding& f) const {
    if (!f.quotation) return {};
    const Quotation& q = corpus_.work(corpus_.works[f.work]).quotations[*f.quotation];
    return q.attribution ? q.attribution->speaker : std::string();
  }

  // The base: of the places that hold the quotation's words, the one that ranks first.
  std::optional<std::size_t> choose(const std::vector<Candidate>& all, const Finding& f) const {
    if (all.empty()) return std::nullopt;
    std::size_t closest = 0;
    for (std::size_t n = 1; n < all.size(); ++n)
      if (std::tuple(all[n].cost, -all[n].agreed, all[n].tier) <
          std::tuple(all[closest].cost, -all[closest].agreed, all[closest].tier))
        closest = n;
    const Candidate& best = all[closest];
    const double letters = f.span.size();
    const auto admissible = [&](const Candidate& c) {
      if (c.cost <= best.cost + kExact) return true;
      if (c.share < kWords) return false;
      // Somebody's word for the occasion does not bring words nearly the same before the words themselves at first
      // hand.
      const bool dated = std::any_of(c.claims.begin(), c.claims.end(), [](const Claim& x) {
        return (x.kind == Claim::Kind::publication || x.kind == Claim::Kind::date) &&
               x.result == Claim::Result::agrees;
      });
      const bool one_text = corpus_.works[c.source.work].publication == corpus_.works[best.source.work].publication;
      const bool hearsay =
          !c.occasion.precise && !dated && !one_text && best.occasion.precise && best.cost < kExact;
      if (hearsay) return false;
      if (c.agreed > 0 && c.agreed > best.agreed && c.cost <= std::max(3.0, letters / 4)) return true;
      if (c.source.secondary) return false;
      if (one_text) return c.cost <= best.cost + std::max(2.0, letters / 5);
      if (f.form == Finding::Form::indirect && best.source.secondary) return c.cost <= best.cost + letters / 3;
      if (other_occasion(c.occasion, best.occasion)) return false;
      // A report of who knows what that says nearly the same does not hold the words that a commentary has exactly.
      if (best.cost < kExact && best.source.secondary && c.kind > kOwnWords &&
          !same_occasion(c.occasion, best.occasion))
        return false;
      // Where nothing says that the two are one occasion, a first-hand text that has the words stands; one that
      // does not say what it is gives way to a speech, an article, an excerpt.
      const bool gives_way = best.kind > kOwnWords + 1 && c.kind <= kOwnWords;
      if (best.cost < kExact && !best.source.secondary && !gives_way && !same_occasion(c.occasion, best.occasion))
        return false;
      return c.cost <= best.cost + std::max(2.0, letters / 10);
    };
    const auto key = [](const Candidate& c) {
      return std::tuple(-c.agreed, !c.outlet, c.tier, c.rank, c.kind, c.copy, c.cost, c.source.work, c.source.base);
    };
    std::size_t base = closest;
    for (std::size_t n = 0; n < all.size(); ++n)
      if (admissible(all[n]) && key(all[n]) < key(all[base])) base = n;
    return base;
  }

  Verdict verdict_of(const Finding& f, const Candidate& c, const std::vector<std::uint32_t>& breaks) const {
    const bool indirect = f.form == Finding::Form::indirect;
    std::uint32_t cut_marked = 0, cut = 0, added = 0, other = 0, moved = 0, reporting = 0, form = 0, marks = 0,
                  words = 0;
    const Fold& base = corpus_.works[c.source.work].fold;
    for (const Edit& e : c.source.comparison.edits) {
      switch (e.kind) {
        case EditClass::punctuation:
        case EditClass::numeral:
          ++marks;
          break;
        case EditClass::form:
          ++form;
          break;
        case EditClass::structure:
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
          else if (marked(e, c.source, breaks))
            ++cut_marked;
          else if (e.op == EditOp::omit && (e.letters >= kCut || (clause && e.letters >= 4)))
            ++cut;
          else if (e.op == EditOp::add && e.letters >= kCut)
            ++added;
          else if (e.op == EditOp::substitute && !gone.empty() && gone.size() >= 2 * kCut &&
                   gone.size() >= 3 * letters_of(f, e.to))
            ++cut, ++other;
          else
            ++other;
        } break;
      }
    }
    if (indirect && words + reporting > 0) return Verdict::paraphrase;
    // Words of two occasions are not one passage, whatever marks stand between them.
    if (cut + cut_marked > 0 && !same_section(c.source.work, c.source.base.begin, c.source.base.end - 1))
      return Verdict::composite;
    if (moved > 0) return Verdict::reordered;
    if (cut > 0 && cut >= added) return Verdict::abridged_unmarked;
    if (added > 0) return Verdict::expanded;
    if (other > 0 || reporting > 0 || form > 0) return Verdict::variant;
    if (cut_marked > 0) return Verdict::abridged_marked;
    if (marks > 0) return Verdict::punctuation;
    return faithful(f, c.source);
  }

  std::uint32_t letters_of(const Finding& f, const Parts& parts) const {
    return parts.empty() ? 0 : corpus_.works[f.work].fold.find(envelope(parts)).size();
  }

  int script_of(const CorpusWork& at, FoldSpan s) const {
    int score = 0;
    const Document& d = corpus_.document(at);
    for (std::uint32_t i = s.begin; i < s.end; ++i) {
      const char tag = han::script_tag(d.text[at.fold.origin(i)]);
      score += tag == 't' ? 1 : tag == 's' ? -1 : 0;
    }
    return score > 0 ? 1 : score < 0 ? -1 : 0;
  }
  // Of the passage, where that tells; else of its paragraph, else of the whole text.
  int script_about(const CorpusWork& at, FoldSpan s) const {
    if (const int own = script_of(at, s)) return own;
    if (const int around = script_of(at, at.fold.paragraph_span(at.fold.paragraph_of(s.begin)))) return around;
    return script_of(at, {0, at.fold.size()});
  }

  // The first law: every character of the quotation beside the base's, once more and without the fold.
  Verdict faithful(const Finding& f, const Source& s) const {
    const CorpusWork &x = corpus_.works[s.work], &y = corpus_.works[f.work];
    const Document &a = corpus_.document(x), &b = corpus_.document(y);
    const int scripts = script_about(x, s.base) * script_about(y, f.span);
    bool plain = true;
    std::uint32_t at_a = s.base.begin, at_b = f.span.begin;
    const auto marks = [](const Fold& fold, std::uint32_t unit) {
      std::u32string out;
      for (const Fold::Mark& m : fold.marks({unit - 1, unit + 1})) {
        const char32_t c = m.mark == U'\'' ? U'"' : m.mark == U'.' ? U'。' : m.mark;
        if ((c == U'…' || c == U'-') && !out.empty() && out.back() == c) continue;
        out += c;
      }
      return out;
    };
    const auto signs = [](const Document& d, const Fold& fold, std::uint32_t unit) {
      std::u32string out;
      for (const Fold::Mark& m : fold.marks({unit - 1, unit + 1})) out += d.text[m.origin];
      return out;
    };
    for (const EqualRun& r : s.equal) {
      if (r.b != at_b) return Verdict::variant;
      const bool joined = r.a == at_a;
      if (!joined && !structural(s.work, x.fold.parts({at_a, r.a}))) return Verdict::variant;
      plain = plain && joined;
      for (std::uint32_t k = 0; k < r.length; ++k) {
        const std::uint32_t i = r.a + k, j = r.b + k;
        const char32_t p = a.text[x.fold.origin(i)], q = b.text[y.fold.origin(j)];
        if (p != q) {
          plain = false;
          const char32_t pp = han::plain(p), pq = han::plain(q);
          if (pp != pq && (han::script_class(pp) != han::script_class(pq) || scripts > 0)) return Verdict::variant;
        }
        if (j == f.span.begin) continue;
        if ((k > 0 || joined) && marks(x.fold, i) != marks(y.fold, j)) return Verdict::punctuation;
        if (k > 0 || joined) plain = plain && signs(a, x.fold, i) == signs(b, y.fold, j);
        if (((x.fold.gap(i) ^ y.fold.gap(j)) & (Fold::layout | Fold::gloss | Fold::paragraph)) != 0) plain = false;
      }
      at_a = r.a + r.length;
      at_b = r.b + r.length;
    }
    if (at_b != f.span.end || at_a != s.base.end) return Verdict::variant;
    return plain ? Verdict::verbatim : Verdict::folded;
  }

  // Another wording of what stands there: half of it in order, with a stretch that is no common wording.
  bool is_paraphrase(const Finding& f, const Candidate& c) const {
    std::uint32_t longest = 0;
    double bits = 0;
    for (const EqualRun& r : c.source.equal) {
      longest = std::max(longest, r.length);
      bits += bits_of(f, {r.b, r.b + r.length});
    }
    return c.share >= kWords && c.source.base.size() <= 2 * f.span.size() && longest >= 8 && bits >= kScore / 2;
  }

  // Whether pieces that the base lacks stand elsewhere: in another order beside it, or far from it. Sets all of the
  // finding then.
  bool composed(Finding& f, std::vector<Candidate>& candidates, const Places::Allowed& allowed,
                const std::vector<Asked>& asked, const std::vector<std::uint32_t>& breaks) const {
    if (!candidates.empty() && candidates[0].share >= kHolds) {
      const std::uint32_t preferred = candidates[0].source.work;
      const auto alone = [&](std::uint32_t w) { return w == preferred; };
      if (assembled(f, candidates, pieces_of(f, alone, preferred), asked, breaks, true)) return true;
    }
    return assembled(f, candidates, pieces_of(f, allowed, UINT32_MAX), asked, breaks, false);
  }

  // Longest exact stretch first: each piece covers what the ones before it leave.
  std::vector<Source> pieces_of(Finding& f, const Places::Allowed& allowed, std::uint32_t preferred) const {
    std::vector<Source> pieces;
    std::vector<FoldSpan> open{f.span};
    std::erase_if(f.limits, [](const Limit& l) { return l.what == Limit::What::pieces; });
    while (!open.empty()) {
      if (pieces.size() == kPieces) {
        std::erase_if(open, [](FoldSpan s) { return s.size() < kPiece; });
        if (!open.empty())
          f.limits.push_back({Limit::What::pieces, kPieces, static_cast<std::uint32_t>(open.size())});
        break;
      }
      const FoldSpan s = open.back();
      open.pop_back();
      if (s.size() < kPiece) continue;
      auto piece = longest(f, s, allowed, preferred);
      if (!piece || piece->covers.size() < kPiece) continue;
      if (preferred == UINT32_MAX) preferred = piece->work;
      open.push_back({piece->covers.end, s.end});
      open.push_back({s.begin, piece->covers.begin});
      pieces.push_back(std::move(*piece));
    }
    return pieces;
  }

  // Whether pieces show that a quotation was put together: long enough, or whole clauses of few texts that are all
  // of it.
  bool telling(const Finding& f, const std::vector<Source>& pieces, std::uint32_t had) const {
    std::set<std::uint32_t> works;
    bool whole = had >= kAllOfIt * f.span.size(), surprising = true, long_enough = true;
    for (const Source& p : pieces) {
      const Fold &base = corpus_.works[p.work].fold, &draft = corpus_.works[f.work].fold;
      if (p.covers.begin != f.span.begin)
        whole = whole && base.is_clause_edge(p.base.begin) && draft.is_clause_edge(p.covers.begin);
      if (p.covers.end != f.span.end)
        whole = whole && base.is_clause_edge(p.base.end) && draft.is_clause_edge(p.covers.end);
      const double bits = bits_of(f, p.covers);
      whole = whole && bits >= kClauseBits;
      surprising = surprising && bits >= kPatchBits;
      long_enough = long_enough && p.covers.size() >= kPatchLeast;
      works.insert(p.work);
    }
    if (whole && works.size() <= kPatchTexts) return true;
    return long_enough && surprising && had >= kPatch * static_cast<double>(pieces.size());
  }

  // `swapped`: only an order changed within one place counts, and short pieces do.
  bool assembled(Finding& f, std::vector<Candidate>& candidates, std::vector<Source> pieces,
                 const std::vector<Asked>& asked, const std::vector<std::uint32_t>& breaks, bool swapped) const {
    std::uint32_t had = 0;
    for (const Source& p : pieces) had += p.covers.size();
    if (pieces.size() < 2 || had < (swapped ? 0.9 : 0.8) * f.span.size()) return false;
    std::sort(pieces.begin(), pieces.end(),
              [](const Source& x, const Source& y) { return x.covers.begin < y.covers.begin; });
    // Pieces of the same text that follow each other in order and near by are one.
    bool apart = false, turned = false;
    for (std::size_t n = 1; n < pieces.size(); ++n) {
      const Source &l = pieces[n - 1], &r = pieces[n];
      if (l.work != r.work) {
        apart = true;
      } else if (r.base.begin >= l.base.end) {
        const bool ellipsis = std::any_of(breaks.begin(), breaks.end(), [&](std::uint32_t k) {
          return l.covers.end <= k && k <= r.covers.begin;
        });
        const bool one_section = same_section(l.work, l.base.begin, r.base.begin);
        apart =
            apart || r.base.begin - l.base.end > (ellipsis ? Places::kMarkedOmission : kOmission) || !one_section;
      } else {
        const std::uint32_t between = l.base.begin >= r.base.end ? l.base.begin - r.base.end : 0;
        (between <= kNear ? turned : apart) = true;
      }
    }
    // Better than what one place gives, and no patchwork of common wording.
    if (!candidates.empty() && candidates[0].share * f.span.size() >= had) return false;
    if (swapped && (apart || !turned)) return false;
    if (!swapped && !telling(f, pieces, had)) return false;
    f.verdict = apart ? Verdict::composite : turned ? Verdict::reordered : Verdict::abridged_unmarked;
    if (!apart && !turned) {
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
    std::vector<Candidate> made;
    for (Source& p : pieces) {
      Candidate c;
      c.share = static_cast<double>(p.covers.size()) / f.span.size();
      c.occasion = occasion_of(corpus_, p.work, p.base);
      p.occasion = c.occasion.shown;
      p.comparison = compare(corpus_, p.work, f.work, p.equal, p.base, p.covers);
      c.source = std::move(p);
      rank(f, c);
      for (const Asked& a : asked)
        c.claims.push_back(held_against(corpus_, a, c.source.work, c.source.base, c.occasion, lexicons_));
      made.push_back(std::move(c));
    }
    f.parts_of_base = static_cast<std::uint32_t>(made.size());
    for (Candidate& c : candidates) made.push_back(std::move(c));
    candidates = std::move(made);
    finish(f, candidates, asked, breaks);
    return true;
  }

  // How surprising a stretch of the draft is; common wording counts nothing.
  double bits_of(const Finding& f, FoldSpan s) const {
    const std::uint32_t start = index_.start(f.work);
    double bits = 0;
    for (std::uint32_t i = s.begin; i + Index::kGram <= s.end; ++i)
      if (!index_.common(start + i)) bits += index_.bits(start + i) / Index::kGram;
    return bits;
  }

  bool same_section(std::uint32_t work, std::uint32_t i, std::uint32_t j) const {
    const CorpusWork& at = corpus_.works[work];
    const auto section = [&](std::uint32_t unit) {
      const std::uint32_t p = at.fold.paragraph_of(unit);
      const auto& sections = corpus_.work(at).sections;
      for (std::size_t n = 0; n < sections.size(); ++n)
        if (sections[n].first <= p && p < sections[n].last) return n + 1;
      return std::size_t{0};
    };
    return section(i) == section(j);
  }

  // The longest exact match of a stretch of the quotation; in the preferred work, where it is as long there.
  std::optional<Source> longest(const Finding& f, FoldSpan s, const Places::Allowed& allowed,
                                std::uint32_t preferred) const {
    const std::uint32_t start = index_.start(f.work);
    const auto units = index_.units();
    std::tuple<std::uint32_t, bool, std::int64_t> best{0, false, 0};
    std::optional<Source> out;
    for (std::uint32_t i = s.begin; i + Index::kGram <= s.end; ++i) {
      const auto occurrences = index_.occurrences(start + i);
      if (occurrences.size() > 2000) continue;
      for (const std::uint32_t p : occurrences) {
        const std::uint32_t w = index_.work_at(p), floor = index_.start(w), ceiling = index_.start(w + 1);
        if (!allowed(w)) continue;
        if (i > s.begin && p > floor && units[p - 1] == units[start + i - 1]) continue;
        std::uint32_t n = Index::kGram;
        while (i + n < s.end && p + n < ceiling && units[p + n] == units[start + i + n]) ++n;
        const std::tuple<std::uint32_t, bool, std::int64_t> key{n, w == preferred, -static_cast<std::int64_t>(p)};
        if (key <= best) continue;
        best = key;
        Source x;
        x.work = w;
        x.base = {p - floor, p - floor + n};
        x.covers = {i, i + n};
        x.equal = {{p - floor, i, n}};
        out = std::move(x);
      }
    }
    return out;
  }

  // Flags, witnesses and claims of a finding whose verdict and base are known.
  void finish(Finding& f, std::vector<Candidate>& candidates, const std::vector<Asked>& asked,
              const std::vector<std::uint32_t>& breaks) const {
    const Candidate& base = candidates.front();
    const bool close = has_words(base) || f.parts_of_base > 1;
    const bool faithful = f.verdict == Verdict::verbatim || f.verdict == Verdict::folded;
    std::set<Flag> flags;
    for (std::uint32_t n = 0; n < f.parts_of_base; ++n) {
      const Source& s = candidates[n].source;
      for (const Edit& e : s.comparison.edits) {
        if (e.kind == EditClass::form) flags.insert(Flag::form);
        if (e.kind != EditClass::wording) continue;
        const bool indirect = f.form == Finding::Form::indirect;
        if (e.op == EditOp::omit && (e.letters >= kCut || marked(e, s, breaks))) {
          if (!indirect && turns_sense(corpus_, s.work, corpus_.works[s.work].fold.find(envelope(e.from))))
            flags.insert(Flag::sensitive);
          if (e.letters < kCut && e.sensitive && !indirect) flags.insert(Flag::sensitive);
        } else if (e.sensitive && (!indirect || base.share >= 0.8)) {
          flags.insert(Flag::sensitive);
        }
      }
    }
    if (close && f.form != Finding::Form::unmarked) {
      const Source& last = candidates[f.parts_of_base - 1].source;
      if (f.form != Finding::Form::indirect &&
          (!context_cut(corpus_, base.source.work, base.source.base, f.work, f.span).empty() ||
           (f.parts_of_base > 1 && !context_cut(corpus_, last.work, last.base, f.work, f.span).empty())))
        flags.insert(Flag::context_cut);
    }
    // A copy that has lost the turning word does not make it less of a cut.
    for (std::size_t n = f.parts_of_base; n < candidates.size() && close && f.form != Finding::Form::indirect; ++n)
      if (candidates[n].cost <= base.cost + kExact && candidates[n].share >= base.share &&
          corpus_.works[candidates[n].source.work].publication == corpus_.works[base.source.work].publication &&
          !context_cut(corpus_, candidates[n].source.work, candidates[n].source.base, f.work, f.span).empty())
        flags.insert(Flag::context_cut);
    if (base.source.secondary) flags.insert(Flag::secondary_only);
    if (base.young) flags.insert(Flag::published_later);
    if (base.tier == Tier::said_later && close) flags.insert(Flag::quoted_before_said);
    if (damaged_at(base.source)) flags.insert(Flag::base_damaged);
    for (std::size_t n = f.parts_of_base; n < candidates.size(); ++n) {
      const Candidate& c = candidates[n];
      if (c.share < kSame) continue;
      const bool equal_rank =
          std::tie(c.tier, c.rank, c.kind, c.copy) == std::tie(base.tier, base.rank, base.kind, base.copy);
      const bool one_text =
          corpus_.works[c.source.work].publication == corpus_.works[base.source.work].publication ||
          same_occasion(c.occasion, base.occasion);
      const auto differs = [](const Candidate& x) {
        return std::any_of(x.source.comparison.edits.begin(), x.source.comparison.edits.end(),
                           [](const Edit& e) { return e.kind == EditClass::wording; });
      };
      const bool one_passage = c.cost <= base.cost + std::max(2.0, f.span.size() / 5.0);
      if (equal_rank && one_text && one_passage && differs(c) != differs(base)) flags.insert(Flag::base_disputed);
      if (!faithful && !f.as_in && f.parts_of_base == 1 && f.form != Finding::Form::indirect && c.cost < 0.05 &&
          c.share >= 1)
        f.as_in = static_cast<std::uint32_t>(n);
    }
    if (f.as_in) flags.insert(Flag::as_in);
    claims(f, candidates, asked, flags, close);
    const double most = base.cost + f.span.size() / 3.0;
    const std::uint32_t as_in = f.as_in.value_or(UINT32_MAX);
    std::uint32_t left = 0;
    for (std::uint32_t n = 0; n < candidates.size(); ++n) {
      const bool part = n < std::max(f.parts_of_base, 1U), named = as_in == n;
      if (!part && !named && (candidates[n].share < kSame || candidates[n].cost > most)) continue;
      if (!part && !named && f.sources.size() >= kWitnesses) {
        ++left;
        continue;
      }
      if (named) f.as_in = static_cast<std::uint32_t>(f.sources.size());
      f.sources.push_back(std::move(candidates[n].source));
    }
    if (left > 0) f.limits.push_back({Limit::What::witnesses, kWitnesses, left});
    f.flags.assign(flags.begin(), flags.end());
  }

  void claims(Finding& f, const std::vector<Candidate>& candidates, const std::vector<Asked>& asked,
              std::set<Flag>& flags, bool close) const {
    const Candidate& base = candidates.front();
    std::set<std::string> occasions;
    std::optional<Date> earliest;
    for (const Candidate& c : candidates)
      if (c.share >= 0.9 && c.occasion.precise && !c.occasion.report) {
        if (c.occasion.first) occasions.insert(c.occasion.first->to_string());
        if (c.occasion.first && (!earliest || *c.occasion.first < *earliest)) earliest = c.occasion.first;
      }
    for (std::size_t n = 0; n < asked.size(); ++n) {
      Claim c = base.claims[n];
      // Words put together from two places: each must bear the claim out.
      for (std::uint32_t k = 1; k < f.parts_of_base; ++k)
        if (candidates[k].claims[n].result != Claim::Result::agrees) c = candidates[k].claims[n];
      if (!close && c.result == Claim::Result::differs) c.result = Claim::Result::unchecked;
      // Somebody who reports in his own words may speak of another occasion.
      if (f.verdict == Verdict::paraphrase && c.result == Claim::Result::differs && base.share < 0.85)
        c.result = Claim::Result::unchecked;
      if (c.kind == Claim::Kind::repeated) {
        c.found = std::to_string(occasions.size());
        if (occasions.size() > 1) c.result = Claim::Result::agrees;
      }
      if (c.kind == Claim::Kind::first && earliest) {
        c.found = earliest->to_string();
        if (base.occasion.first && *earliest < *base.occasion.first) c.result = Claim::Result::differs;
      }
      if (c.result == Claim::Result::differs) flags.insert(Flag::misattributed);
      if (c.result == Claim::Result::unchecked && c.kind != Claim::Kind::speaker)
        flags.insert(Flag::claim_unchecked);
      f.claims.push_back(std::move(c));
    }
  }

  void claims_alone(Finding& f, const std::vector<Asked>& asked) const {
    for (const Asked& a : asked) f.claims.push_back({a.kind, a.span, Claim::Result::unchecked, {}});
  }

  bool damaged_at(const Source& s) const {
    constexpr std::uint32_t kBeside = 30;
    const CorpusWork& at = corpus_.works[s.work];
    const Span here{at.fold.origin(s.base.begin), at.fold.origin(s.base.end - 1) + 1};
    const auto& defects = corpus_.work(at).defects;
    return std::any_of(defects.begin(), defects.end(), [&](const Defect& d) {
      return d.span.begin < here.end + kBeside && here.begin < d.span.end + kBeside && d.code != "lost-title" &&
             d.code != "cut-source-line";
    });
  }

  void not_found(Finding& f, std::vector<Candidate>& candidates, const std::vector<Asked>& asked,
                 const std::vector<char>& own) const {
    f.verdict = Verdict::not_found;
    // A report leads the speech that it reports: it is no quotation of another text.
    const bool its_own =
        f.form == Finding::Form::indirect && corpus_.work(corpus_.works[f.work]).kind == WorkKind::report;
    f.reason = its_own ? kItsOwn : "no-place-holds-it";
    if (!candidates.empty()) {
      // Cut off where the base lost text.
      const Source& s = candidates[0].source;
      if (damaged_at(s) && candidates[0].share >= kHolds) {
        f.verdict = Verdict::uncheckable;
        f.reason = "lost-text";
      }
      f.nearest = s;
    }
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
      if (!in_library_[w] || own[w]) continue;
      if (!std::any_of(asked.begin(), asked.end(),
                       [&](const Asked& a) { return answers(corpus_, a, w, lexicons_); }))
        continue;
      const Work& work = corpus_.work(corpus_.works[w]);
      const Holding h = work.kind == WorkKind::report || work.kind == WorkKind::digest ? Holding::report
                        : work.kind == WorkKind::excerpt                               ? Holding::excerpt
                        : work.kind == WorkKind::commentary || work.kind == WorkKind::editorial_note ? Holding::none
                        : work.defects.empty()                                                       ? Holding::full
                                               : Holding::damaged;
      f.holding = std::max(f.holding, h);
    }
    claims_alone(f, asked);
    if (std::any_of(f.claims.begin(), f.claims.end(),
                    [](const Claim& c) { return c.kind != Claim::Kind::speaker; }))
      f.flags.push_back(Flag::claim_unchecked);
  }

  // Quotations under one 强调 that stand in speeches of two days.
  void mixed_occasions(std::vector<Finding>& found) const {
    const auto attribution = [&](const Finding& f) -> const Attribution* {
      const Quotation& q = corpus_.work(corpus_.works[f.work]).quotations[*f.quotation];
      return q.attribution ? &*q.attribution : nullptr;
    };
    const auto days = [&](const Finding& f) {
      std::set<std::string> out;
      for (const Source& s : f.sources) {
        const Occasion o = occasion_of(corpus_, s.work, s.base);
        if (s.comparison.wording == 0 && o.precise && !o.report && o.first) out.insert(o.first->to_string());
      }
      return out;
    };
    const auto checked = [](const Finding& f) { return !f.sources.empty() && f.form != Finding::Form::indirect; };
    for (std::size_t n = 1; n < found.size(); ++n) {
      Finding &x = found[n - 1], &y = found[n];
      const Attribution *a = attribution(x), *b = attribution(y);
      if (!a || !b || a->span != b->span || !checked(x) || !checked(y)) continue;
      const auto p = days(x), q = days(y);
      if (p.empty() || q.empty() ||
          std::any_of(p.begin(), p.end(), [&](const std::string& d) { return q.contains(d); }))
        continue;
      for (Finding* f : {&x, &y})
        if (!f->has(Flag::mixed_occasions)) {
          f->flags.push_back(Flag::mixed_occasions);
          std::sort(f->flags.begin(), f->flags.end());
        }
    }
  }

  static void settle_level(Finding& f) {
    const bool marks = f.form != Finding::Form::indirect;
    switch (f.verdict) {
      case Verdict::verbatim:
      case Verdict::folded:
        f.level = Level::ok;
        break;
      case Verdict::abridged_marked:
        f.level = Level::note;
        break;
      case Verdict::paraphrase:
        f.level = marks ? Level::fix : Level::note;
        break;
      case Verdict::not_found:
        f.level = f.holding == Holding::full ? Level::fix : f.reason == kItsOwn ? Level::note : Level::check;
        break;
      case Verdict::punctuation:
      case Verdict::variant:
      case Verdict::uncheckable:
        f.level = Level::check;
        break;
      default:
        f.level = Level::fix;
    }
    for (const Flag flag : f.flags) {
      Level at = Level::note;
      if (flag == Flag::misattributed || flag == Flag::quoted_before_said || flag == Flag::context_cut)
        at = Level::fix;
      if (flag == Flag::sensitive) at = marks ? Level::fix : Level::check;
      if (flag == Flag::form || flag == Flag::base_disputed || flag == Flag::base_damaged ||
          flag == Flag::secondary_only)
        at = Level::check;
      f.level = std::max(f.level, at);
    }
  }

  // Stretches of the draft outside its quotations that stand in a text of the library letter by letter.
  void unmarked(std::uint32_t number, const std::vector<char>& own, std::vector<Finding>& out) const {
    const CorpusWork& at = corpus_.works[number];
    const Work& w = corpus_.work(at);
    std::vector<FoldSpan> taken;
    for (const Quotation& q : w.quotations) {
      taken.push_back(at.fold.find(envelope(q.parts)));
      if (q.attribution) taken.push_back(at.fold.find(q.attribution->span));
    }
    for (std::uint32_t p = 0; p < w.paragraphs.size(); ++p)
      if (w.paragraphs[p].role != Role::body && w.paragraphs[p].role != Role::digest &&
          w.paragraphs[p].role != Role::list_item)
        taken.push_back(at.fold.paragraph_span(p));
    std::sort(taken.begin(), taken.end());
    const std::uint32_t start = index_.start(number);
    const auto units = index_.units();
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < at.fold.size();) {
      while (next < taken.size() && taken[next].end <= i) ++next;
      if (next < taken.size() && taken[next].begin <= i) {
        i = taken[next].end;
        continue;
      }
      const std::uint32_t limit = std::min(next < taken.size() ? taken[next].begin : at.fold.size(),
                                           at.fold.paragraph_span(at.fold.paragraph_of(i)).end);
      std::uint32_t best = 0, best_work = 0, best_at = 0;
      if (i + kUnmarked <= limit && index_.occurrences(start + i).size() <= Index::kCommon * 4)
        for (const std::uint32_t p : index_.occurrences(start + i)) {
          const std::uint32_t base = index_.work_at(p);
          if (!in_library_[base] || own[base]) continue;
          std::uint32_t n = Index::kGram;
          while (i + n < limit && p + n < index_.start(base + 1) && units[p + n] == units[start + i + n]) ++n;
          if (n > best) best = n, best_work = base, best_at = p - index_.start(base);
        }
      bool common = true;
      for (std::uint32_t k = i; common && best >= kUnmarked && k + Index::kGram <= i + best; ++k)
        common = index_.common(start + k);
      if (best < kUnmarked || common) {
        ++i;
        continue;
      }
      Finding f;
      f.work = number;
      f.form = Finding::Form::unmarked;
      f.span = {i, i + best};
      f.parts = at.fold.parts(f.span);
      Place place{best_work, {best_at, best_at + best}, {{best_at, i, best}}, best};
      f.sources.push_back(source_of(f.span, std::move(place), number));
      f.sources[0].occasion = occasion_of(corpus_, best_work, f.sources[0].base).shown;
      f.verdict = faithful(f, f.sources[0]);
      f.level = Level::ok;
      out.push_back(std::move(f));
      i += best;
    }
  }

  const Corpus& corpus_;
  const VerifyCorpus& all_;
  const Index& index_;
  const Lexicons& lexicons_;
  ClaimReader claims_;
  Places places_;
  std::vector<char> in_library_;
};

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
  return sha256(text);
}

}  // namespace

std::vector<Finding> verify(const VerifyCorpus& corpus, const Index& index, unsigned jobs,
                            const Lexicons& lexicons) {
  const Verifier verifier(corpus, index, lexicons);
  std::vector<std::uint32_t> works;
  for (std::uint32_t w = 0; w < corpus.corpus.works.size(); ++w)
    if (corpus.is_draft[corpus.corpus.works[w].document]) works.push_back(w);
  std::vector<std::vector<Finding>> found(works.size());
  for_each_index(works.size(), jobs, [&](std::size_t n) { found[n] = verifier.work(works[n]); });
  std::vector<Finding> out;
  for (auto& list : found)
    for (Finding& f : list) {
      f.key = key_of(corpus.corpus, f);
      out.push_back(std::move(f));
    }
  return out;
}

std::size_t accept(std::vector<Finding>& findings, const std::vector<Accepted>& accepted) {
  std::size_t idle = 0;
  for (const Accepted& a : accepted) {
    bool met = false;
    for (Finding& f : findings)
      if (f.form != Finding::Form::unmarked && f.key.starts_with(a.key)) f.accepted = a, met = true;
    idle += !met;
  }
  return idle;
}

Points points(const std::vector<Finding>& findings) {
  struct Rule {
    std::string_view op;
    std::uint32_t from, to;
    double points;
  };
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> out;
    for (const auto& row : data::rows(data::points())) {
      const auto number = [&](std::size_t i) { return std::stod(std::string(row.at(i))); };
      out.push_back(
          {row.at(0), static_cast<std::uint32_t>(number(1)), static_cast<std::uint32_t>(number(2)), number(3)});
    }
    return out;
  }();
  Points out;
  for (const Finding& f : findings) {
    if (!f.accepted || !f.accepted->error) continue;
    ++out.findings;
    for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n)
      for (const Edit& e : f.sources[n].comparison.edits)
        for (const Rule& r : kRules)
          if ((e.kind == EditClass::wording || e.kind == EditClass::form) && r.op == name(e.op) &&
              r.from <= e.letters && e.letters <= r.to)
            out.points += r.points;
  }
  return out;
}

}  // namespace suyuan
