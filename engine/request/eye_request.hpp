// SPDX-License-Identifier: LGPL-3.0-or-later
// Requests "to the eye": two pictures in one image (tone/two_in_one.hpp).
#pragma once
#include <functional>

#include <bifocal/request.hpp>

#include "progress/ask.hpp"
#include "request/goals.hpp"
#include "request/parts.hpp"
#include "tone/dither_solver.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::request {

/// What a goal says to the tone plan.
tone::TwoInOneOptions tone_options(const EyeGoal& goal, double balance);
/// What a request says to it, and to the dither; `scaler` is the one that was asked for.
tone::TwoInOneOptions tone_options(const Request& request, const EyeGoal& goal, const Scaler& scaler);
/// The solve itself, of an image or of a part of one: from `x`, tone::start() of the pictures, to an image that shows
/// both (DitherOptions: `iterations`, `proceed`). `weights`: Fitted::weights. `pictures`: looked at closely.
tone::DitherResult descend(tone::Pictures pictures, const std::optional<Image>& weights, const Image8& cover,
                           const std::optional<Image>& mask, const tone::TwoInOneOptions& tones, int iterations,
                           const std::function<bool(int, double, const Image&)>& proceed, Image& x);
/// The request as a problem for the general solvers. The chosen scaler's view comes first; its picture is the toned
/// target.
Posed make_eye_problem(const Request& request, Parts parts, const SolveOptions& options);

/// What the general solvers are to do to the eye: L-BFGS's iterations, unless another algorithm is asked for.
SolveOptions general_options(SolveOptions options, int planned);

/// Brings bytes back into the box that a selection leaves, if there is one: what was stopped early was never held to
/// it.
void hold(Image8& image, const Image8& cover, const std::optional<Image>& mask);

/// To the eye the planned number of iterations is the work itself, not a limit that cut it short.
void count_planned_as_solved(Result& result, int planned);

/// The weight of a scaled view that makes it exact, against a cover of weight 1.
double exact_weight(const SeparableOperator& look);

/// Solves, puts the thumbnail right to the byte at balance 100, and reports.
Result run_eye(const Request& request, const SolveOptions& options);

}  // namespace bifocal::request
