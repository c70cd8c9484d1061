#include "chain/series.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/han.hpp"
#include "chain/rites.hpp"
#include "chain/voice.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kSlot = 24;       // letters of a value
constexpr std::uint32_t kWide = 36;       // letters of the head over which values may run together
constexpr std::uint32_t kFree = 30;       // letters without a slot that are a passage alone,
constexpr std::uint32_t kFreeOfTwo = 20;  // and where the series is told from two texts
constexpr std::size_t kFigures = 3;       // texts that must differ where the values are figures,
constexpr std::size_t kAnyWords = 6;      // and of any words, so many that no value stands in a third
constexpr std::uint32_t kFreeTold = 60;   // what kFree is where the text itself tells, and all slots differ
constexpr std::size_t kWords = 4;         // and where they are other words
constexpr std::uint32_t kRitual = 3;  // answers of a series that hold a letter, for it to be the series' wording
constexpr std::uint32_t kNowhere = UINT32_MAX;
constexpr int kReprinted = 7;             // days within which a report is printed again as it stands
constexpr int kYear = 365, kSeason = 21;  // days
constexpr std::array<std::u32string_view, 9> kDays{U"今天上午", U"今天下午", U"今天早上", U"今天凌晨", U"今天中午",
                                                   U"今天晚上", U"今晚",     U"昨晚",     U"昨天"};
constexpr std::array<std::u32string_view, 2> kYears{U"今年", U"去年"};

bool digit(Unit u) { return han::is_digit(static_cast<char32_t>(u)) || static_cast<char32_t>(u) == U'.'; }
// A day is one figure: 9月22日.
bool figure(Unit u) {
  return digit(u) || std::u32string_view(U"年月日时分").find(static_cast<char32_t>(u)) != std::u32string_view::npos;
}
bool numeral(char32_t c) {
  return han::is_digit(c) ||
         std::u32string_view(U"〇一二两三四五六七八九十百千万亿").find(c) != std::u32string_view::npos;
}

std::chrono::sys_days on(const Date& d) {
  return std::chrono::year{d.year} / std::chrono::month{d.month} / std::chrono::day{d.day};
}

std::u32string text(const Fold& f, FoldSpan s) {
  std::u32string out;
  for (const Unit u : f.units(s)) out += static_cast<char32_t>(u);
  return out;
}

// The hour of a day says nothing of what is told: 上午10时30分.
bool tells_hour(const Fold& f, FoldSpan number) {
  const auto at = [&](std::uint32_t i) { return i < f.size() ? static_cast<char32_t>(f.units()[i]) : U'\0'; };
  return at(number.end) == U'时' || (at(number.end) == U'分' && number.begin > 0 && at(number.begin - 1) == U'时');
}

std::set<std::u32string> figures(const Fold& f, FoldSpan s) {
  std::set<std::u32string> out;
  for (std::uint32_t i = s.begin; i < s.end; ++i) {
    std::uint32_t begin = i;
    while (i < f.size() && digit(f.units()[i])) ++i;
    if (i == begin) continue;
    while (begin > 0 && digit(f.units()[begin - 1])) --begin;
    if (!tells_hour(f, {begin, i})) out.insert(text(f, {begin, i}));
  }
  return out;
}

// Whether a figure of one is the other's, of so many digits.
bool share_figure(const std::set<std::u32string>& x, const std::set<std::u32string>& y, std::size_t digits) {
  return std::ranges::any_of(x, [&](const std::u32string& n) { return n.size() >= digits && y.contains(n); });
}

// The days between two reports.
std::optional<int> days_between_reports(const Corpus& corpus, std::uint32_t x, std::uint32_t y) {
  const Work &a = corpus.work(corpus.works[x]), &b = corpus.work(corpus.works[y]);
  if (a.kind != WorkKind::report || b.kind != WorkKind::report || !a.published.latest || !b.published.latest)
    return std::nullopt;
  return static_cast<int>(std::abs((on(*a.published.latest) - on(*b.published.latest)).count()));
}

