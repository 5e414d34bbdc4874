// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/gimp_halo.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "matrix/kernel.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

constexpr int kReach = 13;  // GEGL's largest distance from the pixel under the centre

/// The Keys cubic of Robidoux as a function of the radius (support 2): B + 2C = 1, B = 1656/(1592 + 597 √2).
double robidoux(double r) {
  constexpr double b = 1656 / (1592 + 597 * std::numbers::sqrt2);
  return cubic_bc(r, b, (1 - b) / 2);
}

double profile(Halo halo, double r) { return halo == Halo::No ? std::max(0., 1 - r) : robidoux(r); }

/// The ellipse's weights along one axis, summed over the other one, whose phase (where its centre lies in a pixel)
/// takes all its values: the mean over them.
std::vector<double> marginal(Halo halo, double offset, double along, double across) {
  constexpr int phases = 8;
  std::vector<double> w(2 * kReach + 1, 0.0);
  for (int p = 0; p < phases; ++p) {
    const double other = (p + 0.5) / phases - 0.5;
    for (int j = -kReach; j <= kReach; ++j)
      for (int i = -kReach; i <= kReach; ++i)
        w[j + kReach] += profile(halo, std::hypot((offset - j) / along, (other - i) / across));
  }
  double sum = 0;
  for (double v : w) sum += v;
  for (double& v : w) v /= sum;
  return w;
}

BandedMatrix axis(Halo halo, int in, int out, double other_ratio) {
  const double ratio = static_cast<double>(in) / out, along = std::max(1., ratio), across = std::max(1., other_ratio);
  const double share = 1 / (along * across);  // of the interpolation
  const Kernel interpolation = halo == Halo::No ? Kernel{catmull_rom, 2} : Kernel{mitchell, 2};
  BandedMatrix m(in);
  std::vector<double> row(in, 0.0);
  std::map<double, std::vector<double>> known;  // offsets recur: a ratio p/q has q of them
  for (int o = 0; o < out; ++o) {
    const double center = (o + 0.5) * ratio;
    const int pixel = static_cast<int>(center);
    const auto add = [&](int at, double w) { row[std::clamp(at, 0, in - 1)] += w; };
    if (share < 1) {
      const double offset = center - 0.5 - pixel;
      std::vector<double>& w = known[offset];
      if (w.empty()) w = marginal(halo, offset, along, across);
      for (int j = -kReach; j <= kReach; ++j) add(pixel + j, (1 - share) * w[j + kReach]);
    }
    double sum = 0;
    for (int j = -2; j <= 2; ++j) sum += interpolation.value(pixel + j + 0.5 - center);
    for (int j = -2; j <= 2; ++j) add(pixel + j, share * interpolation.value(pixel + j + 0.5 - center) / sum);
    const int low = std::max(0, pixel - kReach), high = std::min(in - 1, pixel + kReach);
    m.add_row(low, {row.data() + low, static_cast<std::size_t>(high - low + 1)});
    std::fill(row.begin() + low, row.begin() + high + 1, 0.0);
  }
  return m;
}

}  // namespace

SeparableOperator halo_operator(Halo halo, Size from, Size to) {
  if (from == to) return SeparableOperator::identity(from);
  const double x = static_cast<double>(from.width) / to.width, y = static_cast<double>(from.height) / to.height;
  return {axis(halo, from.height, to.height, x), axis(halo, from.width, to.width, y)};
}

}  // namespace bifocal::scaling
