// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/dither.hpp"
#include "hot/eye_curve.hpp"
#include "hot/lens.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

#ifdef __AVX2__
inline Floats evens(Floats a, Floats b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14); }
inline Floats odds(Floats a, Floats b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15); }
inline Floats first_zip(Floats a, Floats b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
inline Floats last_zip(Floats a, Floats b) { return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15); }
#else
inline Floats evens(Floats a, Floats b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6); }
inline Floats odds(Floats a, Floats b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7); }
inline Floats first_zip(Floats a, Floats b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
inline Floats last_zip(Floats a, Floats b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
#endif

inline Floats slope(Floats level) {
  const Floats v = level * curve::kLevel;
  return curve::k1 + v * (2 * curve::k2 + v * (3 * curve::k3 + v * (4 * curve::k4 + v * (5 * curve::k5))));
}

inline Floats inverse_root(Floats v) {
  Floats out;
#if defined(__AVX2__)
  out = __builtin_ia32_rsqrtps256(v);
#elif defined(__SSE2__)
  out = __builtin_ia32_rsqrtps(v);
#else
  for (int i = 0; i < kLanes; ++i) out[i] = 1 / __builtin_sqrtf(v[i]);
#endif
  return out;
}

inline Ints held(Floats x, Floats g, Floats low, Floats high) { return ((x <= low) & (g > 0)) | ((x >= high) & (g < 0)); }

void halve_row(const float* in, int n, float* out) {
  const auto one = [&](int j) {
    const auto at = [&](int i) { return i >= 0 && i < n ? in[i] : 0.0f; };
    out[j] = 0.125f * (at(2 * j - 1) + at(2 * j + 2)) + 0.375f * (at(2 * j) + at(2 * j + 1));
  };
  const int count = (n + 1) / 2;
  int j = 0;
  if (count > 0) one(j++);
  for (; 2 * (j + kLanes) + 2 <= n; j += kLanes) {
    const float* p = in + 2 * j;
    const Floats a = load(p - 1), b = load(p - 1 + kLanes), c = load(p + 1), d = load(p + 1 + kLanes);
    // odds(a, b) = in[2j], evens(c, d) = in[2j + 1]
    store(out + j, 0.125f * (evens(a, b) + odds(c, d)) + 0.375f * (odds(a, b) + evens(c, d)));
  }
  for (; j < count; ++j) one(j);
}

void double_row(const float* in, int n, float* out) {
  const int count = (n + 1) / 2;
  const auto one = [&](int i) {
    const int m = i / 2, other = i % 2 ? m + 1 : m - 1;
    out[i] = 0.375f * in[m] + (other >= 0 && other < count ? 0.125f * in[other] : 0.0f);
  };
  int m = 0;
  for (int i = 0; i < 2 && i < n; ++i) one(i);
  for (m = 1; m + kLanes + 1 <= count && 2 * (m + kLanes) <= n; m += kLanes) {
    const Floats here = 0.375f * load(in + m), even = here + 0.125f * load(in + m - 1), odd = here + 0.125f * load(in + m + 1);
    store(out + 2 * m, first_zip(even, odd));
    store(out + 2 * m + kLanes, last_zip(even, odd));
  }
  for (int i = 2 * m; i < n; ++i) one(i);
}

/// Luma: null, set or added to.
template <class Luma>
inline void light(const float* level, int n, float* light, const Luma& luma) {
  for (int i = 0; i < n; ++i) {
    const float l = curve::light(level[i]);
    light[i] = l;
    luma(i, l);
  }
}

void light_row(const float* level, int n, float share, bool add, float* to, float* luma) {
  if (!luma)
    light(level, n, to, [](int, float) {});
  else if (add)
    light(level, n, to, [=](int i, float l) { luma[i] += share * l; });
  else
    light(level, n, to, [=](int i, float l) { luma[i] = share * l; });
}

void weight_row(const float* level, int n, float least, float* out) {
  for (int i = 0; i < n; ++i) {
    const float s = curve::slope(level[i]), t = s > least ? s : least;
    out[i] = 1 / (t * t);
  }
}

void wish_row(const float* x, const float* luma, float share, const float* light, const float* encoded, const float* weight,
              float eyes, float rest, const float* low, const float* high, int n, float* root, float* out) {
  over(n, [&](int i, int k) {
    const Floats level = load(x + i, k), s = slope(level);
    Floats by_light = light ? load(light + i, k) : Floats{};
    if (luma) by_light += share * load(luma + i, k);
    Floats g = s * by_light;
    if (encoded) g += load(encoded + i, k);
    const Floats r = inverse_root(rest + eyes * load(weight + i, k) * s * s);
    store(root + i, r, k);
    store(out + i, r * keep(~held(level, g, load(low + i, k), load(high + i, k)), g), k);
  });
}

void advance_row(const Advance& a, float* x, float* moved, int n) {
  over(n, [&](int i, int k) {
    const Floats level = load(x + i, k), wish = load(a.wish + i, k);
    Floats blurred = a.blur[0] * load(a.rows[0] + i, k);
    for (int t = 1; t < Advance::kTaps; ++t) blurred += a.blur[t] * load(a.rows[t] + i, k);
    const Floats direction = load(a.root + i, k) * ((1 + a.sharpen) * wish - a.sharpen * blurred);
    const Floats step = keep(wish != 0, a.momentum * load(moved + i, k) - a.rate * direction);
    const Floats next = min(max(level + step, load(a.low + i, k)), load(a.high + i, k));
    store(moved + i, next - level, k);
    store(x + i, next, k);
  });
}

}  // namespace

const DitherLoops kDitherLoops = {halve_row, double_row, light_row, weight_row, wish_row, advance_row, project_row};

}  // namespace bifocal::hot::BIFOCAL_HOT
