// Whose wording a witness has: earlier texts that differ among themselves, and where it goes with which of them.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/han.hpp"
#include "chain/collate.hpp"
#include "segment/dates.hpp"

namespace suyuan {

std::string_view name(Follows::Status status) {
  constexpr std::string_view kNames[]{"first", "decided", "undecided", "sibling"};
  return kNames[static_cast<std::size_t>(status)];
}

namespace {

constexpr std::uint32_t kDecides = 2;  // what a reading weighs that decides alone; others weigh half
constexpr std::uint32_t kBeside = 24;  // letters right before or after a passage that are its neighbouring text,
constexpr std::uint32_t kNeighbours = 16;  // and how many of them two texts must share
constexpr int kReported = 10;              // days within which a report tells of an occasion
constexpr std::size_t kMeeting = 8;        // letters of an occasion's name that a report's title shares

// A place where a source differs from the witness: units of the witness, empty where it has nothing.
struct Difference {
  FoldSpan at;
  std::uint32_t weight = 0;
  EditClass kind = EditClass::wording;
  std::uint32_t offset = 0;
  Parts mine, theirs;
  std::uint32_t work = 0;  // of theirs
  bool outside = false;
};

// Whether two differences are at one place, or touch: then neither shows that the other's source reads otherwise.
bool meet(const Difference& x, const Difference& y) {
  if (x.outside != y.outside) return false;
  if (x.at.empty() || y.at.empty()) return x.at.begin <= y.at.end && y.at.begin <= x.at.end;
  return x.at.begin < y.at.end && y.at.begin < x.at.end;
}

bool overlap(const Difference& x, const Difference& y) {
  if (x.at.empty() != y.at.empty()) {
    const FoldSpan &point = x.at.empty() ? x.at : y.at, &span = x.at.empty() ? y.at : x.at;
    return x.outside == y.outside && span.begin < point.begin && point.begin < span.end;
  }
  return meet(x, y);
}

// Places that stand alike to the witness.
struct Candidate {
  std::vector<std::uint32_t> witnesses;  // in order
  std::vector<Difference> differences;
  bool excluded = false;
};

// The text right beside a passage, without what only says whose words follow: that is anybody's.
FoldSpan neighbouring(const Corpus& corpus, const Witness& w, bool after) {
  const Fold& fold = corpus.works[w.work].fold;
  FoldSpan out = after ? FoldSpan{w.span.end, std::min(fold.size(), w.span.end + kBeside)}
                       : FoldSpan{w.span.begin - std::min(w.span.begin, kBeside), w.span.begin};
  if (out.empty()) return out;
  const std::uint32_t first = fold.origin(out.begin), last = fold.origin(out.end - 1);
  for (const Quotation& q : corpus.work(corpus.works[w.work]).quotations) {
    if (!q.attribution || q.attribution->span.end <= first || last < q.attribution->span.begin) continue;
    const FoldSpan said = fold.find(q.attribution->span);
    if (said.empty() || said.end <= out.begin || out.end <= said.begin) continue;
    if (after)
      out.end = std::max(out.begin, said.begin);
    else
      out.begin = std::min(out.end, said.end);
  }
  return out;
}

using Beside = Follower::Beside;

class Judge {
 public:
  Judge(const Corpus& corpus, const Linked& linked, const Chain& chain, const std::vector<Beside>& beside,
        std::uint32_t witness)
      : corpus_(corpus),
        linked_(linked),
        chain_(chain),
        beside_(beside),
        witness_(witness),
        mine_(chain.witnesses[witness]) {}

