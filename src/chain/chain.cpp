// Units → heads → chains. A unit's witnesses are its projections through the alignments that touch it.
#include "suyuan/chain.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/han.hpp"
#include "base/parallel.hpp"
#include "chain/collate.hpp"
#include "chain/series.hpp"
#include "chain/voice.hpp"

namespace suyuan {

namespace {

constexpr double kSame = 0.8;           // units that cover each other by this share are one,
constexpr double kTwin = 0.6;           // and one that is this share of another that holds it
constexpr std::uint32_t kWeighty = 40;  // letters, or
constexpr double kShare = 0.15;         // a share of the unit, that a find must hold for the unit to head a chain
constexpr std::uint32_t kOpens = 20;    // letters but figures that it must hold, unless quotation marks hold it
constexpr double kTold = 2.6;           // bits a letter: under it most of it is ritual wording,
constexpr double kToldShort = 2.8;      // and of less than kWeighty letters under this
constexpr double kHeld = 0.5;           // a share of a paragraph that another text must hold for it to be a passage,
constexpr double kMuch = 0.25;          // a share that makes a place a witness of it, as kWeighty letters do,
constexpr double kRareWords = 3.2;      // and bits a letter from which any part does that opens no chain of its own
constexpr std::uint32_t kMarked = 16;   // letters between quotation marks that are somebody's words, and no title
constexpr std::uint32_t kPart = 13;     // letters a witness must hold of the head, and
constexpr double kPartTold = 2.5;       // bits a letter, unless it holds kWeighty or half, or is quoted;
constexpr std::uint32_t kBroken = 28;   // letters that need not be whole clauses

struct Passage {  // a passage that may head a chain
  std::uint32_t work;
  FoldSpan span;
  std::optional<std::uint32_t> section;
};

struct Place {
  std::uint32_t work;
  FoldSpan span;  // in that work
  FoldSpan of;    // in the head's work
  std::uint32_t equal;
  std::uint32_t whole = 0;  // of them, in clauses that one of the two texts has whole
  double score = 0;     // bits
  bool quoted = false;  // between quotation marks, or with an occasion
  bool opens = false;   // enough for a chain of its own
  std::uint32_t alignment = 0;
  bool b_side = false;  // the unit is that side of it
};

class Builder {
 public:
  Builder(const Corpus& corpus, const std::vector<Alignment>& alignments)
      : corpus_(corpus), alignments_(alignments) {
    touching_.resize(corpus.works.size());
    for (std::uint32_t i = 0; i < alignments.size(); ++i) {
      touching_[alignments[i].a_work].push_back({alignments[i].a, i, false});
      touching_[alignments[i].b_work].push_back({alignments[i].b, i, true});
    }
    find_quoted();
    reach_.resize(corpus.works.size());
    for (std::size_t w = 0; w < touching_.size(); ++w) {
      auto& list = touching_[w];
      std::sort(list.begin(), list.end(), [](const Touch& x, const Touch& y) {
        return std::tie(x.span, x.alignment, x.b_side) < std::tie(y.span, y.alignment, y.b_side);
      });
      std::uint32_t far = 0;
      for (const Touch& t : list) reach_[w].push_back(far = std::max(far, t.span.end));
    }
  }

  Chain around(std::uint32_t work) const {
    const Passage whole{work, {0, corpus_.works[work].fold.size()}, std::nullopt};
    return make(whole, merge(find(whole)), true);
  }

  Provenance run(unsigned jobs) {
    find_units();
    std::vector<std::vector<Place>> places(units_.size());
    for_each_index(units_.size(), jobs, [&](std::size_t u) { places[u] = find(units_[u]); });
    std::vector<std::size_t> order(units_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // Attributed sections lead: words spoken on one day are a chain of their own even where a report prints more.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
      const auto rank = [&](const Passage& p) { return std::pair(p.section.has_value(), p.span.size()); };
      return rank(units_[x]) > rank(units_[y]);
    });

