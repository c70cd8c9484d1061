// The shipped background: a header (magic, letters, entries), then for each gram, in order of its key, the
// step from the key before it and its level, step × 16 + level, seven bits a byte, the lowest first.
#include "index/background.hpp"

#include <cmath>
#include <string_view>
#include <vector>

#include "base/data.hpp"
#include "suyuan/index.hpp"

namespace suyuan::background {

namespace {

struct Table {
  std::uint32_t letters = 0;
  std::vector<std::uint32_t> keys;         // ascending
  std::vector<std::uint8_t> levels;        // of each
  std::vector<std::uint32_t> first = {0};  // of keys by their upper 12 bits

  Table() {
    const std::string_view bytes = data::background();
    std::size_t at = 0;
    const auto number = [&](int size) {
      std::uint32_t value = 0;
      for (int i = 0; i < size && at < bytes.size(); ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at++])) << (8 * i);
      return value;
    };
    if (bytes.substr(0, 4) != "SYB1") return;
    at = 4;
    letters = number(4);
    const std::uint32_t entries = number(4);
    std::uint32_t key = 0;
    for (std::uint32_t n = 0; n < entries && at < bytes.size(); ++n) {
      std::uint32_t value = 0;
      for (int shift = 0; at < bytes.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
        if (byte < 0x80) break;
      }
      key += value >> 4;
      keys.push_back(key);
      levels.push_back(static_cast<std::uint8_t>(value & 15));
    }
    first.assign(4097, static_cast<std::uint32_t>(keys.size()));
    for (std::size_t n = keys.size(); n-- > 0;) first[keys[n] >> 12] = static_cast<std::uint32_t>(n);
    for (std::size_t b = 4096; b-- > 0;) first[b] = std::min(first[b], first[b + 1]);
  }
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

}  // namespace

std::uint64_t gram_hash(std::span<const Unit> gram) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const Unit unit : gram) {
    hash ^= static_cast<std::uint64_t>(unit);
    hash *= 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

double rate(std::uint32_t key) {
  const Table& t = table();
  if (t.letters == 0) return 0;
  for (std::uint32_t n = t.first[key >> 12]; n < t.first[(key >> 12) + 1]; ++n)
    if (t.keys[n] == key) return kLeastWorks * std::exp2(t.levels[n] / 1.5) / t.letters;
  return 0;
}

bool is_common(double rate) {
  static const double kCommonRate = std::exp2(-Index::kCommonBits);
  return rate > kCommonRate;
}

std::uint32_t letters() { return table().letters; }

}  // namespace suyuan::background
