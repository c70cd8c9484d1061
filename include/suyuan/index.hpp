// index.hpp: step 4 of the pipeline: the works at hand → Corpus, and its dense index of k-grams.
//
// A Corpus owns the documents, what segmenting made of them and the folds. Documents are ordered by the date
// of their earliest work, then by key, so that nothing depends on the order of the paths; works follow their
// documents. A work is named by its number in that order.
//
// The index holds every position of every k-gram of the folds. Grams that occur more often than `common` times
// are formulaic: they seed nothing (matches extend through them); their stretches are listed as formulas.
//
// Threads    Building uses up to `jobs` threads and gives the same result for any number; const use is safe.
// Cost       Building sorts the positions once: O(n log n) time, 16 bytes a letter while building, 8 after.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/fold.hpp"
#include "suyuan/read.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

struct CorpusWork {
  std::uint32_t document = 0;
  std::uint32_t number = 0;  // of the document's works
  // Copies of one publication share its number: they cover each other in order to 80 % and more, and neither their
  // outlets nor their days differ. Known by content, never by title.
  std::uint32_t publication = 0;
  Fold fold;
};

struct Corpus {
  std::vector<Document> documents;
  std::vector<Segmentation> segmentations;  // one for each document
  std::vector<CorpusWork> works;
  std::vector<Diagnostic> diagnostics;  // of reading and segmenting

  const Document& document(const CorpusWork& w) const { return documents[w.document]; }
  const Work& work(const CorpusWork& w) const { return segmentations[w.document].works[w.number]; }
};

// Segments and folds what was read, relates works to each other and knows copies. A copy that does not state its
// day takes the publication's, with the other copy's evidence.
Corpus build_corpus(Sources sources, unsigned jobs = 1, const Lexicons& lexicons = shipped_lexicons());

class Index {
 public:
  static constexpr std::uint32_t kGram = 5;      // letters
  static constexpr std::uint32_t kCommon = 100;  // occurrences past which a gram seeds nothing

  explicit Index(const Corpus& corpus);

  // Positions count all folds one after the other: work w has [start(w), start(w + 1)).
  std::uint32_t start(std::uint32_t work) const { return starts_[work]; }
  std::uint32_t works() const { return static_cast<std::uint32_t>(starts_.size()) - 1; }
  std::uint32_t work_at(std::uint32_t position) const;

  // All positions of the gram that begins at `position`, ascending; empty within kGram of a work's end.
  std::span<const std::uint32_t> occurrences(std::uint32_t position) const;

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> positions_;  // by gram, ascending within one
  std::vector<std::uint32_t> groups_;     // first of each gram in positions_, and the end
  std::vector<std::uint32_t> group_of_;   // of each position; UINT32_MAX: none
};

// Wording so widespread that sharing it shows nothing: a longest stretch whose grams are all too common.
struct Formula {
  std::uint32_t work = 0;  // the earliest occurrence
  FoldSpan span;
  std::uint32_t count = 0;
};
std::vector<Formula> formulas(const Corpus& corpus, const Index& index);

}  // namespace suyuan
