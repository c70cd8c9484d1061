// The geometry of a PDF's page, on words set here.
#include "read/pdf.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "suyuan/base.hpp"

namespace suyuan {
namespace {

constexpr float kEm = 10;

struct Sheet {
  PdfPage page{400, 600, {}, {}};

  // A line of words, each as wide as its characters are.
  Sheet& line(float x, float y, const std::u32string& text, float em = kEm) {
    std::vector<PdfWord> words;
    float at = x;
    std::u32string word;
    float begin = x;
    const auto close = [&] {
      if (!word.empty()) words.push_back({begin, y, at, y + 1.2F * em, word});
      word.clear();
    };
    for (const char32_t c : text) {
      if (c == U' ') {
        close();
        at += 0.3F * em;
        begin = at;
        continue;
      }
      word += c;
      at += c < 0x2E80 ? 0.5F * em : em;
    }
    close();
    page.lines.push_back(std::move(words));
    return *this;
  }
};

std::u32string han(std::size_t n, std::size_t from = 0) {
  static const std::u32string kText =
      U"护河先要识河要把上游的林中游的田下游的城放在一张图上看弄清每一段河的水从哪里来到哪里去";
  std::u32string out;
  for (std::size_t i = 0; i < n; ++i) out += kText[(from + i) % kText.size()];
  return out;
}

std::vector<std::string> lines_of(const PdfText& set) {
  std::vector<std::string> out(1);
  for (const char c : to_utf8(set.text)) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back() += c;
  }
  out.pop_back();
  return out;
}

std::string joined(const std::u32string& a, const std::u32string& b) { return to_utf8(a + b); }

TEST(PdfLayout, JoinsHanWithoutAndLatinWithABlank) {
  Sheet s;
  s.line(70, 50, han(28)).line(50, 66, han(30, 3)).line(50, 82, U"终了。");
  s.line(70, 98, han(23) + U" every").line(50, 114, U"river " + han(27)).line(50, 130, han(28, 5) + U"care-");
  s.line(50, 146, U"ful " + han(28)).line(50, 162, han(5) + U"。");
  const PdfText set = lay_out({s.page});
  const auto lines = lines_of(set);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], to_utf8(han(28) + han(30, 3) + U"终了。"));
  EXPECT_EQ(lines[1],
            to_utf8(han(23) + U"every river" + han(27) + han(28, 5) + U"careful" + han(28) + han(5) + U"。"));
  EXPECT_EQ(set.mended, 1U);
}

TEST(PdfLayout, ReadsColumnsUnderATitleOneAfterTheOther) {
  Sheet s;
  s.line(110, 40, han(9), 20);
  for (int i = 0; i < 6; ++i) {
    const auto n = static_cast<std::size_t>(i);
    // pdftotext takes the two columns for one line.
    auto left = Sheet().line(i == 0 ? 70.F : 50.F, 80 + 16 * static_cast<float>(i), han(i == 0 ? 12 : 14, n)).page;
    auto right = Sheet().line(206, 80 + 16 * static_cast<float>(i), han(i == 5 ? 5 : 14, 20 + n)).page;
    left.lines[0].insert(left.lines[0].end(), right.lines[0].begin(), right.lines[0].end());
    s.page.lines.push_back(left.lines[0]);
  }
  const auto lines = lines_of(lay_out({s.page}));
  ASSERT_EQ(lines.size(), 2U);
  std::u32string all = han(12);
  for (std::size_t i = 1; i < 6; ++i) all += han(14, i);
  for (std::size_t i = 0; i < 6; ++i) all += han(i == 5 ? 5 : 14, 20 + i);
  EXPECT_EQ(lines[1], to_utf8(all));
}

TEST(PdfLayout, ATitleOverThreeColumnsIsNotTheMiddleOnes) {
  Sheet s;
  s.line(175, 40, han(5)).line(185, 58, han(3, 9));
  std::u32string all;
  for (int c = 0; c < 3; ++c)
    for (int i = 0; i < 6; ++i) {
      const auto n = static_cast<std::size_t>(c * 6 + i);
      s.line(50 + 105 * static_cast<float>(c), 90 + 16 * static_cast<float>(i), han(9, n));
      all += han(9, n);
    }
  const auto lines = lines_of(lay_out({s.page}));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], to_utf8(han(5)));
  EXPECT_EQ(lines[1], to_utf8(han(3, 9)));
  EXPECT_EQ(lines[2], to_utf8(all));
}

