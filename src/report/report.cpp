// A run's report or a saved one, to those who write its forms.
#include <sstream>

#include "report/data.hpp"
#include "report/readings.hpp"
#include "report/sigla.hpp"

namespace suyuan {

namespace {

void number(Report::Data& data) {
  for (std::size_t i = 0; i < data.works.size(); ++i)
    data.work_numbers.emplace(data.works[i].at("id").get<std::string>(), i);
  for (std::size_t i = 0; i < data.documents.size(); ++i)
    data.document_numbers.emplace(data.documents[i].at("id").get<std::string>(), i);
}

// That everything the forms look up is there, so that they cannot fail.
void examine(const Report::Data& data) {
  const auto interval = [](const Json& d) {
    for (const char* end : {"earliest", "latest"})
      if (!d.at(end).is_null()) static_cast<void>(d.at(end).get<std::string>());
  };
  const auto span = [](const Json& s) {
    static_cast<void>(s.at("start").get<std::uint32_t>());
    static_cast<void>(s.at("end").get<std::uint32_t>());
  };
  const auto text = [](const Json& of, const char* key) { static_cast<void>(of.at(key).get<std::string>()); };
  for (const Json& d : data.documents) text(d, "path");
  for (const Json& w : data.works) {
    for (const char* key : {"id", "document", "kind", "copy", "publication", "siglum"}) text(w, key);
    interval(w.at("published"));
    static_cast<void>(data.document(w.at("document")));
  }
  for (const Json& c : data.saved.at("chains")) {
    for (const char* key : {"id", "key", "kind", "head", "text", "first"}) text(c, key);
    std::unordered_map<std::string, std::size_t> ids;
    if (c.at("witnesses").empty()) throw std::out_of_range("a chain without witnesses");
    for (const Json& w : c.at("witnesses")) ids.emplace(w.at("id").get<std::string>(), ids.size());
    if (c.contains("occasion")) interval(c.at("occasion")), text(c.at("occasion"), "text");
    for (const Json& w : c.at("witnesses")) {
      for (const char* key : {"id", "text", "before", "after", "role"}) text(w, key);
      static_cast<void>(data.work(w.at("work")));
      static_cast<void>(data.document(w.at("document")));
      for (const char* key : {"line", "column"}) static_cast<void>(w.at(key).get<std::uint32_t>());
      static_cast<void>(w.at("extent").get<double>());
      static_cast<void>(w.at("quoted").get<bool>());
      interval(w.at("date"));
      if (w.contains("occasion")) interval(w.at("occasion")), text(w.at("occasion"), "text");
      for (const Json& p : w.at("parts")) span(p);
      const Json& follows = w.at("follows");
      text(follows, "status");
      for (const Json& id : follows.at("witnesses")) static_cast<void>(ids.at(id.get<std::string>()));
      if (follows.contains("more")) static_cast<void>(follows.at("more").get<std::uint32_t>());
      for (const Json& r : follows.at("readings")) {
        for (const char* key : {"text", "class"}) text(r, key);
        for (const Json& id : r.at("with")) static_cast<void>(ids.at(id.get<std::string>()));
        for (const Json& other : r.at("against"))
          static_cast<void>(ids.at(other.at("witness").get<std::string>())), text(other, "text");
      }
      if (const auto n = w.find("nearest"); n != w.end()) {
        text(*n, "kind");
        static_cast<void>(ids.at(n->at("witness").get<std::string>()));
        for (const Json& e : n->at("edits")) {
          text(e, "class");
          text(e, "op");
          static_cast<void>(e.at("sensitive").get<bool>());
          for (const char* side : {"from", "to"}) {
            text(e.at(side), "text");
            if (e.at(side).at("span").is_null())
              static_cast<void>(e.at(side).at("at").get<std::uint32_t>());
            else
              span(e.at(side).at("span"));
          }
        }
      }
    }
    for (const char* key : {"head", "first"}) static_cast<void>(ids.at(c.at(key).get<std::string>()));
    for (const Json& p : c.at("readings").at("places")) {
      for (const char* key : {"text", "before", "after", "class"}) text(p, key);
      for (const char* list : {"absent", "inside"})
        if (p.contains(list))
          for (const Json& id : p.at(list)) static_cast<void>(id.get<std::string>());
      for (const Json& r : p.at("readings")) {
        for (const char* key : {"text", "op", "class"}) text(r, key);
        for (const Json& id : r.at("witnesses")) static_cast<void>(id.get<std::string>());
      }
    }
  }
}

}  // namespace

Report::Report(const Found& found, const ReportOptions& options) {
  auto data = std::make_shared<Data>();
  data->found = &found;
  data->options = options;
  data->works = data->documents = Json::array();
  const std::vector<std::string> names = sigla(found.corpus);
  for (std::size_t w = 0; w < found.corpus.works.size(); ++w) {
    data->works.push_back(work_json(found.corpus, w));
    data->works.back()["siglum"] = names[w];
  }
  for (std::size_t d = 0; d < found.corpus.documents.size(); ++d)
    data->documents.push_back(document_json(found.corpus, d, false));
  number(*data);
  data_ = std::move(data);
}

Result<Report> read_report(std::string json, const std::string& source) {
  auto data = std::make_shared<Report::Data>();
  data->saved = Json::parse(json, nullptr, false);
  const auto fault = [&](const char* code, std::string message) {
    return tl::unexpected(Error{code, std::move(message), source, std::nullopt,
                                "give the file that `suyuan trace --format json` wrote, by this version"});
  };
  if (data->saved.is_discarded()) return fault("invalid-json", "is not JSON");
  if (!data->saved.is_object() || string_or(data->saved, "schema") != "suyuan.report/1")
    return fault("not-a-report", "is not a report of schema suyuan.report/1");
  try {
    data->works = data->saved.at("works");
    data->documents = data->saved.at("documents");
    for (Json& d : data->documents) d.erase("text");
    for (Json& w : data->works)
      for (const char* reading : {"paragraphs", "recurs"}) w.erase(reading);
    number(*data);
    examine(*data);
  } catch (const std::exception& e) {
    return fault("invalid-report", std::string("is not a report as this version writes it: ") + e.what());
  }
  data->text = std::move(json);
  return Report(std::shared_ptr<const Report::Data>(std::move(data)));
}

std::string interval_in_words(const Json& d, Language language) {
  const std::string from = string_or(d, "earliest"), to = string_or(d, "latest");
  if (from.empty() && to.empty()) return label("undated", language);
  if (to.empty()) return from + " –";
  if (from == to) return to;
  if (from.empty()) return label("by", language) + " " + to;
  return from + " – " + to;
}

std::string source_in_words(const Json& work, Language language) {
  const std::string outlet = string_or(work, "outlet");
  return (outlet.empty() ? "" : outlet + " ") + "《" + string_or(work, "title", label("untitled", language)) + "》";
}

}  // namespace suyuan
