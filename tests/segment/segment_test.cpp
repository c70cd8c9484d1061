// Documents → blocks, paragraphs, works, dates, sections, quotations, on invented text.
#include "suyuan/segment.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/han.hpp"
#include "segment/dates.hpp"
#include "segment/made.hpp"

namespace suyuan {
namespace {

const std::vector<std::string> kTexts = {
    "",
    "\n\n  \n",
    "护河先要识河。",
    "护河\r\n先要\r\n",
    "\t　河\n",
    "- 首页\n- 资讯\n- 供应\n正文说的是河。\n评论区\n",
    "# 目录\n河流.....\t1\n梯田.....\t2\n\n# 河流\n\n河流有自己的脾气，水大的时候要有地方去。\n\n# "
    "梯田\n\n梯田是一代一代人垒起来的。\n",
    "  ■护河先要识河\n“没有收住的引文\n",
    "一\n河。\n(2031年3月8日在云川的讲话)\n",
    "……\n——\n※\n"};

TEST(Segment, BlocksTileAndNothingIsLost) {
  for (const std::string& text : kTexts) {
    const Made m = make(text);
    std::uint32_t at = 0;
    std::vector<char> held(m.document.text.size(), 0);
    for (const Block& b : m.made.blocks) {
      EXPECT_EQ(b.span.begin, at);
      at = b.span.end;
      if (is_furniture(b.role))
        for (std::uint32_t i = b.span.begin; i < b.span.end; ++i) held[i] = 1;
    }
    EXPECT_EQ(at, m.document.text.size());
    for (const Work& w : m.made.works)
      for (const Paragraph& p : w.paragraphs)
        for (const Span part : p.parts) {
          EXPECT_FALSE(part.empty());
          for (std::uint32_t i = part.begin; i < part.end; ++i) held[i] = 1;
        }
    for (std::size_t i = 0; i < held.size(); ++i)
      if (han::kind(m.document.text[i]) != han::Kind::blank &&
          std::u32string_view(U"#■-").find(m.document.text[i]) == std::u32string_view::npos) {
        EXPECT_TRUE(held[i]) << text << " at " << i;
      }
  }
}

TEST(Segment, ParagraphsAreRebuiltAcrossWrapsAndPageNumbers) {
  const std::u32string one = prose(400) + U"止。", two = prose(300) + U"完。";
  Made m = make(wrapped(one) + wrapped(two));
  ASSERT_EQ(m.made.works.size(), 1U);
  ASSERT_EQ(m.made.works[0].paragraphs.size(), 2U);
  EXPECT_EQ(m.text(0, 0), to_utf8(one));
  EXPECT_EQ(m.text(0, 1), to_utf8(two));
  std::string with_page = wrapped(one);
  const std::size_t line = with_page.find("\n\n", with_page.size() / 2);
  with_page.insert(line, "\n\n 14 ");
  m = make(with_page + wrapped(two));
  EXPECT_EQ(m.text(0, 0), to_utf8(one));
  EXPECT_EQ(m.text(0, 1), to_utf8(two));
  const auto pages = std::ranges::count(m.made.blocks, Role::page_number, &Block::role);
  EXPECT_EQ(pages, 1);
  // Full lines without blank lines between them, and lines that end in CR LF.
  for (const char* between : {"\n", "\r\n", "\r\n\r\n"}) {
    m = make(wrapped(one, between) + wrapped(two, between));
    ASSERT_EQ(m.made.works.at(0).paragraphs.size(), 2U);
    EXPECT_EQ(m.text(0, 1), to_utf8(two));
  }
  // Lines of no common width are paragraphs of their own.
  m = make("护河先要识河。\n\n梯田是一代一代人垒起来的。\n\n石头不会说话。\n");
  EXPECT_EQ(m.made.works.at(0).paragraphs.size(), 3U);
}

// Text cut at any width is whole again, of one paragraph too; lines that are lines stay so.
TEST(Segment, FewLinesCutNarrowlyAreOneParagraph) {
  const std::u32string prose =
      U"护林员说，山里的雨水一年比一年多，桥头的草棚里天天有人歇脚，挑柴的、赶牛的都要坐下来喝一口热汤，"
      U"说几句山外的新闻。老石匠听了半天没有作声，在工地的医院里躺了三个月的人，还想着那座没有修完的桥。";
  for (std::size_t width = 10; width <= 32; ++width)
    for (const std::u32string_view indent : {U"", U"　　"})
      for (const char* between : {"", "\n"}) {
        if (indent.empty() && *between == 0) continue;  // nothing parts the paragraphs
        std::string text;
        for (int n = 0; n < 2; ++n) {
          std::u32string line(indent);
          for (const char32_t c : prose) {
            if (line.size() == width) text += to_utf8(line) + "\n", line.clear();
            line += c;
          }
          text += to_utf8(line) + "\n" + between;
        }
        const Made m = make(text);
        ASSERT_EQ(m.made.works.at(0).paragraphs.size(), 2U) << text;
        EXPECT_EQ(m.text(0, 0), to_utf8(prose)) << text;
        EXPECT_EQ(m.text(0, 1), to_utf8(prose)) << text;
      }
  for (const std::string lines :
       {"护林先要识林，识林先要识土\n种树先要种心，种心先要种德\n修桥先要修路，修路先要修德\n",
        "山里的雨水多，桥头的人多\n桥头的草棚小，热汤却很大\n老石匠没有作声，他记得桥\n",
        "一条河流过三个村庄\n三个村庄有三座石桥\n石桥底下是一样的水\n"})
    EXPECT_EQ(make(lines).made.works.at(0).paragraphs.size(), 3U) << lines;
}

// Whatever words stand beside each other, the text is tiled and every span lies in it.
TEST(Segment, AnyTextCanBeSegmented) {
  static const std::vector<std::string> kWords = {"“",
                                                  "”",
                                                  "「",
                                                  "」",
                                                  "‘",
                                                  "’",
                                                  "\"",
                                                  "《",
                                                  "》",
                                                  "（",
                                                  "）",
                                                  "在",
                                                  "时",
                                                  "上",
                                                  "，",
                                                  "。",
                                                  "：",
                                                  "、",
                                                  "指出",
                                                  "强调",
                                                  "要求",
                                                  "说",
                                                  "他",
                                                  "她",
                                                  "习近平",
                                                  "总书记",
                                                  "郗望澜",
                                                  "院长",
                                                  "会议",
                                                  "中央",
                                                  "批示",
                                                  "报告",
                                                  "的",
                                                  "一席话",
                                                  "2031年",
                                                  "3月",
                                                  "8日",
                                                  "去年",
                                                  "同年",
                                                  "云川社",
                                                  "电",
                                                  "目录",
                                                  "..... 1",
                                                  "■",
                                                  "# ",
                                                  "> ",
                                                  "- ",
                                                  "一、",
                                                  "—",
                                                  "①",
                                                  "（《云川日报》 2031年3月9日）",
                                                  "(2031年3月8日在云川的讲话)",
                                                  "这是护河讲话的节录",
                                                  "编者按：",
                                                  "\n",
                                                  "\n",
                                                  "\n\n",
                                                  " ",
                                                  "河",
                                                  "护河先要识河",
                                                  "(hé)",
                                                  "発表",
                                                  "发表",
                                                  "文章",
                                                  "11",
                                                  "二〇",
                                                  "按照",
                                                  "党的二十大",
                                                  "14",
                                                  "記者：",
                                                  "𠀀"};
  std::uint32_t state = 7;
  const auto random = [&](std::size_t n) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state >> 8) % n;
  };
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::size_t n = random(60); n > 0; --n) text += kWords[random(kWords.size())];
    const Made m = make(text, round % 3 == 0 ? "a.md" : "a.txt");
    const auto size = static_cast<std::uint32_t>(m.document.text.size());
    std::uint32_t at = 0;
    for (const Block& b : m.made.blocks) {
      ASSERT_EQ(b.span.begin, at) << text;
      at = b.span.end;
    }
    ASSERT_EQ(at, size) << text;
    const auto inside = [&](Span s) { return s.begin <= s.end && s.end <= size; };
    for (const Work& w : m.made.works) {
      ASSERT_TRUE(inside(w.span) && !w.paragraphs.empty()) << text;
      for (const Quotation& q : w.quotations) {
        ASSERT_FALSE(q.parts.empty()) << text;
        for (const Span s : q.parts) ASSERT_TRUE(inside(s) && !s.empty()) << text;
        if (q.attribution) {
          ASSERT_TRUE(inside(q.attribution->span)) << text;
        }
      }
      for (const DateMention& d : w.dates) ASSERT_TRUE(inside(d.span) && d.earliest <= d.latest) << text;
    }
  }
}

