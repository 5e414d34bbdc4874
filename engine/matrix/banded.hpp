// SPDX-License-Identifier: LGPL-3.0-or-later
// What resampling matrices are asked for besides what BandedMatrix itself offers.
#pragma once
#include <bifocal/operator.hpp>

namespace bifocal::matrix {

/// The product left · right of two banded matrices (first `right`, then `left`).
BandedMatrix product(const BandedMatrix& left, const BandedMatrix& right);

/// The largest Σ |weight| of a row, ‖matrix‖∞.
double largest_sum(const BandedMatrix& matrix);

/// Mean over the rows of the sum of squared weights.
double mean_square(const BandedMatrix& matrix);

}  // namespace bifocal::matrix
