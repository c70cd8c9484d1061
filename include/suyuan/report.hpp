// report.hpp: the last step: what was found → JSON (streamed, schema "suyuan.report/1") or text for a terminal.
//
// Every place in a report is a span of code points of a document's decoded text, half-open. The same corpus
// and options give the same bytes, whatever the number of threads and the order of the paths.
// Errors: none of their own; a stream that fails says so itself.
#pragma once

#include <iosfwd>
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
  bool alignments = false;  // every pair of places found
  bool texts = false;       // the documents' texts
  bool formulas = false;    // the occurrences of formulas (else their counts alone)
};

struct TextOptions {
  Language language = Language::en;
  bool color = false;
};

struct Found {
  const Corpus& corpus;
  const Index* index = nullptr;
  std::vector<Alignment> alignments;
  std::vector<Chain> chains;
  std::vector<Formula> formulas;
};

void write_json(std::ostream& out, const Found& found, const ReportOptions& options);
void write_text(std::ostream& out, const Found& found, const TextOptions& options);

// Two texts against each other: their paired works, differences in place, works without a partner.
void write_diff_text(std::ostream& out, const Found& found, std::uint32_t a_document, std::uint32_t b_document,
                     const TextOptions& options);

// Whether the two differ in more than what folds away, punctuation, numerals and structure: an edit of wording,
// form or reporting, or a work without a partner.
bool differ(const Found& found, std::uint32_t a_document, std::uint32_t b_document);

// What `verify` found, and the corpus it was found in.
struct Verified {
  const VerifyCorpus& all;
  std::vector<Finding> findings;
  bool points = false;                         // count errors,
  std::optional<std::uint64_t> characters = {};  // for so many characters as set
};
void write_verify_json(std::ostream& out, const Verified& verified, const ReportOptions& options);
// What an editor reads: the first screen, the findings in the order of the text with both texts side by side, one
// line for each faithful quotation.
void write_verify_text(std::ostream& out, const Verified& verified, const TextOptions& options);
// path:line:column: level: verdict: message
void write_verify_lines(std::ostream& out, const Verified& verified, const TextOptions& options);
// 引文核对表 as a table: with a byte-order mark, so that spreadsheets read it.
void write_verify_csv(std::ostream& out, const Verified& verified, const TextOptions& options);
// SARIF 2.1.0, columns in code points.
void write_verify_sarif(std::ostream& out, const Verified& verified, const TextOptions& options);
// One page without scripts or network: the draft with the verdicts in place, both texts side by side, and for print
// 引文核对表, 质疑单 (findings for the author) and 勘误表 (confirmed errors).
void write_verify_html(std::ostream& out, const Verified& verified, const TextOptions& options);

// What each step made of a document.
void write_inspect_text(std::ostream& out, const Corpus& corpus, const TextOptions& options);
void write_inspect_json(std::ostream& out, const Corpus& corpus);

// A label in the user's language, by its English key.
std::string label(std::string_view key, Language language);

// One-to-one collation of two documents: the alignments that remain when the longest are taken first and
// every place is used once.
std::vector<Alignment> collate(const Found& found, std::uint32_t a_document, std::uint32_t b_document);

}  // namespace suyuan