TEST(Segment, ClosingLinesDateAndSeparateWorks) {
  const Made m = make(
      "  护河先要识河，要把上游的林、中游的田放在一张图上看，写明水量。\n（《 云川日报 》  2031年 3月 9日 ）\n"
      "  梯田是一代一代人用手垒起来的，石头不会说话，手艺会说话，要记下来。\n（《远山》  2031年 10月 1日）\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[0].outlet, "云川日报");
  EXPECT_EQ(m.made.works[0].published.latest->to_string(), "2031-03-09");
  EXPECT_EQ(m.made.works[0].published.earliest, m.made.works[0].published.latest);
  EXPECT_EQ(m.made.works[1].outlet, "远山");
  EXPECT_LE(m.made.works[0].span.end, m.made.works[1].span.begin);
  EXPECT_EQ(m.text(0, 1), "（《 云川日报 》  2031年 3月 9日 ）");
  EXPECT_EQ(m.text(1, 0), "梯田是一代一代人用手垒起来的，石头不会说话，手艺会说话，要记下来。");
  EXPECT_EQ(m.made.works[1].published.status, DateInterval::Status::stated);
  EXPECT_EQ(m.made.works[1].published.evidence.at(0).rule, "closing-line");
}

TEST(Segment, AnIssueOutranksThePostingTime) {
  const Made m = make("来源：《求是》2031/16 2031-08-19 10:12:33\n河流有自己的脾气，水大的时候要有地方去。\n");
  EXPECT_EQ(m.made.works.at(0).published.latest->to_string(), "2031-08-16");
  EXPECT_EQ(m.made.works.at(0).published.evidence.at(0).rule, "issue-calendar");
}

TEST(Segment, OccasionLinesCloseSections) {
  for (const char* occasion :
       {"(2031年3月8日在云川河流保护座谈会上的讲话)", "（2031年3月8日在云川河流保护座谈\n\n会上的讲话）"}) {
    const Made m =
        make(std::string("一\n护河先要识河，要把上游的林、中游的田放在一张图上看。\n\n") + occasion +
             "\n二\n河流有自己的脾气，水大的时候要有地方去。\n（2031年5月20日在梯田守护人会议上的讲话）\n");
    ASSERT_EQ(m.made.works.at(0).sections.size(), 2U) << occasion;
    EXPECT_EQ(m.made.works[0].sections[0].spoken.earliest->to_string(), "2031-03-08");
    EXPECT_EQ(m.made.works[0].sections[0].spoken.latest->to_string(), "2031-03-08");
    EXPECT_EQ(m.made.works[0].sections[1].spoken.earliest->to_string(), "2031-05-20");
    const Section& first = m.made.works[0].sections[0];
    ASSERT_EQ(first.last, first.first + 1);
    EXPECT_EQ(m.text(0, first.first), "护河先要识河，要把上游的林、中游的田放在一张图上看。");
    EXPECT_EQ(m.document.text_of(first.occasion).back(), occasion[0] == '(' ? U')' : U'）');
    EXPECT_EQ(m.made.works[0].published.status, DateInterval::Status::bounded);
    EXPECT_EQ(m.made.works[0].published.earliest->to_string(), "2031-05-20");
  }
}

TEST(Segment, FurnitureIsSetApart) {
  const Made m = make(kTexts[6] + "2031年3月5日，郗望澜在云川考察。 本刊记者 宋某/摄\n雲ICP備00000000號\n");
  std::vector<std::string> roles;
  for (const Block& b : m.made.blocks)
    if (is_furniture(b.role) && b.role != Role::blank) roles.emplace_back(name(b.role));
  EXPECT_EQ(roles, (std::vector<std::string>{"contents", "contents", "contents", "caption", "footer"}));
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[1].title, "梯田");
}

