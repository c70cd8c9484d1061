// Sources → Corpus: every document segmented and folded, copies of one publication known, all in order of date.
#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>

#include "base/parallel.hpp"
#include "index/assemble.hpp"
#include "index/publications.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

Corpus build_corpus(Sources sources, unsigned jobs, const Lexicons& lexicons) {
  return build_corpus(std::move(sources), {}, jobs, lexicons);
}

Corpus build_corpus(Sources sources, Sources beside, unsigned jobs, const Lexicons& lexicons) {
  std::vector<Document>& documents = sources.documents;
  const auto make = [&](std::size_t first) {
    std::vector<Segmentation> made(documents.size() - first);
    for_each_index(made.size(), jobs, [&](std::size_t i) {
      Document& document = documents[first + i];
      // Shared where somebody copied the document: then it stays theirs.
      if (document.segmentation == nullptr || &lexicons != &shipped_lexicons())
        made[i] = segment(document, lexicons);
      else if (document.segmentation.use_count() == 1)
        made[i] = std::move(*document.segmentation);
      else
        made[i] = *document.segmentation;
      document.segmentation.reset();
    });
    return made;
  };
  std::vector<Segmentation> made = make(0);
  relate(documents, made);
  const std::size_t settled = documents.size();
  if (!beside.documents.empty()) {
    std::move(beside.documents.begin(), beside.documents.end(), std::back_inserter(documents));
    std::vector<Segmentation> more = make(settled);
    std::move(more.begin(), more.end(), std::back_inserter(made));
    relate(documents, made, settled);
  }

  std::vector<CorpusWork> works;
  std::uint32_t settled_works = 0;
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    for (std::uint32_t w = 0; w < made[i].works.size(); ++w) works.push_back({i, w, 0, {}});
    if (i + 1 == settled) settled_works = static_cast<std::uint32_t>(works.size());
  }
  for_each_index(works.size(), jobs, [&](std::size_t w) {
    works[w].fold = fold(documents[works[w].document], made[works[w].document].works[works[w].number]);
  });
  std::vector<PublishedText> texts;
  std::vector<std::uint32_t> sizes;
  for (const CorpusWork& w : works) {
    texts.push_back({&made[w.document].works[w.number], w.fold.units(), &documents[w.document].key});
    sizes.push_back(w.fold.size());
  }
  const auto letters = [&](std::uint32_t w) { return works[w].fold.units(); };
  std::vector<std::uint32_t> publications = find_publications(
      std::span(texts).first(settled_works), copy_candidates(std::span(sizes).first(settled_works), letters));
  if (settled_works < works.size())
    publications = find_publications(texts, copy_candidates(sizes, letters, settled_works), publications);
  for (std::size_t w = 0; w < works.size(); ++w) works[w].publication = publications[w];

  std::vector<std::string> keys;  // of the texts beside
  for (std::size_t d = settled; d < documents.size(); ++d) keys.push_back(documents[d].key + documents[d].path);
  std::sort(keys.begin(), keys.end());
  Corpus corpus = assemble(std::move(documents), std::move(made), std::move(works));
  corpus.diagnostics = std::move(sources.diagnostics);
  const auto note = [&](bool of_beside) {
    for (std::size_t d = 0; d < corpus.documents.size(); ++d) {
      const Document& of = corpus.documents[d];
      if (std::binary_search(keys.begin(), keys.end(), of.key + of.path) != of_beside) continue;
      const auto& notes = corpus.segmentations[d].diagnostics;
      corpus.diagnostics.insert(corpus.diagnostics.end(), notes.begin(), notes.end());
    }
  };
  note(false);
  corpus.diagnostics.insert(corpus.diagnostics.end(), beside.diagnostics.begin(), beside.diagnostics.end());
  if (!keys.empty()) note(true);
  return corpus;
}

Date order_date(const Segmentation& made) {
  Date out{9999, 0, 0};
  for (const Work& w : made.works)
    if (w.published.latest && *w.published.latest < out) out = *w.published.latest;
  return out;
}

Corpus assemble(std::vector<Document> documents, std::vector<Segmentation> made, std::vector<CorpusWork> works) {
  const std::size_t n = documents.size();
  std::vector<std::size_t> first_work(n + 1, 0);
  for (const CorpusWork& w : works) ++first_work[w.document + 1];
  std::partial_sum(first_work.begin(), first_work.end(), first_work.begin());
  std::vector<Date> dates;
  for (const Segmentation& of : made) dates.push_back(order_date(of));
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(dates[a], documents[a].key, documents[a].path) <
           std::tie(dates[b], documents[b].key, documents[b].path);
  });
  Corpus corpus;
  corpus.documents.reserve(n);
  corpus.segmentations.reserve(n);
  corpus.works.reserve(works.size());
  std::map<std::uint32_t, std::uint32_t> numbers;  // publications in the order of their first works
  for (const std::size_t i : order) {
    const auto number = static_cast<std::uint32_t>(corpus.documents.size());
    for (std::size_t w = first_work[i]; w < first_work[i + 1]; ++w) {
      const auto publication =
          numbers.try_emplace(works[w].publication, static_cast<std::uint32_t>(numbers.size())).first->second;
      corpus.works.push_back({number, works[w].number, publication, std::move(works[w].fold)});
    }
    corpus.documents.push_back(std::move(documents[i]));
    corpus.segmentations.push_back(std::move(made[i]));
  }
  return corpus;
}

