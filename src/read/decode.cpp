// Encodings: byte-order mark, strict UTF-8, UTF-16 by its code units, then ICU among GB18030 and Big5.
#include "read/decode.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>

namespace suyuan {

namespace {

// Length of the valid UTF-8 sequence at the front (no overlong forms, no surrogates), 0 where there is none.
std::size_t sequence(std::string_view s, char32_t& out) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    out = lead;
    return 1;
  }
  const std::size_t length = lead >= 0xF0 && lead <= 0xF4  ? 4
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                                                           : 0;
  if (length == 0 || s.size() < length) return 0;
  char32_t c = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    c = (c << 6) | (byte(i) & 0x3FU);
  }
  static constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (c < kLeast[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
  out = c;
  return length;
}

struct Utf8Scan {
  std::u32string text;
  std::size_t invalid = 0;        // bytes that belong to no sequence
  std::size_t first_invalid = 0;  // offset of the first of them
  std::size_t multibyte = 0;      // valid sequences of more than one byte
};

Utf8Scan scan_utf8(std::string_view bytes) {
  Utf8Scan scan;
  scan.text.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i < bytes.size();) {
    char32_t c = 0;
    const std::size_t length = sequence(bytes.substr(i), c);
    if (length == 0) {
      if (scan.invalid++ == 0) scan.first_invalid = i;
      scan.text += U'\uFFFD';
      ++i;
    } else {
      if (length > 1) ++scan.multibyte;
      scan.text += c;
      i += length;
    }
  }
  return scan;
}

std::optional<std::string> by_mark(std::string_view bytes, std::size_t& length) {
  const auto starts = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
  length = 3;
  if (starts("\xEF\xBB\xBF")) return "UTF-8";
  length = 4;
  if (starts(std::string_view("\xFF\xFE\0\0", 4))) return "UTF-32LE";
  if (starts(std::string_view("\0\0\xFE\xFF", 4))) return "UTF-32BE";
  if (starts("\x84\x31\x95\x33")) return "GB18030";
  length = 2;
  if (starts("\xFF\xFE")) return "UTF-16LE";
  if (starts("\xFE\xFF")) return "UTF-16BE";
  length = 0;
  return std::nullopt;
}

// The share of code units that Chinese text is made of, for one byte order.
double utf16_share(std::string_view bytes, bool big) {
  std::size_t good = 0, all = 0;
  for (std::size_t i = 0; i + 1 < bytes.size() && all < 20000; i += 2, ++all) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    const unsigned unit = big ? (a << 8U) | b : (b << 8U) | a;
    good += (unit >= 0x4E00 && unit <= 0x9FFF) || (unit >= 0x3000 && unit <= 0x303F) ||
            (unit >= 0xFF00 && unit <= 0xFFEF) || (unit >= 0x20 && unit < 0x7F) || unit == 0x0A || unit == 0x0D;
  }
  return all == 0 ? 0 : static_cast<double>(good) / static_cast<double>(all);
}

std::optional<std::string> by_icu(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), ucsdet_close);
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 200000));
  ucsdet_setText(detector.get(), bytes.data(), size, &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status)) return std::nullopt;
  for (std::int32_t i = 0; i < count; ++i) {
    const std::string name = ucsdet_getName(matches[i], &status);
    if (name == "GB18030" || name == "Big5") return name;
  }
  return std::nullopt;
}

