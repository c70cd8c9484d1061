#include "chain/rites.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kOpening = 4;  // letters of a sentence that its beginning may lack

struct Closing {
  std::u32string words;
  std::size_t behind;  // letters at most
};

struct Lexicon {
  std::vector<Closing> closings;
  std::vector<std::u32string> scenes;

  Lexicon() {
    for (const auto& row : data::rows(data::rites())) {
      std::u32string words = from_utf8(row.at(1));
      if (row[0] == "closing")
        closings.push_back({std::move(words), std::stoul(std::string(row.at(2)))});
      else
        scenes.push_back(std::move(words));
    }
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

// Where the words stand that close the sentence as one of a rite.
std::size_t closing(std::u32string_view sentence) {
  std::size_t first = sentence.npos;
  for (const Closing& c : lexicon().closings)
    if (const std::size_t at = sentence.rfind(c.words);
        at != sentence.npos && sentence.size() - at - c.words.size() <= c.behind)
      first = std::min(first, at);
  return first;
}

// Of each sentence that the stretch has a part in: its text and its first letter's place.
void each_sentence(const Document& document, const Fold& fold, FoldSpan stretch,
                   const std::function<void(std::u32string_view sentence, std::uint32_t begin)>& take) {
  const auto ends = [&](std::uint32_t i) { return (fold.gap(i) & (Fold::sentence | Fold::paragraph)) != 0; };
  std::uint32_t begin = stretch.begin;
  while (begin > 0 && !ends(begin)) --begin;
  for (std::u32string sentence; begin < stretch.end; begin += static_cast<std::uint32_t>(sentence.size())) {
    sentence.clear();
    std::uint32_t i = begin;
    do sentence += han::script_class(han::plain(document.text[fold.origin(i++)]));
    while (i < fold.size() && !ends(i));
    take(sentence, begin);
  }
}

}  // namespace

bool tells_rites(const Document& document, const Fold& fold, FoldSpan stretch) {
  bool all = true;
  each_sentence(document, fold, stretch, [&](std::u32string_view sentence, std::uint32_t begin) {
    const std::size_t at = closing(sentence);
    all = all && at != sentence.npos && (at < stretch.end - begin || stretch.begin <= begin + kOpening);
  });
  return all;
}

bool tells_scenes(const Document& document, const Fold& fold, FoldSpan stretch) {
  std::size_t scenes = 0, sentences = 0;
  each_sentence(document, fold, stretch, [&](std::u32string_view sentence, std::uint32_t) {
    ++sentences;
    scenes += std::ranges::any_of(lexicon().scenes,
                                  [&](const std::u32string& word) { return sentence.find(word) != sentence.npos; });
  });
  return 2 * scenes > sentences;
}

}  // namespace suyuan
