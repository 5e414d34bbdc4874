// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/similarity.hpp"

#include <algorithm>

#include "light/transfer.hpp"

namespace bifocal::tone {
namespace {

constexpr double kGrain = 2.0 / 255;       // rms that an eye of sigma 1 sees, 0..1
constexpr double kWindow = 1.5 * 1.5;      // variance of the index's window, pixels²
constexpr double kConstant = 0.03 * 0.03;  // the index's second constant, 0..1

}  // namespace

double expected_similarity(const Image& picture, const Image& detail, double ratio, double contrast) {
  const int h = picture.height(), w = picture.width(), channels = picture.channels();
  const auto shares = light::luma_weights(Transfer::None, channels);
  const auto luma = [&](int y, int x) {
    double sum = 0;
    for (int c = 0; c < channels; ++c) sum += shares[c] * picture.plane(c).row(y)[x];
    return sum;
  };
  const double noise = kGrain * kGrain / std::max(contrast * contrast, 1e-6);
  double sum = 0;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const double dx = (luma(y, std::min(w - 1, x + 1)) - luma(y, std::max(0, x - 1))) / 2;
      const double dy = (luma(std::min(h - 1, y + 1), x) - luma(std::max(0, y - 1), x)) / 2;
      double variance = kWindow * (dx * dx + dy * dy) / (ratio * ratio);
      for (int c = 0; c < channels; ++c) variance += detail.plane(c).row(y)[x] / channels;
      sum += (2 * variance + kConstant) / (2 * variance + kConstant + noise);
    }
  return sum / (static_cast<double>(h) * w);
}

}  // namespace bifocal::tone
