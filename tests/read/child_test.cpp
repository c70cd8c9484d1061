// Programs that hang, flood, fork and break: each is ended within its limits.
#include "read/child.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

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

  void program(const std::string& script) {
    const std::string path = bin_.write("fake", "#!/bin/sh\n" + script + "\n");
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
  bool gone = false;
  for (int i = 0; i < 100 && !gone; ++i) {
    std::ifstream state("/proc/" + std::to_string(grandchild) + "/stat");
    std::string pid, name, letter;
    gone = !(state >> pid >> name >> letter) || letter == "Z";
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_TRUE(gone);
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