    const auto most_of = [](FoldSpan inner, FoldSpan outer) {
      const std::uint32_t b = std::max(inner.begin, outer.begin), e = std::min(inner.end, outer.end);
      return e > b && 3 * (e - b) >= 2 * inner.size();
    };
    // For each work, what chains already hold, so that a smaller unit inside them opens none.
    std::vector<std::vector<std::pair<FoldSpan, std::uint32_t>>> held(corpus_.works.size());
    struct Head {
      Passage passage;
      std::vector<Place> places;
    };
    std::vector<Head> heads;
    const auto inside = [](FoldSpan inner, FoldSpan outer) {
      const std::uint32_t b = std::max(inner.begin, outer.begin), e = std::min(inner.end, outer.end);
      return e > b && (e - b) >= kSame * inner.size();
    };
    // A find is known where one chain holds both its place and the part of the unit that answers to it.
    const auto known = [&](std::uint32_t work, const Place& p) {
      return std::any_of(held[p.work].begin(), held[p.work].end(), [&](const auto& there) {
        return inside(p.span, there.first) &&
               std::any_of(held[work].begin(), held[work].end(), [&](const auto& here) {
                 return here.second == there.second && inside(p.of, here.first);
               });
      });
    };
    // Finds of a series are set aside: with the series that holds the head, where there is one.
    std::vector<Series> series;
    std::vector<std::vector<std::pair<FoldSpan, std::uint32_t>>> in_series(corpus_.works.size());
    const auto alike = [](FoldSpan x, FoldSpan y) {
      const std::uint32_t b = std::max(x.begin, y.begin), e = std::min(x.end, y.end);
      return e > b && 2 * (e - b) >= std::max(x.size(), y.size());
    };
    std::vector<char> broken(alignments_.size(), 0);  // those told fragments
    const auto set_aside = [&](const Passage& unit, std::vector<Place>& finds) {
      SeriesTold told = tell(unit, finds);
      std::vector<Place> of_series, rest;
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
          broken[finds[i].alignment] = 1;
      }
      finds = std::move(rest);
      // Each sentence of the head is a series of its own.
      std::vector<std::pair<FoldSpan, std::vector<Place>>> parts;
      of_series = merge(of_series);
      std::stable_sort(of_series.begin(), of_series.end(),
                       [](const Place& x, const Place& y) { return x.of.size() > y.of.size(); });
      for (const Place& p : of_series) {
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
      for (const auto& [of, members] : parts) {
        std::uint32_t number = UINT32_MAX;
        const auto known_as = [&](std::uint32_t work, FoldSpan place) {
          for (const auto& [span, n] : in_series[work])
            if (alike(place, span)) number = std::min(number, n);
        };
        known_as(unit.work, of);
        for (auto p = members.begin(); number == UINT32_MAX && p != members.end(); ++p) known_as(p->work, p->span);
        if (number == UINT32_MAX) {
          number = static_cast<std::uint32_t>(series.size());
          series.push_back({{}, {}, 0, {unit.work, of}});
          for (const FoldSpan slot : told.slots)
            if (of.begin <= slot.begin && slot.end <= of.end) series.back().slots.push_back(slot);
        }
        const auto add = [&](std::uint32_t work, FoldSpan span) {
          const auto& there = in_series[work];
          if (std::any_of(there.begin(), there.end(),
                          [&](const auto& x) { return x.second == number && alike(span, x.first); }))
            return;
          series[number].places.push_back({work, span});
          in_series[work].emplace_back(span, number);
        };
        add(unit.work, of);
        for (const Place& p : members) add(p.work, p.span);
      }
    };
    const auto open = [&](const Passage& passage, std::vector<Place> finds) {
      const auto chain = static_cast<std::uint32_t>(heads.size());
      held[passage.work].emplace_back(passage.span, chain);
      for (const Place& p : finds) held[p.work].emplace_back(p.span, chain);
      heads.push_back({passage, std::move(finds)});
    };
    // The chain whose head is most of the unit and holds it, such as another copy's, or the same with a lead: they
    // are one.
    const auto twin = [&](const Passage& unit) -> Head* {
      const auto most = [](FoldSpan of, FoldSpan whole) {
        const std::uint32_t b = std::max(of.begin, whole.begin), e = std::min(of.end, whole.end);
        return e > b && (e - b) >= kTwin * whole.size();
      };
      for (const auto& [span, chain] : held[unit.work]) {
        if (!inside(unit.span, span) || !most(unit.span, span)) continue;
        Head& head = heads[chain];
        for (const Place& p : head.places)
          if (p.work == unit.work && p.span == span && most(p.of, head.passage.span)) return &head;
      }
      return nullptr;
    };
    // What only one of the two finds becomes a witness of the other's chain.
    const auto join = [&](Head& head, const Passage& unit, const std::vector<Place>& kept) {
      const std::vector<EqualRun> equal = align_pair(corpus_.works[head.passage.work].fold, head.passage.span,
                                                     corpus_.works[unit.work].fold, unit.span);
      for (Place p : kept) {
        const bool here = p.work == head.passage.work && p.span.begin < head.passage.span.end &&
                          head.passage.span.begin < p.span.end;
        if (here || std::any_of(head.places.begin(), head.places.end(), [&](const Place& x) {
              return x.work == p.work && x.span.begin < p.span.end && p.span.begin < x.span.end;
            }))
          continue;
        FoldSpan of{UINT32_MAX, 0};
        for (const EqualRun& r : equal) {
          const std::uint32_t b = std::max(r.b, p.of.begin), e = std::min(r.b + r.length, p.of.end);
          if (b < e) of = {std::min(of.begin, r.a + (b - r.b)), std::max(of.end, r.a + (e - r.b))};
        }
        if (of.empty()) continue;
        p.of = of;
        held[p.work].emplace_back(p.span, static_cast<std::uint32_t>(&head - heads.data()));
        head.places.push_back(p);
      }
    };
    for (const std::size_t u : order) {
      const Passage& unit = units_[u];
      const auto weighs = [&](const Place& p) {
        return p.equal >= kWeighty || p.equal >= kShare * unit.span.size();
      };
      const auto opens = [&](const Place& p) { return p.opens && weighs(p) && !known(unit.work, p); };
      if (std::none_of(places[u].begin(), places[u].end(), opens)) continue;
      set_aside(unit, places[u]);
      // Of a paragraph that no other text holds half of, parts are the passages; and so is a clause of it that
      // others have.
      std::vector<Place> kept = telling(unit, merge(places[u]));
      if (!unit.section) {
        std::erase_if(kept, [&](const Place& p) {
          return p.equal < kWeighty && p.equal < kMuch * unit.span.size() &&
                 (p.opens || p.score < kRareWords * p.equal);
        });
        if (most_held(kept) < kHeld * unit.span.size()) continue;
      }
      if (std::any_of(kept.begin(), kept.end(), opens)) {
        if (Head* head = twin(unit))
          join(*head, unit, kept);
        else
          open(unit, std::move(kept));
      }
    }
    const auto unknown = [&](std::size_t u) {
      std::vector<Place> out = places[u];
      std::erase_if(out, [&](const Place& p) { return known(units_[u].work, p); });
      return out;
    };
    // A part of a paragraph that stands elsewhere is a passage of its own: what no chain holds yet is headed by
    // itself.
    for (const std::size_t u : order)
      for (const FoldSpan part : parts_of(unknown(u))) {
        const Passage clause{units_[u].work, in_clauses(corpus_.works[units_[u].work].fold, part), std::nullopt};
        const auto opens = [&](const Place& p) { return p.opens && !known(clause.work, p); };
        if (std::none_of(places[u].begin(), places[u].end(),
                         [&](const Place& p) { return inside(p.of, part) && opens(p); }))
          continue;
        std::vector<Place> finds = find(clause);
        set_aside(clause, finds);
        // What is left may be known already: the find itself was of a series.
        if (std::none_of(finds.begin(), finds.end(), opens)) continue;
        finds = telling(clause, merge(finds));
        if (!finds.empty()) open(clause, std::move(finds));
      }
    places = {};  // the largest of what is at hand, before the chains are made
    // A series that another head told holds also between two of its places that differ.
    const auto both_in = [&](const Passage& unit, const Place& p) {
      if (p.equal == std::max(p.of.size(), p.span.size())) return false;
      for (const auto& [span, n] : in_series[unit.work])
        if (alike(p.of, span))
          for (const auto& [there, k] : in_series[p.work])
            if (k == n && alike(p.span, there)) return true;
      return false;
    };
    for (Head& head : heads) std::erase_if(head.places, [&](const Place& p) { return both_in(head.passage, p); });
    // A passage all of whose places lie in those of a longer one, which has few besides, is told there; so is one
    // of the same words, which are a series among themselves.
    const auto words_of = [&](const Passage& p) { return corpus_.works[p.work].fold.units(p.span); };
    std::vector<char> told(heads.size(), 0);
    for (std::uint32_t c = 0; c < heads.size(); ++c) {
      const Head& head = heads[c];
      if (head.passage.section) continue;
      std::map<std::uint32_t, std::size_t> in;  // of other chains: how many of the places they hold
      const auto count = [&](std::uint32_t work, FoldSpan place) {
        std::set<std::uint32_t> chains;
        for (const auto& [span, chain] : held[work])
          if (most_of(place, span)) chains.insert(chain);
        for (const std::uint32_t chain : chains) ++in[chain];
      };
      count(head.passage.work, head.passage.span);
      for (const Place& p : head.places) count(p.work, p.span);
      for (const auto& [chain, n] : in) {
        const Head& other = heads[chain];
        if (chain == c || other.places.empty() || other.places.size() > 2 * head.places.size()) continue;
        const bool longer = n > head.places.size() && other.passage.span.size() > head.passage.span.size();
        const bool same = n >= head.places.size() && chain < c &&
                          std::ranges::equal(words_of(other.passage), words_of(head.passage));
        if (longer || same) told[c] = 1;
      }
    }
    for (std::uint32_t c = 0; c < heads.size(); ++c)
      if (told[c] != 0) heads[c].places.clear();
    std::erase_if(heads, [](const Head& head) {
      return std::none_of(head.places.begin(), head.places.end(), [](const Place& p) { return p.opens; });
    });
    std::vector<Chain> chains(heads.size());
    for_each_index(heads.size(), jobs, [&](std::size_t c) { chains[c] = make(heads[c].passage, heads[c].places); });
    std::erase_if(chains, [&](const Chain& chain) {
      if (!in_every_mouth(chain)) return false;
      Series phrase{{}, {}, 0, {chain.witnesses[chain.head].work, chain.witnesses[chain.head].span}};
      for (const Witness& w : chain.witnesses) phrase.places.push_back({w.work, w.span});
      series.push_back(std::move(phrase));
      return true;
    });
    std::stable_sort(chains.begin(), chains.end(), [&](const Chain& x, const Chain& y) {
      const Witness &a = x.witnesses[x.first], &b = y.witnesses[y.first];
      return std::tuple(date(a.work), a.work, a.span, x.witnesses[x.head].span) <
             std::tuple(date(b.work), b.work, b.span, y.witnesses[y.head].span);
    });
    for (Series& s : series) {
      const auto key = [&](const Series::Place& p) {
        return std::tuple(date(p.work), edition(p.work), p.work, p.span);
      };
      std::sort(s.places.begin(), s.places.end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
      s.works = 0;
      for (std::size_t i = 0; i < s.places.size(); ++i)
        s.works += i == 0 || s.places[i].work != s.places[i - 1].work;
    }
    std::sort(series.begin(), series.end(), [&](const Series& x, const Series& y) {
      const auto key = [](const Series& s) {
        return std::tuple(-static_cast<std::int64_t>(s.places.size()), s.places.front().work, s.places.front().span,
                          s.head.work, s.head.span);
      };
      return key(x) < key(y);
    });
    for (const Head& head : heads)
      for (const Place& p : head.places) broken[p.alignment] = 0;
    return {std::move(chains), std::move(series),
            static_cast<std::uint32_t>(std::count(broken.begin(), broken.end(), 1))};
  }

