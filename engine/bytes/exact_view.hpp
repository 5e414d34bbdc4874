// SPDX-License-Identifier: LGPL-3.0-or-later
// One channel of one view in a scaler's integer arithmetic, kept up to date while single samples change.
#pragma once
#include <cstdint>
#include <vector>

#include <bifocal/image.hpp>

#include "scaling/fixed_point.hpp"

namespace bifocal::bytes {

class ExactView {
 public:
  /// `wanted`: the bytes that the scaler should give. `matters` may have null data; where it is 0 any byte will do.
  /// All are read now.
  ExactView(scaling::FixedPoint arithmetic, Plane<const std::uint8_t> image, Plane<const std::uint8_t> wanted,
            Plane<const float> matters);

  int height() const { return height_; }
  int width() const { return width_; }
  /// How far output (y, x) is from the wanted byte's interval, in levels, with sign: > 0, it must grow. 0: right.
  double need(int y, int x) const;

  /// Every output is one sample's byte.
  bool picks() const;

  /// An output's source pixels: rows y0..y1, columns x0..x1.
  struct Footprint {
    int y0, y1, x0, x1;
  };
  Footprint footprint(int y, int x) const;
  /// Whole-number weights of an output's row and column of the image; the signs tell which way a sample moves it.
  std::int32_t vertical_weight(int out_y, int y) const { return a_.vertical.row(out_y)[y - a_.vertical.first[out_y]]; }
  std::int32_t horizontal_weight(int out_x, int x) const {
    return a_.horizontal.row(out_x)[x - a_.horizontal.first[out_x]];
  }
  /// By how much row y's horizontal sum for output column `out_x` must grow (direction 1) or fall (-1) before anything
  /// changes behind it: where bytes stand between the passes, most small changes are rounded away.
  std::int32_t to_next(int out_x, int y, int direction) const;
  /// Change of Σ |need| when sample (y, x) changes by `delta`.
  double change(int y, int x, int delta) const;
  /// The wrong ones (y · width + x) among the outputs that sample (y, x) feeds.
  void wrong_around(int y, int x, std::vector<int>& wrong) const;
  /// Makes that change; `wrong` is then what wrong_around gives.
  void apply(int y, int x, int delta, std::vector<int>& wrong);

 private:
  struct Interval {
    std::int64_t low, high;
  };
  void sum_bytes(int rows);
  template <bool kBytes>
  std::int64_t between(std::int32_t sum) const;
  std::int64_t term(std::int32_t weight, std::int64_t between) const;
  static std::int64_t violation(const Interval& wanted, std::int64_t sum);
  template <bool kBytes>
  double change_in(int y, int x, int delta) const;
  std::size_t at(int y, int x) const { return static_cast<std::size_t>(y) * width_ + x; }

  scaling::FixedPoint a_;
  scaling::IntegerMatrix by_row_, by_column_;  // transposed: the outputs that a row, a column feeds
  int height_ = 0, width_ = 0;
  double level_ = 1;                 // of one sum unit
  std::vector<Interval> wanted_;     // per output
  std::vector<std::int32_t> lines_;  // source height x output width: horizontal sums
  std::vector<std::int64_t> sums_;   // output height x output width
};

}  // namespace bifocal::bytes
