#include "verify/flags.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "verify/another.hpp"
#include "verify/context.hpp"
#include "verify/office.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kWitnesses = 24;   // places listed
constexpr std::uint32_t kWord = 2;         // letters that are a word, and no note
constexpr std::uint32_t kTelling = 16;     // letters that are more than a term or a common phrase,
constexpr std::uint32_t kTellingLed = 40;  // and in led speech

// Words that the speaker gives as another's are not his own.
void by_another(const Case& of, const Asked& asked, std::set<Flag>& flags, Claim& claim) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  const Source& base = of.candidates.front().source;
  // An office that is borne out is whoever the base names.
  const std::u32string who = claim.result == Claim::Result::agrees && !claim.found.empty()
                                 ? fold_words(from_utf8(claim.found))
                                 : asked.key;
  const Another another = given_as_anothers(texts.corpus, base.work, base.base, who);
  const auto& by = f.quotation ? texts.work(f.work).quotations[*f.quotation].attribution : std::nullopt;
  if (another.stand == Another::Stand::own || (by && tells_another(texts.document(f.work).view(by->span)))) return;
  claim.result = Claim::Result::unchecked;
  claim.found = another.lead;
  flags.insert(another.stand == Another::Stand::rejected ? Flag::context_cut : Flag::anothers_words);
}

// Where a place reads otherwise than the draft, and what.
std::set<std::pair<std::uint32_t, std::u32string>> readings(const Texts& texts, const Source& s) {
  std::set<std::pair<std::uint32_t, std::u32string>> out;
  for (const Edit& e : s.comparison.edits)
    if (e.kind == EditClass::wording)
      out.emplace(e.to.empty() ? e.to_at : e.to.front().begin, fold_words(texts.document(s.work).text_of(e.from)));
  return out;
}

// Whether, of the other places that have the words as the base has them, one gives them to the person and none
// bears out what is claimed.
bool another_says_so(const std::vector<BaseCandidate>& candidates, std::size_t claim, const std::string& person) {
  bool said = false;
  for (const BaseCandidate& c : candidates) {
    if (c.share < 0.9 || c.cost > candidates.front().cost + kExact) continue;
    if (c.claims[claim].result == Claim::Result::agrees) return false;
    said = said || (c.claims[claim].result == Claim::Result::differs && c.claims[claim].found == person);
  }
  return said;
}

// A list's row names a title or an occasion, and a day of printing or of saying: what the base bears out as an
// occasion is asked for as no title, and the day beside it is that of the saying, unless the row names what printed
// it, on that day. Which of the claims fall away.
std::vector<char> other_sense(const Case& of, const std::vector<Claim>& held) {
  const std::vector<Asked>& asked = of.asked;
  std::vector<char> out(asked.size());
  if (of.texts.document(of.finding.work).format != "list") return out;
  const auto agrees = [&](std::size_t n) { return held[n].result == Claim::Result::agrees; };
  const auto asks = [&](Claim::Kind kind, auto where) {
    for (std::size_t n = 0; n < asked.size(); ++n)
      if (asked[n].kind == kind && where(n)) return true;
    return false;
  };
  const bool spoken = asks(Claim::Kind::occasion, agrees),
             outlet = asks(Claim::Kind::publication, [&](std::size_t n) { return !asked[n].outlet.empty(); });
  for (std::size_t n = 0; n < out.size(); ++n) {
    const Span span = asked[n].span;
    const auto same = [&](std::size_t k) { return asked[k].span == span; };
    const auto of_printing = [&](std::size_t k) { return same(k) && (!spoken || (outlet && agrees(k))); };
    const auto inside = [&](std::size_t k) {
      return agrees(k) && span.begin <= asked[k].span.begin && asked[k].span.end <= span.end;
    };
    if (asked[n].kind == Claim::Kind::publication)
      out[n] = (asks(Claim::Kind::date, same) && !of_printing(n)) || asks(Claim::Kind::occasion, inside);
    else if (asked[n].kind == Claim::Kind::date)
      out[n] = asks(Claim::Kind::publication, of_printing);
  }
  return out;
}

