// Edit scripts against an O(nm) oracle; alignments and typed edits on small invented texts.
#include "suyuan/align.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "align/edit_script.hpp"

namespace suyuan {
namespace {

using Units = std::vector<Unit>;

std::uint32_t slow_common(const Units& a, const Units& b) {
  std::vector<std::vector<std::uint32_t>> t(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      t[i][j] = a[i - 1] == b[j - 1] ? t[i - 1][j - 1] + 1 : std::max(t[i - 1][j], t[i][j - 1]);
  return t[a.size()][b.size()];
}

void expect_script(const Units& a, const Units& b, bool shortest) {
  std::uint32_t at_a = 0, at_b = 0, equal = 0;
  for (const EqualRun& r : edit_script(a, b)) {
    ASSERT_GE(r.a, at_a);
    ASSERT_GE(r.b, at_b);
    ASSERT_GT(r.length, 0U);
    for (std::uint32_t k = 0; k < r.length; ++k) ASSERT_EQ(a[r.a + k], b[r.b + k]);
    at_a = r.a + r.length;
    at_b = r.b + r.length;
    equal += r.length;
  }
  ASSERT_LE(at_a, a.size());
  ASSERT_LE(at_b, b.size());
  if (shortest) {
    ASSERT_EQ(equal, slow_common(a, b));
  }
}

Units random_units(std::mt19937& random, std::size_t size, unsigned letters) {
  Units out;
  for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<Unit>(U'一' + random() % letters));
  return out;
}

TEST(EditScript, IsShortestOnRandomPairs) {
  std::mt19937 random(1);
  for (int n = 0; n < 3000; ++n) {
    const Units a = random_units(random, random() % 14, 3), b = random_units(random, random() % 14, 3);
    EXPECT_EQ(common_length(a, b), slow_common(a, b));
    // Past the common ends a window that shares less than a third reads as replaced.
    Units x = a, y = b;
    while (!x.empty() && !y.empty() && x.back() == y.back()) x.pop_back(), y.pop_back();
    while (!x.empty() && !y.empty() && x.front() == y.front()) x.erase(x.begin()), y.erase(y.begin());
    expect_script(a, b, slow_common(x, y) * 3 >= std::min(x.size(), y.size()));
  }
}

// About where one machine word no longer holds the shorter side.
TEST(EditScript, IsShortestOnEitherSideOfAWord) {
  std::mt19937 random(3);
  for (int n = 0; n < 300; ++n) {
    const Units a = random_units(random, 58 + random() % 14, 4), b = random_units(random, 40 + random() % 60, 4);
    expect_script(a, b, true);
  }
}

TEST(EditScript, IsShortestOnLongMutatedPairs) {
  std::mt19937 random(2);
  for (int n = 0; n < 12; ++n) {
    const Units a = random_units(random, 900, 500);
    Units b;
    for (const Unit u : a) {
      if (random() % 5 == 0) continue;
      b.push_back(random() % 6 == 0 ? static_cast<Unit>(U'一' + random() % 500) : u);
    }
    EXPECT_EQ(common_length(a, b), slow_common(a, b));
    expect_script(a, b, true);
  }
}

struct Two {
  Corpus corpus;
  std::vector<Alignment> found;
};

Two two_texts(const std::string& a, const std::string& b) {
  Sources sources = read_bytes(a + "\n（《云川日报》 2031年3月9日）\n", "a.txt");
  Sources other = read_bytes(b + "\n（《临江晚报》 2032年3月9日）\n", "b.txt");
  sources.documents.push_back(std::move(other.documents[0]));
  Two out{build_corpus(std::move(sources)), {}};
  out.found = align_all(out.corpus, Index(out.corpus));
  return out;
}
Two two(const std::string& a, const std::string& b) { return two_texts("　　" + a, "　　" + b); }

// Edits as "class op from>to", joined by blanks.
std::string edits(const Two& t) {
  if (t.found.size() != 1) return std::to_string(t.found.size()) + " alignments";
  const Alignment& x = t.found[0];
  const Comparison c = compare(t.corpus, x.a_work, x.b_work, x.equal, x.a, x.b);
  const Document &da = t.corpus.document(t.corpus.works[x.a_work]),
                 &db = t.corpus.document(t.corpus.works[x.b_work]);
  std::string out(name(c.kind));
  for (const Edit& e : c.edits)
    out += " " + std::string(name(e.kind)) + (e.sensitive ? "! " : " ") + to_utf8(da.text_of(e.from)) + ">" +
           to_utf8(db.text_of(e.to));
  return out;
}
std::string edits(const std::string& a, const std::string& b) { return edits(two(a, b)); }

TEST(Edits, FoldedLayersAreNoEdits) {
  EXPECT_EQ(edits("要把上游的林、中游的田放在一张图上看，因地制宜全面治理。",
                  "要把上遊(yóu)的林、中遊的田放 在一張圖上看,因地製宜全麵治理。"),
            "verbatim");
}

TEST(Edits, FormInOneScriptIsToldAcrossScriptsFolds) {
  EXPECT_EQ(edits("给全省每一条河都立一本河账，请乡亲们看。", "给全省每一条河都立一本河帐，请乡亲们看。"),
            "variant form 账>帐");
  EXPECT_EQ(
      edits("给全省每一条河都立一本河账，请乡亲们来看一看。", "給全省每一條河都立一本河賬，請鄉親們來看一看。"),
      "verbatim");
}

TEST(Edits, ClassesAreTold) {
  EXPECT_EQ(edits("修岸不能只图好看，还要看鱼能不能回来。", "修岸不能只图好看；还要看鱼能不能回来。"),
            "verbatim punctuation ，>；");
  EXPECT_EQ(edits("全省的老桥都要有人看、有人修，每一座都要建档，到二〇三五年以前全部修好，交给村里管。",
                  "全省的老桥都要有人看、有人修，每一座都要建档，到2035年以前全部修好，交给村里管。"),
            "verbatim numeral 二〇三五>2035");
  EXPECT_EQ(edits("河湾的草滩要留给过路的鸟，对偷采河沙的人必须追究到底，决不姑息。",
                  "河湾的草滩要留给过路的鸟，对偷采河沙的人可以追究到底，决不姑息。"),
            "variant wording! 必须>可以");
  EXPECT_EQ(edits("每一处河湾的草滩任谁来都不得占用，要留给过路的鸟和鱼歇脚。",
                  "每一处河湾的草滩任谁来都占用，要留给过路的鸟和鱼歇脚。"),
            "variant wording! 不得>");
}

TEST(Edits, WordsAmidATitleAreWordingAndALineOfItIsStructure) {
  const std::string body = "\n\n　　一级一级修上去，才能接住上游来的每一个人。";
  EXPECT_EQ(
      edits(two_texts("护好全省的老桥和每一段河湾的草滩" + body, "　　有人念过：护好老桥和每一段河湾的草滩。")),
      "variant wording 全省的>");
  EXPECT_EQ(edits(two_texts("老渡口的石阶要靠人人同心来修\n守住河湾的草滩" + body,
                            "　　老渡口的石阶要靠人人同心来修，一级一级修上去，才能接住上游来的每一个人。")),
            "verbatim structure 守住河湾的草滩>");
}

TEST(Edits, ANumberThatCountsAPointOffIsNoQuantity) {
  EXPECT_EQ(edits("会上这样说。切实护好上游的林和中游的田不受水害，别的不谈。",
                  "会上这样说。一是护好上游的林和中游的田不受水害，二是修桥。"),
            "variant wording 切实>一是");
  EXPECT_EQ(edits("会上这样说。切实护好上游的林和中游的田不受水害，别的不谈。",
                  "会上这样说。一年护好上游的林和中游的田不受水害，二是修桥。"),
            "variant wording! 切实>一年");
}

TEST(Edits, ADifferenceAtTheClauseEndIsSeen) {
  EXPECT_EQ(
      edits("要给沿河的每一个村子都立一本河账。那是另一回事了。", "要给沿河的每一个村子都立一本河志。这里不说。"),
      "variant wording 账>志");
}

TEST(Edits, OneWayToWriteADifference) {
  EXPECT_EQ(
      edits("建好河流治理示范区、水质转移转化示范区，请各地看。", "建好河流治理示范区、水质转化示范区，请各地看。"),
      "variant wording 转移>");
}

TEST(Align, OmissionIsOneAlignment) {
  const std::string head = "护河先要识河，要把上游的林、中游的田放在一张图上看",
                    tail = "用三年时间给全省的河各立一本账，每年向沿河村镇公布";
  const std::string middle = "弄清每一段水从哪里来到哪里去，弄清哪些滩是鸟要歇脚的地方";
  EXPECT_EQ(edits(head + "，" + middle + "，" + tail + "。", head + "，" + tail + "。").substr(0, 8), "abridged");
}

// Both halves grow over what they share, 是护河人要守的, before either is asked whether it follows the other.
TEST(Align, EndsGrownOverEachOtherAreOneOmission) {
  const std::string head = "先识河再护河，是护河人要守的老规矩",
                    tail = "上游要看林子的根扎得深不深，下游要看草滩上鸟肯不肯落脚";
  const std::string middle = "一条河能说清一年的雨，是护河人要守的头一桩";
  const std::string whole = head + "。" + middle + "。" + tail, less = head + "。" + tail;
  EXPECT_EQ(edits("茶馆里念着。" + whole + "。散了。", "墙上刷着字。" + less + "。漆没干。"),
            "abridged wording " + middle + ">");
  EXPECT_EQ(edits("茶馆里念着。" + less + "。散了。", "墙上刷着字。" + whole + "。漆没干。"),
            "expanded wording >" + middle);
}

std::string side_a(const Two& t) {
  if (t.found.size() != 1) return std::to_string(t.found.size()) + " alignments";
  const CorpusWork& w = t.corpus.works[t.found[0].a_work];
  return to_utf8(t.corpus.document(w).text_of(w.fold.parts(t.found[0].a)));
}

TEST(Align, TheBeginningOfTheNextSentenceIsLeft) {
  const std::string words = "老渡口的石阶要靠人人同心来修";
  EXPECT_EQ(side_a(two("会上这样说，" + words + "。乡里的老人们都记得那年冬天停船的事。",
                       "茶馆里念道，" + words + "。乡里的老人们又谈了别的许多事情才回家。")),
            words);
  EXPECT_EQ(side_a(two("会上这样说，" + words + "。乡里的人都要护着它。散会。",
                       "茶馆里念道，" + words + "。乡里的人都要守着它。散场。")),
            words + "。乡里的人都要护着它")
      << "a sentence with one word changed is of it";
}

TEST(Align, APartOfAnOccasionLineIsLeft) {
  const std::string words = "老渡口的石阶要靠人人同心来修";
  EXPECT_EQ(side_a(two_texts("　　" + words + "。\n（2031年3月5日在云川护河座谈会上的讲话）\n\n　　船停了。",
                             "　　" + words + "。2031年3月5日，郗望澜在云川护河座谈会上又说了一回。")),
            words);
}

TEST(Edits, AClauseThatMovedIsOneMove) {
  EXPECT_EQ(edits("下河之前先看三样东西，看水色深浅，看岸草高低，然后才可以定今年的修岸办法。",
                  "下河之前先看三样东西，看岸草高低，看水色深浅，然后才可以定今年的修岸办法。")
                .substr(0, 9),
            "reordered");
}

TEST(Align, ShortClauseWhenRare) {
  EXPECT_EQ(
      two("乡里人说，桥墩年年要喂糯米浆。那一年冬天很冷。", "老匠人讲过一句话：“桥墩年年要喂糯米浆。”听的人都笑。")
          .found.size(),
      1U);
}

TEST(Align, CommonWordingAloneLinksNothing) {
  EXPECT_TRUE(two("大会由省长主持，中共中央政治局常委、国务院副总理出席并讲话，河边的人都来了。",
                  "昨天的集市上，中共中央政治局常委、国务院副总理走到卖豆腐的摊前，问了问价钱。")
                  .found.empty());
}

TEST(Align, SwappedClausesAtTheEndsAreOneAlignment) {
  const Two t = two("这里先说别的。春天要给老槐树松土浇三遍水，秋天要给石拱桥清淤补一回缝。后面说别的。",
                    "前头另有几句。秋天要给石拱桥清淤补一回缝，春天要给老槐树松土浇三遍水。到此为止了。");
  ASSERT_EQ(t.found.size(), 1U);
  const Alignment& x = t.found[0];
  EXPECT_EQ(compare(t.corpus, x.a_work, x.b_work, x.equal, x.a, x.b).kind, MatchKind::reordered);
}

TEST(Align, AClauseThatMovedAcrossOthersIsTakenIn) {
  // Found alone, and too short to be.
  for (const std::string moved : {"秋天要给石拱桥清淤补一回缝", "井栏要刻上字"}) {
    const std::string a = "春天要给老槐树松土浇三遍水，", b = "入夏以前各家把屋顶的青瓦翻检一回。";
    const Two t = two("这里先说别的。" + a + moved + "，" + b + "后面说别的。",
                      "前头另有几句。" + a + b + moved + "。到此为止了。");
    ASSERT_EQ(t.found.size(), 1U) << moved;
    const Alignment& x = t.found[0];
    EXPECT_EQ(compare(t.corpus, x.a_work, x.b_work, x.equal, x.a, x.b).kind, MatchKind::reordered) << moved;
  }
}

TEST(Align, IsFollowedToItsEndThroughMuchThatWasReplaced) {
  const Two t = two("这里先说别的。老槐树下的石磨每到腊月里总要连着转上七个夜晚，磨坊的灯笼挂到檐角。后面说别的。",
                    "前头另有几句。老槐树下的石磨每到腊月里总要连着转上七个夜晚，碾房的灯火照到墙角。到此为止了。");
  ASSERT_EQ(t.found.size(), 1U);
  const auto& fold = t.corpus.works[t.found[0].a_work].fold;
  const Parts p = fold.parts(t.found[0].a);
  const std::string text = to_utf8(t.corpus.document(t.corpus.works[t.found[0].a_work]).text_of(p));
  EXPECT_EQ(text, "老槐树下的石磨每到腊月里总要连着转上七个夜晚，磨坊的灯笼挂到檐角");
}

// A long clause of which half stayed, letter for letter, is no end.
TEST(Align, IsFollowedOverALongClause) {
  const std::string kept = "守好老渡口先要修好那段石阶";
  const Two t =
      two("渡口的人都说，" + kept +
              "，春天里把冲走的石头一块一块捞回来再按原样砌到两岸的柳树底下去，那年谁也没有闲着。第二天下了雨。",
          "茶馆里有人念，" + kept +
              "，春田里灯冲布的册头夕块白块本回弓再丙原完砌右两卜的士树丁下巾，那年谁也没有闲着。听的人都笑。");
  ASSERT_EQ(t.found.size(), 1U);
  EXPECT_EQ(t.found[0].a.size(), 13U + 30 + 8);
}

TEST(Align, AShortClauseWhoseLastWordWasChangedHolds) {
  EXPECT_EQ(edits("乡里人说，桥墩年年要喂一碗糯米浆水。那一年冬天很冷。",
                  "老匠人讲过，桥墩年年要喂一碗糯米浆汤。听的人都笑。"),
            "variant wording 水>汤");
}

// Two letters are left of the clause before what was put in, and after it.
TEST(Edits, AWordNearAClauseEdgeIsSeen) {
  EXPECT_EQ(edits("乡里人说，应当给石拱桥清淤补一回缝。那一年冬天很冷。",
                  "老匠人讲过，应当不给石拱桥清淤补一回缝。听的人都笑。"),
            "variant wording! >不");
  EXPECT_EQ(edits("乡里人说，秋天给石拱桥的两头清淤补缝。那一年冬天很冷。",
                  "老匠人讲过，秋天给石拱桥的两头清淤可以补缝。听的人都笑。"),
            "variant wording! >可以");
}

TEST(Align, AnOmissionBetweenTwoClausesIsOneAlignmentHoweverLong) {
  const std::string head = "桥墩年年要喂一碗糯米浆，", middle = "磨坊的灯笼从腊月初八挂到正月十五也不许人去动它，",
                    tail = "井栏要刻上匠人的字";
  EXPECT_EQ(edits("这里先说别的。" + head + middle + tail + "。后面说别的。",
                  "前头另有几句。" + head + tail + "。到此为止了。"),
            "abridged wording 磨坊的灯笼从腊月初八挂到正月十五也不许人去动它>");
}

TEST(Align, AMarkedOmissionIsOneAlignmentOverParagraphs) {
  const std::string head = "桥墩年年要喂一碗糯米浆，石匠才肯下河", tail = "井栏要刻上匠人的字，后人才认得路";
  std::string middle;
  for (const std::string line :
       {"磨坊的灯笼从腊月初八挂到正月十五也不许人去动它", "渡船只在逢三逢七的日子往对岸送信和豆种",
        "窑工把烧裂的瓦埋在新路两旁当作记号", "茶树要等第三场雨过后才剪头一枝", "晒谷场上的石磙一年只翻一次身",
        "篾匠编筐先量孩子的步子再下刀", "井边的柳树是给路人拴马用的不许折", "赶集的人回来都要在桥头抖一抖鞋里的沙",
        "老船工记水位用的是岸上那块缺角的青石", "守仓的人每到霜降都要把门轴浇一遍油"})
    middle += line + "。\n\n";
  const std::string all = "这里先说别的。\n\n" + head + "。" + middle + tail + "。后面说别的。";
  EXPECT_EQ(edits(all, "前头另有几句。" + head + "……" + tail + "。到此为止了。").substr(0, 8), "abridged");
}

TEST(Align, LettersOfWhichNoneStayedAreNoClauseOfIt) {
  const std::string same = "强调，渡船只在逢三逢七的日子往对岸送信和豆种的";
  EXPECT_EQ(edits("阿巴斯" + same + "规矩不改。", "这正是" + same + "缘故呀吗？"), "verbatim");
}

// Numerals of one value are as good as equal letters, wherever they stand and however long they are.
TEST(Align, ANumeralInOtherFiguresIsNoEnd) {
  const std::string kept = "老渡口的石阶每年要靠人人同心来修补";
  EXPECT_EQ(edits("乡里人说，" + kept + "，新添118%。第二天下了雨。",
                  "茶馆里有人念，" + kept + "，新添百分之一百一十八。听的人都笑。"),
            "verbatim numeral 118%>百分之一百一十八");
  EXPECT_EQ(edits("乡里人说。到2031年9月21日，" + kept + "。第二天下了雨。",
                  "茶馆里有人念。到二〇三一年九月二十一日，" + kept + "。听的人都笑。"),
            "verbatim numeral 2031年9月21>二〇三一年九月二十一");
  EXPECT_EQ(edits("乡里人说，云川省沿河村镇造林总额46527.3亿元，同比增长0.5%，柳树占去大半。",
                  "有人念，云川省沿河村镇造林总额四万六千五百二十七点三亿元，同比增长百分之零点五，柳树占去大半。"),
            "verbatim numeral 46527.3>四万六千五百二十七点三 numeral 0.5%>百分之零点五");
  EXPECT_EQ(edits("乡里人说，修桥的石料比2028年增长41%。第二天下了雨。",
                  "有人念，修桥的石料比二〇二八年增长百分之四十一。听的人都笑。"),
            "verbatim numeral 2028>二〇二八 numeral 41%>百分之四十一");
}

TEST(Align, AnotherNumberAtAnEndIsSeen) {
  const std::string kept = "老渡口的石阶每年要靠人人同心来修补，新添的石料增长";
  EXPECT_EQ(edits("乡里人说，" + kept + "9.5%。第二天下了雨。", "有人念，" + kept + "12.8%。听的人都笑。"),
            "variant wording! 9.5>12.8");
  EXPECT_EQ(edits("乡里人说，" + kept + "百分之四十一。第二天下了雨。", "有人念，" + kept + "42%。听的人都笑。"),
            "variant wording! 百分之四十一>42%");
}

TEST(Align, ANumberDiffersAsAWhole) {
  const auto told = [](const std::string& one, const std::string& other) {
    return edits("老渡口的石阶每年要靠人人同心来修补，新添的石料" + one + "块，柳树占去大半个河湾。",
                 "老渡口的石阶每年要靠人人同心来修补，新添的石料" + other + "块，柳树占去大半个河湾。");
  };
  EXPECT_EQ(told("183", "185"), "variant wording! 183>185");
  EXPECT_EQ(told("27880", "30520"), "variant wording! 27880>30520");
  EXPECT_EQ(told("35.7", "35.9"), "variant wording! 35.7>35.9");
  EXPECT_EQ(told("19", "190"), "variant wording! 19>190");
  EXPECT_EQ(told("三十五", "三十七"), "variant wording! 三十五>三十七");
  EXPECT_EQ(told("二十", "二十二"), "variant wording! 二十>二十二");
  EXPECT_EQ(told("统一", "不一"), "variant wording! 统>不");
}

// What only one text has beyond its closing mark is its own.
TEST(Align, AFewLettersPastTheEndOfAQuotationAreChance) {
  const std::string kept = "一是修好老渡口的石阶，二是看住上游的林子，三是补齐桥墩的缝口";
  EXPECT_EQ(side_a(two("会上这样说：" + kept + "；四是加强力量疏浚，每年报一次账。",
                       "有人写道：“" + kept + "”。为了加强短途驮运，乡里添了两头骡子。")),
            kept);
  EXPECT_EQ(side_a(two("乡里的事很多。" + kept + "，坚持和完善厂长（班头）轮值。",
                       "茶馆里人来人往，" + kept + "，保持两位数增长。")),
            kept);
}

// A word of other length was changed in the first clause, whose end the mark tells, or whose other words stayed.
TEST(Align, MarksTellHowFarAChangedClauseGoes) {
  const std::string kept = "治河办法，愿同各村在修桥上加大相互支持";
  EXPECT_EQ(
      side_a(two("沿河各村都很赞赏云川省提出的一系列护河办法以及为改善上游水情想出的" + kept + "，推动乡里立账。",
                 "他在信里写：“沿河各村都很赞赏云川省谈及的一系列治水办法和为改进河湾水情想出的" + kept + "”。")),
      "沿河各村都很赞赏云川省提出的一系列护河办法以及为改善上游水情想出的" + kept);
  const std::string rest = "、石门镇等多个渡口捞起上百块冲走的条石和旧船板";
  EXPECT_EQ(
      side_a(two("匠人们在哈拉河湾" + rest + "，砌回岸上。", "大家看到，匠人们在柳渡" + rest + "，又过去四年。")),
      "匠人们在哈拉河湾" + rest);
}

TEST(Align, WhatFillsQuotationMarksIsNotTrimmed) {
  EXPECT_EQ(side_a(two("石匠应当适应汛期前后修岸需要，大力加强清淤补缝和石料备办，弘扬老规矩。",
                       "材料中说：“需要，大力加强清淤补缝和”，这是原话。路上很滑。")),
            "需要，大力加强清淤补缝和");
}

TEST(Align, WordsBeforeWhoSpeaksAreOfTheQuotation) {
  const std::string rest = "要以渡口学堂创办七十年为新的起点";
  EXPECT_EQ(side_a(two("汛期过后，" + rest + "，坚持立账。",
                       "有人这样讲：“汛期过后，”沈砚秋补充道，“" + rest + "。”路上很滑。")),
            "汛期过后，" + rest);
}

TEST(Align, AClauseThatMovedMayHaveAnotherWord) {
  const std::string head = "两岸村镇保持头等的往来", tail = "各渡口摆渡送信的规矩都立成了账";
  const Two t = two("乡里人说。" + head + "，双方修桥互信不断加深，" + tail + "，成为沿河的典范。",
                    "路上很滑。" + head + "，" + tail + "，双方修桥互信持续加深。这个法子很好。");
  EXPECT_EQ(side_a(t), head + "，双方修桥互信不断加深，" + tail);
  ASSERT_EQ(t.found.size(), 1U);
  EXPECT_EQ(t.found[0].b.size(), t.found[0].a.size());
}

TEST(Align, MisreadLettersCostLess) {
  const std::string text = "乡里人说，老槐树下的石磨到末日才停一回。那一年冬天很冷。";
  const Two misread = two(text, "老匠人讲过，老槐树下的石磨到未目才停一回。听的人都笑。");
  const Two other = two(text, "老匠人讲过，老槐树下的石磨到春分才停一回。听的人都笑。");
  ASSERT_EQ(misread.found.size(), 1U);
  ASSERT_EQ(other.found.size(), 1U);
  EXPECT_GT(misread.found[0].score, other.found[0].score + 2);
}

TEST(Align, AClauseEndThatWasMisreadIsReached) {
  const std::string kept = "老渡口的石阶要靠人人";
  const Two t =
      two("乡里人说，" + kept + "同心发力。第二天下了雨。", "茶馆里有人念，" + kept + "阴心处刁。听的人都笑。");
  ASSERT_EQ(t.found.size(), 1U);
  EXPECT_EQ(t.found[0].a.size(), 14U);
}

// The seed beside the changed letter is no surprise alone, what is left of the clause is.
TEST(Align, AChangedClauseOfStockWordingHolds) {
  const std::string a = "会上谈了三件事。要大力发展先进制造业集群。散会很晚。";
  EXPECT_EQ(two(a, "墙上刷着字。要大批发展先进制造业集群。漆还没干。").found.size(), 1U);
  EXPECT_EQ(two(a, "墙上刷着字。街角那家也想发展先进制造业集群。漆还没干。").found.size(), 0U);
}

TEST(Align, AWholeSentenceOfStockWordingHoldsUnchanged) {
  const std::string a = "会上谈了三件事，坚定不移推动高质量发展，散会很晚。";
  EXPECT_EQ(two(a, "墙上刷着字。坚定不移推动高质量发展。漆还没干。").found.size(), 1U);
  EXPECT_EQ(two(a, "墙上刷着字，坚定不移推动高质量发展，漆还没干。").found.size(), 0U);
}

TEST(Align, WhatFillsQuotationMarksHolds) {
  const std::string a = "老人念叨着城乡产业链供应链，谁也没听懂。";
  EXPECT_EQ(two(a, "他只记住“城乡产业链供应链”，别的都忘了。").found.size(), 1U);
  EXPECT_EQ(two(a, "他只记住城乡产业链供应链，别的都忘了。").found.size(), 0U);
}

TEST(Align, FindsAnAskedPassageHoweverShort) {
  Sources s = read_bytes("　　护河先要识河。这是老话。\n　　又说一遍：护河先要识河，再去护它。\n", "a.txt");
  Corpus corpus = build_corpus(std::move(s));
  const std::uint32_t work = add_passage(corpus, U"识河");
  const Index index(corpus);
  EXPECT_EQ(align_one(corpus, index, work).size(), 2U);
}

// Texts of letters without sense, each with the passage, dated one day after the other.
Corpus texts_with(const std::vector<std::u32string>& passages) {
  std::mt19937 random(3);
  Sources sources;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    std::string text = "　　";
    const auto some = [&](int letters) {
      for (int k = 0; k < letters; ++k)
        text += to_utf8(std::u32string(1, static_cast<char32_t>(0x4E00 + random() % 18000)));
    };
    some(30);
    text += "。郗望澜说，" + to_utf8(passages[i]) + "。";
    some(30);
    text += "。\n（《云川日报》 20" + std::to_string(10 + i / 12) + "年" + std::to_string(1 + i % 12) + "月1日）\n";
    sources.documents.push_back(read_bytes(text, "t" + std::to_string(i) + ".txt").documents[0]);
  }
  return build_corpus(std::move(sources));
}

const std::u32string kSaying = U"梯田是一代一代人用手垒起来的，石头不会说话，人要替它说";

TEST(Align, WhatManyTextsHaveEachHasOfTheEarliest) {
  const Corpus corpus = texts_with(std::vector<std::u32string>(4 * Index::kCommon, kSaying));
  const Index index(corpus);
  std::vector<char> linked(corpus.works.size(), 0);
  std::size_t widespread = 0;
  const auto found = align_all(corpus, index, 2);
  for (const Alignment& x : found) {
    if (x.a_work == 0 && x.a.size() >= 24) linked[x.b_work] = 1;
    widespread += x.widespread;
  }
  EXPECT_EQ(std::count(linked.begin(), linked.end(), 1), 4 * Index::kCommon - 1);
  EXPECT_GE(widespread, 4 * Index::kCommon - 1);
  EXPECT_LE(found.size(), 2 * corpus.works.size()) << "never each with each";
}

TEST(Align, TheEarliestOfManyMayReadOtherwise) {
  std::vector<std::u32string> passages(2 * Index::kCommon, kSaying);
  passages[0][14] = U'土';
  const Corpus corpus = texts_with(passages);
  const auto found = align_all(corpus, Index(corpus));
  const auto has = [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::any_of(
        found, [&](const Alignment& x) { return x.a_work == a && x.b_work == b && x.a.size() >= 24; });
  };
  EXPECT_TRUE(has(0, 1));
  EXPECT_TRUE(has(1, 2));
  EXPECT_TRUE(has(1, 2 * Index::kCommon - 1));
}

TEST(Align, AStockPhraseOfManyIsLinkedNowhere) {
  const Corpus corpus = texts_with(std::vector<std::u32string>(2 * Index::kCommon, U"石头不会说话的时候"));
  EXPECT_TRUE(align_all(corpus, Index(corpus)).empty());
}

TEST(Align, FindsWhatWasChangedOfAPassageOfMany) {
  Corpus corpus = texts_with(std::vector<std::u32string>(2 * Index::kCommon, kSaying));
  std::u32string asked = kSaying;
  asked[18] = U'唱';
  const std::uint32_t work = add_passage(corpus, asked);
  std::vector<char> met(work, 0);
  for (const Alignment& x : align_one(corpus, Index(corpus, std::span(&work, 1)), work)) met[x.a_work] = 1;
  EXPECT_EQ(std::count(met.begin(), met.end(), 1), 2 * Index::kCommon);
}

// Stock wording too: each text that has the asked letters with one in ten changed, against the slow table.
TEST(Align, FindsWhatIsAskedWithLettersChangedHoweverCommon) {
  std::mt19937 random(20);
  const auto letters = [&](std::size_t size) {
    std::u32string out;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char32_t>(U'一' + random() % 40);
    return out;
  };
  const auto least = [](const std::u32string& asked, const std::u32string& text) {
    std::vector<std::size_t> row(asked.size() + 1), next(asked.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    std::size_t best = row.back();
    for (const char32_t c : text) {
      next[0] = 0;
      for (std::size_t j = 1; j < row.size(); ++j)
        next[j] = std::min({row[j - 1] + (asked[j - 1] != c), row[j] + 1, next[j - 1] + 1});
      row.swap(next);
      best = std::min(best, row.back());
    }
    return best;
  };
  for (std::size_t size : {10, 14, 23, 37, 64}) {
    const std::u32string asked = letters(size);
    Sources sources;
    std::vector<std::u32string> texts;
    for (std::uint32_t i = 0; i < 3 * Index::kCommon; ++i) {
      std::u32string words = asked;
      for (std::size_t n = random() % (size / 8 + 2); n > 0; --n) {
        const std::size_t at = random() % words.size();
        if (random() % 3 == 0)
          words.erase(at, 1);
        else if (random() % 2 == 0)
          words.insert(at, letters(1));
        else
          words[at] = letters(1)[0];
      }
      texts.push_back(letters(30) + words + letters(30));
      Sources one = read_bytes(to_utf8(texts.back()), "t" + std::to_string(i) + ".txt");
      sources.documents.push_back(std::move(one.documents[0]));
    }
    Corpus corpus = build_corpus(std::move(sources));
    const std::uint32_t work = add_passage(corpus, asked);
    const auto found = align_one(corpus, Index(corpus, std::span(&work, 1)), work);
    for (std::uint32_t w = 0; w < work; ++w) {
      const std::string& path = corpus.document(corpus.works[w]).path;
      const std::u32string& text = texts[std::stoul(path.substr(1))];
      EXPECT_TRUE(least(asked, text) > size / 10 ||
                  std::ranges::any_of(found, [&](const Alignment& x) { return x.a_work == w; }))
          << size << " letters, " << path;
    }
  }
}

// And each that has its beginning and its end, with something put in, left out or exchanged between.
TEST(Align, FindsWhatIsAskedPartedHoweverCommon) {
  std::mt19937 random(21);
  const auto letters = [&](std::size_t size) {
    std::u32string out;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char32_t>(U'一' + random() % 40);
    return out;
  };
  const auto is_parted = [](const std::u32string& asked, const std::u32string& text) {
    for (std::size_t head = 3; head < asked.size(); ++head)
      for (std::size_t at = text.find(asked.substr(0, head)); at != text.npos;
           at = text.find(asked.substr(0, head), at + 1))
        for (std::size_t tail = head < 5 ? 5 : 3; head + tail <= asked.size(); ++tail) {
          const std::size_t end = text.find(asked.substr(asked.size() - tail), at + head);
          if (3 * (head + tail) >= 2 * asked.size() && end != text.npos && end - at - head <= 12) return true;
        }
    return false;
  };
  std::size_t held = 0;
  for (const std::size_t size : {8, 11, 18, 40, 64}) {
    const std::u32string asked = letters(size);
    Sources sources;
    std::vector<std::u32string> texts;
    for (std::uint32_t i = 0; i < 3 * Index::kCommon; ++i) {
      std::u32string words = asked;
      const std::size_t at = 3 + random() % (size - 5);
      words.replace(at, random() % (size / 3), letters(random() % 14));
      texts.push_back(letters(30) + words + letters(30));
      Sources one = read_bytes(to_utf8(texts.back()), "t" + std::to_string(i) + ".txt");
      sources.documents.push_back(std::move(one.documents[0]));
    }
    Corpus corpus = build_corpus(std::move(sources));
    const std::uint32_t work = add_passage(corpus, asked);
    const auto found = align_one(corpus, Index(corpus, std::span(&work, 1)), work);
    for (std::uint32_t w = 0; w < work; ++w) {
      const std::u32string& text = texts[std::stoul(corpus.document(corpus.works[w]).path.substr(1))];
      const bool wanted = is_parted(asked, text);
      held += wanted;
      EXPECT_TRUE(!wanted || std::ranges::any_of(found, [&](const Alignment& x) { return x.a_work == w; }))
          << size << " letters, " << to_utf8(asked) << " in " << to_utf8(text);
    }
  }
  EXPECT_GT(held, 100U);
}

TEST(Align, ExplainsWhatRefusedACandidate) {
  const Two t = two("大会由省长主持，中共中央政治局常委、国务院副总理出席并讲话。",
                    "昨天的集市上，中共中央政治局常委、国务院副总理走到摊前。");
  const Index index(t.corpus);
  const Fold &a = t.corpus.works[0].fold, &b = t.corpus.works[1].fold;
  const Explanation told = explain(t.corpus, index, 0, {0, a.size()}, 1, {0, b.size()});
  EXPECT_EQ(told.longest.length, 15U);
  EXPECT_GT(told.common, 0U);
  for (const Candidate& c : told.candidates) EXPECT_NE(c.outcome, Outcome::linked);
}

TEST(Align, FindsInsideOneDocument) {
  const std::string line = "读书要从眼前的一条河读起，走到哪里就读到哪里";
  Sources s = read_bytes(
      "　　" + line + "。\n　　这里说的是另外一件与此毫不相干的小事，不必细看。\n　　" + line + "。\n", "a.txt");
  const Corpus corpus = build_corpus(std::move(s));
  const auto found = align_all(corpus, Index(corpus));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].a_work, found[0].b_work);
  EXPECT_EQ(found[0].similarity, 1.0);
}

TEST(Align, NothingInUnrelatedText) {
  EXPECT_TRUE(
      two("梯田是一代一代人用手垒起来的，石头不会说话。", "书屋夜里的灯要亮到最后一个孩子回家。").found.empty());
}

TEST(Align, RepeatsAndThreadsDoNotChangeIt) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "　　老桥是一村人的记性，修桥就是修记性。\n";
  Sources s = read_bytes(text, "a.txt");
  const Corpus corpus = build_corpus(std::move(s));
  const Index index(corpus);
  const auto one = align_all(corpus, index, 1), two_threads = align_all(corpus, index, 2);
  ASSERT_EQ(one.size(), two_threads.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].equal, two_threads[i].equal);
}

}  // namespace
}  // namespace suyuan
