// SPDX-License-Identifier: LGPL-3.0-or-later
// Pictures as an eye sees them from afar: luma, averaged over the cells of a coarse grid in linear light.
#pragma once
#include <vector>

#include <bifocal/image.hpp>

#include "reveal/watch.hpp"

namespace bifocal::coarse_view {

struct Coarse {
  Size grid;
  std::vector<double> levels;    ///< encoded again, 0..255
  std::vector<double> averaged;  ///< the cells' plain averages of encoded levels
  double grain = 0;              ///< variance of a cell's mean that fine detail alone would make, levels²
};

/// What an eye sees of one cell.
class CellSum {
 public:
  void add(int level, float light);
  double seen() const;      ///< level
  double averaged() const;  ///< plain mean of the encoded levels
  double grain() const;     ///< see Coarse

 private:
  double n_ = 0, light_ = 0, levels_ = 0, squares_ = 0;
};

/// One channel: Rec. 601 luma of RGB, as levels.
Image8 luma(const Image8& image);
/// The middle of an image, at most that large.
Image8 middle(const Image8& image, Size most);

/// On which an image and what was made of it are compared: a cell is 4 pixels of the smaller one, or more; 32 x 32
/// cells at most.
Size common_grid(Size image, Size small);
/// It has 4 cells each way.
bool comparable(Size grid);
/// The grid has at least 1 and at most as many cells as the image has pixels, each way. Throws SizeMismatch.
Coarse coarse(const Image8& luma, Size grid);

struct Likeness {
  bool comparable = false;  ///< the grid is; if not, the rest says nothing
  double correlation = 1;
  // A rising curve of a is fitted to b and one of b to a; these are of the fit that leaves more.
  double off_curve = 0;    ///< rms in levels off the curve
  double unexplained = 0;  ///< the same beyond the grain
  double explained = 1;    ///< share of the variance that the curve makes
};
/// Both on the same grid; else throws SizeMismatch.
Likeness compare(const Coarse& a, const Coarse& b);

/// Nearly all pixels have one of at most 16 levels: a dither, a halftone, a drawing. What picks single pixels of those
/// shows a lattice of their own making, and proves nothing.
bool few_levels(const Image8& luma);
/// The cells of the grid that two_averages() looks at: 48 along the longest side.
Size averages_grid(Size image);
/// The image averaged as an eye does it, in light, against the average of its encoded levels, which most scalers take,
/// on the very same cells. In what was not made to hide something, a rising curve makes nearly all of the one from the
/// other.
Likeness two_averages(const Image8& luma);

inline constexpr int kMismatchSteps = 12;
/// How badly neighbouring bands' local energies fit at some scale in between finer and coarser ones, 0..1. Of large
/// images, of the middle. Takes about kMismatchSteps steps.
double band_mismatch(
    const Image8& luma, const reveal_parts::Step& step = [] {});

}  // namespace bifocal::coarse_view
