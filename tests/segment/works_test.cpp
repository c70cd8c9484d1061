// Works, titles, kinds, copies, dates and what is missing, each with its evidence.
#include <gtest/gtest.h>

#include "read/html.hpp"
#include "segment/dates.hpp"
#include "segment/made.hpp"
#include "suyuan/index.hpp"

namespace suyuan {
namespace {

const std::string kBody =
    "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，写明水量、水质、岸线和鱼种，每年公布一次。\n";

const Work& only(const Made& m) { return m.made.works.at(0); }

TEST(Works, TitlesComeFromTheContentsInTheirOrder) {
  const Made m = make(
      "河边阅读\n2031年第4期\n目录\n云川日报：先识河再护河..... 1\n云川日报：山上有田..... 3\n远山：一盏灯 "
      "一间\n屋..... 5\n" +
      ("先识河再护河\n" + kBody) + "（《云川日报》 2031年3月9日）\n" + kBody +
      "（《云川日报》 2031年5月21日）\n一盏灯\n一间屋\n" + kBody + "（《远山》 2031年10月1日）\n");
  ASSERT_EQ(m.made.works.size(), 3U);
  EXPECT_EQ(m.made.works[0].title, "先识河再护河");
  EXPECT_EQ(m.made.works[0].outlet, "云川日报");
  // Its title is lost; the contents have it between its neighbours'.
  EXPECT_EQ(m.made.works[1].title, "山上有田");
  EXPECT_EQ(m.made.works[1].title_rule, "contents-order");
  EXPECT_EQ(m.made.works[1].defects.at(0).code, "lost-title");
  EXPECT_EQ(m.made.works[2].title, "一盏灯 一间屋");
  EXPECT_EQ(m.made.works[2].pages, (std::pair{5U, 5U}));
  EXPECT_EQ(m.made.works[0].pages, (std::pair{1U, 2U}));
  EXPECT_EQ(m.made.works[0].copy, Copy::compilation);
  EXPECT_EQ(days(m.made.works[0].edition), "2031-01-01..2031-12-31");
}

TEST(Works, OneTitleForTwoWorksIsTakenTwiceAndAMisreadOneIsFound) {
  const Made m = make("目录\n护河记..... 1\n梯田记..... 2\n护河记..... 3\n老桥修缮纪事本末..... 4\n护河记\n" +
                      kBody + "梯田记\n" + kBody + "护河记\n" + kBody + "老桥修膳纪事本末\n" + kBody);
  ASSERT_EQ(m.made.works.size(), 4U);
  EXPECT_EQ(m.made.works[2].title, "护河记");
  EXPECT_EQ(m.made.works[3].title, "老桥修膳纪事本末");
}

TEST(Works, AnEntryWithoutAHeadingIsSaid) {
  const Made m = make("目录\n护河记..... 1\n梯田记..... 2\n老桥记..... 3\n护河记\n" + kBody + "老桥记\n" + kBody);
  EXPECT_TRUE(has_note(m, "work-not-found"));
}

TEST(Works, AContainerOfReportsHoldsThemAndAnArticleWithNumberedPartsIsOne) {
  const Made m = make(
      "# 目录\n\n重要活动.....\t1\n另一篇.....\t8\n\n# 重要活动\n\n## 一、郗望澜考察云川河流保护\n\n云川社云川 11 "
      "月 8 日电 郗望澜近日考察。" +
      kBody + "\n## 二、郗望澜会见护河员代表\n\n11月9日下午，郗望澜在云川会见护河员代表。" + kBody +
      "\n# 另一篇\n\n" + kBody);
  ASSERT_EQ(m.made.works.size(), 4U);
  EXPECT_EQ(m.made.works[0].kind, WorkKind::collection);
  EXPECT_EQ(m.made.works[1].parent, 0U);
  EXPECT_EQ(m.made.works[2].parent, 0U);
  EXPECT_FALSE(m.made.works[3].parent);
  EXPECT_LE(m.made.works[0].span.begin, m.made.works[1].span.begin);
  EXPECT_EQ(m.made.works[0].span.end, m.made.works[2].span.end);
  const Made article =
      make("把河护好\n一、弄清家底，才谈得上护河\n" + kBody + "二、顺着河的脾气，不跟水较劲\n" + kBody);
  EXPECT_EQ(article.made.works.size(), 1U);
  EXPECT_EQ(article.made.works[0].paragraphs[1].role, Role::heading);
}

TEST(Works, DatelinesSeparateReportsWhereThereAreNoContents) {
  const Made m =
      make("云川修桥\n云川社云川2031年3月8日电 " + kBody + "梨坪修田\n云川社梨坪2031年5月20日电 " + kBody);
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[1].title, "梨坪修田");
  EXPECT_EQ(days(m.made.works[1].published), "2031-05-20..2031-05-20");
  EXPECT_EQ(m.made.works[1].outlet, "云川社");
  EXPECT_EQ(m.made.works[1].kind, WorkKind::report);
}

TEST(Works, AReportThenTheTextItAnnounces) {
  const Made m = make(
      "《远山》杂志发表郗望澜文章\n云川社云川2032年8月15日电 "
      "8月16日出版的第16期《远山》杂志将发表郗望澜院长的重要文章《给河流留一条路》。文章说了三件事。\n"
      "给河流留一条路\n郗望澜\n" +
      kBody + "(2031年3月8日在云川河流保护座谈会上的讲话)\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  ASSERT_TRUE(m.made.works[0].about);
  EXPECT_EQ(m.made.works[0].about->title, "给河流留一条路");
  EXPECT_EQ(days(m.made.works[0].about->published), "2032-08-16..2032-08-16");
  EXPECT_EQ(m.made.works[1].title, "给河流留一条路");
  EXPECT_EQ(m.made.works[1].author, "郗望澜");
  // The announcement dates the article, in this file or in another; the title alone does not.
  Sources s = read_bytes(
      "云川社云川2032年8月15日电 "
      "8月16日出版的第16期《远山》杂志将发表郗望澜院长的重要文章《给河流留一条路》。文章说了三件事，都在河上。\n",
      "report.txt");
  s.documents.push_back(read_bytes("给河流留一条路\n郗望澜\n" + kBody, "article.txt").documents.at(0));
  s.documents.push_back(read_bytes("给河流留一条路\n宋阿埠\n" + kBody + kBody, "other.txt").documents.at(0));
  const Corpus c = build_corpus(std::move(s));
  for (const CorpusWork& w : c.works) {
    const Work& work = c.work(w);
    if (work.author == "郗望澜") {
      EXPECT_EQ(days(work.published), "2032-08-16..2032-08-16");
      EXPECT_FALSE(work.published.evidence.at(0).document.empty());
      EXPECT_EQ(work.outlet, "远山");
    }
    if (work.author == "宋阿埠") {
      EXPECT_EQ(work.published.status, DateInterval::Status::none);
    }
  }
}

TEST(Works, CopiesOfOnePublicationAreKnownByContent) {
  const std::string story =
      "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，因地制宜确定护岸的办法。\n用三年时间给全省一百"
      "二十条河各立一本账，写明水量、水质、岸线和鱼种。\n"
      "河流有自己的脾气，水大的时候要有地方去，水小的时候要有地方存，这是护河的根本道理。\n";
  Sources s = read_bytes("护河\n" + story + "（《远山》 2032年8月16日）\n", "print.txt");
  s.documents.push_back(read_bytes("护河\n" + story, "copy.txt").documents.at(0));
  s.documents.push_back(
      read_bytes("护河\n" + story + "（《云川日报》 2032年9月1日）\n", "reprint.txt").documents.at(0));
  const Corpus c = build_corpus(std::move(s));
  std::uint32_t print = 9, copy = 9, reprint = 9;
  for (const CorpusWork& w : c.works) {
    const std::string& path = c.document(w).path;
    (path == "print.txt" ? print : path == "copy.txt" ? copy : reprint) = w.publication;
    if (path == "copy.txt") {
      EXPECT_EQ(days(c.work(w).published), "2032-08-16..2032-08-16");
      EXPECT_EQ(c.work(w).published.evidence.at(0).rule, "copy, closing-line");
    }
  }
  EXPECT_EQ(print, copy);
  EXPECT_NE(print, reprint);  // printed again by another paper on another day
}

TEST(Works, WhatWasPutUpLongBeforeIsNoCopyOfALaterPublication) {
  const std::string story =
      "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，因地制宜确定护岸的办法。\n用三年时间给全省一百"
      "二十条河各立一本账，写明水量、水质、岸线和鱼种。\n"
      "河流有自己的脾气，水大的时候要有地方去，水小的时候要有地方存，这是护河的根本道理。\n";
  for (const auto& [day, one] : {std::pair("2031年8月16日", false), std::pair("2032年8月30日", true)}) {
    Sources s = read_bytes("护河\n来源：云川日报　" + std::string(day) + "\n" + story, "page.txt");
    s.documents.push_back(
        read_bytes("再读护河\n" + story + "（《云川日报》 2032年9月1日）\n", "print.txt").documents.at(0));
    const Corpus c = build_corpus(std::move(s));
    EXPECT_EQ(c.works.at(0).publication == c.works.at(1).publication, one) << day;
  }
}

TEST(Works, TheFirstLineIsTheTitleWhateverMarksItHas) {
  for (const std::string title :
       {"“一杆秤”的分量", "种树，要看三年以后", "柳上弦：种树要看三年以后", "谷仓为什么开门？", "把种子留下来！",
        "秤要平，人心要公——在云岭听老站长讲从前的故事", "白杨", "黄河", "石桥", "白杨树"})
    for (const std::string author : {"\n\n作者：顾小满\n\n", "\n顾小满\n"}) {
      const Made m = make(title + author + kBody + kBody);
      EXPECT_EQ(only(m).title, title);
      EXPECT_EQ(only(m).author, "顾小满") << title;
    }
  EXPECT_EQ(only(make("白杨\n\n" + kBody)).title, "白杨");
  EXPECT_EQ(only(make("白杨\n\n" + kBody)).author, "");
  // An author over the title, and one whose words have lost theirs.
  EXPECT_EQ(only(make("顾小满\n\n谷仓开门\n\n" + kBody)).title, "谷仓开门");
  EXPECT_EQ(only(make("顾小满\n\n谷仓开门\n\n" + kBody)).author, "顾小满");
  EXPECT_EQ(only(make("作者：顾小满\n\n谷仓开门\n\n" + kBody)).author, "顾小满");
  EXPECT_EQ(only(make("顾小满\n一\n" + kBody + "（2031年3月8日在云川的座谈会上的讲话）\n")).author, "顾小满");
}

TEST(Works, AFirstLineThatSaysSomethingIsNoTitle) {
  for (const std::string line : {"同志们：", "各位代表！", "问：谷仓什么时候开门？", "护河的人，",
                                 "顾小满说：“护河先要识河，要把上游的林看清楚”",
                                 "顾小满强调“护河先要识河，要看上游的林”", "“护河先要识河，要把上游的林看清楚”"})
    EXPECT_EQ(only(make(line + "\n\n" + kBody)).title, "") << line;
  EXPECT_EQ(speaker(make("顾小满强调“护河先要识河，要看上游的林”\n\n" + kBody), "要识河"), "顾小满");
}

TEST(Works, AFileNumberIsNoTitle) {
  const Made m = make("云岭省人民政府关于收粮的通知\n\n云政发〔2041〕3号\n\n各县人民政府：\n\n" + kBody +
                      "\n云岭省人民政府\n2041年4月13日\n");
  EXPECT_EQ(only(m).title, "云岭省人民政府关于收粮的通知");
  EXPECT_EQ(only(m).kind, WorkKind::decision);
}

TEST(Works, VerseIsNoTitle) {
  const std::string verse = "江水把月亮\n揉碎了又拼好\n船家不说话\n只把篙子插进\n最深的地方\n等我们把话说完\n";
  EXPECT_EQ(only(make("夜渡\n柳上弦\n" + verse)).title, "夜渡");
  EXPECT_EQ(only(make("夜渡\n柳上弦\n" + verse)).author, "柳上弦");
  EXPECT_EQ(only(make("夜渡\n" + verse)).title, "夜渡");
  EXPECT_EQ(only(make("夜渡\n江水把月亮\n揉碎了又拼好\n")).title, "夜渡");
}

TEST(Works, BylinesOfEveryForm) {
  const auto author = [](const std::string& line) {
    return only(make("谷仓为何半夜开门\n\n" + line + "\n\n" + kBody)).author;
  };
  for (const std::string line : {"□ 顾小满",
                                 "●顾小满",
                                 "■ 顾小满",
                                 "◎顾小满",
                                 "（顾小满）",
                                 "顾小满/文",
                                 "顾小满 文",
                                 "文｜顾小满",
                                 "文 / 顾小满",
                                 "顾小满 著",
                                 "顾小满著",
                                 "顾 小 满",
                                 "云岭大学教授 顾小满",
                                 "云岭省粮食局局长 顾小满",
                                 "顾小满（云岭大学教授）",
                                 "作者：顾小满，云岭大学教授",
                                 "本报评论员 顾小满",
                                 "本报评论员：顾小满",
                                 "本报记者 顾小满",
                                 "（作者：顾小满）"})
    EXPECT_EQ(author(line), "顾小满") << line;
  EXPECT_EQ(author("顾小满　贺知砚"), "顾小满 贺知砚");
  EXPECT_EQ(author("顾小满、贺知砚"), "顾小满 贺知砚");
  EXPECT_EQ(author("本报记者 陆小渔 通讯员 贺知砚"), "陆小渔 贺知砚");
  EXPECT_EQ(author("本报评论员"), "本报评论员");
  EXPECT_EQ(author("作者：岭南客"), "岭南客");
  EXPECT_EQ(author("Tom Keller"), "Tom Keller");
  EXPECT_EQ(author("〔英〕爱丽丝·布伦纳"), "爱丽丝·布伦纳");
  EXPECT_EQ(author("爱丽丝·布伦纳 著 沈鹿眠 译"), "爱丽丝·布伦纳");
  // A second line of the title, points of a list, a word that begins as a name does.
  EXPECT_EQ(author("老站长的账本"), "");
  EXPECT_EQ(author("●顾小满\n●贺知砚"), "");
  EXPECT_EQ(author("方法"), "");
}

TEST(Works, ALineOfDayOrOutletAtTheHeadDatesTheText) {
  for (const std::string line :
       {"2041-04-13", "2041年4月13日", "2041/04/13", "2041.04.13", "（2041年4月13日）", "二〇四一年四月十三日",
        "日期：2041年4月13日", "2041年4月13日 星期六", "岭南晨报 2041年4月13日", "2041年4月13日　岭南晨报",
        "《岭南晨报》2041年4月13日", "岭南晨报 2041年4月13日 第3版", "岭南晨报 2041年04月13日 03版",
        "日期：2041年4月13日　来源：岭南晨报", "岭南晨报\n\n2041年4月13日"}) {
    const bool named = line.find("岭南晨报") != std::string::npos;
    for (const Made& m : {make("谷仓开门\n\n" + line + "\n\n顾小满\n\n" + kBody),
                          make(line + "\n\n谷仓开门\n\n顾小满\n\n" + kBody)}) {
      EXPECT_EQ(only(m).title, "谷仓开门") << line;
      EXPECT_EQ(only(m).author, "顾小满") << line;
      EXPECT_EQ(days(only(m).published), "2041-04-13..2041-04-13") << line;
      EXPECT_EQ(only(m).published.status, DateInterval::Status::stated);
      EXPECT_EQ(only(m).published.evidence.at(0).rule, "head-line");
      EXPECT_EQ(only(m).outlet, named ? "岭南晨报" : "") << line;
    }
  }
  // A paper that is not known; whose article.
  const Made unknown = make("谷仓开门\n\n远山　2041年4月13日\n\n" + kBody);
  EXPECT_EQ(only(unknown).title, "谷仓开门");
  EXPECT_EQ(days(only(unknown).published), "2041-04-13..2041-04-13");
  const Made both = make("谷仓开门\n\n顾小满　人民日报　2041年4月13日\n\n" + kBody);
  EXPECT_EQ(only(both).outlet, "人民日报");
  EXPECT_EQ(only(both).author, "顾小满");
  EXPECT_EQ(days(only(make("谷仓开门\n\n2041年4月\n\n" + kBody)).published), "2041-04-01..2041-04-30");
  EXPECT_EQ(days(only(make("谷仓开门\n\n《云水》2042年第6期\n\n" + kBody)).published), "2042-01-01..2042-12-31");
  EXPECT_EQ(only(make("谷仓开门\n\n顾小满 2041-04-13\n\n" + kBody)).author, "顾小满");
  const Made credits = make("谷仓开门\n\n作者：顾小满　来源：岭南晨报　2041-04-13\n\n" + kBody);
  EXPECT_EQ(only(credits).author, "顾小满");
  EXPECT_EQ(only(credits).outlet, "岭南晨报");
  EXPECT_EQ(days(only(credits).published), "2041-04-13..2041-04-13");
  // The paper's day gives a dateline its year.
  const Made report = make("谷仓开门\n\n岭南晨报 2041年4月13日\n\n本报岭南4月12日电 " + kBody);
  EXPECT_EQ(only(report).kind, WorkKind::report);
  EXPECT_EQ(only(report).outlet, "岭南晨报");
  EXPECT_EQ(only(report).dates.at(1).earliest.to_string(), "2041-04-12");
}

TEST(Works, ADayUnderTheTextIsThatOfItsWriting) {
  for (const std::string line :
       {"2041年4月13日", "（2041年4月13日）", "2041-04-13", "二〇四一年四月十三日", "写于2041年4月13日",
        "2041年4月13日于云岭", "云岭，2041年4月13日", "云岭省人民政府 2041年4月13日"}) {
    const Made m = make("谷仓开门\n\n" + kBody + kBody + "\n顾小满\n" + line + "\n");
    EXPECT_TRUE(is_signed(only(m).published)) << line;
    EXPECT_EQ(days(only(m).published), "2041-04-13..");
    EXPECT_EQ(only(m).author, "顾小满");
  }
  // It anchors what has no year.
  const Made m = make("谷仓开门\n\n4月2日，县里开了会。" + kBody + "\n2041年4月13日\n");
  EXPECT_EQ(only(m).dates.at(0).earliest.to_string(), "2041-04-02");
  EXPECT_EQ(only(m).dates.at(0).against, "signed-day");
  for (const std::string line :
       {"自2041年4月13日起施行", "2041年4月13日至14日", "会期：2041年4月13日，地点另行通知"})
    EXPECT_FALSE(is_signed(only(make("谷仓开门\n\n" + kBody + "\n" + line + "\n")).published)) << line;
  EXPECT_FALSE(is_signed(only(make("谷仓大事记\n\n2041年4月13日\n\n" + kBody + "\n2041年5月2日\n\n")).published));
}

TEST(Works, DaysOverTextAfterTextAreAChronicles) {
  const Made m =
      make("谷仓大事记\n\n2041年4月13日\n\n" + kBody + "\n2041年5月2日\n\n" + kBody + "\n2041年6月7日\n\n" + kBody);
  EXPECT_NE(only(m).published.status, DateInterval::Status::stated);
  EXPECT_EQ(only(m).title, "谷仓大事记");
  EXPECT_EQ(only(make("2041年的谷仓\n\n" + kBody)).title, "2041年的谷仓");
}

TEST(Works, AnOccasionUnderTheTitleIsTheTexts) {
  const std::string line = "（2041年4月12日在云岭粮食工作会议上的讲话）";
  for (const std::string& head :
       {"收粮的时候秤要平\n\n" + line + "\n\n阮青禾\n\n", "收粮的时候秤要平\n\n阮青禾\n\n" + line + "\n\n",
        "收粮的时候秤要平\n" + line + "\n阮青禾\n",
        std::string("收粮的时候秤要平\n\n2041年4月12日在云岭粮食工作会议上的讲话\n\n阮青禾\n\n")}) {
    const Made m = make(head + kBody + kBody + "（《远山》2044年第3期）\n");
    EXPECT_EQ(only(m).title, "收粮的时候秤要平") << head;
    EXPECT_EQ(only(m).author, "阮青禾") << head;
    EXPECT_EQ(only(m).kind, WorkKind::speech);
    ASSERT_EQ(only(m).sections.size(), 1U);
    EXPECT_EQ(days(only(m).sections[0].spoken), "2041-04-12..2041-04-12");
    EXPECT_EQ(only(m).sections[0].first, 3U);
    EXPECT_EQ(only(m).sections[0].last, 5U);
    EXPECT_EQ(only(m).outlet, "远山");
  }
  // A day in brackets is a speech's day; any other text appeared on it.
  for (const std::string title :
       {"在云岭粮食工作会议上的讲话", "收粮的时候秤要平\n\n——在云岭粮食工作会议上的讲话"}) {
    const Made m = make(title + "\n\n（2041年4月12日）\n\n阮青禾\n\n" + kBody);
    ASSERT_EQ(only(m).sections.size(), 1U) << title;
    EXPECT_NE(to_utf8(m.document.text_of(only(m).sections[0].occasion)).find("云岭粮食工作会议"),
              std::string::npos);
    EXPECT_EQ(days(only(m).published), "2041-04-12..");
    EXPECT_EQ(only(m).author, "阮青禾");
  }
  EXPECT_EQ(only(make("在云岭粮食工作会议上的讲话\n\n（2041年4月12日　阮青禾）\n\n" + kBody)).author, "阮青禾");
  // A note names it too.
  for (const std::string& text :
       {"收粮的时候秤要平\n\n阮青禾\n\n*这是阮青禾2041年4月12日在云岭粮食工作会议上的讲话。\n\n" + kBody,
        "收粮的时候秤要平\n\n阮青禾\n\n" + kBody + kBody +
            "\n※这是阮青禾二〇四一年四月十二日在云岭粮食工作会议上的讲话。\n"}) {
    const Made m = make(text);
    ASSERT_EQ(only(m).sections.size(), 1U) << text;
    EXPECT_EQ(days(only(m).sections[0].spoken), "2041-04-12..2041-04-12");
    EXPECT_EQ(only(m).kind, WorkKind::speech);
  }
  // Where the first stands over its words, the others do; where it closes them, a heading's line leads nothing.
  const Made led = make("谈秤\n\n一\n\n（2041年4月12日在云岭的座谈会上的讲话）\n\n" + kBody +
                        "\n二\n\n（2042年5月1日在梨坪的座谈会上的讲话）\n\n" + kBody + kBody);
  ASSERT_EQ(only(led).sections.size(), 2U);
  EXPECT_EQ(only(led).sections[0].last - only(led).sections[0].first, 1U);
  EXPECT_EQ(days(only(led).sections[1].spoken), "2042-05-01..2042-05-01");
  EXPECT_EQ(only(led).sections[1].last - only(led).sections[1].first, 2U);
}

TEST(Works, KindsHaveTheirEvidence) {
  const auto kind = [](const std::string& text) { return only(make(text)).kind; };
  EXPECT_EQ(kind("给河流留一条路\n郗望澜\n" + kBody + "(这是郗望澜2031年3月至2032年6月期间有关护河讲话的节录。)\n"),
            WorkKind::excerpt);
  EXPECT_EQ(kind("云川社云川2031年3月8日电 " + kBody), WorkKind::report);
  EXPECT_EQ(kind("编者按：" + kBody), WorkKind::editorial_note);
  EXPECT_EQ(kind("在云川河流保护座谈会上的讲话\n郗望澜\n" + kBody), WorkKind::speech);
  EXPECT_EQ(kind("云川省关于保护河流的决定\n" + kBody), WorkKind::decision);
  EXPECT_EQ(kind("把河护好——护河系列谈③\n" + kBody), WorkKind::commentary);
  EXPECT_EQ(kind("谈谈护河\n记者：您怎样看护河这件事？\n郗望澜：" + kBody + "记者：账怎么立？\n郗望澜：" + kBody),
            WorkKind::interview);
  EXPECT_EQ(kind("慢一些\n郗望澜院长指出：“宁可慢一些，不可把老石料换成新水泥。”郗望澜院长强调：“宁可少修几座，不可"
                 "修完了谁也不认得。”" +
                 kBody),
            WorkKind::commentary);
  EXPECT_EQ(kind("慢一些\n宋阿埠\n" + kBody), WorkKind::article);
  EXPECT_EQ(kind("慢一些再说\n" + kBody), WorkKind::unknown);
}

TEST(Works, WhatIsToldOfASpeechIsNone) {
  const auto kind = [](const std::string& title) { return only(make(title + "\n" + kBody)).kind; };
  EXPECT_EQ(kind("云川省省长二〇三二年新年贺词"), WorkKind::speech);
  EXPECT_EQ(kind("2031年云川省政府工作报告"), WorkKind::speech);
  EXPECT_EQ(kind("政府工作报告——2031年3月5日在云川省护河会议上"), WorkKind::speech);
  EXPECT_EQ(kind("给河流留一条路——郗望澜在全省护河大会上的讲话引发热烈反响"), WorkKind::unknown);
  EXPECT_EQ(kind("郗望澜省长新年贺词引起强烈反响"), WorkKind::unknown);
  EXPECT_EQ(kind("各县人士积极评价郗望澜在全省护河大会上的讲话"), WorkKind::unknown);
  EXPECT_EQ(kind("《护河知识问答》出版发行"), WorkKind::unknown);
  EXPECT_EQ(kind("郗望澜将发表二〇三二年新年贺词"), WorkKind::report);
  EXPECT_EQ(kind("省政府召开会议 讨论政府工作报告"), WorkKind::report);
  EXPECT_EQ(kind("在新的起点上护河——郗望澜出席全省护河大会并讲话"), WorkKind::report);
  EXPECT_EQ(kind("云川日报评论员文章：护河要有恒心——论学习贯彻郗望澜在全省护河大会上的讲话"), WorkKind::commentary);
  EXPECT_EQ(kind("郗望澜出席护河对话会"), WorkKind::report);
  EXPECT_EQ(kind("对话郗望澜：河里有水"), WorkKind::interview);
  EXPECT_EQ(kind("郗望澜就护河条例答记者问"), WorkKind::interview);
  EXPECT_EQ(kind("护河联盟大会通过云川提出的护河决议"), WorkKind::report);
}

TEST(Works, AnOfficeAndANameUnderASpeechsTitleIsItsAuthor) {
  const auto author = [](const std::string& text) { return only(make(text)).author; };
  const std::string title = "2031年云川省政府工作报告\n——2031年3月5日在云川省护河会议上\n";
  EXPECT_EQ(author(title + "云川省省长郗望澜\n各位代表：\n" + kBody), "郗望澜");
  EXPECT_EQ(author(title + "云川省副省长兼林业局局长郗望澜各位代表：\n" + kBody), "郗望澜");
  EXPECT_EQ(author("2031年云川省政府工作报告\n2031年3月5日在云川省护河会议上 云川省省长郗望澜\n" + kBody),
            "郗望澜");
  EXPECT_EQ(author(title + kBody), "");
  EXPECT_EQ(author("护河三年\n会见林业局局长宋阿埠\n" + kBody), "");
}

TEST(Works, AConversionShowsInWordsNoWriterMakes) {
  EXPECT_EQ(only(make("護河要因地製宜,要全麵看,要講體係,帳要記得細,話要說得明。\n")).copy, Copy::converted);
  EXPECT_EQ(only(make("護河要因地制宜,要全面看,要講體系,帳要記得細,話要說得明。\n")).copy, Copy::unknown);
}

TEST(Works, WhatAPageSaysOfItselfIsAnEdition) {
  Document d = read_bytes("护河记\n来源：《求是》2031/16 2031-08-19 10:12:33\n" + kBody, "a.txt").documents.at(0);
  EXPECT_EQ(days(segment(d).works.at(0).published), "2031-08-16..2031-08-16");
  EXPECT_EQ(days(segment(d).works.at(0).edition), "2031-08-19..2031-08-19");
  Document page = read_bytes("护河记\n" + kBody, "a.txt").documents.at(0);
  page.metadata.posted = {"2031-08-20T10:00", Given::By::page, "article:published_time"};
  const Segmentation made = segment(page);
  EXPECT_EQ(days(made.works.at(0).edition), "2031-08-20..2031-08-20");
  EXPECT_EQ(made.works[0].edition.evidence.at(0).rule, "page article:published_time");
  EXPECT_NE(made.works[0].published.status, DateInterval::Status::stated);
}

TEST(Works, ASideFileWins) {
  Document d = read_bytes("护河记\n" + kBody + "（《云川日报》 2031年3月9日）\n", "a.txt").documents.at(0);
  d.metadata.date = {"2031-03-10", Given::By::side_file, "sources.toml"};
  d.metadata.kind = {"speech", Given::By::side_file, "sources.toml"};
  d.metadata.copy = {"print", Given::By::side_file, "sources.toml"};
  d.metadata.rank = {"2", Given::By::side_file, "sources.toml"};
  const Segmentation made = segment(d);
  EXPECT_EQ(days(made.works.at(0).published), "2031-03-10..2031-03-10");
  EXPECT_EQ(made.works[0].published.evidence.at(0).rule, "side-file sources.toml");
  EXPECT_EQ(made.works[0].kind, WorkKind::speech);
  EXPECT_EQ(made.works[0].copy, Copy::print);
  EXPECT_EQ(made.works[0].rank, 2);
}

TEST(Works, SinglePartsOfASeriesBoundEachOther) {
  const Made m =
      make("目录\n慢一些——护河谈①..... 1\n快一些——护河谈②..... 2\n稳一些——护河谈③..... 3\n慢一些——护河谈①\n" +
           kBody + "（《云川日报》 2031年3月9日）\n快一些——护河谈②\n" + kBody +
           "（《云川日报》\n稳一些——护河谈③\n" + kBody + "（《云川日报》 2031年3月14日）\n");
  ASSERT_EQ(m.made.works.size(), 3U);
  EXPECT_EQ(days(m.made.works[1].published), "2031-03-09..2031-03-14");
  EXPECT_EQ(m.made.works[1].published.status, DateInterval::Status::bounded);
}

TEST(Works, AReportWithoutADayIsBoundedByItsEventAndTheCover) {
  const Made m = make(
      "河边阅读\n2031年12月\n目录\n郗望澜主持召开护河会议..... 1\n别的事..... "
      "2\n郗望澜主持召开护河会议\n郗望澜11月9日下午在云川主持会议。" +
      kBody + "别的事\n" + kBody);
  EXPECT_EQ(days(m.made.works.at(0).published), "2031-11-09..2031-11-16");
  EXPECT_EQ(days(m.made.works.at(1).published), "..2031-12-31");
}

TEST(Works, ADayToComeOrLongPastIsNotThatOfAPagesReport) {
  const auto published = [](const std::string& text) {
    return days(
        only(make("<html><head><meta charset=utf-8></head><body><h1>郗望澜主持召开护河会议</h1><p>来源：云川日报 "
                  "2031-07-09 19:30</p><p>" +
                      text + kBody + "</p><p>" + kBody + "</p></body></html>",
                  "a.html"))
            .published);
  };
  EXPECT_EQ(published("郗望澜7月8日主持会议。"), "2031-07-08..2031-07-15");
  EXPECT_EQ(published("护河标准发布，将自今年12月1日起实施。"), "..");
  EXPECT_EQ(published("2030年9月26日，旧桥塌了。"), "2030-09-26..");
}

TEST(Works, ATitleMayBeLong) {
  const std::string title =
      "郗望澜对云川一座石桥垮塌作出批示 要求尽力救治伤员 尽快修复两岸道路 仔细查看上下游其余桥梁 "
      "把护桥的办法写清楚 "
      "宋阿埠赶到现场查看水情并在桥头召开会议 布置安置村民和修桥的工作";
  EXPECT_EQ(only(make(title + "\n\n" + kBody + kBody)).title, title);
  EXPECT_EQ(only(make("# " + title + "\n\n" + kBody + kBody, "a.md")).title, title);
}

TEST(Dates, AreResolvedAgainstTheirSectionElseTheDateline) {
  const auto mentions = [](const Made& m) {
    std::string out;
    for (const Work& w : m.made.works)
      for (const DateMention& d : w.dates)
        if (d.relative)
          out += to_utf8(m.document.text_of({d.span})) + "=" + d.earliest.to_string() +
                 (d.latest == d.earliest ? "" : "/" + d.latest.to_string()) + ";";
    return out;
  };
  EXPECT_EQ(mentions(make("护河\n郗望澜\n一\n去年7月以来，我去过四个县。12月中旬又去了一次，同年还修了桥。\n("
                          "2032年1月31日在云川的座谈会上的讲话)\n"
                          "二\n今年要立账，3月5日我说过，上月又说了一次。\n(2033年4月2日在梨坪的座谈会上的讲话)"
                          "\n（《远山》 2035年8月16日）\n")),
            "去年7月=2031-07-01/2031-07-31;12月中旬=2031-12-11/2031-12-20;同年=2031-01-01/"
            "2031-12-31;今年=2033-01-01/2033-12-31;3月5日=2033-03-05;上月=2033-03-01/2033-03-31;");
  EXPECT_EQ(mentions(make("云川社云川2031年11月10日电 "
                          "11月7日至8日，郗望澜在云川考察。7日下午到了河边。8日上午听了汇报。明年还要再来。\n")),
            "11月7日至8日=2031-11-07/2031-11-08;7日=2031-11-07;8日=2031-11-08;明年=2032-01-01/2032-12-31;");
  // Without a day of its own nothing is resolved.
  EXPECT_EQ(mentions(make("1月31日，县里开了会，去年也开过。\n")), "");
}

TEST(Dates, OfEveryWriting) {
  const auto all = [](std::u32string_view text) {
    std::string out;
    for (const DateExpression& e : find_dates(text))
      if (const auto days = resolve(e, Date{2031, 6, 15}, std::nullopt))
        out += days->first.to_string() + "/" + days->last.to_string() + ";";
    return out;
  };
  EXPECT_EQ(all(U"二〇三一年三月八日"), "2031-03-08/2031-03-08;");
  EXPECT_EQ(all(U"二0三一年三月八日"), "2031-03-08/2031-03-08;");
  EXPECT_EQ(all(U"二零三一年十二月二十一日"), "2031-12-21/2031-12-21;");
  EXPECT_EQ(all(U"二〇三一年四月廿二日"), "2031-04-22/2031-04-22;");
  EXPECT_EQ(all(U"十月卅一日、四月廿日"), "2031-10-31/2031-10-31;2031-04-20/2031-04-20;");
  EXPECT_EQ(all(U"2031-3-8"), "2031-03-08/2031-03-08;");
  EXPECT_EQ(all(U"2031年3月8日至4月2日"), "2031-03-08/2031-04-02;");
  EXPECT_EQ(all(U"2023年9月至2025年4月"), "2023-09-01/2025-04-30;");
  EXPECT_EQ(all(U"2020-2024年"), "2020-01-01/2024-12-31;");
  EXPECT_EQ(all(U"5月上旬"), "2031-05-01/2031-05-10;");
  EXPECT_EQ(all(U"2032年2月下旬"), "2032-02-21/2032-02-29;");
  EXPECT_EQ(all(U"第7日、3个月、10日内、1900多年、十月革命、二三月"), "");
  EXPECT_EQ(all(U"2031年2月30日"), "");
  EXPECT_EQ(all(U"12月30日"), "2030-12-30/2030-12-30;");  // nearer than the December to come
}

TEST(Dates, AnImpossibleOneIsSaidAndNotUsed) {
  const Made m = make("护河记\n2031年2月30日，县里开了会。" + kBody + "（《云川日报》 2031年4月31日）\n");
  EXPECT_TRUE(has_note(m, "impossible-date"));
  EXPECT_NE(only(m).published.status, DateInterval::Status::stated);
}

TEST(Dates, InAnAddress) {
  EXPECT_EQ(date_in_url("https://a.example/n1/2031/0308/c1024-1.html")->to_string(), "2031-03-08");
  EXPECT_EQ(date_in_url("https://a.example/2031-11/16/c_1.htm")->to_string(), "2031-11-16");
  EXPECT_EQ(date_in_url("https://a.example/t20311116_77.html")->to_string(), "2031-11-16");
  EXPECT_FALSE(date_in_url("https://a.example/20319916"));
  EXPECT_FALSE(date_in_url("https://a.example/c/12345678"));
  EXPECT_FALSE(date_in_url("https://a.example/2012112299.html"));
  EXPECT_EQ(days_between(Date{2031, 2, 27}, Date{2031, 3, 2}), 3);
  EXPECT_EQ(add_days(Date{2031, 12, 30}, 5).to_string(), "2032-01-04");
}

TEST(Defects, PagesThatBreakOffAreFoundByTheirLength) {
  // Thirty lines a page, an empty line after each but the last of a page; the third page lost its end.
  std::u32string text;
  for (std::size_t i = 0; i < 300; ++i) text += prose(29) + U"岸";
  std::string out;
  std::size_t at = 0;
  for (std::size_t page = 0; page < 9; ++page) {
    const std::size_t lines = page == 2 ? 12 : 30;
    for (std::size_t l = 0; l < lines; ++l, at += 30)
      out += (l == 0 && page > 0 ? " " : "") + to_utf8(text.substr(at, 30)) + (l + 1 == lines ? " \n" : " \n\n");
  }
  const Made m = make(out + "完。\n");
  ASSERT_EQ(m.made.works.size(), 1U);
  ASSERT_EQ(only(m).defects.size(), 1U);
  EXPECT_EQ(only(m).defects[0].code, "lost-text");
  EXPECT_EQ(only(m).paragraphs.size(), 2U);  // not joined over the loss
}

TEST(Defects, PageNumbersThatJump) {
  std::string out;
  for (const int page : {1, 2, 3, 6, 7, 8}) {
    for (int l = 0; l < 6; ++l) out += to_utf8(prose(30)) + (l == 5 && page == 8 ? "。\n" : "\n");
    out += " " + std::to_string(page) + " \n";
  }
  const Made m = make(out);
  ASSERT_EQ(only(m).defects.size(), 1U);
  EXPECT_NE(only(m).defects[0].message.find("page 6 follows page 3"), std::string::npos);
}

TEST(Defects, ASentenceThatBreaksOff) {
  const Made m =
      make("护河记\n" + kBody + "账记得长，心才放得稳，每一条河都要有人走，有人看，有人记，到了冬天还要\n");
  ASSERT_EQ(only(m).defects.size(), 1U);
  EXPECT_EQ(only(m).defects[0].code, "lost-end");
  EXPECT_TRUE(only(make("护河记\n" + kBody)).defects.empty());
}

TEST(Works, WrappedArticlesEndAtTheirSourceLines) {
  std::string text;
  for (const char* title : {"护河记", "梯田记", "渡口记"})
    text +=
        std::string(title) + "\n郗望澜\n" + wrapped(prose(200) + U"止。", "\n") + "（《云川日报》2031年3月9日）\n";
  const Made m = make(text);
  ASSERT_EQ(m.made.works.size(), 3U);
  EXPECT_EQ(m.made.works[2].title, "渡口记");
  EXPECT_EQ(m.made.works[2].author, "郗望澜");
}

}  // namespace
}  // namespace suyuan
