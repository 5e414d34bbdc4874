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

inline float sum(Floats v) {
  float s = 0;
  for (int i = 0; i < kLanes; ++i) s += v[i];
  return s;
}

}  // namespace
