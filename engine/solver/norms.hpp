// SPDX-License-Identifier: LGPL-3.0-or-later
// Distances instead of squares: minimise Σ_k w_k ‖see_k(x) − picture_k‖ over the box, for convex problems.
//   Reweighting (Weiszfeld 1937; Daubechies, DeVore, Fornasier & Güntürk 2010): the squares with the weights
//   w_k / max(‖see_k(x) − picture_k‖, ε_k) at the last x, solved again and again by any algorithm for squares.
//   Certificate: for any λ_k with ‖λ_k‖ <= w_k, and with the pixel-by-pixel views together as w₀ ‖x − c‖,
//     f(z) >= min over the box of w₀ ‖x − c‖ + <v, x>  −  Σ <λ_k, picture_k>,   v = Σ A_kᵀ λ_k,   for all z in the box,
//   whose minimum lies on the path x(s) = clip(c − s v), where s = ‖x(s) − c‖ / w₀.
#pragma once
#include <bifocal/problem.hpp>

#include "solver/problem_function.hpp"

namespace bifocal::solver {

/// The certificate above with λ_k = w_k (see_k(x) − picture_k) / max(‖see_k(x) − picture_k‖, floor_k); floors may be
/// empty (zeros). −infinity without exactly one pixel-by-pixel view.
double norms_bound(const Problem& problem, ProblemFunction& function, const BoxFunction& box, std::span<const double> x,
                   std::span<const double> floors = {});

}  // namespace bifocal::solver
