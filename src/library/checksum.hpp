// checksum.hpp: XXH3, 64 bits: finds damage, not forgery.
#pragma once

#include <cstdint>
#include <string_view>

namespace suyuan::library {

std::uint64_t checksum(std::string_view bytes);

}  // namespace suyuan::library
