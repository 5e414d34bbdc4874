// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/eye_rows.hpp"
#include "hot/simd.hpp"

namespace bifocal::hot::BIFOCAL_HOT {
namespace {

#ifdef __AVX2__
constexpr int kBlock = 8;  // vectors of sums that fit the registers; the sums are the same for any number
#else
constexpr int kBlock = 4;
#endif

/// N vectors of sums stay in registers while all rows stream by.
template <int N>
inline void sum_block(const float* const* rows, const float* weights, int taps, int x, float* out, bool add) {
  Floats acc[N];
  for (int i = 0; i < N; ++i) acc[i] = add ? load(out + x + i * kLanes) : Floats{};
  for (int k = 0; k < taps; ++k) {
    const float* row = rows[k] + x;
    const Floats w = splat(weights[k]);
    for (int i = 0; i < N; ++i) acc[i] += w * load(row + i * kLanes);
  }
  for (int i = 0; i < N; ++i) store(out + x + i * kLanes, acc[i]);
}

template <int N>
inline void slide_block(const float* in, const float* weights, int taps, float* out) {
  Floats acc[N] = {};
  for (int k = 0; k < taps; ++k) {
    const Floats w = splat(weights[k]);
    for (int i = 0; i < N; ++i) acc[i] += w * load(in + k + i * kLanes);
  }
  for (int i = 0; i < N; ++i) store(out + i * kLanes, acc[i]);
}

}  // namespace

void sum_rows(const float* const* rows, const float* weights, int taps, int n, float* out, bool add) {
  int x = 0;
  for (; x + kBlock * kLanes <= n; x += kBlock * kLanes) sum_block<kBlock>(rows, weights, taps, x, out, add);
  for (; x + kLanes <= n; x += kLanes) sum_block<1>(rows, weights, taps, x, out, add);
  for (; x < n; ++x) {
    float acc = add ? out[x] : 0.0f;
    for (int k = 0; k < taps; ++k) acc += weights[k] * rows[k][x];
    out[x] = acc;
  }
}

void slide_row(const float* in, const float* weights, int taps, int n, float* out) {
  int x = 0;
  for (; x + kBlock * kLanes <= n; x += kBlock * kLanes) slide_block<kBlock>(in + x, weights, taps, out + x);
  for (; x + kLanes <= n; x += kLanes) slide_block<1>(in + x, weights, taps, out + x);
  for (; x < n; ++x) {
    float acc = 0;
    for (int k = 0; k < taps; ++k) acc += weights[k] * in[x + k];
    out[x] = acc;
  }
}

void gather_row(const float* in, const int* first, const float* weights, int width, int n, float* out) {
  for (int j = 0; j < n; ++j) {
    const float *p = in + first[j], *w = weights + static_cast<std::ptrdiff_t>(j) * width;
    Floats acc{};
    for (int k = 0; k < width; k += kLanes) acc += load(w + k) * load(p + k);
    out[j] = sum(acc);
  }
}

void scatter_row(const float* in, const int* first, const float* weights, int width, int n, float* out) {
  for (int j = 0; j < n; ++j) {
    float* p = out + first[j];
    const float* w = weights + static_cast<std::ptrdiff_t>(j) * width;
    const Floats v = splat(in[j]);
    for (int k = 0; k < width; k += kLanes) store(p + k, load(p + k) + v * load(w + k));
  }
}

}  // namespace bifocal::hot::BIFOCAL_HOT
