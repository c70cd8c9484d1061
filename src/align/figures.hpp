// figures.hpp: numerals amid letters. One number is written in Han or in Arabic figures, of other length: to an end
// and to a gap it is the same. Numerals break off at clause edges.
#pragma once

#include <cstdint>
#include <string>

#include "align/words.hpp"
#include "suyuan/fold.hpp"

namespace suyuan::figures {

// A numeral begins, or ends, with no other letter.
inline bool may_begin(Unit unit) { return words::in_number(static_cast<char32_t>(unit)); }

// How many letters past the place, or before it, are a numeral that begins, or ends, there: 百分之三, 1.5亿.
std::uint32_t length(const Fold& f, std::uint32_t at, bool backwards);

// The letters of a stretch with what stands beside it of the numerals that it begins and ends in.
std::u32string whole(const Fold& f, FoldSpan s);

// Whether both are numbers, or days or hours, and say the same, they and the numerals that they are parts of.
bool same(const Fold& a, FoldSpan x, const Fold& b, FoldSpan y);

// Whether all of it is a number; a single letter in Han may be a word.
bool is_number(const Fold& f, FoldSpan s);

// Letters of one, a count of hours or an amount that stands in both stretches in order and is written otherwise.
std::uint32_t in_common(const Fold& a, FoldSpan x, const Fold& b, FoldSpan y);

// One of two letters is an Arabic digit and the other begins or ends a numeral in Han.
bool meet(Unit a, Unit b);

}  // namespace suyuan::figures