TEST(PdfLayout, WordsSetFarApartInANarrowColumnMakeNoColumn) {
  Sheet s;
  std::u32string left, right;
  for (int i = 0; i < 8; ++i) {
    const float y = 60 + 16 * static_cast<float>(i);
    const auto n = static_cast<std::size_t>(i);
    s.line(50, y, han(12, n));
    left += han(12, n);
    const float lag = static_cast<float>(i * 7 % 12);
    for (const float x : {185.F, 220.F + lag, 266.F}) s.line(x, y, U"river");
    right += U"river river river ";
  }
  right.pop_back();
  const auto lines = lines_of(lay_out({s.page}));
  std::string text;
  for (const std::string& line : lines) text += line;
  EXPECT_EQ(text, to_utf8(left + right));
}

TEST(PdfLayout, SetsMarginsAsideAndKeepsPrintedNumbers) {
  std::vector<PdfPage> pages;
  for (int p = 0; p < 3; ++p) {
    Sheet s;
    s.line(150, 30, U"云川日报 第" + from_utf8(std::to_string(p + 7)) + U"版", 8);
    for (int i = 0; i < 8; ++i)
      s.line(50, 80 + 16 * static_cast<float>(i), han(30, static_cast<std::size_t>(p * 8 + i)));
    s.line(195, 560, U"- " + from_utf8(std::to_string(p + 31)) + U" -", 8);
    pages.push_back(s.page);
  }
  const PdfText set = lay_out(pages);
  const auto lines = lines_of(set);
  // One paragraph over three pages, then heads and numbers: none is lost, none stands in it.
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(set.markup.size(), 6U);
  for (const Markup& m : set.markup) EXPECT_EQ(m.kind, Markup::Kind::furniture);
  EXPECT_EQ(lines[1], "云川日报第7版");
  EXPECT_EQ(lines[2], "- 31 -");
  EXPECT_EQ(set.pages.front().label, "31");
  Document document;
  document.text = set.text;
  document.anchors = set.anchors;
  document.pages = set.pages;
  const auto at = document.position(30 * 8 + 30 * 2 + 4);  // the third line of the second page
  EXPECT_EQ(at.to_string(), "p32:3:5");
  EXPECT_EQ(document.offset_of(at), 30U * 8 + 30 * 2 + 4);
  EXPECT_EQ(document.offset_of({3, 5, "99"}), std::nullopt);
}

TEST(PdfLayout, PagesBearTheLabelsThatArePrintedOnThem) {
  // Roman before the text, digits in it, an appendix counted on its own; two pages without a number.
  const std::vector<const char32_t*> printed{U"i", U"ii",    U"",    U"iv",  U"· 1 ·", U"· 2 ·",
                                             U"",  U"· 4 ·", U"A-1", U"A-2", U"A-3"};
  const std::vector<std::string> wanted{"i", "ii", "[3]", "iv", "1", "2", "3", "4", "A-1", "A-2", "A-3"};
  std::vector<PdfPage> pages;
  for (std::size_t p = 0; p < printed.size(); ++p) {
    Sheet s;
    for (std::size_t i = 0; i < 8; ++i) s.line(50, 80 + 16 * static_cast<float>(i), han(30, p * 8 + i));
    if (*printed[p] != 0) s.line(195, 560, printed[p], 8);
    pages.push_back(s.page);
  }
  const PdfText set = lay_out(pages);
  std::set<std::uint32_t> seen;
  for (const PageStart& page : set.pages) {
    seen.insert(page.number);
    EXPECT_EQ(page.label, wanted[page.number - 1]);
    EXPECT_EQ(page.printed, page.label != "[3]");
  }
  EXPECT_EQ(seen.size(), wanted.size());
}

