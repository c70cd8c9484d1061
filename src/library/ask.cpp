// A question about one text: the documents that its answer can touch, and no others.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "align/candidates.hpp"
#include "align/near.hpp"
#include "index/assemble.hpp"
#include "index/background.hpp"
#include "library/part.hpp"
#include "library/paths.hpp"

namespace suyuan {

using namespace library;

namespace {

constexpr std::uint32_t kGram = Index::kGram;
using Gram = std::array<Unit, kGram>;

struct Place {
  const Segment* segment;
  std::uint32_t letter, work;
  WorkRow row;

  // Nothing where a byte that it needs is damaged.
  static std::optional<Place> of(const Segment& s, std::uint32_t letter) {
    const auto work = s.folded->work_at(letter);
    const auto row = work ? s.folded->work(*work) : std::nullopt;
    if (!row || row->document >= s.rows.size()) return std::nullopt;
    return Place{&s, letter, *work, *row};
  }
  // Whether a gram there lies within the work, and that in a document in force.
  bool holds_gram() const {
    return letter + kGram <= row.first + row.size && segment->live(segment->rows[row.document].source);
  }
};

// Where a gram stands in all segments. Every call answers nothing where a byte that it needs is damaged.
class Postings {
 public:
  static std::optional<Postings> of(const std::vector<Segment>& segments, std::span<const Unit> gram) {
    Postings out(segments, gram);
    for (const Segment& s : segments) {
      const auto places = s.folded->places(gram);
      if (!places) return std::nullopt;
      out.most_ += places->size();
      out.places_.push_back(*places);
    }
    return out;
  }

  // In the documents in force; exact up to Index::kCommon. Past it a gram is common, however often it stands,
  // unless it is so frequent among so many letters that even its common bits depend on it.
  std::optional<std::uint32_t> count(std::uint64_t letters) {
    constexpr std::uint64_t kEvery = std::uint64_t{1} << static_cast<int>(Index::kFormulaBits);
    const bool enough = most_ * kEvery < std::min<std::uint64_t>(letters, background::letters());
    std::uint32_t n = 0;
    const bool sound = scan([&](const Place& p) {
      if (++n <= Index::kCommon) found_.push_back(p);
      return n <= Index::kCommon || !enough;
    });
    if (!sound) return std::nullopt;
    all_found_ = n <= Index::kCommon;
    return n <= Index::kCommon || !enough ? n
                                          : static_cast<std::uint32_t>(std::min<std::uint64_t>(most_, UINT32_MAX));
  }

  std::uint64_t most() const { return most_; }  // how often the gram may stand

  // Every place of the gram, until `take` has enough. False where something is damaged.
  template <class Take>
  bool each(Take take) const {
    if (!all_found_) return scan(take);
    for (const Place& p : found_)
      if (!take(p)) break;
    return true;
  }

 private:
  template <class Take>
  bool scan(Take take) const {
    for (std::size_t n = 0; n < segments_->size(); ++n) {
      const Segment& s = (*segments_)[n];
      for (std::uint32_t i = 0; i < places_[n].size(); ++i) {
        const std::uint32_t at = places_[n][i];
        const auto same = s.folded->reads(at, gram_);
        if (!same) return false;
        if (!*same) continue;
        const auto place = Place::of(s, at);
        if (!place) return false;
        if (place->holds_gram() && !take(*place)) return true;
      }
    }
    return true;
  }

  Postings(const std::vector<Segment>& segments, std::span<const Unit> gram) : segments_(&segments) {
    std::copy_n(gram.begin(), kGram, gram_.begin());
  }
  const std::vector<Segment>* segments_;
  Gram gram_{};
  std::vector<PlaceList> places_;  // of each segment; some may be of another gram
  std::vector<Place> found_;       // by count(), up to Index::kCommon
  bool all_found_ = false;
  std::uint64_t most_ = 0;
};

}  // namespace

const Result<Library::Parts::Ready>& Library::Parts::ready() const {
  std::call_once(once_, [&] { ready_ = get_ready(); });
  return *ready_;
}

Result<Library::Parts::Ready> Library::Parts::get_ready() const {
  const auto unready =
      tl::unexpected(Error{"other-rules", "what answers rest on is missing or was made by another version", folder,
                           std::nullopt, "the next `suyuan add` makes it anew"});
  if (segments.size() != manifest.segments.size()) return unready;
  for (const Segment& s : segments)
    if (!s.folded) return unready;
  auto relations = read_relations(folder, manifest);
  if (!relations) return tl::unexpected(std::move(relations).error());
  if (!*relations) return unready;
  Ready out{**std::move(relations), diagnostics, nullptr, {}};
  for (const Segment& segment : segments)
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
      if (!segment.live(s)) continue;
      for (const Diagnostic& d : segment.sources[s].diagnostics) out.diagnostics.push_back(d);
      if (segment.sources[s].documents > 0) out.paths.insert(segment.sources[s].path);
    }
  std::stable_sort(out.diagnostics.begin(), out.diagnostics.end(),
                   [](const auto& a, const auto& b) { return a.what.source < b.what.source; });
  for (Diagnostic& d : out.relations.diagnostics) {
    d.what.source = below(shown_below, d.what.source);
    out.diagnostics.push_back(std::move(d));
  }
  out.coverage = std::make_shared<Coverage>(out.relations.coverage);
  return out;
}

