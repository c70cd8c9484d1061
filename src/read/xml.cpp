#include "read/xml.hpp"

#include <algorithm>

#include "read/decode.hpp"

namespace suyuan::xml {

namespace {

constexpr std::uint64_t kMostTree = std::uint64_t{256} << 20;  // bytes that the tree takes
constexpr std::uint64_t kNode = 80, kAttribute = 48;           // of pugixml, generously

// What the parser would take for UTF-8 and is none: characters by the encoding that the text declares, or with
// U+FFFD for what is damaged.
std::optional<std::string> mended(const std::string& bytes, const std::string& source) {
  const std::string_view head = std::string_view(bytes).substr(0, std::min<std::size_t>(bytes.size(), 128));
  const bool wide =
      head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE") || head.substr(0, 4).find('\0') != head.npos;
  if (wide || is_utf8(bytes)) return std::nullopt;
  const std::size_t end = head.find("?>"), at = head.substr(0, end).find("encoding=");
  const std::size_t from = at + std::string_view("encoding='").size();
  if (head.starts_with("<?xml") && end != head.npos && at != head.npos && from < end) {
    const std::string name(head.substr(from, head.find(head[from - 1], from) - from));
    if (Result<Decoded> decoded = decode(bytes, source, name); decoded) return decoded->utf8();
  }
  return to_utf8(from_utf8(bytes));
}

}  // namespace

Result<pugi::xml_document> parse(const std::string& bytes, const std::string& source, const std::string& part) {
  const auto fail = [&](const char* code, const std::string& message, std::optional<std::uint64_t> offset,
                        const char* help) {
    return tl::unexpected(Error{code, part + ": " + message, source, offset, help});
  };
  if (bytes.find("<!ENTITY") != std::string::npos)
    return fail("xml-entities", "declares entities of its own, which no office program writes",
                bytes.find("<!ENTITY"), "save the file again with the program that made it");
  const auto count = [&](char c) { return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), c)); };
  if (bytes.size() + count('<') * 2 * kNode + count('=') * kAttribute > kMostTree)
    return fail("too-large", "its markup takes more than 256 MiB to lay out", std::nullopt, "split the file");
  const std::optional<std::string> other = mended(bytes, source);
  const std::string& text = other ? *other : bytes;
  pugi::xml_document out;
  const pugi::xml_parse_result parsed =
      out.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed)
    return fail("damaged-package", std::string("not well-formed XML: ") + parsed.description(),
                static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(0, parsed.offset)), "save the file again");
  return out;
}

Result<pugi::xml_document> parse(Package& package, const std::string& source, const std::string& part) {
  const Result<std::string> content = package.read(part);
  if (!content) return tl::unexpected(content.error());
  return parse(*content, source, part);
}

std::string_view local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view value(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute a : node.attributes())
    if (local(a.name()) == name) return a.value();
  return {};
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node c : node.children())
    if (local(c) == name) return c;
  return {};
}

std::string text(const pugi::xml_node& node) {
  std::string out;
  walk(
      node,
      [&](const pugi::xml_node& n) {
        if (n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata) out += n.value();
        return true;
      },
      [](const pugi::xml_node&) {});
  return out;
}

}  // namespace suyuan::xml
