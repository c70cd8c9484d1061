#include "library/asked.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "library/paths.hpp"

namespace suyuan::library {

namespace {

constexpr std::size_t kShortestKey = 4;

}  // namespace

Asked::Asked(const std::string& name, const std::map<std::uint64_t, Segment>& segments) : name_(name) {
  if (name.empty()) return;
  paths_ = {name, source_path(name)};
  std::error_code error;
  if (const auto folder = std::filesystem::weakly_canonical(name, error); !error && !folder.empty())
    paths_.push_back(folder.string());
  std::set<std::string_view> begun;
  for (const auto& [number, segment] : segments)
    for (std::uint32_t s = 0; s < segment.sources.size(); ++s) {
      if (!segment.live(s)) continue;
      if (is_path_of(segment.sources[s])) return;
      if (name.size() >= kShortestKey && segment.sources[s].sha256.starts_with(name))
        begun.insert(segment.sources[s].sha256);
    }
  keys = begun.size();
}

bool Asked::means(const SourceRecord& source) const {
  return is_path_of(source) || (keys == 1 && source.sha256.starts_with(name_));
}

bool Asked::is_path_of(const SourceRecord& source) const {
  return std::any_of(paths_.begin(), paths_.end(), [&](const std::string& path) {
    return path == source.path || source.path.starts_with(path.back() == '/' ? path : path + '/');
  });
}

}  // namespace suyuan::library
