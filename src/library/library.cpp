// Opening and reading a library.
#include "suyuan/library.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.hpp"
#include "library/bytes.hpp"
#include "library/opened.hpp"
#include "library/parts.hpp"
#include "library/paths.hpp"
#include "read/source.hpp"

namespace suyuan {

namespace library {

Result<Segment> open_segment(const std::string& folder, const SegmentEntry& entry) {
  Segment out;
  out.entry = entry;
  auto file = SegmentFile::open(folder, entry);
  if (!file) return tl::unexpected(std::move(file).error());
  out.file = *std::move(file);
  const auto sources = out.file->bytes(SectionKind::sources), rows = out.file->bytes(SectionKind::documents);
  if (!sources || !rows) return tl::unexpected(sources ? rows.error() : sources.error());
  const auto contradicts = [&](SectionKind section) {
    return tl::unexpected(out.file->damaged(out.file->offset(section), "contradicts itself"));
  };
  auto decoded = decode_sources(*sources, entry.sources);
  if (!decoded) return contradicts(SectionKind::sources);
  out.sources = *std::move(decoded);
  if (rows->size() != entry.documents * DocumentRow::kSize) return contradicts(SectionKind::documents);
  out.first_row.push_back(0);
  out.rows.reserve(entry.documents);
  for (std::uint32_t source = 0; source < entry.sources; ++source) {
    if (out.sources[source].documents > entry.documents - out.rows.size()) return contradicts(SectionKind::sources);
    for (std::uint32_t i = 0; i < out.sources[source].documents; ++i) {
      out.rows.push_back(get_row(rows->substr(out.rows.size() * DocumentRow::kSize, DocumentRow::kSize)));
      if (out.rows.back().source != source) return contradicts(SectionKind::documents);
    }
    out.first_row.push_back(static_cast<std::uint32_t>(out.rows.size()));
  }
  if (out.rows.size() != entry.documents) return contradicts(SectionKind::documents);
  if (out.file->has(SectionKind::made)) {
    const auto made = out.file->bytes(SectionKind::made);
    const std::string_view mine = fingerprint();
    if (!made) {
      out.made_damaged = made.error();
    } else if (made->size() == mine.size() + out.rows.size() * MadeRow::kSize &&
               made->substr(0, mine.size()) == mine) {
      for (std::size_t i = 0; i < out.rows.size(); ++i) {
        const std::string_view row = made->substr(mine.size() + i * MadeRow::kSize, MadeRow::kSize);
        out.made.push_back({get<std::uint64_t>(row, 0), get<std::uint32_t>(row, 8), get<std::uint32_t>(row, 12)});
      }
      out.folded = Folded::open(out.file, entry.documents);
    }
  }
  return out;
}

void put_row(std::string& to, const MadeRow& row) {
  put(to, row.offset);
  put(to, row.size);
  put(to, row.notes);
}

std::shared_ptr<Segmentation> Segment::segmentation(std::uint32_t number, std::optional<Error>& damage) const {
  if (made.empty()) return nullptr;
  const auto bytes = file->bytes(SectionKind::segmentations, made[number].offset, made[number].size);
  if (!bytes) {
    damage = bytes.error();
    return nullptr;
  }
  auto decoded = decode_segmentation(*bytes, rows[number].characters);
  if (!decoded) {
    damage = file->damaged(file->offset(SectionKind::segmentations) + made[number].offset, "contradicts itself");
    return nullptr;
  }
  for (Diagnostic& d : decoded->diagnostics) d.what.source = sources[rows[number].source].path;
  return std::make_shared<Segmentation>(*std::move(decoded));
}

bool Segment::stale() const {
  bool out = made.size() != rows.size() || !folded;
  for (auto section = SectionKind::segmentations; section <= SectionKind::titles && !out;
       section = static_cast<SectionKind>(static_cast<std::uint32_t>(section) + 1))
    out = !file->bytes(section);
  file->rest();
  return out;
}

std::optional<std::string> Segment::key(std::uint32_t number) const {
  const DocumentRow& row = rows[number];
  const auto bytes = file->bytes(SectionKind::records, row.record, row.record_size);
  if (!bytes) return std::nullopt;
  Cursor from(*bytes);
  const std::string record = from.string();
  if (!from.ok()) return std::nullopt;
  return sources[row.source].sha256 + (record.empty() ? "" : "#" + record);
}

Result<Document> Segment::document(std::uint32_t number) const {
  const DocumentRow& row = rows[number];
  const auto record = file->bytes(SectionKind::records, row.record, row.record_size);
  if (!record) return tl::unexpected(record.error());
  const auto text = file->bytes(SectionKind::text, row.text, row.text_size);
  if (!text) return tl::unexpected(text.error());
  auto document = decode_document(*record, *text, row, sources[row.source]);
  if (!document)
    return tl::unexpected(
        file->damaged(file->offset(SectionKind::records) + row.record, "a document contradicts itself"));
  return *std::move(document);
}

bool Segment::sound(std::uint32_t source) const {
  for (std::uint32_t row = first_row[source]; row < first_row[source + 1]; ++row)
    if (!file->bytes(SectionKind::records, rows[row].record, rows[row].record_size) ||
        !file->bytes(SectionKind::text, rows[row].text, rows[row].text_size))
      return false;
  return true;
}

std::vector<std::uint32_t> live_rows(const Segment& segment) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t row = 0; row < segment.rows.size(); ++row)
    if (segment.live(segment.rows[row].source)) out.push_back(row);
  return out;
}

