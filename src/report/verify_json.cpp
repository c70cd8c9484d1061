// The verdicts on a draft as a report of schema suyuan.report/1: what is cited, and `quotations`.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "report/common.hpp"
#include "report/sigla.hpp"
#include "report/verify_grid.hpp"
#include "report/verify_parts.hpp"
#include "report/works_json.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

class VerifyWriter {
 public:
  VerifyWriter(std::ostream& out, const Verified& v) : out_(out), v_(v), corpus_(v.all.corpus) {}

  void run(const ReportOptions& options) {
    cite();
    out_ << "{\"schema\":\"suyuan.report/1\",\n\"generator\":"
         << written(Json{{"name", "suyuan"}, {"version", std::string(version())}})
         << ",\n\"unit\":\"code point\",\n\"options\":"
         << written(Json{{"command", "verify"}, {"unmarked", kUnmarked}})
         << ",\n\"coverage\":" << written(coverage_json(corpus_)) << ",\n\"holdings\":" << holdings()
         << ",\n\"marked\":" << marked();
    list("drafts", corpus_.documents.size(),
         [&](std::size_t d) { return v_.all.is_draft[d] ? Json(document_id(d)) : Json(); });
    list("library", corpus_.documents.size(), [&](std::size_t d) {
      return v_.all.is_library[d] && documents_.contains(d) ? Json(document_id(d)) : Json();
    });
    list("documents", corpus_.documents.size(), [&](std::size_t d) {
      return documents_.contains(d) ? document_json(corpus_, d, options.texts || v_.all.is_draft[d]) : Json();
    });
    const std::vector<std::string> names = sigla(corpus_);
    list("works", corpus_.works.size(), [&](std::size_t w) {
      if (!works_.contains(w)) return Json();
      Json work = work_json(corpus_, w);
      work["siglum"] = names[w];
      work["citation"] = citation(w);
      return work;
    });
    out_ << ",\n\"chains\":[],\n\"formulas\":[]";
    list("quotations", v_.findings.size(), [&](std::size_t n) { return finding(v_.findings[n]); });
    if (v_.points) {
      const Points p = points(v_.findings);
      out_ << ",\n\"points\":"
           << written({{"findings", p.findings},
                       {"points", p.points},
                       {"characters", v_.characters ? Json(*v_.characters) : Json()},
                       {"per_10000", v_.characters && *v_.characters > 0
                                         ? Json(p.points * 10000 / static_cast<double>(*v_.characters))
                                         : Json()}});
    }
    list("diagnostics", corpus_.diagnostics.size(),
         [&](std::size_t d) { return diagnostic_json(corpus_.diagnostics[d]); });
    out_ << "}\n";
  }

 private:
  template <class Make>
  void list(const char* key, std::size_t count, Make make) {
    out_ << ",\n\"" << key << "\":[";
    const char* comma = "\n";
    for (std::size_t i = 0; i < count; ++i) {
      const Json j = make(i);
      if (j.is_null()) continue;
      out_ << comma << written(j);
      comma = ",\n";
    }
    out_ << "]";
  }

  // Documents and works that are drafts or are named by a finding, and the documents that evidence points to.
  void cite() {
    for (std::size_t d = 0; d < corpus_.documents.size(); ++d)
      if (v_.all.is_draft[d]) documents_.insert(d);
    for (std::size_t w = 0; w < corpus_.works.size(); ++w)
      if (v_.all.is_draft[corpus_.works[w].document]) works_.insert(w);
    for (const Finding& f : v_.findings) {
      for (const Source& s : f.sources) works_.insert(s.work);
      if (f.nearest) works_.insert(f.nearest->work);
    }
    for (const std::size_t w : works_) {
      const CorpusWork& at = corpus_.works[w];
      documents_.insert(at.document);
      for (const Evidence& e : corpus_.work(at).published.evidence)
        documents_.insert(document_of(corpus_, e, at.document));
    }
  }

  Json holdings() const {
    const Holdings& h = v_.all.holdings;
    return {{"documents", h.documents},
            {"works", h.works},
            {"damaged", h.damaged},
            {"first_year", h.first_year ? Json(*h.first_year) : Json()},
            {"last_year", h.last_year ? Json(*h.last_year) : Json()},
            {"kinds", h.kinds}};
  }

  // Marks of the drafts that hold no quotation and no saying that the library knows.
  std::size_t marked() const {
    std::size_t count = 0;
    for (const CorpusWork& at : corpus_.works)
      if (v_.all.is_draft[at.document]) count += corpus_.work(at).marked.size();
    for (const Finding& f : v_.findings) count -= f.mark ? 1 : 0;
    return count;
  }