 private:
  struct Touch {
    FoldSpan span;
    std::uint32_t alignment;
    bool b_side;
  };

  // A short phrase in the mouths of so many that it is nobody's: four speakers and more, none of them in half of
  // its places.
  static bool in_every_mouth(const Chain& chain) {
    constexpr std::size_t kSpeakers = 4;
    if (chain.quotation) return false;
    std::map<std::string, std::size_t> speakers;
    std::size_t voiced = 0, most = 0;
    std::uint32_t longest = 0;
    for (std::uint32_t i = 0; i < chain.witnesses.size(); ++i) {
      const Witness& w = chain.witnesses[i];
      if (i != chain.head) longest = std::max(longest, w.span.size());
      if (w.voice.by == Voice::By::nothing || w.voice.kind != SpeakerKind::person) continue;
      ++voiced;
      most = std::max(most, ++speakers[w.voice.speaker]);
    }
    return longest < kWeighty && speakers.size() >= kSpeakers && 2 * voiced >= chain.witnesses.size() &&
           2 * most <= voiced;
  }

  // The day by which a work stood; undated works last.
  Date date(std::uint32_t work) const {
    const auto& latest = corpus_.work(corpus_.works[work]).published.latest;
    return latest ? *latest : Date{9999, 12, 31};
  }

