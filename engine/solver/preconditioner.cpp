// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/preconditioner.hpp"

#include <algorithm>
#include <cmath>

#include "hot/hot.hpp"
#include "matrix/banded.hpp"

namespace bifocal::solver {
namespace {

/// grid ← A grid, columns side by side.
void multiply(const BandedMatrix& a, std::vector<float>& grid, int width) {
  std::vector<float> out(static_cast<std::size_t>(a.rows()) * width, 0.f);
  for (int r = 0; r < a.rows(); ++r)
    for (int k = 0; k < a.count(r); ++k) {
      const float w = static_cast<float>(a.weights(r)[k]);
      const float* from = grid.data() + static_cast<std::size_t>(a.first(r) + k) * width;
      float* to = out.data() + static_cast<std::size_t>(r) * width;
      for (int x = 0; x < width; ++x) to[x] += w * from[x];
    }
  grid = std::move(out);
}

/// 1/ρ over the mean curvature, spread over both factors.
double ridge_of(const SeparableOperator& look, double rho) {
  const double relative = 1 / (rho * matrix::mean_square(look.vertical) * matrix::mean_square(look.horizontal));
  return std::sqrt(1 + std::clamp(relative, 1e-6, 1e6)) - 1;
}

}  // namespace

Preconditioner::Axis::Axis(const BandedMatrix& a, double ridge)
    : tall(a.rows() > a.columns()), matrix(a), transposed(a.transposed()),
      factor(tall ? transposed : matrix, std::max(ridge, 1e-6)) {
  for (int r = 0; r < a.rows(); ++r) {
    double sum = 0;
    for (double w : a.weights(r)) sum += w * w;
    diagonal.push_back(sum);
  }
}

void Preconditioner::Axis::reduce(std::vector<float>& grid, int width, int solves) const {
  if (!tall) return factor.solve(grid.data(), width);
  multiply(transposed, grid, width);
  for (int i = 0; i < solves; ++i) factor.solve(grid.data(), width);
  multiply(matrix, grid, width);
}

Preconditioner::Preconditioner(const SeparableOperator& look, double rho)
    : rho_(rho), vertical_(look.vertical, ridge_of(look, rho)), horizontal_(look.horizontal, ridge_of(look, rho)) {}

void Preconditioner::apply(Grid& f, std::vector<float>& scratch) const {
  const auto along_rows = [&](std::vector<float>& grid, auto&& what) {
    scratch.resize(grid.size());
    hot::loops().transpose(grid.data(), f.height, f.width, scratch.data());
    what(scratch, f.height);
    hot::loops().transpose(scratch.data(), f.width, f.height, grid.data());
  };
  const bool enlarges = vertical_.tall || horizontal_.tall;
  std::vector<float> beside = enlarges ? f.v : std::vector<float>();
  if (enlarges) {
    std::vector<float> range = f.v;
    vertical_.project(range, f.width);
    along_rows(range, [&](std::vector<float>& grid, int width) { horizontal_.project(grid, width); });
    for (std::size_t i = 0; i < range.size(); ++i) beside[i] -= range[i];
  }
  vertical_.invert(f.v, f.width);
  along_rows(f.v, [&](std::vector<float>& grid, int width) { horizontal_.invert(grid, width); });
  for (std::size_t i = 0; i < beside.size(); ++i) f.v[i] += static_cast<float>(rho_) * beside[i];
}

}  // namespace bifocal::solver
