// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

namespace bifocal::request {

/// Lowers the contrast of the exact view's picture, t ← mid + s (t − mid) with mid the middle of its darkest and brightest
/// level, by the least that brings it into reach: s is halved into place between a factor that fails and one that the
/// continuous optimum reaches within 0.4 levels. Returns s in (0, 1]; 1 leaves the picture as it is.
/// Progress and stopping go through `options`, as Phase::Planning; cancelled: 0.
double fit_into_reach(Problem& problem, View& exact, const SolveOptions& options);

}  // namespace bifocal::request