std::vector<Document> read_segment(const Segment& segment, unsigned jobs, std::vector<Diagnostic>& diagnostics) {
  const std::vector<std::uint32_t> rows = live_rows(segment);
  std::vector<std::optional<Document>> read(rows.size());
  std::vector<std::optional<Error>> errors(rows.size()), unmade(rows.size());
  for_each_index(rows.size(), jobs, [&](std::size_t i) {
    if (auto document = segment.document(rows[i])) {
      read[i] = *std::move(document);
      read[i]->segmentation = segment.segmentation(rows[i], unmade[i]);
    } else {
      errors[i] = std::move(document).error();
    }
  });
  std::optional<Error> remade = segment.made_damaged;
  for (std::size_t i = 0; i < rows.size() && !remade; ++i) remade = unmade[i];
  if (remade) {
    remade->message += "; what stands here was made anew from the texts";
    remade->help = "the next `suyuan add` mends it";
    diagnostics.push_back({Severity::warning, *std::move(remade)});
  }
  std::vector<Document> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size();) {
    const std::uint32_t source = segment.rows[rows[i]].source;
    std::uint32_t damaged = 0;
    std::optional<Error> first;
    for (; i < rows.size() && segment.rows[rows[i]].source == source; ++i) {
      if (read[i]) out.push_back(*std::move(read[i]));
      if (!errors[i]) continue;
      if (!first) first = std::move(errors[i]);
      ++damaged;
    }
    if (first)
      diagnostics.push_back(
          {Severity::error,
           {"damaged",
            std::to_string(damaged) + " of its " + std::to_string(segment.sources[source].documents) +
                " texts in the library are damaged and were left out: " + first->source + ", byte " +
                std::to_string(first->offset.value_or(0)),
            segment.sources[source].path, std::nullopt, "add this file again: `suyuan add` writes it anew"}});
  }
  return out;
}

}  // namespace library

using namespace library;

namespace {

// The current folder where every source lies below it, so that all are shown short or none is: their order, by
// which copies are told apart, stays what it was.
std::string folder_of(const std::vector<Segment>& segments) {
  const std::string folder = current_folder();
  for (const Segment& segment : segments)
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
      const std::string& path = segment.sources[s].path;
      if (segment.live(s) && path != "-" && below(folder, path) == path) return "";
    }
  return folder;
}

}  // namespace

bool is_library(const std::string& folder) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(folder + '/' + std::string(kManifestName), error));
}

