#include "verify/citation.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"
#include "suyuan/base.hpp"

namespace suyuan::citation {

namespace {

struct Lexicon {
  std::vector<std::u32string> medium, title, printed, by, from, text, yearly;

  Lexicon() {
    for (const auto& row : data::rows(data::citations()))
      (row.at(1) == "medium" ? medium
       : row[1] == "title"   ? title
       : row[1] == "printed" ? printed
       : row[1] == "from"    ? from
       : row[1] == "text"    ? text
       : row[1] == "yearly"  ? yearly
                             : by)
          .push_back(from_utf8(row[0]));
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

std::size_t ending(std::u32string_view text, const std::vector<std::u32string>& words) {
  std::size_t longest = 0;
  for (const std::u32string& w : words)
    if (text.ends_with(w)) longest = std::max(longest, w.size());
  return longest;
}

bool is_letter(std::u32string_view text, std::size_t at) {
  return at < text.size() && han::kind(text[at]) == han::Kind::letter;
}

}  // namespace

std::size_t medium_before(std::u32string_view text) {
  constexpr std::size_t kLongest = 16;
  const std::size_t word = ending(text, lexicon().medium);
  if (word == 0) return 0;
  std::size_t begin = text.size() - word;
  while (begin > 0 && text.size() - begin < kLongest && is_letter(text, begin - 1) && text[begin - 1] != U'在' &&
         !leads_to_medium(text.substr(0, begin)))
    --begin;
  return text.size() - begin;
}

bool is_medium(std::u32string_view title) {
  return ending(title, lexicon().medium) != 0 || ending(title, lexicon().title) != 0;
}

bool leads_to_medium(std::u32string_view text) { return ending(text, lexicon().by) != 0; }

bool is_short_title(std::u32string_view name) {
  return std::find(lexicon().text.begin(), lexicon().text.end(), name) != lexicon().text.end();
}

bool names_yearly(std::u32string_view name) { return ending(name, lexicon().yearly) != 0; }

bool leads_to_source(std::u32string_view text) {
  return leads_to_medium(text) || ending(text, lexicon().from) != 0;
}

bool follows_printing(std::u32string_view text) {
  while (!text.empty() && han::kind(text[0]) == han::Kind::blank) text.remove_prefix(1);
  if (text.starts_with(U"第")) {  // 第2版
    constexpr std::u32string_view kNumerals = U"0123456789一二三四五六七八九十";
    std::size_t at = 1;
    while (at < text.size() && kNumerals.find(text[at]) != kNumerals.npos) ++at;
    return at > 1 && text.substr(at, 1) == U"版";
  }
  return std::any_of(lexicon().printed.begin(), lexicon().printed.end(), [&](const std::u32string& w) {
    return text.starts_with(w) && (w.size() > 1 || !is_letter(text, 1));
  });
}

bool has_type_mark(std::u32string_view text) {
  constexpr std::size_t kLongest = 6;
  for (std::size_t open = text.find(U'['); open != text.npos; open = text.find(U'[', open + 1)) {
    const std::size_t close = text.find(U']', open);
    if (close == text.npos || close - open < 2 || close - open > kLongest) continue;
    const std::u32string_view inside = text.substr(open + 1, close - open - 1);
    if (std::all_of(inside.begin(), inside.end(), [](char32_t c) { return (c >= U'A' && c <= U'Z') || c == U'/'; }))
      return true;
  }
  return false;
}

}  // namespace suyuan::citation
