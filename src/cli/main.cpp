// The command line: options in, library called, results printed, exit status by what was found.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <new>
#include <optional>
#include <string_view>

#include "cli/common.hpp"

#ifdef SUYUAN_MIMALLOC
#include <mimalloc.h>
#endif

namespace sy = suyuan;
using namespace suyuan::cli;

namespace {

// The works whose chains are asked for, by number; nothing, and said so, where there are none such.
std::optional<std::vector<bool>> works_asked(const sy::Corpus& corpus, const sy::ReportOptions& asked,
                                             sy::Language language) {
  const std::optional<sy::Date> since = sy::parse_iso_date(asked.since);
  std::vector<bool> out;
  bool any = false;
  for (const sy::CorpusWork& w : corpus.works) {
    const sy::Work& work = corpus.work(w);
    const sy::Document& document = corpus.document(w);
    const bool named = asked.work.empty() || work.title == asked.work || document.path == asked.work ||
                       (asked.work.size() >= 12 && document.key.compare(0, asked.work.size(), asked.work) == 0);
    const bool late = !since || (work.published.latest && *work.published.latest >= since->first_day());
    out.push_back(named && late);
    any = any || named;
  }
  if (any) return out;
  tell({"not-found", "no work has this title, path or key: " + asked.work, {}, {}, "`suyuan inspect` shows titles"},
       language);
  return std::nullopt;
}

int trace(const std::vector<std::string>& paths, const Common& common, const sy::ReportOptions& options) {
  const std::optional<sy::Corpus> built = build(read(paths, common), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics, common.lang());
  sy::Found found{corpus, {}};
  {
    const sy::Index index(corpus);  // larger than all else, and not needed further on
    found.alignments = sy::align_all(corpus, index, common.jobs);
    if (common.format == "json") found.formulas = sy::formulas(corpus, index);
  }
  found.provenance = sy::build_chains(corpus, found.alignments, common.jobs);
  std::vector<sy::Chain>& chains = found.provenance.chains;
  if (!options.since.empty() || !options.work.empty()) {
    const auto works = works_asked(corpus, options, common.lang());
    if (!works) return exit_error;
    std::erase_if(chains, [&](const sy::Chain& chain) {
      return std::none_of(chain.witnesses.begin(), chain.witnesses.end(),
                          [&](const sy::Witness& w) { return (*works)[w.work]; });
    });
  }
  Output out(common.output, common.lang());
  if (common.format == "json")
    sy::write_json(out.stream(), found, options);
  else
    write_form(out, sy::Report(found, options), common);
  if (!out.finish() || failed) return exit_error;
  return chains.empty() ? exit_none : exit_found;
}

int diff(const std::string& a, const std::string& b, const Common& common) {
  sy::Sources sources = sy::read_paths({a}, {common.encoding});
  const std::size_t of_a = sources.documents.size();
  const std::string key_a = of_a == 1 ? sources.documents[0].key : "";
  sy::Sources other = sy::read_paths({b}, {common.encoding});
  if (of_a != 1 || other.documents.size() != 1) {
    const bool failed_a = report_diagnostics(sources.diagnostics, common.lang()),
               failed_b = report_diagnostics(other.diagnostics, common.lang());
    if (!failed_a && !failed_b) tell({"usage", "diff takes two texts, each one file", {}, {}, {}}, common.lang());
    return exit_error;
  }
  const std::string path_a = sources.documents[0].path;
  sources.documents.push_back(std::move(other.documents[0]));
  for (auto& d : other.diagnostics) sources.diagnostics.push_back(std::move(d));
  const std::optional<sy::Corpus> built = build(std::move(sources), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics, common.lang());
  const std::uint32_t first = corpus.documents[0].path == path_a && corpus.documents[0].key == key_a ? 0 : 1;
  const sy::Index index(corpus);
  sy::Found found{corpus, sy::align_all(corpus, index, common.jobs)};
  Output out(common.output, common.lang());
  const bool differs = sy::differ(found, first, 1 - first);
  if (common.format == "json") {
    found.alignments = sy::collate(found, first, 1 - first);
    sy::write_json(out.stream(), found, {.alignments = true});
  } else {
    sy::write_diff_text(out.stream(), found, first, 1 - first, common.text(out.to_terminal()));
  }
  if (!out.finish() || failed) return exit_error;
  return differs ? exit_none : exit_found;
}

int inspect(const std::vector<std::string>& paths, const Common& common) {
  const std::optional<sy::Corpus> built = build(read(paths, common), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics, common.lang());
  Output out(common.output, common.lang());
  if (common.format == "json")
    sy::write_inspect_json(out.stream(), corpus);
  else
    sy::write_inspect_text(out.stream(), corpus, common.text(out.to_terminal()));
  return out.finish() && !failed ? exit_found : exit_error;
}

// What --lang says, before the options are read: they may be wrong.
sy::Language language_asked(const std::vector<std::string>& words) {
  const std::string option = "--lang";
  std::string said;
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i] == option && i + 1 < words.size())
      said = words[i + 1];
    else if (words[i].starts_with(option + "="))
      said = words[i].substr(option.size() + 1);
  return language_of(said);
}

// Of any thread, and with no memory to spare.
[[noreturn]] void out_of_memory() {
  constexpr std::string_view kSaid = "suyuan: error: out of memory\n";
  const auto written = ::write(STDERR_FILENO, kSaid.data(), kSaid.size());
  static_cast<void>(written);
  std::_Exit(exit_error);
}

}  // namespace

