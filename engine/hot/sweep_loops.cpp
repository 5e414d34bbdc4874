// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/hot.hpp"
#include "hot/simd.hpp"

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

constexpr int kMaxTaps = 8;  // more taps go through memory

struct Bounds {
  Floats low, high;
};

inline Bounds bounds(const Rows& r, int row, int j, Floats c) {
  if (!r.mask) return {Floats{}, splat(255)};
  const Floats s = load(r.mask[row] + j);
  return {c - c * s, c + (255 - c) * s};
}

/// a · b + c. Fused multiply-adds are a fifth of the sweeps' speed: the one place where the two builds round
/// differently.
inline Floats fused(Floats a, Floats b, Floats c) {
#ifdef __FMA__
  return (Floats)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#else
  return a * b + c;
#endif
}
inline Floats fused(float a, Floats b, Floats c) { return fused(splat(a), b, c); }

/// One vector column through all rows: the outputs' sums stay in registers.
template <int T, bool kCurvature, bool kMask>
double sweep_taps(const Rows& r, int valid) {
  Floats squares{};
  for (int j = 0; j < r.columns; j += kLanes) {
    Floats u[T], w[T], w2[T], square{};
    for (int t = 0; t < T; ++t) {
      u[t] = load(r.u[t] + j);
      w[t] = load(r.w[t] + j);
      if (kCurvature) w2[t] = load(r.w2[t] + j);
    }
    const float* a = r.coefficients;
    for (int i = 0; i < r.rows; ++i, a += T) {
      const Floats c = load(r.center[i] + j);
      Floats z = c;
      for (int t = 0; t < T; ++t) z = fused(a[t], u[t], z);
      Floats low{}, high = splat(255);
      if (kMask) {
        const Floats s = load(r.mask[i] + j);
        low = c - c * s;
        high = c + (255 - c) * s;
      }
      const Floats x = min(max(z, low), high), d = x - c;
      square = fused(d, d, square);
      for (int t = 0; t < T; ++t) w[t] = fused(a[t], x, w[t]);
      if (kCurvature) {
        const Ints free = x == z;
        for (int t = 0; t < T; ++t) w2[t] += keep(free, splat(a[t] * a[t]));
      }
    }
    for (int t = 0; t < T; ++t) {
      store(r.w[t] + j, w[t]);
      if (kCurvature) store(r.w2[t] + j, w2[t]);
    }
    squares += j + kLanes <= valid ? square : first(square, valid - j);
  }
  return sum(squares);
}

double sweep_many(const Rows& r, int valid) {
  double squares = 0;
  for (int i = 0; i < r.rows; ++i) {
    const float* a = r.coefficients + static_cast<long>(i) * r.taps;
    for (int j = 0; j < r.columns; j += kLanes) {
      const Floats c = load(r.center[i] + j);
      Floats z = c;
      for (int t = 0; t < r.taps; ++t) z = fused(a[t], load(r.u[t] + j), z);
      const Bounds b = bounds(r, i, j, c);
      const Floats x = min(max(z, b.low), b.high), d = x - c, square = d * d;
      for (int t = 0; t < r.taps; ++t) store(r.w[t] + j, fused(a[t], x, load(r.w[t] + j)));
      if (r.w2)
        for (int t = 0; t < r.taps; ++t) store(r.w2[t] + j, load(r.w2[t] + j) + keep(x == z, splat(a[t] * a[t])));
      squares += sum(valid - j >= kLanes ? square : first(square, valid - j > 0 ? valid - j : 0));
    }
  }
  return squares;
}

template <int T>
double sweep_counted(const Rows& r, int valid) {
  if (r.taps == T) {
    if (r.mask) return r.w2 ? sweep_taps<T, true, true>(r, valid) : sweep_taps<T, false, true>(r, valid);
    return r.w2 ? sweep_taps<T, true, false>(r, valid) : sweep_taps<T, false, false>(r, valid);
  }
  if constexpr (T < kMaxTaps) return sweep_counted<T + 1>(r, valid);
  return sweep_many(r, valid);
}

