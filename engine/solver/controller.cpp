// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/controller.hpp"

#include <algorithm>
#include <cmath>

#include "words/words.hpp"

namespace bifocal::solver {
namespace {

/// Before so much of what is left is done, nobody knows how long it takes.
constexpr double kLeastKnown = 0.01;
constexpr int kPictureShare = 20;

std::uint8_t to_level(float v) { return static_cast<std::uint8_t>(std::clamp(std::floor(v + 0.5f), 0.f, 255.f)); }

}  // namespace

Timing& timing() {
  static Timing t;
  return t;
}

PictureClock::PictureClock(bool at_once) : next_(Clock::now()) {
  if (!at_once) next_ += timing().between_pictures;
}

void PictureClock::set_next(Clock::time_point begin) {
  const auto between = timing().between_pictures;
  const auto now = Clock::now();
  next_ = between.count() == 0 ? now : begin + std::max<Clock::duration>(between, kPictureShare * (now - begin));
}

Result cancelled() {
  Result r;
  r.outcome = Outcome::Cancelled;
  r.why_stopped = _("the caller cancelled");
  return r;
}

Result controlled(const SolveOptions& options, const std::function<Result(Controller&)>& work) {
  Controller controller(options);
  Result result;
  if (!controller.run([&] { result = work(controller); })) result = cancelled();
  if (controller.stopped() && result.outcome != Outcome::Cancelled)
    result.outcome = Outcome::Stopped, result.why_stopped = _(kStopped);
  result.seconds = controller.seconds();
  return result;
}

Controller::Controller(const SolveOptions& options) : options_(options) {}

bool Controller::run(const std::function<void()>& work) {
  try {
    progress::run(options_.threads, *this, work);
    return true;
  } catch (const CancelSignal&) {
    return false;
  }
}

void Controller::phase(Phase phase, double from, double to) {
  {
    const std::lock_guard lock(mutex_);
    progress_.phase = phase;
    from_ = phase_from_ = from;
    to_ = phase_to_ = to;
    aside_ = false;
    last_call_ = {};  // a new phase is always told
    const std::lock_guard figures_lock(figures_mutex_);
    figures_.clear();
    heard_.clear();
    progress_.measured = false;
  }
  tick();
}

void Controller::step(double from, double to, bool aside) {
  const std::lock_guard lock(mutex_);
  from_ = phase_from_ + from * (phase_to_ - phase_from_);
  to_ = phase_from_ + to * (phase_to_ - phase_from_);
  aside_ = aside;
  const std::lock_guard figures_lock(figures_mutex_);
  figures_.clear();
  heard_.clear();
  progress_.measured = false;
}

bool Controller::tick() { return tell(); }

void Controller::done(double fraction) { tick({.fraction = fraction}); }

bool Controller::go_on() {
  const bool on = tell();
  if (const auto grace = grace_.load();
      grace >= 0 && stopped_ && (Clock::now() - start_).count() - stopped_at_ >= grace)
    throw progress::LeaveOutSignal{};
  return on;
}

ProgressCallback Controller::part(double from, double to, std::optional<Phase> as) {
  return [this, from, to, as](const Progress& inner) {
    const std::lock_guard lock(mutex_);
    const double before = progress_.fraction;
    progress_ = inner;
    if (as) progress_.phase = *as;
    progress_.fraction = std::max(before, from + (to - from) * inner.fraction);
    last_call_ = Clock::now();
    return call();
  };
}

bool Controller::tick(const Figures& f) {
  {
    const std::lock_guard lock(figures_mutex_);
    figures_.resize(f.channels);
    heard_.resize(f.channels);
    figures_[f.channel] = f;
    heard_[f.channel] = true;
  }
  return tell();
}

bool Controller::tell() {
  if (cancelled_) throw CancelSignal{};
  if (options_.progress) {
    const std::unique_lock lock(mutex_, std::try_to_lock);  // a callback under way elsewhere is told enough
    const auto now = Clock::now();
    if (lock && now - last_call_ >= timing().between_calls) {
      last_call_ = now;
      {
        const std::lock_guard figures_lock(figures_mutex_);
        double fraction = 0, gap = 0, residual = 0, share = 1;
        bool measured = !figures_.empty();
        for (std::size_t c = 0; c < figures_.size(); ++c) {
          const Figures& f = figures_[c];  // of a channel that has not begun: nothing done, nothing right
          fraction += std::clamp(f.fraction, 0.0, 1.0) / figures_.size();
          gap = std::max(gap, f.gap);
          share = std::min(share, f.exact_share);
          measured = measured && (f.measured || !heard_[c]);
          if (heard_[c]) residual = std::max(residual, f.residual_max);
          progress_.sweeps = std::max(progress_.sweeps, f.sweeps);
        }
        if (!figures_.empty()) {
          progress_.gap = gap;
          progress_.residual_max = residual;
          progress_.exact_share = share;
          progress_.measured = measured;
        }
        progress_.fraction = std::max(progress_.fraction, from_ + (to_ - from_) * fraction);
      }
      const bool whole = !thumbnail_.empty() && fresh_ == (1u << thumbnail_.channels()) - 1;
      progress_.thumbnail = whole ? &thumbnail_ : nullptr;
      if (whole) fresh_ = 0;
      const bool all = !picture_.empty() && fresh_picture_ == (1u << picture_.channels()) - 1;
      progress_.picture = all ? &picture_ : nullptr;
      if (all) fresh_picture_ = 0;
      call();
    }
  }
  if (cancelled_) throw CancelSignal{};
  return !stopped_ && !out_of_time();
}

double Controller::seconds_left() {
  const auto now = Clock::now();
  const double f = progress_.fraction;
  if (progress_.phase != timed_) {
    timed_ = progress_.phase;
    timed_from_ = f;
    timed_since_ = now;
  }
  const auto since = [now](Clock::time_point begin) { return std::chrono::duration<double>(now - begin).count(); };
  // The shares of phases are but a model: once there is one, the pace of the present phase is what counts.
  if (now - timed_since_ >= timing().before_estimates)
    return f - timed_from_ >= kLeastKnown * (1 - timed_from_) ? since(timed_since_) * (1 - f) / (f - timed_from_) : -1;
  return now - start_ >= timing().before_estimates && f >= kLeastKnown ? since(start_) * (1 - f) / f : -1;
}

Verdict Controller::call() {
  // Never anew what was said already: a caller that has cancelled stays cancelled.
  if (cancelled_) return Verdict::Cancel;
  progress_.seconds_left = seconds_left();
  const Verdict verdict = options_.progress ? options_.progress(progress_) : Verdict::Continue;
  progress_.thumbnail = progress_.picture = nullptr;
  if (verdict == Verdict::Cancel) cancelled_ = true;
  if (verdict == Verdict::StopAndKeep && !stopped_) {
    stopped_at_ = (Clock::now() - start_).count();
    stopped_ = true;
  }
  return cancelled_ ? Verdict::Cancel : stopped_ ? Verdict::StopAndKeep : Verdict::Continue;
}

void Controller::thumbnail(int channel, int channels, const Grid& seen) {
  if (!options_.progress) return;
  const std::lock_guard lock(mutex_);  // waits: a channel that were left out could leave the whole unseen
  if (aside_) return;
  if (thumbnail_.size() != Size{seen.width, seen.height} || thumbnail_.channels() != channels) {
    thumbnail_ = Image8(seen.height, seen.width, channels);
    fresh_ = 0;
  }
  for (int y = 0; y < seen.height; ++y)
    std::transform(seen.row(y), seen.row(y) + seen.width, thumbnail_.plane(channel).row(y), to_level);
  fresh_ |= 1u << channel;
}

void Controller::thumbnail(const Image& seen) {
  if (!options_.progress) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || aside_) return;
  thumbnail_ = to_bytes(seen);
  fresh_ = (1u << seen.channels()) - 1;
}

void Controller::picture(int channel, int channels, const Image8& seen) {
  if (!options_.progress) return;
  const std::lock_guard lock(mutex_);
  if (aside_) return;
  if (picture_.size() != seen.size() || picture_.channels() != channels) {
    picture_ = Image8(seen.height(), seen.width(), channels);
    fresh_picture_ = 0;
  }
  for (int y = 0; y < seen.height(); ++y)
    std::copy_n(seen.plane(0).row(y), seen.width(), picture_.plane(channel).row(y));
  fresh_picture_ |= 1u << channel;
}

void Controller::picture(Image8 seen) {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || !options_.progress || aside_) return;
  fresh_picture_ = (1u << seen.channels()) - 1;
  picture_ = std::move(seen);
}

bool Controller::out_of_time() const {
  return !timeless_ && options_.max_seconds > 0 && seconds() > options_.max_seconds;
}

double Controller::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

}  // namespace bifocal::solver
