// SPDX-License-Identifier: LGPL-3.0-or-later
// The lattice of a thumbnail's pixels in an image that was made for it. The least change that makes an average exact is
// a picture enlarged by the scaler's own kernel, transposed. Enlarging leaves detail whose local energy rises and falls
// with the pixels of the small picture (Gallagher 2005; Mahdian & Saic 2008), in step with them and in both directions;
// so does picking single samples. A photograph, even one of bricks, is in step with no thumbnail in both directions.
//   y = luma, band-pass along one axis (at sigmas that are fractions of the thumbnail's pixel), low-pass across
//   e(x) = mean over rows of √|y| / (its local mean),    F(k) = DFT of e, phase 0 in the middle of the first cell
//   z = Re F(k) in robust deviations of the frequencies around k,    depth = its amplitude over the mean of e
// JPEG has a lattice of its own, 8 pixels wide: where blocks are found, much is asked for at 8, 4 and 8/3 pixels.
// Where a coarse JPEG was shrunk, its blocks have another width, and may be taken for a thumbnail's pixels.
// At a ratio of 2 both pixels are alike, and leave no trace in e: there, steps between pairs of pixels are compared
// with steps within them.
#pragma once
#include <bifocal/image.hpp>

#include "reveal/watch.hpp"

namespace bifocal::lattice {

inline constexpr int kSteps = 18;

struct Lattice {
  Size size;            ///< in thumbnail pixels
  double z = 0;         ///< geometric mean over both directions; 0 at a ratio of 2
  double depth = 0;     ///< the same, 0..1
  double evidence = 0;  ///< 1 and above: hardly any photograph has it
};

/// The lattice that stands out most, among all sizes of the image's shape and square ones, ratios 2.05 to 11, and half
/// the image. luma: 1 channel. Of large images the middle is looked at. Takes kSteps steps.
Lattice strongest(
    const Image8& luma, const reveal_parts::Step& step = [] {});

/// Blocks of 8 pixels begin at the image's corner and are seen in its luma.
bool compressed_in_blocks(const Image8& luma);

}  // namespace bifocal::lattice
