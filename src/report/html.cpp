// The page: the report itself and the script that shows it; without scripts a plain table.
#include <ostream>
#include <set>
#include <sstream>

#include "base/data.hpp"
#include "base/han.hpp"
#include "report/data.hpp"
#include "report/shell.hpp"

namespace suyuan {

namespace {

// Without scripts: the chains one a line. The whole of them is in the other forms.
class Plain {
 public:
  Plain(const Report::Data& data, Language language) : data_(data), language_(language) {}

  void chain(const Json& c) {
    const auto& witnesses = c.at("witnesses");
    const Json* first = &witnesses.front();
    std::set<std::string> publications;
    for (const Json& w : witnesses) {
      if (w.at("id") == c.at("first")) first = &w;
      publications.insert(data_.work(w.at("work")).at("publication").get<std::string>());
    }
    std::size_t differ = 0;
    for (const Json& p : c.at("readings").at("places")) differ += in_letters(p) ? 1U : 0U;
    constexpr std::size_t kShown = 80;
    std::u32string text = from_utf8(c.at("text").get<std::string>());
    if (text.size() > kShown) text = text.substr(0, kShown) + U"…";
    rows_ << "<tr><th scope=\"row\">" << html_escape(c.at("id").get<std::string>()) << "</th>";
    for (const std::string& cell : {to_utf8(text), data_.work(first->at("work")).at("siglum").get<std::string>(),
                                    interval_in_words(first->at("date"), language_),
                                    std::to_string(publications.size()), std::to_string(differ)})
      rows_ << "<td>" << html_escape(cell) << "</td>";
    rows_ << "</tr>\n";
  }

  std::string run() const {
    std::ostringstream out;
    out << "<h1>" << say("chains") << "</h1>\n<p>" << say("documents") << " " << data_.documents.size() << ", "
        << say("works") << " " << data_.texts() << ", " << say("chains") << " " << data_.chains() << ", "
        << say("recurring series") << " " << data_.series() << "</p>\n";
    if (data_.chains() == 0) {
      out << "<p>" << say(data_.nothing_found()) << "</p>\n";
      return out.str();
    }
    out << "<table>\n<caption>" << say("more with scripts") << "</caption>\n<thead><tr>";
    for (const char* key : {"chain", "passage", "first appearance", "published", "publications", "differences"})
      out << "<th scope=\"col\">" << say(key) << "</th>";
    out << "</tr></thead>\n<tbody>\n" << rows_.str() << "</tbody>\n</table>\n";
    if (data_.series() > 0) {
      out << "<details>\n<summary>" << say("recurring series") << " " << data_.series() << "</summary>\n<ul>\n";
      for (std::size_t n = 0; n < data_.series(); ++n) {
        const Json s = data_.series(n);
        out << "<li>" << html_escape(s.at("pattern").get<std::string>()) << " ("
            << s.at("count").get<std::uint32_t>() << " " << say("places") << ")</li>\n";
      }
      out << "</ul>\n</details>\n";
    }
    return out.str();
  }

 private:
  std::string say(std::string_view key) const { return html_escape(label(key, language_)); }

  const Report::Data& data_;
  Language language_;
  std::ostringstream rows_;
};

// A chain as the page reads it: without what the page finds elsewhere in it. The page's script undoes this.
Json compact(Json chain, const Report::Data& data) {
  const auto flags = [](Json& comparison) {
    for (Json& e : comparison.at("edits"))
      for (const char* flag : {"sensitive", "ocr_suspect"})
        if (!e.at(flag).get<bool>()) e.erase(flag);
  };
  for (Json& w : chain.at("witnesses")) {
    const Json& published = data.work(w.at("work")).at("published");
    const Json& date = w.at("date");
    if (date.at("basis") == "publication" && date.at("earliest") == published.at("earliest") &&
        date.at("latest") == published.at("latest"))
      w.erase("date");
    if (w.at("follows").at("status") == "first") w.erase("follows");
    if (w.contains("follows"))
      for (Json& r : w.at("follows").at("readings")) r.erase("span"), r.erase("at");
    w.erase("against_head");  // the table of readings has it
    if (w.contains("nearest")) flags(w.at("nearest"));
    if (!w.contains("against_first")) continue;
    if (w.contains("nearest") && w.at("nearest").at("witness") == chain.at("first"))
      w.erase("against_first");
    else
      flags(w.at("against_first"));
  }
  return chain;
}

// The report as the page reads it, and beside it the chains for those without scripts.
std::string page_json(const Report::Data& data, Plain& plain) {
  std::ostringstream out;
  out << R"({"schema":"suyuan.report/1","generator":)"
      << written(data.found ? Json{{"name", "suyuan"}, {"version", std::string(version())}}
                            : data.saved.at("generator"));
  out << ",\n\"options\":" << written(data.options_said());
  if (data.of_find()) out << ",\n\"coverage\":" << written(data.coverage());
  std::string_view open;
  const auto take = [&](std::string_view key, Json part) {
    if (key != open) out << (open.empty() ? "" : "]") << ",\n\"" << key << "\":[";
    out << (key == open ? ",\n" : "\n");
    open = key;
    // The page is read in either language.
    if (key == "diagnostics") part["other"] = in_words(string_or(part, "message"), Language::zh);
    if (key == "chains") {
      plain.chain(part);
      part = compact(std::move(part), data);
    }
    out << written(part);
  };
  if (data.found)
    each_part(*data.found, data.options, take);
  else
    for (const std::string_view key : {"documents", "works", "chains", "series", "diagnostics"})
      if (data.saved.contains(key))
        for (const Json& part : data.saved.at(key)) take(key, part);
  out << (open.empty() ? "" : "]") << "}\n";
  return out.str();
}

// The characters of two scripts, each with the one it is searched as: those whose other form stands in the page.
std::string script_pairs(std::string_view json) {
  const std::u32string text = from_utf8(json);
  const std::set<char32_t> here(text.begin(), text.end());
  constexpr std::pair<char32_t, char32_t> kHan[]{{0x3400, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x323AF}};
  std::u32string out;
  for (const auto& [from, to] : kHan)
    for (char32_t c = from; c <= to; ++c) {
      const char32_t folded = han::script_class(han::plain(c));
      if (folded != c && (here.contains(folded) || here.contains(c))) out += {c, folded};
    }
  return to_utf8(out);
}

}  // namespace

void write_html(std::ostream& out, const Report& report, Language language) {
  Plain plain(report.data(), language);
  const std::string json = page_json(report.data(), plain);
  Shell page;
  page.language = language;
  page.title = "溯源 suyuan: " + label("chains", language);
  page.plain = plain.run();
  page.json = json;
  page.scripts = script_pairs(json);
  page.script = data::page_script();
  write_shell(out, page);
}

}  // namespace suyuan
