// json.hpp: JSON (RFC 8259) in one pass, by position and without recursion: what a record's text needs in order to
// know its place in the file, and what keeps a hostile file from costing more than its size. nlohmann/json, which
// gives no positions, is the tests' oracle for it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/read.hpp"

namespace suyuan::json {

inline constexpr std::size_t kMaxDepth = 256;

struct Value {
  enum class Kind : std::uint8_t { string, number, other };
  Kind kind = Kind::other;
  std::size_t begin = 0;  // of a string: behind its opening quotation mark
  std::size_t end = 0;    // of a string: its closing quotation mark
  bool escaped = false;   // holds a backslash
};

// A place in a text that is valid UTF-8.
class Cursor {
 public:
  explicit Cursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  const char* error() const { return error_; }  // of the last call that returned false

  // Past blanks; the next character, or '\0' at the end.
  char peek();
  bool skip(char c);  // past blanks and c, if c is next

  // Past one value of any kind.
  bool value(Value& out);

  // Past one object, telling its members as they come. REQUIRES: peek() == '{'
  template <class OnMember>
  bool object(OnMember on_member) {
    ++at_;
    if (skip('}')) return true;
    do {
      Value key, member;
      if (peek() != '"') return fail("a name in quotation marks is missing");
      if (!value(key)) return false;
      if (!skip(':')) return fail("a colon is missing");
      if (!value(member)) return false;
      on_member(key, member);
    } while (skip(','));
    return skip('}') || fail("a comma or a closing brace is missing");
  }

 private:
  bool fail(const char* message) {
    error_ = message;
    return false;
  }
  bool string(Value& out);
  bool number();
  bool nested();

  std::string_view text_;
  std::size_t at_;
  const char* error_ = "";
};

// What a string says, its escapes undone. With `anchors`, also where each stretch of it stands: begin stands on
// `line` in `column`. A lone surrogate becomes U+FFFD and sets `lone`.
std::u32string decode(std::string_view text, const Value& value, bool& lone, std::vector<Anchor>* anchors = nullptr,
                      std::uint32_t line = 1, std::uint32_t column = 1);

}  // namespace suyuan::json
