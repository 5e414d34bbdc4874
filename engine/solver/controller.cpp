// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/controller.hpp"

#include <algorithm>
#include <cmath>

namespace bifocal::solver {
namespace {

constexpr auto kBetweenCalls = std::chrono::milliseconds(40);

std::uint8_t to_level(float v) { return static_cast<std::uint8_t>(std::clamp(std::floor(v + 0.5f), 0.f, 255.f)); }

}  // namespace

Controller::Controller(const SolveOptions& options) : options_(options) {}

void Controller::phase(Phase phase, double from, double to) {
  {
    const std::lock_guard lock(mutex_);
    progress_.phase = phase;
    from_ = from;
    to_ = to;
    last_call_ = {};  // a new phase is always told
  }
  tick();
}

bool Controller::tick() {
  Figures f;
  {
    const std::lock_guard lock(mutex_);
    f = {0, progress_.sweeps, progress_.gap, progress_.residual_max, progress_.exact_share};
  }
  return tick(f);
}

bool Controller::tick(const Figures& f) {
  if (cancelled_) throw CancelSignal{};
  if (options_.progress) {
    const std::unique_lock lock(mutex_, std::try_to_lock);  // a callback under way elsewhere is told enough
    const auto now = Clock::now();
    if (lock && now - last_call_ >= kBetweenCalls) {
      last_call_ = now;
      progress_.fraction = std::max(progress_.fraction, from_ + (to_ - from_) * std::clamp(f.fraction, 0.0, 1.0));
      progress_.sweeps = f.sweeps;
      progress_.gap = f.gap;
      progress_.residual_max = f.residual_max;
      progress_.exact_share = f.exact_share;
      const bool whole = !thumbnail_.empty() && fresh_ == (1u << thumbnail_.channels()) - 1;
      progress_.thumbnail = whole ? &thumbnail_ : nullptr;
      if (whole) fresh_ = 0;
      const Verdict verdict = options_.progress(progress_);
      if (verdict == Verdict::Cancel) cancelled_ = true;
      if (verdict == Verdict::StopAndKeep) stopped_ = true;
    }
  }
  if (cancelled_) throw CancelSignal{};
  return !stopped_ && !out_of_time();
}

void Controller::thumbnail(int channel, int channels, const Grid& seen) {
  if (!options_.progress) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
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
  if (!lock) return;
  thumbnail_ = to_bytes(seen);
  fresh_ = (1u << seen.channels()) - 1;
}

bool Controller::out_of_time() const { return options_.max_seconds > 0 && seconds() > options_.max_seconds; }

double Controller::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

}  // namespace bifocal::solver
