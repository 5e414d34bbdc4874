// SPDX-License-Identifier: LGPL-3.0-or-later
#include "job.hpp"

#include <utility>

namespace plugin {

Job::Job(Work work, bifocal::SolveOptions options) {
  options.progress = [this](const bifocal::Progress& progress) { return report(progress); };
  thread_ = std::thread([this, work = std::move(work), options = std::move(options)] { this->work(work, options); });
}

Job::~Job() {
  cancel();
  if (thread_.joinable()) thread_.join();
}

void Job::ask(bifocal::Verdict verdict) {
  // A cancel is final; "stop and keep" must not undo it.
  bifocal::Verdict expected = bifocal::Verdict::Continue;
  if (verdict == bifocal::Verdict::Cancel)
    verdict_.store(verdict);
  else
    verdict_.compare_exchange_strong(expected, verdict);
}

bifocal::Verdict Job::report(const bifocal::Progress& progress) {
  try {
    const std::lock_guard lock(mutex_);
    snapshot_.phase = progress.phase;
    snapshot_.fraction = progress.fraction;
    snapshot_.seconds_left = progress.seconds_left;
    snapshot_.sweeps = progress.sweeps;
    snapshot_.measured = progress.measured;
    snapshot_.residual_max = progress.residual_max;
    snapshot_.exact_share = progress.exact_share;
    if (progress.thumbnail) snapshot_.thumbnail = *progress.thumbnail;
    if (progress.picture) snapshot_.picture = *progress.picture;
  } catch (...) {
    // A picture less to show is no reason to lose the work; the callback must not throw.
  }
  return verdict_.load();
}

void Job::work(const Work& work, bifocal::SolveOptions options) {
  std::exception_ptr error;
  try {
    work(std::move(options));
  } catch (...) {
    error = std::current_exception();
  }
  {
    const std::lock_guard lock(mutex_);
    error_ = error;
    finished_.store(true);
  }
  done_.notify_all();
}

bool Job::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return done_.wait_for(lock, time, [this] { return finished_.load(); });
}

Snapshot Job::snapshot() {
  const std::lock_guard lock(mutex_);
  Snapshot now = snapshot_;
  snapshot_.thumbnail.reset();
  snapshot_.picture.reset();
  return now;
}

void Job::finish() {
  if (thread_.joinable()) thread_.join();
  if (error_) std::rethrow_exception(error_);
}

}  // namespace plugin
