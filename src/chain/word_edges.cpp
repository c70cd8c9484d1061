#include "chain/word_edges.hpp"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/han.hpp"

namespace suyuan {

std::pair<std::uint32_t, std::uint32_t> word_over(const Document& document, const Fold& fold, std::uint32_t unit) {
  constexpr std::uint32_t kBeside = 12;  // units looked at on either side
  if (unit == 0 || unit >= fold.size() || fold.is_clause_edge(unit)) return {};
  const auto letter = [&](std::uint32_t i) { return document.text[fold.origin(i)]; };
  if (!han::is_han(letter(unit - 1)) || !han::is_han(letter(unit))) return {};
  // The clause around the border, of letters of the basic plane: an index of each stands for its unit.
  std::uint32_t begin = unit, end = unit;
  while (begin > 0 && unit - begin < kBeside && (begin == unit || !fold.is_clause_edge(begin))) --begin;
  while (end < fold.size() && end - unit < kBeside && (end == unit || !fold.is_clause_edge(end))) ++end;
  icu::UnicodeString text;
  for (std::uint32_t i = begin; i < end; ++i)
    text.append(letter(i) < 0x10000 ? static_cast<char16_t>(han::plain(letter(i))) : u'\uFFFD');
  thread_local const std::unique_ptr<icu::BreakIterator> words = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createWordInstance(icu::Locale("zh"), error));
    return U_SUCCESS(error) ? std::move(made) : nullptr;
  }();
  if (!words) return {};
  words->setText(text);
  const auto at = static_cast<std::int32_t>(unit - begin);
  if (words->isBoundary(at)) return {};
  const std::int32_t from = words->preceding(at), to = words->following(at);
  return {static_cast<std::uint32_t>(at - std::max(from, 0)),
          static_cast<std::uint32_t>((to < 0 ? text.length() : to) - at)};
}

}  // namespace suyuan
