// SPDX-License-Identifier: LGPL-3.0-or-later
// Between the solvers' threads and the caller's progress callback: one call at a time, not too often, and its answer.
#pragma once
#include <atomic>
#include <chrono>
#include <mutex>
#include <vector>

#include <bifocal/solve.hpp>

#include "solver/fused_sweep.hpp"

namespace bifocal::solver {

/// Thrown inside the engine when the caller cancels; `solve` turns it into Outcome::Cancelled.
struct CancelSignal {};

class Controller {
 public:
  explicit Controller(const SolveOptions& options);

  /// The part of the whole job that comes now: fractions given to `tick` run from `from` to `to`.
  void phase(Phase phase, double from, double to);

  struct Figures {
    double fraction = 0;  ///< of the phase
    int sweeps = 0;
    double gap = 1;
    double residual_max = 0;
    double exact_share = 0;
    int channel = 0, channels = 1;  ///< solvers that work channel by channel say which; the worst one speaks for all
  };
  /// Says where things stand. Returns false when the solver should end and keep what it has (the caller asked, or the time
  /// is up). Throws CancelSignal. Any thread.
  bool tick(const Figures& figures);
  /// The same without figures.
  bool tick();
  /// Hands over one channel of the thumbnail as it comes out now (levels); ignored while the last one is still young.
  void thumbnail(int channel, int channels, const Grid& seen);
  void thumbnail(const Image& seen);

  bool watched() const { return static_cast<bool>(options_.progress); }  ///< someone wants figures
  bool stopped() const { return stopped_; }           ///< by the caller: StopAndKeep
  bool out_of_time() const;
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  /// Puts all channels' figures into progress_ and calls the caller, when it is time to.
  bool tell();
  const SolveOptions& options_;
  const Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  Clock::time_point last_call_{};
  Progress progress_;
  double from_ = 0, to_ = 0;
  std::mutex figures_mutex_;
  std::vector<Figures> figures_;  // of each channel that has said something in this phase
  std::vector<bool> heard_;
  Image8 thumbnail_;
  unsigned fresh_ = 0;  // a bit per channel
  std::atomic<bool> stopped_{false};
  std::atomic<bool> cancelled_{false};
};

}  // namespace bifocal::solver
