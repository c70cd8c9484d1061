#include "read/signs.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kTag = 120;  // characters of a tag or an address
constexpr std::array<std::u32string_view, 21> kInline{
    U"b",  U"i",  U"u",    U"s", U"em",   U"strong", U"br",    U"sup", U"sub", U"ruby", U"rb",
    U"rt", U"rp", U"span", U"a", U"font", U"mark",   U"small", U"big", U"q",   U"wbr"};

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// The end of the tag that begins at `at`, 0 where none does; its name, in small letters.
std::size_t tag_at(std::u32string_view text, std::size_t at, std::u32string& name) {
  name.clear();
  std::size_t i = at + 1;
  if (i < text.size() && text[i] == U'/') ++i;
  while (i < text.size() && is_letter(text[i]) && name.size() < 8) name += text[i++] | 0x20;
  if (std::find(kInline.begin(), kInline.end(), name) == kInline.end()) return 0;
  if (i < text.size() && text[i] != U'>' && text[i] != U'/' && text[i] != U' ') return 0;
  while (i < text.size() && i - at < kTag && text[i] != U'>' && text[i] != U'\n' && text[i] != U'<') ++i;
  return i < text.size() && text[i] == U'>' ? i + 1 : 0;
}

// A reading or the number of a note stands between such tags; the end of what is no wording.
std::size_t with_content(std::u32string_view text, std::size_t at, std::size_t end, const std::u32string& name) {
  if (text[at + 1] == U'/' || (name != U"rt" && name != U"rp" && name != U"sup")) return end;
  const std::u32string closing = U"</" + name + U">";
  const std::size_t close = text.substr(0, std::min(text.size(), end + kTag)).find(closing, end);
  if (close == text.npos) return end;
  const std::u32string_view content = text.substr(end, close - end);
  const bool number = std::all_of(content.begin(), content.end(), [](char32_t c) { return han::is_digit(c); });
  return name != U"sup" || number ? close + closing.size() : end;
}

// ](address): where it ends, 0 where it is none.
std::size_t address_at(std::u32string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at + 1] != U'(') return 0;
  std::size_t i = at + 2;
  while (i < text.size() && i - at < 4 * kTag && text[i] != U')' && text[i] != U'\n' && !han::is_han(text[i])) ++i;
  return i < text.size() && text[i] == U')' && i > at + 2 ? i + 1 : 0;
}

// ][label]: likewise.
std::size_t label_at(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kLabel = 20;
  if (at + 1 >= text.size() || text[at + 1] != U'[') return 0;
  const std::size_t end = text.substr(0, std::min(text.size(), at + 2 + kLabel)).find_first_of(U"[]\n", at + 2);
  return end != text.npos && text[end] == U']' ? end + 1 : 0;
}

// The end of the bracket at `at` that holds a link's text; 0 where no address or label follows it.
std::size_t link_text(std::u32string_view text, std::size_t at, std::size_t& end) {
  std::size_t i = at + 1;
  while (i < text.size() && i - at < kTag && text[i] != U']' && text[i] != U'[' && text[i] != U'\n') ++i;
  if (i >= text.size() || text[i] != U']') return 0;
  end = address_at(text, i);
  // [1][2] are two notes.
  if (end == 0 && std::ranges::any_of(text.substr(at, i - at), han::is_han)) end = label_at(text, i);
  return end != 0 ? i : 0;
}

// Where the second of two like pairs of signs stands on the same line: __words__. 0: none.
std::size_t pair_of(std::u32string_view text, std::size_t at) {
  const std::u32string_view sign = text.substr(at, 2);
  if (sign.size() < 2 || sign[1] != sign[0] || (at + 2 < text.size() && text[at + 2] == sign[0])) return 0;
  const std::u32string_view line = text.substr(at, 8 * kTag);
  const std::size_t found = line.substr(0, line.find(U'\n')).find(sign, 2);
  return found != text.npos && found > 2 ? at + found : 0;
}

// Comments, escapes, entities for blanks, images: their end, 0 where none begins.
std::size_t aside_of_markdown(std::u32string_view text, std::size_t at) {
  const std::u32string_view rest = text.substr(at);
  const auto upto = [&](std::u32string_view close, std::size_t most) -> std::size_t {
    const std::size_t found = rest.substr(0, most).find(close);
    return found == rest.npos ? 0 : at + found + close.size();
  };
  if (rest.starts_with(U"<!--")) return upto(U"-->", 8 * kTag);
  for (const std::u32string_view blank : {U"&nbsp;", U"&ensp;", U"&emsp;", U"&thinsp;"})
    if (rest.starts_with(blank)) return at + blank.size();
  if (rest.starts_with(U"![")) {
    std::size_t end = 0;
    return link_text(text, at + 1, end) != 0 ? end : 0;
  }
  constexpr std::u32string_view kEscaped = U"\\`*_{}[]<>()#+-.!|~=\n";
  return rest.size() > 1 && rest[0] == U'\\' && kEscaped.find(rest[1]) != kEscaped.npos ? at + 1 : 0;
}

}  // namespace

void mark_signs(Document& document) {
  const std::u32string_view text = document.text;
  const bool markdown = document.format == "markdown";
  std::u32string name;
  std::size_t bracket = 0, address = 0;  // of the link that is open: where its text ends, where it does
  std::size_t second = 0;                // of the pair that is open
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = markdown ? aside_of_markdown(text, i) : 0;
    switch (end == 0 ? text[i] : U'\0') {
      case U'<':
        end = tag_at(text, i, name);
        if (end != 0) end = with_content(text, i, end, name);
        break;
      case U'*':
      case U'`':
        if (markdown) end = std::min(text.find_first_not_of(text[i], i), text.size());
        break;
      case U'_':
      case U'=':
        if (!markdown) break;
        if (i == second && second != 0)
          end = i + 2, second = 0;
        else if (second = pair_of(text, i); second != 0)
          end = i + 2;
        else
          end = 0;
        break;
      case U'[':
        if (markdown) bracket = link_text(text, i, address);
        if (markdown && bracket != 0) end = i + 1;
        break;
      case U']':
        if (bracket != 0 && i == bracket) end = address;
        break;
      default:
        break;
    }
    if (end == 0) {
      ++i;
      continue;
    }
    document.markup.push_back(
        {{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)}, Markup::Kind::sign, 0});
    i = end;
  }
}

}  // namespace suyuan
