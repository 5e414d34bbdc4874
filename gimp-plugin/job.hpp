// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include <bifocal/solve.hpp>

namespace plugin {

/// What is known about a running job at one moment.
struct Snapshot {
  bifocal::Phase phase = bifocal::Phase::Preparing;
  double fraction = 0;
  double seconds_left = -1;  ///< below 0: not known yet
  int sweeps = 0;
  bool measured = false;  ///< whether the next two say something
  double residual_max = 0;
  double exact_share = 0;
  std::optional<bifocal::Image8> thumbnail, picture;  ///< only when they are newer than the last snapshot's
};

/// Work in a thread of its own. The thread touches no GIMP, GTK or GEGL: the wire to GIMP has no lock.
class Job {
 public:
  /// What the thread does, with the threads and the progress of these options: bifocal::run over a request, for
  /// example. Where its result goes is its own affair.
  using Work = std::function<void(bifocal::SolveOptions)>;

  Job(Work work, bifocal::SolveOptions options);
  /// Cancels and waits.
  ~Job();
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  bool finished() const { return finished_.load(); }
  /// True when it finished within that time.
  bool wait_for(std::chrono::milliseconds time);
  Snapshot snapshot();
  void stop_and_keep() { ask(bifocal::Verdict::StopAndKeep); }
  void cancel() { ask(bifocal::Verdict::Cancel); }
  /// Also when the work ended before it heard of it.
  bool cancelled() const { return verdict_.load() == bifocal::Verdict::Cancel; }
  /// Waits; throws what the thread threw.
  void finish();

 private:
  void ask(bifocal::Verdict verdict);
  bifocal::Verdict report(const bifocal::Progress& progress);
  void work(const Work& work, bifocal::SolveOptions options);

  std::atomic<bifocal::Verdict> verdict_{bifocal::Verdict::Continue};
  std::atomic<bool> finished_{false};
  std::mutex mutex_;  // guards what follows
  std::condition_variable done_;
  Snapshot snapshot_;
  std::exception_ptr error_;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace plugin
