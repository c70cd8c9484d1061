#include "read/pdf_numbers.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"

namespace suyuan::pdf {

namespace {

std::optional<int> han_number(std::u32string_view s) {
  static constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  int value = 0, digit = -1;
  bool tens = false;
  for (const char32_t c : s) {
    const std::size_t d = kDigits.find(c == U'零' ? U'〇' : c);
    if (d != kDigits.npos) {
      digit = tens || digit < 0 ? static_cast<int>(d) : digit * 10 + static_cast<int>(d);
      if (digit > 99999) return std::nullopt;
    } else if ((c == U'十' || c == U'百') && value + std::max(digit, 1) < 10000) {
      value += std::max(digit, 1) * (c == U'十' ? 10 : 100);
      digit = 0;
      tens = true;
    } else {
      return std::nullopt;
    }
  }
  if (s.empty()) return std::nullopt;
  return value + std::max(digit, 0);
}

}  // namespace

std::optional<Number> page_number(std::u32string_view s) {
  const auto is_frame = [](char32_t c) {
    return han::kind(c) == han::Kind::blank ||
           std::u32string_view(U"-–—―─·•・.．|｜~～()（）[]【】〔〕").find(c) != std::u32string_view::npos;
  };
  while (!s.empty() && is_frame(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_frame(s.back())) s.remove_suffix(1);
  if (!s.empty() && s.front() == U'第') s.remove_prefix(1);
  const std::size_t page = s.find(U'页');
  if (page != s.npos && page > 0 && page <= 6) s = s.substr(0, page);
  const std::size_t slash = s.find(U'/');
  if (slash != s.npos && slash > 0 && slash <= 5 &&
      std::all_of(s.begin() + static_cast<std::ptrdiff_t>(slash) + 1, s.end(),
                  [](char32_t c) { return han::is_digit(c) || c == U' '; }))
    s = s.substr(0, slash);
  while (!s.empty() && is_frame(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_frame(s.back())) s.remove_suffix(1);
  if (s.empty() || s.size() > 7) return std::nullopt;
  if (std::all_of(s.begin(), s.end(), han::is_digit)) {
    if (s.size() > 5) return std::nullopt;
    int value = 0;
    for (const char32_t c : s) value = value * 10 + static_cast<int>(c >= U'０' ? c - U'０' : c - U'0');
    return Number{value, {}};
  }
  std::size_t letters = 0;
  while (letters < s.size() && letters < 3 && s[letters] >= U'A' && s[letters] <= U'Z') ++letters;
  const std::size_t digits = letters < s.size() && s[letters] == U'-' ? letters + 1 : letters;
  if (letters > 0 && digits < s.size() &&
      std::all_of(s.begin() + static_cast<std::ptrdiff_t>(digits), s.end(),
                  [](char32_t c) { return c >= U'0' && c <= U'9'; })) {
    int value = 0;
    for (const char32_t c : s.substr(digits)) value = value * 10 + static_cast<int>(c - U'0');
    return Number{value, std::u32string(s.substr(0, digits))};
  }
  static constexpr std::u32string_view kRoman = U"ivxlcIVXLC";
  static constexpr std::array<int, 5> kValues{1, 5, 10, 50, 100};
  if (s.find_first_not_of(kRoman) == s.npos) {
    int value = 0, before = 1000;
    for (const char32_t c : s) {
      const int v = kValues[kRoman.find(c) % 5];
      value += v > before ? v - 2 * before : v;
      before = v;
    }
    return value > 0 ? std::optional(Number{value, U"r"}) : std::nullopt;
  }
  if (const auto value = han_number(s)) return Number{*value, {}};
  return std::nullopt;
}

}  // namespace suyuan::pdf
