// Any bytes as what pdftotext says of a PDF.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  suyuan::PdfPages read;
  for (std::size_t at = 0; at < bytes.size(); at += 4096)
    if (!read.take(std::string_view(bytes).substr(at, 4096))) break;
  suyuan::PdfText set = suyuan::lay_out(std::move(read.pages));
  suyuan::Document document;
  document.format = "pdf";
  document.text = std::move(set.text);
  document.anchors = std::move(set.anchors);
  document.pages = std::move(set.pages);
  document.markup = std::move(set.markup);
  for (std::uint32_t i = 0; i < document.text.size(); i += 7) {
    const auto place = document.position(i);
    if (place.line == 0 || place.column == 0 || place.page.empty()) __builtin_trap();
  }
  suyuan::Sources sources;
  document.line_starts = {0};
  for (std::uint32_t i = 0; i < document.text.size(); ++i)
    if (document.text[i] == U'\n') document.line_starts.push_back(i + 1);
  sources.documents.push_back(std::move(document));
  suyuan::fuzz::take(std::move(sources));
  return 0;
}
