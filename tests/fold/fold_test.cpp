// The comparison form and the way back from it.
#include "suyuan/fold.hpp"

#include <gtest/gtest.h>

#include "base/han.hpp"

namespace suyuan {
namespace {

struct Made {
  Document document;
  Fold fold;
};

Made make(const std::string& text) {
  Sources s = read_bytes(text, "a.txt");
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

}  // namespace
}  // namespace suyuan
