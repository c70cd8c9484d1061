// suyuan verify DRAFT… --against PATH…
#include <filesystem>
#include <iterator>

#include "cli/common.hpp"

namespace suyuan::cli {

VerifyCommand::VerifyCommand(CLI::App& app)
    : command_(app.add_subcommand(
          "verify",
          "a verdict on every quotation of a draft (exit 0 nothing at --fail-on or above, 1 something, 2 error)")) {
  command_->add_option("DRAFT", drafts_, "files, folders, patterns, or - for standard input")->required();
  command_->add_option("--against", against_, "what the quotations are checked against: files, folders, patterns, libraries")
      ->required();
  command_->add_option("--fail-on", fail_on_, "the least level that makes the exit status 1: fix, check or note")
      ->check(CLI::IsMember({"fix", "check", "note"}));
  command_->add_option("--accept", accept_, "a file of findings that were decided: key, as, who, why, when");
  command_->add_flag("--points", points_, "count errors: of findings confirmed as errors in the --accept file");
  command_->add_option("--characters", characters_,
                       "characters as set (lines x letters x pages), for the rate of errors");
  command_->add_option("--annotate", annotate_,
                       "write a copy of the draft, one Word document, with a comment at every quotation");
  common_.add(command_, {"text", "line", "json", "html", "csv", "xlsx", "sarif"});
}

int VerifyCommand::run() const {
  const auto lexicons = lexicons_of(common_);
  if (!lexicons) return exit_error;
  const VerifyCorpus all =
      build_verify_corpus(read(drafts_, common_), read(against_, common_), common_.jobs, *lexicons);
  const bool failed = report_diagnostics(all.corpus.diagnostics);
  std::vector<std::uint32_t> drafts;
  for (std::uint32_t w = 0; w < all.corpus.works.size(); ++w)
    if (all.is_draft[all.corpus.works[w].document] != 0) drafts.push_back(w);
  const Index index(all.corpus, drafts);
  Verified verified{all, verify(all, index, common_.jobs, *lexicons), *lexicons, points_, characters_};
  if (!accept_.empty()) {
    const auto accepted = read_accepted(accept_);
    if (!accepted) {
      report_diagnostics({{Severity::error, accepted.error()}});
      return exit_error;
    }
    if (const std::size_t idle = accept(verified.findings, *accepted))
      report_diagnostics(
          {{Severity::warning,
            {"accept-idle",
             std::to_string(idle) + " rows meet no finding: the quotation, its base or the ranking changed",
             accept_, std::nullopt, ""}}});
  }
  if (!annotate_.empty() && !annotate(verified)) return exit_error;
  Output out(common_.output);
  if (common_.format == "json")
    write_verify_json(out.stream(), verified, {});
  else
    write_verdicts(out, Report(verified), common_);
  if (!out.finish() || failed) return exit_error;
  const Level least = fail_on_ == "fix" ? Level::fix : fail_on_ == "check" ? Level::check : Level::note;
  for (const Finding& f : verified.findings)
    if (f.form != Finding::Form::unmarked && f.level >= least && !(f.accepted && !f.accepted->error))
      return exit_none;
  return exit_found;
}

bool VerifyCommand::annotate(const Verified& verified) const {
  const auto fail = [](Error error) { return !report_diagnostics({{Severity::error, std::move(error)}}); };
  std::error_code none;
  if (drafts_.size() != 1 || !std::filesystem::is_regular_file(drafts_[0], none))
    return fail({"usage", "--annotate takes one draft, a Word document", drafts_[0], std::nullopt,
                 "name the draft's file itself, one at a time"});
  if (std::filesystem::equivalent(drafts_[0], annotate_, none))
    return fail({"usage", "--annotate would overwrite the draft", annotate_, std::nullopt, "name another file"});
  std::ifstream file(drafts_[0], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const auto made = annotate_docx(bytes, drafts_[0], Report(verified), common_.lang());
  if (!made) return fail(made.error());
  Output out(annotate_);
  out.stream() << made->bytes;
  return out.finish();
}

}  // namespace suyuan::cli