// What a finding tells that bears on all its claims.
struct Bearing {
  std::set<std::string> days;    // on which the places that have the words have them spoken
  std::optional<Date> earliest;  // of these
  bool before = false;     // a first time is claimed that is earlier than the base: of that nothing here knows
  bool elsewhere = false;  // the base does not bear out the speaker, or is not asked and the words are a term
  bool telling = false;    // the words are more than a term or a common phrase
  bool exact = false;      // the words, or nearly all of them in one piece
};

Bearing bearing_of(const Case& of) {
  const Finding& f = of.finding;
  const std::vector<Asked>& asked = of.asked;
  const BaseCandidate& base = of.candidates.front();
  Bearing out;
  for (const BaseCandidate& c : of.candidates)
    if (c.share >= 0.9 && c.occasion.precise && !c.occasion.report && c.occasion.first) {
      out.days.insert(c.occasion.first->to_string());
      if (!out.earliest || *c.occasion.first < *out.earliest) out.earliest = c.occasion.first;
    }
  const auto is_first = [](const Asked& a) { return a.kind == Claim::Kind::first; };
  const auto is_earlier = [&](const Asked& a) {
    return a.kind == Claim::Kind::date && a.last && base.occasion.first && *a.last < *base.occasion.first;
  };
  out.before = std::ranges::any_of(asked, is_first) && std::ranges::any_of(asked, is_earlier);
  const auto speaker = std::ranges::find(base.claims, Claim::Kind::speaker, &Claim::kind);
  out.elsewhere =
      speaker == base.claims.end() ? f.span.size() < kTelling : speaker->result != Claim::Result::agrees;
  out.telling = f.span.size() >= (f.form == Finding::Form::indirect ? kTellingLed : kTelling);
  std::uint32_t longest = 0;
  for (const EqualRun& run : base.source.equal) longest = std::max(longest, run.length);
  out.exact = f.verdict == Verdict::verbatim || f.verdict == Verdict::folded || f.verdict == Verdict::punctuation ||
              (longest >= kTelling && 5 * longest >= 4 * f.span.size());
  return out;
}

// A claim as the base bears it out. What differs is unchecked where the base cannot tell.
Claim borne_out(const Case& of, const Bearing& bearing, std::size_t n, bool close) {
  const Finding& f = of.finding;
  const std::vector<BaseCandidate>& candidates = of.candidates;
  const BaseCandidate& base = candidates.front();
  Claim c = base.claims[n];
  // Words put together from two places: each must bear the claim out.
  for (std::uint32_t k = 1; k < f.parts_of_base; ++k)
    if (candidates[k].claims[n].result != Claim::Result::agrees) c = candidates[k].claims[n];
  const bool of_speaker = c.kind == Claim::Kind::speaker, of_occasion = c.kind == Claim::Kind::occasion,
             report = base.occasion.report;
  const auto unless = [&](bool cannot_tell) {
    if (cannot_tell && c.result == Claim::Result::differs) c.result = Claim::Result::unchecked;
  };
  unless(!close);
  unless(bearing.before && !of_speaker);
  // Somebody who reports in his own words may speak of another occasion.
  unless(f.verdict == Verdict::paraphrase && base.share < 0.85);
  // A report of somebody else's words, or of a term, does not say when and where these were spoken.
  unless(report && bearing.elsewhere && (of_occasion || c.kind == Claim::Kind::date));
  // Who is only likely to speak does, where another text says so and none names whom the draft names.
  if (of_speaker && c.result == Claim::Result::unchecked && !c.found.empty() && f.parts_of_base == 1 &&
      another_says_so(candidates, n, c.found))
    c.result = Claim::Result::differs;
  // Whom the draft names says nearly the same elsewhere: he may have said this, too.
  unless(of_speaker && std::ranges::any_of(candidates, [&](const BaseCandidate& x) {
           return x.claims[n].result == Claim::Result::agrees && x.share >= kSame;
         }));
  // Words that are nearly another's, or that many may say, are not therefore his, nor of that occasion.
  const bool weak = report && !bearing.telling;
  unless((of_speaker && (!bearing.exact || weak)) || (of_occasion && weak));
  return c;
}

