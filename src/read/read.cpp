// Files, directories, standard input and corpus records → Documents.
#include "suyuan/read.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/han.hpp"
#include "read/decode.hpp"

namespace suyuan {

namespace fs = std::filesystem;

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
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts.begin());
  return {line, offset - line_starts[line - 1] + 1};
}

namespace {

void find_lines(Document& document) {
  document.line_starts.assign(1, 0);
  const std::u32string& text = document.text;
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == U'\n' || (text[i] == U'\r' && (i + 1 == text.size() || text[i + 1] != U'\n')))
      document.line_starts.push_back(i + 1);
}

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::string_view without_gz(std::string_view name) {
  return ends_with(name, ".gz") ? name.substr(0, name.size() - 3) : name;
}

bool is_corpus_name(std::string_view name) {
  return ends_with(without_gz(name), ".jsonl") || ends_with(without_gz(name), ".ndjson");
}

bool is_text_name(std::string_view name) {
  const std::string_view plain = without_gz(name);
  return ends_with(plain, ".txt") || ends_with(plain, ".text") || ends_with(plain, ".md") ||
         ends_with(plain, ".markdown") || is_corpus_name(name);
}

Result<std::string> unpack(const std::string& packed, const std::string& source) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 32) != Z_OK)
    return tl::unexpected(Error{"gzip", "the gzip decoder could not start", source, std::nullopt, ""});
  std::string out;
  std::array<char, 1 << 16> buffer{};
  std::size_t fed = 0;
  int status = Z_OK;
  while (true) {
    if (stream.avail_in == 0) {
      const std::size_t piece = std::min<std::size_t>(packed.size() - fed, std::size_t{1} << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + fed));
      stream.avail_in = static_cast<uInt>(piece);
      fed += piece;
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0 && fed == packed.size()) break;
      if (inflateReset(&stream) != Z_OK) break;  // a further member follows
      continue;
    }
    if (status != Z_OK || out.size() > kMaxBytes ||
        (stream.avail_in == 0 && fed == packed.size() && stream.avail_out != 0))
      break;
  }
  const std::uint64_t at = fed - stream.avail_in;
  inflateEnd(&stream);
  if (out.size() > kMaxBytes)
    return tl::unexpected(Error{"too-large", "unpacks to more than 2 GiB", source, std::nullopt, "split the file"});
  if (status != Z_STREAM_END)
    return tl::unexpected(Error{"gzip", "the gzip stream is damaged or cut short", source, at, "fetch it again"});
  return out;
}

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

void add_document(Sources& to, Document document) {
  if (document.text.size() > UINT32_MAX - 1) {
    to.diagnostics.push_back(
        {Severity::error,
         {"too-large", "more than 4,294,967,294 characters", document.path, std::nullopt, "split the file"}});
    return;
  }
  document.key = document.sha256 + (document.record.empty() ? "" : "#" + document.record);
  find_lines(document);
  to.documents.push_back(std::move(document));
}

// One JSON object a line: text, and where known id, title, outlet, date. A bad record is said and passed over.
void read_records(Sources& to, const Decoded& decoded, const std::string& name, const std::string& digest) {
  const std::string utf8 = to_utf8(decoded.text);
  std::map<std::string, int> seen;
  std::size_t line = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    ++line;
    std::size_t end = utf8.find('\n', at);
    if (end == std::string::npos) end = utf8.size();
    const std::string_view text = std::string_view(utf8).substr(at, end - at);
    const std::size_t start = at;
    at = end + 1;
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto bad = [&](std::string message) {
      to.diagnostics.push_back({Severity::error,
                                {"bad-record", "record on line " + std::to_string(line) + ": " + std::move(message),
                                 name, start, "each line must be one JSON object with a \"text\""}});
    };
    const auto record = nlohmann::json::parse(text, nullptr, false);
    if (record.is_discarded()) {
      bad("not valid JSON");
      continue;
    }
    if (!record.is_object() || !record.contains("text") || !record["text"].is_string()) {
      bad("no \"text\"");
      continue;
    }
    const auto field = [&](const char* key) -> std::string {
      const auto found = record.find(key);
      if (found == record.end()) return {};
      if (found->is_string()) return found->get<std::string>();
      return found->is_number_integer() ? found->dump() : std::string();
    };
    Document document;
    document.path = name;
    document.record = field("id");
    if (document.record.empty() || seen[document.record]++ > 0)
      document.record += (document.record.empty() ? "line-" : "@line-") + std::to_string(line);
    document.sha256 = digest;
    document.format = "jsonl";
    document.encoding = decoded.encoding;
    const auto given = [&](const char* key) {
      std::string value = field(key);
      return value.empty() ? Given{} : Given{std::move(value), Given::By::record, key};
    };
    document.metadata.title = given("title");
    document.metadata.outlet = given("outlet");
    document.metadata.date = given("date");
    document.text = from_utf8(record["text"].get_ref<const std::string&>());
    add_document(to, std::move(document));
  }
}

