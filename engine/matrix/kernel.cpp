// SPDX-License-Identifier: LGPL-3.0-or-later
#include "matrix/kernel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace bifocal::matrix {
namespace {

constexpr double pi = std::numbers::pi;

double sinc(double x) {
  if (x == 0) return 1;
  x *= pi;
  return std::sin(x) / x;
}

}  // namespace

double box(double x) { return x > -0.5 && x <= 0.5 ? 1 : 0; }

double triangle(double x) {
  x = std::abs(x);
  return x < 1 ? 1 - x : 0;
}

double hamming(double x) {
  x = std::abs(x);
  if (x == 0) return 1;
  if (x >= 1) return 0;
  x *= pi;
  return std::sin(x) / x * (0.54f + 0.46f * std::cos(x));  // the float constants are Pillow's
}

double catmull_rom(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

double lanczos3(double x) { return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0; }

double lanczos2(double x) { return std::abs(x) < 2 ? sinc(x) * sinc(x / 2) : 0; }
double lanczos4(double x) { return std::abs(x) < 4 ? sinc(x) * sinc(x / 4) : 0; }

double cubic_bc(double x, double b, double c) {
  x = std::abs(x);
  if (x < 1) return ((12 - 9 * b - 6 * c) / 6 * x + (-18 + 12 * b + 6 * c) / 6) * x * x + (6 - 2 * b) / 6;
  if (x < 2)
    return (((-b - 6 * c) / 6 * x + (6 * b + 30 * c) / 6) * x + (-12 * b - 48 * c) / 6) * x + (8 * b + 24 * c) / 6;
  return 0;
}

double mitchell(double x) { return cubic_bc(x, 1. / 3, 1. / 3); }
double b_spline(double x) { return cubic_bc(x, 1, 0); }
double hermite(double x) { return std::abs(x) < 1 ? cubic_bc(x, 0, 0) : 0; }
double sharp_cubic(double x) { return cubic_bc(x, 0, 0.6); }
double gaussian(double x) { return std::abs(x) < 2 ? std::exp(-2 * x * x) : 0; }

BandedMatrix resampling_matrix(Kernel kernel, int in, int out, bool antialias, double stretch) {
  const double scale = static_cast<double>(in) / out;
  const double widened = (antialias ? std::max(scale, 1.0) : 1.0) * stretch;
  const double support = kernel.support * widened;
  BandedMatrix m(in);
  std::vector<double> weights;
  for (int o = 0; o < out; ++o) {
    const double center = (o + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(center - support + 0.5));
    const int last = std::min(in, static_cast<int>(center + support + 0.5));
    weights.assign(std::max(0, last - first), 0.0);
    double sum = 0;
    for (int i = first; i < last; ++i) sum += weights[i - first] = kernel.value((i - center + 0.5) * (1.0 / widened));
    if (!(std::abs(sum) > 1e-9)) {  // a kernel so narrow that it misses every pixel centre
      const double one = 1;
      m.add_row(std::min(in - 1, static_cast<int>(center)), {&one, 1});
      continue;
    }
    for (double& w : weights) w *= 1 / sum;
    m.add_row(first, weights);
  }
  return m;
}

}  // namespace bifocal::matrix
