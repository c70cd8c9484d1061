// The verdicts on a draft as one page: no script, no network, legible in black and white, with the forms for print.
#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "report/shell.hpp"
#include "report/verify_grid.hpp"
#include "report/verify_tables.hpp"

namespace suyuan {

namespace {

constexpr const char* kStyle = R"(
:root{color-scheme:light}*{box-sizing:border-box}
body{font:16px/1.7 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif;margin:0 auto;max-width:76rem;padding:1rem 1.5rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.25rem;border-bottom:2px solid #1a1a1a;margin-top:2.5rem}h3{font-size:1.05rem;margin:0 0 .3rem}
h1,h3,article p,.draft p,dd{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #767676;padding:.3rem .5rem;vertical-align:top;text-align:start;overflow-wrap:anywhere}
thead th{background:#eee;overflow-wrap:normal}.wide{overflow-x:auto}.wide table{min-width:56rem}.wide:focus{outline:2px solid #1a1a1a}
.draft p{margin:.3rem 0}mark{background:none;color:inherit;border-bottom:2px solid #555}
mark.fix{border-bottom:4px double #a00000;background:#fdeaea}mark.check{border-bottom:3px solid #7a4b00;background:#fff3dc}mark.note{border-bottom:2px dashed #1b4f8a}mark.ok{border-bottom:1px solid #2b6b2b}
mark a{color:#5a0000;font-size:.75rem;text-decoration:underline;margin-inline-start:.15rem}
article{border:1px solid #767676;border-inline-start-width:.5rem;padding:.6rem .9rem;margin:1rem 0;break-inside:avoid}
article>p{margin:.3rem 0}article.fix{border-inline-start-color:#a00000}article.check{border-inline-start-color:#b87400}article.note{border-inline-start-color:#1b4f8a}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.pair>div{min-width:0}.pair p{margin:.2rem 0}.context{color:#5c5c5c}
del{text-decoration:line-through 2px;background:#fdeaea}ins{text-decoration:underline 2px;background:#e3f1e3}em{font-style:normal;text-decoration:underline wavy;background:#fff3dc}
.small{font-size:.85rem;color:#404040;overflow-wrap:anywhere;margin:.2rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.4rem 0;font-size:.85rem}dt{font-weight:bold}dd{margin:0}
.sha{font-family:monospace;font-size:.85em}
@media(max-width:44rem){body{padding:.6rem .8rem}.pair{grid-template-columns:1fr}dl{grid-template-columns:1fr}}
@media screen{section.print>dl:not(.sigla){display:none}}
@media print{@page{size:A4 landscape;margin:12mm}body{max-width:none;font-size:9.5pt;line-height:1.45;padding:0}header,nav,#findings,#draft{display:none}
section.print{break-before:page}section.print:first-of-type{break-before:auto}#table{break-before:auto}h2{margin-top:0;font-size:14pt}dl{font-size:8pt;gap:0 .8rem}
mark,del,ins,em,thead th{background:none!important}.wide{overflow:visible;padding-right:1px}.wide table{min-width:0;table-layout:fixed;font-size:8pt}th,td{border-color:#000;padding:.15rem .3rem}
thead{display:table-header-group}tr{break-inside:avoid}}
)";

using Column = VerifyTable::Column;

class VerifyPage {
 public:
  VerifyPage(std::ostream& out, const Report& report, Language language) : out_(out), view_(report, language) {}

  void run() {
    out_ << "<!DOCTYPE html>\n<html lang=\"" << (view_.zh() ? "zh" : "en")
         << "\">\n<head>\n<meta charset=\"utf-8\">\n"
         << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "base-uri 'none'; form-action 'none'\">\n"
         << "<meta name=\"generator\" content=\"suyuan\">\n<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n<title>"
         << html_escape(title()) << "</title>\n<style>" << kStyle << "</style>\n</head>\n<body>\n<header>\n<h1>"
         << html_escape(title()) << "</h1>\n";
    head();
    counts();
    out_ << "</header>\n<main>\n";
    findings();
    draft();
    table();
    form("queries", "queries", query_table(view_), "no queries", "");
    form("errata", "errata", errata_table(view_), "none confirmed", points_in_words(view_));
    out_ << "</main>\n</body>\n</html>\n";
  }

 private:
  std::string say(std::string_view key) const { return html_escape(view_.say(key)); }
  static std::string text(const Json& of, const char* key) { return VerifyView::text_of(of, key); }
  const std::vector<const Json*>& listed() const { return view_.findings(); }
  static bool open(const Json& f) { return VerifyView::is_open(f); }

  std::string title() const { return verify_title(view_); }

  void head() {
    out_ << "<dl>";
    for (const Basis& g : grounds(view_)) {
      out_ << "<dt>" << say(g.key) << "</dt><dd>" << html_escape(g.text);
      if (!g.sha256.empty()) out_ << " <span class=\"sha\">SHA-256 " << g.sha256 << "</span>";
      if (!g.more.empty()) out_ << " " << html_escape(g.more);
      out_ << "</dd>\n";
    }
    out_ << "</dl>\n";
  }

  void counts() {
    out_ << "<p><strong>";
    for (const char* level : {"fix", "check", "note", "ok"}) {
      const auto n = std::count_if(listed().begin(), listed().end(), [&](const Json* f) {
        return f->at("accepted").is_null() && f->at("level") == level;
      });
      out_ << say(level) << " " << n << " · ";
    }
    const auto decided =
        std::count_if(listed().begin(), listed().end(), [](const Json* f) { return !f->at("accepted").is_null(); });
    out_ << say("accepted") << " " << decided << "</strong></p>\n<nav aria-label=\"" << say("sections")
         << "\"><a href=\"#findings\">" << say("verdicts") << "</a> · <a href=\"#draft\">" << say("draft as read")
         << "</a> · <a href=\"#table\">" << say("table of quotations") << "</a> · <a href=\"#queries\">"
         << say("queries") << "</a> · <a href=\"#errata\">" << say("errata") << "</a></nav>\n";
  }

  std::string notes(const Json& f) const { return view_.base_notes(f); }
  std::string others(const Json& f) const {
    std::vector<std::string> all;
    for (const Json* s : view_.witnesses(f))
      all.push_back(view_.citation(*s) + " " + view_.place(*s) + " " + view_.reading(*s));
    for (std::string& limit : view_.limits(f)) all.push_back(std::move(limit));
    return view_.joined(all);
  }
  // The same by sigla, those of one reading together.
  std::string apparatus(const Json& f) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> readings;
    for (const Json* s : view_.witnesses(f)) {
      const std::string reading = view_.reading(*s), siglum = text(view_.work(*s), "siglum");
      auto at = std::find_if(readings.begin(), readings.end(), [&](const auto& r) { return r.first == reading; });
      if (at == readings.end()) at = readings.insert(readings.end(), {reading, {}});
      if (std::find(at->second.begin(), at->second.end(), siglum) == at->second.end()) at->second.push_back(siglum);
    }
    std::vector<std::string> all;
    for (const auto& [reading, who] : readings) {
      std::string names;
      for (const std::string& w : who) names += (names.empty() ? "" : view_.zh() ? "、" : ", ") + w;
      all.push_back(names + (view_.zh() ? "：" : ": ") + reading);
    }
    for (std::string& limit : view_.limits(f)) all.push_back(std::move(limit));
    return view_.joined(all);
  }
  // What the sigla stand for.
  void sigla() {
    std::map<std::string, std::string> texts;
    for (const Json* f : listed())
      for (const Json* s : view_.witnesses(*f)) texts.emplace(text(view_.work(*s), "siglum"), view_.citation(*s));
    if (texts.empty()) return;
    out_ << "<dl class=\"sigla\">";
    for (const auto& [siglum, citation] : texts)
      out_ << "<dt>" << html_escape(siglum) << "</dt><dd>" << html_escape(citation) << "</dd>\n";
    out_ << "</dl>\n";
  }
  std::string bases(const Json& f) const { return view_.bases(f); }

  // One of the two texts of a grid, differences marked.
  void row(const std::vector<GridCell>& cells, bool base) {
    std::string html;
    std::string_view tag;
    std::u32string run;
    const auto tag_of = [&](const GridCell& c) -> std::string_view {
      if (c.context) return "span class=\"context\"";
      if (c.mark == ' ') return "";
      if (c.mark == '~' || c.mark == 'o') return "em";
      return base ? "del" : "ins";
    };
    const auto flush = [&] {
      if (run.empty()) return;
      const std::string words = html_escape(to_utf8(run));
      html += tag.empty()
                  ? words
                  : "<" + std::string(tag) + ">" + words + "</" + std::string(tag.substr(0, tag.find(' '))) + ">";
      run.clear();
    };
    for (const GridCell& c : cells) {
      if (tag_of(c) != tag) flush(), tag = tag_of(c);
      if (const char32_t x = base ? c.base : c.draft) run += x;
    }
    flush();
    out_ << "<p>" << html << "</p>";
  }

  void findings() {
    out_ << "<section id=\"findings\"><h2>" << say("verdicts") << "</h2>\n";
    if (std::none_of(listed().begin(), listed().end(), [](const Json* f) { return open(*f); }))
      out_ << "<p>" << say("no queries") << "</p>\n";
    for (std::size_t n = 0; n < listed().size(); ++n) {
      const Json& f = *listed()[n];
      if (!open(f)) continue;
      out_ << "<article class=\"" << text(f, "level") << "\" id=\"f" << n + 1 << "\"><h3>" << n + 1 << " "
           << html_escape(view_.level(f)) << " · " << html_escape(view_.verdict(f)) << " · "
           << html_escape(view_.position(f)) << "</h3>\n";
      if (!f.at("flags").empty()) out_ << "<p>▲ " << html_escape(view_.joined(view_.flags(f))) << "</p>\n";
      if (f.at("sources").empty()) {
        out_ << "<p>“" << html_escape(text(f, "text")) << "”</p>\n";
        if (const Json& near = f.at("nearest"); !near.is_null())
          out_ << "<p class=\"small\">" << say("nearest, not a source") << ": " << html_escape(text(near, "text"))
               << "  " << html_escape(view_.place(near)) << "</p>\n";
      }
      if (f.contains("order"))
        out_ << "<div class=\"pair\"><div><p class=\"small\">" << say("base") << "</p><p>"
             << html_escape(view_.base_text(f)) << "</p></div><div><p class=\"small\">" << say("in the draft")
             << "</p><p>" << html_escape(text(f, "text")) << "</p></div></div>\n";
      for (const Json* s : f.contains("order") ? std::vector<const Json*>{} : view_.base(f)) {
        const auto cells = grid_of(s->at("collation"));
        out_ << "<div class=\"pair\"><div><p class=\"small\">" << say("base") << "</p>";
        row(cells, true);
        out_ << "</div><div><p class=\"small\">" << say("in the draft") << "</p>";
        row(cells, false);
        out_ << "</div></div>\n";
      }
      for (const auto& [key, value] :
           {std::pair{"apparatus", f.at("sources").empty() && notes(f).empty() ? view_.message(f) : notes(f)},
            {"base", bases(f)},
            {"witness", others(f)},
            {"column claims", view_.joined(view_.claims(f))},
            {"column key", text(f, "key").substr(0, 16)}})
        if (!value.empty())
          out_ << "<p class=\"small\"><strong>" << say(key) << "</strong> " << html_escape(value) << "</p>\n";
      out_ << "</article>\n";
    }
    if (const Json& marked = view_.report().at("marked"); marked != 0)
      out_ << "<p>" << say("marked") << " " << marked << "</p>\n";
    if (!view_.unmarked().empty()) {
      out_ << "<details><summary>" << say("unmarked words") << " " << view_.unmarked().size() << "</summary><ul>\n";
      for (const Json* f : view_.unmarked())
        out_ << "<li>" << html_escape(view_.position(*f)) << " " << html_escape(text(*f, "text"))
             << " <span class=\"small\">" << html_escape(bases(*f)) << "</span></li>\n";
      out_ << "</ul></details>\n";
    }
    out_ << "</section>\n";
  }

  void draft() {
    out_ << "<section id=\"draft\" class=\"draft\"><h2>" << say("draft as read") << "</h2>\n";
    for (const Json* d : view_.drafts()) {
      out_ << "<h3>" << html_escape(text(*d, "path")) << "</h3>\n";
      const std::u32string all = from_utf8(text(*d, "text"));
      struct Mark {
        std::size_t begin, end, number;
        bool last;
      };
      std::vector<Mark> marks;
      for (std::size_t n = 0; n < listed().size(); ++n)
        if (const Json& f = *listed()[n]; f.at("document") == d->at("id"))
          for (const Json& p : f.at("parts"))
            marks.push_back(
                {p.at("start").get<std::size_t>(), p.at("end").get<std::size_t>(), n, &p == &f.at("parts").back()});
      std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        return std::tie(a.begin, a.end, a.number) < std::tie(b.begin, b.end, b.number);
      });
      std::size_t next = 0;
      for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end =
            std::min(all.size(), all.find(U'\n', begin) == all.npos ? all.size() : all.find(U'\n', begin) + 1);
        std::string line;
        std::size_t at = begin;
        const auto plain = [&](std::size_t to) {
          if (to > at) line += html_escape(to_utf8(std::u32string_view(all).substr(at, to - at))), at = to;
        };
        for (; next < marks.size() && marks[next].begin < end; ++next) {
          const Mark& m = marks[next];
          const Json& f = *listed()[m.number];
          plain(std::max(at, std::min(m.begin, end)));
          const std::size_t to = std::min(end, m.end);
          if (to > at) {
            const std::string number = std::to_string(m.number + 1);
            line += "<mark class=\"" + text(f, "level") + "\">" +
                    html_escape(to_utf8(std::u32string_view(all).substr(at, to - at)));
            if (m.last && to == m.end)
              line += "<sup>" + (open(f) ? "<a href=\"#f" + number + "\">" + number + "</a>" : number) + "</sup>";
            line += "</mark>";
            at = to;
          }
          if (m.end > end) break;
        }
        plain(end);
        if (line.find_first_not_of(" \r\n\t") != std::string::npos) out_ << "<p>" << line << "</p>\n";
        begin = end;
      }
    }
    out_ << "</section>\n";
  }

  void open_form(const char* id, const char* key) {
    out_ << "<section id=\"" << id << "\" class=\"print\"><h2>" << say(key) << "</h2>\n";
    head();
  }
  void open_table(const char* key, const std::vector<Column>& columns) {
    out_ << "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" << say(key)
         << "\"><table>\n<colgroup>";
    for (const Column& c : columns) out_ << "<col style=\"width:" << c.width << "%\">";
    out_ << "</colgroup>\n<thead><tr>";
    for (const Column& c : columns) out_ << "<th scope=\"col\">" << say(c.key) << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
  }
  void cells(const std::vector<std::string>& values) {
    out_ << "<tr>";
    for (const std::string& v : values) out_ << "<td>" << html_escape(v) << "</td>";
    out_ << "</tr>\n";
  }

  // Every quotation.
  void table() {
    open_form("table", "table of quotations");
    open_table("table of quotations", {{"column number", 3},
                                       {"column line", 6},
                                       {"column words", 15},
                                       {"column base words", 15},
                                       {"verdict and note", 12},
                                       {"column base", 14},
                                       {"column claims", 8},
                                       {"column witnesses", 15},
                                       {"column decision", 4},
                                       {"column checker", 4},
                                       {"column date", 4}});
    for (std::size_t n = 0; n < listed().size(); ++n) {
      const Json& f = *listed()[n];
      const Json& a = f.at("accepted");
      std::string verdict = view_.level(f) + " · " + view_.verdict(f);
      if (const std::string more = notes(f); !more.empty()) verdict += (view_.zh() ? "：" : ": ") + more;
      if (!f.at("flags").empty()) verdict += " ▲ " + view_.joined(view_.flags(f));
      cells({std::to_string(n + 1), view_.position(f), text(f, "text"), view_.base_text(f), verdict, bases(f),
             view_.joined(view_.claims(f)), apparatus(f),
             a.is_null() ? "" : view_.decided(f) + " " + string_or(a, "why"), string_or(a, "who"),
             string_or(a, "when")});
    }
    out_ << "</tbody></table></div>\n";
    sigla();
    out_ << "</section>\n";
  }

  // A form of its own; `otherwise` where it has no rows.
  void form(const char* id, const char* key, const VerifyTable& table, const char* otherwise,
            const std::string& below) {
    open_form(id, key);
    if (table.rows.empty()) {
      out_ << "<p>" << say(otherwise) << "</p></section>\n";
      return;
    }
    open_table(key, table.columns);
    for (const auto& row : table.rows) cells(row);
    out_ << "</tbody></table></div>";
    if (!below.empty()) out_ << "<p>" << html_escape(below) << "</p>";
    out_ << "</section>\n";
  }

  std::ostream& out_;
  VerifyView view_;
};

}  // namespace

void write_verify_html(std::ostream& out, const Report& report, Language language) {
  VerifyPage(out, report, language).run();
}

}  // namespace suyuan
