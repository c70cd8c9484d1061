// Files, folders, mappings and the lock of POSIX.
#include "library/storage.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace suyuan::library {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

class RealFiles : public FileLayer {
 public:
  int make_folder(const std::string& path) override { return ::mkdir(path.c_str(), 0777) == 0 ? 0 : errno; }
  int create(const std::string& path, int& file) override {
    file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return file >= 0 ? 0 : errno;
  }
  int write(int file, std::string_view bytes, std::size_t& written) override {
    const ssize_t got = ::write(file, bytes.data(), bytes.size());
    written = got < 0 ? 0 : static_cast<std::size_t>(got);
    return got < 0 ? errno : 0;
  }
  int sync(int file) override { return ::fsync(file) == 0 ? 0 : errno; }
  int close(int file) override { return ::close(file) == 0 ? 0 : errno; }
  int rename(const std::string& from, const std::string& to) override {
    return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
  }
  int remove(const std::string& path) override { return ::unlink(path.c_str()) == 0 ? 0 : errno; }
  int sync_folder(const std::string& path) override {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return errno;
    const int out = ::fsync(folder) == 0 ? 0 : errno;
    ::close(folder);
    return out;
  }
};

}  // namespace

FileLayer& real_files() {
  static RealFiles files;
  return files;
}

Error failed(const std::string& path, std::string_view what, int number) {
  const bool full = number == ENOSPC || number == EDQUOT;
  return {full ? "disk-full" : "unwritable", std::string(what) + ": " + std::strerror(number), path, std::nullopt,
          full ? "free space and run this again; what was reported before is safe"
               : "check the permissions and the disk; what was reported before is safe"};
}

NewFile::NewFile(FileLayer& files, std::string path) : files_(files), path_(std::move(path)) {
  failure_ = files_.create(path_, file_);
  if (failure_ != 0) failed_at_ = "cannot be created";
}

NewFile::~NewFile() {
  if (finished_) return;
  if (file_ >= 0) {
    files_.close(file_);
    files_.remove(path_);
  }
}

void NewFile::append(std::string_view bytes) {
  size_ += bytes.size();
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void NewFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && failure_ == 0) {
    std::size_t written = 0;
    const int failure = files_.write(file_, rest, written);
    if (failure == EINTR) continue;
    failure_ = failure != 0 || written > 0 ? failure : EIO;
    if (failure_ != 0) failed_at_ = "cannot be written";
    rest.remove_prefix(std::min(written, rest.size()));
  }
  buffer_.clear();
}

std::optional<Error> NewFile::finish() {
  flush();
  if (failure_ == 0) {
    failure_ = files_.sync(file_);
    if (failure_ != 0) failed_at_ = "cannot be brought to the disk";
  }
  if (failure_ != 0) return failed(path_, failed_at_, failure_);
  const int closed = files_.close(std::exchange(file_, -1));
  if (closed != 0) {
    files_.remove(path_);
    return failed(path_, "cannot be closed", closed);
  }
  finished_ = true;
  return std::nullopt;
}

Result<Mapping> Mapping::open(const std::string& path) {
  const auto fail = [&](const std::string& message) {
    return tl::unexpected(Error{"unreadable", message, path, std::nullopt, "check the file and its permissions"});
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) {
    if (errno == ENOENT) return tl::unexpected(Error{"missing", "is missing", path, std::nullopt, ""});
    return fail(std::string("cannot be opened: ") + std::strerror(errno));
  }
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    return fail("is not a file");
  }
  Mapping out;
  if (status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    const int number = errno;
    ::close(file);
    if (at == MAP_FAILED) return fail(std::string("cannot be mapped: ") + std::strerror(number));
    out.bytes_ = {static_cast<const char*>(at), size};
  } else {
    ::close(file);
  }
  return out;
}

void Mapping::rest() const {
  if (!bytes_.empty()) ::madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
}

Mapping::Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}
Mapping::~Mapping() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

Result<WriterLock> WriterLock::take(const std::string& folder, const std::function<void()>& waiting) {
  const std::string path = folder + "/lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0666);
  if (file < 0) return tl::unexpected(failed(path, "cannot be opened for writing", errno));
  struct stat status {};
  int failure = ::fstat(file, &status) != 0 ? errno : S_ISREG(status.st_mode) ? 0 : EINVAL;
  if (failure == 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    failure = errno;
    if (failure == EWOULDBLOCK) {
      if (waiting) waiting();
      do failure = ::flock(file, LOCK_EX) == 0 ? 0 : errno;
      while (failure == EINTR);
    }
  }
  if (failure == 0) return WriterLock(file);
  ::close(file);
  return tl::unexpected(failed(path, "cannot be locked", failure));
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
WriterLock::~WriterLock() {
  if (file_ >= 0) ::close(file_);
}

std::optional<std::vector<std::string>> names_in(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> out;
  fs::directory_iterator entries(folder, error), end;
  for (; !error && entries != end; entries.increment(error)) out.push_back(entries->path().filename().string());
  if (error) return std::nullopt;
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace suyuan::library
