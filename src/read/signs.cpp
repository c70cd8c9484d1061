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

// The end of a [text](address) of which the first bracket stands at `at`: where the second one stands, 0: none.
std::size_t link_text(std::u32string_view text, std::size_t at) {
  std::size_t i = at + 1;
  while (i < text.size() && i - at < kTag && text[i] != U']' && text[i] != U'[' && text[i] != U'\n') ++i;
  return i < text.size() && text[i] == U']' && address_at(text, i) != 0 ? i : 0;
}

}  // namespace

void mark_signs(Document& document) {
  const std::u32string_view text = document.text;
  const bool markdown = document.format == "markdown";
  std::u32string name;
  std::size_t address = 0;  // of the link that is open
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = 0;
    switch (text[i]) {
      case U'<':
        end = tag_at(text, i, name);
        if (end != 0) end = with_content(text, i, end, name);
        break;
      case U'*':
      case U'`':
        if (markdown) end = text.find_first_not_of(text[i], i);
        if (markdown && end == text.npos) end = text.size();
        break;
      case U'[':
        if (markdown) address = link_text(text, i);
        if (markdown && address != 0) end = i + 1;
        break;
      case U']':
        if (address != 0 && i == address) end = address_at(text, i);
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
