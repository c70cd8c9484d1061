// The quotations of drafts against a library: only what the findings rest on is read.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/parallel.hpp"
#include "index/assemble.hpp"
#include "index/publications.hpp"
#include "library/ground.hpp"
#include "verify/judge.hpp"

namespace suyuan {

using namespace library;

std::shared_ptr<const WorkTable> Library::Parts::work_table() const {
  std::call_once(table_once_, [&] {
    const auto& known = ready();
    if (!known) return;
    if (auto made = WorkTable::make(segments, known->relations))
      table_ = std::make_shared<const WorkTable>(*std::move(made));
  });
  return table_;
}

namespace {

class Asker {
 public:
  Asker(const std::vector<Segment>& segments, const Relations& relations, const WorkTable& works, unsigned jobs)
      : segments_(segments),
        relations_(relations),
        works_(works),
        reader_(segments, relations),
        ground_(segments, relations, works),
        jobs_(jobs) {
    for (std::uint32_t s = 0; s < segments.size(); ++s) by_number_.emplace(segments[s].entry.number, s);
  }

  // Nothing where a byte that is needed is damaged.
  std::optional<Library::Verification> run(Sources drafts) {
    for (const Document& d : drafts.documents) in_draft_.emplace(d.key, d.record);
    if (!take_held(drafts.documents) || !describe() || !publish()) return std::nullopt;
    set_ground();
    std::vector<Scouted> scouted(drafts_.size());
    for_each_index(drafts_.size(), jobs_, [&](std::size_t n) { scouted[n] = scout(ground_, texts_[n]); });
    if (!ground_.sound()) return std::nullopt;
    Library::Verification out;
    if (!gather(scouted, out.corpus)) return std::nullopt;
    for (Diagnostic& d : drafts.diagnostics) out.corpus.corpus.diagnostics.push_back(std::move(d));
    for (std::size_t d = 0; d < out.corpus.is_draft.size(); ++d)
      if (!out.corpus.is_library[d])
        for (const Diagnostic& note : out.corpus.corpus.segmentations[d].diagnostics)
          out.corpus.corpus.diagnostics.push_back(note);
    judge_all(scouted, out);
    if (!ground_.sound()) return std::nullopt;
    keep_cited(out.corpus, out.findings);
    return out;
  }

 private:
  using Name = std::pair<std::string, std::string>;        // key, record
  using Placed = std::pair<DocumentPlace, std::uint32_t>;  // a work of the library
  struct Draft {
    std::optional<Placed> held;  // where it stands in the library,
    std::size_t document = 0;    // or of which of beside_, and its number there
    std::uint32_t number = 0;
    Fold fold;
    std::optional<Placed> copy_of;  // a work of the publication of which it is one
    std::uint32_t publication = 0;  // else; of the drafts
  };

  // Drafts that the library holds are its texts.
  bool take_held(std::vector<Document>& documents) {
    std::set<std::string> hashes;
    for (const Document& d : documents) hashes.insert(d.sha256);
    std::map<Name, DocumentPlace> known;
    for (const Segment& s : segments_)
      for (std::uint32_t source = 0; source < s.sources.size(); ++source) {
        if (!hashes.contains(s.sources[source].sha256) || !s.live(source)) continue;
        for (std::uint32_t row = s.first_row[source]; row < s.first_row[source + 1]; ++row) {
          const DocumentPlace place{s.entry.number, row};
          const auto key = s.key(row);
          if (!key) return false;
          const auto draft =
              std::find_if(documents.begin(), documents.end(), [&](const Document& d) { return d.key == *key; });
          if (draft == documents.end()) continue;
          if (!reader_.read(place, held_)) return false;
          known.emplace(Name(*key, held_.at(place).first.record), place);
        }
      }
    std::set<Name> taken;
    for (Document& d : documents) {
      const Name name(d.key, d.record);
      if (!taken.insert(name).second) continue;
      if (const auto held = known.find(name); held != known.end())
        held_drafts_.insert(held->second);
      else
        beside_.push_back(std::move(d));
    }
    beside_made_.resize(beside_.size());
    for_each_index(beside_.size(), jobs_, [&](std::size_t i) {
      beside_made_[i] = beside_[i].segmentation ? *beside_[i].segmentation : segment(beside_[i]);
      beside_[i].segmentation.reset();
    });
    return true;
  }

