// word_edges.hpp: where the words of a text begin and end, as ICU's dictionary parts them.
#pragma once

#include <cstdint>
#include <utility>

#include "suyuan/fold.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

// How many units of the word that goes on over the border before a unit stand before it, and behind it; none where
// no word does.
std::pair<std::uint32_t, std::uint32_t> word_over(const Document& document, const Fold& fold, std::uint32_t unit);

}  // namespace suyuan
