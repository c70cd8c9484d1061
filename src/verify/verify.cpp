// The quotations of a draft: their places in the library, the base among them, the verdict and the flags.
#include "suyuan/verify.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "align/words.hpp"
#include "base/han.hpp"
#include "base/parallel.hpp"
#include "verify/claims.hpp"
#include "verify/context.hpp"
#include "verify/judge.hpp"
#include "verify/saying.hpp"

namespace suyuan {

namespace {

constexpr double kSame = 0.75;             // share of a quotation that a place must hold to be the words, changed,
constexpr double kWords = 0.6;             // to be the words where the draft cites the text
constexpr int kOwnWords = 1;               // kinds up to this one hold a speaker's own words
constexpr double kExact = 0.15;            // what marks alone cost at most
constexpr std::uint32_t kPiece = Places::kPiece;
constexpr std::uint32_t kCut = 6;          // letters left out that make a quotation abridged, and added, expanded
constexpr double kPatch = 13;              // letters a piece of a composed quotation has on the average,
constexpr std::uint32_t kPatchLeast = 10;  // and at least, with so many bits
constexpr double kPatchBits = 8;
constexpr double kAllOfIt = 0.95;         // or this share of it is whole clauses
constexpr double kClauseBits = 5;         // with so many bits each,
constexpr std::size_t kPatchTexts = 2;    // of so many texts
constexpr std::uint32_t kWitnesses = 24;  // places listed
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
  Verifier(const VerifyCorpus& all, const Ground& ground, const Numbering& numbers, const Lexicons& lexicons)
      : corpus_(all.corpus),
        ground_(ground),
        numbers_(numbers),
        lexicons_(lexicons),
        claims_(all.corpus, all.is_draft, ground, lexicons),
        places_(ground) {}

  std::vector<Finding> work(std::uint32_t number, std::uint32_t draft, const Scouted& scouted) const {
    std::vector<Finding> out;
    const Work& w = corpus_.work(corpus_.works[number]);
    for (std::uint32_t q = 0; q < scouted.quotations.size(); ++q) {
      const Quotation& quotation = w.quotations[q];
      const Finding* around = enclosing(out, w, quotation);
      if (around && !around->sources.empty()) continue;
      Finding f;
      f.work = number;
      f.quotation = q;
      f.form = quotation.form == Quotation::Form::direct  ? Finding::Form::direct
               : quotation.form == Quotation::Form::block ? Finding::Form::block
                                                          : Finding::Form::indirect;
      f.parts = quotation.parts;
      f.span = corpus_.works[number].fold.find(envelope(quotation.parts));
      judge(f, quotation, {draft, scouted, scouted.quotations[q]});
      if (around && f.sources.empty()) continue;
      out.push_back(std::move(f));
    }
    mixed_occasions(out);
    for (Finding& f : out) settle_level(f);
    sayings(number, draft, scouted, out);
    std::stable_sort(out.begin(), out.end(), [](const Finding& x, const Finding& y) {
      return std::pair(x.parts.front().begin, y.parts.back().end) <
             std::pair(y.parts.front().begin, x.parts.back().end);
    });
    for (const Places::Piece& p : scouted.unmarked) out.push_back(unmarked(number, p));
    return out;
  }

 private:
  // The quotation inside whose marks this one stands. It is told where the library has the inner words alone.
  static const Finding* enclosing(const std::vector<Finding>& found, const Work& w, const Quotation& inner) {
    if (inner.depth == 0) return nullptr;
    const Span s = envelope(inner.parts);
    for (const Finding& f : found) {
      const Span e = envelope(w.quotations[*f.quotation].parts);
      if (f.form != Finding::Form::indirect && e.begin <= s.begin && s.end <= e.end && e.size() > s.size())
        return &f;
    }
    return nullptr;
  }

