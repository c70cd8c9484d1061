// report_json.hpp: the parts of a report, one at a time, for the forms made of them.
#pragma once

#include "report/works_json.hpp"
#include "suyuan/report.hpp"

namespace suyuan {

Json chain_json(const Found& found, std::size_t chain);

// The parts, cut where text_of takes a line break out: end to end they are that text, character by character.
Parts exact_parts(const Document& document, const Parts& parts);

}  // namespace suyuan
