#include "chain/rites.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kOpening = 4;     // letters of a sentence that its beginning may lack
constexpr std::uint32_t kLongest = 1000;  // letters; what has no end so far is no sentence

struct Closing {
  std::u32string words;
  std::size_t behind;  // letters at most
};

struct Lexicon {
  std::vector<Closing> closings;
  std::vector<std::u32string> scenes;
  std::uint32_t reach = 0;  // letters at the end of a sentence in which a closing can stand

  Lexicon() {
    for (const auto& row : data::rows(data::rites())) {
      std::u32string words = from_utf8(row.at(1));
      if (row[0] == "closing") {
        const std::size_t behind = std::stoul(std::string(row.at(2)));
        reach = std::max(reach, static_cast<std::uint32_t>(words.size() + behind));
        closings.push_back({std::move(words), behind});
      } else {
        scenes.push_back(std::move(words));
      }
    }
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

// The sentence of letter i, as far as kLongest from it.
FoldSpan sentence_at(const Fold& fold, std::uint32_t i) {
  const auto ends = [&](std::uint32_t k) { return (fold.gap(k) & (Fold::sentence | Fold::paragraph)) != 0; };
  FoldSpan out{i, i + 1};
  const std::uint32_t from = i - std::min(i, kLongest), to = i + std::min(fold.size() - i, kLongest);
  while (out.begin > from && !ends(out.begin)) --out.begin;
  while (out.end < to && !ends(out.end)) ++out.end;
  return out;
}

std::u32string text_of(const Document& document, const Fold& fold, FoldSpan s) {
  std::u32string out;
  for (std::uint32_t i = s.begin; i < s.end; ++i)
    out += han::script_class(han::plain(document.text[fold.origin(i)]));
  return out;
}

// Where the words begin that close the sentence as one of a rite.
std::optional<std::uint32_t> closing(const Document& document, const Fold& fold, FoldSpan sentence) {
  const std::uint32_t from = sentence.end - std::min(sentence.size(), lexicon().reach);
  const std::u32string end = text_of(document, fold, {from, sentence.end});
  std::size_t first = end.npos;
  for (const Closing& c : lexicon().closings) {
    const std::size_t longest = std::min(end.size(), c.words.size() + c.behind);
    first = std::min(first, end.find(c.words, end.size() - longest));
  }
  if (first == end.npos) return std::nullopt;
  return from + static_cast<std::uint32_t>(first);
}

// Whether names, one after the other, are most of it: six and more of two or three letters, and few longer ones.
bool lists_names(const Fold& fold, FoldSpan stretch) {
  constexpr std::uint32_t kLeastName = 2, kMostName = 3, kNames = 6;
  std::uint32_t begin = stretch.begin, listed = 0, letters = 0, names = 0, others = 0;
  const auto item = [&](std::uint32_t end, bool last) {
    const std::uint32_t size = end - begin;
    if (size >= kLeastName && size <= kMostName)
      ++names, letters += size;
    else
      ++others;
    begin = end;
    if (!last) return;
    if (names >= kNames && names >= 3 * others) listed += letters;
    letters = names = others = 0;
  };
  for (const Fold::Mark& m : fold.marks(stretch)) {
    if (m.mark == U'·') continue;
    item(m.before, m.mark != U'、');
  }
  item(stretch.end, true);
  return 2 * listed > stretch.size();
}

}  // namespace

bool tells_rites(const Document& document, const Fold& fold, FoldSpan stretch) {
  if (lists_names(fold, stretch)) return true;
  for (std::uint32_t i = stretch.begin; i < stretch.end;) {
    const FoldSpan sentence = sentence_at(fold, i);
    const auto at = closing(document, fold, sentence);
    if (!at || (*at >= stretch.end && stretch.begin > sentence.begin + kOpening)) return false;
    i = sentence.end;
  }
  return true;
}

bool tells_scenes(const Document& document, const Fold& fold, FoldSpan stretch) {
  // What it breaks off in belongs to what is told: 审议了⟦关于…的报告⟧.
  const FoldSpan first = sentence_at(fold, stretch.begin), last = sentence_at(fold, stretch.end - 1);
  while (stretch.begin > first.begin && !fold.is_clause_edge(stretch.begin)) --stretch.begin;
  while (stretch.end < last.end && !fold.is_clause_edge(stretch.end)) ++stretch.end;
  std::size_t scenes = 0, sentences = 0;
  for (std::uint32_t i = stretch.begin; i < stretch.end; ++sentences) {
    const FoldSpan sentence = sentence_at(fold, i);
    const std::u32string text = text_of(document, fold, {i, std::min(sentence.end, stretch.end)});
    scenes += closing(document, fold, sentence).value_or(stretch.end) < stretch.end ||
              std::ranges::any_of(lexicon().scenes,
                                  [&](const std::u32string& word) { return text.find(word) != text.npos; });
    i = sentence.end;
  }
  return 2 * scenes > sentences;
}

}  // namespace suyuan
