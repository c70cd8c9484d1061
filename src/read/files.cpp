// Files, folders, patterns, standard input, gzip.
#include "read/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

namespace suyuan {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kFreeUnpacked = std::uint64_t{64} << 20;  // below this, any ratio
constexpr std::uint64_t kMaxRatio = 100;

Error not_a_file(const std::string& path, mode_t mode) {
  const char* what = S_ISFIFO(mode)                   ? "a named pipe"
                     : S_ISSOCK(mode)                 ? "a socket"
                     : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                                      : "neither a file nor a folder";
  return {"not-a-file", std::string(what) + ", not a file", path, std::nullopt, "pass - to read standard input"};
}

Error unusable(const std::string& path, int number) {
  if (number == ENOENT || number == ENOTDIR)
    return {"not-found", "no such file or directory", path, std::nullopt, "check the path"};
  if (number == ELOOP)
    return {"link-loop", "a link that leads back to itself", path, std::nullopt, "remove or mend the link"};
  return {"unreadable", std::string("cannot be opened: ") + std::strerror(number), path, std::nullopt,
          "check its permissions"};
}

Error too_large(const std::string& path) {
  return {"too-large", "larger than 2 GiB", path, std::nullopt, "split the file"};
}

Error broken_off(const std::string& path, std::uint64_t at) {
  return {"unreadable", std::string("reading stopped with an error: ") + std::strerror(errno), path, at,
          "check the disk and try again"};
}

class Lister {
 public:
  explicit Lister(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  std::vector<std::string> files;

  void add(const std::string& name) {
    if (name == "-") return once(name);
    std::error_code error;
    const fs::file_status status = fs::status(name, error);
    if (fs::exists(status)) return add_existing(name, fs::is_directory(status));
    if (!fs::exists(fs::symlink_status(name, error)) && name.find_first_of("*?[") != std::string::npos) {
      const std::vector<std::string> found = expand(name);
      if (found.empty())
        say(Severity::error,
            {"not-found", "no file matches this pattern", name, std::nullopt, "check the pattern"});
      for (const std::string& path : found) add_existing(path, fs::is_directory(path, error));
      return;
    }
    once(name);  // reading it says what is wrong
  }

 private:
  void say(Severity severity, Error what) { diagnostics_.push_back({severity, std::move(what)}); }

  void once(const std::string& path) {
    std::error_code error;
    const fs::path real = path == "-" ? fs::path(path) : fs::weakly_canonical(path, error);
    if (seen_.insert((error ? fs::path(path) : real).string()).second) files.push_back(path);
  }

  void add_existing(const std::string& path, bool folder) {
    if (folder) return add_folder(path);
    if (is_side_file(path))
      return say(Severity::note, {"side-file", "speaks of texts and is not read as one", path, std::nullopt, ""});
    once(path);
  }

  void add_folder(const std::string& folder) {
    std::size_t skipped = 0, links = 0;
    std::vector<std::string> found;
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error), end;
    for (; !error && entries != end; entries.increment(error)) {
      const std::string path = entries->path().string();
      std::error_code state;
      const fs::file_status status = entries->status(state);
      if (fs::is_directory(status)) {
        links += entries->is_symlink(state);
        if (!entries->is_symlink(state) && closed(path)) entries.disable_recursion_pending();
      } else if (is_side_file(path)) {
        continue;
      } else if (!is_text_name(path)) {
        ++skipped;
      } else {
        found.push_back(path);
      }
    }
    if (error)
      say(Severity::error,
          {"unreadable", "cannot be listed: " + error.message(), folder, std::nullopt, "check its permissions"});
    if (skipped > 0)
      say(Severity::note,
          {"skipped", std::to_string(skipped) + " files of other forms were left out", folder, std::nullopt,
           "texts end in .txt, .md, .html, .pdf, .docx, .odt, .epub, .xlsx, .doc, .rtf, .wps, .zip, .jsonl, .json, "
           ".csv "
           "or .tsv, also with .gz"});
    if (links > 0)
      say(Severity::note, {"skipped", std::to_string(links) + " links to folders were not followed", folder,
                           std::nullopt, "name the folders they lead to"});
    for (const std::string& path : found) once(path);
  }