TEST(PdfLayout, ReadingsOverCharactersAreNoText) {
  Sheet s;
  float y = 80;
  std::u32string all;
  for (std::size_t i = 0; i < 6; ++i, y += 16) {
    if (i == 1 || i == 3) {  // the line below them is set lower
      s.line(110, y, i == 1 ? U"hé shuǐ" : U"ㄏㄜˊ", 5);
      y += 9;
    }
    s.line(50, y, han(30, i));
    all += han(30, i);
  }
  s.line(50, y + 40, U"River", 5);  // nothing stands under it
  const PdfText set = lay_out({s.page});
  const auto lines = lines_of(set);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], to_utf8(all));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "hé shuǐ") + std::count(lines.begin(), lines.end(), "ㄏㄜˊ"), 2);
  EXPECT_EQ(lines.back(), "River");
  EXPECT_EQ(set.markup.size(), 2U);
}

TEST(PdfLayout, CellsOfATableStayWhole) {
  Sheet s;
  std::vector<std::string> cells;
  float y = 60;
  for (std::size_t row = 0; row < 3; ++row, y += 12) {
    std::u32string left, right;
    for (std::size_t i = 0; i < 4; ++i, y += 16) {
      const std::u32string a = i < 3 ? han(13, row * 9 + i) : han(5, row) + U"。";
      const std::u32string b = i < 3 ? han(14, row * 7 + i + 20) : han(7, row) + U"。";
      s.line(50, y, a).line(200, y, b);
      left += a, right += b;
    }
    cells.push_back(to_utf8(left));
    cells.push_back(to_utf8(right));
  }
  auto lines = lines_of(lay_out({s.page}));
  std::sort(lines.begin(), lines.end());
  std::sort(cells.begin(), cells.end());
  EXPECT_EQ(lines, cells);
}

TEST(PdfLayout, FirstLinesOfTwoPagesThatDifferAreText) {
  std::vector<PdfPage> pages;
  for (int p = 0; p < 2; ++p) {
    Sheet s;
    for (int i = 0; i < 8; ++i)
      s.line(50, 40 + 16 * static_cast<float>(i), han(30, static_cast<std::size_t>(p * 8 + i)));
    pages.push_back(s.page);
  }
  EXPECT_TRUE(lay_out(pages).markup.empty());
}

TEST(PdfLayout, PutsNotesBehindTheParagraphThatRunsOn) {
  std::vector<PdfPage> pages(2);
  Sheet a, b;
  for (int i = 0; i < 10; ++i) a.line(50, 60 + 16 * static_cast<float>(i), han(30, static_cast<std::size_t>(i)));
  a.line(50, 500, U"①《云川日报》2031年3月9日。", 8);
  for (int i = 0; i < 10; ++i)
    b.line(50, 60 + 16 * static_cast<float>(i), han(30, static_cast<std::size_t>(i + 10)));
  pages[0] = a.page;
  pages[1] = b.page;
  const auto lines = lines_of(lay_out(pages));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1], "①《云川日报》2031年3月9日。");
}

TEST(PdfLayout, MarksHeadingsByTheirSizeAndJoinsTheirLines) {
  Sheet s;
  s.line(50, 40, han(18), 16).line(150, 62, han(5, 18), 16);
  for (int i = 0; i < 8; ++i) s.line(i == 0 ? 70.F : 50.F, 100 + 16 * static_cast<float>(i), han(i == 0 ? 28 : 30));
  const PdfText set = lay_out({s.page});
  const auto lines = lines_of(set);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], joined(han(18), han(5, 18)));
  ASSERT_EQ(set.markup.size(), 1U);
  EXPECT_EQ(set.markup[0].kind, Markup::Kind::heading);
}

TEST(PdfLayout, AHeadingBetweenTheLinesOfOtherColumnsIsItsColumns) {
  // The middle column stands half a line lower than the other two; its heading is in the middle of the page.
  Sheet s;
  std::array<std::u32string, 3> columns;
  for (int line = 0; line < 16; ++line)
    for (std::size_t c = 0; c < 3; ++c) {
      const bool heading = c == 1 && line == 8;
      const std::u32string text =
          heading ? std::u32string(U"先识河") : han(11, c * 7 + static_cast<std::size_t>(line));
      const float x = 30 + 120.0F * static_cast<float>(c) + (heading ? 40.0F : 0.0F);
      s.line(x, 150 + 15.0F * static_cast<float>(line) + (c == 1 ? 7.5F : 0), text);
      columns[c] += text;
    }
  std::u32string read;
  for (const char32_t c : lay_out({s.page}).text)
    if (c != U'\n') read += c;
  EXPECT_EQ(to_utf8(read), to_utf8(columns[0] + columns[1] + columns[2]));
}

