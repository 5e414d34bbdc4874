// SPDX-License-Identifier: LGPL-3.0-or-later
// Pictures as an eye sees them from afar: luma, averaged over the cells of a coarse grid in linear light.
#pragma once
#include <vector>

#include <bifocal/image.hpp>

namespace bifocal::coarse_view {

struct Coarse {
  Size grid;
  std::vector<double> levels;  ///< encoded again, 0..255
  double grain = 0;            ///< variance of a cell's mean that fine detail alone would make, levels²
};

/// One channel: Rec. 601 luma of RGB, as levels.
Image8 luma(const Image8& image);
Coarse coarse(const Image8& luma, Size grid);

struct Likeness {
  double correlation = 1;
  double unexplained = 0;  ///< rms in levels of b beyond the best a·x + c of a and beyond the grain
};
Likeness compare(const Coarse& a, const Coarse& b);

/// How badly neighbouring bands' local energies fit at some scale in between finer and coarser ones, 0..1.
double band_mismatch(const Image8& luma);

}  // namespace bifocal::coarse_view
