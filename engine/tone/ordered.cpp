// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/ordered.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "hot/dither.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

constexpr int kSide = 4, kRanks = kSide * kSide;
/// Between the blocks of 2x2, against that inside them: more has less spread and more grain.
constexpr float kBetweenBlocks = 0.2f;
constexpr int kValues = 64, kSpreads = 48;  // steps of the table
constexpr int kTried = 80, kBisections = 24;
constexpr float kLeastSpread = 0.01f, kMostSpread = 40;
constexpr float kEnd = 1e-4f;

/// The 16 levels for v and l, 0..1: by v, and by the root of the share of the light that v allows.
class Table {
 public:
  Table() : levels_(std::size_t{(kValues + 1) * (kSpreads + 1) * kRanks}) {
    constexpr int kOrder[2][2] = {{0, 2}, {3, 1}};
    std::array<float, kRanks> ranks;
    for (int i = 0; i < kRanks; ++i) {
      const int y = i / kSide, x = i % kSide;
      ranks[i] = (1.5f - kOrder[y % 2][x % 2]) + kBetweenBlocks * (1.5f - kOrder[y / 2][x / 2]);
    }
    for (int j = 0; j <= kValues; ++j) fill(j, ranks);
  }
  /// Where to look for a pair of wishes.
  struct Place {
    const float* levels;
    float down, across;  ///< weights of the next row and column
  };
  Place find(float value, float light) const {
    const float y = std::clamp(value, 0.f, 1.f) * kValues;
    const int j = std::min(static_cast<int>(y), kValues - 1);
    const float down = y - static_cast<float>(j), least = least_[j] + down * (least_[j + 1] - least_[j]),
                most = most_[j] + down * (most_[j + 1] - most_[j]);
    const float share = std::clamp((light - least) / std::max(most - least, 1e-5f), 0.f, 1.f);
    const float x = std::sqrt(share) * kSpreads;
    const int i = std::min(static_cast<int>(x), kSpreads - 1);
    return {levels(j, i), down, x - static_cast<float>(i)};
  }
  static float level(const Place& p, int rank) {
    const float* at = p.levels + rank;
    constexpr int kDown = (kSpreads + 1) * kRanks;
    const float above = at[0] + p.across * (at[kRanks] - at[0]),
                below = at[kDown] + p.across * (at[kDown + kRanks] - at[kDown]);
    return above + p.down * (below - above);
  }

 private:
  const float* levels(int j, int i) const {
    return levels_.data() + (static_cast<std::size_t>(j) * (kSpreads + 1) + i) * kRanks;
  }
  void fill(int j, const std::array<float, kRanks>& ranks);

  std::vector<float> levels_;  ///< [value][spread][rank], 0..255
  std::array<float, kValues + 1> least_, most_;
};

void Table::fill(int j, const std::array<float, kRanks>& ranks) {
  const float value = std::clamp(static_cast<float>(j) / kValues, kEnd, 1 - kEnd);
  std::vector<float> tried(std::size_t{(kTried + 1) * kRanks}), shines(tried.size());
  std::array<float, kTried + 1> light{};
  for (int k = 0; k <= kTried; ++k) {
    const float s =
        k == 0 ? 0 : kLeastSpread * std::pow(kMostSpread / kLeastSpread, static_cast<float>(k - 1) / (kTried - 1));
    float low = -3 * s, high = 1 + 3 * s;  // of the offset
    for (int b = 0; b < kBisections; ++b) {
      const float middle = (low + high) / 2;
      float mean = 0;
      for (const float d : ranks) mean += std::clamp(middle + s * d, 0.f, 1.f) / kRanks;
      (mean < value ? low : high) = middle;
    }
    for (int i = 0; i < kRanks; ++i) tried[k * kRanks + i] = 255 * std::clamp(low + s * ranks[i], 0.f, 1.f);
  }
  hot::dither().light_row(tried.data(), static_cast<int>(tried.size()), 0, false, shines.data(), nullptr);
  for (int k = 0; k <= kTried; ++k)
    for (int i = 0; i < kRanks; ++i) light[k] += shines[k * kRanks + i] / (255.f * kRanks);
  least_[j] = light[0], most_[j] = light[kTried];
  int k = 0;
  for (int q = 0; q <= kSpreads; ++q) {
    const float share = static_cast<float>(q * q) / (kSpreads * kSpreads),
                wanted = light[0] + share * (light[kTried] - light[0]);
    while (k + 2 <= kTried && light[k + 1] < wanted) ++k;
    const float step = light[k + 1] - light[k];
    // Light goes with the square of small spreads.
    float t = step > 1e-9f ? std::clamp((wanted - light[k]) / step, 0.f, 1.f) : 0;
    if (k == 0) t = std::sqrt(t);
    float* to = levels_.data() + (static_cast<std::size_t>(j) * (kSpreads + 1) + q) * kRanks;
    for (int i = 0; i < kRanks; ++i)
      to[i] = tried[k * kRanks + i] + t * (tried[(k + 1) * kRanks + i] - tried[k * kRanks + i]);
  }
}

const Table& table() {
  static const Table all;
  return all;
}

}  // namespace

Image ordered(Size size, int channels, bool together, const WishRow& row) {
  const bool shifted = channels == 3 && !together;
  // The first two dots of a block lie on the diagonal that a sampler on a grid of 4 to 5 weighs as all pixels on
  // average (ImageMagick's -thumbnail: .36, .24, .24, .16): elsewhere it sees a tint of 15 levels.
  constexpr int kRight[3] = {1, 0, 1}, kDown[3] = {0, 1, 0};
  const Table& t = table();
  Image out(size.height, size.width, channels, Unset());
  parallel_for(0, size.height, [&](int y) {
    progress::ask();
    thread_local std::vector<float> wishes;
    wishes.resize(std::size_t{2} * size.width);
    float *encoded = wishes.data(), *light = encoded + size.width;
    for (int c = 0; c < channels; ++c) {
      row(c, y, encoded, light);
      const int right = shifted ? kRight[c] : 0, first = (y + (shifted ? kDown[c] : 0)) % kSide * kSide;
      float* to = out.plane(c).row(y);
      for (int x = 0; x < size.width; ++x)
        to[x] = Table::level(t.find(encoded[x], light[x]), first + (x + right) % kSide);
    }
  });
  return out;
}

}  // namespace bifocal::tone
