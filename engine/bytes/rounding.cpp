// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/rounding.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <vector>

#include "hot/hot.hpp"
#include "progress/ask.hpp"

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

/// Whole numbers add up to the same in any order of the threads; those of the largest image's squares fit 64 bits.
constexpr double kUnit = 1 << 14;

}  // namespace

double round_dithered(const RowSource& source, Levels reference, double bias, Plane<std::uint8_t> out) {
  static const auto thresholds = bayer();
  std::atomic<std::int64_t> squares{0};
  source([&](int y, int x0, const float* levels, int n) {
    progress::ask();
    thread_local std::vector<float> buffer;
    if (buffer.size() < static_cast<std::size_t>(n)) buffer.resize(n);
    // Strips begin at multiples of 8, so that the threshold of column x0 is the first.
    const double sum = hot::loops().round_row(levels, reference.row(y, x0, n, buffer.data()), thresholds[y & 7].data(),
                                              static_cast<float>(bias), n, out.row(y) + x0);
    squares += std::llround(kUnit * sum);
  });
  return static_cast<double>(squares) / kUnit;
}
void round_nearest(const RowSource& source, Plane<std::uint8_t> out) {
  source([&](int y, int x0, const float* levels, int n) {
    progress::ask();
    hot::metric_loops().to_bytes(levels, n, out.row(y) + x0);
  });
}

void hold(Plane<std::uint8_t> bytes, Levels cover, Plane<const float> mask) {
  for (int y = 0; y < bytes.height; ++y) {
    std::uint8_t* x = bytes.row(y);
    for (int i = 0; i < bytes.width; ++i) {
      const double level = cover.at(y, i), m = mask.row(y)[i];
      x[i] = static_cast<std::uint8_t>(
          std::clamp<double>(x[i], std::ceil(level - level * m), std::floor(level + (255 - level) * m)));
    }
  }
}

}  // namespace bifocal::bytes
