// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// ADMM (Boyd et al. 2011) for the tone plan (plan.hpp) on one grid: alternates between the weighted fit, exact in modes
// of the discrete cosine transform, and the projection of each pixel of each channel into the lens.
//
// The channels are fitted jointly, along the axis of luma and across it: colours weigh less, and less the finer they
// are, as an eye sees them, so they may be asked for more strongly than the lens would allow brightness.
#include <array>

#include <bifocal/image.hpp>

#include "tone/plan.hpp"

namespace bifocal::tone {

/// What the channels' means should be, for u and for v.
struct Means {
  std::array<float, 3> seen{0.52f, 0.52f, 0.52f}, thumbnail{0.25f, 0.25f, 0.25f};
};

/// What is wished of both pictures.
struct Wishes {
  const Image &cover, &target, &room;  ///< of one size, 0..1; room: what the cover's detail needs, for a gain of 1
  double cover_contrast, target_contrast;
  double cover_colour, target_colour;  ///< saturation, over that of the pictures
  const Means* planned;                ///< null: the means are free
};

/// Where an ADMM stands, on some grid; images of the pictures' shape.
struct LensState {
  struct Side {
    Image wish, split, dual, push;
  } seen, thumbnail;
  bool empty() const { return seen.wish.empty(); }
  Size size() const { return seen.wish.size(); }
};

/// From `start`, if given, on the same grid; leaves where it ends in `end`, if given. Asked to stop, it ends with what
/// there is, inside the lens. Of the plan, all but `gain`.
Plan admm(const Wishes& wishes, const PlanOptions& options, int iterations, const LensState* start, LensState* end);

/// Root of the weighted mean square of an image's luma (plan.hpp: W).
double luma_rms(const Image& image, double floor, double corner);

}  // namespace bifocal::tone