namespace {

class Asker {
 public:
  Asker(const std::vector<Segment>& segments, const Relations& relations, const std::u32string& text)
      : segments_(segments), relations_(relations), reader_(segments, relations) {
    Corpus alone;
    asked_ = std::move(alone.works[add_passage(alone, text)].fold);
    for (std::uint32_t i = 0; i + kGram <= asked_.size(); ++i) {
      Gram gram{};
      std::copy_n(asked_.units().begin() + i, kGram, gram.begin());
      ++own_[gram];
    }
  }

  std::uint32_t letters() const { return asked_.size(); }

  // The documents of the works that share a passage with the text; nothing where something is damaged.
  std::optional<std::set<DocumentPlace>> documents(const std::shared_ptr<const Corpus::Whole>& whole) {
    const auto units = asked_.units();
    std::map<std::pair<std::uint64_t, std::uint32_t>, Met> works;  // by segment and work
    std::optional<Postings> rarest;
    std::uint32_t least = UINT32_MAX, at = 0;
    std::vector<Gram> grams;
    for (std::uint32_t i = 0; i + kGram <= units.size(); ++i)
      std::copy_n(units.begin() + i, kGram, grams.emplace_back().begin());
    for (const Segment& s : segments_) s.folded->look_ahead(grams);
    const auto meet = [&](const Place& p, std::uint32_t i) {
      Met& met = works.try_emplace({p.segment->entry.number, p.work}, Met{p.row, UINT32_MAX, 0}).first->second;
      met.begin = std::min(met.begin, p.letter - std::min(p.letter, i));
      met.end = std::max(met.end, p.letter + (asked_.size() - i));
    };
    std::vector<char> widespread(grams.size(), 0);
    for (std::uint32_t i = 0; i < grams.size(); ++i) {
      const Gram& gram = grams[i];
      const auto known = counts_.find(gram);
      const bool first = known == counts_.end();
      auto postings = first ? Postings::of(segments_, gram) : std::nullopt;
      const auto count = !first ? known->second : postings ? postings->count(relations_.letters) : std::nullopt;
      if (!count) return std::nullopt;
      const std::uint32_t times = *count + own(gram);
      widespread[i] = times > Index::kCommon && Index::widespread(gram, times, whole->letters) ? 1 : 0;
      if (!first) continue;
      counts_.emplace(gram, *count);
      if (*count > 0 && times <= Index::kCommon &&
          !background::is_common(background::rate(background::gram_key(background::gram_hash(gram)))) &&
          !postings->each([&](const Place& p) {
            meet(p, i);
            return true;
          }))
        return std::nullopt;
      if (*count < least) least = *count, at = i, rarest = std::move(postings);
    }
    if (!meet_widespread(widespread_seeds(units, [&](std::uint32_t i) { return widespread[i] != 0; }), meet))
      return std::nullopt;
    std::set<DocumentPlace> out;
    // Those that hold all of it.
    bool sound = true;
    const bool all = rarest->each([&](const Place& p) {
      const std::uint32_t begin = p.letter - at;
      if (p.letter < p.row.first + at || begin + units.size() > p.row.first + p.row.size) return true;
      const auto same = p.segment->folded->reads(begin, units);
      if (same.value_or(false)) out.emplace(p.segment->entry.number, p.row.document);
      return sound = same.has_value();
    });
    if (!all || !sound) return std::nullopt;
    if (!add_near(grams, out) || !add_parted(grams, out)) return std::nullopt;
    // Those that the aligner may find something in, seen from the letters about the places alone.
    Corpus letters;
    letters.whole = whole;
    std::vector<DocumentPlace> places;
    for (const auto& [place, met] : works) {
      const std::uint32_t begin = std::max(met.row.first, met.begin - std::min(met.begin, kCandidateMargin));
      const std::uint32_t end = std::min(met.row.first + met.row.size, met.end + kCandidateMargin);
      auto held = reader_.segment(place.first).folded->letters(begin, end - begin);
      if (!held) return std::nullopt;
      letters.works.push_back({0, 0, 0, Fold(*std::move(held))});
      places.emplace_back(place.first, met.row.document);
    }
    const auto asked = static_cast<std::uint32_t>(letters.works.size());
    letters.works.push_back({0, 0, 0, asked_});
    const Index index(letters, std::span(&asked, 1));
    for (const std::uint32_t w : works_to_align(letters, index, asked)) out.insert(places[w]);
    return out;
  }

