// SPDX-License-Identifier: LGPL-3.0-or-later
#include "support/random_image.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

using bifocal::Image;
using bifocal::Image8;

Image8 random_image(std::mt19937& random, int height, int width, int channels, Noise noise) {
  Image8 image(height, width, channels);
  std::uniform_int_distribution<int> level(0, 255);
  const int flat = level(random);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const int v = level(random);
        image.plane(c).row(y)[x] = static_cast<std::uint8_t>(noise == Noise::Uniform ? v
                                                             : noise == Noise::Flat  ? flat
                                                             : v < 128               ? 0
                                                                                     : 255);
      }
  return image;
}

Image random_levels(std::mt19937& random, int height, int width, int channels, float low, float high) {
  Image image(height, width, channels);
  std::uniform_real_distribution<float> level(low, high);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) image.plane(c).row(y)[x] = level(random);
  return image;
}

Image8 smooth_image(unsigned seed, int height, int width, int channels, int low, int high) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Image8 image(height, width, channels);
  for (int c = 0; c < channels; ++c) {
    double fx[6], fy[6], phase[6];
    for (int k = 0; k < 6; ++k) {
      fx[k] = (unit(random) - 0.5) * 12;
      fy[k] = (unit(random) - 0.5) * 12;
      phase[k] = unit(random) * 6.28;
    }
    const double ex = unit(random), ey = unit(random);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const double u = (x + 0.5) / width, v = (y + 0.5) / height;
        double s = (u > ex) != (v > ey) ? 0.3 : -0.3;
        for (int k = 0; k < 6; ++k) s += 0.25 * std::sin(6.28 * (fx[k] * u + fy[k] * v) + phase[k]);
        const double level = low + (high - low) * std::clamp(0.5 + 0.6 * s, 0.0, 1.0);
        image.plane(c).row(y)[x] = static_cast<std::uint8_t>(std::lround(level));
      }
  }
  return image;
}

namespace {

Image8 with_channels(const Image8& image, int channels) {
  Image8 out(image.height(), image.width(), channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < image.height(); ++y) {
      std::uint8_t* row = out.plane(c).row(y);
      if (c < image.channels())
        std::copy_n(image.plane(c).row(y), image.width(), row);
      else
        std::fill_n(row, image.width(), std::uint8_t{255});
    }
  return out;
}

}  // namespace

Image8 with_opaque_alpha(const Image8& image) { return with_channels(image, image.channels() + 1); }
Image8 without_alpha(const Image8& image) {
  return with_channels(image, image.channels() - (image.channels() % 2 == 0));
}

std::size_t mismatches(const Image8& a, const Image8& b) {
  if (!a.same_shape(b)) throw std::runtime_error("images of different shape");
  std::size_t n = 0;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x) n += a.plane(c).row(y)[x] != b.plane(c).row(y)[x];
  return n;
}
