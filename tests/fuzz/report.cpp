// Any bytes as a saved report, in every form that is made of one.
#include "suyuan/report.hpp"

#include <sstream>

#include "fuzz/target.hpp"

int target(std::string bytes) {
  using namespace suyuan;
  const std::size_t bytes_given = bytes.size();
  const auto report = read_report(std::move(bytes), "a.json");
  if (!report) return 0;
  const bool workbook = report->of_verify() && bytes_given % 8 == 0;  // it goes over the disk
  std::ostringstream out;
  if (workbook) write_verify_xlsx(out, *report, Language::zh);
  for (const Language language : {Language::zh, Language::en}) {
    const TextOptions options{language, false};
    if (report->of_verify()) {
      write_verify_text(out, *report, options);
      write_verify_lines(out, *report, language);
      write_verify_csv(out, *report, language);
      write_verify_sarif(out, *report, language);
      write_verify_html(out, *report, language);
    } else {
      write_text(out, *report, options);
      write_jsonl(out, *report);
      write_csv(out, *report, language);
      write_html(out, *report, language);
    }
  }
  return 0;
}
