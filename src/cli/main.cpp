// The command line: options in, library called, results printed, exit status by what was found.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "suyuan/suyuan.hpp"

namespace sy = suyuan;

namespace {

// Three codes, the same for every command: done and found (or the same), nothing found (or different), an error
// somewhere, although everything else was done.
enum Exit { exit_found = 0, exit_none = 1, exit_error = 2 };

struct Common {
  std::string format = "text", output = "-", color = "auto", encoding, language, lexicons;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());

  void add(CLI::App* command) {
    command->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("-o,--output", output, "write to a file; - is standard output");
    command->add_option("--jobs", jobs, "threads (results do not depend on it)")->check(CLI::Range(1U, 256U));
    command->add_option("--color", color, "auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    command->add_option("--encoding", encoding, "of every source, such as GB18030 (else detected)");
    command->add_option("--lexicons", lexicons,
                        "a folder with tables of your own words: speakers.tsv, outlets.tsv, ...");
    command->add_option("--lang", language, "zh or en: the language of labels")->check(CLI::IsMember({"zh", "en"}));
  }

  sy::Language lang() const {
    const auto variable = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value ? value : "");
    };
    std::string value = language;
    if (value.empty()) value = variable("SUYUAN_LANG");
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
      if (value.empty()) value = variable(name);
    return value.rfind("zh", 0) == 0 ? sy::Language::zh : sy::Language::en;
  }

  sy::TextOptions text(bool to_terminal) const {
    const char* no_color = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    bool paint = color == "always";
    if (color == "auto")
      paint = !(no_color && *no_color) && !(term && std::string_view(term) == "dumb") && to_terminal &&
              isatty(STDOUT_FILENO) != 0;
    return {lang(), paint};
  }
};

// Standard output or a file; says so when the file cannot be written.
class Output {
 public:
  explicit Output(const std::string& name) : name_(name) {
    if (name_ != "-") file_.open(name_, std::ios::binary);
  }
  std::ostream& stream() { return name_ == "-" ? std::cout : file_; }
  bool to_terminal() const { return name_ == "-"; }
  bool finish() {
    stream().flush();
    if (stream()) return true;
    std::cerr << "suyuan: error: cannot write " << (name_ == "-" ? "standard output" : name_) << '\n';
    return false;
  }

 private:
  std::string name_;
  std::ofstream file_;
};

// Says what reading had to say; true where something was an error.
bool report_diagnostics(const std::vector<sy::Diagnostic>& diagnostics) {
  bool failed = false;
  for (const sy::Diagnostic& d : diagnostics) {
    if (d.severity == sy::Severity::error) failed = true;
    if (d.severity == sy::Severity::note && d.what.code != "empty" && d.what.code != "skipped") continue;
    std::cerr << "suyuan: " << (d.severity == sy::Severity::error ? "error" : "note") << ": " << d.what.source
              << ": " << d.what.message;
    if (d.what.offset) std::cerr << " (byte " << *d.what.offset << ")";
    if (!d.what.help.empty()) std::cerr << "\n  help: " << d.what.help;
    std::cerr << '\n';
  }
  return failed;
}

// The corpus of what was read, by the shipped words and the user's; nothing where the user's tables cannot be used.
std::optional<sy::Corpus> build(sy::Sources sources, const Common& common) {
  if (common.lexicons.empty()) return sy::build_corpus(std::move(sources), common.jobs);
  const auto lexicons = sy::load_lexicons(common.lexicons);
  if (!lexicons) {
    report_diagnostics({{sy::Severity::error, lexicons.error()}});
    return std::nullopt;
  }
  return sy::build_corpus(std::move(sources), common.jobs, **lexicons);
}

