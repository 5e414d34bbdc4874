// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/lens_fit.hpp"

#include <algorithm>

#include "matrix/compiled.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

// Larger plans are made on a grid of kCoarse first; kAgain iterations then settle what is finer.
constexpr int kWhole = 256, kCoarse = 256, kAgain = 3;

}  // namespace

Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain,
                 bool saturated, const Means* planned) {
  const auto contrast = [&](const Image& image, double strength) {
    return std::min(1.0, gain * strength / (4 * std::max(luma_rms(image, o.floor, o.corner), 1e-4)));
  };
  const double kc = contrast(cover, o.cover_strength), kt = contrast(target, o.target_strength);
  const auto wishes = [&](const Image& c, const Image& t, const Image& r) {
    return Wishes{c, t, r, kc, kt, saturated ? o.cover_colour : 1, saturated ? o.target_colour : 1, planned};
  };
  Plan out;
  if (std::max(cover.width(), cover.height()) <= kWhole) {
    out = admm(wishes(cover, target, room), o, o.iterations, nullptr, nullptr);
  } else {
    const Size small = within(cover.size(), kCoarse);
    const auto coarse = [&](const Image& image) {
      return matrix::apply(resampling(kernel('b'), image.size(), small), image);
    };
    LensState state;
    {
      const Image small_cover = coarse(cover), small_target = coarse(target), small_room = coarse(room);
      admm(wishes(small_cover, small_target, small_room), o, o.iterations, nullptr, &state);
    }
    const SeparableOperator larger = resampling(kernel('c'), small, cover.size());
    for (LensState::Side* side : {&state.seen, &state.thumbnail})
      for (Image* image : {&side->wish, &side->split, &side->dual, &side->push}) *image = matrix::apply(larger, *image);
    out = admm(wishes(cover, target, room), o, kAgain, &state, nullptr);
  }
  out.gain = gain;
  return out;
}

}  // namespace bifocal::tone
