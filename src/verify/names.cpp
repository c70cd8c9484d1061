// The names that reports and terminals know.
#include <algorithm>
#include <array>

#include "suyuan/verify.hpp"

namespace suyuan {

std::string_view name(Verdict verdict) {
  static constexpr std::array<std::string_view, 13> kNames{
      "verbatim",          "folded",          "punctuation", "variant",   "abridged-marked",
      "abridged-unmarked", "expanded-marked", "expanded",    "reordered", "composite",
      "paraphrase",        "not-found",       "uncheckable"};
  return kNames[static_cast<std::size_t>(verdict)];
}
std::string_view name(Level level) {
  static constexpr std::array<std::string_view, 4> kNames{"ok", "note", "check", "fix"};
  return kNames[static_cast<std::size_t>(level)];
}
std::string_view name(Flag flag) {
  static constexpr std::array<std::string_view, 15> kNames{
      "sensitive",       "misattributed",   "quoted-before-said", "context-cut",    "form",
      "base-disputed",   "base-damaged",    "secondary-only",     "as-in",          "published-later",
      "mixed-occasions", "claim-unchecked", "context-turns",      "anothers-words", "unclosed"};
  return kNames[static_cast<std::size_t>(flag)];
}
std::string_view name(Holding holding) {
  static constexpr std::array<std::string_view, 5> kNames{"none", "report", "excerpt", "damaged", "full"};
  return kNames[static_cast<std::size_t>(holding)];
}
std::string_view name(Claim::Kind kind) {
  static constexpr std::array<std::string_view, 7> kNames{"occasion", "publication", "date", "speaker",
                                                          "page",     "repeated",    "first"};
  return kNames[static_cast<std::size_t>(kind)];
}
std::string_view name(Claim::Result result) {
  static constexpr std::array<std::string_view, 3> kNames{"agrees", "differs", "unchecked"};
  return kNames[static_cast<std::size_t>(result)];
}
std::string_view name(Limit::What what) {
  static constexpr std::array<std::string_view, 4> kNames{"works", "witnesses", "pieces", "common"};
  return kNames[static_cast<std::size_t>(what)];
}
std::string_view name(Finding::Form form) {
  static constexpr std::array<std::string_view, 4> kNames{"direct", "block", "indirect", "unmarked"};
  return kNames[static_cast<std::size_t>(form)];
}
bool Finding::has(Flag flag) const { return std::find(flags.begin(), flags.end(), flag) != flags.end(); }

}  // namespace suyuan