void read_into(Sources& to, std::string bytes, const std::string& name, const ReadOptions& options) {
  const std::string digest = sha256(bytes);
  if (bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b') {
    Result<std::string> unpacked = unpack(bytes, name);
    if (!unpacked) {
      to.diagnostics.push_back({Severity::error, std::move(unpacked).error()});
      return;
    }
    bytes = *std::move(unpacked);
  }
  Result<Decoded> decoded = decode(bytes, name, options.encoding);
  if (!decoded) {
    to.diagnostics.push_back({Severity::error, std::move(decoded).error()});
    return;
  }
  std::string().swap(bytes);
  if (decoded->damage) to.diagnostics.push_back(*decoded->damage);
  if (is_corpus_name(name)) return read_records(to, *decoded, name, digest);
  if (std::all_of(decoded->text.begin(), decoded->text.end(),
                  [](char32_t c) { return han::kind(c) == han::Kind::blank; }))
    to.diagnostics.push_back({Severity::note, {"empty", "holds no text", name, std::nullopt, ""}});
  Document document;
  document.path = name;
  document.sha256 = digest;
  document.encoding = decoded->encoding;
  document.text = std::move(decoded->text);
  document.format = is_markdown(document.text) ? "markdown" : "text";
  add_document(to, std::move(document));
}

void read_file(Sources& to, const fs::path& path, const ReadOptions& options) {
  const auto fail = [&](const char* code, std::string message, std::string help) {
    to.diagnostics.push_back(
        {Severity::error, {code, std::move(message), path.string(), std::nullopt, std::move(help)}});
  };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return fail("not-found", "no such file or directory", "check the path");
  if (!fs::is_regular_file(status))
    return fail("not-a-file", "neither a regular file nor a directory", "pass - to read standard input");
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > kMaxBytes) return fail("too-large", "larger than 2 GiB", "split the file");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail("unreadable", std::string("cannot be opened: ") + std::strerror(errno), "check its permissions");
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return fail("unreadable", "reading stopped with an error", "check the disk and try again");
  read_into(to, std::move(bytes), path.string(), options);
}

}  // namespace

Sources read_bytes(std::string bytes, const std::string& name, const ReadOptions& options) {
  Sources sources;
  read_into(sources, std::move(bytes), name, options);
  return sources;
}

Sources read_paths(const std::vector<std::string>& paths, const ReadOptions& options) {
  Sources sources;
  std::set<std::string> seen;
  const auto once = [&](const fs::path& path) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error);
    return seen.insert((error ? path : real).string()).second;
  };
  for (const std::string& name : paths) {
    if (name == "-") {
      if (once("-")) read_into(sources, std::string(std::istreambuf_iterator<char>(std::cin), {}), "-", options);
      continue;
    }
    std::error_code error;
    if (!fs::is_directory(name, error)) {
      if (once(name)) read_file(sources, name, options);
      continue;
    }
    std::size_t skipped = 0;
    fs::recursive_directory_iterator entries(name, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && entries != end; entries.increment(error)) {
      if (!entries->is_regular_file(error)) continue;
      if (!is_text_name(entries->path().string())) {
        ++skipped;
      } else if (once(entries->path())) {
        read_file(sources, entries->path(), options);
      }
    }
    if (error)
      sources.diagnostics.push_back(
          {Severity::error,
           {"unreadable", "cannot be listed: " + error.message(), name, std::nullopt, "check its permissions"}});
    if (skipped > 0)
      sources.diagnostics.push_back({Severity::note,
                                     {"skipped", std::to_string(skipped) + " files of other forms were left out",
                                      name, std::nullopt, "texts end in .txt, .md, .jsonl or .jsonl.gz"}});
  }
  const auto order = [](const auto& a, const auto& b) { return std::tie(a.key, a.path) < std::tie(b.key, b.path); };
  std::sort(sources.documents.begin(), sources.documents.end(), order);
  std::stable_sort(sources.diagnostics.begin(), sources.diagnostics.end(), [](const auto& a, const auto& b) {
    return std::tie(a.what.source, a.what.offset, a.what.code) <
           std::tie(b.what.source, b.what.offset, b.what.code);
  });
  return sources;
}

}  // namespace suyuan
