// Days and years on which a draft says that words were said or printed.
#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "align/words.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/claims_reader.hpp"

namespace suyuan::claims {

namespace {

// Whether between a day and who speaks nothing stands but where he does: ,在……会上,
bool only_where(std::u32string_view text, std::size_t from, std::size_t to) {
  constexpr std::u32string_view kEnds = U"上时中间后里";
  std::u32string_view between = text.substr(from, to - std::min(from, to));
  while (between.starts_with(U",")) between.remove_prefix(1);
  for (std::size_t mark = between.find(U','); mark != between.npos; mark = between.find(U',')) {
    const std::u32string_view clause = between.substr(0, mark);
    if (!clause.starts_with(U"在") || kEnds.find(clause.back()) == kEnds.npos) return false;
    between.remove_prefix(mark + 1);
  }
  return true;
}

// 昨天, 两天前, 三年前 as a draft of a day means them: a paper's night shift and a wrong count of a day or half a
// year allowed for.
struct Reckoned {
  std::size_t letters;
  Date first, last;
};
std::optional<Reckoned> reckoned(std::u32string_view text, Date of) {
  static constexpr std::array<std::pair<std::u32string_view, int>, 9> kWords{{{U"今天", 0},
                                                                              {U"今日", 0},
                                                                              {U"昨天", 1},
                                                                              {U"昨日", 1},
                                                                              {U"昨晚", 1},
                                                                              {U"前天", 2},
                                                                              {U"前日", 2},
                                                                              {U"大前天", 3},
                                                                              {U"上周", 7}}};
  for (const auto& [word, ago] : kWords)
    if (text.starts_with(word)) {
      const bool week = ago == 7;
      return Reckoned{word.size(), add_days(of, week ? -14 : -ago - 1), add_days(of, week ? -1 : -ago)};
    }
  std::size_t end = 0;
  while (end < text.size() && words::in_number(text[end])) ++end;
  const auto n = words::number(text.substr(0, end));
  if (!n || n->thousandths % 1000 != 0 || n->thousandths > 100'000) return std::nullopt;
  const int count = static_cast<int>(n->thousandths / 1000);
  for (const auto& [unit, size, slack] :
       {std::tuple(std::u32string_view(U"天前"), 1, 1), std::tuple(std::u32string_view(U"日前"), 1, 1),
        std::tuple(std::u32string_view(U"周前"), 7, 4), std::tuple(std::u32string_view(U"个月前"), 30, 20),
        std::tuple(std::u32string_view(U"年前"), 365, 250)})
    if (text.substr(end).starts_with(unit))
      return Reckoned{end + unit.size(), add_days(of, -count * size - slack), add_days(of, -count * size + slack)};
  return std::nullopt;
}

constexpr std::array<std::u32string_view, 8> kHours{U"上午", U"下午", U"中午", U"凌晨",
                                                    U"晚上", U"傍晚", U"晚",   U"早"};

}  // namespace

// Whether between a day and who speaks stands only where he does or what was held: 在某村, 面对……,
// 全省林业会议召开.
bool DraftReader::leads_on(std::u32string_view between) const {
  constexpr std::u32string_view kEnds = U"上时中间后里";
  const Lexicons& lexicons = known_.lexicons();
  const std::u32string speaker = fold_words(from_utf8(quotation_.attribution->speaker));
  const auto begins = [&](std::u32string_view clause, Grammar group) {
    return std::ranges::any_of(lexicons.grammar(group),
                               [&](std::u32string_view w) { return clause.starts_with(w); });
  };
  if (between.find_first_of(U";\"!?。:") != between.npos) return false;
  for (std::size_t mark = between.find(U','); mark != between.npos; mark = between.find(U',')) {
    const std::u32string_view clause = between.substr(0, mark);
    const bool held = std::ranges::any_of(lexicons.grammar(Grammar::was_held),
                                          [&](std::u32string_view w) { return clause.ends_with(w); });
    const bool where = clause.starts_with(U"在") || clause.starts_with(U"面对") ||
                       kEnds.find(clause.empty() ? U' ' : clause.back()) != kEnds.npos;
    const bool hour = std::ranges::find(kHours, clause) != kHours.end();
    const bool his = !speaker.empty() && clause.starts_with(speaker);  // 某某来到某村，他强调
    if (!clause.empty() && !held && !where && !hour && !his) return false;
    between.remove_prefix(mark + 1);
  }
  return !begins(between, Grammar::before_speaker) && between.find(U'我') == between.npos &&
         between.find(U"们") == between.npos;
}

void DraftReader::opening_day(Span sentence) {
  if (std::ranges::any_of(out_, [&](const Asked& a) {
        return a.kind == Claim::Kind::date ||
               (a.kind == Claim::Kind::publication && a.first && sentence.begin <= a.span.begin);
      }))
    return;
  const std::u32string text = own_view(sentence);
  std::size_t begin = 0;
  while (begin < text.size() && han::kind(text[begin]) == han::Kind::blank) ++begin;
  for (const DateMention& m : dates_of(sentence)) {
    const std::size_t b = m.span.begin - sentence.begin, e = m.span.end - sentence.begin;
    if (b != begin || m.relative || m.earliest != m.latest) return;
    std::u32string_view next = std::u32string_view(text).substr(e);
    for (const std::u32string_view hour : kHours)
      if (next.starts_with(hour)) {
        next.remove_prefix(hour.size());
        break;
      }
    if (!next.starts_with(U",")) return;
    // Up to the verb that leads the words nobody else says anything, and no other time is told.
    const Span named = quotation_.attribution->named.value_or(Span{sentence.end, sentence.end});
    const std::size_t stop = named.begin > sentence.begin ? named.begin - sentence.begin : 0;
    if (!leads_on(std::u32string_view(text).substr(e, std::max(stop, e) - e))) return;
    const auto others = dates_of({m.span.end, sentence.begin + static_cast<std::uint32_t>(std::max(stop, e))});
    if (!others.empty()) return;
    out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
    return;
  }
}

void DraftReader::same_day(Span sentence) {
  constexpr std::uint32_t kReach = 400;
  const std::u32string text = plain_view(document_, sentence);
  static constexpr std::array<std::pair<std::u32string_view, int>, 7> kWords{
      {{U"同日", 0}, {U"同一天", 0}, {U"当天", 0}, {U"当日", 0}, {U"次日", 1}, {U"翌日", 1}, {U"第二天", 1}}};
  for (const auto& [word, later] : kWords) {
    const std::size_t at = text.find(word);
    if (at == text.npos || (at > 0 && han::kind(text[at - 1]) == han::Kind::letter)) continue;
    const auto place = static_cast<std::uint32_t>(sentence.begin + at);
    const DateMention* last = nullptr;
    for (const DateMention& m : dates_of({place - std::min(place, kReach), place}))
      if (m.earliest == m.latest) last = &m;
    const Span between = last ? Span{last->span.end, place} : Span{};
    if (!last || document_.view(between).find(U'\n') != std::u32string_view::npos) return;
    const Span said{place, static_cast<std::uint32_t>(place + word.size())};
    out_.push_back(
        {Claim::Kind::date, said, {}, add_days(last->earliest, later), add_days(last->latest, later), {}, 0, 0});
    return;
  }
}

void DraftReader::day_of_a_year(Span sentence) {
  const std::u32string text = plain_view(document_, sentence);
  const Span named = quotation_.attribution->named.value_or(Span{});
  for (const DateExpression& e : find_dates(text)) {
    if (e.stated() || e.impossible || e.month_relative || e.month == 0 || e.day == 0 || e.end_day != 0) continue;
    const Span day{static_cast<std::uint32_t>(sentence.begin + e.begin),
                   static_cast<std::uint32_t>(sentence.begin + e.end)};
    const bool led = e.begin == 0 || (!named.empty() && named.end == day.begin);
    const std::u32string_view next = std::u32string_view(text).substr(e.end);
    const bool said = next.starts_with(U",") || next.starts_with(U"在") ||
                      (!named.empty() && named.begin == day.end) || (e.begin > 0 && starts_event(text, e.end));
    const bool meets = next.starts_with(U"召开的") || next.starts_with(U"举行的");
    constexpr std::u32string_view kFrom = U"自从到至截据以由";
    const bool dated_meeting = next.starts_with(U"在") && e.begin > 0 && han::is_han(text[e.begin - 1]) &&
                               kFrom.find(text[e.begin - 1]) == kFrom.npos;
    // 3月5日的|全省林业工作会议上, where it opens the occasion that is read.
    const bool opens = std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
      return a.kind == Claim::Kind::occasion && a.span.begin == day.begin && next.starts_with(U"的");
    });
    const bool inside = opens || day.begin >= quotation_.attribution->span.begin;
    if (!(led && said) && !(inside && (meets || dated_meeting || opens))) continue;
    // Between a day that opens the sentence and who speaks no other clause may stand.
    const std::size_t speaks = named.empty() ? text.npos : named.begin - sentence.begin;
    if (said && e.begin == 0 && (named.empty() || named.begin < day.end || !only_where(text, e.end, speaks)))
      continue;
    if (std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
          return a.kind == Claim::Kind::date ||
                 (a.kind == Claim::Kind::publication && a.span.begin < day.end && day.begin < a.span.end);
        }))
      continue;
    out_.push_back({Claim::Kind::date, day, {}, {}, {}, {}, 0, e.month * 100 + e.day});
    return;
  }
}

