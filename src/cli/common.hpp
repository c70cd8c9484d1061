// common.hpp: what the commands share: exit status, options, where output goes, what is said of the sources.
#pragma once

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "suyuan/suyuan.hpp"

namespace suyuan::cli {

// Three codes, the same for every command: done and found (or the same), nothing found (or different), an error
// somewhere, although everything else was done.
enum Exit { exit_found = 0, exit_none = 1, exit_error = 2 };

struct Common {
  std::string format = "text", output = "-", color = "auto", encoding, language, lexicons;
  unsigned jobs = 1;

  Common();
  // How sources are read; where the result goes; in which form.
  void add_reading(CLI::App* command);
  void add_output(CLI::App* command);
  void add_format(CLI::App* command, const std::vector<std::string>& formats = {"text", "json"});
  Language lang() const;
  TextOptions text(bool to_terminal) const;
};

// Standard output or a file; says so when the file cannot be written.
class Output {
 public:
  Output(const std::string& name, Language language);
  std::ostream& stream();
  bool to_terminal() const { return name_ == "-"; }
  bool finish();

 private:
  std::string name_;
  Language language_;
  std::ofstream file_;
};

// For an option that names what is written: what keeps it from being written, told before anything is computed.
std::string unwritable(const std::string& name);

// The language that a word such as zh_CN.UTF-8 names, or where it is empty the environment.
Language language_of(std::string word);

// Says one thing on standard error, an error where it is not said otherwise.
void tell(const Error& what, Language language, Severity severity = Severity::error);

// Says what reading had to say; true where something was an error.
bool report_diagnostics(const std::vector<Diagnostic>& diagnostics, Language language);

// The help and the errors of the command line in this language.
void speak(CLI::App& app, Language language);

// The shipped words with the user's before them; nothing, and said so, where the user's tables cannot be used.
std::shared_ptr<const Lexicons> lexicons_of(const Common& common);

// The texts that the paths name, libraries among them.
Sources read(const std::vector<std::string>& paths, const Common& common);

// The corpus of what was read, by these words; nothing where the user's tables cannot be used.
std::optional<Corpus> build(Sources sources, const Common& common);

struct FindOptions {
  std::vector<std::string> paths;
  std::string text, sort = "date";
  std::size_t limit = 0;  // 0: none
};
int find(const FindOptions& options, const Common& common);
int explain(const std::string& a, const std::string& b, const Common& common);
int render(const std::string& path, const Common& common);
void write_form(Output& out, const Report& report, const Common& common);      // a report in --format, but as JSON
void write_verdicts(Output& out, const Report& report, const Common& common);  // the same of a report of verify

// The command `verify`; `run` once its options are parsed.
class VerifyCommand {
 public:
  explicit VerifyCommand(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  int run() const;

 private:
  CLI::App* command_;
  Common common_;
  std::vector<std::string> drafts_, against_;
  Library::Verification find(const Lexicons& lexicons) const;
  std::optional<Error> nothing_to_do(const VerifyCorpus& all) const;
  bool annotate(const Verified& verified) const;
  std::string fail_on_ = "check", accept_, annotate_;
  bool points_ = false;
  std::optional<std::uint64_t> characters_;
};

// The commands of the library; `run` once its options are parsed.
class LibraryCommands {
 public:
  explicit LibraryCommands(CLI::App& app);
  bool parsed() const;
  int run() const;

 private:
  int change() const;
  int list() const;
  int check() const;

  CLI::App *add_, *remove_, *list_, *check_;
  Common common_;
  std::string folder_;
  std::vector<std::string> names_;
  unsigned memory_ = 64;
};

}  // namespace suyuan::cli
