// The one writer: sources read in batches, segments written and committed one by one, small segments merged.
#include "library/change.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/parallel.hpp"
#include "library/asked.hpp"
#include "library/catalogue.hpp"
#include "library/parts.hpp"
#include "library/paths.hpp"
#include "library/relations.hpp"
#include "library/remake.hpp"
#include "read/files.hpp"
#include "read/source.hpp"

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

using Kind = SourceChange::Kind;

constexpr std::size_t kBatch = 256;                           // files read at once, and
constexpr std::uint64_t kBatchPart = 4;                       // this share of the memory in bytes of files
constexpr std::size_t kFan = 8;                               // segments of one size that become one
constexpr std::uint64_t kSmallest = std::uint64_t{4} << 20;   // bytes; up to here one size, then by eights
constexpr std::uint64_t kLargest = std::uint64_t{128} << 20;  // from here on not merged

// A source read and encoded.
struct Read {
  SourceRecord source;
  struct Encoded {
    std::string record, text, segmentation;
    FoldedDocument folded;
    std::uint32_t characters = 0, notes = 0;
  };
  std::vector<Document> made;  // until they are encoded
  std::vector<Encoded> documents;
  std::uint64_t bytes = 0, characters = 0;
};

// Where a source that the library holds, or is about to hold, stands.
struct Held {
  std::uint64_t segment = 0;  // its number; 0: not committed yet
  std::uint32_t source = 0;
  std::string sha256, word;
};

bool is_segment_name(const std::string& name) {
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  return digits >= 8 && name.substr(digits) == ".segment";
}

class Writer {
 public:
  Writer(FileLayer& files, std::string folder, const ChangeOptions& options)
      : files_(files), folder_(std::move(folder)), options_(options) {}

  std::vector<Diagnostic> diagnostics;