void DraftReader::day_reckoned(Span sentence) {
  const DateInterval& day = work_.published;
  const Span named = quotation_.attribution->named.value_or(Span{});
  if (!day.earliest || day.earliest != day.latest || named.empty() ||
      std::ranges::any_of(out_, [](const Asked& a) { return a.kind == Claim::Kind::date; }))
    return;
  const std::u32string text = plain_view(document_, sentence);
  const std::size_t from = named.begin - std::min(named.begin, sentence.begin);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto days = reckoned(std::u32string_view(text).substr(at), *day.latest);
    if (!days) continue;
    const Span said{static_cast<std::uint32_t>(sentence.begin + at),
                    static_cast<std::uint32_t>(sentence.begin + at + days->letters)};
    const bool leads = (at == 0 || !han::is_han(text[at - 1])) && said.end <= named.begin &&
                       only_where(text, at + days->letters, from);
    if (named.end != said.begin && !leads) continue;
    out_.push_back({Claim::Kind::date, said, {}, days->first, days->last, {}, 0, 0});
    return;
  }
}

void DraftReader::days(const Stretch& s) {
  const std::u32string& text = s.text;
  for (const DateMention& m : dates_of(s.span)) {
    if (m.span.begin < s.span.begin || m.span.end > s.span.end) continue;
    const std::size_t b = m.span.begin - s.span.begin, e = m.span.end - s.span.begin;
    if (s.is_taken(b, e) || text[b] == U'"') continue;
    // 2031年新年贺词: the occasion's own year.
    if (std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
          return a.kind == Claim::Kind::occasion && a.span.begin == m.span.begin && a.span.end > m.span.end &&
                 year_at(a.key, 0);
        }))
      continue;
    if (const auto by = printed(s, b, e)) {
      if (m.relative) continue;
      const std::size_t begin = by->empty() ? b : text.rfind(*by, b);
      out_.push_back({Claim::Kind::publication, s.place(begin, e), {}, m.earliest, m.latest, to_utf8(*by), 0, 0});
      // Or of saying, where a list's row names an occasion.
      if (document_.format == "list" && by->empty())
        out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
      continue;
    }
    const auto mark = [&](std::size_t i) { return han::kind(text[i]) != han::Kind::letter; };
    const bool day = m.earliest == m.latest;
    // 某某2031年3月9日在……上: of whatever name.
    constexpr std::u32string_view kFrom = U"自从到至截据以由";
    const bool dated_meeting =
        day && e < text.size() && text[e] == U'在' && b > 0 && kFrom.find(text[b - 1]) == kFrom.npos;
    const Span named = quotation_.attribution ? quotation_.attribution->named.value_or(Span{}) : Span{};
    if (b > 0 && !mark(b - 1) && text[b - 1] != U'于' && text[b - 1] != U'在' &&
        !(!named.empty() && named.end == m.span.begin) && !follows_name_ && !dated_meeting)
      continue;
    constexpr std::u32string_view kGoesOn = U"在的就曾便初末底春夏秋冬";
    if (e < text.size() && !day && !mark(e) && kGoesOn.find(text[e]) == kGoesOn.npos && !starts_verb(text, e) &&
        !starts_event(text, e) && !(!named.empty() && named.begin == m.span.end))
      continue;
    const std::u32string_view next = std::u32string_view(text).substr(e, 2);
    if (next.starts_with(U"以") || next.starts_with(U"起") || next.starts_with(U"之") || next.starts_with(U"来") ||
        next.starts_with(U"后") || next.starts_with(U"前") || next == U"出版" || next == U"发表" ||
        (m.relative && ((next.starts_with(U"的") && !is_report(named, m.span.end + 1)) ||
                        !tells_year(std::u32string_view(text).substr(b, e - b)))))
      continue;
    // 今年（2031年）: the brackets say it.
    if (m.relative && e < text.size() && text[e] == U'(') continue;
    out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
    Asked& said = out_.back();
    const bool year = m.earliest.month == 1 && m.latest.month == 12;
    if (year && next.starts_with(U"初")) said.last = Date{m.earliest.year, 3, 31};
    if (year && (next.starts_with(U"底") || next.starts_with(U"末"))) said.first = Date{m.earliest.year, 10, 1};
  }
}

bool DraftReader::tells_year(std::u32string_view text) const {
  for (const std::u32string_view word : {U"同年", U"次年", U"翌年"})  // of a year that the text has named
    if (text.starts_with(word)) return true;
  const DateInterval& day = work_.published;
  if (!day.earliest || !day.latest || day.earliest->year != day.latest->year) return false;
  if (day.earliest->month == day.latest->month && (text.starts_with(U"上月") || text.starts_with(U"上个月") ||
                                                   text.starts_with(U"本月") || text.starts_with(U"这个月")))
    return true;
  return text.starts_with(U"去年") || text.starts_with(U"今年") || text.starts_with(U"前年");
}

bool DraftReader::is_report(Span named, std::uint32_t at) const {
  return named.begin <= at && at < named.end && quotation_.attribution->kind == SpeakerKind::text &&
         names_address(quotation_.attribution->speaker);
}

}  // namespace suyuan::claims
