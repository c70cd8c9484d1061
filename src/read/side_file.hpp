// side_file.hpp: what sources.toml and NAME.meta.toml say of a source.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "suyuan/read.hpp"

namespace suyuan {

struct SideWord {
  Metadata metadata;
  std::vector<std::pair<std::string, Metadata>> works;
};

// Reads each side file once; what is wrong with it becomes a diagnostic, once.
class SideFiles {
 public:
  explicit SideFiles(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  // What the side files say of the file at `path`, the nearest to it last and winning: sources.toml, first what
  // it says of the whole folder, then its section; then NAME.meta.toml.
  SideWord of(const std::string& path);

 private:
  using Sections = std::map<std::string, SideWord>;  // by file name; "" is the whole folder
  const Sections& folder(const std::string& path);

  std::vector<Diagnostic>& diagnostics_;
  std::map<std::string, Sections> folders_;
};

// The fields that `over` gives replace those of `under`.
void overlay(Metadata& under, const Metadata& over);

}  // namespace suyuan
