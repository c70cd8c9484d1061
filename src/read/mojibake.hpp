// mojibake.hpp: notices text that was UTF-8 and was once decoded as GBK ("銆", "锛", "鐨").
//
// The damage is undone on trial: characters → GBK bytes. Where most of these bytes are UTF-8 of Chinese text,
// the text is damaged; of sound Chinese text about 3 in 100 bytes look so by chance.
#pragma once

#include <string_view>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan {

struct Mojibake {
  std::vector<Span> stretches;  // in order, disjoint; empty: sound text
  double share = 0;             // of the text's characters outside ASCII
  bool lossless = false;        // undoing it would give the whole text back
};

Mojibake find_mojibake(std::u32string_view text);

}  // namespace suyuan