Result<Decoded> convert(std::string_view bytes, const std::string& source, const std::string& name,
                        std::size_t shift) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &status), ucnv_close);
  if (U_FAILURE(status))
    return tl::unexpected(Error{"unknown-encoding", "no encoding is named \"" + name + "\"", source, std::nullopt,
                                "try UTF-8, GB18030, Big5, Big5-HKSCS, UTF-16LE or UTF-16BE"});
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  Decoded out;
  out.encoding = name;
  out.text.reserve(bytes.size() / 2);
  const char* at = bytes.data();
  const char* const end = bytes.data() + bytes.size();
  std::array<char16_t, 4096> buffer{};
  char16_t high = 0;
  std::size_t invalid = 0;
  std::optional<std::uint64_t> first_invalid;
  do {
    char16_t* to = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &to, buffer.data() + buffer.size(), &at, end, nullptr, 1, &status);
    for (const char16_t* unit = buffer.data(); unit != to; ++unit) {
      if (*unit >= 0xD800 && *unit <= 0xDBFF) {
        high = *unit;
      } else if (*unit >= 0xDC00 && *unit <= 0xDFFF) {
        out.text += 0x10000 + ((static_cast<char32_t>(high) - 0xD800) << 10) + (*unit - 0xDC00U);
      } else {
        out.text += *unit;
      }
    }
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
      if (!first_invalid) first_invalid = static_cast<std::uint64_t>(at - bytes.data()) - 1 + shift;
      out.text += U'\uFFFD';
      ++invalid;
      if (at >= end) break;
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR || at < end);
  if (invalid * 20 > out.text.size())
    return tl::unexpected(Error{"not-text", "this is not text in " + name, source, first_invalid,
                                "name the encoding with --encoding, or leave the file out"});
  if (invalid > 0)
    out.damage = Diagnostic{
        Severity::error,
        {"invalid-bytes", std::to_string(invalid) + " places are not valid " + name + "; each is shown as U+FFFD",
         source, first_invalid, "repair the file, or name its encoding with --encoding"}};
  return out;
}

}  // namespace

Result<Decoded> decode(std::string_view bytes, const std::string& source, const std::string& encoding) {
  std::size_t mark = 0;
  const std::optional<std::string> marked = by_mark(bytes, mark);
  const std::string_view body = bytes.substr(marked ? mark : 0);
  const std::size_t shift = bytes.size() - body.size();
  if (!encoding.empty() && encoding != "UTF-8" && encoding != "utf-8" && encoding != "utf8")
    return convert(body, source, encoding, shift);
  if (encoding.empty() && marked && *marked != "UTF-8") return convert(body, source, *marked, shift);

  Utf8Scan scan = scan_utf8(body);
  const bool has_nul = body.substr(0, 65536).find('\0') != std::string_view::npos;
  const bool mostly_utf8 = scan.invalid * 16 <= scan.multibyte;
  if (!has_nul && (scan.invalid == 0 || marked || !encoding.empty() || mostly_utf8)) {
    if (scan.invalid * 5 > scan.text.size())
      return tl::unexpected(Error{"not-text", "this is not text in UTF-8", source, scan.first_invalid + shift,
                                  "name the encoding with --encoding, or leave the file out"});
    Decoded out{std::move(scan.text), "UTF-8", std::nullopt};
    if (scan.invalid > 0)
      out.damage = Diagnostic{
          Severity::error,
          {"invalid-bytes", std::to_string(scan.invalid) + " bytes are not valid UTF-8; each is shown as U+FFFD",
           source, scan.first_invalid + shift, "repair the file, or name its encoding with --encoding"}};
    return out;
  }
  if (body.size() >= 2 && body.size() % 2 == 0) {
    const double little = utf16_share(body, false), big = utf16_share(body, true);
    if (std::max(little, big) > 0.85 && std::max(little, big) > std::min(little, big) + 0.1)
      return convert(body, source, little > big ? "UTF-16LE" : "UTF-16BE", shift);
  }
  if (has_nul)
    return tl::unexpected(Error{"not-text", "this is a binary file, not text", source, std::nullopt,
                                "leave it out, or name the encoding with --encoding"});
  if (const auto detected = by_icu(body)) return convert(body, source, *detected, shift);
  return tl::unexpected(Error{"unknown-encoding", "the encoding was not recognised: not valid UTF-8", source,
                              scan.first_invalid + shift, "name it with --encoding, for example GB18030"});
}

}  // namespace suyuan
