// zip.hpp: the parts of a zip package, by name. The one file pair that knows libzip.
//
// Nothing is written to disk and no name is taken for a path; a name is still refused where it would lead out of
// the folder it is unpacked in, because it shows that the package was made to harm. What is unpacked is bounded for
// each part, for all parts together and against the size of the package; sizes that a package states of itself are
// not believed. Checksums are verified.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "suyuan/base.hpp"

namespace suyuan {

inline constexpr std::uint64_t kMaxPart = std::uint64_t{1} << 26;  // bytes of one part, unpacked
inline constexpr std::size_t kMaxParts = 20'000;

bool is_zip(std::string_view bytes);

// The folder of a part, with its last slash; the part that a reference in it names.
std::string folder_of(const std::string& part);
std::string part_named(const std::string& from, std::string_view reference);

// What may be unpacked of a package and of all that stand in it, and what was.
struct Unpacking {
  std::uint64_t most = 0, done = 0;
  static Unpacking of(std::size_t packed);
};

class Package {
 public:
  // `bytes` and `bound` outlive the package; `source` stands in messages. Errors: no zip, cut short, damaged, too
  // many parts.
  static Result<Package> open(std::string_view bytes, const std::string& source, Unpacking& bound);

  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  struct Part {
    std::string name;  // UTF-8
    bool encrypted = false;
    bool unsafe = false;     // leads out of the package: "..", an absolute path, a drive, a NUL
    bool duplicate = false;  // not the first of its name
  };
  const std::vector<Part>& parts() const;
  bool has(std::string_view name) const;
  // The content of the part, whole and with the right checksum.
  Result<std::string> read(std::size_t number);
  Result<std::string> read(std::string_view name);

  // A copy of the package in which the named parts have that content, new ones last; the others keep their bytes
  // as they are packed.
  Result<std::string> with(const std::vector<std::pair<std::string, std::string>>& parts) const;

 private:
  struct Open;
  explicit Package(std::unique_ptr<Open> made);
  std::unique_ptr<Open> open_;
};

}  // namespace suyuan
