// Sources → Corpus: every document segmented and folded, copies of one publication known, all in order of date.
#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "base/parallel.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kGramLetters = 5;
constexpr std::uint64_t kSample = 8;     // one gram in so many is looked at to find candidates
constexpr std::uint32_t kShortest = 60;  // letters: shorter works share wording without being copies
constexpr std::size_t kSpread = 40;      // works past which a sampled gram says nothing of any two
constexpr double kCovered = 0.8;         // share of each that the other covers in order

struct Made {
  std::uint32_t document, number;
  Fold fold;
  std::uint32_t publication = 0;
};

std::uint64_t gram_at(std::span<const Unit> units, std::size_t i) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (std::uint32_t k = 0; k < kGramLetters; ++k) {
    hash ^= static_cast<std::uint64_t>(units[i + k]);
    hash *= 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

// The letters of each that stand in both, in order: grams that occur once in either, along the longest increasing
// line of places.
std::uint32_t in_order(const Fold& a, const Fold& b) {
  const auto once = [](const Fold& f) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> grams;
    const auto units = f.units();
    for (std::uint32_t i = 0; i + kGramLetters <= units.size(); ++i) grams.emplace_back(gram_at(units, i), i);
    std::sort(grams.begin(), grams.end());
    std::vector<std::pair<std::uint64_t, std::uint32_t>> out;
    for (std::size_t i = 0; i < grams.size(); ++i)
      if ((i == 0 || grams[i - 1].first != grams[i].first) &&
          (i + 1 == grams.size() || grams[i + 1].first != grams[i].first))
        out.push_back(grams[i]);
    return out;
  };
  const auto x = once(a), y = once(b);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i].first < y[j].first)
      ++i;
    else if (y[j].first < x[i].first)
      ++j;
    else
      places.emplace_back(x[i++].second, y[j++].second);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::size_t> tails, parent(places.size(), SIZE_MAX);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), places[i].second,
                                     [&](std::size_t t, std::uint32_t v) { return places[t].second < v; });
    if (at != tails.begin()) parent[i] = *(at - 1);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::uint32_t covered = 0, next = UINT32_MAX;
  for (std::size_t i = tails.empty() ? SIZE_MAX : tails.back(); i != SIZE_MAX; i = parent[i]) {
    covered += std::min(kGramLetters, next - places[i].first);
    next = places[i].first;
  }
  return covered;
}

// Whether two works of one wording may be one publication: what is stated of them does not differ.
bool may_be_one(const Work& a, const Work& b) {
  if (!a.outlet.empty() && !b.outlet.empty() && a.outlet != b.outlet) return false;
  const DateInterval &x = a.published, &y = b.published;
  return !(x.latest && y.earliest && *x.latest < *y.earliest) &&
         !(y.latest && x.earliest && *y.latest < *x.earliest);
}

class Publications {
 public:
  Publications(const std::vector<Document>& documents, std::vector<Segmentation>& made, std::vector<Made>& works)
      : documents_(documents), made_(made), works_(works) {}

