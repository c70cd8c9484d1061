// The index against a slow search: every position of every gram, and the corpus's order.
#include "suyuan/index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace suyuan {
namespace {

Corpus corpus_of(std::vector<std::pair<std::string, std::string>> texts) {
  Sources sources;
  for (auto& [name, text] : texts) {
    Sources one = read_bytes(text, name);
    for (Document& d : one.documents) sources.documents.push_back(std::move(d));
  }
  return build_corpus(std::move(sources));
}

TEST(Index, FindsEveryOccurrenceASlowSearchFinds) {
  std::mt19937 random(7);
  std::vector<std::pair<std::string, std::string>> texts;
  for (int n = 0; n < 6; ++n) {
    std::u32string text;
    for (int i = 0; i < 200; ++i) text += U"山水田林"[random() % 4];
    texts.emplace_back("t" + std::to_string(n) + ".txt", to_utf8(text));
  }
  const Corpus corpus = corpus_of(texts);
  const Index index(corpus);
  std::size_t checked = 0;
  for (std::uint32_t w = 0; w < index.works(); ++w) {
    const auto units = corpus.works[w].fold.units();
    for (std::uint32_t i = 0; i < units.size(); i += 13) {
      std::vector<std::uint32_t> slow;
      for (std::uint32_t v = 0; i + Index::kGram <= units.size() && v < index.works(); ++v) {
        const auto other = corpus.works[v].fold.units();
        for (std::uint32_t j = 0; j + Index::kGram <= other.size(); ++j)
          if (std::equal(units.begin() + i, units.begin() + i + Index::kGram, other.begin() + j))
            slow.push_back(index.start(v) + j);
      }
      if (slow.size() == 1) slow.clear();
      const auto fast = index.occurrences(index.start(w) + i);
      EXPECT_EQ(std::vector<std::uint32_t>(fast.begin(), fast.end()), slow);
      checked += slow.size();
    }
  }
  EXPECT_GT(checked, 50U);
}

TEST(Index, WeighsWordingAlikeInLargeCorporaOfAnySize) {
  const auto bits = [](std::uint64_t letters, std::uint32_t times) {
    Corpus corpus = corpus_of({{"a.txt", "护河先要识河，要把上游的林放在一张图上看"}});
    const auto whole = std::make_shared<Corpus::Whole>();
    whole->letters = letters;
    whole->occurrences = [times](std::span<const Unit>) { return times; };
    corpus.whole = whole;
    const std::vector<std::uint32_t> asked{0};
    return Index(corpus, asked).bits(1);
  };
  EXPECT_EQ(bits(10'000'000, 1), bits(1'000'000'000, 1));
  EXPECT_EQ(bits(10'000'000, 30), bits(1'000'000'000, 30));
  EXPECT_GT(bits(1'000'000'000, 1), bits(1'000'000'000, 30) + 5);
  EXPECT_GT(bits(10'000'000, 30), bits(1'000'000, 30) + 2);  // smaller ones count as they are
}

TEST(Index, OfAFewWorksAnswersForThemAsTheWhole) {
  std::mt19937 random(11);
  std::vector<std::pair<std::string, std::string>> texts;
  for (int n = 0; n < 8; ++n) {
    std::u32string text = U"云川省河流保护委员会";
    for (int i = 0; i < 300; ++i) text += U"山水田林湖草沙"[random() % 7];
    texts.emplace_back("t" + std::to_string(n) + ".txt", to_utf8(text));
  }
  const Corpus corpus = corpus_of(texts);
  const Index whole(corpus);
  const std::vector<std::uint32_t> asked{2, 5};
  const Index part(corpus, asked);
  ASSERT_EQ(part.works(), whole.works());
  std::size_t shared = 0;
  for (const std::uint32_t w : asked)
    for (std::uint32_t p = whole.start(w); p < whole.start(w + 1); ++p) {
      ASSERT_TRUE(std::ranges::equal(part.occurrences(p), whole.occurrences(p)));
      ASSERT_TRUE(std::ranges::equal(part.preceding(p), whole.preceding(p)));
      ASSERT_EQ(std::tuple(part.bits(p), part.common(p), part.seeds(p)),
                std::tuple(whole.bits(p), whole.common(p), whole.seeds(p)));
      shared += whole.seeds(p);
    }
  EXPECT_GT(shared, 10U);
}

TEST(Index, OrdersDocumentsByDateThenKey) {
  const Corpus corpus = corpus_of({{"b.txt", "　　护河先要识河，这是老话。\n（《云川日报》 2031年3月9日）\n"},
                                   {"a.txt", "　　没有日期的一篇短文，讲的是桥。\n"},
                                   {"c.txt", "　　梯田是一代一代人垒起来的。\n（《云川日报》 2030年1月2日）\n"}});
  ASSERT_EQ(corpus.documents.size(), 3U);
  EXPECT_EQ(corpus.documents[0].path, "c.txt");
  EXPECT_EQ(corpus.documents[1].path, "b.txt");
  EXPECT_EQ(corpus.documents[2].path, "a.txt");
}

TEST(Index, WhatIsCommonHereAloneIsWidespread) {
  std::string text;
  for (std::uint32_t n = 0; n <= Index::kCommon; ++n) text += "　　梯田是用手垒起来的。中华人民共和国。\n";
  const Corpus corpus = corpus_of({{"a.txt", text}});
  const Index index(corpus);
  EXPECT_TRUE(index.common(0) && index.widespread(0) && !index.seeds(0));
  EXPECT_EQ(index.bits(0), Index::kFormulaBits);
  EXPECT_GT(index.bits_at_border(0), index.bits(0));
  const std::uint32_t known = 9;  // 中华人民共, which the background knows
  EXPECT_TRUE(index.common(known) && !index.widespread(known));
  EXPECT_LE(index.bits_at_border(known), Index::kFormulaBits);
}

TEST(Index, CommonWordingBecomesOneFormula) {
  std::string text;
  for (int n = 0; n < 150; ++n)
    text += "云川省河流保护委员会主任" + to_utf8(std::u32string(3, static_cast<char32_t>(0x4E00 + n * 7))) + "\n";
  const Corpus corpus = corpus_of({{"a.txt", text}});
  const Index index(corpus);
  const std::vector<Formula> found = formulas(corpus, index);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].count(), 150U);
  EXPECT_EQ(found[0].places[0].span.size(), 12U);
}

}  // namespace
}  // namespace suyuan
