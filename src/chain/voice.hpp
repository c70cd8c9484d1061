// voice.hpp: whose words a place gives.
#pragma once

#include "suyuan/chain.hpp"

namespace suyuan {

Voice voice_of(const Corpus& corpus, std::uint32_t work, FoldSpan span);

}  // namespace suyuan
