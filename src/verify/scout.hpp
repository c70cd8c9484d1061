// scout.hpp: of a draft's text, all that its letters alone tell: where its quotations and its unmarked words stand
// in the ground. What works verifying looks at follows from it, so that only these need be at hand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "verify/places.hpp"

namespace suyuan {

inline constexpr std::uint32_t kShort = 6;  // letters under which a quotation says too little
inline constexpr double kHolds = 0.5;       // share of a quotation that a place must hold to be looked at

struct DraftText {
  std::uint32_t number = 0;  // as the ground knows it
  const Document* document = nullptr;
  const Work* work = nullptr;
  const Fold* fold = nullptr;
};

struct Scouted {
  // Works that must not confirm a quotation of this text: itself, copies of its publication, and what covers it and
  // is covered by it to 80 %, whatever it is called; where three quarters of it are quotations copies do what
  // nothing else does. Ascending.
  std::vector<std::uint32_t> own;
  bool allows(std::uint32_t work) const;

  struct Words {
    FoldSpan span;
    std::vector<std::uint32_t> breaks;  // the units that an ellipsis stands before
    Places::Found found;
    std::optional<Places::Pieces> pieces;  // where no place has every letter
    bool in_itself = false;                // stands in `own` alone
  };
  std::vector<std::optional<Words>> quotations;  // by number; nothing of those that are not looked for
  std::vector<std::optional<Words>> marked;      // likewise of marks with no quotation
  std::vector<Places::Piece> unmarked;           // stretches outside the quotations, letter by letter

  void each_work(const std::function<void(std::uint32_t work)>& take) const;
};

Scouted scout(const Ground& ground, const DraftText& draft);

}  // namespace suyuan
