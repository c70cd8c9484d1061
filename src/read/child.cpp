// Child processes: fork and exec, limits, the end of them.
#include "read/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace suyuan {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kSaid = 4096;
constexpr std::chrono::milliseconds kLinger{200};  // for output that is under way when the program has ended

class Pipe {
 public:
  Pipe() : ok_(::pipe2(ends_.data(), O_CLOEXEC) == 0) {}
  ~Pipe() { close_read(), close_write(); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  bool ok() const { return ok_; }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read() { close(ends_[0]); }
  void close_write() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
  bool ok_;
};

template <class Resource>
void limit(Resource what, rlim_t value) {
  rlimit now{};
  if (::getrlimit(what, &now) != 0) return;
  const rlim_t most = now.rlim_max == RLIM_INFINITY ? value : std::min(value, now.rlim_max);
  const rlimit wanted{most, most};
  ::setrlimit(what, &wanted);
}

struct Prepared {
  std::vector<char*> arguments, environment;
  const char* program = nullptr;
  const char* folder = nullptr;
};

// Between fork and exec only what is safe in a process of many threads.
[[noreturn]] void become(const Prepared& to, const ChildLimits& limits, int nothing, int out, int err, int failed,
                         pid_t parent) {
  ::setpgid(0, 0);
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
#else
  (void)parent;
#endif
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_CPU, limits.cpu_seconds);
  limit(RLIMIT_AS, limits.memory);
  limit(RLIMIT_FSIZE, limits.file_size);
  limit(RLIMIT_CORE, 0);
  if (::dup2(nothing, 0) == 0 && ::dup2(out, 1) == 1 && ::dup2(err, 2) == 2 && ::chdir(to.folder) == 0) {
    // Ours are closed on exec; those of a program that holds us may not be.
    const long most = std::min<long>(::sysconf(_SC_OPEN_MAX), 4096);
    for (int file = 3; file < most; ++file)
      if (file != failed) ::close(file);
    ::execve(to.program, to.arguments.data(), to.environment.data());
  }
  const int why = errno;
  const ssize_t ignored = ::write(failed, &why, sizeof why);
  ::_exit(ignored > 0 ? 127 : 126);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const char* base = std::getenv("TMPDIR");
  std::string name = std::string(base != nullptr && *base == '/' ? base : "/tmp") + "/suyuan-XXXXXX";
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, std::string_view bytes) const {
  if (!ok()) return {};
  const std::string path = path_ + "/" + name;
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return {};
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), std::min<std::size_t>(bytes.size(), std::size_t{1} << 30));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::close(file) == 0 && bytes.empty() ? path : std::string();
}

std::optional<std::string> find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string file = std::string(rest.substr(0, end)) + "/" + name;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    struct stat status {};
    if (file.front() == '/' && ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
        ::access(file.c_str(), X_OK) == 0)
      return file;
  }
  return std::nullopt;
}

ChildEnd run_child(const std::vector<std::string>& command, const TemporaryFolder& folder,
                   const ChildLimits& limits, const std::function<bool(std::string_view)>& take) {
  ChildEnd end;
  const std::optional<std::string> program = find_program(command.front());
  if (!program) {
    end.how = ChildEnd::How::missing;
    return end;
  }
  const char* path = std::getenv("PATH");
  std::vector<std::string> environment{"PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin"),
                                       "HOME=" + folder.path(), "TMPDIR=" + folder.path(), "LC_ALL=C.UTF-8"};
  std::vector<std::string> words = command;
  Prepared to;
  for (std::string& word : words) to.arguments.push_back(word.data());
  to.arguments.push_back(nullptr);
  for (std::string& word : environment) to.environment.push_back(word.data());
  to.environment.push_back(nullptr);
  to.program = program->c_str();
  to.folder = folder.path().c_str();

  Pipe out, err, failed;
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (!out.ok() || !err.ok() || !failed.ok() || nothing < 0 || !folder.ok()) {
    if (nothing >= 0) ::close(nothing);
    return end;
  }
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) become(to, limits, nothing, out.write_end(), err.write_end(), failed.write_end(), parent);
  ::close(nothing);
  out.close_write(), err.close_write(), failed.close_write();
  if (child < 0) return end;
  ::setpgid(child, child);

  int why = 0;
  ssize_t got = 0;
  do got = ::read(failed.read_end(), &why, sizeof why);
  while (got < 0 && errno == EINTR);
  // Not reaped before its group is killed: until then the number is the group's.
  const auto ended = [&] {
    siginfo_t info{};
    const int done = ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    return done == 0 ? info.si_pid == child : errno != EINTR;
  };
  const auto reap = [&] {
    ::kill(-child, SIGKILL);
    ::kill(child, SIGKILL);
    int status = 0;
    pid_t done = 0;
    do done = ::waitpid(child, &status, 0);
    while (done < 0 && errno == EINTR);
    return status;
  };
  if (got > 0) {
    reap();
    return end;
  }
  bool alive = true;

  end.how = ChildEnd::How::exited;
  auto deadline = Clock::now() + limits.wall;
  std::uint64_t written = 0;
  std::array<char, 1 << 16> buffer{};
  const auto drain = [&](Pipe& from, bool is_output) {
    const ssize_t n = ::read(from.read_end(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) return;
    if (n <= 0) return from.close_read();
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(n));
    if (!is_output) {
      end.said += piece.substr(0, kSaid - std::min(kSaid, end.said.size()));
      return;
    }
    written += piece.size();
    if (written > limits.output)
      end.how = ChildEnd::How::out_of_output;
    else if (!take(piece))
      end.how = ChildEnd::How::stopped;
  };
  while (end.how == ChildEnd::How::exited && (alive || out.read_end() >= 0 || err.read_end() >= 0)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      if (alive) end.how = ChildEnd::How::out_of_time;
      break;
    }
    std::array<pollfd, 2> wait{{{out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
    const int ready = ::poll(wait.data(), wait.size(), static_cast<int>(std::min<std::int64_t>(left.count(), 10)));
    if (ready < 0 && errno != EINTR) break;
    if (ready > 0) {
      if (wait[0].revents != 0) drain(out, true);
      if (wait[1].revents != 0) drain(err, false);
    }
    if (alive && ended()) {
      alive = false;
      // Others may hold the pipes open after the program has ended.
      deadline = std::min(deadline, Clock::now() + kLinger);
    }
  }
  const int status = reap();
  if (end.how != ChildEnd::How::exited) return end;
  if (WIFEXITED(status)) {
    end.status = WEXITSTATUS(status);
  } else if (WIFSIGNALED(status)) {
    const bool time = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL;
    end.how = time ? ChildEnd::How::out_of_time : ChildEnd::How::crashed;
    end.status = WTERMSIG(status);
  }
  return end;
}

}  // namespace suyuan
