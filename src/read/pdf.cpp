// PDF: pdftotext asked, its XHTML read, what went wrong said.
#include "read/pdf.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <pugixml.hpp>

#include "base/han.hpp"
#include "read/child.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kMostWords = 2'000'000, kMostPages = 20'000;
constexpr std::size_t kMostCharacters = std::size_t{1} << 24;
constexpr std::size_t kMostOfPage = std::size_t{32} << 20;  // bytes of XHTML
constexpr std::size_t kNamed = 8;                           // pages that are named singly
constexpr std::size_t kFewLetters = 10;                     // a page with fewer holds no running text

float number_of(const pugi::xml_node& node, const char* name) {
  const float value = node.attribute(name).as_float();
  return std::isfinite(value) ? std::clamp(value, -100'000.0F, 100'000.0F) : 0.0F;
}

// 2,000,000
std::string in_groups(std::size_t n) {
  std::string out = std::to_string(n);
  for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, ",");
  return out;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, std::min(text.find('\n'), std::size_t{200})));
}

// 3, 5–7 and 12
std::string page_list(const std::vector<std::size_t>& pages) {
  std::string out;
  for (std::size_t i = 0; i < pages.size() && i < kNamed; ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(pages[i] + 1);
  if (pages.size() > kNamed) out += " and " + std::to_string(pages.size() - kNamed) + " more";
  return (pages.size() == 1 ? "page " : "pages ") + out;
}

// A small file may take a second, a large one longer: what is made to run for ever is small.
ChildLimits limits_for(std::size_t bytes) {
  ChildLimits limits;
  limits.cpu_seconds = static_cast<std::uint32_t>(std::min<std::size_t>(1 + bytes / (std::size_t{256} << 10), 300));
  limits.wall = std::chrono::milliseconds(1500) * limits.cpu_seconds;
  limits.output = std::uint64_t{1} << 30;
  return limits;
}

// Pages that hold next to nothing beside what stands in their margins.
std::vector<std::size_t> pages_without_text(const PdfText& set, std::size_t pages) {
  std::vector<std::size_t> letters(pages, 0);
  std::size_t page = 0, margin = 0;
  for (std::uint32_t i = 0; i < set.text.size(); ++i) {
    while (page < set.pages.size() && set.pages[page].offset <= i) ++page;
    while (margin < set.markup.size() &&
           (set.markup[margin].kind != Markup::Kind::furniture || set.markup[margin].span.end <= i))
      ++margin;
    const bool text = margin == set.markup.size() || set.markup[margin].span.begin > i;
    if (page > 0 && text && han::kind(set.text[i]) == han::Kind::letter) ++letters[set.pages[page - 1].number - 1];
  }
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < pages; ++p)
    if (letters[p] < kFewLetters) out.push_back(p);
  return out;
}

}  // namespace

bool is_pdf(std::string_view bytes) {
  const std::size_t at = bytes.substr(0, 1024).find("%PDF-");
  // A text that speaks of the sign is none.
  return at != bytes.npos &&
         bytes.substr(0, at).find_first_not_of(std::string_view("\xEF\xBB\xBF\0 \t\r\n", 8)) == bytes.npos;
}

bool PdfPages::take(std::string_view piece) {
  static constexpr std::string_view kOpen = "<page ", kClose = "</page>";
  // A sign may lie across two pieces.
  std::size_t from = pending_.size() - std::min(pending_.size(), kClose.size());
  pending_ += piece;
  for (std::size_t end; (end = pending_.find(kClose, from)) != std::string::npos; from = 0) {
    const std::size_t begin = pending_.rfind(kOpen, end);
    if (begin != std::string::npos) page(pending_.substr(begin, end + kClose.size() - begin));
    pending_.erase(0, end + kClose.size());
    if (too_large_) return false;
  }
  too_large_ = pending_.size() > kMostOfPage;
  return !too_large_;
}

void PdfPages::page(const std::string& xml) {
  pugi::xml_document tree;
  tree.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  const pugi::xml_node root = tree.child("page");
  PdfPage out;
  out.width = number_of(root, "width");
  out.height = number_of(root, "height");
  for (const pugi::xml_node flow : root.children("flow"))
    for (const pugi::xml_node block : flow.children("block"))
      for (const pugi::xml_node line : block.children("line")) {
        std::vector<PdfWord> words;
        for (const pugi::xml_node node : line.children("word")) {
          PdfWord word{number_of(node, "xMin"), number_of(node, "yMin"), number_of(node, "xMax"),
                       number_of(node, "yMax"), from_utf8(node.child_value())};
          if (word.x1 < word.x0) std::swap(word.x0, word.x1);
          if (word.y1 < word.y0) std::swap(word.y0, word.y1);
          if (std::all_of(word.text.begin(), word.text.end(), [](char32_t c) { return c == U' ' || c == 0xA0; }))
            continue;
          characters_ += word.text.size();
          words.push_back(std::move(word));
        }
        words_ += words.size();
        if (!words.empty()) out.lines.push_back(std::move(words));
      }
  pages.push_back(std::move(out));
  too_large_ = words_ > kMostWords || characters_ > kMostCharacters || pages.size() > kMostPages;
}

