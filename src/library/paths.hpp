// paths.hpp: the name by which a library knows a source: the file's path from the root, however it was spelled.
#pragma once

#include <string>

namespace suyuan::library {

// From the root, links of its folders followed; "-" stays.
std::string source_path(const std::string& given);

// The current folder with a slash at its end; empty where there is none, or it is the root.
std::string current_folder();

// A path as it lies below the folder, else as it is.
std::string below(const std::string& folder, const std::string& path);

}  // namespace suyuan::library
