// SPDX-License-Identifier: LGPL-3.0-or-later
// What every solve shares, whichever algorithm it takes: that is chosen and run; its solution becomes bytes, which are
// repaired and reported.
#pragma once
#include "solver/algorithm.hpp"

namespace bifocal::solver {

/// Runs the algorithm that the options name, or the one that suits the problem. Throws Unsupported or InvalidArgument
/// where it cannot. The solution looks at the problem, which must outlive it.
std::unique_ptr<Solution> minimise(const Problem& problem, const SolveOptions& options, Controller& controller);

struct Finish {
  double solved, rounded, checked = 1;  ///< where the phases end, as shares of the whole job
  bool dithered = true;                 ///< rounded with an ordered dither and repaired; else to the nearest levels
  const Image8* cover = nullptr;        ///< a person's, where the problem's is another
};

/// The solution in bytes, repaired where views are to be exact, and what they reached: all of a Result but its seconds.
/// Views without a picture are named and not compared. Once the caller has asked to stop, figures that take long are
/// left out.
Result finish(const Problem& problem, Solution& solution, const SolveOptions& options, Controller& controller,
              const Finish& how);

/// The solution's nearest levels; stopped early, it was perhaps never brought back into the box that a mask leaves.
Image8 nearest_bytes(const Problem& problem, const Solution& solution, const Controller& controller);

/// How the solution was found, and how good it is.
void tell(const Solution& solution, Result& result);

}  // namespace bifocal::solver
