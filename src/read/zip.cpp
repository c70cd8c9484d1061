#include "read/zip.hpp"

#include <zip.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "read/decode.hpp"

namespace suyuan {

namespace {

constexpr std::uint64_t kFreeUnpacked = std::uint64_t{64} << 20;  // below this, any ratio
constexpr std::uint64_t kMaxRatio = 100;
constexpr std::uint64_t kMaxUnpacked = std::uint64_t{1} << 31;  // of all parts together

// Names without the mark of UTF-8 are in the code page of whoever packed them: GBK in China.
std::string utf8_name(const char* raw) {
  std::string name(raw);
  bool sound = true;
  for (std::string_view rest = name; !rest.empty() && sound;) {
    char32_t c = 0;
    const std::size_t length = utf8_sequence(rest, c);
    sound = length != 0;
    rest.remove_prefix(std::max<std::size_t>(1, length));
  }
  if (sound) return name;
  if (Result<Decoded> decoded = decode(name, "", "GB18030"); decoded) return decoded->utf8();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }, '?');
  return name;
}

bool is_unsafe(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.front() == '\\') return true;
  if (name.size() >= 2 && name[1] == ':') return true;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
    if (name.substr(at, end - at) == "..") return true;
    at = end + 1;
  }
  return std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// An archive that is closed without being written.
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

}  // namespace

struct Package::Open {
  std::string_view bytes;
  std::string source;
  std::unique_ptr<zip_t, Discard> archive;
  std::vector<Part> parts;
  std::unordered_map<std::string, std::size_t> by_name;
  std::unordered_set<std::string> twice;
  Unpacking* bound = nullptr;

  tl::unexpected<Error> fail(std::string code, std::string message, std::string help) const {
    return tl::unexpected(Error{std::move(code), std::move(message), source, std::nullopt, std::move(help)});
  }
};

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

std::string part_named(const std::string& from, std::string_view reference) {
  if (reference.starts_with("/")) return std::string(reference.substr(1));
  std::string folder = folder_of(from);
  while (reference.starts_with("../") || reference.starts_with("./")) {
    const bool up = reference.starts_with("../");
    if (up && !folder.empty()) folder = folder_of(folder.substr(0, folder.size() - 1));
    reference.remove_prefix(up ? 3 : 2);
  }
  return folder + std::string(reference);
}

bool is_zip(std::string_view bytes) {
  return bytes.substr(0, 4) == std::string_view("PK\x03\x04", 4) ||
         bytes.substr(0, 4) == std::string_view("PK\x05\x06", 4);
}

Unpacking Unpacking::of(std::size_t packed) {
  return {std::min(kMaxUnpacked, std::max<std::uint64_t>(kFreeUnpacked, std::uint64_t{packed} * kMaxRatio)), 0};
}

Package::Package(std::unique_ptr<Open> made) : open_(std::move(made)) {}
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

const std::vector<Package::Part>& Package::parts() const { return open_->parts; }
bool Package::has(std::string_view name) const { return open_->by_name.contains(std::string(name)); }

