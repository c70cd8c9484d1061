// verify.hpp: step 7 of the pipeline, on the index and not on the chains: the quotations of a draft → a verdict on
// each, against the texts at hand.
//
// Every quotation of a draft is looked for in the library; of the places that hold its words one is the base it is
// judged against, the others stand below it as witnesses. The verdict says how its wording differs from the base's,
// the flags what else an editor must know, the claims whether what the draft says of its source agrees with it.
//
// Base       First the text that bears out most of what the draft says of occasion, publication and day; then one of
//            the outlet it names; then first-hand texts before second-hand ones, and among each those that were not
//            printed after the draft (a first-hand text whose words were spoken after the draft's day stands behind
//            older second-hand ones); then a side file's rank, kind (speech, decision, article > excerpt > report >
//            digest > commentary), copy (print > official web > repost > other); then the closest. Only texts near
//            enough to the closest compete: docs/verify.md has the bounds. Never the work that holds the quotation,
//            nor, unless it is three quarters quotations, copies of it.
// Faithful   `verbatim` and `folded` are checked once more, letter by letter and mark by mark, on the characters of
//            both documents; what does not pass is never called so.
// Units      Spans count code points of the documents, FoldSpans units of the folds of the works named.
// Errors     None. Threads: `jobs` threads, the result does not depend on their number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

enum class Verdict : std::uint8_t {
  verbatim,
  folded,  // layout, width, script and readings in brackets only
  punctuation,
  variant,
  abridged_marked,
  abridged_unmarked,
  expanded_marked,
  expanded,
  reordered,
  composite,
  paraphrase,
  not_found,
  uncheckable,
};
enum class Level : std::uint8_t { ok, note, check, fix };
enum class Flag : std::uint8_t {
  sensitive,
  misattributed,
  quoted_before_said,
  context_cut,
  form,
  base_disputed,
  base_damaged,
  secondary_only,
  as_in,
  published_later,
  mixed_occasions,
  claim_unchecked,
  context_turns,
  anothers_words,
  unclosed,  // the closing mark is missing: words behind those judged may be of the quotation
};
// What of the occasion or the publication that the draft names is at hand.
enum class Holding : std::uint8_t { none, report, excerpt, damaged, full };

std::string_view name(Verdict verdict);
std::string_view name(Level level);
std::string_view name(Flag flag);
std::string_view name(Holding holding);

// A place of the library that holds the words or a part of them.
struct Source {
  std::uint32_t work = 0;
  FoldSpan base;                // in that work
  FoldSpan covers;              // in the draft's work
  std::vector<EqualRun> equal;  // a: base, b: draft
  Comparison comparison;        // from the base to the draft
  std::string occasion;         // where and when spoken, as the library has it; empty where it does not say
  bool secondary = false;       // holds the words at second hand
};

// What the draft says of the words' source.
struct Claim {
  enum class Kind : std::uint8_t { occasion, publication, date, speaker, page, repeated, first };
  enum class Result : std::uint8_t { agrees, differs, unchecked };
  Kind kind = Kind::occasion;
  Span span;  // in the draft
  Result result = Result::unchecked;
  std::string found;  // what the library says instead, or what bears the claim out
};
std::string_view name(Claim::Kind kind);
std::string_view name(Claim::Result result);

// Where a bound of the search was met, so that more may stand in the library than a finding shows.
struct Limit {
  enum class What : std::uint8_t {
    works,      // works that hold enough of the words and were not looked at closely
    witnesses,  // places that hold the words and are not listed
    pieces,     // of words put together: stretches that were not looked for
    common,     // five-letter strings of the words that stand in too many places to be asked
  };
  What what = What::works;
  std::uint32_t bound = 0;
  std::uint32_t left = 0;  // so many were left aside
};
std::string_view name(Limit::What what);

struct Finding {
  enum class Form : std::uint8_t { direct, block, indirect, unmarked };
  std::uint32_t work = 0;                  // of the draft
  std::optional<std::uint32_t> quotation;  // its number in the work,
  std::optional<std::uint32_t> mark;  // or that of words in marks that nobody is said to say; else unmarked words
  Form form = Form::direct;
  Parts parts;
  FoldSpan span;
  Verdict verdict = Verdict::not_found;
  Level level = Level::ok;
  std::vector<Flag> flags;  // ascending
  Holding holding = Holding::none;
  std::string reason;                  // stable, English: why this verdict where the edits do not say it
  std::vector<Source> sources;         // the base first; of a composite its parts, then other witnesses
  std::uint32_t parts_of_base = 1;     // so many of the sources make up the base
  std::optional<std::uint32_t> as_in;  // of sources: the witness with the draft's wording
  std::vector<std::uint32_t> disputed_by;  // of sources: texts of the base's rank that read otherwise
  std::optional<Source> nearest;       // of not_found: the nearest miss, no source
  std::vector<Claim> claims;
  std::vector<Limit> limits;
  // SHA-256 of the quotation, the verdict, the flags, the base's document and its words, and of the claims that do
  // not agree: another key is another finding, so that what was decided of it is asked again.
  std::string key;
  std::optional<Accepted> accepted;

  bool has(Flag flag) const;
};
std::string_view name(Finding::Form form);

// What the library is: its works, collections apart.
struct Holdings {
  std::size_t documents = 0, works = 0, damaged = 0;
  std::optional<int> first_year, last_year;
  std::map<std::string, std::size_t> kinds;
  void add(const Work& work);
  void add(WorkKind kind, bool is_damaged, std::optional<int> year);
};

// A corpus of drafts and library: which documents are what. A document can be both. What the library's texts are
// does not depend on the drafts; what they say of a draft, and that it is a copy of one of them, is used.
struct VerifyCorpus {
  Corpus corpus;
  std::vector<char> is_draft, is_library;  // one for each document
  Holdings holdings;                       // of all of the library, also where the corpus is a part
};
VerifyCorpus build_verify_corpus(Sources drafts, Sources library, unsigned jobs = 1,
                                 const Lexicons& lexicons = shipped_lexicons());

// In the order of the drafts' texts; unmarked passages after the quotations of their work.
std::vector<Finding> verify(const VerifyCorpus& corpus, const Index& index, unsigned jobs = 1,
                            const Lexicons& lexicons = shipped_lexicons());

// Keeps of the corpus the drafts and the works that findings name, with the other copies of their publications and
// what dates them. Works have other numbers then, in the findings too.
void keep_cited(VerifyCorpus& corpus, std::vector<Finding>& findings);

// Gives each finding what was decided of it. Returns the keys of the rows that met none.
std::vector<std::string> accept(std::vector<Finding>& findings, const std::vector<Accepted>& accepted);

// Errors counted by data/points: of findings confirmed as errors alone, and of their differences of wording.
struct Points {
  std::size_t findings = 0;
  double points = 0;
};
Points points(const std::vector<Finding>& findings);

inline constexpr std::uint32_t kUnmarked = 20;  // letters in a row from which unmarked words are listed

}  // namespace suyuan
