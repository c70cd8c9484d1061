#include "verify/base.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace suyuan {

namespace {

constexpr int kOwnWords = 1;  // kinds up to this one hold a speaker's own words

// A report, within some days of whose printing its occasion lies, bears out no meeting or day that the line over
// the speech itself contradicts.
void correct_reports(std::vector<BaseCandidate>& candidates) {
  for (BaseCandidate& report : candidates) {
    if (!report.occasion.report) continue;
    for (const BaseCandidate& c : candidates) {
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

bool agrees(const BaseCandidate& c, Claim::Kind kind) {
  return std::ranges::any_of(c.claims,
                             [&](const Claim& x) { return x.kind == kind && x.result == Claim::Result::agrees; });
}

// The base: of the places that hold the quotation's words, the one that ranks first.
std::optional<std::size_t> choose(const Texts& texts, const std::vector<BaseCandidate>& all, const Finding& f) {
  if (all.empty()) return std::nullopt;
  std::size_t closest = 0;
  for (std::size_t n = 1; n < all.size(); ++n)
    if (std::tuple(all[n].cost, -all[n].agreed, all[n].tier) <
        std::tuple(all[closest].cost, -all[closest].agreed, all[closest].tier))
      closest = n;
  const BaseCandidate& best = all[closest];
  const double letters = f.span.size();
  const auto admissible = [&](const BaseCandidate& c) {
    if (c.cost <= best.cost + kExact) return true;
    if (c.share < kWords) return false;
    // Somebody's word for the occasion does not bring words nearly the same before the words themselves at first
    // hand.
    const bool dated = agrees(c, Claim::Kind::publication) || agrees(c, Claim::Kind::date);
    const bool one_text = texts.publication(c.source.work) == texts.publication(best.source.work);
    const bool hearsay = !c.occasion.precise && !dated && !one_text && best.occasion.precise && best.cost < kExact;
    if (hearsay) return false;
    // The text that the draft names, or the day and the meeting, stands though the draft has less than it.
    const bool named =
        agrees(c, Claim::Kind::publication) || (agrees(c, Claim::Kind::occasion) && agrees(c, Claim::Kind::date));
    const double most = named ? letters / 2 : std::max(3.0, letters / 4);
    if (c.agreed > 0 && c.agreed > best.agreed && c.cost <= most) return true;
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
  const auto key = [](const BaseCandidate& c) {
    return std::tuple(-c.agreed, !c.outlet, c.tier, c.rank, c.kind, c.copy, c.cost, c.source.work, c.source.base);
  };
  std::size_t base = closest;
  for (std::size_t n = 0; n < all.size(); ++n)
    if (admissible(all[n]) && key(all[n]) < key(all[base])) base = n;
  // Two people may have said it: where a text gives the same words to whom the draft names, that is the base,
  // unless what the draft says besides speaks for the other, or the text is farther from the speaker than that and
  // no report of what he said.
  const auto differs = [](const BaseCandidate& c) {
    return std::ranges::any_of(c.claims, [](const Claim& x) {
      return x.kind == Claim::Kind::speaker && x.result == Claim::Result::differs;
    });
  };
  if (differs(all[base])) {
    std::optional<std::size_t> named;
    for (std::size_t n = 0; n < all.size(); ++n)
      if (all[n].cost <= all[base].cost && all[n].agreed >= all[base].agreed &&
          (all[n].kind <= all[base].kind || all[n].occasion.report) &&
          all[n].source.secondary <= all[base].source.secondary && !differs(all[n]) &&
          agrees(all[n], Claim::Kind::speaker) && (!named || key(all[n]) < key(all[*named])))
        named = n;
    if (named) base = *named;
  }
  return base;
}

}  // namespace

void choose_base(Case& of) {
  std::vector<BaseCandidate>& candidates = of.candidates;
  correct_reports(candidates);
  const auto base = choose(of.texts, candidates, of.finding);
  if (!base) return;
  std::swap(candidates[0], candidates[*base]);
  std::stable_sort(candidates.begin() + 1, candidates.end(), [](const BaseCandidate& x, const BaseCandidate& y) {
    return std::tie(x.cost, x.tier) < std::tie(y.cost, y.tier);
  });
}

}  // namespace suyuan
