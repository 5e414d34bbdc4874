// SPDX-License-Identifier: LGPL-3.0-or-later
// A vector of floats as wide as the build's registers (8 with AVX2, 4 otherwise), on GCC's vector extension.
// Only for files in this folder: they are compiled twice, so nothing here may be shared between the two builds.
#pragma once

namespace {

#ifdef __AVX2__
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif
typedef float Floats __attribute__((vector_size(kLanes * 4)));
typedef Floats Unaligned __attribute__((aligned(4)));
typedef int Ints __attribute__((vector_size(kLanes * 4)));

inline Floats load(const float* p) { return *reinterpret_cast<const Unaligned*>(p); }
inline void store(float* p, Floats v) { *reinterpret_cast<Unaligned*>(p) = v; }
inline Floats splat(float v) { return Floats{} + v; }

inline Floats min(Floats a, Floats b) {
#if defined(__AVX2__)
  return __builtin_ia32_minps256(a, b);
#elif defined(__SSE2__)
  return __builtin_ia32_minps(a, b);
#else
  return a < b ? a : b;
#endif
}
inline Floats max(Floats a, Floats b) {
#if defined(__AVX2__)
  return __builtin_ia32_maxps256(a, b);
#elif defined(__SSE2__)
  return __builtin_ia32_maxps(a, b);
#else
  return a > b ? a : b;
#endif
}
/// v where the mask (all ones or zeros) is set, else 0.
inline Floats keep(Ints mask, Floats v) { return (Floats)(mask & (Ints)v); }

/// Calls body(first, count) for whole vectors, then once for what is left.
template <class Body>
inline void over(int n, const Body& body) {
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) body(i, kLanes);
  if (i < n) body(i, n - i);
}

inline Floats load(const float* p, int count) {
  if (count == kLanes) return load(p);
  Floats v{};
  for (int i = 0; i < count; ++i) v[i] = p[i];
  return v;
}
inline void store(float* p, Floats v, int count) {
  if (count == kLanes) return store(p, v);
  for (int i = 0; i < count; ++i) p[i] = v[i];
}

/// Eight rows of eight, transposed: out[c·out_stride + r] = in[r·in_stride + c], as pointers in(r), out(c).
template <class In, class Out>
inline void transpose_8(const In& in, const Out& out) {
#ifdef __AVX2__
  Floats a[8], b[8];
  for (int r = 0; r < 8; ++r) a[r] = load(in(r));
  for (int r = 0; r < 8; r += 2) {
    b[r] = __builtin_shufflevector(a[r], a[r + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    b[r + 1] = __builtin_shufflevector(a[r], a[r + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int r = 0; r < 8; r += 4)
    for (int k = 0; k < 2; ++k) {
      a[r + 2 * k] = __builtin_shufflevector(b[r + k], b[r + k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[r + 2 * k + 1] = __builtin_shufflevector(b[r + k], b[r + k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int k = 0; k < 4; ++k) {
    store(out(k), __builtin_shufflevector(a[k], a[k + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    store(out(k + 4), __builtin_shufflevector(a[k], a[k + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
#else
  for (int r = 0; r < 8; ++r)
    for (int c = 0; c < 8; ++c) out(c)[r] = in(r)[c];
#endif
}

/// a where the mask is set, else b.
inline Floats select(Ints mask, Floats a, Floats b) { return (Floats)((mask & (Ints)a) | (~mask & (Ints)b)); }

inline float sum(Floats v) {
  float s = 0;
  for (int i = 0; i < kLanes; ++i) s += v[i];
  return s;
}

}  // namespace
