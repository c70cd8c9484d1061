// JSON by position, without recursion.
#include "read/json.hpp"

#include <algorithm>

#include "read/decode.hpp"

namespace suyuan::json {

namespace {

int hex_digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

bool four_digits(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return false;
  for (std::size_t i = at; i < at + 4; ++i)
    if (hex_digit(text[i]) < 0) return false;
  return true;
}

char32_t unit(std::string_view text, std::size_t at) {
  char32_t c = 0;
  for (std::size_t i = at; i < at + 4; ++i) c = c * 16 + static_cast<char32_t>(hex_digit(text[i]));
  return c;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

char Cursor::peek() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
    ++at_;
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool Cursor::skip(char c) {
  if (peek() != c || at_ >= text_.size()) return false;
  ++at_;
  return true;
}

bool Cursor::string(Value& out) {
  out.kind = Value::Kind::string;
  out.begin = ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      out.end = at_++;
      return true;
    }
    if (static_cast<unsigned char>(c) < 0x20) return fail("a control character stands inside a string");
    if (c != '\\') {
      ++at_;
      continue;
    }
    out.escaped = true;
    const char kind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (kind == 'u' && four_digits(text_, at_ + 2))
      at_ += 6;
    else if (kind != '\0' && std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos)
      at_ += 2;
    else
      return fail("an escape that JSON does not have");
  }
  return fail("a string is not closed");
}

bool Cursor::number() {
  const auto digits = [&] {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > from;
  };
  if (text_[at_] == '-') ++at_;
  const bool zero = at_ < text_.size() && text_[at_] == '0';
  const std::size_t from = at_;
  if (!digits() || (zero && at_ > from + 1)) return fail("not a JSON value");
  if (at_ < text_.size() && text_[at_] == '.') {
    ++at_;
    if (!digits()) return fail("not a JSON number");
  }
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    if (!digits()) return fail("not a JSON number");
  }
  return true;
}

bool Cursor::value(Value& out) {
  const char c = peek();
  out = {};
  out.begin = at_;
  if (c == '"') return string(out);
  if (c == '{' || c == '[') {
    const bool good = nested();
    out.end = at_;
    return good;
  }
  for (const std::string_view word : {"true", "false", "null"}) {
    if (text_.substr(at_, word.size()) != word) continue;
    out.end = at_ += word.size();
    return true;
  }
  if (c != '-' && !is_digit(c)) return fail("not a JSON value");
  out.kind = Value::Kind::number;
  const bool good = number();
  out.end = at_;
  return good;
}

bool Cursor::nested() {
  std::string open;  // the brackets that wait for their partners
  while (true) {
    // At a value.
    const char c = peek();
    if (c == '{' || c == '[') {
      if (open.size() == kMaxDepth) return fail("nested more than 256 levels deep");
      open += c;
      ++at_;
      if (!skip(c == '{' ? '}' : ']')) {
        if (c == '[') continue;
        Value key;
        if (peek() != '"') return fail("a name in quotation marks is missing");
        if (!string(key)) return false;
        if (!skip(':')) return fail("a colon is missing");
        continue;
      }
      open.pop_back();
    } else {
      Value leaf;
      if (!value(leaf)) return false;
    }
    // Behind a value.
    while (!open.empty() && skip(open.back() == '{' ? '}' : ']')) open.pop_back();
    if (open.empty()) return true;
    if (!skip(',')) return fail("a comma or a closing bracket is missing");
    if (open.back() == '[') continue;
    Value key;
    if (peek() != '"') return fail("a name in quotation marks is missing");
    if (!string(key)) return false;
    if (!skip(':')) return fail("a colon is missing");
  }
}

std::u32string decode(std::string_view text, const Value& value, bool& lone, std::vector<Anchor>* anchors,
                      std::uint32_t line, std::uint32_t column) {
  lone = false;
  const std::string_view raw = text.substr(value.begin, value.end - value.begin);
  if (!value.escaped) {
    if (anchors) anchors->push_back({0, line, column, 1});
    return widen(raw);
  }
  std::u32string out;
  out.reserve(count_characters(raw));
  Anchor run{0, line, column, 1};
  bool started = false;
  const auto put = [&](char32_t c, std::uint32_t width) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    if (!started || run.stride != width) {
      run = {offset, line, column, width};
      started = true;
      if (anchors) anchors->push_back(run);
    }
    column += width;
    out += c;
  };
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\') {
      const std::u32string plain = widen(raw.substr(i, std::min(raw.find('\\', i), raw.size()) - i));
      i = std::min(raw.find('\\', i), raw.size());
      put(plain[0], 1);
      out.append(plain, 1);
      column += static_cast<std::uint32_t>(plain.size()) - 1;
      continue;
    }
    if (raw[i + 1] != 'u') {
      static constexpr std::string_view kNames = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
      put(static_cast<char32_t>(kMeant[kNames.find(raw[i + 1])]), 2);
      i += 2;
      continue;
    }
    const char32_t high = unit(raw, i + 2);
    const bool pair = high >= 0xD800 && high <= 0xDBFF && raw.substr(i + 6, 2) == "\\u" && four_digits(raw, i + 8);
    const char32_t low = pair ? unit(raw, i + 8) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      put(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12);
      i += 12;
      continue;
    }
    const bool bad = high >= 0xD800 && high <= 0xDFFF;
    lone = lone || bad;
    put(bad ? U'\uFFFD' : high, 6);
    i += 6;
  }
  return out;
}

}  // namespace suyuan::json
