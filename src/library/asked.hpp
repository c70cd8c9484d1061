// asked.hpp: the sources that a name asks for: the path of a file or a folder, as it is held or as it lies here,
// else the first digits of a key, enough of them to mean one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "library/parts.hpp"

namespace suyuan::library {

class Asked {
 public:
  Asked(const std::string& name, const std::map<std::uint64_t, Segment>& segments);
  bool means(const SourceRecord& source) const;

  std::size_t keys = 0;  // that begin with the name, where it is no path

 private:
  bool is_path_of(const SourceRecord& source) const;

  std::string name_;
  std::vector<std::string> paths_;
};

}  // namespace suyuan::library
