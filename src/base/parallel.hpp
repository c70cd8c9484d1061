// parallel.hpp: one loop over numbered tasks on a few threads; each task writes its own slot, so the result
// does not depend on their number.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace suyuan {

// What a task throws ends the loop, and is thrown here.
template <class Task>
void for_each_index(std::size_t count, unsigned jobs, Task task) {
  std::atomic<std::size_t> next{0};
  std::atomic_flag failed;
  std::exception_ptr fault;
  const auto work = [&] {
    try {
      for (std::size_t i; (i = next.fetch_add(1)) < count;) task(i);
    } catch (...) {
      if (!failed.test_and_set()) fault = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned n = 1; n < jobs && n < count; ++n) threads.emplace_back(work);
    work();
  }
  if (fault) std::rethrow_exception(fault);
}

}  // namespace suyuan
