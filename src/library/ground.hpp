// ground.hpp: a library as the ground of drafts: what verifying asks of all texts, from postings, letters and rows.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "library/part.hpp"
#include "verify/ground.hpp"

namespace suyuan::library {

// The works of a library by number, in the order of a corpus of all; made once for a library that is open.
class WorkTable {
 public:
  // Nothing where something is damaged.
  static std::optional<WorkTable> make(const std::vector<Segment>& segments, const Relations& relations);

  struct Work {
    std::uint32_t segment = 0, row = 0, document = 0;  // of the opened segments; rows of it
    std::uint32_t first = 0, size = 0;                 // letters of the segment
  };
  const std::vector<Work>& works() const { return works_; }
  static constexpr std::uint32_t kNone = UINT32_MAX;
  // The work that a letter stands in; kNone where it is of no document in force.
  std::uint32_t at(std::uint32_t segment, std::uint32_t letter) const;
  std::uint32_t number(std::uint32_t segment, std::uint32_t row) const { return numbers_[segment][row]; }

 private:
  std::vector<Work> works_;
  std::vector<std::vector<std::uint32_t>> firsts_, numbers_;  // of each segment's rows
  std::vector<std::vector<std::uint32_t>> blocks_;            // the row at every 256th letter
};

// What drafts ask of one library. A damaged byte makes answers worthless: sound() says so.
class LibraryGround : public Ground {
 public:
  // A text of the drafts; `number` where it is a work of the library, `copies` what is the same or of one
  // publication.
  struct Draft {
    const Fold* fold = nullptr;
    std::uint32_t number = WorkTable::kNone;
    std::vector<std::uint32_t> copies;
    const suyuan::Work* work = nullptr;
  };
  LibraryGround(const std::vector<Segment>& segments, const Relations& relations, const WorkTable& works);

  // The grams of the drafts are looked up. `letters`: of the library and those drafts that are not in it.
  void set_drafts(std::vector<Draft> drafts, std::uint64_t letters);
  bool sound() const { return sound_; }

  // How often a gram of the drafts stands in the library and in the drafts beside it; exact up to Index::kCommon.
  std::uint32_t occurrences(std::span<const Unit> gram) const;
  // The works, of so many letters at least, that have a gram; no more than `most` + 1.
  std::vector<std::uint32_t> works_with(std::span<const Unit> gram, std::uint32_t least, std::size_t most) const;
  std::optional<std::vector<Unit>> letters(std::uint32_t work) const;

  bool beyond(std::uint32_t draft, std::uint32_t at, std::size_t bound) const override;
  std::span<const Hit> hits(std::uint32_t draft, std::uint32_t at, std::vector<Hit>& held) const override;
  bool common(std::uint32_t draft, std::uint32_t at) const override;
  double bits(std::uint32_t draft, std::uint32_t at) const override;
  bool everyday(std::uint32_t draft, std::uint32_t at) const override;
  std::uint32_t size(std::uint32_t work) const override;
  std::span<const Unit> units(std::uint32_t work, FoldSpan span, std::vector<Unit>& held) const override;
  std::optional<std::uint32_t> itself(std::uint32_t draft) const override;
  std::vector<std::uint32_t> copies(std::uint32_t draft) const override;
  void near(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed,
            const std::function<void(std::uint32_t work, std::uint32_t end)>& take) const override;
  bool has_outlet(const std::string& name) const override;
  bool has_title(const std::u32string& letters) const override;
  Holding holding(const std::vector<Asked>& asked, const Allowed& allowed) const override;

 private:
  struct Gram {
    std::array<Unit, Index::kGram> letters{};
    std::vector<PlaceList> places;    // of each segment; some may be of another gram
    std::size_t most = 0;             // as many as these
    std::uint32_t own = 0;            // in drafts that are not in the library
    mutable std::size_t counted = 0;  // so many are known to stand in works in force
    mutable std::optional<std::vector<Hit>> hits;
  };
  struct Stretch {
    std::uint32_t work, begin, end;  // letters of the work
  };
  template <class Take>
  void each(const Gram& gram, Take take) const;
  const Gram& gram(std::uint32_t draft, std::uint32_t at) const { return grams_[at_[draft][at]]; }
  std::vector<Stretch> stretches(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed) const;
  void scan(std::uint32_t segment, std::span<const Unit> words,
            const std::function<void(std::uint32_t letter)>& take) const;
  template <class T>
  T checked(std::optional<T> value) const {
    if (!value) sound_ = false;
    return value ? *std::move(value) : T{};
  }

  const std::vector<Segment>& segments_;
  const Relations& relations_;
  const WorkTable& works_;
  PartReader reader_;
  std::vector<Draft> drafts_;
  std::vector<std::vector<std::uint32_t>> at_;  // of each draft's letter: the gram that begins there
  std::vector<Gram> grams_;
  std::map<std::array<Unit, Index::kGram>, std::uint32_t> numbers_;
  std::uint64_t all_letters_ = 0;
  std::unique_ptr<Index> index_;  // of the drafts alone, with the counts of all
  mutable std::mutex mutex_;
  mutable std::atomic<bool> sound_ = true;
};

}  // namespace suyuan::library
