// The JSON report, streamed member by member; its shape is data/schema/report.schema.json.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/han.hpp"
#include "report/common.hpp"
#include "report/works_json.hpp"

namespace suyuan {

std::string context(const Document& document, std::uint32_t from, std::uint32_t to) {
  std::u32string out;
  for (std::uint32_t i = from; i < to && i < document.text.size(); ++i)
    if (document.text[i] != U'\n' && document.text[i] != U'\r') out += document.text[i];
  return to_utf8(out);
}

namespace {

class Writer {
 public:
  Writer(std::ostream& out, const Found& found) : out_(out), found_(found), corpus_(found.corpus) {}

  void run(const ReportOptions& options) {
    out_ << "{\"schema\":\"suyuan.report/1\",\n\"generator\":"
         << Json{{"name", "suyuan"}, {"version", std::string(version())}}
         << ",\n\"unit\":\"code point\",\n\"options\":"
         << Json{{"gram", Index::kGram},
                 {"common", Index::kCommon},
                 {"least", kLeast},
                 {"omission", kOmission},
                 {"nearest", kNearest}};
    list("coverage", coverage_json(corpus_));
    stream("documents", corpus_.documents.size(), [&](std::size_t d) { return document_json(corpus_, d, options.texts); });
    stream("works", corpus_.works.size(), [&](std::size_t w) { return work_json(corpus_, w); });
    stream("chains", found_.chains.size(), [&](std::size_t c) { return chain(c); });
    stream("formulas", found_.formulas.size(), [&](std::size_t f) { return formula(found_.formulas[f], options); });
    if (options.alignments)
      stream("alignments", found_.alignments.size(),
             [&](std::size_t a) { return alignment(found_.alignments[a]); });
    stream("diagnostics", corpus_.diagnostics.size(),
           [&](std::size_t d) { return diagnostic_json(corpus_.diagnostics[d]); });
    out_ << "}\n";
  }

 private:
  template <class Make>
  void stream(const char* key, std::size_t count, Make make) {
    out_ << ",\n\"" << key << "\":[";
    for (std::size_t i = 0; i < count; ++i) out_ << (i == 0 ? "\n" : ",\n") << make(i);
    out_ << "]";
  }

  void list(const char* key, const Json& value) { out_ << ",\n\"" << key << "\":" << value; }

  Json chain(std::size_t n) const {
    const Chain& c = found_.chains[n];
    const auto wid = [&](std::uint32_t i) { return "c" + std::to_string(n + 1) + "." + std::to_string(i + 1); };
    const Witness& head = c.witnesses[c.head];
    const CorpusWork& hw = corpus_.works[head.work];
    const Parts head_parts = hw.fold.parts(head.span);
    Json j{{"id", "c" + std::to_string(n + 1)},
           {"key", sha256(corpus_.document(hw).key + ":" + std::to_string(head_parts.front().begin) + "-" +
                          std::to_string(head_parts.back().end))},
           {"kind", c.quotation ? "quotation" : "shared"},
           {"head", wid(c.head)},
           {"text", to_utf8(corpus_.document(hw).text_of(head_parts))},
           {"first", wid(c.first)},
           {"first_part", wid(c.first_part)}};
    if (!c.rivals.empty()) {
      Json rivals = Json::array();
      for (const std::uint32_t r : c.rivals) rivals.push_back(wid(r));
      j["rivals"] = rivals;
    }
    if (c.occasion) {
      const CorpusWork& w = corpus_.works[c.occasion->first];
      const Section& s = corpus_.work(w).sections[c.occasion->second];
      Json o = interval_json(corpus_, s.spoken, w.document);
      j["occasion"] = {{"earliest", o["earliest"]},
                       {"latest", o["latest"]},
                       {"text", to_utf8(corpus_.document(w).text_of(s.occasion))},
                       {"evidence", o["evidence"]}};
    }
    Json witnesses = Json::array();
    for (std::uint32_t i = 0; i < c.witnesses.size(); ++i) witnesses.push_back(witness(c, i, wid));
    j["witnesses"] = std::move(witnesses);
    return j;
  }

