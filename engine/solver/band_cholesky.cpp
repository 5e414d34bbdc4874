// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/band_cholesky.hpp"

#include <algorithm>

#include "hot/hot.hpp"

namespace bifocal::solver {
namespace {

double row_product(const BandedMatrix& a, int r, int s) {
  const int low = std::max(a.first(r), a.first(s));
  const int high = std::min(a.first(r) + a.count(r), a.first(s) + a.count(s));
  double sum = 0;
  for (int c = low; c < high; ++c) sum += a.weights(r)[c - a.first(r)] * a.weights(s)[c - a.first(s)];
  return sum;
}

}  // namespace

BandCholesky::BandCholesky(const BandedMatrix& a, double ridge) : size_(a.rows()) {
  std::vector<double> diagonal;
  double mean_diagonal = 0;
  for (int r = 0; r < size_; ++r) {
    diagonal.push_back(row_product(a, r, r));
    mean_diagonal += diagonal.back() / size_;
    // Rows that overlap row r: their first column grows with them.
    int s = r;
    while (s > 0 && a.first(s - 1) + a.count(s - 1) > a.first(r)) --s;
    band_ = std::max(band_, r - s);
  }
  std::vector<double> l(static_cast<std::size_t>(size_) * std::max(band_, 1)), d(size_);
  const auto at = [&](int r, int s) -> double& { return l[static_cast<std::size_t>(r) * band_ + (r - s - 1)]; };
  for (int r = 0; r < size_; ++r) {
    double pivot = diagonal[r] + ridge * mean_diagonal;
    for (int s = std::max(0, r - band_); s < r; ++s) {
      double v = row_product(a, r, s);
      for (int k = std::max(0, std::max(r, s) - band_); k < s; ++k)
        if (s - k <= band_) v -= at(r, k) * at(s, k) * d[k];
      at(r, s) = v / d[s];
    }
    for (int s = std::max(0, r - band_); s < r; ++s) pivot -= at(r, s) * at(r, s) * d[s];
    // An output without any weight has no part in the system.
    d[r] = pivot > 1e-12 * std::max(mean_diagonal, 1e-300) ? pivot : mean_diagonal + 1e-300;
  }
  lower_.assign(l.begin(), l.end());
  for (double v : d) inverse_.push_back(static_cast<float>(1 / v));
}

void BandCholesky::solve(float* grid, int width) const {
  hot::loops().band_solve(grid, size_, width, lower_.data(), inverse_.data(), band_);
}

}  // namespace bifocal::solver