  // In the order of reading: of their keys, then of their paths.
  static std::vector<PartReader::Held::value_type*> in_order(PartReader::Held& held) {
    std::vector<PartReader::Held::value_type*> out;
    for (auto& one : held) out.push_back(&one);
    std::sort(out.begin(), out.end(), [](const auto* x, const auto* y) {
      return std::tie(x->second.first.key, x->second.first.path) <
             std::tie(y->second.first.key, y->second.first.path);
    });
    return out;
  }

  // What the library says of the drafts beside it, and they of each other.
  bool describe() {
    std::set<std::uint64_t> asked;  // titles that drafts report on
    std::set<DocumentPlace> wanted;
    for (const Segmentation& made : beside_made_)
      for (const Work& w : made.works) {
        if (w.about) asked.insert(title_digest(w.about->title));
        if (const auto at = relations_.reports.find(title_digest(w.title));
            !w.title.empty() && at != relations_.reports.end())
          wanted.insert(at->second.begin(), at->second.end());
      }
    for (const Segment& s : segments_) {
      if (asked.empty()) break;
      const auto rows = s.folded->all_works();
      if (!rows) return false;
      for (const WorkRow& row : *rows)
        if (row.title != 0 && asked.contains(row.title) && row.document < s.rows.size() &&
            s.live(s.rows[row.document].source))
          wanted.emplace(s.entry.number, row.document);
    }
    PartReader::Held held;
    for (const DocumentPlace& p : wanted)
      if (!reader_.read(p, held)) return false;
    std::vector<Document> documents;
    std::vector<Segmentation> made;
    for (auto* one : in_order(held)) {
      keys_.emplace(one->second.first.key, one->first);
      documents.push_back(std::move(one->second.first));
      made.push_back(std::move(one->second.second));
    }
    const std::size_t settled = documents.size();
    std::move(beside_.begin(), beside_.end(), std::back_inserter(documents));
    std::move(beside_made_.begin(), beside_made_.end(), std::back_inserter(made));
    relate(documents, made, settled);
    beside_.assign(std::move_iterator(documents.begin() + static_cast<std::ptrdiff_t>(settled)),
                   std::move_iterator(documents.end()));
    beside_made_.assign(std::move_iterator(made.begin() + static_cast<std::ptrdiff_t>(settled)),
                        std::move_iterator(made.end()));
    for (std::size_t d = 0; d < beside_.size(); ++d)
      for (std::uint32_t w = 0; w < beside_made_[d].works.size(); ++w)
        drafts_.push_back({std::nullopt, d, w, fold(beside_[d], beside_made_[d].works[w]), std::nullopt, 0});
    return true;
  }

  std::uint32_t number_of(const Placed& work) const {
    const std::uint32_t s = by_number_.at(work.first.first);
    const auto rows = segments_[s].folded->works_of(work.first.second);
    return rows && work.second < rows->second - rows->first ? works_.number(s, rows->first + work.second)
                                                            : WorkTable::kNone;
  }
  std::optional<Placed> placed(std::uint32_t number) const {
    const auto& of = works_.works()[number];
    const auto row = segments_[of.segment].folded->work(of.row);
    if (!row) return std::nullopt;
    return Placed({segments_[of.segment].entry.number, of.document}, row->number);
  }

