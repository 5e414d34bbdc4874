// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <vector>

#include <bifocal/operator.hpp>

namespace bifocal::solver {

/// L D Lᵀ of the banded, positive definite matrix A Aᵀ + ridge · mean(diag A Aᵀ) · I, for A banded.
class BandCholesky {
 public:
  BandCholesky(const BandedMatrix& a, double ridge);
  int size() const { return size_; }
  /// Solves for every column of a size x width grid, in place.
  void solve(float* grid, int width) const;

 private:
  int size_ = 0;
  int band_ = 0;                // subdiagonals
  std::vector<float> lower_;    // size x band: L(i, i-1), L(i, i-2), ...
  std::vector<float> inverse_;  // 1 / D
};

}  // namespace bifocal::solver
