// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/lens_fit.hpp"

#include <algorithm>
#include <utility>

#include "matrix/compiled.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

// Larger plans are made on a grid of kCoarse first; kAgain iterations then settle what is finer.
constexpr int kWhole = 256, kCoarse = 256, kAgain = 3;
// Iterations from where another fit ended. Against 25 from the pictures themselves, medians of 3 x 16 pairs
// (eye_scores.py --quick): cover SSIM +.003, thumbnail -.002 to -.005, leaks within .002; 4 lose another .007 of the
// thumbnail, 12 gain .003.
constexpr int kGoOn = 8;

LensState brought_to(LensState state, Size size) {
  if (state.size() == size) return state;
  const SeparableOperator other = resampling(kernel('c'), state.size(), size);
  for (LensState::Side* side : {&state.seen, &state.thumbnail})
    for (Image* image : {&side->wish, &side->split, &side->dual, &side->push}) *image = matrix::apply(other, *image);
  return state;
}

}  // namespace

Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain,
                 bool saturated, const Means* planned, const LensState* state, LensState* end) {
  const auto contrast = [&](const Image& image, double strength) {
    return std::min(1.0, gain * strength / (4 * std::max(luma_rms(image, o.floor, o.corner), 1e-4)));
  };
  const double kc = contrast(cover, o.cover_strength), kt = contrast(target, o.target_strength);
  const auto wishes = [&](const Image& c, const Image& t, const Image& r) {
    return Wishes{c, t, r, kc, kt, saturated ? o.cover_colour : 1, saturated ? o.target_colour : 1, planned};
  };
  const auto from_state = [&](const Image& c, const Image& t, const Image& r, LensState* at_end) {
    if (!state || state->empty()) return admm(wishes(c, t, r), o, o.iterations, nullptr, at_end);
    const LensState start = brought_to(*state, c.size());
    return admm(wishes(c, t, r), o, std::min(kGoOn, o.iterations), &start, at_end);
  };
  Plan out;
  if (std::max(cover.width(), cover.height()) <= kWhole) {
    out = from_state(cover, target, room, end);
  } else {
    const Size small = within(cover.size(), kCoarse);
    const auto coarse = [&](const Image& image) {
      return matrix::apply(resampling(kernel('b'), image.size(), small), image);
    };
    LensState begun;
    from_state(coarse(cover), coarse(target), coarse(room), &begun);
    begun = brought_to(std::move(begun), cover.size());
    out = admm(wishes(cover, target, room), o, kAgain, &begun, end);
  }
  out.gain = gain;
  return out;
}

}  // namespace bifocal::tone
