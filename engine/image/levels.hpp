// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/image.hpp>

#include "hot/hot.hpp"

namespace bifocal {

/// One plane of levels, kept as floats or, where they are whole, as bytes: those need a quarter of the memory and of
/// its traffic, and become floats a piece at a time. Owns nothing.
class Levels {
 public:
  Levels() = default;
  Levels(Plane<const float> floats) : floats_(floats) {}
  Levels(Plane<const std::uint8_t> bytes) : bytes_(bytes) {}

  int height() const { return bytes_.data ? bytes_.height : floats_.height; }
  int width() const { return bytes_.data ? bytes_.width : floats_.width; }
  float at(int y, int x) const { return bytes_.data ? bytes_.row(y)[x] : floats_.row(y)[x]; }
  /// `n` samples of row y from column x on: in place, or made in `buffer`. As far as rows are padded n may go past the
  /// width.
  const float* row(int y, int x, int n, float* buffer) const {
    if (!bytes_.data) return floats_.row(y) + x;
    hot::loops().widen(bytes_.row(y) + x, n, buffer);
    return buffer;
  }

 private:
  Plane<const float> floats_;
  Plane<const std::uint8_t> bytes_;
};

}  // namespace bifocal
