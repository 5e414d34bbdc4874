// SPDX-License-Identifier: LGPL-3.0-or-later
#include "matrix/banded.hpp"

#include <algorithm>
#include <cmath>

namespace bifocal::matrix {

BandedMatrix product(const BandedMatrix& left, const BandedMatrix& right) {
  BandedMatrix m(right.columns());
  std::vector<double> row;
  for (int r = 0; r < left.rows(); ++r) {
    int low = right.columns(), high = 0;
    for (int k = 0; k < left.count(r); ++k) {
      const int mid = left.first(r) + k;
      if (right.count(mid) == 0) continue;
      low = std::min(low, right.first(mid));
      high = std::max(high, right.first(mid) + right.count(mid));
    }
    row.assign(std::max(0, high - low), 0.0);
    for (int k = 0; k < left.count(r); ++k) {
      const int mid = left.first(r) + k;
      for (int i = 0; i < right.count(mid); ++i)
        row[right.first(mid) + i - low] += left.weights(r)[k] * right.weights(mid)[i];
    }
    m.add_row(row.empty() ? 0 : low, row);
  }
  return m;
}

double largest_sum(const BandedMatrix& matrix) {
  double most = 0;
  for (int r = 0; r < matrix.rows(); ++r) {
    double sum = 0;
    for (double w : matrix.weights(r)) sum += std::abs(w);
    most = std::max(most, sum);
  }
  return most;
}

double mean_square(const BandedMatrix& matrix) {
  double sum = 0;
  for (int r = 0; r < matrix.rows(); ++r)
    for (double w : matrix.weights(r)) sum += w * w;
  return sum / matrix.rows();
}

}  // namespace bifocal::matrix
