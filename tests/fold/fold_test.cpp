// The comparison form and the way back from it.
#include "suyuan/fold.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/han.hpp"

namespace suyuan {
namespace {

struct Made {
  Document document;
  Fold fold;
};

Made make(const std::string& text, const std::string& name = "a.txt") {
  Sources s = read_bytes(text, name);
  Made out{s.documents.at(0), {}};
  const Segmentation made = segment(out.document);
  out.fold = fold(out.document, made.works.at(0));
  return out;
}

TEST(Fold, OnlyLettersAreUnitsAndEachKnowsItsPlace) {
  const Made m = make("護(hù)河先 要，識河(AI)。\n\n田增２０％。\n");
  EXPECT_EQ(m.fold.size(), 13U);
  for (std::uint32_t i = 0; i < m.fold.size(); ++i) {
    EXPECT_EQ(han::kind(m.document.text[m.fold.origin(i)]), han::Kind::letter);
    if (i > 0) {
      EXPECT_LT(m.fold.origin(i - 1), m.fold.origin(i));
    }
  }
  EXPECT_TRUE(m.fold.gap(1) & Fold::gloss);
  EXPECT_TRUE(m.fold.gap(3) & Fold::layout);
  EXPECT_TRUE(m.fold.gap(4) & Fold::clause);
}

TEST(Fold, BothScriptsAndWidthsFoldAlike) {
  const Made a = make("因地製宜(yí)全麵治理２０條河，修岸護林。"), b = make("因地制宜全面治理20条河,修岸护林。");
  EXPECT_TRUE(std::ranges::equal(a.fold.units(), b.fold.units()));
  const Made c = make("因地制宜全面治理30条河,修岸护林。");
  EXPECT_FALSE(std::ranges::equal(b.fold.units(), c.fold.units()));
}

TEST(Fold, MarksOfNotesAreNoWordsAndNumbersAre) {
  const Made plain = make("护河先要识河，护林先要识林。");
  for (const char* text : {"护河先要识河①，护林先要识林②。", "护河先①要识河，护林先要识林。❷\n",
                           "护河先要识河[1]，护林先要识林〔12〕。", "护河先要识河，[^3]护林先要识林。",
                           "护河先要识河¹，护林先要识林²,³。"}) {
    const Made m = make(text);
    EXPECT_TRUE(std::ranges::equal(m.fold.units(), plain.fold.units())) << text;
  }
  for (const char* text :
       {"护河先要识河：①护林先要识林。", "护河先要识河，护林〔2031〕3号识林。", "护河先要识河，护林〔31〕号识林。"})
    EXPECT_FALSE(std::ranges::equal(make(text).fold.units(), plain.fold.units())) << text;
}

TEST(Fold, RemarksOnHowASpeechWasReceivedAreNoWords) {
  const Made plain = make("护河先要识河。护林先要识林。");
  for (const std::string remark :
       {"（掌声）", "(热烈鼓掌)", "〔长时间地热烈鼓掌〕", "（笑声、鼓掌）", "（經久不息的掌聲）"}) {
    const Made m = make("护河先要识河。" + remark + "护林先要识林。");
    EXPECT_TRUE(std::ranges::equal(m.fold.units(), plain.fold.units())) << remark;
  }
  EXPECT_FALSE(
      std::ranges::equal(make("护河先要识河。（不鼓掌的人）护林先要识林。").fold.units(), plain.fold.units()));
}

TEST(Fold, SignsOfMarkdownAreNoWords) {
  const Made plain = make("护河先要识河，护林先要识林。");
  for (const char* text :
       {"护河__先要__识河，==护林==先要识林。", "护河先要<!-- 查 -->识河，护林先要识林。",
        "护河先要识河，\\\n护林先要识林。", "[护河][1]先要识河，护林[先要](a.htm \"b\")识林。",
        "护河先要&nbsp;识河，护林![图](a.jpg)先要识林。", "护河先要识河，护林先要识林[1][2]。"}) {
    const Made m = make(text, "a.md");
    EXPECT_TRUE(std::ranges::equal(m.fold.units(), plain.fold.units())) << text;
  }
  const Made half = make("护河__先要识河，护林 == 先要识林。", "a.md");
  EXPECT_TRUE(std::ranges::equal(half.fold.units(), make("护河__先要识河，护林 == 先要识林。").fold.units()));
}

TEST(Fold, EverySpanFindsItsWayBack) {
  const Made m = make("護(hù)河先要識河，上遊的林。\n\n要把中遊(yóu)的田 放在一張圖上。\n");
  for (std::uint32_t b = 0; b < m.fold.size(); ++b)
    for (std::uint32_t e = b + 1; e <= m.fold.size(); ++e) {
      const Parts parts = m.fold.parts({b, e});
      ASSERT_FALSE(parts.empty());
      EXPECT_EQ(m.fold.find(envelope(parts)), (FoldSpan{b, e}));
    }
}

TEST(Fold, MarksStandBetweenUnits) {
  const Made m = make("“护河先要识河，上游的林；下游的田。”");
  const auto marks = m.fold.marks({0, m.fold.size()});
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].before, 6U);
  EXPECT_EQ(marks[0].mark, U',');
  EXPECT_TRUE(m.fold.marks({0, 6}).empty());
  EXPECT_EQ(m.fold.marks({5, 7}).size(), 1U);
}

