// terms.hpp: the terms of bodies that count them, 二十届中央政治局, 十四届全国人大, and the names of their
// sessions. When a term began is known by the meetings whose days are public record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "suyuan/base.hpp"

namespace suyuan {

// 第二十届中央委员会第三次全体会议 is 二十届三中全会.
std::u32string with_short_names(std::u32string text);
std::u32string with_long_names(std::u32string text);

// The term that an occasion's name begins with.
struct Term {
  std::size_t letters = 0;  // 二十届, 第 before it too
  bool holds = false;       // the days lie in it
};
// Nothing where the name counts none, or it is not known when the body's began, or no days are given.
std::optional<Term> term_of(std::u32string_view key, const std::optional<Date>& first,
                            const std::optional<Date>& last);

}  // namespace suyuan
