// decode.hpp: bytes → code points, with the name of the encoding that fitted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "suyuan/base.hpp"

namespace suyuan {

struct Decoded {
  std::u32string text;
  std::string encoding;
  std::optional<Diagnostic> damage;  // invalid bytes that were replaced by U+FFFD
};

Result<Decoded> decode(std::string_view bytes, const std::string& source, const std::string& encoding);

}  // namespace suyuan
