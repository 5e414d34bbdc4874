// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/gradient.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <bifocal/error.hpp>

#include "words/words.hpp"

namespace bifocal::solver {

double convex_bound(const BoxFunction& f, std::span<const double> x, double value, std::span<const double> gradient,
                    double modulus) {
  double bound = value;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double g = gradient[i], low = f.lower[i] - x[i], high = f.upper[i] - x[i];
    const double step = modulus > 0 ? std::clamp(-g / modulus, low, high) : (g > 0 ? low : high);
    bound += g * step + 0.5 * std::max(modulus, 0.0) * step * step;
  }
  return bound;
}

GradientResult projected_gradient(const BoxFunction& f, std::span<const double> start, const Limits& limits,
                                  const GradientOptions& o) {
  check(f, start);
  if (!(o.lipschitz > 0)) throw Error(ErrorCode::InvalidArgument, _("the Lipschitz constant must be above 0"));
  const std::size_t n = f.dimension();
  Meter meter(f, limits);
  GradientResult r;
  r.x.assign(start.begin(), start.end());
  r.lower_bound = -std::numeric_limits<double>::infinity();
  std::vector<double> gradient(n), trial(n), trial_gradient(n);
  r.value = meter.value_and_gradient(r.x, gradient);
  double lipschitz = o.lipschitz;
  while (true) {
    if (o.modulus >= 0) {
      r.lower_bound = std::max(r.lower_bound, convex_bound(f, r.x, r.value, gradient, o.modulus));
      r.converged = r.value - r.lower_bound <= o.gap_tolerance * std::fabs(r.value);
    }
    if (r.converged || r.iterations >= o.max_iterations) break;
    if ((r.limit = meter.reached()) != Limit::None) break;
    double slope = 0, square = 0, largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      trial[i] = std::clamp(r.x[i] - gradient[i] / lipschitz, f.lower[i], f.upper[i]);
      const double d = trial[i] - r.x[i];
      slope += gradient[i] * d;
      square += d * d;
      largest = std::max(largest, std::fabs(d));
    }
    const double value = meter.value_and_gradient(trial, trial_gradient);
    // The rounding of large values must not look like a broken bound.
    if (value > r.value + slope + 0.5 * lipschitz * square + 1e-12 * std::fabs(r.value) && largest > 0) {
      lipschitz *= 2;
      continue;
    }
    ++r.iterations;
    r.x.swap(trial);
    gradient.swap(trial_gradient);
    r.value = value;
    if (largest <= o.step_tolerance) {
      r.converged = true;
      break;
    }
  }
  if (meter.best_value() < r.value) {
    r.x = meter.best();
    r.value = meter.best_value();
  }
  r.evaluations = meter.evaluations();
  return r;
}

}  // namespace bifocal::solver
