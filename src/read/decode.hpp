// decode.hpp: bytes → characters, with the name of the encoding that fitted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "suyuan/base.hpp"

namespace suyuan {

inline constexpr std::size_t kHead = std::size_t{1} << 16;

// A source decoded, in whichever of the two forms came first; the other is made when it is asked for.
class Decoded {
 public:
  std::string encoding;
  std::optional<Diagnostic> damage;  // invalid bytes that were replaced by U+FFFD

  // The beginning, some kHead bytes of UTF-8, by which the form is judged.
  std::string head() const;
  // Ask for one of the two.
  std::u32string take_text();
  // Valid UTF-8. source_offset() may be asked afterwards.
  const std::string& utf8();
  // The byte of the source for a byte of utf8(): exact where the source is sound UTF-8, else that of its line.
  std::uint64_t source_offset(std::size_t at) const;

 private:
  friend Result<Decoded> decode(std::string bytes, const std::string& source, const std::string& encoding);
  std::string bytes_;     // of the source, without its mark
  std::size_t mark_ = 0;  // length of the mark
  bool sound_ = false;    // bytes_ is valid UTF-8
  std::u32string text_;   // where it is not
  std::string utf8_;      // made from text_
};

Result<Decoded> decode(std::string bytes, const std::string& source, const std::string& encoding);

bool is_utf8(std::string_view bytes);

// Valid UTF-8 → code points. REQUIRES: utf8 is valid.
std::u32string widen(std::string_view utf8);

// The number of code points. REQUIRES: utf8 is valid.
std::size_t count_characters(std::string_view utf8);

// The valid sequence at the front, as in the Unicode Standard (no overlong forms, no surrogates): its length,
// or 0 where there is none.
std::size_t utf8_sequence(std::string_view s, char32_t& out);

}  // namespace suyuan
