// Any bytes as a page.
#include "fuzz/target.hpp"

int target(std::string bytes) {
  suyuan::fuzz::take("<!doctype html><html><body>" + bytes, "a.html");
  return 0;
}
