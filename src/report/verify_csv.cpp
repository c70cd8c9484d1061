// The verdicts on a draft as a table (CSV with a byte-order mark, for Excel and WPS) and as SARIF 2.1.0.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "report/verify_view.hpp"
#include "report/works_json.hpp"

namespace suyuan {

namespace {

// A field that begins like a formula would be run by a spreadsheet.
std::string field(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) text.insert(0, "'");
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : "；") + p;
  return out;
}

}  // namespace

void write_verify_csv(std::ostream& out, const Verified& verified, const TextOptions& options) {
  const VerifyView view(verified.all, options.language);
  out << "\xEF\xBB\xBF";
  const char* comma = "";
  for (const char* key :
       {"column number", "column file", "column line", "column words", "column speaker", "column base words",
        "column verdict", "column level", "column note", "column flags", "column base", "column claims",
        "column witnesses", "column key", "column decision", "column checker", "column date"}) {
    out << comma << field(view.say(key));
    comma = ",";
  }
  out << "\r\n";
  std::size_t number = 0;
  for (const Finding& f : verified.findings) {
    if (f.form == Finding::Form::unmarked) continue;
    const Document& d = view.corpus().document(view.corpus().works[f.work]);
    const auto at = d.position(envelope(f.parts).begin);
    std::string base, sources, witnesses, speaker;
    std::vector<std::string> notes, claims;
    for (std::size_t n = 0; n < f.sources.size(); ++n) {
      const Source& s = f.sources[n];
      const std::string place =
          view.citation(s.work) + " " + view.place(s.work, view.corpus().works[s.work].fold.origin(s.base.begin));
      if (n < f.parts_of_base) {
        base += (base.empty() ? "" : "｜") + view.base_text(s);
        sources += (sources.empty() ? "" : "｜") + place;
        for (std::string& note : view.notes(f, s)) notes.push_back(std::move(note));
      } else {
        const std::string readings = joined(view.notes(f, s));
        witnesses += (witnesses.empty() ? "" : "｜") + place + " " +
                     (readings.empty() ? view.say("as the draft") : readings);
      }
    }
    if (f.verdict == Verdict::not_found) notes.push_back(view.holding(f));
    for (const Claim& c : f.claims) claims.push_back(view.claim(f, c));
    if (f.quotation) {
      const Quotation& q = view.corpus().work(view.corpus().works[f.work]).quotations[*f.quotation];
      if (q.attribution) speaker = q.attribution->speaker;
    }
    comma = "";
    for (const std::string& cell :
         {std::to_string(++number), d.path + (d.record.empty() ? "" : "#" + d.record),
          std::to_string(at.line) + ":" + std::to_string(at.column), view.text(f), speaker, base, view.verdict(f),
          view.say(f.accepted ? "accepted" : name(f.level)), joined(notes), joined(view.flags(f)), sources,
          joined(claims), witnesses, f.key.substr(0, 16), std::string(), std::string(), std::string()}) {
      out << comma << field(cell);
      comma = ",";
    }
    out << "\r\n";
  }
}

void write_verify_sarif(std::ostream& out, const Verified& verified, const TextOptions& options) {
  const VerifyView view(verified.all, options.language);
  Json rules = Json::array(), results = Json::array();
  for (int v = 0; v <= static_cast<int>(Verdict::uncheckable); ++v) {
    const std::string id(name(static_cast<Verdict>(v)));
    rules.push_back({{"id", id}, {"shortDescription", {{"text", label("verdict " + id, options.language)}}}});
  }
  const auto location = [&](std::uint32_t work, const Parts& parts) {
    const Document& d = view.corpus().document(view.corpus().works[work]);
    const Span s = envelope(parts);
    const auto begin = d.position(s.begin), end = d.position(s.end - 1);
    return Json{{"physicalLocation",
                 {{"artifactLocation", {{"uri", uri(d.path)}}},
                  {"region",
                   {{"startLine", begin.line},
                    {"startColumn", begin.column},
                    {"endLine", end.line},
                    {"endColumn", end.column + 1},
                    {"snippet", {{"text", to_utf8(d.view(s))}}}}}}}};
  };
  for (const Finding& f : verified.findings) {
    if (f.form == Finding::Form::unmarked || f.level == Level::ok) continue;
    std::string message = view.verdict(f) + "：“" + view.text(f) + "”";
    if (options.language == Language::en) message = view.verdict(f) + ": “" + view.text(f) + "”";
    if (const std::string more = view.message(f); !more.empty()) message += " " + more;
    Json related = Json::array();
    for (const Source& s : f.sources) {
      Json l = location(s.work, view.corpus().works[s.work].fold.parts(s.base));
      l["message"] = {{"text", view.citation(s.work)}};
      related.push_back(std::move(l));
    }
    Json result{{"ruleId", std::string(name(f.verdict))},
                {"ruleIndex", static_cast<int>(f.verdict)},
                {"level", f.level == Level::fix     ? "error"
                          : f.level == Level::check ? "warning"
                                                    : "note"},
                {"message", {{"text", std::move(message)}}},
                {"locations", Json::array({location(f.work, f.parts)})},
                {"partialFingerprints", {{"quotation/v1", f.key}}}};
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    if (f.accepted)
      result["suppressions"] = Json::array({{{"kind", "external"}, {"justification", f.accepted->why}}});
    results.push_back(std::move(result));
  }
  const Json sarif{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       Json::array(
           {{{"tool",
              {{"driver", {{"name", "suyuan"}, {"version", std::string(version())}, {"rules", std::move(rules)}}}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}}})}};
  out << sarif.dump(1) << '\n';
}

}  // namespace suyuan
