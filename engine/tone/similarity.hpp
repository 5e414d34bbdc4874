// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// How similar a dithered picture will look, before it is made.
#include <bifocal/image.hpp>

namespace bifocal::tone {

/// The structural similarity (Wang et al. 2004, luma, after an affine fit) of `picture` turned down to `contrast` to
/// itself, where an eye sees the grain of dither in it as noise: the mean of (2v + C) / (2v + C + (grain / contrast)²)
/// over local variances v. Over 48 pairs of pictures it and what was reached correlate by .83. picture, detail: as
/// tone::plan takes them; ratio: pixels of the full size per pixel of `picture`.
double expected_similarity(const Image& picture, const Image& detail, double ratio, double contrast);

}  // namespace bifocal::tone
