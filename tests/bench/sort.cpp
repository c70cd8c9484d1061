// How long std::sort takes for N random 64-bit keys: the yardstick of the benchmark, in seconds of processor time.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <random>
#include <vector>

int main(int argc, char** argv) {
  std::vector<std::uint64_t> keys(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
  std::mt19937_64 random(1);
  for (auto& k : keys) k = random();
  const std::clock_t before = std::clock();
  std::sort(keys.begin(), keys.end());
  std::cout << static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC << '\n';
  return keys.empty() || std::is_sorted(keys.begin(), keys.end()) ? 0 : 1;
}
