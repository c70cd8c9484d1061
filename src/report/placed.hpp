// placed.hpp: a witness's text as the report has it, and where each character of it stands in its document.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "report/works_json.hpp"

namespace suyuan {

class Placed {
 public:
  explicit Placed(const Json& witness) : text_(from_utf8(witness.at("text").get<std::string>())) {
    for (const Json& part : witness.at("parts"))
      parts_.push_back({part.at("start").get<std::uint32_t>(), part.at("end").get<std::uint32_t>()});
  }

  const std::u32string& text() const { return text_; }

  // The index in text() of the document's offset: of what follows it where it lies between two parts.
  std::size_t index(std::uint32_t offset) const {
    std::size_t before = 0;
    for (const Span p : parts_) {
      if (offset <= p.begin) break;
      before += std::min(offset, p.end) - p.begin;
      if (offset < p.end) break;
    }
    return std::min(before, text_.size());
  }

  std::u32string slice(std::size_t begin, std::size_t end) const {
    begin = std::min(begin, text_.size());
    return text_.substr(begin, std::max(end, begin) - begin);
  }

 private:
  std::u32string text_;
  Parts parts_;
};

// One side of an edit: [begin, end) in the text of the witness whose side it is.
struct Side {
  std::size_t begin = 0, end = 0;
};

inline Side side_in(const Placed& text, const Json& side) {
  const Json& span = side.at("span");
  if (span.is_null()) {
    const std::size_t at = text.index(side.at("at").get<std::uint32_t>());
    return {at, at};
  }
  const std::size_t begin = text.index(span.at("start").get<std::uint32_t>());
  return {begin, std::max(begin, text.index(span.at("end").get<std::uint32_t>()))};
}

}  // namespace suyuan