  Follows run(const std::vector<CollatedSource>& sources) {
    Follows out;
    const std::vector<std::uint32_t> siblings = find_siblings();
    if (!siblings.empty()) {
      out.status = Follows::Status::sibling;
      name_publications(siblings, out);
      return out;
    }
    gather(sources);
    if (candidates_.empty()) return out;
    exclude();
    std::vector<const Candidate*> left, all;
    for (const Candidate& c : candidates_) {
      all.push_back(&c);
      if (!c.excluded) left.push_back(&c);
    }
    if (left.empty()) left = all;
    const bool alike = std::all_of(left.begin(), left.end(), [&](const Candidate* x) {
      return std::all_of(left.begin(), left.end(),
                         [&](const Candidate* y) { return same(*x, *y) || speaks(*x, *y) == 0; });
    });
    const bool decided =
        alike && std::any_of(all.begin(), all.end(), [&](const Candidate* x) {
          return std::none_of(left.begin(), left.end(), [&](const Candidate* y) { return x == y || same(*x, *y); });
        });
    out.status = decided ? Follows::Status::decided : Follows::Status::undecided;
    std::vector<std::uint32_t> named;
    for (const Candidate* c : left) named.insert(named.end(), c->witnesses.begin(), c->witnesses.end());
    name_publications(named, out);
    if (decided || !alike) out.readings = tell(decided ? all : left, decided);
    return out;
  }

 private:
  std::uint32_t publication(std::uint32_t witness) const {
    return corpus_.works[chain_.witnesses[witness].work].publication;
  }

  // The earliest witness of each publication, in order.
  void name_publications(std::vector<std::uint32_t> witnesses, Follows& out) const {
    std::sort(witnesses.begin(), witnesses.end());
    std::unordered_set<std::uint32_t> seen;
    for (const std::uint32_t w : witnesses) {
      if (!seen.insert(publication(w)).second) continue;
      if (out.witnesses.size() < kNamed)
        out.witnesses.push_back(w);
      else
        ++out.more;
    }
  }

  const Work& work(const Witness& w) const { return corpus_.work(corpus_.works[w.work]); }

  // Whether a text gives an occasion's words themselves, where a commentary gives them again: by its kind, or by
  // the line that closes the section.
  bool primary(const Witness& w) const {
    const Work& of = work(w);
    if (of.kind == WorkKind::report || of.kind == WorkKind::speech || of.kind == WorkKind::excerpt ||
        of.kind == WorkKind::decision)
      return true;
    const std::uint32_t paragraph = corpus_.works[w.work].fold.paragraph_of(w.span.begin);
    return std::any_of(of.sections.begin(), of.sections.end(),
                       [&](const Section& s) { return s.first <= paragraph && paragraph < s.last; });
  }

  // The day that the line closing its section states, or its attribution.
  static std::optional<Date> spoken(const Witness& w) {
    const DateInterval& day = w.voice.spoken;
    return day.latest && day.earliest == day.latest ? day.latest : std::nullopt;
  }

  // Its Han letters, without readings in brackets.
  static std::u32string letters(std::u32string_view text) {
    constexpr char32_t kHan = 0x3400;
    std::u32string out;
    for (const char32_t c : text)
      if (c >= kHan && han::kind(c) == han::Kind::letter) out += han::script_class(han::plain(c));
    return out;
  }

  // Whether a report came out within days of a day on which words were spoken, and names that day or the occasion.
  bool tells_of(const Witness& report, const Witness& words, Date day) const {
    const Work& of = work(report);
    if (of.kind != WorkKind::report || !of.published.latest || *of.published.latest < day ||
        add_days(day, kReported) < *of.published.latest)
      return false;
    if (std::any_of(of.dates.begin(), of.dates.end(),
                    [&](const DateMention& d) { return d.earliest == day && d.latest == day; }))
      return true;
    const std::u32string title = letters(from_utf8(of.title));
    const std::u32string occasion =
        letters(corpus_.document(corpus_.works[words.work]).text_of(words.voice.occasion));
    for (std::size_t i = 0; i + kMeeting <= title.size(); ++i)
      if (occasion.find(std::u32string_view(title).substr(i, kMeeting)) != occasion.npos) return true;
    return false;
  }

  bool reports_on(const Witness& report, const Witness& text) const {
    const std::optional<About>& about = work(report).about;
    if (!about || about->document.empty()) return false;
    const std::uint32_t publication = corpus_.works[text.work].publication;
    return std::any_of(corpus_.works.begin(), corpus_.works.end(), [&](const CorpusWork& w) {
      return w.publication == publication && corpus_.document(w).key == about->document &&
             corpus_.work(w).span == about->work;
    });
  }

