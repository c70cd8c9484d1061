// source.hpp: the bytes of one source → its documents and what is said of them; for those who read sources one by
// one.
#pragma once

#include <string>

#include "read/side_file.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

// `digest` is the SHA-256 of the bytes.
void read_source(Sources& to, std::string bytes, std::string digest, const std::string& name,
                 const ReadOptions& options, const SideWord& side);

// By key, then path; diagnostics by source. Equal ones keep their order.
void put_in_order(Sources& sources);

}  // namespace suyuan
