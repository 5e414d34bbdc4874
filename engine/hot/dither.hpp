// SPDX-License-Identifier: LGPL-3.0-or-later
// Row loops of the solver that makes two pictures in one image (tone/dither_solver.hpp; hot.hpp says how they are
// built). Rows are n floats that do not overlap unless a line says so; levels and light are 0..255.
#pragma once
#include <cstddef>

namespace bifocal::hot {

/// The filter (outer, inner, inner, outer) of the half grid; their sum is 1/2.
constexpr float kOuterTap = 1 / 8.f, kInnerTap = 3 / 8.f;

struct Advance {
  static constexpr int kTaps = 5;
  const float *root, *wish, *blur;
  const float* rows[kTaps];
  const float *low, *high;  ///< or null: 0 and 255
  float sharpen, rate, momentum;
};

struct LensSide {
  const float* value;
  float *split, *dual;
};

struct DitherLoops {
  /// out[j] = outer (in[2j−1] + in[2j+2]) + inner (in[2j] + in[2j+1]) for j < (n+1)/2; samples outside 0..n−1 count as
  /// 0.
  void (*halve_row)(const float* in, int n, float* out);
  /// The adjoint: out[i], i < n, from (n+1)/2 samples. pairs: as many, added as the adjoint of pair_rows; or null.
  void (*double_row)(const float* in, const float* pairs, int n, float* out);
  /// out[j] = (a[2j] + a[2j+1] + b[2j] + b[2j+1]) / 4 for j < (n+1)/2; samples outside 0..n−1 count as 0.
  void (*pair_rows)(const float* a, const float* b, int n, float* out);
  /// light = sRGB light of level (eye.hpp: srgb_light); luma[i] = (add ? luma[i] : 0) + share · light[i], unless luma
  /// is null.
  void (*light_row)(const float* level, int n, float share, bool add, float* light, float* luma);
  /// The eye's weights: out[i] = 1 / max(slope at level[i], least)², slope that of the curve.
  void (*weight_row)(const float* level, int n, float least, float* out);

  /// The gradient g = slope(x) · (share · luma + light) + encoded (each may be null), but 0 where x is held at the
  /// bound that −g points beyond, scaled by the root of the metric:
  ///   root[i] = (rest + slope(x)² · weight[i] · eyes)^−½,   out[i] = root[i] · g[i]
  /// low and high null: 0 and 255.
  void (*wish_row)(const float* x, const float* luma, float share, const float* light, const float* encoded,
                   const float* weight, float eyes, float rest, const float* low, const float* high, int n, float* root,
                   float* out);
  /// x⁺ = x − rate · root · ((1 + sharpen) · wish − sharpen · Σ_t blur[t] · rows[t]) + momentum · moved within
  /// low..high, or x where wish is 0; moved = x⁺ − x.
  void (*advance_row)(const Advance& how, float* x, float* moved, int n);

  /// One step of tone planning: the pair of u and v, value + dual each, is brought to the nearest inside the lens, by
  ///   care · du² + dv²:
  ///   (u + 0.01)^2.2 + room <= v <= u,  its floor and ceiling drawn in by the shares `low` (of each pair) and `high`
  ///   of its height; all 0..1.
  /// split: the result; dual: what it moved by.
  void (*project_row)(const float* low, float high, const float* room, const float* care, LensSide u, LensSide v,
                      int n);
};

const DitherLoops& dither();

namespace baseline {
extern const DitherLoops kDitherLoops;
}
namespace avx2 {
extern const DitherLoops kDitherLoops;
}

}  // namespace bifocal::hot
