// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The eye as a Gaussian of the light that a screen sends out: fine dither fuses, what is left is what is seen.
// Sigma 1 pixel is a viewing distance of about 60 cm from a 200-dpi screen, or 1.2 m from a 96-dpi one.
#include <cstdint>
#include <vector>

#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

namespace bifocal::light {

/// A sampled Gaussian of 2·radius + 1 weights, sum 1.
std::vector<double> gaussian_weights(double sigma, int radius);
/// n x n Gaussian with standard deviation `sigma` > 0, cut at `cut`·sigma and normalised; edges are replicated.
BandedMatrix gaussian(double sigma, int n, double cut = 4);
SeparableOperator gaussian(double sigma, Size size, double cut = 4);

/// What an eye of this sigma sees of an image (sRGB light), in encoded levels. sigma = 0: the image as it is.
Image seen(const Image& image, double sigma);

/// What an eye sees from afar (sRGB light), to be looked at: cells of four or more pixels averaged, the longest side
/// `side` pixels at most. Encoded levels in and out. Takes the image in pieces of rows, from several threads.
class FromAfar {
 public:
  FromAfar(Size image, int channels, int side);
  /// `n` samples of row y from column x on.
  void add(int channel, int y, int x, const float* levels, int n);
  /// Once every sample was given.
  Image8 picture() const;

 private:
  Size image_;
  int cell_;  ///< pixels
  Size cells_;
  int channels_;
  std::vector<std::uint64_t> light_;  ///< of each cell and channel; whole numbers, for sums that know no order
};
/// The same of an image.
Image8 from_afar(const Image& image, int side);

/// Rec. 601 luma (of encoded levels) of what it sees; 1 channel. sigma = 0: of the image as it is.
Image seen_luma(const Image8& image, double sigma);

}  // namespace bifocal::light