TEST(PdfLayout, MarksThatHangBehindALineBelongToIt) {
  Sheet s;
  std::u32string left, right;
  for (int line = 0; line < 8; ++line) {
    const float y = 150 + 16.0F * static_cast<float>(line);
    const auto n = static_cast<std::size_t>(line);
    s.line(50, y, han(14, n)).line(203, y, han(14, n + 9));
    left += han(14, n);
    right += han(14, n + 9);
    if (line % 3 != 1) continue;
    s.line(191, y, U"，");
    s.line(344, y, U"。");
    left += U'，';
    right += U'。';
  }
  std::u32string read;
  for (const char32_t c : lay_out({s.page}).text)
    if (c != U'\n') read += c;
  EXPECT_EQ(to_utf8(read), to_utf8(left + right));
}

// Rows of cells, each a list of lines, every line 14 points below the one above it and every row `space` more.
Sheet table(const std::vector<std::vector<std::vector<std::u32string>>>& rows, const std::vector<float>& lefts,
            float space) {
  Sheet s;
  float y = 150;
  for (const auto& row : rows) {
    std::size_t most = 1;
    for (std::size_t c = 0; c < row.size(); ++c) {
      for (std::size_t l = 0; l < row[c].size(); ++l)
        s.line(lefts[c], y + 14.0F * static_cast<float>(l), row[c][l]);
      most = std::max(most, row[c].size());
    }
    y += 14.0F * static_cast<float>(most) + space;
  }
  return s;
}

TEST(PdfLayout, ReadsTablesRowByRow) {
  const std::vector<std::vector<std::vector<std::u32string>>> rows{
      {{U"日期"}, {U"场合"}, {U"所说的话"}},
      {{U"三月八日"}, {U"座谈会"}, {han(18), han(18, 18), han(5, 36) + U"。"}},
      {{U"五月二十日"}, {U"梯田考察"}, {han(18, 3), han(8, 21) + U"。"}},
      {{U"七月一日"}, {U"开班式上"}, {han(9, 7) + U"。"}},
      {{U"九月九日"}, {U"书屋"}, {han(18, 11), han(12, 29) + U"。"}}};
  std::vector<std::string> wanted;
  for (const auto& row : rows)
    for (const auto& cell : row) {
      std::u32string whole;
      for (const auto& line : cell) whole += line;
      wanted.push_back(to_utf8(whole));
    }
  // With spaces between the rows, and with none where the first column says where they begin.
  for (const float space : {8.0F, 0.0F})
    EXPECT_EQ(lines_of(lay_out({table(rows, {50, 110, 170}, space).page})), wanted) << space;
  // Between paragraphs, which stay whole.
  Sheet s = table(rows, {50, 110, 170}, 8);
  s.line(70, 110, han(28))
      .line(50, 126, han(9) + U"。")
      .line(70, 360, han(28))
      .line(50, 376, han(30))
      .line(50, 392, U"了。");
  const auto lines = lines_of(lay_out({s.page}));
  ASSERT_EQ(lines.size(), wanted.size() + 2);
  EXPECT_EQ(lines.front(), to_utf8(han(28) + han(9) + U"。"));
  EXPECT_EQ(std::vector<std::string>(lines.begin() + 1, lines.end() - 1), wanted);
  EXPECT_EQ(lines.back(), to_utf8(han(28) + han(30) + U"了。"));
}

TEST(PdfLayout, ReadsTablesOfTwoColumnsWhereOneHasSingleLines) {
  const std::vector<std::vector<std::vector<std::u32string>>> rows{
      {{U"三月八日"}, {han(18), han(11, 18) + U"。"}},
      {{U"五月二十日"}, {han(18, 3), han(18, 21), han(8, 39) + U"。"}},
      {{U"七月一日"}, {han(9, 7) + U"。"}},
      {{U"九月九日"}, {han(18, 11), han(12, 29) + U"。"}}};
  const auto lines = lines_of(lay_out({table(rows, {50, 130}, 8).page}));
  ASSERT_EQ(lines.size(), 8U);
  EXPECT_EQ(lines[1], to_utf8(han(18) + han(11, 18) + U"。"));
  EXPECT_EQ(lines[2], "五月二十日");
  EXPECT_EQ(lines[7], to_utf8(han(18, 11) + han(12, 29) + U"。"));
}