void read_pdf(Intake& to, const std::string& bytes) {
  const auto fail = [&](std::string code, std::string message, std::string help) {
    to.say(Severity::error, std::move(code), std::move(message), std::nullopt, std::move(help));
  };
  const TemporaryFolder folder;
  const std::string file = folder.write("in.pdf", bytes);
  if (file.empty())
    return fail("temporary-folder", "no temporary folder could be made for it, or the disk is full",
                "make room, or name another folder in TMPDIR");
  const ChildLimits limits = limits_for(bytes.size());
  PdfPages read;
  const ChildEnd end = run_child({"pdftotext", "-bbox-layout", "-enc", "UTF-8", file, "-"}, folder, limits,
                                 [&](std::string_view piece) { return read.take(piece); });
  const std::string& said = end.said;
  switch (end.how) {
    case ChildEnd::How::missing:
      return fail("no-pdftotext", "a PDF is read with pdftotext, which is not installed",
                  "install poppler-utils and poppler-data, or convert it to text");
    case ChildEnd::How::not_started:
      return fail("child", "pdftotext could not be started", "try again when the machine has memory to spare");
    case ChildEnd::How::out_of_time:
      return fail(
          "pdf-time",
          "pdftotext took more than " + std::to_string(limits.cpu_seconds) +
              " s for a file of this size and was stopped",
          "the file may be built to run for ever; write it out anew (qpdf, or print it to PDF), or split it");
    case ChildEnd::How::out_of_output:
    case ChildEnd::How::stopped:
      return fail("too-large",
                  "the PDF holds more than " + in_groups(kMostCharacters) + " characters, " +
                      in_groups(kMostWords) + " words or " + in_groups(kMostPages) + " pages",
                  "split the file");
    case ChildEnd::How::crashed:
      return fail("pdf-damaged", "pdftotext broke down over it (signal " + std::to_string(end.status) + ")",
                  "write the file out anew (qpdf, or print it to PDF) and try again");
    case ChildEnd::How::exited:
      break;
  }
  if (has(said, "Incorrect password"))
    return fail("pdf-encrypted", "the PDF is locked with a password", "save it without a password");
  if (end.status == 3 || has(said, "Copying of text from this document is not allowed"))
    return fail("pdf-encrypted", "the PDF forbids taking text out of it",
                "save it without that restriction if you may");
  if (has(said, "Out of memory") || has(said, "bad_alloc"))
    return fail("pdf-memory", "pdftotext needed more than " + std::to_string(limits.memory >> 20) + " MiB for it",
                "split the file");
  if (end.status != 0 || read.pages.empty())
    return fail("pdf-damaged", "the PDF is damaged or cut short" + (said.empty() ? "" : ": " + first_line(said)),
                "fetch it again, or write it out anew (qpdf, or print it to PDF)");
  if (has(said, "Missing language pack"))
    to.say(Severity::error, "no-poppler-data", "characters of fonts outside the file are missing", std::nullopt,
           "install poppler-data and read it again");

  const std::size_t pages = read.pages.size();
  if (has_page_labels(bytes)) {
    PageLabels labels(pages);
    run_child({"pdftops", file, "-"}, folder, limits, [&](std::string_view piece) { return labels.take(piece); });
    if (labels.labels.size() == pages) {
      for (std::size_t p = 0; p < pages; ++p) read.pages[p].label = std::move(labels.labels[p]);
    } else {
      to.say(Severity::note, "page-labels", "what the file calls its pages could not be read in time", std::nullopt,
             "");
    }
  }
  PdfText set = lay_out(std::move(read.pages));
  const std::vector<std::size_t> without = pages_without_text(set, pages);
  static constexpr const char* kRecognise =
      "recognise its characters first, for example: ocrmypdf -l chi_sim+chi_tra in.pdf out.pdf";
  if (without.size() == pages && (pages > 1 || set.text.size() < 2 * kFewLetters))
    return fail("pdf-scan",
                "a scan: " + std::to_string(pages) + (pages == 1 ? " page" : " pages") + " without a layer of text",
                kRecognise);

  Document document = to.open("pdf", "UTF-8");
  document.text = std::move(set.text);
  document.anchors = std::move(set.anchors);
  document.pages = std::move(set.pages);
  document.markup = std::move(set.markup);
  to.say_glyphs(document);
  if (!without.empty())
    to.say(Severity::warning, "pdf-pages-without-text",
           "no running text on " + page_list(without) + " of " + std::to_string(pages) +
               " in the file; where they are pictures it is missing",
           std::nullopt, kRecognise);
  if (has(said, "Syntax Error"))
    to.say(Severity::warning, "pdf-damaged",
           "the PDF is damaged; what could be read was: " + first_line(said.substr(said.find("Syntax Error"))),
           std::nullopt, "compare the last page with the original");
  if (!set.vertical.empty())
    to.say(Severity::note, "pdf-vertical",
           page_list(set.vertical) +
               " in the file: lines run from top to bottom and are read so; line numbers count columns",
           std::nullopt, "");
  if (!set.mixed.empty())
    to.say(Severity::warning, "pdf-mixed",
           page_list(set.mixed) +
               " in the file: characters stand above each other beside lines that run across; they are "
               "not read in their order",
           std::nullopt, "look these places up on the page");
  if (!set.turned.empty())
    to.say(
        Severity::warning, "pdf-turned",
        page_list(set.turned) + " in the file: words that run otherwise than the page are set aside as furniture",
        std::nullopt, "");
  if (!set.unordered.empty())
    to.say(
        Severity::warning, "pdf-crowded",
        page_list(set.unordered) + " in the file: too many pieces of text to seek columns; read from left to right",
        std::nullopt, "");
  if (set.labelled > 0)
    to.say(Severity::note, "page-labels",
           std::to_string(set.labelled) + " pages bear no number and are called as the file calls them",
           std::nullopt, "");
  if (set.mended > 0)
    to.say(Severity::note, "hyphens-mended",
           std::to_string(set.mended) + " words hyphenated at the end of a line were joined", std::nullopt, "");
  to.add(std::move(document));
}

}  // namespace suyuan