double sweep(const Rows& r, int valid) { return sweep_counted<1>(r, valid); }

void render(const Rows& r, float* const* out) {
  for (int i = 0; i < r.rows; ++i) {
    const float* a = r.coefficients + static_cast<long>(i) * r.taps;
    for (int j = 0; j < r.columns; j += kLanes) {
      const Floats c = load(r.center[i] + j);
      Floats z = c;
      for (int t = 0; t < r.taps; ++t) z = fused(a[t], load(r.u[t] + j), z);
      const Bounds b = bounds(r, i, j, c);
      store(out[i] + j, min(max(z, b.low), b.high));
    }
  }
}

/// in: columns x 8, out: 8 rows of `columns` (a multiple of 8).
void to_rows(const float* in, int columns, float* const* out) {
  for (int j = 0; j < columns; j += 8)
    transpose_8([&](int r) { return in + (j + r) * 8; }, [&](int c) { return out[c] + j; });
}

void to_columns(const float* const* in, int columns, float* out) {
  for (int j = 0; j < columns; j += 8)
    transpose_8([&](int r) { return in[r] + j; }, [&](int c) { return out + (j + c) * 8; });
}

void expand(const float* in, const int* first, const float* coefficients, int taps, int columns, float* scratch,
            float* const* out) {
  for (int j = 0; j < columns; ++j) {
    const float* from = in + static_cast<long>(first[j]) * 8;
    const float* a = coefficients + static_cast<long>(j) * taps;
    Floats s{};
    for (int t = 0; t < taps; ++t) s += a[t] * load(from + t * 8);
    store(scratch + j * 8, s);
  }
  to_rows(scratch, columns, out);
}

void contract(const float* const* in, int columns, const int* first, const int* count, const int* offset,
              const float* weights, int outputs, float* scratch, float* out) {
  to_columns(in, columns, scratch);
  for (int o = 0; o < outputs; ++o) {
    const float* from = scratch + static_cast<long>(first[o]) * 8;
    const float* a = weights + offset[o];
    Floats s{};
    for (int k = 0; k < count[o]; ++k) s += a[k] * load(from + k * 8);
    store(out + o * 8, s);
  }
}

void band_solve(float* grid, int height, int width, const float* lower, const float* inverse, int band) {
  for (int y = 0; y < height; ++y) {
    float* to = grid + static_cast<long>(y) * width;
    for (int k = 0; k < band && k < y; ++k) {
      const float a = lower[static_cast<long>(y) * band + k];
      const float* from = to - static_cast<long>(k + 1) * width;
      for (int x = 0; x < width; ++x) to[x] -= a * from[x];
    }
  }
  for (int y = height - 1; y >= 0; --y) {
    float* to = grid + static_cast<long>(y) * width;
    const float d = inverse[y];
    for (int x = 0; x < width; ++x) to[x] *= d;
    for (int k = 0; k < band && y + k + 1 < height; ++k) {
      const float a = lower[static_cast<long>(y + k + 1) * band + k];
      const float* from = to + static_cast<long>(k + 1) * width;
      for (int x = 0; x < width; ++x) to[x] -= a * from[x];
    }
  }
}

void transpose(const float* in, int height, int width, float* out) {
  for (int y0 = 0; y0 < height; y0 += 16)
    for (int x0 = 0; x0 < width; x0 += 16) {
      const int y1 = y0 + 16 < height ? y0 + 16 : height, x1 = x0 + 16 < width ? x0 + 16 : width;
      for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x) out[static_cast<long>(x) * height + y] = in[static_cast<long>(y) * width + x];
    }
}

double dot(const float* a, const float* b, std::size_t n) {
  // Short runs in float, their sums in double: exact enough for products of levels.
  double total = 0;
  std::size_t i = 0;
  for (; i + 256 <= n; i += 256) {
    Floats s{};
    for (int k = 0; k < 256; k += kLanes) s += load(a + i + k) * load(b + i + k);
    total += sum(s);
  }
  for (; i < n; ++i) total += static_cast<double>(a[i]) * b[i];
  return total;
}