  // Whether a folder lets nobody see what is in it, which is said once.
  bool closed(const std::string& folder) {
    if (::access(folder.c_str(), R_OK | X_OK) == 0) return false;
    const int why = errno;
    if (closed_.insert(folder).second)
      say(Severity::error,
          {"unreadable", std::string("cannot be listed: ") + std::strerror(why),
           folder.size() > 1 && folder.back() == '/' ? folder.substr(0, folder.size() - 1) : folder, std::nullopt,
           "check its permissions"});
    return true;
  }

  // All that a pattern matches, sorted. Names that begin with a dot match only where the pattern's do.
  std::vector<std::string> expand(const std::string& pattern) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= pattern.size();) {
      const std::size_t slash = std::min(pattern.find('/', at), pattern.size());
      if (slash > at) parts.push_back(pattern.substr(at, slash - at));
      at = slash + 1;
    }
    std::set<std::string> bases{pattern.front() == '/' ? "/" : ""};
    for (const std::string& part : parts) {
      std::set<std::string> next;
      for (const std::string& base : bases) {
        std::error_code error;
        if (part == "**") {
          next.insert(base);
          if (!fs::is_directory(base.empty() ? "." : base, error) || closed(base.empty() ? "." : base)) continue;
          fs::recursive_directory_iterator entries(base.empty() ? "." : base, error), end;
          for (; !error && entries != end; entries.increment(error)) {
            std::error_code state;
            if (!entries->is_directory(state) || entries->is_symlink(state)) continue;
            if (entries->path().filename().string().front() == '.') {
              entries.disable_recursion_pending();
              continue;
            }
            std::string path = entries->path().string();
            if (base.empty()) path.erase(0, 2);
            if (closed(path + "/")) entries.disable_recursion_pending();
            next.insert(path + "/");
          }
        } else if (part.find_first_of("*?[") == std::string::npos) {
          if (fs::exists(fs::symlink_status(base + part, error))) next.insert(base + part + "/");
        } else {
          const std::u32string wide = from_utf8(part);
          if (!fs::is_directory(base.empty() ? "." : base, error) || closed(base.empty() ? "." : base)) continue;
          fs::directory_iterator entries(base.empty() ? "." : base, error), end;
          for (; !error && entries != end; entries.increment(error)) {
            const std::string name = entries->path().filename().string();
            if ((name.front() != '.' || part.front() == '.') && matches_pattern(from_utf8(name), wide))
              next.insert(base + name + "/");
          }
        }
      }
      bases = std::move(next);
    }
    std::vector<std::string> out;
    for (std::string path : bases) {
      if (path.size() > 1 && path.back() == '/') path.pop_back();
      std::error_code error;
      // The end "**" stands for the files below, which naming the folder itself gives.
      if (!path.empty() && fs::exists(fs::symlink_status(path, error))) out.push_back(path);
    }
    return out;
  }

  std::vector<Diagnostic>& diagnostics_;
  std::set<std::string> seen_, closed_;
};

}  // namespace

bool name_ends(std::string_view name, std::string_view ending) {
  const auto ends = [](std::string_view text, std::string_view with) {
    return text.size() >= with.size() && std::equal(with.rbegin(), with.rend(), text.rbegin(), [](char a, char b) {
             return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
           });
  };
  if (ends(name, ".gz")) name.remove_suffix(3);
  return ends(name, ending);
}

bool is_text_name(std::string_view name) {
  static constexpr std::array<std::string_view, 27> kEndings{
      ".txt",  ".text", ".md",    ".markdown", ".jsonl", ".ndjson", ".json", ".csv",  ".tsv",
      ".html", ".htm",  ".xhtml", ".xht",      ".shtml", ".shtm",   ".docx", ".docm", ".dotx",
      ".odt",  ".ott",  ".epub",  ".xlsx",     ".zip",   ".pdf",    ".doc",  ".rtf",  ".wps"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return name_ends(name, e); });
}

bool is_side_file(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
  return name == "sources.toml" || (name_ends(name, ".meta.toml") && !name_ends(name, ".gz"));
}