// Where an answer differs: [begin, end) of the head, and what it has there.
struct Difference {
  FoldSpan of, has;
  bool open = false;  // at an end of the answer: nothing answers beyond
};

class Teller {
 public:
  Teller(const Corpus& corpus, std::uint32_t work, FoldSpan head, std::span<const Answer> answers,
         const ShareOf& share_of)
      : corpus_(corpus),
        work_(work),
        fold_(corpus.works[work].fold),
        head_(head),
        answers_(answers),
        share_of_(share_of) {}

  SeriesTold run() {
    SeriesTold out;
    out.told.assign(answers_.size(), Told::passage);
    for (std::uint32_t m = 0; m < answers_.size(); ++m) {
      at_.push_back(places(answers_[m]));
      differences_.push_back(differences(answers_[m]));
    }
    find_slots();
    std::vector<char> shown(slots_.size(), 0);
    std::vector<Weighed> weighed(answers_.size());
    std::vector<std::uint32_t> ritual(head_.size(), 0);  // how many answers of a series hold each letter
    for (std::uint32_t m = 0; m < answers_.size(); ++m) {
      if (answers_[m].marked) continue;
      Weighed& w = weighed[m] = weigh_answer(m);
      const bool cut = goes_on_otherwise(answers_[m]);
      if (w.other < std::max(w.same, 1U) && !(cut && w.other == 0)) continue;
      const bool all = w.told && w.same == 0 && w.other > 0;
      if (free_letters(m, w, {}, cut) >= (all ? kFreeTold : w.many ? kFree : kFreeOfTwo)) continue;
      out.told[m] = w.other > 0 ? Told::series : Told::fragment;
      for (const std::size_t s : w.slots) shown[s] = 1;
      if (w.other > 0)
        for (const EqualRun& r : answers_[m].equal)
          for (std::uint32_t i = r.a; i < r.a + r.length; ++i) ++ritual[i - head_.begin];
    }
    // What several of a series hold is its wording, also where an answer holds no slot.
    for (std::uint32_t m = 0; m < answers_.size(); ++m) {
      if (answers_[m].marked || out.told[m] != Told::passage) continue;
      const Weighed& w = weighed[m];
      std::uint32_t held = 0, all = 0;
      for (const EqualRun& r : answers_[m].equal)
        for (std::uint32_t i = r.a; i < r.a + r.length; ++i) ++all, held += ritual[i - head_.begin] >= kRitual;
      if (2 * held >= all && w.other >= w.same && free_letters(m, w, ritual, false) < kFree)
        out.told[m] = Told::series;
    }
    const CorpusWork& head = corpus_.works[work_];
    for (std::uint32_t m = 0; m < answers_.size(); ++m)
      if (out.told[m] == Told::passage && !answers_[m].marked && !says_the_same(answers_[m]) &&
          (tells_rites(corpus_.document(head), fold_, answers_[m].of) || is_form(m, weighed) ||
           another_state(m, weighed) ||
           ((yearly(m, weighed) || another_time(m, weighed)) &&
            tells_scenes(corpus_.document(head), fold_, answers_[m].of))))
        out.told[m] = Told::series;
    for (std::size_t s = 0; s < slots_.size(); ++s)
      if (shown[s]) out.slots.push_back(slots_[s].of);
    return out;
  }

 private:
  struct Slot {
    FoldSpan of;
    std::vector<std::optional<std::u32string>> values;  // of each answer, and of the head
    bool varied = false;     // nor in more than a third, but they are any words: a slot where nobody speaks
    bool many = false;       // no value stands in more than half
    std::vector<bool> told;  // of each answer: the days of the two texts tell it
  };

  struct Weighed {
    std::uint32_t same = 0, other = 0;  // slots in which it has the head's value, and another
    std::vector<std::size_t> slots;     // of the series, those it reaches
    std::vector<FoldSpan> days;         // of the head, that both keep and each states as its own
    bool many = false;                  // one of those slots has many values
    bool dated = false;                 // the days of the two texts tell one of them
    bool told = false;                  // in nobody's words
  };