int trace(const std::vector<std::string>& paths, const Common& common, const sy::ReportOptions& include) {
  const std::optional<sy::Corpus> built = build(sy::read_paths(paths, {common.encoding}), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics);
  const sy::Index index(corpus);
  sy::Found found{corpus, &index, sy::align_all(corpus, index, common.jobs), {}, sy::formulas(corpus, index)};
  found.chains = sy::build_chains(corpus, found.alignments, common.jobs);
  Output out(common.output);
  if (common.format == "json")
    sy::write_json(out.stream(), found, include);
  else
    sy::write_text(out.stream(), found, common.text(out.to_terminal()));
  if (!out.finish() || failed) return exit_error;
  return found.chains.empty() ? exit_none : exit_found;
}

int diff(const std::string& a, const std::string& b, const Common& common) {
  sy::Sources sources = sy::read_paths({a}, {common.encoding});
  const std::size_t of_a = sources.documents.size();
  const std::string key_a = of_a == 1 ? sources.documents[0].key : "";
  sy::Sources other = sy::read_paths({b}, {common.encoding});
  if (of_a != 1 || other.documents.size() != 1) {
    report_diagnostics(sources.diagnostics);
    report_diagnostics(other.diagnostics);
    std::cerr << "suyuan: error: diff takes two texts, each one file\n";
    return exit_error;
  }
  const std::string path_a = sources.documents[0].path;
  sources.documents.push_back(std::move(other.documents[0]));
  for (auto& d : other.diagnostics) sources.diagnostics.push_back(std::move(d));
  const std::optional<sy::Corpus> built = build(std::move(sources), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics);
  const std::uint32_t first = corpus.documents[0].path == path_a && corpus.documents[0].key == key_a ? 0 : 1;
  const sy::Index index(corpus);
  sy::Found found{corpus, &index, sy::align_all(corpus, index, common.jobs), {}, {}};
  Output out(common.output);
  const bool differs = sy::differ(found, first, 1 - first);
  if (common.format == "json") {
    found.alignments = sy::collate(found, first, 1 - first);
    sy::write_json(out.stream(), found, {true, false, false});
  } else {
    sy::write_diff_text(out.stream(), found, first, 1 - first, common.text(out.to_terminal()));
  }
  if (!out.finish() || failed) return exit_error;
  return differs ? exit_none : exit_found;
}

int inspect(const std::vector<std::string>& paths, const Common& common) {
  const std::optional<sy::Corpus> built = build(sy::read_paths(paths, {common.encoding}), common);
  if (!built) return exit_error;
  const sy::Corpus& corpus = *built;
  const bool failed = report_diagnostics(corpus.diagnostics);
  Output out(common.output);
  if (common.format == "json")
    sy::write_inspect_json(out.stream(), corpus);
  else
    sy::write_inspect_text(out.stream(), corpus, common.text(out.to_terminal()));
  return out.finish() && !failed ? exit_found : exit_error;
}

}  // namespace

int main(int argc, char** argv) {
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
      ->add_option("PATH", paths, "files, folders, patterns such as 'a/**/*.html', or - for standard input")
      ->required();
  trace_command->add_option("--include", include, "in JSON also: alignments, texts, formulas")
      ->check(CLI::IsMember({"alignments", "texts", "formulas"}))
      ->delimiter(',');
  CLI::App* diff_command =
      app.add_subcommand("diff", "one text against another, in place (exit 0 same wording, 1 differs, 2 error)");
  diff_command->add_option("A", a)->required();
  diff_command->add_option("B", b)->required();
  CLI::App* inspect_command = app.add_subcommand("inspect", "what each step made of a file (exit 0, 2 error)");
  inspect_command->add_option("FILE", paths)->required();
  for (CLI::App* command : {trace_command, diff_command, inspect_command}) common.add(command);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? exit_found : exit_error;
  }
  std::ios::sync_with_stdio(false);
  if (trace_command->parsed()) {
    sy::ReportOptions options;
    for (const std::string& what : include) {
      options.alignments = options.alignments || what == "alignments";
      options.texts = options.texts || what == "texts";
      options.formulas = options.formulas || what == "formulas";
    }
    return trace(paths, common, options);
  }
  if (diff_command->parsed()) return diff(a, b, common);
  return inspect(paths, common);
}
