// Corpora: JSON by position (nlohmann/json as the oracle), CSV, damaged records, places in the file, mojibake.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <nlohmann/json.hpp>
#include <random>

#include "read/json.hpp"
#include "read/mojibake.hpp"
#include "suyuan/read.hpp"

namespace suyuan {
namespace {

std::vector<std::string> texts(const Sources& s) {
  std::vector<std::string> out;
  for (const Document& d : s.documents) out.push_back(to_utf8(d.text));
  return out;
}

std::vector<std::string> codes(const Sources& s) {
  std::vector<std::string> out;
  for (const Diagnostic& d : s.diagnostics) out.push_back(d.what.code);
  return out;
}

using Strings = std::vector<std::string>;

TEST(Json, AgreesWithTheOracle) {
  const Strings pieces{"{",         "}",       "[",
                       "]",         ",",       ":",
                       "\"",        "\"a\"",   "\"河\\n\\u6cb3\\ud83d\\ude00\"",
                       "1",         "-0.5e-3", "01",
                       "1.",        "-",       "true",
                       "nul",       "null",    " ",
                       "\n",        "\\",      "\"\\x\"",
                       "\"\\u12\"", "\"\t\"",  "{\"a\":1}",
                       "[1,2]",     "//"};
  std::mt19937 random(7);
  int valid = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text;
    for (auto n = 1 + random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    json::Cursor cursor(text);
    json::Value value;
    const bool good = cursor.value(value) && cursor.peek() == '\0' && cursor.at() == text.size();
    ASSERT_EQ(good, nlohmann::json::accept(text)) << text;
    valid += good;
    if (!good || value.kind != json::Value::Kind::string) continue;
    bool lone = false;
    EXPECT_EQ(to_utf8(json::decode(text, value, lone)), nlohmann::json::parse(text).get<std::string>());
  }
  EXPECT_GT(valid, 1000);
}

TEST(Json, DepthIsBounded) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  json::Value value;
  const std::string most = nested(json::kMaxDepth), more = nested(json::kMaxDepth + 1),
                    far = std::string(1000000, '[');
  EXPECT_TRUE(json::Cursor(most).value(value));
  EXPECT_FALSE(json::Cursor(more).value(value));
  EXPECT_FALSE(json::Cursor(far).value(value));
}

TEST(Records, APlaceInARecordIsAPlaceInTheFile) {
  const Sources s = read_bytes("\n{\"题\":\"河\",\"text\":\"田\\n林\\u6cb3\\u6d41\\ud840\\udc00水\"}\n", "a.jsonl");
  const Document& d = s.documents.at(0);
  EXPECT_EQ(d.text, U"田\n林河流\U00020000水");
  const auto column = [&](std::uint32_t offset) { return d.position(offset).column; };
  EXPECT_EQ(d.position(0).line, 2U);
  EXPECT_EQ(column(0), 18U);
  EXPECT_EQ(column(1), 19U);
  EXPECT_EQ(column(2), 21U);
  EXPECT_EQ(column(3), 22U);
  EXPECT_EQ(column(4), 28U);
  EXPECT_EQ(column(5), 34U);
  EXPECT_EQ(column(6), 46U);
  const Sources table = read_bytes("id,text\n1,\"河\"\"田\"\"\n林\"\n2,水\n", "a.csv");
  const Document& cell = table.documents.at(0).text == U"水" ? table.documents.at(1) : table.documents.at(0);
  EXPECT_EQ(cell.text, U"河\"田\"\n林");
  EXPECT_EQ(cell.position(2).line, 2U);
  EXPECT_EQ(cell.position(2).column, 7U);
  EXPECT_EQ(cell.position(5).line, 3U);
  EXPECT_EQ(cell.position(5).column, 1U);
}

TEST(Records, TheFormIsJudgedByContent) {
  const std::string line = "{\"text\":\"护河\"}\n";
  for (const char* name : {"a.jsonl", "a.txt", "-", "a.csv"}) {
    EXPECT_EQ(texts(read_bytes(line + line, name)), (Strings{"护河", "护河"})) << name;
    EXPECT_EQ(texts(read_bytes("[" + line + "," + line + "]", name == std::string("a.jsonl") ? "a.json" : name)),
              (Strings{"护河", "护河"}))
        << name;
  }
  EXPECT_EQ(read_bytes("[\n" + line + "]", "a.txt").documents.at(0).format, "json");
  EXPECT_EQ(read_bytes("{\n \"text\":\n\"护河\"\n}", "a").documents.at(0).format, "json");
  EXPECT_EQ(read_bytes("[1] 护河先要识河。\n", "a.txt").documents.at(0).format, "text");
  EXPECT_EQ(read_bytes("{护河}先要识河。\n", "a.txt").documents.at(0).format, "text");
  EXPECT_EQ(read_bytes("[[[[", "a.txt").documents.at(0).format, "text");
  EXPECT_EQ(read_bytes("标题,正文\n一,护河\n", "a.txt").documents.at(0).format, "csv");
  EXPECT_EQ(read_bytes("护河,识河\n一,二\n", "a.txt").documents.at(0).format, "text");
  EXPECT_EQ(codes(read_bytes("护河,识河\n一,二\n", "a.csv")), Strings{"bad-table"});
  EXPECT_EQ(codes(read_bytes("plain", "a.json")), Strings{"bad-record"});
}

TEST(Records, TheNamesOfFieldsAreData) {
  const Sources s = read_bytes(
      "\xEF\xBB\xBF编号\t标题\t来源\t日期\t发布时间\t正文\r\n7\t护河\t云川日报\t2031-03-09\t2031-03-"
      "10\t\"先\t识\r\n河\"\r\n",
      "a.tsv");
  const Document& d = s.documents.at(0);
  EXPECT_EQ(d.record, "7");
  EXPECT_EQ(d.text, U"先\t识\r\n河");
  EXPECT_EQ(d.metadata.title.value, "护河");
  EXPECT_EQ(d.metadata.outlet.where, "来源");
  EXPECT_EQ(d.metadata.date.value, "2031-03-09");
  EXPECT_EQ(d.metadata.posted.value, "2031-03-10");
  const Document j =
      read_bytes("{\"Content\":\"河\",\"headline\":\"护河\",\"title\":\"识河\",\"source\":{\"a\":1}}", "a.jsonl")
          .documents.at(0);
  EXPECT_EQ(j.metadata.title.value, "识河") << "title stands before headline";
  EXPECT_FALSE(j.metadata.outlet);
}

TEST(Records, BadRowsAndArraysAreSaid) {
  const Sources table = read_bytes("id,text\n1,护河\n2,识,河\n3,\"田\"\n4,\"林\n5,水\n", "a.csv");
  EXPECT_EQ(table.documents.size(), 2U);
  ASSERT_EQ(table.diagnostics.size(), 2U);
  EXPECT_EQ(table.diagnostics[0].what.offset, 17U);
  EXPECT_NE(table.diagnostics[1].what.message.find("line 5: a quotation mark is never closed"), std::string::npos);
  const Sources array = read_bytes("[{\"text\":\"河\"},\n{\"a\":1},\n{\"text\":\"田\"},\n{\"text\":}]", "a.json");
  EXPECT_EQ(texts(array).size(), 2U);
  ASSERT_EQ(array.diagnostics.size(), 2U);
  EXPECT_EQ(array.diagnostics[0].what.offset, 17U);
  EXPECT_NE(array.diagnostics[1].what.message.find("line 4"), std::string::npos);
}

TEST(Records, OffsetsAreBytesOfTheSource) {
  const std::u32string text = U"{\"text\":\"护河先要识河，护河先要识河\"}\n{nonsense\n";
  std::string units = "\xFF\xFE";
  for (const char32_t c : text) units += {static_cast<char>(c & 255), static_cast<char>(c >> 8)};
  const std::size_t second = 2 + 2 * (text.find(U'\n') + 1);
  EXPECT_EQ(read_bytes(units, "a.jsonl").diagnostics.at(0).what.offset, second);
  const std::string utf8 = to_utf8(text);
  EXPECT_EQ(read_bytes("\xEF\xBB\xBF" + utf8, "a.jsonl").diagnostics.at(0).what.offset, 3 + utf8.find('\n') + 1);
  const std::string gb =
      "{\"text\":\"\xbb\xa4\xba\xd3\xcf\xc8\xd2\xaa\xca\xb6\xba\xd3\xa3\xac\xd2\xaa\xb0\xd1\"}\n{}\n";
  EXPECT_EQ(read_bytes(gb, "a.jsonl", {"GB18030"}).diagnostics.at(0).what.offset, gb.find('\n') + 1);
}

TEST(Records, LoneSurrogatesAreSaidAndShown) {
  const Sources s = read_bytes("{\"text\":\"护\\ud800河\\udc00\\ud83d\\ude00\"}", "a.jsonl");
  EXPECT_EQ(s.documents.at(0).text, U"护\uFFFD河\uFFFD\U0001F600");
  EXPECT_EQ(codes(s), Strings{"lone-surrogate"});
}

TEST(Records, ManyFaultsOfOneKindAreCounted) {
  std::string bad, empty;
  for (int i = 0; i < 1000; ++i) bad += "{}\n", empty += "{\"text\":\"\"}\n";
  const Sources s = read_bytes(bad + "{\"text\":\"河\"}\n" + empty, "a.jsonl");
  EXPECT_EQ(s.documents.size(), 1U);
  ASSERT_EQ(s.diagnostics.size(), 12U);
  EXPECT_EQ(s.diagnostics[10].what.message, "and 995 more of this kind");
  EXPECT_EQ(s.diagnostics[10].severity, Severity::error);
  EXPECT_EQ(s.diagnostics[11].severity, Severity::note);
}

// What a program makes of UTF-8 that it takes for GBK.
std::string misread(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("GB18030", &status);
  std::u16string units(utf8.size() * 2, u'\0');
  const int32_t n = ucnv_toUChars(converter, units.data(), static_cast<int32_t>(units.size()), utf8.data(),
                                  static_cast<int32_t>(utf8.size()), &status);
  ucnv_close(converter);
  EXPECT_TRUE(U_SUCCESS(status));
  std::u32string out;
  for (int32_t i = 0; i < n; ++i) out += units[static_cast<std::size_t>(i)];
  return to_utf8(out);
}

const std::string kProse =
    "护河先要识河，要把上游的林、中游的田放在一张图上看。我小时候跟着祖父上山看水，一道田埂走半天，才明白这个道理"
    "。";

TEST(Mojibake, IsSaidAndLeftOut) {
  const std::string damaged = misread(kProse + kProse + kProse);
  const Sources s = read_bytes(damaged, "a.txt");
  EXPECT_TRUE(s.documents.empty());
  ASSERT_EQ(codes(s), Strings{"mojibake"});
  EXPECT_EQ(s.diagnostics[0].severity, Severity::error);
  const Sources record =
      read_bytes("{\"text\":\"" + misread(kProse) + "\"}\n{\"text\":\"护河先要识河。\"}\n", "a.jsonl");
  EXPECT_EQ(texts(record), Strings{"护河先要识河。"});
  EXPECT_EQ(codes(record), Strings{"mojibake"});
  EXPECT_TRUE(find_mojibake(from_utf8(misread("护河先要识河，田"))).lossless);
}

TEST(Mojibake, AStretchIsSetAside) {
  std::string sound;
  for (int i = 0; i < 20; ++i) sound += kProse + "\n";
  const Sources s = read_bytes(sound + misread(kProse + kProse + kProse) + "\n" + sound, "a.txt");
  ASSERT_EQ(s.documents.size(), 1U);
  EXPECT_EQ(codes(s), Strings{"mojibake"});
  ASSERT_EQ(s.documents[0].markup.size(), 1U);
  EXPECT_EQ(s.documents[0].markup[0].kind, Markup::Kind::furniture);
  const Span aside = s.documents[0].markup[0].span;
  EXPECT_NE(s.documents[0].view(aside).find(U'鎶'), std::u32string_view::npos);
}

TEST(Mojibake, NoSoundTextIsTakenForIt) {
  for (const char* text : {"護河先要識河，要把上游的林、中游的田放在一張圖上看。護河先要識河。", "鐨勫",
                           "饕餮纹，瓷器，锛子、凿子，玟瑰鏖战", "Just English, with “quotes” — and dashes…",
                           "これは日本語の文章です。漢字と仮名が混じっています。",
                           "한국어 문장입니다. 이것은 시험입니다.", "αβγδεζηθ ικλμνξ", "①②③④⑤⑥⑦⑧⑨⑩、“”《》〈〉"})
    EXPECT_TRUE(find_mojibake(from_utf8(text)).stretches.empty()) << text;
}

}  // namespace
}  // namespace suyuan
