// SPDX-License-Identifier: LGPL-3.0-or-later
// Several views "to the eye": two pictures in one (tone/two_in_one.hpp) for the leading view, and a view of its own for
// every other one.
//   leading   the first view that shrinks and averages encoded values; else the first that enlarges by interpolation
//   shrinking encoded values: the view's own operator; the same target as the leader's shows its toned thumbnail,
//   another
//             one is brought to the same contrast
//   enlarging by interpolation: dither goes flat between its pixels, so what is seen is near the mean of encoded
//   values:
//             a Gaussian after the enlargement, of encoded values; how far it is from that is measured and made up for
//   enlarging by nearest: dither stays dither: a Gaussian after the enlargement, of light
//   light     a scaler that averages light shows the cover, whatever is done: reported only
#pragma once
#include <optional>

#include <bifocal/views.hpp>

#include "progress/ask.hpp"

namespace bifocal::request {

/// `sizes`: of the views, already checked. The requested views come first in the problem, in their order.
Posed make_eye_views_problem(const Request& request, const std::vector<Size>& sizes, const SolveOptions& options);

/// Solves and reports; Result::appearance has the eye and then every view.
Result run_eye_views(const Request& request, const std::vector<Size>& sizes, const SolveOptions& options);

}  // namespace bifocal::request
