// Collations for a terminal. Differences are marked by
// brackets, [-taken away-] and {+added+}; colour only repeats what the brackets say.
#include <algorithm>
#include <functional>
#include <map>
#include <ostream>

#include "base/data.hpp"
#include "report/common.hpp"
#include "report/works_json.hpp"

namespace suyuan {

std::string label(std::string_view key, Language language) {
  struct Words {
    std::string en, zh;
  };
  static const std::map<std::string, Words, std::less<>> labels = [] {
    std::map<std::string, Words, std::less<>> out;
    for (const auto& row : data::rows(data::labels()))
      if (row.size() == 3) out.try_emplace(std::string(row[0]), Words{std::string(row[1]), std::string(row[2])});
    return out;
  }();
  const auto it = labels.find(key);
  if (it == labels.end()) return std::string(key);
  return language == Language::zh ? it->second.zh : it->second.en;
}

std::vector<Alignment> collate(const Found& found, std::uint32_t a_document, std::uint32_t b_document) {
  std::vector<Alignment> mine;
  for (const Alignment& x : found.alignments) {
    const std::uint32_t a = found.corpus.works[x.a_work].document, b = found.corpus.works[x.b_work].document;
    if (a == a_document && b == b_document) mine.push_back(x);
    if (a == b_document && b == a_document) mine.push_back(exchanged(x));
  }
  const auto equal = [](const Alignment& x) {
    std::uint32_t n = 0;
    for (const EqualRun& r : x.equal) n += r.length;
    return n;
  };
  std::stable_sort(mine.begin(), mine.end(),
                   [&](const Alignment& x, const Alignment& y) { return equal(x) > equal(y); });
  std::vector<Alignment> out;
  for (const Alignment& x : mine) {
    const bool taken = std::any_of(out.begin(), out.end(), [&](const Alignment& y) {
      const auto meets = [](FoldSpan s, FoldSpan t) { return s.begin < t.end && t.begin < s.end; };
      return (x.a_work == y.a_work && meets(x.a, y.a)) || (x.b_work == y.b_work && meets(x.b, y.b));
    });
    if (!taken) out.push_back(x);
  }
  return out;
}

namespace {

class TextWriter {
 public:
  TextWriter(std::ostream& out, const Corpus& corpus, const TextOptions& options)
      : out_(out), corpus_(corpus), options_(options) {}

  std::string say(std::string_view key) const { return label(key, options_.language); }
  std::string paint(std::string_view text, const char* code) const {
    return options_.color ? "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m" : std::string(text);
  }

  std::string place(const CorpusWork& w, std::uint32_t offset) const {
    const Document& d = corpus_.document(w);
    return shown(d.path) + (d.record.empty() ? "" : "#" + d.record) + ":" + d.position(offset).to_string();
  }

  std::string source(const CorpusWork& w) const {
    const Work& work = corpus_.work(w);
    return (work.outlet.empty() ? "" : work.outlet + " ") + titled(work.title, "", options_.language);
  }

  // One difference in both texts' own characters, with a few characters around it.
  void edit(const Edit& e, const Document& a, const Document& b, const char* indent) {
    const auto text = [](const Document& d, const Parts& p) {
      std::string s = to_utf8(d.text_of(p));
      return s.empty() ? std::string("–") : s;
    };
    const auto beside = [&](const Document& d, const Parts& p, bool before) {
      const auto number = static_cast<std::uint32_t>(&d - corpus_.documents.data());
      return context(corpus_, number, before ? p.front().begin : p.back().end,
                     before ? Beside::before : Beside::behind, 8);
    };
    const bool has_from = !e.from.empty();
    const Document& d = has_from ? a : b;
    const Parts& p = has_from ? e.from : e.to;
    const bool moved = e.op == EditOp::move;
    out_ << indent << say(name(e.kind)) << (e.sensitive ? "!" : "") << "  "
         << (moved ? say("move") + " " + text(a, e.from) : text(a, e.from) + " / " + text(b, e.to)) << "    …"
         << beside(d, p, true);
    if (has_from) out_ << paint("[-" + text(a, e.from) + "-]", "31");
    if (!e.to.empty() && !moved) out_ << paint("{+" + text(b, e.to) + "+}", "32");
    out_ << beside(d, p, false) << "…\n";
  }

