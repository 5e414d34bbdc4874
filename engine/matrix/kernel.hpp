// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/operator.hpp>

namespace bifocal::matrix {

/// A resampling kernel: a function of the distance in pixels (of the coarser grid), zero beyond `support`.
struct Kernel {
  double (*value)(double distance);
  double support;
};

double box(double x);          ///< 1 in (-0.5, 0.5]
double triangle(double x);     ///< 1 - |x|, support 1
double hamming(double x);      ///< sinc · (0.54 + 0.46 cos πx), support 1
double catmull_rom(double x);  ///< Keys' cubic, a = -0.5, support 2
double lanczos3(double x);     ///< sinc(x) · sinc(x/3), support 3
double lanczos2(double x);     ///< support 2
double lanczos4(double x);     ///< support 4
double mitchell(double x);     ///< Mitchell-Netravali cubic, B = C = 1/3, support 2
double b_spline(double x);     ///< cubic B-spline, support 2
double hermite(double x);      ///< cubic without overshoot, B = C = 0, support 1
double gaussian(double x);     ///< sigma 1/2, cut at 2 (as ImageMagick's)
double sharp_cubic(double x);  ///< Keys' cubic, a = -0.6 (swscale's default), support 2

/// The Mitchell-Netravali family, support 2 (Mitchell, Netravali: Reconstruction Filters in Computer Graphics, 1988).
double cubic_bc(double x, double b, double c);

/// out x in matrix of a resampler: the kernel is widened by max(1, in/out) (unless `antialias` is false) and by
/// `stretch`, sampled at pixel centres, cut at the image's edge and normalised to sum 1 (as Pillow's
/// precompute_coeffs).
BandedMatrix resampling_matrix(Kernel kernel, int in, int out, bool antialias = true, double stretch = 1);

}  // namespace bifocal::matrix
