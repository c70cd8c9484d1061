// The verdicts on a draft as a table (CSV with a byte-order mark, for Excel and WPS) and as SARIF 2.1.0.
#include <nlohmann/json.hpp>
#include <ostream>

#include "report/common.hpp"
#include "report/verify_tables.hpp"

namespace suyuan {

namespace {

std::size_t rule_of(const Json& rules, const Json& id) {
  std::size_t n = 0;
  while (n + 1 < rules.size() && rules[n].at("id") != id) ++n;
  return n;
}

}  // namespace

void write_verify_csv(std::ostream& out, const Report& report, Language language) {
  const VerifyView view(report, language);
  const VerifyTable table = quotation_table(view);
  out << "\xEF\xBB\xBF";
  std::vector<std::string> names;
  for (const VerifyTable::Column& c : table.columns) names.push_back(view.say(c.key));
  write_csv_row(out, names);
  for (const auto& cells : table.rows) write_csv_row(out, cells);
}

void write_verify_sarif(std::ostream& out, const Report& report, Language language) {
  const VerifyView view(report, language);
  Json rules = Json::array(), results = Json::array();
  for (int v = 0; v <= static_cast<int>(Verdict::uncheckable); ++v) {
    const std::string id(name(static_cast<Verdict>(v)));
    rules.push_back({{"id", id}, {"shortDescription", {{"text", view.say("verdict " + id)}}}});
  }
  const auto location = [&](const Json& at) {
    const std::string page = string_or(at, "page");
    Json region{{"startLine", at.at("line")}, {"startColumn", at.at("column")}};
    if (page.empty() || page == string_or(at, "end_page")) {
      region["endLine"] = at.at("end_line");
      region["endColumn"] = at.at("end_column");
    }
    // The place's own characters: of text over several lines the report has them without the breaks.
    if (at.at("line") == at.at("end_line") && at.at("parts").size() == 1)
      region["snippet"] = {{"text", at.at("text")}};
    Json place{{"physicalLocation",
                {{"artifactLocation", {{"uri", uri(VerifyView::text_of(view.document(at), "path"))}}},
                 {"region", std::move(region)}}}};
    if (!page.empty()) place["logicalLocations"] = Json::array({{{"name", "p" + page}}});
    return place;
  };
  Json notices = Json::array();
  for (const Json* found : view.findings()) {
    const Json& f = *found;
    for (const std::string& limit : view.limits(f))
      notices.push_back(
          {{"level", "note"}, {"message", {{"text", limit}}}, {"locations", Json::array({location(f)})}});
    if (f.at("level") == "ok") continue;
    std::string message = view.verdict(f) + (view.zh() ? "：“" : ": “") + VerifyView::text_of(f, "text") + "”";
    if (const std::string more = view.message(f); !more.empty()) message += " " + more;
    Json related = Json::array();
    for (const Json& s : f.at("sources")) {
      Json l = location(s);
      l["message"] = {{"text", view.citation(s)}};
      related.push_back(std::move(l));
    }
    Json result{{"ruleId", f.at("verdict")},
                {"ruleIndex", rule_of(rules, f.at("verdict"))},
                {"level", f.at("level") == "fix"     ? "error"
                          : f.at("level") == "check" ? "warning"
                                                     : "note"},
                {"message", {{"text", std::move(message)}}},
                {"locations", Json::array({location(f)})},
                {"partialFingerprints", {{"quotation/v1", f.at("key")}}}};
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    if (const Json& a = f.at("accepted"); !a.is_null() && a.at("as") != "error")
      result["suppressions"] = Json::array({{{"kind", "external"}, {"justification", a.at("why")}}});
    results.push_back(std::move(result));
  }
  Json run{{"tool",
            {{"driver",
              {{"name", "suyuan"},
               {"version", view.report().at("generator").at("version")},
               {"rules", std::move(rules)}}}}},
           {"columnKind", "unicodeCodePoints"},
           {"results", std::move(results)}};
  if (!notices.empty())
    run["invocations"] =
        Json::array({{{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notices)}}});
  const Json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({std::move(run)})}};
  out << sarif.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace suyuan
