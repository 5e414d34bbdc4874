// SPDX-License-Identifier: LGPL-3.0-or-later
#include "light/eye.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "error/edge.hpp"
#include "hot/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/compiled.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "words/words.hpp"

namespace bifocal::light {

std::vector<double> gaussian_weights(double sigma, int radius) {
  std::vector<double> weights(2 * radius + 1);
  double sum = 0;
  for (int k = -radius; k <= radius; ++k) sum += weights[k + radius] = std::exp(-0.5 * k * k / (sigma * sigma));
  for (double& w : weights) w /= sum;
  return weights;
}

BandedMatrix gaussian(double sigma, int n, double cut) {
  if (!(sigma >= 0.01 && sigma <= 1000))
    throw Error(ErrorCode::InvalidArgument, filled(_("an eye's sigma must lie between %s and %d pixels, not be %s"),
                                                   number_text(0.01).c_str(), 1000, number_text(sigma).c_str()));
  const int radius = std::max(1, static_cast<int>(cut * sigma + 0.5));
  const std::vector<double> kernel = gaussian_weights(sigma, radius);
  BandedMatrix matrix(n);
  std::vector<double> row;
  for (int y = 0; y < n; ++y) {
    const int first = std::max(0, y - radius), last = std::min(n - 1, y + radius);
    row.assign(last - first + 1, 0);
    for (int k = -radius; k <= radius; ++k) row[std::clamp(y + k, 0, n - 1) - first] += kernel[k + radius];
    matrix.add_row(first, row);
  }
  return matrix;
}

SeparableOperator gaussian(double sigma, Size size, double cut) {
  return {gaussian(sigma, size.height, cut), gaussian(sigma, size.width, cut)};
}

Image seen(const Image& image, double sigma) {
  if (sigma <= 0) return image;
  Image light(image.height(), image.width(), image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) {
      progress::ask();
      for (int x = 0; x < image.width(); ++x)
        light.plane(c).row(y)[x] = static_cast<float>(decode(Transfer::Srgb, image.plane(c).row(y)[x]));
    }
  Image out = matrix::apply(gaussian(sigma, image.size()), light);
  for (int c = 0; c < out.channels(); ++c)
    for (int y = 0; y < out.height(); ++y) {
      progress::ask();
      encode_row(out.plane(c).row(y), out.width(), out.plane(c).row(y));
    }
  return out;
}

Image8 from_afar(const Image& image, int side) {
  const auto& table = decode_table(Transfer::Srgb);
  const int w = image.width(), h = image.height();
  // Whole periods of the grain, which is two pixels wide.
  const int cell = std::max(4, 2 * ((std::max(w, h) + 2 * side - 1) / (2 * side)));
  const auto cells = [cell](int n) { return (n + cell - 1) / cell; };
  Image8 out(cells(h), cells(w), image.channels());
  parallel_for(0, out.height(), [&](int row) {
    progress::ask();
    std::vector<float> light(out.width());
    const int top = row * cell, bottom = std::min(h, top + cell);
    for (int c = 0; c < image.channels(); ++c) {
      std::fill(light.begin(), light.end(), 0.f);
      for (int y = top; y < bottom; ++y) {
        const float* in = image.plane(c).row(y);
        for (int x = 0; x < w; ++x) light[x / cell] += table[static_cast<int>(std::clamp(in[x], 0.f, 255.f) + 0.5f)];
      }
      for (int i = 0; i < out.width(); ++i)
        light[i] /= static_cast<float>((bottom - top) * (std::min(w, (i + 1) * cell) - i * cell));
      encode_row(light.data(), out.width(), light.data());
      for (int i = 0; i < out.width(); ++i)
        out.plane(c).row(row)[i] = static_cast<std::uint8_t>(std::clamp(light[i], 0.f, 255.f) + 0.5f);
    }
  });
  return out;
}

Image seen_luma(const Image8& image, double sigma) {
  const auto weights = luma_weights(Transfer::None, image.channels());
  const auto& table = decode_table(sigma > 0 ? Transfer::Srgb : Transfer::None);
  const int w = image.width(), h = image.height();
  Image luma(h, w, 1), light(h, w, 1);
  for (int c = 0; c < std::min(3, image.channels()); ++c) {
    parallel_for(0, h, [&](int y) {
      for (int x = 0; x < w; ++x) light.plane(0).row(y)[x] = table[image.plane(c).row(y)[x]];
    });
    if (sigma > 0) light = matrix::apply(gaussian(sigma, image.size()), light);
    parallel_for(0, h, [&](int y) {
      progress::ask();
      float* row = light.plane(0).row(y);
      if (sigma > 0) encode_row(row, w, row);
      hot::eye().axpy(weights[c], row, w, luma.plane(0).row(y));
    });
  }
  return luma;
}

}  // namespace bifocal::light

namespace bifocal {

View View::eye(double sigma, Channels channels, Image picture, double weight, Transfer light) try {
  View v;
  v.name = "eye";
  v.look = light::gaussian(sigma, picture.size());
  v.decode = v.encode = light;
  v.channels = channels;
  v.picture = std::move(picture);
  v.weight = weight;
  return v;
} catch (...) {
  leave();
}

}  // namespace bifocal
