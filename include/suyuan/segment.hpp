// segment.hpp: step 2 of the pipeline: Document → works, paragraphs, sections, quotations, furniture.
//
// Blocks tile the document: every character lies in exactly one block, and each block has one role. What is
// not a text's own (page numbers, contents, navigation, captions, footers) is furniture: set apart, never lost.
// A paragraph is rebuilt across hard wraps, blank lines and page breaks; its parts name the characters that
// are its text, in order, so that what stands between them (breaks, indents, a page number) is left out of it
// and still known.
//
// Units      Spans are code points of the document.
// Errors     None: any text can be segmented. What was guessed or dropped is a Diagnostic.
// Threads    Pure function of the document; safe from several threads on different documents.
// Cost       Linear in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

enum class Role : std::uint8_t {
  body,
  digest,
  list_item,
  title,
  heading,
  byline,
  section_number,
  occasion,
  source_line,
  note,  // text
  page_number,
  contents,
  navigation,
  caption,
  footer,
  cover,
  blank,  // furniture
};
bool is_furniture(Role role);
std::string_view name(Role role);

struct Block {
  Span span;
  Role role = Role::body;
};

struct Paragraph {
  Role role = Role::body;
  Parts parts;  // never empty
};

// The words something was concluded from, and the rule that did.
struct Evidence {
  Span span;
  std::string rule;
};

// What is known of a date: an interval of days with its evidence. `bounded` means that the text states less
// than its own date (a compilation's cover, an issue without a calendar); a missing bound is unknown.
struct DateInterval {
  enum class Status : std::uint8_t { none, bounded, stated };
  Status status = Status::none;
  std::optional<Date> earliest;  // full days
  std::optional<Date> latest;
  std::vector<Evidence> evidence;
};

// Consecutive paragraphs of one work that one occasion line closes: words spoken on one day.
struct Section {
  std::uint32_t first = 0;  // paragraphs [first, last) of the work
  std::uint32_t last = 0;
  Parts occasion;  // the closing line, brackets included
  DateInterval spoken;
};

// What stands between a pair of quotation marks, from eight letters up.
struct Quotation {
  std::uint32_t paragraph = 0;
  Parts parts;                      // between the marks
  std::optional<Span> attribution;  // the words that introduce it
};

struct Work {
  Span span;
  std::string title;   // empty where none was found
  std::string outlet;  // empty where none is stated
  DateInterval published;
  std::vector<Paragraph> paragraphs;  // text only, in order
  std::vector<Section> sections;
  std::vector<Quotation> quotations;
};

struct Segmentation {
  std::vector<Block> blocks;  // tile [0, text.size())
  std::vector<Work> works;    // in order, disjoint
  std::vector<Diagnostic> diagnostics;
};

Segmentation segment(const Document& document);

}  // namespace suyuan
