// A run's report or a saved one, to those who write its forms.
#include <algorithm>
#include <sstream>

#include "report/common.hpp"
#include "report/data.hpp"
#include "report/readings.hpp"
#include "report/sigla.hpp"

namespace suyuan {

namespace {

void number(Report::Data& data) {
  for (std::size_t i = 0; i < data.works.size(); ++i) {
    const Json& work = data.works[i];
    if (work.is_null()) continue;
    data.work_numbers.emplace(work.at("id").get<std::string>(), i);
    const std::string title = string_or(work, "title"), publication = string_or(work, "publication");
    if (!title.empty() && !publication.empty()) data.titles.emplace(publication, title);
  }
  for (std::size_t i = 0; i < data.documents.size(); ++i)
    if (!data.documents[i].is_null())
      data.document_numbers.emplace(data.documents[i].at("id").get<std::string>(), i);
}

// Fractions that nobody writes could not be taken for the numbers that the forms ask for, nor lists within lists
// without end be written.
void examine_values(const Json& report) {
  constexpr double kMost = 1e9;
  constexpr int kDeepest = 64;
  std::vector<std::pair<const Json*, int>> left{{&report, 0}};
  while (!left.empty()) {
    const auto [value, depth] = left.back();
    const Json& at = *value;
    left.pop_back();
    if (depth > kDeepest) throw std::out_of_range("lists too deep");
    if (at.is_number_float() && !(at.get<double>() >= 0 && at.get<double>() <= kMost))
      throw std::out_of_range("a number out of range");
    if (at.is_structured())
      for (const Json& inner : at) left.emplace_back(&inner, depth + 1);
  }
}

// Of a finding: what is said of its parts.
void examine_parts(const Json& q, std::size_t parts) {
  const auto text = [](const Json& said) { static_cast<void>(said.get<std::string>()); };
  if (q.contains("order")) {
    text(q.at("order"));
    if (parts == 0) throw std::out_of_range("an order of no parts");
    for (std::size_t n = 0; n < parts; ++n)
      static_cast<void>(q.at("sources")[n].at("span").at("start").get<std::uint32_t>());
  }
  for (const char* list : {"pieces", "disputed_by", "unheld"}) {
    const auto all = q.find(list);
    if (all == q.end()) continue;
    for (const Json& at : *all) {
      if (list == std::string_view("unheld")) {
        text(at);
        continue;
      }
      const bool piece = list == std::string_view("pieces");
      static_cast<void>(q.at("sources").at((piece ? at.at("source") : at).get<std::size_t>()));
      if (!piece) continue;
      text(at.at("draft"));
      for (const char* key : {"line", "column"}) static_cast<void>(at.at(key).get<std::uint32_t>());
    }
  }
}

// The same of a report of `verify`.
void examine_verify(const Report::Data& data) {
  const auto text = [](const Json& of, const char* key) { static_cast<void>(of.at(key).get<std::string>()); };
  const auto number_at = [](const Json& of, const char* key) {
    static_cast<void>(of.at(key).get<std::uint32_t>());
  };
  const auto place = [&](const Json& of) {
    for (const char* key : {"line", "column", "end_line", "end_column"}) number_at(of, key);
    for (const Json& p : of.at("parts"))
      for (const char* end : {"start", "end"}) number_at(p, end);
    if (of.at("parts").empty()) throw std::out_of_range("a place without parts");
    text(of, "text");
    static_cast<void>(data.document(of.at("document")));
  };
  const auto source = [&](const Json& s) {
    place(s);
    static_cast<void>(data.work(s.at("work")).at("citation"));
    for (const Json& e : s.at("edits")) {
      for (const char* key : {"class", "op"}) text(e, key);
      for (const char* key : {"sensitive", "ocr_suspect"}) static_cast<void>(e.at(key).get<bool>());
      for (const char* side : {"from", "to"}) text(e.at(side), "text");
    }
    static_cast<void>(s.at("folds"));
    if (s.contains("collation"))
      for (const Json& run : s.at("collation"))
        for (const char* side : {"base", "draft"}) text(run, side);
  };
  for (const Json& id : data.saved.at("drafts")) text(data.document(id), "text");
  for (const Json& id : data.saved.at("library")) static_cast<void>(data.document(id));
  for (const Json& d : data.documents) text(d, "path"), text(d, "sha256");
  for (const Json& w : data.works) {
    for (const char* key : {"id", "copy", "siglum"}) text(w, key);
    static_cast<void>(data.document(w.at("document")));
    for (const char* end : {"earliest", "latest"})
      if (!w.at("published").at(end).is_null()) text(w.at("published"), end);
    if (const auto pages = w.find("pages"); pages != w.end())
      for (std::size_t n : {0U, 1U}) static_cast<void>(pages->at(n).get<std::uint32_t>());
    static_cast<void>(w.at("parent"));
    const Json& c = w.at("citation");
    text(c, "type");
    if (!c.at("issue").is_null())
      for (const char* key : {"year", "number"}) static_cast<void>(c.at("issue").at(key).get<int>());
  }
  const Json& holdings = data.saved.at("holdings");
  for (const char* key : {"documents", "works", "damaged"}) number_at(holdings, key);
  for (const char* key : {"first_year", "last_year"}) static_cast<void>(holdings.at(key));
  for (const auto& [kind, n] : holdings.at("kinds").items()) static_cast<void>(n.get<std::uint32_t>());
  number_at(data.saved, "marked");
  text(data.saved.at("generator"), "version");
  static_cast<void>(data.saved.at("options").items());
  if (const auto p = data.saved.find("points"); p != data.saved.end()) {
    number_at(*p, "findings");
    static_cast<void>(p->at("points").get<double>());
    if (!p->at("per_10000").is_null()) static_cast<void>(p->at("per_10000").get<double>());
  }
  for (const Json& q : data.saved.at("quotations")) {
    place(q);
    for (const char* key : {"form", "verdict", "level", "holding", "reason", "key"}) text(q, key);
    for (const Json& f : q.at("flags")) static_cast<void>(f.get<std::string>());
    for (const Json& s : q.at("sources")) source(s);
    if (!q.at("nearest").is_null()) source(q.at("nearest"));
    const auto parts = q.at("base_parts").get<std::size_t>();
    if (parts > q.at("sources").size()) throw std::out_of_range("more parts of the base than sources");
    if (!q.at("as_in").is_null()) static_cast<void>(q.at("sources").at(q.at("as_in").get<std::size_t>()));
    examine_parts(q, parts);
    if (q.at("form") != "unmarked")
      for (std::size_t n = 0; n < parts; ++n) static_cast<void>(q.at("sources")[n].at("collation"));
    if (q.at("level") == "ok" && parts == 0) throw std::out_of_range("a faithful quotation without its source");
    if (!q.at("accepted").is_null())
      for (const char* key : {"as", "who", "why", "when"}) text(q.at("accepted"), key);
    for (const Json& c : q.at("claims"))
      for (const char* key : {"kind", "text", "result"}) text(c, key);
    for (const Json& l : q.at("limits")) {
      text(l, "what");
      for (const char* key : {"bound", "left"}) number_at(l, key);
    }
  }
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
  text(data.saved.at("generator"), "version");
  if (!data.saved.at("options").is_object()) throw std::out_of_range("options that are no object");
  for (const Json& year : data.saved.at("coverage"))
    for (const char* key : {"year", "works"}) static_cast<void>(year.at(key).get<int>());
  for (const Json& d : data.saved.at("diagnostics")) text(d, "message");
  for (const Json& d : data.documents) text(d, "path");
  for (const Json& w : data.works) {
    for (const char* key : {"id", "document", "kind", "copy", "publication", "siglum"}) text(w, key);
    interval(w.at("published"));
    static_cast<void>(data.document(w.at("document")));
  }
  for (std::size_t n = 0; n < data.series(); ++n) {
    const Json& s = data.saved.at("series")[n];
    for (const char* key : {"id", "text", "pattern"}) text(s, key);
    for (const char* key : {"count", "works"}) static_cast<void>(s.at(key).get<std::uint32_t>());
    interval(s);
    if (s.contains("occurrences"))
      for (const Json& o : s.at("occurrences"))
        text(o, "text"), static_cast<void>(data.work(o.at("work")).at("siglum"));
  }
  for (const Json& c : data.saved.at("chains")) {
    for (const char* key : {"id", "key", "kind", "head", "text", "first"}) text(c, key);
    std::unordered_map<std::string, std::size_t> ids;
    if (c.at("witnesses").empty()) throw std::out_of_range("a chain without witnesses");
    for (const Json& w : c.at("witnesses")) ids.emplace(w.at("id").get<std::string>(), ids.size());
    if (c.contains("occasion")) interval(c.at("occasion")), text(c.at("occasion"), "text");
    if (c.contains("earlier_parts"))
      for (const Json& p : c.at("earlier_parts")) {
        text(p, "text"), text(p, "chain"), interval(p.at("date"));
        static_cast<void>(data.work(p.at("work")));
        static_cast<void>(data.document(p.at("document")));
        for (const char* place : {"span", "first"}) span(p.at(place));
      }
    for (const Json& w : c.at("witnesses")) {
      for (const char* key : {"id", "text", "before", "after", "role"}) text(w, key);
      static_cast<void>(data.work(w.at("work")));
      static_cast<void>(data.document(w.at("document")));
      for (const char* key : {"line", "column"}) static_cast<void>(w.at(key).get<std::uint32_t>());
      static_cast<void>(w.at("extent").get<double>());
      static_cast<void>(w.at("quoted").get<bool>());
      interval(w.at("date"));
      static_cast<void>(w.at("date").at("basis"));
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
      for (const char* comparison : {"nearest", "against_first"}) {
        const auto n = w.find(comparison);
        if (n == w.end()) continue;
        text(*n, "kind");
        if (n.key() == "nearest") static_cast<void>(ids.at(n->at("witness").get<std::string>()));
        for (const Json& e : n->at("edits")) {
          text(e, "class");
          text(e, "op");
          for (const char* key : {"sensitive", "ocr_suspect"}) static_cast<void>(e.at(key).get<bool>());
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
      if (p.contains("of")) static_cast<void>(ids.at(p.at("of").get<std::string>()));
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
  data->works = Json(found.corpus.works.size(), nullptr);
  data->documents = Json(found.corpus.documents.size(), nullptr);
  const std::vector<std::string> names = sigla(found.corpus);
  const auto cite = [&](std::uint32_t w) {
    const std::uint32_t d = found.corpus.works[w].document;
    if (data->works[w].is_null()) (data->works[w] = work_json(found.corpus, w))["siglum"] = names[w];
    if (data->documents[d].is_null()) data->documents[d] = document_json(found.corpus, d, false);
  };
  for (const Chain& chain : found.provenance.chains) {
    for (const Witness& witness : chain.witnesses) cite(witness.work);
    for (const EarlierPart& part : chain.earlier_parts) cite(part.work);
  }
  number(*data);
  data_ = std::move(data);
}

std::size_t Report::Data::texts() const {
  if (!found)
    return static_cast<std::size_t>(
        std::count_if(works.begin(), works.end(), [](const Json& w) { return w.at("kind") != "collection"; }));
  const auto& all = found->corpus.works;
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const CorpusWork& w) {
    return found->corpus.work(w).kind != WorkKind::collection;
  }));
}

std::string Report::Data::nothing_found() const {
  if (of_find()) return "asked and not found";
  if (documents.empty()) return "nothing read";
  const Json said = options_said();
  return said.contains("since") || said.contains("work") ? "nothing so chosen" : "nothing found";
}

Report::Report(const Verified& verified) {
  auto data = std::make_shared<Data>();
  std::ostringstream out;
  write_verify_json(out, verified, {});
  data->text = out.str();
  data->saved = Json::parse(data->text);
  data->works = data->saved.at("works");
  data->documents = data->saved.at("documents");
  number(*data);
  data_ = std::move(data);
}

namespace {
bool verdicts(const Json& report) {
  const auto options = report.find("options");
  return options != report.end() && options->is_object() && string_or(*options, "command") == "verify";
}
}  // namespace

bool Report::of_verify() const { return !data_->found && verdicts(data_->saved); }

Result<Report> read_report(std::string json, const std::string& source) {
  auto data = std::make_shared<Report::Data>();
  data->saved = Json::parse(json, nullptr, false);
  const auto fault = [&](const char* code, std::string message) {
    return tl::unexpected(
        Error{code, std::move(message), source, std::nullopt,
              "give the file that `suyuan trace` or `suyuan verify` wrote with --format json, by this version"});
  };
  if (data->saved.is_discarded()) return fault("invalid-json", "is not JSON");
  if (!data->saved.is_object() || string_or(data->saved, "schema") != "suyuan.report/1")
    return fault("not-a-report", "is not a report of schema suyuan.report/1");
  try {
    examine_values(data->saved);
    data->works = data->saved.at("works");
    data->documents = data->saved.at("documents");
    const bool of_verify = verdicts(data->saved);
    if (!of_verify)
      for (Json& d : data->documents) d.erase("text");
    for (Json& w : data->works)
      for (const char* reading : {"paragraphs", "recurs"}) w.erase(reading);
    number(*data);
    of_verify ? examine_verify(*data) : examine(*data);
  } catch (const std::exception& e) {
    return fault("invalid-report", std::string("is not a report as this version writes it: ") + e.what());
  }
  data->text = std::move(json);
  return Report(std::shared_ptr<const Report::Data>(std::move(data)));
}

std::string interval_in_words(const Json& d, Language language) {
  return days_in_words(string_or(d, "earliest"), string_or(d, "latest"), language);
}

std::string source_in_words(const Report::Data& data, const Json& work, Language language) {
  const std::string outlet = string_or(work, "outlet");
  const auto copy = data.titles.find(string_or(work, "publication"));
  return (outlet.empty() ? "" : outlet + " ") +
         titled(string_or(work, "title"), copy == data.titles.end() ? "" : copy->second, language);
}

}  // namespace suyuan
