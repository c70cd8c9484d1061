// Whose words a place gives.
#include <gtest/gtest.h>

#include "suyuan/chain.hpp"

namespace suyuan {
namespace {

const std::string kWords = "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看";
const std::string kLine = "\n（《云川日报》 2031年3月9日）\n";

// The voices of the witnesses of the one passage that the texts share.
std::vector<Voice> voices(const std::vector<std::string>& texts) {
  Sources sources;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Sources one = read_bytes(texts[i], "t" + std::to_string(i) + ".txt");
    sources.documents.push_back(std::move(one.documents[0]));
  }
  const Corpus corpus = build_corpus(std::move(sources));
  const std::vector<Chain> chains = build_chains(corpus, align_all(corpus, Index(corpus))).chains;
  std::vector<Voice> out;
  for (const Chain& c : chains)
    for (const Witness& w : c.witnesses) out.push_back(w.voice);
  return out;
}

bool any(const std::vector<Voice>& all, const std::string& speaker) {
  return std::any_of(all.begin(), all.end(), [&](const Voice& v) { return v.speaker == speaker; });
}

TEST(Voice, IsTheQuotationsSpeaker) {
  const auto all = voices({"　　郗望澜指出：“" + kWords + "。”这话说得实在。" + kLine,
                           "　　有人把它抄在墙上：" + kWords + "，一直没有擦。\n（《临江晚报》 2031年5月9日）\n"});
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(any(all, "郗望澜"));
  EXPECT_TRUE(any(all, ""));  // who copied it does not speak it
  for (const Voice& v : all)
    if (!v.speaker.empty()) {
      EXPECT_EQ(v.by, Voice::By::quotation);
      EXPECT_EQ(v.kind, SpeakerKind::person);
      EXPECT_FALSE(v.inferred);
    }
}

// What leads the words may recur with them, in led speech as between marks.
TEST(Voice, IsWhoLeadsThemWithinThePassage) {
  const std::string lead = "郗望澜院长指出，", words = "护河先要识河，识河的事要摆到全省各县的案头上";
  const auto all =
      voices({"　　云川下了雨。" + lead + words + "，一条一条地写清楚。" + kLine,
              "　　河边的人都来听。" + lead + words + "，谁也不许再拖。\n（《临江晚报》 2031年5月9日）\n"});
  ASSERT_EQ(all.size(), 2U);
  for (const Voice& v : all) EXPECT_EQ(v.speaker, "郗望澜");
}

// A passage of several sentences that begins right behind who says it is his, unless it goes on with another time.
TEST(Voice, IsWhoOpensThePassage) {
  const auto first = [](const std::string& rest) {
    const std::string words = "护河先要识河，识河的事要摆到全省各县的案头上。" + rest;
    const auto all = voices({"　　云川下了雨。\n　　河水一夜涨了三尺。\n　　桥上站满了人。\n　　郗望澜院长指出，" +
                                 words + "。云川下了雨。" + kLine,
                             "　　" + words + "。河边的人都来听。\n（《临江晚报》 2031年5月9日）\n"});
    return any(all, "郗望澜");
  };
  EXPECT_TRUE(first("上游的林、中游的田和下游的城本来就在一张图上"));
  EXPECT_FALSE(first("2030年6月，云川县里开了三天三夜的会来商量这件事"));
}

TEST(Voice, IsWhoToldTheListAbove) {
  const std::string words = "要把上游的林、中游的田和下游的城放在同一张图上细细地看";
  const auto all =
      voices({"　　云川下了雨。\n　　河水涨了。\n　　桥上站满了人。\n　　郗望澜院长指出，护河有两件事要记在心上。\n"
              "　　一是先要识得河的脾气。\n　　二是" +
                  words + "。\n　　众人散去。" + kLine,
              "　　有人抄在墙上：" + words + "。\n（《临江晚报》 2031年5月9日）\n"});
  EXPECT_TRUE(any(all, "郗望澜"));
}

TEST(Voice, IsWhoSpeaksInThePassageThatTellsOfHim) {
  const std::string words = "郗望澜院长来到河边看水。他指出，护河先要识河，要把上游的林和下游的城放在一张图上看";
  const auto all = voices({"　　云川下了雨。" + words + "。" + kLine,
                           "　　这天早上，" + words + "。\n（《临江晚报》 2031年5月9日）\n"});
  EXPECT_TRUE(any(all, "郗望澜"));
}

TEST(Voice, SpokeOnADayAndNotSinceOne) {
  const auto day = [](const std::string& when) {
    for (const Voice& v :
         voices({"　　" + when + "，郗望澜在云川考察时指出：“" + kWords + "。”这话说得实在。" + kLine,
                 "　　有人把它抄在墙上：" + kWords + "，一直没有擦。\n（《临江晚报》 2031年5月9日）\n"}))
      if (v.speaker == "郗望澜") return v.spoken.latest ? v.spoken.latest->to_string() : std::string("none");
    return std::string("nobody");
  };
  EXPECT_EQ(day("2030年7月"), "2030-07-31");
  for (const char* open : {"2030年7月以来", "2030年7月之后", "2030年7月以前", "2030年7月至今"})
    EXPECT_EQ(day(open), "none") << open;
}

TEST(Voice, IsOneInBothScripts) {
  const auto all =
      voices({"　　雲望瀾指出：“護河先要識河，要把上游的林、中游的田、下游的城放在一張圖上看。”" + kLine,
              "　　云望澜指出：“" + kWords + "。”\n（《临江晚报》 2031年5月9日）\n"});
  ASSERT_GE(all.size(), 2U);
  for (const Voice& v : all) EXPECT_EQ(v.speaker, "云望澜");
}

TEST(Voice, IsNotTheAuthorsWhereHeGivesTheWordsAsAnothers) {
  const std::string other = "　　抄在墙上：" + kWords + "。一直没有擦，大家都看得见，走过的人都要念一遍。" + kLine;
  const auto voice = [&](const std::string& lead, const std::string& close = "。") {
    const auto all = voices({"山坡上的算术\n\n作者：顾小满\n\n　　早上的雾还没有散，山坡上已经有人了。\n\n　　" +
                                 lead + kWords + close + "\n\n　　雾散了以后，山坡上的路看得清楚。\n",
                             other});
    std::string out;
    for (const Voice& v : all) out += v.speaker;
    return out;
  };
  EXPECT_EQ(voice(""), "顾小满");
  EXPECT_EQ(voice("我常说，"), "顾小满");
  EXPECT_EQ(voice("应该说，"), "顾小满");
  EXPECT_EQ(voice("有人说，"), "");
  EXPECT_EQ(voice("俗话说，"), "");
  EXPECT_EQ(voice("小说里的外婆说，"), "");
  EXPECT_EQ(voice("他说，"), "");
  EXPECT_EQ(voice("护林员阮青禾说，"), "阮青禾");
  EXPECT_EQ(voice("正如阮青禾所说，"), "阮青禾");
  EXPECT_EQ(voice("阮青禾写过：“", "。”"), "阮青禾");
  EXPECT_EQ(voice("《云岭林书》云：“", "。”"), "《云岭林书》");
}

TEST(Voice, IsTheQuotationsSpeakerWhereWhatLeadsItRecursWithIt) {
  const std::string both = "许多人记得，老站长卢守仓说：“把门前那杆老秤擦亮再开门，让铁不生锈人心也不生锈。”";
  const auto all = voices({"　　" + both + kLine, "　　" + both + "\n（《临江晚报》 2031年5月9日）\n"});
  ASSERT_GE(all.size(), 2U);
  for (const Voice& v : all) EXPECT_EQ(v.speaker, "卢守仓");
}

TEST(Voice, IsNobodysWhereTheTextNamesNobody) {
  const auto all =
      voices({"　　" + kWords + "。" + kLine, "　　" + kWords + "。\n（《临江晚报》 2031年5月9日）\n"});
  ASSERT_EQ(all.size(), 2U);
  for (const Voice& v : all) EXPECT_EQ(v.by, Voice::By::nothing);
}

}  // namespace
}  // namespace suyuan
