// SPDX-License-Identifier: LGPL-3.0-or-later
// OpenCV's resampling coefficients along one axis, in the precision in which OpenCV computes them.
#pragma once
#include <cstdint>
#include <vector>

#include <bifocal/operator.hpp>

#include "scaling/fixed_point.hpp"

namespace bifocal::scaling {

enum class OpenCvFilter { Nearest, NearestExact, Linear, Area, Cubic, Lanczos4, LinearExact };

/// `count` taps for each output pixel: source pixel position[o·count + k] (clipped to the image, so that borders may
/// name one pixel several times) with coefficient weight[o·count + k], in units of 1/2048.
struct FixedTaps {
  int count = 0;
  int columns = 0;
  std::vector<int> position;
  std::vector<std::int16_t> weight;

  int rows() const { return static_cast<int>(position.size()) / count; }
  /// The same with the taps of one pixel added up.
  IntegerMatrix merged() const;
};

/// Linear, Cubic, Lanczos4, and Area when a side grows: 2, 4, 8, 2 taps. `in` -> `out` pixels.
FixedTaps opencv_fixed_taps(OpenCvFilter filter, int in, int out);

/// The source pixel of each output pixel, for Nearest and NearestExact.
std::vector<int> opencv_nearest(OpenCvFilter filter, int in, int out);

/// Linear "exact": 2 taps in units of 1/256.
FixedTaps opencv_exact_taps(int in, int out);

/// Area, shrinking by a ratio that is not whole: float weights, first tap first.
struct FloatTaps {
  std::vector<int> first;
  std::vector<std::size_t> offset{0};
  std::vector<float> weight;

  int rows() const { return static_cast<int>(first.size()); }
  int count(int row) const { return static_cast<int>(offset[row + 1] - offset[row]); }
};
FloatTaps opencv_area_taps(int in, int out);

/// in/out if that is whole in OpenCV's arithmetic (1/(out/in) in double), else 0.
int opencv_whole_ratio(int in, int out);

}  // namespace bifocal::scaling
