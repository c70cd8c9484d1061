// manifest.hpp: the list of all that counts in a library: docs/library.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "library/storage.hpp"
#include "suyuan/base.hpp"

namespace suyuan::library {

inline constexpr std::string_view kManifestName = "suyuan-library";
inline constexpr std::string_view kNewManifestName = "suyuan-library.new";
inline constexpr std::uint32_t kFormat = 1;

// Ascending, disjoint ranges, both ends within.
using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
bool contains(const Ranges& ranges, std::uint32_t number);
std::uint32_t size(const Ranges& ranges);
void insert(Ranges& ranges, std::uint32_t number);

struct SegmentEntry {
  std::uint64_t number = 0, bytes = 0, tail = 0;
  std::uint32_t sources = 0, documents = 0;
  std::uint64_t characters = 0;
  Ranges removed;  // sources that are no longer in the library
};

struct Manifest {
  std::uint64_t generation = 0, next = 1;
  std::vector<SegmentEntry> segments;
};

std::string segment_name(std::uint64_t number);

std::string to_text(const Manifest& manifest);
Result<Manifest> parse_manifest(std::string_view text, const std::string& source);

Result<Manifest> read_manifest(const std::string& folder);

// Puts it in force, durably. Where this fails after the rename, either may be in force after a crash.
std::optional<Error> write_manifest(FileLayer& files, const std::string& folder, const Manifest& manifest);

}  // namespace suyuan::library
