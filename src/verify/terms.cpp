#include "verify/terms.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "align/words.hpp"
#include "base/data.hpp"

namespace suyuan {

namespace {

constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";

// The names of sessions, as they are written and as they are spoken: before their number and behind it.
struct Session {
  std::u32string_view before, after;
};
constexpr std::array<std::pair<Session, Session>, 3> kSessions{
    {{{U"届中央委员会第", U"次全体会议"}, {U"届", U"中全会"}},
     {{U"届中央纪律检查委员会第", U"次全体会议"}, {U"届中央纪委", U"次全会"}},
     {{U"届全国人民代表大会第", U"次会议"}, {U"届全国人大", U"次会议"}}}};

void rename(std::u32string& text, const Session& from, const Session& to) {
  for (std::size_t at = 0; (at = text.find(from.before, at)) != text.npos; ++at) {
    const std::size_t number = at + from.before.size();
    const std::size_t end = std::min(text.find_first_not_of(kNumerals, number), text.size());
    if (end == number || text.compare(end, from.after.size(), from.after) != 0) continue;
    const std::u32string count = text.substr(number, end - number);
    text.replace(at, end + from.after.size() - at, std::u32string(to.before).append(count).append(to.after));
  }
}

struct Counted {
  std::size_t letters = 0;
  long long number = 0;
  bool congress = false;  // of 全国人大, else of the party
};

// 二十届中央…, 二十届三中全会, 十四届全国人大…
std::optional<Counted> term_at(std::u32string_view name) {
  const std::size_t from = name.starts_with(U"第") ? 1 : 0, end = name.find(U'届');
  if (end == name.npos || end == from) return std::nullopt;
  const auto number = words::number(name.substr(from, end - from));
  const std::u32string_view body = name.substr(end + 1);
  const bool congress = body.starts_with(U"全国人大"),
             party = body.starts_with(U"中央") || body.substr(1).starts_with(U"中全会");
  if (!number || (!congress && !party)) return std::nullopt;
  return Counted{end + 1, number->thousandths / 1000, congress};
}

// The first day that is known of each term, by body.
const std::map<long long, Date>& terms(bool congress) {
  static const auto kTerms = [] {
    std::map<bool, std::map<long long, Date>> out;
    for (const auto& row : data::rows(data::meetings())) {
      const std::u32string name = from_utf8(row.at(0));
      constexpr std::u32string_view kParty = U"党的";
      const bool party = name.starts_with(kParty) && name.ends_with(U'大');  // 党的二十大 elects the next
      const auto number =
          party ? words::number(std::u32string_view(name).substr(2, name.size() - 3)) : std::nullopt;
      const auto term = number ? std::optional(Counted{0, number->thousandths / 1000, false}) : term_at(name);
      const auto day = parse_iso_date(row.at(party ? 2 : 1));
      if (!term || !day) continue;
      const auto [at, fresh] = out[term->congress].emplace(term->number, *day);
      if (!fresh && *day < at->second) at->second = *day;
    }
    return out;
  }();
  return kTerms.at(congress);
}

}  // namespace

std::u32string with_short_names(std::u32string text) {
  for (const auto& [written, spoken] : kSessions) rename(text, written, spoken);
  return text;
}
std::u32string with_long_names(std::u32string text) {
  for (const auto& [written, spoken] : kSessions) rename(text, spoken, written);
  return text;
}

std::optional<Term> term_of(std::u32string_view key, const std::optional<Date>& first,
                            const std::optional<Date>& last) {
  const auto term = term_at(key);
  if (!term || !first || !last) return std::nullopt;
  const auto& known = terms(term->congress);
  const auto own = known.find(term->number);
  if (own == known.end()) return std::nullopt;
  const auto next = std::next(own);
  return Term{term->letters, own->second <= *first && (next == known.end() || *last < next->second)};
}

}  // namespace suyuan
