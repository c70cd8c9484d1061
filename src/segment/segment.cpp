// Document → blocks and works: the passes in the order in which they run.
#include "suyuan/segment.hpp"

#include <algorithm>
#include <array>

#include "segment/describe.hpp"
#include "segment/layout.hpp"
#include "segment/speech.hpp"
#include "segment/starts.hpp"
#include "segment/works.hpp"

namespace suyuan {

namespace {

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view wanted) {
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

constexpr std::array<std::string_view, 19> kRoles{
    "body",           "digest",   "epigraph",    "list_item", "title",       "heading",      "byline",
    "section_number", "occasion", "source_line", "note",      "page_number", "running_head", "contents",
    "navigation",     "caption",  "footer",      "cover",     "blank"};
constexpr std::array<std::string_view, 11> kKinds{"unknown",        "article",    "excerpt",   "report",
                                                  "digest",         "commentary", "speech",    "decision",
                                                  "editorial-note", "interview",  "collection"};
constexpr std::array<std::string_view, 7> kCopies{"unknown",   "print", "official-web", "repost",
                                                  "converted", "ocr",   "compilation"};

void build_blocks(State& s) {
  for (const Draft& draft : s.drafts)
    for (const std::size_t i : draft.lines) s.lines()[i].role = draft.role;
  for (const Line& line : s.lines())
    s.out.blocks.push_back({line.whole, line.blank() ? Role::blank : line.role.value_or(Role::body)});
}

}  // namespace

bool is_signed(const DateInterval& published) {
  return published.earliest && !published.latest &&
         std::any_of(published.evidence.begin(), published.evidence.end(),
                     [](const Evidence& e) { return e.rule == "signed-day"; });
}
bool is_furniture(Role role) { return role >= Role::page_number; }
std::string_view name(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::string_view name(WorkKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<WorkKind> work_kind(std::string_view wanted) { return named<WorkKind>(kKinds, wanted); }
std::string_view name(Copy copy) { return kCopies[static_cast<std::size_t>(copy)]; }
std::optional<Copy> copy_quality(std::string_view wanted) { return named<Copy>(kCopies, wanted); }
std::string_view name(Confidence confidence) {
  return std::array<std::string_view, 3>{"low", "medium", "high"}[static_cast<std::size_t>(confidence)];
}
std::string_view name(SpeakerKind kind) {
  return std::array<std::string_view, 4>{"unknown", "person", "body", "text"}[static_cast<std::size_t>(kind)];
}
std::string_view name(Quotation::Form form) {
  return std::array<std::string_view, 3>{"direct", "block", "indirect"}[static_cast<std::size_t>(form)];
}

Segmentation segment(const Document& document, const Lexicons& lexicons) {
  State s(document, lexicons);
  const bool list = document.format == "list";
  if (!list) {
    mark_furniture(s);
    find_wrap(s);
    read_contents(s);
    find_pages(s);
    find_starts(s);
    mark_lists(s);
  }
  build_paragraphs(s);
  build_works(s);
  find_scan(s);
  find_cover(s);
  for (Work& work : s.out.works) find_sections(s, work);
  list ? find_listed(s) : find_speech(s);
  for (Work& work : s.out.works) describe(s, work);
  order_series(s);
  for (Work& work : s.out.works) {
    resolve_offices(lexicons, work);
    find_mentions(s, work);
  }
  build_blocks(s);
  s.close_notes();
  return std::move(s.out);
}

}  // namespace suyuan
