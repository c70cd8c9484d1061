// Programs that hang, flood, fork and break: each is ended within its limits.
#include "read/child.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "read/foreign.hpp"
#include "suyuan/read.hpp"

namespace suyuan {
namespace {

using std::chrono::milliseconds;

class ChildTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(bin_.ok());
    old_ = std::getenv("PATH");
    ::setenv("PATH", (bin_.path() + ":" + old_).c_str(), 1);
  }
  void TearDown() override { ::setenv("PATH", old_.c_str(), 1); }

  void program(const std::string& script, const std::string& name = "fake") {
    const std::string path = bin_.write(name, "#!/bin/sh\n" + script + "\n");
    ::chmod(path.c_str(), 0700);
  }

  ChildEnd run(ChildLimits limits = {}) {
    const auto from = std::chrono::steady_clock::now();
    const ChildEnd end = run_child({"fake", "a word"}, folder_, limits, [&](std::string_view piece) {
      out_ += piece;
      return out_.size() < most_;
    });
    took_ = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - from);
    return end;
  }

  static bool ends(pid_t process) {
    for (int i = 0; i < 100; ++i) {
      std::ifstream state("/proc/" + std::to_string(process) + "/stat");
      std::string pid, name, letter;
      if (!(state >> pid >> name >> letter) || letter == "Z") return true;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return false;
  }

  // No child of ours, alive or dead and not asked for, and none of its children.
  void nothing_is_left(const std::string& name) {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    pid_t grandchild = 0;
    std::ifstream(bin_.path() + "/" + name + ".pid") >> grandchild;
    ASSERT_GT(grandchild, 0);
    EXPECT_TRUE(ends(grandchild));
  }

  TemporaryFolder bin_, folder_;
  std::string old_, out_;
  std::size_t most_ = 1 << 30;
  milliseconds took_{};
};

using How = ChildEnd::How;

TEST_F(ChildTest, GivesWhatTheProgramSays) {
  program("cat; echo \"$1\"; echo oh >&2; exit 3");
  const ChildEnd end = run();
  EXPECT_EQ(end.how, How::exited);
  EXPECT_EQ(end.status, 3);
  EXPECT_EQ(out_, "a word\n");
  EXPECT_EQ(end.said, "oh\n");
}

TEST_F(ChildTest, WordsAreNoShell) {
  program("printf %s \"$1\"");
  std::string out;
  run_child({"fake", "$(echo x); `id` > y"}, folder_, {}, [&](std::string_view piece) {
    out += piece;
    return true;
  });
  EXPECT_EQ(out, "$(echo x); `id` > y");
}

TEST_F(ChildTest, SaysThatAProgramIsMissing) {
  const ChildEnd end = run_child({"no-such-program-anywhere"}, folder_, {}, [](std::string_view) { return true; });
  EXPECT_EQ(end.how, How::missing);
}

TEST_F(ChildTest, EndsOneThatSleeps) {
  program("sleep 60");
  ChildLimits limits;
  limits.wall = milliseconds(300);
  EXPECT_EQ(run(limits).how, How::out_of_time);
  EXPECT_LT(took_, milliseconds(1500));
}

TEST_F(ChildTest, EndsOneThatWorksForEver) {
  program("while :; do :; done");
  ChildLimits limits;
  limits.wall = milliseconds(20000);
  EXPECT_EQ(run(limits).how, How::out_of_time);
  EXPECT_LT(took_, milliseconds(10000));
}

TEST_F(ChildTest, EndsItsChildrenToo) {
  program("sleep 61 & echo $!; sleep 62");
  ChildLimits limits;
  limits.wall = milliseconds(300);
  EXPECT_EQ(run(limits).how, How::out_of_time);
  const pid_t grandchild = std::atoi(out_.c_str());
  ASSERT_GT(grandchild, 0);
  EXPECT_TRUE(ends(grandchild));
}

