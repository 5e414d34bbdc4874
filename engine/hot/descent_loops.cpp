// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/descent.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

inline float clipped(float v, float low, float high) { return v < low ? low : v > high ? high : v; }

/// body(i, low, high) for all samples of a row.
template <class Body>
inline void over(const Box& box, int n, const Body& body) {
  if (!box.mask) {
    for (int i = 0; i < n; ++i) body(i, 0.f, 255.f);
  } else {
    const float *cover = box.cover, *mask = box.mask;
    for (int i = 0; i < n; ++i) {
      const float c = cover[i], s = mask[i];
      body(i, c - c * s, c + (255 - c) * s);
    }
  }
}

void clip(const Box& box, float* x, int n) {
  over(box, n, [=](int i, float low, float high) { x[i] = clipped(x[i], low, high); });
}

double step(const Box& box, const float* __restrict x, const float* __restrict g, float momentum, float step, int n,
            float* __restrict last, float* __restrict last_g) {
  float turned = 0;
  over(box, n, [&](int i, float low, float high) {
    const float y = x[i] + momentum * (x[i] - last[i]), slope = g[i] + momentum * (g[i] - last_g[i]);
    const float next = clipped(y - step * slope, low, high);
    turned += (y - next) * (next - x[i]);
    last[i] = next;
    last_g[i] = slope;
  });
  return turned;
}

void bound(const Box& box, const float* __restrict x, float* __restrict g, float weight, float modulus, int n, double* sums) {
  const float* __restrict cover = box.cover;
  const float inverse = 1 / modulus;
  float squares = 0, slack = 0;
  over(box, n, [&](int i, float low, float high) {
    const float away = x[i] - cover[i], slope = g[i] + weight * away;
    const float d = clipped(x[i] - slope * inverse, low, high) - x[i];
    g[i] = slope;
    squares += away * away;
    slack -= d * (slope + 0.5f * modulus * d);
  });
  sums[0] += squares;
  sums[1] += slack;
}

void curvature(const float* __restrict a, const float* __restrict b, const float* __restrict ga, const float* __restrict gb,
               int n, double* sums) {
  float along = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    const float d = a[i] - b[i];
    along += (ga[i] - gb[i]) * d;
    squares += d * d;
  }
  sums[0] += along;
  sums[1] += squares;
}

}  // namespace

const Descent kDescent = {clip, step, bound, curvature};

}  // namespace bifocal::hot::BIFOCAL_HOT
