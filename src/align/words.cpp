// The lexicons that decide what an edit's words say.
#include "align/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"
#include "suyuan/base.hpp"

namespace suyuan::words {

namespace {

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
constexpr char32_t kName = 0xE000, kSay = 0xE001;  // private use: a person's name, a verb of saying

std::optional<long long> digit(char32_t c) {
  if (c == U'零' || c == U'○') c = U'〇';
  if (c == U'两') c = U'二';
  if (c >= U'0' && c <= U'9') return static_cast<long long>(c - U'0');
  const std::size_t at = kDigits.find(c);
  if (at == std::u32string_view::npos) return std::nullopt;
  return static_cast<long long>(at);
}

// Without a sign of percent. Nothing where it is finer than a thousandth, or where letters in a row may mean
// several numbers: 二三十 is about twenty or thirty, 二千三 what is said for 2300.
std::optional<long long> thousandths(std::u32string_view text) {
  static const std::map<char32_t, long long> kUnits{
      {U'十', 10}, {U'百', 100}, {U'千', 1000}, {U'万', 10000}, {U'亿', 100000000}};
  constexpr long long kTooLarge = 1'000'000'000'000LL, kTooLargeInAll = 1000 * kTooLarge;
  long long total = 0, section = 0, current = 0, fraction = 0;
  bool has_digit = false, places = false, point = false;
  std::size_t in_a_row = 0;  // digits in Han without a zero
  long long last_unit = 1, last_large = 0;
  for (const char32_t c : text) {
    if (const auto d = digit(c)) {
      if (point) {
        if (fraction == 0) return std::nullopt;
        current += *d * fraction;
        fraction /= 10;
      } else {
        current = places && !has_digit ? *d * 1000 : current * 10 + *d * 1000;
      }
      has_digit = true;
      in_a_row = *d == 0 || han::is_digit(c) ? 0 : in_a_row + 1;
      if (*d == 0) last_unit = 1;
    } else if ((c == U'.' || c == U'点') && has_digit && !point) {
      point = true;
      fraction = 100;
    } else if (const auto unit = kUnits.find(c); unit != kUnits.end()) {
      if (in_a_row > 1 && !point) return std::nullopt;
      if (!has_digit && places && unit->second < 10000 && last_unit > 1) return std::nullopt;  // 千百
      in_a_row = 0;
      last_unit = unit->second;
      if (unit->second >= 10000) {
        // 一亿五千万 is not (一亿 and 五千) times 万.
        const long long larger = unit->second < last_large ? total : 0;
        last_large = unit->second;
        const long long before = has_digit || places ? total - larger + section + current : 1000;
        if (before > kTooLargeInAll * 1000 / unit->second) return std::nullopt;
        total = larger + before * unit->second;
        section = 0;
      } else {
        section += (has_digit ? current : 1000) * unit->second;
      }
      current = 0;
      has_digit = point = false;
      places = true;
    } else {
      return std::nullopt;
    }
    if (total > kTooLargeInAll * 1000 || section > kTooLarge || current > kTooLarge * 10) return std::nullopt;
  }
  if (text.empty() || (in_a_row == 1 && last_unit > 10 && !point)) return std::nullopt;
  // 三四, 七八, 三五: about so many.
  if (text.size() == 2 && in_a_row == 2 && !point)
    if (const auto a = digit(text[0]), b = digit(text[1]); *b == *a + 1 || (*a == 3 && *b == 5))
      return std::nullopt;
  return total + section + current;
}

// Which letters a text has, many in one bit: a word has none that the text around it has not.
std::uint64_t letters_of(std::u32string_view text) {
  std::uint64_t out = 0;
  for (const char32_t c : text) out |= std::uint64_t{1} << (c % 64);
  return out;
}

struct Word {
  std::u32string text;
  std::uint64_t letters;
  bool may_stand_in(std::uint64_t others) const { return (letters & ~others) == 0; }
};

struct Lexicon {
  std::vector<Word> neutral, words, negations;
  std::vector<std::pair<Word, Word>> contraries;
  std::u32string surnames, numerals, relations;
  std::vector<std::pair<std::u32string, std::u32string>> reporting;
  std::vector<std::u32string> verbs;

  static std::pair<Word, Word> both(const std::u32string& words) {
    const std::size_t space = words.find(U' ');
    const std::u32string a = words.substr(0, space), b = words.substr(space + 1);
    return {{a, letters_of(a)}, {b, letters_of(b)}};
  }

