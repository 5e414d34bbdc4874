// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The tone plan: what the eye should see (u, coarsely) and what the thumbnail should show (v), on the thumbnail's grid.
// Fine dither makes one place look like u to the eye (which averages light) and measure v to a scaler (which averages
// encoded values) as long as light(u) <= v <= u. The plan is the nearest pair to both pictures under that:
//   minimise  Σ_f W(f) (|û − Â|²/s_c² + |v̂ − B̂|²/s_t²)   subject to   (u + 0.01)^2.2 + room <= v <= u
// with W(f) = f²/(f² + 4²) + floor (f in cycles per image; the mean is left free), A and B cover and target with their
// contrast turned down by one gain each, the largest at which the plan's error, the thumbnail's structural similarity
// and the leaks of both are tolerable (more of it for a cover that would drown in grain, similarity.hpp, where the
// target can spare some); what of the error is a ghost of the other picture costs more (ghosts.hpp), and so does what
// is seen where the cover is flat (masking.hpp); `room` is what the cover's detail beyond the thumbnail's grid needs.
// Errors of colour weigh less than those of luma, and more colour is wished for than the pictures have (lens_admm.hpp).
// Values 0..1 (encoded).
#include <bifocal/image.hpp>

namespace bifocal::tone {

struct PlanOptions {
  double cover_strength = 1, target_strength = 1;  ///< s_c, s_t: relative; more strength, more contrast and less ghost
  double ghosting = 0.17;                          ///< what is tolerable: more of it, more contrast and ghosts
  double cover_colour = 1.65,
         target_colour = 1.58;  ///< saturation that is wished for, over the pictures' own: the lens gives a part of it
  double cover_ghosts = 0.7,
         target_ghosts = 0.6;  ///< weights of the other picture's share in the error, see ghosts.hpp
  double detail = 1.6;       ///< gain of the cover's detail beyond the thumbnail's grid, over that of the coarse cover
  double most_detail = 0.7;  ///< ... but not more than this
  double floor =
      0.45;  ///< W at low frequencies: less lets ghosts of the other picture in, more costs the thumbnail detail
  double corner = 4;  ///< cycles per image where W is half way up
  double low_margin = 0.17,
         high_margin = 0.03;  ///< shares of the lens' height left free at v = light(u) and at v = u: less
                              ///< is sparse bright dots and ghosts, more costs the thumbnail's range
  double flat_margin = 0.17;  ///< low_margin where the cover is flat, and nothing hides grain
  /// How much an error of what is seen counts against one of the thumbnail, where the cover is flat and a ghost is
  /// seen at once, and where texture hides it.
  double flat_care = 3.5, textured_care = 0.7;
  int iterations = 25;
  double penalty = 0.15;
  double keep_cast = 0.5;    ///< 0: the channels' means are free, 1: they differ as in cover and target, only their
                             ///< common mean is free. More keeps colours warm or cold as they are ...
  double least_cast = 0.25;  ///< ... and where that would let too much of the other picture in, not less than this
};

struct Plan {
  Image seen;       ///< u, 0..1, at the thumbnail's size
  Image thumbnail;  ///< v, 0..1
  double gain = 0;
  double cover_contrast = 0, target_contrast = 0;  ///< k of A and of B
  double detail = 0;                               ///< gain of the detail
  double error = 0;                                ///< relative, weighted
  double plain = 0;                                ///< how much of the cover is too flat to hide a ghost, 0..1
};

/// cover and target at the thumbnail's size, 0..1; detail: mean over each cell of the squared detail (0..1)², per
/// channel; ratio: pixels of the cover per pixel of the thumbnail, along a side. Asked to stop, it ends early with what
/// there is.
Plan plan(const Image& cover, const Image& target, const Image& detail, double ratio, const PlanOptions& options);

}  // namespace bifocal::tone
