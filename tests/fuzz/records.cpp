// Any bytes as a corpus: JSON Lines, a JSON array, CSV, by the first byte.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  if (bytes.empty()) return 0;
  const char form = bytes.front();
  bytes.erase(0, 1);
  suyuan::fuzz::take(std::move(bytes), form == 'a' ? "a.json" : form == 'c' ? "a.csv" : "a.jsonl");
  return 0;
}