  Weighed weigh_answer(std::uint32_t m) const {
    const Answer& a = answers_[m];
    Weighed w;
    const Voice mine = voice_of(corpus_, work_, a.of), theirs = voice_of(corpus_, a.work, a.span);
    w.told = mine.by == Voice::By::nothing && theirs.by == Voice::By::nothing;
    if (const auto here = day(work_), there = day(a.work); here && there) find_days(a, *here, *there, w);
    for (std::size_t s = 0; s < slots_.size(); ++s) {
      const Slot& slot = slots_[s];
      if (!slot.values[m]) continue;
      const bool equal = *slot.values[m] == *slot.values.back(), many = slot.many || (slot.varied && w.told);
      if (equal && std::any_of(w.days.begin(), w.days.end(),
                               [&](FoldSpan d) { return d.begin < slot.of.end && slot.of.begin < d.end; }))
        continue;
      const bool told = slot.told[m] || (w.told && counted(slot, m));
      if (equal ? many : many || told) {
        ++(equal ? w.same : w.other);
        w.many = w.many || (!equal && many);
        w.dated = w.dated || (!equal && told);
        w.slots.push_back(s);
      }
    }
    return w;
  }

  // Whether it is words of somebody's, letter by letter: 他指出，要…, however the reporter tells the occasion.
  bool says_the_same(const Answer& a) const {
    constexpr std::uint32_t kLeast = 16;
    std::uint32_t spoken = 0, same = 0;
    for (const Quotation& q : corpus_.work(corpus_.works[work_]).quotations) {
      if (q.depth > 0 || q.hearsay()) continue;
      const FoldSpan of = fold_.find(envelope(q.parts));
      const std::uint32_t begin = std::max(of.begin, a.of.begin), end = std::min(of.end, a.of.end);
      if (begin >= end) continue;
      spoken += end - begin;
      for (const EqualRun& r : a.equal) {
        const std::uint32_t from = std::max(begin, r.a), to = std::min(end, r.a + r.length);
        same += from < to ? to - from : 0;
      }
    }
    return spoken >= kLeast && 2 * spoken >= a.of.size() && same == spoken;
  }

  // The days between two reports that tell the answer in nobody's words.
  std::optional<int> days_apart(std::uint32_t m, const std::vector<Weighed>& weighed) const {
    if (answers_[m].marked || !weighed[m].told) return std::nullopt;
    return days_between_reports(corpus_, work_, answers_[m].work);
  }

  // Whether two reports tell it at two times, and no figure says that they mean one thing.
  bool another_time(std::uint32_t m, const std::vector<Weighed>& weighed) const {
    return days_apart(m, weighed).value_or(0) > kSeason && !keeps_figure(answers_[m]);
  }

  bool keeps_figure(const Answer& a) const {
    return std::ranges::any_of(a.equal, [&](const EqualRun& r) { return holds_figure({r.a, r.a + r.length}); });
  }
  // One of two digits or more, but 10, which counts flags and hours of anything.
  bool holds_figure(FoldSpan s) const {
    for (std::uint32_t i = s.begin; i < s.end; ++i) {
      const std::uint32_t begin = i;
      while (i < s.end && digit(fold_.units()[i])) ++i;
      if (i >= begin + 2 && !tells_hour(fold_, {begin, i}) && text(fold_, {begin, i}) != U"10") return true;
    }
    return false;
  }

