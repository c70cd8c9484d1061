// antecedents.hpp: where a head stands in texts older than its first appearance, in wording that no alignment
// holds.
#pragma once

#include <vector>

#include "chain/heads.hpp"

namespace suyuan {

// An alignment grows from a run of rare letters; a sentence into which a word was put, or whose halves changed
// places, may have none. So each head is held, gaps and all, against every text older than the one that would be
// named first. A place is its witness that has four fifths of its letters, or nearly as many as the first
// appearance has, no other figure, hardly another word, and that does not go on otherwise within a clause; of those
// with less than four fifths the earliest alone. Heads of the same words that come to share a place are one. `days`
// are those by which the works stood. Cost       One pass over the corpus; a gram of the heads that it has too
// often is passed over.
void add_antecedents(const Corpus& corpus, const std::vector<Date>& days, std::vector<Head>& heads, unsigned jobs);

}  // namespace suyuan
