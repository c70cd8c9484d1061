// target.hpp: what the targets share. Each is a function from bytes; finding nothing is all that it returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "read/pdf.hpp"
#include "suyuan/fold.hpp"
#include "suyuan/index.hpp"
#include "suyuan/read.hpp"
#include "suyuan/segment.hpp"

int target(std::string bytes);

namespace suyuan::fuzz {

// The steps after reading are total: whatever was read, they take.
inline void take(Sources sources) {
  for (const Document& d : sources.documents) {
    for (const Markup& m : d.markup)
      if (m.span.begin > m.span.end || m.span.end > d.text.size()) __builtin_trap();
    if (!d.text.empty()) static_cast<void>(d.position(static_cast<std::uint32_t>(d.text.size() - 1)));
  }
  static_cast<void>(build_corpus(std::move(sources)));
}

// Bytes that only another program reads are refused: none is found.
inline void take(std::string bytes, const char* name) {
  static const int kAlone = ::setenv("PATH", "", 1);
  static_cast<void>(kAlone);
  take(read_bytes(std::move(bytes), name));
}

}  // namespace suyuan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return target(std::string(reinterpret_cast<const char*>(data), size));
}