  bool sibling(const Witness& other) const {
    if (!primary(mine_) || !primary(other)) return false;
    const std::string &x = mine_.voice.speaker, &y = other.voice.speaker;
    if (!x.empty() && !y.empty() && x != y) return false;
    const std::optional<Date> here = spoken(mine_), there = spoken(other);
    if (here && there) return here == there;
    return (here && tells_of(other, mine_, *here)) || (there && tells_of(mine_, other, *there));
  }

  // Earlier texts of the occasion, however little they share; what a report reports on may come after it.
  std::vector<std::uint32_t> find_siblings() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t k = 0; k < chain_.witnesses.size(); ++k) {
      if (publication(k) == publication(witness_)) continue;
      const Witness& other = chain_.witnesses[k];
      const bool shares = std::min(mine_.of.end, other.of.end) >= std::max(mine_.of.begin, other.of.begin) + kLeast;
      if (shares && (reports_on(mine_, other) || (k < witness_ && (reports_on(other, mine_) || sibling(other)))))
        out.push_back(k);
    }
    return out;
  }

  // An earlier text of another publication. What gives an occasion's own words has them from no commentary, and
  // words spoken on a known day have nothing from what came out after it.
  bool candidate(std::uint32_t number) const {
    if (publication(number) == publication(witness_)) return false;
    if (!primary(mine_)) return true;
    const Work& other = work(chain_.witnesses[number]);
    if (other.kind == WorkKind::commentary || other.kind == WorkKind::interview ||
        other.kind == WorkKind::editorial_note)
      return false;
    const std::optional<Date> day = spoken(mine_);
    return !day || !other.published.earliest || *other.published.earliest <= *day;
  }

  // Whether a character of the witness stands between quotation marks, and not in what leads to them.
  bool in_marks(std::uint32_t offset) const {
    const auto& quotations = work(mine_).quotations;
    return std::any_of(quotations.begin(), quotations.end(), [&](const Quotation& q) {
      const Span words = envelope(q.parts);
      return q.set_apart() && words.begin <= offset && offset < words.end;
    });
  }

  // Where a source differs, and how much that weighs for a text that does not.
  std::vector<Difference> differences(const CollatedSource& source) const {
    const Comparison& c = source.comparison;
    std::vector<Difference> out;
    const Fold& fold = corpus_.works[mine_.work].fold;
    // What it holds nothing of.
    for (const FoldSpan ends : {FoldSpan{mine_.span.begin, c.b.begin}, FoldSpan{c.b.end, mine_.span.end}})
      if (ends.begin < ends.end)
        out.push_back(
            {ends, kDecides, EditClass::wording, fold.origin(ends.begin), fold.parts(ends), {}, 0, false});
    for (const Edit& e : c.edits) {
      if (e.kind == EditClass::punctuation) continue;
      Difference d;
      d.at = fold.find(e.to.empty() ? Span{e.to_at, e.to_at} : envelope(e.to));
      d.kind = e.kind;
      d.offset = e.to_at;
      d.mine = e.to;
      d.theirs = e.from;
      d.work = chain_.witnesses[source.witnesses.front()].work;
      // A report turns speech into report; words between quotation marks do not.
      const bool kept = e.kind == EditClass::reporting && mine_.quoted && !e.to.empty() && in_marks(e.to_at);
      const bool reads =
          e.kind == EditClass::wording && !e.ocr_suspect && !e.to.empty() && (!e.from.empty() || d.at.size() > 1);
      const bool orders = e.kind == EditClass::structure || e.op == EditOp::move;
      d.weight = orders ? 0 : kept || reads ? kDecides : kDecides / 2;
      out.push_back(std::move(d));
    }
    return out;
  }

  bool beside(std::uint32_t witness, bool after) const {
    const Witness& w = chain_.witnesses[witness];
    const FoldSpan here = beside_[witness_].text(after), there = beside_[witness].text(after);
    return here.size() >= kNeighbours && there.size() >= kNeighbours &&
           linked_(mine_.work, here, w.work, there) >= kNeighbours;
  }

