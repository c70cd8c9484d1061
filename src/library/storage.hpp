// storage.hpp: what the library does to a disk, and no more than that: each operation alone can fail, and tests
// make it fail.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan::library {

// The operations that change something. Each returns 0 or what errno would say.
class FileLayer {
 public:
  virtual ~FileLayer() = default;
  virtual int make_folder(const std::string& path) = 0;
  virtual int create(const std::string& path, int& file) = 0;                     // for writing; must not exist
  virtual int write(int file, std::string_view bytes, std::size_t& written) = 0;  // may write less than asked
  virtual int sync(int file) = 0;
  virtual int close(int file) = 0;
  virtual int rename(const std::string& from, const std::string& to) = 0;
  virtual int remove(const std::string& path) = 0;
  virtual int sync_folder(const std::string& path) = 0;
};
FileLayer& real_files();

Error failed(const std::string& path, std::string_view what, int number);

// A file that is being written. Unless finish() succeeded it is removed again.
class NewFile {
 public:
  NewFile(FileLayer& files, std::string path);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  void append(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  // Written, on the disk and closed; the first thing that failed otherwise.
  std::optional<Error> finish();

 private:
  void flush();
  FileLayer& files_;
  std::string path_, buffer_;
  std::uint64_t size_ = 0;
  int file_ = -1, failure_ = 0;
  std::string_view failed_at_;
  bool finished_ = false;
};

// A file mapped for reading, whole. What is not a file is an error, and nothing is waited for.
class Mapping {
 public:
  static Result<Mapping> open(const std::string& path);
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();

  std::string_view bytes() const { return bytes_; }
  void rest() const;  // its pages are given back until they are looked at again

 private:
  Mapping() = default;
  std::string_view bytes_;
};

// The right to write, until destroyed. Where another process has it, `waiting` is called once, and it is waited
// for.
class WriterLock {
 public:
  static Result<WriterLock> take(const std::string& folder, const std::function<void()>& waiting);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int file) : file_(file) {}
  int file_;
};

// The names in a folder, sorted; nothing where it cannot be listed.
std::optional<std::vector<std::string>> names_in(const std::string& folder);

}  // namespace suyuan::library
