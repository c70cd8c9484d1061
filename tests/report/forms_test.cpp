// Sigla, and the table of readings.
#include <gtest/gtest.h>

#include <set>

#include "report/readings.hpp"
#include "report/report_json.hpp"
#include "report/sigla.hpp"

namespace suyuan {
namespace {

Corpus corpus_of(const std::vector<std::string>& texts) {
  Sources sources;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Sources one = read_bytes(texts[i], "t" + std::to_string(i) + ".txt");
    sources.documents.push_back(std::move(one.documents[0]));
  }
  return build_corpus(std::move(sources));
}

TEST(Sigla, AreOutletAndDayAndNoTwoAlike) {
  const Corpus corpus = corpus_of({
      "　　一条河要经过许多村庄，村庄里的人都认得它。\n（《云川日报》 2031年3月9日）\n",
      "　　桥修好那天下了一场小雨，人们撑着伞走过去。\n（《云川日报》 2031年3月9日）\n",
      "　　书屋的门常开着，灯也常亮着，孩子们放学就来。\n（《远山》 2032年第16期）\n",
      "　　没有日子的一段话，不知道是哪一年写下来的。\n",
  });
  const std::vector<std::string> all = sigla(corpus);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 4U);
  const std::set<std::string> have(all.begin(), all.end());
  EXPECT_TRUE(have.contains("云川31-03-09a")) << all[0];
  EXPECT_TRUE(have.contains("云川31-03-09b"));
  EXPECT_TRUE(have.contains("远山32-16"));
}

TEST(ExactParts, EndToEndAreTheTextCharacterByCharacter) {
  Document d;
  d.text = U"甲乙 \r\n　 丙丁\n\n戊 己\n";
  for (const Parts& parts : {Parts{{0, 15}}, Parts{{1, 8}, {9, 15}}, Parts{{3, 4}}, Parts{{0, 2}}}) {
    std::u32string joined;
    for (const Span s : exact_parts(d, parts)) joined += d.view(s);
    EXPECT_EQ(to_utf8(joined), to_utf8(d.text_of(parts)));
  }
}

Json side(const char* text, int begin, int end) {
  if (begin == end) return {{"span", nullptr}, {"at", begin}, {"text", ""}};
  return {{"span", {{"start", begin}, {"end", end}}}, {"text", text}};
}

Json edit(const char* op, Json from, Json to, const char* kind = "wording") {
  return {{"class", kind},           {"op", op},           {"sensitive", false}, {"ocr_suspect", false},
          {"from", std::move(from)}, {"to", std::move(to)}};
}

Json witness(const char* id, const char* text, int length) {
  return {{"id", id}, {"text", text}, {"parts", {{{"start", 0}, {"end", length}}}}};
}

Json against(Json edits, int from, int to, int length) {
  return {{"compared", {{"from", {{"start", from}, {"end", to}}}, {"to", {{"start", 0}, {"end", length}}}}},
          {"edits", std::move(edits)}};
}

TEST(Readings, GroupWhatStandsAtOnePlace) {
  // first 甲乙丙丁戊己; b has 午 for 丙; c too, and lacks 己; d holds 丁戊己 alone; e adds 子 before 丙.
  Json b = witness("c1.2", "甲乙午丁戊己", 6), c = witness("c1.3", "甲乙午丁戊", 5),
       d = witness("c1.4", "丁戊己", 3), e = witness("c1.5", "甲乙子丙丁戊己", 7);
  b["against_first"] = against({edit("substitute", side("丙", 2, 3), side("午", 2, 3))}, 0, 6, 6);
  c["against_first"] = against(
      {edit("substitute", side("丙", 2, 3), side("午", 2, 3)), edit("omit", side("己", 5, 6), side("", 5, 5))}, 0,
      6, 5);
  d["against_first"] = against(Json::array(), 3, 6, 3);
  e["against_first"] = against({edit("add", side("", 2, 2), side("子", 2, 3))}, 0, 6, 7);
  const Json table = readings_of(
      {{"first", "c1.1"}, {"head", "c1.1"}, {"witnesses", {witness("c1.1", "甲乙丙丁戊己", 6), b, c, d, e}}});
  const Json& places = table.at("places");
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].at("text"), "丙");
  EXPECT_EQ(places[0].at("before"), "甲乙");
  ASSERT_EQ(places[0].at("readings").size(), 2U);
  EXPECT_EQ(places[0].at("readings")[0],
            (Json{{"text", "午"}, {"op", "substitute"}, {"class", "wording"}, {"witnesses", {"c1.2", "c1.3"}}}));
  EXPECT_EQ(places[0].at("readings")[1],
            (Json{{"text", "子丙"}, {"op", "substitute"}, {"class", "wording"}, {"witnesses", {"c1.5"}}}));
  EXPECT_EQ(places[0].at("absent"), Json({"c1.4"}));
  EXPECT_EQ(places[1].at("readings")[0],
            (Json{{"text", ""}, {"op", "omit"}, {"class", "wording"}, {"witnesses", {"c1.3"}}}));
  EXPECT_FALSE(places[1].contains("absent"));
}

