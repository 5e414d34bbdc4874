// SPDX-License-Identifier: LGPL-3.0-or-later
// Where a thumbnail's grid lies in an image. An image that is exact for an averaging scaler has, on that thumbnail's
// grid and only there, none of its cover's middle frequencies: they average out by design. So the same average on a
// grid that is half a thumbnail pixel off shows more (or less) fine detail. A photograph knows no grid:
//   shift(size) = ln detail(average on the grid of `size`) − ln detail(the same, half a pixel off),
//   detail = Σ √|second differences|
// is near zero for every size, and an outlier among the sizes gives a made image away.
#pragma once
#include <vector>

#include <bifocal/image.hpp>

#include "reveal/watch.hpp"

namespace bifocal::coarse_view {

struct GridShift {
  Size size;
  double shift = 0;     ///< see above; of the kernel (box or Catmull-Rom) that stands out most
  double outlying = 0;  ///< how far from the other sizes' median, in their robust standard deviations
  double evidence = 0;  ///< 1 and above: a grid that hardly any photograph has
};

/// The size that stands out most, among `sizes` (all at least 16 pixels and smaller than the image).
/// luma: 1 channel. At least 12 sizes, or the result is empty. blocks: JPEG's are seen in it, which are a grid, too. Of
/// large images the middle is looked at. Takes two steps a size.
GridShift strongest_shift(
    const Image8& luma, const std::vector<Size>& sizes, bool blocks, const reveal_parts::Step& step = [] {});

/// Sizes that people make thumbnails of, in the image's shape and square: all of small images; of large ones multiples
/// of 16 and 50, of very large ones 32 and 100, and whole ratios.
std::vector<Size> usual_sizes(Size image);

}  // namespace bifocal::coarse_view
