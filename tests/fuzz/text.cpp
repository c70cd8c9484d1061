// Any bytes as a text: decoding, lines, works, speech, the fold.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  // Those forms are read by other programs.
  if (suyuan::is_pdf(bytes) || suyuan::old_form(bytes)) return 0;
  suyuan::fuzz::take(suyuan::read_bytes(std::move(bytes), "a.txt"));
  return 0;
}
