#include "library/part.hpp"

#include "index/assemble.hpp"

namespace suyuan::library {

PartReader::PartReader(const std::vector<Segment>& segments, const Relations& relations) : relations_(relations) {
  for (const Segment& s : segments) by_number_.emplace(s.entry.number, &s);
}

bool PartReader::read(const DocumentPlace& p, Held& held) const {
  if (held.contains(p)) return true;
  const auto known = by_number_.find(p.first);
  if (known == by_number_.end() || p.second >= known->second->rows.size()) return false;
  const Segment& s = *known->second;
  auto document = s.document(p.second);
  std::optional<Error> damage;
  const auto made = s.segmentation(p.second, damage);
  if (!document || !made) return false;
  const auto changed = relations_.changed.find(p);
  if (changed != relations_.changed.end() && !decode_related(changed->second, *made)) return false;
  held.emplace(p, std::pair(*std::move(document), std::move(*made)));
  return true;
}

bool PartReader::read_all(const std::set<DocumentPlace>& wanted, Held& held) const {
  std::set<DocumentPlace> all = wanted, more;
  for (const DocumentPlace& p : wanted)
    for (auto at = relations_.publications.lower_bound({p, 0});
         at != relations_.publications.end() && at->first.document == p; ++at)
      for (const Relations::Copy& c : relations_.copies[at->second]) all.insert(c.document);
  for (const DocumentPlace& p : all) {
    if (!read(p, held)) return false;
    for (const Work& w : held.at(p).second.works)
      for_each_reference(w, [&](const std::string& key) {
        const auto at = relations_.keys.find(key);
        if (at != relations_.keys.end()) more.insert(at->second);
      });
  }
  for (const DocumentPlace& p : more)
    if (!read(p, held)) return false;
  return true;
}

}  // namespace suyuan::library
