// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>

#include <bifocal/image.hpp>

#include "image/crop.hpp"

namespace bifocal::report {

/// A part of a picture, in pixels.
struct Part {
  int x = 0, y = 0, width = 0, height = 0;
};

inline Image cut(const Image& image, const Part& part) {
  return crop(image, part.x, part.y, {part.width, part.height});
}

/// `compare` of that part of three pictures; of all of them without one.
template <class F>
auto in_part(const F& compare, const std::optional<Part>& part, const Image& a, const Image& b, const Image& c) {
  return part ? compare(cut(a, *part), cut(b, *part), cut(c, *part)) : compare(a, b, c);
}

/// Where a selection lets a picture change, at its own size and in a thumbnail; nothing: everywhere.
struct ChangedParts {
  std::optional<Part> full, small;
};

}  // namespace bifocal::report
