// Chains: what heads them, who is first, what joins.
#include "suyuan/chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace suyuan {
namespace {

struct Made {
  Corpus corpus;
  std::vector<Chain> chains;
  std::vector<Series> series;
};

Made make(const std::vector<std::string>& texts) {
  Sources sources;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Sources one = read_bytes(texts[i], "t" + std::to_string(i) + ".txt");
    sources.documents.push_back(std::move(one.documents[0]));
  }
  Made out{build_corpus(std::move(sources)), {}, {}};
  Provenance made = build_chains(out.corpus, align_all(out.corpus, Index(out.corpus)));
  out.chains = std::move(made.chains);
  std::set<std::tuple<std::uint32_t, FoldSpan>> heads;
  for (const Chain& c : out.chains)
    EXPECT_TRUE(heads.emplace(c.witnesses[c.head].work, c.witnesses[c.head].span).second)
        << "two chains of one head";
  out.series = std::move(made.series);
  return out;
}

const std::string kWhole = "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，给每条河立一本账";
const std::string kPart = "要把上游的林、中游的田、下游的城放在一张图上看";

std::string text(const std::string& body, const std::string& date) {
  return "　　" + body + "。\n（《云川日报》 " + date + "）\n";
}

std::string replaced(std::string in, const std::string& what, const std::string& with) {
  return in.replace(in.find(what), what.size(), with);
}

TEST(Chain, FirstHoldsHalfOfTheHeadAndFirstPartAnyOfIt) {
  const Made m = make({text(kWhole, "2032年5月1日"), text("有人说过：" + kPart.substr(0, 48), "2030年5月1日"),
                       text(kWhole, "2031年5月1日")});
  ASSERT_FALSE(m.chains.empty());
  const Chain& c = m.chains[0];
  ASSERT_EQ(c.witnesses.size(), 3U);
  const auto day = [&](std::uint32_t w) {
    return m.corpus.work(m.corpus.works[c.witnesses[w].work]).published.latest->to_string();
  };
  EXPECT_EQ(day(c.first), "2031-05-01");
  EXPECT_EQ(day(c.first_part), "2030-05-01");
  EXPECT_LT(c.witnesses[c.first_part].extent, 0.5);
}

TEST(Chain, AnOlderTextWithWordsPutInIsTheFirst) {
  const std::string said = "巡河的人要把支流的水账记在同一册书里";
  const auto first = [&](const std::string& older) {
    const Made m = make({text("冬天里众人围着火炉议定：" + older, "2031年5月1日"),
                         text("会上他对大家讲：“" + said + "”", "2032年5月1日"),
                         text("后来册子上写着：“" + said + "”", "2033年5月1日")});
    EXPECT_EQ(m.chains.size(), 1U);
    const Chain& c = m.chains.at(0);
    return m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).published.latest->to_string();
  };
  EXPECT_EQ(first("巡河护林的人要把各条支流的水情账记在同一大册书里"), "2031-05-01");
  EXPECT_EQ(first("要把支流的水账记在同一册书里，巡河的人"), "2031-05-01");
  // Another word, another figure or the words of a longer clause are not the same.
  EXPECT_EQ(first("巡河护林的人要把各条铁路的水情账记在同一大册书里"), "2032-05-01");
  EXPECT_EQ(first("巡河护林的人要把各条支流的水情账交给2个学堂"), "2032-05-01");
}

TEST(Chain, WhatAnArticleSaysTwiceIsNotCarriedOn) {
  const auto chains = [](const std::string& between) {
    return make({"　　会上的人都记得：" + kWhole + "。\n" + between + "　　散会时又念一遍：" + kWhole + "。\n"})
        .chains.size();
  };
  EXPECT_EQ(chains("　　河水一夜涨了三尺。\n"), 0U);
  std::string book;
  for (int i = 0; i < 1200; ++i) book += "　　河水第" + std::to_string(i) + "夜涨了三尺。\n";
  EXPECT_EQ(chains(book), 1U);
}

TEST(Chain, AnotherEventInTheFrameIsNoWitness) {
  const auto chains = [](const std::string& one, const std::string& other) {
    return make({text("河边的人记得" + one, "2031年5月1日"), text("册子上写着" + other, "2032年5月1日")})
        .chains.size();
  };
  const std::string was = "众人把支流的水账翻给全省第十一次护河人座谈会的代表一页一页地念，念到天黑才散去";
  EXPECT_EQ(chains(was, was), 1U);
  EXPECT_EQ(chains(was, replaced(was, "第十一次", "第十七次")), 0U);
  const std::string named = "愿为云川的渔民和云川的孩子留一条宽阔的水路，让他们识得河边每一种鱼";
  EXPECT_EQ(chains(named, replaced(replaced(named, "云川", "临江"), "云川", "临江")), 0U);
  EXPECT_EQ(chains(named, replaced(named, "云川", "临江")), 1U);
  const std::string state = "我们把渔网晾在岸上，愿同法方的船家一道看守河口的灯塔，给夜里归来的人照路";
  EXPECT_EQ(chains(state, state), 1U);
  EXPECT_EQ(chains(state, replaced(state, "法方的船家", "德方的船家")), 0U);
  EXPECT_EQ(chains(state, replaced(state, "法方的船家", "法国的船家")), 1U);
  EXPECT_EQ(chains(state, replaced(state, "法方的船家", "西方的船家")), 1U);  // no state's
}

TEST(Chain, APartThatIsAnOlderPassageOfItsOwnIsNamed) {
  const std::string saying = "苗木是林业的根基，根扎得深，林子才能长得密，山下的村子才睡得安稳";
  const std::string whole = kWhole + "，" + kPart.substr(0, 27) + "一直走到海边去看看" + "，" + saying;
  const Made m = make({text("郗望澜说：“" + saying + "。”座谈会开了整整两天，到会的人都带着笔记本", "2030年3月1日"),
                       text("宋阿埠那天说起这句“" + saying + "”，谁也没有接话", "2030年4月1日"),
                       text("后来的人把“" + saying + "”写在墙上", "2030年6月1日"),
                       text("老人又说了一遍“" + saying + "”，天就黑了", "2030年5月1日"),
                       text(whole, "2031年5月1日"), text("册子里写道：" + whole, "2032年5月1日")});
  const auto text_of = [&](std::uint32_t work, FoldSpan span) {
    const CorpusWork& w = m.corpus.works[work];
    return to_utf8(m.corpus.document(w).text_of(w.fold.parts(span)));
  };
  const auto of = [&](const std::string& words) {
    return std::ranges::find_if(m.chains, [&](const Chain& c) {
      return text_of(c.witnesses[c.head].work, c.witnesses[c.head].span) == words;
    });
  };
  const auto longer = of(whole), own = of(saying);
  ASSERT_NE(longer, m.chains.end());
  ASSERT_NE(own, m.chains.end());
  ASSERT_EQ(longer->earlier_parts.size(), 1U);
  const EarlierPart& part = longer->earlier_parts[0];
  EXPECT_EQ(text_of(longer->witnesses[longer->head].work, part.of), saying);
  EXPECT_EQ(std::pair(part.work, part.span),
            std::pair(own->witnesses[own->first].work, own->witnesses[own->first].span));
  EXPECT_EQ(part.head, own->witnesses[own->head].span);
  EXPECT_EQ(part.voice.speaker, "郗望澜");
  EXPECT_TRUE(own->earlier_parts.empty());
}

