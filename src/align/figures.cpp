#include "align/figures.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "align/words.hpp"
#include "base/han.hpp"

namespace suyuan::figures {

namespace {

constexpr std::uint32_t kLongest = 24;  // letters

char32_t letter(const Fold& f, std::uint32_t i) { return static_cast<char32_t>(f.units()[i]); }

bool is_point(char32_t c) { return c == U'点' || c == U'.'; }

// 百分之 and 千分之 are three letters before a number, and no part of a longer one.
constexpr std::uint32_t kShare = 3;
bool is_share(const Fold& f, std::uint32_t at) {
  if (at + kShare >= f.size() || letter(f, at + 1) != U'分' || letter(f, at + 2) != U'之') return false;
  if (letter(f, at) != U'百' && letter(f, at) != U'千') return false;
  if (f.is_clause_edge(at + 1) || f.is_clause_edge(at + 2) || f.is_clause_edge(at + 3)) return false;
  return at == 0 || f.is_clause_edge(at) || !words::in_number(letter(f, at - 1));
}

std::uint32_t ahead(const Fold& f, std::uint32_t at) {
  if (at >= f.size() || !words::in_number(letter(f, at)) || is_point(letter(f, at)) || letter(f, at) == U'%')
    return 0;
  const std::uint32_t share = is_share(f, at) ? kShare : 0;
  std::uint32_t end = at + share;
  while (end < f.size() && end - at < kLongest && words::in_number(letter(f, end)) &&
         (end == at + share || !f.is_clause_edge(end)))
    ++end;
  while (end > at + share && is_point(letter(f, end - 1))) --end;
  return end == at + share ? 0 : end - at;
}

std::uint32_t behind(const Fold& f, std::uint32_t at) {
  if (at == 0 || !words::in_number(letter(f, at - 1)) || is_point(letter(f, at - 1))) return 0;
  std::uint32_t begin = at;
  while (begin > 0 && at - begin < kLongest && words::in_number(letter(f, begin - 1)) &&
         (begin == at || !f.is_clause_edge(begin)))
    --begin;
  while (begin < at && (is_point(letter(f, begin)) || letter(f, begin) == U'%')) ++begin;
  if (begin == at) return 0;
  if (begin >= kShare && is_share(f, begin - kShare)) begin -= kShare;
  return at - begin;
}

std::u32string text(const Fold& f, FoldSpan s) {
  std::u32string out;
  for (std::uint32_t i = s.begin; i < s.end; ++i) out += letter(f, i);
  return out;
}

// Whether a number, a day or an hour could begin, or end, with it.
bool opens(char32_t c) {
  return words::in_number(c) || std::u32string_view(U"年月日号时分秒").find(c) != std::u32string_view::npos;
}

bool closes(char32_t c) { return opens(c) || c == U'‰'; }

std::vector<FoldSpan> all_in(const Fold& f, FoldSpan s) {
  std::vector<FoldSpan> out;
  for (std::uint32_t i = s.begin; i < s.end; ++i) {
    const std::uint32_t n = ahead(f, i);
    if (n == 0) continue;
    if (i + n <= s.end) out.push_back({i, i + n});
    i += n - 1;
  }
  return out;
}

}  // namespace

std::uint32_t length(const Fold& f, std::uint32_t at, bool backwards) {
  return backwards ? behind(f, at) : ahead(f, at);
}

std::u32string whole(const Fold& f, FoldSpan s) {
  const FoldSpan given = s;
  const auto joins = [&](std::uint32_t at, std::uint32_t edge) {
    return words::in_number(letter(f, at)) && !f.is_clause_edge(edge);
  };
  while (s.begin > 0 && given.begin - s.begin < kLongest && joins(s.begin - 1, s.begin)) --s.begin;
  while (s.begin < given.begin && is_point(letter(f, s.begin))) ++s.begin;
  while (s.end < f.size() && s.end - given.end < kLongest && joins(s.end, s.end)) ++s.end;
  while (s.end > given.end && is_point(letter(f, s.end - 1))) --s.end;
  return text(f, s);
}

bool same(const Fold& a, FoldSpan x, const Fold& b, FoldSpan y) {
  if (x.empty() || y.empty() || x.size() > kLongest || y.size() > kLongest) return false;
  if (!opens(letter(a, x.begin)) || !opens(letter(b, y.begin)) || !closes(letter(a, x.end - 1)) ||
      !closes(letter(b, y.end - 1)))
    return false;
  if (!words::numbers(text(a, x)) || !words::numbers(text(b, y))) return false;
  const auto number = words::numbers(whole(a, x));
  return number && number == words::numbers(whole(b, y));
}

bool is_number(const Fold& f, FoldSpan s) {
  return !s.empty() && s.size() <= kLongest && opens(letter(f, s.begin)) &&
         (s.size() > 1 || han::is_digit(letter(f, s.begin))) && words::number(text(f, s)).has_value();
}

std::uint32_t in_common(const Fold& a, FoldSpan x, const Fold& b, FoldSpan y) {
  const std::vector<FoldSpan> in_a = all_in(a, x), in_b = in_a.empty() ? in_a : all_in(b, y);
  std::uint32_t letters = 0;
  std::size_t from = 0;
  for (const FoldSpan s : in_a)
    for (std::size_t n = from; n < in_b.size(); ++n) {
      const FoldSpan t = in_b[n];
      if (std::ranges::equal(a.units(s), b.units(t)) || !same(a, s, b, t)) continue;
      letters += std::min(s.size(), t.size());
      from = n + 1;
      break;
    }
  return letters;
}

bool meet(Unit a, Unit b) {
  const auto x = static_cast<char32_t>(a), y = static_cast<char32_t>(b);
  return han::is_digit(x) != han::is_digit(y) && words::in_number(x) && words::in_number(y);
}

}  // namespace suyuan::figures
