#include "library/paths.hpp"

#include <filesystem>

namespace suyuan::library {

namespace fs = std::filesystem;

std::string source_path(const std::string& given) {
  if (given.empty() || given == "-") return given;
  std::error_code error;
  const fs::path path = fs::absolute(given, error).lexically_normal();
  if (error) return given;
  const fs::path folder = fs::weakly_canonical(path.parent_path(), error);
  return error ? path.string() : (folder / path.filename()).string();
}

std::string current_folder() {
  std::error_code error;
  const std::string folder = fs::current_path(error).string();
  return error || folder == "/" ? "" : folder + '/';
}

std::string below(const std::string& folder, const std::string& path) {
  return !folder.empty() && path.size() > folder.size() && path.starts_with(folder) ? path.substr(folder.size())
                                                                                    : path;
}

}  // namespace suyuan::library
