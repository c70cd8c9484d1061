// report_json.hpp: the parts of a report, one at a time, for the forms made of them.
#pragma once

#include <functional>
#include <string_view>

#include "report/works_json.hpp"
#include "suyuan/report.hpp"

namespace suyuan {

// Not compared: without the table of readings and what is compared with the first and with the head.
Json chain_json(const Found& found, std::size_t chain, bool compared = true);
Json series_json(const Found& found, std::size_t series);

// By what a run's report was made.
Json options_json(const ReportOptions& options);

// The documents, works, chains and diagnostics of a run's report, in this order and one at a time, as write_json
// has them: each with the key of the list that holds it.
void each_part(const Found& found, const ReportOptions& options,
               const std::function<void(std::string_view key, Json part)>& take);

// The parts, cut where text_of takes a line break out: end to end they are that text, character by character.
Parts exact_parts(const Document& document, const Parts& parts);

}  // namespace suyuan
