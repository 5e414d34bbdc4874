// SPDX-License-Identifier: LGPL-3.0-or-later
#include "light/eye.hpp"

#include <algorithm>
#include <array>
#include <atomic>
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

namespace {

constexpr double kUnits = 256;  // of FromAfar's sums in one unit of light

}  // namespace

FromAfar::FromAfar(Size image, int channels, int side)
    : image_(image),
      // Whole periods of the grain, which is two pixels wide.
      cell_(std::max(4, 2 * ((std::max(image.width, image.height) + 2 * side - 1) / (2 * side)))),
      cells_{(image.width + cell_ - 1) / cell_, (image.height + cell_ - 1) / cell_}, channels_(channels),
      light_(static_cast<std::size_t>(cells_.width) * cells_.height * channels) {}

void FromAfar::add(int channel, int y, int x, const float* levels, int n) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> units;
    std::transform(decode_table(Transfer::Srgb).begin(), decode_table(Transfer::Srgb).end(), units.begin(),
                   [](float light) { return static_cast<std::uint32_t>(std::lround(kUnits * light)); });
    return units;
  }();
  std::uint64_t* row = light_.data() + (static_cast<std::size_t>(channel) * cells_.height + y / cell_) * cells_.width;
  for (const int end = x + n; x < end;) {
    const int cell = x / cell_, stop = std::min(end, (cell + 1) * cell_);
    std::uint64_t sum = 0;
    for (; x < stop; ++x) sum += table[static_cast<int>(std::clamp(*levels++, 0.f, 255.f) + 0.5f)];
    std::atomic_ref(row[cell]).fetch_add(sum, std::memory_order_relaxed);
  }
}

Image8 FromAfar::picture() const {
  Image8 out(cells_.height, cells_.width, channels_);
  std::vector<float> light(cells_.width);
  const std::uint64_t* sum = light_.data();
  for (int c = 0; c < channels_; ++c)
    for (int y = 0; y < cells_.height; ++y) {
      const double rows = std::min(image_.height, (y + 1) * cell_) - y * cell_;
      for (int i = 0; i < cells_.width; ++i) {
        const double pixels = rows * (std::min(image_.width, (i + 1) * cell_) - i * cell_);
        light[i] = static_cast<float>(static_cast<double>(*sum++) / (kUnits * pixels));
      }
      encode_row(light.data(), cells_.width, light.data());
      for (int i = 0; i < cells_.width; ++i)
        out.plane(c).row(y)[i] = static_cast<std::uint8_t>(std::clamp(light[i], 0.f, 255.f) + 0.5f);
    }
  return out;
}

Image8 from_afar(const Image& image, int side) {
  FromAfar afar(image.size(), image.channels(), side);
  parallel_for(0, image.height(), [&](int y) {
    progress::ask();
    for (int c = 0; c < image.channels(); ++c) afar.add(c, y, 0, image.plane(c).row(y), image.width());
  });
  return afar.picture();
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