TEST(Chain, APlaceHasAllOfTheWordsAtItsEnds) {
  const std::string rest = "欢迎的山里学堂，给每个识字的孩子留一盏灯、一张桌子和一本写满河流名字的册子";
  const Made m = make({text("当地人花了三年工夫才在河湾边上办成了最受" + rest, "2031年5月1日"),
                       text("路过歇脚的客商后来逢人便说起那座深受" + rest, "2032年5月1日"),
                       text("当地人花了三年工夫才在河湾边上办成了最受" + rest, "2033年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Witness& w = m.chains[0].witnesses[1];
  const CorpusWork& work = m.corpus.works[w.work];
  EXPECT_EQ(to_utf8(m.corpus.document(work).text_of(work.fold.parts(w.span))), "深受" + rest);
  ASSERT_EQ(w.against_first->edits.size(), 1U);
  EXPECT_EQ(to_utf8(m.corpus.document(work).text_of(w.against_first->edits[0].to)), "深");
}

TEST(Chain, WhatEverybodyQuotesIsOneChain) {
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; i < 2 * Index::kCommon; ++i) {
    std::string own;
    for (char32_t c = 0; c < 24; ++c) own += to_utf8(std::u32string(1, 0x4E00 + 31 * i + 7 * c * (i % 5 + 1)));
    texts.push_back(text(own + "。郗望澜说，“" + kPart + "。”" + (i % 3 == 0 ? "大家都点头" : own),
                         "20" + std::to_string(10 + i / 12) + "年" + std::to_string(1 + i % 12) + "月1日"));
  }
  const Made m = make(texts);
  const auto of = std::ranges::count_if(m.chains, [](const Chain& c) { return c.witnesses.size() > 2; });
  ASSERT_EQ(of, 1);
  const Chain& c = *std::ranges::find_if(m.chains, [](const Chain& x) { return x.witnesses.size() > 2; });
  EXPECT_EQ(c.witnesses.size(), 2 * Index::kCommon);
  EXPECT_TRUE(c.quotation);
  EXPECT_EQ(c.first, 0U);
}

TEST(Chain, ALongPassageOfAFewShortTextsIsNoStockWording) {
  std::vector<std::string> texts;
  for (unsigned i = 0; i < 30; ++i)
    texts.push_back(text(
        kWhole + "。" + kPart + "，看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头",
        "20" + std::to_string(10 + i) + "年5月1日"));
  const Made m = make(texts);
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 30U);
}

TEST(Chain, APassageIsWhatOthersHaveOfAParagraph) {
  const std::string before = "这一天村里的人起得早，雾还没有散，", after = "。说完他就走了，谁也没有留他";
  const Made m = make({text(before + kWhole + after, "2031年5月1日"),
                       text("有人后来在一本薄薄的小册子里不无惋惜地写道：" + kWhole, "2032年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Witness& head = m.chains[0].witnesses[m.chains[0].head];
  const CorpusWork& w = m.corpus.works[head.work];
  EXPECT_EQ(to_utf8(m.corpus.document(w).text_of(w.fold.parts(head.span))), kWhole);
}

TEST(Chain, TwoSentencesThatNoTextHasTogetherAreTwoPassages) {
  const std::string first = kWhole + "。",
                    second = "苗木是林业的根基，根扎得深，林子才能长得密，山下的村子才睡得安稳。";
  const std::vector<std::string> apart{
      text(first + second, "2032年5月1日"),
      text("座谈会开了整整两天，到会的人都带着自己的笔记本。" + first, "2030年5月1日"),
      text(second + "说这话的人后来当了三十年护林员，一直住在山腰。", "2031年5月1日")};
  const Made m = make(apart);
  ASSERT_EQ(m.chains.size(), 2U);
  for (const Chain& c : m.chains) {
    EXPECT_EQ(c.witnesses.size(), 2U);
    for (const Witness& w : c.witnesses) EXPECT_EQ(w.extent, 1);
  }
  std::vector<std::string> together = apart;
  together.push_back(text(first + second, "2033年5月1日"));
  EXPECT_EQ(make(together).chains[0].witnesses.size(), 4U);
  // Where one text has both far apart, they are two, but not where a quotation joins them.
  const std::string between =
      "那天的会开到很晚，散会时街上已经没有人了，只有几只灯还亮着，照着他们一路走回去，谁也没有说话。"
      "第二天一早他们又坐到了一起，接着谈山上的事，桌上的茶凉了几回也没有人去添。";
  together.back() = text(first + between + second, "2033年5月1日");
  const Made one_apart = make(together);
  ASSERT_EQ(one_apart.chains.size(), 2U);
  for (const Chain& c : one_apart.chains) EXPECT_EQ(c.witnesses.size(), 3U);
  together.front() = text("郗望澜说：“" + first + second + "”", "2032年5月1日");
  EXPECT_EQ(make(together).chains[0].witnesses.size(), 5U);
}

TEST(Chain, AShortPassageTwiceInARowIsTwoWitnesses) {
  Sources sources =
      read_bytes("　　“护河先识河”，这是老话。“护河先识河”，也是新话。\n（《云川日报》 2031年5月1日）\n", "a.txt");
  Corpus corpus = build_corpus(std::move(sources));
  const std::uint32_t work = add_passage(corpus, U"护河先识河");
  EXPECT_EQ(find_passage(corpus, work).places, 2U);
}

TEST(Chain, ASpeechUnderItsOccasionIsPassagesOfItsParagraphs) {
  const std::string scales =
      "每一杆秤都要在收粮之前校三遍，校秤的人要把名字写在秤杆上，谁校的谁负责，不许带着坏秤过秋天。";
  const std::string ledger =
      "账要一户一页，写清楚户名、斤两、日子和成色，农民来看随时给看，看不懂的要念给他听，账本不许隔夜补写。";
  const Made m = make({"收粮的时候秤要平\n\n（2031年4月12日在云川粮食工作会议上的讲话）\n\n郗望澜\n\n" + kWhole +
                           "。\n\n" + scales + "\n\n" + ledger + "\n",
                       text("会开完了。郗望澜说：“" + scales + "”大家记了下来", "2031年4月13日"),
                       text("郗望澜的话传开了。他说：“" + ledger + "”老农听了点头", "2031年4月14日")});
  ASSERT_EQ(m.chains.size(), 2U);
  for (const Chain& c : m.chains) {
    EXPECT_EQ(c.witnesses.size(), 2U);
    EXPECT_TRUE(c.quotation);
    const auto speech = std::ranges::find_if(c.witnesses, [](const Witness& w) { return !w.quoted; });
    ASSERT_NE(speech, c.witnesses.end());
    EXPECT_EQ(speech->voice.speaker, "郗望澜");
    EXPECT_EQ(speech->voice.spoken.latest->to_string(), "2031-04-12");
  }
}

TEST(Chain, ATextIsOrderedByTheDayOnWhichItWasSigned) {
  const Made m = make({text(kWhole, "2034年5月1日"), "护河记\n\n顾小满\n\n　　" + kWhole + "。\n\n2031年3月8日\n"});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& c = m.chains[0];
  const DateInterval& day = m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).published;
  EXPECT_TRUE(is_signed(day));
  EXPECT_EQ(day.earliest->to_string(), "2031-03-08");
  EXPECT_EQ(c.rivals.size(), 1U);  // it may have been printed later
}

TEST(Chain, AnUndatedWitnessIsNeverFirst) {
  const Made m = make({"　　" + kWhole + "。\n", text(kWhole, "2031年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& c = m.chains[0];
  EXPECT_TRUE(m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).published.latest.has_value());
  EXPECT_EQ(c.rivals.size(), 1U);
}

TEST(Chain, AnUndatedTextStoodWhenItsCopyWasPutUp) {
  const Made m =
      make({text(kWhole, "2032年5月1日"), "识河记\n来源：云川日报　2031年3月19日\n\n　　" + kWhole + "。\n"});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& c = m.chains[0];
  EXPECT_EQ(m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).title, "识河记");
  EXPECT_TRUE(c.rivals.empty());
}

TEST(Chain, OneChainForOnePassage) {
  const Made m = make({text(kWhole, "2031年5月1日"), text(kWhole, "2031年6月1日"), text(kWhole, "2031年7月1日"),
                       text(kPart, "2031年8月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 4U);
  EXPECT_LT(m.chains[0].witnesses[3].extent, 0.8);
}

TEST(Chain, NearestIsTheEarlierTextWithTheFewestDifferences) {
  std::string changed = kWhole;
  changed.replace(changed.find("放在"), std::string("放在").size(), "摆在");
  const Made m = make({text(kWhole, "2031年5月1日"), text(changed, "2031年6月1日"), text(changed, "2031年7月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses[2].nearest, 1U);
  EXPECT_EQ(m.chains[0].witnesses[2].against_nearest.kind, MatchKind::verbatim);
  EXPECT_EQ(m.chains[0].witnesses[2].against_first->kind, MatchKind::variant);
}

// A long paragraph around a clause, each time other words.
std::string around(const std::string& clause, char32_t from) {
  std::string words;
  for (char32_t c = 0; c < 90; ++c) {
    words += to_utf8(std::u32string(1, from + 31 * c));
    if (c == 44) words += "，" + clause + "，";
  }
  return words;
}

TEST(Chain, NearestHasWhatTheWitnessHasRatherThanLess) {
  const std::string part = "整治山林里的乱砍滥伐和河里的私采乱挖";
  const Made m = make({text("持续" + part, "2030年5月1日"), text(part, "2031年5月1日"),
                       text("持续深化" + part, "2032年5月1日"), text("持续" + part, "2033年5月1日"),
                       text("持续" + part, "2034年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Witness& last = m.chains[0].witnesses[2];
  ASSERT_TRUE(last.nearest);
  EXPECT_EQ(*last.nearest, 0U);
  ASSERT_EQ(last.against_nearest.edits.size(), 1U);
}

TEST(Chain, APartOfALongParagraphIsThePassage) {
  const Made m = make({text(around(kPart, 0x4E00), "2031年5月1日"), text(around(kPart, 0x6000), "2032年5月1日"),
                       text(around(kPart, 0x7000), "2033年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& chain = m.chains[0];
  ASSERT_EQ(chain.witnesses.size(), 3U);
  for (const Witness& w : chain.witnesses) EXPECT_DOUBLE_EQ(w.extent, 1);
  EXPECT_EQ(m.corpus.work(m.corpus.works[chain.witnesses[chain.first].work]).published.latest->to_string(),
            "2031-05-01");
}

TEST(Chain, AClauseThatOthersHaveOfAParagraphIsAPassageToo) {
  const std::string told = around(kPart, 0x4E00);
  const Made m =
      make({text(told, "2031年5月1日"), text(told, "2032年5月1日"), text(around(kPart, 0x6000), "2030年5月1日")});
  ASSERT_EQ(m.chains.size(), 2U);
  std::vector<std::pair<std::size_t, std::string>> seen;
  for (const Chain& c : m.chains)
    seen.emplace_back(c.witnesses.size(),
                      m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).published.latest->to_string());
  EXPECT_EQ(seen, (std::vector<std::pair<std::size_t, std::string>>{{3, "2030-05-01"}, {2, "2031-05-01"}}));
}

// Paragraphs that have nothing in common but a clause.
std::vector<std::string> with_clause(const std::string& clause, const std::vector<std::string>& leads) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < leads.size(); ++i)
    out.push_back(text(around(leads[i] + clause, static_cast<char32_t>(0x5000 + 0x400 * i)),
                       "203" + std::to_string(i) + "年5月1日"));
  return out;
}

TEST(Chain, AClauseThatFourTextsHaveIsNoPartOfALongerPassage) {
  // Less than half of the passage that two texts have, and too much of it for a mere part.
  const std::string clause = "每条河都要有一本看得懂的账，每座桥都要有一个叫得应的人";
  const std::string longer =
      clause + "，看水里的鱼能不能回来、看岸边的老人能不能下到水边洗菜、看放学的孩子敢不敢蹚过浅滩";
  std::vector<std::string> texts = with_clause(clause, {"", "", "", ""});
  texts.push_back(text(around(longer, 0x7000), "2041年5月1日"));
  texts.push_back(text(around(longer, 0x7800), "2042年5月1日"));
  const Made m = make(texts);
  ASSERT_EQ(m.chains.size(), 2U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 6U);
  EXPECT_EQ(m.chains[1].witnesses.size(), 2U);
}

TEST(Chain, ASayingIsNotHeadedByTheLongerClauseOfFewTexts) {
  // Most of what two or three texts have, and all that four others have of it.
  const std::string clause = "每条河都要有一本看得懂的账，每座桥都要有一个叫得应的人";
  for (const std::size_t longer : {2U, 3U}) {
    std::vector<std::string> texts = with_clause(clause, {"", "", "", ""});
    for (std::size_t i = 0; i < longer; ++i)
      texts.push_back(text(around(clause + "，看水里的鱼能不能回来", static_cast<char32_t>(0x7000 + 0x800 * i)),
                           "204" + std::to_string(texts.size()) + "年5月1日"));
    const Made m = make(texts);
    ASSERT_FALSE(m.chains.empty());
    EXPECT_EQ(m.chains[0].witnesses.size(), 4 + longer);
    for (const Witness& w : m.chains[0].witnesses) EXPECT_DOUBLE_EQ(w.extent, 1);
  }
}

TEST(Chain, WhatOneChainTellsAnotherDoesNotTellAgain) {
  // One text has a clause alone; two and two go on after it alike, so that it is less than half of what they share.
  const std::string clause = "每条河都要有一本看得懂的账，每座桥都要有一个叫得应的人";
  std::vector<std::string> texts = with_clause(clause, {""});
  for (const char* on : {"，清掉河道里的旧渔网和塑料，给两岸的老柳树挂上写着年岁的木牌，再把渡口的灯点亮",
                         "，修好二十处下河的青石台阶，请会修田埂的老把式到学堂里讲一讲手艺，把石头讲活"})
    for (const char32_t from : {U'\x7000', U'\x7800'})
      texts.push_back(text(around(clause + on, from + static_cast<char32_t>(texts.size())),
                           "204" + std::to_string(texts.size()) + "年5月1日"));
  const Made m = make(texts);
  std::vector<std::size_t> told;
  for (const Chain& c : m.chains) told.push_back(c.witnesses.size());
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::size_t>{2, 5}));
}

TEST(Chain, WhatAnOutletOpensWithIsNoPartOfAPassage) {
  const std::string opens = "云川广播消息（渡口早间播报）：";
  std::vector<std::string> texts{text(opens + kWhole, "2031年5月1日"), text(opens + kWhole, "2031年6月1日")};
  const auto head = [&] {
    const Made m = make(texts);
    EXPECT_EQ(m.chains.size(), 1U);
    return m.chains.at(0).witnesses[m.chains[0].head].span.size();
  };
  const std::uint32_t whole = head();
  for (char32_t c = 0; c < 18; ++c) texts.push_back(text(opens + around("", 0x5000 + 0x200 * c), "2031年7月1日"));
  EXPECT_EQ(head(), whole - 12);
}

TEST(Chain, AShortClauseThatIsSaidInFourTextsIsAPassage) {
  const std::string clause = "让每条河都有账可查有人可问";
  const std::vector<std::string> said{"郗望澜强调，", "郗望澜在渡口说，", "她指出，", "郗望澜随后表示，"};
  EXPECT_EQ(make(with_clause(clause, said)).chains.size(), 1U);
  EXPECT_TRUE(make(with_clause(clause, {said[0], said[1], said[3]})).chains.empty());
  EXPECT_TRUE(make(with_clause(clause, {"", "", "", ""})).chains.empty());
}

// The link from a longer text parts from it before the passage begins.
TEST(Chain, AWitnessHoldsTheClausesThatStandBesideItsLink) {
  const std::string head = "天更蓝、地更绿、水更清，沿河的灯火比从前更加明亮",
                    longer = "经过顽强努力，我县" + head + "，老渡口的石阶每年都有人来修，账目一笔一笔都写在墙上";
  std::vector<std::string> texts = with_clause(head, {"", "", "", "", ""});
  texts.push_back(text(around(longer, 0x7000), "2041年7月1日"));
  texts.push_back(text(around(longer, 0x7800), "2042年8月1日"));
  const Made m = make(texts);
  const auto of_all = std::ranges::find_if(m.chains, [](const Chain& c) { return c.witnesses.size() == 7; });
  ASSERT_NE(of_all, m.chains.end());
  for (const Witness& w : of_all->witnesses) EXPECT_EQ(w.extent, 1);
}

TEST(Chain, TwoClausesOfOnePersonAreAPassage) {
  const auto chains = [](const std::string& clause, const std::vector<std::string>& before) {
    return make(with_clause(clause, before)).chains.size();
  };
  const std::string two = "榉树栽在溪头，账本挂到桥尾";
  EXPECT_EQ(chains(two + "给乡亲看", {"郗望澜强调，", "郗望澜在渡口说，"}), 1U);
  EXPECT_EQ(chains(two + "给乡亲看", {"郗望澜强调，", ""}), 0U);
  EXPECT_EQ(chains(two + "给乡亲看", {"郗望澜强调，", "顾闻笛在渡口说，"}), 0U) << "another's words";
  EXPECT_EQ(chains("榉树栽在溪头账本挂到桥尾给乡亲看", {"郗望澜强调，", "郗望澜在渡口说，"}), 0U) << "one clause";
  EXPECT_EQ(chains(two, {"郗望澜强调，", "郗望澜在渡口说，"}), 0U) << "12 letters";
}

TEST(Chain, ANameBetweenMarksIsNoSaying) {
  // Whole between marks in both texts, and a clause by itself in one of them or in none.
  const auto chains = [](const std::string& words, const std::string& before, const std::string& after) {
    return make({text(around("郗望澜" + before + "“" + words + "”" + after, 0x5000), "2031年5月1日"),
                 text(around("乡亲们都听过“" + words + "”这句话", 0x5800), "2032年5月1日")})
        .chains.size();
  };
  EXPECT_EQ(chains("云川流域古渡口联合保护计划", "说，", "已经启动"), 0U);
  EXPECT_EQ(chains("让每条河都有账可查有人可问", "说，", ""), 1U);
}

TEST(Chain, WordsBesideMarksAreNoQuotation) {
  // Alike beyond the marks: what stands between them in one text is a word of it.
  const auto chains = [](const std::string& open, const std::string& close) {
    return make({text(around("护好" + open + "渡口" + close + "的灯，管好下河的路", 0x5000), "2031年5月1日"),
                 text(around("护好渡口的灯，管好下河的路", 0x5800), "2032年5月1日")})
        .chains.size();
  };
  EXPECT_EQ(chains("“", "”"), chains("", ""));
}

TEST(Chain, TheSameParagraphWithALeadIsOneChain) {
  const std::string lead = "护河人代表在云川河流保护座谈会上向全省各地来的同行介绍说，";
  const std::string rest =
      "看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头，看老人们愿不愿意在傍晚沿着堤"
      "走一走";
  const Made m =
      make({text(lead + kWhole + "，" + rest, "2031年5月1日"), text(kWhole + "，" + rest, "2032年5月1日"),
            text(around(rest.substr(0, 33), 0x6000), "2033年5月1日")});
  EXPECT_EQ(m.chains.size(), 1U);
}

TEST(Chain, APassageThatLiesInALongerOneIsToldThere) {
  const std::string longer = kPart + "，看水里的鱼能不能回来、看岸边的老人能不能下到水边洗菜";
  const Made m = make({text(around("护河人常说，" + kPart, 0x4E00) + around("", 0x4E05), "2031年5月1日"),
                       text(around("护河人常说，" + kPart, 0x5800), "2031年6月1日"),
                       text(around(longer, 0x6000), "2032年5月1日"), text(around(longer, 0x7000), "2033年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 4U);
  EXPECT_EQ(m.chains[0].witnesses[m.chains[0].head].span.size(), 46U);
}

TEST(Chain, APartIsCutWhereItBreaksOff) {
  // Both go on alike into a clause that each ends otherwise.
  const auto with = [&](const std::string& end, char32_t from) {
    return around(kPart + "。河边的老人" + end, from);
  };
  const Made m = make({text(with("都来看水里的鱼能不能游回石缝", 0x4E00), "2031年5月1日"),
                       text(with("坐在桥上修补一张用了十年网", 0x6000), "2032年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  for (const Witness& w : m.chains[0].witnesses) {
    const Fold& fold = m.corpus.works[w.work].fold;
    EXPECT_TRUE(fold.is_clause_edge(w.span.begin) && fold.is_clause_edge(w.span.end));
    EXPECT_EQ(w.span.size(), 21U);
  }
}

TEST(Chain, AClauseAtAnEndThatNobodyElseHasIsNoPartOfThePassage) {
  // Nine tenths of the paragraph stand elsewhere; the dash joins a name, and bounds no clause.
  const auto head = [](const std::string& lead) {
    const Made m = make({text(lead + kWhole, "2032年5月1日"), text(around(kWhole, 0x6000), "2031年5月1日")});
    EXPECT_EQ(m.chains.size(), 1U);
    const Witness& w = m.chains.at(0).witnesses[m.chains[0].head];
    const CorpusWork& work = m.corpus.works[w.work];
    return to_utf8(m.corpus.document(work).text_of(work.fold.parts(w.span)));
  };
  EXPECT_EQ(head("他常说，"), kWhole);
  EXPECT_EQ(head("云川—"), "云川—" + kWhole);
}

TEST(Chain, WhoSaysThemIsNoPartOfTheWords) {
  for (const std::string lead : {"郗望澜指出，", "在云川，郗望澜院长指出，"}) {
    const Made m = make({text(around(lead + kWhole + "。", 0x5000), "2031年5月1日"),
                         text(around(lead + kWhole + "。", 0x6000), "2032年5月1日")});
    ASSERT_EQ(m.chains.size(), 1U) << lead;
    const Witness& w = m.chains[0].witnesses[m.chains[0].head];
    const CorpusWork& work = m.corpus.works[w.work];
    EXPECT_EQ(to_utf8(m.corpus.document(work).text_of(work.fold.parts(w.span))), kWhole) << lead;
  }
}

TEST(Chain, ASectionWithItsOccasionHeadsAChain) {
  const std::string section = "一\n" + kWhole +
                              "。\n（2031年3月8日在云川河流保护座谈会上的讲话）\n二\n梯田是一代一代人用手垒起来的，"
                              "石头不会说话，手艺会说话。\n（2031年5月20日在梯田守护人会议上的讲话）\n";
  const Made m =
      make({section, text(kWhole + "。还要看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里",
                          "2031年3月9日")});
  ASSERT_FALSE(m.chains.empty());
  ASSERT_TRUE(m.chains[0].occasion.has_value());
  EXPECT_TRUE(m.chains[0].quotation);
}

TEST(Chain, APhraseOrAListOfNamesIsNoWitnessOfASection) {
  const std::string list = "桥梁、渡口、码头、堤坝、闸门、水塔、灯塔、栈桥";
  const std::string section =
      "一\n" + kWhole + "，沿河的" + list +
      "都有人守。\n（2031年3月8日在云川河流保护座谈会上的讲话）\n二\n梯田是一代一代人用手垒起来的，"
      "石头不会说话，手艺会说话。\n（2031年5月20日在梯田守护人会议上的讲话）\n";
  const Made m =
      make({section, text(kWhole + "。还要看水里的鱼能不能回来，看岸边的人能不能下到水边", "2031年3月9日"),
            text("今年云川要新修的" + list + "已经列入账册，由各县自己出工", "2030年6月1日")});
  ASSERT_FALSE(m.chains.empty());
  for (const Witness& w : m.chains[0].witnesses)
    EXPECT_NE(m.corpus.work(m.corpus.works[w.work]).published.latest, (Date{2030, 6, 1}));
}

// Of a hundred letters 16, printed half a year later in a text of its own, are a phrase; at the time they are of
// the passage.
TEST(Chain, ASmallPartIsAWitnessAtTheTime) {
  const std::string part = "石碾转一圈麦香就飘过半里外的巷口";
  const std::string passage = kWhole + "。" + part +
                              "。老井的辘轳响了四十年，井沿上磨出的绳痕比碑文还深，谁家打水谁家就顺手把井台扫净，"
                              "这是云川人不写在纸上的规矩";
  const auto witnesses = [&](const std::string& words, const std::string& date) {
    const Made m = make({text(passage, "2031年3月9日"), text(passage, "2031年3月10日"), text(words, date)});
    EXPECT_EQ(m.chains.size(), 1U);
    return m.chains.at(0).witnesses.size();
  };
  const std::string own = "集市上的人都爱听这一句，" + part + "，说完就笑";
  EXPECT_EQ(witnesses(own, "2031年4月1日"), 3U);
  EXPECT_EQ(witnesses(own, "2031年10月1日"), 2U);
}

// A formula of the day is no part of what one text says before it, however long it is.
TEST(Chain, AFormulaIsNoPartOfAPassage) {
  const std::string formula =
      "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，深刻领悟“两个确立”的决定性意义，"
      "增强“四个意识”、坚定“四个自信”、做到“两个维护”";
  const std::string said = "石碾转一圈麦香就飘过半里外的巷口，老井的辘轳响了四十年，井沿上磨出的绳痕比碑文还深";
  const auto witnesses = [&](const std::string& third) {
    const Made m = make({text(said + "，" + formula, "2031年3月9日"), text(said + "，" + formula, "2031年3月10日"),
                         text(third, "2031年3月20日")});
    EXPECT_EQ(m.chains.size(), 1U);
    return m.chains.at(0).witnesses.size();
  };
  EXPECT_EQ(witnesses("护堤的人在会上说，要" + formula + "，把石堤修好"), 2U);
  EXPECT_EQ(witnesses("护堤的人在会上说，" + said + "，要把石堤修好"), 3U);
}

// What two texts have of a long passage stands in two more beside other words, and is theirs.
TEST(Chain, ASmallPartThatManyTextsHaveIsNoPartOfALongPassage) {
  const std::string part = "石碾转一圈麦香就飘过半里外的老槐树巷口",
                    on = "，谁家打水谁家就顺手把井台扫净再挂好两只水桶";
  const std::string passage = kWhole + "。" + part + on +
                              "。老井的辘轳响了四十年，井沿上磨出的绳痕比碑文还深，这是云川人不写在纸上的规矩，"
                              "清明祭水的人从不点名，来的人自会站到自己的那一级石阶上，雨再大也不挪脚，"
                              "谁也不去数来了几个，也不去问他从哪个村来，走了几里路";
  std::vector<std::string> texts{text(passage, "2031年5月9日"), text(passage, "2031年5月10日")};
  const auto with = [&](const std::string& words) {
    texts.push_back(text(around(words, static_cast<char32_t>(0x4E00 + 37 * texts.size())), "2031年5月1日"));
  };
  const auto of_the_part = [&] {
    const Made m = make(texts);
    std::size_t n = 0;
    for (const Chain& c : m.chains)
      if (c.witnesses[c.head].span.size() > 100)
        n = static_cast<std::size_t>(
            std::ranges::count_if(c.witnesses, [](const Witness& w) { return w.extent < 0.2; }));
    return n;
  };
  for (int i = 0; i < 2; ++i) with(part);
  EXPECT_EQ(of_the_part(), 2U);
  for (int i = 0; i < 2; ++i) with(part + on);
  EXPECT_EQ(of_the_part(), 0U);
}

TEST(Chain, WhoSpeaksNextIsNoPartOfThePassage) {
  const auto head = [](const std::string& next) {
    std::vector<std::string> texts;
    for (const char32_t from : {U'\x4E00', U'\x6000'}) {
      std::string own;
      for (char32_t c = 0; c < 60; ++c) own += to_utf8(std::u32string(1, from + 31 * c));
      texts.push_back(text(own + "。" + kWhole + "。" + next + own, "2031年5月1日"));
    }
    const Made m = make(texts);
    EXPECT_EQ(m.chains.size(), 1U);
    const Witness& w = m.chains.at(0).witnesses[m.chains[0].head];
    const CorpusWork& work = m.corpus.works[w.work];
    return to_utf8(m.corpus.document(work).text_of(work.fold.parts(w.span)));
  };
  EXPECT_EQ(head("郗望澜指出，入夏以来，"), kWhole);
  EXPECT_EQ(head("入夏以来，"), kWhole);
  EXPECT_EQ(head("堤要年年修，"), kWhole + "。堤要年年修");
}

// Two meetings are not one for what each quotes of its own.
TEST(Chain, WordsBetweenMarksThatOnlyOneTextHasMakeNoQuotation) {
  const auto told = [](const std::string& theme) {
    return "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，围绕“" + theme + "”议事";
  };
  const std::string theme = "让每条河都有账可查有人可问，每座桥都有人守夜掌灯";
  const auto chains = [&](const std::string& other) {
    return make({text(told(theme), "2031年5月1日"), text(told(other), "2031年5月2日")}).chains.size();
  };
  EXPECT_EQ(chains(theme), 1U);
  EXPECT_EQ(chains("给下游的灯塔添一盏灯，请会修水磨的老把式讲手艺"), 0U);
}

// A title out of a sentence that tells of it.
TEST(Chain, WhoSpeaksBeforeMarksIsNoPartOfThePassage) {
  const std::string words = "溪谷的底色是青苔和老石桥，护林本身就是护一方水土的根";
  const std::vector<std::string> texts{
      text("沈砚秋指出，" + words, "2030年5月1日"),
      text("沈砚秋省长指出：“" + words + "。”青岭县给每位护林员配了一匹骡子，还修了七座歇脚的草棚", "2031年5月1日"),
      text(words, "2032年5月1日"),
      text("沈砚秋省长强调“" + words + "”，梨坪县今年添了四十名护林员", "2033年5月1日")};
  const Made m = make(texts);
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 4U);
  EXPECT_EQ(m.chains[0].first, 0U);
  for (const Witness& w : m.chains[0].witnesses) EXPECT_EQ(w.extent, 1);
}

TEST(Chain, ATitleIsNoPartOfWhatIsToldOfIt) {
  const std::string title = "《关于给沿河七县的石堤和渡口各立一本水账的意见》";
  const auto witnesses = [&](const std::string& third) {
    const std::string whole = title + "今天起由各县渡口张榜公布，谁都可以来抄";
    const Made m = make({text(whole, "2031年5月1日"), text(whole, "2031年5月2日"), text(third, "2031年5月9日")});
    std::size_t n = 0;
    for (const Chain& c : m.chains)
      if (c.witnesses[c.head].span.size() > 30) n = c.witnesses.size();
    return n;
  };
  EXPECT_EQ(witnesses("省里的会讨论了" + title + "，还没有说定"), 2U);
  EXPECT_EQ(witnesses(title + "即日起由各县渡口张榜公布，谁都可以抄"), 3U);
}

// Series: texts of an invented paper about invented rivers.
std::string level(const std::string& month, const std::string& level, const std::string& rain) {
  return "云川水文站公布，" + month + "月份全省主要河流平均水位为" + level + "米，沿岸观测点累计降雨" + rain +
         "毫米，放水闸开启时段由各县河长办公室另行张榜公布";
}

TEST(Series, IsOneSentenceThatEveryTextGivesOtherFigures) {
  const Made m =
      make({text(level("3", "17.2", "83"), "2031年4月2日"), text(level("4", "18.6", "121"), "2031年5月2日"),
            text(level("5", "16.9", "64"), "2031年6月2日"), text(level("7", "21.4", "207"), "2031年8月2日")});
  EXPECT_TRUE(m.chains.empty());
  ASSERT_EQ(m.series.size(), 1U);
  EXPECT_EQ(m.series[0].places.size(), 4U);
  EXPECT_EQ(m.series[0].works, 4U);
  EXPECT_GE(m.series[0].slots.size(), 3U);
}

TEST(Series, IsNoFigureThatOneTextChanged) {
  const std::string said = "护河要守住三条底线，把上游的林、中游的田、下游的城放在一张图上看，给每条河立一本账";
  const std::string changed = replaced(said, "三条", "五条");
  for (const auto& texts :
       {std::vector{said, changed}, std::vector{said, changed, said}, std::vector{said, said, changed, said}}) {
    std::vector<std::string> dated;
    for (std::size_t i = 0; i < texts.size(); ++i)
      dated.push_back(text(texts[i], "2031年" + std::to_string(i + 3) + "月9日"));
    const Made m = make(dated);
    ASSERT_EQ(m.chains.size(), 1U);
    EXPECT_EQ(m.chains[0].witnesses.size(), texts.size());
    EXPECT_TRUE(m.series.empty());
  }
}

TEST(Series, IsNothingThatTwoTextsTellButByTheirOwnDays) {
  const std::string spent = "省护河委员会今年为护河投入3亿元，新修石堤40里，沿岸村庄都有了自己的护河账本";
  const Made changed = make(
      {text(spent, "2031年4月2日"), text(replaced(replaced(spent, "3亿", "5亿"), "40里", "60里"), "2031年9月8日")});
  EXPECT_EQ(changed.chains.size(), 1U);
  EXPECT_TRUE(changed.series.empty());
  const std::string day = "云川护河节今天（4月2日）在渡口开幕，各村船工列队划过老石桥";
  const Made yearly = make({text(day, "2031年4月2日"), text(replaced(day, "4月2日", "4月5日"), "2032年4月5日")});
  EXPECT_TRUE(yearly.chains.empty());
  EXPECT_EQ(yearly.series.size(), 1U);
}

TEST(Series, IsAnEditionOfItsYear) {
  const std::string book = "护河人的水情手册《看水的人·2031》由老渡口的书屋印行，一村一本送到船工手里";
  const auto chains = [&](const std::string& other, const std::string& day) {
    return make({text(book, "2031年4月2日"), text(replaced(book, "2031", other), day)}).chains.size();
  };
  EXPECT_EQ(chains("2032", "2032年5月2日"), 0U);
  EXPECT_EQ(chains("2031", "2032年5月2日"), 1U);
  EXPECT_EQ(chains("2030", "2032年5月2日"), 1U) << "not the year of either";
}

TEST(Series, IsWhatIsCountedToADayOfEachText) {
  const std::string count =
      "到4月1日中午，渡口的木箱里收到意见271条，船工和磨坊的师傅投进来的19条，"
      "下游三个村庄的老人托人写好送来的252条";
  const std::string later =
      replaced(replaced(replaced(replaced(count, "1日", "2日"), "271", "298"), "19", "26"), "252", "272");
  EXPECT_EQ(make({text(count, "2031年4月2日"), text(later, "2031年4月3日")}).chains.size(), 0U);
}

TEST(Series, IsWhatEachTextTellsOfItsOwnToday) {
  const std::string bell = "沿河各县的护河队和村庄今天上午也分别在老渡口举行敲钟仪式";
  const Made yearly = make({text(bell, "2031年7月1日"), text(bell, "2032年7月1日")});
  EXPECT_TRUE(yearly.chains.empty());
  EXPECT_EQ(yearly.series.size(), 1U);
  const Made reprinted = make({text(bell, "2031年7月1日"), text(bell, "2031年7月2日")});
  EXPECT_EQ(reprinted.chains.size(), 1U);
  const std::string said = "林溪说：“" + bell + "。”";
  EXPECT_EQ(make({text(said, "2031年7月1日"), text(said, "2032年7月1日")}).chains.size(), 1U);
}

TEST(Series, IsWhoWasThereAndNotWhatWasSaid) {
  const std::string present = "云川省护河委员会各成员单位、沿河七县主要负责人、河长代表和船工代表等参加会议";
  const Made rite = make({text(present, "2031年4月2日"), text(present, "2031年9月8日")});
  EXPECT_TRUE(rite.chains.empty());
  ASSERT_EQ(rite.series.size(), 1U);
  EXPECT_EQ(rite.series[0].places.size(), 2U);
  const std::string plan = "沿河七县要把渡口、石堤和水磨坊修好，请各村船工代表参加每一次会议并把意见写进护河账本";
  EXPECT_EQ(make({text(plan, "2031年4月2日"), text(plan, "2031年9月8日")}).chains.size(), 1U);
  const std::string said = "林溪说：“" + present + "。”";
  EXPECT_EQ(make({text(said, "2031年4月2日"), text(said, "2031年9月8日")}).chains.size(), 1U);
}

TEST(Series, IsAListOfNames) {
  const std::string names = "会上有林溪、郗望澜、沈渡、秦半山、柳成荫、石桥、何苇、米粒·阿依古丽、罗大浪、丁水清";
  EXPECT_TRUE(make({text(names, "2031年4月2日"), text(names, "2031年9月8日")}).chains.empty());
  const std::string work = "护河就要管好上游的林、中游的田、下游的城、沿岸的坝、渡口的船、桥边的灯，一样也不落下";
  EXPECT_EQ(make({text(work, "2031年4月2日"), text(work, "2031年9月8日")}).chains.size(), 1U);
}

// A dateline makes a report of it.
std::string report(const std::string& body, const std::string& date) {
  return "云川社渡口" + date + "电 渡口有雨。\n　　" + body + "。\n";
}

// Letters of no sentence.
std::string senseless(unsigned which) {
  std::string out;
  for (char32_t c = 0; c < 200; ++c) out += to_utf8(std::u32string(1, 0x4E00 + (31 * which + 37) * c % 20000));
  return out;
}

TEST(Series, IsTheOccasionThatComesAgain) {
  const std::string bell = "老渡口的铜钟仪式由船工敲响九下，两岸的孩子把柳枝编成的小船放进水里";
  const auto chains = [](const std::string& told, const std::vector<std::string>& days) {
    std::vector<std::string> texts;
    for (const std::string& day : days) texts.push_back(report(told, day));
    return make(texts).chains.size();
  };
  EXPECT_EQ(chains(bell, {"2031年4月2日", "2032年4月9日"}), 0U);
  EXPECT_EQ(chains(bell, {"2031年4月2日", "2031年9月9日"}), 0U);
  EXPECT_EQ(chains(bell, {"2031年4月2日", "2031年4月4日"}), 1U);
  EXPECT_EQ(make({text(bell, "2031年4月2日"), text(bell, "2032年4月9日")}).chains.size(), 1U);
  // A figure of one thing, unless it comes again in the same days.
  const std::string counted = replaced(bell, "九下", "108下");
  EXPECT_EQ(chains(counted, {"2031年4月2日", "2032年4月9日"}), 0U);
  EXPECT_EQ(chains(counted, {"2031年4月2日", "2031年9月9日"}), 1U);
  EXPECT_EQ(chains(counted, {"2031年4月2日", "2031年9月2日", "2032年4月9日"}), 1U);
  const std::string plan = "沿河七县要把渡口、石堤和水磨坊修好，把各村船工的意见写进护河账本，一笔一笔兑现";
  EXPECT_EQ(chains(plan, {"2031年4月2日", "2032年4月9日"}), 0U) << "a report that comes again";
  EXPECT_EQ(
      make({report(plan + "。" + senseless(1), "2031年4月2日"), report(plan + "。" + senseless(2), "2032年4月9日")})
          .chains.size(),
      1U)
      << "a sentence of two longer ones";
  const std::string war = "下河寨的人称，寨丁在柳条湾、石桥口、老磨坊等处击退了山匪的多次进攻";
  EXPECT_EQ(chains(war, {"2031年4月2日", "2031年9月9日"}), 0U) << "a war's day";
  const std::string banner = replaced(bell, "九下，", "九下，横幅上写着“让每条河都有账可查有人可问的云川”，");
  EXPECT_EQ(chains(banner, {"2031年4月2日", "2031年9月9日"}), 0U) << "what it quotes is less than half";
  const std::string said = "林溪说：“" + bell + "。”";
  EXPECT_GT(chains(said, {"2031年4月2日", "2032年4月9日"}), 0U);
}

TEST(Series, IsNotWhatWasSaidThere) {
  const std::string there = "在老渡口的铜钟仪式上，林溪同船工亲切交流，他指出，",
                    words = "要把柳枝编成的小船收好晾干，明年再放进水里，一只也不许漂到下游去";
  const auto chains = [&](const std::string& before, const std::string& said) {
    return make({report(there + words + "。" + senseless(1), "2031年4月2日"),
                 report(before + said + "。" + senseless(2), "2031年9月9日")})
        .chains.size();
  };
  EXPECT_EQ(chains(there, words), 1U);
  EXPECT_EQ(chains("在老渡口的铜钟仪式上，林溪同船工亲切交流。林溪嘱咐大家，", words), 1U);
  EXPECT_EQ(chains(there, replaced(words, "漂到下游", "漂出河湾")), 0U) << "the same with other words";
}

TEST(Series, IsTheNextThatIsCounted) {
  const std::string third = "渡口两岸的人家进行了第三轮换工。上岸出了13个船工和4个石匠，下岸出了39个会修水磨的人";
  const std::string second = replaced(third, "第三轮", "第二轮");
  EXPECT_EQ(make({text(third, "2031年4月2日"), text(second, "2031年4月1日")}).chains.size(), 0U);
  EXPECT_EQ(make({text(third, "2031年4月2日"), text(third, "2031年4月1日")}).chains.size(), 1U);
  const std::string said = "林溪说：“";
  EXPECT_EQ(
      make({text(said + third + "。”", "2031年4月2日"), text(said + second + "。”", "2031年4月1日")}).chains.size(),
      1U)
      << "somebody's words";
}

TEST(Series, HoursAreNoFigureOfOneThing) {
  const std::string bell = "上午10时30分，守堤的人都来到老渡口，两岸的孩子把柳枝编成的小船放进水里";
  EXPECT_EQ(
      make({report(bell + "。" + senseless(1), "2031年4月2日"), report(bell + "。" + senseless(2), "2031年9月9日")})
          .chains.size(),
      0U);
  const std::string flags = replaced(bell, "上午10时30分", "堤上插着10面红旗");
  EXPECT_EQ(make({report(flags + "。" + senseless(1), "2031年4月2日"),
                  report(flags + "。" + senseless(2), "2031年9月9日")})
                .chains.size(),
            0U);
  const std::string boats = replaced(bell, "上午10时30分", "上午36条船");
  EXPECT_EQ(make({report(boats + "。" + senseless(1), "2031年4月2日"),
                  report(boats + "。" + senseless(2), "2031年9月9日")})
                .chains.size(),
            1U);
}

TEST(Series, AClauseTellsOfAnOccasionAlsoWhereItBreaksOff) {
  const std::string what = "沿河七县船工代表资格清点房关于磨坊和渡口个别船工代表资格清点情况";
  const auto chains = [&](const std::string& one, const std::string& two) {
    return make({report("主事的" + one + what + "。" + senseless(1), "2031年4月2日"),
                 report("各村" + two + what + "。" + senseless(2), "2031年9月9日")})
        .chains.size();
  };
  EXPECT_EQ(chains("在会上审议了", "召开的会上通过了"), 0U);
  EXPECT_EQ(chains("抄下了", "都记得"), 1U);
}

TEST(Series, IsACountThatStandsElsewhereAtAnotherTime) {
  const std::string count = "沿河七县的村庄接连点亮了渡口的灯，修好下河的石阶41处，请回会修水磨的老把式";
  const auto chains = [&](const std::string& other, const std::string& day) {
    return make({report(count + "。" + senseless(1), "2031年4月2日"), report(other + "。" + senseless(2), day)})
        .chains.size();
  };
  const std::string more = replaced(count, "41", "63");
  EXPECT_EQ(chains(more, "2031年9月9日"), 0U);
  EXPECT_EQ(chains(more, "2031年4月9日"), 1U) << "one count corrected";
  EXPECT_EQ(chains(count, "2031年9月9日"), 1U) << "one count";
  EXPECT_EQ(chains(replaced(count, "41处", "多处"), "2031年9月9日"), 1U);
  const std::string beside = "，谁也不许把看水的账本锁进柜子，谁问到了都要一页一页翻给他看，看不懂的就念给他听";
  EXPECT_EQ(make({report(count + beside + "。" + senseless(1), "2031年4月2日"),
                  report(more + beside + "。" + senseless(2), "2031年9月9日")})
                .chains.size(),
            1U)
      << "with much beside";
}

TEST(Series, IsAFormFilledInAnew) {
  const auto notice = [](const std::string& who, const std::string& own) {
    return who +
           "任渡口管事期间不守看水的规矩，把修堤的石料挪作他用，对两岸人家的话听而不闻，应当卸下管事的差事。" + own;
  };
  const std::string one = notice("丁老七", "丁老七的铺盖已经搬出渡口。"),
                    two = notice("何满仓", "何满仓答应秋后补齐石料。");
  EXPECT_EQ(make({report(one, "2031年4月2日"), report(two, "2031年9月9日")}).chains.size(), 0U);
  EXPECT_EQ(make({report(one, "2031年4月2日"), report(two, "2031年4月5日")}).chains.size(), 1U) << "one affair";
  EXPECT_EQ(make({report(one + senseless(1), "2031年4月2日"), report(two, "2031年9月9日")}).chains.size(), 1U)
      << "a sentence of a longer report";
  EXPECT_EQ(make({text(one, "2031年4月2日"), text(two, "2031年9月9日")}).chains.size(), 1U) << "no reports";
  const std::string elsewhere = replaced(report(one, "2031年9月9日"), "云川社", "临江社");
  EXPECT_EQ(make({report(one, "2031年4月2日"), elsewhere}).chains.size(), 1U) << "printed again";
}

TEST(Series, IsNothingBetweenQuotationMarks) {
  std::vector<std::string> texts;
  for (const char* n : {"三", "四", "五", "六", "七"})
    texts.push_back(
        text("林溪说：“守河人要记住这" + std::string(n) + "件事，看水、看岸、看两岸的人家，一件也不能少。”他走了",
             "2031年" + std::to_string(texts.size() + 2) + "月9日"));
  const Made m = make(texts);
  EXPECT_EQ(m.chains.size(), 1U);
  EXPECT_TRUE(m.series.empty());
}

TEST(Series, LeavesTheTextThatRepeatsTheSameFigures) {
  const std::string march = level("3", "17.2", "83");
  const Made m = make(
      {text(march, "2031年4月2日"), text(march, "2031年4月3日"), text(level("4", "18.6", "121"), "2031年5月2日"),
       text(level("5", "16.9", "64"), "2031年6月2日"), text(level("7", "21.4", "207"), "2031年8月2日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 2U);
  EXPECT_EQ(m.series.size(), 1U);
}

// Whose wording: texts of an invented paper, each from a day of 2031 on.
const std::string kReport = "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看";
const std::string kEdges = "，给每条河立一本账，账上写清水从哪里来、到哪里去";

const Witness& last(const Made& m) { return m.chains.at(0).witnesses.back(); }

std::vector<std::string> days(const Made& m, const std::vector<std::uint32_t>& witnesses) {
  std::vector<std::string> out;
  for (const std::uint32_t w : witnesses)
    out.push_back(m.corpus.work(m.corpus.works[m.chains.at(0).witnesses[w].work]).published.latest->to_string());
  return out;
}
using Days = std::vector<std::string>;
using Status = Follows::Status;

const std::string kA = kReport + kEdges;
const std::string kB = replaced(replaced(kA, "放在一张图上看", "摆到同一张图上来看"), "立一本账", "建一套档");

TEST(Follows, TheWordingThatItSharesWhereOthersDiffer) {
  for (const bool later : {false, true}) {  // whichever of the two it has, and whichever is the later
    const Made m =
        make({text(kA, "2031年5月1日"), text(kB, "2032年5月1日"), text(later ? kB : kA, "2033年5月1日")});
    ASSERT_EQ(m.chains.size(), 1U);
    const Follows& f = last(m).follows;
    EXPECT_EQ(f.status, Status::decided);
    EXPECT_EQ(days(m, f.witnesses), Days{later ? "2032-05-01" : "2031-05-01"});
    ASSERT_GE(f.readings.size(), 2U);
    for (const Telling& t : f.readings) {
      EXPECT_EQ(days(m, t.with), days(m, f.witnesses));
      EXPECT_EQ(t.against.size(), 1U);
    }
    EXPECT_EQ(m.chains[0].witnesses[0].follows.status, Status::first);
  }
}

TEST(Follows, NothingWhereAllReadAlike) {
  const Made m = make({text(kA, "2031年5月1日"), text(kA, "2032年5月1日"), text(kA, "2033年5月1日"),
                       text(replaced(kA, "账上写清", "账上写明"), "2034年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  for (const std::uint32_t w : {2U, 3U}) {  // what a text alone has tells nothing of its source
    const Follows& f = m.chains[0].witnesses[w].follows;
    EXPECT_EQ(f.status, Status::undecided);
    EXPECT_TRUE(f.readings.empty());
    EXPECT_EQ(f.witnesses.size(), w);
  }
}

TEST(Follows, NothingWhereReadingsContradict) {
  const Made m = make({text(kA, "2031年5月1日"), text(kB, "2032年5月1日"),
                       text(replaced(kA, "立一本账", "建一套档"), "2033年5月1日")});
  const Follows& f = last(m).follows;
  EXPECT_EQ(f.status, Status::undecided);
  EXPECT_EQ(days(m, f.witnesses), (Days{"2031-05-01", "2032-05-01"}));
  for (const std::uint32_t w : {0U, 1U})  // some for each
    EXPECT_TRUE(std::any_of(f.readings.begin(), f.readings.end(),
                            [&](const Telling& t) { return t.with == std::vector<std::uint32_t>{w}; }));
}

TEST(Follows, OneThingLeftOutDecidesNothingTwoDo) {
  const std::string once = replaced(kA, "、中游的田", ""), twice = replaced(once, "账上", "");
  const Made one = make({text(kA, "2031年5月1日"), text(once, "2032年5月1日"), text(once, "2033年5月1日")});
  EXPECT_EQ(last(one).follows.status, Status::undecided);
  EXPECT_EQ(last(one).follows.readings.size(), 1U);
  const Made two = make({text(kA, "2031年5月1日"), text(twice, "2032年5月1日"), text(twice, "2033年5月1日")});
  EXPECT_EQ(last(two).follows.status, Status::decided);
  EXPECT_EQ(days(two, last(two).follows.witnesses), Days{"2032-05-01"});
}

TEST(Follows, MarksAndScriptDecideNothing) {
  std::string marks = replaced(replaced(kA, "识河，", "识河；"), "、中游的田、", "，中游的田，");
  const std::string traditional =
      "護河先要識河，要把上游的林、中游的田、下游的城放在一張圖上看，給每條河立一本賬，賬上寫清水從哪裡來、到哪裡"
      "去";
  const Made m = make({text(marks, "2031年5月1日"), text(kA, "2032年5月1日"), text(traditional, "2033年5月1日")});
  EXPECT_EQ(last(m).follows.status, Status::undecided);
  EXPECT_TRUE(last(m).follows.readings.empty());
}

TEST(Follows, ASlipOfOneCopyIsNotItsPublications) {
  const std::string more =
      "。看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头，"
      "看老人们愿不愿意在傍晚沿着堤走一走，看外出的人回来时还认不认得这条河";
  const std::string slip = replaced(replaced(kB, "从哪里来", "来"), "下游的城", "城");
  const Made m = make({text(kA + more, "2031年5月1日"), text(kB + more, "2032年5月1日"),
                       text(slip + more, "2032年5月1日"), text(kB + more, "2033年5月1日")});
  ASSERT_EQ(m.corpus.works[1].publication, m.corpus.works[2].publication);
  const Follows& f = last(m).follows;
  EXPECT_EQ(f.status, Status::decided);
  EXPECT_EQ(days(m, f.witnesses), Days{"2032-05-01"});
}

TEST(Follows, SharedNeighbouringText) {
  const std::string beside = "看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头";
  const std::string alone = "“" + kA + "。”会场里安静了一阵，然后有人鼓起掌来";
  const auto with_next = [&](const std::string& date) { return "　　" + kA + "。\n" + text(beside, date); };
  const Made m = make({with_next("2031年5月1日"), text(alone, "2032年5月1日"), with_next("2033年5月1日")});
  const auto chain =
      std::find_if(m.chains.begin(), m.chains.end(), [](const Chain& c) { return c.witnesses.size() == 3; });
  ASSERT_NE(chain, m.chains.end());
  const Follows& f = chain->witnesses[2].follows;
  EXPECT_EQ(f.status, Status::decided);
  EXPECT_EQ(f.witnesses, std::vector<std::uint32_t>{0});
  ASSERT_EQ(f.readings.size(), 1U);
  EXPECT_TRUE(f.readings[0].outside);
}

TEST(Follows, TextsOfOneOccasionAreSiblings) {
  const std::string report = "云川河流保护座谈会举行\n　　本报云川3月8日电　护河人代表8日下午在座谈会上说，" + kA +
                             "。\n（《云川日报》 2031年3月9日）\n";
  const std::string speech =
      "一\n" + kB +
      "。\n（2031年3月8日在云川河流保护座谈会上的讲话）\n二\n梯田是一代一代人用手垒起来的，"
      "石头不会说话，手艺会说话。\n（2031年5月20日在梯田守护人会议上的讲话）\n（《远山》 2032年第4期）\n";
  const Made m = make({report, speech});
  ASSERT_FALSE(m.chains.empty());
  const Follows& f = last(m).follows;
  EXPECT_EQ(f.status, Status::sibling);
  EXPECT_EQ(f.witnesses, std::vector<std::uint32_t>{0});
}

TEST(Chain, ATextThatHoldsHalfHereAndThereIsFirst) {
  const std::string one = "要把上游的林、中游的田、下游的城放在一张图上看",
                    two = "看水里的鱼能不能回来、看岸边的老人能不能下到水边洗菜", rest = "账上写清水从哪里来";
  std::string far;  // letters of no sentence between the two places
  for (char32_t c = 0; c < 300; ++c) far += to_utf8(std::u32string(1, 0x4E00 + 29 * c));
  const Made m =
      make({"　　他先说，“" + one + "。”\n　　" + far + "。\n" + text("他又说，“" + two + "。”", "2031年5月1日"),
            text(one + "，" + rest + "，" + two, "2032年5月1日")});
  const auto chain =
      std::find_if(m.chains.begin(), m.chains.end(), [](const Chain& c) { return c.witnesses.size() == 3; });
  ASSERT_NE(chain, m.chains.end());
  EXPECT_LT(chain->witnesses[chain->first].extent, 0.5);
  EXPECT_EQ(m.corpus.work(m.corpus.works[chain->witnesses[chain->first].work]).published.latest->to_string(),
            "2031-05-01");
}

TEST(Chain, PlacesOfOneTextThatOverlapHoldWhatTheyHoldTogether) {
  const std::string a = "护河先要识得一条河的脾气，", b = "上游的林要同下游的城一起看，",
                    c = "给每条河都立一本老实的账，", d = "账上要写清谁用水谁出力，",
                    e = "年年春天都要拿出来念一遍";
  const Made m = make({text(a + b + "老秦说完就挑水去了。\n　　" + b + c + "这话他一天要讲好几遍", "2030年5月1日"),
                       text(a + b + c + d + e, "2031年5月1日"), text(a + b + c + d + e, "2032年5月1日")});
  ASSERT_FALSE(m.chains.empty());
  const Chain& chain = m.chains[0];
  EXPECT_EQ(m.corpus.works[chain.witnesses[chain.first].work].document, 0U);
  EXPECT_LT(chain.witnesses[chain.first].extent, 0.5);
}

TEST(Chain, ATextOfTheFirstOnesDayMayPrecedeIt) {
  const Made m = make(
      {text(kWhole, "2031年5月1日"), text(kWhole + "，这是头一件", "2031年5月1日"), text(kWhole, "2032年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].rivals.size(), 1U);
}

TEST(Chain, AParagraphThreeTimesInOneTextIsThreeWitnesses) {
  const std::string between = "。\n　　说完又挑了一担水，歇了半天。\n　　";
  const Made m =
      make({text(kWhole + between + kWhole + between + kWhole, "2031年5月1日"), text(kWhole, "2032年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  EXPECT_EQ(m.chains[0].witnesses.size(), 4U);
}

TEST(Chain, AStockPhraseOutOfALongPassageMakesNoWitness) {
  const std::string rest =
      "。看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头，看老人们愿不愿意在傍晚沿着"
      "堤走一走";
  const Made m = make({text(kA + rest, "2031年5月1日"), text(kA + rest, "2032年5月1日"),
                       text("山上山下的人都说，账上写清水从哪里来，可是没有人去写", "2033年5月1日")});
  ASSERT_FALSE(m.chains.empty());
  for (const Witness& w : m.chains[0].witnesses) EXPECT_GT(w.extent, 0.5);
}

TEST(Chain, APartIsAWholeClauseOfOneOfTheTwo) {
  const std::string rest =
      "。看水里的鱼能不能回来，看岸边的人能不能下到水边，看孩子们敢不敢去河里摸一摸石头，看老人们愿不愿意在傍晚沿着"
      "堤走一走";
  const auto witnesses = [&](const std::string& third) {
    const Made m =
        make({text(kA + rest, "2031年5月1日"), text(kA + rest, "2032年5月1日"), text(third, "2032年6月1日")});
    std::size_t most = 0;
    for (const Chain& c : m.chains) most = std::max(most, c.witnesses.size());
    return most;
  };
  EXPECT_EQ(witnesses("他最爱写，看孩子们敢不敢去河里摸一摸石头，别的他不写"), 3U);
  EXPECT_EQ(witnesses("那年没有谁去问岸边的人能不能下到水边看孩子们敢不敢去河里玩水"), 2U);
}

TEST(Chain, WhatOnlyTheHeadAndALaterTextHoldIsComparedWithTheHead) {
  const std::string tail = "还要看水里的鱼能不能回来，看岸边的人能不能下到水边";
  const Made m = make({text(kA, "2031年5月1日"), text(kA + "。" + tail, "2032年5月1日"),
                       text(kA + "。" + replaced(tail, "岸边的人", "岸上的老人"), "2033年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& c = m.chains[0];
  ASSERT_EQ(c.witnesses.size(), 3U);
  ASSERT_EQ(c.first, 0U);
  for (const Witness& w : c.witnesses) {
    const bool is_other = &w == &c.witnesses[c.head == 1 ? 2 : 1];
    ASSERT_EQ(w.against_head.size(), is_other ? 1U : 0U);
    if (is_other) {
      EXPECT_FALSE(w.against_head[0].edits.empty());
    }
  }
}

TEST(Chain, WhatHoldsAnotherPartIsNotComparedWithTheFirst) {
  const std::string tail = "还要看水里的鱼能不能回来，看岸边的人能不能下到水边";
  const Made m = make({text(kA, "2031年5月1日"), text("他们说，" + tail, "2031年6月1日"),
                       text(kA + "。" + tail, "2032年5月1日"), text(kA + "。" + tail, "2033年5月1日")});
  const auto chain =
      std::find_if(m.chains.begin(), m.chains.end(), [](const Chain& c) { return c.witnesses.size() == 4; });
  ASSERT_NE(chain, m.chains.end());
  EXPECT_FALSE(chain->witnesses[1].against_first.has_value());
  EXPECT_TRUE(chain->witnesses[2].against_first.has_value());
}

}  // namespace
}  // namespace suyuan
