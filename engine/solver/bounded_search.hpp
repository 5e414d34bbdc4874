// SPDX-License-Identifier: LGPL-3.0-or-later
// A local minimum of a smooth function over a box, near a start.
//   Projected limited-memory BFGS: the variables that sit on a bound and are pushed against it rest; the others take
//   the step of the two-loop recursion (Nocedal 1980, "Updating quasi-Newton matrices with limited storage") built from
//   the differences of free variables only, and the point is projected back onto the box along the way (Bertsekas
//   1982, "Projected Newton methods for optimization problems with simple constraints").
//   Step length: Armijo's condition on the projected path, by safeguarded quadratic interpolation.
#pragma once
#include "solver/box_function.hpp"

namespace bifocal::solver {

struct SearchOptions {
  int memory = 8;  ///< pairs kept, >= 1
  int max_iterations = 1000;
  double gradient_tolerance = 1e-6;  ///< stop when no variable of clip(x − ∇f) − x is larger
  double relative_fall = 2e-9;       ///< ... or when an iteration lowers f by less than this share of max(|f|, 1)
};

struct SearchResult {
  std::vector<double> x;
  double value = 0;
  int iterations = 0;
  bool converged = false;  ///< one of the tolerances was reached; else a limit or the iterations came first
};

/// From `start` (inside the box) downhill. `start_value` is f(start). Never returns a worse point than the start.
SearchResult bounded_search(Meter& meter, std::span<const double> start, double start_value,
                            const SearchOptions& options = {});

}  // namespace bifocal::solver
