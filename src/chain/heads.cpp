#include "chain/heads.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "base/parallel.hpp"
#include "chain/voice.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

constexpr double kSame = 0.8;       // units that cover each other by this share are one,
constexpr double kTwin = 0.6;       // and one that is this share of another that holds it
constexpr double kShare = 0.15;     // a share of the unit, that a find must hold for the unit to head a chain
constexpr double kHeld = 0.5;       // a share of a paragraph that another text must hold for it to be a passage,
constexpr double kMuch = 0.25;      // a share that makes a find a witness of it, as kWeighty letters do,
constexpr double kRareWords = 3.2;  // and bits a letter from which any part does that opens no chain of its own
constexpr std::size_t kCommon = 4;  // texts whose part of a passage, less than half of it, is one of its own

std::uint32_t shared(FoldSpan x, FoldSpan y) {
  const std::uint32_t b = std::max(x.begin, y.begin), e = std::min(x.end, y.end);
  return e > b ? e - b : 0;
}
bool inside(FoldSpan inner, FoldSpan outer, double share = kSame) {
  const std::uint32_t both = shared(inner, outer);
  return both > 0 && both >= share * inner.size();
}
bool alike(FoldSpan x, FoldSpan y) {
  const std::uint32_t both = shared(x, y);
  return both > 0 && 2 * both >= std::max(x.size(), y.size());
}

class Choice {
 public:
  Choice(const Finder& finder, unsigned jobs)
      : finder_(finder),
        corpus_(finder.corpus()),
        units_(finder.units()),
        finds_(units_.size()),
        held_(corpus_.works.size()),
        in_series_(corpus_.works.size()),
        touched_(corpus_.works.size(), 0),
        broken_(finder.alignments().size(), 0) {
    for_each_index(units_.size(), jobs, [&](std::size_t u) { finds_[u] = finder_.find(units_[u]); });
  }

