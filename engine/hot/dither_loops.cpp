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
inline Half evens(Half a, Half b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6); }
inline Half odds(Half a, Half b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7); }
inline Half first_zip(Half a, Half b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
inline Half last_zip(Half a, Half b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
inline Floats evens(Floats x, Floats y) { return {evens(x.a, x.b), evens(y.a, y.b)}; }
inline Floats odds(Floats x, Floats y) { return {odds(x.a, x.b), odds(y.a, y.b)}; }
inline Floats first_zip(Floats x, Floats y) { return {first_zip(x.a, y.a), last_zip(x.a, y.a)}; }
inline Floats last_zip(Floats x, Floats y) { return {first_zip(x.b, y.b), last_zip(x.b, y.b)}; }
#endif

inline Floats slope(Floats level) {
  const Floats v = level * curve::kLevel;
  return curve::k1 + v * (2 * curve::k2 + v * (3 * curve::k3 + v * (4 * curve::k4 + v * (5 * curve::k5))));
}

/// 1/√v to 0.07 %, by the exponent halved and one step of Newton's, with J. Kadleč's constants (2010): the processors'
/// own estimates differ from maker to maker.
inline Floats inverse_root(Floats v) {
  const Floats guess = from_bits(0x5f1ffff9 - (bits(v) >> 1));
  return 0.703952253f * guess * (2.38924456f - v * guess * guess);
}

inline Ints held(Floats x, Floats g, Floats low, Floats high) {
  return ((x <= low) & (g > 0)) | ((x >= high) & (g < 0));
}

void halve_row(const float* in, int n, float* out) {
  const auto one = [&](int j) {
    const auto at = [&](int i) { return i >= 0 && i < n ? in[i] : 0.0f; };
    out[j] = kOuterTap * (at(2 * j - 1) + at(2 * j + 2)) + kInnerTap * (at(2 * j) + at(2 * j + 1));
  };
  const int count = (n + 1) / 2;
  int j = 0;
  if (count > 0) one(j++);
  for (; 2 * (j + kLanes) + 2 <= n; j += kLanes) {
    const float* p = in + 2 * j;
    const Floats a = load(p - 1), b = load(p - 1 + kLanes), c = load(p + 1), d = load(p + 1 + kLanes);
    // odds(a, b) = in[2j], evens(c, d) = in[2j + 1]
    store(out + j, kOuterTap * (evens(a, b) + odds(c, d)) + kInnerTap * (odds(a, b) + evens(c, d)));
  }
  for (; j < count; ++j) one(j);
}

template <bool Pairs>
void doubled(const float* in, const float* pairs, int n, float* out) {
  const int count = (n + 1) / 2;
  const auto one = [&](int i) {
    const int m = i / 2, other = i % 2 ? m + 1 : m - 1;
    out[i] = kInnerTap * in[m] + (other >= 0 && other < count ? kOuterTap * in[other] : 0.0f) +
             (Pairs ? 0.25f * pairs[m] : 0.0f);
  };
  int m = 0;
  for (int i = 0; i < 2 && i < n; ++i) one(i);
  for (m = 1; m + kLanes + 1 <= count && 2 * (m + kLanes) <= n; m += kLanes) {
    Floats here = kInnerTap * load(in + m);
    if constexpr (Pairs) here += 0.25f * load(pairs + m);
    const Floats even = here + kOuterTap * load(in + m - 1), odd = here + kOuterTap * load(in + m + 1);
    store(out + 2 * m, first_zip(even, odd));
    store(out + 2 * m + kLanes, last_zip(even, odd));
  }
  for (int i = 2 * m; i < n; ++i) one(i);
}

void double_row(const float* in, const float* pairs, int n, float* out) {
  pairs ? doubled<true>(in, pairs, n, out) : doubled<false>(in, pairs, n, out);
}

void pair_rows(const float* a, const float* b, int n, float* out) {
  int j = 0;
  for (; 2 * (j + kLanes) <= n; j += kLanes) {
    const Floats first = load(a + 2 * j) + load(b + 2 * j),
                 second = load(a + 2 * j + kLanes) + load(b + 2 * j + kLanes);
    store(out + j, 0.25f * (evens(first, second) + odds(first, second)));
  }
  for (; 2 * j < n; ++j) out[j] = 0.25f * (a[2 * j] + b[2 * j] + (2 * j + 1 < n ? a[2 * j + 1] + b[2 * j + 1] : 0.0f));
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

/// The terms of light: how many of `light` and `luma` there are; Bounded: low and high are given.
template <bool Luma, bool Light, bool Encoded, bool Bounded>
void wish(const float* x, const float* luma, float share, const float* light, const float* encoded, const float* weight,
          float eyes, float rest, const float* low, const float* high, int n, float* root, float* out) {
  over(n, [&](int i, int k) {
    // The rows to come: each begins a new page, where the CPU's own prefetching stops.
    __builtin_prefetch(x + i + n), __builtin_prefetch(weight + i + n);
    if constexpr (Luma) __builtin_prefetch(luma + i + n);
    const Floats level = load(x + i, k), s = slope(level);
    Floats by_light{};
    if constexpr (Light) by_light = load(light + i, k);
    if constexpr (Luma) by_light += share * load(luma + i, k);
    Floats g = s * by_light;
    if constexpr (Encoded) g += load(encoded + i, k);
    const Floats r = inverse_root(rest + eyes * load(weight + i, k) * s * s);
    store(root + i, r, k);
    const Floats least = Bounded ? load(low + i, k) : Floats{}, most = Bounded ? load(high + i, k) : splat(255);
    store(out + i, r * keep(~held(level, g, least, most), g), k);
  });
}

void wish_row(const float* x, const float* luma, float share, const float* light, const float* encoded,
              const float* weight, float eyes, float rest, const float* low, const float* high, int n, float* root,
              float* out) {
  const auto run = [&]<bool A, bool B, bool C>() {
    (low ? wish<A, B, C, true> : wish<A, B, C, false>)(x, luma, share, light, encoded, weight, eyes, rest, low, high, n,
                                                       root, out);
  };
  const auto with_encoded = [&]<bool A, bool B>() {
    encoded ? run.template operator()<A, B, true>() : run.template operator()<A, B, false>();
  };
  const auto with_light = [&]<bool A>() {
    light ? with_encoded.template operator()<A, true>() : with_encoded.template operator()<A, false>();
  };
  luma ? with_light.template operator()<true>() : with_light.template operator()<false>();
}

template <bool Bounded>
void advance(const Advance& how, float* x, float* moved, int n) {
  const Advance a = how;  // what is written below could otherwise be thought to change it
  const float *r0 = a.rows[0], *r1 = a.rows[1], *r2 = a.rows[2], *r3 = a.rows[3], *r4 = a.rows[4];
  static_assert(Advance::kTaps == 5);
  Floats taps[Advance::kTaps];
  for (int t = 0; t < Advance::kTaps; ++t) taps[t] = splat(a.rate * a.sharpen * a.blur[t]);
  const Floats plain = splat(a.rate * (1 + a.sharpen)), momentum = splat(a.momentum);
  over(n, [&](int i, int k) {
    __builtin_prefetch(moved + i + n, 1);
    const Floats level = load(x + i, k), wish = load(a.wish + i, k);
    const Floats blurred = taps[0] * load(r0 + i, k) + taps[1] * load(r1 + i, k) + taps[2] * load(r2 + i, k) +
                           taps[3] * load(r3 + i, k) + taps[4] * load(r4 + i, k);
    const Floats direction = load(a.root + i, k) * (plain * wish - blurred);
    const Floats step = keep(wish != 0, momentum * load(moved + i, k) - direction);
    const Floats least = Bounded ? load(a.low + i, k) : Floats{}, most = Bounded ? load(a.high + i, k) : splat(255);
    const Floats next = min(max(level + step, least), most);
    store(moved + i, next - level, k);
    store(x + i, next, k);
  });
}

void advance_row(const Advance& how, float* x, float* moved, int n) {
  how.low ? advance<true>(how, x, moved, n) : advance<false>(how, x, moved, n);
}

}  // namespace

const DitherLoops kDitherLoops = {halve_row,  double_row, pair_rows,   light_row,
                                  weight_row, wish_row,   advance_row, project_row};

}  // namespace bifocal::hot::BIFOCAL_HOT