  void run() {
    // The best agreement first, and of equal ones the older text: a copy belongs to one publication only.
    struct Pair {
      std::uint32_t covered;  // in twentieths
      Date day;
      std::uint32_t a, b;
    };
    std::vector<Pair> pairs;
    for (const auto& [a, b] : candidates()) {
      const Fold &x = works_[a].fold, &y = works_[b].fold;
      const std::uint32_t longer = std::max(x.size(), y.size());
      if (std::min(x.size(), y.size()) < kCovered * longer || !may_be_one(work(a), work(b))) continue;
      const std::uint32_t covered = in_order(x, y);
      const auto day = [&](std::uint32_t w) { return work(w).published.latest.value_or(Date{9999, 12, 31}); };
      if (covered >= kCovered * longer) pairs.push_back({covered * 20 / longer, std::min(day(a), day(b)), a, b});
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
      return std::tie(y.covered, x.day, x.a, x.b) < std::tie(x.covered, y.day, y.a, y.b);
    });
    std::vector<std::vector<std::uint32_t>> members(works_.size());
    for (std::uint32_t w = 0; w < works_.size(); ++w) {
      works_[w].publication = w;
      members[w] = {w};
    }
    for (const Pair& p : pairs) {
      const std::uint32_t x = std::min(works_[p.a].publication, works_[p.b].publication);
      const std::uint32_t y = std::max(works_[p.a].publication, works_[p.b].publication);
      const bool agree = x != y && std::all_of(members[x].begin(), members[x].end(), [&](std::uint32_t m) {
                           return std::all_of(members[y].begin(), members[y].end(),
                                              [&](std::uint32_t n) { return may_be_one(work(m), work(n)); });
                         });
      if (!agree) continue;
      for (const std::uint32_t w : members[y]) works_[w].publication = x;
      members[x].insert(members[x].end(), members[y].begin(), members[y].end());
      members[y].clear();
    }
    date_copies();
  }

 private:
  Work& work(std::uint32_t w) { return made_[works_[w].document].works[works_[w].number]; }

  std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> sample;
    std::vector<std::uint32_t> sampled(works_.size(), 0);
    for (std::uint32_t w = 0; w < works_.size(); ++w) {
      const auto units = works_[w].fold.units();
      if (units.size() < kShortest) continue;
      for (std::uint32_t i = 0; i + kGramLetters <= units.size(); ++i)
        if (const std::uint64_t gram = gram_at(units, i); gram % kSample == 0) sample.emplace_back(gram, w);
    }
    std::sort(sample.begin(), sample.end());
    sample.erase(std::unique(sample.begin(), sample.end()), sample.end());
    for (const auto& [gram, w] : sample) ++sampled[w];
    std::vector<std::uint64_t> pairs;
    for (std::size_t i = 0; i < sample.size();) {
      std::size_t end = i;
      while (end < sample.size() && sample[end].first == sample[i].first) ++end;
      if (end - i <= kSpread)
        for (std::size_t a = i; a < end; ++a)
          for (std::size_t b = a + 1; b < end; ++b)
            pairs.push_back((std::uint64_t{sample[a].second} << 32) | sample[b].second);
      i = end;
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t end = i;
      while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
      const auto a = static_cast<std::uint32_t>(pairs[i] >> 32), b = static_cast<std::uint32_t>(pairs[i]);
      if ((end - i) * 2 >= std::min(sampled[a], sampled[b])) out.emplace_back(a, b);
      i = end;
    }
    return out;
  }

  // A copy whose own date is not stated has that of the publication, with the evidence of the copy that states it.
  void date_copies() {
    std::map<std::uint32_t, std::uint32_t> stated;
    for (std::uint32_t w = 0; w < works_.size(); ++w)
      if (work(w).published.status == DateInterval::Status::stated) stated.try_emplace(works_[w].publication, w);
    for (std::uint32_t w = 0; w < works_.size(); ++w) {
      Work& mine = work(w);
      const auto found = stated.find(works_[w].publication);
      if (mine.published.status == DateInterval::Status::stated || found == stated.end()) continue;
      const Work& other = work(found->second);
      DateInterval given = other.published;
      for (Evidence& e : given.evidence) {
        if (e.document.empty()) e.document = documents_[works_[found->second].document].key;
        e.rule = "copy, " + e.rule;
      }
      mine.published = std::move(given);
      if (mine.outlet.empty()) mine.outlet = other.outlet;
    }
  }

  const std::vector<Document>& documents_;
  std::vector<Segmentation>& made_;
  std::vector<Made>& works_;
};

}  // namespace

Corpus build_corpus(Sources sources, unsigned jobs, const Lexicons& lexicons) {
  Corpus corpus;
  corpus.diagnostics = std::move(sources.diagnostics);
  const std::size_t n = sources.documents.size();
  std::vector<Segmentation> made(n);
  for_each_index(n, jobs, [&](std::size_t i) {
    Document& document = sources.documents[i];
    // Shared where somebody copied the document: then it stays theirs.
    if (document.segmentation == nullptr || &lexicons != &shipped_lexicons())
      made[i] = segment(document, lexicons);
    else if (document.segmentation.use_count() == 1)
      made[i] = std::move(*document.segmentation);
    else
      made[i] = *document.segmentation;
    document.segmentation.reset();
  });
  relate(sources.documents, made, lexicons);

  std::vector<Made> works;
  std::vector<std::size_t> first_work(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::uint32_t w = 0; w < made[i].works.size(); ++w)
      works.push_back({static_cast<std::uint32_t>(i), w, {}});
    first_work[i + 1] = works.size();
  }
  for_each_index(works.size(), jobs, [&](std::size_t w) {
    works[w].fold = fold(sources.documents[works[w].document], made[works[w].document].works[works[w].number]);
  });
  Publications(sources.documents, made, works).run();

  std::vector<Date> dates(n, Date{9999, 0, 0});
  for (std::size_t i = 0; i < n; ++i)
    for (const Work& w : made[i].works)
      if (w.published.latest && *w.published.latest < dates[i]) dates[i] = *w.published.latest;
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(dates[a], sources.documents[a].key, sources.documents[a].path) <
           std::tie(dates[b], sources.documents[b].key, sources.documents[b].path);
  });
  std::map<std::uint32_t, std::uint32_t> numbers;  // publications in the order of their first works
  for (const std::size_t i : order) {
    const auto number = static_cast<std::uint32_t>(corpus.documents.size());
    for (std::size_t w = first_work[i]; w < first_work[i + 1]; ++w) {
      const auto publication =
          numbers.try_emplace(works[w].publication, static_cast<std::uint32_t>(numbers.size())).first->second;
      corpus.works.push_back({number, works[w].number, publication, std::move(works[w].fold)});
    }
    for (const Diagnostic& d : made[i].diagnostics) corpus.diagnostics.push_back(d);
    corpus.documents.push_back(std::move(sources.documents[i]));
    corpus.segmentations.push_back(std::move(made[i]));
  }
  return corpus;
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
