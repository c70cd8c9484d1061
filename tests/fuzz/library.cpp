// Any bytes as a part of a library, by the first byte: the manifest, a segment's file, the sections of a segment.
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "fuzz/target.hpp"
#include "library/checksum.hpp"
#include "library/manifest.hpp"
#include "library/records.hpp"
#include "library/segment_file.hpp"
#include "library/segmentation.hpp"
#include "read/child.hpp"

namespace {

using namespace suyuan;
using namespace suyuan::library;

// A checksum would turn every change away: it is made right, so that what it guards is reached.
void open_segment(std::string bytes) {
  static const TemporaryFolder folder;
  constexpr std::size_t kTrailer = 40;
  SegmentEntry entry;
  entry.number = 7;
  entry.bytes = bytes.size();
  if (bytes.size() >= kTrailer) {
    std::memcpy(&bytes[bytes.size() - 16], &entry.number, 8);
    std::uint64_t data = 0;
    std::memcpy(&data, &bytes[bytes.size() - 24], 8);
    if (data <= bytes.size() - 8) {
      entry.tail = checksum(std::string_view(bytes).substr(data, bytes.size() - 8 - data));
      std::memcpy(&bytes[bytes.size() - 8], &entry.tail, 8);
    }
  }
  std::ofstream(folder.path() + "/" + segment_name(entry.number), std::ios::binary | std::ios::trunc) << bytes;
  const auto file = SegmentFile::open(folder.path(), entry);
  if (!file) return;
  for (const SectionKind kind : {SectionKind::sources, SectionKind::documents, SectionKind::records,
                                 SectionKind::text, SectionKind::made, SectionKind::segmentations})
    if ((*file)->has(kind)) static_cast<void>((*file)->bytes(kind));
  static_cast<void>((*file)->damaged_blocks());
}

}  // namespace

int target(std::string bytes) {
  if (bytes.size() < 5) return 0;
  const char part = bytes.front();
  bytes.erase(0, 1);
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data(), 4);
  const std::string_view rest = std::string_view(bytes).substr(4);
  switch (part) {
    case 'm':
      if (const auto manifest = parse_manifest(bytes, "m"))
        if (!parse_manifest(to_text(*manifest), "m")) __builtin_trap();
      break;
    case 'f':
      open_segment(std::move(bytes));
      break;
    case 's':
      if (const auto sources = decode_sources(rest, number))
        for (const SourceRecord& source : *sources) static_cast<void>(encode(source));
      break;
    case 'g':
      if (const auto made = decode_segmentation(rest, number)) static_cast<void>(encode(*made));
      break;
    case 'd': {
      DocumentRow row;
      row.characters = number & 0xFFFF;
      const std::size_t cut = std::min<std::size_t>(number >> 16, rest.size());
      const auto document = decode_document(rest.substr(0, cut), rest.substr(cut), row,
                                            SourceRecord{"a", std::string(64, '0'), "", 1, {}});
      if (!document) break;
      for (std::uint32_t i = 0; i < document->text.size(); ++i) static_cast<void>(document->position(i));
      if (encode(*document).empty()) __builtin_trap();
      break;
    }
    default:
      break;
  }
  return 0;
}
