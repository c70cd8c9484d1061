// han.hpp: what the character tables know: kinds of character, classes of variants, readings, glosses.
//
// Three ever wider classes, each a representative character:
//   plain   the character itself, another encoding of it undone (full-width ASCII, compatibility, radicals)
//   script  characters that simplify alike (麵 面, 製 制): what conversion between the scripts may change
//   form    variants of one word in any script (账 帐, 覆 复): equal for finding, never called faithful
// The tables are data/variants and data/readings; loaded once, read-only afterwards, safe for threads.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "suyuan/base.hpp"

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

// Whether conversion between the scripts makes one of the two from the other: 发 from 發 and from 髮, not these two
// from each other.
bool converts(char32_t a, char32_t b);

// The class of a mark: 「 “ " ＂ are one, — ─ – are one, the width does not matter.
char32_t mark_class(char32_t c);

// A character as lines and words are matched: a letter's script class, a mark's class.
struct Folded {
  char32_t character = 0;
  Kind kind = Kind::blank;
};
Folded folded(char32_t c);
// The same as folds compare it: a letter's form class.
Folded compared(char32_t c);

// ¹ and the like, which are the marks of notes in running words.
inline bool is_superscript(char32_t c) {
  return c == U'\u00B9' || c == U'\u00B2' || c == U'\u00B3' || c == U'\u2070' || (c >= U'\u2074' && c <= U'\u2079');
}

// A character that a document sets higher, behind the text before it: ¹ of 1; in [1] and anything else as it is.
char32_t raised(std::u32string_view before, char32_t c);

// The quotation mark that closes what this one opens; 0 where it opens nothing or closes as it opens.
char32_t closer_of(char32_t open);

inline bool is_circled(char32_t c) {  // ①, ❶
  return (c >= U'\u2460' && c <= U'\u2473') || (c >= U'\u3251' && c <= U'\u325F') ||
         (c >= U'\u32B1' && c <= U'\u32BF') || (c >= U'\u2776' && c <= U'\u277F');
}

// Whether a gloss, the mark of a note or that of an omission can begin with it.
inline bool begins_aside(char32_t c) {
  return c == U'(' || c == U'（' || c == U'[' || c == U'【' || c == U'〔' || c == U'［' || is_circled(c) ||
         is_superscript(c);
}

// How many characters at text[at] are a reading in brackets, such as (yuán), （jun1）, 〔ān quán〕 or (ㄏㄜˊ), of
// the Han characters before it; 0 where it is none: "(AI)" after 能 stays. Readings may be toneless and may be
// repeated, and blanks of any kind may stand before and inside them.
std::size_t gloss_length(std::u32string_view text, std::size_t at);

// The end of a reading that begins at text[at], in pieces[own] of a text that lines or pages part; the reading, and
// the characters read, may lie in several pieces. `at` where there is none.
std::uint32_t gloss_end(std::u32string_view text, std::span<const Span> pieces, std::size_t own, std::uint32_t at);

// How many characters at text[at] are the mark of a note inside running words: [1], 〔12〕, [^3] behind a word or a
// mark, ¹ behind them too, ① behind a word or between two, and behind the last stop; 0 where they are none:
// 〔2024〕3号 and ①②③ that count points off stay.
std::size_t note_mark_length(std::u32string_view text, std::size_t at);

// How many characters at text[at] say in brackets that something is left out: （略）, 〔中略〕; 0 where none do.
std::size_t omission_length(std::u32string_view text, std::size_t at);

// How many characters at text[at] note in brackets how a speech was received: （掌声）, （长时间地热烈鼓掌）; 0
// where none do.
std::size_t remark_length(std::u32string_view text, std::size_t at);

}  // namespace suyuan::han