// The programs that are asked hang as the worst do: deaf to signals, with children of their own.
constexpr const char* kHangs =
    "trap '' TERM INT HUP; (trap '' TERM; sleep 65) & echo $! > \"$0.pid\"; while :; do sleep 66; done";

TEST_F(ChildTest, LibreOfficeThatHangsIsAnErrorInTime) {
  program(kHangs, "soffice");
  const auto from = std::chrono::steady_clock::now();
  const Result<std::string> out = convert_old("{\\rtf1 x}", OldForm::rtf, "a.rtf", std::chrono::seconds(1));
  EXPECT_LT(std::chrono::steady_clock::now() - from, milliseconds(2000));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, "office-time");
  EXPECT_EQ(out.error().message, "LibreOffice took more than 1 s for it and was stopped");
  EXPECT_NE(out.error().help, "");
  nothing_is_left("soffice");
}

TEST_F(ChildTest, PdftotextThatHangsIsAnErrorInTime) {
  program(kHangs, "pdftotext");
  const auto from = std::chrono::steady_clock::now();
  const Sources out = read_bytes("%PDF-1.7\n", "a.pdf");
  EXPECT_LT(std::chrono::steady_clock::now() - from, milliseconds(2000));
  EXPECT_TRUE(out.documents.empty());
  ASSERT_EQ(out.diagnostics.size(), 1U);
  EXPECT_EQ(out.diagnostics[0].what.code, "pdf-time");
  EXPECT_EQ(out.diagnostics[0].what.source, "a.pdf");
  EXPECT_NE(out.diagnostics[0].what.help, "");
  nothing_is_left("pdftotext");
}

TEST_F(ChildTest, DoesNotWaitForOneThatWentToTheBackground) {
  program("sleep 60 & exit 0");
  EXPECT_EQ(run().how, How::exited);
  EXPECT_LT(took_, milliseconds(1500));
}

TEST_F(ChildTest, EndsOneThatFloods) {
  program("yes");
  ChildLimits limits;
  limits.output = 1 << 20;
  EXPECT_EQ(run(limits).how, How::out_of_output);
  EXPECT_LE(out_.size(), std::size_t{1} << 20);
}

TEST_F(ChildTest, BearsOneThatFloodsTheOtherWay) {
  program("yes >&2");
  ChildLimits limits;
  limits.wall = milliseconds(400);
  const ChildEnd end = run(limits);
  EXPECT_EQ(end.how, How::out_of_time);
  EXPECT_EQ(end.said.size(), 4096U);
}

TEST_F(ChildTest, StopsWhenTheReceiverHasEnough) {
  program("yes");
  most_ = 1000;
  EXPECT_EQ(run().how, How::stopped);
}

TEST_F(ChildTest, EndsOneThatGrows) {
  program("x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done");
  ChildLimits limits;
  limits.memory = std::uint64_t{100} << 20;
  limits.cpu_seconds = 10;
  limits.wall = milliseconds(10000);
  const ChildEnd end = run(limits);
  EXPECT_TRUE(end.how == How::crashed || (end.how == How::exited && end.status != 0));
}

TEST_F(ChildTest, TellsACrash) {
  program("kill -SEGV $$");
  const ChildEnd end = run();
  EXPECT_EQ(end.how, How::crashed);
  EXPECT_EQ(end.status, SIGSEGV);
}

TEST_F(ChildTest, ForkBombsEndWithTheirGroup) {
  program("[ \"$2\" ] || { f() { sleep 63 & }; i=0; while [ $i -lt 40 ]; do f; i=$((i+1)); done; }; sleep 64");
  ChildLimits limits;
  limits.wall = milliseconds(500);
  EXPECT_EQ(run(limits).how, How::out_of_time);
  EXPECT_LT(took_, milliseconds(3000));
}

TEST(TemporaryFolderTest, IsRemovedWithAllInIt) {
  std::string path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    EXPECT_FALSE(folder.write("a", "b").empty());
    EXPECT_TRUE(folder.write("a", "b").empty());  // there already
    std::filesystem::create_directories(path + "/x/y");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace suyuan
