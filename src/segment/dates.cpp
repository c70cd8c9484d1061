// Dates written in Arabic or Chinese numerals, issues of journals, outlet calendars.
#include "segment/dates.hpp"

#include <algorithm>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

// A number at text[at]: digits, or Chinese numerals by place (二〇二四) or with tens (二十一). Moves `at` past it.
std::optional<int> number(std::u32string_view text, std::size_t& at) {
  static constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  std::size_t i = at;
  int value = 0;
  if (i < text.size() && han::is_digit(text[i])) {
    for (; i < text.size() && han::is_digit(text[i]) && i - at < 4; ++i)
      value = value * 10 + static_cast<int>(han::plain(text[i]) - U'0');
  } else {
    int pending = 0;
    bool ten = false, any = false;
    for (; i < text.size() && i - at < 5; ++i) {
      const char32_t c = text[i] == U'零' || text[i] == U'○' ? U'〇' : text[i];
      const std::size_t digit = kDigits.find(c);
      if (digit != std::u32string_view::npos) {
        pending = ten ? static_cast<int>(digit) : pending * 10 + static_cast<int>(digit);
      } else if (c == U'十' && !ten) {
        value = (any ? pending : 1) * 10;
        pending = 0;
        ten = true;
      } else {
        break;
      }
      any = true;
    }
    value += pending;
  }
  if (i == at) return std::nullopt;
  at = i;
  return value;
}

bool take(std::u32string_view text, std::size_t& at, std::u32string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  at += word.size();
  return true;
}

// "2025-11-19" at text[at]; the day may be run together with a time of day whose blank is gone.
std::optional<Date> iso_date(std::u32string_view text, std::size_t at) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (i >= text.size() || text[i] < U'0' || text[i] > U'9') return -1;
      value = value * 10 + static_cast<int>(text[i] - U'0');
    }
    return value;
  };
  const int year = digits(at, 4);
  if (year < 1000 || year > 2999 || at + 4 >= text.size()) return std::nullopt;
  const char32_t sign = text[at + 4];
  if (sign != U'-' && sign != U'/' && sign != U'.') return std::nullopt;
  for (const std::size_t length : {2U, 1U}) {
    const int month = digits(at + 5, length);
    const std::size_t next = at + 5 + length;
    if (month < 1 || month > 12 || next >= text.size() || text[next] != sign) continue;
    for (const std::size_t size : {2U, 1U}) {
      const int day = digits(next + 1, size);
      // A single digit only where no other follows: of "45" no day is made.
      if (day >= 1 && day <= 31 && (size == 2 || digits(next + 2, 1) < 0))
        return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                    static_cast<std::uint8_t>(day)};
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Date> dates_in(std::u32string_view view, bool years) {
  std::vector<Date> out;
  const auto add = [&](int year, int month, int day) {
    const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                    static_cast<std::uint8_t>(day)};
    if (date.valid() && (month != 0 || years)) out.push_back(date);
  };
  for (std::size_t at = 0; at < view.size();) {
    if (const auto iso = iso_date(view, at)) {
      add(iso->year, iso->month, iso->day);
      at += 8;
      continue;
    }
    std::size_t i = at;
    const std::optional<int> year = number(view, i);
    if (!year || *year < 1000 || *year > 2999 || !take(view, i, U"年")) {
      ++at;
      continue;
    }
    int month = 0, day = 0;
    std::size_t j = i;
    if (const auto m = number(view, j); m && *m >= 1 && *m <= 12 && take(view, j, U"月")) {
      month = *m;
      i = j;
      if (const auto d = number(view, j); d && take(view, j, U"日")) {
        day = std::min(*d, 99);  // an impossible day makes the date invalid, not a month
        i = j;
      }
    }
    add(*year, month, day);
    at = i;
  }
  return out;
}

std::optional<Date> day_without_year(std::u32string_view view) {
  for (std::size_t at = 0; at < view.size(); ++at) {
    std::size_t i = at;
    const std::optional<int> month = number(view, i);
    if (!month) continue;
    if (*month < 1 || *month > 12 || !take(view, i, U"月")) {
      at = i - 1;
      continue;
    }
    const std::optional<int> day = number(view, i);
    if (!day || *day < 1 || *day > 31 || !take(view, i, U"日")) return std::nullopt;
    return Date{0, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
  }
  return std::nullopt;
}

std::optional<Issue> issue_in(std::u32string_view view) {
  const std::size_t open = view.find(U'《');
  if (open == std::u32string_view::npos) return std::nullopt;
  const std::size_t close = view.find(U'》', open);
  if (close == std::u32string_view::npos || close - open > 21) return std::nullopt;
  Issue issue;
  issue.outlet = to_utf8(view.substr(open + 1, close - open - 1));
  std::size_t at = close + 1;
  if (const auto year = number(view, at); year && *year >= 1000 && *year <= 2999) {
    if (take(view, at, U"年第")) {
      issue.year = *year;
      if (const auto n = number(view, at)) issue.number = *n;
    } else if (at < view.size() && view[at] == U'/') {
      // "2025/222025-11-19…": an issue of two digits at most.
      std::size_t end = ++at;
      const std::size_t limit = std::min(view.size(), at + 2);
      if (const auto n = number(view.substr(0, limit), end)) issue.year = *year, issue.number = *n;
    }
  }
  return issue;
}

std::optional<Date> issue_date(const Issue& issue) {
  if (issue.number <= 0) return std::nullopt;
  for (const auto& row : data::rows(data::outlets())) {
    if (row[0] != issue.outlet) continue;
    const auto year = static_cast<std::int16_t>(issue.year);
    if (row[1] == "half-monthly" && issue.number <= 24)
      return Date{year, static_cast<std::uint8_t>((issue.number + 1) / 2),
                  static_cast<std::uint8_t>(issue.number % 2 == 1 ? 1 : 16)};
    if (row[1] == "monthly" && issue.number <= 12) return Date{year, static_cast<std::uint8_t>(issue.number), 0};
  }
  return std::nullopt;
}

}  // namespace suyuan
