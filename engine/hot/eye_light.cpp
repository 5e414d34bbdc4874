// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/eye_curve.hpp"
#include "hot/eye_rows.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
void srgb_light(const float* __restrict level, int n, float* __restrict light) {
  for (int i = 0; i < n; ++i) light[i] = curve::light(level[i]);
}

void srgb_chain(const float* __restrict level, const float* __restrict in, int n, float* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] += in[i] * curve::slope(level[i]);
}

double residual_row(float* seen, const float* picture, const float* weight, float scale, int n) {
  Floats squares{};
  double total = 0;
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Floats error = load(seen + i) - load(picture + i), weighted = weight ? load(weight + i) * error : error;
    squares += weighted * error;
    store(seen + i, scale * weighted);
  }
  for (; i < n; ++i) {
    const float error = seen[i] - picture[i], weighted = weight ? weight[i] * error : error;
    total += weighted * error;
    seen[i] = scale * weighted;
  }
  return total + sum(squares);
}

double dot(const float* a, const float* b, std::size_t n) {
  double total = 0;
  std::size_t i = 0;
  while (i + 2 * kLanes <= n) {
    // Floats are summed over short runs only: enough digits, full speed.
    Floats first{}, second{};
    const std::size_t stop = n - i < 2048 ? n : i + 2048;
    for (; i + 2 * kLanes <= stop; i += 2 * kLanes) {
      first += load(a + i) * load(b + i);
      second += load(a + i + kLanes) * load(b + i + kLanes);
    }
    total += sum(first + second);
  }
  for (; i < n; ++i) total += static_cast<double>(a[i]) * b[i];
  return total;
}

void axpy(float a, const float* x, std::size_t n, float* y) {
  const Floats scale = splat(a);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) store(y + i, load(y + i) + scale * load(x + i));
  for (; i < n; ++i) y[i] += a * x[i];
}

}  // namespace bifocal::hot::BIFOCAL_HOT
