// parallel.hpp: one loop over numbered tasks on a few threads; each task writes its own slot, so the result
// does not depend on their number.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace suyuan {

template <class Task>
void for_each_index(std::size_t count, unsigned jobs, Task task) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < count;) task(i);
  };
  std::vector<std::jthread> threads;
  for (unsigned n = 1; n < jobs && n < count; ++n) threads.emplace_back(work);
  work();
}

}  // namespace suyuan
