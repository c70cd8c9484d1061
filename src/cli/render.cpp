// render: a saved report in another form, and the forms that trace and verify share with it.
#include "cli/common.hpp"

namespace suyuan::cli {

void write_form(Output& out, const Report& report, const Common& common) {
  if (common.format == "html")
    write_html(out.stream(), report, common.lang());
  else if (common.format == "jsonl")
    write_jsonl(out.stream(), report);
  else if (common.format == "csv")
    write_csv(out.stream(), report, common.lang());
  else
    write_text(out.stream(), report, common.text(out.to_terminal()));
}

void write_verdicts(Output& out, const Report& report, const Common& common) {
  if (common.format == "line")
    write_verify_lines(out.stream(), report, common.lang());
  else if (common.format == "html")
    write_verify_html(out.stream(), report, common.lang());
  else if (common.format == "csv")
    write_verify_csv(out.stream(), report, common.lang());
  else if (common.format == "xlsx")
    write_verify_xlsx(out.stream(), report, common.lang());
  else if (common.format == "sarif")
    write_verify_sarif(out.stream(), report, common.lang());
  else
    write_verify_text(out.stream(), report, common.text(out.to_terminal()));
}

int render(const std::string& path, const Common& common) {
  Result<std::string> json = read_file(path);
  Result<Report> report = json ? read_report(*std::move(json), path) : tl::unexpected(json.error());
  if (!report) {
    tell(report.error(), common.lang());
    return exit_error;
  }
  const bool verdicts = report->of_verify();
  if (verdicts ? common.format == "jsonl"
               : common.format == "line" || common.format == "sarif" || common.format == "xlsx") {
    tell({"no-such-form", "has no form " + common.format, path, std::nullopt,
          verdicts ? "of verify there are text, line, html, csv, xlsx, sarif"
                   : "of trace there are text, jsonl, html, csv"},
         common.lang());
    return exit_error;
  }
  Output out(common.output, common.lang());
  verdicts ? write_verdicts(out, *report, common) : write_form(out, *report, common);
  return out.finish() ? exit_found : exit_error;
}

}  // namespace suyuan::cli
