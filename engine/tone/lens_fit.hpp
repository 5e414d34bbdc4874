// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The nearest pair to two pictures inside the lens (plan.hpp), for one gain of their contrast.
#include <bifocal/image.hpp>

#include "tone/lens_admm.hpp"

namespace bifocal::tone {

/// Of one size, 0..1. room: what the cover's detail needs, for a gain of 1. planned: null, the means are free.
/// saturated: wished with the options' colour, not with the pictures' own. state: where a fit of much the same pictures
/// ended, on any grid, from which this one goes on; null or empty: from the pictures themselves. Leaves where it ends
/// in `end`, if given, which may be the same. Asked to stop, it ends with what there is, inside the lens.
Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& options, double gain,
                 bool saturated, const Means* planned, const LensState* state, LensState* end);

}  // namespace bifocal::tone