Result<Package> Package::open(std::string_view bytes, const std::string& source, Unpacking& bound) {
  auto made = std::make_unique<Open>();
  made->bytes = bytes;
  made->source = source;
  made->bound = &bound;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* from = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (from != nullptr) made->archive.reset(zip_open_from_source(from, ZIP_RDONLY, &error));
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (!made->archive) {
    if (from != nullptr) zip_source_free(from);
    const bool cut = code == ZIP_ER_NOZIP || code == ZIP_ER_EOF;
    return made->fail("damaged-package",
                      cut ? "a package that is cut short: its list of parts is missing"
                          : "a package whose list of parts is damaged",
                      "fetch or save the file again");
  }
  const auto count =
      static_cast<std::size_t>(std::max<zip_int64_t>(0, zip_get_num_entries(made->archive.get(), 0)));
  if (count > kMaxParts)
    return made->fail("too-large", "a package of " + std::to_string(count) + " parts, more than 20,000",
                      "unpack it and pass the folder");
  for (std::size_t i = 0; i < count; ++i) {
    Part part;
    const char* raw = zip_get_name(made->archive.get(), i, ZIP_FL_ENC_RAW);
    part.name = raw == nullptr ? std::string() : utf8_name(raw);
    part.unsafe = is_unsafe(part.name);
    std::replace_if(
        part.name.begin(), part.name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
    zip_stat_t stat;
    if (zip_stat_index(made->archive.get(), i, 0, &stat) == 0)
      part.encrypted = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    part.duplicate = !made->by_name.try_emplace(part.name, i).second;
    if (part.duplicate) made->twice.insert(part.name);
    made->parts.push_back(std::move(part));
  }
  return Package(std::move(made));
}

Result<std::string> Package::read(std::size_t number) {
  const Part& part = open_->parts[number];
  const auto fail = [&](std::string code, const std::string& message, std::string help) {
    return open_->fail(std::move(code), part.name + ": " + message, std::move(help));
  };
  if (part.unsafe)
    return fail("unsafe-name", "a name that leads out of the package; not read",
                "no honest program packs such names: ask where the file comes from");
  if (part.encrypted) return fail("encrypted", "encrypted", "save it without a password");
  zip_file_t* file = zip_fopen_index(open_->archive.get(), number, 0);
  if (file == nullptr)
    return fail("damaged-package", "cannot be unpacked: " + std::string(zip_strerror(open_->archive.get())),
                "fetch or save the file again");
  Unpacking& bound = *open_->bound;
  std::string out;
  std::string buffer(std::size_t{1} << 16, '\0');
  zip_int64_t got = 0;
  while ((got = zip_fread(file, buffer.data(), buffer.size())) > 0) {
    out.append(buffer, 0, static_cast<std::size_t>(got));
    bound.done += static_cast<std::uint64_t>(got);
    if (out.size() > kMaxPart || bound.done > bound.most) break;
  }
  const bool wrong = got < 0 && zip_error_code_zip(zip_file_get_error(file)) == ZIP_ER_CRC;
  const int closed = zip_fclose(file);
  if (bound.done > bound.most)
    return fail("zip-bomb",
                bound.most < kMaxUnpacked ? "the package unpacks to more than 100 times its size"
                                          : "the package unpacks to more than 2 GiB",
                "if it holds texts after all, unpack it first");
  if (out.size() > kMaxPart) return fail("too-large", "unpacks to more than 64 MiB", "split the file");
  if (wrong || (got >= 0 && closed == ZIP_ER_CRC))
    return fail("damaged-package", "its checksum is wrong", "fetch or save the file again");
  if (got < 0 || closed != 0)
    return fail("damaged-package", "what is packed in it is damaged or cut short", "fetch or save the file again");
  return out;
}

Result<std::string> Package::read(std::string_view name) {
  const auto found = open_->by_name.find(std::string(name));
  if (found == open_->by_name.end())
    return open_->fail("damaged-package", "has no part " + std::string(name), "save the file again");
  // Which of two parts of one name is meant depends on the program that reads it.
  if (open_->twice.contains(std::string(name)))
    return open_->fail("damaged-package", "has two parts " + std::string(name), "save the file again");
  return read(found->second);
}

Result<std::string> Package::with(const std::vector<std::pair<std::string, std::string>>& changed) const {
  const auto fail = [&](zip_t* archive) {
    return open_->fail("unwritable", "cannot be packed again: " + std::string(zip_strerror(archive)), "");
  };
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(open_->bytes.data(), open_->bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, 0, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return open_->fail("unwritable", "cannot be packed again", "");
  }
  zip_source_keep(source);
  std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> kept(source, zip_source_free);
  std::unique_ptr<zip_t, Discard> guard(archive);
  for (const auto& [name, content] : changed) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (part == nullptr) return fail(archive);
    const auto found = open_->by_name.find(name);
    zip_int64_t number = -1;
    if (found == open_->by_name.end())
      number = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    else if (zip_file_replace(archive, found->second, part, 0) == 0)
      number = static_cast<zip_int64_t>(found->second);
    if (number < 0) {
      zip_source_free(part);
      return fail(archive);
    }
    // No clock: the first day that the format knows.
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(number), 0, (1 << 5) | 1, 0);
  }
  if (zip_close(archive) != 0) return fail(archive);
  static_cast<void>(guard.release());
  std::string out;
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
    return open_->fail("unwritable", "cannot be packed again", "");
  out.resize(static_cast<std::size_t>(stat.size));
  std::size_t read = 0;
  while (read < out.size()) {
    const zip_int64_t got = zip_source_read(source, out.data() + read, out.size() - read);
    if (got <= 0) break;
    read += static_cast<std::size_t>(got);
  }
  zip_source_close(source);
  if (read != out.size()) return open_->fail("unwritable", "cannot be packed again", "");
  return out;
}

}  // namespace suyuan
