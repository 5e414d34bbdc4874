// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Minimises a DitherObjective over its box by projected descent with momentum (the heavy ball; Polak 1964), in a metric
// that knows the problem:
//   x⁺ = P(x − α H₀ (free gradient) + β (x − x⁻)),
//   H₀ = R (1 + a (1 − G)) R,   R = (rest + slope(x)² · weight · eyes)^−½ per sample, G a Gaussian of sigma 1:
// a step by light is worth what the transfer function makes of it, and what eyes blur away needs longer steps. H₀ is so
// near to the inverse Hessian's scale that fixed α and β do; as none of a step depends on sums over the image, an
// iteration reads and writes everything once, strip by strip. (L-BFGS with one pair in the same metric reaches the same
// f in as many iterations, with 5 images more to read and write.) Same bytes on any number of threads.
#include <functional>

#include <bifocal/image.hpp>

#include "tone/dither_objective.hpp"

namespace bifocal::tone {

struct DitherResult {
  double objective = 0;
  int iterations = 0;
  long evaluations = 0;
  bool interrupted = false, converged = false;
};

struct DitherOptions {
  int iterations = 16;
  /// Each time after so many iterations DitherObjective::aim_again() is called, with notes of the last kNotes: coarse
  /// tones swing while momentum settles. At most kAims times: each goes on from the one before, and what the lens
  /// cannot show would be asked for without end. 0: never, nor with a mask, nor in the last kNotes.
  static constexpr int kNotes = 5, kAims = 4;
  int aim_every = 8;
  double aim_gain = 1.2;          ///< its gain: above 1, since not all of it will be followed
  const Image8* cover = nullptr;  ///< with a mask: the box is cover·(1 − mask) .. cover + (255 − cover)·mask
  const Image* mask = nullptr;    ///< 1 channel, 0..1
  /// After each iteration: what it came to so far, x. False ends the solve with what there is.
  std::function<bool(const DitherResult&, const Image&)> proceed;
};

/// Starts at x; leaves the last iterate there. f may rise for a while; where it rises by much, steps get shorter.
DitherResult solve_dither(DitherObjective& objective, Image& x, const DitherOptions& options);

}  // namespace bifocal::tone