  // What one copy of a publication alone has at a place is that copy's: copies of one place are one candidate, and
  // differ where all of them do. Candidates that stand alike to the witness are one.
  void gather(const std::vector<CollatedSource>& sources) {
    struct Stand {
      std::vector<std::uint32_t> witnesses, sources;
      bool before = false, after = false;
    };
    std::vector<Stand> stands;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> of_publication;
    for (std::uint32_t s = 0; s < sources.size(); ++s) {
      std::array<Stand, 4> alone;  // of publications without copies here
      for (const std::uint32_t w : sources[s].witnesses) {
        if (!candidate(w)) continue;
        const bool before = beside(w, false), after = beside(w, true);
        if (!beside_[w].copied) {
          Stand& stand = alone[(before ? 2 : 0) + (after ? 1 : 0)];
          stand.witnesses.push_back(w);
          stand.before = before;
          stand.after = after;
          continue;
        }
        std::vector<std::size_t>& known = of_publication[publication(w)];
        const auto copy = std::find_if(known.begin(), known.end(), [&](std::size_t n) {
          return std::ranges::any_of(stands[n].witnesses, [&](std::uint32_t k) { return copies(k, w); });
        });
        if (copy == known.end()) stands.emplace_back();
        const std::size_t number = copy == known.end() ? stands.size() - 1 : *copy;
        if (copy == known.end()) known.push_back(number);
        Stand& stand = stands[number];
        stand.witnesses.push_back(w);
        if (stand.sources.empty() || stand.sources.back() != s) stand.sources.push_back(s);
        stand.before = stand.before || before;
        stand.after = stand.after || after;
      }
      for (Stand& x : alone) {
        if (x.witnesses.empty()) continue;
        x.sources = {s};
        stands.push_back(std::move(x));
      }
    }
    const bool before = std::any_of(stands.begin(), stands.end(), [](const Stand& x) { return x.before; });
    const bool after = std::any_of(stands.begin(), stands.end(), [](const Stand& x) { return x.after; });
    std::map<std::tuple<std::vector<std::uint32_t>, bool, bool>, std::size_t> alike;
    for (const Stand& x : stands) {
      const auto [at, is_new] = alike.try_emplace({x.sources, x.before, x.after}, candidates_.size());
      if (!is_new) {
        auto& all = candidates_[at->second].witnesses;
        all.insert(all.end(), x.witnesses.begin(), x.witnesses.end());
        continue;
      }
      Candidate c{x.witnesses, differences(sources[x.sources.front()]), false};
      for (std::size_t k = 1; k < x.sources.size(); ++k) {
        const std::vector<Difference> copy = differences(sources[x.sources[k]]);
        std::erase_if(c.differences, [&](const Difference& d) {
          return std::none_of(copy.begin(), copy.end(), [&](const Difference& e) { return meet(d, e); });
        });
      }
      if (before && !x.before) c.differences.push_back(neighbours(false));
      if (after && !x.after) c.differences.push_back(neighbours(true));
      candidates_.push_back(std::move(c));
    }
    for (Candidate& c : candidates_) std::sort(c.witnesses.begin(), c.witnesses.end());
    std::sort(candidates_.begin(), candidates_.end(),
              [](const Candidate& x, const Candidate& y) { return x.witnesses.front() < y.witnesses.front(); });
  }

  // The same place of two copies of one publication.
  bool copies(std::uint32_t x, std::uint32_t y) const {
    const Witness &a = chain_.witnesses[x], &b = chain_.witnesses[y];
    if (a.work == b.work || publication(x) != publication(y)) return false;
    const std::uint32_t begin = std::max(a.of.begin, b.of.begin), end = std::min(a.of.end, b.of.end);
    return end > begin && 10 * (end - begin) >= 8 * std::max(a.of.size(), b.of.size());
  }

  // The text beside the passage, that a source has not.
  Difference neighbours(bool after) const {
    const Fold& fold = corpus_.works[mine_.work].fold;
    const FoldSpan at = beside_[witness_].text(after);
    return {at, kDecides, EditClass::wording, fold.origin(at.begin), fold.parts(at), {}, 0, true};
  }

