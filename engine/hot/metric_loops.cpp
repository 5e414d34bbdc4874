// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/hot.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

void products(const float* p, const float* q, int n, float* squares, float* mixed) {
  for (int x = 0; x < n; ++x) {
    squares[x] = p[x] * p[x] + q[x] * q[x];
    mixed[x] = p[x] * q[x];
  }
}

double ssim_row(const float* const* const* rows, const float* window, int taps, int width, float* scratch) {
  constexpr float c1 = (0.01f * 255) * (0.01f * 255), c2 = (0.03f * 255) * (0.03f * 255);
  float* down[4];  // filtered down the columns
  for (int m = 0; m < 4; ++m) {
    down[m] = scratch + static_cast<long>(m) * (width + 16);
    for (int x = 0; x < width; x += kLanes) {
      Floats s{};
      for (int k = 0; k < taps; ++k) s += window[k] * load(rows[m][k] + x);
      store(down[m] + x, s);
    }
  }
  Floats total{};
  double tail = 0;
  const int valid = width - taps + 1;
  for (int x = 0; x < valid; x += kLanes) {
    Floats m[4];
    for (int i = 0; i < 4; ++i) {
      Floats s{};
      for (int k = 0; k < taps; ++k) s += window[k] * load(down[i] + x + k);
      m[i] = s;
    }
    const Floats ab = m[0] * m[1], squares = m[0] * m[0] + m[1] * m[1];
    const Floats similarity = (2 * ab + c1) * (2 * (m[3] - ab) + c2) / ((squares + c1) * (m[2] - squares + c2));
    if (x + kLanes <= valid)
      total += similarity;
    else
      tail = sum(first(similarity, valid - x));
  }
  return sum(total) + tail;
}

void to_bytes(const float* levels, int n, std::uint8_t* bytes) {
  for (int x = 0; x < n; ++x) {
    float v = levels[x] + 0.5f;
    v = v < 0 ? 0 : v;
    v = v > 255 ? 255 : v;
    bytes[x] = static_cast<std::uint8_t>(static_cast<int>(v));
  }
}

std::uint64_t squared_error(const std::uint8_t* a, const std::uint8_t* b, int n) {
  std::uint32_t sum = 0;
  for (int x = 0; x < n; ++x) {
    const int d = a[x] - b[x];
    sum += static_cast<std::uint32_t>(d * d);
  }
  return sum;
}

}  // namespace

const MetricLoops kMetricLoops = {products, ssim_row, to_bytes, squared_error};

}  // namespace bifocal::hot::BIFOCAL_HOT
