// SPDX-License-Identifier: LGPL-3.0-or-later
// The accelerated projected gradient for convex problems with Norm::Squares: for views that enlarge, overlap or
// contradict each other, where the dual is badly conditioned. f is quadratic, with f − m/2‖x‖² convex (m: the
// pixel-by-pixel weights).
//
//   y   = x + (θ₀ − 1)/θ (x − x₀)          Nesterov's momentum (Beck & Teboulle 2009)
//   x'  = clip(y − ∇f(y)/L)                ∇f(y) from ∇f(x) and ∇f(x₀), as it is linear: one evaluation a step
//   θ   = 1 when <y − x', x' − x> > 0      restart (O'Donoghue & Candès 2015), channel by channel
//   bound: f(z) >= f(x) + <∇f(x), z − x> + m/2 ‖z − x‖² for all z; the least over the box is reached at
//          z = clip(x − ∇f(x)/m), sample by sample.
//
// L comes from a power iteration and grows when a step shows more curvature.
#pragma once
#include "solver/algorithm.hpp"

namespace bifocal::solver {

std::unique_ptr<Solution> solve_accelerated(const Problem& problem, const SolveOptions& options,
                                            Controller& controller);

/// Whether the dual can solve this convex problem. Its box lies around the picture of the pixel-by-pixel views: with a
/// mask, which lies around the cover, they must want the cover.
bool dual_takes(const Problem& problem);

/// The algorithm of choice for a convex problem: the dual, if it can, for one view that makes the image smaller, this
/// one otherwise.
Algorithm convex_algorithm(const Problem& problem);

}  // namespace bifocal::solver