  // Words in marks that nobody is said to say, where the library knows them: as they stand, or changed.
  void sayings(std::uint32_t number, std::uint32_t draft, const Scouted& scouted, std::vector<Finding>& out) const {
    const CorpusWork& at = corpus_.works[number];
    const Work& w = corpus_.work(at);
    const std::size_t quotations = out.size();
    for (std::uint32_t m = 0; m < scouted.marked.size(); ++m) {
      if (!scouted.marked[m]) continue;
      Finding f;
      f.work = number;
      f.mark = m;
      f.parts = w.marked[m].parts;
      f.span = at.fold.find(envelope(f.parts));
      const bool judged =
          std::any_of(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(quotations),
                      [&](const Finding& q) { return q.span.begin <= f.span.begin && f.span.end <= q.span.end; });
      if (judged) continue;
      Quotation quotation;
      quotation.paragraph = w.marked[m].paragraph;
      quotation.parts = f.parts;
      judge(f, quotation, {draft, scouted, scouted.marked[m]});
      if (!is_saying(corpus_, f)) continue;
      // Nobody vouches for it: what differs is for the editor to look at.
      std::erase_if(f.flags, [](Flag flag) { return flag != Flag::form && flag != Flag::sensitive; });
      f.as_in.reset();
      f.claims.clear();
      f.reason = "nobody-is-said-to-say-it";
      f.level = f.verdict == Verdict::verbatim || f.verdict == Verdict::folded ? Level::ok
                : f.verdict == Verdict::punctuation                            ? Level::note
                                                                               : Level::check;
      out.push_back(std::move(f));
    }
  }

  // What is known of the finding's text.
  struct Told {
    std::uint32_t draft;  // its number in the ground
    const Scouted& scouted;
    const std::optional<Scouted::Words>& words;
  };

  void judge(Finding& f, const Quotation& quotation, const Told& told) const {
    const std::vector<Asked> asked = claims_.asked_of(f.work, quotation);
    const std::optional<Scouted::Words>& words = told.words;
    if (!words) {
      f.verdict = Verdict::uncheckable;
      f.reason = "too-short";
      claims_alone(f, asked);
      return;
    }
    const std::vector<std::uint32_t>& breaks = words->breaks;
    const Places::Found& found = words->found;
    if (found.left_aside > 0) f.limits.push_back({Limit::What::works, Places::kWorks, found.left_aside});
    if (found.unasked > 0) f.limits.push_back({Limit::What::common, Places::kOverflow, found.unasked});
    std::vector<Candidate> candidates;
    for (Place& p : settled(f, found.places)) candidates.push_back(candidate(f, std::move(p), asked, breaks));
    correct_reports(candidates);
    if (const auto base = choose(candidates, f)) {
      std::swap(candidates[0], candidates[*base]);
      std::stable_sort(candidates.begin() + 1, candidates.end(), [](const Candidate& x, const Candidate& y) {
        return std::tie(x.cost, x.tier) < std::tie(y.cost, y.tier);
      });
    }
    const bool poor = std::none_of(candidates.begin(), candidates.end(), [&](const Candidate& c) {
      return c.share >= kSame && uncovered(f, c.source) < kPiece;
    });
    if (poor && f.form != Finding::Form::indirect && composed(f, candidates, told, asked, breaks)) return;
    const bool lost = !candidates.empty() && runs_into_loss(f, candidates[0].source);
    if (candidates.empty() || lost || !has_words(candidates[0])) {
      if (!lost && !candidates.empty() && is_paraphrase(f, candidates[0])) {
        f.verdict = Verdict::paraphrase;
        finish(f, candidates, asked, breaks);
      } else {
        not_found(f, candidates, asked, told);
      }
      return;
    }
    f.verdict = verdict_of(f, candidates[0], breaks);
    finish(f, candidates, asked, breaks);
  }

