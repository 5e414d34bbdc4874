// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <algorithm>

#include <bifocal/preview.hpp>

namespace plugin {

/// A copy of a part of an image; the part must lie in it.
inline bifocal::Image8 part_of(const bifocal::Image8& image, const bifocal::Region& r) {
  bifocal::Image8 out(r.size.height, r.size.width, image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < r.size.height; ++y)
      std::copy_n(image.plane(c).row(r.y + y) + r.x, r.size.width, out.plane(c).row(y));
  return out;
}

}  // namespace plugin
