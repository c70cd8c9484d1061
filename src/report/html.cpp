// The page: the report itself and the script that shows it; without scripts a plain table.
#include <algorithm>
#include <ostream>
#include <sstream>

#include "base/data.hpp"
#include "report/data.hpp"
#include "report/shell.hpp"

namespace suyuan {

namespace {

class Plain {
 public:
  Plain(const Report::Data& data, Language language) : data_(data), language_(language) {}

  std::string run() {
    out_ << "<h1>" << say("chains") << "</h1>\n<p>" << say("documents") << " " << data_.documents.size() << ", "
         << say("works") << " " << data_.works.size() << ", " << say("chains") << " " << data_.chains() << "</p>\n";
    if (data_.chains() == 0) out_ << "<p>" << say("nothing found") << "</p>\n";
    for (std::size_t n = 0; n < data_.chains(); ++n) chain(data_.chain(n));
    return out_.str();
  }

 private:
  std::string say(std::string_view key) const { return html_escape(label(key, language_)); }
  void cell(std::string_view text) { out_ << "<td>" << html_escape(text) << "</td>"; }

  void chain(const Json& c) {
    out_ << "<table>\n<caption>" << html_escape(c.at("id").get<std::string>()) << " "
         << html_escape(c.at("text").get<std::string>());
    if (c.contains("occasion"))
      out_ << "<br>" << say("spoken") << " " << html_escape(interval_in_words(c.at("occasion"), language_)) << " "
           << html_escape(c.at("occasion").at("text").get<std::string>());
    out_ << "</caption>\n<thead><tr>";
    for (const char* key : {"siglum", "published", "source", "speaker", "extent", "against first", "differences"})
      out_ << "<th scope=\"col\">" << say(key) << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
    for (const Json& w : c.at("witnesses")) {
      const Json& work = data_.work(w.at("work"));
      out_ << "<tr><th scope=\"row\">" << html_escape(work.at("siglum").get<std::string>()) << "</th>";
      cell(interval_in_words(w.at("date"), language_));
      cell(source_in_words(work, language_));
      cell(string_or(w, "speaker"));
      cell(std::to_string(static_cast<int>(w.at("extent").get<double>() * 100 + 0.5)) + " %");
      const auto against = w.find("against_first");
      cell(label(against == w.end() ? "first appearance" : string_or(*against, "kind"), language_));
      out_ << "<td>";
      bool any = false;
      for (const Json& p : c.at("readings").at("places")) {
        if (!in_letters(p)) continue;
        for (const Json& r : p.at("readings")) {
          if (!in_letters(r) || std::find(r.at("witnesses").begin(), r.at("witnesses").end(), w.at("id")) == r.at("witnesses").end()) continue;
          const std::string mine = r.at("text").get<std::string>(), theirs = p.at("text").get<std::string>();
          out_ << (any ? "; " : "") << say(r.at("op").get<std::string>()) << " ";
          if (!theirs.empty()) out_ << "<del>" << html_escape(theirs) << "</del>";
          if (!mine.empty()) out_ << "<ins>" << html_escape(mine) << "</ins>";
          any = true;
        }
      }
      out_ << "</td></tr>\n";
    }
    out_ << "</tbody>\n</table>\n";
  }

  const Report::Data& data_;
  Language language_;
  std::ostringstream out_;
};

}  // namespace

void write_html(std::ostream& out, const Report& report, Language language) {
  const Report::Data& data = report.data();
  std::string made;
  if (data.found) {
    std::ostringstream json;
    write_json(json, *data.found, data.options);
    made = json.str();
  }
  Shell page;
  page.language = language;
  page.title = "溯源 suyuan: " + label("chains", language);
  page.plain = Plain(data, language).run();
  page.json = data.found ? made : data.text;
  page.script = data::page_script();
  write_shell(out, page);
}

}  // namespace suyuan