int main(int argc, char** argv) {
  std::set_new_handler(out_of_memory);
#ifdef SUYUAN_MIMALLOC  // asks no such handler where it is built as C
  mi_register_error(
      [](int error, void*) {
        if (error == ENOMEM) out_of_memory();
      },
      nullptr);
#endif
  CLI::App app{
      "suyuan 溯源: finds every passage that recurs in a pile of texts and where it first stands among them"};
  app.set_version_flag("--version", "suyuan " + std::string(sy::version()));
  app.require_subcommand(1);
  Common common;
  std::vector<std::string> paths, include;
  std::string a, b;

  CLI::App* trace_command =
      app.add_subcommand("trace", "every recurring passage as a provenance chain (exit 0 found, 1 none, 2 error)");
  trace_command
      ->add_option("PATH", paths,
                   "files, folders, patterns such as 'a/**/*.html', libraries, or - for standard input")
      ->required();
  sy::ReportOptions options;
  trace_command
      ->add_option("--since", options.since,
                   "only chains in which a work of this day or later has a part: 2024-03-06, 2024")
      ->check([](const std::string& text) {
        return sy::parse_iso_date(text) ? "" : "is no date: write 2024-03-06, 2024-03 or 2024";
      });
  trace_command->add_option("--work", options.work,
                            "only chains in which this work has a part: its title, path or key");
  trace_command->add_option("--include", include, "in JSON and the page also: alignments, texts, formulas")
      ->check(CLI::IsMember({"alignments", "texts", "formulas"}))
      ->delimiter(',');
  CLI::App* diff_command =
      app.add_subcommand("diff", "one text against another, in place (exit 0 same wording, 1 differs, 2 error)");
  diff_command->add_option("A", a)->required();
  diff_command->add_option("B", b)->required();
  CLI::App* inspect_command = app.add_subcommand("inspect", "what each step made of a file (exit 0, 2 error)");
  inspect_command->add_option("FILE", paths)->required();
  FindOptions asked;
  CLI::App* find_command = app.add_subcommand(
      "find", "where a passage first stands and each recurrence, oldest first (exit 0 found, 1 not, 2 error)");
  find_command->add_option("PATH", asked.paths, "files, folders, libraries")->required();
  find_command->add_option("--text", asked.text, "the passage; - reads it from standard input")->required();
  find_command->add_option("--sort", asked.sort, "date, or match: the fullest and closest first")
      ->check(CLI::IsMember({"date", "match"}));
  find_command->add_option("--limit", asked.limit, "show no more places than this (all)")
      ->check(CLI::PositiveNumber);
  CLI::App* explain_command = app.add_subcommand(
      "explain",
      "why two places, each FILE:LINE:COLUMN, are linked or not, reckoned with their files alone (exit 0 linked, 1 "
      "not, 2 error)");
  explain_command->add_option("A", a)->required();
  explain_command->add_option("B", b)->required();
  CLI::App* render_command = app.add_subcommand("render", "a saved report in another form (exit 0, 2 error)");
  render_command->add_option("REPORT", a, "what `trace` or `verify` wrote with --format json; - is standard input")
      ->required();
  common.add_format(trace_command, {"text", "json", "jsonl", "html", "csv"});
  common.add_format(render_command, {"text", "jsonl", "html", "csv", "xlsx", "line", "sarif"});
  common.add_format(find_command, {"text", "json", "jsonl", "html", "csv"});
  for (CLI::App* command : {diff_command, inspect_command}) common.add_format(command);
  for (CLI::App* command :
       {trace_command, render_command, find_command, diff_command, inspect_command, explain_command})
    common.add_output(command);
  for (CLI::App* command : {trace_command, find_command, diff_command, inspect_command, explain_command})
    common.add_reading(command);
  const VerifyCommand verify(app);
  LibraryCommands library(app);
  const sy::Language language = language_asked({argv, argv + argc});
  speak(app, language);

  if (argc > 1 && argv[1][0] != '-') {
    std::string names;
    bool known = false;
    for (const CLI::App* command : app.get_subcommands({})) {
      known = known || command->get_name() == argv[1];
      names += (names.empty() ? "" : ", ") + command->get_name();
    }
    if (!known) {
      tell({"usage", "no command \"" + std::string(argv[1]) + "\"", {}, {}, "there are " + names}, language);
      return exit_error;
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? exit_found : exit_error;
  }
  std::ios::sync_with_stdio(false);
  for (const std::string& what : include) {
    options.alignments = options.alignments || what == "alignments";
    options.texts = options.texts || what == "texts";
    options.formulas = options.formulas || what == "formulas";
  }
  try {
    if (trace_command->parsed()) return trace(paths, common, options);
    if (render_command->parsed()) return render(a, common);
    if (verify.parsed()) return verify.run();
    if (library.parsed()) return library.run();
    if (diff_command->parsed()) return diff(a, b, common);
    if (find_command->parsed()) return find(asked, common);
    if (explain_command->parsed()) return explain(a, b, common);
    return inspect(paths, common);
  } catch (const std::exception& e) {
    tell({"internal", std::string("a fault of the program: ") + e.what(), {}, {}, "report it with what was asked"},
         common.lang());
    return exit_error;
  }
}
