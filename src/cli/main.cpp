// The command line: options in, library called, results printed, exit status by what was found.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
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
  std::string format = "text", output = "-", color = "auto", encoding, language;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());

  void add(CLI::App* command, const std::vector<std::string>& formats) {
    command->add_option("--format", format, "of what is written")->check(CLI::IsMember(formats));
    command->add_option("-o,--output", output, "write to a file; - is standard output");
    command->add_option("--jobs", jobs, "threads (results do not depend on it)")->check(CLI::Range(1U, 256U));
    command->add_option("--color", color, "auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    command->add_option("--encoding", encoding, "of every source, such as GB18030 (else detected)");
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

void write_form(Output& out, const sy::Report& report, const Common& common) {
  if (common.format == "html")
    sy::write_html(out.stream(), report, common.lang());
  else if (common.format == "jsonl")
    sy::write_jsonl(out.stream(), report);
  else if (common.format == "csv")
    sy::write_csv(out.stream(), report, common.lang());
  else
    sy::write_text(out.stream(), report, common.text(out.to_terminal()));
}

// A saved report in another form.
int render(const std::string& path, const Common& common) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  std::string json{std::istreambuf_iterator<char>(in), {}};
  sy::Result<sy::Report> report =
      in.bad() || (path != "-" && !file.is_open())
          ? tl::unexpected(sy::Error{"cannot-read", "cannot be read", path, std::nullopt, "check the path"})
          : sy::read_report(std::move(json), path);
  if (!report) {
    report_diagnostics({{sy::Severity::error, report.error()}});
    return exit_error;
  }
  Output out(common.output);
  write_form(out, *report, common);
  return out.finish() ? exit_found : exit_error;
}

int trace(const std::vector<std::string>& paths, const Common& common, const sy::ReportOptions& include) {
  const sy::Corpus corpus = sy::build_corpus(sy::read_paths(paths, {common.encoding}), common.jobs);
  const bool failed = report_diagnostics(corpus.diagnostics);
  const sy::Index index(corpus);
  sy::Found found{corpus, &index, sy::align_all(corpus, index, common.jobs), {}, sy::formulas(corpus, index)};
  found.chains = sy::build_chains(corpus, found.alignments, common.jobs);
  Output out(common.output);
  if (common.format == "json")
    sy::write_json(out.stream(), found, include);
  else
    write_form(out, sy::Report(found, include), common);
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
  const sy::Corpus corpus = sy::build_corpus(std::move(sources), common.jobs);
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
  const sy::Corpus corpus = sy::build_corpus(sy::read_paths(paths, {common.encoding}), common.jobs);
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
  trace_command->add_option("PATH", paths, "files, folders, patterns such as 'a/**/*.html', or - for standard input")->required();
  trace_command->add_option("--include", include, "in JSON and the page also: alignments, texts, formulas")
      ->check(CLI::IsMember({"alignments", "texts", "formulas"}))
      ->delimiter(',');
  CLI::App* diff_command =
      app.add_subcommand("diff", "one text against another, in place (exit 0 same wording, 1 differs, 2 error)");
  diff_command->add_option("A", a)->required();
  diff_command->add_option("B", b)->required();
  CLI::App* inspect_command = app.add_subcommand("inspect", "what each step made of a file (exit 0, 2 error)");
  inspect_command->add_option("FILE", paths)->required();
  CLI::App* render_command = app.add_subcommand("render", "a saved report in another form (exit 0, 2 error)");
  render_command->add_option("REPORT", a, "what `trace --format json` wrote; - is standard input")->required();
  common.add(trace_command, {"text", "json", "jsonl", "html", "csv"});
  common.add(render_command, {"text", "jsonl", "html", "csv"});
  for (CLI::App* command : {diff_command, inspect_command}) common.add(command, {"text", "json"});

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
  if (render_command->parsed()) return render(a, common);
  if (diff_command->parsed()) return diff(a, b, common);
  return inspect(paths, common);
}
