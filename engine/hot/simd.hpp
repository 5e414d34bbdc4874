// SPDX-License-Identifier: LGPL-3.0-or-later
// Eight floats side by side: one of AVX2's registers, or two of any other vector unit. With the same eight lanes, no
// contraction to fused multiply-adds and no reordering by the compiler, both builds give the same bits.
// Only for files in this folder: they are compiled twice, so nothing here may be shared between the two builds.
#pragma once

namespace {

constexpr int kLanes = 8;

#ifdef __AVX2__

typedef float Floats __attribute__((vector_size(32)));
typedef Floats Unaligned __attribute__((aligned(4)));
typedef int Ints __attribute__((vector_size(32)));

inline Floats load(const float* p) { return *reinterpret_cast<const Unaligned*>(p); }
inline void store(float* p, Floats v) { *reinterpret_cast<Unaligned*>(p) = v; }
inline Floats splat(float v) { return Floats{} + v; }
inline Floats min(Floats a, Floats b) { return __builtin_ia32_minps256(a, b); }
inline Floats max(Floats a, Floats b) { return __builtin_ia32_maxps256(a, b); }
inline Ints bits(Floats v) { return (Ints)v; }
inline Floats from_bits(Ints v) { return (Floats)v; }
inline bool any(Ints mask) { return __builtin_ia32_movmskps256((Floats)mask) != 0; }

#else

typedef float Half __attribute__((vector_size(16)));
typedef Half UnalignedHalf __attribute__((aligned(4)));
typedef int HalfInts __attribute__((vector_size(16)));

struct Ints {
  HalfInts a, b;
};
struct Floats {
  Half a, b;
};

inline Floats load(const float* p) {
  return {*reinterpret_cast<const UnalignedHalf*>(p), *reinterpret_cast<const UnalignedHalf*>(p + 4)};
}
inline void store(float* p, Floats v) {
  *reinterpret_cast<UnalignedHalf*>(p) = v.a;
  *reinterpret_cast<UnalignedHalf*>(p + 4) = v.b;
}
inline Floats splat(float v) { return {Half{} + v, Half{} + v}; }

#define BIFOCAL_ARITHMETIC(op)                                                       \
  inline Floats operator op(Floats x, Floats y) { return {x.a op y.a, x.b op y.b}; } \
  inline Floats operator op(float x, Floats y) { return {x op y.a, x op y.b}; }      \
  [[maybe_unused]] inline Floats operator op(Floats x, float y) { return {x.a op y, x.b op y}; }
BIFOCAL_ARITHMETIC(+)
BIFOCAL_ARITHMETIC(-)
BIFOCAL_ARITHMETIC(*)
BIFOCAL_ARITHMETIC(/)
#undef BIFOCAL_ARITHMETIC
#define BIFOCAL_COMPARISON(op)                                                     \
  inline Ints operator op(Floats x, Floats y) { return {x.a op y.a, x.b op y.b}; } \
  [[maybe_unused]] inline Ints operator op(Floats x, float y) { return {x.a op(Half{} + y), x.b op(Half{} + y)}; }
BIFOCAL_COMPARISON(<)
BIFOCAL_COMPARISON(>)
BIFOCAL_COMPARISON(<=)
BIFOCAL_COMPARISON(>=)
BIFOCAL_COMPARISON(==)
BIFOCAL_COMPARISON(!=)
#undef BIFOCAL_COMPARISON
inline Floats operator-(Floats x) { return {-x.a, -x.b}; }
inline Floats& operator+=(Floats& x, Floats y) { return x = x + y; }
inline Floats& operator-=(Floats& x, Floats y) { return x = x - y; }
inline Ints operator&(Ints x, Ints y) { return {x.a & y.a, x.b & y.b}; }
inline Ints operator|(Ints x, Ints y) { return {x.a | y.a, x.b | y.b}; }
inline Ints operator~(Ints x) { return {~x.a, ~x.b}; }
inline Ints operator-(int x, Ints y) { return {x - y.a, x - y.b}; }
inline Ints operator>>(Ints x, int n) { return {x.a >> n, x.b >> n}; }

inline Ints bits(Floats v) { return {(HalfInts)v.a, (HalfInts)v.b}; }
inline Floats from_bits(Ints v) { return {(Half)v.a, (Half)v.b}; }
// As the processor's own: the second one where either is no number.
#ifdef __SSE2__
inline Floats min(Floats x, Floats y) { return {__builtin_ia32_minps(x.a, y.a), __builtin_ia32_minps(x.b, y.b)}; }
inline Floats max(Floats x, Floats y) { return {__builtin_ia32_maxps(x.a, y.a), __builtin_ia32_maxps(x.b, y.b)}; }
inline bool any(Ints mask) { return __builtin_ia32_movmskps((Half)(mask.a | mask.b)) != 0; }
#else
inline Floats min(Floats x, Floats y) {
  const Ints less = x < y;
  return from_bits((less & bits(x)) | (~less & bits(y)));
}
inline Floats max(Floats x, Floats y) {
  const Ints more = x > y;
  return from_bits((more & bits(x)) | (~more & bits(y)));
}
inline bool any(Ints mask) {
  const HalfInts all = mask.a | mask.b;
  return (all[0] | all[1] | all[2] | all[3]) != 0;
}
#endif

#endif

/// v where the mask (all ones or zeros) is set, else 0.
inline Floats keep(Ints mask, Floats v) { return from_bits(mask & bits(v)); }
/// a where the mask is set, else b.
inline Floats select(Ints mask, Floats a, Floats b) { return from_bits((mask & bits(a)) | (~mask & bits(b))); }

/// Calls body(first, count) for whole vectors, then once for what is left.
template <class Body>
inline void over(int n, const Body& body) {
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) body(i, kLanes);
  if (i < n) body(i, n - i);
}

inline Floats load(const float* p, int count) {
  if (count == kLanes) return load(p);
  float all[kLanes] = {};
  for (int i = 0; i < count; ++i) all[i] = p[i];
  return load(all);
}
inline void store(float* p, Floats v, int count) {
  if (count == kLanes) return store(p, v);
  float all[kLanes];
  store(all, v);
  for (int i = 0; i < count; ++i) p[i] = all[i];
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

inline float sum(Floats v) {
  float all[kLanes], s = 0;
  store(all, v);
  for (float one : all) s += one;
  return s;
}

/// The first `count` lanes, else 0.
inline Floats first(Floats v, int count) {
  float all[kLanes];
  store(all, v);
  for (int i = count; i < kLanes; ++i) all[i] = 0;
  return load(all);
}

}  // namespace