TEST(Segment, NavigationIsAMenuOfThreeAndMore) {
  const auto menus = [](const std::string& text) {
    const Made m = make(text);
    return std::ranges::count(m.made.blocks, Role::navigation, &Block::role);
  };
  EXPECT_EQ(menus("- 云川\n- 远山\n- 梯田\n河流有自己的脾气，水大的时候要有地方去。\n"), 3);
  EXPECT_EQ(menus("- 云川\n- 远山\n河流有自己的脾气，水大的时候要有地方去。\n"), 0);
  EXPECT_EQ(menus("河流有自己的脾气，水大的时候要有地方去。\n- 云川\n- 远山\n- 梯田\n评论区\n"), 1);
}

TEST(Segment, QuotationsKnowTheirWords) {
  const Made m =
      make("会后有人发言。郗望澜指出：“护河先要识河，账要记得细。”他把这叫“识河”。\n她说“没有收住的话。\n");
  const Work& w = m.made.works.at(0);
  ASSERT_EQ(w.quotations.size(), 1U);
  EXPECT_EQ(to_utf8(m.document.text_of(w.quotations[0].parts)), "护河先要识河，账要记得细。");
  ASSERT_TRUE(w.quotations[0].attribution);
  EXPECT_EQ(to_utf8(m.document.view(w.quotations[0].attribution->span)), "郗望澜指出：");
  ASSERT_EQ(m.made.diagnostics.size(), 1U);
  EXPECT_EQ(m.made.diagnostics[0].what.code, "open-quotation");
  const auto found = [](const std::string& text) { return make(text).made.works.at(0).quotations; };
  EXPECT_EQ(found("她记着“一二三四五六七八，九十。”这件事。\n").size(), 1U);
  EXPECT_FALSE(found("她记着“一二三四五六七八，九十。”这件事。\n")[0].attribution);
  EXPECT_TRUE(found("她记着“一二三四五六七”这件事。\n").empty());
  EXPECT_EQ(found("她指出：「外面有『里面的话也要够八个字。』才算完。」\n").size(), 2U);
}

