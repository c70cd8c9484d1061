// Encodings: byte-order mark, strict UTF-8, UTF-16 by its code units, then ICU among GB18030 and Big5.
#include "read/decode.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>

namespace suyuan {

namespace {

struct Utf8Scan {
  std::size_t invalid = 0;        // bytes that belong to no sequence
  std::size_t first_invalid = 0;  // offset of the first of them
  std::size_t multibyte = 0;      // valid sequences of more than one byte
};

bool eight_ascii(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, 8);
  return (word & 0x8080808080808080ULL) == 0;
}

// Past the valid sequences of three bytes whose place in the table of Unicode cannot be invalid, which are
// nearly all of Chinese text.
bool plain_three(const char* at) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
  return byte(0) > 0xE0 && byte(0) < 0xED && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80;
}

Utf8Scan scan_utf8(std::string_view bytes) {
  Utf8Scan scan;
  const char* const data = bytes.data();
  const std::size_t size = bytes.size();
  for (std::size_t i = 0; i < size;) {
    while (i + 8 <= size && eight_ascii(data + i)) i += 8;
    while (i + 3 <= size && plain_three(data + i)) i += 3, ++scan.multibyte;
    if (i >= size) break;
    char32_t c = 0;
    const std::size_t length = utf8_sequence(bytes.substr(i), c);
    if (length == 0) {
      if (scan.invalid++ == 0) scan.first_invalid = i;
      ++i;
    } else {
      if (length > 1) ++scan.multibyte;
      i += length;
    }
  }
  return scan;
}

std::u32string repair(std::string_view bytes) {
  std::u32string text;
  for (std::size_t i = 0; i < bytes.size();) {
    char32_t c = 0;
    const std::size_t length = utf8_sequence(bytes.substr(i), c);
    text += length == 0 ? U'\uFFFD' : c;
    i += std::max<std::size_t>(length, 1);
  }
  return text;
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

// What share of the characters of two bytes would be common ones, for the rows that hold the common characters
// of GB 2312 (level 1) and of Big5.
double common_share(std::string_view bytes, bool big5) {
  std::size_t good = 0, all = 0;
  const std::size_t size = std::min<std::size_t>(bytes.size(), 200000);
  for (std::size_t i = 0; i + 1 < size; ++i) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    if (a < 0x80) continue;
    ++all;
    if (big5)
      good += a >= 0xA1 && a <= 0xC6 && ((b >= 0x40 && b <= 0x7E) || (b >= 0xA1 && b <= 0xFE));
    else
      good += ((a >= 0xA1 && a <= 0xA3) || (a >= 0xB0 && a <= 0xD7)) && b >= 0xA1 && b <= 0xFE;
    ++i;
  }
  return all == 0 ? 0 : static_cast<double>(good) / static_cast<double>(all);
}

// The encoding that a page declares in its first bytes, where it is one of the two Chinese ones.
std::string declared(std::string_view bytes) {
  std::string head(bytes.substr(0, 4096));
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
  for (std::size_t at = 0; (at = head.find("charset", at)) != std::string::npos; at += 7) {
    const std::size_t value = head.find_first_not_of(" =\"'", at + 7);
    if (value == std::string::npos) break;
    const std::string_view rest = std::string_view(head).substr(value);
    if (rest.substr(0, 2) == "gb") return "GB18030";
    if (rest.substr(0, 4) == "big5") return "Big5";
  }
  return {};
}

std::optional<std::string> chinese_encoding(std::string_view bytes) {
  const std::string stated = declared(bytes);
  const std::optional<std::string> detected = by_icu(bytes);
  if (!detected && stated.empty()) return std::nullopt;
  const double gb = common_share(bytes, false), big5 = common_share(bytes, true);
  if (std::max(gb, big5) > 0.8 && std::max(gb, big5) - std::min(gb, big5) > 0.1)
    return gb > big5 ? "GB18030" : "Big5";
  return stated.empty() ? detected : stated;
}

struct Converted {
  std::u32string text;
  std::optional<Diagnostic> damage;
};

Result<Converted> convert(std::string_view bytes, const std::string& source, const std::string& name,
                          std::size_t shift) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &status), ucnv_close);
  if (U_FAILURE(status))
    return tl::unexpected(Error{"unknown-encoding", "no encoding is named \"" + name + "\"", source, std::nullopt,
                                "try UTF-8, GB18030, Big5, Big5-HKSCS, UTF-16LE or UTF-16BE"});
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  Converted out;
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
      std::array<char, 32> broken{};
      auto length = static_cast<std::int8_t>(broken.size());
      UErrorCode ignored = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter.get(), broken.data(), &length, &ignored);
      const auto consumed = static_cast<std::size_t>(at - bytes.data());
      if (!first_invalid) first_invalid = consumed - std::min(consumed, static_cast<std::size_t>(length)) + shift;
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

