// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <atomic>
#include <functional>

#include "solver/controller.hpp"

namespace bifocal::reveal_parts {

/// Called between small pieces of work, from any thread. Throws solver::CancelSignal.
using Step = std::function<void()>;

/// Counts the steps of one phase after the other, each with its share of the whole.
class Watch {
 public:
  Watch(const SolveOptions& options, Phase phase) : controller_(options), phase_(phase) {}

  /// `steps` calls of the function that is returned take the fraction from where it is to `to`. One phase at a time.
  Step until(double to, std::size_t steps) {
    controller_.phase(phase_, from_, to);
    from_ = to;
    done_ = 0;
    steps_ = steps;
    return [this] {
      const std::size_t done = ++done_;
      if (!controller_.tick({.fraction = steps_ ? static_cast<double>(done) / steps_ : 1}))
        throw solver::CancelSignal{};
    };
  }

 private:
  solver::Controller controller_;
  Phase phase_;
  double from_ = 0;
  std::size_t steps_ = 0;
  std::atomic<std::size_t> done_{0};
};

}  // namespace bifocal::reveal_parts
