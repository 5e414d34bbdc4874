// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/diffusion.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <tbb/parallel_for.h>

#include "light/transfer.hpp"

namespace bifocal::tone {
namespace {

constexpr int kLevels = 17;
constexpr int kBandRows = 256, kWarmUp = 8;  // a band starts some rows early, so that no seam shows
constexpr float kMostError = 1.5f;

struct Levels {
  std::array<float, kLevels> encoded, light;
  Levels() {
    for (int i = 0; i < kLevels; ++i) {
      encoded[i] = i / static_cast<float>(kLevels - 1);
      light[i] = static_cast<float>(bifocal::light::decode(Transfer::Srgb, 255.0 * encoded[i]) / 255);
    }
  }
};

void diffuse_band(Plane<const float> encoded, Plane<const float> light, Plane<float> out, int begin, int end) {
  static const Levels levels;
  const int n = encoded.width;
  // Errors of this row and the next, encoded and light, with one sample of border.
  std::vector<float> ea(n + 2, 0.0f), eb(n + 2, 0.0f), na(n + 2, 0.0f), nb(n + 2, 0.0f);
  for (int y = std::max(0, begin - kWarmUp); y < end; ++y) {
    const bool back = y & 1;
    const int step = back ? -1 : 1;
    std::fill(na.begin(), na.end(), 0.0f);
    std::fill(nb.begin(), nb.end(), 0.0f);
    const float *pa = encoded.row(y), *pb = light.row(y);
    for (int k = 0; k < n; ++k) {
      const int x = back ? n - 1 - k : k;
      const float a = pa[x] + std::clamp(ea[x + 1], -kMostError, kMostError), b = pb[x] + std::clamp(eb[x + 1], -kMostError, kMostError);
      int best = 0;
      float least = 1e30f;
      for (int i = 0; i < kLevels; ++i) {
        const float da = levels.encoded[i] - a, db = levels.light[i] - b, cost = da * da + db * db;
        if (cost < least) least = cost, best = i;
      }
      if (y >= begin) out.row(y)[x] = 255 * levels.encoded[best];
      const float ra = a - levels.encoded[best], rb = b - levels.light[best];
      ea[x + 1 + step] += ra * (7 / 16.0f), eb[x + 1 + step] += rb * (7 / 16.0f);
      na[x + 1 - step] += ra * (3 / 16.0f), nb[x + 1 - step] += rb * (3 / 16.0f);
      na[x + 1] += ra * (5 / 16.0f), nb[x + 1] += rb * (5 / 16.0f);
      na[x + 1 + step] += ra * (1 / 16.0f), nb[x + 1 + step] += rb * (1 / 16.0f);
    }
    ea.swap(na), eb.swap(nb);
  }
}

}  // namespace

Image diffuse(const Image& encoded, const Image& light) {
  Image out(encoded.height(), encoded.width(), encoded.channels());
  const int bands = (encoded.height() + kBandRows - 1) / kBandRows;
  tbb::parallel_for(0, bands * encoded.channels(), [&](int i) {
    const int c = i / bands, begin = i % bands * kBandRows;
    diffuse_band(encoded.plane(c), light.plane(c), out.plane(c), begin, std::min(encoded.height(), begin + kBandRows));
  });
  return out;
}

}  // namespace bifocal::tone