  // Whether it is told at another time with none of the figures but others, and little beside them.
  bool another_state(std::uint32_t m, const std::vector<Weighed>& weighed) const {
    if (!another_time(m, weighed)) return false;
    const Answer& a = answers_[m];
    const auto mine = figures(fold_, a.of), theirs = figures(fold(a), a.span);
    if (mine.empty() || theirs.empty() || share_figure(mine, theirs, 1)) return false;
    Weighed with_figures = weighed[m];
    for (std::uint32_t i = a.of.begin; i < a.of.end; ++i)
      if (digit(fold_.units()[i])) with_figures.days.push_back({i, i + 1});
    return free_letters(m, with_figures, {}, false) < kFree;
  }
  // Whether two reports of an outlet at two times are one form filled in twice: much of each is the other's. What
  // another outlet prints is printed again.
  bool is_form(std::uint32_t m, const std::vector<Weighed>& weighed) const {
    constexpr double kForm = 0.4, kYearlyForm = 0.25;
    const int days = days_apart(m, weighed).value_or(0);
    if (days <= kSeason) return false;
    const std::uint32_t other = answers_[m].work;
    if (outlet(work_) != outlet(other)) return false;
    const double both = std::min(share_of_(work_, other), share_of_(other, work_));
    const bool season = std::abs(days - (days + kYear / 2) / kYear * kYear) <= kSeason;
    return both >= (season ? kYearlyForm : kForm) && (season || !keeps_figure(answers_[m]));
  }

  // Whether they tell it on about the same day of two years, and nothing else does between.
  bool yearly(std::uint32_t m, const std::vector<Weighed>& weighed) const {
    const auto years = [&](std::uint32_t k) -> std::optional<int> {
      const auto days = days_apart(k, weighed);
      if (!days || std::abs(*days - (*days + kYear / 2) / kYear * kYear) > kSeason) return std::nullopt;
      return (*days + kYear / 2) / kYear;
    };
    if (years(m).value_or(0) == 0) return false;
    const FoldSpan of = answers_[m].of;
    for (std::uint32_t k = 0; k < answers_.size(); ++k) {
      const std::uint32_t b = std::max(of.begin, answers_[k].of.begin), e = std::min(of.end, answers_[k].of.end);
      if (e > b && 2 * (e - b) >= of.size() && !years(k)) return false;
    }
    return true;
  }

  // What both keep, and each states of a time of its own: a day of the year, where they came out in two years; and
  // where nobody speaks 今天下午, 昨晚, 今年.
  void find_days(const Answer& a, const Date& here, const Date& there, Weighed& w) const {
    const bool years = here.year != there.year, days = std::abs((on(here) - on(there)).count()) > kReprinted;
    for (const EqualRun& r : a.equal)
      for (std::uint32_t i = r.a, last = r.a + r.length; i < last; ++i) {
        std::uint32_t end = years ? stated_day(i, last, here, there) : i;
        if (w.told && end == i && ((days && says(kDays, i, last)) || (years && says(kYears, i, last)))) end = i + 2;
        if (end == i) continue;
        ++w.other;
        w.days.push_back({i, end});
        i = end;
      }
  }