  // Those that hold it with a few letters changed. False where something is damaged.
  bool add_near(const std::vector<Gram>& grams, std::set<DocumentPlace>& out) const {
    const std::uint32_t size = asked_.size(), most = near_changes(size);
    if (most == 0) return true;
    const NearSearch search(asked_.units(), most);
    bool sound = true;
    for (const FoldSpan part : near_parts(size)) {
      std::optional<Postings> rarest;
      std::uint32_t at = 0;
      for (std::uint32_t i = part.begin; i + kGram <= part.end; ++i) {
        auto postings = Postings::of(segments_, grams[i]);
        if (!postings) return false;
        if (!rarest || postings->most() < rarest->most()) rarest = std::move(postings), at = i;
      }
      const bool all = rarest->each([&](const Place& p) {
        const DocumentPlace document{p.segment->entry.number, p.row.document};
        if (out.contains(document)) return true;
        const std::uint32_t first = std::max(p.row.first, p.letter - std::min(p.letter, at + most));
        const std::uint32_t end =
            std::min(p.row.first + p.row.size, p.letter - std::min(p.letter, at) + size + most);
        const auto there = p.segment->folded->letters(first, end - first);
        if (there && search.run(*there)) out.insert(document);
        return sound = there.has_value();
      });
      if (!all || !sound) return false;
    }
    return true;
  }

  // Those that hold it parted. False where something is damaged.
  bool add_parted(const std::vector<Gram>& grams, std::set<DocumentPlace>& out) const {
    const std::uint32_t size = asked_.size();
    if (!may_be_parted(size)) return true;
    const std::vector<Unit> backwards(asked_.units().rbegin(), asked_.units().rend());
    for (const bool forward : {true, false}) {
      const auto postings = Postings::of(segments_, forward ? grams.front() : grams.back());
      if (!postings) return false;
      bool sound = true;
      const bool all = postings->each([&](const Place& p) {
        const DocumentPlace document{p.segment->entry.number, p.row.document};
        if (out.contains(document)) return true;
        const std::uint32_t last = p.letter + kGram, from = last - std::min(last, size + kParted);
        const std::uint32_t begin = forward ? p.letter : std::max(p.row.first, from);
        const std::uint32_t end = forward ? std::min(p.row.first + p.row.size, p.letter + size + kParted) : last;
        auto there = p.segment->folded->letters(begin, end - begin);
        if (there && !forward) std::reverse(there->begin(), there->end());
        if (there && parted(forward ? asked_.units() : backwards, *there)) out.insert(document);
        return sound = there.has_value();
      });
      if (!all || !sound) return false;
    }
    return true;
  }

  // Meets the places of widespread grams about which as many letters stand as in the text, in matches as near to
  // each other, as the aligner asks of such wording. False where something is damaged.
  template <class Meet>
  bool meet_widespread(const std::vector<std::uint32_t>& seeds, Meet meet) const {
    const auto units = asked_.units();
    struct Seed {
      std::int64_t begin;  // where the text would
      std::uint32_t i;
      auto operator<=>(const Seed&) const = default;
    };
    std::vector<Seed> all, met;
    std::vector<char> shared;  // of the text's letters
    for (const Segment& s : segments_) {
      all.clear();
      for (const std::uint32_t i : seeds) {
        const auto places = s.folded->places(units.subspan(i, kGram));
        if (!places) return false;
        for (std::uint32_t n = 0; n < places->size(); ++n) all.push_back({std::int64_t{(*places)[n]} - i, i});
      }
      std::sort(all.begin(), all.end());
      for (std::size_t k = 0, next = 0; k < all.size(); k = next) {
        bool several = false;  // a match long enough has two of them
        for (next = k + 1; next < all.size() && all[next].begin <= all[next - 1].begin + 2 * kApart; ++next)
          several = several || all[next].i != all[k].i;
        if (!several) continue;
        met.clear();
        shared.assign(units.size(), 0);
        for (std::size_t n = k; n < next; ++n) {
          const auto run = shared_about(*s.folded, all[n].begin, all[n].i);
          if (!run) return false;
          if (run->empty()) continue;
          std::fill(shared.begin() + run->begin, shared.begin() + run->end, 1);
          met.push_back(all[n]);
        }
        if (std::count(shared.begin(), shared.end(), 1) < std::int64_t{widespread_letters(units.size())}) continue;
        for (const Seed& seed : met) {
          const auto place = Place::of(s, static_cast<std::uint32_t>(seed.begin + seed.i));
          if (!place) return false;
          if (place->holds_gram()) meet(*place, seed.i);
        }
      }
    }
    return true;
  }