  // Of copies of one day, the one that was put up first leads.
  Date edition(std::uint32_t work) const {
    const Work& of = corpus_.work(corpus_.works[work]);
    return of.edition.latest ? *of.edition.latest : date(work);
  }

  void find_units() {
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
      const Work& work = corpus_.work(corpus_.works[w]);
      const Fold& fold = corpus_.works[w].fold;
      if (touching_[w].empty()) continue;
      const auto add = [&](FoldSpan span, std::optional<std::uint32_t> section) {
        if (span.size() >= kLeast) units_.push_back({w, span, section});
      };
      std::vector<char> in_section(work.paragraphs.size(), 0);
      for (std::uint32_t s = 0; s < work.sections.size(); ++s) {
        const Section& section = work.sections[s];
        add({fold.paragraph_span(section.first).begin, fold.paragraph_span(section.last - 1).end}, s);
        for (std::uint32_t p = section.first; p < section.last; ++p) in_section[p] = 1;
      }
      for (std::uint32_t p = 0; p < work.paragraphs.size(); ++p) {
        const Role role = work.paragraphs[p].role;
        if (!in_section[p] && (role == Role::body || role == Role::digest || role == Role::list_item))
          add(fold.paragraph_span(p), std::nullopt);
      }
      for (const Quotation& q : work.quotations)
        if (q.form != Quotation::Form::indirect) add(fold.find(envelope(q.parts)), std::nullopt);
    }
  }

