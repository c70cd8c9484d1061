// Trial of undoing: characters → GBK bytes → UTF-8?
#include "read/mojibake.hpp"

#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <string>

namespace suyuan {

namespace {

constexpr std::size_t kWindow = 128;  // characters outside ASCII
constexpr std::size_t kFewest = 6;    // below this nothing is said

// Code point → its two bytes in GBK, 0 where it has none; ICU's GB18030 also knows the private-use characters
// that stand for the empty places of the table.
const std::vector<std::uint16_t>& gbk() {
  static const auto kTable = [] {
    std::vector<std::uint16_t> table(0x10000, 0);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("GB18030", &status), ucnv_close);
    for (unsigned lead = 0x81; lead <= 0xFE && U_SUCCESS(status); ++lead) {
      for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
        const std::array<char, 2> bytes{static_cast<char>(lead), static_cast<char>(trail)};
        const char* from = bytes.data();
        UErrorCode local = U_ZERO_ERROR;
        const UChar32 c = trail == 0x7F ? 0xFFFD : ucnv_getNextUChar(converter.get(), &from, from + 2, &local);
        ucnv_resetToUnicode(converter.get());
        if (U_SUCCESS(local) && from == bytes.data() + 2 && c < 0x10000 && c != 0xFFFD)
          table[static_cast<std::size_t>(c)] = static_cast<std::uint16_t>((lead << 8U) | trail);
      }
    }
    return table;
  }();
  return kTable;
}

bool continues(std::uint16_t byte) { return byte == 0x100 || (byte & 0xC0U) == 0x80; }  // 0x100: lost

// How many of the bytes from `at` on are one character of Chinese text in UTF-8: Han, its marks, or full width.
std::size_t undone(const std::vector<std::uint16_t>& bytes, std::size_t at) {
  const std::uint16_t lead = bytes[at];
  const bool han = lead >= 0xE3 && lead <= 0xE9;
  if ((!han && lead != 0xE2 && lead != 0xEF) || at + 2 >= bytes.size()) return 0;
  if (!continues(bytes[at + 1]) || !continues(bytes[at + 2])) return 0;
  if (lead == 0xE2 && bytes[at + 1] != 0x80 && bytes[at + 1] != 0x100) return 0;
  if (lead == 0xEF && bytes[at + 1] != 0xBC && bytes[at + 1] != 0xBD && bytes[at + 1] != 0x100) return 0;
  return bytes[at + 1] == 0x100 && bytes[at + 2] == 0x100 ? 0 : 3;
}

}  // namespace

Mojibake find_mojibake(std::u32string_view text) {
  const std::vector<std::uint16_t>& table = gbk();
  Mojibake out;
  std::size_t all = 0, damaged = 0;
  bool clean = true;
  std::vector<std::uint16_t> bytes;
  const auto judge = [&](std::size_t begin, std::size_t end, std::size_t wide) {
    bytes.clear();
    for (const char32_t c : text.substr(begin, end - begin)) {
      const std::uint16_t pair = c >= 0x80 && c < 0x10000 ? table[c] : std::uint16_t{0};
      if (c < 0x80) {
        if (bytes.size() < kWindow * 4) bytes.push_back(static_cast<std::uint16_t>(c));
      } else if (pair != 0) {
        bytes.push_back(pair >> 8U);
        bytes.push_back(pair & 0xFFU);
      } else {
        bytes.push_back(0x100);
      }
    }
    std::size_t high = 0, good = 0, lost = 0;
    for (std::size_t i = 0; i < bytes.size();) {
      const std::size_t length = bytes[i] < 0x80 ? 0 : undone(bytes, i);
      const std::size_t step = std::max<std::size_t>(length, 1);
      for (std::size_t k = i; k < i + step; ++k) lost += bytes[k] == 0x100;
      good += length;
      high += bytes[i] < 0x80 ? 0 : step;
      i += step;
    }
    if (good * 100 < high * (wide < kWindow ? 75 : 50)) return;
    damaged += wide;
    clean = clean && lost == 0 && good + 5 >= high;
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    if (!out.stretches.empty() && out.stretches.back().end == span.begin)
      out.stretches.back().end = span.end;
    else
      out.stretches.push_back(span);
  };
  // Every character of three bytes has one byte of the row E0: two characters in three of a damaged text hold one,
  // and one in eight of a sound text.
  const auto holds_lead = [&](char32_t c) {
    const unsigned pair = c < 0x10000 ? table[c] : 0U;
    return (pair & 0xF000U) == 0xE000U || (pair & 0xF0U) == 0xE0U;
  };
  std::size_t from = 0, wide = 0, leads = 0;
  const auto close = [&](std::size_t end) {
    all += wide;
    if (wide >= kFewest && leads * 3 >= wide) judge(from, end, wide);
    from = end;
    wide = leads = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 0x80) continue;
    leads += holds_lead(text[i]);
    if (++wide == kWindow) close(i + 1);
  }
  close(text.size());
  out.share = all == 0 ? 0 : static_cast<double>(damaged) / static_cast<double>(all);
  out.lossless = clean && damaged == all;
  return out;
}

}  // namespace suyuan
