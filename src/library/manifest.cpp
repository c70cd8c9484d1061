// The manifest, read strictly and replaced by rename.
#include "library/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <set>

#include "library/checksum.hpp"
#include "read/files.hpp"

namespace suyuan::library {

namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 17> out{};
  std::snprintf(out.data(), out.size(), "%016llx", static_cast<unsigned long long>(value));
  return out.data();
}

// Words of one line, each to be taken in its turn; nothing is passed over.
class Line {
 public:
  explicit Line(std::string_view text) : text_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return text_.empty(); }
  void word(std::string_view expected) { ok_ = next() == expected && ok_; }
  template <class Number>
  Number number(int base = 10) {
    const std::string_view text = next();
    Number out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) ok_ = false;
    return out;
  }
  Ranges ranges() {
    Ranges out;
    std::string_view text = next();
    while (ok_ && !text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      Line range(text.substr(0, comma));
      const std::size_t dash = std::min(range.text_.find('-'), range.text_.size());
      Line first(range.text_.substr(0, dash)),
          last(dash < range.text_.size() ? range.text_.substr(dash + 1) : range.text_);
      const auto a = first.number<std::uint32_t>(), b = last.number<std::uint32_t>();
      ok_ = first.ok() && last.ok() && a <= b && (out.empty() || out.back().second < a);
      out.emplace_back(a, b);
      text.remove_prefix(std::min(text.size(), comma + 1));
    }
    ok_ = ok_ && !out.empty();
    return out;
  }

 private:
  std::string_view next() {
    const std::size_t blank = std::min(text_.find(' '), text_.size());
    const std::string_view out = text_.substr(0, blank);
    text_.remove_prefix(std::min(text_.size(), blank + 1));
    return out;
  }
  std::string_view text_;
  bool ok_ = true;
};

constexpr std::size_t kSealed = 9 + 16 + 1;  // "checksum " and its digits and the end of the line

}  // namespace

bool contains(const Ranges& ranges, std::uint32_t number) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), number,
                                      [](std::uint32_t n, const auto& range) { return n < range.first; });
  return after != ranges.begin() && number <= (after - 1)->second;
}

std::uint32_t size(const Ranges& ranges) {
  std::uint32_t out = 0;
  for (const auto& [first, last] : ranges) out += last - first + 1;
  return out;
}

void insert(Ranges& ranges, std::uint32_t number) {
  if (contains(ranges, number)) return;
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), number,
                                      [](std::uint32_t n, const auto& range) { return n < range.first; });
  auto at = ranges.insert(after, {number, number});
  if (at + 1 != ranges.end() && (at + 1)->first == number + 1) {
    at->second = (at + 1)->second;
    ranges.erase(at + 1);
  }
  if (at != ranges.begin() && (at - 1)->second + 1 == number) {
    (at - 1)->second = at->second;
    ranges.erase(at);
  }
}

std::string segment_name(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits + ".segment";
}

std::string to_text(const Manifest& manifest) {
  std::string out = std::string(kManifestName) + ' ' + std::to_string(kFormat) + "\ngeneration " +
                    std::to_string(manifest.generation) + "\nnext " + std::to_string(manifest.next) + '\n';
  for (const SegmentEntry& s : manifest.segments) {
    out += "segment " + std::to_string(s.number) + " bytes " + std::to_string(s.bytes) + " tail " + hex(s.tail) +
           " sources " + std::to_string(s.sources) + " documents " + std::to_string(s.documents) + " characters " +
           std::to_string(s.characters);
    for (std::size_t i = 0; i < s.removed.size(); ++i) {
      const auto& [first, last] = s.removed[i];
      out += (i == 0 ? " removed " : ",") + std::to_string(first);
      if (last > first) out += '-' + std::to_string(last);
    }
    out += '\n';
  }
  return out + "checksum " + hex(checksum(out)) + '\n';
}

Result<Manifest> parse_manifest(std::string_view text, const std::string& source) {
  const auto damaged = [&](const std::string& message) {
    return tl::unexpected(Error{"damaged", message, source, std::nullopt,
                                "restore the file from a backup, or add the texts to a new library"});
  };
  const std::string name(kManifestName);
  if (text.size() < kSealed || text.substr(text.size() - kSealed, 9) != "checksum " || text.back() != '\n')
    return damaged("the list of the library's parts is cut short or is none");
  const std::string_view body = text.substr(0, text.size() - kSealed);
  if (text.substr(body.size()) != "checksum " + hex(checksum(body)) + '\n')
    return damaged("the list of the library's parts is damaged: its checksum does not fit");

  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    lines.push_back(body.substr(at, end - at));
    at = end + 1;
  }
  if (lines.empty() || lines[0].substr(0, name.size() + 1) != name + ' ')
    return damaged("is not a library's list of its parts");
  const std::string_view version = lines[0].substr(name.size() + 1);
  if (version != std::to_string(kFormat))
    return tl::unexpected(
        Error{"library-version",
              "this library has format " + std::string(version) + "; this program knows format " +
                  std::to_string(kFormat),
              source, std::nullopt,
              "use the version of suyuan that made it, or add the texts to a new library with this one"});
  Manifest out;
  bool ok = lines.size() >= 3;
  if (ok) {
    Line generation(lines[1]), next(lines[2]);
    generation.word("generation");
    out.generation = generation.number<std::uint64_t>();
    next.word("next");
    out.next = next.number<std::uint64_t>();
    ok = generation.ok() && generation.at_end() && next.ok() && next.at_end();
  }
  std::set<std::uint64_t> numbers;
  for (std::size_t i = 3; ok && i < lines.size(); ++i) {
    Line line(lines[i]);
    SegmentEntry s;
    line.word("segment");
    s.number = line.number<std::uint64_t>();
    line.word("bytes");
    s.bytes = line.number<std::uint64_t>();
    line.word("tail");
    s.tail = line.number<std::uint64_t>(16);
    line.word("sources");
    s.sources = line.number<std::uint32_t>();
    line.word("documents");
    s.documents = line.number<std::uint32_t>();
    line.word("characters");
    s.characters = line.number<std::uint64_t>();
    if (line.ok() && !line.at_end()) {
      line.word("removed");
      s.removed = line.ranges();
    }
    ok = line.ok() && line.at_end() && s.number < out.next && numbers.insert(s.number).second &&
         (s.removed.empty() || s.removed.back().second < s.sources);
    out.segments.push_back(std::move(s));
  }
  if (!ok) return damaged("the list of the library's parts does not follow its format");
  return out;
}

Result<Manifest> read_manifest(const std::string& folder) {
  const std::string path = folder + '/' + std::string(kManifestName);
  Result<std::string> text = read_file(path);
  if (!text) return tl::unexpected(std::move(text).error());
  return parse_manifest(*text, path);
}

std::optional<Error> write_manifest(FileLayer& files, const std::string& folder, const Manifest& manifest) {
  const std::string path = folder + '/' + std::string(kManifestName);
  const std::string fresh = folder + '/' + std::string(kNewManifestName);
  files.remove(fresh);  // a killed writer's
  NewFile file(files, fresh);
  file.append(to_text(manifest));
  if (auto error = file.finish()) return error;
  if (const int failure = files.rename(fresh, path)) return failed(path, "cannot be replaced", failure);
  if (const int failure = files.sync_folder(folder))
    return failed(folder, "cannot be brought to the disk", failure);
  return std::nullopt;
}

}  // namespace suyuan::library
