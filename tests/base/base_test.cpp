// Dates, text at the edges, digests, and what the character tables say.
#include "suyuan/base.hpp"

#include <gtest/gtest.h>

#include "base/han.hpp"

namespace suyuan {
namespace {

TEST(Date, ImpossibleDaysAreNotValid) {
  EXPECT_TRUE((Date{2032, 2, 29}.valid()));
  EXPECT_FALSE((Date{2031, 2, 29}.valid()));
  EXPECT_FALSE((Date{2031, 13, 1}.valid()));
  EXPECT_FALSE((Date{0, 3, 1}.valid()));
  EXPECT_EQ((Date{2032, 2, 0}.last_day().to_string()), "2032-02-29");
  EXPECT_EQ((Date{2032, 0, 0}.first_day().to_string()), "2032-01-01");
}

TEST(Date, IsoIsReadAndWritten) {
  EXPECT_EQ(parse_iso_date("2031-3-9T10:00")->to_string(), "2031-03-09");
  EXPECT_EQ(parse_iso_date("2031/03")->to_string(), "2031-03");
  EXPECT_EQ(parse_iso_date("2031")->to_string(), "2031");
  EXPECT_FALSE(parse_iso_date("河"));
  EXPECT_FALSE(parse_iso_date("2031-02-30"));
}

TEST(Date, EdgesOfTheCalendar) {
  EXPECT_TRUE((Date{2000, 2, 29}.valid()));
  EXPECT_FALSE((Date{2100, 2, 29}.valid()));
  EXPECT_FALSE((Date{2031, 4, 31}.valid()));
  EXPECT_FALSE((Date{2031, 0, 5}.valid()));
  EXPECT_FALSE((Date{3000, 1, 1}.valid()));
  EXPECT_TRUE((Date{2031, 0, 0}.valid()));
  EXPECT_EQ((Date{2031, 0, 0}.last_day()), (Date{2031, 12, 31}));
  EXPECT_EQ((Date{2031, 3, 9}.last_day()), (Date{2031, 3, 9}));
  for (const char* text : {"2031-13", "2031-03-45", "", "-2031", "999"}) EXPECT_FALSE(parse_iso_date(text)) << text;
  for (const Date date : {Date{2031, 3, 9}, Date{2031, 3, 0}, Date{2031, 0, 0}})
    EXPECT_EQ(parse_iso_date(date.to_string()), date);
}

TEST(Span, OverlapIsHalfOpenAndTheEnvelopeHoldsAll) {
  EXPECT_FALSE((Span{0, 3}.overlaps({3, 5})));
  EXPECT_TRUE((Span{0, 3}.overlaps({2, 5})));
  EXPECT_EQ(envelope({{2, 4}, {7, 9}}), (Span{2, 9}));
}

TEST(Utf8, RoundTrips) {
  EXPECT_EQ(to_utf8(U"\U00020000"), "\xF0\xA0\x80\x80");
  const std::u32string text = U"河a\u00e9\U00020000\uFFFD";
  EXPECT_EQ(from_utf8(to_utf8(text)), text);
  EXPECT_EQ(from_utf8("\xe6\xb2"), U"\uFFFD\uFFFD");
  for (const char* bad :
       {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8"})
    EXPECT_EQ(from_utf8(bad), std::u32string(std::string_view(bad).size(), U'\uFFFD'));
  EXPECT_EQ(to_utf8(std::u32string(1, 0xD800)), "\xEF\xBF\xBD");
}

TEST(Sha256, KnownDigest) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Han, ClassesOfVariants) {
  EXPECT_EQ(han::script_class(U'麵'), han::script_class(U'面'));
  EXPECT_EQ(han::script_class(U'製'), han::script_class(U'制'));
  EXPECT_NE(han::script_class(U'账'), han::script_class(U'帐'));
  EXPECT_EQ(han::form_class(U'账'), han::form_class(U'帐'));
  EXPECT_NE(han::form_class(U'俱'), han::form_class(U'具'));
  EXPECT_EQ(han::plain(U'Ａ'), U'A');
  EXPECT_EQ(han::script_tag(U'麵'), 't');
  EXPECT_EQ(han::script_tag(U'们'), 's');
  for (char32_t c = 0x4E00; c < 0xA000; ++c) {
    EXPECT_EQ(han::form_class(han::form_class(c)), han::form_class(c));
    EXPECT_EQ(han::form_class(han::script_class(c)), han::form_class(c));
  }
}

TEST(Han, GlossIsAReadingOfTheCharacterBefore) {
  const auto length = [](std::u32string_view text) { return han::gloss_length(text, 1); };
  EXPECT_EQ(length(U"河(hé)"), 4U);
  EXPECT_EQ(length(U"軍(jun1)委"), 6U);
  EXPECT_EQ(length(U"中(zhong)(zhong)共"), 14U);
  EXPECT_EQ(length(U"河（hé）"), 4U);
  EXPECT_EQ(length(U"能(AI)"), 0U);
  EXPECT_EQ(length(U"河(tián)"), 0U);
  EXPECT_EQ(length(U"河(hé"), 0U);
  EXPECT_EQ(length(U"河(he)"), 4U);
  EXPECT_EQ(length(U"河（hé）(hé)流"), 8U);
  EXPECT_EQ(length(U"河(hé)(tián)"), 4U);
  EXPECT_EQ(length(U"能（AI）"), 0U);
  EXPECT_EQ(length(U"河()"), 0U);
  EXPECT_EQ(length(U"河(hé流"), 0U);
  EXPECT_EQ(han::gloss_length(U"(hé)", 0), 0U);
  const auto second = [](std::u32string_view text) { return han::gloss_length(text, 2); };
  EXPECT_EQ(second(U"安全（ān quán）不"), 9U);
  EXPECT_EQ(second(U"安全(ānquán)不"), 8U);
  EXPECT_EQ(second(U"安全〔an1 quan2〕不"), 11U);
  EXPECT_EQ(second(U"安全（读作ān quán）不"), 11U);
  EXPECT_EQ(second(U"安全（lǎn shéng）不"), 0U);
  EXPECT_EQ(second(U"安全（OK）不"), 0U);
}

TEST(Han, GlossHoldsBlanksAndTonesOfEveryKind) {
  const auto length = [](std::u32string_view text) { return han::gloss_length(text, text.find_first_of(U"(（")); };
  EXPECT_EQ(length(U"河 (hé)流"), 4U);
  EXPECT_EQ(length(U"河(h\né)流"), 5U);
  EXPECT_EQ(length(U"河(h\u200Bé)流"), 5U);
  EXPECT_EQ(length(U"河(he\u0301)流"), 5U);
  EXPECT_EQ(length(U"河（ｈé）流"), 4U);
  EXPECT_EQ(length(U"旅(lu\u0308\u030C)人"), 6U);
  EXPECT_EQ(length(U"大(dɑ4)河"), 5U);
  EXPECT_EQ(length(U"安 全（ān-\nquán）"), 10U);
  EXPECT_EQ(length(U"河 (AI)流"), 0U);
  EXPECT_EQ(length(U"河(ㄏㄜˊ)流"), 5U);
  EXPECT_EQ(length(U"黄（ㄏㄨ\nㄤˊ）河"), 7U);
  EXPECT_EQ(length(U"安全(ㄢ ㄑㄩㄢˊ)不"), 8U);
  EXPECT_EQ(length(U"女(ㄋㄩˇ)人"), 5U);
  EXPECT_EQ(length(U"石(ㄕˊ)桥"), 4U);
  EXPECT_EQ(length(U"的(˙ㄉㄜ)人"), 5U);
  EXPECT_EQ(length(U"声母(ㄅㄆㄇ)有"), 0U);
  EXPECT_EQ(length(U"河(ㄊㄧㄢˊ)流"), 0U);
  EXPECT_EQ(length(U"，(hé)流"), 0U);
}

TEST(Han, GlossGoesOverThePiecesOfItsText) {
  constexpr std::u32string_view kText = U"保安\n全(ān\n68\nquán)地(AI)走(zǒu";
  const std::vector<Span> pieces{{0, 2}, {3, 7}, {11, 26}};
  EXPECT_EQ(han::gloss_end(kText, pieces, 1, 4), 16U);
  EXPECT_EQ(han::gloss_end(kText, pieces, 2, 17), 17U);
  EXPECT_EQ(han::gloss_end(kText, pieces, 2, 22), 22U);
  const std::vector<Span> with_number{{0, 2}, {3, 7}, {8, 10}, {11, 26}};
  EXPECT_EQ(han::gloss_end(kText, with_number, 1, 4), 4U);
}

TEST(Han, WordsInBracketsThatSayWhatIsLeftOut) {
  EXPECT_EQ(han::omission_length(U"的（略）是", 1), 3U);
  EXPECT_EQ(han::omission_length(U"的〔中略〕是", 1), 4U);
  EXPECT_EQ(han::omission_length(U"的（略有不同）是", 1), 0U);
  EXPECT_EQ(han::omission_length(U"的（略", 1), 0U);
}

TEST(Han, KindsAndClassesOfMarks) {
  for (const char32_t c : U"河A９％\U00020000〇") {
    if (c != 0) {
      EXPECT_EQ(han::kind(c), han::Kind::letter) << to_utf8(std::u32string(1, c));
    }
  }
  for (const char32_t c : {U' ', U'\u3000', U'\r', U'\u200B'}) EXPECT_EQ(han::kind(c), han::Kind::blank);
  for (const char32_t c : {U'，', U'。', U'“', U'(', U'—'}) EXPECT_EQ(han::kind(c), han::Kind::mark);
  EXPECT_EQ(han::mark_class(U'「'), han::mark_class(U'”'));
  EXPECT_EQ(han::mark_class(U'，'), han::mark_class(U','));
  EXPECT_NE(han::mark_class(U'，'), han::mark_class(U'。'));
}

}  // namespace
}  // namespace suyuan
