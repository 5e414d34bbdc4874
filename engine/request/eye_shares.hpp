// SPDX-License-Identifier: LGPL-3.0-or-later
// How long each phase of one thumbnail "to the eye" takes, for its progress.
#pragma once
#include <bifocal/image.hpp>

namespace bifocal::request {

/// Where phases end, as shares of the whole job.
struct EyeShares {
  double planned, started, solved, repaired;
  double coarse;    ///< of planning: the cover at the thumbnail's size
  double close;     ///< of starting: what the eye is to see
  double prepared;  ///< of solving: before the first iteration
};

/// Nanoseconds that an iteration takes, per pixel of the cover and of the thumbnail.
struct IterationCost {
  double cover, thumbnail;
};
inline constexpr IterationCost kDitherCost{24, 8};
inline constexpr IterationCost kEvaluationCost{130, 0};  ///< of the algorithms for any views

/// A model of the work: nanoseconds per pixel of the cover and of the thumbnail, as bench-commands measured them.
EyeShares eye_shares(Size cover, Size thumbnail, double iterations, IterationCost each, bool repair, bool jpeg);

}  // namespace bifocal::request
