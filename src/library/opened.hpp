// opened.hpp: a library as its readers hold it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "library/parts.hpp"
#include "library/relations.hpp"
#include "suyuan/library.hpp"

namespace suyuan {

namespace library {
class WorkTable;
}

struct Library::Parts {
  std::string folder;
  library::Manifest manifest;
  std::vector<library::Segment> segments;
  std::vector<Diagnostic> diagnostics;
  std::string shown_below;  // the folder from which paths are shown; empty: from the root

  // What a question needs of all texts, read when one is first asked.
  struct Ready {
    library::Relations relations;
    std::vector<Diagnostic> diagnostics;  // of reading and of segmenting
    std::shared_ptr<const Coverage> coverage;
    std::set<std::string> paths;  // of the texts in force
  };
  const Result<Ready>& ready() const;
  // Of ready(); null where something is damaged.
  std::shared_ptr<const library::WorkTable> work_table() const;

 private:
  Result<Ready> get_ready() const;
  mutable std::once_flag once_;
  mutable std::optional<Result<Ready>> ready_;
  mutable std::once_flag table_once_;
  mutable std::shared_ptr<const library::WorkTable> table_;
};

}  // namespace suyuan
