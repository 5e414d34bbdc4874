// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/half_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

constexpr std::array<float, 4> kTap{hot::kOuterTap, hot::kInnerTap, hot::kInnerTap, hot::kOuterTap};

}  // namespace

void half_grid(const Image& image, Image& out) {
  const int h = image.height(), w = image.width();
  parallel_for(0, out.height() * out.channels(), [&](int k) {
    const int c = k / out.height(), j = k % out.height();
    const int from = std::max(0, 2 * j - 1), to = std::min(h - 1, 2 * j + 2);
    const float* rows[4];
    for (int y = from; y <= to; ++y) rows[y - from] = image.plane(c).row(y);
    std::vector<float> line(w);
    hot::eye().sum_rows(rows, kTap.data() + (from - 2 * j + 1), to - from + 1, w, line.data(), false);
    hot::dither().halve_row(line.data(), w, out.plane(c).row(j));
  });
}

void doubled_row(const Image* half, int channel, const Image* mono, float share, const Image* pairs, int y, int width,
                 float* scratch, float* out) {
  const int m = y / 2, other = y % 2 ? m + 1 : m - 1;
  const float* rows[4];
  float taps[4];
  int count = 0;
  const auto add = [&](const Image& image, int c, float by) {
    rows[count] = image.plane(c).row(m), taps[count++] = by * kTap[1];
    if (other >= 0 && other < image.height()) rows[count] = image.plane(c).row(other), taps[count++] = by * kTap[0];
  };
  if (half) add(*half, channel, 1);
  if (mono) add(*mono, 0, share);
  hot::eye().sum_rows(rows, taps, count, (width + 1) / 2, scratch, false);
  hot::dither().double_row(scratch, pairs ? pairs->plane(channel).row(m) : nullptr, width, out);
}

void undim_halved(Image& half, Size full) {
  const auto shares = [](int n) {
    std::vector<float> ones(n, 1.0f), out((n + 1) / 2);
    hot::dither().halve_row(ones.data(), n, out.data());
    return out;
  };
  const auto columns = shares(full.width), rows = shares(full.height);
  for (int c = 0; c < half.channels(); ++c)
    for (int y = 0; y < half.height(); ++y)
      for (int x = 0; x < half.width(); ++x) half.plane(c).row(y)[x] /= rows[y] * columns[x];
}

BandedMatrix through_halving(const BandedMatrix& matrix, Halving filter, double& error) {
  const int n = matrix.columns(), half = (n + 1) / 2;
  const std::array<double, 4> taps = filter == Halving::Smooth
                                         ? std::array<double, 4>{kTap[0], kTap[1], kTap[2], kTap[3]}
                                         : std::array<double, 4>{0, 0.5, 0.5, 0};
  const auto tap = [&](int j, int i) {
    return i >= 0 && i < n && i >= 2 * j - 1 && i <= 2 * j + 2 ? taps[i - 2 * j + 1] : 0.0;
  };
  BandedMatrix out(half);
  std::vector<double> right, diagonal, above, row, missed;
  double missed_square = 0, square = 0;
  for (int r = 0; r < matrix.rows(); ++r) {
    const int first = matrix.first(r), count = matrix.count(r);
    const auto weights = matrix.weights(r);
    const int j0 = std::clamp((first - 2) / 2 - 1, 0, half - 1), j1 = std::clamp((first + count) / 2 + 2, j0 + 1, half);
    // (P Pᵀ) o = P a, tridiagonal.
    const int m = j1 - j0;
    right.assign(m, 0), diagonal.assign(m, 0), above.assign(m, 0);
    double wanted = 0, reached = 0;
    for (int k = 0; k < count; ++k) wanted += weights[k];
    for (int j = j0; j < j1; ++j)
      for (int i = 2 * j - 1; i <= 2 * j + 2; ++i) {
        const double p = tap(j, i);
        if (i >= first && i < first + count) right[j - j0] += p * weights[i - first];
        diagonal[j - j0] += p * p;
        if (j + 1 < j1) above[j - j0] += p * tap(j + 1, i);
      }
    for (int j = 1; j < m; ++j) {
      const double f = above[j - 1] / diagonal[j - 1];
      diagonal[j] -= f * above[j - 1];
      right[j] -= f * right[j - 1];
    }
    row.assign(m, 0);
    for (int j = m - 1; j >= 0; --j) row[j] = (right[j] - (j + 1 < m ? above[j] * row[j + 1] : 0)) / diagonal[j];
    double most = 0;
    for (double v : row) most = std::max(most, std::fabs(v));
    for (double& v : row)
      if (std::fabs(v) < 1e-3 * most) v = 0;
    const int i0 = 2 * j0 - 1;
    missed.assign(2 * m + 2, 0);
    for (int k = 0; k < count; ++k) {
      square += weights[k] * weights[k];
      if (first + k >= i0 && first + k < i0 + 2 * m + 2) missed[first + k - i0] -= weights[k];
    }
    for (int j = 0; j < m; ++j)
      for (int i = 2 * (j0 + j) - 1; i <= 2 * (j0 + j) + 2; ++i) {
        reached += row[j] * tap(j0 + j, i);
        missed[i - i0] += row[j] * tap(j0 + j, i);
      }
    for (double v : missed) missed_square += v * v;
    if (std::fabs(reached) > 1e-9)
      for (double& v : row) v *= wanted / reached;
    out.add_row(j0, row);
  }
  error = std::sqrt(missed_square / std::max(square, 1e-12));
  return out;
}

BandedMatrix halving_matrix(int n) {
  BandedMatrix out(n);
  for (int j = 0; 2 * j < n; ++j) {
    const int from = std::max(0, 2 * j - 1), to = std::min(n - 1, 2 * j + 2);
    out.add_row(from, std::vector<double>(kTap.begin() + (from - 2 * j + 1), kTap.begin() + (to - 2 * j + 2)));
  }
  return out;
}

}  // namespace bifocal::tone