// What the days of all places say of words said for the first time, or again and again.
void by_days(const Case& of, const Bearing& bearing, Claim& c) {
  const std::optional<Date>& base = of.candidates.front().occasion.first;
  if (c.kind == Claim::Kind::repeated) {
    c.found = std::to_string(bearing.days.size());
    if (bearing.days.size() > 1) c.result = Claim::Result::agrees;
  }
  if (c.kind == Claim::Kind::first && bearing.earliest) {
    c.found = bearing.earliest->to_string();
    if (base && *bearing.earliest < *base) c.result = Claim::Result::differs;
  }
}

// A speaker whom the base bears out may give the words as another's or hold another office; where it bears out
// none, nobody may say them.
void by_speaker(Case& of, const Asked& asked, std::set<Flag>& flags, Claim& c) {
  const Texts& texts = of.texts;
  Finding& f = of.finding;
  const Source& base = of.candidates.front().source;
  const auto agrees = [&] { return c.result == Claim::Result::agrees && f.parts_of_base == 1; };
  if (agrees()) by_another(of, asked, flags, c);
  if (agrees()) {
    const std::string office = other_office(texts.document(f.work), asked, texts.document(base.work),
                                            texts.work(base.work), texts.lexicons);
    if (!office.empty()) {
      c.result = Claim::Result::unchecked, c.found = office;
      flags.insert(Flag::claim_unchecked);
    }
  }
  if (c.result == Claim::Result::unchecked && c.found.empty() && nobody_says(texts.corpus, base.work, base.base)) {
    if (f.reason.empty()) f.reason = "nobody-says-it-in-the-base";
    flags.insert(Flag::claim_unchecked);
  }
}

void claims(Case& of, std::set<Flag>& flags, bool close) {
  const std::vector<Claim>& held = of.candidates.front().claims;
  const Bearing bearing = bearing_of(of);
  const std::vector<char> otherwise = other_sense(of, held);
  for (std::size_t n = 0; n < of.asked.size(); ++n) {
    if (otherwise[n] != 0) continue;
    Claim c = borne_out(of, bearing, n, close);
    by_days(of, bearing, c);
    if (c.kind == Claim::Kind::speaker) by_speaker(of, of.asked[n], flags, c);
    if (c.result == Claim::Result::differs) flags.insert(Flag::misattributed);
    if (c.result == Claim::Result::unchecked &&
        (c.kind != Claim::Kind::speaker || (!c.found.empty() && held[n].result != Claim::Result::agrees)))
      flags.insert(Flag::claim_unchecked);
    of.finding.claims.push_back(std::move(c));
  }
}

// Another form of the words, and words changed or left out that turn their sense.
void changes(const Case& of, std::set<Flag>& flags) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  const bool indirect = f.form == Finding::Form::indirect;
  for (std::uint32_t n = 0; n < f.parts_of_base; ++n) {
    const Source& s = of.candidates[n].source;
    for (const Edit& e : s.comparison.edits) {
      if (e.kind == EditClass::form) flags.insert(Flag::form);
      if (e.kind != EditClass::wording) continue;
      if (e.op == EditOp::omit && (e.letters >= kCut || marked(texts, e, s, of.breaks()))) {
        if (!indirect && turns_sense(texts.corpus, s.work, texts.fold(s.work).find(envelope(e.from))))
          flags.insert(Flag::sensitive);
        if (e.letters < kCut && e.sensitive && !indirect) flags.insert(Flag::sensitive);
      } else if (e.sensitive && (!indirect || of.candidates.front().share >= 0.8) &&
                 (!supplied(texts, e, f.work) || (e.letters <= kWord && denies(texts.document(f.work), e.to)))) {
        flags.insert(Flag::sensitive);
      }
    }
  }
}

