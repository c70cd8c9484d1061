#include "verify/context.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "align/words.hpp"
#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/lexicon.hpp"

namespace suyuan {

namespace {

std::vector<std::u32string> parted(std::u32string_view words) {
  std::vector<std::u32string> out;
  for (std::size_t end; !words.empty(); words.remove_prefix(std::min(words.size(), end + 1))) {
    end = std::min(words.size(), words.find(U' '));
    out.emplace_back(words.substr(0, end));
  }
  return out;
}

struct Lexicon {
  std::vector<std::u32string> before, after, verdict, turn, unless, concession, neutral, negations, between,
      condition, condition_end, circumstance_end, quoter, apart, statement, topic, open_end, consequence;

  std::vector<std::vector<std::u32string>> bounds, wishes;  // what says the same together

  Lexicon() {
    const std::map<std::string_view, std::vector<std::u32string>*> lists{{"before", &before},
                                                                         {"after", &after},
                                                                         {"verdict", &verdict},
                                                                         {"turn", &turn},
                                                                         {"unless", &unless},
                                                                         {"concession", &concession},
                                                                         {"neutral", &neutral},
                                                                         {"between", &between},
                                                                         {"condition", &condition},
                                                                         {"consequence", &consequence},
                                                                         {"statement", &statement},
                                                                         {"condition-end", &condition_end},
                                                                         {"open-end", &open_end},
                                                                         {"apart", &apart},
                                                                         {"circumstance-end", &circumstance_end},
                                                                         {"quoter", &quoter},
                                                                         {"topic", &topic}};
    for (const auto& row : data::rows(data::context()))
      if (const auto list = lists.find(row.at(1)); list != lists.end())
        list->second->push_back(from_utf8(row[0]));
      else if (row[1] == "bound" || row[1] == "wish")
        (row[1] == "bound" ? bounds : wishes).push_back(parted(from_utf8(row[0])));
    for (const auto& row : data::rows(data::sensitive())) {
      if (row[0] == "neutral") neutral.push_back(from_utf8(row.at(1)));
      if (row[0] == "negation") negations.push_back(from_utf8(row.at(1)));
    }
    const auto longer = [](const std::u32string& a, const std::u32string& b) { return a.size() > b.size(); };
    for (auto* list : {&before, &after, &verdict, &turn, &unless, &concession, &neutral, &between, &condition,
                       &condition_end, &apart})
      std::stable_sort(list->begin(), list->end(), longer);
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

bool begins_neutral(std::u32string_view text) {
  return std::any_of(lexicon().neutral.begin(), lexicon().neutral.end(),
                     [&](const std::u32string& n) { return text.starts_with(n); });
}

std::u32string beginning(std::u32string_view text, const std::vector<std::u32string>& words,
                         std::size_t least = 1) {
  for (const std::u32string& w : words)
    if (w.size() >= least && text.starts_with(w) && !begins_neutral(text)) return w;
  return {};
}

std::u32string ending(std::u32string_view text, const std::vector<std::u32string>& words) {
  for (const std::u32string& w : words)
    if (text.ends_with(w)) return w;
  return {};
}

// The row of which a word ends a text, and the longest such word; in a base's text those before | alone.
std::pair<const std::vector<std::u32string>*, std::size_t> row_ending(
    std::u32string_view text, const std::vector<std::vector<std::u32string>>& rows, bool of_base) {
  std::pair<const std::vector<std::u32string>*, std::size_t> out{nullptr, 0};
  for (const auto& row : rows)
    for (const std::u32string& w : row) {
      if (of_base && w == U"|") break;
      if (w.size() > out.second && text.ends_with(w)) out = {&row, w.size()};
    }
  return out;
}

// Whether a text begins with a number: 14亿, 三成, and not 百姓.
bool begins_number(std::u32string_view text) {
  constexpr std::u32string_view kUnits = U"成倍年个月天周次名人位亿万千百余多项家座吨米元里";
  return !text.empty() &&
         (han::is_digit(text[0]) || (text.size() > 1 && words::in_number(text[0]) &&
                                     (words::in_number(text[1]) || kUnits.find(text[1]) != kUnits.npos)));
}

// Without the words that may stand between: 不是(要), 不能(只).
std::u32string without_between(std::u32string text) {
  constexpr int kMost = 2;
  for (int n = 0; n < kMost; ++n) {
    const std::u32string word = ending(text, lexicon().between);
    if (word.empty() || !ending(text, lexicon().before).empty()) break;
    text.resize(text.size() - word.size());
  }
  return text;
}

// Whether the word of so many letters that ends `text` is part of a neutral one, alone or with what stands behind
// it in `all`: 无不, 不(仅). One that the border cuts in two is not: 不|断.
bool ends_neutral(const std::u32string& text, std::size_t word, const std::u32string& all) {
  return std::any_of(lexicon().neutral.begin(), lexicon().neutral.end(), [&](const std::u32string& n) {
    for (std::size_t at = 0; (at = all.find(n, at)) != all.npos; ++at)
      if (at <= text.size() - word && at + n.size() >= text.size()) return true;
    return false;
  });
}

// Neutral words struck out.
std::u32string without_neutral(std::u32string text) {
  for (const std::u32string& n : lexicon().neutral)
    for (std::size_t at = 0; (at = text.find(n, at)) != text.npos; ++at)
      text.replace(at, n.size(), n.size(), U'\0');
  return text;
}

bool holds(std::u32string_view text, const std::vector<std::u32string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::u32string& w) { return text.find(w) != text.npos; });
}

bool denies(const std::u32string& text) { return holds(without_neutral(text), lexicon().negations); }

// Whether a clause denies something of what is said: 津贴已经发到手了，但三座林场没有发齐.
bool denies_again(const std::u32string& clause, std::u32string_view said) {
  constexpr std::size_t kReach = 4;  // letters from the negation to what is denied
  constexpr std::u32string_view kCommon = U"的了是有在和与也还就都不没未能要会到得着过个一";
  const std::u32string text = without_neutral(clause);
  for (const std::u32string& n : lexicon().negations)
    for (std::size_t at = text.find(n); at != text.npos; at = text.find(n, at + 1))
      for (const char32_t c : text.substr(at + n.size(), kReach))
        if (kCommon.find(c) == kCommon.npos && said.find(c) != said.npos) return true;
  return false;
}

// Whether a clause says something by itself, as 要尊重劳动者 and 手艺是练出来的 do, or names what the next one
// speaks of: 违规载客的; of 只看文凭不看手艺 neither is certain.
enum class Clause : std::uint8_t { open, name, statement };
Clause clause_kind(const std::u32string& clause) {
  const Lexicon& words = lexicon();
  if (!beginning(clause, words.topic).empty() || !beginning(clause, words.condition).empty()) return Clause::name;
  const std::u32string text = without_neutral(clause);
  if (!ending(clause, words.open_end).empty() && !(clause.ends_with(U'的') && text.find(U'是') != text.npos))
    return Clause::name;
  return holds(text, words.statement) ? Clause::statement : Clause::open;
}

constexpr std::uint32_t kAround = 6;   // letters
constexpr std::uint32_t kClause = 60;  // and of the clause before that says on what condition

std::u32string beside(const Corpus& corpus, std::uint32_t work, std::uint32_t unit, bool after,
                      std::uint32_t reach = kAround) {
  const CorpusWork& w = corpus.works[work];
  const FoldSpan s =
      after ? FoldSpan{unit, std::min(w.fold.size(), unit + reach)} : FoldSpan{unit - std::min(unit, reach), unit};
  return letters(corpus.document(w), w.fold, s);
}

// Whether a comma alone stands there.
bool only_comma(const Fold& fold, std::uint32_t unit) {
  if (unit == 0 || unit >= fold.size() || (fold.gap(unit) & (Fold::sentence | Fold::paragraph)) != 0) return false;
  const auto marks = fold.marks({unit - 1, unit + 1});
  return marks.size() == 1 && marks[0].mark == U',';
}

// Where the clause begins that ends before `unit`; what 、 enumerates is one clause.
std::uint32_t clause_begin(const Fold& fold, std::uint32_t unit) {
  const auto enumerates = [&](std::uint32_t i) {
    const auto marks = fold.marks({i - 1, i + 1});
    return std::all_of(marks.begin(), marks.end(),
                       [](const Fold::Mark& m) { return m.mark == U'、' || m.mark == U'"'; });
  };
  std::uint32_t begin = unit - 1;
  while (begin > 0 && unit - begin < kClause &&
         (!fold.is_clause_edge(begin) || ((fold.gap(begin) & Fold::paragraph) == 0 && enumerates(begin))))
    --begin;
  return begin;
}

// The word by which the clause that ends before `unit` makes what follows depend on it: 只要……， or tells in what
// circumstances it was so: 在……情况下，, which is a condition where the clause begins with what must not be.
struct Before {
  std::u32string word;
  Cut cut = Cut::none;
};
Before condition_before(const Document& document, const Fold& fold, std::uint32_t unit) {
  if (!only_comma(fold, unit)) return {};
  const std::u32string text = letters(document, fold, {clause_begin(fold, unit), unit});
  std::u32string word = beginning(text, lexicon().condition);
  if (word.empty()) word = ending(text, lexicon().condition_end);
  if (!word.empty()) return {std::move(word), Cut::cut};
  word = ending(text, lexicon().circumstance_end);
  if (word.empty()) return {};
  const std::u32string_view opening = std::u32string_view(text).substr(text.starts_with(U"在") ? 1 : 0);
  const bool denied = !beginning(opening, lexicon().negations).empty();
  return {std::move(word), denied ? Cut::cut : Cut::turned};
}

// The same where other clauses stand between, and these words say what follows: 如果……，……，山洪就会…….
Before condition_farther_before(const Document& document, const Fold& fold, FoldSpan words) {
  constexpr int kClauses = 4;
  std::uint32_t end = words.begin + 1;
  while (end < words.end && !fold.is_clause_edge(end)) ++end;
  if (!holds(letters(document, fold, {words.begin, end}), lexicon().consequence)) return {};
  std::uint32_t unit = words.begin;
  for (int n = 0; n < kClauses && only_comma(fold, unit); ++n) {
    if (Before before = condition_before(document, fold, unit); before.cut == Cut::cut)
      return {std::move(before.word), Cut::turned};
    unit = clause_begin(fold, unit);
    if (holds(letters(document, fold, {unit, words.begin}), lexicon().consequence)) break;
  }
  return {};
}

constexpr std::uint8_t kSentence = Fold::sentence | Fold::paragraph;

// The word that denies at the beginning of a clause what the words before it name: 不是, and not 没有, which says
// something else of who is spoken of.
std::u32string denial(std::u32string_view clause) {
  std::u32string word = beginning(clause, lexicon().after, 2);
  return word.size() > beginning(clause, lexicon().apart).size() ? word : std::u32string();
}

// What the clause that `text` opens does to the words before it, of a fold, after a comma.
Cut next_clause(const Document& document, const Fold& fold, FoldSpan words, std::u32string_view text) {
  constexpr std::size_t kTurned = 3;  // letters between 但 and the word that denies: 但这不是
  if (!beginning(text, lexicon().verdict).empty() || !beginning(text, lexicon().unless).empty()) return Cut::cut;
  const std::u32string turn = beginning(text, lexicon().turn);
  const bool denied = !denial(text).empty();
  if (turn.empty() && !denied && beginning(text, lexicon().apart).empty()) return Cut::none;
  Cut out = denied ? Cut::cut : Cut::turned;
  bool conceded = false, last = true, named = false;
  for (std::uint32_t end = words.end; end > 0;) {
    const std::uint32_t begin = clause_begin(fold, end);
    const std::u32string outside = letters(document, fold, {begin, std::clamp(words.begin, begin, end)});
    conceded = conceded || holds(outside, lexicon().concession);
    if (end > words.begin && !named) {
      const Clause kind = clause_kind(letters(document, fold, {begin, end}));
      named = last && kind == Clause::name;
      if (kind == Clause::statement) out = last ? Cut::none : std::min(out, Cut::turned);
    }
    if (begin == 0 || (fold.gap(begin) & kSentence) != 0) break;
    end = begin, last = false;
  }
  if (turn.empty()) return out;
  for (std::size_t at = turn.size(); at <= turn.size() + kTurned && at < text.size(); ++at)
    if (!denial(text.substr(at)).empty()) return Cut::cut;
  std::uint32_t end = words.end + 1;
  while (end < fold.size() && end - words.end < kClause && !fold.is_clause_edge(end)) ++end;
  const std::u32string clause = letters(document, fold, {words.end, end}).substr(turn.size());
  const bool taken_back = denies_again(clause, letters(document, fold, words));
  return conceded || taken_back ? Cut::cut : Cut::turned;
}

}  // namespace

std::u32string letters(const Document& document, const Fold& fold, FoldSpan span) {
  std::u32string out;
  for (std::uint32_t i = span.begin; i < span.end; ++i)
    out += han::script_class(han::plain(document.text[fold.origin(i)]));
  return out;
}

Cut context_cut(const Corpus& corpus, std::uint32_t base_work, FoldSpan base, std::uint32_t draft_work,
                FoldSpan quoted, bool led) {
  const CorpusWork& at = corpus.works[base_work];
  const Fold& fold = at.fold;
  const auto own = [&](std::uint32_t reach) { return beside(corpus, draft_work, quoted.begin, false, reach); };
  Cut least = Cut::none;
  if (!fold.is_clause_edge(base.begin)) {
    const std::u32string all = beside(corpus, base_work, base.begin, false), text = without_between(all),
                         mine = without_between(own(kAround));
    const std::uint32_t two = std::min(base.begin + 2, base.end);
    auto [row, size] = begins_number(letters(corpus.document(at), fold, {base.begin, two}))
                           ? row_ending(all, lexicon().bounds, true)
                           : std::pair<const std::vector<std::u32string>*, std::size_t>{};
    if (!row && !led) std::tie(row, size) = row_ending(all, lexicon().wishes, true);
    if (row && !ends_neutral(all, size, all))
      if (!row_ending(mine, {*row}, false).first && !row_ending(own(kAround), {*row}, false).first) return Cut::cut;
    const std::u32string word = ending(text, lexicon().before);
    if (!word.empty() && !ends_neutral(text, word.size(), all) && !mine.ends_with(word)) return Cut::cut;
  } else if (!led) {
    const Before before = condition_before(corpus.document(at), fold, base.begin),
                 farther = condition_farther_before(corpus.document(at), fold, base);
    if (before.cut != Cut::none && own(kClause).find(before.word) == std::u32string::npos) {
      if (before.cut == Cut::cut) return Cut::cut;
      least = before.cut;
    } else if (farther.cut != Cut::none && own(2 * kClause).find(farther.word) == std::u32string::npos) {
      least = farther.cut;
    }
  }
  if (base.end >= fold.size() || (fold.gap(base.end) & kSentence) != 0 || (led && fold.is_clause_edge(base.end)))
    return least;
  const auto marks = fold.marks({base.end - 1, base.end + 1});
  if (std::any_of(marks.begin(), marks.end(), [](const Fold::Mark& m) { return m.mark == U';' || m.mark == U':'; }))
    return least;
  const std::u32string next = beside(corpus, base_work, base.end, true);
  std::u32string word;
  for (const auto* list : {&lexicon().after, &lexicon().verdict, &lexicon().unless, &lexicon().turn})
    if (word.empty())
      word = beginning(next, *list, list == &lexicon().after && fold.is_clause_edge(base.end) ? 2 : 1);
  if (word.empty() || beside(corpus, draft_work, quoted.end, true).starts_with(word)) return least;
  return fold.is_clause_edge(base.end) ? std::max(least, next_clause(corpus.document(at), fold, base, next))
                                       : Cut::cut;
}

bool by_the_quoter(std::u32string_view inside) { return holds(fold_words(inside), lexicon().quoter); }

bool denies(const Document& document, const Parts& words) { return denies(fold_words(document.text_of(words))); }

bool turns_sense(const Corpus& corpus, std::uint32_t base_work, FoldSpan left_out) {
  const CorpusWork& w = corpus.works[base_work];
  const Fold& fold = w.fold;
  const auto text = [&](std::uint32_t begin, std::uint32_t end) {
    return letters(corpus.document(w), fold, {begin, end});
  };
  std::uint32_t first = left_out.begin + 1, last = left_out.end;
  while (first < left_out.end && !fold.is_clause_edge(first)) ++first;
  while (last > left_out.begin && !fold.is_clause_edge(last - 1)) --last;
  if (last > left_out.begin) --last;
  last = std::max(last, left_out.begin);
  const bool left_whole = fold.is_clause_edge(left_out.begin), right_whole = fold.is_clause_edge(left_out.end);
  if (!left_whole && denies(text(left_out.begin, first))) return true;
  if (!right_whole && denies(text(last, left_out.end))) return true;
  const std::u32string opening = text(left_out.begin, std::min(left_out.end, left_out.begin + kAround));
  if (left_whole && left_out.begin > 0 && (fold.gap(left_out.begin) & Fold::sentence) == 0 &&
      next_clause(corpus.document(w), fold, {clause_begin(fold, left_out.begin), left_out.begin}, opening) !=
          Cut::none)
    return true;
  if (condition_before(corpus.document(w), fold, left_out.end).cut == Cut::cut) return true;
  return !ending(text(last, left_out.end), lexicon().before).empty();
}

}  // namespace suyuan
