// Every byte of a library, looked at.
#include <deque>
#include <map>
#include <set>

#include "library/catalogue.hpp"
#include "library/parts.hpp"
#include "library/relations.hpp"
#include "suyuan/library.hpp"

namespace suyuan {

using namespace library;

LibraryCheck check_library(const std::string& folder, unsigned jobs) {
  LibraryCheck out;
  const auto say = [&](Severity severity, Error what) { out.diagnostics.push_back({severity, std::move(what)}); };
  if (!is_library(folder)) {
    say(Severity::error, {"not-a-library", "is no library", folder, std::nullopt, "`suyuan add` makes one"});
    return out;
  }
  const Result<Manifest> manifest = read_manifest(folder);
  if (!manifest) {
    say(Severity::error, manifest.error());
    return out;
  }
  out.generation = manifest->generation;
  out.segments = manifest->segments.size();
  std::deque<Segment> opened_all;
  std::map<std::string, std::string> paths;  // live ones, and where
  std::set<std::string> known{"lock", std::string(kManifestName)};
  for (const SegmentEntry& entry : manifest->segments) {
    known.insert(segment_name(entry.number));
    out.bytes += entry.bytes;
    Result<Segment> opened = open_segment(folder, entry);
    if (!opened) {
      if (opened.error().code != "library-version")
        opened.error().help = "restore the file from a backup, or `suyuan remove` " + segment_name(entry.number) +
                              " from the library and add its texts again";
      say(Severity::error, std::move(opened).error());
      continue;
    }
    const Segment& segment = opened_all.emplace_back(*std::move(opened));
    for (const std::uint64_t at : segment.file->damaged_blocks())
      say(Severity::error,
          segment.file->damaged(at, "is damaged in the " + std::to_string(kBlock) + " bytes from here on"));
    if (segment.made.size() != segment.rows.size() && !segment.made_damaged)
      say(Severity::note,
          {"other-rules",
           "what was made of its texts was made by another version of the program, and is left aside",
           segment.file->path(), std::nullopt, "the next `suyuan add` makes it anew"});
    std::uint64_t characters = 0;
    for (const DocumentRow& row : segment.rows) characters += row.characters;
    if (characters != entry.characters)
      say(Severity::error, segment.file->damaged(segment.file->offset(SectionKind::documents),
                                                 "counts other characters than the list of the library's parts"));
    out.documents += read_segment(segment, jobs, out.diagnostics).size();
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
      if (!segment.live(s)) continue;
      ++out.sources;
      const auto [held, is_new] = paths.try_emplace(segment.sources[s].path, segment_name(entry.number));
      if (!is_new)
        say(Severity::error,
            {"damaged", "is held twice: in " + held->second + " and in " + segment_name(entry.number), held->first,
             std::nullopt, "remove it from the library and add it again"});
    }
    for (const std::uint32_t row : live_rows(segment)) out.characters += segment.rows[row].characters;
  }
  std::vector<const Segment*> sound;
  for (const Segment& segment : opened_all) sound.push_back(&segment);
  if (sound.size() == manifest->segments.size())
    if (auto why = check_catalogue(folder, sound)) say(Severity::note, *std::move(why));
  if (auto relations = read_relations(folder, *manifest); !relations)
    say(Severity::error, std::move(relations).error());
  for (const std::string& name : names_in(folder).value_or(std::vector<std::string>{}))
    if (known.count(name) == 0 && name != kCatalogueName && name != kRelationsName)
      say(Severity::note,
          {"leftover", "is no part of the library: left by an `add` that was stopped, or put here by somebody",
           folder + '/' + name, std::nullopt, "the next `suyuan add` removes what an `add` left"});
  return out;
}

}  // namespace suyuan
