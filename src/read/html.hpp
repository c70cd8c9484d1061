// html.hpp: an HTML page → its visible text by lines, with what the markup says of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/decode.hpp"
#include "read/intake.hpp"

namespace suyuan {

// Whether the content is a page; the name decides where there are only a few tags.
bool is_page(std::string_view head, std::string_view name);

// A chapter of a book has no navigation of a site around its text.
enum class PageOf : std::uint8_t { site, book };
void read_page(Intake& to, Decoded& decoded, PageOf of = PageOf::site);

// An element of the page that is shown, in document order; its descendants follow it up to `end`.
struct PageElement {
  std::uint32_t parent = 0;
  std::uint32_t end = 0;
  std::string_view tag;
  std::string_view klass;
  int sense = 0;           // 1 named as main text, -1 as furniture, 0 neither or both
  bool furniture = false;  // by its tag
  bool main = false;       // by its tag or its role
  bool headline = false;   // named as a title
  std::uint32_t links = 0;
};

// A line of the page's text.
struct PageLine {
  Span span;                  // without the line break
  std::uint32_t element = 0;  // the block it stands in
  std::uint32_t letters = 0;
  std::uint32_t linked = 0;  // letters inside links
  std::uint32_t stops = 0;   // marks of punctuation
  std::uint8_t heading = 0;
};

struct PageName {  // <meta>, <time>, <link>, JSON-LD: a name and what it says
  std::string name, value;
};

struct PageNoteMark {  // stood at this offset, and leads to the note of that id
  std::uint32_t at = 0;
  std::string id;
};
struct PageNote {
  Span span;
  std::string id;
};

struct Page {
  std::u32string text;
  std::vector<Anchor> anchors;
  std::vector<Markup> markup;
  std::vector<PageElement> elements;
  std::vector<PageLine> lines;
  std::vector<PageName> names;
  std::vector<PageNoteMark> note_marks;
  std::vector<PageNote> notes;
  std::string title;  // of <title>
};

// page.cpp: which lines lie outside the main text, and what the page says of itself.
std::vector<bool> furniture_lines(const Page& page, const std::string& title);
std::vector<bool> furniture_by_tag(const Page& page);
Metadata page_metadata(const Page& page);
// A day in the path of an address: /2025-11/16/, /2025/11/16/, /2025/1116/, /202511/16/, /20251116/, t20251116_1.
// An article's number that begins like one is none.
std::optional<Date> date_in_url(std::string_view url);
// The line that gives the title where no heading does.
std::optional<std::size_t> title_line(const Page& page, const std::string& title);
// Whether it is one of several pages of a text.
bool goes_on_elsewhere(const Page& page);

// 1 for a word that names main text, -1 for furniture, 0 for any other or for both.
int page_sense(std::string_view id, std::string_view klass, std::string_view role);
// "class:WORD" where page.tsv asks for elements of a word that these have; else empty.
std::string element_name(std::string_view id, std::string_view klass);
bool is_caption_name(std::string_view id, std::string_view klass);
bool is_headline_name(std::string_view id, std::string_view klass);
// Whether a text begins with a credit's word and a colon (作者：).
bool begins_credit(std::u32string_view text);

}  // namespace suyuan
