// segment.hpp: step 2 of the pipeline: Document → works, paragraphs, sections, quotations, furniture, and what
// each text is: its kind, its dates, who speaks in it, each with the evidence it was concluded from.
//
// Blocks tile the document: every character lies in exactly one block, and each block has one role. What is
// not a text's own (page numbers, contents, navigation, captions, footers) is furniture: set apart, never lost.
// A paragraph is rebuilt across hard wraps, blank lines and page breaks; its parts name the characters that
// are its text, in order, so that what stands between them (breaks, indents, a page number) is left out of it
// and still known.
//
// Units      Spans are code points of the document.
// Method     Passes over the lines, in the order of src/segment/segment.cpp. What words mean here (verbs of
//            saying, titles, outlets and their calendars, meetings) is data: Lexicons, from data/lexicons.
// Errors     segment() has none: any text can be segmented. What was guessed, dropped or seen to be missing is a
//            Diagnostic or a Defect. load_lexicons() reads files and can fail.
// Threads    Pure function of the document and the lexicons; safe from several threads on different documents.
// Cost       Linear in the text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "suyuan/base.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

enum class Role : std::uint8_t {
  // of the text
  body,
  digest,    // ■ bullets before the body
  epigraph,  // a line before the body that the body says again
  list_item,
  title,
  heading,
  byline,
  section_number,
  occasion,
  source_line,
  note,
  // furniture
  page_number,
  running_head,
  contents,
  navigation,
  caption,
  footer,
  cover,
  blank,
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

// What something was concluded from, and by which rule.
struct Evidence {
  Span span;             // the words, in the document named below
  std::string rule;      // stable, English: "closing-line", "dateline", "issue-calendar", ...
  std::string text;      // what was said, where it does not stand in a document's text (a record, a table)
  std::string document;  // the key of another document; empty: this one
};

// How sure a conclusion is: stated by the text or by who gave it; concluded from several signs; a guess.
enum class Confidence : std::uint8_t { low, medium, high };
std::string_view name(Confidence confidence);

// What is known of a date: an interval of days with its evidence. `bounded` means that the text states less
// than its own date (a compilation's cover, an issue without a calendar); a missing bound is unknown.
struct DateInterval {
  enum class Status : std::uint8_t { none, bounded, stated };
  Status status = Status::none;
  std::optional<Date> earliest;  // full days
  std::optional<Date> latest;
  std::vector<Evidence> evidence;
};

// Whether all that is known of a text's own date is the day on which it was written, `earliest`.
bool is_signed(const DateInterval& published);

// A date that the text speaks of, resolved to days: 去年7月 against the occasion of its section, else against the
// dateline or the publication. An impossible one (2月30日) is not here but a Diagnostic.
struct DateMention {
  std::uint32_t paragraph = 0;
  Span span;
  Date earliest, latest;  // full days
  bool relative = false;  // something of it was supplied from elsewhere
  std::string
      against;  // the rule that supplied it: "section-occasion", "dateline", "before", ...; empty where nothing was
};

// Consecutive paragraphs of one work that one occasion line closes, or stands over, or a note names: words spoken
// on one day.
struct Section {
  std::uint32_t first = 0;  // paragraphs [first, last) of the work
  std::uint32_t last = 0;
  Parts occasion;  // the line, brackets included; with the title, where it is of a whole text
  DateInterval spoken;
};

enum class SpeakerKind : std::uint8_t { unknown, person, body, text };  // body: 会议, 国务院; text: 文章, 《决定》
std::string_view name(SpeakerKind kind);

// The words that give somebody's words as his, before or after them.
struct Attribution {
  Span span;            // from the clause that names the speaker or the occasion to the words, or after them
  std::string speaker;  // the name; empty where the text does not say or leaves it open
  SpeakerKind kind = SpeakerKind::unknown;
  std::optional<Span> named;  // where the speaker is named or meant
  std::string by;    // how: "named", "title", "office", "pronoun", "carried", "label", "signature", "full-text";
                     // "unnamed": 有人说
  std::string verb;  // as in the text
  std::optional<Span> occasion;  // 在…时, 在…会议上
  bool after = false;            // stands after the words
};

// Words given as somebody's.
struct Quotation {
  enum class Form : std::uint8_t { direct, block, indirect };
  Form form = Form::direct;
  std::uint32_t paragraph = 0;  // where it begins
  Parts parts;                  // between the marks; of indirect speech: what follows the verb
  std::uint32_t depth = 0;      // inside so many other quotations
  bool unclosed = false;        // its closing mark is missing: the first sentence behind the opening one
  std::optional<Attribution> attribution;
  // Led speech of somebody whom the text does not name: not its author's words, and nobody's claim.
  bool hearsay() const { return attribution && attribution->by == "unnamed"; }
  // Of a text that is printed whole (全文如下).
  bool printed() const { return attribution && attribution->by == "full-text"; }
  // Set apart as another's words, by marks or as a block: what a report leads is in its own, and a print is a text.
  bool set_apart() const { return form != Form::indirect && !printed(); }
};
std::string_view name(Quotation::Form form);

// Marks that hold no quotation: terms, slogans, titles, names.
struct Marked {
  std::uint32_t paragraph = 0;
  Parts parts;
  std::string reason;  // "short", "brief" (a short sentence of a named person), "term", "title", "theme"
};

enum class WorkKind : std::uint8_t {
  unknown,
  article,
  excerpt,
  report,
  digest,
  commentary,
  speech,
  decision,
  editorial_note,
  interview,
  collection,  // holds only other works
};
std::string_view name(WorkKind kind);
std::optional<WorkKind> work_kind(std::string_view name);

enum class Copy : std::uint8_t { unknown, print, official_web, repost, converted, ocr, compilation };
std::string_view name(Copy copy);
std::optional<Copy> copy_quality(std::string_view name);

// Something a work has lost, or is suspected to have lost.
struct Defect {
  std::string code;  // "lost-text", "lost-beginning", "lost-end", "lost-title", "page-jump", "cut-source-line"
  Span span;         // the place, often the two lines that do not join
  Confidence confidence = Confidence::medium;
  std::string message;
};

// The text that a work reports on, as the work names it.
struct About {
  std::string title, outlet, author;
  DateInterval published;  // as the report states it
  Evidence evidence;
  std::string document;  // the key of the document that holds it, where it is at hand
  Span work;             // the work's span there
};

struct Work {
  Span span;                            // of several works: without their notes, which stand behind them all
  std::optional<std::uint32_t> parent;  // the number of the work of this document that contains it
  std::string title;                    // empty where none was found
  std::string title_rule;               // "heading", "contents", "contents-order", "page", "record", "side-file"
  std::string outlet;                   // empty where none is stated
  std::string author;                   // of a byline or the contents
  WorkKind kind = WorkKind::unknown;
  Confidence kind_confidence = Confidence::low;
  std::vector<Evidence> kind_evidence;
  Copy copy = Copy::unknown;
  std::vector<Evidence> copy_evidence;
  std::optional<int> rank;  // a side file's: the smaller, the sooner a base
  std::optional<About> about;
  DateInterval published;
  DateInterval edition;                                          // when this copy was put up or printed
  std::optional<std::pair<std::uint32_t, std::uint32_t>> pages;  // printed page numbers, where known
  std::vector<Defect> defects;
  std::vector<Paragraph> paragraphs;  // text only, in order
  std::vector<Section> sections;
  std::vector<Quotation> quotations;  // in the order of the text
  std::vector<Marked> marked;
  std::vector<DateMention> dates;
};

struct Segmentation {
  std::vector<Block> blocks;  // tile [0, text.size())
  std::vector<Work> works;    // in order of begin; a parent before its children, which lie inside it
  std::vector<Diagnostic> diagnostics;
};

// The words the segmenter knows. Opaque; safe to share between threads.
class Lexicons;

// The tables compiled into the library.
const Lexicons& shipped_lexicons();

// The shipped tables with the rows of same-named files (speakers.tsv, outlets.tsv, ...) of a folder added before
// them, so that a user's row wins. Errors: a file that cannot be read, a row with too few columns, a bad
// expression.
Result<std::shared_ptr<const Lexicons>> load_lexicons(const std::string& folder);

Segmentation segment(const Document& document, const Lexicons& lexicons = shipped_lexicons());

// What works of different documents say of each other: a report that names an article's issue and day dates the
// article. `documents` and `made` answer to each other. Called by build_corpus; the order of the documents does not
// matter. The first `settled` documents are related to each other already: they describe the others, and take
// nothing.
void relate(const std::vector<Document>& documents, std::vector<Segmentation>& made, std::size_t settled = 0);

}  // namespace suyuan
