// SPDX-License-Identifier: LGPL-3.0-or-later
// Plain projected gradient: slow, and simple enough to trust. The tests measure the others against it.
//   x⁺ = clip(x − ∇f(x) / L),  with L doubled as long as f(x⁺) > f(x) + <∇f, x⁺ − x> + L/2 ‖x⁺ − x‖²
//   (so for a gradient with a known Lipschitz constant the given L is kept). Beck & Teboulle 2009, section 1.3.
// For a convex f with modulus m >= 0 (f − m/2 ‖x‖² convex) every point carries a certificate:
//   f(z) >= f(x) + Σ_i min over [lower_i, upper_i] of g_i (z_i − x_i) + m/2 (z_i − x_i)²   for all z in the box.
#pragma once
#include "solver/box_function.hpp"

namespace bifocal::solver {

struct GradientOptions {
  double lipschitz = 1;  ///< L to begin with, > 0
  double modulus = -1;   ///< m; negative: f is not known to be convex, and there is no bound
  int max_iterations = 100000;
  double gap_tolerance = 1e-6;  ///< stop when (f − bound) / f is below
  double step_tolerance = 0;    ///< or when no variable moved by more
};

struct GradientResult {
  std::vector<double> x;
  double value = 0;
  double lower_bound = 0;  ///< the best certificate seen; -infinity when there is none
  int iterations = 0;
  long evaluations = 0;
  bool converged = false;
  Limit limit = Limit::None;
};

GradientResult projected_gradient(const BoxFunction& function, std::span<const double> start, const Limits& limits,
                                  const GradientOptions& options);

/// The certificate above, for a value and gradient at x.
double convex_bound(const BoxFunction& function, std::span<const double> x, double value,
                    std::span<const double> gradient, double modulus);

}  // namespace bifocal::solver
