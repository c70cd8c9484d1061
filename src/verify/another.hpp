// another.hpp: words that a text gives as somebody else's: 有人主张, 老先生告诉我.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "suyuan/index.hpp"

namespace suyuan {

// How a speaker gives words that are not his own.
struct Another {
  enum class Stand : std::uint8_t { own, quoted, rejected };  // 这话不对: rejected
  Stand stand = Stand::own;
  std::string lead;  // the words that give them
};
// Of a place of a text by, or with words of, `speaker` (folded).
Another given_as_anothers(const Corpus& corpus, std::uint32_t work, FoldSpan place, std::u32string_view speaker);

// Whether the words that lead to a quotation of a draft say themselves that they are quoted: 他转述老先生的话说.
bool tells_another(std::u32string_view lead);

}  // namespace suyuan
