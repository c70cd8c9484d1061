// Dates in Arabic or Chinese numerals, full, partial, relative and as ranges; issues of journals; outlet calendars.
#include "segment/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <utility>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";

int digit(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c == U'零' || c == U'○') return 0;
  const std::size_t at = kDigits.find(c);
  return at == kDigits.npos ? -1 : static_cast<int>(at);
}

struct Number {
  int value = 0;
  std::size_t length = 0;
  bool arabic = false;  // all of it
  bool about = false;   // two Chinese digits side by side, 二三: an estimate where no year is meant
};

// A number at text[at]: digits by place, Arabic and Chinese mixed (二0二四), or Chinese with tens (二十一, 廿一).
std::optional<Number> number(std::u32string_view text, std::size_t at) {
  Number n;
  n.arabic = true;
  int pending = 0;
  bool ten = false;
  std::size_t i = at;
  for (; i < text.size(); ++i) {
    if (const int d = digit(text[i]); d >= 0) {
      if (i - at >= 4) return std::nullopt;  // longer numbers are no part of a date
      pending = ten ? d : pending * 10 + d;
      n.arabic = n.arabic && text[i] < 0x80;
    } else if (text[i] == U'十' && !ten) {
      n.value = (i > at ? pending : 1) * 10;
      pending = 0;
      ten = true;
      n.arabic = false;
    } else if ((text[i] == U'廿' || text[i] == U'卅') && i == at) {
      n.value = text[i] == U'廿' ? 20 : 30;
      ten = true;
      n.arabic = false;
    } else {
      break;
    }
  }
  if (i == at) return std::nullopt;
  n.value += pending;
  n.length = i - at;
  n.about = !n.arabic && !ten && n.length == 2;
  return n;
}

bool take(std::u32string_view text, std::size_t& at, std::u32string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  at += word.size();
  return true;
}

int days_in(int year, int month) {
  const auto last = std::chrono::year{year} / month / std::chrono::last;
  return static_cast<int>(unsigned{last.day()});
}

Date make_date(int year, int month, int day) {
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

// "2025-11-19" at text[at]; the day may be run together with a time of day whose blank is gone.
std::optional<DateExpression> iso(std::u32string_view text, std::size_t at) {
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
      if (day < 1 || day > 31 || (size == 1 && digits(next + 2, 1) >= 0)) continue;
      DateExpression e;
      e.begin = at;
      e.end = next + 1 + size;
      e.year_kind = DateExpression::Year::stated;
      e.year = year, e.month = month, e.day = day;
      e.impossible = day > days_in(year, month);
      return e;
    }
  }
  return std::nullopt;
}

struct Relative {
  std::u32string_view word;
  DateExpression::Year kind;
  int offset;
};
constexpr std::array<Relative, 11> kYears{{{U"去年", DateExpression::Year::relative, -1},
                                           {U"今年", DateExpression::Year::relative, 0},
                                           {U"本年", DateExpression::Year::relative, 0},
                                           {U"前年", DateExpression::Year::relative, -2},
                                           {U"上年", DateExpression::Year::relative, -1},
                                           {U"明年", DateExpression::Year::relative, 1},
                                           {U"后年", DateExpression::Year::relative, 2},
                                           {U"同年", DateExpression::Year::same, 0},
                                           {U"当年", DateExpression::Year::same, 0},
                                           {U"次年", DateExpression::Year::same, 1},
                                           {U"翌年", DateExpression::Year::same, 1}}};

bool any_of(char32_t c, std::u32string_view of) { return of.find(c) != of.npos; }

// What follows the month: a day, a third of the month.
void take_day(std::u32string_view text, std::size_t& at, DateExpression& e) {
  if (take(text, at, U"份")) return;
  if (take(text, at, U"上旬")) e.part = DateExpression::Part::first_third;
  if (take(text, at, U"中旬")) e.part = DateExpression::Part::middle_third;
  if (take(text, at, U"下旬")) e.part = DateExpression::Part::last_third;
  if (e.part != DateExpression::Part::whole) return;
  std::size_t i = at;
  if (const auto n = number(text, i)) {
    i += n->length;
    if (take(text, i, U"日") || take(text, i, U"号")) {
      e.day = n->value;
      e.impossible = e.impossible || n->value < 1 || n->value > 31;
      at = i;
    }
  }
}

