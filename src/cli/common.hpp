// common.hpp: what the commands share: exit status, options, where output goes, what is said of the sources.
#pragma once

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "suyuan/suyuan.hpp"

namespace suyuan::cli {

// Three codes, the same for every command: done and found (or the same), nothing found (or different), an error
// somewhere, although everything else was done.
enum Exit { exit_found = 0, exit_none = 1, exit_error = 2 };

struct Common {
  std::string format = "text", output = "-", color = "auto", encoding, language, lexicons;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());

  void add(CLI::App* command, const std::vector<std::string>& formats) {
    command->add_option("--format", format, "of what is written")->check(CLI::IsMember(formats));
    command->add_option("-o,--output", output, "write to a file; - is standard output");
    command->add_option("--jobs", jobs, "threads (results do not depend on it)")->check(CLI::Range(1U, 256U));
    command->add_option("--color", color, "auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    command->add_option("--encoding", encoding, "of every source, such as GB18030 (else detected)");
    command->add_option("--lexicons", lexicons,
                        "a folder with tables of your own words: speakers.tsv, outlets.tsv, ...");
    command->add_option("--lang", language, "zh or en: the language of labels")->check(CLI::IsMember({"zh", "en"}));
  }

  suyuan::Language lang() const {
    const auto variable = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value ? value : "");
    };
    std::string value = language;
    if (value.empty()) value = variable("SUYUAN_LANG");
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
      if (value.empty()) value = variable(name);
    return value.rfind("zh", 0) == 0 ? suyuan::Language::zh : suyuan::Language::en;
  }

  suyuan::TextOptions text(bool to_terminal) const {
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
inline bool report_diagnostics(const std::vector<suyuan::Diagnostic>& diagnostics) {
  bool failed = false;
  for (const suyuan::Diagnostic& d : diagnostics) {
    if (d.severity == suyuan::Severity::error) failed = true;
    if (d.severity == suyuan::Severity::note && d.what.code != "empty" && d.what.code != "skipped") continue;
    std::cerr << "suyuan: " << (d.severity == suyuan::Severity::error ? "error" : "note") << ": " << d.what.source
              << ": " << d.what.message;
    if (d.what.offset) std::cerr << " (byte " << *d.what.offset << ")";
    if (!d.what.help.empty()) std::cerr << "\n  help: " << d.what.help;
    std::cerr << '\n';
  }
  return failed;
}

// The corpus of what was read, by the shipped words and the user's; nothing where the user's tables cannot be used.
inline std::optional<suyuan::Corpus> build(suyuan::Sources sources, const Common& common) {
  if (common.lexicons.empty()) return suyuan::build_corpus(std::move(sources), common.jobs);
  const auto lexicons = suyuan::load_lexicons(common.lexicons);
  if (!lexicons) {
    report_diagnostics({{suyuan::Severity::error, lexicons.error()}});
    return std::nullopt;
  }
  return suyuan::build_corpus(std::move(sources), common.jobs, **lexicons);
}

struct FindOptions {
  std::vector<std::string> paths;
  std::string text, sort = "date";
  std::size_t limit = 0;  // 0: none
};
int find(const FindOptions& options, const Common& common);
void write_form(Output& out, const Report& report, const Common& common);  // --format but json
int render(const std::string& path, const Common& common);
int explain(const std::string& a, const std::string& b, const Common& common);

}  // namespace suyuan::cli