  // A report, within some days of whose printing its occasion lies, bears out no meeting or day that the line over
  // the speech itself contradicts.
  static void correct_reports(std::vector<Candidate>& candidates) {
    for (Candidate& report : candidates) {
      if (!report.occasion.report) continue;
      for (const Candidate& c : candidates) {
        if (!c.occasion.precise || c.occasion.report || c.share < kSame ||
            !same_occasion(c.occasion, report.occasion))
          continue;
        for (std::size_t n = 0; n < report.claims.size(); ++n) {
          Claim& claim = report.claims[n];
          if ((claim.kind != Claim::Kind::occasion && claim.kind != Claim::Kind::date) ||
              claim.result != Claim::Result::agrees || c.claims[n].result != Claim::Result::differs)
            continue;
          claim = c.claims[n];
          --report.agreed;
        }
      }
    }
  }

  // The fullest first, then by place; those that hold enough of the words.
  std::vector<Place> settled(const Finding& f, std::vector<Place> places) const {
    const Fold& draft = corpus_.works[f.work].fold;
    for (Place& p : places) {
      p.work = numbers_.in_corpus(p.work);
      settle(p, corpus_.works[p.work].fold, draft, f.span);
    }
    std::erase_if(places, [&](const Place& p) { return p.letters < least_letters(f.span, kHolds); });
    std::stable_sort(places.begin(), places.end(), [](const Place& x, const Place& y) {
      return std::tuple(y.letters, x.work, x.base) < std::tuple(x.letters, y.work, y.base);
    });
    return places;
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
    if (f.form != Finding::Form::indirect) end_mark(f, out.source);
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

  // A quotation's last mark is the writer's: 。 for ， is no difference. A question or an exclamation made of what
  // was none, or taken from it by another stop inside the marks, is.
  void end_mark(const Finding& f, Source& s) const {
    const EqualRun& last = s.equal.back();
    if (last.a + last.length != s.base.end || last.b + last.length != f.span.end || f.parts.empty()) return;
    const Document &a = corpus_.document(corpus_.works[s.work]), &b = corpus_.document(corpus_.works[f.work]);
    const Fold &base = corpus_.works[s.work].fold, &draft = corpus_.works[f.work].fold;
    const auto stop = [](const Document& d, std::uint32_t from, std::uint32_t to) {
      char32_t found = 0;
      std::uint32_t at = from;
      for (std::uint32_t i = from; i < to && i < d.text.size(); ++i) {
        const char32_t m = han::mark_class(d.text[i]);
        if (m == U'?' || m == U'!' || (m == U'。' && found == 0)) found = m, at = i;
      }
      return std::pair(found, at);
    };
    const std::uint32_t end = base.origin(s.base.end - 1) + 1, own = draft.origin(f.span.end - 1) + 1;
    const auto [there, there_at] = stop(a, end, next_letter(a, end));
    const auto [here, here_at] = stop(b, own, f.parts.back().end);
    const auto asks = [](char32_t m) { return m == U'?' || m == U'!'; };
    if (here == 0 || here == there || (!asks(here) && !asks(there))) return;
    Edit e;
    e.kind = EditClass::punctuation;
    e.op = there == 0 ? EditOp::add : EditOp::substitute;
    if (there != 0) e.from.push_back({there_at, there_at + 1});
    e.to.push_back({here_at, here_at + 1});
    e.from_at = there_at;
    e.to_at = here_at;
    s.comparison.edits.push_back(std::move(e));
  }
  static std::uint32_t next_letter(const Document& d, std::uint32_t at) {
    while (at < d.text.size() && han::kind(d.text[at]) == han::Kind::mark) ++at;
    return at;
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
          if (pp != pq && (!han::converts(pp, pq) || scripts > 0)) return Verdict::variant;
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
  bool composed(Finding& f, std::vector<Candidate>& candidates, const Told& told, const std::vector<Asked>& asked,
                const std::vector<std::uint32_t>& breaks) const {
    if (!candidates.empty() && candidates[0].share >= kHolds) {
      const std::uint32_t preferred = numbers_.in_ground(candidates[0].source.work);
      const auto alone = [&](std::uint32_t w) { return w == preferred; };
      const Fold& fold = corpus_.works[f.work].fold;
      const Places::Pieces pieces = places_.pieces(told.draft, fold, f.span, alone, preferred);
      if (assembled(f, candidates, pieces_of(f, pieces), asked, breaks, true)) return true;
    }
    const auto& pieces = told.words->pieces;
    return pieces && assembled(f, candidates, pieces_of(f, *pieces), asked, breaks, false);
  }

  std::vector<Source> pieces_of(Finding& f, const Places::Pieces& found) const {
    std::erase_if(f.limits, [](const Limit& l) { return l.what == Limit::What::pieces; });
    if (found.left > 0) f.limits.push_back({Limit::What::pieces, Places::kPieces, found.left});
    std::vector<Source> out;
    for (const Places::Piece& p : found.pieces) {
      Source& s = out.emplace_back();
      s.work = numbers_.in_corpus(p.work);
      s.base = p.base;
      s.covers = p.covers;
      s.equal = {{p.base.begin, p.covers.begin, p.covers.size()}};
    }
    return out;
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
    bool apart = false, turned = false, doubled = false;
    for (std::size_t n = 1; n < pieces.size(); ++n) {
      const Source &l = pieces[n - 1], &r = pieces[n];
      if (l.work != r.work) {
        apart = true;
      } else if (r.base.begin < l.base.end && l.base.begin < r.base.end) {
        doubled = true;
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
    if (swapped && (apart || !(turned || doubled))) return false;
    if (!swapped && !telling(f, pieces, had)) return false;
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
    const std::uint32_t draft = numbers_.draft(f.work);
    double bits = 0;
    for (std::uint32_t i = s.begin; i + Index::kGram <= s.end; ++i)
      if (!ground_.common(draft, i)) bits += ground_.bits(draft, i) / Index::kGram;
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
    const auto is_first = [](const Asked& a) { return a.kind == Claim::Kind::first; };
    const auto is_earlier = [&](const Asked& a) {
      return a.kind == Claim::Kind::date && a.last && base.occasion.first && *a.last < *base.occasion.first;
    };
    // Of what was said for the first time before the base nothing here knows.
    const bool before =
        std::any_of(asked.begin(), asked.end(), is_first) && std::any_of(asked.begin(), asked.end(), is_earlier);
    for (std::size_t n = 0; n < asked.size(); ++n) {
      Claim c = base.claims[n];
      // Words put together from two places: each must bear the claim out.
      for (std::uint32_t k = 1; k < f.parts_of_base; ++k)
        if (candidates[k].claims[n].result != Claim::Result::agrees) c = candidates[k].claims[n];
      if (!close && c.result == Claim::Result::differs) c.result = Claim::Result::unchecked;
      if (before && c.kind != Claim::Kind::speaker && c.result == Claim::Result::differs)
        c.result = Claim::Result::unchecked;
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
                 const Told& told) const {
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
    f.holding = ground_.holding(asked, [&](std::uint32_t w) { return told.scouted.allows(w); });
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

  // Words outside the draft's quotations that stand in a text of the library letter by letter.
  Finding unmarked(std::uint32_t number, const Places::Piece& piece) const {
    const CorpusWork& at = corpus_.works[number];
    Finding f;
    f.work = number;
    f.form = Finding::Form::unmarked;
    f.span = piece.covers;
    f.parts = at.fold.parts(f.span);
    const std::uint32_t base = numbers_.in_corpus(piece.work);
    Place place{base, piece.base, {{piece.base.begin, f.span.begin, f.span.size()}}, f.span.size()};
    f.sources.push_back(source_of(f.span, std::move(place), number));
    f.sources[0].occasion = occasion_of(corpus_, base, f.sources[0].base).shown;
    f.verdict = faithful(f, f.sources[0]);
    f.level = Level::ok;
    return f;
  }

  const Corpus& corpus_;
  const Ground& ground_;
  const Numbering& numbers_;
  const Lexicons& lexicons_;
  ClaimReader claims_;
  Places places_;
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
