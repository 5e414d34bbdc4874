// SPDX-License-Identifier: LGPL-3.0-or-later
// Row loops of the solver that makes two pictures in one image (solver/two_pictures.hpp; hot.hpp says how they are built).
// Rows are n floats that do not overlap unless a line says so; levels and light are 0..255.
#pragma once
#include <cstddef>

namespace bifocal::hot {

struct DitherLoops {
  /// out[j] = (in[2j−1] + 3 in[2j] + 3 in[2j+1] + in[2j+2]) / 8 for j < (n+1)/2; samples outside 0..n−1 count as 0.
  void (*halve_row)(const float* in, int n, float* out);
  /// The adjoint: out[i], i < n, from (n+1)/2 samples.
  void (*double_row)(const float* in, int n, float* out);
  /// light = sRGB light of level (eye.hpp: srgb_light); luma[i] += share · light[i], unless luma is null.
  void (*light_row)(const float* level, int n, float share, float* light, float* luma);
  /// The eye's weights: out[i] = 1 / max(slope at level[i], least)², slope that of the curve.
  void (*weight_row)(const float* level, int n, float least, float* out);

  /// What is left free of the gradient, less `along` · change, scaled by the root of the metric:
  ///   root[i] = (rest + slope(x)² · weight[i] · eyes)^−½,   out[i] = root[i] · free((free(g[i]) − along · change[i]))
  /// free(g): g, but 0 where x is held at the bound that −g points beyond. `weight` null: 1.
  void (*metric_row)(const float* x, const float* g, const float* change, float along, const float* weight, float eyes,
                     float rest, const float* low, const float* high, int n, float* root, float* out);
  /// out[i] = root[i] · ((1 + sharpen) · in[i] − sharpen · blurred[i]); returns Σ change · out. `out` may be `change`.
  double (*sharpen_row)(const float* root, const float* in, const float* blurred, const float* change, float sharpen, int n,
                        float* out);
  /// x⁺ = clip(x − (scale · direction + along · moved)) where not held; moved = x⁺ − x. Returns Σ g · moved.
  double (*step_row)(float* x, const float* g, const float* direction, float* moved, float scale, float along,
                     const float* low, const float* high, int n);
  /// g⁺ = slope(x) · (share · luma + light) + encoded (each may be null); change = g⁺ − g. Adds to sums: Σ moved · change,
  /// Σ moved · (g⁺ where not held).
  void (*gradient_row)(const float* x, const float* luma, float share, const float* light, const float* encoded,
                       const float* moved, const float* low, const float* high, int n, float* g, float* change,
                       double* sums);
};

const DitherLoops& dither();

namespace baseline {
extern const DitherLoops kDitherLoops;
}
namespace avx2 {
extern const DitherLoops kDitherLoops;
}

}  // namespace bifocal::hot
