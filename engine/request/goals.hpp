// SPDX-License-Identifier: LGPL-3.0-or-later
// What follows from a goal for the solve.
#pragma once
#include <bifocal/goal.hpp>
#include <bifocal/solve.hpp>

namespace bifocal::request {

/// Throws UnknownSetting for a value that is not possible.
void check(const Goal& goal);

/// The request's goal of this kind, or one with everything as it is when nobody sets it: to the eye with balance 0 is
/// pixel by pixel.
template <class Kind>
Kind goal_as(const Goal& goal) {
  const Kind* kind = std::get_if<Kind>(&goal);
  return kind ? *kind : Kind();
}

/// As many iterations as set, or what suits the image's size. Small images can afford more: 40 up to half a megapixel
/// bring the cover .02 SSIM more than the 22 from four megapixels on.
int planned_iterations(const EyeGoal& goal, Size image);
/// `planned` iterations, or fewer where the caller limits them.
int limited(const SolveOptions& options, int planned);
/// Turns weights of squares into weights of distances where the goal asks for these.
void apply_norm(const PixelsGoal& goal, Problem& problem);

}  // namespace bifocal::request