bool matches_pattern(std::u32string_view name, std::u32string_view pattern) {
  std::size_t n = 0, p = 0, star = pattern.npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == U'*') {
      star = p++;
      from = n;
      continue;
    }
    bool one = false;
    std::size_t after = p + 1;
    if (p < pattern.size() && pattern[p] == U'[' && pattern.find(U']', p + 2) != pattern.npos) {
      std::size_t i = p + 1;
      const bool negated = pattern[i] == U'!' || pattern[i] == U'^';
      if (negated) ++i;
      for (const std::size_t first = i; i < pattern.size() && (pattern[i] != U']' || i == first); ++i) {
        if (i + 2 < pattern.size() && pattern[i + 1] == U'-' && pattern[i + 2] != U']') {
          one = one || (name[n] >= pattern[i] && name[n] <= pattern[i + 2]);
          i += 2;
        } else {
          one = one || name[n] == pattern[i];
        }
      }
      one = one != negated && i < pattern.size();
      after = i + 1;
    } else {
      one = p < pattern.size() && (pattern[p] == U'?' || pattern[p] == name[n]);
    }
    if (one) {
      p = after;
      ++n;
    } else if (star != pattern.npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == U'*') ++p;
  return p == pattern.size();
}

std::vector<std::string> list_files(const std::vector<std::string>& paths, std::vector<Diagnostic>& diagnostics) {
  Lister lister(diagnostics);
  for (const std::string& path : paths) lister.add(path);
  return std::move(lister.files);
}

Result<std::string> read_open_file(int file, std::uint64_t expected, const std::string& path) {
  std::string bytes(static_cast<std::size_t>(expected), '\0');
  std::size_t size = 0;
  while (true) {
    if (size == bytes.size()) {
      // A file is read to its end, which may have moved on since it was opened.
      char more = 0;
      const ssize_t got = ::read(file, &more, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return tl::unexpected(broken_off(path, size));
      if (got == 0) break;
      bytes.resize(std::max<std::size_t>(size + size / 2, std::size_t{1} << 16));
      bytes[size++] = more;
    }
    if (size > kMaxBytes) return tl::unexpected(too_large(path));
    const ssize_t got = ::read(file, bytes.data() + size, std::min<std::size_t>(bytes.size() - size, 1U << 30));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(broken_off(path, size));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size < expected)
    return tl::unexpected(Error{"changed",
                                "became shorter while it was read: " + std::to_string(size) + " of " +
                                    std::to_string(expected) + " bytes were there",
                                path, size, "read it again when nothing writes to it"});
  bytes.resize(size);
  return bytes;
}

Result<std::string> read_file(const std::string& path) {
  if (path == "-") return read_open_file(STDIN_FILENO, 0, path);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return tl::unexpected(unusable(path, errno));
  if (!S_ISREG(status.st_mode)) return tl::unexpected(not_a_file(path, status.st_mode));
  // What the name stands for may change between the two calls: a pipe must not be waited for.
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return tl::unexpected(unusable(path, errno));
  Result<std::string> out = std::string();
  if (::fstat(file, &status) != 0)
    out = tl::unexpected(unusable(path, errno));
  else if (!S_ISREG(status.st_mode))
    out = tl::unexpected(not_a_file(path, status.st_mode));
  else if (static_cast<std::uint64_t>(status.st_size) > kMaxBytes)
    out = tl::unexpected(too_large(path));
  else
    out = read_open_file(file, static_cast<std::uint64_t>(status.st_size), path);
  ::close(file);
  return out;
}

Result<std::string> unpack_gzip(const std::string& packed, const std::string& source) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 32) != Z_OK)
    return tl::unexpected(Error{"gzip", "the gzip decoder could not start", source, std::nullopt, ""});
  const std::uint64_t most = std::min(kMaxBytes, std::max<std::uint64_t>(kFreeUnpacked, packed.size() * kMaxRatio));
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
    if (out.size() > most) break;
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0 && fed == packed.size()) break;
      if (inflateReset(&stream) != Z_OK) break;  // a further member follows
      continue;
    }
    if (status != Z_OK || (stream.avail_in == 0 && fed == packed.size() && stream.avail_out != 0)) break;
  }
  const std::uint64_t at = fed - stream.avail_in;
  inflateEnd(&stream);
  if (out.size() > kMaxBytes)
    return tl::unexpected(Error{"too-large", "unpacks to more than 2 GiB", source, std::nullopt, "split the file"});
  if (out.size() > most)
    return tl::unexpected(Error{"too-large", "unpacks to more than 100 times its size, as no text does", source,
                                std::nullopt, "unpack it yourself if it is a text"});
  if (status != Z_STREAM_END)
    return tl::unexpected(Error{"gzip", "the gzip stream is damaged or cut short", source, at, "fetch it again"});
  return out;
}

}  // namespace suyuan
