// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/rounding.hpp"

#include <array>
#include <mutex>

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

}  // namespace

double round_dithered(const solver::Solution& solution, int channel, Levels reference, double bias,
                      Plane<std::uint8_t> out) {
  static const auto thresholds = bayer();
  std::mutex mutex;
  double squares = 0;
  solution.rows(channel, [&](int y, int x0, const float* levels, int n) {
    progress::ask();
    thread_local std::vector<float> buffer;
    if (buffer.size() < static_cast<std::size_t>(n)) buffer.resize(n);
    // Strips begin at multiples of 8, so that the threshold of column x0 is the first.
    const double sum = hot::loops().round_row(levels, reference.row(y, x0, n, buffer.data()), thresholds[y & 7].data(),
                                              static_cast<float>(bias), n, out.row(y) + x0);
    const std::lock_guard lock(mutex);
    squares += sum;
  });
  return squares;
}

}  // namespace bifocal::bytes
