// works_json.hpp: works, dates and quotations as JSON, alike in a report and in an inspection.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "suyuan/index.hpp"

namespace suyuan {

using Json = nlohmann::ordered_json;

std::string document_id(std::size_t document);  // "d1", ...
Json span_json(Span span);
Json parts_json(const Parts& parts);
Json interval_json(const Corpus& corpus, const DateInterval& interval, std::uint32_t document);
Json work_json(const Corpus& corpus, std::size_t work);
Json quotation_json(const Document& document, std::uint32_t number, const Quotation& quotation);
Json diagnostic_json(const Diagnostic& diagnostic);

// The words of a piece of evidence: those of its place in a document, or what was said elsewhere.
std::string words(const Corpus& corpus, const Evidence& evidence, std::uint32_t document);
// The number of the document that holds it.
std::uint32_t document_of(const Corpus& corpus, const Evidence& evidence, std::uint32_t document);

}  // namespace suyuan
