// What the words of an edit say.
#include "align/words.hpp"

#include <gtest/gtest.h>

namespace suyuan::words {
namespace {

TEST(Words, NumbersInEitherHand) {
  EXPECT_EQ(number(U"二〇二三"), number(U"2023"));
  EXPECT_EQ(number(U"二十一"), number(U"21"));
  EXPECT_EQ(number(U"十"), number(U"10"));
  EXPECT_EQ(number(U"一百零五"), number(U"105"));
  EXPECT_EQ(number(U"百分之三"), number(U"3%"));
  EXPECT_EQ(number(U"1.5亿"), number(U"15000万"));
  EXPECT_EQ(number(U"三点五"), number(U"3.5"));
  EXPECT_EQ(number(U"亿"), number(U"1亿"));
  EXPECT_NE(number(U"万"), number(U"亿"));
  EXPECT_EQ(number(U"999999999999亿"), std::nullopt);
  EXPECT_EQ(number(U"46527.3亿"), number(U"四万六千五百二十七点三亿"));
  EXPECT_EQ(number(U"126万亿"), number(U"一百二十六万亿"));
  EXPECT_NE(number(U"3"), number(U"3%"));
  EXPECT_NE(number(U"2023"), number(U"2024"));
  EXPECT_EQ(number(U"一亿五千万"), number(U"1.5亿"));
  EXPECT_EQ(number(U"三万五千亿"), number(U"3.5万亿"));
  EXPECT_EQ(number(U"5‰"), number(U"千分之五"));
  EXPECT_EQ(number(U"5‰"), number(U"0.5%"));
  EXPECT_EQ(number(U"6.8974"), std::nullopt) << "finer than a thousandth";
  EXPECT_EQ(number(U"二三十"), std::nullopt) << "twenty or thirty";
  EXPECT_EQ(number(U"二千三"), std::nullopt) << "2300";
  for (const char32_t* about : {U"三四", U"七八", U"三五", U"千百"}) EXPECT_EQ(number(about), std::nullopt);
  EXPECT_EQ(number(U"二五"), number(U"25"));
  EXPECT_EQ(numbers(U"三至五"), numbers(U"3到5"));
  EXPECT_NE(numbers(U"三至五"), numbers(U"3至6"));
  EXPECT_EQ(numbers(U"4月1日"), numbers(U"四月一日"));
  EXPECT_NE(numbers(U"4月1日"), numbers(U"四月二日"));
  EXPECT_EQ(numbers(U"百分之三"), numbers(U"3%"));
  EXPECT_EQ(number(U"河"), std::nullopt);
  EXPECT_EQ(number(U""), std::nullopt);
  EXPECT_EQ(number(std::u32string(40, U'9')), std::nullopt);
}

TEST(Words, SensitiveOnlyWhereSomethingIsTouched) {
  EXPECT_TRUE(sensitive(U"必须", U"", U"不", U"占用"));
  EXPECT_TRUE(sensitive(U"", U"必须", U"可以", U"追究"));
  EXPECT_TRUE(sensitive(U"修好", U"二十", U"六", U"处"));
  EXPECT_TRUE(sensitive(U"", U"全部", U"", U"河流"));
  EXPECT_TRUE(sensitive(U"", U"王建国", U"李建国", U"说"));
  EXPECT_TRUE(sensitive(U"增长27", U".", U"", U"6%"));
  EXPECT_TRUE(sensitive(U"元", U"%", U"‰", U"左右"));
  EXPECT_TRUE(sensitive(U"", U"去", U"今", U"年入"));
  EXPECT_TRUE(sensitive(U"一个", U"成功", U"失败", U"的例子"));
  EXPECT_TRUE(sensitive(U"冻到", U"零下", U"", U"三度"));
  EXPECT_TRUE(sensitive(U"各有", U"不", U"", U"同"));
  EXPECT_TRUE(sensitive(U"要", U"不", U"", U"断推"));
  EXPECT_FALSE(sensitive(U"要", U"不断", U"", U"推进"));
  EXPECT_FALSE(sensitive(U"要", U"不断", U"持续", U"推进"));
  EXPECT_FALSE(sensitive(U"", U"", U"进一步", U"加强"));
  EXPECT_FALSE(sensitive(U"要", U"推动", U"推进", U"工作"));
  // 不 is touched where the word it was part of is not 不断 any more.
  EXPECT_TRUE(sensitive(U"不", U"断", U"要", U"前进"));
}

TEST(Words, ReportsTurnSpeech) {
  EXPECT_TRUE(reporting(U"", U"要"));
  EXPECT_TRUE(reporting(U"我们", U"大家"));
  EXPECT_TRUE(reporting(U"指出", U"强调"));
  EXPECT_TRUE(reporting(U"我", U"王建国"));
  EXPECT_TRUE(reporting(U"", U"他强调"));
  EXPECT_FALSE(reporting(U"河", U"江"));
  EXPECT_FALSE(reporting(U"", U"不"));
}

TEST(Words, RelativeYearsAndCounts) {
  EXPECT_EQ(years_ago(U"今"), 0);
  EXPECT_EQ(years_ago(U"去年"), 1);
  EXPECT_EQ(years_ago(U"2023"), std::nullopt);
  EXPECT_TRUE(enumerates(U"一"));
  EXPECT_TRUE(enumerates(U"二是"));
  EXPECT_FALSE(enumerates(U"河"));
}

TEST(Words, LookAlikes) {
  EXPECT_TRUE(look_alike(U'未', U'末'));
  EXPECT_TRUE(look_alike(U'土', U'士'));
  EXPECT_TRUE(look_alike(U'己', U'已'));
  EXPECT_TRUE(look_alike(U'千', U'干'));
  EXPECT_FALSE(look_alike(U'河', U'桥'));
  EXPECT_FALSE(look_alike(U'未', U'未'));
}

}  // namespace
}  // namespace suyuan::words
