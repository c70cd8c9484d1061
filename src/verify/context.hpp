// context.hpp: what stands just outside a quotation, or in what it leaves out, and turns its sense.
#pragma once

#include <cstdint>
#include <string>

#include "suyuan/index.hpp"

namespace suyuan {

// The letters of a fold as simplified text.
std::u32string letters(const Document& document, const Fold& fold, FoldSpan span);

// What the words of data/lexicons/context.tsv that stand beside the base's words, and not beside the draft's, make
// of a quotation: cut off from what governs it, or a statement that the next clause limits. Of led speech only the
// words of its own clauses count.
enum class Cut : std::uint8_t { none, turned, cut };
Cut context_cut(const Corpus& corpus, std::uint32_t base_work, FoldSpan base, std::uint32_t draft_work,
                FoldSpan quoted, bool led);

// Whether words in round brackets say that who quotes put them there: 按：…, …——引者注.
bool by_the_quoter(std::u32string_view inside);

// Whether words deny, neutral ones left aside.
bool denies(const Document& document, const Parts& words);

// Whether letters of the base left out between two kept ones deny or limit these: a negation in a clause that is
// kept in part, or a clause that governs the next or turns the one before.
bool turns_sense(const Corpus& corpus, std::uint32_t base_work, FoldSpan left_out);

}  // namespace suyuan
