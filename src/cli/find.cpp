// find: where a text that is asked for stands.
#include "cli/common.hpp"

namespace suyuan::cli {

namespace {

// Of one library, without words of the user's own: only what the answer needs.
std::optional<Library::Question> ask(const std::vector<std::string>& paths, const std::u32string& text,
                                     const Common& common) {
  if (paths.size() != 1 || !common.lexicons.empty() || !is_library(paths[0])) return std::nullopt;
  const Result<Library> library = Library::open(paths[0]);
  if (!library) return std::nullopt;
  Result<Library::Question> question = library->ask(text);
  if (question) return *std::move(question);
  if (question.error().code == "damaged") tell(question.error(), common.lang(), Severity::warning);
  return std::nullopt;
}

}  // namespace

int find(const FindOptions& options, const Common& common) {
  const Result<std::string> asked = options.text == "-" ? read_file("-") : options.text;
  if (!asked) {
    tell(asked.error(), common.lang());
    return exit_error;
  }
  const std::string& text = *asked;
  std::optional<Library::Question> question = ask(options.paths, from_utf8(text), common);
  if (!question) {
    std::optional<Corpus> built = build(read(options.paths, common), common);
    if (!built) return exit_error;
    question.emplace();
    question->corpus = *std::move(built);
    question->work = add_passage(question->corpus, from_utf8(text));
  }
  Corpus& corpus = question->corpus;
  const std::uint32_t work = question->work;
  const bool failed = report_diagnostics(corpus.diagnostics, common.lang());
  if (corpus.works[work].fold.size() == 0) {
    tell({"usage", "the passage has no letter", {}, {}, "give it with --text, or --text - on standard input"},
         common.lang());
    return exit_error;
  }
  FoundPassage passage = find_passage(corpus, work, options.limit, options.sort == "match");
  if (passage.shown < passage.places)
    corpus.diagnostics.push_back(
        {Severity::note,
         {"limited",
          std::to_string(passage.places) + " places, shown " + std::to_string(passage.shown),
          "-",
          {},
          "--limit"}});
  Found found{corpus, {}};
  if (passage.places > 0) found.provenance.chains.push_back(std::move(passage.chain));
  Output out(common.output, common.lang());
  ReportOptions report;
  report.cited = true;
  if (common.format == "json")
    write_json(out.stream(), found, report);
  else
    write_form(out, Report(found, report), common);
  if (!out.finish() || failed) return exit_error;
  return passage.places == 0 ? exit_none : exit_found;
}

}  // namespace suyuan::cli
