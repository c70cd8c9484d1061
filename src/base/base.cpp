// Dates, spans, UTF-8 and SHA-256: the small words of base.hpp.
#include "suyuan/base.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#ifndef SUYUAN_VERSION
#define SUYUAN_VERSION "0.0.0"
#endif

namespace suyuan {

std::string_view version() { return SUYUAN_VERSION; }

Span envelope(const Parts& parts) { return {parts.front().begin, parts.back().end}; }

namespace {

std::uint8_t days_in_month(int year, int month) {
  const auto last = std::chrono::year{year} / month / std::chrono::last;
  return static_cast<std::uint8_t>(unsigned{last.day()});
}

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

bool Date::valid() const {
  if (year < 1000 || year > 2999 || month > 12) return false;
  if (month == 0) return day == 0;
  return day <= days_in_month(year, month);
}

Date Date::first_day() const {
  return {year, month == 0 ? std::uint8_t{1} : month, day == 0 ? std::uint8_t{1} : day};
}

Date Date::last_day() const {
  const std::uint8_t m = month == 0 ? std::uint8_t{12} : month;
  return {year, m, day == 0 ? days_in_month(year, m) : day};
}

std::string Date::to_string() const {
  std::string text = padded(year, 4);
  if (month != 0) text += '-' + padded(month, 2);
  if (day != 0) text += '-' + padded(day, 2);
  return text;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  std::array<int, 3> parts{0, 0, 0};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const char* begin = text.data() + at;
    const auto [end, status] = std::from_chars(begin, text.data() + text.size(), parts[i]);
    if (status != std::errc{} || parts[i] < 0) {
      if (i == 0) return std::nullopt;
      parts[i] = 0;
      break;
    }
    at = static_cast<std::size_t>(end - text.data());
    if (at >= text.size() || (text[at] != '-' && text[at] != '/' && text[at] != '.')) break;
    ++at;
  }
  if (parts[0] > 2999 || parts[1] > 12 || parts[2] > 31) return std::nullopt;
  const Date date{static_cast<std::int16_t>(parts[0]), static_cast<std::uint8_t>(parts[1]),
                  static_cast<std::uint8_t>(parts[2])};
  return date.valid() ? std::optional(date) : std::nullopt;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (char32_t c : text) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::u32string from_utf8(std::string_view text) {
  std::u32string out;
  out.reserve(static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; })));
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead > 0xE0 && lead < 0xED && text.size() - i >= 3) {  // nearly all of a Chinese text
      const unsigned second = static_cast<unsigned char>(text[i + 1]) ^ 0x80U,
                     third = static_cast<unsigned char>(text[i + 2]) ^ 0x80U;
      if ((second | third) < 0x40) {
        out += static_cast<char32_t>((lead & 0xFU) << 12 | second << 6 | third);
        i += 3;
        continue;
      }
    }
    const std::size_t length = lead < 0x80                    ? 1
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                               : lead >= 0xE0 && lead < 0xF0  ? 3
                               : lead >= 0xC2 && lead < 0xE0  ? 2
                                                              : 0;
    bool good = length > 0 && i + length <= text.size();
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; good && k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      good = (next & 0xC0) == 0x80;
      c = (c << 6) | (next & 0x3FU);
    }
    static constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    good = good && c >= kLeast[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    out += good ? c : U'\uFFFD';
    i += good ? length : 1;
  }
  return out;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

}  // namespace suyuan
