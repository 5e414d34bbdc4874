// SPDX-License-Identifier: LGPL-3.0-or-later
// Requests "to the eye": two pictures in one image (tone/two_in_one.hpp).
#pragma once
#include <optional>

#include <bifocal/request.hpp>

#include "request/goals.hpp"
#include "request/parts.hpp"
#include "solver/algorithm.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::request {

/// What a goal says to the tone plan.
tone::TwoInOneOptions tone_options(const EyeGoal& goal, double balance);
/// What a request says to it, and to the dither; `scaler` is the one that was asked for.
tone::TwoInOneOptions tone_options(const Request& request, const EyeGoal& goal, const Scaler& scaler);
/// What the dither's own solver makes of a plan; the problem looks at the cover.
TwoPictures two_pictures(const Parts& parts, const tone::TwoInOneOptions& tones, tone::Pictures pictures);
Problem dither_problem(const Image8& cover, std::optional<Image> mask, TwoPictures two);
/// The request as a problem of views. The chosen scaler's comes first; its picture is the toned target.
Posed make_eye_problem(const Request& request, const Parts& parts, const SolveOptions& options);

/// What the general solvers are to do to the eye: L-BFGS's iterations, unless another algorithm is asked for.
SolveOptions general_options(SolveOptions options, int planned);

/// To the eye the planned number of iterations is the work itself, not a limit that cut it short.
void count_planned_as_solved(solver::Solution& solution, int planned);

/// The weight of a scaled view that makes it exact, against a cover of weight 1.
double exact_weight(const SeparableOperator& look);

/// Solves, puts the thumbnail right to the byte at balance 100, and reports.
Result run_eye(const Request& request, const SolveOptions& options);

}  // namespace bifocal::request
