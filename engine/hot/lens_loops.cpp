// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/lens.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

// (t + 0.01)^2.2 on 0..1, a fit of value and slope: off by 0.0001 and 0.0011 at most.
constexpr float kCurve[7] = {3.319230e-05f, 0.007631076f, 0.6234811f, 0.8873840f, -0.9833196f, 0.6798168f, -0.1928753f};
constexpr int kUpperSteps = 4, kLowerSteps = 6;  // of Newton's method on the foot of the perpendicular

inline Floats clamped(Floats v) { return min(max(v, Floats{}), splat(1)); }
struct Lens {
  Floats low;
  float high;
  Floats room;

  static Floats light(Floats t) {
    Floats sum = splat(kCurve[6]);
    for (int k = 5; k >= 0; --k) sum = sum * t + kCurve[k];
    return sum;
  }
  static Floats light_slope(Floats t) {
    Floats sum = splat(6 * kCurve[6]);
    for (int k = 5; k >= 1; --k) sum = sum * t + k * kCurve[k];
    return sum;
  }
  static Floats light_bend(Floats t) {
    Floats sum = splat(30 * kCurve[6]);
    for (int k = 5; k >= 2; --k) sum = sum * t + k * (k - 1) * kCurve[k];
    return sum;
  }

  // Outside 0..1 the curve stays as at its end.
  Floats floor(Floats t, Floats& slope) const {
    const Floats in = clamped(t);
    slope = (1 - low) * light_slope(in) + low;
    return (1 - low) * (light(in) + room) + low * t;
  }
  Floats ceiling(Floats t, Floats& slope) const {
    const Floats in = clamped(t), least = light(in) + room;
    const Ints open = t > least;
    slope = select(open, 1 - high * (1 - light_slope(in)), splat(1));
    return select(open, t - high * (t - least), t);
  }
};

}  // namespace

void project_row(const float* low, float high, const float* room, const float* care, LensSide u, LensSide v, int n) {
  over(n, [&](int i, int k) {
    const Lens lens{load(low + i, k), high, load(room + i, k)};
    const Floats wish = load(u.value + i, k) + load(u.dual + i, k), other = load(v.value + i, k) + load(v.dual + i, k);
    const Floats heavy = load(care + i, k);
    Floats a = wish, b = other, slope;
    const Ints above = b > lens.ceiling(a, slope);
    if (any(above)) {
      Floats t = clamped((heavy * a + b) / (heavy + 1));
      for (int step = 0; step < kUpperSteps; ++step) {
        const Floats c = lens.ceiling(t, slope);
        t = clamped(t - (heavy * (t - a) + (c - b) * slope) / (heavy + slope * slope));
      }
      a = select(above, t, a), b = select(above, lens.ceiling(t, slope), b);
    }
    const Ints below = b < lens.floor(a, slope);
    if (any(below)) {
      Floats t = clamped(wish);
      for (int step = 0; step < kLowerSteps; ++step) {
        const Floats gap = lens.floor(t, slope) - other, bend = (1 - lens.low) * Lens::light_bend(t);
        t = clamped(t - (heavy * (t - wish) + gap * slope) / (heavy + slope * slope + max(gap, Floats{}) * bend));
      }
      Floats foot = lens.floor(t, slope);
      const Ints beyond = foot > t;  // the lens' corners, where floor and ceiling meet
      Floats inner = t;
      for (int step = 0; step < kUpperSteps; ++step) {
        const Floats gap = lens.floor(inner, slope) - inner;
        inner = clamped(inner - gap / (slope - 1));
      }
      foot = select(beyond, inner, foot);
      a = select(below, select(beyond, inner, t), a), b = select(below, foot, b);
    }
    a = clamped(a), b = clamped(b);
    store(u.split + i, a, k), store(v.split + i, b, k);
    store(u.dual + i, wish - a, k), store(v.dual + i, other - b, k);
  });
}

}  // namespace bifocal::hot::BIFOCAL_HOT