TEST(Dates, AreReadFromFoldedLines) {
  const auto first = [](std::u32string_view line) {
    const auto found = dates_in(line);
    return found.empty() ? std::string() : found[0].to_string();
  };
  EXPECT_EQ(first(U"(《云川日报》2031年3月9日)"), "2031-03-09");
  EXPECT_EQ(first(U"二〇三一年十一月二十日"), "2031-11-20");
  EXPECT_EQ(first(U"《远山》2032/162032-08-1910:12:33"), "2032-08-19");
  EXPECT_EQ(first(U"2031年13月45日"), "");
  EXPECT_EQ(first(U"2031年2月30日"), "");
  EXPECT_EQ(first(U"2031年3月"), "2031-03");
  EXPECT_EQ(dates_in(U"2031年3月9日至2031年10月1日").size(), 2U);
  EXPECT_TRUE(dates_in(U"2031年").empty());
  EXPECT_EQ(dates_in(U"2031年", true).at(0), (Date{2031, 0, 0}));
  EXPECT_EQ(first(U"2031-02-30"), "");
  EXPECT_FALSE(issue_in(U"来源:云川日报"));
  EXPECT_EQ(issue_in(U"《远山》2031年第7期")->number, 7);
  EXPECT_EQ(issue_in(U"《远山》")->number, 0);
  const auto issue = issue_in(U"来源:《求是》2031/16");
  ASSERT_TRUE(issue);
  EXPECT_EQ(issue->number, 16);
  EXPECT_EQ(issue_date(*issue, shipped_lexicons())->to_string(), "2031-08-16");
  EXPECT_FALSE(issue_date({"远山", 2031, 16}, shipped_lexicons()));
}

TEST(Dates, OfAnImpossibleDayNothingIsMade) {
  EXPECT_TRUE(dates_in(U"2031-12-45").empty());
  EXPECT_TRUE(dates_in(U"2031年3月45日").empty());
  EXPECT_TRUE(dates_in(U"2031年4月31日").empty());
  EXPECT_EQ(dates_in(U"2031-12-4").size(), 1U);
}

}  // namespace
}  // namespace suyuan
