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

/// A model of the work: nanoseconds per pixel of the cover and of the thumbnail, as bench-commands measured them.
EyeShares eye_shares(Size cover, Size thumbnail, int iterations, bool repair, bool jpeg);

}  // namespace bifocal::request
