// The one file that knows xxHash.
#include "library/checksum.hpp"

#include <xxhash.h>

namespace suyuan::library {

std::uint64_t checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace suyuan::library
