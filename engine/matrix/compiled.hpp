// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// A view's separable operator, made ready for rows of floats: in, rows of the image; out, rows of what is seen, and
// back.
//   forward:  z = V x Hᵀ       one row of z from the rows of x under one row of V, then H
//   adjoint:  g = Vᵀ (r H)     one row of r spread by H, then the rows that touch one row of the image
#include <utility>
#include <vector>

#include <bifocal/operator.hpp>

namespace bifocal::matrix {

/// One banded matrix in single precision. Rows that share one sliding kernel (filters) are found and run as such.
class Axis {
 public:
  Axis() = default;
  explicit Axis(const BandedMatrix& matrix);

  int rows() const { return static_cast<int>(first_.size()); }
  int columns() const { return columns_; }
  int first(int row) const { return first_[row]; }
  int last(int row) const { return first_[row] + count(row) - 1; }
  int count(int row) const { return static_cast<int>(offset_[row + 1] - offset_[row]); }
  const float* weights(int row) const { return weights_.data() + offset_[row]; }
  /// The columns [first, second) that the rows [begin, end) read, in whatever order the rows lie.
  std::pair<int, int> reads(int begin, int end) const;
  /// Square, and every row looks at most this far to both sides; a large number otherwise.
  int radius() const { return radius_; }

  /// out[r] = Σ_c matrix(r, c) in[c] for r in [begin, end). `in` must be readable up to padding() samples past its end.
  void multiply(const float* in, int begin, int end, float* out) const;
  /// out[c] = Σ_r matrix(r, c) in[r], all of them. `out` has room for columns() + padding() samples.
  void multiply_transposed(const float* in, float* out) const;
  /// out[x] = (add ? out[x] : 0) + Σ_c matrix(row, c) · row_at(c)[x], x in [0, n)
  template <class RowAt>
  void sum_rows(int row, const RowAt& row_at, int n, float* out, bool add) const;

  int padding() const { return width_ + 8; }

 private:
  void sum(const float* const* rows, int row, int n, float* out, bool add) const;

  int columns_ = 0;
  int radius_ = 1 << 28;
  std::vector<int> first_;
  std::vector<std::size_t> offset_{0};
  std::vector<float> weights_;
  int slide_begin_ = 0, slide_end_ = 0;  ///< these rows share the weights of row slide_begin_
  int width_ = 8;                        ///< the longest row, rounded up to 8
  std::vector<float> padded_;            ///< rows x width_, for the rows that do not slide
};

template <class RowAt>
void Axis::sum_rows(int row, const RowAt& row_at, int n, float* out, bool add) const {
  constexpr int kMost = 64;
  const float* rows[kMost];
  const int taps = count(row);
  if (taps <= kMost) {
    for (int k = 0; k < taps; ++k) rows[k] = row_at(first_[row] + k);
    sum(rows, row, n, out, add);
  } else {
    std::vector<const float*> many(taps);
    for (int k = 0; k < taps; ++k) many[k] = row_at(first_[row] + k);
    sum(many.data(), row, n, out, add);
  }
}

/// Both axes of a view's operator, and their transposes where rows are summed.
struct CompiledOperator {
  Axis vertical, vertical_transposed, horizontal, horizontal_transposed;
  bool near = false;  ///< a small filter at the image's own size: run tile by tile

  CompiledOperator() = default;
  explicit CompiledOperator(const SeparableOperator& look);
};

/// look.apply(image) in single precision, on all threads.
Image apply(const SeparableOperator& look, const Image& image);
Image apply(const SeparableOperator& look, const Image8& image);

}  // namespace bifocal::matrix
