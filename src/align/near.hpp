// near.hpp: stretches of a text within a few changes of a pattern, however common its wording.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// Myers' bit-parallel approximate search: the ends of stretches of a text within some changes of a pattern of up to
// 64 letters.
class NearSearch {
 public:
  static constexpr std::uint32_t kLongest = 64;

  NearSearch(std::span<const Unit> pattern, std::uint32_t most);
  // The least number of changes, and where the first such stretch ends; nothing beyond `most`.
  struct Nearest {
    std::uint32_t changes = 0, end = 0;
  };
  std::optional<Nearest> run(std::span<const Unit> text) const;

 private:
  std::uint64_t of(Unit unit) const;
  std::vector<std::uint64_t> table_;  // of letters of 16 bits
  std::vector<std::pair<Unit, std::uint64_t>> wide_;
  std::uint32_t size_, most_;
};

// Of a text of so many letters that is asked for: how many changes a place of it may have whose wording shows
// nothing, one in ten letters; 0 for a text of less than ten, or of more than NearSearch can take.
std::uint32_t near_changes(std::uint32_t letters);
// Parts of it, of a gram and more, of which one at least stands unchanged in each such place.
std::vector<FoldSpan> near_parts(std::uint32_t letters);

// A text that stands with something put in, left out or exchanged at one place: how many letters of its beginning,
// a gram and more, and of its end stand there, two thirds of it together, and where that ends, in the letters
// of a work from where it begins. Nothing where less does or more than kParted letters part them. The same
// backwards finds those whose end is the longer part.
inline constexpr std::uint32_t kParted = 16;
struct Parted {
  std::uint32_t head = 0, tail = 0, end = 0;
};
std::optional<Parted> parted(std::span<const Unit> text, std::span<const Unit> there);
// Whether that is looked for, of a text of so many letters: by its first gram and, backwards, its last one.
bool may_be_parted(std::uint32_t letters);

// What alignments take of each work.
class Taken {
 public:
  explicit Taken(const std::vector<Alignment>& alignments);
  // Whether one that begins no later than the span reaches to its end.
  bool covers(std::uint32_t work, FoldSpan span) const;
  // Whether one that begins and ends in the span has so many letters and more.
  bool has_within(std::uint32_t work, FoldSpan span, std::uint32_t letters) const;

 private:
  // Ascending, each reaching as far as any before it.
  std::unordered_map<std::uint32_t, std::vector<FoldSpan>> spans_;
  std::unordered_map<std::uint32_t, std::vector<std::pair<FoldSpan, std::uint32_t>>>
      letters_;  // of each; ascending
};

// Where a text stands with a few letters changed or parted, beside what is aligned with it: a question about one
// passage wants each place of it, also where its wording is too common to show anything.
std::vector<Alignment> near_places(const Corpus& corpus, const Index& index, std::uint32_t work,
                                   const Taken& aligned);

}  // namespace suyuan
