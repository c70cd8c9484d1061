// places.hpp: where a short passage stands in the works of a ground, however it was changed.
//
// Finds what align_all leaves aside: passages of eight letters, passages of which every gram is common, places that
// hold only a part. Units are those of folds; `a` is the base, `b` the passage. Const use is safe from several
// threads. Cost: the places of the passage's grams, and, where those say too little of a passage of up to 64
// letters, Ground::near.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"
#include "verify/ground.hpp"

namespace suyuan {

// Seen from the letters alone.
struct Place {
  std::uint32_t work = 0;       // of the ground, until settled
  FoldSpan base;                // from the first letter that answers to the passage to the last
  std::vector<EqualRun> equal;  // in order; never empty
  std::uint32_t letters = 0;    // equal ones
};

class Places {
 public:
  using Allowed = Ground::Allowed;

  explicit Places(const Ground& ground) : ground_(ground) {}

  struct Found {
    std::vector<Place> places;
    std::uint32_t left_aside =
        0;                      // works that hold enough of the passage and were not looked at closely, see kWorks
    std::uint32_t unasked = 0;  // grams of the passage that stand in too many places to be asked
    bool full = false;          // a place has nearly all of it
    std::uint32_t left_fuller = 0;  // of those left aside, that hold the share that is asked for
  };

  // The places of a passage of a draft's text in the allowed works that hold at least `share` of its letters in
  // order. Of one work up to four that do not overlap; of works the kWorks fullest and those that tie with the last
  // of them. Letters of the base may be left out between two of the passage: up to kOmission, and kMarkedOmission
  // where the passage has an ellipsis there (`breaks`: the units it stands before).
  Found find(std::uint32_t draft, const Fold& fold, FoldSpan passage, const Allowed& allowed, double share,
             const std::vector<std::uint32_t>& breaks = {}) const;

  // The longest exact matches of a passage, each of what the ones before it leave: `preferred` goes first among
  // equals, or else the work of the first; UINT32_MAX: none. `left`: stretches that were not looked for, see
  // kPieces.
  struct Piece {
    std::uint32_t work = 0;
    FoldSpan base, covers;
  };
  struct Pieces {
    std::vector<Piece> pieces;
    std::uint32_t left = 0;
  };
  Pieces pieces(std::uint32_t draft, const Fold& fold, FoldSpan passage, const Allowed& allowed,
                std::uint32_t preferred) const;

  static constexpr std::uint32_t kWorks = 32;
  static constexpr std::uint32_t kOverflow = 20000;  // places of a gram past which it is not asked
  static constexpr std::uint32_t kMarkedOmission = 4000;
  static constexpr std::size_t kPieces = 8;   // looked for of one passage,
  static constexpr std::uint32_t kPiece = 5;  // of so many letters at least

 private:
  std::optional<Piece> longest(std::uint32_t draft, const Fold& fold, FoldSpan s, const Allowed& allowed,
                               std::uint32_t preferred) const;
  const Ground& ground_;
};

// The least letters that make a share of a passage.
std::uint32_t least_letters(FoldSpan passage, double share);

// Settles the runs of a place by both texts, and gives the passage's unmatched ends the letters of the base that
// stand there instead. The place's work is that of `base`.
void settle(Place& place, const Fold& base, const Fold& draft, FoldSpan passage);

}  // namespace suyuan
