// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>

#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

namespace bifocal::request {

/// Lowers the contrast of the exact view's picture, t ← mid + s (t − mid) with mid the middle of its darkest and
/// brightest level, by the least that brings it into reach: s is halved into place between a factor that fails and one
/// that the continuous optimum reaches within 0.4 levels. Returns s in (0, 1]; 1 leaves the picture as it is, also when
/// no contrast would do. Progress goes through `options`, as Phase::Planning. Stopped: the best s so far; cancelled:
/// nothing.
std::optional<double> fit_into_reach(Problem& problem, View& exact, const SolveOptions& options);

}  // namespace bifocal::request
