// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/operator.hpp>

namespace bifocal::scaling {

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

/// out x in matrix of an antialiasing resampler: the kernel is widened by max(1, in/out), sampled at pixel
/// centres, cut at the image's edge and normalised to sum 1 (as Pillow's precompute_coeffs).
BandedMatrix resampling_matrix(Kernel kernel, int in, int out);

}  // namespace bifocal::scaling
