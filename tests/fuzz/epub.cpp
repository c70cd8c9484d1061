// Any bytes as a part of an e-book or of an OpenDocument text; the first says which.
#include "fuzz/packed.hpp"
#include "fuzz/target.hpp"

int target(std::string bytes) {
  if (bytes.empty()) return 0;
  const char which = bytes[0];
  bytes.erase(0, 1);
  const auto part = [&](char of, const std::string& otherwise) { return which == of ? bytes : otherwise; };
  if (which == 't') {
    suyuan::fuzz::take(
        suyuan::fuzz::packed({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", bytes}}),
        "a.odt");
    return 0;
  }
  suyuan::fuzz::take(
      suyuan::fuzz::packed(
          {{"mimetype", "application/epub+zip"},
           {"META-INF/container.xml",
            part('m',
                 "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile "
                 "full-path=\"b.opf\"/></rootfiles></container>")},
           {"b.opf",
            part('o',
                 "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest><item id=\"a\" href=\"a.xhtml\" "
                 "media-type=\"application/xhtml+xml\"/></manifest><spine><itemref "
                 "idref=\"a\"/></spine></package>")},
           {"a.xhtml", part('h', "<html><body><h1>一</h1><p>护河先要识河。</p></body></html>")}}),
      "a.epub");
  return 0;
}
