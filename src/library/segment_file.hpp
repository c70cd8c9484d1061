// segment_file.hpp: immutable files of sections, each block of 64 KiB under a checksum: docs/library.md.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "library/manifest.hpp"
#include "library/storage.hpp"

namespace suyuan::library {

inline constexpr std::uint64_t kBlock = std::uint64_t{1} << 16;

// docs/library.md says what each holds.
enum class SectionKind : std::uint32_t {
  sources = 1,
  documents = 2,
  records = 3,
  text = 4,
  derived = 0x8000,  // from here on: made from the others
  made = 0x8001,
  segmentations = 0x8002,
  works = 0x8003,
  outlets = 0x8004,
  letters = 0x8005,
  rare = 0x8006,
  postings = 0x8007,
  places = 0x8008,
  titles = 0x8009,
};

class SegmentWriter {
 public:
  SegmentWriter(FileLayer& files, const std::string& folder, std::uint64_t number);

  void begin(SectionKind section);  // in order of kind
  void append(std::string_view bytes);
  // The file is on the disk, under its name; `entry` says its size and checksum.
  std::optional<Error> finish(SegmentEntry& entry);

 private:
  void write(std::string_view bytes);
  void pad();
  void end_block();

  struct Placed {
    SectionKind section;
    std::uint64_t offset, size;
  };
  NewFile file_;
  std::uint64_t number_;
  std::vector<Placed> sections_;
  std::string block_;
  std::vector<std::uint64_t> checksums_;
};

// Safe from several threads.
class SegmentFile {
 public:
  // Sizes and tail are checked here, blocks when they are touched.
  static Result<std::shared_ptr<const SegmentFile>> open(const std::string& folder, const SegmentEntry& entry);

  const std::string& path() const { return path_; }
  bool has(SectionKind section) const;
  std::uint64_t size(SectionKind section) const;  // 0 where there is none
  // REQUIRES: has(section). Errors: "damaged", with the byte where the damaged block begins.
  Result<std::string_view> bytes(SectionKind section, std::uint64_t offset, std::uint64_t size) const;
  Result<std::string_view> bytes(SectionKind section) const { return bytes(section, 0, size(section)); }
  // Asks for a byte that will be read soon, without checking anything. REQUIRES: the section has it
  void look_ahead(SectionKind section, std::uint64_t at) const {
    __builtin_prefetch(data_.data() + find(section)->offset + at);
  }
  // Gives the memory of what was looked at back; it is read again where it is needed.
  void rest() const { mapping_.rest(); }
  // Every block; the offsets of those that are damaged.
  std::vector<std::uint64_t> damaged_blocks() const;
  std::uint64_t offset(SectionKind section) const;

  Error damaged(std::uint64_t at, const std::string& what) const;

 private:
  SegmentFile(std::string path, Mapping mapping) : path_(std::move(path)), mapping_(std::move(mapping)) {}
  struct Placed {
    SectionKind section;
    std::uint64_t offset, size;
  };
  const Placed* find(SectionKind section) const;
  bool verify(std::uint64_t block) const;

  std::string path_;
  Mapping mapping_;
  std::string_view data_, checksums_;
  std::vector<Placed> sections_;
  mutable std::unique_ptr<std::atomic<bool>[]> verified_;
};

}  // namespace suyuan::library
