// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>

namespace BIFOCAL_API bifocal {

/// A matrix whose rows each have one short run of non-zeros (a resampling matrix): row r holds
/// weights(r)[0..count) at columns first(r)... . Rows with no weights are allowed.
class BandedMatrix {
 public:
  BandedMatrix() = default;
  /// No rows yet; `columns` >= 1.
  explicit BandedMatrix(int columns);
  /// n x n.
  static BandedMatrix identity(int n);

  /// Appends one row. Zeros at both ends are trimmed. Throws InvalidArgument when it leaves 0..columns or a weight is
  /// not finite.
  void add_row(int first, std::span<const double> weights);

  int rows() const { return static_cast<int>(first_.size()); }
  int columns() const { return columns_; }
  int first(int row) const { return first_[row]; }
  int count(int row) const { return static_cast<int>(offset_[row + 1] - offset_[row]); }
  std::span<const double> weights(int row) const {
    return {weights_.data() + offset_[row], weights_.data() + offset_[row + 1]};
  }
  /// Largest count(row).
  int support() const;
  /// columns x rows. Where the non-zeros of a column are no single run, zeros fill its gaps.
  BandedMatrix transposed() const;
  bool is_identity() const;

 private:
  int columns_ = 0;
  std::vector<int> first_;
  std::vector<std::size_t> offset_{0};
  std::vector<double> weights_;
};

/// A separable linear operator on planes: apply(x) = vertical · x · horizontalᵀ.
/// vertical: out.height x in.height; horizontal: out.width x in.width.
struct SeparableOperator {
  BandedMatrix vertical;
  BandedMatrix horizontal;

  static SeparableOperator identity(Size size);
  Size source() const { return {horizontal.columns(), vertical.columns()}; }
  Size target() const { return {horizontal.rows(), vertical.rows()}; }
  /// out = V in Hᵀ. Accumulates in double. Throws SizeMismatch.
  void apply(Plane<const float> in, Plane<float> out) const;
  /// out = Vᵀ in H, the adjoint: <apply(x), y> = <x, adjoint(y)>.
  void adjoint(Plane<const float> in, Plane<float> out) const;
  Image apply(const Image& image) const;
  Image adjoint(const Image& image) const;
};

}  // namespace bifocal
