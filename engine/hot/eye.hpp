// SPDX-License-Identifier: LGPL-3.0-or-later
// Row loops of the views: filters, transfer functions and vector sums (see hot.hpp for how they are built). All
// pointers are to rows of n floats that do not overlap, unless a line says otherwise. Levels and light are 0..255.
#pragma once
#include <cstddef>

namespace bifocal::hot {

struct EyeLoops {
  /// out[i] = (add ? out[i] : 0) + Σ_k weights[k] · rows[k][i]
  void (*sum_rows)(const float* const* rows, const float* weights, int taps, int n, float* out, bool add);

  /// out[i] = Σ_k weights[k] · in[i + k]; reads n + taps − 1 samples.
  void (*slide_row)(const float* in, const float* weights, int taps, int n, float* out);

  /// out[j] = Σ_k weights[j·width + k] · in[first[j] + k], for j = 0..n−1. `width` is a multiple of 8; weights beyond a
  /// row's own count are 0, and `in` must be readable (and finite) for `width` samples from each first[j].
  void (*gather_row)(const float* in, const int* first, const float* weights, int width, int n, float* out);

  /// The adjoint: out[first[j] + k] += weights[j·width + k] · in[j]. The same padding for `out`.
  void (*scatter_row)(const float* in, const int* first, const float* weights, int width, int n, float* out);

  /// light = 255 · P(level / 255), P the polynomial of degree 5 nearest to the sRGB transfer function with P(0) = 0 and
  /// P(1) = 1: largest error 0.08 of 255.
  void (*srgb_light)(const float* level, int n, float* light);
  /// out[i] += slope of the above at level[i], times in[i].
  void (*srgb_chain)(const float* level, const float* in, int n, float* out);

  /// In place: error = seen − picture; seen = scale · weight[i] · error (weight nullptr: 1). Returns Σ weight · error².
  double (*residual_row)(float* seen, const float* picture, const float* weight, float scale, int n);

  double (*dot)(const float* a, const float* b, std::size_t n);
  /// y += a · x
  void (*axpy)(float a, const float* x, std::size_t n, float* y);
};

/// Those that this CPU can run.
const EyeLoops& eye();

namespace baseline {
extern const EyeLoops kEyeLoops;
}
namespace avx2 {
extern const EyeLoops kEyeLoops;
}

}  // namespace bifocal::hot
