// SPDX-License-Identifier: LGPL-3.0-or-later
// The direct path for one view whose outputs share no pixel (nearest, OpenCV's linear, box and area at whole
// ratios...): every dual variable stands alone, g is a sum of functions of one λ each, and a block of outputs is solved
// while its pixels are near, one after the other.
#pragma once
#include "solver/dual_plan.hpp"

namespace bifocal::solver {

/// Is there one view, and do its outputs share no row and no column?
bool is_disjoint(const DualPlan& plan);

DualChannel solve_disjoint(const DualPlan& plan, const Problem& problem, int channel, const SolveOptions& options,
                           Controller& controller);

}  // namespace bifocal::solver
