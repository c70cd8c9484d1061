#include "verify/context.hpp"

#include <algorithm>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

struct Lexicon {
  std::vector<std::u32string> before, after, turn, neutral, negations, between, condition, condition_end;

  Lexicon() {
    for (const auto& row : data::rows(data::context()))
      (row.at(1) == "before"       ? before
       : row[1] == "after"         ? after
       : row[1] == "neutral"       ? neutral
       : row[1] == "between"       ? between
       : row[1] == "condition"     ? condition
       : row[1] == "condition-end" ? condition_end
                                   : turn)
          .push_back(from_utf8(row[0]));
    for (const auto& row : data::rows(data::sensitive())) {
      if (row[0] == "neutral") neutral.push_back(from_utf8(row.at(1)));
      if (row[0] == "negation") negations.push_back(from_utf8(row.at(1)));
    }
    const auto longer = [](const std::u32string& a, const std::u32string& b) { return a.size() > b.size(); };
    for (auto* list : {&before, &after, &turn, &neutral, &between, &condition, &condition_end})
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

// Whether the word that ends `text` is part of a neutral one, alone or with what follows: 无不, 不|断.
bool ends_neutral(const std::u32string& text, std::size_t word, std::u32string_view next) {
  const std::u32string all = text + std::u32string(next);
  return std::any_of(lexicon().neutral.begin(), lexicon().neutral.end(), [&](const std::u32string& n) {
    for (std::size_t at = 0; (at = all.find(n, at)) != all.npos; ++at)
      if (at <= text.size() - word && at + n.size() >= text.size()) return true;
    return false;
  });
}

bool denies(std::u32string text) {
  for (const std::u32string& n : lexicon().neutral)
    for (std::size_t at = 0; (at = text.find(n, at)) != text.npos; ++at)
      text.replace(at, n.size(), n.size(), U'\0');
  return std::any_of(lexicon().negations.begin(), lexicon().negations.end(),
                     [&](const std::u32string& n) { return text.find(n) != text.npos; });
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

// The word by which the clause that ends before `unit` makes what follows depend on it: 只要……，
std::u32string condition_before(const Document& document, const Fold& fold, std::uint32_t unit) {
  if (!only_comma(fold, unit)) return {};
  std::uint32_t begin = unit - 1;
  const auto enumerates = [&](std::uint32_t i) {
    const auto marks = fold.marks({i - 1, i + 1});
    return std::all_of(marks.begin(), marks.end(),
                       [](const Fold::Mark& m) { return m.mark == U'、' || m.mark == U'"'; });
  };
  while (begin > 0 && unit - begin < kClause &&
         (!fold.is_clause_edge(begin) || ((fold.gap(begin) & Fold::paragraph) == 0 && enumerates(begin))))
    --begin;
  const std::u32string text = letters(document, fold, {begin, unit});
  const std::u32string word = beginning(text, lexicon().condition);
  return word.empty() ? ending(text, lexicon().condition_end) : word;
}

}  // namespace

std::u32string letters(const Document& document, const Fold& fold, FoldSpan span) {
  std::u32string out;
  for (std::uint32_t i = span.begin; i < span.end; ++i)
    out += han::script_class(han::plain(document.text[fold.origin(i)]));
  return out;
}

std::u32string context_cut(const Corpus& corpus, std::uint32_t base_work, FoldSpan base, std::uint32_t draft_work,
                           FoldSpan quoted) {
  const Fold& fold = corpus.works[base_work].fold;
  const auto own = [&](std::uint32_t reach) { return beside(corpus, draft_work, quoted.begin, false, reach); };
  if (!fold.is_clause_edge(base.begin)) {
    const std::u32string all = beside(corpus, base_work, base.begin, false), text = without_between(all),
                         word = ending(text, lexicon().before);
    const std::u32string next = all.substr(text.size()) + beside(corpus, base_work, base.begin, true);
    if (!word.empty() && !ends_neutral(text, word.size(), next) && !without_between(own(kAround)).ends_with(word))
      return word;
  } else if (const std::u32string word =
                 condition_before(corpus.document(corpus.works[base_work]), fold, base.begin);
             !word.empty() && own(kClause).find(word) == std::u32string::npos) {
    return word;
  }
  constexpr std::uint8_t kSentence = Fold::sentence | Fold::paragraph;
  if (base.end >= fold.size() || (fold.gap(base.end) & kSentence) != 0) return {};
  const auto marks = fold.marks({base.end - 1, base.end + 1});
  if (std::any_of(marks.begin(), marks.end(), [](const Fold::Mark& m) { return m.mark == U';' || m.mark == U':'; }))
    return {};
  const std::u32string next = beside(corpus, base_work, base.end, true);
  const bool edge = fold.is_clause_edge(base.end);
  std::u32string word = beginning(next, lexicon().after, edge ? 2 : 1);
  if (word.empty()) word = beginning(next, lexicon().turn);
  if (word.empty() || beside(corpus, draft_work, quoted.end, true).starts_with(word)) return {};
  return word;
}

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
  if (left_whole && (fold.gap(left_out.begin) & Fold::sentence) == 0 &&
      (!beginning(opening, lexicon().turn).empty() || !beginning(opening, lexicon().after, 2).empty()))
    return true;
  if (!condition_before(corpus.document(w), fold, left_out.end).empty()) return true;
  return !ending(text(last, left_out.end), lexicon().before).empty();
}

}  // namespace suyuan
