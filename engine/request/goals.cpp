// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/goals.hpp"

#include <algorithm>
#include <cmath>

namespace bifocal {

Goal goal_of(Appearance appearance) { return appearance == Appearance::Eye ? Goal(EyeGoal()) : PixelsGoal(); }

namespace request {

int planned_iterations(const EyeGoal& goal, Size image) {
  constexpr double kSmall = 0.5e6, kLarge = 4e6, kMost = 40, kFewest = 18;
  if (goal.iterations > 0) return goal.iterations;
  const double pixels = std::clamp(image.area(), kSmall, kLarge);
  return static_cast<int>(
      std::lround(kMost + (kFewest - kMost) * std::log(pixels / kSmall) / std::log(kLarge / kSmall)));
}

int limited(const SolveOptions& options, int planned) {
  return options.max_sweeps > 0 ? std::min(planned, options.max_sweeps) : planned;
}

void apply_norm(const PixelsGoal& goal, Problem& problem) {
  problem.norm = goal.norm;
  if (goal.norm == Norm::Norms)
    for (View& v : problem.views) v.weight = std::sqrt(v.weight);
}

}  // namespace request
}  // namespace bifocal