TEST(Messages, AreSaidInTheWordsOfTheUser) {
  const auto said = [](std::string_view message) { return in_words(message, Language::zh); };
  EXPECT_EQ(said("no such file or directory"), "没有这个文件或文件夹");
  EXPECT_EQ(in_words("no such file or directory", Language::en), "no such file or directory");
  EXPECT_EQ(said("3 bytes are not valid UTF-8; each is shown as U+FFFD"),
            "有 3 个字节不合 UTF-8，各以 U+FFFD 代替");
  EXPECT_EQ(said("page 9 follows page 7"), "第 7 页之后是第 9 页");
  // A part may be a message itself; a name is none, whatever it says.
  EXPECT_EQ(said("cannot be opened: Permission denied"), "不能打开：权限不足");
  EXPECT_EQ(said("record on line 3: not valid JSON: not a JSON value; what follows was not read"),
            "第 3 行的记录：不合 JSON：不是 JSON 的值；其后未读");
  EXPECT_EQ(said("the contents name \"is missing\", but no such heading was found; its text may be lost or stand "
                 "inside another work"),
            "目录里有“is missing”，但未见此标题；其文或已缺，或在别篇之内");
  EXPECT_EQ(said("what nobody has put into words"), "what nobody has put into words");
}

TEST(Readings, APlaceOfWordingKeepsAReadingOfPunctuationApart) {
  Json b = witness("c1.2", "甲乙午，戊己", 6), c = witness("c1.3", "甲乙丙；戊己", 6);
  b["against_first"] = against({edit("substitute", side("丙，", 2, 4), side("午，", 2, 4))}, 0, 6, 6);
  c["against_first"] = against({edit("substitute", side("，", 3, 4), side("；", 3, 4), "punctuation")}, 0, 6, 6);
  const Json table =
      readings_of({{"first", "c1.1"}, {"head", "c1.1"}, {"witnesses", {witness("c1.1", "甲乙丙，戊己", 6), b, c}}});
  ASSERT_EQ(table.at("places").size(), 1U);
  const Json& place = table.at("places")[0];
  EXPECT_EQ(place.at("class"), "wording");
  ASSERT_EQ(place.at("readings").size(), 2U);
  EXPECT_EQ(place.at("readings")[1],
            (Json{{"text", "丙；"}, {"op", "substitute"}, {"class", "punctuation"}, {"witnesses", {"c1.3"}}}));
}

TEST(Readings, TellWhatOnlyTheHeadAndOthersHoldAgainstTheHead) {
  // The first appearance is 甲乙丙 alone; the head goes on with 丁戊己, and c has 午 for 戊.
  Json head = witness("c1.2", "甲乙丙丁戊己", 6), c = witness("c1.3", "甲乙丙丁午己", 6);
  head["against_first"] = against(Json::array(), 0, 3, 3);
  c["against_first"] = against(Json::array(), 0, 3, 3);
  c["against_head"] = Json::array({against({edit("substitute", side("戊", 4, 5), side("午", 4, 5))}, 3, 6, 6)});
  const Json table =
      readings_of({{"first", "c1.1"}, {"head", "c1.2"}, {"witnesses", {witness("c1.1", "甲乙丙", 3), head, c}}});
  ASSERT_EQ(table.at("places").size(), 1U);
  const Json& place = table.at("places")[0];
  EXPECT_EQ(place.at("of"), "c1.2");
  EXPECT_EQ(place.at("text"), "戊");
  EXPECT_EQ(place.at("absent"), Json({"c1.1"}));
  EXPECT_EQ(place.at("readings")[0].at("witnesses"), Json({"c1.3"}));
}

TEST(Readings, ALongOmissionSwallowsNoPlace) {
  const char* whole = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未";
  Json b = witness("c1.2", "甲未", 2), c = witness("c1.3", "甲乙丙丁戊己庚辛亥癸子丑寅卯辰巳午未", 18);
  b["against_first"] = against({edit("omit", side("…", 1, 17), side("", 1, 1))}, 0, 18, 2);
  c["against_first"] = against({edit("substitute", side("壬", 8, 9), side("亥", 8, 9))}, 0, 18, 18);
  const Json table =
      readings_of({{"first", "c1.1"}, {"head", "c1.1"}, {"witnesses", {witness("c1.1", whole, 18), b, c}}});
  const Json& places = table.at("places");
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].at("length"), 16);
  EXPECT_EQ(places[0].at("inside"), Json({"c1.3"}));  // it has the long place, and differs in it
  EXPECT_EQ(places[1].at("text"), "壬");
  ASSERT_EQ(places[1].at("readings").size(), 2U);  // 亥 in the one, nothing in the other
}

}  // namespace
}  // namespace suyuan
