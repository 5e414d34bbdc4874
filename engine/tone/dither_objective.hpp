// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The objective of two pictures in one image and its gradient, for large images: the views of two_in_one.hpp, but
//   - what several views need is made once: light, luma, and encoded values and light on a grid of half the size,
//     on which thumbnails and wide eyes work;
//   - thumbnail operators are fitted to that grid by least squares, where they can be;
//   - an eye's kernel is cut at the borders, of what it sees and of what it should see alike, so it is its own adjoint.
// Nothing else of full size is kept than luma, its gradient, and what luma eyes should see.
#include <vector>

#include <bifocal/image.hpp>

#include "tone/thumbnails.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::tone {

class DitherObjective {
 public:
  /// seen, thumbnail: levels, what the eye and the small image should show (Pictures). `target_weights`: 1 channel, the
  /// thumbnail's size, 0 where it does not matter; or empty.
  DitherObjective(const Image& seen, const Image& thumbnail, const Image& target_weights,
                  const TwoInOneOptions& options);

  /// f(x); also prepares the gradient: all rows taken in, then finish().
  double evaluate(const Image& x);
  /// Takes in a strip of x: all its rows from top to bottom, each channel after channel; they stay until the strip has
  /// been taken in. Each strip by one thread.
  static constexpr int kStripRows = 64;
  int strips() const { return (size_.height + kStripRows - 1) / kStripRows; }
  class Intake {
   public:
    Intake(DitherObjective& objective, int strip);
    void row(int channel, int y, const float* x);

   private:
    DitherObjective& f_;
    const int strip_, y0_, y1_;
    const float* above_[4] = {};  ///< of each channel, the row before
  };
  /// f(x) once all of x has been taken in.
  double finish(const Image& x);
  /// The same again, after aim_again().
  double look(const Image& x);

  /// The gradient at the x of the last evaluate() or finish(), row by row: see hot::DitherLoops::wish_row.
  struct Scratch {
    std::vector<float> light, encoded, a, b;
  };
  struct Parts {
    const float* luma;
    float share;
    const float *light, *encoded;  ///< null: none
  };
  Parts gradient_parts(int channel, int y, Scratch& scratch) const;

  /// Notes the x of the last evaluate() or finish() for aim_again().
  void note();
  /// The eyes' pictures moved by `gain` times what the noted x, on average, miss of them coarsely: what keeps grain low
  /// pulls coarse tones towards the thumbnail's, which the eye would see as a ghost (method of multipliers, Hestenes
  /// 1969). Changes f, forgets the notes. Nothing without eyes of colours on the half grid.
  void aim_again(double gain);

  /// Weights of the eyes for the metric: per pixel (1 plane), and their sum for a channel.
  const Image& weights() const { return weights_; }
  float eyes(int channel) const;
  /// The same for what works on encoded values.
  float encoded() const { return thumbnail_sum_ + chroma_; }

 private:
  struct Eye {
    std::vector<float> kernel;  ///< 2·radius + 1
    Image picture;              ///< light; what it should see
    const Image* weights = nullptr;
    float weight = 0;
  };
  double eye(const Eye& eye, const Image& in, int plane, int picture_plane, Image& out, bool add) const;
  double chroma(const Image& x, Image& out, bool add) const;
  void take_in(const Image& x);
  void join();
  void join_strips(const Image& edges, Image& half);
  void mix_half_luma();

  Size size_;
  int channels_;
  std::vector<Eye> luma_eyes_, half_luma_eyes_;   ///< of luma, full and half size
  std::vector<Eye> sharp_eyes_, half_eyes_;       ///< of each channel, full and half size
  Thumbnails full_thumbnails_;                    ///< on the image's own grid
  Thumbnails half_thumbnails_, pair_thumbnails_;  ///< on the half grid, by its two filters
  float chroma_ = 0;
  float thumbnail_sum_ = 0, luma_sum_ = 0, each_sum_ = 0;
  Image weights_, half_weights_;
  Image luma_, luma_gradient_;    // full size, 1 channel
  Image light_, light_gradient_;  // full size, only with sharp eyes of channels
  Image half_, half_gradient_;    // encoded
  Image pairs_, pair_gradient_;   // encoded, by pairs
  Image half_light_, half_light_gradient_;
  Image half_luma_, half_luma_gradient_;
  Image noted_;  // the sum of noted half_light_
  int notes_ = 0;
  Image edges_, light_edges_;  // what each strip's first and last row give to its neighbours' half grid
  Image gradient_;             // encoded, full size, with full_thumbnails_ or chroma_
};

}  // namespace bifocal::tone