  // What GB/T 7714 wants to know and the work does not say of itself.
  Json citation(std::size_t number) const {
    const CorpusWork& at = corpus_.works[number];
    const Work& w = corpus_.work(at);
    std::string title = w.title;
    for (const CorpusWork& copy : corpus_.works)
      if (title.empty() && copy.publication == at.publication) title = corpus_.work(copy).title;
    const Lexicons::Outlet* outlet = w.outlet.empty() ? nullptr : v_.lexicons.outlet(w.outlet);
    const bool journal = outlet && (outlet->period == "half-monthly" || outlet->period == "half-month" ||
                                    outlet->period == "monthly");
    std::optional<Issue> issue;
    for (const Evidence& e : w.published.evidence) {
      const auto found = issue_in(fold_words(from_utf8(words(corpus_, e, at.document))));
      if (found && found->number > 0 && found->outlet == w.outlet && !issue) issue = found;
    }
    if (journal && !issue && outlet->period != "monthly" && w.published.earliest &&
        w.published.earliest == w.published.latest &&
        (w.published.latest->day == 1 || w.published.latest->day == 16))
      issue = Issue{w.outlet, w.published.latest->year,
                    w.published.latest->month * 2 - (w.published.latest->day == 1 ? 1 : 0)};
    return {{"author", w.author.empty() ? Json() : Json(to_utf8(fold_words(from_utf8(w.author))))},
            {"title", title.empty() ? Json() : Json(title)},
            {"type", w.outlet.empty() ? "Z"
                     : journal        ? "J"
                                      : "N"},
            {"issue", issue ? Json{{"year", issue->year}, {"number", issue->number}} : Json()}};
  }

  // The place in the file as given, from one; the end is past the last character.
  static void place(Json& j, const Document& d, Span s) {
    const auto begin = d.position(s.begin), end = d.position(s.end - 1);
    j["line"] = begin.line;
    j["column"] = begin.column;
    j["end_line"] = end.line;
    j["end_column"] = end.column + 1;
    if (!begin.page.empty()) j["page"] = std::string(begin.page);
    if (!end.page.empty()) j["end_page"] = std::string(end.page);
  }

  Json source(const Finding& f, const Source& s, bool base_part) const {
    constexpr std::uint32_t kAround = 24;
    const CorpusWork &base = corpus_.works[s.work], &draft = corpus_.works[f.work];
    const Parts parts = base.fold.parts(s.base);
    Json j{{"work", "w" + std::to_string(s.work + 1)},
           {"document", document_id(base.document)},
           {"span", span_json(envelope(parts))},
           {"parts", parts_json(parts)},
           {"text", to_utf8(corpus_.document(base).text_of(parts))},
           {"covers", span_json(envelope(draft.fold.parts(s.covers)))},
           {"occasion", s.occasion.empty() ? Json() : Json(s.occasion)},
           {"secondary", s.secondary}};
    place(j, corpus_.document(base), envelope(parts));
    append(j, comparison_json(s.comparison, corpus_.document(base), corpus_.document(draft)));
    if (base_part) j["collation"] = grid_json(grid(corpus_, f, s, kAround));
    return j;
  }

  Json finding(const Finding& f) const {
    const CorpusWork& at = corpus_.works[f.work];
    const Document& d = corpus_.document(at);
    Json j;
    if (f.quotation) {
      Quotation judged = corpus_.work(at).quotations[*f.quotation];
      judged.parts = f.parts;
      j = quotation_json(d, at.document, judged);
    } else {
      j = {{"document", document_id(at.document)},
           {"span", span_json(envelope(f.parts))},
           {"parts", parts_json(f.parts)},
           {"text", to_utf8(d.text_of(f.parts))},
           {"form", std::string(name(f.form))},
           {"depth", 0},
           {"speaker", nullptr},
           {"attribution", nullptr}};
    }
    j["work"] = "w" + std::to_string(f.work + 1);
    place(j, d, envelope(f.parts));
    j["verdict"] = std::string(name(f.verdict));
    j["level"] = std::string(name(f.level));
    j["flags"] = Json::array();
    for (const Flag flag : f.flags) j["flags"].push_back(std::string(name(flag)));
    j["holding"] = std::string(name(f.holding));
    j["reason"] = f.reason;
    j["base_parts"] = f.sources.empty() ? 0 : f.parts_of_base;
    j["key"] = f.key;
    j["accepted"] = f.accepted ? Json{{"as", f.accepted->error ? "error" : "allowed"},
                                      {"who", f.accepted->who},
                                      {"why", f.accepted->why},
                                      {"when", f.accepted->when}}
                               : Json();
    j["as_in"] = f.as_in ? Json(*f.as_in) : Json();
    if (!f.disputed_by.empty()) j["disputed_by"] = f.disputed_by;
    if (f.verdict == Verdict::composite || (f.verdict == Verdict::reordered && f.parts_of_base > 1))
      append(j, made_of(corpus_, f));
    j["sources"] = Json::array();
    for (std::size_t n = 0; n < f.sources.size(); ++n)
      j["sources"].push_back(source(f, f.sources[n], f.form != Finding::Form::unmarked && n < f.parts_of_base));
    j["nearest"] = f.nearest ? source(f, *f.nearest, false) : Json();
    j["claims"] = Json::array();
    for (const Claim& c : f.claims)
      j["claims"].push_back({{"kind", std::string(name(c.kind))},
                             {"span", span_json(c.span)},
                             {"text", to_utf8(d.text_of({c.span}))},
                             {"found", c.found.empty() ? Json() : Json(c.found)},
                             {"result", std::string(name(c.result))}});
    j["limits"] = Json::array();
    for (const Limit& l : f.limits)
      j["limits"].push_back({{"what", std::string(name(l.what))}, {"bound", l.bound}, {"left", l.left}});
    return j;
  }

  std::ostream& out_;
  const Verified& v_;
  const Corpus& corpus_;
  std::set<std::size_t> documents_, works_;
};

}  // namespace

void write_verify_json(std::ostream& out, const Verified& verified, const ReportOptions& options) {
  VerifyWriter(out, verified).run(options);
}

}  // namespace suyuan
