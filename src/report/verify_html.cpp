// The verdicts on a draft as one page: no script, no network, legible in black and white, with the forms for print.
#include <algorithm>
#include <array>
#include <ostream>

#include "report/shell.hpp"
#include "report/verify_view.hpp"

namespace suyuan {

namespace {

constexpr const char* kStyle = R"(
:root{color-scheme:light}
body{font:16px/1.7 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif;margin:0 auto;max-width:76rem;padding:1rem 1.5rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.25rem;border-bottom:2px solid #1a1a1a;margin-top:2.5rem}h3{font-size:1.05rem;margin:0 0 .3rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #767676;padding:.3rem .5rem;vertical-align:top;text-align:start;overflow-wrap:anywhere}
thead th{background:#eee}.wide{overflow-x:auto}.wide:focus{outline:2px solid #1a1a1a}
.draft p{margin:.3rem 0;overflow-wrap:anywhere}mark{background:none;color:inherit;border-bottom:2px solid #555}
mark.fix{border-bottom:4px double #a00000;background:#fdeaea}mark.check{border-bottom:3px solid #7a4b00;background:#fff3dc}mark.note{border-bottom:2px dashed #1b4f8a}mark.ok{border-bottom:1px solid #2b6b2b}
mark a{color:#5a0000;font-size:.75rem;text-decoration:underline;margin-inline-start:.15rem}
article{border:1px solid #767676;border-inline-start-width:.5rem;padding:.6rem .9rem;margin:1rem 0;break-inside:avoid}
article.fix{border-inline-start-color:#a00000}article.check{border-inline-start-color:#b87400}article.note{border-inline-start-color:#1b4f8a}article.ok{border-inline-start-color:#2b6b2b}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.pair>div{min-width:0}.pair p{margin:.2rem 0;overflow-wrap:anywhere}h1,h3,article p{overflow-wrap:anywhere}.context{color:#5c5c5c}
del{text-decoration:line-through 2px;background:#fdeaea}ins{text-decoration:underline 2px;background:#e3f1e3}em{font-style:normal;text-decoration:underline wavy;background:#fff3dc}
.small{font-size:.85rem;color:#404040;overflow-wrap:anywhere;margin:.2rem 0}
@media(max-width:44rem){.pair{grid-template-columns:1fr}}
@media print{body{max-width:none;font-size:10.5pt;padding:0}section.print{break-before:page}nav{display:none}mark,del,ins,em,thead th{background:none!important}@page{size:A4 landscape;margin:14mm}}
)";

class VerifyPage {
 public:
  VerifyPage(std::ostream& out, const Verified& v, const TextOptions& options)
      : out_(out),
        v_(v),
        view_(v.all, options.language),
        corpus_(v.all.corpus),
        zh_(options.language == Language::zh) {
    for (const Finding& f : v.findings)
      if (f.form != Finding::Form::unmarked) listed_.push_back(&f);
  }

  void run() {
    const std::string title = say("table of quotations") + title_of_draft();
    out_ << "<!DOCTYPE html>\n<html lang=\"" << (zh_ ? "zh" : "en") << "\">\n<head>\n<meta charset=\"utf-8\">\n"
         << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "base-uri 'none'; form-action 'none'\">\n"
         << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
         << html_escape(title) << "</title>\n<style>" << kStyle << "</style>\n</head>\n<body>\n<header>\n<h1>"
         << html_escape(title) << "</h1>\n";
    head();
    out_ << "</header>\n<main>\n";
    findings();
    draft();
    table();
    queries();
    errata();
    out_ << "</main>\n</body>\n</html>\n";
  }

 private:
  std::string say(std::string_view key) const { return view_.say(key); }
  const char* stop() const { return zh_ ? "；" : "; "; }

  std::string title_of_draft() const {
    for (const CorpusWork& at : corpus_.works)
      if (v_.all.is_draft[at.document] && !corpus_.work(at).parent && !corpus_.work(at).title.empty())
        return (zh_ ? "：" : ": ") + corpus_.work(at).title;
    return {};
  }

  void head() {
    out_ << "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" << say("documents")
         << "\"><table>\n<thead><tr><th scope=\"col\">" << say("documents") << "</th><th scope=\"col\">"
         << say("published") << "</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n";
    std::vector<std::uint32_t> order;  // the drafts first
    for (const bool draft : {true, false})
      for (std::uint32_t d = 0; d < corpus_.documents.size(); ++d)
        if (draft ? v_.all.is_draft[d] != 0 : v_.all.is_draft[d] == 0 && cited(d)) order.push_back(d);
    for (const std::uint32_t d : order) {
      std::string dates;
      for (const CorpusWork& at : corpus_.works)
        if (at.document == d && !corpus_.work(at).parent && dates.empty()) dates = view_.date(corpus_.work(at));
      out_ << "<tr><td>" << say(v_.all.is_draft[d] ? "draft" : "library") << " "
           << html_escape(corpus_.documents[d].path) << "</td><td>" << dates << "</td><td>"
           << corpus_.documents[d].sha256 << "</td></tr>\n";
    }
    std::size_t files = 0, works = 0;
    for (const char l : v_.all.is_library) files += l != 0;
    for (const CorpusWork& at : corpus_.works)
      works += v_.all.is_library[at.document] && corpus_.work(at).kind != WorkKind::collection;
    out_ << "</tbody></table></div>\n<p class=\"small\">" << say("library") << ": " << say("documents") << " "
         << files << ", " << say("works") << " " << works << "; suyuan " << version() << "</p>\n";
    std::array<std::size_t, 4> levels{};
    std::size_t accepted = 0;
    for (const Finding* f : listed_) f->accepted ? ++accepted : ++levels[static_cast<std::size_t>(f->level)];
    out_ << "<p><strong>";
    for (const Level level : {Level::fix, Level::check, Level::note, Level::ok})
      out_ << say(name(level)) << " " << levels[static_cast<std::size_t>(level)] << " · ";
    out_ << say("accepted") << " " << accepted << "</strong></p>\n<nav aria-label=\"" << say("sections")
         << "\"><a href=\"#findings\">" << say("verdicts") << "</a> · <a href=\"#draft\">" << say("draft as read")
         << "</a> · <a href=\"#table\">" << say("table of quotations") << "</a> · <a href=\"#queries\">"
         << say("queries") << "</a> · <a href=\"#errata\">" << say("errata") << "</a></nav>\n";
  }

  bool cited(std::uint32_t d) const {
    return std::any_of(listed_.begin(), listed_.end(), [&](const Finding* f) {
      return std::any_of(f->sources.begin(), f->sources.end(),
                         [&](const Source& s) { return corpus_.works[s.work].document == d; });
    });
  }

  std::string base_place(const Source& s) const {
    return view_.place(s.work, corpus_.works[s.work].fold.origin(s.base.begin));
  }
  std::string joined(const std::vector<std::string>& parts) const {
    std::string out;
    for (const std::string& p : parts) out += (out.empty() ? "" : stop()) + p;
    return out;
  }
  std::string notes(const Finding& f) const {
    std::vector<std::string> all;
    for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n)
      for (std::string& note : view_.notes(f, f.sources[n])) all.push_back(std::move(note));
    if (f.verdict == Verdict::not_found) all.push_back(view_.holding(f));
    return joined(all);
  }
  std::string claims(const Finding& f) const {
    std::vector<std::string> all;
    for (const Claim& c : f.claims) all.push_back(view_.claim(f, c));
    return joined(all);
  }
  std::string others(const Finding& f) const {
    std::vector<std::string> all;
    for (std::size_t n = f.parts_of_base; n < f.sources.size(); ++n) {
      const std::string readings = joined(view_.notes(f, f.sources[n]));
      all.push_back(view_.citation(f.sources[n].work) + " " + (readings.empty() ? say("as the draft") : readings));
    }
    return joined(all);
  }
  std::string bases(const Finding& f) const {
    std::vector<std::string> all;
    for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n)
      all.push_back(view_.citation(f.sources[n].work) +
                    (f.sources[n].occasion.empty() ? "" : " " + f.sources[n].occasion) + " " +
                    base_place(f.sources[n]));
    return joined(all);
  }
  std::string position(const Finding& f) const {
    const auto at = corpus_.document(corpus_.works[f.work]).position(envelope(f.parts).begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  }

  // One of the two texts of a grid, differences marked.
  void row(const std::vector<Cell>& cells, bool base) {
    std::string text;
    const char* open = "";
    const auto tag = [&](const Cell& c) -> const char* {
      if (c.context) return "span class=\"context\"";
      if (c.mark == ' ') return "";
      if (c.mark == '~' || c.mark == 'o') return "em";
      return base ? "del" : "ins";
    };
    std::u32string run;
    const auto flush = [&] {
      if (run.empty()) return;
      const std::string_view t = open;
      if (t.empty())
        text += html_escape(to_utf8(run));
      else
        text += "<" + std::string(t) + ">" + html_escape(to_utf8(run)) + "</" +
                std::string(t.substr(0, t.find(' '))) + ">";
      run.clear();
    };
    for (const Cell& c : cells) {
      if (std::string_view(tag(c)) != open) flush(), open = tag(c);
      if (const char32_t x = base ? c.base : c.draft) run += x;
    }
    flush();
    out_ << "<p>" << text << "</p>";
  }

  void findings() {
    out_ << "<section id=\"findings\"><h2>" << say("verdicts") << "</h2>\n";
    for (std::size_t n = 0; n < listed_.size(); ++n) {
      const Finding& f = *listed_[n];
      if (f.level == Level::ok || f.accepted) continue;
      out_ << "<article class=\"" << name(f.level) << "\" id=\"f" << n + 1 << "\"><h3>" << n + 1 << " "
           << say(name(f.level)) << " · " << view_.verdict(f) << " · " << html_escape(position(f)) << "</h3>\n";
      if (!f.flags.empty()) out_ << "<p>▲ " << html_escape(joined(view_.flags(f))) << "</p>\n";
      if (f.sources.empty()) {
        out_ << "<p>“" << html_escape(view_.text(f)) << "”</p>\n";
        if (f.nearest)
          out_ << "<p class=\"small\">" << say("nearest, not a source") << ": "
               << html_escape(view_.base_text(*f.nearest)) << "  " << html_escape(base_place(*f.nearest))
               << "</p>\n";
      }
      constexpr std::uint32_t kAround = 30;
      for (std::uint32_t k = 0; k < f.parts_of_base && k < f.sources.size(); ++k) {
        const auto cells = view_.cells(f, f.sources[k], kAround);
        out_ << "<div class=\"pair\"><div><p class=\"small\">" << say("base") << "</p>";
        row(cells, true);
        out_ << "</div><div><p class=\"small\">" << say("in the draft") << "</p>";
        row(cells, false);
        out_ << "</div></div>\n";
      }
      for (const auto& [key, value] : {std::pair{"apparatus", notes(f)},
                                       {"base", bases(f)},
                                       {"witness", others(f)},
                                       {"column claims", claims(f)}})
        if (!value.empty())
          out_ << "<p class=\"small\"><strong>" << say(key) << "</strong> " << html_escape(value) << "</p>\n";
      out_ << "<p class=\"small\">" << say("column key") << " " << f.key.substr(0, 16) << "</p></article>\n";
    }
    out_ << "</section>\n";
  }

  void draft() {
    out_ << "<section id=\"draft\" class=\"draft\"><h2>" << say("draft as read") << "</h2>\n";
    for (std::uint32_t d = 0; d < corpus_.documents.size(); ++d) {
      if (!v_.all.is_draft[d]) continue;
      const Document& doc = corpus_.documents[d];
      out_ << "<h3>" << html_escape(doc.path) << "</h3>\n";
      std::vector<std::pair<Span, std::size_t>> marks;
      for (std::size_t n = 0; n < listed_.size(); ++n)
        if (corpus_.works[listed_[n]->work].document == d)
          for (const Span s : listed_[n]->parts) marks.emplace_back(s, n);
      std::sort(marks.begin(), marks.end());
      std::size_t next = 0;
      for (std::size_t l = 0; l < doc.line_starts.size(); ++l) {
        const std::uint32_t begin = doc.line_starts[l];
        const auto end =
            l + 1 < doc.line_starts.size() ? doc.line_starts[l + 1] : static_cast<std::uint32_t>(doc.text.size());
        std::string line;
        std::uint32_t at = begin;
        const auto plain = [&](std::uint32_t to) {
          if (to > at) line += html_escape(to_utf8(doc.view({at, to})));
          at = std::max(at, to);
        };
        while (next < marks.size() && marks[next].first.begin < end) {
          const auto [s, n] = marks[next];
          const Finding& f = *listed_[n];
          plain(std::max(at, s.begin));
          const std::uint32_t to = std::min(end, s.end);
          if (to > at) {
            line +=
                "<mark class=\"" + std::string(name(f.level)) + "\">" + html_escape(to_utf8(doc.view({at, to})));
            if (to == f.parts.back().end)
              line += f.level == Level::ok || f.accepted ? "<sup>" + std::to_string(n + 1) + "</sup>"
                                                         : "<sup><a href=\"#f" + std::to_string(n + 1) + "\">" +
                                                               std::to_string(n + 1) + "</a></sup>";
            line += "</mark>";
            at = to;
          }
          if (s.end > end) break;
          ++next;
        }
        plain(end);
        if (line.find_first_not_of(" \r\n\t") != std::string::npos) out_ << "<p>" << line << "</p>\n";
      }
    }
    out_ << "</section>\n";
  }

  void open_table(const char* key, const std::vector<const char*>& columns) {
    out_ << "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" << say(key)
         << "\"><table>\n<thead><tr>";
    for (const char* c : columns) out_ << "<th scope=\"col\">" << say(c) << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
  }
  void cells(const std::vector<std::string>& values) {
    out_ << "<tr>";
    for (const std::string& v : values) out_ << "<td>" << html_escape(v) << "</td>";
    out_ << "</tr>\n";
  }

  void table() {
    out_ << "<section id=\"table\" class=\"print\"><h2>" << say("table of quotations") << "</h2>\n";
    open_table("table of quotations", {"column number", "column line", "column words", "column base words",
                                       "column verdict", "column base", "column claims", "column witnesses",
                                       "column decision", "column checker", "column date"});
    for (std::size_t n = 0; n < listed_.size(); ++n) {
      const Finding& f = *listed_[n];
      std::string base;
      for (std::uint32_t k = 0; k < f.parts_of_base && k < f.sources.size(); ++k)
        base += (base.empty() ? "" : "｜") + view_.base_text(f.sources[k]);
      std::string verdict = view_.verdict(f);
      if (const std::string more = notes(f); !more.empty()) verdict += (zh_ ? "：" : ": ") + more;
      if (!f.flags.empty()) verdict += "（" + joined(view_.flags(f)) + "）";
      cells({std::to_string(n + 1), position(f), view_.text(f), base, verdict, bases(f), claims(f), others(f),
             f.accepted ? say(f.accepted->error ? "confirmed error" : "allowed") + " " + f.accepted->why : "",
             f.accepted ? f.accepted->who : "", f.accepted ? f.accepted->when : ""});
    }
    out_ << "</tbody></table></div></section>\n";
  }

  void queries() {
    out_ << "<section id=\"queries\" class=\"print\"><h2>" << say("queries") << "</h2>\n";
    std::vector<std::size_t> open;
    for (std::size_t n = 0; n < listed_.size(); ++n)
      if (!listed_[n]->accepted && listed_[n]->level >= Level::check) open.push_back(n);
    if (open.empty()) {
      out_ << "<p>" << say("no queries") << "</p></section>\n";
      return;
    }
    open_table("queries", {"column number", "column line", "column words", "column verdict", "column note",
                           "column base", "column decision"});
    for (const std::size_t n : open) {
      const Finding& f = *listed_[n];
      cells({std::to_string(n + 1), position(f), view_.text(f), view_.verdict(f), view_.message(f), bases(f), ""});
    }
    out_ << "</tbody></table></div></section>\n";
  }

  void errata() {
    out_ << "<section id=\"errata\" class=\"print\"><h2>" << say("errata") << "</h2>\n";
    const bool any = std::any_of(listed_.begin(), listed_.end(),
                                 [](const Finding* f) { return f->accepted && f->accepted->error; });
    if (!any) {
      out_ << "<p>" << say("none confirmed") << "</p></section>\n";
      return;
    }
    open_table("errata", {"column number", "column line", "column words", "column base words", "column note",
                          "column checker", "column date"});
    for (std::size_t n = 0; n < listed_.size(); ++n) {
      const Finding& f = *listed_[n];
      if (!f.accepted || !f.accepted->error) continue;
      std::string base;
      for (std::uint32_t k = 0; k < f.parts_of_base && k < f.sources.size(); ++k)
        base += (base.empty() ? "" : "｜") + view_.base_text(f.sources[k]);
      cells({std::to_string(n + 1), position(f), view_.text(f), base, notes(f), f.accepted->who, f.accepted->when});
    }
    out_ << "</tbody></table></div>";
    if (v_.points) {
      const Points p = points(v_.findings);
      out_ << "<p>" << say("points") << " " << p.points;
      if (v_.characters && *v_.characters > 0)
        out_ << ", " << say("per 10000") << " " << p.points * 10000 / static_cast<double>(*v_.characters);
      out_ << "</p>";
    }
    out_ << "</section>\n";
  }

  std::ostream& out_;
  const Verified& v_;
  VerifyView view_;
  const Corpus& corpus_;
  bool zh_;
  std::vector<const Finding*> listed_;
};

}  // namespace

void write_verify_html(std::ostream& out, const Verified& verified, const TextOptions& options) {
  VerifyPage(out, verified, options).run();
}

}  // namespace suyuan