// 至8日, 至9月8日, 至2025年4月.
void take_range(std::u32string_view text, std::size_t& at, DateExpression& e) {
  std::size_t i = at;
  if (!take(text, i, U"至") && !take(text, i, U"到") && !take(text, i, U"-") && !take(text, i, U"~")) return;
  DateExpression to;
  auto n = number(text, i);
  if (!n) return;
  std::size_t j = i + n->length;
  if (n->value >= 1000 && n->value <= 2999 && take(text, j, U"年")) {
    to.year = n->value;
    i = j;
    n = number(text, i);
    j = i + (n ? n->length : 0);
  }
  if (n && n->value >= 1 && n->value <= 12 && take(text, j, U"月")) {
    to.month = n->value;
    i = j;
    n = number(text, i);
    j = i + (n ? n->length : 0);
  }
  if (n && n->value >= 1 && n->value <= 31 && e.day != 0 && take(text, j, U"日")) {
    to.day = n->value;
    i = j;
  }
  if (to.year + to.month + to.day == 0 || (e.day != 0) != (to.day != 0) || (to.day == 0 && to.month == 0)) return;
  e.end_year = to.year, e.end_month = to.month, e.end_day = to.day;
  at = i;
}

std::optional<DateExpression> expression(std::u32string_view text, std::size_t at) {
  if (auto e = iso(text, at)) return e;
  DateExpression e;
  e.begin = at;
  std::size_t i = at;
  for (const Relative& r : kYears)
    if (take(text, i, r.word)) {
      e.year_kind = r.kind;
      e.year = r.offset;
      break;
    }
  auto n = number(text, i);
  if (e.year_kind == DateExpression::Year::open && n && n->value >= 1000 && n->value <= 2999 && n->length == 4) {
    std::size_t j = i + 4;
    // 2020-2024年
    std::size_t k = j;
    if (take(text, k, U"-") || take(text, k, U"至"))
      if (const auto m = number(text, k); m && m->length == 4 && m->value > n->value && m->value <= 2999) {
        std::size_t l = k + 4;
        if (take(text, l, U"年")) {
          e.year_kind = DateExpression::Year::stated;
          e.year = n->value, e.end_year = m->value, e.end = l;
          return e;
        }
      }
    if (!take(text, j, U"年")) return std::nullopt;
    e.year_kind = DateExpression::Year::stated;
    e.year = n->value;
    i = j;
    n = number(text, i);
  }
  const bool with_year = e.year_kind != DateExpression::Year::open;
  bool month = false;
  if (n && n->value >= 1 && n->value <= 99 && !n->about) {
    std::size_t j = i + n->length;
    if (take(text, j, U"月")) {
      month = n->value <= 12;
      if (!month && !with_year) return std::nullopt;
      if (!with_year && any_of(j < text.size() ? text[j] : U' ', U"革嫂饼亮球光色")) return std::nullopt;
      e.month = n->value;
      e.impossible = !month;
      i = j;
    } else if (!with_year && (take(text, j, U"日"))) {
      // A day alone: 8日上午. Chinese numerals only where what follows leaves no doubt.
      const std::u32string_view after = text.substr(j, 2);
      const bool sure = after == U"上午" || after == U"下午" || after == U"晚上" || after == U"凌晨" ||
                        (!after.empty() && any_of(after[0], U"晚电讯至"));
      const bool duration = !after.empty() && any_of(after[0], U"内以间均报游程常用子夜");
      const bool counted = at > 0 && any_of(text[at - 1], U"第百千万.数");
      if (n->value > 31 || counted || (!sure && (!n->arabic || duration))) return std::nullopt;
      e.day = n->value;
      e.end = j;
      take_range(text, e.end, e);
      return e;
    }
  }
  if (!with_year && !month) {
    static constexpr std::array<std::pair<std::u32string_view, int>, 5> kMonths{
        {{U"上个月", -1}, {U"上月", -1}, {U"本月", 0}, {U"当月", 0}, {U"下月", 1}}};
    for (const auto& [word, offset] : kMonths)
      if (take(text, i, word)) {
        e.month_relative = true;
        e.month_offset = offset;
        take_day(text, i, e);
        e.end = i;
        return e;
      }
    return std::nullopt;
  }
  if (month) take_day(text, i, e);
  if (e.month != 0 && month) {
    constexpr int kLeapYear = 2024;  // any: the year that is meant may be one
    const int year = e.year_kind == DateExpression::Year::stated ? e.year : kLeapYear;
    e.impossible = e.impossible || e.day > days_in(year, e.month);
    take_range(text, i, e);
  }
  e.end = i;
  return e;
}

}  // namespace

