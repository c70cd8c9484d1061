// index.hpp: step 4 of the pipeline: the works at hand → Corpus, and its dense index of k-grams.
//
// A Corpus owns the documents, what segmenting made of them and the folds. Documents are ordered by the date
// of their earliest work, then by key, so that nothing depends on the order of the paths; works follow their
// documents. A work is named by its number in that order.
//
// The index holds every position of every k-gram of the folds and says of each gram how surprising it is: in
// bits, minus the binary logarithm of how often it stands elsewhere, here or in the shipped background,
// whichever is more. So common wording is known as common in one draft too. Common grams seed nothing
// (matches extend and close through them); stretches of them are the formulas. Those that are common here alone are
// widespread: what they are of may be a passage that everybody quotes.
//
// Threads    Const use is safe from several.
// Cost       Building is linear (radix sort): 16 bytes a letter while building, about 24 after.
//            Two grams are one only where their letters are: hashes group, letters decide.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
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

// How many works of which outlets and kinds are dated to each year, by the last day of their intervals.
struct Coverage {
  struct Year {
    int works = 0;
    std::map<std::string, int> outlets, kinds;
  };
  std::map<int, Year> years;
  void add(const Work& work, int times = 1);
  void add(int year, const std::string& outlet, WorkKind kind, int times);
};

struct Corpus {
  // Of a corpus that holds only the documents that an answer needs: what counts of all of them.
  struct Whole {
    std::shared_ptr<const Coverage> coverage;
    std::uint64_t letters = 0;
    // Exact up to Index::kCommon.
    std::function<std::uint32_t(std::span<const Unit> gram)> occurrences;
  };
  std::shared_ptr<const Whole> whole;  // null: these are all

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

// The same with texts set beside them: what `sources` says of them is used, copies of a publication of `sources`
// are known as such, and nothing of `sources` is other than it would be without them.
Corpus build_corpus(Sources sources, Sources beside, unsigned jobs, const Lexicons& lexicons);

Coverage coverage(const Corpus& corpus);

// Keeps of a corpus the documents of these works, of the other copies of their publications, and what dates them;
// what counts of all is kept as `whole`, and of the diagnostics warnings, errors and notes on these documents.
// `documents` are kept in any case. The new number of each work, UINT32_MAX where it is gone.
std::vector<std::uint32_t> narrow(Corpus& corpus, std::span<const std::uint32_t> works,
                                  std::span<const std::uint32_t> documents = {});

// Adds a text that is asked for, whole and as one paragraph of a work without a date, after everything else;
// the number of its work. An index built before does not know it.
std::uint32_t add_passage(Corpus& corpus, const std::u32string& text);

class Index {
 public:
  static constexpr std::uint32_t kGram = 5;     // letters
  static constexpr std::uint32_t kCommon = 50;  // occurrences past which a gram seeds nothing,
  static constexpr double kCommonBits = 16.2;   // or surprisal in the background under which it does not

  // Where works are asked for, only the grams that stand in them are indexed, each with all its positions: what is
  // asked of positions in these works is answered as by the whole, of other positions it may be as if nothing
  // began there. A fraction of the cost, for a question about a few works. REQUIRED of a corpus that is a part.
  explicit Index(const Corpus& corpus, std::span<const std::uint32_t> asked = {});

  // Positions count all folds one after the other: work w has [start(w), start(w + 1)).
  std::uint32_t start(std::uint32_t work) const { return starts_[work]; }
  std::uint32_t works() const { return static_cast<std::uint32_t>(starts_.size()) - 1; }
  std::uint32_t work_at(std::uint32_t position) const;
  std::span<const Unit> units() const { return units_; }

  // All positions of the gram that begins at `position`, ascending; empty where it stands nowhere else, and within
  // kGram of a work's end.
  std::span<const std::uint32_t> occurrences(std::uint32_t position) const;

