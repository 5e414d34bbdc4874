// SPDX-License-Identifier: LGPL-3.0-or-later
#include "progress/ask.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <new>
#include <vector>

#include <tbb/info.h>
#include <tbb/task_arena.h>
#include <tbb/task_scheduler_observer.h>

namespace bifocal::progress {
namespace {

/// Shared with threads, which may leave an arena after its work has ended.
struct Running {
  explicit Running(Asked* a) : asked(a) {}
  std::atomic<Asked*> asked;  ///< null once the work has ended
};
using Pointer = std::shared_ptr<Running>;

/// Of this thread: arenas that it is in, the innermost last.
thread_local std::vector<Pointer> arenas;

/// TBB tells it which threads enter and leave the arena.
class Entrances final : public tbb::task_scheduler_observer {
 public:
  Entrances(tbb::task_arena& arena, Pointer running)
      : tbb::task_scheduler_observer(arena), running_(std::move(running)) {
    observe(true);
  }
  ~Entrances() override { observe(false); }
  void on_scheduler_entry(bool) override {
    try {
      arenas.push_back(running_);
    } catch (const std::bad_alloc&) {  // nothing may leave here: this thread does not ask, the others do
    }
  }
  void on_scheduler_exit(bool) override {
    if (const auto last = std::find(arenas.rbegin(), arenas.rend(), running_); last != arenas.rend())
      arenas.erase(last.base() - 1);
  }

 private:
  const Pointer running_;
};

}  // namespace

bool ask() {
  // A thread that was not told of an arena's end still has it on its list.
  while (!arenas.empty() && !arenas.back()->asked.load()) arenas.pop_back();
  return arenas.empty() || arenas.back()->asked.load()->go_on();
}

void run(int threads, Asked& asked, const std::function<void()>& work) {
  const int cores = tbb::info::default_concurrency();
  tbb::task_arena arena(threads > 0 ? std::min(threads, cores) : cores);
  const Pointer running = std::make_shared<Running>(&asked);
  // Also when `work` throws.
  const struct End {
    Running& running;
    ~End() { running.asked = nullptr; }
  } end{*running};
  arena.initialize();  // may throw for want of memory or threads; an observer that had begun to look would crash then
  const Entrances entrances(arena, running);
  arena.execute(work);
}

}  // namespace bifocal::progress
