// SPDX-License-Identifier: LGPL-3.0-or-later
// Between the work's threads and the caller's progress callback: one call at a time, not too often, and its answer.
#pragma once
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include <bifocal/solve.hpp>

#include "progress/ask.hpp"
#include "solver/fused_sweep.hpp"
#include "words/words.hpp"

namespace bifocal::solver {

using progress::CancelSignal;

/// Outcome::Cancelled, and no image.
Result cancelled();

/// How a loop ended, in words that follow "it ended, as".
struct Ending {
  Outcome outcome;
  const char* why;
};
inline constexpr const char* kStopped = N_("the caller asked to stop");
inline constexpr Ending kSweepsUsed{Outcome::LimitReached, N_("the limit of sweeps was reached")};
inline constexpr Ending kGapClosed{Outcome::Solved, N_("the duality gap is small enough")};

/// Tests set all to 0, to depend on no clock.
struct Timing {
  std::chrono::milliseconds between_calls{40};
  std::chrono::milliseconds after_stop{300};         ///< that figures of a report may still take
  std::chrono::milliseconds between_pictures{300};   ///< of the work, to be shown while it goes on
  std::chrono::milliseconds before_estimates{1000};  ///< of the time that is left
};
Timing& timing();

/// When a picture of the work is due: every Timing::between_pictures, and never so often that pictures take more than a
/// twentieth of the time. For one thread.
class PictureClock {
 public:
  /// `at_once`: the first one is due now.
  explicit PictureClock(bool at_once);
  /// Does it, if it is time to.
  template <class Paint>
  void when_due(const Paint& paint) {
    const auto begin = Clock::now();
    if (begin < next_) return;
    paint();
    set_next(begin);
  }

 private:
  using Clock = std::chrono::steady_clock;
  void set_next(Clock::time_point begin);
  Clock::time_point next_;
};

/// progress::run() makes it the one whom loops ask.
class Controller final : public progress::Asked {
 public:
  explicit Controller(const SolveOptions& options);

  /// `work` in an arena of the options' threads, where its loops ask this. False: it was cancelled.
  bool run(const std::function<void()>& work);

  /// The part of the whole job that comes now: fractions given to `tick` run from `from` to `to`.
  void phase(Phase phase, double from, double to);
  /// The part of this phase that comes now; `aside`: what it shows is none of the result's pictures.
  void step(double from, double to, bool aside = false);
  /// How much of the phase is done, 0..1, where that is all there is to say.
  void done(double fraction);
  /// For work inside this one that tells progress by itself: it becomes the part `from`..`to` of the whole, all of it
  /// called `as`, if given. Outlived by the controller.
  ProgressCallback part(double from, double to, std::optional<Phase> as = {});

  /// For pictures of all channels together, by the thread that leads the work; nothing where nobody watches.
  template <class Paint>
  void when_picture_due(const Paint& paint) {
    if (watched()) pictures_.when_due(paint);
  }

  struct Figures {
    double fraction = 0;  ///< of the phase
    int sweeps = 0;
    double gap = 1;
    double residual_max = 0;
    double exact_share = 0;
    int channel = 0, channels = 1;  ///< solvers that work channel by channel say which; the worst one speaks for all
    bool measured = false;          ///< Progress::measured
  };
  /// Says where things stand. Returns false when the solver should end and keep what it has (the caller asked, or the
  /// time is up). Throws CancelSignal. Any thread.
  bool tick(const Figures& figures);
  /// The same without figures.
  bool tick();
  bool go_on() override;
  /// Does what a result can do without. False: the caller had asked to stop for longer than `grace`, and it was given
  /// up.
  template <class Work>
  bool spare(std::chrono::milliseconds grace, const Work& work);
  /// Hands over one channel of the thumbnail as it comes out now (levels); ignored while the last one is still young.
  void thumbnail(int channel, int channels, const Grid& seen);
  void thumbnail(const Image& seen);
  /// The same of Progress::picture.
  void picture(int channel, int channels, const Image8& seen);
  void picture(Image8 seen);

  bool watched() const { return static_cast<bool>(options_.progress); }  ///< someone wants figures
  bool stopped() const { return stopped_; }                              ///< by the caller: StopAndKeep
  bool cancelled() const { return cancelled_; }
  bool out_of_time() const;
  /// From now on the work takes the time that it takes: SolveOptions::max_seconds has had its effect.
  void forget_time() { timeless_ = true; }
  double seconds() const;
  /// Why tick() has said no.
  Ending ending() const {
    return stopped_ ? Ending{Outcome::Stopped, kStopped}
                    : Ending{Outcome::LimitReached, N_("the time limit was reached")};
  }

 private:
  using Clock = std::chrono::steady_clock;
  /// Puts all channels' figures into progress_ and calls the caller, when it is time to.
  bool tell();
  /// What progress_ lets expect; below 0: nothing.
  double seconds_left();
  /// Calls the caller with progress_; mutex_ is held.
  Verdict call();
  const SolveOptions& options_;
  const Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  Clock::time_point last_call_{};
  Progress progress_;
  double from_ = 0, to_ = 0;              // of what `tick` is told
  double phase_from_ = 0, phase_to_ = 0;  // of the phase, which has it
  bool aside_ = false;
  Phase timed_ = Phase::Preparing;  // the phase whose pace tells the time that is left,
  double timed_from_ = 0;           // what was done when it began,
  Clock::time_point timed_since_ = start_;
  std::mutex figures_mutex_;
  std::vector<Figures> figures_;  // of each channel that has said something in this phase
  std::vector<bool> heard_;
  Image8 thumbnail_;
  unsigned fresh_ = 0;  // a bit per channel
  Image8 picture_;
  unsigned fresh_picture_ = 0;
  PictureClock pictures_{true};
  std::atomic<bool> stopped_{false}, timeless_{false};
  std::atomic<bool> cancelled_{false};
  std::atomic<Clock::rep> stopped_at_{0};  // since the start
  std::atomic<Clock::rep> grace_{-1};      // of what is spared now; below 0: nothing is
};

/// `work` in an arena of options.threads, where its loops ask a controller. A cancel becomes Outcome::Cancelled.
Result controlled(const SolveOptions& options, const std::function<Result(Controller&)>& work);

template <class Work>
bool Controller::spare(std::chrono::milliseconds grace, const Work& work) {
  const struct Restore {
    std::atomic<Clock::rep>& at;
    const Clock::rep before;
    ~Restore() { at = before; }
  } restore{grace_, grace_.exchange(std::chrono::duration_cast<Clock::duration>(grace).count())};
  try {
    work();
    return true;
  } catch (const progress::LeaveOutSignal&) {
    return false;
  }
}

}  // namespace bifocal::solver
