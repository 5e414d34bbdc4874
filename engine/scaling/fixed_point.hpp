// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include <bifocal/operator.hpp>

namespace bifocal::scaling {

/// A banded matrix with whole-number weights.
struct IntegerMatrix {
  int columns = 0;
  std::vector<int> first;
  std::vector<std::size_t> offset{0};
  std::vector<std::int32_t> weights;

  int rows() const { return static_cast<int>(first.size()); }
  int count(int row) const { return static_cast<int>(offset[row + 1] - offset[row]); }
  const std::int32_t* row(int r) const { return weights.data() + offset[r]; }
};

/// round(w · 2^bits) of each weight, halves away from zero.
IntegerMatrix quantised(const BandedMatrix& matrix, int bits);

/// Two passes over whole numbers, horizontal then vertical:
///   between(y, o) = Σ horizontal(o, x) · byte(y, x)                      (byte_between: clip8((Σ + 2^(s-1)) >> s))
///   sum(o', o)    = Σ vertical(o', y) · between(y, o)
///                   where shift_tap > 0 (OpenCV linear), instead Σ (vertical(o', y) · (between(y, o) >> shift_taken))
///                   >> shift_tap, each product shifted by itself, so that rounding down is part of the sum
///   the output byte is t  <=>  low[t] <= sum <= high[t]
/// Repair moves sums into these intervals; what it reaches is then confirmed by Model::resize.
struct FixedPoint {
  IntegerMatrix horizontal;
  IntegerMatrix vertical;
  bool byte_between = false;
  int shift_between = 0;
  int shift_taken = 0;
  int shift_tap = 0;
  std::array<std::int64_t, 256> low{};
  std::array<std::int64_t, 256> high{};
};

/// Fills low/high for byte = clip8((sum + 2^(shift-1)) >> shift).
void set_rounding_shift(FixedPoint& arithmetic, int shift);

}  // namespace bifocal::scaling
