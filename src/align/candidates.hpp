// candidates.hpp: which works align_one can find anything in, from letters alone: for those who have not read the
// works yet.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "align/ends.hpp"
#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

// Letters that are looked at on both sides of where the text would lie along its matches in a work.
inline constexpr std::uint32_t kCandidateMargin = kNear;

// Ascending. Only the units of the index are looked at. Works that hold all of the text word for word, however
// common its wording, need not be among them.
std::vector<std::uint32_t> works_to_align(const Corpus& corpus, const Index& index, std::uint32_t work);

// Of widespread wording align_one() takes what so many letters of the text have in matches no farther apart than
// kApart in either text: four fifths of a short one, and a third of a long one, of which a phrase in all of them
// says little,
inline constexpr std::uint32_t kApart = 24;
inline std::uint32_t widespread_letters(std::size_t text) {
  const auto letters = static_cast<std::uint32_t>(std::min<std::size_t>(text, 6 * kLong));
  return letters < kLong * 5 / 4 ? std::max(letters * 4 / 5, Index::kGram + 1) : std::max(letters / 3, kLong);
}
// and seeks matches by the widespread grams that begin at these places of the text: one of so many in a row that a
// match of that length has two, chosen by its letters alone. Ascending.
std::vector<std::uint32_t> widespread_seeds(std::span<const Unit> text,
                                            const std::function<bool(std::uint32_t)>& widespread);

}  // namespace suyuan
