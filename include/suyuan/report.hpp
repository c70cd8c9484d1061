// report.hpp: step 8 of the pipeline: what was found → JSON (streamed, schema "suyuan.report/1"), and the forms
// made of that: a page, text for a terminal, one chain a line, a table of readings.
//
// A Report is either a run's, whose chains are made into JSON one at a time, or a saved one read back; the forms
// do not know which. A report of `verify` is small: it holds what the drafts cite.
//
// Every place in a report is a span of code points of a document's decoded text, half-open. The same corpus
// and options give the same bytes, whatever the number of threads and the order of the paths.
// Errors: of read_report alone, whose text comes from outside; a stream that fails says so itself.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/chain.hpp"
#include "suyuan/index.hpp"
#include "suyuan/verify.hpp"

namespace suyuan {

enum class Language : std::uint8_t { en, zh };

struct ReportOptions {
  bool alignments = false;            // every pair of places found
  bool texts = false;                 // the documents' texts
  bool formulas = false;              // the occurrences of formulas and series (else their counts alone)
  bool cited = false;                 // only the documents and works that a chain cites, by their own numbers
  std::string since = {}, work = {};  // what the chains were chosen by; empty: all of them
};

struct TextOptions {
  Language language = Language::en;
  bool color = false;
};

// What `trace` found, and the corpus it was found in. Formulas are written as JSON alone.
struct Found {
  const Corpus& corpus;
  std::vector<Alignment> alignments;
  Provenance provenance = {};
  std::vector<Formula> formulas = {};
};

// What `verify` found, and the corpus it was found in.
struct Verified {
  const VerifyCorpus& all;
  std::vector<Finding> findings;
  const Lexicons& lexicons;                      // those it was found by
  bool points = false;                           // count errors,
  std::optional<std::uint64_t> characters = {};  // for so many characters as set
};

void write_json(std::ostream& out, const Found& found, const ReportOptions& options);

class Report {
 public:
  // Refers to `found`, which must outlive it.
  Report(const Found& found, const ReportOptions& options = {});
  explicit Report(const Verified& verified);

  // Whether it holds the verdicts of `verify`: the forms write_verify_… are made of such a report alone, the others
  // of any other.
  bool of_verify() const;

  struct Data;  // known to src/report alone
  explicit Report(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  const Data& data() const { return *data_; }

 private:
  std::shared_ptr<const Data> data_;
};

// Errors: text that is no JSON, or not of this schema as this version writes it.
Result<Report> read_report(std::string json, const std::string& source);

// The chains for a terminal.
void write_text(std::ostream& out, const Report& report, const TextOptions& options);

// One file for a browser: everything in it, nothing fetched, its scripts and styles bound by their nonce (a digest
// of the report), all text shown as text. Without scripts it is a plain table of the chains. Holds the report in
// memory.
void write_html(std::ostream& out, const Report& report, Language language);

// One chain a line, each with the works and documents it cites: {"schema":"suyuan.chain/1", the chain's own
// members, "works":[…], "documents":[…]}. Needs no more memory than one chain.
void write_jsonl(std::ostream& out, const Report& report);

// The tables of readings of all chains, one row for each witness and place that differs (wording, form, numeral,
// reporting), or one for the witness where none does. UTF-8 with a byte-order mark, CRLF, RFC 4180; a cell that
// a spreadsheet would take for a formula begins with an apostrophe.
void write_csv(std::ostream& out, const Report& report, Language language);

// Two texts against each other: their paired works, differences in place, works without a partner.
void write_diff_text(std::ostream& out, const Found& found, std::uint32_t a_document, std::uint32_t b_document,
                     const TextOptions& options);

// Whether the two differ in more than what folds away, punctuation, numerals and structure: an edit of wording,
// form or reporting, or a work without a partner.
bool differ(const Found& found, std::uint32_t a_document, std::uint32_t b_document);

// What `verify` found, as JSON of the same schema: `quotations`, and of the corpus what these cite. The drafts'
// texts are in it, so that every form can be made of it.
void write_verify_json(std::ostream& out, const Verified& verified, const ReportOptions& options);
// What an editor reads: the first screen, the findings in the order of the text with both texts side by side, one
// line for each faithful quotation.
void write_verify_text(std::ostream& out, const Report& report, const TextOptions& options);
// path:line:column: level: verdict: message
void write_verify_lines(std::ostream& out, const Report& report, Language language);
// 引文核对表 as a table: with a byte-order mark, so that spreadsheets read it.
void write_verify_csv(std::ostream& out, const Report& report, Language language);
// The same as a workbook for spreadsheets, with 质疑单, 勘误表 and what they rest on as further sheets. Cells are
// text, never formulas. Made in a temporary folder; where that cannot be, or the disk is full, `out` turns bad.
void write_verify_xlsx(std::ostream& out, const Report& report, Language language);
// SARIF 2.1.0, columns in code points.
void write_verify_sarif(std::ostream& out, const Report& report, Language language);
// One page without scripts or network: the draft with the verdicts in place, both texts side by side, and for print
// 引文核对表, 质疑单 (findings for the author) and 勘误表 (confirmed errors).
void write_verify_html(std::ostream& out, const Report& report, Language language);

// A copy of a Word draft with a comment at every quotation that was judged: level and verdict, what differs, the
// base and its citation; the author is "suyuan". `bytes` are those of the draft at `path`, which `report` judged.
// Only the parts that hold the text, the comments and what leads to them change, the others keep their bytes; the
// text stays. What is quoted in a note has its comment at the note's mark. Comments that are there already stay.
// Errors: no Word document, one that cannot be read, or one whose XML is not as Word or WPS writes it.
struct Annotated {
  std::string bytes;
  std::size_t comments = 0;
};
Result<Annotated> annotate_docx(const std::string& bytes, const std::string& path, const Report& report,
                                Language language);

// What each step made of a document.
void write_inspect_text(std::ostream& out, const Corpus& corpus, const TextOptions& options);
void write_inspect_json(std::ostream& out, const Corpus& corpus);

// A label in the user's language, by its English key.
std::string label(std::string_view key, Language language);

// The message of an Error, or its help, in the user's language; in English where it has no other words.
std::string in_words(std::string_view message, Language language);

// One-to-one collation of two documents: the alignments that remain when the longest are taken first and
// every place is used once.
std::vector<Alignment> collate(const Found& found, std::uint32_t a_document, std::uint32_t b_document);

}  // namespace suyuan