Result<Library> Library::open(const std::string& folder) {
  constexpr int kTries = 8;
  for (int left = kTries;; --left) {
    const Result<Manifest> manifest = read_manifest(folder);
    if (!manifest) return tl::unexpected(manifest.error());
    auto parts = std::make_shared<Parts>();
    parts->folder = folder;
    parts->manifest = *manifest;
    bool missing = false;
    for (const SegmentEntry& entry : manifest->segments) {
      Result<Segment> segment = open_segment(folder, entry);
      if (segment) {
        parts->segments.push_back(*std::move(segment));
        continue;
      }
      missing = missing || segment.error().code == "missing";
      Error error = std::move(segment).error();
      if (error.code != "library-version")
        error.help =
            "restore the file from a backup, or `suyuan remove` it from the library by its name and add its texts "
            "again";
      parts->diagnostics.push_back({Severity::error, std::move(error)});
    }
    // A writer may have merged segments away since the manifest was read.
    if (missing && left > 0) {
      const Result<Manifest> again = read_manifest(folder);
      if (again && again->generation != manifest->generation) continue;
    }
    if (parts->diagnostics.empty() && std::all_of(parts->segments.begin(), parts->segments.end(),
                                                  [](const Segment& s) { return live_rows(s).empty(); }))
      parts->diagnostics.push_back({Severity::warning,
                                    {"empty-library", "the library holds no text yet", folder, std::nullopt,
                                     "`suyuan add` puts texts into it"}});
    parts->shown_below = folder_of(parts->segments);
    for (Segment& segment : parts->segments)
      for (SourceRecord& source : segment.sources) {
        source.path = below(parts->shown_below, source.path);
        for (Diagnostic& d : source.diagnostics) d.what.source = below(parts->shown_below, d.what.source);
      }
    Library out;
    out.parts_ = std::move(parts);
    return out;
  }
}

std::vector<LibrarySource> Library::sources() const {
  std::vector<LibrarySource> out;
  for (const Segment& segment : parts_->segments)
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
      if (!segment.live(s)) continue;
      LibrarySource source{segment.sources[s].path, segment.sources[s].sha256, segment.sources[s].documents, 0};
      for (std::uint32_t row = segment.first_row[s]; row < segment.first_row[s + 1]; ++row)
        source.characters += segment.rows[row].characters;
      out.push_back(std::move(source));
    }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return out;
}

const std::vector<Diagnostic>& Library::diagnostics() const { return parts_->diagnostics; }

Sources Library::read(unsigned jobs) const {
  Sources out;
  out.diagnostics = parts_->diagnostics;
  std::size_t documents_in_all = 0;
  for (const Segment& segment : parts_->segments) documents_in_all += segment.rows.size();
  out.documents.reserve(documents_in_all);
  for (const Segment& segment : parts_->segments) {
    std::vector<Document> documents = read_segment(segment, jobs, out.diagnostics);
    std::move(documents.begin(), documents.end(), std::back_inserter(out.documents));
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s)
      if (segment.live(s))
        for (const Diagnostic& d : segment.sources[s].diagnostics) out.diagnostics.push_back(d);
  }
  put_in_order(out);
  return out;
}

Sources read_texts(const std::vector<std::string>& paths, const ReadOptions& options, unsigned jobs) {
  std::vector<std::string> files, libraries;
  for (const std::string& path : paths) (path != "-" && is_library(path) ? libraries : files).push_back(path);
  Sources out;
  if (!files.empty() || libraries.empty()) out = read_paths(files, options);
  for (const std::string& folder : libraries) {
    const Result<Library> library = Library::open(folder);
    if (!library) {
      out.diagnostics.push_back({Severity::error, library.error()});
      continue;
    }
    std::set<std::pair<std::string, std::string>> known;
    for (const Document& d : out.documents) known.emplace(source_path(d.path), d.sha256);
    std::set<std::string> again;
    Sources held = library->read(jobs);
    for (Document& d : held.documents)
      if (known.count({source_path(d.path), d.sha256}) == 0)
        out.documents.push_back(std::move(d));
      else
        again.insert(d.path);
    for (Diagnostic& d : held.diagnostics)
      if (again.count(d.what.source) == 0) out.diagnostics.push_back(std::move(d));
  }
  if (!libraries.empty()) put_in_order(out);
  return out;
}

}  // namespace suyuan
