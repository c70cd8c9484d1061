// What every form says in the same words: titles, days, what something was told by.
#include "report/common.hpp"

namespace suyuan {

std::string titled(const std::string& title, const std::string& of_copy, Language language) {
  if (title.empty()) return of_copy.empty() ? label("untitled", language) : "［" + of_copy + "］";
  // A title within a title has the single marks.
  std::u32string inner = from_utf8(title);
  if (inner.find(U'《') != inner.npos)
    for (char32_t& c : inner) {
      constexpr std::u32string_view kDouble = U"《》〈〉", kSingle = U"〈〉《》";
      if (const std::size_t at = kDouble.find(c); at != kDouble.npos) c = kSingle[at];
    }
  return "《" + to_utf8(inner) + "》";
}

std::string days_in_words(const std::string& earliest, const std::string& latest, Language language) {
  if (earliest.empty() && latest.empty()) return label("undated", language);
  if (latest.empty()) return label("not before", language) + " " + earliest;
  if (earliest.empty()) return label("by", language) + " " + latest;
  return earliest == latest ? latest : earliest + " – " + latest;
}

std::string days_in_words(const DateInterval& d, Language language) {
  const auto day = [](const std::optional<Date>& on) { return on ? on->to_string() : std::string(); };
  return days_in_words(day(d.earliest), day(d.latest), language);
}

std::string rule_in_words(std::string_view rule, Language language) {
  constexpr std::string_view kCopy = "copy, ";
  if (rule.starts_with(kCopy))
    return label("rule copy", language) + label("comma", language) +
           rule_in_words(rule.substr(kCopy.size()), language);
  const std::size_t blank = rule.find(' ');  // the field of a page, a record or a side file
  const std::string words = label("rule " + std::string(rule.substr(0, blank)), language);
  return blank == rule.npos ? words : words + std::string(rule.substr(blank));
}

}  // namespace suyuan
