// catalogue.hpp: a SQLite database for researchers, made from the segments; nothing is answered from it.
// docs/library.md has its tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "library/parts.hpp"

namespace suyuan::library {

inline constexpr std::string_view kCatalogueName = "catalogue.sqlite";

// Brings it up to what the segments hold; makes it anew where it is missing, damaged or of another version. What
// stands in the way, for the user; the library does not depend on it.
std::optional<Error> update_catalogue(const std::string& folder, const std::vector<const Segment*>& segments);

// Whether it says what the segments hold, row for row; if not, why.
std::optional<Error> check_catalogue(const std::string& folder, const std::vector<const Segment*>& segments);

// Its files: the database, and what a killed writer leaves beside it.
bool is_catalogue_name(const std::string& name);

}  // namespace suyuan::library