  // Which alignments are of words that stand between quotation marks in one of the two texts, or in a section
  // that closes with the occasion on which they were spoken.
  void find_quoted() {
    enum class Around { reported, marked, occasion };
    std::vector<std::vector<std::pair<FoldSpan, Around>>> words(corpus_.works.size());
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
      if (touching_[w].empty()) continue;
      const Work& work = corpus_.work(corpus_.works[w]);
      const Fold& fold = corpus_.works[w].fold;
      for (const Quotation& q : work.quotations)
        words[w].emplace_back(fold.find(envelope(q.parts)),
                              q.form == Quotation::Form::indirect ? Around::reported : Around::marked);
      for (const Section& s : work.sections)
        words[w].emplace_back(FoldSpan{fold.paragraph_span(s.first).begin, fold.paragraph_span(s.last - 1).end},
                              Around::occasion);
    }
    // A few words out of a longer quotation may be a name or a title; short words must fill theirs. Reported
    // without marks they are anybody's.
    constexpr std::uint32_t kBeside = 3;
    const auto inside = [&](std::uint32_t w, FoldSpan span) {
      return std::any_of(words[w].begin(), words[w].end(), [&](const auto& q) {
        const std::uint32_t b = std::max(q.first.begin, span.begin), e = std::min(q.first.end, span.end);
        if (q.second == Around::marked && e > b && e - b >= kOpens) return true;
        return q.second != Around::reported && q.first.begin <= span.begin && span.end <= q.first.end &&
               (q.second == Around::occasion || q.first.size() <= span.size() + kBeside);
      });
    };
    const auto between = [&](std::uint32_t w, FoldSpan span) {
      return std::any_of(words[w].begin(), words[w].end(), [&](const auto& q) {
        const std::uint32_t b = std::max(q.first.begin, span.begin), e = std::min(q.first.end, span.end);
        return q.second != Around::reported && e > b && (e - b == span.size() || e - b >= kMarked);
      });
    };
    for (const Alignment& x : alignments_) {
      quoted_.push_back(inside(x.a_work, x.a) || inside(x.b_work, x.b));
      marked_.push_back(between(x.a_work, x.a) || between(x.b_work, x.b));
    }
  }

  // A text that says what its own title or heading says is not its source, nor the other way round; nor is a
  // paragraph the next one's, which a line heads that nothing marks as a heading.
  bool repeats_itself(const Alignment& x) const {
    if (x.a_work != x.b_work) return false;
    const CorpusWork& w = corpus_.works[x.a_work];
    const auto& paragraphs = corpus_.work(w).paragraphs;
    const std::uint32_t a = w.fold.paragraph_of(x.a.begin), b = w.fold.paragraph_of(x.b.begin);
    const auto heads = [&](std::uint32_t p) {
      return paragraphs[p].role == Role::title || paragraphs[p].role == Role::heading;
    };
    return std::max(a, b) - std::min(a, b) <= 1 || heads(a) || heads(b);
  }

  // The whole clauses of a stretch.
  static FoldSpan clauses_of(const Fold& fold, FoldSpan span) {
    while (span.begin < span.end && !fold.is_clause_edge(span.begin)) ++span.begin;
    while (span.end > span.begin && !fold.is_clause_edge(span.end)) --span.end;
    return span;
  }
  static std::uint32_t whole_clauses(const Fold& fold, FoldSpan span) { return clauses_of(fold, span).size(); }

