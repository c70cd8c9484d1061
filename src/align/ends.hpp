// ends.hpp: how far an alignment reaches.
#pragma once

#include <span>
#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

inline constexpr std::uint32_t kNear = 12;  // letters past an end that are looked at before it is grown

// The most equal letters on one diagonal near the end of a match. REQUIRES: kNear letters of each at most
std::uint32_t alike(std::span<const Unit> a, std::span<const Unit> b, bool backwards);
// No fewer than the letters of b that a has too: what alike() cannot exceed.
std::uint32_t shared_at_most(std::span<const Unit> a, std::span<const Unit> b);

// A scan may have taken one letter for the other. Numerals aside: to change one is to say something else.
bool is_misread(Unit a, Unit b);

// Grows both ends while matches outweigh differences, within the bounds given.
void grow_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b);

// Takes an end on to a later clause edge of both texts, letter for letter, where of so many letters one stayed.
// False where that goes on and on: a sentence recurs with others between, and each two places of it would be
// followed to the ends of the text.
bool reach_edges(const Fold& a, const Fold& b, std::vector<EqualRun>& runs, FoldSpan in_a, FoldSpan in_b,
                 std::uint32_t of);

// What holds is followed past an end to clause edges of both texts: through the few letters left of its clause,
// where no more than so many of them changed, and letter for letter, where of so many one stayed. The equal runs
// there, in order; empty where it goes nowhere.
std::vector<EqualRun> beyond(const Fold& a, const Fold& b, const EqualRun& end, FoldSpan in_a, FoldSpan in_b,
                             std::uint32_t changed, std::uint32_t of, bool backwards);

// What holds is followed past an end to where quotation marks of one text end, or through another number, one word
// that was replaced, or who speaks, to clause edges of both. False where it goes nowhere.
bool reach_beyond(const Fold& a, const Fold& b, Alignment& x, FoldSpan in_a, FoldSpan in_b, bool backwards);

// Takes off a stray end: a few equal letters past the last clause edge of both texts, or before the first.
void trim_ends(const Fold& a, const Fold& b, std::vector<EqualRun>& runs);

// Takes off the beginning of a next sentence, or the end of one before, that breaks off within a clause.
void leave_sentences(const Fold& a, const Fold& b, std::vector<EqualRun>& runs);

// A clause whose last (or first) letters were replaced is compared to its end, so that the difference is seen.
void close_clauses(const Fold& a, const Fold& b, Alignment& x);

}  // namespace suyuan
