// E-books: the files of the spine, each read as a page.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "read/decode.hpp"
#include "read/files.hpp"
#include "read/html.hpp"
#include "read/package.hpp"
#include "read/xml.hpp"

namespace suyuan {

namespace {

// A reference of a package's part, without its fragment: %20 and ../ resolved.
std::string target(const std::string& from, std::string_view reference) {
  reference = reference.substr(0, reference.find('#'));
  std::string plain;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const auto hex = [](char c) {
      return c >= '0' && c <= '9'   ? c - '0'
             : c >= 'a' && c <= 'f' ? c - 'a' + 10
             : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                    : -1;
    };
    if (reference[i] == '%' && i + 2 < reference.size() && hex(reference[i + 1]) >= 0 &&
        hex(reference[i + 2]) >= 0) {
      plain += static_cast<char>(hex(reference[i + 1]) * 16 + hex(reference[i + 2]));
      i += 2;
    } else {
      plain += reference[i];
    }
  }
  return part_named(from, plain);
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

void read_epub(Sources& to, Intake& intake, Package& package, const std::string& digest, const std::string& name,
               const ReadOptions& options, const SideWord& side, const PartOf& within) {
  const auto fail = [&](const Error& e) { intake.say(Severity::error, e.code, e.message, e.offset, e.help); };
  const auto load = [&](const std::string& part) -> Result<pugi::xml_document> {
    return xml::parse(package, intake.name(), part);
  };
  Result<pugi::xml_document> container = load("META-INF/container.xml");
  if (!container) return fail(container.error());
  std::string list;  // the part that lists all others
  xml::walk(
      container->document_element(),
      [&](const pugi::xml_node& node) {
        if (list.empty() && xml::local(node) == "rootfile") list = xml::value(node, "full-path");
        return true;
      },
      [](const pugi::xml_node&) {});
  Result<pugi::xml_document> parsed = load(list);
  if (!parsed) return fail(parsed.error());
  const pugi::xml_node root = parsed->document_element();

  struct Item {
    std::string part, type, properties;
  };
  std::unordered_map<std::string, Item> items;
  std::string contents;  // the part that lists the chapters
  for (const pugi::xml_node node : xml::child(root, "manifest").children()) {
    Item item{target(list, xml::value(node, "href")), std::string(xml::value(node, "media-type")),
              std::string(xml::value(node, "properties"))};
    const bool listing = has_word(item.properties, "nav") || item.type == "application/x-dtbncx+xml";
    if (listing && (contents.empty() || has_word(item.properties, "nav"))) contents = item.part;
    items.try_emplace(std::string(xml::value(node, "id")), std::move(item));
  }

  // What the list of chapters calls each file; a file that it names twice holds several chapters.
  std::map<std::string, std::string> titles;
  if (!contents.empty() && package.has(contents)) {
    Result<pugi::xml_document> chapters = load(contents);
    if (!chapters) return fail(chapters.error());
    const auto call = [&](std::string_view reference, const std::string& label) {
      const auto [at, fresh] = titles.try_emplace(target(contents, reference), squeezed(label));
      if (!fresh) at->second.clear();
    };
    bool other = false;
    xml::walk(
        chapters->document_element(),
        [&](const pugi::xml_node& node) {
          const std::string_view tag = xml::local(node);
          if (tag == "nav") other = !has_word(xml::value(node, "type"), "toc");
          if (tag == "a" && !other) call(xml::value(node, "href"), xml::text(node));
          if (tag == "navPoint")
            call(xml::value(xml::child(node, "content"), "src"), xml::text(xml::child(node, "navLabel")));
          return tag != "pageList";
        },
        [](const pugi::xml_node&) {});
  }
  std::string book;
  for (const pugi::xml_node node : xml::child(root, "metadata").children())
    if (book.empty() && xml::local(node) == "title") book = squeezed(xml::text(node));

  std::size_t read = 0;
  std::set<std::string> seen;
  for (const pugi::xml_node node : xml::child(root, "spine").children()) {
    if (xml::local(node) != "itemref") continue;
    const std::string id(xml::value(node, "idref"));
    const auto found = items.find(id);
    if (found == items.end()) {
      fail({"damaged-package",
            "the order of reading names \"" + id + "\", which the book does not list",
            {},
            {},
            "save or convert the book again"});
      continue;
    }
    const Item& item = found->second;
    if (!seen.insert(item.part).second) continue;
    if (item.part == contents || has_word(item.properties, "nav")) continue;
    const bool page = item.type.find("html") != std::string::npos || name_ends(item.part, ".html") ||
                      name_ends(item.part, ".xhtml") || name_ends(item.part, ".htm");
    if (!page) continue;
    Result<std::string> bytes = package.read(item.part);
    if (!bytes) {
      fail(bytes.error());
      if (bytes.error().code == "zip-bomb") return;
      continue;
    }
    Intake chapter(to, name, digest, side, within.part.empty() ? item.part : within.part + "#" + item.part);
    if (!book.empty()) chapter.say_outlet({book, Given::By::page, "dc:title"});
    if (const auto title = titles.find(item.part); title != titles.end() && !title->second.empty())
      chapter.say_title({title->second, Given::By::page, "contents"});
    Result<Decoded> decoded = decode(*std::move(bytes), chapter.name(), options.encoding);
    if (!decoded) {
      fail(decoded.error());
      continue;
    }
    if (decoded->damage)
      chapter.say(decoded->damage->severity, decoded->damage->what.code, decoded->damage->what.message,
                  decoded->damage->what.offset, decoded->damage->what.help);
    read_page(chapter, *decoded, PageOf::book);
    chapter.close();
    ++read;
  }
  if (read == 0)
    intake.say(Severity::error, "damaged-package", "an e-book whose order of reading names no page", std::nullopt,
               "save or convert the book again");
  say_properties(intake, package, list);
}

}  // namespace suyuan
