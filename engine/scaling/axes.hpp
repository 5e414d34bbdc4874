// SPDX-License-Identifier: LGPL-3.0-or-later
// One axis of the resamplers that other software uses: `in` -> `out` pixels, out x in matrices.
#pragma once
#include <bifocal/operator.hpp>

#include "matrix/kernel.hpp"

namespace bifocal::scaling {

/// The mean over the area of the new pixel (ImageMagick -scale, GD, Qt, swscale area; cairo GOOD).
BandedMatrix area_axis(int in, int out);
/// gdk-pixbuf: the area (BILINEAR, TILES), or the area of the linearly interpolated image (HYPER), from a start that is
/// rounded down to 1/16 pixel. Shrinking only; growing with the triangle.
BandedMatrix gdkpixbuf_axis(bool hyper, int in, int out);
/// libvips 8.14's vips_resize (also sharp): boxes of ⌊ratio/2⌋ pixels first, then the widened kernel at one of 64
/// phases with 12-bit coefficients (`fixed_point`: of bytes; floats get the kernel's own). Growing: the kernel as an
/// interpolator.
BandedMatrix vips_axis(matrix::Kernel kernel, int in, int out, bool fixed_point = true);
/// What its boxes add, in levels.
double vips_bias(Size from, Size to);
/// cairo GOOD: area from a ratio of 4/3 on, below it the triangle, not widened.
BandedMatrix cairo_good_axis(int in, int out);

}  // namespace bifocal::scaling
