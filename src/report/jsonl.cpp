// One chain a line, with what it cites.
#include <ostream>
#include <set>

#include "report/data.hpp"

namespace suyuan {

void write_jsonl(std::ostream& out, const Report& report) {
  const Report::Data& data = report.data();
  for (std::size_t n = 0; n < data.chains(); ++n) {
    Json line{{"schema", "suyuan.chain/1"}, {"unit", "code point"}};
    append(line, data.chain(n));
    std::set<std::size_t> works, documents;
    const auto cite = [&](const Json& places) {
      for (const Json& w : places) {
        works.insert(data.work_numbers.at(w.at("work").get<std::string>()));
        documents.insert(data.document_numbers.at(w.at("document").get<std::string>()));
      }
    };
    cite(line.at("witnesses"));
    if (const auto parts = line.find("earlier_parts"); parts != line.end()) cite(*parts);
    Json cited = Json::array();
    for (const std::size_t w : works) cited.push_back(data.works[w]);
    line["works"] = std::move(cited);
    cited = Json::array();
    for (const std::size_t d : documents) cited.push_back(data.documents[d]);
    line["documents"] = std::move(cited);
    out << written(line) << '\n';
  }
}

}  // namespace suyuan
