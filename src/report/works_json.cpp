// Documents, works, dates, quotations, comparisons → JSON.
#include "report/works_json.hpp"

#include <algorithm>
#include <map>

namespace suyuan {

namespace {

Json text_or_null(const std::string& s) { return s.empty() ? Json() : Json(s); }

Json evidence_json(const Corpus& corpus, const std::vector<Evidence>& evidence, std::uint32_t document) {
  Json out = Json::array();
  for (const Evidence& e : evidence)
    out.push_back(object({{"document", document_id(document_of(corpus, e, document))},
                          {"span", span_json(e.span)},
                          {"text", words(corpus, e, document)},
                          {"rule", e.rule}}));
  return out;
}

}  // namespace

std::string shown(const std::string& name) { return to_utf8(from_utf8(name)); }

std::string written(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json object(std::initializer_list<Member> members) {
  constexpr std::size_t kMore = 10;  // members that may follow
  Json::object_t out;
  out.reserve(members.size() + kMore);
  for (const Member& m : members) out.Container::emplace_back(m.key, std::move(m.value));
  return out;
}

void append(Json& object, Json&& members) {
  auto& to = object.get_ref<Json::object_t&>();
  for (auto& [key, value] : members.get_ref<Json::object_t&>()) to.Container::emplace_back(key, std::move(value));
}

std::string document_id(std::size_t document) { return "d" + std::to_string(document + 1); }

Json span_json(Span s) { return object({{"start", s.begin}, {"end", s.end}}); }

Json parts_json(const Parts& parts) {
  Json out = Json::array();
  for (const Span s : parts) out.push_back(span_json(s));
  return out;
}

std::uint32_t document_of(const Corpus& corpus, const Evidence& e, std::uint32_t document) {
  if (e.document.empty()) return document;
  const auto found = std::find_if(corpus.documents.begin(), corpus.documents.end(),
                                  [&](const Document& d) { return d.key == e.document; });
  return found == corpus.documents.end() ? document : static_cast<std::uint32_t>(found - corpus.documents.begin());
}

std::string words(const Corpus& corpus, const Evidence& e, std::uint32_t document) {
  if (!e.text.empty()) return e.text;
  const std::uint32_t in = document_of(corpus, e, document);
  if (!e.document.empty() && corpus.documents[in].key != e.document) return {};
  return to_utf8(corpus.documents[in].text_of({e.span}));
}

Json interval_json(const Corpus& corpus, const DateInterval& d, std::uint32_t document) {
  static constexpr const char* kStatus[] = {"none", "bounded", "stated"};
  return object({{"earliest", d.earliest ? Json(d.earliest->to_string()) : Json()},
                 {"latest", d.latest ? Json(d.latest->to_string()) : Json()},
                 {"status", kStatus[static_cast<int>(d.status)]},
                 {"evidence", evidence_json(corpus, d.evidence, document)}});
}

Json work_json(const Corpus& corpus, std::size_t w) {
  const CorpusWork& at = corpus.works[w];
  const Work& x = corpus.work(at);
  Json parent;
  if (x.parent)
    for (std::size_t k = 0; k < corpus.works.size(); ++k)
      if (corpus.works[k].document == at.document && corpus.works[k].number == *x.parent)
        parent = "w" + std::to_string(k + 1);
  Json defects = Json::array();
  for (const Defect& d : x.defects)
    defects.push_back(object({{"code", d.code},
                              {"span", span_json(d.span)},
                              {"text", to_utf8(corpus.document(at).text_of({d.span}))},
                              {"confidence", std::string(name(d.confidence))},
                              {"message", d.message}}));
  Json j = object(
      {{"id", "w" + std::to_string(w + 1)},
       {"key", corpus.document(at).key + ":" + std::to_string(x.span.begin) + "-" + std::to_string(x.span.end)},
       {"document", document_id(at.document)},
       {"span", span_json(x.span)},
       {"parent", std::move(parent)},
       {"title", text_or_null(x.title)},
       {"outlet", text_or_null(x.outlet)},
       {"author", text_or_null(x.author)},
       {"kind", std::string(name(x.kind))},
       {"copy", std::string(name(x.copy))},
       {"publication", "p" + std::to_string(at.publication + 1)},
       {"defects", std::move(defects)},
       {"published", interval_json(corpus, x.published, at.document)},
       {"edition", interval_json(corpus, x.edition, at.document)}});
  if (x.rank) j["rank"] = *x.rank;
  if (x.pages) j["pages"] = {x.pages->first, x.pages->second};
  if (x.about) {
    Json about = object({{"title", x.about->title},
                         {"outlet", text_or_null(x.about->outlet)},
                         {"author", text_or_null(x.about->author)},
                         {"published", interval_json(corpus, x.about->published, at.document)},
                         {"work", nullptr}});
    for (std::size_t k = 0; k < corpus.works.size() && !x.about->document.empty(); ++k)
      if (corpus.document(corpus.works[k]).key == x.about->document &&
          corpus.work(corpus.works[k]).span == x.about->work)
        about["work"] = "w" + std::to_string(k + 1);
    j["about"] = std::move(about);
  }
  j["evidence"] = object({{"title", text_or_null(x.title_rule)},
                          {"kind", object({{"confidence", std::string(name(x.kind_confidence))},
                                           {"evidence", evidence_json(corpus, x.kind_evidence, at.document)}})},
                          {"copy", evidence_json(corpus, x.copy_evidence, at.document)}});
  return j;
}

Json quotation_json(const Document& document, std::uint32_t number, const Quotation& q) {
  Json j = object({{"document", document_id(number)},
                   {"span", span_json(envelope(q.parts))},
                   {"parts", parts_json(q.parts)},
                   {"text", to_utf8(document.text_of(q.parts))},
                   {"form", std::string(name(q.form))},
                   {"depth", q.depth},
                   {"speaker", nullptr},
                   {"attribution", nullptr}});
  if (q.unclosed) j["unclosed"] = true;
  if (q.attribution) {
    const Attribution& a = *q.attribution;
    j["speaker"] = text_or_null(a.speaker);
    j["attribution"] = object({{"span", span_json(a.span)},
                               {"text", to_utf8(document.text_of({a.span}))},
                               {"kind", std::string(name(a.kind))},
                               {"by", text_or_null(a.by)},
                               {"verb", a.verb},
                               {"after", a.after},
                               {"named", a.named ? span_json(*a.named) : Json()},
                               {"occasion", a.occasion ? Json(to_utf8(document.text_of({*a.occasion}))) : Json()}});
  }
  return j;
}

Json diagnostic_json(const Diagnostic& d) {
  static constexpr const char* kNames[] = {"note", "warning", "error"};
  return object({{"severity", kNames[static_cast<int>(d.severity)]},
                 {"code", d.what.code},
                 {"message", d.what.message},
                 {"source", shown(d.what.source)},
                 {"byte", d.what.offset ? Json(*d.what.offset) : Json()},
                 {"help", d.what.help}});
}

Json document_json(const Corpus& corpus, std::size_t d, bool text) {
  const Document& x = corpus.documents[d];
  Json j = object({{"id", document_id(d)},
                   {"key", x.key},
                   {"path", shown(x.path)},
                   {"record", text_or_null(shown(x.record))},
                   {"sha256", x.sha256},
                   {"format", x.format},
                   {"encoding", x.encoding},
                   {"characters", x.text.size()}});
  if (text) j["text"] = to_utf8(x.text);
  return j;
}

Json coverage_json(const Corpus& corpus) {
  Json out = Json::array();
  for (const auto& [year, of] : coverage(corpus).years)
    out.push_back(object({{"year", year}, {"works", of.works}, {"outlets", of.outlets}, {"kinds", of.kinds}}));
  return out;
}

Json folds_json(const Folds& f) {
  Json out = Json::object();
  if (f.layout) out["layout"] = f.layout;
  if (f.width) out["width"] = f.width;
  if (f.gloss) out["gloss"] = f.gloss;
  if (f.script) out["script"] = f.script;
  return out;
}

Json edits_json(const Comparison& c, const Document& a, const Document& b) {
  // A side that has nothing there says where that is.
  const auto side = [](const Document& d, const Parts& p, std::uint32_t at) -> Json {
    if (p.empty()) return object({{"span", nullptr}, {"at", at}, {"text", ""}});
    return object({{"span", span_json(envelope(p))}, {"text", to_utf8(d.text_of(p))}});
  };
  Json out = Json::array();
  for (const Edit& e : c.edits)
    out.push_back(object({{"class", std::string(name(e.kind))},
                          {"op", std::string(name(e.op))},
                          {"sensitive", e.sensitive},
                          {"ocr_suspect", e.ocr_suspect},
                          {"from", side(a, e.from, e.from_at)},
                          {"to", side(b, e.to, e.to_at)}}));
  return out;
}

double rounded(double share) { return static_cast<double>(static_cast<int>(share * 10000 + 0.5)) / 10000; }

Json comparison_json(const Comparison& c, const Document& a, const Document& b) {
  return object({{"kind", std::string(name(c.kind))},
                 {"similarity", rounded(c.similarity)},
                 {"folds", folds_json(c.folds)},
                 {"edits", edits_json(c, a, b)}});
}

}  // namespace suyuan
