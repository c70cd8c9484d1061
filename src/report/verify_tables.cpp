// Findings → rows.
#include "report/verify_tables.hpp"

#include <algorithm>
#include <sstream>

namespace suyuan {

VerifyTable quotation_table(const VerifyView& view) {
  VerifyTable out{{{"column number", 2},
                   {"column file", 5},
                   {"column line", 3},
                   {"column words", 13},
                   {"column speaker", 3},
                   {"column base words", 13},
                   {"column verdict", 4},
                   {"column level", 3},
                   {"column note", 9},
                   {"column flags", 5},
                   {"column base", 10},
                   {"column claims", 6},
                   {"column witnesses", 16},
                   {"limits", 3},
                   {"column key", 3},
                   {"column decision", 3},
                   {"column checker", 2},
                   {"column date", 3}},
                  {}};
  for (const Json* at : view.findings()) {
    const Json& f = *at;
    const std::string record = string_or(view.document(f), "record");
    std::string sources, witnesses;
    for (const Json* s : view.places(f)) sources += (sources.empty() ? "" : "｜") + view.cited(*s);
    for (const Json* s : view.witnesses(f))
      witnesses +=
          (witnesses.empty() ? "" : "｜") + view.citation(*s) + " " + view.place(*s) + " " + view.reading(*s);
    const Json& decided = f.at("accepted");
    out.rows.push_back({std::to_string(out.rows.size() + 1),
                        VerifyView::text_of(view.document(f), "path") + (record.empty() ? "" : "#" + record),
                        place_in_file(f), VerifyView::text_of(f, "text"), string_or(f, "speaker"),
                        view.base_text(f), view.verdict(f),
                        decided.is_null() ? view.level(f) : view.say("accepted"), view.base_notes(f),
                        view.joined(view.flags(f)), sources, view.joined(view.claims(f)), witnesses,
                        view.joined(view.limits(f)), VerifyView::text_of(f, "key").substr(0, 16),
                        view.decided(f) + (decided.is_null() ? "" : " " + string_or(decided, "why")),
                        string_or(decided, "who"), string_or(decided, "when")});
  }
  return out;
}

VerifyTable query_table(const VerifyView& view) {
  VerifyTable out{{{"column number", 4},
                   {"column line", 6},
                   {"column words", 21},
                   {"column base words", 21},
                   {"column verdict", 9},
                   {"column note", 18},
                   {"column base", 14},
                   {"column decision", 7}},
                  {}};
  std::size_t number = 0;
  for (const Json* at : view.findings()) {
    const Json& f = *at;
    ++number;
    if (!VerifyView::is_open(f) || f.at("level") == "note") continue;
    out.rows.push_back({std::to_string(number), view.position(f), VerifyView::text_of(f, "text"), view.base_text(f),
                        view.level(f) + " · " + view.verdict(f), view.message(f), view.bases(f), ""});
  }
  return out;
}

VerifyTable errata_table(const VerifyView& view) {
  VerifyTable out{{{"column number", 4},
                   {"column line", 6},
                   {"column words", 26},
                   {"column base words", 26},
                   {"column note", 22},
                   {"column checker", 8},
                   {"column date", 8}},
                  {}};
  std::size_t number = 0;
  for (const Json* at : view.findings()) {
    const Json& f = *at;
    ++number;
    const Json& decided = f.at("accepted");
    if (decided.is_null() || decided.at("as") != "error") continue;
    out.rows.push_back({std::to_string(number), view.position(f), VerifyView::text_of(f, "text"), view.base_text(f),
                        view.base_notes(f), string_or(decided, "who"), string_or(decided, "when")});
  }
  return out;
}

std::string points_in_words(const VerifyView& view) {
  const auto points = view.report().find("points");
  if (points == view.report().end()) return {};
  const auto number = [](const Json& n) {
    std::ostringstream text;
    text << n.get<double>();
    return text.str();
  };
  std::string out = view.say("points") + " " + number(points->at("points"));
  if (!points->at("per_10000").is_null())
    out += ", " + view.say("per 10000") + " " + number(points->at("per_10000"));
  return out;
}

std::string verify_title(const VerifyView& view) {
  for (const Json& w : view.report().at("works"))
    for (const Json* d : view.drafts())
      if (w.at("document") == d->at("id") && w.at("parent").is_null() && !string_or(w, "title").empty())
        return view.say("table of quotations") + (view.zh() ? "：" : ": ") + string_or(w, "title");
  return view.say("table of quotations");
}

std::vector<Basis> grounds(const VerifyView& view) {
  std::vector<Basis> out;
  const auto text = [](const Json& of, const char* key) { return VerifyView::text_of(of, key); };
  const auto& drafts = view.drafts();
  for (const Json* d : drafts) {
    std::string dates;
    for (const Json& w : view.report().at("works"))
      if (w.at("document") == d->at("id") && w.at("parent").is_null() && dates.empty()) dates = view.date(w);
    const std::string number = drafts.size() > 1 ? "[" + std::to_string(out.size() + 1) + "] " : "";
    out.push_back({"draft", number + text(*d, "path"), text(*d, "sha256"), view.say("published") + " " + dates});
  }
  out.push_back({"library", view.library(), "", ""});
  for (const Json& d : view.report().at("documents")) {
    if (std::any_of(drafts.begin(), drafts.end(), [&](const Json* x) { return x->at("id") == d.at("id"); }))
      continue;
    const bool known = out.back().key == std::string_view("cited") && out.back().text == text(d, "path");
    if (!known) out.push_back({"cited", text(d, "path"), text(d, "sha256"), ""});
  }
  out.push_back({"version", "suyuan " + text(view.report().at("generator"), "version"), "", ""});
  out.push_back({"options", view.options(), "", ""});
  return out;
}

}  // namespace suyuan
