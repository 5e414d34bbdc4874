// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/diffusion.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

constexpr int kLevels = 33;
constexpr int kRowsAtOnce = 16;
constexpr int kBandRows = 256, kWarmUp = 8;  // a band starts some rows early, so that no seam shows
constexpr float kMostError = 1.5f;
constexpr float kLowest = -1.5f, kCells = 32;  // the table of nearest levels: wishes −1.5..2.5 in steps of 1/32
constexpr int kSide = 128;

typedef float Four __attribute__((vector_size(16)));
typedef int Whole __attribute__((vector_size(16)));

struct Levels {
  std::array<float, kLevels> encoded, light;
  std::array<std::uint8_t, kSide * kSide> nearest;  ///< [light wish][encoded wish] -> level nearest to both
  Levels() {
    for (int i = 0; i < kLevels; ++i) {
      encoded[i] = i / static_cast<float>(kLevels - 1);
      light[i] = static_cast<float>(bifocal::light::decode(Transfer::Srgb, 255.0 * encoded[i]) / 255);
    }
    for (int q = 0; q < kSide; ++q)
      for (int p = 0; p < kSide; ++p) {
        const float a = kLowest + (p + 0.5f) / kCells, b = kLowest + (q + 0.5f) / kCells;
        const auto cost = [&](int i) { return (encoded[i] - a) * (encoded[i] - a) + (light[i] - b) * (light[i] - b); };
        int best = 0;
        for (int i = 1; i < kLevels; ++i)
          if (cost(i) < cost(best)) best = i;
        nearest[q * kSide + p] = static_cast<std::uint8_t>(best);
      }
  }
};

Four clamped(Four v, float low, float high) {
  const Four a = Four{} + low, b = Four{} + high;
  v = v < a ? a : v;
  return v > b ? b : v;
}

template <class T>
T sample(float level) {
  return std::is_same_v<T, float> ? static_cast<T>(level) : static_cast<T>(level + 0.5f);
}

/// Up to three channels side by side in one vector: their chains of errors run at the same time.
template <class T>
void diffuse_band(const WishRow& wish, bool together, Planes<T>& out, int begin, int end) {
  static const Levels levels;
  const int n = out.width(), channels = out.channels();
  // Errors handed down to this row and the next, encoded and light, with one pixel of border.
  std::vector<Four> ea(n + 2, Four{}), eb(n + 2, Four{}), na(n + 2), nb(n + 2);
  std::vector<float> wishes(static_cast<std::size_t>(6) * n, 0.0f);
  float *pa[3], *pb[3];
  T* to[3] = {};
  std::vector<T> unused(n);
  for (int c = 0; c < 3; ++c) pa[c] = wishes.data() + static_cast<std::size_t>(c) * n, pb[c] = wishes.data() + static_cast<std::size_t>(3 + c) * n;
  for (int y = std::max(0, begin - kWarmUp); y < end; ++y) {
    if (y % kRowsAtOnce == 0) progress::ask();
    for (int c = 0; c < channels; ++c) wish(c, y, pa[c], pb[c]);
    for (int c = 0; c < 3; ++c) to[c] = y >= begin && c < channels ? out.plane(c).row(y) : unused.data();
    std::fill(na.begin(), na.end(), Four{});
    std::fill(nb.begin(), nb.end(), Four{});
    const bool back = y & 1;
    const int step = back ? -1 : 1;
    Four right_a{}, right_b{};
    const auto spread = [&](Four ra, Four rb, int x, int step) {
      right_a = ra * (7 / 16.0f), right_b = rb * (7 / 16.0f);
      na[x + 1 - step] += ra * (3 / 16.0f), nb[x + 1 - step] += rb * (3 / 16.0f);
      na[x + 1] += ra * (5 / 16.0f), nb[x + 1] += rb * (5 / 16.0f);
      na[x + 1 + step] += ra * (1 / 16.0f), nb[x + 1 + step] += rb * (1 / 16.0f);
    };
    for (int k = 0; k < n; ++k) {
      const int x = back ? n - 1 - k : k;
      const Four a = Four{pa[0][x], pa[1][x], pa[2][x], 0} + clamped(ea[x + 1] + right_a, -kMostError, kMostError);
      const Four b = Four{pb[0][x], pb[1][x], pb[2][x], 0} + clamped(eb[x + 1] + right_b, -kMostError, kMostError);
      if (together) {
        // The channels' mean decides; what sets a channel apart is added as far as it fits.
        const float ma = (a[0] + a[1] + a[2]) / 3, mb = (b[0] + b[1] + b[2]) / 3;
        const float wished = (pa[0][x] + pa[1][x] + pa[2][x]) / 3;
        const int i = levels.nearest[static_cast<int>(std::clamp((mb - kLowest) * kCells, 0.f, kSide - 1.f)) * kSide +
                                     static_cast<int>(std::clamp((ma - kLowest) * kCells, 0.f, kSide - 1.f))];
        Four level{}, light{};
        for (int c = 0; c < 3; ++c) {
          level[c] = std::clamp(levels.encoded[i] + pa[c][x] - wished, 0.f, 1.f);
          light[c] = levels.light[static_cast<int>(level[c] * (kLevels - 1) + 0.5f)];
          to[c][x] = sample<T>(255 * level[c]);
        }
        spread(a - level, b - light, x, step);
        continue;
      }
      const Four p = clamped((a - kLowest) * kCells, 0, kSide - 1), q = clamped((b - kLowest) * kCells, 0, kSide - 1);
      const Whole at = __builtin_convertvector(q, Whole) * kSide + __builtin_convertvector(p, Whole);
      const int i = levels.nearest[at[0]], j = levels.nearest[at[1]], l = levels.nearest[at[2]];
      const Four level{levels.encoded[i], levels.encoded[j], levels.encoded[l], 0};
      const Four light{levels.light[i], levels.light[j], levels.light[l], 0};
      to[0][x] = sample<T>(255 * level[0]), to[1][x] = sample<T>(255 * level[1]), to[2][x] = sample<T>(255 * level[2]);
      spread(a - level, b - light, x, step);
    }
    ea.swap(na), eb.swap(nb);
  }
}

}  // namespace

template <class T>
Planes<T> diffuse(Size size, int channels, bool together, const WishRow& row) {
  Planes<T> out(size.height, size.width, channels, Unset());
  const int bands = (size.height + kBandRows - 1) / kBandRows;
  parallel_for(0, bands, [&](int i) { diffuse_band(row, together && channels == 3, out, i * kBandRows, std::min(size.height, (i + 1) * kBandRows)); });
  return out;
}

template Image diffuse(Size, int, bool, const WishRow&);
template Image8 diffuse(Size, int, bool, const WishRow&);

}  // namespace bifocal::tone
