// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/problem.hpp>

namespace bifocal::solver {

/// Which wrong pixels of an exact view no image at all can mend.
///
/// For any multipliers μ on the view's outputs and any x in the box, ⟨μ, D x⟩ <= Σ_j max(lower_j a_j, upper_j a_j) with
/// a = Dᵀμ (Farkas). If ⟨μ, t⟩ − slack · ‖μ‖₁ is larger, no x brings D x within `slack` of t on μ's support. Tried with
/// μ = the residual t − D x of the continuous optimum, patch by connected patch (|residual| > 1/4, one above 1/2).
/// `slack` (levels) is half a level plus what the scaler's own rounding between its passes can add.
///
///   seen     what the continuous optimum shows (picture's shape, levels)
///   map      1 channel, the view's size: wrong pixels are not 0; those in a proven patch become 255
/// Returns the number of pixels that became 255.
std::size_t prove_out_of_reach(const Problem& problem, const View& view, const Image& seen, double slack, Image8& map);

}  // namespace bifocal::solver
