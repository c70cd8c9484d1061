// Drafts and library in one corpus, and the part of it that findings name.
#include <algorithm>
#include <set>

#include "suyuan/verify.hpp"

namespace suyuan {

VerifyCorpus build_verify_corpus(Sources drafts, Sources library, unsigned jobs, const Lexicons& lexicons) {
  // A text given as both is one document.
  using Name = std::pair<std::string, std::string>;
  std::set<Name> in_draft, in_library;
  for (const Document& d : drafts.documents) in_draft.emplace(d.key, d.record);
  std::erase_if(library.documents, [&](const Document& d) { return !in_library.emplace(d.key, d.record).second; });
  std::set<Name> taken = in_library;
  std::erase_if(drafts.documents, [&](const Document& d) { return !taken.emplace(d.key, d.record).second; });
  VerifyCorpus out;
  out.corpus = build_corpus(std::move(library), std::move(drafts), jobs, lexicons);
  for (const Document& d : out.corpus.documents) {
    out.is_draft.push_back(in_draft.contains({d.key, d.record}) ? 1 : 0);
    out.is_library.push_back(in_library.contains({d.key, d.record}) ? 1 : 0);
    out.holdings.documents += out.is_library.back() != 0;
  }
  for (const CorpusWork& w : out.corpus.works)
    if (out.is_library[w.document]) out.holdings.add(out.corpus.work(w));
  return out;
}

void Holdings::add(const Work& work) {
  add(work.kind, !work.defects.empty(),
      work.published.latest ? std::optional<int>(work.published.latest->year) : std::nullopt);
}

void Holdings::add(WorkKind kind, bool is_damaged, std::optional<int> year) {
  if (kind == WorkKind::collection) return;
  ++works;
  damaged += is_damaged;
  ++kinds[std::string(name(kind))];
  if (!year) return;
  first_year = std::min(first_year.value_or(*year), *year);
  last_year = std::max(last_year.value_or(*year), *year);
}

void keep_cited(VerifyCorpus& all, std::vector<Finding>& findings) {
  Corpus& corpus = all.corpus;
  std::vector<std::uint32_t*> numbers;
  for (Finding& f : findings) {
    numbers.push_back(&f.work);
    for (Source& s : f.sources) numbers.push_back(&s.work);
    if (f.nearest) numbers.push_back(&f.nearest->work);
  }
  std::vector<std::uint32_t> works, drafts;
  for (const std::uint32_t* n : numbers) works.push_back(*n);
  for (std::uint32_t w = 0; w < corpus.works.size(); ++w)
    if (all.is_draft[corpus.works[w].document]) works.push_back(w);
  std::set<std::pair<std::string, std::string>> in_draft, in_library;
  for (std::uint32_t d = 0; d < corpus.documents.size(); ++d) {
    const std::pair<std::string, std::string> of{corpus.documents[d].key, corpus.documents[d].record};
    if (all.is_draft[d]) in_draft.insert(of), drafts.push_back(d);
    if (all.is_library[d]) in_library.insert(of);
  }
  const std::vector<std::uint32_t> now = narrow(corpus, works, drafts);
  for (std::uint32_t* n : numbers) *n = now[*n];
  all.is_draft.clear();
  all.is_library.clear();
  for (const Document& d : corpus.documents) {
    all.is_draft.push_back(in_draft.contains({d.key, d.record}) ? 1 : 0);
    all.is_library.push_back(in_library.contains({d.key, d.record}) ? 1 : 0);
  }
}

}  // namespace suyuan
