// The frame of a report stays the same where what it tells of is another meeting or another country.
#include "chain/events.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"
#include "suyuan/align.hpp"

namespace suyuan {

namespace {

using View = std::u32string_view;

constexpr std::uint32_t kName = 2, kLongest = 12;  // letters of a name that another replaces

bool is_numeral(char32_t c) { return han::is_digit(c) || View(U"一二三四五六七八九十百").find(c) != View::npos; }

// Names of places, each with its number: states and provinces count apart.
class Places {
 public:
  enum Kind : std::uint8_t { state, province };
  struct Named {
    std::set<std::uint32_t> of[2];
  };

  Places() {
    std::uint32_t number = 0;
    for (const auto& row : data::rows(data::places())) {
      const Kind kind = row[0] == "province" ? province : state;
      const std::u32string names = from_utf8(row.at(1));
      for (std::size_t from = 0; from < names.size();) {
        const std::size_t to = std::min(names.find(U' ', from), names.size());
        names_[names.substr(from, to - from)] = {row[0] == "none", kind, number};
        longest_ = std::max(longest_, to - from);
        from = to + 1;
      }
      if (row.size() > 2 && !row[2].empty()) letters_[from_utf8(row[2]).front()].push_back(number);
      ++number;
    }
  }

  Named in(View text) const {
    Named out;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t size = std::min(longest_, text.size() - i);
      auto at = names_.end();
      for (; size >= kName && at == names_.end(); --size) at = names_.find(std::u32string(text.substr(i, size)));
      if (at != names_.end()) {
        if (!at->second.none) out.of[at->second.kind].insert(at->second.number);
        i += size + 1;
        continue;
      }
      if (const auto sign = letters_.find(text[i]); sign != letters_.end() && stands_for(text, i))
        out.of[state].insert(sign->second.begin(), sign->second.end());
      ++i;
    }
    return out;
  }

 private:
  // 中法两国, 法方.
  static bool stands_for(View text, std::size_t i) {
    constexpr View kWith[]{U"两国", U"关系", U"双方", U"友好", U"合作", U"建交", U"人民", U"伙伴",
                           U"经贸", U"战略", U"企业", U"元首", U"传统", U"友谊", U"人文", U"命运"};
    constexpr View kOther = U"便式法向面案针位圆略程";
    const View behind = text.substr(i + 1, 2);
    if (i > 0 && text[i - 1] == U'中') return std::ranges::find(kWith, behind) != std::end(kWith);
    return !behind.empty() && behind[0] == U'方' && (i == 0 || !is_numeral(text[i - 1])) &&
           (behind.size() < 2 || kOther.find(behind[1]) == View::npos);
  }

  struct Place {
    bool none = false;
    Kind kind = state;
    std::uint32_t number = 0;
  };
  std::unordered_map<std::u32string, Place> names_;
  std::unordered_map<char32_t, std::vector<std::uint32_t>> letters_;
  std::size_t longest_ = 0;
};
const Places& places() {
  static const Places kPlaces;
  return kPlaces;
}

class Frame {
 public:
  Frame(const Corpus& corpus, std::uint32_t work, FoldSpan of, std::uint32_t other, FoldSpan place)
      : here_(corpus.works[work].fold),
        there_(corpus.works[other].fold),
        mine_(text_of(corpus.document(corpus.works[work]), here_, of)),
        theirs_(text_of(corpus.document(corpus.works[other]), there_, place)),
        runs_(align_pair(here_, of, there_, place)) {}

  // 第十一次 for 第十七次, or twice one name for another.
  bool other_names() const {
    std::map<std::pair<std::u32string, std::u32string>, int> names;
    for (std::size_t i = 1; i < runs_.size(); ++i) {
      const auto [a, b] = gap(i);
      if (a.empty() && b.empty()) continue;
      const FoldSpan x = whole(here_, a), y = whole(there_, b);
      if (ordinal(here_, x) && ordinal(there_, y) &&
          han::is_digit(letter(here_, x.begin)) == han::is_digit(letter(there_, y.begin)))
        return true;
      if (std::min(a.size(), b.size()) < kName || std::max(a.size(), b.size()) > kLongest) continue;
      const std::u32string mine = words(here_, a), other = words(there_, b);
      constexpr View kSay[]{U"强调", U"指出", U"认为", U"表示", U"要求", U"提出"};  // 文章强调 for 会议强调
      if (mine.find_first_of(other) != mine.npos || std::ranges::any_of(kSay, [&](View say) {
            return words(here_, {a.end, std::min(a.end + 2, here_.size())}) == say;
          }))
        continue;
      if (++names[{mine, other}] > 1) return true;
    }
    return false;
  }

  bool other_places() const {
    const Places::Named mine = places().in(mine_), theirs = places().in(theirs_);
    for (int kind = 0; kind < 2; ++kind) {
      const auto &x = mine.of[kind], &y = theirs.of[kind];
      if (!x.empty() && !y.empty() && std::ranges::none_of(x, [&](std::uint32_t n) { return y.contains(n); }))
        return true;
    }
    return false;
  }

 private:
  static char32_t letter(const Fold& fold, std::uint32_t i) { return static_cast<char32_t>(fold.units()[i]); }
  static std::u32string words(const Fold& fold, FoldSpan s) {
    std::u32string out;
    for (const Unit u : fold.units(s)) out += static_cast<char32_t>(u);
    return out;
  }
  static std::u32string text_of(const Document& document, const Fold& fold, FoldSpan s) {
    std::u32string out;
    for (std::uint32_t i = s.begin; i < s.end; ++i)
      out += han::script_class(han::plain(document.text[fold.origin(i)]));
    return out;
  }
  std::pair<FoldSpan, FoldSpan> gap(std::size_t i) const {
    const EqualRun &before = runs_[i - 1], &behind = runs_[i];
    return {{before.a + before.length, behind.a}, {before.b + before.length, behind.b}};
  }
  // With all of the number that stands there: 第十一 and 第十七 share letters.
  static FoldSpan whole(const Fold& fold, FoldSpan s) {
    while (s.begin > 0 && is_numeral(letter(fold, s.begin - 1))) --s.begin;
    while (s.end < fold.size() && is_numeral(letter(fold, s.end))) ++s.end;
    return s;
  }
  static bool ordinal(const Fold& fold, FoldSpan s) {
    return !s.empty() && s.begin > 0 && letter(fold, s.begin - 1) == U'第' &&
           std::ranges::all_of(fold.units(s), [](Unit u) { return is_numeral(static_cast<char32_t>(u)); });
  }
  const Fold &here_, &there_;
  std::u32string mine_, theirs_;
  std::vector<EqualRun> runs_;
};

}  // namespace

bool tells_another_event(const Corpus& corpus, std::uint32_t work, FoldSpan of, std::uint32_t other,
                         FoldSpan place) {
  const Frame frame(corpus, work, of, other, place);
  return frame.other_names() || frame.other_places();
}

}  // namespace suyuan