std::size_t utf8_sequence(std::string_view s, char32_t& out) {
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

std::size_t count_characters(std::string_view utf8) {
  std::size_t n = 0;
  for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::u32string widen(std::string_view utf8) {
  std::u32string out(count_characters(utf8), U'\0');
  char32_t* to = out.data();
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  const auto byte = [&](int i) { return static_cast<char32_t>(static_cast<unsigned char>(at[i])); };
  while (at < end) {
    const char32_t lead = byte(0);
    if (lead < 0x80) {
      *to++ = lead;
      ++at;
    } else if (lead >= 0xE0 && lead < 0xF0) {
      *to++ = ((lead & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
      at += 3;
    } else if (lead < 0xE0) {
      *to++ = ((lead & 0x1F) << 6) | (byte(1) & 0x3F);
      at += 2;
    } else {
      *to++ = ((lead & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
      at += 4;
    }
  }
  return out;
}

std::string Decoded::head() const {
  if (!sound_) return to_utf8(std::u32string_view(text_).substr(0, kHead));
  std::size_t end = std::min(bytes_.size(), kHead + 3);
  while (end < bytes_.size() && (static_cast<unsigned char>(bytes_[end]) & 0xC0) == 0x80) --end;
  return bytes_.substr(0, end);
}

std::u32string Decoded::take_text() {
  if (!sound_) return std::move(text_);
  std::u32string out = widen(bytes_);
  std::string().swap(bytes_);
  return out;
}

const std::string& Decoded::utf8() {
  if (sound_) return bytes_;
  if (utf8_.empty()) utf8_ = to_utf8(text_);
  std::u32string().swap(text_);
  return utf8_;
}

std::uint64_t Decoded::source_offset(std::size_t at) const {
  if (sound_) return mark_ + at;
  auto line = std::count(utf8_.begin(), utf8_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  const std::size_t unit = encoding.rfind("UTF-16", 0) == 0 ? 2 : encoding.rfind("UTF-32", 0) == 0 ? 4 : 1;
  const bool big = encoding.size() > 2 && encoding.substr(encoding.size() - 2) == "BE";
  std::size_t i = 0;
  for (; line > 0 && i + unit <= bytes_.size(); i += unit) {
    bool is_break = bytes_[big ? i + unit - 1 : i] == '\n';
    for (std::size_t k = 0; k < unit; ++k) is_break = is_break && (bytes_[i + k] == 0 || k == (big ? unit - 1 : 0));
    line -= is_break;
  }
  return mark_ + i;
}

bool is_utf8(std::string_view bytes) { return scan_utf8(bytes).invalid == 0; }

Result<Decoded> decode(std::string bytes, const std::string& source, const std::string& encoding) {
  Decoded out;
  const std::optional<std::string> marked = by_mark(bytes, out.mark_);
  if (!marked) out.mark_ = 0;
  bytes.erase(0, out.mark_);
  out.bytes_ = std::move(bytes);
  const std::string_view body = out.bytes_;
  const auto as = [&](const std::string& name) -> Result<Decoded> {
    Result<Converted> converted = convert(body, source, name, out.mark_);
    if (!converted) return tl::unexpected(std::move(converted).error());
    out.encoding = name;
    out.text_ = std::move(converted->text);
    out.damage = std::move(converted->damage);
    return std::move(out);
  };
  if (!encoding.empty() && encoding != "UTF-8" && encoding != "utf-8" && encoding != "utf8") return as(encoding);
  if (encoding.empty() && marked && *marked != "UTF-8") return as(*marked);

  const Utf8Scan scan = scan_utf8(body);
  const bool has_nul = body.substr(0, 65536).find('\0') != std::string_view::npos;
  const bool mostly_utf8 = scan.invalid * 16 <= scan.multibyte;
  if (!has_nul && (scan.invalid == 0 || marked || !encoding.empty() || mostly_utf8)) {
    out.encoding = "UTF-8";
    out.sound_ = scan.invalid == 0;
    if (out.sound_) return out;
    out.text_ = repair(body);
    if (scan.invalid * 5 > out.text_.size())
      return tl::unexpected(Error{"not-text", "this is not text in UTF-8", source, scan.first_invalid + out.mark_,
                                  "name the encoding with --encoding, or leave the file out"});
    out.damage = Diagnostic{
        Severity::error,
        {"invalid-bytes", std::to_string(scan.invalid) + " bytes are not valid UTF-8; each is shown as U+FFFD",
         source, scan.first_invalid + out.mark_, "repair the file, or name its encoding with --encoding"}};
    return out;
  }
  if (body.size() >= 2 && body.size() % 2 == 0) {
    const double little = utf16_share(body, false), big = utf16_share(body, true);
    if (std::max(little, big) > 0.85 && std::max(little, big) > std::min(little, big) + 0.1)
      return as(little > big ? "UTF-16LE" : "UTF-16BE");
  }
  if (has_nul)
    return tl::unexpected(Error{"not-text", "this is a binary file, not text", source, std::nullopt,
                                "leave it out, or name the encoding with --encoding"});
  if (const auto name = chinese_encoding(body)) return as(*name);
  return tl::unexpected(Error{"unknown-encoding", "the encoding was not recognised: not valid UTF-8", source,
                              scan.first_invalid + out.mark_, "name it with --encoding, for example GB18030"});
}

}  // namespace suyuan
