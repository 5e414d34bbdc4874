// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/image.hpp>

namespace bifocal {

/// "640x480", for messages.
inline std::string shape(Size s) { return std::to_string(s.width) + "x" + std::to_string(s.height); }

/// Where pixel `i` of a line of `n` that is mirrored outwards at both ends, its last pixels twice, comes from.
inline int mirrored(int i, int n) {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}

}  // namespace bifocal
