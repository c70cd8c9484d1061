// Any bytes as a corpus: JSON Lines, a JSON array, CSV, by the first byte.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  if (bytes.empty()) return 0;
  const char form = bytes.front();
  bytes.erase(0, 1);
  if (suyuan::is_pdf(bytes) || suyuan::old_form(bytes)) return 0;
  suyuan::fuzz::take(suyuan::read_bytes(std::move(bytes), form == 'a'   ? "a.json"
                                                          : form == 'c' ? "a.csv"
                                                                        : "a.jsonl"));
  return 0;
}
