// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <tbb/task_arena.h>

#include "progress/parallel.hpp"

using namespace bifocal;

TEST_CASE("a loop in a loop that is given up is done, or not come back from", "[parallel]") {
  // One body of the outer loop throws while the other's inner loop is at work: TBB then leaves out the rest of that.
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(5);  // with one thread the bodies come one after the other
  std::atomic<bool> inside{false}, unfinished{false};
  tbb::task_arena arena(2);
  const auto both = [&] {
    parallel_for(0, 2, [&](int outer) {
      if (outer == 0) {
        while (!inside && Clock::now() < end) std::this_thread::yield();
        throw std::runtime_error("given up");
      }
      std::atomic<int> done{0};
      parallel_for(0, 1000, [&](int) {
        inside = true;
        while (!tbb::is_current_task_group_canceling() && Clock::now() < end) std::this_thread::yield();
        ++done;
      });
      if (done != 1000) unfinished = true;
    });
  };
  CHECK_THROWS_AS(arena.execute(both), std::runtime_error);
  CHECK_FALSE(unfinished);
}