// What the words beside the quotation are to it, in the base and in copies of it.
Cut cut_of(const Case& of) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  const std::vector<BaseCandidate>& candidates = of.candidates;
  const BaseCandidate& base = candidates.front();
  Cut cut = Cut::none;
  const auto beside = [&](const Source& s) {
    cut =
        std::max(cut, context_cut(texts.corpus, s.work, s.base, f.work, f.span, f.form == Finding::Form::indirect));
  };
  if (f.form != Finding::Form::unmarked) {
    beside(base.source);
    if (f.parts_of_base > 1) beside(candidates[f.parts_of_base - 1].source);
  }
  // A copy that has lost the turning word does not make it less of a cut.
  for (std::size_t n = f.parts_of_base; n < candidates.size(); ++n)
    if (candidates[n].cost <= base.cost + kExact && candidates[n].share >= base.share &&
        texts.publication(candidates[n].source.work) == texts.publication(base.source.work))
      beside(candidates[n].source);
  return cut;
}

// Whether a place that ranks with the base reads the same passage otherwise.
bool disputes(const Case& of, const BaseCandidate& c) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  const BaseCandidate& base = of.candidates.front();
  const bool equal_rank =
      std::tie(c.tier, c.rank, c.kind, c.copy) == std::tie(base.tier, base.rank, base.kind, base.copy);
  const bool one_text = texts.publication(c.source.work) == texts.publication(base.source.work) ||
                        same_occasion(c.occasion, base.occasion);
  // What a text says elsewhere in nearly the same words is no other reading of this.
  const bool its_best = c.source.work != base.source.work &&
                        std::none_of(of.candidates.begin(), of.candidates.end(), [&](const BaseCandidate& other) {
                          return other.source.work == c.source.work && other.cost < c.cost;
                        });
  const bool one_passage = its_best && c.cost <= base.cost + std::max(2.0, f.span.size() / 5.0);
  if (!equal_rank || !one_text || !one_passage) return false;
  const auto one = readings(texts, base.source), other = readings(texts, c.source);
  // Of words that the draft only reports it matters whether one of them has these, not how each differs.
  return f.form == Finding::Form::indirect ? one.empty() != other.empty() : one != other;
}

// Which witnesses dispute the base of one place, and the first that has the draft's wording.
void compare_witnesses(const Case& of, std::set<Flag>& flags) {
  Finding& f = of.finding;
  if (f.parts_of_base != 1) return;
  const bool may_be_as_in =
      f.verdict != Verdict::verbatim && f.verdict != Verdict::folded && f.form != Finding::Form::indirect;
  for (std::uint32_t n = 1; n < of.candidates.size(); ++n) {
    const BaseCandidate& c = of.candidates[n];
    if (c.share < kSame) continue;
    if (disputes(of, c)) f.disputed_by.push_back(n);
    if (may_be_as_in && !f.as_in && c.cost < 0.05 && c.share >= 1) f.as_in = n;
  }
  if (!f.disputed_by.empty()) flags.insert(Flag::base_disputed);
  if (f.as_in) flags.insert(Flag::as_in);
}

