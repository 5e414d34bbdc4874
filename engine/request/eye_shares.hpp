// SPDX-License-Identifier: LGPL-3.0-or-later
// How long each phase of one thumbnail "to the eye" takes, for its progress.
#pragma once
#include <bifocal/image.hpp>

namespace bifocal::request {

/// Where phases end, as shares of the whole job.
struct EyeShares {
  double planned, solved, repaired, checked;
  double coarse;  ///< of planning: the cover at the thumbnail's size
};

/// Nanoseconds that an algorithm for any views takes for an evaluation, per pixel of the cover.
inline constexpr double kEvaluation = 130;

/// A model of the work: nanoseconds per pixel of the cover and of the thumbnail, as bench-commands measured them.
/// `solve`: nanoseconds of solving. `checked`: before showings.
EyeShares eye_shares(Size cover, Size thumbnail, double solve, bool repair, bool jpeg);

}  // namespace bifocal::request
