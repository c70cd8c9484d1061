// pdf_numbers.hpp: page numbers as they are printed: 5, - 5 -, ·5·, 第5页, 5/12, iv, 五, A-5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace suyuan::pdf {

struct Number {
  int value = 0;
  std::u32string kind;  // digits: empty; roman: "r"; else what stands before them
};

// Of a row that holds nothing else.
std::optional<Number> page_number(std::u32string_view row);

}  // namespace suyuan::pdf