  // Two places of one publication.
  bool same(const Candidate& x, const Candidate& y) const {
    return publication(x.witnesses.front()) == publication(y.witnesses.front());
  }

  // How much the witness's readings weigh for x against y.
  static std::uint32_t speaks(const Candidate& x, const Candidate& y) {
    std::uint32_t out = 0;
    for (const Difference& d : y.differences)
      if (std::none_of(x.differences.begin(), x.differences.end(), [&](const Difference& e) { return meet(d, e); }))
        out += d.weight;
    return out;
  }

  void exclude() {
    for (Candidate& y : candidates_)
      y.excluded = std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& x) {
        return &x != &y && speaks(x, y) >= kDecides && speaks(y, x) == 0;
      });
  }

  // The places where some of them read as the witness does and others do not; where it is decided, only those where
  // all that are left do.
  std::vector<Telling> tell(const std::vector<const Candidate*>& among, bool decided) const {
    std::vector<const Difference*> places;
    for (const Candidate* c : among)
      for (const Difference& d : c->differences)
        if (d.weight > 0) places.push_back(&d);
    std::stable_sort(places.begin(), places.end(), [](const Difference* x, const Difference* y) {
      return std::tie(x->at.begin, y->at.end, x->outside) < std::tie(y->at.begin, x->at.end, y->outside);
    });
    std::vector<Telling> out;
    const Difference* last = nullptr;  // told: what meets it is told with it, where it speaks against no other
    for (const Difference* d : places) {
      Telling t;
      t.kind = d->kind;
      t.at = d->mine;
      t.offset = d->offset;
      t.outside = d->outside;
      bool left = true;
      std::vector<const Candidate*> with;
      for (const Candidate* c : among) {
        const bool differs = std::any_of(c->differences.begin(), c->differences.end(),
                                         [&](const Difference& e) { return meet(*d, e); });
        if (!differs) with.push_back(c);
      }
      for (const Candidate* c : with) t.with.push_back(c->witnesses.front());
      for (const Candidate* c : among) {
        const auto other = std::find_if(c->differences.begin(), c->differences.end(),
                                        [&](const Difference& e) { return overlap(*d, e); });
        if (other == c->differences.end() ||
            std::any_of(with.begin(), with.end(), [&](const Candidate* x) { return same(*x, *c); }))
          continue;
        t.against.push_back({c->witnesses.front(), other->work, other->theirs});
        left = left && c->excluded;
      }
      if (t.with.empty() || t.against.empty() || (decided && !left)) continue;
      if (last && meet(*last, *d) && std::all_of(t.against.begin(), t.against.end(), [&](const Telling::Other& o) {
            return std::any_of(out.back().against.begin(), out.back().against.end(),
                               [&](const Telling::Other& told) { return told.witness == o.witness; });
          }))
        continue;
      last = d;
      out.push_back(std::move(t));
    }
    return out;
  }

  const Corpus& corpus_;
  const Linked& linked_;
  const Chain& chain_;
  const std::vector<Beside>& beside_;
  std::uint32_t witness_;
  const Witness& mine_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Follower::Follower(const Corpus& corpus, const Linked& linked, const Chain& chain)
    : corpus_(corpus), linked_(linked), chain_(chain) {
  std::unordered_map<std::uint32_t, std::uint32_t> work_of;  // of a publication, the first here
  std::unordered_set<std::uint32_t> copied;
  for (const Witness& w : chain.witnesses) {
    const std::uint32_t publication = corpus.works[w.work].publication;
    if (work_of.try_emplace(publication, w.work).first->second != w.work) copied.insert(publication);
    beside_.push_back({neighbouring(corpus, w, false), neighbouring(corpus, w, true), false});
  }
  for (std::size_t k = 0; k < beside_.size(); ++k)
    beside_[k].copied = copied.contains(corpus.works[chain.witnesses[k].work].publication);
}

Follows Follower::of(std::uint32_t witness, const std::vector<CollatedSource>& sources) const {
  return Judge(corpus_, linked_, chain_, beside_, witness).run(sources);
}

}  // namespace suyuan