void Coverage::add(const Work& work, int times) {
  if (work.published.latest) add(work.published.latest->year, work.outlet, work.kind, times);
}

void Coverage::add(int number, const std::string& outlet, WorkKind kind, int times) {
  const auto count = [&](auto& of, const auto& key) {
    if ((of[key] += times) == 0) of.erase(key);
  };
  Year& year = years[number];
  year.works += times;
  if (!outlet.empty()) count(year.outlets, outlet);
  count(year.kinds, std::string(name(kind)));
  if (year.works == 0) years.erase(number);
}

Coverage coverage(const Corpus& corpus) {
  if (corpus.whole) return *corpus.whole->coverage;
  Coverage out;
  for (const CorpusWork& w : corpus.works) out.add(corpus.work(w));
  return out;
}

void for_each_reference(const Work& work, const std::function<void(const std::string& key)>& take) {
  const auto evidence = [&](const std::vector<Evidence>& list) {
    for (const Evidence& e : list)
      if (!e.document.empty()) take(e.document);
  };
  evidence(work.published.evidence);
  evidence(work.edition.evidence);
  evidence(work.kind_evidence);
  evidence(work.copy_evidence);
  if (!work.about) return;
  if (!work.about->document.empty()) take(work.about->document);
  evidence(work.about->published.evidence);
}

std::vector<std::uint32_t> narrow(Corpus& corpus, std::span<const std::uint32_t> works,
                                  std::span<const std::uint32_t> wanted) {
  if (!corpus.whole) {
    auto whole = std::make_shared<Corpus::Whole>();
    whole->coverage = std::make_shared<Coverage>(coverage(corpus));
    corpus.whole = std::move(whole);
  }
  std::vector<char> kept(corpus.documents.size(), 0);
  std::set<std::uint32_t> publications;
  for (const std::uint32_t d : wanted) kept[d] = 1;
  for (const std::uint32_t w : works) {
    kept[corpus.works[w].document] = 1;
    publications.insert(corpus.works[w].publication);
  }
  std::set<std::string> keys;
  for (const CorpusWork& w : corpus.works)
    if (publications.contains(w.publication)) {
      kept[w.document] = 1;
      for_each_reference(corpus.work(w), [&](const std::string& key) { keys.insert(key); });
    }
  std::set<std::string> paths;
  for (const Document& d : corpus.documents) paths.insert(d.path);
  std::vector<std::uint32_t> documents(corpus.documents.size()), out(corpus.works.size(), UINT32_MAX);
  std::uint32_t count = 0;
  for (std::size_t d = 0; d < corpus.documents.size(); ++d) {
    if (!kept[d] && !keys.contains(corpus.documents[d].key)) continue;
    kept[d] = 1;
    documents[d] = count++;
    if (documents[d] == d) continue;
    corpus.documents[documents[d]] = std::move(corpus.documents[d]);
    corpus.segmentations[documents[d]] = std::move(corpus.segmentations[d]);
  }
  corpus.documents.resize(count);
  corpus.segmentations.resize(count);
  std::map<std::uint32_t, std::uint32_t> numbers;
  count = 0;
  for (std::size_t w = 0; w < out.size(); ++w) {
    CorpusWork& of = corpus.works[w];
    if (!kept[of.document]) continue;
    of.document = documents[of.document];
    of.publication = numbers.try_emplace(of.publication, static_cast<std::uint32_t>(numbers.size())).first->second;
    out[w] = count++;
    if (out[w] != w) corpus.works[out[w]] = std::move(of);
  }
  corpus.works.resize(count);
  corpus.diagnostics = concerning(corpus, corpus.diagnostics, paths);
  return out;
}

std::vector<Diagnostic> concerning(const Corpus& corpus, const std::vector<Diagnostic>& all,
                                   const std::set<std::string>& known) {
  std::set<std::string_view> paths;
  for (const Document& d : corpus.documents) paths.insert(d.path);
  std::vector<Diagnostic> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const Diagnostic& d) {
    return d.severity != Severity::note || paths.contains(d.what.source) || !known.contains(d.what.source);
  });
  return out;
}

std::uint32_t add_passage(Corpus& corpus, const std::u32string& text) {
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  Document document;
  document.text = text;
  document.path = "-";
  document.format = "text";
  document.line_starts = {0};
  document.encoding = "UTF-8";
  document.sha256 = document.key = sha256(to_utf8(text));
  Work work;
  work.span = whole;
  if (!text.empty()) work.paragraphs.push_back({Role::body, {whole}});
  Segmentation segmentation{{{whole, Role::body}}, {std::move(work)}, {}};
  const auto number = static_cast<std::uint32_t>(corpus.documents.size());
  const auto publication = static_cast<std::uint32_t>(corpus.works.size());
  corpus.works.push_back({number, 0, publication, fold(document, segmentation.works[0])});
  corpus.documents.push_back(std::move(document));
  corpus.segmentations.push_back(std::move(segmentation));
  return static_cast<std::uint32_t>(corpus.works.size()) - 1;
}

}  // namespace suyuan