namespace {

std::chrono::sys_days on(Date d) {
  return std::chrono::year{d.year} / std::chrono::month{d.month} / std::chrono::day{d.day};
}

}  // namespace

Date add_days(Date date, int days) {
  const std::chrono::year_month_day d{on(date) + std::chrono::days{days}};
  return make_date(int{d.year()}, static_cast<int>(unsigned{d.month()}), static_cast<int>(unsigned{d.day()}));
}

int days_between(Date from, Date to) { return static_cast<int>((on(to) - on(from)).count()); }

std::vector<DateExpression> find_dates(std::u32string_view text) {
  static const auto kMay = [] {  // the characters a date may begin with
    std::array<std::uint64_t, 1024> bits{};
    for (const char32_t c : std::u32string_view(U"0123456789零○〇一二三四五六七八九十廿卅去今本前上明后同当次翌下"))
      bits[c >> 6] |= std::uint64_t{1} << (c & 63);
    return bits;
  }();
  std::vector<DateExpression> out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text[at];
    if (c >= 0x10000 || !((kMay[c >> 6] >> (c & 63)) & 1)) {
      ++at;
      continue;
    }
    if (auto e = expression(text, at)) {
      at = e->end;
      out.push_back(*e);
      continue;
    }
    // Past the whole number: a date does not begin inside one, but for an issue run together with it:
    // 2032/162032-08-19.
    if (digit(c) >= 0) {
      std::optional<DateExpression> inside;
      for (++at; at < text.size() && digit(text[at]) >= 0 && (text[at] < 0x80) == (c < 0x80) && !inside; ++at)
        inside = iso(text, at);
      if (inside) {
        at = inside->end;
        out.push_back(*inside);
      }
    } else {
      ++at;
    }
  }
  return out;
}

std::optional<Days> resolve(const DateExpression& e, std::optional<Date> anchor, std::optional<Days> last) {
  if (e.impossible) return std::nullopt;
  Days out;
  int year = e.year, month = e.month;
  switch (e.year_kind) {
    case DateExpression::Year::stated:
      break;
    case DateExpression::Year::relative:
      if (!anchor) return std::nullopt;
      year += anchor->year;
      out.relative = true;
      break;
    case DateExpression::Year::same:
      if (!last) return std::nullopt;
      year += last->first.year;
      out.relative = true;
      break;
    case DateExpression::Year::open: {
      if (!anchor) return std::nullopt;
      out.relative = true;
      year = anchor->year;
      if (e.month_relative) {
        month = anchor->month + e.month_offset;
        if (month < 1) month += 12, --year;
        if (month > 12) month -= 12, ++year;
      } else if (month == 0) {
        // A day alone lies in the month before the anchor or around it.
        month = anchor->month;
        if (e.day > anchor->day + 15 || e.day > days_in(year, month))
          if (--month < 1) month = 12, --year;
        if (e.day > days_in(year, month)) return std::nullopt;
      } else {
        // The year that puts it nearest to the anchor.
        int best = INT_MAX;
        for (int y = anchor->year - 1; y <= anchor->year + 1; ++y) {
          const int day = std::clamp(e.day, 1, days_in(y, month));
          const int away = std::abs(days_between(*anchor, make_date(y, month, day)));
          if (away < best) best = away, year = y;
        }
      }
      break;
    }
  }
  if (year < 1000 || year > 2999) return std::nullopt;
  if (month == 0) {
    out.first = make_date(year, 1, 1);
    out.last = make_date(e.end_year ? e.end_year : year, 12, 31);
    return out;
  }
  if (e.day > days_in(year, month)) return std::nullopt;
  int from = e.day ? e.day : 1, until = e.day ? e.day : days_in(year, month);
  if (e.part == DateExpression::Part::first_third) until = 10;
  if (e.part == DateExpression::Part::middle_third) from = 11, until = 20;
  if (e.part == DateExpression::Part::last_third) from = 21;
  out.first = make_date(year, month, from);
  int end_year = year, end_month = month;
  if (e.end_month != 0) {
    end_month = e.end_month;
    end_year = e.end_year != 0 ? e.end_year : end_month < month ? year + 1 : year;
    until = e.end_day != 0 ? e.end_day : days_in(end_year, end_month);
  } else if (e.end_day != 0) {
    until = e.end_day;
  }
  if (until > days_in(end_year, end_month)) return std::nullopt;
  out.last = make_date(end_year, end_month, until);
  if (out.last < out.first) out.last = out.first;
  return out;
}

