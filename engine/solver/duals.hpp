// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <vector>

#include "solver/fused_sweep.hpp"

namespace bifocal::solver {

/// One grid per view: dual variables, dual gradients and their differences. All have the same shapes.
using Duals = std::vector<Grid>;

double dot(const Duals& a, const Duals& b);
/// y += Σ a_i x_i
void add(Duals& y, const std::vector<float>& a, const std::vector<const Duals*>& x);
/// out = a − b; out's memory is used again when its shapes fit.
void subtract(const Duals& a, const Duals& b, Duals& out);
double largest(const Duals& a);

}  // namespace bifocal::solver
