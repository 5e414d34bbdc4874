// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/rounding.hpp"

#include <algorithm>
#include <array>
#include <mutex>

namespace bifocal::bytes {
namespace {

/// Thresholds (b + ½)/64 of Bayer's 8x8 matrix.
std::array<std::array<float, 8>, 8> bayer() {
  std::array<std::array<float, 8>, 8> m{};
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) {
      int value = 0;
      for (int bit = 0; bit < 3; ++bit) {
        const int bx = x >> bit & 1, by = y >> bit & 1;
        value = value * 4 + ((bx ^ by) * 2 + by);
      }
      m[y][x] = (value + 0.5f) / 64;
    }
  return m;
}

}  // namespace

double round_dithered(const solver::Solution& solution, int channel, Plane<const float> reference,
                      Plane<std::uint8_t> out) {
  static const auto thresholds = bayer();
  std::mutex mutex;
  double squares = 0;
  solution.rows(channel, [&](int y, int x0, const float* levels, int n) {
    const auto& threshold = thresholds[y & 7];
    const float* c = reference.row(y) + x0;
    std::uint8_t* to = out.row(y) + x0;
    float sum = 0;
    for (int x = 0; x < n; ++x) {
      const float v = levels[x], d = v - c[x];
      sum += d * d;
      // Truncation is floor here: levels and thresholds are not negative.
      to[x] = static_cast<std::uint8_t>(std::min(static_cast<int>(v + threshold[(x0 + x) & 7]), 255));
    }
    const std::lock_guard lock(mutex);
    squares += sum;
  });
  return squares;
}

}  // namespace bifocal::bytes
