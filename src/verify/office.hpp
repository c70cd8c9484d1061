// office.hpp: what office a draft gives the speaker, and what offices a text of the library gives him.
#pragma once

#include <string>

#include "segment/lexicon.hpp"
#include "verify/claims.hpp"

namespace suyuan {

// The office and name by which the base's text calls whom the draft calls by an office that is none of those the
// text or the table of offices has for him; empty where the draft gives him none, the text tells none, or one of
// them fits.
std::string other_office(const Document& draft, const Asked& speaker, const Document& document, const Work& base,
                         const Lexicons& lexicons);

}  // namespace suyuan
