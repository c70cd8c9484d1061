// words.hpp: what the words of an edit say: numbers, words that change a sentence, how reports turn speech,
// characters that look alike. All texts are simplified and half width.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suyuan::words {

// "2023", "二〇二三", "二十一", "1.5亿", "3%", "百分之三", "5‰": thousandths, and whether of a hundred. None where
// the text is no plain number, is finer than a thousandth, or may be several (二三十, 二千三).
struct Number {
  long long thousandths = 0;
  bool percent = false;
  bool operator==(const Number&) const = default;
};
std::optional<Number> number(std::u32string_view text);
// The numbers of a date or an hour too, "4月1日", each part of it as a number below 0. Never of nothing.
std::optional<std::vector<Number>> numbers(std::u32string_view text);

// Whether a sign can stand in such a number; asked of every letter.
constexpr bool in_number(char32_t c) {
  if (c < U'〇') return (c >= U'0' && c <= U'9') || c == U'.' || c == U'%' || c == U'○';
  switch (c) {
    case U'〇':
    case U'零':
    case U'一':
    case U'二':
    case U'两':
    case U'三':
    case U'四':
    case U'五':
    case U'六':
    case U'七':
    case U'八':
    case U'九':
    case U'十':
    case U'百':
    case U'千':
    case U'万':
    case U'亿':
    case U'点':
      return true;
    default:
      return false;
  }
}

// A negation, modal, quantifier, number, date or name stands on one side and not on the other. `before` and
// `after` are the letters that both share beside the edit: 不 in 不断 negates nothing, unless the edit cuts it.
bool sensitive(std::u32string_view before, std::u32string_view from, std::u32string_view to,
               std::u32string_view after);

// Whether a word stands there that says which of its neighbours is which: 不, 先, 后, 于. Whether such neighbours
// changed places: 立后破, 破后立.
bool relates(std::u32string_view text);
bool turned(std::u32string_view from, std::u32string_view to);

// One of the ways in which a report turns speech into its own words (data/lexicons/reporting.tsv).
bool reporting(std::u32string_view from, std::u32string_view to);

// How many years ago "今", "去" or "前" with 年 is, -1 for "明"; none for anything else.
std::optional<int> years_ago(std::u32string_view text);

// "一", "第三", "二是": counts a paragraph or a point off.
bool enumerates(std::u32string_view text);

bool look_alike(char32_t a, char32_t b);

}  // namespace suyuan::words
