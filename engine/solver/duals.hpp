// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <vector>

#include "solver/fused_sweep.hpp"

namespace bifocal::solver {

/// One grid per view: dual variables, dual gradients and their differences. All have the same shapes.
using Duals = std::vector<Grid>;

double dot(const Duals& a, const Duals& b);
/// y += a x
void add(Duals& y, double a, const Duals& x);
/// a − b
Duals difference(const Duals& a, const Duals& b);
double largest(const Duals& a);

}  // namespace bifocal::solver