// Moves the sources of the candidates worth listing into the finding; the witnesses that it names are numbered
// anew.
void list_sources(Case& of) {
  Finding& f = of.finding;
  std::vector<BaseCandidate>& candidates = of.candidates;
  const double most = candidates.front().cost + f.span.size() / 3.0;
  const std::uint32_t as_in = f.as_in.value_or(UINT32_MAX);
  const std::vector<std::uint32_t> disputing = std::exchange(f.disputed_by, {});
  std::uint32_t left = 0;
  for (std::uint32_t n = 0; n < candidates.size(); ++n) {
    const bool part = n < std::max(f.parts_of_base, 1U), named = as_in == n;
    if (!part && !named && (candidates[n].share < kSame || candidates[n].cost > most)) continue;
    if (!part && !named && f.sources.size() >= kWitnesses) {
      ++left;
      continue;
    }
    const auto number = static_cast<std::uint32_t>(f.sources.size());
    if (named) f.as_in = number;
    if (std::find(disputing.begin(), disputing.end(), n) != disputing.end()) f.disputed_by.push_back(number);
    f.sources.push_back(std::move(candidates[n].source));
  }
  if (left > 0) f.limits.push_back({Limit::What::witnesses, kWitnesses, left});
}

}  // namespace

void finish(Case& of) {
  Finding& f = of.finding;
  const BaseCandidate& base = of.candidates.front();
  const bool close = has_words(of.texts, f, base) || f.parts_of_base > 1;
  std::set<Flag> flags;
  changes(of, flags);
  const Cut cut = close ? cut_of(of) : Cut::none;
  if (cut == Cut::cut) flags.insert(Flag::context_cut);
  if (cut == Cut::turned) flags.insert(Flag::context_turns);
  if (base.source.secondary) flags.insert(Flag::secondary_only);
  if (base.young) flags.insert(Flag::published_later);
  if (base.tier == Tier::said_later && close) flags.insert(Flag::quoted_before_said);
  if (damaged_at(of.texts, base.source)) flags.insert(Flag::base_damaged);
  compare_witnesses(of, flags);
  claims(of, flags, close);
  list_sources(of);
  f.flags.assign(flags.begin(), flags.end());
}

void claims_alone(const Case& of) {
  std::vector<Claim> held;
  for (const Asked& a : of.asked) held.push_back({a.kind, a.span, Claim::Result::unchecked, {}});
  const std::vector<char> otherwise = other_sense(of, held);
  for (std::size_t n = 0; n < held.size(); ++n)
    if (otherwise[n] == 0) of.finding.claims.push_back(held[n]);
}

void mixed_occasions(const Texts& texts, std::vector<Finding>& found) {
  const auto attribution = [&](const Finding& f) -> const Attribution* {
    const Quotation& q = texts.work(f.work).quotations[*f.quotation];
    return q.attribution ? &*q.attribution : nullptr;
  };
  const auto days = [&](const Finding& f) {
    std::set<std::string> out;
    for (const Source& s : f.sources) {
      const Occasion o = occasion_of(texts.corpus, s.work, s.base);
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

void settle_level(Finding& f) {
  const bool marks = f.form != Finding::Form::indirect;
  switch (f.verdict) {
    case Verdict::verbatim:
    case Verdict::folded:
      f.level = Level::ok;
      break;
    case Verdict::abridged_marked:
    case Verdict::expanded_marked:
      f.level = Level::note;
      break;
    case Verdict::paraphrase:
      f.level = marks ? Level::fix : Level::note;
      break;
    case Verdict::not_found:
      f.level = f.holding == Holding::full && marks ? Level::fix : f.reason == kItsOwn ? Level::note : Level::check;
      break;
    case Verdict::punctuation:  // the marks of led speech are the reporter's
      f.level = marks ? Level::check : Level::note;
      break;
    case Verdict::variant:
    case Verdict::uncheckable:
      f.level = Level::check;
      break;
    default:
      f.level = Level::fix;
  }
  for (const Flag flag : f.flags) {
    Level at = Level::note;
    if (flag == Flag::misattributed || flag == Flag::quoted_before_said) at = Level::fix;
    if (flag == Flag::sensitive || flag == Flag::context_cut) at = marks ? Level::fix : Level::check;
    if (flag == Flag::anothers_words || flag == Flag::form || flag == Flag::base_disputed ||
        flag == Flag::base_damaged || flag == Flag::secondary_only)
      at = Level::check;
    f.level = std::max(f.level, at);
  }
}

}  // namespace suyuan
