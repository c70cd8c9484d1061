// What works say of each other: an announcement dates the text it announces.
#include <algorithm>
#include <map>

#include "base/han.hpp"
#include "segment/lexicon.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

void relate(const std::vector<Document>& documents, std::vector<Segmentation>& made, std::size_t settled) {
  struct Place {
    std::size_t document, work;
  };
  std::map<std::u32string, std::vector<Place>> by_title;
  for (std::size_t d = 0; d < made.size(); ++d)
    for (std::size_t w = 0; w < made[d].works.size(); ++w)
      if (!made[d].works[w].title.empty())
        by_title[fold_words(from_utf8(made[d].works[w].title))].push_back({d, w});
  // Documents in the order of their keys, so that what is found does not depend on theirs.
  std::vector<std::size_t> order(made.size());
  for (std::size_t d = 0; d < order.size(); ++d) order[d] = d;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(documents[a].key, documents[a].path) < std::tie(documents[b].key, documents[b].path);
  });
  for (const std::size_t d : order)
    for (Work& report : made[d].works) {
      if (!report.about) continue;
      About& about = *report.about;
      const auto found = by_title.find(fold_words(from_utf8(about.title)));
      if (found == by_title.end()) continue;
      for (const Place& p : found->second) {
        Work& work = made[p.document].works[p.work];
        if (&work == &report || (d < settled && p.document < settled)) continue;
        // The title alone does not make it the same text: the author or the outlet must agree, and neither may
        // differ.
        const bool author = !about.author.empty() && about.author == work.author;
        const bool outlet = !about.outlet.empty() && about.outlet == work.outlet;
        const bool differs = (!about.author.empty() && !work.author.empty() && !author) ||
                             (!about.outlet.empty() && !work.outlet.empty() && !outlet);
        if ((!author && !outlet) || differs) continue;
        if (about.document.empty() && d >= settled) {
          about.document = documents[p.document].key;
          about.work = work.span;
        }
        if (p.document < settled) continue;
        if (work.outlet.empty()) work.outlet = about.outlet;
        if (about.published.status != DateInterval::Status::stated ||
            work.published.status == DateInterval::Status::stated)
          continue;
        DateInterval said = about.published;
        for (Evidence& e : said.evidence)
          if (p.document != d) e.document = documents[d].key;
        work.published = std::move(said);
      }
    }
}

}  // namespace suyuan
