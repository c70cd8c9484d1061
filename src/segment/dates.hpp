// dates.hpp: dates and issues as folded text states them, and what makes days of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/lexicon.hpp"
#include "suyuan/base.hpp"

namespace suyuan {

// One expression, as written. What it leaves open is 0 or `open`; `end_…` is the far side of a range (7日至8日), 0
// where it is the same. Offsets are of the folded text.
struct DateExpression {
  enum class Year : std::uint8_t {
    open,      // 7月, 8日
    stated,    // 2024年, 2024-03-06
    relative,  // 去年: `year` is the offset from the anchor's year
    same,      // 同年, 当年: `year` is the offset from the year last spoken of
  };
  enum class Part : std::uint8_t { whole, first_third, middle_third, last_third };  // 上旬, 中旬, 下旬
  std::size_t begin = 0, end = 0;
  Year year_kind = Year::open;
  int year = 0, month = 0, day = 0;
  int end_year = 0, end_month = 0, end_day = 0;
  int month_offset = 0;  // 上月: -1, with `month_relative`
  bool month_relative = false;
  Part part = Part::whole;
  bool impossible = false;  // such as 2月30日

  bool stated() const { return year_kind == Year::stated && !impossible; }
};

std::vector<DateExpression> find_dates(std::u32string_view text);

struct Days {
  Date first, last;
  bool relative = false;
};

// The days an expression means, spoken on `anchor`; `last` are the days last spoken of. Nothing where that is not
// enough.
std::optional<Days> resolve(const DateExpression& e, std::optional<Date> anchor, std::optional<Days> last);

// The dates of a line that state their year, in order; a year alone counts only where `years` is set.
std::vector<Date> dates_in(std::u32string_view view, bool years = false);

// The outlet between 《 and 》 and the issue after it, if any: "《求是》2025/22", "2025年第22期".
struct Issue {
  std::string outlet;
  int year = 0;
  int number = 0;  // 0: none named
};
std::optional<Issue> issue_in(std::u32string_view view);

// The day or month an issue appeared by the outlet's calendar, if it has one.
std::optional<Date> issue_date(const Issue& issue, const Lexicons& lexicons);

Date add_days(Date date, int days);
// Days from `from` to `to`, both full.
int days_between(Date from, Date to);

DateInterval interval(DateInterval::Status status, std::optional<Date> from, std::optional<Date> to,
                      Evidence evidence);
// Narrows an interval by a further bound; a bound that contradicts it is left aside.
void narrow(DateInterval& d, std::optional<Date> from, std::optional<Date> to, const Evidence& evidence);

}  // namespace suyuan