TEST(Fold, MarksOfEitherWidthAreOneClassAndEdgesAreLeftOut) {
  const Made a = make("他说：「护河，识河！」然后走。"), b = make("他说:“护河,识河!”然后走.");
  const auto x = a.fold.marks({0, a.fold.size()}), y = b.fold.marks({0, b.fold.size()});
  EXPECT_TRUE(std::ranges::equal(x, y, {}, &Fold::Mark::mark, &Fold::Mark::mark));
  EXPECT_EQ(x.size(), 5U);  // : " , ! "
  EXPECT_EQ(a.fold.marks({2, 6}).size(), 1U);
  EXPECT_EQ(to_utf8(a.document.text_of(a.fold.parts({2, 6}))), "护河，识河");
  EXPECT_TRUE(a.fold.gap(6) & Fold::sentence);
  EXPECT_FALSE(a.fold.gap(4) & Fold::sentence);
}

TEST(Fold, ADecimalPointIsPartOfItsNumber) {
  const Made a = make("田增2.5亩。"), b = make("田增25亩。"), c = make("田增２．５亩。");
  EXPECT_FALSE(std::ranges::equal(a.fold.units(), b.fold.units()));
  EXPECT_TRUE(std::ranges::equal(a.fold.units(), c.fold.units()));
}

TEST(Fold, WrapsAndPageNumbersFoldAway) {
  const std::string line = "河田林城水岸桥灯山路村人河田林城水岸桥灯山路村人河田林城水岸";  // 30 letters
  std::string wrapped, whole;
  for (int i = 0; i < 12; ++i) wrapped += line + (i == 6 ? "\n\n 14 \n\n" : "\n\n"), whole += line;
  const Made a = make(wrapped + "止。\n"), b = make(whole + "止。\n");
  ASSERT_EQ(a.fold.size(), 12 * 30 + 1U);
  EXPECT_TRUE(std::ranges::equal(a.fold.units(), b.fold.units()));
  const FoldSpan all{0, a.fold.size()}, over{205, 215};
  EXPECT_EQ(to_utf8(a.document.text_of(a.fold.parts(all))), whole + "止");
  EXPECT_EQ(a.fold.parts(over).size(), 2U);
  EXPECT_EQ(a.fold.find(envelope(a.fold.parts(over))), over);
  EXPECT_EQ(a.fold.gap(210), Fold::layout);
  EXPECT_EQ(a.fold.gap(209), Fold::none);
}

TEST(Fold, AReadingFoldsAwayOverLinesAndPages) {
  const std::string line = "河田林城水岸桥灯山路村人河田林城水岸桥灯山路村人河田林城水岸";  // 30 letters
  std::string before, after;
  for (int i = 0; i < 6; ++i) before += line + "\n", after += line + "\n";
  const auto letters = [](const Fold& f) { return std::vector<Unit>(f.units().begin(), f.units().end()); };
  const Made plain = make(before + line.substr(0, 28 * 3) + "护河流的先要识河\n" + after + "止。\n");
  for (const char* broken : {"护河(h\né)流的先要识河\n", "护河(hé\n)流的先要识河\n", "护河\n(hé)流的先要识河\n",
                             "护河(\n14\nhé)流的先要识河\n", "护河流（hé-\n— 14 —\nliú）的先要识河\n",
                             "护河\n\n14\n\n流〔he2 liu2〕的先要识河\n", "护河(he)\n(hé)流的先要识河\n"}) {
    const Made m = make(before + line.substr(0, 28 * 3) + broken + after + "止。\n");
    EXPECT_EQ(letters(m.fold), letters(plain.fold)) << broken;
    const auto flow = static_cast<std::uint32_t>(6 * 30 + 28 + 2);
    EXPECT_EQ(m.document.text[m.fold.origin(flow)], U'流') << broken;
    for (const std::uint32_t b : {flow - 3, flow, flow + 2})
      for (const std::uint32_t e : {b + 1, flow + 6, m.fold.size()})
        if (b < e) {
          EXPECT_EQ(m.fold.find(envelope(m.fold.parts({b, e}))), (FoldSpan{b, e})) << broken;
        }
  }
  for (const char* words : {"护河(A\nI)流的先要识河\n", "护河(ti\nán)流的先要识河\n"})
    EXPECT_NE(letters(make(before + line.substr(0, 28 * 3) + words + after + "止。\n").fold), letters(plain.fold))
        << words;
}

TEST(Fold, ParagraphsAreKnownAndSourceLinesHoldNoUnits) {
  const Made m = make(
      "护河先要识河，要把上游的林、中游的田放在一张图上看。\n梯田是人垒起来的，石头不会说话。\n（《远山》  2031年 "
      "10月 1日）\n");
  const FoldSpan one = m.fold.paragraph_span(0), two = m.fold.paragraph_span(1), three = m.fold.paragraph_span(2);
  EXPECT_EQ(one.begin, 0U);
  EXPECT_EQ(one.end, two.begin);
  EXPECT_TRUE(three.empty());
  EXPECT_EQ(two.end, m.fold.size());
  EXPECT_EQ(m.fold.paragraph_of(two.begin), 1U);
  EXPECT_EQ(m.fold.paragraph_of(two.begin - 1), 0U);
  EXPECT_TRUE(m.fold.gap(two.begin) & Fold::paragraph);
  EXPECT_EQ(m.document.text[m.fold.origin(m.fold.size()) - 1], U'。');
}

}  // namespace
}  // namespace suyuan
