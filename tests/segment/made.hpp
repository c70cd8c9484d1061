// made.hpp: a text read and segmented, for tests; all texts are invented.
#pragma once

#include <algorithm>
#include <string>

#include "suyuan/segment.hpp"

namespace suyuan {

struct Made {
  Document document;
  Segmentation made;
  std::string text(std::size_t work, std::size_t paragraph) const {
    return to_utf8(document.text_of(made.works.at(work).paragraphs.at(paragraph).parts));
  }
};

inline Made make(const std::string& text, const std::string& name = "a.txt") {
  Sources s = read_bytes(text, name);
  Made out{s.documents.at(0), {}};
  out.made = segment(out.document);
  return out;
}

// 30 characters a line, an empty line after each, as the text of a PDF has them.
inline std::string wrapped(const std::u32string& text, const std::string& between = "\n\n") {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 30)
    out += (i == 0 ? "  " : "") + to_utf8(text.substr(i, i == 0 ? 29 : 30)) + between, i -= i == 0;
  return out;
}

inline std::u32string prose(std::size_t size) {
  std::u32string out;
  for (std::size_t i = 0; out.size() < size; ++i)
    out += U"河田林城水岸桥灯山路村人"[i * 7 % 12], out += i % 9 == 8 ? U"，" : U"";
  return out;
}

// The quotation that holds a word, with whom it is given to.
inline const Quotation* quotation(const Made& m, const std::string& word) {
  for (const Work& w : m.made.works)
    for (const Quotation& q : w.quotations)
      if (to_utf8(m.document.text_of(q.parts)).find(word) != std::string::npos) return &q;
  return nullptr;
}
inline std::string speaker(const Made& m, const std::string& word) {
  const Quotation* q = quotation(m, word);
  return !q ? "no quotation" : !q->attribution || q->attribution->speaker.empty() ? "?" : q->attribution->speaker;
}
inline bool has_note(const Made& m, const std::string& code) {
  return std::any_of(m.made.diagnostics.begin(), m.made.diagnostics.end(),
                     [&](const Diagnostic& d) { return d.what.code == code; });
}
inline std::string days(const DateInterval& d) {
  return (d.earliest ? d.earliest->to_string() : "") + ".." + (d.latest ? d.latest->to_string() : "");
}

}  // namespace suyuan
