// common.hpp: what every form of the report needs of a witness: its place, its date in words.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "suyuan/report.hpp"

namespace suyuan {

inline const CorpusWork& work_of(const Corpus& corpus, std::uint32_t work) { return corpus.works[work]; }

// Whether the second side of an alignment is the older one, by date, else by the order of the corpus.
inline bool second_is_older(const Corpus& corpus, const Alignment& x) {
  const auto& a = corpus.work(corpus.works[x.a_work]).published.latest;
  const auto& b = corpus.work(corpus.works[x.b_work]).published.latest;
  if (a && b && *a != *b) return *b < *a;
  return b && !a;
}

// The alignment with its sides exchanged.
inline Alignment exchanged(const Alignment& x) {
  Alignment out{x.b_work, x.a_work, x.b, x.a, {}, x.similarity, x.score, x.joined};
  for (const EqualRun& r : x.equal) out.equal.push_back({r.b, r.a, r.length});
  return out;
}

// A line of a table of comma-separated values. A cell that begins like a formula would be run by a spreadsheet:
// it gets an apostrophe.
void write_csv_row(std::ostream& out, const std::vector<std::string>& cells);

// Up to so many characters before or behind an offset of a document, without line breaks and what is no part of
// the text: page numbers, running heads.
enum class Beside : std::uint8_t { before, behind };
std::string context(const Corpus& corpus, std::uint32_t document, std::uint32_t offset, Beside side,
                    std::size_t size);

// 《title》; an untitled copy by the title of another copy of its publication, in brackets.
std::string titled(const std::string& title, const std::string& of_copy, Language language);
// An interval of days; an end that is empty is open.
std::string days_in_words(const std::string& earliest, const std::string& latest, Language language);
std::string days_in_words(const DateInterval& d, Language language);
// The rule of an Evidence.
std::string rule_in_words(std::string_view rule, Language language);

}  // namespace suyuan
