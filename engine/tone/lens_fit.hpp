// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The nearest pair to two pictures inside the lens (plan.hpp), for one gain of their contrast: ADMM (Boyd et al. 2011)
// that alternates between the weighted fit, exact in modes of the discrete cosine transform, and the projection of each
// pixel.
#include <array>

#include <bifocal/image.hpp>

#include "tone/plan.hpp"

namespace bifocal::tone {

/// What the channels' means should be, for u and for v.
struct Means {
  std::array<float, 3> seen{0.52f, 0.52f, 0.52f}, thumbnail{0.25f, 0.25f, 0.25f};
};

/// Of one size, 0..1. room: what the cover's detail needs, for a gain of 1. planned: null, the means are free. Asked to
/// stop, it ends with what there is, inside the lens.
Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& options, double gain,
                 const Means* planned = nullptr);

/// Root of the weighted mean square of an image's luma (plan.hpp: W).
double luma_rms(const Image& image, double floor, double corner);

}  // namespace bifocal::tone
