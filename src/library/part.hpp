// part.hpp: some documents of a library as a corpus has them: with what others say of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "library/opened.hpp"

namespace suyuan::library {

class PartReader {
 public:
  using Held = std::map<DocumentPlace, std::pair<Document, Segmentation>>;

  PartReader(const std::vector<Segment>& segments, const Relations& relations);

  const Segment& segment(std::uint64_t number) const { return *by_number_.at(number); }

  // Each answers whether all that it needs is sound. A document that is held is not read again.
  bool read(const DocumentPlace& place, Held& held) const;
  // The documents, those of the same publications, and what dates and describes all of them.
  bool read_all(const std::set<DocumentPlace>& wanted, Held& held) const;

 private:
  const Relations& relations_;
  std::map<std::uint64_t, const Segment*> by_number_;
};

}  // namespace suyuan::library
