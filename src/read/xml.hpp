// xml.hpp: the XML of packages: a tree that is bounded, and a walk through it that does not recurse.
//
// pugixml expands no entity that a document declares and loads nothing from elsewhere; a document that declares
// entities is refused all the same, as no office program writes them. Elements are asked for by their local names:
// prefixes are the writer's choice.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "read/zip.hpp"
#include "suyuan/base.hpp"

namespace suyuan::xml {

// `source` and `part` stand in messages. Offsets of nodes are bytes of `bytes` where those are UTF-8.
Result<pugi::xml_document> parse(const std::string& bytes, const std::string& source, const std::string& part);
Result<pugi::xml_document> parse(Package& package, const std::string& source, const std::string& part);

std::string_view local(std::string_view name);
inline std::string_view local(const pugi::xml_node& node) { return local(node.name()); }
// The value of the attribute of that local name; empty where there is none.
std::string_view value(const pugi::xml_node& node, std::string_view name);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
std::string text(const pugi::xml_node& node);  // of all below it

// enter(node) says whether to go into it; leave(node) follows in any case, after what is inside it.
template <class Enter, class Leave>
void walk(pugi::xml_node root, Enter enter, Leave leave) {
  pugi::xml_node node = root;
  while (node) {
    if (enter(node) && node.first_child()) {
      node = node.first_child();
      continue;
    }
    leave(node);
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      leave(node);
    }
    if (node == root) return;
    node = node.next_sibling();
  }
}

}  // namespace suyuan::xml
