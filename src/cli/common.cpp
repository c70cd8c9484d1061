// Options, output and diagnostics, alike for every command.
#include "cli/common.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <thread>

namespace suyuan::cli {

Common::Common() : jobs(std::max(1U, std::thread::hardware_concurrency())) {}

void Common::add_reading(CLI::App* command) {
  command->add_option("--jobs", jobs, "threads (results do not depend on it)")->check(CLI::Range(1U, 256U));
  command->add_option("--encoding", encoding, "of every source, such as GB18030 (else detected)");
  command->add_option("--lexicons", lexicons,
                      "a folder with tables of your own words: speakers.tsv, outlets.tsv, ...");
}

void Common::add_output(CLI::App* command) {
  command->add_option("-o,--output", output, "write to a file; - is standard output")->check(unwritable);
  command->add_option("--lang", language, "zh or en: the language of labels")->check(CLI::IsMember({"zh", "en"}));
}

void Common::add_format(CLI::App* command, const std::vector<std::string>& formats) {
  std::string names;
  for (const std::string& f : formats) names += (names.empty() ? "" : ", ") + f;
  command->add_option("--format", format, names)->check(CLI::IsMember(formats));
  command->add_option("--color", color, "auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}));
}

Language language_of(std::string word) {
  for (const char* name : {"SUYUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (word.empty() && value) word = value;
  }
  return word.starts_with("zh") ? Language::zh : Language::en;
}

Language Common::lang() const { return language_of(language); }

TextOptions Common::text(bool to_terminal) const {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  bool paint = color == "always";
  if (color == "auto")
    paint = !(no_color && *no_color) && !(term && std::string_view(term) == "dumb") && to_terminal &&
            isatty(STDOUT_FILENO) != 0;
  return {lang(), paint};
}

std::string unwritable(const std::string& name) {
  namespace fs = std::filesystem;
  if (name == "-") return {};
  const auto refuse = [&](const std::string& why) { return "cannot write " + name + ": " + why; };
  std::error_code none;
  const fs::path path(name), parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (fs::is_directory(path, none)) return refuse("it is a folder; name a file in it");
  if (!fs::is_directory(parent, none)) return refuse("there is no folder " + parent.string() + "; make it first");
  if (access(fs::exists(path, none) ? name.c_str() : parent.c_str(), W_OK) != 0)
    return refuse(std::string(std::strerror(errno)) + "; name a file elsewhere");
  return {};
}

Output::Output(const std::string& name, Language language) : name_(name), language_(language) {
  if (name_ != "-") file_.open(name_, std::ios::binary);
}
std::ostream& Output::stream() { return name_ == "-" ? std::cout : file_; }
bool Output::finish() {
  errno = 0;
  stream().flush();
  if (stream()) return true;
  tell({"unwritable",
        "cannot write " + (name_ == "-" ? "standard output" : name_) +
            (errno != 0 ? std::string(": ") + std::strerror(errno) : ""),
        {},
        {},
        {}},
       language_);
  return false;
}

void tell(const Error& what, Language language, Severity severity) {
  const auto say = [&](const char* key) { return label(key, language); };
  std::cerr << "suyuan: "
            << say(severity == Severity::error     ? "told error"
                   : severity == Severity::warning ? "told warning"
                                                   : "told note");
  if (!what.source.empty()) std::cerr << what.source << say("told colon");
  std::cerr << in_words(what.message, language);
  if (what.offset) {
    std::string at = say("told byte");
    std::cerr << at.replace(at.find("{n}"), 3, std::to_string(*what.offset));
  }
  if (!what.help.empty()) std::cerr << "\n  " << say("told help") << in_words(what.help, language);
  std::cerr << '\n';
}

bool report_diagnostics(const std::vector<Diagnostic>& diagnostics, Language language) {
  bool failed = false;
  for (const Diagnostic& d : diagnostics) {
    if (d.severity == Severity::error) failed = true;
    if (d.severity == Severity::note && d.what.code != "empty" && d.what.code != "skipped") continue;
    tell(d.what, language, d.severity);
  }
  return failed;
}

void speak(CLI::App& app, Language language) {
  if (language == Language::en) return;
  const auto say = [language](const std::string& words) { return in_words(words, language); };
  for (const auto& [word, other] : {std::pair{"Usage", "用法"},
                                    {"OPTIONS", "选项"},
                                    {"Positionals", "参数"},
                                    {"SUBCOMMAND", "命令"},
                                    {"REQUIRED", "必填"}})
    app.get_formatter()->label(word, other);
  app.failure_message([say](const CLI::App*, const CLI::Error& e) {
    return say(e.what()) + "\n" + say("Run with --help for more information.") + "\n";
  });
  app.description(say(app.get_description()));
  std::vector<CLI::App*> all = app.get_subcommands({});
  all.push_back(&app);
  for (CLI::App* command : all) {
    if (command != &app) command->description(say(command->get_description()))->group("命令");
    for (CLI::Option* option : command->get_options())
      option->description(say(option->get_description()))->group("选项");
  }
}

std::shared_ptr<const Lexicons> lexicons_of(const Common& common) {
  if (common.lexicons.empty()) return {std::shared_ptr<const Lexicons>(), &shipped_lexicons()};
  auto lexicons = load_lexicons(common.lexicons);
  if (lexicons) return *lexicons;
  tell(lexicons.error(), common.lang());
  return nullptr;
}

Sources read(const std::vector<std::string>& paths, const Common& common) {
  Sources sources = read_texts(paths, {common.encoding}, common.jobs);
  const auto told = [](const Diagnostic& d) {
    return d.severity == Severity::error || d.what.code == "empty-library";
  };
  if (sources.documents.empty() && std::none_of(sources.diagnostics.begin(), sources.diagnostics.end(), told))
    for (const std::string& path : paths)
      sources.diagnostics.push_back({Severity::warning, {"nothing-read", "holds no text", path, std::nullopt, ""}});
  return sources;
}

std::optional<Corpus> build(Sources sources, const Common& common) {
  const auto lexicons = lexicons_of(common);
  if (!lexicons) return std::nullopt;
  return build_corpus(std::move(sources), common.jobs, *lexicons);
}

}  // namespace suyuan::cli
