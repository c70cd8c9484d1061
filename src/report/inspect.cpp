// What each step made of a document, for a reader and as JSON.
#include <algorithm>
#include <ostream>

#include "report/common.hpp"
#include "report/works_json.hpp"

namespace suyuan {

namespace {

// A long text by its beginning and its end.
std::string clipped(const std::u32string& text) {
  return to_utf8(text.size() > 40 ? text.substr(0, 24) + U" … " + text.substr(text.size() - 12) : text);
}

// What a page's head, a record or a side file says of a document, in the order of the header.
std::vector<std::pair<const char*, const Given*>> fields(const Metadata& m) {
  std::vector<std::pair<const char*, const Given*>> out;
  for (const auto& [name, given] : {std::pair{"title", &m.title},
                                    {"outlet", &m.outlet},
                                    {"date", &m.date},
                                    {"posted", &m.posted},
                                    {"kind", &m.kind},
                                    {"copy", &m.copy},
                                    {"rank", &m.rank},
                                    {"url", &m.url}})
    if (*given) out.emplace_back(name, given);
  return out;
}

class Inspector {
 public:
  Inspector(std::ostream& out, const Corpus& corpus, const TextOptions& options)
      : out_(out), corpus_(corpus), options_(options) {}

  void document(std::uint32_t d) {
    const Document& doc = corpus_.documents[d];
    out_ << paint(shown(doc.path) + (doc.record.empty() ? "" : "#" + doc.record), "1") << "  " << doc.format << ", "
         << say("encoding") << " " << doc.encoding << ", " << doc.text.size() << '\n';
    for (const auto& [field, given] : fields(doc.metadata))
      out_ << "  " << say("given " + std::string(field)) << " " << given->value << "  (" << say("because") << " "
           << given->where << ")\n";
    for (const CorpusWork& w : corpus_.works)
      if (w.document == d) work(w);
    bool headed = false;
    for (const Block& b : corpus_.segmentations[d].blocks) {
      if (!is_furniture(b.role) || b.role == Role::blank) continue;
      if (!headed) out_ << "  " << say("furniture") << '\n';
      headed = true;
      const auto where = doc.position(b.span.begin);
      out_ << "      " << (where.page.empty() ? "" : "p" + std::string(where.page) + ":") << where.line << "  "
           << say("role " + std::string(name(b.role))) << "  " << clipped(doc.text_of({b.span})) << '\n';
    }
    headed = false;
    for (const Diagnostic& x : corpus_.segmentations[d].diagnostics) {
      if (!headed) out_ << "  " << say("noted") << '\n';
      headed = true;
      out_ << "      " << x.what.code << "  " << in_words(x.what.message, options_.language) << '\n';
    }
  }

 private:
  std::string say(std::string_view key) const { return label(key, options_.language); }
  std::string paint(const std::string& text, const char* code) const {
    return options_.color ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }

  std::string days(const DateInterval& d) const { return days_in_words(d, options_.language); }

  void evidence(const std::vector<Evidence>& list, std::uint32_t d) {
    for (const Evidence& e : list) {
      out_ << "  (" << say("because") << " " << rule_in_words(e.rule, options_.language);
      const std::string text = clipped(from_utf8(words(corpus_, e, d)));
      if (!text.empty()) out_ << ": " << text;
      if (!e.document.empty()) out_ << ", " << shown(corpus_.documents[document_of(corpus_, e, d)].path);
      out_ << ")";
    }
    out_ << '\n';
  }

  std::string at(const Document& doc, std::uint32_t offset) const { return doc.position(offset).to_string(); }

