// Bytes → documents: encodings, damage, corpus records, packed files, files that are none.
#include "suyuan/read.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace suyuan {
namespace {

const std::string kGb18030 =
    "\xbb\xa4\xba\xd3\xcf\xc8\xd2\xaa\xca\xb6\xba\xd3\xa3\xac\xd2\xaa\xb0\xd1\xc9\xcf\xd3\xce\xb5\xc4\xc1\xd6\xa1"
    "\xa2\xd6\xd0\xd3\xce\xb5\xc4\xcc\xef\xb7\xc5\xd4\xda\xd2\xbb\xd5\xc5\xcd\xbc\xc9\xcf\xbf\xb4\xa1\xa3";
const std::string kBig5 =
    "\xc5\x40\xaa\x65\xa5\xfd\xad\x6e\xc3\xd1\xaa\x65\xa1\x41\xad\x6e\xa7\xe2\xa4\x57\xb4\xe5\xaa\xba\xaa\x4c\xa1"
    "\x42\xa4\xa4\xb4\xe5\xaa\xba\xa5\xd0\xa9\xf1\xa6\x62\xa4\x40\xb1\x69\xb9\xcf\xa4\x57\xac\xdd\xa1\x43";
const std::u32string kSimplified = U"护河先要识河，要把上游的林、中游的田放在一张图上看。";
const std::u32string kTraditional = U"護河先要識河，要把上游的林、中游的田放在一張圖上看。";

std::string repeated(const std::string& bytes) { return bytes + bytes + bytes; }

Document one(const std::string& bytes, const std::string& name = "a.txt", const ReadOptions& options = {}) {
  Sources s = read_bytes(bytes, name, options);
  EXPECT_EQ(s.documents.size(), 1U) << (s.diagnostics.empty() ? "" : s.diagnostics[0].what.message);
  return s.documents.empty() ? Document{} : s.documents[0];
}

std::string utf16(std::u32string_view text, bool big) {
  std::string out;
  for (const char32_t c : text) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 255);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

TEST(Read, EncodingsAreRecognised) {
  EXPECT_EQ(one("\xEF\xBB\xBF" + to_utf8(kSimplified)).text, kSimplified);
  EXPECT_EQ(one(repeated(kGb18030)).text, kSimplified + kSimplified + kSimplified);
  EXPECT_EQ(one(repeated(kGb18030)).encoding, "GB18030");
  EXPECT_EQ(one(repeated(kBig5)).text, kTraditional + kTraditional + kTraditional);
  EXPECT_EQ(one(kGb18030, "a.txt", {"GB18030"}).text, kSimplified);
  EXPECT_EQ(one("\xFF\xFE" + utf16(kSimplified, false)).text, kSimplified);
  EXPECT_EQ(one("\xFE\xFF" + utf16(kSimplified, true)).text, kSimplified);
  EXPECT_EQ(one(utf16(kSimplified + kSimplified, false)).text, kSimplified + kSimplified);
  EXPECT_EQ(one(utf16(kSimplified + kSimplified, true)).encoding, "UTF-16BE");
}

TEST(Read, LongAndRareTextSurvivesEveryEncoding) {
  // Past the converter's buffer, with a character of four bytes beside its edge.
  std::u32string text;
  std::string gb;
  for (int i = 0; i < 300; ++i) text += kSimplified + U'\U00020000', gb += kGb18030 + "\x95\x32\x82\x36";
  EXPECT_EQ(one(gb).text, text);
  std::string units = "\xFF\xFE";
  for (int i = 0; i < 300; ++i) units += utf16(kSimplified, false) + std::string("\x40\xD8\x00\xDC", 4);
  EXPECT_EQ(one(units).text, text);
  EXPECT_EQ(one(to_utf8(text)).text, text);
  EXPECT_EQ(one("\xEF\xBB\xBF河").position(0).column, 1U);
}

TEST(Read, AnUnknownEncodingIsSaid) {
  const Sources s = read_bytes("河", "a.txt", {"no-such-encoding"});
  EXPECT_TRUE(s.documents.empty());
  EXPECT_EQ(s.diagnostics.at(0).what.code, "unknown-encoding");
}

TEST(Read, LinesAreCountedAndKept) {
  const Document d = one("河\r\n田\r\n\r\n林");
  EXPECT_EQ(d.text, U"河\r\n田\r\n\r\n林");
  EXPECT_EQ(d.line_starts.size(), 4U);
  EXPECT_EQ(d.position(8).line, 4U);
  EXPECT_EQ(d.position(3).line, 2U);
  EXPECT_EQ(d.position(3).column, 1U);
  EXPECT_EQ(one("河\n").line_starts, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(one("河\r田").line_starts, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(d.text_of({{0, 1}, {3, 8}, {8, 9}}), U"河田林");
}

TEST(Read, OneBadByteIsSaidWithItsPlace) {
  const std::string text = repeated(to_utf8(kSimplified));
  const Sources s = read_bytes(text.substr(0, 21) + "\xFF" + text.substr(21), "a.txt");
  ASSERT_EQ(s.documents.size(), 1U);
  EXPECT_EQ(s.documents[0].text[7], U'\uFFFD');
  EXPECT_EQ(s.documents[0].text.size(), kSimplified.size() * 3 + 1);
  ASSERT_EQ(s.diagnostics.size(), 1U);
  EXPECT_EQ(s.diagnostics[0].severity, Severity::error);
  EXPECT_EQ(s.diagnostics[0].what.offset, 21U);
  EXPECT_EQ(s.diagnostics[0].what.source, "a.txt");
  // The mark counts: places are bytes of the file.
  const Sources marked = read_bytes("\xEF\xBB\xBF" + text.substr(0, 21) + "\xFF" + text.substr(21), "a.txt");
  EXPECT_EQ(marked.diagnostics.at(0).what.offset, 24U);
  // Overlong forms, surrogates and a sequence cut by the end are no UTF-8.
  for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xE6\xB2"}) {
    const Sources other = read_bytes(text + bad, "a.txt");
    EXPECT_EQ(other.diagnostics.at(0).what.offset, text.size());
    EXPECT_EQ(other.documents.at(0).text.back(), U'\uFFFD');
  }
}

TEST(Read, WhatIsNoTextIsRefused) {
  std::string binary;
  for (int i = 0; i < 4000; ++i) binary += static_cast<char>(i * 37 % 251);
  const Sources s = read_bytes(binary, "a.txt");
  EXPECT_TRUE(s.documents.empty());
  ASSERT_EQ(s.diagnostics.size(), 1U);
  EXPECT_EQ(s.diagnostics[0].what.code, "not-text");
  const Sources nul = read_bytes(std::string("plain\0letters", 13), "a.txt");
  EXPECT_TRUE(nul.documents.empty());
  EXPECT_EQ(nul.diagnostics.at(0).what.code, "not-text");
  EXPECT_EQ(nul.diagnostics.at(0).severity, Severity::error);
}

TEST(Read, AnEmptyFileIsADocumentAndANote) {
  const Sources s = read_bytes("", "a.txt");
  EXPECT_EQ(s.documents.size(), 1U);
  ASSERT_EQ(s.diagnostics.size(), 1U);
  EXPECT_EQ(s.diagnostics[0].what.code, "empty");
  EXPECT_EQ(s.diagnostics[0].severity, Severity::note);
  EXPECT_EQ(s.documents[0].line_starts, std::vector<std::uint32_t>{0});
  EXPECT_EQ(read_bytes("\xEF\xBB\xBF \n", "a.txt").diagnostics.at(0).what.code, "empty");
}

const std::string kRecords =
    "{\"id\":\"1\",\"outlet\":\"云川日报\",\"date\":\"2031-03-09\",\"text\":\"护河\"}\nnonsense\n{\"id\":2}\n\n{"
    "\"id\":\"1\",\"text\":\"识河\"}\n";

TEST(Read, BadRecordsAreSaidAndTheOthersRead) {
  const Sources s = read_bytes(kRecords, "a.jsonl");
  ASSERT_EQ(s.documents.size(), 2U);
  ASSERT_EQ(s.diagnostics.size(), 2U);
  EXPECT_NE(s.diagnostics[0].what.message.find("line 2"), std::string::npos);
  EXPECT_NE(s.documents[0].key, s.documents[1].key);
  EXPECT_EQ(s.documents[0].metadata.date.value, "2031-03-09");
  EXPECT_EQ(s.documents[0].metadata.outlet.value, "云川日报");
  EXPECT_EQ(s.documents[0].text, U"护河");
  EXPECT_EQ(s.documents[1].text, U"识河");
  EXPECT_EQ(s.documents[0].key, sha256(kRecords) + "#1");
  EXPECT_NE(s.diagnostics[1].what.message.find("line 3"), std::string::npos);
  EXPECT_EQ(s.diagnostics[0].severity, Severity::error);
}

std::string gzip(const std::string& bytes) {
  std::string packed(bytes.size() + 1000, '\0');
  z_stream z{};
  EXPECT_EQ(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  packed.resize(z.total_out);
  deflateEnd(&z);
  return packed;
}

TEST(Read, GzipIsUnpackedAndDamageSaid) {
  EXPECT_EQ(read_bytes(gzip(kRecords), "a.jsonl.gz").documents.size(), 2U);
  const std::string packed = gzip(to_utf8(kSimplified));
  EXPECT_EQ(one(packed, "a.txt.gz").text, kSimplified);
  EXPECT_EQ(one(packed, "a.txt.gz").sha256, sha256(packed));
  EXPECT_EQ(one(packed + packed, "a.txt.gz").text, kSimplified + kSimplified);
  const Sources cut = read_bytes(packed.substr(0, packed.size() / 2), "a.jsonl.gz");
  EXPECT_TRUE(cut.documents.empty());
  EXPECT_EQ(cut.diagnostics.at(0).what.code, "gzip");
}

TEST(Read, FilesFoldersAndWhatIsNeither) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("suyuan-read-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "deep");
  const auto write = [](const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path) << text;
  };
  write(folder / "b.txt", "田");
  write(folder / "deep/a.md", "# 河\n\n# 林\n");
  write(folder / "picture.png", "no");
  ASSERT_EQ(::mkfifo((folder / "pipe.txt").c_str(), 0600), 0);
  std::filesystem::create_directory_symlink(folder, folder / "loop");
  const std::string b = folder / "b.txt", pipe = folder / "pipe.txt";
  const Sources all = read_paths({folder.string(), b, pipe, (folder / "missing").string()});
  EXPECT_EQ(all.documents.size(), 2U);
  std::vector<std::string> codes;
  for (const Diagnostic& d : all.diagnostics) {
    codes.push_back(d.what.code);
    EXPECT_EQ(d.severity, d.what.code == "skipped" ? Severity::note : Severity::error);
  }
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (std::vector<std::string>{"not-a-file", "not-found", "skipped", "skipped"}));
  const std::string a = folder / "deep/a.md";
  EXPECT_EQ(read_paths({a, b}).documents[0].path, read_paths({b, a}).documents[0].path);
  EXPECT_EQ(read_paths({a}).documents[0].format, "markdown");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace suyuan
