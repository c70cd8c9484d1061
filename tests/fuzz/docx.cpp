// Any bytes as a part of a Word document; the first says which.
#include "fuzz/packed.hpp"
#include "fuzz/target.hpp"

int target(std::string bytes) {
  if (bytes.empty()) return 0;
  const char which = bytes[0];
  bytes.erase(0, 1);
  const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  const auto part = [&](char of, const std::string& otherwise) { return which == of ? bytes : otherwise; };
  const std::string body = "<w:document " + space +
                           "><w:body><w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>护河先要识河。</w:t>"
                           "<w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:document>";
  suyuan::fuzz::take(
      which == 'z'
          ? bytes
          : suyuan::fuzz::packed(
                {{"[Content_Types].xml", part('c', "<Types/>")},
                 {"word/document.xml", part('d', body)},
                 {"word/styles.xml", part('s', "<w:styles " + space + "/>")},
                 {"word/footnotes.xml",
                  part('n',
                       "<w:footnotes " + space +
                           "><w:footnote "
                           "w:id=\"2\"><w:p><w:r><w:t>《远山》</w:t></w:r></w:p></w:footnote></w:footnotes>")}}),
      "a.docx");
  return 0;
}
