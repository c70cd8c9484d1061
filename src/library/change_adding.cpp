// Sources read in batches; what they hold becomes segments, committed one by one.
#include <algorithm>
#include <filesystem>

#include "base/parallel.hpp"
#include "library/change_writer.hpp"
#include "read/files.hpp"

namespace suyuan::library {

namespace {

constexpr std::size_t kBatch = 256;      // files read at once, and
constexpr std::uint64_t kBatchPart = 4;  // this share of the memory in bytes of files

}  // namespace

std::vector<std::string> Writer::list(const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const std::string& path : paths)
    if (path != "-" && is_library(path))
      say(Severity::error, {"is-library", "is a library, and no text", path, std::nullopt,
                            "name the files; `suyuan trace` and the others take several libraries"});
    else
      texts.push_back(path);
  std::vector<std::string> files = list_files(texts, diagnostics);
  for (std::string& path : files) path = source_path(path);
  // Of two with one content the same one is kept, in whatever order they come.
  std::sort(files.begin(), files.end());
  return files;
}

bool Writer::nothing_to_keep(const std::vector<std::string>& paths, const std::vector<std::string>& files) {
  std::error_code none;
  if (is_library(folder_) || paths.empty() || std::any_of(files.begin(), files.end(), [&](const std::string& path) {
        return path == "-" || std::filesystem::exists(path, none);
      }))
    return false;
  for (const std::string& path : files) take(path, tl::unexpected(read_file(path).error()), false);
  if (diagnostics.empty() || diagnostics.back().severity != Severity::error)
    say(Severity::error, {"nothing-read", "holds no text; no library was made", paths[0], std::nullopt,
                          "name files or folders with texts"});
  report();
  return true;
}

void Writer::add(std::vector<std::string> files) {
  learn();
  std::size_t done = 0;
  std::set<std::string> taken;
  while (done < files.size()) {
    const std::size_t end = batch(files, done);
    if (!add_batch(
            {files.begin() + static_cast<std::ptrdiff_t>(done), files.begin() + static_cast<std::ptrdiff_t>(end)}))
      return;
    done = end;
    // What was passed over for a content that has gone since must be looked at again.
    for (const std::string& path : std::exchange(again_, {}))
      if (taken.insert(path).second) files.push_back(path);
    if (options_.progress) options_.progress(done, files.size());
  }
  commit();
}

void Writer::learn() {
  for (const auto& [number, segment] : segments_)
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s)
      if (segment.live(s))
        hold(segment.sources[s].path, {number, s, segment.sources[s].sha256, segment.sources[s].word});
}

void Writer::hold(const std::string& path, Held held) {
  contents_[held.sha256].insert(path);
  held_[path] = std::move(held);
}

void Writer::let_go(const std::string& path) {
  const auto at = held_.find(path);
  auto& paths = contents_[at->second.sha256];
  paths.erase(path);
  for (const auto& [passed, content] : passed_)
    if (content == at->second.sha256 && paths.empty()) again_.push_back(passed);
  held_.erase(at);
}

std::size_t Writer::batch(const std::vector<std::string>& files, std::size_t from) const {
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

bool Writer::is_held(const std::string& path, const std::string& digest, const std::string& word) const {
  const auto at = held_.find(path);
  if (at == held_.end() || at->second.sha256 != digest || at->second.word != word) return false;
  return at->second.segment == 0 || segments_.at(at->second.segment).sound(at->second.source);
}

std::string Writer::holder(const std::string& digest) const {
  const auto found = contents_.find(digest);
  return found == contents_.end() || found->second.empty() ? "" : *found->second.begin();
}

bool Writer::add_batch(const std::vector<std::string>& paths) {
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
    Result<std::string> bytes = read_file(paths[i]);
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

bool Writer::take(const std::string& path, Result<Read> read, bool held) {
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

bool Writer::commit() {
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

}  // namespace suyuan::library
