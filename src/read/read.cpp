// Bytes → documents: what form a source has, and who reads it.
#include "suyuan/read.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/han.hpp"
#include "read/decode.hpp"
#include "read/files.hpp"
#include "read/foreign.hpp"
#include "read/html.hpp"
#include "read/intake.hpp"
#include "read/list.hpp"
#include "read/package.hpp"
#include "read/pdf.hpp"
#include "read/records.hpp"
#include "read/signs.hpp"
#include "read/source.hpp"

namespace suyuan {

std::u32string Document::text_of(const Parts& parts) const {
  std::u32string out;
  for (const Span part : parts) {
    std::u32string_view piece = view(part);
    while (!piece.empty()) {
      const std::size_t end = piece.find_first_of(U"\n\r");
      std::u32string_view line = piece.substr(0, end);
      while (!line.empty() && han::kind(line.back()) == han::Kind::blank && end != piece.npos)
        line.remove_suffix(1);
      out += line;
      if (end == piece.npos) break;
      piece.remove_prefix(end);
      while (!piece.empty() && han::kind(piece.front()) == han::Kind::blank) piece.remove_prefix(1);
    }
  }
  return out;
}

Document::Position Document::position(std::uint32_t offset) const {
  if (!anchors.empty()) {
    const auto after = std::upper_bound(anchors.begin(), anchors.end(), offset,
                                        [](std::uint32_t o, const Anchor& a) { return o < a.offset; });
    const Anchor& from = after == anchors.begin() ? anchors.front() : *(after - 1);
    Position out{from.line, from.column + (offset - std::min(offset, from.offset)) * from.stride, {}};
    const auto page = std::upper_bound(pages.begin(), pages.end(), offset,
                                       [](std::uint32_t o, const PageStart& p) { return o < p.offset; });
    if (page != pages.begin()) out.page = (page - 1)->label;
    return out;
  }
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts.begin());
  return {line, offset - line_starts[line - 1] + 1, {}};
}

std::string Document::Position::to_string() const {
  return (page.empty() ? "" : "p" + std::string(page) + ":") + std::to_string(line) + ":" + std::to_string(column);
}

std::optional<std::uint32_t> Document::offset_of(const Position& place) const {
  const auto exact = [&](std::uint32_t offset) -> std::optional<std::uint32_t> {
    if (offset >= text.size()) return std::nullopt;
    const Position found = position(offset);
    if (found.line != place.line || found.column != place.column || found.page != place.page) return std::nullopt;
    return offset;
  };
  for (const Anchor& a : anchors)
    if (a.line == place.line && a.column <= place.column)
      if (const auto found = exact(a.offset + (place.column - a.column) / std::max(a.stride, 1U))) return found;
  if (!anchors.empty() || place.line > line_starts.size()) return std::nullopt;
  return exact(line_starts[place.line - 1] + place.column - 1);
}

namespace {

// A form is judged by content: two and more lines that open with number signs and a blank.
bool is_markdown(std::u32string_view text) {
  std::size_t headings = 0;
  for (std::size_t at = 0; at < text.size() && headings < 2;) {
    std::size_t i = at;
    while (i < text.size() && text[i] == U'#' && i - at < 6) ++i;
    headings += i > at && i < text.size() && text[i] == U' ';
    at = std::min(text.size(), text.find(U'\n', i));
    if (at < text.size()) ++at;
  }
  return headings >= 2;
}

// Whether a file so named is no plain text.
bool names_package(std::string_view name) {
  for (const std::string_view ending : {".pdf", ".docx", ".odt", ".epub", ".xlsx", ".doc", ".rtf", ".wps", ".zip"})
    if (name_ends(name, ending)) return true;
  return false;
}

// The first byte of a line that is longer than any line of a text, where there is one.
std::optional<std::size_t> endless_line(std::string_view bytes) {
  for (std::size_t at = 0; at + kMaxLine < bytes.size();) {
    // The last break within reach; from there on the next line is measured.
    const std::size_t last = bytes.substr(at, kMaxLine + 1).find_last_of("\n\r");
    if (last == std::string_view::npos) return at;
    at += last + 1;
  }
  return std::nullopt;
}

}  // namespace

