// works_json.hpp: documents, works, dates, quotations and comparisons as JSON, alike in every report.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

using Json = nlohmann::ordered_json;

// A name as it is shown: a file's need not be UTF-8, and what is none becomes U+FFFD.
std::string shown(const std::string& name);

// As text, whatever got into it.
std::string written(const Json& json);

// An object of these members, in this order. The library's own initializer lists make an array of each member
// first, and its objects copy what they hold when they grow; a report has tens of millions of members.
struct Member {
  const char* key;
  mutable Json value;  // moved out of the list
};
Json object(std::initializer_list<Member> members);
void append(Json& object, Json&& members);  // of another object, none of which it has

std::string document_id(std::size_t document);  // "d1", ...
Json span_json(Span span);
Json parts_json(const Parts& parts);
Json interval_json(const Corpus& corpus, const DateInterval& interval, std::uint32_t document);
Json work_json(const Corpus& corpus, std::size_t work);
Json quotation_json(const Document& document, std::uint32_t number, const Quotation& quotation);
Json diagnostic_json(const Diagnostic& diagnostic);
Json document_json(const Corpus& corpus, std::size_t document, bool text);
Json coverage_json(const Corpus& corpus);

// A comparison of a place of `a`, the older text or the base, with one of `b`; its folds and edits.
Json comparison_json(const Comparison& comparison, const Document& a, const Document& b);
Json folds_json(const Folds& folds);
Json edits_json(const Comparison& comparison, const Document& a, const Document& b);
double rounded(double share);  // to four places

// The words of a piece of evidence: those of its place in a document, or what was said elsewhere.
std::string words(const Corpus& corpus, const Evidence& evidence, std::uint32_t document);
// The number of the document that holds it.
std::uint32_t document_of(const Corpus& corpus, const Evidence& evidence, std::uint32_t document);

}  // namespace suyuan
