// bench-text FILE: how fast a corpus is read, segmented and folded on one core, beside std::sort of as many 64-bit
// keys as it has characters. Best of three, processor time.
#include <algorithm>
#include <ctime>
#include <iostream>
#include <vector>

#include "suyuan/suyuan.hpp"

namespace {

double seconds() {
  std::timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  double read = 1e9, segmented = 1e9, folded = 1e9, sorted = 1e9;
  std::size_t bytes = 0, characters = 0, units = 0;
  for (int round = 0; round < 3; ++round) {
    double at = seconds();
    const suyuan::Sources sources = suyuan::read_paths({argv[1]});
    read = std::min(read, seconds() - at);
    at = seconds();
    std::vector<suyuan::Segmentation> made;
    made.reserve(sources.documents.size());
    for (const suyuan::Document& d : sources.documents) made.push_back(suyuan::segment(d));
    segmented = std::min(segmented, seconds() - at);
    at = seconds();
    units = 0;
    for (std::size_t d = 0; d < made.size(); ++d)
      for (const suyuan::Work& w : made[d].works) units += suyuan::fold(sources.documents[d], w).size();
    folded = std::min(folded, seconds() - at);
    bytes = characters = 0;
    for (const suyuan::Document& d : sources.documents) {
      bytes += suyuan::to_utf8(d.text).size();
      characters += d.text.size();
    }
    std::vector<std::uint64_t> keys(characters);
    std::uint64_t x = 88172645463325252ULL;
    for (std::uint64_t& k : keys) {
      x ^= x << 13;
      x ^= x >> 7;
      x ^= x << 17;
      k = x;
    }
    at = seconds();
    std::sort(keys.begin(), keys.end());
    sorted = std::min(sorted, seconds() - at);
  }
  const double megabytes = static_cast<double>(bytes) / 1e6, all = read + segmented + folded;
  std::cout << megabytes << " MB of UTF-8, " << characters << " characters, " << units << " letters\n"
            << "read " << read << " s, segment " << segmented << " s, fold " << folded << " s: " << megabytes / all
            << " MB/s\n"
            << "std::sort of " << characters << " keys " << sorted << " s; ratio " << all / sorted << "\n";
}
