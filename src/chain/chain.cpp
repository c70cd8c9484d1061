// Heads → chains: witnesses in order, the first appearance.
#include "suyuan/chain.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/han.hpp"
#include "base/parallel.hpp"
#include "chain/antecedents.hpp"
#include "chain/collate.hpp"
#include "chain/events.hpp"
#include "chain/heads.hpp"
#include "chain/voice.hpp"
#include "chain/word_edges.hpp"

namespace suyuan {

namespace {

using View = std::u32string_view;

constexpr Date kNever{9999, 12, 31};

class Builder {
 public:
  explicit Builder(const Finder& finder) : finder_(finder), corpus_(finder.corpus()) {}

  Chain around(std::uint32_t work, std::size_t compared) const {
    const Passage whole{work, {0, corpus_.works[work].fold.size()}, std::nullopt};
    return make(whole, merge(finder_.find(whole)), true, compared);
  }

  Provenance run(unsigned jobs) const {
    Heads found = find_heads(finder_, jobs);
    std::vector<Date> days;
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) days.push_back(date(w));
    add_antecedents(corpus_, days, found.heads, jobs);
    const std::vector<Head>& heads = found.heads;
    std::vector<Series>& series = found.series;
    std::vector<Chain> chains(heads.size());
    for_each_index(heads.size(), jobs, [&](std::size_t c) { chains[c] = make(heads[c].passage, heads[c].finds); });
    std::erase_if(chains, [](const Chain& chain) { return chain.witnesses.size() < 2 || of_one_text(chain); });
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
    name_earlier_parts(chains, jobs);
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
    return {std::move(chains), std::move(series), found.fragments};
  }

 private:
  // Of each chain the parts of its head that stand as other chains' places, where those begin earlier: each stretch
  // once, from the earliest. The other chain's first appearance has the same part of that chain's head, and nearly
  // all of its letters.
  void name_earlier_parts(std::vector<Chain>& chains, unsigned jobs) const {
    constexpr double kSame = 0.8, kHeld = 0.5;
    struct Place {
      FoldSpan span, of;
      const Chain* chain;
    };
    const auto inside = [](FoldSpan inner, FoldSpan outer) {
      const std::uint32_t begin = std::max(inner.begin, outer.begin), end = std::min(inner.end, outer.end);
      return begin < end && end - begin >= kSame * inner.size();
    };
    const auto says = [&](std::uint32_t work, FoldSpan of, std::uint32_t other, FoldSpan there) {
      constexpr double kSays = 0.9;
      std::uint32_t equal = 0;
      for (const EqualRun& r : align_pair(corpus_.works[work].fold, of, corpus_.works[other].fold, there))
        equal += r.length;
      return equal >= kSays * of.size();
    };
    std::vector<std::vector<Place>> places(corpus_.works.size());
    for (const Chain& c : chains)
      for (const Witness& w : c.witnesses)
        if (w.extent >= kHeld) places[w.work].push_back({w.span, w.of, &c});
    for_each_index(chains.size(), jobs, [&](std::size_t n) {
      Chain& chain = chains[n];
      const Witness &whole = chain.witnesses[chain.head], &first = chain.witnesses[chain.first];
      std::vector<EarlierPart> found;
      for (const Place& p : places[whole.work]) {
        const Witness &head = p.chain->witnesses[p.chain->head], &origin = p.chain->witnesses[p.chain->first];
        if (p.chain == &chain || !inside(p.span, whole.span) || !inside(p.of, origin.of) ||
            !(date(origin.work) < date(first.work)) ||
            std::ranges::any_of(chain.witnesses, [&](const Witness& w) { return w.work == origin.work; }))
          continue;
        const FoldSpan of{std::max(p.span.begin, whole.span.begin), std::min(p.span.end, whole.span.end)};
        if (!says(whole.work, of, origin.work, origin.span)) continue;
        found.push_back({of, head.work, head.span, origin.work, origin.span, origin.voice});
      }
      std::ranges::sort(found, {}, [&](const EarlierPart& x) {
        return std::tuple(date(x.work), -static_cast<std::int64_t>(x.of.size()), x.work, x.span, x.head_work,
                          x.head);
      });
      std::vector<EarlierPart>& kept = chain.earlier_parts;
      for (const EarlierPart& x : found)
        if (std::ranges::none_of(kept, [&](const EarlierPart& y) { return inside(x.of, y.of); })) kept.push_back(x);
      std::ranges::sort(kept, {}, &EarlierPart::of);
    });
  }

