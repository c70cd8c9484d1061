// Document → blocks and works: the passes in the order in which they run.
#include "suyuan/segment.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"
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

// Words in marks that a caption or a menu holds are set aside with it: whoever has them checked must know.
void note_left_out(State& s) {
  constexpr std::size_t kShort = 8;  // letters
  constexpr std::size_t kNamed = 5;  // lines
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < s.lines().size(); ++i) {
    if (!s.lines()[i].role || !is_furniture(*s.lines()[i].role)) continue;
    const std::u32string_view view = s.view(i);
    for (std::size_t open = view.find(U'"'); open != view.npos; open = view.find(U'"', open + 1)) {
      const std::size_t close = view.find(U'"', open + 1);
      if (close == view.npos) break;
      const std::u32string_view words = view.substr(open + 1, close - open - 1);
      const bool led = open > 0 && has_any(view.substr(open - 1, 1), U":,");
      if (std::ranges::count_if(words, han::is_han) >= static_cast<std::ptrdiff_t>(kShort) &&
          (led || has_any(words, U",。!?;"))) {
        lines.push_back(i);
        break;
      }
      open = close;
    }
  }
  if (lines.empty()) return;
  std::string named;
  for (std::size_t n = 0; n < std::min(lines.size(), kNamed); ++n)
    named += (n > 0 ? ", " : "") + s.document.position(s.lines()[lines[n]].content.begin).to_string();
  if (lines.size() > kNamed) named += ", …";
  s.note("quotation-left-out",
         "words in quotation marks stand in captions, menus or footers and are not looked at: " + named);
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
  for (Work& work : s.out.works) {
    describe(s, work);
    if (!list) find_section_blocks(s, work);
  }
  order_series(s);
  for (Work& work : s.out.works) {
    resolve_offices(lexicons, work);
    find_mentions(s, work);
  }
  build_blocks(s);
  if (!list) note_left_out(s);
  s.close_notes();
  return std::move(s.out);
}

}  // namespace suyuan