  // The lock, the manifest, the segments. `create`: makes the library where there is none.
  bool open(bool create) {
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

  // The files that the paths name.
  std::vector<std::string> list(const std::vector<std::string>& paths) {
    std::vector<std::string> texts;
    for (const std::string& path : paths)
      if (path != "-" && is_library(path))
        say(Severity::error, {"is-library", "is a library, and no text", path, std::nullopt,
                              "name the files; `suyuan trace` and the others take several libraries"});
      else
        texts.push_back(path);
    std::vector<std::string> files = list_files(texts, diagnostics);
    for (std::string& path : files) path = source_path(path);
    std::sort(files.begin(),
              files.end());  // of two with one content the same one is kept, in whatever order they come
    return files;
  }

  // A mistyped name makes no library.
  bool nothing_to_keep(const std::vector<std::string>& paths, const std::vector<std::string>& files) {
    std::error_code none;
    if (is_library(folder_) || paths.empty() ||
        std::any_of(files.begin(), files.end(),
                    [&](const std::string& path) { return path == "-" || std::filesystem::exists(path, none); }))
      return false;
    for (const std::string& path : files) take(path, tl::unexpected(read_file(path).error()), false);
    if (diagnostics.empty() || diagnostics.back().severity != Severity::error)
      say(Severity::error, {"nothing-read", "holds no text; no library was made", paths[0], std::nullopt,
                            "name files or folders with texts"});
    report();
    return true;
  }

  void add(std::vector<std::string> files) {
    learn();
    std::size_t done = 0;
    std::set<std::string> taken;
    while (done < files.size()) {
      const std::size_t end = batch(files, done);
      if (!add_batch({files.begin() + static_cast<std::ptrdiff_t>(done),
                      files.begin() + static_cast<std::ptrdiff_t>(end)}))
        return;
      done = end;
      // What was passed over for a content that has gone since must be looked at again.
      for (const std::string& path : std::exchange(again_, {}))
        if (taken.insert(path).second) files.push_back(path);
      if (options_.progress) options_.progress(done, files.size());
    }
    commit();
  }

  void remove(const std::vector<std::string>& names) {
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
    std::sort(uncommitted_.begin(), uncommitted_.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    if (!put_in_force(std::move(next))) return;
    for (const std::uint64_t number : dropped) {
      const std::string path = folder_ + '/' + segment_name(number);
      std::erase_if(diagnostics, [&](const Diagnostic& d) { return d.what.source == path; });
      files_.remove(path);
    }
  }

  // Small segments become larger ones; those that hold mostly what was removed, or where what was made of the texts
  // is damaged or by other rules, are written anew.
  void merge() {
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

  // What is made of all that is in force follows it; where it cannot, it is told, and nothing else is lost.
  void follow() {
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
      if (auto why = write_relations(files_, folder_, *relations, manifest_))
        say(Severity::warning, *std::move(why));
  }

 private:
  bool fail(Error error) {
    say(Severity::error, std::move(error));
    failed_ = true;
    return false;
  }
  void say(Severity severity, Error what) { diagnostics.push_back({severity, std::move(what)}); }

  bool make() {
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

  bool lock() {
    Result<WriterLock> lock = WriterLock::take(folder_, options_.waiting);
    if (!lock) return fail(std::move(lock).error());
    lock_.push_back(*std::move(lock));
    return true;
  }

  // Leftovers of a killed writer.
  void sweep() {
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

  void learn() {
    for (const auto& [number, segment] : segments_)
      for (std::uint32_t s = 0; s < segment.sources.size(); ++s)
        if (segment.live(s))
          hold(segment.sources[s].path, {number, s, segment.sources[s].sha256, segment.sources[s].word});
  }
  void hold(const std::string& path, Held held) {
    contents_[held.sha256].insert(path);
    held_[path] = std::move(held);
  }
  void let_go(const std::string& path) {
    const auto at = held_.find(path);
    auto& paths = contents_[at->second.sha256];
    paths.erase(path);
    for (const auto& [passed, content] : passed_)
      if (content == at->second.sha256 && paths.empty()) again_.push_back(passed);
    held_.erase(at);
  }

  std::size_t batch(const std::vector<std::string>& files, std::size_t from) const {
    std::uint64_t bytes = 0;
    std::size_t end = from;
    while (end < files.size() && end - from < kBatch) {
      std::error_code error;
      const std::uint64_t more = std::filesystem::file_size(files[end], error);
      bytes += error ? 0 : more;
      if (end > from && bytes > options_.memory / kBatchPart) break;
      ++end;
    }
    return end;
  }

  // Held as it is now, and every byte of it sound.
  bool is_held(const std::string& path, const std::string& digest, const std::string& word) const {
    const auto at = held_.find(path);
    if (at == held_.end() || at->second.sha256 != digest || at->second.word != word) return false;
    return at->second.segment == 0 || segments_.at(at->second.segment).sound(at->second.source);
  }

  bool add_batch(const std::vector<std::string>& paths) {
    struct Task {
      SideWord side;
      Result<Read> read = Read{};
      bool held = false;
    };
    std::vector<Task> tasks(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i)
      if (paths[i] != "-") tasks[i].side = side_files_.of(paths[i]);
    for_each_index(paths.size(), options_.jobs, [&](std::size_t i) {
      Task& task = tasks[i];
      Result<std::string> bytes = paths[i] == "-" ? read_standard_input() : read_file(paths[i]);
      if (!bytes) {
        task.read = tl::unexpected(std::move(bytes).error());
        return;
      }
      std::string digest = suyuan::sha256(*bytes), word = word_of(task.side, options_.reading);
      task.held = is_held(paths[i], digest, word) || (held_.count(paths[i]) == 0 && !holder(digest).empty());
      task.read->source.path = paths[i];
      task.read->source.sha256 = digest;
      task.read->source.word = std::move(word);
      if (task.held) return;
      Sources sources;
      read_source(sources, *std::move(bytes), std::move(digest), paths[i], options_.reading, task.side);
      task.read->source.diagnostics = std::move(sources.diagnostics);
      task.read->made = std::move(sources.documents);
      task.read->documents.resize(task.read->made.size());
      task.read->source.documents = static_cast<std::uint32_t>(task.read->made.size());
    });
    std::vector<std::pair<Read*, std::size_t>> documents;
    for (Task& task : tasks)
      for (std::size_t d = 0; task.read && d < task.read->made.size(); ++d) documents.emplace_back(&*task.read, d);
    for_each_index(documents.size(), options_.jobs, [&](std::size_t i) {
      const auto& [read, d] = documents[i];
      Document& document = read->made[d];
      const Segmentation made = segment(document);
      read->documents[d] = {encode(document),
                            to_utf8(document.text),
                            encode(made),
                            fold_document(document, made),
                            static_cast<std::uint32_t>(document.text.size()),
                            static_cast<std::uint32_t>(made.diagnostics.size())};
      document = {};
    });
    for (Task& task : tasks)
      if (task.read) task.read->made.clear();
    for (const auto& [read, d] : documents) {
      const Read::Encoded& made = read->documents[d];
      read->bytes += made.record.size() + made.text.size() + made.segmentation.size();
      read->characters += made.characters;
    }
    for (std::size_t i = 0; i < tasks.size(); ++i)
      if (!take(paths[i], std::move(tasks[i].read), tasks[i].held)) return false;
    return true;
  }

  std::string holder(const std::string& digest) const {
    const auto found = contents_.find(digest);
    return found == contents_.end() || found->second.empty() ? "" : *found->second.begin();
  }

  // `held`: judged to be held already, and not read.
  bool take(const std::string& path, Result<Read> read, bool held) {
    if (!read) {
      say(Severity::error, std::move(read).error());
      uncommitted_.push_back({Kind::failed, path, "", 0, 0});
      return true;
    }
    SourceRecord& source = read->source;
    if (is_held(path, source.sha256, source.word)) {
      uncommitted_.push_back({Kind::unchanged, path, "", 0, 0});
      return true;
    }
    const bool replaces = held_.count(path) != 0;
    if (const std::string other = holder(source.sha256); !replaces && !other.empty()) {
      passed_[path] = source.sha256;
      uncommitted_.push_back({Kind::same_content, path, other, 0, 0});
      return true;
    }
    if (held) {  // and is so no more
      again_.push_back(path);
      return true;
    }
    for (const Diagnostic& d : source.diagnostics) diagnostics.push_back(d);
    if (read->documents.empty()) {
      uncommitted_.push_back({Kind::failed, path, "", 0, 0});
      return true;
    }
    if (replaces) {
      const Held& old = held_.at(path);
      if (old.segment != 0) insert(gone_[old.segment], old.source);
      let_go(path);
    }
    uncommitted_.push_back({replaces ? Kind::replaced : Kind::added, path, "", source.documents, read->characters});
    hold(path, {0, static_cast<std::uint32_t>(pending_.size()), source.sha256, source.word});
    pending_bytes_ += read->bytes;
    pending_.push_back(*std::move(read));
    return pending_bytes_ < options_.memory || commit();
  }

  // What was read so far becomes a segment, and all that was done so far is in force and reported.
  bool commit() {
    if (pending_.empty()) {
      report();
      return true;
    }
    Manifest next = manifest_;
    ++next.generation;
    SegmentEntry entry;
    SegmentWriter writer(files_, folder_, next.next++);
    std::string rows, made;
    FoldedWriter folded;
    writer.begin(SectionKind::sources);
    std::uint64_t record = 0, text = 0, segmentation = 0;
    for (const Read& read : pending_) {
      writer.append(encode(read.source));
      for (const Read::Encoded& d : read.documents) {
        put_row(rows, DocumentRow{entry.sources, d.characters, static_cast<std::uint32_t>(d.record.size()), record,
                                  text, d.text.size()});
        put_row(made, MadeRow{segmentation, static_cast<std::uint32_t>(d.segmentation.size()), d.notes});
        folded.add(entry.documents, d.folded);
        record += d.record.size();
        text += d.text.size();
        segmentation += d.segmentation.size();
        entry.characters += d.characters;
        ++entry.documents;
      }
      ++entry.sources;
    }
    writer.begin(SectionKind::documents);
    writer.append(rows);
    writer.begin(SectionKind::records);
    for (const Read& read : pending_)
      for (const Read::Encoded& d : read.documents) writer.append(d.record);
    writer.begin(SectionKind::text);
    for (const Read& read : pending_)
      for (const Read::Encoded& d : read.documents) writer.append(d.text);
    writer.begin(SectionKind::made);
    writer.append(fingerprint());
    writer.append(made);
    writer.begin(SectionKind::segmentations);
    for (const Read& read : pending_)
      for (const Read::Encoded& d : read.documents) writer.append(d.segmentation);
    folded.write(writer, options_.jobs);
    if (!finish(writer, entry)) return false;
    for (SegmentEntry& old : next.segments)
      for (const auto& [first, last] : gone_[old.number])
        for (std::uint32_t s = first; s <= last; ++s) insert(old.removed, s);
    next.segments.push_back(entry);
    if (!put_in_force(std::move(next))) return false;
    for (std::uint32_t s = 0; s < pending_.size(); ++s) held_.at(pending_[s].source.path).segment = entry.number;
    pending_.clear();
    pending_bytes_ = 0;
    gone_.clear();
    return true;
  }

  bool finish(SegmentWriter& writer, SegmentEntry& entry) {
    if (auto error = writer.finish(entry)) return fail(*std::move(error));
    if (const int failure = files_.sync_folder(folder_))
      return fail(failed(folder_, "cannot be brought to the disk", failure));
    return true;
  }

  bool put_in_force(Manifest next) {
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

  void report() {
    for (SourceChange& change : std::exchange(uncommitted_, {})) {
      change.path = below(here_, change.path);
      change.other = below(here_, change.other);
      if (options_.changed) options_.changed(change);
    }
  }

  bool merge(const std::vector<std::uint64_t>& numbers) {
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
            const auto bytes = section == SectionKind::text
                                   ? part->file->bytes(section, row.text, row.text_size)
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

  static std::uint64_t characters(const Segment& segment, std::uint32_t source) {
    std::uint64_t out = 0;
    for (std::uint32_t row = segment.first_row[source]; row < segment.first_row[source + 1]; ++row)
      out += segment.rows[row].characters;
    return out;
  }

  FileLayer& files_;
  std::string folder_, here_ = current_folder();
  const ChangeOptions& options_;
  std::vector<WriterLock> lock_;
  Manifest manifest_;
  std::map<std::uint64_t, Segment> segments_;  // those that can be read
  std::set<std::uint64_t> broken_;             // those that cannot, or are damaged and stay as they are
  SideFiles side_files_{diagnostics};
  std::unordered_map<std::string, Held> held_;                       // by path
  std::unordered_map<std::string, std::set<std::string>> contents_;  // paths by SHA-256
  std::map<std::string, std::string> passed_;                        // paths passed over, and their contents
  std::vector<std::string> again_;
  std::vector<Read> pending_;
  std::uint64_t pending_bytes_ = 0;
  std::map<std::uint64_t, Ranges> gone_;  // with the next commit
  std::vector<SourceChange> uncommitted_;
  bool failed_ = false;
};

}  // namespace

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