TEST(PdfLayout, ReadsNoColumnsOfTextAsTables) {
  // Three columns of running text on one grid of lines, with a wider space through all of them between paragraphs.
  Sheet s;
  std::array<std::u32string, 3> columns;
  float y = 150;
  for (int paragraph = 0; paragraph < 4; ++paragraph, y += 10)
    for (int line = 0; line < 5; ++line, y += 14)
      for (std::size_t c = 0; c < 3; ++c) {
        const std::u32string text = han(11, c * 7 + static_cast<std::size_t>(paragraph * 5 + line));
        s.line(30 + 120.0F * static_cast<float>(c), y, text);
        columns[c] += text;
      }
  std::u32string read;
  for (const char32_t c : lay_out({s.page}).text)
    if (c != U'\n') read += c;
  EXPECT_EQ(to_utf8(read), to_utf8(columns[0] + columns[1] + columns[2]));
  // Two columns of short lines are read one after the other.
  Sheet lists;
  for (int i = 0; i < 8; ++i) {
    const auto at = static_cast<std::size_t>(i);
    lists.line(50, 150 + 14.0F * static_cast<float>(i), han(6 + at % 5, at))
        .line(210, 150 + 14.0F * static_cast<float>(i), han(7 + at % 4, at + 9));
  }
  const auto lines = lines_of(lay_out({lists.page}));
  EXPECT_EQ(lines[0].substr(0, 18), to_utf8(han(6)));
  EXPECT_NE(lines[0].find(to_utf8(han(7, 1))), std::string::npos) << lines[0];
}

TEST(PdfLayout, ReadsLinesThatRunDownFromTheRight) {
  PdfPage page{400, 600, {}, {}};
  const std::u32string text = han(60);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const float x = 300 - 18 * static_cast<float>(i / 20), y = 60 + 10 * static_cast<float>(i % 20);
    page.lines.push_back({{x, y, x + 10, y + 12, text.substr(i, 1)}});
  }
  const PdfText set = lay_out({page});
  EXPECT_EQ(to_utf8(set.text), to_utf8(text) + "\n");
  EXPECT_EQ(set.vertical.size(), 1U);
}

TEST(PdfLayout, SpellsLigaturesOut) {
  Sheet s;
  s.line(50, 50, U"e\uFB03cient \uFB01eld");
  EXPECT_EQ(to_utf8(lay_out({s.page}).text), "efficient field\n");
}

TEST(PdfPages, TakesPagesThatComeInPieces) {
  const std::string xml =
      "<doc><page width=\"10\" height=\"20\"><flow><block><line><word xMin=\"1\" yMin=\"1\" xMax=\"2\" "
      "yMax=\"nan\">a&amp;b"
      "</word><word xMin=\"3\"> </word></line></block></flow></page><page width=\"inf\"></page></doc>";
  for (std::size_t step = 1; step < 40; ++step) {
    PdfPages read;
    for (std::size_t i = 0; i < xml.size(); i += step)
      ASSERT_TRUE(read.take(std::string_view(xml).substr(i, step)));
    ASSERT_EQ(read.pages.size(), 2U);
    ASSERT_EQ(read.pages[0].lines.size(), 1U);
    ASSERT_EQ(read.pages[0].lines[0].size(), 1U);
    EXPECT_EQ(to_utf8(read.pages[0].lines[0][0].text), "a&b");
    EXPECT_EQ(read.pages[1].width, 0);
  }
}

TEST(IsPdf, GoesByTheSignAtTheFront) {
  EXPECT_TRUE(is_pdf("%PDF-1.7\n"));
  EXPECT_TRUE(is_pdf("\n\n%PDF-1.4"));
  EXPECT_FALSE(is_pdf("A file begins with %PDF-1.7"));
  EXPECT_FALSE(is_pdf(""));
}

}  // namespace
}  // namespace suyuan
