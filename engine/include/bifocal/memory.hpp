// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/request.hpp>

namespace BIFOCAL_API bifocal {

/// How large a request is: what can be said of it before a pixel is read.
struct Extent {
  Size cover;
  int channels = 3;
  struct Seen {
    Size size;  ///< that the image is scaled to
    std::string scaler = "pillow-bicubic";
  };
  std::vector<Seen> views;  ///< one, or of each target
  Goal goal;
  double balance = 100;
  std::string algorithm = "auto";  ///< as in SolveOptions
};

/// Bytes that run() takes at its peak, the request's own images and the result among them. Measured per sample of the
/// cover and of the views, and rounded up: mostly 1 to 1.5 times what it takes in the end. A cover of 16384x16384 RGB
/// samples with a thumbnail of 1024x1024: about 3 GB pixel by pixel, 27 GB to the eye. Throws UnknownScaler,
/// or InvalidArgument for a view that is too large for the cover.
double memory_needed(const Extent& extent);

}  // namespace bifocal
