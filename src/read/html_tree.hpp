// html_tree.hpp: an HTML page → gumbo's tree, within bounds.
//
// Beforehand the page is tamed in place, so that its offsets stay: tags that only change the look of text, and
// whatever opens below a depth of 256, become comments. With that no page makes the parser's work grow faster than
// its size, and what gumbo allocates is given back in one piece (its own way of freeing a tree recurses).
#pragma once

#include <gumbo.h>

#include <memory>
#include <string>
#include <string_view>

namespace suyuan::html {

inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same_name(std::string_view a, std::string_view b);        // whatever the case
bool is_one_of(std::string_view name, std::string_view list);  // list: "a b c"

enum Trait : unsigned {
  t_void = 1,
  t_raw = 2,
  t_look = 4,
  t_barrier = 8,
  t_ordinary = 16,
  t_block = 32,
  t_unseen = 64,
  t_aside = 128
};
unsigned traits(std::string_view name);  // of an element

class Tree {
 public:
  // Tames the page, which must live on: nodes point into it.
  explicit Tree(std::string& page);
  ~Tree();
  const GumboNode* root() const;  // null where the page asks for more than 320 MiB

 private:
  class Arena;
  static const GumboOutput* parse(const char* page, std::size_t size, Arena* arena);
  std::unique_ptr<Arena> arena_;
  const GumboOutput* output_ = nullptr;
};

std::string_view attribute(const GumboElement& element, const char* name);  // empty: none
std::string_view tag_name(const GumboElement& element);

}  // namespace suyuan::html
