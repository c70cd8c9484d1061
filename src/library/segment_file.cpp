// Segment files: written once, from front to back; read under checksums.
#include "library/segment_file.hpp"

#include <algorithm>

#include "library/bytes.hpp"
#include "library/checksum.hpp"

namespace suyuan::library {

namespace {

constexpr std::string_view kMagic = "SUYUANSG";
constexpr std::uint64_t kTrailer = 40, kRow = 24;
constexpr std::uint32_t kMostSections = 64;

bool known(SectionKind section) {
  return section >= SectionKind::derived || (section >= SectionKind::sources && section <= SectionKind::text);
}

}  // namespace

SegmentWriter::SegmentWriter(FileLayer& files, const std::string& folder, std::uint64_t number)
    : file_(files, folder + '/' + segment_name(number)), number_(number) {}

void SegmentWriter::begin(SectionKind section) {
  pad();
  sections_.push_back({section, file_.size(), 0});
}

void SegmentWriter::append(std::string_view bytes) {
  sections_.back().size += bytes.size();
  write(bytes);
}

void SegmentWriter::write(std::string_view bytes) {
  file_.append(bytes);
  while (!bytes.empty()) {
    const std::size_t fits = std::min<std::size_t>(bytes.size(), kBlock - block_.size());
    block_ += bytes.substr(0, fits);
    bytes.remove_prefix(fits);
    if (block_.size() == kBlock) end_block();
  }
}

void SegmentWriter::pad() { write(std::string((8 - file_.size() % 8) % 8, '\0')); }

void SegmentWriter::end_block() {
  checksums_.push_back(checksum(block_));
  block_.clear();
}

std::optional<Error> SegmentWriter::finish(SegmentEntry& entry) {
  pad();
  const std::uint64_t size = file_.size();
  if (!block_.empty()) end_block();
  std::string tail;
  for (const Placed& s : sections_) {
    put(tail, static_cast<std::uint32_t>(s.section));
    put(tail, std::uint32_t{0});
    put(tail, s.offset);
    put(tail, s.size);
  }
  for (const std::uint64_t c : checksums_) put(tail, c);
  tail += kMagic;
  put(tail, kFormat);
  put(tail, static_cast<std::uint32_t>(sections_.size()));
  put(tail, size);
  put(tail, number_);
  entry.number = number_;
  entry.tail = checksum(tail);
  put(tail, entry.tail);
  file_.append(tail);
  entry.bytes = file_.size();
  return file_.finish();
}

Result<std::shared_ptr<const SegmentFile>> SegmentFile::open(const std::string& folder, const SegmentEntry& entry) {
  const std::string path = folder + '/' + segment_name(entry.number);
  Result<Mapping> mapping = Mapping::open(path);
  if (!mapping) return tl::unexpected(std::move(mapping).error());
  std::shared_ptr<SegmentFile> out(new SegmentFile(path, *std::move(mapping)));
  const std::string_view all = out->mapping_.bytes();
  const auto fail = [&](std::uint64_t at, const std::string& what) {
    return tl::unexpected(out->damaged(at, what));
  };
  if (all.size() != entry.bytes)
    return fail(
        std::min<std::uint64_t>(all.size(), entry.bytes),
        "has " + std::to_string(all.size()) + " bytes where " + std::to_string(entry.bytes) + " were written");
  if (all.size() < kTrailer) return fail(0, "is no segment");
  const std::string_view trailer = all.substr(all.size() - kTrailer);
  const auto sections = get<std::uint32_t>(trailer, 12);
  const auto size = get<std::uint64_t>(trailer, 16);
  const std::uint64_t at = std::min<std::uint64_t>(size, all.size());
  const std::uint64_t blocks = at / kBlock + (at % kBlock != 0);
  if (trailer.substr(0, 8) != kMagic || sections > kMostSections || size != at ||
      all.size() - at != sections * kRow + blocks * 8 + kTrailer)
    return fail(all.size() - kTrailer, "its last bytes are damaged");
  const std::string_view tail = all.substr(at, all.size() - at - 8);
  if (get<std::uint64_t>(trailer, 32) != entry.tail || checksum(tail) != entry.tail ||
      get<std::uint64_t>(trailer, 24) != entry.number)
    return fail(at, "its table of contents is damaged");
  if (const auto version = get<std::uint32_t>(trailer, 8); version != kFormat)
    return tl::unexpected(Error{"library-version", "this segment has format " + std::to_string(version), path,
                                std::nullopt, "use the version of suyuan that made it"});
  out->data_ = all.substr(0, at);
  out->checksums_ = tail.substr(sections * kRow, blocks * 8);
  std::uint64_t end = 0;
  for (std::uint32_t i = 0; i < sections; ++i) {
    const auto kind = static_cast<SectionKind>(get<std::uint32_t>(tail, i * kRow));
    const auto offset = get<std::uint64_t>(tail, i * kRow + 8), length = get<std::uint64_t>(tail, i * kRow + 16);
    if (offset < end || offset > at || length > at - offset || out->find(kind) != nullptr)
      return fail(at, "its table of contents contradicts itself");
    if (!known(kind))
      return tl::unexpected(Error{"library-version",
                                  "holds a section of kind " + std::to_string(static_cast<std::uint32_t>(kind)) +
                                      ", which this program does not know",
                                  path, std::nullopt, "use the version of suyuan that made it"});
    end = offset + length;
    out->sections_.push_back({kind, offset, length});
  }
  out->verified_ = std::make_unique<std::atomic<bool>[]>(static_cast<std::size_t>(blocks));
  return std::shared_ptr<const SegmentFile>(std::move(out));
}

const SegmentFile::Placed* SegmentFile::find(SectionKind section) const {
  const auto found =
      std::find_if(sections_.begin(), sections_.end(), [&](const Placed& s) { return s.section == section; });
  return found == sections_.end() ? nullptr : &*found;
}

bool SegmentFile::has(SectionKind section) const { return find(section) != nullptr; }
std::uint64_t SegmentFile::size(SectionKind section) const {
  const Placed* placed = find(section);
  return placed == nullptr ? 0 : placed->size;
}
std::uint64_t SegmentFile::offset(SectionKind section) const {
  const Placed* placed = find(section);
  return placed == nullptr ? 0 : placed->offset;
}

bool SegmentFile::verify(std::uint64_t block) const {
  if (verified_[block].load(std::memory_order_relaxed)) return true;
  const bool good = checksum(data_.substr(block * kBlock, kBlock)) == get<std::uint64_t>(checksums_, block * 8);
  if (good) verified_[block].store(true, std::memory_order_relaxed);
  return good;
}

Result<std::string_view> SegmentFile::bytes(SectionKind section, std::uint64_t offset, std::uint64_t size) const {
  const Placed* placed = find(section);
  if (placed == nullptr || offset > placed->size || size > placed->size - offset)
    return tl::unexpected(damaged(data_.size(), "refers to bytes that it does not hold"));
  const std::uint64_t begin = placed->offset + offset;
  for (std::uint64_t block = begin / kBlock; block * kBlock < begin + size; ++block)
    if (!verify(block))
      return tl::unexpected(damaged(block * kBlock, "is damaged: the checksum of a block does not fit"));
  return data_.substr(begin, size);
}

std::vector<std::uint64_t> SegmentFile::damaged_blocks() const {
  std::vector<std::uint64_t> out;
  for (std::uint64_t block = 0; block * kBlock < data_.size(); ++block)
    if (!verify(block)) out.push_back(block * kBlock);
  return out;
}

Error SegmentFile::damaged(std::uint64_t at, const std::string& what) const {
  return {"damaged", what, path_, at, "run `suyuan check` on the library"};
}

}  // namespace suyuan::library
