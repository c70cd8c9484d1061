// packed.hpp: a sound package around parts of any bytes: a damaged one is refused before its parts are looked at.
#pragma once

#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

namespace suyuan::fuzz {

// A zip of parts that are stored as they are.
inline std::string packed(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string out, list;
  const auto number = [](std::string& to, std::size_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(i < 8 ? value >> (8 * i) & 0xFF : 0);
  };
  for (const auto& [name, bytes] : parts) {
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    std::string common;
    number(common, 20, 2), number(common, 0, 8), number(common, crc, 4);
    number(common, bytes.size(), 4), number(common, bytes.size(), 4), number(common, name.size(), 2);
    const std::size_t at = out.size();
    out += "PK\3\4" + common;
    number(out, 0, 2);
    out += name + bytes;
    list += "PK\1\2";
    number(list, 20, 2);
    list += common;
    number(list, 0, 12), number(list, at, 4);
    list += name;
  }
  const std::size_t at = out.size();
  out += list + "PK\5\6";
  number(out, 0, 4), number(out, parts.size(), 2), number(out, parts.size(), 2);
  number(out, list.size(), 4), number(out, at, 4), number(out, 0, 2);
  return out;
}

}  // namespace suyuan::fuzz
