// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <mutex>
#include <optional>

#include <bifocal/request.hpp>

#include "progress/ask.hpp"
#include "request/fit.hpp"
#include "request/goals.hpp"

namespace bifocal::request {

/// Asks the caller while make_problem() plans: any answer but Continue leaves early with what there is.
class Planner final : public progress::Asked {
 public:
  explicit Planner(const SolveOptions& options) : options_(options) {}
  bool go_on() override {
    const std::lock_guard lock(mutex_);
    on_ = on_ && (!options_.progress || options_.progress({.phase = Phase::Planning}) == Verdict::Continue);
    return on_;
  }

 private:
  const SolveOptions& options_;
  std::mutex mutex_;
  bool on_ = true;
};

/// At balance 0 the cover stays as it is, whatever it should look like.
inline bool to_the_eye(const Request& request) {
  return std::holds_alternative<EyeGoal>(request.goal) && request.balance > 0;
}

/// A request, checked and read.
struct Parts {
  Scaler scaler;
  EyeGoal goal;               ///< as it is when nobody sets it, pixel by pixel
  Fitted target;              ///< at the small size
  std::optional<Image> mask;  ///< the selection, 0..1
  FileKind file;              ///< the scaler is as it reads such a file
};

/// The target's scaler, as it reads the request's kind of file. Throws UnknownScaler, for kAnyScaler, too.
Scaler scaler_of(const Request& request, const Target& target);

/// The same, or for kAnyScaler the one that stands for all.
Scaler scaler_or_usual(const Request& request, const Target& target);
/// Whether a scaler sees what an eye sees.
inline bool averages_light(const Scaler& scaler) { return scaler.info().light == Light::Linear; }
/// By averaging, to a smaller size.
Image8 averaged(const Image8& image, Size to);

/// A request of one thumbnail. Throws Error with a message for the user.
Parts take_apart(const Request& request);

}  // namespace bifocal::request
