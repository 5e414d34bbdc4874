// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/crisp.hpp"

#include <algorithm>
#include <cmath>

#include "image/mapped.hpp"
#include "light/transfer.hpp"
#include "matrix/compiled.hpp"
#include "tone/lens_admm.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

constexpr int kCoarsest = 8;         // pixels a side of the coarsest level: the picture's composition
constexpr double kMostGain = 3;      // of a band, in one place; and the least is its inverse
constexpr double kFlat = 1.0 / 255;  // rms of a band, 0..1, that is as faint as noise

Image resized(const Image& image, char name, Size to) {
  return matrix::apply(resampling(kernel(name), image.size(), to), image);
}

/// a + share · b, of one channel.
Image sum(const Image& a, const Image& b, float share) {
  Image out = a;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) out.plane(0).row(y)[x] += share * b.plane(0).row(y)[x];
  return out;
}

/// The band, times (its rms / its rms around there)^evenness.
Image even(const Image& band, double evenness) {
  const auto around = [](int n) { return std::max(1, n / 4); };
  const Image square = mapped(band, [](double v) { return v * v; });
  const Image local = resized(resized(square, 't', {around(band.width()), around(band.height())}), 't', band.size());
  const double flat = kFlat * kFlat, whole = mean(square) + flat;
  Image out = band;
  for (int y = 0; y < band.height(); ++y)
    for (int x = 0; x < band.width(); ++x) {
      const double gain = std::sqrt(whole / (std::max(0.0f, local.plane(0).row(y)[x]) + flat));
      out.plane(0).row(y)[x] *= static_cast<float>(std::pow(std::clamp(gain, 1 / kMostGain, kMostGain), evenness));
    }
  return out;
}

/// Of luma: its bands, evened out, from the finest to what is coarser than all, put together again.
Image evened(const Image& luma, const CrispOptions& o) {
  if (std::max(luma.width(), luma.height()) <= kCoarsest) {
    const double middle = mean(luma);
    return mapped(luma, [&](double v) { return middle + o.coarsest * (v - middle); });
  }
  const Image half = resized(luma, 't', {(luma.width() + 1) / 2, (luma.height() + 1) / 2});
  const Image band = sum(luma, resized(half, 'c', luma.size()), -1);
  return sum(resized(evened(half, o), 'c', luma.size()), even(band, o.evenness), 1);
}

}  // namespace

Image crisp(const Image& image, const CrispOptions& o, double floor, double corner) {
  const auto shares = light::luma_weights(Transfer::None, image.channels());
  Image luma(image.height(), image.width(), 1);
  for (int c = 0; c < std::min(3, image.channels()); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) luma.plane(0).row(y)[x] += shares[c] * image.plane(c).row(y)[x];
  const Image other = evened(luma, o);
  const double contrast = luma_rms(luma, floor, corner) / std::max(luma_rms(other, floor, corner), 1e-6),
               middle = mean(other);
  Image out = image;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const double wished = middle + contrast * (other.plane(0).row(y)[x] - middle);
      const float more = static_cast<float>(wished) - luma.plane(0).row(y)[x];
      for (int c = 0; c < image.channels(); ++c) out.plane(c).row(y)[x] += more;
    }
  return out;
}

}  // namespace bifocal::tone