  template <class Id>
  Json witness(const Chain& c, std::uint32_t i, Id wid) const {
    const Witness& x = c.witnesses[i];
    const CorpusWork& w = corpus_.works[x.work];
    const Document& d = corpus_.document(w);
    const Work& of = corpus_.work(w);
    const Parts p = w.fold.parts(x.span);
    const Span e = envelope(p);
    Json j{{"id", wid(i)},
           {"work", "w" + std::to_string(x.work + 1)},
           {"document", document_id(w.document)},
           {"span", span_json(e)},
           {"parts", parts_json(p)},
           {"text", to_utf8(d.text_of(p))},
           {"before", context(d, e.begin > 24 ? e.begin - 24 : 0, e.begin)},
           {"after", context(d, e.end, e.end + 24)},
           {"extent", rounded(x.extent)},
           {"role", std::string(name(x.role))},
           {"quoted", x.quoted},
           {"date",
            {{"earliest", of.published.earliest ? Json(of.published.earliest->to_string()) : Json()},
             {"latest", of.published.latest ? Json(of.published.latest->to_string()) : Json()},
             {"basis", of.published.status == DateInterval::Status::none ? "none" : "publication"}}}};
    const auto comparison = [&](const Comparison& k, const Witness& a, const Witness& b) {
      return comparison_json(k, corpus_.document(corpus_.works[a.work]), corpus_.document(corpus_.works[b.work]));
    };
    if (x.nearest) {
      j["nearest"] = {{"witness", wid(*x.nearest)}};
      j["nearest"].update(comparison(x.against_nearest, c.witnesses[*x.nearest], x));
    }
    if (i != c.first) {
      const bool later = i > c.first;
      j["against_first"] =
          comparison(x.against_first, later ? c.witnesses[c.first] : x, later ? x : c.witnesses[c.first]);
    }
    return j;
  }

  Json formula(const Formula& f, const ReportOptions& options) const {
    const auto parts_of = [&](const Formula::Place& p) { return corpus_.works[p.work].fold.parts(p.span); };
    const Formula::Place& first = f.places.front();
    Json j{{"text", to_utf8(corpus_.document(corpus_.works[first.work]).text_of(parts_of(first)))},
           {"count", f.count()},
           {"works", f.works},
           {"kind", f.quotation ? "quotation" : "formula"},
           {"quoted", f.quoted},
           {"before", f.before},
           {"after", f.after}};
    if (options.formulas) {
      Json list = Json::array();
      for (const Formula::Place& p : f.places)
        list.push_back({{"document", document_id(corpus_.works[p.work].document)}, {"span", span_json(envelope(parts_of(p)))}});
      j["occurrences"] = std::move(list);
    }
    return j;
  }

  Json alignment(const Alignment& given) const {
    const Alignment x = second_is_older(corpus_, given) ? exchanged(given) : given;
    const CorpusWork &a = corpus_.works[x.a_work], &b = corpus_.works[x.b_work];
    const Comparison c = compare(corpus_, x.a_work, x.b_work, x.equal, x.a, x.b);
    const auto place = [&](const CorpusWork& w, FoldSpan s) {
      return Json{{"document", document_id(w.document)}, {"span", span_json(envelope(w.fold.parts(s)))}};
    };
    return {{"a", place(a, x.a)},
            {"b", place(b, x.b)},
            {"kind", std::string(name(x.joined ? MatchKind::composite : c.kind))},
            {"similarity", rounded(c.similarity)},
            {"score", std::round(x.score * 10) / 10},
            {"folds", folds_json(c.folds)},
            {"edits", edits_json(c, corpus_.document(a), corpus_.document(b))}};
  }

  std::ostream& out_;
  const Found& found_;
  const Corpus& corpus_;
};

}  // namespace

void write_json(std::ostream& out, const Found& found, const ReportOptions& options) {
  Writer(out, found).run(options);
}

}  // namespace suyuan
