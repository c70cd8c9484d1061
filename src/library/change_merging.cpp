// Segments that take the place of others.
#include <algorithm>
#include <utility>

#include "library/change_writer.hpp"
#include "library/remake.hpp"

namespace suyuan::library {

namespace {

constexpr std::size_t kFan = 8;                               // segments of one size that become one
constexpr std::uint64_t kSmallest = std::uint64_t{4} << 20;   // bytes; up to here one size, then by eights
constexpr std::uint64_t kLargest = std::uint64_t{128} << 20;  // from here on not merged

}  // namespace

void Writer::merge() {
  while (!failed_) {
    std::map<std::uint64_t, std::vector<std::uint64_t>> sizes;
    std::vector<std::uint64_t> now;
    for (const SegmentEntry& entry : manifest_.segments) {
      if (broken_.count(entry.number) != 0) continue;
      const std::uint32_t gone = size(entry.removed);
      if (gone * 2 > entry.sources || segments_.at(entry.number).stale()) now = {entry.number};
      if (entry.bytes >= kLargest) continue;
      std::uint64_t of = 0;
      for (std::uint64_t bytes = entry.bytes; bytes >= kSmallest; bytes /= kFan) ++of;
      sizes[of].push_back(entry.number);
    }
    for (const auto& [of, numbers] : sizes)
      if (now.empty() && numbers.size() >= kFan) now = numbers;
    if (now.empty() || !merge(now)) return;
  }
}

bool Writer::merge(const std::vector<std::uint64_t>& numbers) {
  Manifest next = manifest_;
  ++next.generation;
  SegmentEntry entry;
  std::vector<const Segment*> parts;
  for (const std::uint64_t number : numbers) parts.push_back(&segments_.at(number));
  std::string sources, rows;
  std::uint64_t record = 0, text = 0;
  for (const Segment* part : parts)
    for (std::uint32_t s = 0; s < part->sources.size(); ++s) {
      if (!part->live(s)) continue;
      sources += encode(part->sources[s]);
      for (std::uint32_t i = part->first_row[s]; i < part->first_row[s + 1]; ++i) {
        DocumentRow row = part->rows[i];
        row.source = entry.sources;
        row.record = std::exchange(record, record + row.record_size);
        row.text = std::exchange(text, text + row.text_size);
        put_row(rows, row);
        entry.characters += row.characters;
        ++entry.documents;
      }
      ++entry.sources;
    }
  if (entry.sources > 0) {
    SegmentWriter writer(files_, folder_, next.next++);
    writer.begin(SectionKind::sources);
    writer.append(sources);
    writer.begin(SectionKind::documents);
    writer.append(rows);
    for (const SectionKind section : {SectionKind::records, SectionKind::text}) {
      writer.begin(section);
      for (const Segment* part : parts)
        for (const std::uint32_t i : live_rows(*part)) {
          const DocumentRow& row = part->rows[i];
          const auto bytes = section == SectionKind::text ? part->file->bytes(section, row.text, row.text_size)
                                                          : part->file->bytes(section, row.record, row.record_size);
          if (bytes) {
            writer.append(*bytes);
            continue;
          }
          // Damage stays where it is, under its own checksums.
          broken_.insert(part->entry.number);
          say(Severity::error, bytes.error());
          return true;
        }
    }
    std::string made;
    FoldedWriter folded;
    const std::vector<std::string> segmentations = remake(parts, options_.jobs, made, folded);
    writer.begin(SectionKind::made);
    writer.append(fingerprint());
    writer.append(made);
    writer.begin(SectionKind::segmentations);
    for (const std::string& s : segmentations) writer.append(s);
    folded.write(writer, options_.jobs);
    if (!finish(writer, entry)) return false;
  }
  std::erase_if(next.segments, [&](const SegmentEntry& e) {
    return std::find(numbers.begin(), numbers.end(), e.number) != numbers.end();
  });
  if (entry.sources > 0) next.segments.push_back(entry);
  if (!put_in_force(std::move(next))) return false;
  for (const std::uint64_t number : numbers) files_.remove(folder_ + '/' + segment_name(number));
  return true;
}

}  // namespace suyuan::library
