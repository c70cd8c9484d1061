// Who says what: speakers before and after the words, pronouns, collectives, led speech, marks that are no
// quotation.
#include <gtest/gtest.h>

#include "segment/made.hpp"

namespace suyuan {
namespace {

TEST(Speech, TheSpeakerStandsBeforeTheWords) {
  const Made m = make(
      "郗望澜院长在云川河流保护座谈会上强调：“护河先要识河，账要记得细。”\n"
      "在梨坪梯田考察时，郗望澜院长进一步指出，“一级田就是一级小水塘，上丘满了流下丘”。\n"
      "郗望澜院长指出，河流保护是“一件要做一百年的细致活计”。\n");
  EXPECT_EQ(speaker(m, "护河先要识河"), "郗望澜");
  EXPECT_EQ(to_utf8(m.document.view(quotation(m, "护河先要识河")->attribution->span)),
            "郗望澜院长在云川河流保护座谈会上强调：");
  EXPECT_EQ(to_utf8(m.document.view(*quotation(m, "护河先要识河")->attribution->occasion)),
            "在云川河流保护座谈会上");
  EXPECT_EQ(speaker(m, "一级田"), "郗望澜");
  EXPECT_EQ(to_utf8(m.document.view(quotation(m, "一级田")->attribution->span)),
            "在梨坪梯田考察时，郗望澜院长进一步指出，");
  EXPECT_EQ(speaker(m, "一百年"), "郗望澜");
}

TEST(Speech, TheSpeakerStandsAfterTheWords) {
  const Made m = make(
      "“要请老人讲桥，再请匠人看桥，最后才是工程队上桥”，郗望澜院长在培训班上提出新要求。\n"
      "“河是自己流的，路是人走出来的，不要把两件事弄混。”去年五月，郗望澜院长在梨坪考察时，对护河员提出了殷切期望。"
      "\n"
      "“石头不会说话，手艺会说话”，“手艺要有人传下去才算手艺”。在云川修桥会上，郗望澜院长的一席话让人记住了。\n");
  EXPECT_EQ(speaker(m, "老人讲桥"), "郗望澜");
  EXPECT_TRUE(quotation(m, "老人讲桥")->attribution->after);
  EXPECT_EQ(speaker(m, "河是自己流的"), "郗望澜");
  EXPECT_EQ(speaker(m, "石头不会说话"), "郗望澜");
  EXPECT_EQ(speaker(m, "有人传下去"), "郗望澜");
}

TEST(Speech, ASpeakerAndAVerbOnTwoLines) {
  const Made m = make("会后，郗望澜院长\n\n强调：\n\n“护河先要识河，账要记得细，话要说得明。”\n");
  EXPECT_EQ(speaker(m, "护河先要识河"), "郗望澜");
}

TEST(Speech, APronounMeansWhoActedLastAndNobodyWhereTwoDid) {
  const Made m = make(
      "郗望澜院长走到半山，停下来歇脚。他说：“梯田不是山上的画，而是山上的水库。”\n"
      "郗望澜院长和宋阿埠主任一起看了水口。他说：“水从高处来，要先看高处的林子。”\n"
      "钟离月抓起一把泥看了半天。他说：“这泥攥得住水，这田就还能种下去。”\n");
  EXPECT_EQ(speaker(m, "山上的画"), "郗望澜");
  EXPECT_EQ(speaker(m, "高处的林子"), "?");
  EXPECT_NE(speaker(m, "攥得住水"), "郗望澜");
}

TEST(Speech, ANameBehindATitleIsAPersonsAndAVerbBehindOneIsNot) {
  const Made m = make(
      "护河员钟离走完了第一段岸。她的本子上记着院长郗望澜在培训会上讲的话。\n"
      "“给河留一条路，给鱼留一扇门。”座谈会上，郗望澜这样概括护河的道理。他提醒大家，要先弄清水从哪里来、到哪里去，"
      "再坐下来画图。\n"
      "会见各县代表时强调，“护河先要识河，账要记得细，话要说得明”。\n");
  EXPECT_EQ(speaker(m, "给河留一条路"), "郗望澜");
  EXPECT_EQ(speaker(m, "水从哪里来"), "郗望澜");
  EXPECT_EQ(speaker(m, "护河先要识河").find("时强调"), std::string::npos);
}

TEST(Speech, MeetingsAndTextsAreNotPersons) {
  const Made m = make(
      "郗望澜院长主持会议。会议指出，“护河员是河的邻居，邻居之间贵在常走动。”\n"
      "《云川河流保护三年计划》提出，“用三年时间给每条河各立一本账”。\n"
      "文章强调，“书屋不在大，在于门常开、灯常亮。”\n"
      "按照护河委员会会议要求，各县立了账。“账记得长，心才放得稳，不要怕麻烦。”\n");
  EXPECT_EQ(speaker(m, "护河员是河的邻居"), "会议");
  EXPECT_EQ(quotation(m, "护河员是河的邻居")->attribution->kind, SpeakerKind::body);
  EXPECT_EQ(speaker(m, "各立一本账"), "《云川河流保护三年计划》");
  EXPECT_EQ(quotation(m, "各立一本账")->attribution->kind, SpeakerKind::text);
  EXPECT_EQ(speaker(m, "书屋不在大"), "文章");
  EXPECT_EQ(speaker(m, "账记得长"), "?");
}

TEST(Speech, WhoSpeaksIsNotCarriedFromOnePersonToAnother) {
  const Made m = make(
      "郗望澜院长强调，要把河护好。宋阿埠主任在讲话中指出：“各县要把账立起来，一条河也不能漏。”\n"
      "全会高度评价三年来的成绩，指出“护河的路走对了，账也记得越来越细”。\n");
  EXPECT_EQ(speaker(m, "一条河也不能漏"), "宋阿埠");
  EXPECT_EQ(speaker(m, "路走对了"), "全会");
}

TEST(Speech, WhoIsSpokenOfInASpeechDoesNotEndIt) {
  const std::string lead = "郗望澜在云川考察护河\n\n郗望澜强调，护河的路走对了。",
                    end = "各县要把账立起来，一条河也不能漏。\n";
  const auto who = [&](const std::string& between) {
    return speaker(make(lead + between + end), "一条河也不能漏");
  };
  EXPECT_EQ(who("习近平主席同各国护河人的约定要记在心里。"), "郗望澜");
  EXPECT_NE(who("习近平主席会见了各国护河人。"), "郗望澜");
}

TEST(Speech, WordsOfANameForATheoryDoNotSpeak) {
  const Made m = make(
      "以习近平同志为核心的党中央重视护河。要学习贯彻习近平新时代中国特色社会主义思想。县里提出“一条河一本账，一年"
      "一公布，人人看得见”。\n");
  EXPECT_NE(speaker(m, "一条河一本账"), "习近平");
}

TEST(Speech, AnOfficeAloneMeansWhoWasNamedWithItBefore) {
  const Made m =
      make("本文记的是郗望澜院长的几句话。“护河先要识河，识河先要走河。”院长在梨坪考察时，对大家提出了要求。\n");
  EXPECT_EQ(speaker(m, "识河先要走河"), "郗望澜");
}

TEST(Speech, AdjoiningPairsAreTwoAndShareWhatIntroducesThem) {
  const Made m = make("郗望澜院长强调，“堤不能一味加高，坝不能一味加密”“旧闸要开鱼道，河湾要留草滩”。\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 2U);
  EXPECT_EQ(speaker(m, "坝不能"), "郗望澜");
  EXPECT_EQ(speaker(m, "留草滩"), "郗望澜");
}

TEST(Speech, MarksOfEveryKindAndInsideEachOther) {
  for (const auto& [open, close] : {std::pair{"“", "”"}, {"「", "」"}, {"『", "』"}, {"\"", "\""}, {"﹁", "﹂"}}) {
    const Made m = make(std::string("郗望澜院长说：") + open + "梯田不是山上的画，而是山上的水库。" + close + "\n");
    EXPECT_EQ(speaker(m, "山上的水库"), "郗望澜") << open;
  }
  const Made nested = make("郗望澜院长说：“村里人讲‘水往低处流，人往高处走，田往平处开’，这话不全对。”\n");
  ASSERT_EQ(nested.made.works.at(0).quotations.size(), 2U);
  EXPECT_EQ(nested.made.works[0].quotations[1].depth, 1U);
  const Made same = make("郗望澜院长强调，“必须把“识河立账”摆在前面，先看清楚，再动手做”。\n");
  ASSERT_EQ(same.made.works.at(0).quotations.size(), 1U);
  EXPECT_EQ(to_utf8(same.document.text_of(same.made.works[0].quotations[0].parts)),
            "必须把“识河立账”摆在前面，先看清楚，再动手做");
  EXPECT_EQ(same.made.works[0].marked.size(), 1U);
}

TEST(Speech, AQuotationOfSeveralParagraphsOpensEachAndClosesOnce) {
  const Made m = make(
      "郗望澜院长说：\n“护河先要识河，识河先要走河。\n“走河不能只走大路，小沟小汊也要走到。\n“走到了，看清了，再来"
      "说话。”\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 1U);
  const Quotation& q = m.made.works[0].quotations[0];
  EXPECT_EQ(q.parts.size(), 3U);
  EXPECT_EQ(q.attribution->speaker, "郗望澜");
  EXPECT_FALSE(has_note(m, "open-quotation"));
}

TEST(Speech, PointsThatAreCountedOffAreTheirs) {
  const std::string prose =
      "第二天大家去看了桥，谁也没有再提那天的事。\n夜里下了雨，河水涨到了第三级台阶。\n雨停了以后又是晴天。\n";
  for (const std::string points :
       {"顾闻笛主任就护河提出三点建议。一是把河边的林子连起来。二是把闸口的账记清楚。\n",
        "顾闻笛主任提出两点主张：第一，把河边的林子连起来。第二，把闸口的账记清楚。\n",
        "顾闻笛主任在会上提出两点希望。\n一是把河边的林子连起来。\n二是把闸口的账记清楚。\n"}) {
    const Made m = make(points + prose);
    EXPECT_EQ(speaker(m, "林子连起来"), "顾闻笛") << points;
    EXPECT_EQ(speaker(m, "账记清楚"), "顾闻笛") << points;
    EXPECT_EQ(quotation(m, "谁也没有再提"), nullptr) << points;
  }
  for (const std::string none : {"顾闻笛主任提出两点建议。河边的林子后来连起来了，账也记清楚了。\n",
                                 "顾闻笛主任提出两点建议。\n第二天河边的林子就连起来了，账也记清楚了。\n"})
    EXPECT_EQ(quotation(make(none + prose), "林子"), nullptr) << none;
}

TEST(Speech, LedSpeechMayBeginWithATermInMarks) {
  const Made m = make("郗望澜院长指出，“一河一账”要三年一本，记清哪一段河清了。\n");
  EXPECT_EQ(speaker(m, "三年一本"), "郗望澜");
  EXPECT_EQ(quotation(m, "三年一本")->form, Quotation::Form::indirect);
  EXPECT_EQ(quotation(make("郗望澜院长指出，“堤不能一味加高，坝不能一味加密”，这话很多人记着。\n"), "很多人"),
            nullptr);
}

TEST(Speech, JapaneseSurnamesBeginNames) {
  EXPECT_EQ(speaker(make("三宅一成指出，河里的水要一年比一年清，桥也要慢慢修。\n"), "一年比一年清"), "三宅一成");
  EXPECT_NE(speaker(make("福田区长指出，河里的水要一年比一年清，桥也要慢慢修。\n"), "一年比一年清"), "福田区");
}

TEST(Speech, AShortFirstHalfIsLookedFor) {
  const std::string rest = "“把山上的林子一片一片连起来，再把河里的水引到田里去。”\n";
  for (const auto& [words, reason] :
       {std::pair("“要种树不要砍树，”郗望澜院长强调，", "brief"),
        std::pair("“要种树不要砍树”，郗望澜院长强调，", "short"), std::pair("“慢慢来，”郗望澜院长强调，", "short"),
        std::pair("“要种树不要砍树，”有人写在墙上。郗望澜院长强调，", "short")}) {
    const Made m = make(words + rest);
    ASSERT_EQ(m.made.works.at(0).marked.size(), 1U) << words;
    EXPECT_EQ(m.made.works[0].marked[0].reason, reason) << words;
  }
}

TEST(Speech, TitlesAndHeadingsQuoteByThemselves) {
  const Made m = make(
      "# 郗望澜：“堤不能一味加高，坝不能一味加密”\n\n宋阿埠主任说，桥要慢修。\n\n"
      "## 郗望澜院长强调：“旧闸要开鱼道，河湾要留草滩。”\n\n第二天大家去看了桥。\n\n"
      "## 他说：“这一句话忘了收住\n\n后面是别人的话。”\n\n## “识河立账”这件事\n",
      "a.md");
  EXPECT_EQ(speaker(m, "坝不能"), "郗望澜");
  EXPECT_EQ(speaker(m, "留草滩"), "郗望澜");
  const auto direct = std::ranges::count_if(m.made.works.at(0).quotations,
                                            [](const Quotation& q) { return q.form == Quotation::Form::direct; });
  EXPECT_EQ(direct, 2);
  EXPECT_TRUE(std::ranges::is_sorted(m.made.works[0].quotations, {},
                                     [](const Quotation& q) { return q.parts.front().begin; }));
}

TEST(Speech, WhatIsQuotedInACaptionIsLeftOutAndSaidToBe) {
  const std::string body = "河上的风很大，桌上的纸都吹乱了。那天的稿子改了三遍。\n\n";
  const Made m =
      make("旧稿新读\n\n" + body + "图为展板：郗望澜强调，“修堤先要修人心，补桥先要补石缝。”\n\n" + body);
  ASSERT_TRUE(has_note(m, "quotation-left-out"));
  EXPECT_TRUE(m.made.diagnostics[0].what.message.ends_with(": 5:1"));
  EXPECT_FALSE(
      has_note(make("旧稿新读\n\n" + body + "图为“河上人家”一角的风景。\n\n" + body), "quotation-left-out"));
}

TEST(Speech, ATableWithAColumnOfQuotationsIsAListOfThem) {
  const std::string markdown =
      "# 河上旧话\n\n| 说话人 | 引文 | 出处 |\n|---|---|---|\n| 郗望澜 | 堤不能一味加高，坝不能一味加密 | 河会 |\n"
      "|  | 宋阿埠指出，旧闸要开鱼道，河湾要留草滩。 | |\n| 郗望澜院长 | “护河先要识河，账要记得细。” | "
      "|\n\n大家都记住了。\n";
  const std::string page =
      "<html><body><article><h1>河上旧话</h1><p>第二天大家去看了桥，谁也没有再提那天的事情。</"
      "p><table><tr><th>引文</th>"
      "<th>说话人</th></tr><tr><td>堤不能一味加高，坝不能一味加密</td><td>郗望澜</td></"
      "tr><tr><td>宋阿埠指出，旧闸要开鱼道，"
      "河湾要留草滩。</td><td></td></tr><tr><td>“护河先要识河，账要记得细。”</td><td>郗望澜院长</td></tr></table></"
      "article>"
      "</body></html>";
  for (const auto& [text, name] :
       {std::pair(markdown, "a.md"), std::pair(page, "a.html"),
        std::pair(
            std::string(
                "河上旧话\n\n说话人 | 引文\n郗望澜 | 堤不能一味加高，坝不能一味加密\n | 宋阿埠指出，旧闸要开鱼道，"
                "河湾要留草滩。\n院长郗望澜 | “护河先要识河，账要记得细。”\n"),
            "a.txt")}) {
    const Made m = make(text, name);
    ASSERT_EQ(m.made.works.at(0).quotations.size(), 3U) << name;
    EXPECT_EQ(m.made.works[0].title, "河上旧话") << name;
    EXPECT_EQ(speaker(m, "一味加高"), "郗望澜") << name;
    EXPECT_EQ(to_utf8(m.document.text_of(m.made.works[0].quotations[0].parts)), "堤不能一味加高，坝不能一味加密")
        << name;
    EXPECT_EQ(to_utf8(m.document.text_of(m.made.works[0].quotations[1].parts)),
              "宋阿埠指出，旧闸要开鱼道，河湾要留草滩。")
        << name;
    EXPECT_EQ(speaker(m, "识河"), "郗望澜") << name;
    EXPECT_EQ(quotation(m, "识河")->form, Quotation::Form::direct) << name;
  }
  // 内容 beside where it stands is what is quoted.
  EXPECT_NE(quotation(make("河上旧话\n\n序号 | 内容 | 出处\n1 | 堤不能一味加高，坝不能一味加密 | 河会\n"), "加高"),
            nullptr);
  // One column alone is no list, nor is a table with a column of texts.
  for (const std::string head : {"引文 | 备注", "引文 | 正文 | 说话人"})
    EXPECT_EQ(quotation(make("河上旧话\n\n" + head + "\n堤不能一味加高，坝不能一味加密 | 记下 | 郗望澜\n"), "加高"),
              nullptr)
        << head;
}

TEST(Speech, AQuotationRunsOnOverTheTimesOfSubtitles) {
  for (const std::string point : {",", "."}) {
    const auto cue = [&](const std::string& n, const std::string& words) {
      return n + "\n00:00:0" + n + point + "000 --> 00:00:0" + n + point + "900\n" + words + "\n\n";
    };
    const Made m = make(cue("1", "郗望澜院长强调，“堤不能") + cue("2", "一味加高，坝不能") +
                        cue("3", "一味加密。”") + cue("4", "大家都记住了。"));
    ASSERT_NE(quotation(m, "坝不能"), nullptr) << point;
    EXPECT_EQ(to_utf8(m.document.text_of(quotation(m, "坝不能")->parts)), "堤不能一味加高，坝不能一味加密。")
        << point;
  }
}

TEST(Speech, ASignatureAtAParagraphsEndMakesItABlock) {
  const std::string kWords = "护河先要识河，账要记得细。堤不能一味加高，坝不能一味加密。";
  for (const std::string by :
       {"（郗望澜2031年3月8日在云川河流保护座谈会上的讲话）", "——郗望澜在云川河流保护座谈会上的讲话",
        "（《在云川河流保护座谈会上的讲话》，2031年3月8日）"}) {
    const Made m = make("河上旧话\n\n第二天大家去看了桥，谁也没有再提那天的事情。\n\n" + kWords + by +
                        "\n\n雨后的河水很急，过了两天才退下去，桥也修好了。\n");
    const Quotation* q = quotation(m, "一味加高");
    ASSERT_NE(q, nullptr) << by;
    EXPECT_EQ(q->form, Quotation::Form::block) << by;
    EXPECT_EQ(to_utf8(m.document.text_of(q->parts)), kWords) << by;
    EXPECT_EQ(m.made.works.at(0).quotations.size(), 1U) << by;
  }
  // Who reports, who took a picture, and a bracket within the sentence sign nothing.
  for (const std::string by : {"（本报记者 宋阿埠）", "（宋阿埠 摄）", "（见第三页）"})
    EXPECT_EQ(quotation(make("河上旧话\n\n" + kWords + by + "\n"), "一味加高"), nullptr) << by;
}

TEST(Speech, PartsOfATextThatAreAnOccasionsAreBlocks) {
  const std::string kFirst = "护河先要识河，账要记得细，尺要量得准，话要说得明白。";
  const std::string kSecond = "堤不能一味加高，坝不能一味加密，河湾要留给水走。";
  const Made m = make("关于护河的论述摘编\n\n" + kFirst + "\n（2031年3月8日在云川河流保护座谈会上的讲话）\n\n" +
                      kSecond + "\n（2032年5月2日在云川考察时的讲话）\n");
  for (const char* words : {"账要记得细", "一味加高"}) {
    const Quotation* q = quotation(m, words);
    ASSERT_NE(q, nullptr) << words;
    EXPECT_EQ(q->form, Quotation::Form::block) << words;
    ASSERT_TRUE(q->attribution) << words;
    EXPECT_EQ(q->attribution->by, "signature") << words;
  }
  // An address as a whole is its speaker's own.
  EXPECT_EQ(quotation(make("在云川河流保护座谈会上的讲话\n\n（2031年3月8日）\n\n" + kFirst + "\n" + kSecond + "\n"),
                      "一味加高"),
            nullptr);
}

TEST(Speech, AnOrphanMarkSwallowsNothingAndSaysWhatItWouldHave) {
  const Made m = make(
      "郗望澜院长说：“这一句话忘了收住，后面是别人的话。\n"
      "第二天大家去看了桥，谁也没有再提。\n"
      "宋阿埠主任说：“桥上的石头都编了号，一块也没有少。”\n");
  ASSERT_TRUE(has_note(m, "open-quotation"));
  EXPECT_NE(m.made.diagnostics[0].what.message.find("would have swallowed"), std::string::npos);
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 2U);
  EXPECT_EQ(to_utf8(m.document.text_of(m.made.works[0].quotations[0].parts)), "这一句话忘了收住，后面是别人的话");
  EXPECT_EQ(speaker(m, "编了号"), "宋阿埠");
}

TEST(Speech, AQuotationWithoutItsClosingMarkIsReadToTheEndOfItsSentence) {
  const Made m = make("郗望澜院长指出：“护河先要识河，账要记得细。这话说得实在。\n雨后的河水很急，第二天才退。\n");
  ASSERT_NE(quotation(m, "护河先要识河"), nullptr);
  EXPECT_EQ(to_utf8(m.document.text_of(quotation(m, "护河先要识河")->parts)), "护河先要识河，账要记得细");
  EXPECT_EQ(speaker(m, "护河先要识河"), "郗望澜");
  // Nobody says them: a mark that scanning left.
  const Made none =
      make("河边的人都知道“护河先要识河的道理，账要记得细。这话说得实在。\n雨后的河水很急，第二天才退。\n");
  EXPECT_EQ(quotation(none, "护河先要识河"), nullptr);
}

TEST(Speech, MarksOfTheWrongSideAndOfTwoKindsMakeOnePair) {
  for (const auto& [open, close] :
       std::vector<std::pair<std::string, std::string>>{{"”", "“"}, {"”", "”"}, {"„", "“"}, {"“", "」"}}) {
    const Made m = make("郗望澜院长指出：" + open + "护河先要识河，账要记得细。" + close + "河边的“老人”记得。\n");
    ASSERT_NE(quotation(m, "护河先要识河"), nullptr) << open << close;
    EXPECT_EQ(to_utf8(m.document.text_of(quotation(m, "护河先要识河")->parts)), "护河先要识河，账要记得细。")
        << open << close;
  }
}

TEST(Speech, TenThousandOpenMarksAreSaidInAFewLines) {
  std::string text = "郗望澜院长说";
  for (int i = 0; i < 10000; ++i) text += "“河";
  const Made m = make(text + "\n");
  EXPECT_LE(m.made.diagnostics.size(), 25U);
  EXPECT_TRUE(has_note(m, "open-quotation"));
  EXPECT_TRUE(m.made.works.at(0).quotations.empty());
}

TEST(Speech, ShortMarksTitlesAndSlogansAreListedApart) {
  const Made m = make(
      "“十五五”时期，要坚持“四个面向”，从“从0到1”做起，用好“天宫”和“云川号”，补上“一河一账”。\n"
      "全县以“给河留一条路、给鱼留一扇门”为主题办了展览，落实“供得出、流得动、用得好”的要求。\n"
      "大家参加“识河立账强根基、走河问计开新局”主题教育。\n");
  EXPECT_TRUE(m.made.works.at(0).quotations.empty());
  EXPECT_EQ(m.made.works[0].marked.size(), 9U);
}

TEST(Speech, LedSpeechRunsToTheNextWhoSpeaks) {
  const Made m = make(
      "郗望澜院长强调，河流有自己的脾气。水大的时候要有地方去，水小的时候要有地方存。\n"
      "郗望澜院长指出，今年要先做三件事。清掉旧渔网，修好石阶，装上灯。\n"
      "宋阿埠主任表示，一定把每条河的账都立好。各县都要动起来。\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 3U);
  const Quotation& first = m.made.works[0].quotations[0];
  EXPECT_EQ(first.form, Quotation::Form::indirect);
  EXPECT_EQ(to_utf8(m.document.text_of(first.parts)),
            "河流有自己的脾气。水大的时候要有地方去，水小的时候要有地方存。");
  EXPECT_EQ(m.made.works[0].quotations[2].attribution->speaker, "宋阿埠");
  // In a text that is not a report led speech ends with its sentence.
  const Made essay = make(
      "护河的事说来话长。\n春天看水色，夏天看水量，一年到头不能断。\n郗望澜院长强调，护河先要识河，识河先要走河。我"
      "们县去年才开始"
      "走河。\n"
      "秋天岸草黄了，要看草根抓不抓土。\n冬天水落石出，桥墩看得最清楚。\n这些都是老人教的。\n");
  ASSERT_NE(quotation(essay, "护河先要识河"), nullptr);
  EXPECT_EQ(to_utf8(essay.document.text_of(quotation(essay, "护河先要识河")->parts)),
            "护河先要识河，识河先要走河。");
}

TEST(Speech, HeIsWhomATitleJustNamedThoughNoTableKnowsHim) {
  const Made m = make(
      "郗望澜强调，河流有自己的脾气，水大的时候要有地方去。\n"
      "省护河委员会副主任田望川主持座谈会。他表示，各县都要把每条河的账立好，一户一页写清楚。\n");
  EXPECT_EQ(speaker(m, "每条河的账"), "田望川");
}

TEST(Speech, AQuotationOverParagraphsIsOne) {
  const std::string one = "河流有自己的脾气，水大的时候要有地方去。", two = "护河先要识河，识河先要走河。",
                    three = "桥要修得慢一些，石头要对得上。";
  const auto held = [](const std::string& text) {
    const Made m = make(text);
    std::vector<std::string> out;
    for (const Quotation& q : m.made.works.at(0).quotations)
      if (q.form == Quotation::Form::direct) out.push_back(to_utf8(m.document.text_of(q.parts)));
    return out;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(held("郗望澜指出：“" + one + "\n" + two + "\n" + three + "”\n"), Texts{one + two + three});
  EXPECT_EQ(held("郗望澜指出：\"" + one + "\n" + two + "\"\n"), Texts{one + two});
  EXPECT_EQ(held("郗望澜指出：\"" + one + "\n" + two + "\n田望川说：\"" + three + "\"\n"),
            Texts({one.substr(0, one.size() - 3), three}))
      << "a pair of its own";
}

TEST(Speech, ALongerNameIsSomebodyElse) {
  const std::string words = "护河先要识河，识河先要走河";
  for (const auto& [lead, by] : std::vector<std::pair<std::string, std::string>>{
           {"李强国指出", "李强国"}, {"李强指出", "李强"}, {"李强还指出", "李强"}, {"李强在会上指出", "李强"}})
    EXPECT_EQ(speaker(make(lead + "：“" + words + "。”\n"), words), by);
}

TEST(Speech, HeIsNobodyWhereATitleIsFollowedByANameThatHasNoEnd) {
  const Made m = make(
      "郗望澜强调：“桥要修得慢一些，石头要对得上。”\n"
      "县水利局局长沈玉川重点就各条河的账本作了介绍。他说，识河先要走河，走河先要起早，一条一条地走。\n");
  EXPECT_EQ(speaker(m, "走河先要起早"), "?");
}

TEST(Speech, HeIsWhomTheSentenceNames) {
  const Made m = make("田望川表示：“桥要修得慢一些，石头要对得上。”\n"
                      "郗望澜强调：“护河先要识河，”他又说：“识河先要走河，走河先要起早。”\n");
  EXPECT_EQ(speaker(m, "走河先要起早"), "郗望澜");
}

TEST(Speech, ANameWithAnAdverbBehindItAndANameInAPlaceAreNobody) {
  const std::string words = "“识河先要走河，走河先要起早，一条一条地走。”\n";
  for (const std::string behind : {"曾", "在讲话中", "还", "又"})
    EXPECT_EQ(speaker(make("省长魏青" + behind + "强调，" + words), "走河先要起早"), "魏青") << behind;
  const std::string known = "郗望澜院长说，桥要修得慢一些。\n";
  EXPECT_NE(speaker(make(known + "田望川主任来到郗望澜纪念馆，指出" + words), "走河先要起早"), "郗望澜");
  EXPECT_EQ(
      speaker(make("参考文献\n\n[1] 魏青山在石浦考察时强调 识河先要走河，走河先要起早[N]. 远山, 2031-03-09.\n"),
              "走河先要起早"),
      "no quotation");
}

TEST(Speech, WhomSomebodyPraisesDoesNotSpeak) {
  const auto who = [](const std::string& lead) {
    return speaker(make(lead + "，表示，识河先要走河，走河先要起早，一条一条地走。\n"), "走河先要起早");
  };
  EXPECT_NE(who("与会嘉宾高度赞赏郗望澜院长提出的倡议"), "郗望澜");
  EXPECT_NE(who("各方高度评价郗望澜院长的倡议"), "郗望澜");
  EXPECT_NE(who("客人们热烈欢迎郗望澜院长到访"), "郗望澜");
}

TEST(Speech, GoesOnThroughTheParagraphsOfWhatATitleSaysWasHeld) {
  const std::string more = "要把每一条渡船的底细摸清楚，一条也不能漏";
  const auto who = [&](const std::string& title) {
    return speaker(make(title +
                        "\n\n渡口的雾散得晚。\n\n船工们在岸上等着。\n\n河水涨了两天。\n\n渡船都上了新漆。\n\n"
                        "郗望澜院长强调，护渡先要识渡。" +
                        more + "。\n\n散会以后雨停了。\n"),
                   "底细");
  };
  EXPECT_EQ(who("全省渡口安全会议在石浦召开 郗望澜出席并讲话"), "郗望澜");
  EXPECT_EQ(who("渡口安全论坛在石浦举行"), "郗望澜");
  EXPECT_EQ(who("渡口的早晨"), "no quotation");
  EXPECT_EQ(who("热烈祝贺全省渡口安全会议召开"), "no quotation");
}

TEST(Speech, HeIsWhoSpokeAndNotWhomHeSpokeOf) {
  const auto he = [](const std::string& before) {
    return speaker(make(before + "他强调，识河先要走河，走河先要起早，一条一条地走。\n"), "走河先要起早");
  };
  EXPECT_EQ(he("郗望澜院长表示，完全赞成田望川主任所作的报告。"), "郗望澜");
  EXPECT_EQ(he("受田望川主任委派，郗望澜院长赶到梨坪。"), "郗望澜");
  EXPECT_EQ(he("郗望澜院长来到梨坪，宣读田望川主任的贺信。"), "郗望澜");
  EXPECT_EQ(he("田望川主任说，桥要修得慢一些。\n水利局官员沈玉川9日称，桥修得太快了。"), "沈玉川");
  EXPECT_EQ(he("田望川主任说，桥要修得慢一些。\n村里的老人家称，桥修得太快了。"), "?");
  EXPECT_EQ(
      speaker(
          make("田望川主任说，桥要修得慢一些。\n县长沈玉川长期守着水口，他强调，识河先要走河，走河先要起早。\n"),
          "走河先要起早"),
      "?");
}

TEST(Speech, AnAddressAtTheBeginningOfAClauseIsOfWhoeverIsSpokenOf) {
  const std::string words = "识河先要走河，走河先要起早，一条一条地走。\n";
  const std::string both = "郗望澜院长表示，桥要修得慢一些。\n田望川主任说，桥修得太慢了。\n";
  EXPECT_EQ(
      speaker(make(both + "《远山》杂志发表郗望澜院长的重要讲话《河与人》。\n讲话指出，" + words), "走河先要起早"),
      "郗望澜");
  EXPECT_EQ(speaker(make("郗望澜院长到会并讲话。重要讲话还强调，" + words), "走河先要起早"), "郗望澜");
  EXPECT_NE(speaker(make("郗望澜院长到会并讲话。讲话稿的附件指出，" + words), "走河先要起早"), "郗望澜");
}

TEST(Speech, QuotedProseThatQuotesIsNoBlock) {
  const Made m =
      make("> 资料里记着，郗望澜强调：“护河先要识河，识河先要走河。”桌上放着旧地图。\n\n回信收到。\n", "a.md");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 1U);
  EXPECT_EQ(m.made.works[0].quotations[0].form, Quotation::Form::direct);
}

TEST(Speech, ALineWithMarksIsNoByline) {
  const Made m = make("记者看到，郗望澜指出：“桥要修得慢一些，石头要对得上。”\n山里下了雨。\n");
  EXPECT_EQ(speaker(m, "桥要修得慢"), "郗望澜");
}

// Words that one person cites of another are that one's, however the sentence leads to them; where it may be
// either's, nobody's.
TEST(Speech, CitedWordsAreTheirSpeakers) {
  const std::string words = "护河先要识河，识河先要走河";
  const auto innermost = [&](const std::string& text) {
    const Made m = make(text);
    std::string by = "no quotation";
    for (const Quotation& q : m.made.works.at(0).quotations)
      if (to_utf8(m.document.text_of(q.parts)) == words)
        by = !q.attribution || q.attribution->speaker.empty() ? "?" : q.attribution->speaker;
    return by;
  };
  for (const auto& [sentence, by] :
       std::vector<std::pair<std::string, std::string>>{{"要牢记沈砚秋省长的话：“", "沈砚秋"},
                                                        {"要按照沈砚秋省长提出的“", "沈砚秋"},
                                                        {"正如沈砚秋省长所指出的，“", "沈砚秋"},
                                                        {"要牢记沈砚秋省长殷切嘱托，“", "沈砚秋"},
                                                        {"各县要认真贯彻沈砚秋省长重要讲话精神，“", "?"},
                                                        {"要做到“", "郗望澜"}})
    EXPECT_EQ(innermost("郗望澜在会上强调，" + sentence + words + "”。会后大家去看了河。\n"), by) << sentence;
  for (const std::string lead :
       {"郗望澜对沈砚秋说：“", "郗望澜在给沈砚秋的信中强调，“", "郗望澜在会见沈砚秋省长时强调：“",
        "郗望澜在学习沈砚秋省长讲话时强调，“", "郗望澜叮嘱沈砚秋省长说：“", "郗望澜告诉沈砚秋：“"})
    EXPECT_EQ(innermost(lead + words + "”。沈砚秋和郗望澜一起走了河。\n"), "郗望澜") << lead;
  for (const std::string behind : {"的重要指示", "的嘱托"})
    EXPECT_EQ(innermost("郗望澜强调，要落实沈砚秋省长“" + words + "”" + behind + "，一条一条地做。\n"), "沈砚秋");
  for (const std::string within : {"沈砚秋省长要求我们", "正如沈砚秋省长所说，", "沈砚秋省长的"})
    EXPECT_EQ(innermost("郗望澜说：“" + within + "‘" + words + "’我记得很牢。”\n"), "沈砚秋") << within;
}

// Most of its paragraphs tell of the day, but the title says that somebody acts.
TEST(Speech, AReportMayTellItInItsTitle) {
  const std::string body =
      "春天看水色，夏天看水量，一年到头不能断。\n郗望澜强调，护河先要识河，识河先要走河。双方去年都走了河。\n"
      "秋天岸草黄了，要看草根抓不抓土。\n冬天水落石出，桥墩看得最清楚。\n这些都是老人教的。\n";
  const std::string words = "护河先要识河，识河先要走河。", on = "双方去年都走了河。";
  for (const auto& [title, held] :
       std::vector<std::pair<std::string, std::string>>{{"郗望澜会见梨坪县客人", words + on},
                                                        {"郗望澜在梨坪县调研", words + on},
                                                        {"护河的事说来话长", words},
                                                        {"郗望澜的护河故事", words}}) {
    const Made m = make("# " + title + "\n\n" + body, "a.md");
    ASSERT_NE(quotation(m, "护河先要识河"), nullptr) << title;
    EXPECT_EQ(to_utf8(m.document.text_of(quotation(m, "护河先要识河")->parts)), held) << title;
  }
}

TEST(Speech, OnlyAnotherPersonsWordsEndWhatAReportGivesAsOnes) {
  const Made m = make(
      "郗望澜院长强调，河流有自己的脾气。账本上说，水大的时候要有地方去，水小的时候要有地方存。\n"
      "郗望澜院长指出，今年要先做三件事。大家表示，一定清掉旧渔网，修好石阶，装上灯。\n"
      "郗望澜院长要求，冬天也要沿着石堤走河。省里和沿河各县的广大护河干部表示，一定先把柴火和干粮备好。\n");
  EXPECT_EQ(speaker(m, "石堤走河"), "郗望澜");
  EXPECT_EQ(speaker(m, "柴火和干粮"), "?");
  EXPECT_EQ(speaker(m, "河流有自己的脾气"), "郗望澜");
  EXPECT_EQ(quotation(m, "河流有自己的脾气"), quotation(m, "水小的时候"));
  EXPECT_EQ(speaker(m, "先做三件事"), "郗望澜");
  EXPECT_EQ(speaker(m, "旧渔网"), "?");
}

TEST(Speech, WhatIsToldOfTheSpeakerIsNotHis) {
  const Made m = make(
      "郗望澜院长强调，河流有自己的脾气。水大的时候要有地方去。郗望澜院长的讲话传遍全省。\n"
      "郗望澜院长指出，今年要先做三件事。院长的讲话让护河员们很受鼓舞。\n"
      "郗望澜院长指出，护河先要识河，账要记得细。大家认为，话要说得明，路要修得平。\n"
      "郗望澜院长指出，桥要一座一座修起来。广大青年表示，一定清掉旧渔网，修好石阶。\n"
      "郗望澜院长指出，石阶要先看再慢慢修；宋阿埠主任表示，水口的闸门秋天以前换好。\n"
      "郗望澜院长说，渡口的船要一条一条补好。佩雷斯还表示，岸边的柳树长得很好。\n");
  const auto words = [&](const std::string& word) {
    return to_utf8(m.document.text_of(quotation(m, word)->parts));
  };
  EXPECT_EQ(words("自己的脾气"), "河流有自己的脾气。水大的时候要有地方去。");
  EXPECT_EQ(words("先做三件事"), "今年要先做三件事。");
  EXPECT_EQ(words("护河先要识河"), "护河先要识河，账要记得细。");
  EXPECT_EQ(speaker(m, "话要说得明"), "?");
  EXPECT_EQ(words("一座一座"), "桥要一座一座修起来。");
  EXPECT_EQ(speaker(m, "旧渔网"), "?");
  EXPECT_EQ(words("石阶要先看"), "石阶要先看再慢慢修");
  EXPECT_EQ(speaker(m, "闸门"), "宋阿埠");
  EXPECT_EQ(words("渡口的船"), "渡口的船要一条一条补好。");
  EXPECT_EQ(speaker(m, "柳树"), "佩雷斯");
}

// A foreign name is told by its letters where the verb follows, and behind an office though one of them is unusual.
TEST(Speech, ForeignNames) {
  const Made m = make(
      "北原州州长拜尼同云川省省长沈砚秋举行会晤。\n"
      "沈砚秋赞赏拜尼长期致力于两地往来，指出，山里的路要修得平。\n"
      "拜尼表示，渡口的船要一条一条补好。他说，石阶要先看再慢慢修。\n"
      "克洛夫表示，岸边的柳树长得很好，水口的闸门要换。\n"
      "巴西表示，旧渔网要清掉，网眼要放宽一些才行。\n"
      "沈砚秋总书记嘱托我们，护河先要识河，账要记得细。\n");
  EXPECT_EQ(speaker(m, "山里的路"), "沈砚秋");
  EXPECT_EQ(speaker(m, "渡口的船"), "拜尼");
  EXPECT_EQ(speaker(m, "石阶要先看"), "拜尼");
  EXPECT_EQ(speaker(m, "柳树"), "克洛夫");
  EXPECT_EQ(speaker(m, "旧渔网"), "?");
}

// What somebody asked for is spoken of, and leads nothing.
TEST(Speech, AVerbThatIsANounBehindItsPerson) {
  const Made m = make(
      "沈砚秋省长的这一要求，说到了护林员的心坎上。\n"
      "沈砚秋省长的指示要求，必须不折不扣地落实到每一个林场。\n"
      "沈砚秋省长要求，把每一条河的账记得细一些。\n");
  EXPECT_EQ(quotation(m, "心坎上"), nullptr);
  EXPECT_EQ(quotation(m, "不折不扣"), nullptr);
  EXPECT_EQ(speaker(m, "记得细"), "沈砚秋");
}

TEST(Speech, WhoIsNamedInTheTitleIsAPerson) {
  const Made m = make(
      "沈砚秋在全省渔业会议上强调 把每一条河管好\n\n"
      "云川日报讯 沈砚秋出席会议并发表讲话强调，岸边的柳树长得很好，水口的闸门要换。\n");
  EXPECT_EQ(speaker(m, "柳树"), "沈砚秋");
}

TEST(Speech, AReportsLedSpeechMayBeginWithAShortSentence) {
  const Made m = make(
      "郗望澜院长强调，治水必治山。山上的林子是水的家底，要一片一片数清楚。\n"
      "郗望澜院长指出，今年要先做三件事。\n");
  ASSERT_NE(quotation(m, "水的家底"), nullptr);
  EXPECT_EQ(to_utf8(m.document.text_of(quotation(m, "水的家底")->parts)),
            "治水必治山。山上的林子是水的家底，要一片一片数清楚。");
}

TEST(Speech, AVerbThatIsANounIntroducesNothing) {
  const Made m = make(
      "宋阿埠主任表示，各县要按照郗望澜院长的这些要求，把每条河的账都立好。\n"
      "各县深刻领会郗望澜院长讲话的丰富内涵和实践要求，把石阶修好，把旧渔网清掉。\n"
      "郗望澜院长要求，秋天以前换好水口的闸门。\n"
      "郗望澜院长在传达护河会议精神的会上要求，入冬以前查完所有的石桥。\n");
  EXPECT_NE(speaker(m, "每条河的账"), "郗望澜");
  EXPECT_EQ(quotation(m, "旧渔网"), nullptr);
  EXPECT_EQ(speaker(m, "水口的闸门"), "郗望澜");
  EXPECT_EQ(speaker(m, "所有的石桥"), "郗望澜");
}

TEST(Speech, WordsOfAnothersLetterAreThatPersons) {
  const Made m = make("宋阿埠表示，郗望澜院长的贺信，阐明了“护河先要识河，账要记得细”的道理。\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 2U);
  EXPECT_EQ(m.made.works[0].quotations[0].attribution->speaker, "宋阿埠");
  EXPECT_EQ(m.made.works[0].quotations[1].form, Quotation::Form::direct);
  EXPECT_EQ(m.made.works[0].quotations[1].attribution->speaker, "郗望澜");
}

TEST(Speech, ANounForWordsLeadsThemBehindAColon) {
  const Made m = make(
      "郗望澜院长关于护河的重要论述：护河先要识河，识河先要走河。\n\n雨后的河水很急，第二天才退。\n\n"
      "郗望澜院长关于修桥的论述：\n\n石桥要先看再修，慢一些不要紧。\n");
  EXPECT_EQ(speaker(m, "护河先要识河"), "郗望澜");
  EXPECT_EQ(speaker(m, "先看再修"), "郗望澜");
}

TEST(Speech, ItemsUnderALineThatLeadsThemAreLed) {
  const Made m = make(
      "雨后的河水很急，第二天才退。郗望澜院长指出：\n\n1. 护河先要识河，账要记得细。\n\n2. "
      "石桥要先看再修，慢一些不要紧。\n\n"
      "雨后的河水很急，第三天才退。\n");
  const auto words = [&](const std::string& word) {
    return to_utf8(m.document.text_of(quotation(m, word)->parts));
  };
  ASSERT_NE(quotation(m, "护河先要识河"), nullptr);
  EXPECT_EQ(words("护河先要识河"), "护河先要识河，账要记得细。");
  ASSERT_NE(quotation(m, "先看再修"), nullptr);
  EXPECT_EQ(words("先看再修"), "石桥要先看再修，慢一些不要紧。");
  EXPECT_EQ(speaker(m, "先看再修"), "郗望澜");
  EXPECT_EQ(quotation(m, "第三天"), nullptr);
}

TEST(Speech, BlockQuotationsHaveTheirSpeakerFromTheLineAbove) {
  const Made m = make(
      "# 护河\n\n## 说法\n\n郗望澜院长写道：\n\n> 给河留一条路，给鱼留一扇门，不要跟水较劲。\n\n大家都记住了。\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 1U);
  EXPECT_EQ(m.made.works[0].quotations[0].form, Quotation::Form::block);
  EXPECT_EQ(speaker(m, "给河留一条路"), "郗望澜");
}

TEST(Speech, ASignatureBelowABlockIsNoQuotation) {
  const Made m = make(
      "# 护河\n\n郗望澜院长写道：\n\n> 给河留一条路，给鱼留一扇门，不要跟水较劲。\n>\n"
      "> ——郗望澜《在云川护河座谈会上的讲话》\n\n大家都记住了。\n\n郗望澜院长又写道：\n\n"
      "> 护河有三件事，件件要有人管。\n>\n> ——把河长的责任落到每一段河。\n>\n> （二〇三一年三月八日，云川）\n\n"
      "> “河里的每一块石头都有来历，护河的人要认得它们，也要教给后来的人。”\n\n大家都记住了。\n");
  std::vector<std::string> words;
  for (const Quotation& q : m.made.works.at(0).quotations)
    words.push_back(to_utf8(m.document.text_of(q.parts)).substr(0, 12));
  EXPECT_EQ(words, (std::vector<std::string>{"给河留一", "护河有三", "——把河", "河里的每"}));
}

TEST(Speech, WordsBelowALineThatLeadsThemAreLedOrABlock) {
  const Made m = make(
      "雨后的河水很急，第二天才退。郗望澜院长强调：\n\n护河先要识河，账要记得细。\n\n雨后的河水很急，第三天才退。\n"
      "\n"
      "郗望澜院长指出：\n\n    护林先要识林，话要说得明。\n\n> 手艺要有人传下去才算手艺。\n");
  ASSERT_NE(quotation(m, "护河先要识河"), nullptr);
  EXPECT_EQ(quotation(m, "护河先要识河")->form, Quotation::Form::indirect);
  EXPECT_EQ(speaker(m, "护河先要识河"), "郗望澜");
  EXPECT_EQ(quotation(m, "第三天"), nullptr);
  ASSERT_NE(quotation(m, "护林先要识林"), nullptr);
  EXPECT_EQ(quotation(m, "护林先要识林")->form, Quotation::Form::block);
  ASSERT_NE(quotation(m, "手艺要有人传"), nullptr);
  EXPECT_EQ(quotation(m, "手艺要有人传")->form, Quotation::Form::block);
}

TEST(Speech, AllThatStandsBelowTheWordsThatAnnounceAFullTextIsItsAuthors) {
  const Made m = make(
      "省长郗望澜在《远山日报》发表题为《护河记》的署名文章。文章全文如下：\n\n护河记\n\n云川省省长　郗望澜\n\n"
      "河水急的时候，我常去看堤。\n\n树是一年一年长起来的，堤是一层一层夯起来的。\n");
  ASSERT_EQ(m.made.works.at(0).quotations.size(), 2U);
  EXPECT_EQ(speaker(m, "河水急的时候"), "郗望澜");
  EXPECT_EQ(speaker(m, "树是一年一年"), "郗望澜");
  EXPECT_EQ(quotation(m, "树是一年一年")->form, Quotation::Form::block);
  // It ends with a line of another text.
  const Made two = make(
      "省长郗望澜发表新年贺词。全文如下：\n\n河水急的时候，我常去看堤。\n\n一、护堤\n\n堤是一层一层夯起来的。\n\n护"
      "河要闻\n\n"
      "云川的河堤昨天合龙了，大家都很高兴。\n");
  EXPECT_EQ(speaker(two, "堤是一层"), "郗望澜");
  EXPECT_EQ(quotation(two, "云川的河堤"), nullptr);
  // Whom a message mourns does not write it.
  EXPECT_EQ(quotation(make("云川省林业局致唁电，沉痛悼念远山省省长郗望澜同志。唁电全文如下：\n\n"
                           "他把一生都给了山里的树，我们都记得他。\n"),
                      "他把一生"),
            nullptr);
}

TEST(Speech, WhatStandsBesideAPartInMarksIsTheWriters) {
  const auto forms = [](const std::string& text) {
    const Made m = make(text);
    std::string out;
    for (const Quotation& q : m.made.works.at(0).quotations) out += q.form == Quotation::Form::direct ? 'd' : 'i';
    return out;
  };
  EXPECT_EQ(forms("郗望澜院长指出，护河“先要识河，账要记得细，话要说得明”。记住了这一条，河就不会干。\n"), "d");
  EXPECT_EQ(forms("郗望澜院长指出护河“先要识河，账要记得细”（郗望澜院长会见船工，2031年3月8日）。\n"), "d");
  EXPECT_EQ(forms("郗望澜院长指出，护河的人要把“先要识河，账要记得细”的道理讲给每一个船工听，讲给每一个村子听。\n"),
            "id");
}

TEST(Speech, TraditionalScriptAndReadingsDoNotHideTheSpeaker) {
  const Made m = make("郗望瀾院長強(qiáng)調:「護河先要識(shí)河,帳要記得細,話要說得明。」\n");
  EXPECT_EQ(speaker(m, "護河先要"), "郗望澜");
}

TEST(Speech, ASpeakerIsKnownByANamesPlaceInItsClause) {
  const std::string words = "把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈";
  for (const auto& [lead, name] : std::vector<std::pair<std::string, std::string>>{
           {"卢守仓笑着说", "卢守仓"},
           {"卢守仓动情地对大家说", "卢守仓"},
           {"卢守仓对徒弟葛望舒说", "卢守仓"},
           {"老站长卢守仓和大家说", "卢守仓"},
           {"卢守仓接受采访时说", "卢守仓"},
           {"卢守仓10日在会上说", "卢守仓"},
           {"在全县的会上卢守仓说", "卢守仓"},
           {"豆腐匠人卢守仓说", "卢守仓"},
           {"林业厅厅长卢守仓在会上强调", "卢守仓"},
           {"今年62岁的卢守仓说", "卢守仓"},
           {"卢守仓（石浦人）说", "卢守仓"},
           {"卢守仓后来说", "卢守仓"},
           {"卢守仓告诉记者", "卢守仓"},
           {"正如卢守仓所说", "卢守仓"},
           {"正如卢守仓指出的", "卢守仓"},
           {"诚如卢守仓站长所强调的", "卢守仓"},
           {"用卢守仓的话说", "卢守仓"},
           {"据卢守仓介绍", "卢守仓"},
           {"欧阳青禾指出", "欧阳青禾"},
           {"爱丽丝·布伦纳说", "爱丽丝·布伦纳"},
           {"大会主席爱丽丝·布伦纳（Alice Brunner）10日在闭幕式上说", "爱丽丝·布伦纳"},
           {"Alice Brunner说", "Alice Brunner"},
           {"云川总统希奇莱马表示", "希奇莱马"}}) {
    EXPECT_EQ(speaker(make(lead + "，" + words + "。\n"), "老秤擦亮"), name) << lead;
    EXPECT_EQ(speaker(make(lead + "：“" + words + "。”\n"), "老秤擦亮"), name) << lead;
  }
  for (const std::string lead : {"卢守仓讲过", "卢守仓补充道", "卢守仓回答", "卢守仓有句名言", "卢守仓的原话是",
                                 "卢守仓有一段话，至今读来仍有启发", "卢守仓站长"})
    EXPECT_EQ(speaker(make(lead + "：“" + words + "。”\n"), "老秤擦亮"), "卢守仓") << lead;
  for (const std::string lead : {"大家都说", "村民们笑着说"})
    EXPECT_EQ(speaker(make(lead + "：“" + words + "。”\n"), "老秤擦亮"), "?") << lead;
}

TEST(Speech, WhoIsNamedRightBehindTheWordsSaysThem) {
  for (const std::string tail :
       {"（卢守仓语）", "——卢守仓", "卢守仓如是说。", "这句话出自卢守仓。", "卢守仓笑着说。"})
    EXPECT_EQ(speaker(make("“把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈。”" + tail + "\n"), "老秤擦亮"),
              "卢守仓")
        << tail;
}

TEST(Speech, ALineThatSignsAParagraphSaysWhoseWordsItIs) {
  const std::string words = "把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈。";
  const auto told = [&](const std::string& below) {
    return speaker(make("渡口的话\n\n" + words + "\n\n" + below + "\n\n渡口虽小，连着千家万户。\n"), "老秤擦亮");
  };
  EXPECT_EQ(told("——卢守仓2031年3月9日在渡口安全会议上的讲话"), "卢守仓");
  EXPECT_EQ(told("——卢守仓在石浦县考察时的讲话"), "卢守仓");
  EXPECT_EQ(told("《在渡口安全会议上的讲话》（2031年3月9日）"), "?");
  for (const std::string none :
       {"——卢守仓", "——卢守仓 2031年3月写于石浦", "——编者", "《渡口》", "《渡口》2031年3月9日"})
    EXPECT_EQ(told(none), "no quotation") << none;
}

TEST(Speech, WhatADashLeadsBehindWordsThatDashesSetOffIsNoName) {
  EXPECT_EQ(speaker(make("卢守仓的那句话——“把门前那杆老秤擦亮再开门”——给人启发。\n"), "老秤擦亮"), "?");
}

TEST(Speech, VerbsThatTellLeadSpeechRightBehindWhoSpeaks) {
  const std::string words = "，把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈。\n";
  for (const std::string lead : {"厅长卢守仓9日称", "厅长卢守仓介绍", "厅长卢守仓回应说", "卢守仓在清华大学说"})
    EXPECT_EQ(speaker(make(lead + words), "老秤擦亮"), "卢守仓") << lead;
  for (const std::string lead : {"卢守仓出席会议，这里简称", "卢守仓来了，村里人的回应"})
    EXPECT_NE(speaker(make(lead + words), "老秤擦亮"), "卢守仓") << lead;
  EXPECT_NE(speaker(make("客船工程新闻发言人介绍" + words), "老秤擦亮"), "程新闻");
}

TEST(Speech, ADayWithAnEventBetweenNameAndVerbHidesNobody) {
  EXPECT_EQ(speaker(make("桑切斯2031年3月访华时说，“把门前那杆老秤擦亮再开门”。\n"), "老秤擦亮"), "桑切斯");
}

TEST(Speech, APlaceBeforeATitleIsNoPerson) {
  for (const std::string office : {"石浦县县长", "安阳县县长", "方塘区区长", "金沙市市长"}) {
    const Made m = make(office + "葛望舒在会上发言说：“渡口虽小，连着千家万户。”\n");
    EXPECT_EQ(speaker(m, "千家万户"), "葛望舒") << office;
  }
  EXPECT_EQ(speaker(make("田红旗委员说：“渡口虽小，连着千家万户。”\n"), "千家万户"), "田红旗");
}

TEST(Speech, WhoReportsIsNotWhoSpeaks) {
  const std::string words = "渡口虽小，连着千家万户，要把每一条渡船的底细摸清楚。\n";
  EXPECT_EQ(speaker(make("本报讯（记者 邱远舟）林业厅厅长卢守仓在会上强调，" + words), "千家万户"), "卢守仓");
  EXPECT_NE(speaker(make("本报讯（记者 邱远舟）老站长说，" + words), "千家万户"), "邱远舟");
  EXPECT_EQ(speaker(make("记者邱远舟从林业厅获悉，" + words), "千家万户"), "no quotation");
}

TEST(Speech, ABodyThatAVerbGovernsDoesNotSpeak) {
  const auto speaker_of = [](const std::string& lead) {
    return speaker(make(lead + "，要把每一条渡船的底细摸清楚，一条也不能漏。\n"), "底细");
  };
  for (const std::string lead : {"乡亲们一定响应全会号召", "各地按照中央一号文件要求", "要按照党中央部署要求"}) {
    const std::string said = speaker_of(lead);
    EXPECT_TRUE(said == "?" || said == "no quotation") << lead << " " << said;
  }
  EXPECT_EQ(speaker_of("刚刚闭幕的中央护河会议指出"), "中央护河会议");
  EXPECT_EQ(speaker_of("据云川外交部今天（4月24日）表示"), "云川外交部");
  EXPECT_EQ(speaker_of("云川中央银行3日宣布"), "云川中央银行");
  EXPECT_EQ(speaker_of("云川外交部长希奇莱马12日表示"), "希奇莱马");
}

TEST(Speech, ALineWithANounForWordsLeadsTheWordsBelowIt) {
  for (const std::string lead :
       {"沈砚秋在会上讲了这样一段话：", "沈砚秋的原话是：", "沈砚秋有一段话，至今读来仍有启发："}) {
    const Made m = make("老渡口的事要从一句话说起。\n\n" + lead +
                        "\n\n    安全不是喊出来的，而是一条船一条船查出来的。\n\n这话说得实在，船工们都记住了。\n");
    EXPECT_EQ(speaker(m, "一条船一条船"), "沈砚秋") << lead;
    EXPECT_EQ(m.made.works.at(0).quotations.size(), 1U) << lead;
  }
}

TEST(Speech, LedSpeechOfSomebodyWhoIsNotNamedIsHearsay) {
  const std::string words = "，把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈。\n";
  for (const std::string lead :
       {"有人说", "俗话说", "老人们说", "小说里的外婆说", "邻居家的老人常对我说", "书上说", "古人云"}) {
    const Made m = make(lead + words);
    ASSERT_NE(quotation(m, "老秤擦亮"), nullptr) << lead;
    EXPECT_TRUE(quotation(m, "老秤擦亮")->attribution->speaker.empty()) << lead;
  }
  for (const std::string lead :
       {"我常说", "应该说", "也就是说", "总的来说", "从这个意义上说", "严格地说", "笔者认为", "必须指出"})
    EXPECT_EQ(quotation(make(lead + words), "老秤擦亮"), nullptr) << lead;
}

TEST(Speech, AnInterviewsAnswersAreWhoeversTheTextSaysAnswers) {
  const Made named = make(
      "秤边问答\n\n记者：您做了多少年？\n卢守仓：把门前那杆老秤擦亮再开门，就这样做了四十年。\n"
      "记者：后来呢？\n卢守仓：后来我就一直守着它，没有离开过。\n还有很多人来学，我都教了。\n");
  EXPECT_EQ(named.made.works.at(0).kind, WorkKind::interview);
  for (const std::string answer : {"老秤擦亮", "一直守着", "很多人来学"})
    EXPECT_EQ(speaker(named, answer), "卢守仓");
  EXPECT_EQ(quotation(named, "后来呢"), nullptr);
  const Made letters = make(
      "秤边问答\n\n近日，本报记者采访了老站长卢守仓。\n问：您做了多少年？\n"
      "答：把门前那杆老秤擦亮再开门，就这样做了四十年。\n问：后来呢？\n答：后来我就一直守着它，没有离开过。\n");
  EXPECT_EQ(speaker(letters, "老秤擦亮"), "卢守仓");
}

TEST(Speech, AUsersTableAddsSpeakersAndVerbs) {
  const Made without = make("阿布杜拉·云川絮叨着“河水见底的时候，才知道谁在河里下过网”。\n");
  EXPECT_EQ(speaker(without, "河水见底"), "?");
  Sources s = read_bytes("阿布杜拉·云川絮叨着“河水见底的时候，才知道谁在河里下过网”。\n", "a.txt");
  const std::string folder = testing::TempDir() + "suyuan-lexicons";
  ASSERT_EQ(std::system(("mkdir -p " + folder).c_str()), 0);
  {
    std::FILE* f = std::fopen((folder + "/speakers.tsv").c_str(), "w");
    std::fputs("阿布杜拉·云川\n", f);
    std::fclose(f);
    f = std::fopen((folder + "/introducers.tsv").c_str(), "w");
    std::fputs("絮叨着\tsay\n", f);
    std::fclose(f);
  }
  const auto lexicons = load_lexicons(folder);
  ASSERT_TRUE(lexicons) << lexicons.error().message;
  const Made with{s.documents.at(0), segment(s.documents.at(0), **lexicons)};
  EXPECT_EQ(speaker(with, "河水见底"), "阿布杜拉·云川");
  {
    std::FILE* f = std::fopen((folder + "/introducers.tsv").c_str(), "w");
    std::fputs("絮叨着\tshout\n", f);
    std::fclose(f);
  }
  ASSERT_FALSE(load_lexicons(folder));
  EXPECT_EQ(load_lexicons(folder).error().code, "bad-lexicon");
  EXPECT_FALSE(load_lexicons(folder + "/nowhere"));
  // What nothing would read is refused, not passed over.
  for (const auto& [name, message] : {std::pair("outlet.tsv", "no table has this name"),
                                      std::pair("sensitive.tsv", "rows cannot be added to this table")}) {
    const std::string path = folder + "/" + name;
    std::fclose(std::fopen(path.c_str(), "w"));
    ASSERT_FALSE(load_lexicons(folder));
    EXPECT_EQ(load_lexicons(folder).error().message, message);
    std::remove(path.c_str());
  }
}

}  // namespace
}  // namespace suyuan
