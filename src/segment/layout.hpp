// layout.hpp: what the passes of the segmenter share, and the passes over lines: furniture, wraps, pages,
// paragraphs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "segment/lexicon.hpp"
#include "segment/lines.hpp"
#include "suyuan/segment.hpp"

namespace suyuan {

// A paragraph as lines: their indices, in order; page numbers between them are left out.
struct Draft {
  std::vector<std::size_t> lines;
  Role role = Role::body;
};

// A line of the contents page.
struct Entry {
  std::u32string folded;   // the title, folded; with its prefix
  std::u32string written;  // as written, blanks and line breaks as single blanks
  std::string prefix;      // before a colon: an outlet or an author
  std::u32string body;     // `folded` without the prefix
  std::string group;       // the heading it stands under
  std::uint32_t page = 0;
};

// Where a work begins.
struct Start {
  std::size_t line = 0;
  std::optional<std::size_t> entry;  // of the contents
  std::vector<std::size_t> title;    // lines
  bool child = false;                // of the last start before it that is none
};

// A place where two lines do not join: text is lost between them.
struct Break {
  std::size_t before = 0, after = 0;  // lines
  std::string message;
};

struct State {
  State(const Document& d, const Lexicons& l) : document(d), lexicons(l), made(find_lines(d, l)) {
    for (std::size_t i = 0; i < made.lines.size(); ++i) {
      if (!made.lines[i].blank()) filled.push_back(i);
      if (made.lines[i].continues) continued.insert(i);
    }
    for (const Markup& m : d.markup)
      if (m.kind == Markup::Kind::note) notes_begin = std::min(notes_begin, m.span.begin);
  }

  const Document& document;
  const Lexicons& lexicons;
  Lines made;
  std::vector<std::size_t> filled;                              // lines that hold something
  std::optional<std::pair<std::size_t, std::size_t>> contents;  // indices into filled, inclusive
  std::vector<Entry> entries;
  std::set<std::size_t> continued;                 // lines that finish the line before
  std::set<std::size_t> page_tops;                 // lines that begin a printed page
  std::vector<Break> breaks;                       // in order
  std::vector<Start> starts;                       // in order of line
  std::uint32_t full_from = 0;                     // columns of a full line; 0: not hard-wrapped
  bool blank_ends = false;                         // a blank at a full line's end marks the paragraph's end
  bool parted = false;                             // blank lines stand between paragraphs, and only there
  bool indented = false;                           // paragraphs are indented
  std::uint32_t margin = 0;                        // columns of indent that all lines have
  std::vector<Draft> drafts;                       // in order
  bool scanned = false;                            // paragraphs are cut in mid-sentence
  std::optional<std::pair<Date, Evidence>> cover;  // the days a compilation bears
  std::vector<std::string> groups;                 // of each work: the heading of the contents it stands under
  std::map<std::string, std::size_t> notes;        // diagnostics by code
  std::uint32_t notes_begin = UINT32_MAX;          // footnotes and endnotes stand from here on
  Segmentation out;

  std::vector<Line>& lines() { return made.lines; }
  const std::vector<Line>& lines() const { return made.lines; }
  std::u32string_view view(std::size_t line) const { return made.view(made.lines[line]); }
  Role role(std::size_t line) const { return made.lines[line].role.value_or(Role::body); }
  std::size_t line_of(std::uint32_t offset) const;  // the line that holds an offset of the document
  bool starts_work(std::size_t line) const;
  bool broken(std::size_t line) const;  // text is lost before it

  // The folded text of parts, with the way back.
  Plain plain(const Parts& parts) const;
  std::u32string folded(const Parts& parts) const { return plain(parts).text; }
  Parts parts(const Draft& draft) const;
  // The first of one code are said singly, the others counted.
  void note(const std::string& code, std::string message, Severity severity = Severity::note);
  void close_notes();
};

bool has_any(std::u32string_view text, std::u32string_view of);

// 新华社北京11月15日电: the length of the dateline at the front of a folded paragraph, 0 where there is none.
std::size_t dateline(std::u32string_view view);

// Whether the text of line a goes on in line b, the next that is no page number. `first`: the text's first line.
bool goes_on(const State& state, std::size_t first, std::size_t a, std::size_t b, bool over_page_number);

void mark_furniture(State& state);    // contents, navigation, lines cut in two
void find_wrap(State& state);         // the width of hard wraps
void find_pages(State& state);        // page tops, running heads, notes at the foot, pages that break off
void mark_lists(State& state);        // headings, digests, list items
void build_paragraphs(State& state);  // lines → drafts

}  // namespace suyuan
