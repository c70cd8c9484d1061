// suyuan verify DRAFT… --against PATH…
#include "cli/common.hpp"

namespace suyuan::cli {

VerifyCommand::VerifyCommand(CLI::App& app)
    : command_(app.add_subcommand(
          "verify", "a verdict on every quotation of a draft (exit 0 nothing at --fail-on or above, 1 something, 2 error)")) {
  command_->add_option("DRAFT", drafts_, "files, folders, patterns, or - for standard input")->required();
  command_->add_option("--against", against_, "what the quotations are checked against: files, folders, patterns")
      ->required();
  command_->add_option("--fail-on", fail_on_, "the least level that makes the exit status 1: fix, check or note")
      ->check(CLI::IsMember({"fix", "check", "note"}));
  common_.add(command_, {"text", "line", "json"});
}

int VerifyCommand::run() const {
  const auto lexicons = lexicons_of(common_);
  if (!lexicons) return exit_error;
  const ReadOptions reading{common_.encoding};
  const VerifyCorpus all =
      build_verify_corpus(read_paths(drafts_, reading), read_paths(against_, reading), common_.jobs, *lexicons);
  const bool failed = report_diagnostics(all.corpus.diagnostics);
  const Index index(all.corpus);
  const Verified verified{all, verify(all, index, common_.jobs, *lexicons)};
  Output out(common_.output);
  const TextOptions text = common_.text(out.to_terminal());
  if (common_.format == "json")
    write_verify_json(out.stream(), verified, {});
  else if (common_.format == "line")
    write_verify_lines(out.stream(), verified, text);
  else
    write_verify_text(out.stream(), verified, text);
  if (!out.finish() || failed) return exit_error;
  const Level least = fail_on_ == "fix" ? Level::fix : fail_on_ == "check" ? Level::check : Level::note;
  for (const Finding& f : verified.findings)
    if (f.level >= least) return exit_none;
  return exit_found;
}

}  // namespace suyuan::cli