  // Of which publications the drafts beside the library are copies.
  bool publish() {
    std::map<std::array<Unit, Index::kGram>, std::set<std::uint32_t>>
        among;  // of sampled grams: drafts that have them
    std::vector<std::size_t> sampled(drafts_.size(), 0);
    for (std::uint32_t n = 0; n < drafts_.size(); ++n) {
      const CopySample sample = copy_sample(drafts_[n].fold.units());
      sampled[n] = sample.begins.size();
      for (const std::uint32_t begin : sample.begins) {
        std::array<Unit, Index::kGram> gram{};
        std::copy_n(drafts_[n].fold.units().begin() + begin, Index::kGram, gram.begin());
        among[gram].insert(n);
      }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> shared, between;  // work, draft; two drafts
    for (const auto& [gram, drafts] : among) {
      const auto works = ground_.works_with(gram, CopySample::kShortest, CopySample::kSpread);
      if (works.size() + drafts.size() > CopySample::kSpread) continue;
      for (const std::uint32_t d : drafts) {
        for (const std::uint32_t w : works) ++shared[{w, d}];
        for (const std::uint32_t e : drafts)
          if (d < e) ++between[{d, e}];
      }
    }
    if (!ground_.sound()) return false;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates;  // work, draft
    std::set<DocumentPlace> wanted;
    for (const auto& [pair, n] : shared) {
      const auto& [w, d] = pair;
      if (!may_be_copies(ground_.size(w), drafts_[d].fold.size())) continue;
      const auto letters = ground_.letters(w);
      const auto at = placed(w);
      if (!letters || !at) return false;
      if (!are_candidates(n, copy_sample(*letters).begins.size(), sampled[d])) continue;
      candidates.push_back(pair);
      wanted.insert(at->first);
    }
    PartReader::Held held;
    if (!reader_.read_all(wanted, held)) return false;
    std::vector<PublishedText> texts;
    std::vector<Placed> places;
    std::vector<Fold> folds;
    std::vector<std::uint32_t> settled;
    std::map<std::uint32_t, std::uint32_t> first_of;  // publications of several copies
    std::map<Placed, std::uint32_t> numbers;
    const auto order = in_order(held);
    for (auto* one : order) {
      keys_.emplace(one->second.first.key, one->first);
      for (std::uint32_t w = 0; w < one->second.second.works.size(); ++w) {
        const auto number = static_cast<std::uint32_t>(settled.size());
        const auto copy = relations_.publications.find({one->first, w});
        settled.push_back(copy == relations_.publications.end()
                              ? number
                              : first_of.try_emplace(copy->second, number).first->second);
        places.emplace_back(one->first, w);
        numbers.emplace(places.back(), number);
        folds.push_back(fold(one->second.first, one->second.second.works[w]));
      }
    }
    std::size_t n = 0;
    for (auto* one : order)
      for (Work& w : one->second.second.works) texts.push_back({&w, folds[n++].units(), &one->second.first.key});
    for (const Draft& d : drafts_)
      texts.push_back({&beside_made_[d.document].works[d.number], d.fold.units(), &beside_[d.document].key});
    const auto first_draft = static_cast<std::uint32_t>(settled.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& [w, d] : candidates) pairs.emplace_back(numbers.at(*placed(w)), first_draft + d);
    for (const auto& [two, m] : between)
      if (are_candidates(m, sampled[two.first], sampled[two.second]) &&
          may_be_copies(drafts_[two.first].fold.size(), drafts_[two.second].fold.size()))
        pairs.emplace_back(first_draft + two.first, first_draft + two.second);
    const auto publications = find_publications(texts, pairs, settled);
    for (std::uint32_t d = 0; d < drafts_.size(); ++d) {
      const std::uint32_t of = publications[first_draft + d];
      if (of < first_draft)
        drafts_[d].copy_of = places[of];
      else
        drafts_[d].publication = of - first_draft;
    }
    return true;
  }

  // The works of a publication.
  std::vector<Placed> copies_of(const Placed& work) const {
    std::vector<Placed> out{work};
    const auto known = relations_.publications.find({work.first, work.second});
    if (known != relations_.publications.end())
      for (const Relations::Copy& c : relations_.copies[known->second])
        if (Placed(c.document, c.work) != work) out.emplace_back(c.document, c.work);
    return out;
  }

  void set_ground() {
    std::uint64_t letters = relations_.letters;
    for (const Draft& d : drafts_) letters += d.fold.size();
    for (const DocumentPlace& p : held_drafts_)
      for (std::uint32_t w = 0; w < held_.at(p).second.works.size(); ++w)
        drafts_.push_back(
            {Placed(p, w), 0, 0, fold(held_.at(p).first, held_.at(p).second.works[w]), Placed(p, w), 0});
    std::vector<LibraryGround::Draft> drafts;
    for (std::uint32_t n = 0; n < drafts_.size(); ++n) {
      const Draft& d = drafts_[n];
      const Document& document = d.held ? held_.at(d.held->first).first : beside_[d.document];
      const Work& work =
          d.held ? held_.at(d.held->first).second.works[d.held->second] : beside_made_[d.document].works[d.number];
      LibraryGround::Draft& of = drafts.emplace_back();
      of.fold = &d.fold;
      of.work = &work;
      if (d.held) of.number = number_of(*d.held);
      if (d.copy_of)
        for (const Placed& c : copies_of(*d.copy_of)) of.copies.push_back(number_of(c));
      std::sort(of.copies.begin(), of.copies.end());
      texts_.push_back({n, &document, &work, &d.fold});
    }
    ground_.set_drafts(std::move(drafts), letters);
  }

  // The works that were met, the drafts, and what belongs to them.
  bool gather(const std::vector<Scouted>& scouted, VerifyCorpus& out) {
    std::set<DocumentPlace> wanted = held_drafts_;
    for (const Scouted& s : scouted)
      s.each_work([&](std::uint32_t w) {
        const auto& of = works_.works()[w];
        wanted.emplace(segments_[of.segment].entry.number, of.document);
      });
    for (const Draft& d : drafts_)
      if (d.copy_of) wanted.insert(d.copy_of->first);
    PartReader::Held held;
    if (!reader_.read_all(wanted, held)) return false;
    for (const Segmentation& made : beside_made_)
      for (const Work& w : made.works) {
        bool sound = true;
        for_each_reference(w, [&](const std::string& key) {
          if (const auto at = keys_.find(key); at != keys_.end()) sound = sound && reader_.read(at->second, held);
          if (const auto at = relations_.keys.find(key); at != relations_.keys.end())
            sound = sound && reader_.read(at->second, held);
        });
        if (!sound) return false;
      }
    std::set<Name> in_library;
    std::vector<Document> documents;
    std::vector<Segmentation> made;
    std::vector<CorpusWork> works;
    std::map<Placed, std::uint32_t> publications;
    auto next = static_cast<std::uint32_t>(relations_.copies.size());
    for (auto& [place, of] : held) {
      const auto number = static_cast<std::uint32_t>(documents.size());
      in_library.emplace(of.first.key, of.first.record);
      for (std::uint32_t w = 0; w < of.second.works.size(); ++w) {
        const auto copy = relations_.publications.find({place, w});
        const std::uint32_t publication = copy != relations_.publications.end() ? copy->second : next++;
        publications.emplace(Placed(place, w), publication);
        works.push_back({number, w, publication, fold(of.first, of.second.works[w])});
      }
      at_.emplace(Name(of.first.key, of.first.record), place);
      documents.push_back(std::move(of.first));
      made.push_back(std::move(of.second));
    }
    auto coverage = std::make_shared<Coverage>(relations_.coverage);
    const auto first = static_cast<std::uint32_t>(documents.size());
    for (Draft& d : drafts_) {
      if (d.held) continue;
      const std::uint32_t publication = d.copy_of ? publications.at(*d.copy_of) : next + d.publication;
      works.push_back({first + static_cast<std::uint32_t>(d.document), d.number, publication, d.fold});
      coverage->add(beside_made_[d.document].works[d.number]);
    }
    // The drafts' texts stay for what is still asked of them.
    documents.insert(documents.end(), beside_.begin(), beside_.end());
    made.insert(made.end(), beside_made_.begin(), beside_made_.end());
    out.corpus = assemble(std::move(documents), std::move(made), std::move(works));
    auto whole = std::make_shared<Corpus::Whole>();
    whole->coverage = std::move(coverage);
    out.corpus.whole = std::move(whole);
    out.holdings = relations_.holdings;
    for (const Document& d : out.corpus.documents) {
      out.is_draft.push_back(in_draft_.contains({d.key, d.record}) ? 1 : 0);
      out.is_library.push_back(in_library.contains({d.key, d.record}) ? 1 : 0);
    }
    return true;
  }

  void judge_all(std::vector<Scouted>& scouted, Library::Verification& out) {
    const Corpus& corpus = out.corpus.corpus;
    std::map<std::pair<Name, std::uint32_t>, std::uint32_t> draft_numbers;
    for (std::uint32_t n = 0; n < drafts_.size(); ++n) {
      const Document& d = *texts_[n].document;
      draft_numbers.emplace(
          std::pair(Name(d.key, d.record), drafts_[n].held ? drafts_[n].held->second : drafts_[n].number), n);
    }
    Numbering numbers;
    std::vector<DraftText> drafts;
    std::vector<Scouted> in_order;
    for (std::uint32_t w = 0; w < corpus.works.size(); ++w) {
      const CorpusWork& of = corpus.works[w];
      const Name name(corpus.document(of).key, corpus.document(of).record);
      if (out.corpus.is_library[of.document]) {
        const std::uint32_t number = number_of({at_.at(name), of.number});
        numbers.corpus.emplace(number, w);
        numbers.ground.emplace(w, number);
      }
      if (!out.corpus.is_draft[of.document]) continue;
      const std::uint32_t n = draft_numbers.at({name, of.number});
      numbers.of_drafts.push_back({w, n});
      drafts.push_back(texts_[n]);
      in_order.push_back(std::move(scouted[n]));
    }
    out.findings = judge(out.corpus, ground_, numbers, drafts, in_order, jobs_, shipped_lexicons());
  }

  const std::vector<Segment>& segments_;
  const Relations& relations_;
  const WorkTable& works_;
  PartReader reader_;
  LibraryGround ground_;
  unsigned jobs_;
  std::map<std::uint64_t, std::uint32_t> by_number_;  // segments
  std::set<Name> in_draft_;
  PartReader::Held held_;  // drafts that are in the library
  std::set<DocumentPlace> held_drafts_;
  std::vector<Document> beside_;  // the others
  std::vector<Segmentation> beside_made_;
  std::map<std::string, DocumentPlace> keys_;  // of documents that may describe drafts
  std::vector<Draft> drafts_;
  std::vector<DraftText> texts_;  // of the same
  std::map<Name, DocumentPlace> at_;
};

}  // namespace

Result<Library::Verification> Library::verify(Sources drafts, unsigned jobs) const {
  const std::shared_ptr<const Parts> parts = parts_;
  const Result<Parts::Ready>& ready = parts->ready();
  if (!ready) return tl::unexpected(ready.error());
  const Error damaged{"damaged", "a part is damaged", parts->folder, std::nullopt,
                      "run `suyuan check` on the library; the next `suyuan add` mends what it can"};
  const auto works = parts->work_table();
  if (!works) return tl::unexpected(damaged);
  auto out = Asker(parts->segments, ready->relations, *works, jobs).run(std::move(drafts));
  if (!out) return tl::unexpected(damaged);
  Corpus& corpus = out->corpus.corpus;
  std::vector<Diagnostic> diagnostics = concerning(corpus, ready->diagnostics, ready->paths);
  std::move(corpus.diagnostics.begin(), corpus.diagnostics.end(), std::back_inserter(diagnostics));
  corpus.diagnostics = std::move(diagnostics);
  return *std::move(out);
}

}  // namespace suyuan
