// suyuan verify DRAFT… --against PATH…
#include <filesystem>
#include <iostream>
#include <iterator>
#include <set>

#include "cli/common.hpp"

namespace suyuan::cli {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// Where a draft's marks do not pair or stand in what is left out, words may have gone unjudged: more than a note.
void warn_of_unjudged(VerifyCorpus& all) {
  std::set<std::string> drafts;
  for (std::size_t d = 0; d < all.is_draft.size(); ++d)
    if (all.is_draft[d] != 0) drafts.insert(all.corpus.documents[d].path);
  for (Diagnostic& d : all.corpus.diagnostics)
    if ((d.what.code == "quotation-left-out" || d.what.code == "open-quotation") && drafts.contains(d.what.source))
      d.severity = Severity::warning;
}

}  // namespace

VerifyCommand::VerifyCommand(CLI::App& app)
    : command_(app.add_subcommand(
          "verify",
          "a verdict on every quotation of a draft (exit 0 nothing at --fail-on or above, 1 something, 2 error)")) {
  command_->add_option("DRAFT", drafts_, "files, folders, patterns, or - for standard input")->required();
  command_
      ->add_option("--against", against_,
                   "what the quotations are checked against: files, folders, patterns, libraries")
      ->required();
  command_->add_option("--fail-on", fail_on_, "the least level that makes the exit status 1: fix, check or note")
      ->check(CLI::IsMember({"fix", "check", "note"}));
  command_->add_option("--accept", accept_, "a file of findings that were decided: key, as, who, why, when");
  command_->add_flag("--points", points_, "count errors: of findings confirmed as errors in the --accept file");
  command_
      ->add_option("--characters", characters_,
                   "characters as set (lines x letters x pages), for the rate of errors")
      ->check(CLI::PositiveNumber);
  command_
      ->add_option("--annotate", annotate_,
                   "write a copy of the draft, one Word document, with a comment at every quotation")
      ->check(unwritable);
  common_.add_format(command_, {"text", "line", "json", "html", "csv", "xlsx", "sarif"});
  common_.add_output(command_);
  common_.add_reading(command_);
}

int VerifyCommand::run() const {
  const auto lexicons = lexicons_of(common_);
  if (!lexicons) return exit_error;
  Library::Verification found = find(*lexicons);
  warn_of_unjudged(found.corpus);
  const bool failed = report_diagnostics(found.corpus.corpus.diagnostics, common_.lang());
  if (const std::optional<Error> nothing = nothing_to_do(found.corpus)) {
    if (!failed) tell(*nothing, common_.lang());
    return exit_error;
  }
  Verified verified{found.corpus, std::move(found.findings), *lexicons, points_, characters_};
  if (!accept_.empty()) {
    const auto accepted = read_accepted(accept_);
    if (!accepted) {
      tell(accepted.error(), common_.lang());
      return exit_error;
    }
    const std::vector<std::string> idle = accept(verified.findings, *accepted);
    if (!idle.empty())
      tell({"accept-idle",
            (idle.size() == 1 ? "no finding has this key: " : "no finding has one of these keys: ") + joined(idle),
            accept_, std::nullopt,
            "the words, what the draft says of their source, the base or the rules have changed since: look again"},
           common_.lang(), Severity::warning);
  }
  if (!annotate_.empty() && !annotate(verified)) return exit_error;
  Output out(common_.output, common_.lang());
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

// What keeps the command from saying anything: no text on one of the two sides.
std::optional<Error> VerifyCommand::nothing_to_do(const VerifyCorpus& all) const {
  bool draft = false;
  for (const CorpusWork& w : all.corpus.works)
    draft = draft || (all.is_draft[w.document] != 0 && w.fold.size() > 0);
  if (!draft) return Error{"nothing-read", "holds no text to check", joined(drafts_), std::nullopt, ""};
  if (all.holdings.works > 0) return std::nullopt;
  return Error{"nothing-read", "holds no text to check against", joined(against_), std::nullopt, ""};
}

Library::Verification VerifyCommand::find(const Lexicons& lexicons) const {
  const auto read = [&](const std::vector<std::string>& paths) {
    return read_texts(paths, {common_.encoding}, common_.jobs);
  };
  Sources drafts = read(drafts_);
  // Of one library, without words of the user's own: only what the findings rest on.
  if (against_.size() == 1 && common_.lexicons.empty() && against_[0] != "-" && is_library(against_[0]))
    if (const Result<Library> library = Library::open(against_[0])) {
      auto found = library->verify(drafts, common_.jobs);
      if (found) return *std::move(found);
      if (found.error().code == "damaged") tell(found.error(), common_.lang(), Severity::warning);
    }
  Library::Verification out{build_verify_corpus(std::move(drafts), read(against_), common_.jobs, lexicons), {}};
  std::vector<std::uint32_t> works;
  for (std::uint32_t w = 0; w < out.corpus.corpus.works.size(); ++w)
    if (out.corpus.is_draft[out.corpus.corpus.works[w].document] != 0) works.push_back(w);
  out.findings = verify(out.corpus, Index(out.corpus.corpus, works), common_.jobs, lexicons);
  keep_cited(out.corpus, out.findings);
  return out;
}

bool VerifyCommand::annotate(const Verified& verified) const {
  const auto fail = [&](const Error& error) {
    tell(error, common_.lang());
    return false;
  };
  std::error_code none;
  if (drafts_.size() != 1 || !std::filesystem::is_regular_file(drafts_[0], none))
    return fail({"usage", "--annotate takes one draft, a Word document", drafts_[0], std::nullopt,
                 "name the draft's file itself, one at a time"});
  if (std::filesystem::equivalent(drafts_[0], annotate_, none))
    return fail({"usage", "--annotate would overwrite the draft", annotate_, std::nullopt, "name another file"});
  const Result<std::string> bytes = read_file(drafts_[0]);
  if (!bytes) return fail(bytes.error());
  const auto made = annotate_docx(*bytes, drafts_[0], Report(verified), common_.lang());
  if (!made) return fail(made.error());
  Output out(annotate_, common_.lang());
  out.stream() << made->bytes;
  return out.finish();
}

}  // namespace suyuan::cli