  // The letters of the text that a segment has in a row about its i-th gram, where the text would begin at `begin`;
  // none where the gram is another. Nothing where something is damaged.
  std::optional<FoldSpan> shared_about(const Folded& folded, std::int64_t begin, std::uint32_t i) const {
    const auto units = asked_.units();
    const auto skipped = static_cast<std::uint32_t>(std::max<std::int64_t>(0, -begin));
    const std::int64_t end = std::min(begin + std::int64_t{asked_.size()}, std::int64_t{folded.letters()});
    std::vector<Unit> there(static_cast<std::size_t>(end - begin - skipped));
    if (!folded.letters(static_cast<std::uint32_t>(begin + skipped), there)) return std::nullopt;
    const auto same = [&](std::uint32_t at) { return there[at - skipped] == units[at]; };
    FoldSpan out{i, i};
    while (out.begin > skipped && same(out.begin - 1)) --out.begin;
    while (out.end - skipped < there.size() && same(out.end)) ++out.end;
    return out.end < i + kGram ? FoldSpan{i, i} : out;
  }

  // How often a gram stands in the library and in the text.
  std::uint32_t occurrences(std::span<const Unit> gram) const {
    Gram key{};
    std::copy_n(gram.begin(), kGram, key.begin());
    const auto known = counts_.find(key);
    if (known != counts_.end()) return own(key) + known->second;
    auto postings = Postings::of(segments_, gram);
    return own(key) + (postings ? postings->count(relations_.letters).value_or(0) : 0);
  }

  // The documents, those of the same publications, and what dates and describes all of them.
  std::optional<Corpus> read(const std::set<DocumentPlace>& wanted) {
    PartReader::Held held;
    if (!reader_.read_all(wanted, held)) return std::nullopt;
    std::vector<Document> documents;
    std::vector<Segmentation> made;
    std::vector<CorpusWork> works;
    for (auto& [place, of] : held) {
      const auto number = static_cast<std::uint32_t>(documents.size());
      for (std::uint32_t w = 0; w < of.second.works.size(); ++w) {
        const auto copy = relations_.publications.find({place, w});
        const auto publication = copy != relations_.publications.end()
                                     ? copy->second
                                     : static_cast<std::uint32_t>(relations_.copies.size() + works.size());
        works.push_back({number, w, publication, fold(of.first, of.second.works[w])});
      }
      documents.push_back(std::move(of.first));
      made.push_back(std::move(of.second));
    }
    return assemble(std::move(documents), std::move(made), std::move(works));
  }

 private:
  // A work that has grams of the text, and where the text would begin and end if it went on from them unchanged.
  struct Met {
    WorkRow row;
    std::uint32_t begin, end;
  };
  std::uint32_t own(const Gram& gram) const {
    const auto found = own_.find(gram);
    return found == own_.end() ? 0 : found->second;
  }

  const std::vector<Segment>& segments_;
  const Relations& relations_;
  PartReader reader_;
  Fold asked_;
  std::map<Gram, std::uint32_t> counts_, own_;  // in the library, in the text
};

}  // namespace

Result<Library::Question> Library::ask(const std::u32string& text) const {
  const std::shared_ptr<const Parts> parts = parts_;
  const Result<Parts::Ready>& ready = parts->ready();
  if (!ready) return tl::unexpected(ready.error());
  const auto asker = std::make_shared<Asker>(parts->segments, ready->relations, text);
  if (asker->letters() < kGram)
    return tl::unexpected(Error{"too-short", "the text has fewer letters than a gram", "-", std::nullopt, ""});
  auto whole = std::make_shared<Corpus::Whole>();
  whole->coverage = ready->coverage;
  whole->letters = ready->relations.letters + asker->letters();
  whole->occurrences = [asker, parts](std::span<const Unit> gram) { return asker->occurrences(gram); };
  const auto documents = asker->documents(whole);
  auto corpus = documents ? asker->read(*documents) : std::nullopt;
  if (!corpus)
    return tl::unexpected(Error{"damaged", "a part is damaged", parts->folder, std::nullopt,
                                "run `suyuan check` on the library; the next `suyuan add` mends what it can"});
  Question out{*std::move(corpus), 0};
  out.corpus.diagnostics = concerning(out.corpus, ready->diagnostics, ready->paths);
  out.corpus.whole = std::move(whole);
  out.work = add_passage(out.corpus, text);
  return out;
}

}  // namespace suyuan
