// parts.hpp: the segments of a library, opened, and what is read from them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "library/folded.hpp"
#include "library/manifest.hpp"
#include "library/records.hpp"
#include "library/segment_file.hpp"
#include "library/segmentation.hpp"
#include "suyuan/read.hpp"

namespace suyuan::library {

struct MadeRow {
  static constexpr std::uint64_t kSize = 16;
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
  std::uint32_t notes = 0;  // diagnostics in it
};
void put_row(std::string& to, const MadeRow& row);

struct Segment {
  SegmentEntry entry;
  std::shared_ptr<const SegmentFile> file;
  std::vector<SourceRecord> sources;
  std::vector<DocumentRow> rows;
  std::vector<std::uint32_t> first_row;  // of each source, and the end
  // Where the documents' segmentations stand; empty where there are none of this program's making.
  std::vector<MadeRow> made;
  std::optional<Folded> folded;  // likewise
  std::optional<Error> made_damaged;

  bool live(std::uint32_t source) const { return !contains(entry.removed, source); }
  Result<Document> document(std::uint32_t row) const;
  std::optional<std::string> key(std::uint32_t row) const;  // of the document
  // Nothing where there is none that can be used; `damage` says where it is damaged.
  std::shared_ptr<Segmentation> segmentation(std::uint32_t row, std::optional<Error>& damage) const;
  // Whether what was made of the documents must be made anew.
  bool stale() const;
  // Whether every byte of the source's documents is as it was written.
  bool sound(std::uint32_t source) const;
};
Result<Segment> open_segment(const std::string& folder, const SegmentEntry& entry);

// Rows of the live sources, in order.
std::vector<std::uint32_t> live_rows(const Segment& segment);

// The documents of the live sources; damage is told in `diagnostics`, once for each source.
std::vector<Document> read_segment(const Segment& segment, unsigned jobs, std::vector<Diagnostic>& diagnostics);

}  // namespace suyuan::library
