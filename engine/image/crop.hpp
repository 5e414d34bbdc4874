// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <algorithm>

#include <bifocal/image.hpp>

namespace bifocal {

/// A part of an image, which must lie in it.
template <class T>
Planes<T> crop(const Planes<T>& image, int x, int y, Size size) {
  Planes<T> out(size.height, size.width, image.channels(), Unset());
  for (int c = 0; c < image.channels(); ++c)
    for (int row = 0; row < size.height; ++row)
      std::copy_n(image.plane(c).row(y + row) + x, size.width, out.plane(c).row(row));
  return out;
}

}  // namespace bifocal
