// The one writer opened; what it writes put in force, one manifest after the other; the changes in their steps.
#include "library/change.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <future>
#include <utility>

#include "library/catalogue.hpp"
#include "library/change_writer.hpp"
#include "library/relations.hpp"

namespace suyuan {

std::string_view name(SourceChange::Kind kind) {
  switch (kind) {
    case SourceChange::Kind::added:
      return "added";
    case SourceChange::Kind::replaced:
      return "replaced";
    case SourceChange::Kind::unchanged:
      return "unchanged";
    case SourceChange::Kind::same_content:
      return "same content";
    case SourceChange::Kind::failed:
      return "failed";
    case SourceChange::Kind::removed:
      return "removed";
  }
  return "";
}

namespace library {

namespace {

bool is_segment_name(const std::string& name) {
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  return digits >= 8 && name.substr(digits) == ".segment";
}

}  // namespace

bool Writer::open(bool create) {
  std::error_code error;
  if (!is_library(folder_)) {
    if (!create) return fail({"not-a-library", "is no library", folder_, std::nullopt, "`suyuan add` makes one"});
    if (!make()) return false;
  }
  if (!lock()) return false;
  if (create && !is_library(folder_))
    if (auto failure = write_manifest(files_, folder_, {})) return fail(*std::move(failure));
  Result<Manifest> manifest = read_manifest(folder_);
  if (!manifest) return fail(std::move(manifest).error());
  manifest_ = *std::move(manifest);
  for (const SegmentEntry& entry : manifest_.segments) {
    Result<Segment> segment = open_segment(folder_, entry);
    if (segment) {
      segments_.emplace(entry.number, *std::move(segment));
    } else if (segment.error().code == "library-version") {
      return fail(std::move(segment).error());
    } else {
      broken_.insert(entry.number);
      say(Severity::error, std::move(segment).error());
    }
  }
  sweep();
  return true;
}

bool Writer::fail(Error error) {
  say(Severity::error, std::move(error));
  failed_ = true;
  return false;
}

bool Writer::make() {
  if (const int failure = files_.make_folder(folder_); failure != 0 && failure != EEXIST)
    return fail(failed(folder_, "cannot be made", failure));
  const std::filesystem::path parent =
      std::filesystem::path(folder_ + "/.").lexically_normal().parent_path().parent_path();
  if (const int failure = files_.sync_folder(parent.empty() ? "." : parent.string()))
    return fail(failed(folder_, "cannot be brought to the disk", failure));
  const auto names = names_in(folder_);
  if (!names)
    return fail({"unreadable", "is no folder that can be listed", folder_, std::nullopt, "choose another name"});
  if (is_library(folder_)) return true;  // another process was faster
  for (const std::string& name : *names)
    if (name != "lock" && name != kNewManifestName && name != kManifestName)
      return fail(
          {"not-a-library", "is a folder with other files in it and no library", folder_, std::nullopt,
           std::any_of(names->begin(), names->end(), is_segment_name)
               ? "its file suyuan-library is missing: restore it from a backup, or add the texts to a new library"
               : "choose an empty folder or a new name"});
  return true;
}

bool Writer::lock() {
  Result<WriterLock> lock = WriterLock::take(folder_, options_.waiting);
  if (!lock) return fail(std::move(lock).error());
  lock_.push_back(*std::move(lock));
  return true;
}

void Writer::sweep() {
  const auto names = names_in(folder_);
  if (!names) return;
  std::set<std::string> named;
  for (const SegmentEntry& entry : manifest_.segments) named.insert(segment_name(entry.number));
  for (const std::string& name : *names)
    if (name == kNewManifestName || name == std::string(kRelationsName) + ".new" ||
        (is_catalogue_name(name) && name.find(".new") != std::string::npos) ||
        (is_segment_name(name) && named.count(name) == 0))
      files_.remove(folder_ + '/' + name);
}

bool Writer::finish(SegmentWriter& writer, SegmentEntry& entry) {
  if (auto error = writer.finish(entry)) return fail(*std::move(error));
  if (const int failure = files_.sync_folder(folder_))
    return fail(failed(folder_, "cannot be brought to the disk", failure));
  return true;
}

bool Writer::put_in_force(Manifest next) {
  if (auto error = write_manifest(files_, folder_, next)) return fail(*std::move(error));
  manifest_ = std::move(next);
  std::map<std::uint64_t, Segment> segments;
  for (const SegmentEntry& entry : manifest_.segments) {
    if (broken_.count(entry.number) != 0) continue;
    if (const auto known = segments_.find(entry.number); known != segments_.end()) {
      known->second.entry = entry;
      segments.insert(segments_.extract(known));
      continue;
    }
    Result<Segment> segment = open_segment(folder_, entry);
    if (!segment) return fail(std::move(segment).error());
    segments.emplace(entry.number, *std::move(segment));
  }
  segments_ = std::move(segments);
  report();
  return true;
}

void Writer::report() {
  for (SourceChange& change : std::exchange(uncommitted_, {})) {
    change.path = below(here_, change.path);
    change.other = below(here_, change.other);
    if (options_.changed) options_.changed(change);
  }
}

void Writer::follow() {
  if (failed_) return;
  std::vector<const Segment*> segments;
  for (const auto& [number, segment] : segments_) segments.push_back(&segment);
  const auto known = read_relations(folder_, manifest_);
  const bool relates = !(known && *known) && segments.size() == manifest_.segments.size();
  // Each is of one thread, and neither writes what the other reads.
  auto related = std::async(options_.jobs > 1 ? std::launch::async : std::launch::deferred,
                            [&] { return relates ? relate_library(segments) : std::nullopt; });
  if (auto why = update_catalogue(folder_, segments)) say(Severity::warning, *std::move(why));
  // Without it questions are answered the long way.
  if (const auto relations = related.get())
    if (auto why = write_relations(files_, folder_, *relations, manifest_)) say(Severity::warning, *std::move(why));
}

std::vector<Diagnostic> add(FileLayer& files, const std::string& folder, const std::vector<std::string>& paths,
                            const ChangeOptions& options) {
  Writer writer(files, folder, options);
  std::vector<std::string> texts = writer.list(paths);
  if (!writer.nothing_to_keep(paths, texts) && writer.open(true)) {
    writer.add(std::move(texts));
    writer.merge();
    writer.follow();
  }
  const std::string here = current_folder();
  for (Diagnostic& d : writer.diagnostics) d.what.source = below(here, d.what.source);
  return std::move(writer.diagnostics);
}

std::vector<Diagnostic> remove(FileLayer& files, const std::string& folder, const std::vector<std::string>& names,
                               const ChangeOptions& options) {
  Writer writer(files, folder, options);
  if (writer.open(false)) {
    writer.remove(names);
    writer.merge();
    writer.follow();
  }
  return std::move(writer.diagnostics);
}

}  // namespace library

std::vector<Diagnostic> add_to_library(const std::string& folder, const std::vector<std::string>& paths,
                                       const ChangeOptions& options) {
  return library::add(library::real_files(), folder, paths, options);
}

std::vector<Diagnostic> remove_from_library(const std::string& folder, const std::vector<std::string>& names,
                                            const ChangeOptions& options) {
  return library::remove(library::real_files(), folder, names, options);
}

}  // namespace suyuan
