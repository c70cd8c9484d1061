// Any bytes as a text: decoding, lines, works, speech, the fold.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  suyuan::fuzz::take(std::move(bytes), "a.txt");
  return 0;
}
