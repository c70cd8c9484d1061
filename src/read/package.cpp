#include "read/package.hpp"

#include <algorithm>

#include "base/han.hpp"
#include "read/docx.hpp"
#include "read/files.hpp"
#include "read/foreign.hpp"
#include "read/list.hpp"
#include "read/xml.hpp"

namespace suyuan {

namespace {

constexpr int kMaxDepth = 3;  // packages in packages

void say(Intake& intake, const Error& e) { intake.say(Severity::error, e.code, e.message, e.offset, e.help); }

void read_files(Sources& to, Intake& intake, Package& package, const std::string& digest, const std::string& name,
                const ReadOptions& options, const SideWord& side, const PartOf& within) {
  if (within.depth + 1 >= kMaxDepth)
    return intake.say(Severity::error, "nested-package", "a package in a package in a package; it was not read",
                      std::nullopt, "unpack the outer ones");
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < package.parts().size(); ++i) {
    const Package::Part& part = package.parts()[i];
    if (part.unsafe) {
      say(intake, package.read(i).error());
      continue;
    }
    if (part.name.ends_with('/')) continue;
    if (part.duplicate) {
      intake.say(Severity::error, "duplicate-part", part.name + ": the second of this name; not read", std::nullopt,
                 "pack it anew with one file of each name");
      continue;
    }
    const std::size_t slash = part.name.rfind('/');
    const char first = part.name[slash == std::string::npos ? 0 : slash + 1];
    if (first == '.' || part.name.starts_with("__MACOSX/") || !is_text_name(part.name)) {
      if (is_side_file(part.name))
        intake.say(Severity::note, "side-file", part.name + ": a side file in a package is not used", std::nullopt,
                   "put it beside the package, or unpack both");
      else
        ++skipped;
      continue;
    }
    Result<std::string> bytes = package.read(i);
    if (!bytes) {
      say(intake, bytes.error());
      if (bytes.error().code == "zip-bomb") break;
      continue;
    }
    read_source(to, *std::move(bytes), digest, name, options, side,
                {within.part.empty() ? part.name : within.part + "#" + part.name, within.depth + 1, within.bound});
  }
  if (skipped > 0)
    intake.say(Severity::note, "skipped", std::to_string(skipped) + " files of other forms were left out",
               std::nullopt, "");
}

}  // namespace

bool is_package(std::string_view bytes) { return is_zip(bytes); }

void read_package(Sources& to, Intake& intake, const std::string& bytes, const std::string& digest,
                  const std::string& name, const ReadOptions& options, const SideWord& side, const PartOf& outer) {
  Unpacking bound = Unpacking::of(bytes.size());
  PartOf within = outer;
  if (within.bound == nullptr) within.bound = &bound;
  Result<Package> opened = Package::open(bytes, name, *within.bound);
  if (!opened) return say(intake, opened.error());
  Package& package = *opened;
  std::string type;
  if (package.has("mimetype"))
    if (const Result<std::string> content = package.read("mimetype")) type = content->substr(0, 100);
  if (type.starts_with("application/epub+zip") || package.has("META-INF/container.xml"))
    return read_epub(to, intake, package, digest, name, options, side, within);
  if (type.starts_with("application/vnd.oasis.opendocument.text")) return read_odt(intake, package);
  if (package.has("xl/workbook.xml")) {
    if (package.has("docProps/core.xml"))
      if (const Result<std::string> core = package.read("docProps/core.xml");
          core && core->find("<dc:creator>suyuan</dc:creator>") != core->npos)
        return intake.say(Severity::note, "skipped", kOwn, std::nullopt, "");
    return read_workbook(intake, package);
  }
  const bool slides = package.has("ppt/presentation.xml");
  if (slides || type.starts_with("application/vnd.oasis.opendocument."))
    return intake.say(Severity::error, "no-text-form", slides ? "slides, not a text" : "a workbook, not a text",
                      std::nullopt, slides ? "save them as .docx or .txt" : "save the sheet as .csv");
  if (!docx_main_part(package).empty()) return read_docx(intake, package);
  if (package.has("[Content_Types].xml"))
    return intake.say(Severity::error, "damaged-package", "an Office document without the part that holds its text",
                      std::nullopt, "save the file again");
  read_files(to, intake, package, digest, name, options, side, within);
}

void say_properties(Intake& to, Package& package, const std::string& part) {
  const Result<pugi::xml_document> parsed = xml::parse(package, to.name(), part);
  if (!parsed) return say(to, parsed.error());
  std::string said;
  xml::walk(
      parsed->document_element(),
      [&](const pugi::xml_node& node) {
        const std::string_view name = xml::local(node);
        const bool wanted = name == "title" || name == "creator" || name == "initial-creator" ||
                            name == "created" || name == "creation-date";
        if (!wanted) return true;
        if (const std::string value = xml::text(node); !value.empty() && value.size() < 1000)
          said += (said.empty() ? "" : "; ") + std::string(name) + " " + value;
        return false;
      },
      [](const pugi::xml_node&) {});
  if (!said.empty())
    to.say(Severity::note, "properties", "the file says of itself: " + said + "; nothing is concluded from that",
           std::nullopt, "");
}

void add_flow(Intake& to, Document document, Package& package, const std::string& properties) {
  if (!properties.empty()) say_properties(to, package, properties);
  if (std::all_of(document.text.begin(), document.text.end(),
                  [](char32_t c) { return han::kind(c) == han::Kind::blank; }))
    to.say(Severity::note, "empty", "holds no text", std::nullopt, "");
  to.say_glyphs(document);
  to.add(std::move(document));
}

}  // namespace suyuan