  void work(const CorpusWork& w) {
    const Document& doc = corpus_.document(w);
    const Work& x = corpus_.work(w);
    const std::string indent = x.parent ? "    " : "  ";
    out_ << indent << paint((x.outlet.empty() ? "" : x.outlet + " ") + titled(x.title, "", options_.language), "1")
         << (x.author.empty() ? "" : "  " + x.author) << "  " << at(doc, x.span.begin);
    if (x.pages) {
      out_ << "  " << say("pages") << " " << x.pages->first;
      if (x.pages->second != x.pages->first) out_ << "–" << x.pages->second;
    }
    if (!x.title_rule.empty())
      out_ << "  (" << say("because") << " " << rule_in_words(x.title_rule, options_.language) << ")";
    out_ << '\n';
    const std::string in = "      ";
    out_ << in << say("published") << " " << days(x.published);
    evidence(x.published.evidence, w.document);
    if (x.edition.status != DateInterval::Status::none) {
      out_ << in << say("edition") << " " << days(x.edition);
      evidence(x.edition.evidence, w.document);
    }
    if (x.kind != WorkKind::unknown) {
      out_ << in << say("kind") << " " << say(name(x.kind)) << ", " << say(name(x.kind_confidence));
      evidence(x.kind_evidence, w.document);
    }
    if (x.copy != Copy::unknown) {
      out_ << in << say("copy") << " " << say(name(x.copy));
      evidence(x.copy_evidence, w.document);
    }
    if (x.about) {
      out_ << in << say("about") << " " << x.about->author << titled(x.about->title, "", options_.language) << " "
           << x.about->outlet << " " << days(x.about->published) << '\n';
    }
    for (const Defect& d : x.defects)
      out_ << in << say("defect") << " " << say("defect " + d.code) << "  " << at(doc, d.span.begin) << "  "
           << clipped(doc.text_of({d.span})) << "  (" << in_words(d.message, options_.language) << ")\n";
    for (const Section& s : x.sections)
      out_ << in << say("spoken") << " " << days(s.spoken) << "  " << clipped(doc.text_of(s.occasion)) << '\n';
    for (const Paragraph& p : x.paragraphs)
      out_ << in << at(doc, p.parts.front().begin) << "  " << say("role " + std::string(name(p.role))) << "  "
           << clipped(doc.text_of(p.parts)) << '\n';
    if (!x.quotations.empty()) out_ << in << say("quotations") << " " << x.quotations.size() << '\n';
    for (const Quotation& q : x.quotations) {
      out_ << in << "  " << at(doc, q.parts.front().begin) << "  " << say(name(q.form)) << "  ";
      if (q.attribution) {
        const Attribution& a = *q.attribution;
        out_ << (a.speaker.empty() ? "?" : a.speaker) << " " << a.verb
             << (a.by.empty() || a.by == "named" ? "" : " (" + say("by " + a.by) + ")");
      } else {
        out_ << "–";
      }
      out_ << "  " << clipped(doc.text_of(q.parts)) << '\n';
    }
    if (!x.marked.empty()) {
      out_ << in << say("marked") << " " << x.marked.size() << ":";
      for (const Marked& m : x.marked) out_ << " " << clipped(doc.text_of(m.parts));
      out_ << '\n';
    }
    if (!x.dates.empty()) {
      out_ << in << say("dates") << ":";
      const char* mark = " ";
      for (const DateMention& m : x.dates) {
        out_ << mark << to_utf8(doc.text_of({m.span}));
        mark = "; ";
        if (m.relative)
          out_ << " = " << m.earliest.to_string() << (m.latest == m.earliest ? "" : "–" + m.latest.to_string());
      }
      out_ << '\n';
    }
  }

  std::ostream& out_;
  const Corpus& corpus_;
  const TextOptions& options_;
};

// Written member by member: a document of many lines is never held whole as JSON.
class JsonInspector {
 public:
  JsonInspector(std::ostream& out, const Corpus& corpus) : out_(out), corpus_(corpus) {}

