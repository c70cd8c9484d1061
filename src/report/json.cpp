// The JSON report, streamed member by member; its shape is data/schema/report.schema.json.
#include <algorithm>
#include <cmath>
#include <map>
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
    list("coverage", coverage());
    std::vector<std::size_t> documents, works;
    std::vector<bool> cited(corpus_.documents.size(), !options.cited);
    std::vector<bool> cited_work(corpus_.works.size(), !options.cited);
    for (const Chain& c : found_.chains)
      for (const Witness& w : c.witnesses) cited[corpus_.works[w.work].document] = cited_work[w.work] = true;
    for (std::size_t d = 0; d < cited.size(); ++d)
      if (cited[d]) documents.push_back(d);
    for (std::size_t w = 0; w < cited_work.size(); ++w)
      if (cited_work[w]) works.push_back(w);
    stream("documents", documents.size(), [&](std::size_t n) { return document(documents[n], options); });
    stream("works", works.size(), [&](std::size_t n) { return work_json(corpus_, works[n]); });
    stream("chains", found_.chains.size(), [&](std::size_t c) { return chain(c); });
    stream("formulas", found_.formulas.size(), [&](std::size_t f) { return formula(found_.formulas[f], options); });
    if (options.alignments)
      stream("alignments", found_.alignments.size(),
             [&](std::size_t a) { return alignment(found_.alignments[a]); });
    stream("diagnostics", corpus_.diagnostics.size(),
           [&](std::size_t d) { return diagnostic_json(corpus_.diagnostics[d]); });
    out_ << "}\n";
  }

  Json document(std::size_t d, const ReportOptions& options) const {
    const Document& x = corpus_.documents[d];
    Json j{{"id", "d" + std::to_string(d + 1)},
           {"key", x.key},
           {"path", x.path},
           {"record", x.record.empty() ? Json() : Json(x.record)},
           {"sha256", x.sha256},
           {"format", x.format},
           {"encoding", x.encoding},
           {"characters", x.text.size()}};
    if (options.texts) j["text"] = to_utf8(x.text);
    return j;
  }

 private:
  template <class Make>
  void stream(const char* key, std::size_t count, Make make) {
    out_ << ",\n\"" << key << "\":[";
    for (std::size_t i = 0; i < count; ++i) out_ << (i == 0 ? "\n" : ",\n") << make(i);
    out_ << "]";
  }

  void list(const char* key, const Json& value) { out_ << ",\n\"" << key << "\":" << value; }

  Json coverage() const {
    std::map<int, int> years;
    for (const CorpusWork& w : corpus_.works)
      if (const auto& latest = corpus_.work(w).published.latest) ++years[latest->year];
    Json out = Json::array();
    for (const auto& [year, works] : years) out.push_back({{"year", year}, {"works", works}});
    return out;
  }

  static std::string quoted(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    });
    return plain ? '"' + std::string(text) + '"' : Json(text).dump();
  }
  static std::string share(double x) { return Json(round(x)).dump(); }
  static const char* truth(bool x) { return x ? "true" : "false"; }
  static void span(std::string& o, Span s) {
    o += "{\"start\":" + std::to_string(s.begin) + ",\"end\":" + std::to_string(s.end) + "}";
  }
  static void side(std::string& o, const Document& d, const Parts& p) {
    o += "{\"span\":";
    if (p.empty())
      o += "null";
    else
      span(o, envelope(p));
    o += ",\"text\":" + (p.empty() ? "\"\"" : quoted(to_utf8(d.text_of(p)))) + "}";
  }

  static void edits(std::string& o, const Comparison& c, const Document& a, const Document& b) {
    o += '[';
    for (const Edit& e : c.edits) {
      if (&e != &c.edits.front()) o += ',';
      o += "{\"class\":" + quoted(name(e.kind)) + ",\"op\":" + quoted(name(e.op)) +
           ",\"sensitive\":" + truth(e.sensitive) + ",\"ocr_suspect\":" + truth(e.ocr_suspect) + ",\"from\":";
      side(o, a, e.from);
      o += ",\"to\":";
      side(o, b, e.to);
      o += '}';
    }
    o += ']';
  }

  static Json folds(const Folds& f) {
    Json out = Json::object();
    if (f.layout) out["layout"] = f.layout;
    if (f.width) out["width"] = f.width;
    if (f.gloss) out["gloss"] = f.gloss;
    if (f.script) out["script"] = f.script;
    return out;
  }

  static double round(double x) { return static_cast<double>(static_cast<int>(x * 10000 + 0.5)) / 10000; }

  std::string chain(std::size_t n) const {
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
    std::string o = j.dump();
    o.back() = ',';
    o += "\"witnesses\":[";
    for (std::uint32_t i = 0; i < c.witnesses.size(); ++i) {
      if (i > 0) o += ',';
      witness(o, c, i, wid);
    }
    return o + "]}";
  }

  // Witnesses and their edits are most of a report: they are written as text, member by member.
  template <class Id>
  void witness(std::string& o, const Chain& c, std::uint32_t i, Id wid) const {
    const Witness& x = c.witnesses[i];
    const CorpusWork& w = corpus_.works[x.work];
    const Document& d = corpus_.document(w);
    const DateInterval& published = corpus_.work(w).published;
    const Parts p = w.fold.parts(x.span);
    const Span e = envelope(p);
    const auto date = [&](const std::optional<Date>& day) {
      return day ? quoted(day->to_string()) : std::string("null");
    };
    o += "{\"id\":" + quoted(wid(i)) + ",\"work\":\"w" + std::to_string(x.work + 1) +
         "\",\"document\":" + quoted(document_id(w.document)) + ",\"span\":";
    span(o, e);
    o += ",\"parts\":[";
    for (std::size_t n = 0; n < p.size(); ++n) {
      if (n > 0) o += ',';
      span(o, p[n]);
    }
    o += "],\"text\":" + quoted(to_utf8(d.text_of(p))) +
         ",\"before\":" + quoted(context(d, e.begin > 24 ? e.begin - 24 : 0, e.begin)) +
         ",\"after\":" + quoted(context(d, e.end, e.end + 24)) + ",\"extent\":" + share(x.extent) +
         ",\"role\":" + quoted(name(x.role)) + ",\"quoted\":" + truth(x.quoted) +
         ",\"date\":{\"earliest\":" + date(published.earliest) + ",\"latest\":" + date(published.latest) +
         ",\"basis\":" + (published.status == DateInterval::Status::none ? "\"none\"" : "\"publication\"") + "}";
    const auto comparison = [&](const Comparison& k, const Witness& a, const Witness& b) {
      o += "\"kind\":" + quoted(name(k.kind)) + ",\"similarity\":" + share(k.similarity) +
           ",\"folds\":" + folds(k.folds).dump() + ",\"edits\":";
      edits(o, k, corpus_.document(corpus_.works[a.work]), corpus_.document(corpus_.works[b.work]));
      o += '}';
    };
    if (x.nearest) {
      o += ",\"nearest\":{\"witness\":" + quoted(wid(*x.nearest)) + ",";
      comparison(x.against_nearest, c.witnesses[*x.nearest], x);
    }
    if (i != c.first) {
      const Witness& first = c.witnesses[c.first];
      o += ",\"against_first\":{";
      comparison(x.against_first, i > c.first ? first : x, i > c.first ? x : first);
    }
    o += '}';
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
        list.push_back({{"document", document_id(corpus_.works[p.work].document)},
                        {"span", span_json(envelope(parts_of(p)))}});
      j["occurrences"] = std::move(list);
    }
    return j;
  }

  std::string alignment(const Alignment& given) const {
    const Alignment x = second_is_older(corpus_, given) ? exchanged(given) : given;
    const CorpusWork &a = corpus_.works[x.a_work], &b = corpus_.works[x.b_work];
    const Comparison c = compare(corpus_, x.a_work, x.b_work, x.equal, x.a, x.b);
    const auto place = [&](const CorpusWork& w, FoldSpan s) {
      std::string o = "{\"document\":" + quoted(document_id(w.document)) + ",\"span\":";
      span(o, envelope(w.fold.parts(s)));
      return o + "}";
    };
    std::string o = "{\"a\":" + place(a, x.a) + ",\"b\":" + place(b, x.b) +
                    ",\"kind\":" + quoted(name(x.joined ? MatchKind::composite : c.kind)) +
                    ",\"similarity\":" + share(c.similarity) +
                    ",\"score\":" + Json(std::round(x.score * 10) / 10).dump() +
                    ",\"folds\":" + folds(c.folds).dump() + ",\"edits\":";
    edits(o, c, corpus_.document(a), corpus_.document(b));
    return o + "}";
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
