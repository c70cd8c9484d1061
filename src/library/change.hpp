// change.hpp: adding and removing over a file layer; the public calls are these over the real one.
#pragma once

#include "library/storage.hpp"
#include "suyuan/library.hpp"

namespace suyuan::library {

std::vector<Diagnostic> add(FileLayer& files, const std::string& folder, const std::vector<std::string>& paths,
                            const ChangeOptions& options);
std::vector<Diagnostic> remove(FileLayer& files, const std::string& folder, const std::vector<std::string>& names,
                               const ChangeOptions& options);

}  // namespace suyuan::library
