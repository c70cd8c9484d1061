// Side files, patterns, and files that are none: what needs a folder on the disk.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "read/files.hpp"
#include "suyuan/read.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {
namespace {

namespace fs = std::filesystem;

class Folder : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() /
            ("suyuan-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + "-" +
             std::to_string(::getpid()));
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  static std::vector<std::string> codes(const Sources& s) {
    std::vector<std::string> out;
    for (const Diagnostic& d : s.diagnostics) out.push_back(d.what.code);
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<std::string> names(const Sources& s) const {
    std::vector<std::string> out;
    for (const Document& d : s.documents) out.push_back(fs::relative(d.path, root_).string());
    std::sort(out.begin(), out.end());
    return out;
  }

  fs::path root_;
};

using Names = std::vector<std::string>;

class SideFile : public Folder {};

TEST_F(SideFile, GivesAndCorrects) {
  write("a.txt", "护河");
  write("b.jsonl", "{\"text\":\"识河\",\"title\":\"旧题\",\"outlet\":\"旧报\",\"date\":\"2030-01-01\"}\n");
  write("sources.toml",
        "outlet = \"云川日报\"\n[\"a.txt\"]\ntitle = \"护河\"\npublished = 2031-03-09\nrank = 2\n"
        "[\"b.jsonl\"]\npublished = \"2031-03\"\nedition = 2032-01-02T10:00:00Z\n");
  write("a.meta.toml",
        "title = \"护河之先\"\nkind = \"article\"\ncopy = \"print\"\nurl = \"http://yc.example/1\"\n"
        "[[works]]\nwork = \"第一篇\"\npublished = 2031\n[[works]]\nwork = \"第二篇\"\noutlet = \"远山\"\n");
  for (const Sources& s : {read_paths({root_.string()}), read_paths({path("a.txt"), path("b.jsonl")})}) {
    EXPECT_EQ(codes(s), Names{});
    ASSERT_EQ(s.documents.size(), 2U);
    const bool first = s.documents[0].format == "text";
    const Document &a = s.documents[first ? 0 : 1], &b = s.documents[first ? 1 : 0];
    EXPECT_EQ(a.metadata.title.value, "护河之先");
    EXPECT_EQ(a.metadata.title.where, "a.meta.toml");
    EXPECT_EQ(a.metadata.title.by, Given::By::side_file);
    EXPECT_EQ(a.metadata.outlet.value, "云川日报");
    EXPECT_EQ(a.metadata.outlet.where, "sources.toml");
    EXPECT_EQ(a.metadata.date.value, "2031-03-09");
    EXPECT_EQ(a.metadata.rank.value, "2");
    EXPECT_EQ(a.metadata.kind.value, "article");
    EXPECT_EQ(a.metadata.copy.value, "print");
    ASSERT_EQ(a.works.size(), 2U);
    EXPECT_EQ(a.works[0].first, "第一篇");
    EXPECT_EQ(a.works[0].second.date.value, "2031");
    EXPECT_EQ(a.works[1].second.outlet.value, "远山");
    EXPECT_EQ(b.metadata.title.value, "旧题");
    EXPECT_EQ(b.metadata.outlet.value, "云川日报") << "a side file outranks a record";
    EXPECT_EQ(b.metadata.date.value, "2031-03");
    EXPECT_EQ(b.metadata.posted.value, "2032-01-02");
  }
  EXPECT_EQ(codes(read_paths({path("a.txt"), path("sources.toml"), path("a.meta.toml")})),
            (Names{"side-file", "side-file"}))
      << "named as a text, it is not read as one";
}

TEST_F(SideFile, WhatIsWrongIsSaidAndTheSourceRead) {
  write("a.txt", "护河");
  const auto said = [&](const std::string& toml) {
    write("sources.toml", toml);
    const Sources s = read_paths({path("a.txt")});
    EXPECT_EQ(s.documents.size(), 1U);
    EXPECT_EQ(s.diagnostics.size(), 1U) << toml;
    if (s.diagnostics.empty()) return std::string();
    EXPECT_EQ(s.diagnostics[0].severity, Severity::error);
    EXPECT_EQ(s.diagnostics[0].what.code, "side-file");
    EXPECT_EQ(s.diagnostics[0].what.source, path("sources.toml"));
    return s.diagnostics[0].what.message;
  };
  EXPECT_NE(said("[\"a.txt\"]\ntitle = \n").find("line 2"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\nautor = \"某\"\n").find("line 2: unknown key \"autor\""), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\npublished = \"2031-02-30\"\n").find("is no date"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\npublished = \"2031-3x\"\n").find("is no date"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\npublished = 2031-02-30\n").find("line 2"), std::string::npos);
  EXPECT_NE(said("[\"b.txt\"]\ntitle = \"河\"\n").find("no such file"), std::string::npos);
  EXPECT_NE(said("title = \"河\"\n").find("section"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\nworks = 3\n").find("works"), std::string::npos);
  EXPECT_NE(said("[[\"a.txt\".works]]\ntitle = \"河\"\n").find("work = "), std::string::npos);
  for (const char* rank : {"[]", "\"one\"", "1.5", "-1"})
    EXPECT_NE(said("[\"a.txt\"]\nrank = " + std::string(rank) + "\n").find("\"rank\" needs a whole number"),
              std::string::npos)
        << rank;
  EXPECT_NE(said("[\"a.txt\"]\nkind = \"speeech\"\n").find("\"speeech\" is no kind"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\nkind = \"article excerpt\"\n").find("is no kind"), std::string::npos);
  EXPECT_NE(said("copy = \"prnt\"\n").find("\"prnt\" is no copy"), std::string::npos);
  EXPECT_NE(said("outlet = 5\n").find("\"outlet\" needs a text"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\nurl = 7\n").find("\"url\" needs a text"), std::string::npos);
  EXPECT_NE(said(std::string(100000, '[')).find("TOML"), std::string::npos);
  EXPECT_NE(said("a = " + std::string(100000, '[')).find("TOML"), std::string::npos);
  EXPECT_NE(said("[\"a.txt\"]\ntitle = \"\xFF\"\n").find("TOML"), std::string::npos);
}

TEST_F(SideFile, EveryKindAndCopyCanBeSaid) {
  write("a.txt", "护河");
  for (int k = 0; k <= static_cast<int>(WorkKind::collection); ++k) {
    write("sources.toml", "kind = \"" + std::string(name(static_cast<WorkKind>(k))) + "\"\nrank = 3\n");
    EXPECT_TRUE(read_paths({path("a.txt")}).diagnostics.empty()) << k;
  }
  for (int c = 0; c <= static_cast<int>(Copy::compilation); ++c) {
    write("sources.toml", "copy = \"" + std::string(name(static_cast<Copy>(c))) + "\"\nrank = \"2\"\n");
    EXPECT_TRUE(read_paths({path("a.txt")}).diagnostics.empty()) << c;
  }
}

class Files : public Folder {};

TEST_F(Files, WhatSuyuanWroteIsNoText) {
  write("a.txt", "护河先要识河");
  write("r.json", "{\"schema\":\"suyuan.report/1\",\n\"works\":[]}");
  write("r.jsonl", "{\"schema\":\"suyuan.chain/1\",\"text\":\"护河\"}\n");
  write("r.html",
        "<!DOCTYPE html>\n<html><head><meta name=\"generator\" "
        "content=\"suyuan\"></head><body><p>护河</p></body></html>");
  write("v.csv", "\xEF\xBB\xBF序号,稿件,稿中位置,引文,判定\r\n1,a,1:1,护河,\r\n");
  write("r.csv", "\xEF\xBB\xBFpassage,siglum,kind,occasion,published,reading,place\r\nc1,a,,,,护河,\r\n");
  write("page.html",
        "<!DOCTYPE html>\n<html><head><meta name=\"generator\" "
        "content=\"Hugo\"></head><body><p>护河先要识河</p></body></html>");
  const Sources s = read_paths({path("")});
  EXPECT_EQ(names(s), (Names{"a.txt", "page.html"}));
  EXPECT_EQ(codes(s), (Names{"skipped", "skipped", "skipped", "skipped", "skipped"}));
}

TEST_F(Files, NothingUnderThePackagesNameIsDamaged) {
  write("a.docx", "");
  write("a.txt", "");
  const Sources s = read_paths({path("")});
  EXPECT_EQ(codes(s), (Names{"damaged-package", "empty"}));
}

TEST_F(Files, PatternsAreExpanded) {
  for (const char* name :
       {"河一.txt", "河二.txt", "田.txt", "深/河三.txt", "深/更深/河四.md", ".隐/河五.txt", "深/x.html"})
    write(name, "护河");
  const auto found = [&](const std::string& pattern) { return names(read_paths({path(pattern)})); };
  EXPECT_EQ(found("河?.txt"), (Names{"河一.txt", "河二.txt"}));
  EXPECT_EQ(found("*.txt"), (Names{"河一.txt", "河二.txt", "田.txt"}));
  EXPECT_EQ(found("河[!一].txt"), (Names{"河二.txt"}));
  EXPECT_EQ(found("**/河*"), (Names{"河一.txt", "河二.txt", "深/更深/河四.md", "深/河三.txt"}));
  EXPECT_EQ(found("*/*.html"), (Names{"深/x.html"}));
  EXPECT_EQ(found(".*/*"), (Names{".隐/河五.txt"}));
  EXPECT_EQ(codes(read_paths({path("*.pdf")})), Names{"not-found"});
  write("怪[1].txt", "识河");
  EXPECT_EQ(found("怪[1].txt"), (Names{"怪[1].txt"})) << "a file of that name comes first";
}

TEST_F(Files, Patterns) {
  const auto matches = [](const char32_t* name, const char32_t* pattern) { return matches_pattern(name, pattern); };
  EXPECT_TRUE(matches(U"abc", U"a*c") && matches(U"ac", U"a*c") && matches(U"abcbc", U"a*bc") &&
              matches(U"", U"*"));
  EXPECT_FALSE(matches(U"abd", U"a*c") || matches(U"", U"?") || matches(U"ab", U"a"));
  EXPECT_TRUE(matches(U"b", U"[a-c]") && matches(U"]", U"[]]") && matches(U"d", U"[^a-c]") && matches(U"[", U"["));
  EXPECT_FALSE(matches(U"d", U"[a-c]") || matches(U"b", U"[!a-c]"));
  EXPECT_FALSE(matches(std::u32string(5000, U'a').c_str(), U"*a*a*a*a*a*a*a*a*b"));
}

TEST_F(Files, WhatIsNoFileIsSaidAndTheOthersRead) {
  write("a.txt", "护河");
  ASSERT_EQ(::mkfifo(path("pipe.txt").c_str(), 0600), 0);
  const int listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  fs::current_path(root_);
  std::string("s.txt").copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  fs::current_path("/");
  fs::create_symlink("loop.txt", root_ / "loop.txt");
  fs::create_symlink("nowhere", root_ / "gone.txt");
  fs::create_directory_symlink(".", root_ / "self");
  const Sources s = read_paths({root_.string(), "/dev/null"});
  EXPECT_EQ(names(s), Names{"a.txt"});
  EXPECT_EQ(codes(s), (Names{"link-loop", "not-a-file", "not-a-file", "not-a-file", "not-found", "skipped"}));
  for (const char* name : {"loop.txt", "pipe.txt", "s.txt", "gone.txt"})
    EXPECT_EQ(read_paths({path(name)}).diagnostics.size(), 1U);
  ::close(listening);
  if (::geteuid() != 0) {
    fs::permissions(root_ / "a.txt", fs::perms::none);
    EXPECT_EQ(codes(read_paths({path("a.txt")})), Names{"unreadable"});
  }
}

TEST_F(Files, AFileThatShrinksIsAnErrorAndOneThatGrowsIsReadToItsEnd) {
  write("a.txt", "0123456789");
  const auto read = [&](std::uint64_t expected) {
    const int file = ::open(path("a.txt").c_str(), O_RDONLY);
    auto out = read_open_file(file, expected, "a.txt");
    ::close(file);
    return out;
  };
  EXPECT_EQ(read(10).value(), "0123456789");
  EXPECT_EQ(read(4).value(), "0123456789");
  EXPECT_EQ(read(0).value(), "0123456789");
  EXPECT_EQ(read(20).error().code, "changed");
}

}  // namespace
}  // namespace suyuan