  bool says(std::span<const std::u32string_view> words, std::uint32_t at, std::uint32_t end) const {
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      if (at + word.size() > end) return false;
      for (std::uint32_t i = 0; i < word.size(); ++i)
        if (static_cast<char32_t>(fold_.units()[at + i]) != word[i]) return false;
      return true;
    });
  }

  // The longest stretch of whole clauses without a slot, in letters that the answer has too.
  std::uint32_t free_letters(std::uint32_t m, const Weighed& w, std::span<const std::uint32_t> ritual,
                             bool cut) const {
    const Answer& a = answers_[m];
    std::vector<char> bound(a.of.size(), 0);
    const auto bind = [&](FoldSpan of) {
      std::uint32_t b = of.begin, e = std::max(of.end, of.begin + 1);
      while (b > a.of.begin && !fold_.is_clause_edge(b)) --b;
      while (e < a.of.end && !fold_.is_clause_edge(e)) ++e;
      for (std::uint32_t i = std::max(b, a.of.begin); i < std::min(e, a.of.end); ++i) bound[i - a.of.begin] = 1;
    };
    for (const std::size_t s : w.slots) bind(slots_[s].of);
    for (const FoldSpan d : w.days) bind(d);
    // Where the day tells one figure of two texts, it tells what differs beside it.
    if (w.dated)
      for (const Difference& d : differences_[m])
        if (holds_digit(fold_, d.of) || holds_digit(fold(a), d.has)) bind(d.of);
    if (cut) bind({a.of.end - 1, a.of.end});
    std::uint32_t free = 0, longest = 0;
    for (const EqualRun& r : a.equal)
      for (std::uint32_t i = r.a; i < r.a + r.length; ++i) {
        if (bound[i - a.of.begin] || (!ritual.empty() && ritual[i - head_.begin] >= kRitual))
          free = 0;
        else
          longest = std::max(longest, ++free);
      }
    return longest;
  }

  static bool holds_digit(const Fold& f, FoldSpan s) { return std::ranges::any_of(f.units(s), digit); }

  // Both texts go on after it, within the clause, and otherwise.
  bool goes_on_otherwise(const Answer& a) const {
    const Fold& other = fold(a);
    if (!fold_.is_clause_edge(a.of.end) && !other.is_clause_edge(a.span.end)) return true;
    constexpr std::uint8_t kOver = Fold::sentence | Fold::paragraph;
    return ((fold_.gap(a.of.end) | other.gap(a.span.end)) & kOver) == 0 && digit(fold_.units()[a.of.end]) &&
           digit(other.units()[a.span.end]);
  }

  const Fold& fold(const Answer& a) const { return corpus_.works[a.work].fold; }

  // For each letter of the head that it answers to, where that letter stands in it.
  std::vector<std::uint32_t> places(const Answer& a) const {
    std::vector<std::uint32_t> out(a.of.size(), kNowhere);
    for (const EqualRun& r : a.equal)
      for (std::uint32_t i = 0; i < r.length; ++i) out[r.a + i - a.of.begin] = r.b + i;
    return out;
  }
  std::uint32_t at(std::uint32_t m, std::uint32_t i) const {
    const FoldSpan of = answers_[m].of;
    return i < of.begin || i >= of.end ? kNowhere : at_[m][i - of.begin];
  }

  std::vector<Difference> differences(const Answer& a) const {
    std::vector<Difference> out;
    const Fold& other = fold(a);
    // A figure differs as a whole.
    const auto whole = [&](Difference d, bool left, bool right) {
      const auto digits = [](const Fold& f, FoldSpan s) {
        const std::uint32_t b = s.begin == 0 ? 0 : s.begin - 1, e = std::min(s.end + 1, f.size());
        return std::any_of(f.units().begin() + b, f.units().begin() + e, digit);
      };
      if (!digits(fold_, d.of) && !digits(other, d.has)) return d;
      while (left && d.of.begin > a.of.begin && d.has.begin > a.span.begin &&
             figure(fold_.units()[d.of.begin - 1]) && figure(other.units()[d.has.begin - 1]))
        --d.of.begin, --d.has.begin;
      while (right && d.of.end < a.of.end && d.has.end < a.span.end && figure(fold_.units()[d.of.end]) &&
             figure(other.units()[d.has.end]))
        ++d.of.end, ++d.has.end;
      return d;
    };
    for (std::size_t i = 0; i + 1 < a.equal.size(); ++i) {
      const EqualRun &x = a.equal[i], &y = a.equal[i + 1];
      const FoldSpan of{x.a + x.length, y.a}, has{x.b + x.length, y.b};
      if (of.end < of.begin || has.end < has.begin) continue;
      out.push_back(whole({of, has, false}, true, true));
    }
    // A figure that only begins or ends alike stands at the answer's end.
    const EqualRun &first = a.equal.front(), &last = a.equal.back();
    Difference end{{last.a + last.length, std::max(last.a + last.length, a.of.end)},
                   {last.b + last.length, std::max(last.b + last.length, a.span.end)},
                   true};
    while (end.of.end < head_.end && digit(fold_.units()[end.of.end])) ++end.of.end;
    while (end.has.end < other.size() && digit(other.units()[end.has.end])) ++end.has.end;
    const bool after = !end.of.empty() || !end.has.empty(), both = !end.of.empty() && !end.has.empty();
    const bool cut = digit(fold_.units()[last.a + last.length - 1]);
    if (after && (both || cut)) out.push_back(whole(end, true, false));
    Difference start{{std::min(first.a, a.of.begin), first.a}, {std::min(first.b, a.span.begin), first.b}, true};
    while (start.of.begin > head_.begin && digit(fold_.units()[start.of.begin - 1])) --start.of.begin;
    while (start.has.begin > 0 && digit(other.units()[start.has.begin - 1])) --start.has.begin;
    const bool before = !start.of.empty() || !start.has.empty(), two = !start.of.empty() && !start.has.empty();
    if (before && (two || digit(fold_.units()[first.a]))) {
      while (start.of.end < head_.end && start.has.end < other.size() && figure(fold_.units()[start.of.end]) &&
             figure(other.units()[start.has.end]))
        ++start.of.end, ++start.has.end;
      out.push_back(start);
    }
    std::erase_if(out, [](const Difference& d) { return d.of.size() > kSlot || d.has.size() > kSlot; });
    return out;
  }

  void find_slots() {
    std::vector<FoldSpan> all;
    for (std::uint32_t m = 0; m < answers_.size(); ++m)
      if (!answers_[m].marked)
        for (const Difference& d : differences_[m]) all.push_back(d.of);
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size();) {
      FoldSpan of = all[i];
      std::size_t k = i + 1;
      while (k < all.size() && (all[k].begin < of.end || all[k].begin == of.begin ||
                                (all[k].begin == of.end && (all[k].empty() || of.empty()))))
        of.end = std::max(of.end, all[k++].end);
      if (of.size() <= kWide) weigh(of);
      i = k;
    }
  }

  void weigh(FoldSpan of) {
    Slot slot{of, {}, false, false, {}};
    std::map<std::u32string, std::size_t> count;
    std::size_t texts = 0;
    for (std::uint32_t m = 0; m <= answers_.size(); ++m) {
      slot.values.push_back(m < answers_.size() ? value(m, of) : text(fold_, of));
      if (m < answers_.size() && answers_[m].marked) continue;
      if (const auto& v = slot.values.back()) ++texts, ++count[*v];
    }
    std::size_t most = 0, worded = 0;
    bool figures = true;
    for (const auto& [v, n] : count) {
      most = std::max(most, n);
      worded += !v.empty();
      figures = figures && (v.empty() || std::any_of(v.begin(), v.end(), han::is_digit) ||
                            std::all_of(v.begin(), v.end(), numeral));
    }
    const std::size_t least = figures ? kFigures : kWords;
    slot.many = texts >= least && worded >= kFigures && most * 2 <= texts && (figures || named(slot));
    slot.varied = !slot.many && worded >= kFigures && texts >= kAnyWords && most * 3 <= texts;
    for (std::uint32_t m = 0; m < answers_.size(); ++m) slot.told.push_back(!answers_[m].marked && dated(slot, m));
    if (slot.many || slot.varied || figures ||
        std::find(slot.told.begin(), slot.told.end(), true) != slot.told.end())
      slots_.push_back(std::move(slot));
  }

  // Whether two values are figures that go with the days on which the texts came out: the day or the month itself,
  // the year, or what is counted by the year.
  bool dated(const Slot& slot, std::uint32_t m) const {
    if (!slot.values[m] || *slot.values[m] == *slot.values.back()) return false;
    const auto here = day(work_), there = day(answers_[m].work);
    if (!here || !there) return false;
    if (here->year != there->year && states(*slot.values.back(), here->year) &&
        states(*slot.values[m], there->year))
      return true;
    auto unit = slot.of.end < head_.end ? static_cast<char32_t>(fold_.units()[slot.of.end]) : U'\0';
    if (slot.of.begin > head_.begin && static_cast<char32_t>(fold_.units()[slot.of.begin - 1]) == U'第')
      unit = U'届';
    const auto mine = calendar(*slot.values.back(), unit), theirs = calendar(*slot.values[m], unit);
    if (!mine || !theirs) return false;
    const auto late = [](const Calendar& has, const Date& out) {  // how many days, or months, before it came out
      if (has.day > 0) return has.month > 0 && has.month != out.month ? 99 : out.day - has.day;
      if (has.month > 0) return (out.month - has.month + 12) % 12;
      return 99;
    };
    if (mine->day > 0 || mine->month > 0) {
      const int x = late(*mine, *here), y = late(*theirs, *there);
      const bool as_month = mine->day == 0 && theirs->day == 0;
      return as_month ? x == y && x <= 2 : x >= 0 && x <= 2 && y >= 0 && y <= 2;
    }
    return mine->count > 0 && theirs->count > 0 && there->year != here->year &&
           there->year - here->year == theirs->count - mine->count;
  }

  // Whether two values count what comes one after the other: 第二轮, 第三轮.
  bool counted(const Slot& slot, std::uint32_t m) const {
    const auto ordinal = [](const std::u32string& value) {
      return !value.empty() && std::ranges::all_of(value, numeral);
    };
    return *slot.values[m] != *slot.values.back() && ordinal(*slot.values[m]) && ordinal(*slot.values.back()) &&
           slot.of.begin > head_.begin && static_cast<char32_t>(fold_.units()[slot.of.begin - 1]) == U'第' &&
           slot.of.end < head_.end &&
           std::u32string_view(U"轮次届季期批场号").find(static_cast<char32_t>(fold_.units()[slot.of.end])) !=
               std::u32string_view::npos;
  }

  // A year, and no other figure.
  static bool states(const std::u32string& value, int year) {
    std::u32string digits;
    std::copy_if(value.begin(), value.end(), std::back_inserter(digits), han::is_digit);
    return to_utf8(digits) == std::to_string(year);
  }

  // Where a day of a month begins at i that both dates could state of themselves, its end; else i.
  std::uint32_t stated_day(std::uint32_t i, std::uint32_t end, const Date& here, const Date& there) const {
    const auto unit = [&](std::uint32_t k) { return k < end ? static_cast<char32_t>(fold_.units()[k]) : U'\0'; };
    if (!han::is_digit(unit(i)) || (i > head_.begin && figure(fold_.units()[i - 1]))) return i;
    int month = 0, value = 0;
    for (std::uint32_t k = i; k < std::min(end, i + 6); ++k) {
      const char32_t c = unit(k);
      if (han::is_digit(c)) {
        value = value * 10 + static_cast<int>(c - U'0');
      } else if (c == U'月' && month == 0) {
        month = value;
        value = 0;
      } else {
        const auto states = [&](const Date& out) {
          return (month == 0 || month == out.month) && value <= out.day + 1 && value + 2 >= out.day;
        };
        return c == U'日' && value > 0 && states(here) && states(there) ? k + 1 : i;
      }
    }
    return i;
  }

  struct Calendar {
    int month = 0, day = 0, count = 0;
  };
  static std::optional<Calendar> calendar(std::u32string value, char32_t unit) {
    Calendar out;
    std::u32string last;
    value += unit;
    bool any = false;
    for (const char32_t c : value) {
      if (numeral(c)) {
        last += c;
        continue;
      }
      const auto n = number(last);
      if (!n) {
        if (!last.empty()) return std::nullopt;
        continue;
      }
      last.clear();
      any = true;
      if (c == U'月')
        out.month = *n;
      else if (c == U'日')
        out.day = *n;
      else if (std::u32string_view(U"年届次周期").find(c) != std::u32string_view::npos)
        out.count = *n;
      else
        return std::nullopt;
    }
    if (!any) return std::nullopt;
    return out;
  }

  const std::string& outlet(std::uint32_t work) const { return corpus_.work(corpus_.works[work]).outlet; }
  std::optional<Date> day(std::uint32_t work) const { return corpus_.work(corpus_.works[work]).published.latest; }

  // Up to four digits, or up to 99 in words.
  static std::optional<int> number(const std::u32string& text) {
    if (text.empty() || text.size() > 4) return std::nullopt;
    int out = 0, current = 0;
    bool tens = false;
    for (const char32_t c : text) {
      const std::size_t at = std::u32string_view(U"〇一二三四五六七八九").find(c);
      if (han::is_digit(c) && !tens)
        current = current * 10 + static_cast<int>(c - U'0');
      else if (at != std::u32string_view::npos)
        current = current * (tens ? 0 : 10) + static_cast<int>(at);
      else if (c == U'十' && !tens)
        out = (current == 0 ? 1 : current) * 10, current = 0, tens = true;
      else
        return std::nullopt;
    }
    return out + current;
  }

  // Values that are what their texts are about: of most, a part stands again in their own text and nowhere in the
  // head's. A word that a sentence was given instead of another stands here and there in any text.
  bool named(const Slot& slot) const {
    const std::u32string& mine = *slot.values.back();
    std::size_t names = 0, others = 0;
    for (std::uint32_t m = 0; m < answers_.size(); ++m) {
      if (answers_[m].marked || !slot.values[m] || *slot.values[m] == mine) continue;
      ++others;
      names += topic(*slot.values[m], slot.of, fold(answers_[m]), fold_) &&
               (mine.empty() || topic(mine, slot.of, fold_, fold(answers_[m])));
    }
    return names >= 2 && names * 2 > others;
  }

  // One letter is a name with the letter after it: 乌方.
  bool topic(std::u32string value, FoldSpan of, const Fold& own, const Fold& other) const {
    if (value.size() == 1 && of.end < head_.end) value += static_cast<char32_t>(fold_.units()[of.end]);
    if (value.size() == 1) return times(own, value) >= 2 && times(other, value) == 0;
    for (std::size_t i = 0; i + 1 < value.size(); ++i) {
      const std::u32string pair = value.substr(i, 2);
      if (times(own, pair) >= 2 && times(other, pair) == 0) return true;
    }
    return false;
  }

  static std::size_t times(const Fold& f, const std::u32string& text) {
    if (text.empty()) return 0;
    std::size_t n = 0;
    const auto units = f.units();
    for (auto at = units.begin();; ++at) {
      at = std::search(at, units.end(), text.begin(), text.end(),
                       [](Unit u, char32_t c) { return static_cast<char32_t>(u) == c; });
      if (at == units.end() || n == 2) return n;
      ++n;
    }
  }

  // What an answer has there, where it holds what stands beside.
  std::optional<std::u32string> value(std::uint32_t m, FoldSpan of) const {
    const Answer& a = answers_[m];
    std::uint32_t begin = of.begin > head_.begin ? at(m, of.begin - 1) : kNowhere,
                  end = of.end < head_.end ? at(m, of.end) : kNowhere;
    if (begin != kNowhere) ++begin;
    for (const Difference& d : differences_[m])
      if (d.open && of.begin <= d.of.begin && d.of.end <= of.end) {
        if (begin == kNowhere) begin = d.has.begin;
        if (end == kNowhere) end = d.has.end;
      }
    if (begin == kNowhere || end == kNowhere || end < begin || end - begin > kWide) return std::nullopt;
    return text(fold(a), {begin, end});
  }

  const Corpus& corpus_;
  std::uint32_t work_;
  const Fold& fold_;
  FoldSpan head_;
  std::span<const Answer> answers_;
  const ShareOf& share_of_;
  std::vector<std::vector<std::uint32_t>> at_;
  std::vector<std::vector<Difference>> differences_;
  std::vector<Slot> slots_;
};

}  // namespace

SeriesTold tell_series(const Corpus& corpus, std::uint32_t work, FoldSpan head, std::span<const Answer> answers,
                       const ShareOf& share_of) {
  return Teller(corpus, work, head, answers, share_of).run();
}

bool tell_another_time(const Corpus& corpus, std::uint32_t work, FoldSpan of, std::uint32_t other, FoldSpan span) {
  const auto nobodys = [&](std::uint32_t w, FoldSpan place) {
    return voice_of(corpus, w, place).by == Voice::By::nothing;
  };
  return days_between_reports(corpus, work, other).value_or(0) > kSeason &&
         !share_figure(figures(corpus.works[work].fold, of), figures(corpus.works[other].fold, span), 2) &&
         nobodys(work, of) && nobodys(other, span);
}

}  // namespace suyuan
