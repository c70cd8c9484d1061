// bytes.hpp: numbers and strings ↔ bytes: little-endian, varints. A Cursor never reads past its end: after the
// first thing that does not fit, everything it gives is zero or empty and ok() is false.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace suyuan::library {

template <class Number>
void put(std::string& to, Number value) {
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    to += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

template <class Number>
void put_all(std::string& to, std::span<const Number> values) {
  if constexpr (std::endian::native == std::endian::little)
    to.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  else
    for (const Number value : values) put(to, value);
}

// REQUIRES: bytes holds sizeof(Number) bytes from `at` on
template <class Number>
Number get(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return static_cast<Number>(value);
}

inline void put_varint(std::string& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to += static_cast<char>(0x80 | (value & 0x7F));
  to += static_cast<char>(value);
}

inline void put_string(std::string& to, std::string_view text) {
  put_varint(to, text.size());
  to += text;
}

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size()) break;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      if (shift == 63 && byte > 1) break;
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  // A varint that must be below `limit`.
  template <class Number>
  Number below(std::uint64_t limit) {
    const std::uint64_t value = varint();
    if (value < limit) return static_cast<Number>(value);
    fail();
    return 0;
  }
  std::uint32_t varint32() { return below<std::uint32_t>(std::uint64_t{1} << 32); }
  // The number of things that follow, each of at least `least` bytes.
  std::size_t count(std::size_t least) {
    const std::uint64_t value = varint();
    if (value <= left() / least) return static_cast<std::size_t>(value);
    fail();
    return 0;
  }
  std::string_view take(std::uint64_t size) {
    if (size > left()) {
      fail();
      return {};
    }
    const std::string_view out = bytes_.substr(at_, static_cast<std::size_t>(size));
    at_ += static_cast<std::size_t>(size);
    return out;
  }
  std::uint8_t byte(std::uint8_t limit) {
    const std::string_view one = take(1);
    const auto value = one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one[0]);
    if (value < limit) return value;
    fail();
    return 0;
  }
  std::string string() { return std::string(take(varint())); }
  void fail() {
    ok_ = false;
    at_ = bytes_.size();
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace suyuan::library
