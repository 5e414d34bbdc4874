// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <bifocal/image.hpp>

#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal {

/// f of every sample.
template <class F>
Image mapped(const Image& image, const F& f) {
  Image out(image.height(), image.width(), image.channels());
  parallel_for(0, image.height(), [&](int y) {
    if (y % 64 == 0) progress::ask();
    for (int c = 0; c < image.channels(); ++c)
      for (int x = 0; x < image.width(); ++x) out.plane(c).row(y)[x] = static_cast<float>(f(image.plane(c).row(y)[x]));
  });
  return out;
}

/// Of all samples.
inline double mean(const Image& image) {
  double sum = 0;
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) sum += image.plane(c).row(y)[x];
  return sum / (image.channels() * image.size().area());
}

}  // namespace bifocal
