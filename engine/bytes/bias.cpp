// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/bias.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bifocal::bytes {

using scaling::FixedPoint;
using scaling::IntegerMatrix;

namespace {

constexpr int kOutputs = 5;  // along each side: their places between the samples differ
constexpr int kImages = 10;  // of noise, fewer for wide footprints, which average more: the mean is known to hundredths
constexpr int kSamples = 2048;  // of one output in all images together

/// Noise from 64 to 191, so that nothing is clipped: Knuth's linear congruential generator (MMIX).
class Noise {
 public:
  int operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return 64 + static_cast<int>(state_ >> 57);
  }

 private:
  std::uint64_t state_ = 1;
};

/// Sums lie at offset + unit · level in the middle of what gives a byte; both by least squares, for not all bytes have
/// equally many sums.
struct Line {
  double offset, unit;
};

Line middles(const FixedPoint& a, std::int64_t step) {
  double n = 0, t1 = 0, t2 = 0, m1 = 0, tm = 0;
  for (int t = 1; t < 255; ++t) {
    const std::int64_t low = (a.low[t] + step - 1) / step * step, high = a.high[t] / step * step;
    const double middle = static_cast<double>(low + high) / 2;
    ++n, t1 += t, t2 += t * t, m1 += middle, tm += t * middle;
  }
  const double unit = (n * tm - t1 * m1) / (n * t2 - t1 * t1);
  return {(m1 - unit * t1) / n, unit};
}

std::int64_t common_divisor(const IntegerMatrix& m) {
  std::int64_t d = 0;
  for (std::int32_t w : m.weights) d = std::gcd(d, w);
  return std::max<std::int64_t>(1, d);
}

/// The unit in which the sums move: the greatest number that divides what whole bytes can add to them.
std::int64_t sum_step(const FixedPoint& a) {
  return a.shift_tap ? 1 : common_divisor(a.vertical) * (a.byte_between ? 1 : common_divisor(a.horizontal));
}

}  // namespace

double expected_bias(const FixedPoint& a) {
  const Line line = middles(a, sum_step(a));
  const int row = a.vertical.rows() / 2, column = a.horizontal.rows() / 2;
  const int images = std::clamp(kSamples / std::max(1, a.vertical.count(row) * a.horizontal.count(column)), 1, kImages);
  Noise noise;
  double total = 0;
  for (int image = 0; image < images; ++image)
    for (int i = 0; i < kOutputs * kOutputs; ++i) {
      const int r = static_cast<int>((i / kOutputs + 0.5) * a.vertical.rows() / kOutputs);
      const int o = static_cast<int>((i % kOutputs + 0.5) * a.horizontal.rows() / kOutputs);
      std::int64_t sum = 0;
      double linear = 0;
      for (int y = 0; y < a.vertical.count(r); ++y) {
        std::int64_t between = 0;
        for (int x = 0; x < a.horizontal.count(o); ++x) between += std::int64_t{a.horizontal.row(o)[x]} * noise();
        const std::int64_t weight = a.vertical.row(r)[y];
        linear += static_cast<double>(weight) * static_cast<double>(between);
        if (a.byte_between)
          between = std::clamp<std::int64_t>((between + (1 << (a.shift_between - 1))) >> a.shift_between, 0, 255);
        sum += (weight * (between >> a.shift_taken)) >> a.shift_tap;
      }
      linear /= std::exp2((a.byte_between ? a.shift_between : 0) + a.shift_taken + a.shift_tap);
      total += static_cast<double>(sum) - linear - line.offset;
    }
  return total / (images * kOutputs * kOutputs * line.unit);
}

}  // namespace bifocal::bytes
