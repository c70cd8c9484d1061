// matches.hpp: the first step of aligning: the index → exact matches of one work with others, and how surprising
// they are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "align/runs.hpp"
#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

inline constexpr std::uint32_t kLeastWhole =
    9;  // equal letters of a changed clause that is a whole sentence of one text
inline constexpr double kLeastScore = kScore - kWholeSentence;  // what a changed clause may hold at

// A longest exact match of a work, b, with a place of another, or with an earlier one of its own.
struct Hit {
  std::uint32_t work, a, b, length;
  Company company;  // follows from the others
  bool widespread = false;
  std::pair<std::uint64_t, std::uint64_t> key() const {
    return {std::uint64_t{work} << 32 | a, std::uint64_t{b} << 32 | length};
  }
  bool operator==(const Hit& x) const { return key() == x.key(); }
  bool operator<(const Hit& x) const { return std::pair(key(), x.widespread) < std::pair(x.key(), widespread); }
};

// How surprising stretches of one work are. A stretch of n letters counts n / kGram times the mean of its
// grams; one without a gram is part of grams that the other text does not have. `at_border`: widespread grams
// count what they would at the border.
class Surprise {
 public:
  Surprise(const Index& index, std::uint32_t work, bool at_border) {
    const std::uint32_t begin = index.start(work), end = index.start(work + 1);
    sums_.reserve(end - begin + 1);
    sums_.push_back(0);
    for (std::uint32_t p = begin; p < end; ++p)
      sums_.push_back(sums_.back() + (at_border ? index.bits_at_border(p) : index.bits(p)));
  }
  double of(std::uint32_t begin, std::uint32_t length) const {
    if (length < Index::kGram) return length < 2 ? length : 3.0 * length;
    const std::uint32_t grams = length - Index::kGram + 1;
    return (sums_[begin + grams] - sums_[begin]) / grams * length / Index::kGram;
  }

 private:
  std::vector<double> sums_;
};

// Of one work; the second where it is needed.
struct Surprises {
  Surprises(const Index& of, std::uint32_t number) : ordinary(of, number, false), index(of), work(number) {}
  const Surprise& at_border() {
    if (!made) made.emplace(index, work, true);
    return *made;
  }
  Surprise ordinary;

 private:
  const Index& index;
  std::uint32_t work;
  std::optional<Surprise> made;
};

// Const use is safe from several threads. REQUIRES: corpus and index outlive it
class Matcher {
 public:
  Matcher(const Corpus& corpus, const Index& index) : corpus_(corpus), index_(index) {}

  // Every exact match that holds a gram that seeds, with the places before it or (`all`) with all other works,
  // grown as far as it goes; and those of widespread wording. Ordered by work and place.
  std::vector<Hit> find(std::uint32_t b_work, Surprises& of, bool all, std::optional<std::uint32_t> only) const;

 private:
  std::vector<Hit> widespread(std::uint32_t b_work, Surprises& of, bool all,
                              std::optional<std::uint32_t> only) const;

  const Corpus& corpus_;
  const Index& index_;
};

// Whether that many letters, so many of them a match of these bits, can be what stayed of a changed clause.
bool may_be_clause(double bits, std::uint32_t letters, std::uint32_t matched);
// The most letters that stay past an end before too many are replaced, or that follow a few put in.
inline constexpr std::uint32_t kReplaced = 4, kPutIn = 3;

// The stretch is what stands between quotation marks in that text, from mark to mark.
bool fills_quotation(const Fold& f, FoldSpan s);

}  // namespace suyuan