void add_scaled(float* y, const float* const* x, const float* a, int count, std::size_t n) {
  constexpr std::size_t kRun = 1024;  // of y, stays near while all x pass by
  for (std::size_t i = 0; i < n; i += kRun) {
    const std::size_t end = i + kRun < n ? i + kRun : n;
    for (int c = 0; c < count; ++c) {
      const float f = a[c];
      const float* from = x[c];
      for (std::size_t k = i; k < end; ++k) y[k] += f * from[k];
    }
  }
}

void multiply_add(float* y, const float* x, const float* s, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] += x[i] * s[i];
}

void add_row(std::int32_t* sums, const std::uint8_t* in, std::int32_t weight, int n) {
  for (int x = 0; x < n; ++x) sums[x] += weight * in[x];
}

void clip_row(const std::int32_t* sums, int shift, int n, std::uint8_t* out) {
  const std::int32_t half = 1 << (shift - 1);
  for (int x = 0; x < n; ++x) {
    std::int32_t v = (sums[x] + half) >> shift;
    v = v < 0 ? 0 : v;
    out[x] = static_cast<std::uint8_t>(v > 255 ? 255 : v);
  }
}

typedef std::uint8_t Bytes16 __attribute__((vector_size(16)));
typedef std::int32_t Sums8 __attribute__((vector_size(32)));

/// s += weight · (eight bytes at p).
inline void add_column(Sums8& s, std::int32_t weight, const std::uint8_t* p) {
#ifdef __AVX2__
  s += weight * (Sums8)_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
#else
  for (int r = 0; r < 8; ++r) s[r] += weight * p[r];
#endif
}