  // What stands before each of them, as before() gives it of a unit.
  using Before = std::uint16_t;
  std::span<const Before> preceding(std::uint32_t position) const;
  // Two units that give the same are the same, but for kRare; 0 is the beginning of a work.
  static constexpr Before kRare = 0xFFFF;
  static Before before(Unit unit) {
    return static_cast<std::uint32_t>(unit) < kRare ? static_cast<Before>(unit) : kRare;
  }

  // How surprising the gram that begins at `position` is, in bits; 0 within kGram of a work's end. Two
  // occurrences are taken for granted: a match needs them.
  double bits(std::uint32_t position) const {
    return widespread(position) ? kFormulaBits : (grams_[position] & kBits) * 0.1;
  }
  // Seeds nothing, and counts kFormulaBits where it stands in a match.
  static constexpr double kFormulaBits = 6;
  bool common(std::uint32_t position) const { return (grams_[position] & kIsCommon) != 0; }
  // Common for its number here alone: the background does not know it. So is every gram of a passage that is
  // printed again and again, which each place has of the earliest; what it counts then is what it would at the
  // border in a large corpus, however often it stands.
  static bool widespread(std::span<const Unit> gram, std::uint64_t times, std::uint64_t letters);
  // How surprising a gram of kGram letters is by the shipped background alone, whatever the works at hand say.
  static double background_bits(std::span<const Unit> gram) { return (weigh(gram, 2, 0) & kBits) * 0.1; }
  bool widespread(std::uint32_t position) const { return (grams_[position] & kWidespread) != 0; }
  double bits_at_border(std::uint32_t position) const { return (grams_[position] & kBits) * 0.1; }
  // Stands elsewhere too, and is not common.
  bool seeds(std::uint32_t position) const { return (grams_[position] & kSeeds) != 0; }
  // The same, and stands before this position.
  bool returns(std::uint32_t position) const { return (grams_[position] & (kSeeds | kFirst)) == kSeeds; }

  // For one that asks position after position: fetches what the answers for those soon to come lie in.
  void look_ahead(std::uint32_t position) const;

 private:
  // Of a gram: tenths of a bit, whether it is common, whether it seeds, whether it is widespread; and whether this
  // is its first position.
  static constexpr std::uint16_t kBits = 0x3FF, kIsCommon = 0x400, kSeeds = 0x800, kFirst = 0x1000,
                                 kWidespread = 0x2000;
  std::uint16_t weigh(const Corpus& corpus, std::span<const std::uint32_t> group) const;
  static std::uint16_t weigh(std::span<const Unit> gram, std::uint64_t times, std::uint64_t letters);

  std::vector<Unit> units_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> blocks_;     // the work at every 256th position
  std::vector<std::uint32_t> positions_;  // of what stands more than once: by gram, ascending within one
  std::vector<Before> preceding_;         // of each of positions_
  std::vector<std::uint32_t> groups_;     // first of each gram in positions_, and the end
  std::vector<std::uint32_t> group_;      // of the gram that begins at each position; UINT32_MAX where it has none
  std::vector<std::uint16_t> grams_;      // what weigh() says of it, and kFirst
};

// Wording so widespread that sharing it shows nothing: a longest stretch whose grams are all common, with every
// place where it is one. Listed from two occurrences up, and from kFormulaAlone letters up in any case.
//
// A saying that everybody quotes is as widespread, and is no formula: most of its places stand between
// quotation marks, or it is a whole sentence that its neighbours' wording does not grow into.
struct Formula {
  struct Place {
    std::uint32_t work = 0;
    FoldSpan span;
  };
  std::vector<Place> places;  // in order of the corpus; the first is the earliest
  std::uint32_t works = 0;    // that hold it
  std::uint32_t quoted = 0;   // places between quotation marks, or in a section with an occasion
  std::uint32_t before = 0;   // different letters before it,
  std::uint32_t after = 0;    // and after it
  bool quotation = false;     // rather somebody's words
  std::uint32_t count() const { return static_cast<std::uint32_t>(places.size()); }
};
inline constexpr std::uint32_t kFormulaAlone = 20;
std::vector<Formula> formulas(const Corpus& corpus, const Index& index);

}  // namespace suyuan