  // What an article says twice is not carried on, unless its digest has it; what stands far apart in one text may
  // be in two that nobody has told apart.
  static bool of_one_text(const Chain& chain) {
    constexpr std::uint32_t kArticle = 10'000;  // letters
    const Witness& first = chain.witnesses.front();
    return std::ranges::all_of(chain.witnesses, [&](const Witness& w) {
      return w.work == first.work && w.role != Role::digest && w.span.begin < first.span.end + kArticle;
    });
  }

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

  // The day by which a work stood, in print or as this copy of it, else on which it was written; undated works
  // last.
  Date date(std::uint32_t work) const {
    const Work& of = corpus_.work(corpus_.works[work]);
    return is_signed(of.published) ? *of.published.earliest : stood_by(of).value_or(kNever);
  }
  static std::optional<Date> stood_by(const Work& work) {
    return work.published.latest ? work.published.latest : work.edition.latest;
  }

  // Of copies of one day, the one that was put up first leads.
  Date edition(std::uint32_t work) const {
    const Work& of = corpus_.work(corpus_.works[work]);
    return of.edition.latest ? *of.edition.latest : date(work);
  }

  // The section that holds a passage: its occasion is the passage's.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> occasion_of(const Passage& passage) const {
    if (passage.section) return std::pair(passage.work, *passage.section);
    const Fold& fold = corpus_.works[passage.work].fold;
    const std::uint32_t first = fold.paragraph_of(passage.span.begin),
                        last = fold.paragraph_of(passage.span.end - 1);
    const auto& sections = corpus_.work(corpus_.works[passage.work]).sections;
    for (std::uint32_t s = 0; s < sections.size(); ++s)
      if (sections[s].first <= first && last < sections[s].last) return std::pair(passage.work, s);
    return std::nullopt;
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
      if (!q.set_apart()) continue;
      const Span e = envelope(q.parts);
      // 某某说：“…” where what leads the words recurs with them.
      const Span lead = lead_in(corpus_.document(corpus_.works[work]), q);
      const bool led = lead.begin <= place.begin && place.begin < lead.end && 2 * e.size() >= place.size();
      w.quoted = w.quoted || ((led || e.begin <= place.begin) && place.end <= e.end);
    }
    w.voice = voice_of(corpus_, work, span);
    return w;
  }

  // For each witness, the share of the head that its text holds: one that gives a passage's sentences here and
  // there holds it as well as one that gives them in a row. Exact where it decides whether that is half.
  std::vector<double> held_by_text(const Passage& unit, const std::vector<Witness>& ws) const {
    std::vector<double> out(ws.size(), 0);
    for (std::size_t begin = 0, end = 0; begin < ws.size(); begin = end) {
      double most = 0, sum = 0;
      for (; end < ws.size() && ws[end].work == ws[begin].work; ++end)
        most = std::max(most, ws[end].extent), sum += ws[end].extent;
      double held = most;
      if (most < 0.5 && sum >= 0.5) {
        std::vector<char> letters(unit.span.size(), 0);
        double unplaced = 0;  // letters of places too broken up to be aligned at once
        for (std::size_t w = begin; w < end; ++w) {
          std::uint32_t own = 0;
          for (const EqualRun& r :
               align_pair(corpus_.works[unit.work].fold, unit.span, corpus_.works[ws[w].work].fold, ws[w].span)) {
            std::fill_n(letters.begin() + (r.a - unit.span.begin), r.length, 1);
            own += r.length;
          }
          unplaced += std::max(0.0, ws[w].extent * unit.span.size() - own);
        }
        const auto placed = static_cast<double>(std::count(letters.begin(), letters.end(), 1));
        held = (placed + unplaced) / unit.span.size();
      }
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin), out.begin() + static_cast<std::ptrdiff_t>(end),
                held);
    }
    return out;
  }

  // A link to a longer text ends where those two part: whole clauses of the passage that stand beside, letter for
  // letter, are held too.
  Find to_ends(const Passage& unit, Find p) const {
    const Fold &here = corpus_.works[unit.work].fold, &there = corpus_.works[p.work].fold;
    const auto same = [&](std::uint32_t i, std::uint32_t k) { return here.units()[i] == there.units()[k]; };
    const auto edge = [&](std::uint32_t i, std::uint32_t k) {
      return i == unit.span.begin || i == unit.span.end || (here.is_clause_edge(i) && there.is_clause_edge(k));
    };
    std::uint32_t n = 0;
    for (std::uint32_t k = 1;
         k <= std::min(p.of.begin - unit.span.begin, p.span.begin) && same(p.of.begin - k, p.span.begin - k); ++k)
      if (edge(p.of.begin - k, p.span.begin - k)) n = k;
    p.of.begin -= n, p.span.begin -= n, p.equal += n;
    n = 0;
    for (std::uint32_t k = 1; k <= std::min(unit.span.end - p.of.end, there.size() - p.span.end) &&
                              same(p.of.end + k - 1, p.span.end + k - 1);
         ++k)
      if (edge(p.of.end + k, p.span.end + k)) n = k;
    p.of.end += n, p.span.end += n, p.equal += n;
    return p;
  }

  // A place that begins or ends within a word of its text has all of it: 深受欢迎, where the passage says 最受欢迎.
  Find in_words(const Passage& unit, Find p) const {
    const Fold &here = corpus_.works[unit.work].fold, &there = corpus_.works[p.work].fold;
    const Document& document = corpus_.document(corpus_.works[p.work]);
    const auto before = word_over(document, there, p.span.begin).first;
    const auto clear = [](const Fold& fold, std::uint32_t begin, std::uint32_t end) {  // of the ends of clauses
      for (std::uint32_t i = begin; i < end; ++i)
        if (fold.is_clause_edge(i)) return false;
      return true;
    };
    if (before != 0 && p.of.begin - unit.span.begin >= before &&
        clear(here, p.of.begin - before + 1, p.of.begin + 1))
      p.of.begin -= before, p.span.begin -= before;
    const auto behind = word_over(document, there, p.span.end).second;
    if (behind != 0 && unit.span.end - p.of.end >= behind && clear(here, p.of.end, p.of.end + behind))
      p.of.end += behind, p.span.end += behind;
    return p;
  }

  // A place that breaks off within a clause of both goes on to the end of what they still have there: four letters
  // in a row and more, no farther than a phrase away.
  Find to_phrase(const Passage& unit, Find p) const {
    constexpr std::uint32_t kRow = 4, kAway = 10;
    const Fold &here = corpus_.works[unit.work].fold, &there = corpus_.works[p.work].fold;
    const auto inside = [](const Fold& fold, std::uint32_t at, std::uint32_t end) {
      return at > 0 && at < end && !fold.is_clause_edge(at);
    };
    if (inside(here, p.of.end, unit.span.end) && inside(there, p.span.end, there.size())) {
      FoldSpan mine{p.of.end, p.of.end}, other{p.span.end, p.span.end};
      do ++mine.end;
      while (inside(here, mine.end, unit.span.end));
      do ++other.end;
      while (inside(there, other.end, there.size()));
      std::uint32_t a = mine.begin, b = other.begin, more = 0;
      for (const EqualRun& r : align_pair(here, mine, there, other)) {
        if (r.length < kRow) continue;
        if (r.a - a > kAway || r.b - b > kAway) break;
        a = r.a + r.length, b = r.b + r.length, more += r.length;
      }
      p.of.end = a, p.span.end = b, p.equal += more;
    }
    if (inside(here, p.of.begin, unit.span.end) && p.of.begin > unit.span.begin &&
        inside(there, p.span.begin, there.size())) {
      FoldSpan mine{p.of.begin, p.of.begin}, other{p.span.begin, p.span.begin};
      do --mine.begin;
      while (mine.begin > unit.span.begin && inside(here, mine.begin, unit.span.end));
      do --other.begin;
      while (inside(there, other.begin, there.size()));
      std::uint32_t a = mine.end, b = other.end, more = 0;
      const std::vector<EqualRun> runs = align_pair(here, mine, there, other);
      for (auto r = runs.rbegin(); r != runs.rend(); ++r) {
        if (r->length < kRow) continue;
        if (a - (r->a + r->length) > kAway || b - (r->b + r->length) > kAway) break;
        a = r->a, b = r->b, more += r->length;
      }
      p.of.begin = a, p.span.begin = b, p.equal += more;
    }
    return p;
  }

  // A place ends neither within a figure nor a letter or two into the next clause, and begins with no 的 or 了.
  Find clean(const Passage& unit, Find p) const {
    const Fold &here = corpus_.works[unit.work].fold, &there = corpus_.works[p.work].fold;
    const auto letter = [&](std::uint32_t i) { return static_cast<char32_t>(there.units()[i]); };
    const auto cut = [&](std::uint32_t front, std::uint32_t back) {  // what both have
      if (front + back + kLeast > std::min(p.span.size(), p.of.size())) return;
      for (std::uint32_t k = 0; k < front; ++k)
        if (here.units()[p.of.begin + k] != there.units()[p.span.begin + k]) return;
      for (std::uint32_t k = 1; k <= back; ++k)
        if (here.units()[p.of.end - k] != there.units()[p.span.end - k]) return;
      p.of.begin += front, p.span.begin += front, p.of.end -= back, p.span.end -= back;
      p.equal -= std::min(p.equal, front + back);
    };
    const auto figure = [](char32_t c) { return han::is_digit(c) || c == U'%' || c == U'.'; };
    std::uint32_t n = 0;
    if (p.span.begin > 0 && !there.is_clause_edge(p.span.begin) && figure(letter(p.span.begin - 1)))
      while (n < p.span.size() && figure(letter(p.span.begin + n))) ++n;
    else if (p.span.begin > 0 && han::is_digit(letter(p.span.begin - 1)) &&
             View(U"年月日亿万").find(letter(p.span.begin)) != View::npos)
      n = 1;
    else if (!there.is_clause_edge(p.span.begin) && View(U"的了").find(letter(p.span.begin)) != View::npos)
      n = 1;
    cut(n, 0);
    n = 0;
    if (p.span.end < there.size() && !there.is_clause_edge(p.span.end) && figure(letter(p.span.end)))
      while (n < p.span.size() && figure(letter(p.span.end - 1 - n))) ++n;
    cut(0, n);
    const FoldSpan less = without_ends(there, p.span), mine = without_ends(here, p.of);
    const auto front = less.begin - p.span.begin, back = p.span.end - less.end;
    if (mine.begin - p.of.begin == front) cut(front, 0);
    if (p.of.end - mine.end == back) cut(0, back);
    return p;
  }

  Chain make(const Passage& unit, const std::vector<Find>& finds, bool asked = false,
             std::size_t compared = SIZE_MAX) const {
    Chain chain;
    chain.witnesses.push_back(witness(unit.work, unit.span, unit.span, 1.0));
    for (const Find& found : finds) {
      const Find p = clean(unit, in_words(unit, to_phrase(unit, to_ends(unit, found))));
      if (!asked && !unit.section && !p.quoted && tells_another_event(corpus_, unit.work, p.of, p.work, p.span)) continue;
      chain.witnesses.push_back(
          witness(p.work, p.span, p.of, std::min(1.0, static_cast<double>(p.equal) / unit.span.size())));
    }
    auto& ws = chain.witnesses;
    const auto head_key = std::tuple(unit.work, unit.span);
    std::sort(ws.begin(), ws.end(), [&](const Witness& x, const Witness& y) {
      return std::tuple(date(x.work), edition(x.work), x.work, x.span) <
             std::tuple(date(y.work), edition(y.work), y.work, y.span);
    });
    for (std::uint32_t i = 0; i < ws.size(); ++i)
      if (std::tuple(ws[i].work, ws[i].span) == head_key) chain.head = i;
    const std::vector<double> held = held_by_text(unit, ws);
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
    const Date first_day = stood_by(corpus_.work(corpus_.works[ws[chain.first].work])).value_or(kNever);
    for (std::uint32_t i = 0; i < ws.size(); ++i) {
      if (i == chain.first || held[i] < 0.5) continue;
      const DateInterval& d = corpus_.work(corpus_.works[ws[i].work]).published;
      const bool other = corpus_.works[ws[i].work].publication != corpus_.works[ws[chain.first].work].publication;
      if (other && (!d.earliest || *d.earliest <= first_day)) chain.rivals.push_back(i);
    }
    chain.occasion = occasion_of(unit);
    chain.quotation =
        chain.occasion.has_value() || std::any_of(ws.begin(), ws.end(), [](const Witness& w) { return w.quoted; });
    collate(
        corpus_,
        [this](std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there) {
          return finder_.linked(work, window, other, there);
        },
        chain, compared);
    return chain;
  }

  const Finder& finder_;
  const Corpus& corpus_;
};

}  // namespace

Chain build_chain(const Corpus& corpus, const std::vector<Alignment>& alignments, std::uint32_t work,
                  std::size_t compared) {
  return Builder(Finder(corpus, alignments)).around(work, compared);
}

Provenance build_chains(const Corpus& corpus, const std::vector<Alignment>& alignments, unsigned jobs) {
  return Builder(Finder(corpus, alignments)).run(jobs);
}

}  // namespace suyuan
