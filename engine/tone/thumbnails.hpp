// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Thumbnails of one image (or of its half grid): Σ weight/2 · ‖V x Hᵀ − picture‖², and its gradient. Eight rows of a
// thumbnail are made side by side, so that its own axis runs eight wide whatever its ratio.
#include <cstddef>
#include <vector>

#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

#include "matrix/compiled.hpp"

namespace bifocal::tone {

class Thumbnails {
 public:
  /// picture: levels, of the operator's size. weights: 1 channel, of that size; or empty.
  void add(const BandedMatrix& vertical, const BandedMatrix& horizontal, const Image& picture, const Image& weights,
           double weight);
  bool empty() const { return all_.empty(); }
  /// The cost; out: its gradient, of `in`'s shape.
  double show(const Image& in, Image& out);

 private:
  static constexpr int kRows = 8;
  struct Thumbnail {
    matrix::Axis vertical, vertical_transposed;
    int width = 0;
    std::vector<int> first, count, offset;  ///< of the columns of the thumbnail, in those of the image
    std::vector<float> taps;
    int most = 1;                 ///< thumbnail columns that touch one of the image, at most
    std::vector<int> back_first;  ///< the same for columns of the image, `most` each
    std::vector<float> back_taps;
    Image picture, weights;  ///< one row: eight of the thumbnail's, side by side
    float weight = 0;
    Image spread;  ///< what each row of the thumbnail pulls at, along the rows of the image
  };
  struct Task {
    int thumbnail, channel, block;
    double at;  ///< 0..1, from the top
  };
  double one(Thumbnail& t, const Image& in, int channel, int block) const;

  std::vector<Thumbnail> all_;
  std::vector<Task> tasks_;
};

}  // namespace bifocal::tone
