// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/descent.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

inline Floats clipped(Floats v, Floats low, Floats high) { return min(max(v, low), high); }

/// body(i, count, low, high) for all samples of a row, eight at a time.
template <class Body>
inline void over_box(const Box& box, int n, const Body& body) {
  if (!box.mask) {
    over(n, [&](int i, int count) { body(i, count, Floats{}, splat(255)); });
  } else {
    over(n, [&](int i, int count) {
      const Floats c = load(box.cover + i, count), s = load(box.mask + i, count);
      body(i, count, c - c * s, c + (255 - c) * s);
    });
  }
}

void clip(const Box& box, float* x, int n) {
  over_box(box, n, [=](int i, int count, Floats low, Floats high) {
    store(x + i, clipped(load(x + i, count), low, high), count);
  });
}

double step(const Box& box, const float* __restrict x, const float* __restrict g, float momentum, float step, int n,
            float* __restrict last, float* __restrict last_g) {
  Floats turned{};
  over_box(box, n, [&](int i, int count, Floats low, Floats high) {
    const Floats here = load(x + i, count), down = load(g + i, count);
    const Floats y = here + momentum * (here - load(last + i, count)),
                 slope = down + momentum * (down - load(last_g + i, count));
    const Floats next = clipped(y - step * slope, low, high);
    turned += (y - next) * (next - here);  // 0 beyond the last sample
    store(last + i, next, count);
    store(last_g + i, slope, count);
  });
  return sum(turned);
}

void bound(const Box& box, const float* __restrict x, float* __restrict g, float weight, float modulus, int n,
           double* sums) {
  const float inverse = 1 / modulus;
  Floats squares{}, slack{};
  over_box(box, n, [&](int i, int count, Floats low, Floats high) {
    const Floats here = load(x + i, count), away = here - load(box.cover + i, count),
                 slope = load(g + i, count) + weight * away;
    const Floats d = clipped(here - slope * inverse, low, high) - here;
    store(g + i, slope, count);
    squares += away * away;
    slack -= d * (slope + 0.5f * modulus * d);
  });
  sums[0] += sum(squares);
  sums[1] += sum(slack);
}

void curvature(const float* __restrict a, const float* __restrict b, const float* __restrict ga,
               const float* __restrict gb, int n, double* sums) {
  Floats along{}, squares{};
  over(n, [&](int i, int count) {
    const Floats d = load(a + i, count) - load(b + i, count);
    along += (load(ga + i, count) - load(gb + i, count)) * d;
    squares += d * d;
  });
  sums[0] += sum(along);
  sums[1] += sum(squares);
}

}  // namespace

const Descent kDescent = {clip, step, bound, curvature};

}  // namespace bifocal::hot::BIFOCAL_HOT