void read_source(Sources& to, std::string bytes, std::string digest, const std::string& name,
                 const ReadOptions& options, const SideWord& side, const PartOf& within) {
  Intake intake(to, name, digest, side, within.part);
  const std::string& known = within.part.empty() ? name : within.part;  // its ending breaks ties of form
  const auto fail = [&](const Error& e) { intake.say(Severity::error, e.code, e.message, e.offset, e.help); };
  if (bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b') {
    Result<std::string> unpacked = unpack_gzip(bytes, name);
    if (!unpacked) return fail(unpacked.error());
    bytes = *std::move(unpacked);
  }
  if (is_own(bytes)) return intake.say(Severity::note, "skipped", kOwn, std::nullopt, "");
  if (bytes.empty() && names_package(known))
    return fail(
        {"damaged-package", "is empty, as no file of this name is", name, std::nullopt, "fetch or save it again"});
  if (is_pdf(bytes)) {
    read_pdf(intake, bytes);
    return intake.close();
  }
  if (const std::optional<Error> refused = refused_form(bytes, name)) return fail(*refused);
  if (const std::optional<OldForm> old = old_form(bytes)) {
    Result<std::string> converted = convert_old(bytes, *old, name);
    if (!converted) return fail(converted.error());
    bytes = *std::move(converted);
    intake.say(Severity::note, "converted",
               "read through LibreOffice; its places are paragraphs of what that wrote", std::nullopt, "");
  }
  if (is_package(bytes)) {
    read_package(to, intake, bytes, digest, name, options, side, within);
    return intake.close();
  }
  const std::optional<std::size_t> endless = endless_line(bytes);
  const bool json =
      endless && bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF") < bytes.size() &&
      std::string_view("[{").find(bytes[bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF")]) != std::string_view::npos;
  if (endless && !json)
    return fail({"endless-line", "a line of more than 32 MiB, which no text has", name, *endless,
                 "break it into lines, or leave the file out"});
  Result<Decoded> decoded = decode(std::move(bytes), name, options.encoding);
  if (!decoded) return fail(decoded.error());
  if (const auto& damage = decoded->damage)
    intake.say(damage->severity, damage->what.code, damage->what.message, damage->what.offset, damage->what.help);

  const std::string head = decoded->head();
  if (is_page(head, known)) {
    read_page(intake, *decoded);
    return intake.close();
  }
  if (const auto separator = list_separator(head, known)) {
    read_list(intake, *decoded, *separator);
    return intake.close();
  }
  const Result<std::optional<RecordForm>> form = record_form(head, known);
  if (!form) return fail(form.error());
  if (*form) {
    read_records(intake, *decoded, **form);
    return intake.close();
  }
  if (endless)
    return fail({"endless-line", "a line of more than 32 MiB, which no text has", name, *endless,
                 "break it into lines, or leave the file out"});
  Document document = intake.open("text", decoded->encoding);
  document.text = decoded->take_text();
  if (std::all_of(document.text.begin(), document.text.end(),
                  [](char32_t c) { return han::kind(c) == han::Kind::blank; }))
    intake.say(Severity::note, "empty", "holds no text", std::nullopt, "");
  if (name_ends(known, ".md") || name_ends(known, ".markdown") || is_markdown(document.text))
    document.format = "markdown";
  mark_signs(document);
  mark_tables(document);
  intake.add(std::move(document));
  intake.close();
}

Sources read_bytes(std::string bytes, const std::string& name, const ReadOptions& options) {
  Sources sources;
  std::string digest = sha256(bytes);
  read_source(sources, std::move(bytes), std::move(digest), name, options, {});
  return sources;
}

Sources read_paths(const std::vector<std::string>& paths, const ReadOptions& options) {
  Sources sources;
  SideFiles side_files(sources.diagnostics);
  for (const std::string& path : list_files(paths, sources.diagnostics)) {
    Result<std::string> bytes = read_file(path);
    if (!bytes) {
      sources.diagnostics.push_back({Severity::error, std::move(bytes).error()});
      continue;
    }
    std::string digest = sha256(*bytes);
    read_source(sources, *std::move(bytes), std::move(digest), path, options,
                path == "-" ? SideWord{} : side_files.of(path));
  }
  put_in_order(sources);
  return sources;
}

void put_in_order(Sources& sources) {
  std::vector<std::size_t> order(sources.documents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Document &x = sources.documents[a], &y = sources.documents[b];
    return std::tie(x.key, x.path) < std::tie(y.key, y.path);
  });
  // Each cycle of the order in turn: documents are large, and there may be many.
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Document held = std::move(sources.documents[start]);
    std::size_t to = start;
    while (order[to] != start) {
      sources.documents[to] = std::move(sources.documents[order[to]]);
      to = std::exchange(order[to], to);
    }
    sources.documents[to] = std::move(held);
    order[to] = to;
  }
  // Of one source they stand as they were made, from its beginning to its end.
  std::stable_sort(sources.diagnostics.begin(), sources.diagnostics.end(),
                   [](const auto& a, const auto& b) { return a.what.source < b.what.source; });
}

}  // namespace suyuan