  Lexicon() {
    for (const auto& row : data::rows(data::sensitive())) {
      const std::u32string word = from_utf8(row.at(1));
      if (row[0] == "neutral")
        neutral.push_back({word, letters_of(word)});
      else if (row[0] == "contrary")
        contraries.push_back(both(word));
      else if (row[0] == "surname")
        surnames += word;
      else if (row[0] == "numeral")
        numerals += word;
      else if (row[0] == "relation")
        relations += word;
      else
        words.push_back({word, letters_of(word)});
      if (row[0] == "negation") negations.push_back({word, letters_of(word)});
    }
    const auto longer = [](const Word& a, const Word& b) { return a.text.size() > b.text.size(); };
    std::stable_sort(neutral.begin(), neutral.end(), longer);
    for (const auto& row : data::rows(data::introducers())) verbs.push_back(from_utf8(row[0]));
    const auto pattern = [](std::string_view s) {
      std::u32string out = s == "-" ? std::u32string() : from_utf8(s);
      for (const auto& [word, sign] : {std::pair{std::u32string_view(U"NAME"), kName}, {U"SAY", kSay}})
        for (std::size_t at; (at = out.find(word)) != out.npos;) out.replace(at, word.size(), 1, sign);
      return out;
    };
    for (const auto& row : data::rows(data::reporting()))
      reporting.emplace_back(pattern(row.at(0)), pattern(row.at(1)));
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

bool is_name(std::u32string_view text) {
  return text.size() >= 2 && text.size() <= 4 && lexicon().surnames.find(text[0]) != std::u32string::npos &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return han::is_han(c); });
}

bool matches(std::u32string_view pattern, std::u32string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == kName) {
    for (std::size_t n = 2; n <= std::min<std::size_t>(4, text.size()); ++n)
      if (is_name(text.substr(0, n)) && matches(pattern.substr(1), text.substr(n))) return true;
    return false;
  }
  if (pattern[0] == kSay)
    return std::any_of(lexicon().verbs.begin(), lexicon().verbs.end(), [&](const std::u32string& verb) {
      return text.substr(0, verb.size()) == verb && matches(pattern.substr(1), text.substr(verb.size()));
    });
  return !text.empty() && text[0] == pattern[0] && matches(pattern.substr(1), text.substr(1));
}

// Whether the text at `i` is a sign that belongs to a number.
bool numeric(std::u32string_view text, std::size_t i) {
  const char32_t c = text[i];
  if (han::is_digit(c) || lexicon().numerals.find(c) != std::u32string::npos) return true;
  return c == U'.' && i > 0 && i + 1 < text.size() && han::is_digit(text[i - 1]) && han::is_digit(text[i + 1]);
}

std::size_t count(std::u32string_view text, std::u32string_view word) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(word, at)) != text.npos; at += word.size()) ++n;
  return n;
}

}  // namespace

std::optional<Number> number(std::u32string_view text) {
  long long of = 1;  // hundred, thousand: a share of it
  for (const auto& [words, sign, parts] :
       {std::tuple(std::u32string_view(U"百分之"), U'%', 100), {std::u32string_view(U"千分之"), U'‰', 1000}}) {
    if (text.substr(0, words.size()) == words) {
      of = parts;
      text.remove_prefix(words.size());
    } else if (of == 1 && !text.empty() && text.back() == sign) {
      of = parts;
      text.remove_suffix(1);
    }
  }
  const auto value = thousandths(text);
  if (!value || (of == 1000 && *value % 10 != 0)) return std::nullopt;
  return Number{of == 1000 ? *value / 10 : *value, of > 1};
}

std::optional<std::vector<Number>> numbers(std::u32string_view text) {
  constexpr std::u32string_view kParts = U"年月日号时分秒至到";  // of a date, an hour or a range
  std::vector<Number> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && kParts.find(text[end]) == kParts.npos) ++end;
    if (text.substr(at, 3) == U"百分之" || text.substr(at, 3) == U"千分之")  // 分 is no minute there
      end = std::min(text.size(), text.find_first_of(kParts, at + 3));
    if (end > at) {
      const auto n = number(text.substr(at, end - at));
      if (!n) return std::nullopt;
      out.push_back(*n);
    }
    at = end;
    if (at < text.size()) {
      const char32_t part = text[at++];
      out.push_back({-static_cast<long long>(part == U'到' ? U'至' : part), false});
    }
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

