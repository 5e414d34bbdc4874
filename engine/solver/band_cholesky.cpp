// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/band_cholesky.hpp"

#include <algorithm>
#include <cmath>

#include "hot/hot.hpp"

namespace bifocal::solver {
namespace {

constexpr double kMostWork = 4e9;  // multiplications, size · band²: some seconds
constexpr int kLeastBand = 64;

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
  std::vector<int> earliest(a.columns(), size_);  // the first row that has this column
  for (int r = 0; r < size_; ++r) {
    diagonal.push_back(row_product(a, r, r));
    mean_diagonal += diagonal.back() / size_;
    for (int c = a.first(r); c < a.first(r) + a.count(r); ++c) {
      earliest[c] = std::min(earliest[c], r);
      band_ = std::max(band_, r - earliest[c]);
    }
  }
  // Rows in any order can overlap far away: what is beyond is left out, and the factor serves a little less well.
  band_ = std::min(band_, std::max(kLeastBand, static_cast<int>(std::sqrt(kMostWork / std::max(1, size_)))));
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
    // An output without any weight has no part in the system. Floats hold the inverse.
    d[r] = std::max(pivot > 1e-12 * mean_diagonal ? pivot : mean_diagonal > 0 ? mean_diagonal : 1.0, 1e-30);
  }
  lower_.assign(l.begin(), l.end());
  for (double v : d) inverse_.push_back(static_cast<float>(1 / v));
}

void BandCholesky::solve(float* grid, int width) const {
  hot::loops().band_solve(grid, size_, width, lower_.data(), inverse_.data(), band_);
}

}  // namespace bifocal::solver