  void folds(const Folds& f, const char* indent) {
    if (f.layout + f.width + f.gloss + f.script == 0) return;
    out_ << indent << say("folded") << ": ";
    const char* comma = "";
    const auto one = [&](const char* key, std::uint32_t n) {
      if (n == 0) return;
      out_ << comma << say(key) << " " << n;
      comma = ", ";
    };
    one("script", f.script);
    one("gloss", f.gloss);
    one("width", f.width);
    one("layout", f.layout);
    out_ << '\n';
  }

  std::ostream& out_;
  const Corpus& corpus_;
  TextOptions options_;
};

}  // namespace

namespace {

// The works of the corpus that are paired by one of the alignments: it holds half of one of the two.
std::vector<char> partnered(const Corpus& corpus, const std::vector<Alignment>& pairs) {
  std::vector<char> out(corpus.works.size(), 0);
  const auto holds = [&](std::uint32_t w, FoldSpan s) { return s.size() * 2 >= corpus.works[w].fold.size(); };
  for (const Alignment& x : pairs)
    if (holds(x.a_work, x.a) || holds(x.b_work, x.b)) out[x.a_work] = out[x.b_work] = 1;
  return out;
}

}  // namespace

bool differ(const Found& found, std::uint32_t a_document, std::uint32_t b_document) {
  const Corpus& corpus = found.corpus;
  const std::vector<Alignment> pairs = collate(found, a_document, b_document);
  const std::vector<char> partner = partnered(corpus, pairs);
  if (std::find(partner.begin(), partner.end(), 0) != partner.end()) return true;
  return std::any_of(pairs.begin(), pairs.end(), [&](const Alignment& x) {
    const Comparison c = compare(corpus, x.a_work, x.b_work, x.equal, x.a, x.b);
    return std::any_of(c.edits.begin(), c.edits.end(), [](const Edit& e) {
      return e.kind == EditClass::wording || e.kind == EditClass::form || e.kind == EditClass::reporting;
    });
  });
}

void write_diff_text(std::ostream& out, const Found& found, std::uint32_t a_document, std::uint32_t b_document,
                     const TextOptions& options) {
  const Corpus& corpus = found.corpus;
  TextWriter writer(out, corpus, options);
  const Document &a = corpus.documents[a_document], &b = corpus.documents[b_document];
  const std::vector<Alignment> pairs = collate(found, a_document, b_document);
  for (const Alignment& x : pairs) {
    const CorpusWork &wa = corpus.works[x.a_work], &wb = corpus.works[x.b_work];
    const Comparison c = compare(corpus, x.a_work, x.b_work, x.equal, x.a, x.b);
    out << writer.say("paired") << "  " << writer.source(wa) << " " << writer.place(wa, wa.fold.origin(x.a.begin))
        << "  ↔  " << writer.source(wb) << " " << writer.place(wb, wb.fold.origin(x.b.begin)) << "  "
        << writer.say(name(c.kind)) << ", " << x.a.size() << " / " << x.b.size() << '\n';
    std::map<std::string, std::size_t> counts;
    for (const Edit& e : c.edits) ++counts[std::string(name(e.kind))];
    out << "    " << writer.say("differences") << ":";
    for (const char* kind : {"wording", "form", "numeral", "reporting", "structure", "punctuation"})
      if (counts.contains(kind)) out << " " << writer.say(kind) << " " << counts[kind];
    if (counts.empty()) out << " " << writer.say("none");
    out << '\n';
    for (const Edit& e : c.edits) writer.edit(e, a, b, "    ");
    writer.folds(c.folds, "    ");
  }
  const std::vector<char> partner = partnered(corpus, pairs);
  for (std::uint32_t w = 0; w < corpus.works.size(); ++w)
    if (!partner[w])
      out << writer.say("no partner") << "  " << writer.source(corpus.works[w]) << "  "
          << writer.place(corpus.works[w], corpus.work(corpus.works[w]).span.begin) << '\n';
}

}  // namespace suyuan
