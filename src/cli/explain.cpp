// explain: what each stage made of two places, and the threshold that linked them or did not.
#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/common.hpp"

namespace suyuan::cli {

namespace {

struct Asked {
  std::string path, page;
  std::uint32_t line = 0, column = 0;
};

std::optional<Asked> parse(const std::string& text) {
  const auto number = [](std::string_view s) -> std::optional<std::uint32_t> {
    std::uint32_t n = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (error != std::errc() || end != s.data() + s.size() || n == 0) return std::nullopt;
    return n;
  };
  const std::size_t second = text.rfind(':');
  if (second == std::string::npos || second == 0) return std::nullopt;
  const std::size_t first = text.rfind(':', second - 1);
  if (first == std::string::npos) return std::nullopt;
  const auto line = number(std::string_view(text).substr(first + 1, second - first - 1));
  const auto column = number(std::string_view(text).substr(second + 1));
  if (!line || !column) return std::nullopt;
  Asked out{text.substr(0, first), {}, *line, *column};
  const std::size_t page = out.path.rfind(":p");
  if (page != std::string::npos && page > 0 && page + 2 < out.path.size() &&
      out.path.find('/', page) == std::string::npos) {
    out.page = out.path.substr(page + 2);
    out.path.resize(page);
  }
  return out;
}

struct Place {
  std::uint32_t document = 0, offset = 0;
  Role role = Role::blank;  // of the block it lies in
  std::optional<std::uint32_t> work;
  FoldSpan sentence;  // it lies in
};

std::optional<Place> locate(const Corpus& corpus, const Asked& asked) {
  Place out;
  const auto document = std::find_if(corpus.documents.begin(), corpus.documents.end(),
                                     [&](const Document& d) { return d.path == asked.path; });
  if (document == corpus.documents.end()) return std::nullopt;
  out.document = static_cast<std::uint32_t>(document - corpus.documents.begin());
  const auto offset = document->offset_of({asked.line, asked.column, asked.page});
  if (!offset) return std::nullopt;
  out.offset = *offset;
  for (const Block& b : corpus.segmentations[out.document].blocks)
    if (b.span.begin <= out.offset && out.offset < b.span.end) out.role = b.role;
  for (std::uint32_t w = 0; w < corpus.works.size(); ++w) {
    const Span span = corpus.work(corpus.works[w]).span;
    const Fold& fold = corpus.works[w].fold;
    if (corpus.works[w].document != out.document || out.offset < span.begin || out.offset >= span.end) continue;
    const std::uint32_t unit = fold.find({out.offset, out.offset}).begin;
    if (is_furniture(out.role) || unit >= fold.size()) continue;
    out.work = w;
    constexpr std::uint8_t kEdge = Fold::sentence | Fold::paragraph;
    out.sentence = {unit, unit + 1};
    while (out.sentence.begin > 0 && (fold.gap(out.sentence.begin) & kEdge) == 0) --out.sentence.begin;
    while (out.sentence.end < fold.size() && (fold.gap(out.sentence.end) & kEdge) == 0) ++out.sentence.end;
  }
  return out;
}

std::string decimal(double x) {
  const auto tenths = static_cast<long long>(x * 100 + 0.5);
  return std::to_string(tenths / 100) + "." + std::to_string(tenths % 100 / 10) + std::to_string(tenths % 10);
}

}  // namespace

int explain(const std::string& a, const std::string& b, const Common& common) {
  const auto asked_a = parse(a), asked_b = parse(b);
  if (!asked_a || !asked_b) {
    tell({"usage", "not FILE:LINE:COLUMN", asked_a ? b : a, {}, {}}, common.lang());
    return exit_error;
  }
  std::vector<std::string> paths{asked_a->path};
  if (asked_b->path != asked_a->path) paths.push_back(asked_b->path);
  const std::optional<Corpus> built = build(read_paths(paths, {common.encoding}), common);
  if (!built) return exit_error;
  const Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics, common.lang());
  auto x = locate(corpus, *asked_a), y = locate(corpus, *asked_b);
  if (!x || !y) {
    if (failed) return exit_error;
    tell({"not-found", "no such place", x ? b : a, {}, {}}, common.lang());
    return exit_error;
  }
  Output output(common.output, common.lang());
  std::ostream& out = output.stream();
  const Language language = common.lang();
  const auto say = [&](std::string_view key) { return label(key, language); };
  const auto text_at = [&](std::uint32_t w, FoldSpan s) {
    const CorpusWork& work = corpus.works[w];
    return s.empty() ? std::string() : to_utf8(corpus.document(work).text_of(work.fold.parts(s)));
  };
  bool linked = false;
  for (const auto& [name, place] : {std::pair(&a, &*x), std::pair(&b, &*y)}) {
    out << *name << "  " << say("role " + std::string(suyuan::name(place->role)));
    if (place->work)
      out << "  " << say("sentence") << ": " << text_at(*place->work, place->sentence) << '\n';
    else
      out << "  " << say("left out of its text") << '\n';
  }
  if (x->work && y->work) {
    if (std::tuple(*x->work, x->sentence) > std::tuple(*y->work, y->sentence)) std::swap(x, y);
    const Index index(corpus);
    const Explanation told = explain(corpus, index, *x->work, x->sentence, *y->work, y->sentence);
    const EqualRun& run = told.longest;
    out << say("longest match") << ": " << run.length;
    if (run.length > 0) out << "  " << text_at(*x->work, {run.a, run.a + run.length});
    if (run.length >= Index::kGram)
      out << "  " << decimal(told.bits) << " " << say("bits") << ", " << say("too common to seed") << " "
          << told.common << " / " << run.length - Index::kGram + 1;
    out << '\n';
    const auto meets = [](FoldSpan s, FoldSpan t) { return s.begin < t.end && t.begin < s.end; };
    std::size_t candidates = 0;
    for (const Candidate& c : told.candidates) {
      if (!meets(c.alignment.a, x->sentence) || !meets(c.alignment.b, y->sentence)) continue;
      ++candidates;
      linked = linked || c.outcome == Outcome::linked;
      out << say("candidate") << ": " << say(name(c.outcome)) << "  " << say("score") << " "
          << decimal(c.alignment.score);
      if (c.wanted > 0) out << ", " << decimal(c.had) << " / " << decimal(c.wanted);
      out << "\n    " << text_at(*x->work, c.alignment.a) << "\n    " << text_at(*y->work, c.alignment.b) << '\n';
    }
    if (candidates == 0) out << say("no seed grew into a candidate here") << '\n';
  }
  out << say(linked ? "linked" : "not linked") << '\n';
  if (x->work && y->work) out << say("reckoned with these texts alone") << '\n';
  if (!output.finish() || failed) return exit_error;
  return linked ? exit_found : exit_none;
}

}  // namespace suyuan::cli
