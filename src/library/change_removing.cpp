// Sources, and segments that cannot be read, taken out of what is in force.
#include <algorithm>

#include "library/asked.hpp"
#include "library/change_writer.hpp"

namespace suyuan::library {

namespace {

std::uint64_t characters(const Segment& segment, std::uint32_t source) {
  std::uint64_t out = 0;
  for (std::uint32_t row = segment.first_row[source]; row < segment.first_row[source + 1]; ++row)
    out += segment.rows[row].characters;
  return out;
}

}  // namespace

void Writer::remove(const std::vector<std::string>& names) {
  std::map<std::uint64_t, Ranges> gone;
  std::set<std::uint64_t> dropped;
  for (const std::string& name : names) {
    const Asked asked(name, segments_);
    bool met = false;
    for (const SegmentEntry& entry : manifest_.segments)
      if (broken_.count(entry.number) != 0 && name == segment_name(entry.number)) {
        met = true;
        dropped.insert(entry.number);
      }
    for (const auto& [number, segment] : segments_)
      for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
        if (!segment.live(s) || !asked.means(segment.sources[s])) continue;
        met = true;
        if (contains(gone[number], s)) continue;
        insert(gone[number], s);
        uncommitted_.push_back(
            {Kind::removed, segment.sources[s].path, "", segment.sources[s].documents, characters(segment, s)});
      }
    if (met) continue;
    if (asked.keys > 1)
      say(Severity::error, {"ambiguous", "the keys of several sources begin so", name, std::nullopt,
                            "give more of the digits that `suyuan list` shows"});
    else
      say(Severity::error,
          {"not-found", "the library holds no such source", name, std::nullopt,
           "`suyuan list` shows what it holds: give a path, a folder, or 4 digits and more of a key"});
  }
  if (uncommitted_.empty() && dropped.empty()) return;
  Manifest next = manifest_;
  ++next.generation;
  std::erase_if(next.segments, [&](const SegmentEntry& e) { return dropped.count(e.number) != 0; });
  for (SegmentEntry& entry : next.segments)
    for (const auto& [first, last] : gone[entry.number])
      for (std::uint32_t s = first; s <= last; ++s) insert(entry.removed, s);
  std::sort(uncommitted_.begin(), uncommitted_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  if (!put_in_force(std::move(next))) return;
  for (const std::uint64_t number : dropped) {
    const std::string path = folder_ + '/' + segment_name(number);
    std::erase_if(diagnostics, [&](const Diagnostic& d) { return d.what.source == path; });
    files_.remove(path);
  }
}

}  // namespace suyuan::library
