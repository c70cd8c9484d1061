// child.hpp: another program run for one answer, within limits; for forms that only others can read.
//
// The program is started without a shell, in a process group and an empty folder of its own, with nothing on
// standard input and none of our files open. It is ended, with its group, at the first limit it meets. What is left
// of it beyond that (a process that left the group) has the same limits of processor time and memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suyuan {

// A folder of our own under TMPDIR, removed with all in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  bool ok() const { return !path_.empty(); }
  const std::string& path() const { return path_; }
  // The path of the new file; empty where the disk refuses it.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::string path_;
};

struct ChildLimits {
  std::chrono::milliseconds wall{2000};
  std::uint32_t cpu_seconds = 1;
  std::uint64_t memory = std::uint64_t{512} << 20;     // address space
  std::uint64_t output = std::uint64_t{64} << 20;      // of standard output
  std::uint64_t file_size = std::uint64_t{256} << 20;  // of each file it writes
};

struct ChildEnd {
  enum class How : std::uint8_t {
    exited,         // with `status`
    missing,        // no such program on PATH
    not_started,    // the system refused
    out_of_time,    // by the clock or by the processor
    out_of_output,  // wrote more than it may
    stopped,        // the receiver had enough
    crashed,        // by a signal
  };
  How how = How::not_started;
  int status = 0;
  std::string said;  // the beginning of what it wrote on standard error
};

// Where the program lies on PATH.
std::optional<std::string> find_program(const std::string& name);

// `take` gets standard output as it comes and returns false when it has had enough.
ChildEnd run_child(const std::vector<std::string>& command, const TemporaryFolder& folder,
                   const ChildLimits& limits, const std::function<bool(std::string_view)>& take);

}  // namespace suyuan