std::vector<Date> dates_in(std::u32string_view view, bool years) {
  std::vector<Date> out;
  for (const DateExpression& e : find_dates(view)) {
    if (!e.stated() || (e.month == 0 && !years) || e.part != DateExpression::Part::whole) continue;
    if (const Date date = make_date(e.year, e.month, e.day); date.valid()) out.push_back(date);
    if (const Date date = make_date(e.end_year, e.end_month, e.end_day); e.end_year != 0 && date.valid())
      out.push_back(date);
  }
  return out;
}

std::optional<Issue> issue_in(std::u32string_view view) {
  const std::size_t open = view.find(U'《');
  if (open == std::u32string_view::npos) return std::nullopt;
  const std::size_t close = view.find(U'》', open);
  if (close == std::u32string_view::npos || close - open > 21) return std::nullopt;
  Issue issue;
  issue.outlet = to_utf8(view.substr(open + 1, close - open - 1));
  std::size_t at = close + 1;
  if (!take(view, at, U"杂志")) take(view, at, U",");
  if (const auto year = number(view, at); year && year->value >= 1000 && year->value <= 2999) {
    at += year->length;
    if (take(view, at, U"年")) {
      issue.year = year->value;
      take(view, at, U"(");
      if (take(view, at, U"第"))
        if (const auto n = number(view, at); n && view.substr(at + n->length, 1) == U"期") issue.number = n->value;
    } else if (at < view.size() && (view[at] == U'/' || view[at] == U'(')) {
      // "2025/222025-11-19…": an issue of two digits at most.
      ++at;
      if (const auto n = number(view.substr(0, std::min(view.size(), at + 2)), at); n && n->length <= 2) {
        issue.year = year->value;
        issue.number = n->value;
      }
    }
  }
  return issue;
}

std::optional<Date> issue_date(const Issue& issue, const Lexicons& lexicons) {
  if (issue.number <= 0 || issue.year == 0) return std::nullopt;
  const Lexicons::Outlet* outlet = lexicons.outlet(issue.outlet);
  if (!outlet) return std::nullopt;
  if (outlet->period == "half-monthly" && issue.number <= 24)
    return make_date(issue.year, (issue.number + 1) / 2, issue.number % 2 == 1 ? 1 : 16);
  if (outlet->period == "half-month" && issue.number <= 24) return make_date(issue.year, (issue.number + 1) / 2, 0);
  if (outlet->period == "monthly" && issue.number <= 12) return make_date(issue.year, issue.number, 0);
  return std::nullopt;
}

DateInterval interval(DateInterval::Status status, std::optional<Date> from, std::optional<Date> to,
                      Evidence evidence) {
  return {status,
          from ? std::optional(from->first_day()) : std::nullopt,
          to ? std::optional(to->last_day()) : std::nullopt,
          {std::move(evidence)}};
}

void narrow(DateInterval& d, std::optional<Date> from, std::optional<Date> to, const Evidence& evidence) {
  bool used = false;
  if (from && (!d.earliest || *from > *d.earliest) && (!d.latest || *from <= *d.latest))
    d.earliest = from, used = true;
  if (to && (!d.latest || *to < *d.latest) && (!d.earliest || *to >= *d.earliest)) d.latest = to, used = true;
  if (!used) return;
  if (d.status == DateInterval::Status::none) d.status = DateInterval::Status::bounded;
  d.evidence.push_back(evidence);
}

}  // namespace suyuan
