// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// How software looks at the image: the operators of the thumbnails that one image has to serve.
#include <vector>

#include <bifocal/operator.hpp>

#include "matrix/kernel.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::tone {

struct Look {
  SeparableOperator look;
  double weight;  ///< of its cost over all its pixels
};

SeparableOperator resampling(matrix::Kernel kernel, Size from, Size to);
matrix::Kernel kernel(char name);  ///< of ThumbnailView
/// A size of that shape with at most `most` a side; smaller ones stay as they are.
Size within(Size size, int most);

/// The chosen scaler's first, if there is one, then the ordinary ones.
std::vector<Look> looks(const TwoInOneOptions& options, Size full, Size small);
/// What one of them should show, levels.
Image wanted(const Look& look, const Image& thumbnail);

Image clipped(const Image& image, double low, double high);

}  // namespace bifocal::tone