  void document(std::uint32_t d) {
    const Document& doc = corpus_.documents[d];
    const Segmentation& made = corpus_.segmentations[d];
    Json given = Json::object();
    for (const auto& [field, value] : fields(doc.metadata))
      given[field] = {{"value", value->value}, {"by", value->where}};
    open({{"id", document_id(d)},
          {"key", doc.key},
          {"path", shown(doc.path)},
          {"record", doc.record.empty() ? Json() : Json(doc.record)},
          {"sha256", doc.sha256},
          {"format", doc.format},
          {"encoding", doc.encoding},
          {"characters", doc.text.size()},
          {"given", std::move(given)}});
    out_ << ",\n \"works\":[";
    bool first = true;
    for (std::size_t w = 0; w < corpus_.works.size(); ++w) {
      if (corpus_.works[w].document != d) continue;
      out_ << (first ? "\n" : ",\n");
      first = false;
      work(w, d);
    }
    out_ << "]";
    list("blocks", made.blocks, [&](const Block& b) {
      return Json{
          {"span", span_json(b.span)}, {"role", std::string(name(b.role))}, {"furniture", is_furniture(b.role)}};
    });
    list("diagnostics", made.diagnostics, [](const Diagnostic& x) { return diagnostic_json(x); });
    out_ << "}";
  }

 private:
  // An object without its closing bracket.
  void open(const Json& head) {
    std::string text = written(head);
    text.pop_back();
    out_ << text;
  }

  template <class Items, class Make>
  void list(const char* key, const Items& items, Make make) {
    out_ << ",\n \"" << key << "\":[";
    bool first = true;
    for (const auto& item : items) {
      out_ << (first ? "\n  " : ",\n  ") << written(make(item));
      first = false;
    }
    out_ << "]";
  }

  void work(std::size_t w, std::uint32_t d) {
    const Document& doc = corpus_.documents[d];
    const Work& work = corpus_.work(corpus_.works[w]);
    open(work_json(corpus_, w));
    list("paragraphs", work.paragraphs, [&](const Paragraph& p) {
      return Json{{"role", std::string(name(p.role))},
                  {"span", span_json(envelope(p.parts))},
                  {"parts", parts_json(p.parts)},
                  {"text", to_utf8(doc.text_of(p.parts))}};
    });
    list("sections", work.sections, [&](const Section& s) {
      return Json{{"paragraphs", {s.first, s.last}},
                  {"occasion", to_utf8(doc.text_of(s.occasion))},
                  {"spoken", interval_json(corpus_, s.spoken, d)}};
    });
    list("quotations", work.quotations, [&](const Quotation& q) { return quotation_json(doc, d, q); });
    list("marked", work.marked, [&](const Marked& m) {
      return Json{
          {"span", span_json(envelope(m.parts))}, {"text", to_utf8(doc.text_of(m.parts))}, {"reason", m.reason}};
    });
    list("dates", work.dates, [&](const DateMention& m) {
      return Json{{"span", span_json(m.span)},
                  {"text", to_utf8(doc.text_of({m.span}))},
                  {"earliest", m.earliest.to_string()},
                  {"latest", m.latest.to_string()},
                  {"against", m.against.empty() ? Json() : Json(m.against)}};
    });
    out_ << "}";
  }

  std::ostream& out_;
  const Corpus& corpus_;
};

}  // namespace

void write_inspect_text(std::ostream& out, const Corpus& corpus, const TextOptions& options) {
  Inspector inspector(out, corpus, options);
  for (std::uint32_t d = 0; d < corpus.documents.size(); ++d) inspector.document(d);
}

void write_inspect_json(std::ostream& out, const Corpus& corpus) {
  out << "{\"schema\":\"suyuan.inspect/1\",\n\"unit\":\"code point\",\n\"documents\":[";
  JsonInspector inspector(out, corpus);
  for (std::uint32_t d = 0; d < corpus.documents.size(); ++d) {
    out << (d == 0 ? "\n" : ",\n");
    inspector.document(d);
  }
  out << "],\n\"diagnostics\":[";
  for (std::size_t d = 0; d < corpus.diagnostics.size(); ++d)
    out << (d == 0 ? "\n" : ",\n") << written(diagnostic_json(corpus.diagnostics[d]));
  out << "]}\n";
}

}  // namespace suyuan
