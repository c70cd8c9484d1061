// han.hpp: what the character tables know: kinds of character, classes of variants, readings, glosses.
//
// Three ever wider classes, each a representative character:
//   plain   the character itself, another encoding of it undone (full-width ASCII, compatibility, radicals)
//   script  characters that simplify alike (麵 面, 製 制): what conversion between the scripts may change
//   form    variants of one word in any script (账 帐, 覆 复): equal for finding, never called faithful
// The tables are data/variants and data/readings; loaded once, read-only afterwards, safe for threads.
#pragma once

#include <cstdint>
#include <string_view>

namespace suyuan::han {

enum class Kind : std::uint8_t {
  blank,   // spaces of every width, line breaks, invisible format characters
  letter,  // Han, letters, digits, and the signs that carry a value (% ‰ ℃ + × ÷ =)
  mark,    // punctuation and other signs
};

Kind kind(char32_t c);
bool is_han(char32_t c);
inline bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

char32_t plain(char32_t c);
char32_t script_class(char32_t c);
char32_t form_class(char32_t c);

// 't' only traditional, 's' only simplified, '-' either.
char script_tag(char32_t c);

// The class of a mark: 「 “ " ＂ are one, — ─ – are one, the width does not matter.
char32_t mark_class(char32_t c);

// A character as lines and words are matched: a letter's script class, a mark's class.
struct Folded {
  char32_t character = 0;
  Kind kind = Kind::blank;
};
Folded folded(char32_t c);

// How many characters at text[at] are a reading in brackets, such as (yuán) or （jun1）, of the Han character
// before it; 0 where it is none: "(AI)" after 能 stays. Readings may be toneless and may be repeated.
std::size_t gloss_length(std::u32string_view text, std::size_t at);

}  // namespace suyuan::han
