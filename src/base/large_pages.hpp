// large_pages.hpp: large arrays that are read at random, in large pages where the system has them: most of what
// such a read costs is then the read.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace suyuan {

// REQUIRES: nothing was written into the memory reserved past the vector's end; what was written stays in small
// pages
template <class T>
void use_large_pages([[maybe_unused]] std::vector<T>& reserved) {
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kWorth = std::size_t{8} << 20;  // bytes
  const std::size_t bytes = reserved.capacity() * sizeof(T);
  if (bytes < kWorth) return;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(reserved.data());
  const std::uintptr_t first = (begin + page - 1) / page * page, last = (begin + bytes) / page * page;
  // Advice: where it is not taken the pages are small.
  if (first < last) (void)madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
}

// The same values in memory of their size.
template <class T>
void pack(std::vector<T>& values) {
  std::vector<T> packed;
  packed.reserve(values.size());
  use_large_pages(packed);
  packed.assign(values.begin(), values.end());
  values.swap(packed);
}

}  // namespace suyuan