  Heads run() {
    std::vector<std::size_t> order(units_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Attributed sections lead: words spoken on one day are a chain of their own even where a report prints more.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
      const auto rank = [&](const Passage& p) { return std::pair(p.section.has_value(), p.span.size()); };
      return rank(units_[x]) > rank(units_[y]);
    });
    for (const std::size_t u : order)
      if (units_[u].section) take_whole(units_[u], finds_[u]);
    take_widespread(order);
    for (const std::size_t u : order)
      if (!units_[u].section) take_whole(units_[u], finds_[u]);
    std::iota(order.begin(), order.end(), std::size_t{0});
    take_parts(order, false);
    finds_ = {};  // the largest of what is at hand, before the chains are made
    leave_series();
    leave_told();
    std::erase_if(heads_, [](const Head& head) {
      return std::none_of(head.finds.begin(), head.finds.end(), [](const Find& p) { return p.opens; });
    });
    for (const Head& head : heads_)
      for (const Find& p : head.finds) broken_[p.alignment] = 0;
    return {std::move(heads_), std::move(series_),
            static_cast<std::uint32_t>(std::count(broken_.begin(), broken_.end(), 1))};
  }

 private:
  // Passages too widespread to be paired lead too: the earliest text has all their places, and what a later one has
  // of some of them is told there.
  void take_widespread(const std::vector<std::size_t>& order) {
    std::vector<std::vector<std::size_t>> of_work(corpus_.works.size());
    for (const std::size_t u : order)
      if (std::ranges::any_of(finds_[u], [](const Find& p) { return p.leads; }))
        of_work[units_[u].work].push_back(u);
    widespread_ = {static_cast<std::uint32_t>(heads_.size()), UINT32_MAX};
    for (const std::vector<std::size_t>& units : of_work) {
      for (const std::size_t u : units) take_whole(units_[u], finds_[u]);
      if (!units.empty()) take_parts(units, true);
    }
    widespread_.second = static_cast<std::uint32_t>(heads_.size());
  }

  // A find is known where one chain holds both its place and the part of the unit that answers to it.
  bool known(std::uint32_t work, const Find& p) const { return held_together(work, p, 0, UINT32_MAX, &in_one); }
  // Likewise where a widespread passage is most of both, and what is left could open no chain.
  bool told_widespread(std::uint32_t work, const Find& p) const {
    return held_together(work, p, widespread_.first, widespread_.second, &mostly_in);
  }
  static bool in_one(FoldSpan place, FoldSpan held) { return inside(place, held); }
  static bool mostly_in(FoldSpan place, FoldSpan held) {
    const auto before = held.begin > place.begin ? held.begin - place.begin : 0;
    const auto after = place.end > held.end ? place.end - held.end : 0;
    return inside(place, held, 0.5) && std::max(before, after) < kOpens;
  }
  bool held_together(std::uint32_t work, const Find& p, std::uint32_t first, std::uint32_t end,
                     bool (*held)(FoldSpan, FoldSpan)) const {
    return std::any_of(held_[p.work].begin(), held_[p.work].end(), [&](const auto& there) {
      return first <= there.second && there.second < end && held(p.span, there.first) &&
             std::any_of(held_[work].begin(), held_[work].end(),
                         [&](const auto& here) { return here.second == there.second && held(p.of, here.first); });
    });
  }

  // The finds that are witnesses of a passage, and not of a smaller one within it.
  std::vector<Find> witnesses(const Passage& passage, const std::vector<Find>& finds) const {
    std::vector<Find> all = telling(corpus_, passage, merge(finds));
    if (passage.section) return all;
    const std::uint32_t size = passage.span.size();
    const auto holds_half = [&](const Find& p) { return p.equal >= kHeld * size; };
    std::set<std::uint32_t> publications{corpus_.works[passage.work].publication};
    for (const Find& p : all)
      if (holds_half(p)) publications.insert(corpus_.works[p.work].publication);
    std::vector<Find> kept;
    std::copy_if(all.begin(), all.end(), std::back_inserter(kept), [&](const Find& p) {
      if (told_widespread(passage.work, p)) return false;
      if (p.equal >= kWeighty || holds_half(p)) return true;
      const bool small = p.equal < kMuch * size;
      if (small && (p.opens || p.score < kRareWords * p.equal)) return false;
      if (publications_with(all, p.of) >= kCommon || known(passage.work, p)) return false;
      return !small || !said_elsewhere(passage, p, publications.size());
    });
    // A small part, printed at another time than all that have half, is a stock phrase.
    std::set<std::uint32_t> holders{passage.work};
    for (const Find& p : kept)
      if (holds_half(p)) holders.insert(p.work);
    std::erase_if(kept, [&](const Find& p) {
      return p.equal < kWeighty && p.equal < kMuch * size &&
             std::ranges::none_of(holders, [&](std::uint32_t w) { return same_season(p.work, w); });
    });
    return kept;
  }

  // Whether a part stands in many more publications than have half of the passage.
  bool said_elsewhere(const Passage& passage, const Find& p, std::size_t holders) const {
    const std::size_t n = std::max(finder_.elsewhere(p.work, p.span), finder_.elsewhere(passage.work, p.of));
    return n > kCommon && n > 2 * holders;
  }

  // Texts that came out within two months of each other, or of which one has no day.
  bool same_season(std::uint32_t x, std::uint32_t y) const {
    constexpr int kDays = 60;
    const DateInterval &a = corpus_.work(corpus_.works[x]).published, &b = corpus_.work(corpus_.works[y]).published;
    return !a.latest || !a.earliest || !b.latest || !b.earliest ||
           (days_between(*a.latest, *b.earliest) <= kDays && days_between(*b.latest, *a.earliest) <= kDays);
  }

  // How many publications have a part, as far as it matters: copies are no further texts.
  std::size_t publications_with(const std::vector<Find>& finds, FoldSpan of) const {
    std::set<std::uint32_t> out;
    for (const Find& p : finds) {
      if (alike(p.of, of)) out.insert(corpus_.works[p.work].publication);
      if (out.size() == kCommon) break;
    }
    return out.size();
  }

  // A unit that is a passage as it stands: of a paragraph that no other text holds half of, parts are the passages.
  void take_whole(const Passage& unit, std::vector<Find>& finds) {
    const auto opens = [&](const Find& p) {
      return p.opens && (p.equal >= kWeighty || p.equal >= kShare * unit.span.size()) && !known(unit.work, p) &&
             !told_widespread(unit.work, p);
    };
    if (std::none_of(finds.begin(), finds.end(), opens)) return;
    set_aside(unit, finds);
    std::vector<Find> kept = witnesses(unit, finds);
    if (!unit.section) {
      // What others hold of it is nearly all of it, or the passage is less: a part, or what one text has in parts.
      FoldSpan held{UINT32_MAX, 0};
      std::uint32_t most = 0;
      for (const Find& p : kept) {
        held = {std::min(held.begin, p.of.begin), std::max(held.end, p.of.end)};
        most = std::max(most, p.equal);
      }
      if (held.begin >= held.end || most_held(kept) < kHeld * held.size()) return;
      if (!inside(unit.span, held)) {
        if (most >= kHeld * held.size()) return;
        const Passage less{unit.work, finder_.in_clauses(unit.work, held), std::nullopt};
        std::vector<Find> there = finder_.find(less);
        return take_whole(less, there);
      }
      if (most_held(kept) < kHeld * unit.span.size()) return;
      FoldSpan one = held_as_one(unit, kept);
      if (one == unit.span) one = finder_.without_lead(unit.work, unit.span);
      if (one != unit.span) {
        const Passage less{unit.work, one, std::nullopt};
        std::vector<Find> there = finder_.find(less);
        return take_whole(less, there);
      }
    }
    const Passage passage = unit.section ? unit : as_held(corpus_, unit, kept);
    if (std::none_of(kept.begin(), kept.end(), opens) || is_name(corpus_, passage, kept)) return;
    if (Head* head = twin(passage))
      join(*head, passage, kept);
    else
      open(passage, std::move(kept));
  }

  // What some texts have of one sentence and others of the next is two passages: of the stretches between ends over
  // which no text reaches and beside which none has most of both sentences, the one of which a text has most. A
  // text that has them far apart has both only where one person says them in one breath here.
  FoldSpan held_as_one(const Passage& unit, const std::vector<Find>& finds) const {
    constexpr std::uint32_t kReaches = 4, kNear = 40;  // letters
    const Fold& fold = corpus_.works[unit.work].fold;
    std::vector<std::uint32_t> begins{unit.span.begin};  // of its sentences, and where it ends
    for (std::uint32_t i = unit.span.begin + 1; i < unit.span.end; ++i)
      if ((fold.gap(i) & Fold::sentence) != 0) begins.push_back(i);
    begins.push_back(unit.span.end);
    const std::size_t n = begins.size() - 1;
    const auto sentence_of = [&](std::uint32_t at) {
      return static_cast<std::size_t>(std::ranges::upper_bound(begins, at) - begins.begin()) - 1;
    };
    std::vector<int> reached(n + 1, 0);  // finds over each begin: by where that starts and stops
    std::vector<std::vector<const Find*>> held(n);
    for (const Find& p : finds) {
      const std::size_t first = sentence_of(p.of.begin), last = sentence_of(p.of.end - 1);
      if (p.of.size() >= 2 * kReaches) {
        const std::size_t from = sentence_of(p.of.begin + kReaches - 1) + 1, to = sentence_of(p.of.end - kReaches);
        if (from <= to) ++reached[from], --reached[to + 1];
      }
      for (const std::size_t k : {first, last})  // between them it reaches over
        if (2 * shared(p.of, {begins[k], begins[k + 1]}) >= begins[k + 1] - begins[k]) held[k].push_back(&p);
    }
    FoldSpan best = unit.span;
    std::uint32_t most = 0, from = unit.span.begin;
    const auto offer = [&](std::uint32_t end) {
      std::vector<Find> within;
      std::ranges::copy_if(finds, std::back_inserter(within), [&](const Find& p) {
        return from <= p.of.begin + kReaches && p.of.end <= end + kReaches;
      });
      if (const std::uint32_t has = most_held(within); has > most) most = has, best = {from, end};
      from = end;
    };
    int over = 0;
    for (std::size_t k = 1; k < n; ++k) {
      over += reached[k];
      if (over != 0) continue;
      const bool quoted = finder_.quoted_over(unit.work, begins[k]);
      const auto in_both = [&](const Find* p) {
        return std::ranges::any_of(held[k - 1], [&](const Find* x) {
          return x->work == p->work &&
                 (quoted || (x->span.begin < p->span.end + kNear && p->span.begin < x->span.end + kNear));
        });
      };
      if (std::ranges::none_of(held[k], in_both)) offer(begins[k]);
    }
    if (from == unit.span.begin) return unit.span;
    offer(unit.span.end);
    return best;
  }

  // What no chain holds yet of the units and stands elsewhere is passages of its own, the longest first; and so is
  // what those leave.
  void take_parts(const std::vector<std::size_t>& units, bool widespread) {
    struct Part {
      std::size_t unit;
      FoldSpan span;
    };
    std::vector<std::size_t> waiting = units;
    while (!waiting.empty()) {
      std::vector<Part> parts;
      for (const std::size_t u : waiting) {
        std::erase_if(finds_[u], [&](const Find& p) {
          return known(units_[u].work, p) || told_widespread(units_[u].work, p);
        });
        for (const FoldSpan part : parts_of(finds_[u], widespread)) parts.push_back({u, part});
      }
      std::stable_sort(parts.begin(), parts.end(),
                       [](const Part& x, const Part& y) { return x.span.size() > y.span.size(); });
      std::fill(touched_.begin(), touched_.end(), 0);
      for (const Part& part : parts) take_part(units_[part.unit], part.span, finds_[part.unit]);
      waiting.clear();
      for (const std::size_t u : units)
        if (touched_[units_[u].work] != 0 && !finds_[u].empty()) waiting.push_back(u);
    }
  }

  // Whether a chain was opened.
  bool take_part(const Passage& unit, FoldSpan part, const std::vector<Find>& finds) {
    const Passage clause{unit.work, finder_.in_clauses(unit.work, part), std::nullopt};
    const auto opens = [&](const Find& p) { return p.opens && !known(clause.work, p); };
    const bool opened =
        std::any_of(finds.begin(), finds.end(), [&](const Find& p) { return inside(p.of, part) && opens(p); });
    bool statement = !opened && is_statement(clause, finds);
    if (!opened && !statement && !may_be_of_one(clause)) return false;
    std::vector<Find> elsewhere = finder_.find(clause);
    if (!opened && !statement && !is_of_one(clause, elsewhere)) return false;
    statement = !opened;
    set_aside(clause, elsewhere);
    for (Find& p : elsewhere) p.opens = p.opens || (statement && p.clause);
    // What is left may be known already: the find itself was of a series.
    if (std::none_of(elsewhere.begin(), elsewhere.end(), opens)) return false;
    elsewhere = witnesses(clause, elsewhere);
    if (const FoldSpan core = core_of(clause, elsewhere); !core.empty()) {
      // What is longer comes again, and has those places no more.
      if (take_part(unit, core, finds)) return true;
      std::erase_if(elsewhere, [&](const Find& p) { return inside(p.of, core) && known(clause.work, p); });
    }
    const auto is_passage = [&](const Passage& held, const std::vector<Find>& has) {
      return std::any_of(has.begin(), has.end(), opens) && !is_name(corpus_, held, has);
    };
    Passage held = as_held(corpus_, clause, elsewhere);
    // What is left may begin with who says it.
    if (const FoldSpan words = finder_.without_lead(unit.work, held.span); words != held.span) {
      Passage less{unit.work, words, std::nullopt};
      std::vector<Find> there = finder_.find(less);
      set_aside(less, there);
      for (Find& p : there) p.opens = p.opens || (statement && p.clause);
      there = witnesses(less, there);
      less = as_held(corpus_, less, there);
      if (is_passage(less, there)) held = less, elsewhere = std::move(there);
    }
    if (!is_passage(held, elsewhere)) return false;
    open(held, std::move(elsewhere));
    return true;
  }

  // Of a passage of a few clauses that half of its texts at most have whole, what four texts and more have.
  FoldSpan core_of(const Passage& clause, const std::vector<Find>& finds) const {
    constexpr std::uint32_t kFewClauses = 80, kLeastCore = 13;
    const std::uint32_t size = clause.span.size();
    if (size >= kFewClauses) return {};
    const auto whole = [&](const Find& p) { return p.of.size() >= kSame * size; };
    std::set<std::uint32_t> all, wholes;
    for (const Find& p : finds) {
      all.insert(corpus_.works[p.work].publication);
      if (whole(p)) wholes.insert(corpus_.works[p.work].publication);
    }
    if (all.size() < kCommon || 2 * wholes.size() > all.size()) return {};
    std::vector<FoldSpan> most;
    std::size_t publications = kCommon - 1;
    for (const Find& p : finds) {
      if (whole(p)) continue;
      std::vector<FoldSpan> group;
      std::set<std::uint32_t> of;
      for (const Find& x : finds)
        if (!whole(x) && alike(x.of, p.of)) group.push_back(x.of), of.insert(corpus_.works[x.work].publication);
      if (of.size() > publications) publications = of.size(), most = std::move(group);
    }
    if (most.empty()) return {};
    const auto middle = [&](std::uint32_t FoldSpan::*end) {
      const auto at = most.begin() + static_cast<std::ptrdiff_t>(most.size() / 2);
      std::ranges::nth_element(most, at, {}, end);
      return (*at).*end;
    };
    FoldSpan core{middle(&FoldSpan::begin), middle(&FoldSpan::end)};
    if (core.begin >= core.end) return {};
    core = between_marks(corpus_.works[clause.work].fold, core);
    return core.size() >= kLeastCore && core.size() < kSame * size ? core : FoldSpan{};
  }

  // Whole clauses that several texts have, most of them in somebody's mouth.
  bool is_statement(const Passage& clause, const std::vector<Find>& finds) const {
    std::vector<const Find*> whole;
    std::set<std::uint32_t> publications{corpus_.works[clause.work].publication};
    for (const Find& p : finds) {
      if (!p.clause || !alike(p.of, clause.span) || known(clause.work, p)) continue;
      whole.push_back(&p);
      publications.insert(corpus_.works[p.work].publication);
    }
    if (publications.size() < kCommon) return false;
    const auto voiced = std::count_if(whole.begin(), whole.end(), [&](const Find* p) {
      return voice_of(corpus_, p->work, p->span).by != Voice::By::nothing;
    });
    return 2 * static_cast<std::size_t>(voiced) >= whole.size();
  }

  // Whether rare words, more than a clause of them, are one person's, by name, wherever they stand.
  bool may_be_of_one(const Passage& clause) const {
    constexpr std::uint32_t kLeast = 16;  // letters
    return clause.span.size() >= kLeast && !is_one_clause(corpus_.works[clause.work].fold, clause.span);
  }
  bool is_of_one(const Passage& clause, const std::vector<Find>& finds) const {
    const Voice voice = voice_of(corpus_, clause.work, clause.span);
    if (voice.by == Voice::By::nothing || voice.kind != SpeakerKind::person) return false;
    std::set<std::uint32_t> publications{corpus_.works[clause.work].publication};
    for (const Find& p : finds) {
      if (!p.clause || !alike(p.of, clause.span) || known(clause.work, p)) continue;
      publications.insert(corpus_.works[p.work].publication);
      if (p.score < kRareWords * p.equal || voice_of(corpus_, p.work, p.span).speaker != voice.speaker)
        return false;
    }
    return publications.size() > 1;
  }

  // Finds of a series are set aside: with the series that holds the head, where there is one.
  void set_aside(const Passage& unit, std::vector<Find>& finds) {
    SeriesTold told = finder_.tell(unit, finds);
    std::vector<Find> of_series, rest;
    // What breaks off within a clause stays with what its text holds besides.
    const auto besides = [&](std::size_t i) {
      for (std::size_t k = 0; k < finds.size(); ++k)
        if (finds[k].work == finds[i].work && told.told[k] == Told::passage) return true;
      return false;
    };
    for (std::size_t i = 0; i < finds.size(); ++i) {
      if (told.told[i] == Told::series)
        of_series.push_back(finds[i]);
      else if (told.told[i] == Told::passage || besides(i))
        rest.push_back(finds[i]);
      else
        broken_[finds[i].alignment] = 1;
    }
    finds = std::move(rest);
    // Each sentence of the head is a series of its own.
    std::vector<std::pair<FoldSpan, std::vector<Find>>> parts;
    of_series = merge(of_series);
    std::stable_sort(of_series.begin(), of_series.end(),
                     [](const Find& x, const Find& y) { return x.of.size() > y.of.size(); });
    for (const Find& p : of_series) {
      const auto same = std::find_if(parts.begin(), parts.end(), [&](const auto& part) {
        return alike(part.first, p.of) || inside(p.of, part.first);
      });
      if (same == parts.end()) {
        parts.push_back({p.of, {p}});
      } else {
        same->first = {std::min(same->first.begin, p.of.begin), std::max(same->first.end, p.of.end)};
        same->second.push_back(p);
      }
    }
    for (const auto& [of, members] : parts) add_to_series(unit, of, members, told.slots);
  }

  void add_to_series(const Passage& unit, FoldSpan of, const std::vector<Find>& members,
                     const std::vector<FoldSpan>& slots) {
    std::uint32_t number = UINT32_MAX;
    const auto known_as = [&](std::uint32_t work, FoldSpan place) {
      for (const auto& [span, n] : in_series_[work])
        if (alike(place, span)) number = std::min(number, n);
    };
    known_as(unit.work, of);
    for (auto p = members.begin(); number == UINT32_MAX && p != members.end(); ++p) known_as(p->work, p->span);
    if (number == UINT32_MAX) {
      number = static_cast<std::uint32_t>(series_.size());
      series_.push_back({{}, {}, 0, {unit.work, of}});
      for (const FoldSpan slot : slots)
        if (of.begin <= slot.begin && slot.end <= of.end) series_.back().slots.push_back(slot);
    }
    const auto add = [&](std::uint32_t work, FoldSpan span) {
      const auto& there = in_series_[work];
      if (std::any_of(there.begin(), there.end(),
                      [&](const auto& x) { return x.second == number && alike(span, x.first); }))
        return;
      series_[number].places.push_back({work, span});
      in_series_[work].emplace_back(span, number);
    };
    add(unit.work, of);
    for (const Find& p : members) add(p.work, p.span);
  }

  void hold(std::uint32_t work, FoldSpan span, std::uint32_t chain) {
    held_[work].emplace_back(span, chain);
    touched_[work] = 1;
  }

  // Two passages that are cut to the same words are one.
  void open(const Passage& passage, std::vector<Find> finds) {
    for (const auto& [span, chain] : held_[passage.work])
      if (span == passage.span && heads_[chain].passage.work == passage.work && heads_[chain].passage.span == span)
        return join(heads_[chain], passage, finds);
    const auto chain = static_cast<std::uint32_t>(heads_.size());
    hold(passage.work, passage.span, chain);
    for (const Find& p : finds) hold(p.work, p.span, chain);
    heads_.push_back({passage, std::move(finds)});
  }

  // The chain whose head is most of the unit and holds it, such as another copy's, or the same with a lead: they
  // are one.
  Head* twin(const Passage& unit) {
    const auto most = [](FoldSpan of, FoldSpan whole) {
      const std::uint32_t both = shared(of, whole);
      return both > 0 && both >= kTwin * whole.size();
    };
    for (const auto& [span, chain] : held_[unit.work]) {
      if (!inside(unit.span, span) || !most(unit.span, span)) continue;
      Head& head = heads_[chain];
      for (const Find& p : head.finds)
        if (p.work == unit.work && p.span == span && most(p.of, head.passage.span)) return &head;
    }
    return nullptr;
  }

  // What only one of the two finds becomes a witness of the other's chain.
  void join(Head& head, const Passage& unit, const std::vector<Find>& kept) {
    const std::vector<EqualRun> equal = align_pair(corpus_.works[head.passage.work].fold, head.passage.span,
                                                   corpus_.works[unit.work].fold, unit.span);
    for (Find p : kept) {
      const bool here = p.work == head.passage.work && shared(p.span, head.passage.span) > 0;
      if (here || std::any_of(head.finds.begin(), head.finds.end(),
                              [&](const Find& x) { return x.work == p.work && shared(x.span, p.span) > 0; }))
        continue;
      FoldSpan of{UINT32_MAX, 0};
      for (const EqualRun& r : equal) {
        const std::uint32_t b = std::max(r.b, p.of.begin), e = std::min(r.b + r.length, p.of.end);
        if (b < e) of = {std::min(of.begin, r.a + (b - r.b)), std::max(of.end, r.a + (e - r.b))};
      }
      if (of.empty()) continue;
      p.of = of;
      hold(p.work, p.span, static_cast<std::uint32_t>(&head - heads_.data()));
      head.finds.push_back(p);
    }
  }

  // A series that another head told holds also between two of its places that differ, and a rite between any two;
  // and so does a part of its sentences that two texts tell of two times, where the series has several places.
  void leave_series() {
    constexpr std::size_t kSeveral = 5;
    const auto both_in = [&](const Passage& unit, const Find& p) {
      const bool same = p.equal == std::max(p.of.size(), p.span.size());
      for (const auto& [span, n] : in_series_[unit.work]) {
        const bool whole = alike(p.of, span) && !(same && !series_[n].slots.empty());
        const bool part = series_[n].places.size() >= kSeveral && inside(p.of, span);
        if (!whole && !part) continue;
        for (const auto& [there, k] : in_series_[p.work])
          if (k == n &&
              ((whole && alike(p.span, there)) ||
               (part && inside(p.span, there) && tell_another_time(corpus_, unit.work, p.of, p.work, p.span))))
            return true;
      }
      return false;
    };
    for (Head& head : heads_) std::erase_if(head.finds, [&](const Find& p) { return both_in(head.passage, p); });
  }

  // A passage all of whose places lie in those of a longer one, which has few besides, is told there; of two with
  // the same words that share a place, the one has what the other has.
  void leave_told() {
    constexpr double kMost = 2.0 / 3;
    const auto words_of = [&](const Passage& p) { return corpus_.works[p.work].fold.units(p.span); };
    std::vector<char> told(heads_.size(), 0);
    for (std::uint32_t c = 0; c < heads_.size(); ++c) {
      const Head& head = heads_[c];
      if (head.passage.section || head.finds.empty()) continue;
      std::map<std::uint32_t, std::size_t> in;  // of other chains: how many of the places they hold
      const auto count = [&](std::uint32_t work, FoldSpan place) {
        std::set<std::uint32_t> chains;
        for (const auto& [span, chain] : held_[work])
          if (inside(place, span, kMost)) chains.insert(chain);
        for (const std::uint32_t chain : chains) ++in[chain];
      };
      count(head.passage.work, head.passage.span);
      for (const Find& p : head.finds) count(p.work, p.span);
      for (const auto& [chain, n] : in) {
        const Head& other = heads_[chain];
        if (chain == c || other.finds.empty() || told[chain] != 0) continue;
        if (chain < c && std::ranges::equal(words_of(other.passage), words_of(head.passage))) {
          std::vector<Find> all = head.finds;
          all.push_back({head.passage.work, head.passage.span, head.passage.span, head.passage.span.size()});
          join(heads_[chain], head.passage, all);
          told[c] = 1;
          break;
        }
        if (n > head.finds.size() && other.passage.span.size() > head.passage.span.size() &&
            other.finds.size() <= 2 * head.finds.size())
          told[c] = 1;
      }
    }
    for (std::uint32_t c = 0; c < heads_.size(); ++c)
      if (told[c] != 0) heads_[c].finds.clear();
  }

  using Numbered = std::vector<std::pair<FoldSpan, std::uint32_t>>;
  const Finder& finder_;
  const Corpus& corpus_;
  std::vector<Passage> units_;
  std::vector<std::vector<Find>> finds_;  // of each unit
  std::vector<Head> heads_;
  std::vector<Series> series_;
  std::pair<std::uint32_t, std::uint32_t> widespread_;  // heads of widespread passages: first and end
  std::vector<Numbered> held_;       // of each work, what chains hold, so that a smaller unit inside opens none
  std::vector<Numbered> in_series_;  // likewise of series
  std::vector<char> touched_;  // of each work: a chain has come to hold a place of it since parts were last sought
  std::vector<char> broken_;   // of each alignment: told a fragment
};

}  // namespace

Heads find_heads(const Finder& finder, unsigned jobs) { return Choice(finder, jobs).run(); }

}  // namespace suyuan
