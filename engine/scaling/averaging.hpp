// SPDX-License-Identifier: LGPL-3.0-or-later
// Scalers that average in floating point (or finely enough to be seen so): a separable operator, in encoded or linear
// light, and one rounding at the end.
//   byte = round( encode( V · decode(bytes) · Hᵀ ) )
#pragma once
#include <functional>
#include <memory>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// How an averaged level becomes a byte.
enum class Rounding {
  Nearest,  ///< halves up
  Down,     ///< the fraction is dropped
};

struct Averaging {
  ScalerInfo info;
  std::function<SeparableOperator(Size from, Size to)> matrices;
  Rounding rounding = Rounding::Nearest;
  /// The byte's level on average is this much above the level (in levels; negative: below), where a library rounds in
  /// several steps. Added before rounding. Empty: 0.
  std::function<double(Size from, Size to)> bias = {};
};

/// One axis at a time: `axis(in, out)` for both.
std::function<SeparableOperator(Size, Size)> by_axis(std::function<BandedMatrix(int in, int out)> axis);

std::shared_ptr<const Model> averaging_model(Averaging averaging);

}  // namespace bifocal::scaling
