// Counts the 5-grams of a pile of texts by the works they stand in and writes background.bin:
//   make-background OUT PATH…
// The format is told in src/index/background.cpp, the choice of texts in README.md beside this file.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "index/background.hpp"
#include "suyuan/suyuan.hpp"

int main(int argc, char** argv) {
  namespace sy = suyuan;
  if (argc < 3) {
    std::cerr << "usage: make-background OUT PATH...\n";
    return 2;
  }
  const sy::Corpus corpus = sy::build_corpus(sy::read_paths(std::vector<std::string>(argv + 2, argv + argc), {}));
  std::vector<std::uint64_t> hashes;
  std::uint32_t letters = 0;
  for (const sy::CorpusWork& w : corpus.works) {
    const auto units = w.fold.units();
    std::vector<std::uint64_t> mine;
    for (std::size_t i = 0; i + sy::Index::kGram <= units.size(); ++i)
      mine.push_back(sy::background::gram_hash(units.subspan(i, sy::Index::kGram)));
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    hashes.insert(hashes.end(), mine.begin(), mine.end());
    letters += w.fold.size();
  }
  std::sort(hashes.begin(), hashes.end());
  std::map<std::uint32_t, std::uint32_t> level_of;  // by key; of two grams with one key the more common counts
  for (std::size_t i = 0; i < hashes.size();) {
    std::size_t end = i;
    while (end < hashes.size() && hashes[end] == hashes[i]) ++end;
    const auto works = static_cast<double>(end - i);
    if (works >= sy::background::kLeastWorks) {
      const auto level = static_cast<std::uint32_t>(1.5 * std::log2(works / sy::background::kLeastWorks));
      std::uint32_t& known = level_of[sy::background::gram_key(hashes[i])];
      known = std::max(known, std::min(level, 15U));
    }
    i = end;
  }
  std::string out = "SYB1";
  const auto number = [&](std::uint32_t n) {
    for (int i = 0; i < 4; ++i) out += static_cast<char>((n >> (8 * i)) & 0xFF);
  };
  number(letters);
  number(static_cast<std::uint32_t>(level_of.size()));
  std::uint32_t before = 0;
  for (const auto& [key, level] : level_of) {
    std::uint32_t value = (key - before) << 4 | level;
    before = key;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
    out += static_cast<char>(value);
  }
  std::ofstream(argv[1], std::ios::binary) << out;
  std::cerr << level_of.size() << " grams of " << letters << " letters, " << out.size() << " bytes\n";
  return 0;
}
