// heads.hpp: which passages head chains, and which sentences are series.
#pragma once

#include <vector>

#include "chain/finds.hpp"

namespace suyuan {

struct Head {
  Passage passage;
  std::vector<Find> finds;  // its witnesses
};

struct Heads {
  std::vector<Head> heads;
  std::vector<Series> series;   // places in no order
  std::uint32_t fragments = 0;  // alignments that break off within a clause, and stand in no chain
};

// Sections lead, then paragraphs that another text holds half of, then what of the others stands elsewhere.
Heads find_heads(const Finder& finder, unsigned jobs);

}  // namespace suyuan
