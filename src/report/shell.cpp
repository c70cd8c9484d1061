#include "report/shell.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/data.hpp"

namespace suyuan {

namespace {

// JSON inside a script element: no character may end the element or open a comment in it.
void write_inert(std::ostream& out, std::string_view json) {
  for (std::size_t at; (at = json.find('<')) != json.npos; json.remove_prefix(at + 1))
    out << json.substr(0, at) << "\\u003c";
  out << json;
}

std::string labels_json() {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const auto& row : data::rows(data::labels()))
    if (row.size() == 3) out[std::string(row[0])] = {std::string(row[1]), std::string(row[2])};
  return out.dump();
}

}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

void write_shell(std::ostream& out, const Shell& page) {
  const std::string nonce = sha256(page.json).substr(0, 32);
  std::string_view shell = data::page_shell();
  for (std::size_t at; (at = shell.find("{{")) != shell.npos;) {
    out << shell.substr(0, at);
    shell.remove_prefix(at + 2);
    const std::size_t end = shell.find("}}");
    const std::string_view name = shell.substr(0, end);
    shell.remove_prefix(end + 2);
    if (name == "nonce") out << nonce;
    if (name == "language") out << (page.language == Language::zh ? "zh-Hans" : "en");
    if (name == "title") out << html_escape(page.title);
    if (name == "style") out << data::page_style();
    if (name == "plain") out << page.plain;
    if (name == "labels") write_inert(out, labels_json());
    if (name == "scripts") write_inert(out, nlohmann::json(page.scripts).dump());
    if (name == "report") write_inert(out, page.json);
    if (name == "script") out << page.script;
  }
  out << shell;
}

}  // namespace suyuan
