// runs.hpp: from exact matches to runs of them that belong together, and where such a run falls apart.
#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// Letters in common past the ends of an exact match: none that could make it hold, some that could where it is a
// changed clause of both texts, or enough.
enum class Company : std::uint8_t { none, some, enough };

struct Segment {  // an exact match: a[a, +length) == b[b, +length)
  std::uint32_t a, b, length;
  double bits;  // how surprising it is
  Company company = Company::enough;
};

inline constexpr double kCandidate = 18;  // bits of seeds a pair of works must share to be looked at
inline constexpr double kSeed = 8;        // and of one seed among several

// What a difference costs, in bits: that there is one, each letter replaced, and a cut the longer it is.
double gap_cost(std::uint32_t da, std::uint32_t db);

std::uint32_t equal_letters(std::span<const EqualRun> runs);

// Collinear runs of segments of so many bits, best first; each segment is used once.
std::vector<std::vector<Segment>> chain_segments(std::vector<Segment>& segments, double least);

// Runs that follow each other letter for letter are one where enough of what stands between them stayed: a seed
// bears no long gap alone, but the letters in it do. What stays too weak to be looked at is left out.
std::vector<std::vector<Segment>> bridge(const Fold& a, const Fold& b, std::vector<std::vector<Segment>> runs);

// Fills the windows between anchors with exact scripts.
std::vector<EqualRun> fill(const Fold& a, const Fold& b, const std::vector<Segment>& anchors);

// What a run weighs, in letters of ordinary wording.
using Worth = std::function<double(const EqualRun&)>;
using Pieces = std::vector<std::vector<EqualRun>>;

// The gap that weighs most against the smaller of what stands on its two sides: its weight, and the run after it.
// Over 1 it is out of proportion. An omission that the text marks weighs less.
std::pair<double, std::size_t> heaviest_gap(const Fold& a, const Fold& b, const std::vector<EqualRun>& runs,
                                            const Worth& worth);
void cut_at(const std::vector<EqualRun>& runs, std::size_t at, Pieces& out);
// Cuts until no gap is out of proportion.
Pieces split(const Fold& a, const Fold& b, std::vector<EqualRun> whole, const Worth& worth);

}  // namespace suyuan
