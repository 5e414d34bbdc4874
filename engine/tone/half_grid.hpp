// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The grid of half the size that DitherObjective works on: sample j stands on samples 2j and 2j + 1, by one of two
// filters; samples outside the image count as 0, so that the adjoint is as simple.
#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

#include "hot/dither.hpp"

namespace bifocal::tone {

enum class Halving {
  Smooth,  ///< (1 3 3 1)/8: for what is smooth
  Pairs,   ///< (1 1)/2: for boxes of an even number of pixels
};
inline constexpr double kHalvingVariance =
    0.5 * hot::kInnerTap + 4.5 * hot::kOuterTap;  ///< of the smooth filter, pixels²

/// Smooth. out: (height + 1)/2 x (width + 1)/2.
void half_grid(const Image& image, Image& out);
/// Row y of the adjoint of halving, `width` long, of a channel of `half` plus `share` times the only one of `mono`, by
/// the smooth filter, and of a channel of `pairs`; each may be null. scratch: a row of the half grid.
void doubled_row(const Image* half, int channel, const Image* mono, float share, const Image* pairs, int y, int width,
                 float* scratch, float* out);
/// Brings a halved picture's outermost samples back to what a replicated border would have given.
void undim_halved(Image& half, Size full);
/// The matrix on the half grid that does nearest to what `matrix` does on the full one: least squares per row, with the
/// same sum. `error`: root of the mean square that is missed, over that of the matrix.
BandedMatrix through_halving(const BandedMatrix& matrix, Halving filter, double& error);

/// The smooth filter as a matrix, from n samples to (n + 1)/2.
BandedMatrix halving_matrix(int n);

}  // namespace bifocal::tone
