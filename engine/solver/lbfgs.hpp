// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Projected L-BFGS: minimises any problem of views over its box, also where it is not convex.
//   d = −H g on the free samples (those not held at a bound by the gradient), x⁺ = clip(x + t d), t = 1, ½·t … until
//   f(x⁺) <= f(x) + 1e-4 ⟨g, x⁺ − x⟩.
// H is the limited-memory inverse Hessian (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4), applied
// in the basis {s, y, g} so that one iteration reads each stored vector twice (Chen et al., NIPS 2014); free samples
// and projection as in Schmidt et al., AISTATS 2009. Same bytes on any number of threads.
#include <functional>
#include <string>

#include <bifocal/problem.hpp>

namespace bifocal::solver {

struct LbfgsOptions {
  int memory = 5;            ///< pairs kept, 1..20
  int iterations = 60;       ///< > 0
  double tolerance = 1e-6;   ///< stop when an iteration lowers the objective by less than this share
  long max_evaluations = 0;  ///< 0: no limit
};

struct LbfgsState {
  int iteration = 0;
  long evaluations = 0;
  double objective = 0;
  const Image* x = nullptr;
};

struct LbfgsResult {
  Image x;
  double objective = 0;
  int iterations = 0;
  long evaluations = 0;
  bool interrupted = false;  ///< `proceed` said no
  bool converged = false;
  const char* why_stopped = "";  ///< unless interrupted
};

/// Starts at problem.start (else at the cover). `proceed` is called after each iteration; false ends the solve with the
/// best so far. Runs in the caller's TBB arena.
LbfgsResult lbfgs(const Problem& problem, const LbfgsOptions& options,
                  const std::function<bool(const LbfgsState&)>& proceed = {});

}  // namespace bifocal::solver
