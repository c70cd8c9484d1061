// Chains: what heads them, who is first, what joins.
#include "suyuan/chain.hpp"

#include <gtest/gtest.h>

namespace suyuan {
namespace {

struct Made {
  Corpus corpus;
  std::vector<Chain> chains;
};

Made make(const std::vector<std::string>& texts) {
  Sources sources;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Sources one = read_bytes(texts[i], "t" + std::to_string(i) + ".txt");
    sources.documents.push_back(std::move(one.documents[0]));
  }
  Made out{build_corpus(std::move(sources)), {}};
  out.chains = build_chains(out.corpus, align_all(out.corpus, Index(out.corpus)));
  return out;
}

const std::string kWhole = "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，给每条河立一本账";
const std::string kPart = "要把上游的林、中游的田、下游的城放在一张图上看";

std::string text(const std::string& body, const std::string& date) {
  return "　　" + body + "。\n（《云川日报》 " + date + "）\n";
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

TEST(Chain, AnUndatedWitnessIsNeverFirst) {
  const Made m = make({"　　" + kWhole + "。\n", text(kWhole, "2031年5月1日")});
  ASSERT_EQ(m.chains.size(), 1U);
  const Chain& c = m.chains[0];
  EXPECT_TRUE(m.corpus.work(m.corpus.works[c.witnesses[c.first].work]).published.latest.has_value());
  EXPECT_EQ(c.rivals.size(), 1U);
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
  EXPECT_EQ(m.chains[0].witnesses[2].against_first.kind, MatchKind::variant);
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

}  // namespace
}  // namespace suyuan
