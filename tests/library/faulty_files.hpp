// A file layer over a real folder that fails where it is told to, and that knows what a loss of power would leave:
// of each file what was brought to the disk, of the folder the entries that were.
#pragma once

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "library/storage.hpp"

namespace suyuan::library {

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void spill(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class FaultyFiles : public FileLayer {
 public:
  enum class Fault { none, once, from_then_on, short_write, power_loss };

  FaultyFiles(std::string folder, Fault fault, int at, int number = ENOSPC)
      : folder_(std::move(folder)), fault_(fault), at_(at), number_(number) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      auto inode = std::make_shared<Inode>();
      inode->live = inode->durable = slurp(entry.path());
      live_[entry.path().filename().string()] = inode;
    }
    durable_ = live_;
  }

  int operations() const { return count_; }
  bool struck() const { return count_ > at_; }

  int make_folder(const std::string& path) override { return step() ? number_ : real_files().make_folder(path); }
  int create(const std::string& path, int& file) override {
    if (step()) return number_;
    const int out = real_files().create(path, file);
    if (out != 0) return out;
    open_[file] = std::make_shared<Inode>();
    link(name_of(path), open_[file]);
    return 0;
  }
  int write(int file, std::string_view bytes, std::size_t& written) override {
    const bool strikes = step(true);
    if (strikes && fault_ == Fault::short_write) {
      bytes = bytes.substr(0, bytes.size() / 2 + 1);
    } else if (strikes) {
      // What a full disk still took.
      if (fault_ != Fault::power_loss) real_files().write(file, bytes.substr(0, bytes.size() / 3), written);
      written = 0;
      return number_;
    }
    const int out = real_files().write(file, bytes, written);
    open_[file]->live += bytes.substr(0, written);
    return out;
  }
  int sync(int file) override {
    if (step()) return number_;
    open_[file]->durable = open_[file]->live;
    return 0;
  }
  int close(int file) override {
    const bool strikes = step();
    real_files().close(file);  // a test has only so many
    open_.erase(file);
    return strikes ? number_ : 0;
  }
  int rename(const std::string& from, const std::string& to) override {
    if (step()) return number_;
    const int out = real_files().rename(from, to);
    if (out != 0) return out;
    change([a = name_of(from), b = name_of(to)](Entries& entries) {
      const auto found = entries.find(a);
      if (found == entries.end()) return;
      entries[b] = found->second;
      entries.erase(a);
    });
    return 0;
  }
  int remove(const std::string& path) override {
    if (step()) return number_;
    const int out = real_files().remove(path);
    if (out == 0) change([a = name_of(path)](Entries& entries) { entries.erase(a); });
    return out;
  }
  int sync_folder(const std::string& path) override {
    if (step()) return number_;
    if (path != folder_) return 0;
    durable_ = live_;
    pending_.clear();
    return 0;
  }

  // What may be found after a loss of power now: `kept` is the share of changes to the folder, and of bytes, that
  // reached the disk without having been asked to.
  void materialise(const std::string& folder, double kept, std::mt19937& random) const {
    std::bernoulli_distribution reaches(kept);
    Entries entries = durable_;
    for (const auto& op : pending_)
      if (reaches(random)) op(entries);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const auto& [name, inode] : entries) {
      std::string bytes = inode->durable;
      if (inode->live.size() > bytes.size() && reaches(random)) {
        const std::size_t more =
            std::uniform_int_distribution<std::size_t>(0, inode->live.size() - bytes.size())(random);
        bytes += reaches(random) ? inode->live.substr(bytes.size(), more) : std::string(more, '\0');
      }
      spill(std::filesystem::path(folder) / name, bytes);
    }
  }

 private:
  struct Inode {
    std::string live, durable;
  };
  using Entries = std::map<std::string, std::shared_ptr<Inode>>;

  // Counts an operation; true where it must fail.
  bool step(bool writes = false) {
    const int now = count_++;
    switch (fault_) {
      case Fault::none:
        return false;
      case Fault::once:
        return now == at_;
      case Fault::short_write:
        return writes && now == at_;
      case Fault::from_then_on:
      case Fault::power_loss:
        return now >= at_;
    }
    return false;
  }
  static std::string name_of(const std::string& path) { return std::filesystem::path(path).filename().string(); }
  void link(const std::string& name, std::shared_ptr<Inode> inode) {
    change([name, inode = std::move(inode)](Entries& entries) { entries[name] = inode; });
  }
  void change(std::function<void(Entries&)> op) {
    op(live_);
    pending_.push_back(std::move(op));
  }

  std::string folder_;
  Fault fault_;
  int at_, number_, count_ = 0;
  std::map<int, std::shared_ptr<Inode>> open_;
  Entries live_, durable_;
  std::vector<std::function<void(Entries&)>> pending_;
};

}  // namespace suyuan::library
