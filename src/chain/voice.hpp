// voice.hpp: whose words a place gives.
#pragma once

#include "suyuan/chain.hpp"

namespace suyuan {

Voice voice_of(const Corpus& corpus, std::uint32_t work, FoldSpan span);

// Of a quotation in marks or set as a block: from the beginning of the sentence that leads it to its words.
Span lead_in(const Document& document, const Quotation& q);

}  // namespace suyuan
