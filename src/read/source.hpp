// source.hpp: the bytes of one source → its documents and what is said of them; for those who read sources one by
// one.
#pragma once

#include <string>

#include "read/side_file.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

struct Unpacking;  // zip.hpp

// A part of a package: its name in it, how many packages stand around it, and what may yet be unpacked of them.
struct PartOf {
  std::string part;
  int depth = 0;
  Unpacking* bound = nullptr;
};

// `digest` is the SHA-256 of the bytes, of a part those of the whole package.
void read_source(Sources& to, std::string bytes, std::string digest, const std::string& name,
                 const ReadOptions& options, const SideWord& side, const PartOf& within = {});

// By key, then path; diagnostics by source. Equal ones keep their order.
void put_in_order(Sources& sources);

}  // namespace suyuan