inline Bytes16 interleave_low(Bytes16 a, Bytes16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
inline Bytes16 interleave_high(Bytes16 a, Bytes16 b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/// 8 columns of 8 rows: out[x * 8 + r] = rows[r][x].
inline void transpose_8x8(const std::uint8_t* const* rows, int x, std::uint8_t* out) {
  Bytes16 in[8];
  for (int r = 0; r < 8; ++r) {
    in[r] = Bytes16{};
    __builtin_memcpy(&in[r], rows[r] + x, 8);
  }
  // Rows r and r + 4 first, so that three rounds of interleaving bring each column together in order.
  const Bytes16 a = interleave_low(in[0], in[4]), b = interleave_low(in[1], in[5]);
  const Bytes16 c = interleave_low(in[2], in[6]), d = interleave_low(in[3], in[7]);
  const Bytes16 e = interleave_low(a, c), f = interleave_high(a, c), g = interleave_low(b, d),
                h = interleave_high(b, d);
  const Bytes16 all[4] = {interleave_low(e, g), interleave_high(e, g), interleave_low(f, h), interleave_high(f, h)};
  __builtin_memcpy(out, all, 64);
}

void horizontal_sums(const std::uint8_t* in, std::ptrdiff_t stride, int height, int width, const int* first,
                     const std::size_t* offset, const std::int32_t* weights, int outputs, std::int32_t* out) {
  // Eight rows at a time, side by side: one weight then meets a whole vector of pixels.
  constexpr int kTile = 4096;
  alignas(64) std::uint8_t pixels[kTile * 8];
  for (int y = 0; y < height; y += 8) {
    const std::uint8_t* rows[8];
    for (int r = 0; r < 8; ++r) rows[r] = in + (y + r < height ? y + r : height - 1) * stride;
    int have_from = 0, have_to = 0;
    for (int o = 0; o < outputs; ++o) {
      const int n = static_cast<int>(offset[o + 1] - offset[o]);
      const std::int32_t* w = weights + offset[o];
      Sums8 s{};
      if (n <= kTile) {
        if (first[o] < have_from || first[o] + n > have_to) {
          have_from = first[o];
          have_to = have_from + kTile < width ? have_from + kTile : width;
          int x = have_from;
          for (; x + 8 <= have_to; x += 8) transpose_8x8(rows, x, pixels + (x - have_from) * 8);
          for (; x < have_to; ++x)
            for (int r = 0; r < 8; ++r) pixels[(x - have_from) * 8 + r] = rows[r][x];
        }
        const std::uint8_t* p = pixels + (first[o] - have_from) * 8;
        for (int k = 0; k < n; ++k) {
          add_column(s, w[k], p + k * 8);
        }
      } else {
        for (int k = 0; k < n; ++k)
          for (int r = 0; r < 8; ++r) s[r] += w[k] * rows[r][first[o] + k];
      }
      for (int r = 0; r < 8 && y + r < height; ++r) out[static_cast<std::size_t>(y + r) * outputs + o] = s[r];
    }
  }
}

void weigh(const float* target, const float* seen, const float* dual, const float* inverse, float soft, std::size_t n,
           float* gradient, double* sums) {
  constexpr std::size_t kRun = 256;
  for (std::size_t i = 0; i < n; i += kRun) {
    const std::size_t end = i + kRun < n ? i + kRun : n;
    Floats misfit{}, slack{};
    for (std::size_t k = i; k < end; k += kLanes) {
      const int count = end - k < kLanes ? static_cast<int>(end - k) : kLanes;
      const Floats v = soft * load(inverse + k, count);
      const Ints matters = v > 0;
      const Floats r = keep(matters, load(target + k, count) - load(seen + k, count)),
                   f = r - load(dual + k, count) * v;
      const Floats weight = keep(matters, 1 / v);
      misfit += weight * r * r;
      slack += weight * f * f;
      store(gradient + k, f, count);
    }
    sums[0] += sum(misfit);
    sums[1] += sum(slack);
  }
}

double round_row(const float* levels, const float* reference, const float* thresholds, float bias, int n,
                 std::uint8_t* out) {
  Floats squares{};
  over(n, [&](int x, int count) {
    const Floats d = load(levels + x, count) - load(reference + x, count);
    squares += d * d;
  });
  const auto round = [&](int x, int k) {
    const float d = levels[x] - reference[x];
    const float level = levels[x] + thresholds[k] - (d == 0 ? 0 : bias);
    const int v = static_cast<int>(level < 0 ? 0 : level);
    out[x] = static_cast<std::uint8_t>(v > 255 ? 255 : v);
  };
  int x = 0;
  for (; x + 8 <= n; x += 8)
    for (int k = 0; k < 8; ++k) round(x + k, k);
  for (int k = 0; x < n; ++x, ++k) round(x, k);
  return sum(squares);
}

bool within(const float* v, int n, float low, float high) {
  int outside = 0;
  for (int x = 0; x < n; ++x) outside += !(v[x] >= low) | !(v[x] <= high);
  return outside == 0;
}

float largest(const float* v, std::size_t n) {
  Floats all{};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) all = max(all, max(load(v + i), -load(v + i)));
  if (i < n) {
    const Floats last = load(v + i, static_cast<int>(n - i));
    all = max(all, max(last, -last));
  }
  float lanes[kLanes], most = 0;
  store(lanes, all);
  for (float one : lanes) most = one > most ? one : most;
  return most;
}

void widen(const std::uint8_t* in, int n, float* out) {
  for (int x = 0; x < n; ++x) out[x] = in[x];
}

void share(const float* curvature, const float* inverse, float least, std::size_t n, float* out) {
  for (std::size_t i = 0; i < n; ++i) {
    const float w = curvature[i] * inverse[i], kept = w > least ? w : least;
    out[i] = 1 / __builtin_sqrtf(inverse[i] > 0 ? kept : 1.f);
  }
}

}  // namespace

const Loops kLoops = {BIFOCAL_HOT_NAME, sweep,        render,          expand,  contract, band_solve, dot,
                      add_scaled,       multiply_add, horizontal_sums, add_row, clip_row, weigh,      widen,
                      largest,          share,        round_row,       within,  transpose};

}  // namespace bifocal::hot::BIFOCAL_HOT
