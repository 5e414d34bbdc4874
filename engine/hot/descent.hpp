// SPDX-License-Identifier: LGPL-3.0-or-later
// Row loops of the accelerated projected gradient (see hot.hpp for how they are built).
#pragma once

namespace bifocal::hot {

/// One row's bounds: 0..255, or what the mask leaves of it around the cover (see Problem::mask).
struct Box {
  const float* cover;
  const float* mask;  ///< or null
};

struct Descent {
  void (*clip)(const Box& box, float* x, int n);
  /// x' = clip(y − step · gy), y = x + momentum (x − last), gy likewise from g and last_g. Writes x' over `last` and gy
  /// over `last_g`; returns Σ (y − x')(x' − x).
  double (*step)(const Box& box, const float* x, const float* g, float momentum, float step, int n, float* last,
                 float* last_g);
  /// g += weight · (x − cover). Adds to sums: Σ (x − cover)², and how far the bound with this modulus lies below f(x):
  /// −Σ g d + modulus/2 d², d = clip(x − g/modulus) − x.
  void (*bound)(const Box& box, const float* x, float* g, float weight, float modulus, int n, double* sums);
  /// Adds to sums: Σ (ga − gb)(a − b), Σ (a − b)².
  void (*curvature)(const float* a, const float* b, const float* ga, const float* gb, int n, double* sums);
};

/// Those that this CPU can run.
const Descent& descent();

namespace baseline {
extern const Descent kDescent;
}
namespace avx2 {
extern const Descent kDescent;
}

}  // namespace bifocal::hot
