// suyuan add, remove, list, check: the library.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include "cli/common.hpp"

namespace suyuan::cli {

namespace {

// One line on a terminal, written over and over; nothing elsewhere.
class Progress {
 public:
  void show(std::size_t done, std::size_t of) {
    if (!terminal_) return;
    std::cerr << '\r' << done << " / " << of << std::flush;
    shown_ = true;
  }
  void clear() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
    shown_ = false;
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

// "{n} text|{n} texts", the form that the number wants.
std::string counted(std::string_view key, std::uint64_t number, Language language) {
  std::string text = label(key, language);
  if (const std::size_t bar = text.find('|'); bar != std::string::npos)
    text = number == 1 ? text.substr(0, bar) : text.substr(bar + 1);
  if (const std::size_t at = text.find("{n}"); at != std::string::npos) text.replace(at, 3, std::to_string(number));
  return text;
}

}  // namespace

LibraryCommands::LibraryCommands(CLI::App& app) {
  const auto command = [&](const char* name, const char* says) {
    CLI::App* made = app.add_subcommand(name, says);
    made->add_option("LIB", folder_, "the library: a folder with a file suyuan-library in it")->required();
    return made;
  };
  add_ = command("add", "keep texts in a library, or bring it up to date (exit 0, 2 error)");
  add_->add_option("PATH", names_, "files, folders, patterns, or - for standard input")->required();
  add_->add_option("--memory", memory_, "MiB of texts held before they are written (64)")
      ->check(CLI::Range(1U, 65536U));
  remove_ = command("remove", "take texts out of a library (exit 0, 2 error)");
  remove_->add_option("NAME", names_, "files, folders, or first digits of keys as `list` shows them")->required();
  list_ = command("list", "what a library holds (exit 0, 2 error)");
  check_ = command("check", "every byte of a library looked at (exit 0 sound, 2 damage)");
  for (CLI::App* made : {add_, remove_, list_, check_}) {
    made->add_option("--format", common_.format, "text, json")->check(CLI::IsMember({"text", "json"}));
    common_.add_output(made);
    if (made != list_)
      made->add_option("--jobs", common_.jobs, "threads (results do not depend on it)")
          ->check(CLI::Range(1U, 256U));
  }
  add_->add_option("--encoding", common_.encoding, "of every source, such as GB18030 (else detected)");
}

bool LibraryCommands::parsed() const {
  return add_->parsed() || remove_->parsed() || list_->parsed() || check_->parsed();
}

int LibraryCommands::run() const { return list_->parsed() ? list() : check_->parsed() ? check() : change(); }

int LibraryCommands::change() const {
  Output out(common_.output, common_.lang());
  Progress progress;
  std::vector<SourceChange> changes;
  std::array<std::uint64_t, 6> counts{};
  const bool text = common_.format == "text";
  const Language language = common_.lang();
  ChangeOptions options;
  options.reading = {common_.encoding};
  options.jobs = common_.jobs;
  options.memory = std::uint64_t{memory_} << 20;
  options.progress = [&](std::size_t done, std::size_t of) { progress.show(done, of); };
  options.waiting = [&] {
    tell({"waiting", "another process is writing; waiting for it", folder_, {}, {}}, language, Severity::note);
  };
  options.changed = [&](const SourceChange& change) {
    ++counts[static_cast<std::size_t>(change.kind)];
    if (!text) {
      changes.push_back(change);
    } else if (change.kind != SourceChange::Kind::unchanged) {
      progress.clear();
      out.stream() << label(name(change.kind), language) << "  " << change.path;
      if (!change.other.empty()) out.stream() << "  " << label("held as", language) << ' ' << change.other;
      if (change.documents > 0)
        out.stream() << "  " << counted("{n} documents", change.documents, language) << ", "
                     << counted("{n} characters", change.characters, language);
      out.stream() << std::endl;
    }
  };
  const std::vector<Diagnostic> diagnostics =
      add_->parsed() ? add_to_library(folder_, names_, options) : remove_from_library(folder_, names_, options);
  progress.clear();
  if (text) {
    std::string sum;
    for (std::size_t kind = 0; kind < counts.size(); ++kind)
      if (counts[kind] > 0)
        sum += (sum.empty() ? "" : ", ") + std::to_string(counts[kind]) + ' ' +
               label(name(static_cast<SourceChange::Kind>(kind)), language);
    out.stream() << (sum.empty() ? label("nothing changed", language) : sum) << '\n';
  } else {
    write_library_json(out.stream(), changes, diagnostics);
  }
  const bool failed = report_diagnostics(diagnostics, language);
  return out.finish() && !failed ? exit_found : exit_error;
}

int LibraryCommands::list() const {
  if (std::error_code none; std::filesystem::is_directory(folder_, none) && !is_library(folder_)) {
    tell({"not-a-library", "is no library", folder_, std::nullopt, "`suyuan add` makes one"}, common_.lang());
    return exit_error;
  }
  const Result<Library> library = Library::open(folder_);
  if (!library) {
    tell(library.error(), common_.lang());
    return exit_error;
  }
  const bool failed = report_diagnostics(library->diagnostics(), common_.lang());
  const Language language = common_.lang();
  const std::vector<LibrarySource> sources = library->sources();
  Output out(common_.output, common_.lang());
  if (common_.format == "json") {
    write_library_json(out.stream(), sources, library->diagnostics());
  } else {
    std::uint64_t documents = 0, characters = 0;
    for (const LibrarySource& s : sources) {
      out.stream() << s.sha256.substr(0, 12) << "  " << s.documents << "  " << s.characters << "  " << s.path
                   << '\n';
      documents += s.documents;
      characters += s.characters;
    }
    out.stream() << counted("{n} sources", sources.size(), language) << ", "
                 << counted("{n} documents", documents, language) << ", "
                 << counted("{n} characters", characters, language) << '\n';
  }
  return out.finish() && !failed ? exit_found : exit_error;
}

int LibraryCommands::check() const {
  const Language language = common_.lang();
  const LibraryCheck check = check_library(folder_, common_.jobs);
  if (common_.format == "text" && !is_library(folder_)) {
    report_diagnostics(check.diagnostics, language);
    return exit_error;
  }
  Output out(common_.output, common_.lang());
  bool failed = false;
  if (common_.format == "json") write_library_json(out.stream(), check);
  for (const Diagnostic& d : check.diagnostics) {
    failed = failed || d.severity == Severity::error;
    if (common_.format == "json") continue;
    out.stream() << label(d.severity == Severity::error ? "damage" : "remark", language) << "  " << d.what.source;
    if (d.what.offset) out.stream() << ", " << label("byte", language) << ' ' << *d.what.offset;
    out.stream() << label("told colon", language) << in_words(d.what.message, language) << '\n';
    if (!d.what.help.empty())
      out.stream() << "  " << label("told help", language) << in_words(d.what.help, language) << '\n';
  }
  if (common_.format == "text")
    out.stream() << label(failed ? "not sound" : "sound", language) << ": "
                 << counted("{n} sources", check.sources, language) << ", "
                 << counted("{n} documents", check.documents, language) << ", "
                 << counted("{n} characters", check.characters, language) << "; "
                 << counted("{n} segments", check.segments, language) << ", "
                 << counted("{n} bytes", check.bytes, language) << '\n';
  return out.finish() && !failed ? exit_found : exit_error;
}

}  // namespace suyuan::cli