bool sensitive(std::u32string_view before, std::u32string_view from, std::u32string_view to,
               std::u32string_view after) {
  const std::uint64_t letters = letters_of(before) | letters_of(from) | letters_of(to) | letters_of(after);
  const auto told = [&](std::u32string_view middle, bool whole) {
    std::u32string text(before);
    text += middle;
    text += after;
    const std::size_t end = before.size() + middle.size();
    // 不断 that loses 不 or 断 says something else: a negation counts too where the edit cuts its word in two.
    const auto cut = [&](std::size_t at, const std::u32string& word) {
      const bool inside = before.size() <= at && at + word.size() <= end;
      const bool outside = at + word.size() <= before.size() || end <= at;
      return !inside && !outside &&
             std::any_of(lexicon().negations.begin(), lexicon().negations.end(),
                         [&](const Word& n) { return word.starts_with(n.text); });
    };
    for (const Word& w : lexicon().neutral)
      if (const std::u32string& word = w.text; w.may_stand_in(letters))
        for (std::size_t at = 0; (at = text.find(word, at)) != text.npos; ++at)
          if (whole || !cut(at, word)) text.replace(at, word.size(), word.size(), U'\0');
    return text;
  };
  const std::u32string x = told(from, true), y = told(to, true);
  const auto differ = [&](const Word& word, const std::u32string& a, const std::u32string& b) {
    return word.may_stand_in(letters) && count(a, word.text) != count(b, word.text);
  };
  for (const Word& word : lexicon().words)
    if (differ(word, x, y)) return true;
  for (const auto& [a, b] : lexicon().contraries) {
    if (!a.may_stand_in(letters) || !b.may_stand_in(letters)) continue;
    const std::size_t xa = count(x, a.text), ya = count(y, a.text), xb = count(x, b.text), yb = count(y, b.text);
    if ((xa > ya && xb < yb) || (xa < ya && xb > yb)) return true;
  }
  const std::u32string x_cut = told(from, false), y_cut = told(to, false);
  for (const Word& word : lexicon().negations)
    if (differ(word, x_cut, y_cut)) return true;
  const auto numerals = [](const std::u32string& s) {
    std::u32string out;
    for (std::size_t i = 0; i < s.size(); ++i)
      if (numeric(s, i)) out += s[i];
    return out;
  };
  return numerals(x) != numerals(y) || (from != to && is_name(from) && is_name(to));
}

bool relates(std::u32string_view text) { return text.find_first_of(lexicon().relations) != text.npos; }

bool turned(std::u32string_view from, std::u32string_view to) {
  constexpr std::size_t kLongest = 8;  // letters
  if (from == to || from.size() != to.size() || from.size() < 3 || from.size() > kLongest) return false;
  if (!relates(from.substr(1, from.size() - 2))) return false;
  return std::ranges::is_permutation(from, to);
}

bool reporting(std::u32string_view from, std::u32string_view to) {
  return std::any_of(lexicon().reporting.begin(), lexicon().reporting.end(), [&](const auto& pair) {
    return (matches(pair.first, from) && matches(pair.second, to)) ||
           (matches(pair.first, to) && matches(pair.second, from));
  });
}

std::optional<int> years_ago(std::u32string_view text) {
  if (!text.empty() && text.back() == U'年') text.remove_suffix(1);
  if (text == U"今") return 0;
  if (text == U"去") return 1;
  if (text == U"前") return 2;
  if (text == U"明") return -1;
  return std::nullopt;
}

bool enumerates(std::u32string_view text) {
  if (!text.empty() && text.front() == U'第') text.remove_prefix(1);
  if (text.size() > 1 && text.back() == U'是') text.remove_suffix(1);
  return !text.empty() && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return c == U'十' || digit(c); });
}

namespace {

// The shapes of each letter, by letter; asked for every pair of letters that differ.
class Shapes {
 public:
  struct Shape {
    std::uint32_t shape;
    int strokes;
  };
  Shapes() {
    std::map<char32_t, std::vector<Shape>> all;
    std::unordered_map<std::string_view, std::uint32_t> names;
    for (const auto& row : data::rows(data::lookalikes())) {
      const auto name = static_cast<std::uint32_t>(names.size());
      const std::uint32_t shape = names.try_emplace(row.at(0), name).first->second;
      for (const char32_t c : from_utf8(row.at(2))) all[c].push_back({shape, std::stoi(std::string(row.at(1)))});
    }
    begins_.assign((all.empty() ? 0 : all.rbegin()->first) + 2, 0);
    for (const auto& [c, shapes] : all) begins_[c + 1] = static_cast<std::uint32_t>(shapes.size());
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    for (const auto& [c, shapes] : all) shapes_.insert(shapes_.end(), shapes.begin(), shapes.end());
  }
  std::span<const Shape> of(char32_t c) const {
    if (c >= begins_.size() - 1) return {};
    return std::span(shapes_).subspan(begins_[c], begins_[c + 1] - begins_[c]);
  }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<Shape> shapes_;
};

}  // namespace

bool look_alike(char32_t a, char32_t b) {
  static const Shapes kShapes;
  if (a == b) return false;
  for (const Shapes::Shape& s : kShapes.of(a))
    for (const Shapes::Shape& t : kShapes.of(b))
      if (s.shape == t.shape && std::abs(s.strokes - t.strokes) <= 1) return true;
  return false;
}

}  // namespace suyuan::words