  // A stretch without the words that it breaks off in, where clauses are most of it.
  static FoldSpan in_clauses(const Fold& fold, FoldSpan span) {
    const FoldSpan whole = clauses_of(fold, span);
    return whole.size() >= kPart && 2 * whole.size() >= span.size() ? whole : span;
  }

  // Where the alignments that touch the unit put it elsewhere: each find, by place.
  std::vector<Place> find(const Passage& unit) const {
    std::vector<Place> out;
    const auto& list = touching_[unit.work];
    const auto& reach = reach_[unit.work];
    const Fold& fold = corpus_.works[unit.work].fold;
    auto at =
        static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end(), unit.span.begin) - reach.begin());
    for (; at < list.size() && list[at].span.begin < unit.span.end; ++at) {
      const Touch& t = list[at];
      if (t.span.end <= unit.span.begin) continue;
      const Alignment& x = alignments_[t.alignment];
      Place p{t.b_side ? x.a_work : x.b_work, {UINT32_MAX, 0}, {UINT32_MAX, 0}, 0};
      std::uint32_t figures = 0;
      for (const EqualRun& r : x.equal) {
        const std::uint32_t mine = t.b_side ? r.b : r.a, other = t.b_side ? r.a : r.b;
        const std::uint32_t b = std::max(mine, unit.span.begin), e = std::min(mine + r.length, unit.span.end);
        if (e <= b) continue;
        p.span = {std::min(p.span.begin, other + (b - mine)), std::max(p.span.end, other + (e - mine))};
        p.of = {std::min(p.of.begin, b), std::max(p.of.end, e)};
        p.equal += e - b;
        for (const Unit u : fold.units({b, e})) figures += han::is_digit(static_cast<char32_t>(u));
      }
      if (p.equal == 0) continue;
      std::uint32_t whole = 0;
      for (const EqualRun& r : x.equal) whole += r.length;
      p.score = x.score * p.equal / whole;
      p.quoted = quoted_[t.alignment];
      p.alignment = t.alignment;
      p.b_side = t.b_side;
      p.whole =
          std::min(p.equal, std::max(whole_clauses(fold, p.of), whole_clauses(corpus_.works[p.work].fold, p.span)));
      p.opens = !repeats_itself(x) &&
                (quoted_[t.alignment] ||
                 (p.equal - figures >= kOpens && (p.equal >= kBroken || p.whole >= kPart) &&
                  x.score >= (p.equal < kWeighty ? kToldShort : kTold) * std::max(x.a.size(), x.b.size())));
      // Replaced letters at the alignment's ends are the unit's where it reaches so far.
      const FoldSpan mine = t.b_side ? x.b : x.a, other = t.b_side ? x.a : x.b;
      if (unit.span.begin <= mine.begin) p.span.begin = other.begin, p.of.begin = mine.begin;
      if (unit.span.end >= mine.end) p.span.end = other.end, p.of.end = mine.end;
      if (p.equal >= kLeast || p.equal * 10 >= unit.span.size() * 9) out.push_back(p);
    }
    std::sort(out.begin(), out.end(),
              [](const Place& x, const Place& y) { return std::tie(x.work, x.span) < std::tie(y.work, y.span); });
    // The unit's own place is its first witness, not a find.
    std::erase_if(out, [&](const Place& p) {
      return p.work == unit.work && p.span.begin < unit.span.end && unit.span.begin < p.span.end;
    });
    return out;
  }

  // The most letters of a unit that one text holds, here and there. REQUIRES: in order of works
  static std::uint32_t most_held(const std::vector<Place>& finds) {
    std::uint32_t most = 0, held = 0, work = UINT32_MAX;
    for (const Place& p : finds) {
      held = p.work == work ? held + p.equal : p.equal;
      work = p.work;
      most = std::max(most, held);
    }
    return most;
  }

  // The parts of a unit that stand elsewhere: stretches that finds overlap in, for the most part of the shorter.
  static std::vector<FoldSpan> parts_of(const std::vector<Place>& finds) {
    std::vector<FoldSpan> out;
    for (const Place& p : finds) out.push_back(p.of);
    std::sort(out.begin(), out.end());
    std::size_t kept = 0;
    for (std::size_t i = 1; i < out.size(); ++i) {
      FoldSpan& last = out[kept];
      const std::uint32_t both = last.end > out[i].begin ? std::min(last.end, out[i].end) - out[i].begin : 0;
      if (2 * both > std::min(last.size(), out[i].size()))
        last.end = std::max(last.end, out[i].end);
      else
        out[++kept] = out[i];
    }
    out.resize(std::min(out.size(), kept + 1));
    return out;
  }

  // Which of a unit's finds are the same sentence with other values (series.hpp).
  SeriesTold tell(const Passage& unit, const std::vector<Place>& finds) const {
    std::vector<Answer> answers;
    for (const Place& p : finds) {
      Answer a{p.work, p.span, p.of, {}, marked_[p.alignment]};
      for (const EqualRun& r : alignments_[p.alignment].equal) {
        const std::uint32_t mine = p.b_side ? r.b : r.a, other = p.b_side ? r.a : r.b;
        const std::uint32_t b = std::max(mine, p.of.begin), e = std::min(mine + r.length, p.of.end);
        if (b < e) a.equal.push_back({b, other + (b - mine), e - b});
      }
      answers.push_back(std::move(a));
    }
    return tell_series(corpus_, unit.work, unit.span, answers);
  }

  // Two finds of one place are one; pieces that follow each other closely in both texts are one witness.
  static std::vector<Place> merge(const std::vector<Place>& finds) {
    std::vector<Place> merged;
    for (const Place& p : finds) {
      if (!merged.empty() && merged.back().work == p.work) {
        Place& last = merged.back();
        const bool overlaps = p.span.begin < last.span.end;
        const bool follows =
            p.span.begin <= last.span.end + 60 && p.of.begin + 10 >= last.of.end && p.of.begin <= last.of.end + 200;
        if (overlaps || follows) {
          if (overlaps && p.equal <= last.equal && p.span.end <= last.span.end) continue;
          last.equal = overlaps ? std::max(last.equal, p.equal) : last.equal + p.equal;
          last.whole = overlaps ? std::max(last.whole, p.whole) : last.whole + p.whole;
          last.score = overlaps ? std::max(last.score, p.score) : last.score + p.score;
          last.quoted = last.quoted || p.quoted;
          last.opens = last.opens || p.opens;
          last.span.end = std::max(last.span.end, p.span.end);
          last.of = {std::min(last.of.begin, p.of.begin), std::max(last.of.end, p.of.end)};
          continue;
        }
      }
      merged.push_back(p);
    }
    return merged;
  }

  // The places that hold a part of the unit that says something: not a name, a title or a stock phrase of it.
  static std::vector<Place> telling(const Passage& unit, std::vector<Place> places) {
    std::erase_if(places, [&](const Place& p) {
      return !p.quoted && p.equal < kWeighty && 2 * p.equal < unit.span.size() &&
             (p.score < kPartTold * p.equal || (p.equal < kBroken && p.whole < kPart));
    });
    return places;
  }

  Witness witness(std::uint32_t work, FoldSpan span, FoldSpan of_head, double extent) const {
    Witness w;
    w.work = work;
    w.span = span;
    w.of = of_head;
    w.extent = extent;
    const Work& of = corpus_.work(corpus_.works[work]);
    const Fold& fold = corpus_.works[work].fold;
    w.role = of.paragraphs[fold.paragraph_of(span.begin)].role;
    const Span place{fold.origin(span.begin), fold.origin(span.end - 1) + 1};
    for (const Quotation& q : of.quotations) {
      if (q.form == Quotation::Form::indirect) continue;
      const Span e = envelope(q.parts);
      w.quoted = w.quoted || (e.begin <= place.begin && place.end <= e.end);
    }
    w.voice = voice_of(corpus_, work, span);
    return w;
  }

  // For each witness, the share of the head that its text holds: one that gives a passage's sentences here and
  // there holds it as well as one that gives them in a row.
  static std::vector<double> held_by_text(const std::vector<Witness>& ws) {
    std::vector<double> out(ws.size(), 0);
    for (std::size_t begin = 0, end = 0; begin < ws.size(); begin = end) {
      while (end < ws.size() && ws[end].work == ws[begin].work) ++end;
      std::vector<std::size_t> fullest(end - begin);
      for (std::size_t i = 0; i < fullest.size(); ++i) fullest[i] = begin + i;
      std::stable_sort(fullest.begin(), fullest.end(),
                       [&](std::size_t x, std::size_t y) { return ws[x].extent > ws[y].extent; });
      double held = 0;
      std::vector<FoldSpan> counted;
      for (const std::size_t w : fullest) {
        const FoldSpan of = ws[w].of;
        if (std::any_of(counted.begin(), counted.end(),
                        [&](FoldSpan c) { return c.begin < of.end && of.begin < c.end; }))
          continue;
        counted.push_back(of);
        held += ws[w].extent;
      }
      for (std::size_t i = begin; i < end; ++i) out[i] = held;
    }
    return out;
  }

  Chain make(const Passage& unit, const std::vector<Place>& places, bool asked = false) const {
    Chain chain;
    chain.witnesses.push_back(witness(unit.work, unit.span, unit.span, 1.0));
    for (const Place& p : places)
      chain.witnesses.push_back(
          witness(p.work, p.span, p.of, std::min(1.0, static_cast<double>(p.equal) / unit.span.size())));
    auto& ws = chain.witnesses;
    const auto head_key = std::tuple(unit.work, unit.span);
    std::sort(ws.begin(), ws.end(), [&](const Witness& x, const Witness& y) {
      return std::tuple(date(x.work), edition(x.work), x.work, x.span) <
             std::tuple(date(y.work), edition(y.work), y.work, y.span);
    });
    for (std::uint32_t i = 0; i < ws.size(); ++i)
      if (std::tuple(ws[i].work, ws[i].span) == head_key) chain.head = i;
    const std::vector<double> held = held_by_text(ws);
    chain.first = chain.head;
    for (std::uint32_t i = 0; i < ws.size(); ++i)
      if (held[i] >= 0.5) {  // its place that holds half, else its fullest; places of one text follow each other
        chain.first = i;
        for (std::uint32_t k = i + 1; k < ws.size() && ws[k].work == ws[i].work; ++k)
          if (ws[chain.first].extent < 0.5 && ws[k].extent > ws[chain.first].extent) chain.first = k;
        break;
      }
    chain.first_part = 0;
    if (asked && ws.size() > 1) {  // an asked text is nobody's first appearance
      const std::uint32_t earliest = chain.head == 0 ? 1 : 0;
      if (chain.first == chain.head) chain.first = earliest;
      if (chain.first_part == chain.head) chain.first_part = earliest;
    }
    const Date first_day = date(ws[chain.first].work);
    for (std::uint32_t i = 0; i < ws.size(); ++i) {
      if (i == chain.first || held[i] < 0.5) continue;
      const DateInterval& d = corpus_.work(corpus_.works[ws[i].work]).published;
      if (ws[i].work != ws[chain.first].work && (!d.earliest || *d.earliest < first_day)) chain.rivals.push_back(i);
    }
    chain.quotation =
        unit.section.has_value() || std::any_of(ws.begin(), ws.end(), [](const Witness& w) { return w.quoted; });
    if (unit.section) chain.occasion = {unit.work, *unit.section};
    collate(
        corpus_,
        [this](std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there) {
          return linked(work, window, other, there);
        },
        chain);
    return chain;
  }

  // How many letters of a window of one work are linked to a window of another.
  std::uint32_t linked(std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there) const {
    std::uint32_t out = 0;
    const auto& list = touching_[work];
    const auto& reach = reach_[work];
    auto at = static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end(), window.begin) - reach.begin());
    for (; at < list.size() && list[at].span.begin < window.end; ++at) {
      const Touch& t = list[at];
      const Alignment& x = alignments_[t.alignment];
      if ((t.b_side ? x.a_work : x.b_work) != other) continue;
      std::uint32_t here = 0;
      for (const EqualRun& r : x.equal) {
        const std::uint32_t mine = t.b_side ? r.b : r.a, theirs = t.b_side ? r.a : r.b;
        for (std::uint32_t i = std::max(mine, window.begin); i < std::min(mine + r.length, window.end); ++i)
          here += there.begin <= theirs + (i - mine) && theirs + (i - mine) < there.end ? 1U : 0U;
      }
      out = std::max(out, here);
    }
    return out;
  }

  const Corpus& corpus_;
  const std::vector<Alignment>& alignments_;
  std::vector<std::vector<Touch>> touching_;       // of each work, by place
  std::vector<std::vector<std::uint32_t>> reach_;  // the farthest end of touching_[w][0..i]
  std::vector<Passage> units_;
  std::vector<bool> quoted_;  // of each alignment
  std::vector<bool> marked_;  // of each: of words between quotation marks, or in a section with an occasion
};

}  // namespace

Chain build_chain(const Corpus& corpus, const std::vector<Alignment>& alignments, std::uint32_t work) {
  return Builder(corpus, alignments).around(work);
}

Provenance build_chains(const Corpus& corpus, const std::vector<Alignment>& alignments, unsigned jobs) {
  return Builder(corpus, alignments).run(jobs);
}

}  // namespace suyuan
