// SPDX-License-Identifier: LGPL-3.0-or-later
// What a scaler is inside the engine. In: bytes and sizes; out: matrices (for solvers), bytes (the library's own
// arithmetic, for checks) and integer sums (for repair).
#pragma once
#include <optional>

#include <bifocal/scaler.hpp>

#include "scaling/fixed_point.hpp"

namespace bifocal::scaling {

class Model {
 public:
  virtual ~Model() = default;
  virtual const ScalerInfo& info() const = 0;
  virtual SeparableOperator matrices(Size from, Size to) const = 0;
  virtual Image8 resize(const Image8& image, Size to) const = 0;
  /// The same program on another kind of file; nothing where the kind does not matter. The model itself is that of
  /// colour without alpha.
  virtual std::shared_ptr<const Model> reading(FileKind, int /*channels*/) const { return nullptr; }
  /// The arithmetic as integer sums, for the repair of one channel of a `channels`-channel image;
  /// nothing when the scaler has none (float or linear light).
  virtual std::optional<FixedPoint> fixed_point(Size from, Size to, int channel, int channels) const = 0;
};

/// Throws InvalidArgument for sides outside 1..65535: "<what> of 0x4 pixels is not possible".
void check_size(Size size, const char* what);

}  // namespace bifocal::scaling
