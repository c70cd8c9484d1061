// dates.hpp: dates and outlets as folded lines state them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan {

// The dates "2024年3月6日", "2024年3月", "2024-03-06", 二〇二四年三月六日 in a folded line, in order; impossible
// ones are left out. A year alone counts only where `years` is set.
std::vector<Date> dates_in(std::u32string_view view, bool years = false);

// "11月15日" without a year: month and day, year 0.
std::optional<Date> day_without_year(std::u32string_view view);

// The outlet between 《 and 》 and the issue after it, if any: "《求是》2025/22", "2025年第22期".
struct Issue {
  std::string outlet;
  int year = 0;
  int number = 0;  // 0: none named
};
std::optional<Issue> issue_in(std::u32string_view view);

// The day (or month) an issue appeared by data/lexicons/outlets.tsv, if the outlet has a calendar there.
std::optional<Date> issue_date(const Issue& issue);

}  // namespace suyuan
