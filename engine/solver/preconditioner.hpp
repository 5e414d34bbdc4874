// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <vector>

#include "solver/band_cholesky.hpp"
#include "solver/fused_sweep.hpp"

namespace bifocal::solver {

/// About the inverse of the dual's curvature V Vᵀ ⊗ H Hᵀ + 1/ρ of one view, if nothing is clipped.
/// A view that makes sides smaller has V Vᵀ and H Hᵀ of full rank: (V Vᵀ + ε)⁻¹ ⊗ (H Hᵀ + ε)⁻¹ by banded LDLᵀ.
/// One that enlarges a side (more outputs than samples) has not: on the range of V ⊗ H the pseudo-inverse
/// A (AᵀA)⁻² Aᵀ takes the place of (A Aᵀ)⁻¹; beside it the curvature is 1/ρ alone, and the step is ρ f.
class Preconditioner {
 public:
  Preconditioner(const SeparableOperator& look, double rho);
  /// f ← M f, `scratch` is kept between calls to save allocations.
  void apply(Grid& f, std::vector<float>& scratch) const;

  /// diag(V Vᵀ)(y) · diag(H Hᵀ)(x): the curvature of one output, nothing clipped.
  double diagonal(int y, int x) const { return vertical_.diagonal[y] * horizontal_.diagonal[x]; }

 private:
  struct Axis {
    Axis(const BandedMatrix& a, double ridge);
    /// Columns of grid (outputs x width): the (pseudo-)inverse, and for a tall A the projection on its range.
    void invert(std::vector<float>& grid, int width) const { reduce(grid, width, 2); }
    void project(std::vector<float>& grid, int width) const {
      if (tall) reduce(grid, width, 1);
    }

    bool tall;
    BandedMatrix matrix, transposed;
    BandCholesky factor;           // of A Aᵀ, or AᵀA when tall
    std::vector<double> diagonal;  // of A Aᵀ

   private:
    void reduce(std::vector<float>& grid, int width, int solves) const;
  };

  double rho_;
  Axis vertical_, horizontal_;
};

}  // namespace bifocal::solver
