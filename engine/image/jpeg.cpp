// SPDX-License-Identifier: LGPL-3.0-or-later
#include "image/jpeg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal {
namespace {

using Table = std::array<int, 64>;

constexpr Table kLuma{16, 11,  10,  16, 24, 40, 51, 61, 12,  12,  14,  19,  26, 58, 60, 55,  14,  13,  16,  24, 40, 57,
                      69, 56,  14,  17, 22, 29, 51, 87, 80,  62,  18,  22,  37, 56, 68, 109, 103, 77,  24,  35, 55, 64,
                      81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,  112, 100, 103, 99};
constexpr Table kChroma{17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99,
                        99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

Table scaled(const Table& table, int quality) {
  const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  Table out;
  for (int i = 0; i < 64; ++i) out[i] = std::clamp((table[i] * scale + 50) / 100, 1, 255);
  return out;
}

/// The orthonormal DCT-II's matrix, [frequency][sample].
const std::array<float, 64>& basis() {
  static const std::array<float, 64> b = [] {
    std::array<float, 64> m{};
    for (int f = 0; f < 8; ++f)
      for (int i = 0; i < 8; ++i)
        m[f * 8 + i] =
            static_cast<float>((f ? 0.5 : std::sqrt(0.125)) * std::cos(std::numbers::pi * f * (i + 0.5) / 8));
    return m;
  }();
  return b;
}

/// out = m in mᵀ, or mᵀ in m.
void transform(const float* in, float* out, bool back) {
  const auto& m = basis();
  float between[64];
  for (int f = 0; f < 8; ++f)
    for (int x = 0; x < 8; ++x) {
      float sum = 0;
      for (int i = 0; i < 8; ++i) sum += (back ? m[i * 8 + f] : m[f * 8 + i]) * in[i * 8 + x];
      between[f * 8 + x] = sum;
    }
  for (int f = 0; f < 8; ++f)
    for (int x = 0; x < 8; ++x) {
      float sum = 0;
      for (int i = 0; i < 8; ++i) sum += (back ? m[i * 8 + x] : m[x * 8 + i]) * between[f * 8 + i];
      out[f * 8 + x] = sum;
    }
}

struct Component {
  int height, width;  ///< multiples of 8
  std::vector<float> data;
  Component(int h, int w)
      : height((h + 7) / 8 * 8), width((w + 7) / 8 * 8), data(static_cast<std::size_t>(height) * width) {}
  float* row(int y) { return data.data() + static_cast<std::size_t>(y) * width; }

  void quantise(const Table& table) {
    parallel_for(0, height / 8, [&](int k) {
      progress::ask();
      float block[64], modes[64];
      for (int x = 0; x < width; x += 8) {
        for (int y = 0; y < 8; ++y)
          for (int i = 0; i < 8; ++i) block[y * 8 + i] = std::floor(row(8 * k + y)[x + i] + 0.5f) - 128;
        transform(block, modes, false);
        for (int i = 0; i < 64; ++i) modes[i] = std::round(modes[i] / table[i]) * table[i];
        transform(modes, block, true);
        for (int y = 0; y < 8; ++y)
          for (int i = 0; i < 8; ++i)
            row(8 * k + y)[x + i] = std::clamp(std::floor(block[y * 8 + i] + 128.5f), 0.f, 255.f);
      }
    });
  }
};

/// `shown` of rows and columns are real; the rest repeats the last one.
void fill_borders(Component& c, int height, int width) {
  for (int y = 0; y < height; ++y) std::fill(c.row(y) + width, c.row(y) + c.width, c.row(y)[width - 1]);
  for (int y = height; y < c.height; ++y) std::copy_n(c.row(height - 1), c.width, c.row(y));
}

}  // namespace

Image8 after_jpeg(const Image& image, int quality, Subsampling subsampling) {
  const int h = image.height(), w = image.width();
  const int sx = subsampling == Subsampling::Full ? 1 : 2, sy = subsampling == Subsampling::Both ? 2 : 1;
  Image8 out(h, w, image.channels());
  const auto byte = [](float v) { return std::clamp(std::floor(v + 0.5f), 0.f, 255.f); };
  Component luma(h, w);
  if (image.channels() < 3) {
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x) luma.row(y)[x] = byte(image.plane(0).row(y)[x]);
    fill_borders(luma, h, w);
    luma.quantise(scaled(kLuma, quality));
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x) out.plane(0).row(y)[x] = static_cast<std::uint8_t>(luma.row(y)[x]);
    return out;
  }
  const int ch = (h + sy - 1) / sy, cw = (w + sx - 1) / sx;
  Component blue(ch, cw), red(ch, cw);
  parallel_for(0, ch, [&](int j) {
    std::vector<float> cb(cw, 0.0f), cr(cw, 0.0f);
    for (int k = 0; k < sy; ++k) {
      const int y = std::min(h - 1, j * sy + k);
      const float *r = image.plane(0).row(y), *g = image.plane(1).row(y), *b = image.plane(2).row(y);
      for (int x = 0; x < cw * sx; ++x) {
        const int i = std::min(w - 1, x);
        const float red_level = byte(r[i]), green = byte(g[i]), blue_level = byte(b[i]);
        if (x < w) luma.row(y)[x] = 0.299f * red_level + 0.587f * green + 0.114f * blue_level;
        cb[x / sx] += byte(-0.168736f * red_level - 0.331264f * green + 0.5f * blue_level + 128);
        cr[x / sx] += byte(0.5f * red_level - 0.418688f * green - 0.081312f * blue_level + 128);
      }
    }
    for (int x = 0; x < cw; ++x) blue.row(j)[x] = cb[x] / (sx * sy), red.row(j)[x] = cr[x] / (sx * sy);
  });
  fill_borders(luma, h, w), fill_borders(blue, ch, cw), fill_borders(red, ch, cw);
  luma.quantise(scaled(kLuma, quality));
  blue.quantise(scaled(kChroma, quality));
  red.quantise(scaled(kChroma, quality));
  parallel_for(0, h, [&](int y) {
    // Triangle filter between the nearest two rows and columns.
    const int j = y / sy, other = sy == 1 ? j : std::clamp(y % 2 ? j + 1 : j - 1, 0, ch - 1);
    const float near = sy == 1 ? 1 : 0.75f, far = 1 - near;
    const auto value = [&](Component& c, int x) {
      const int i = x / sx, side = sx == 1 ? i : std::clamp(x % 2 ? i + 1 : i - 1, 0, cw - 1);
      const float a = near * c.row(j)[i] + far * c.row(other)[i], b = near * c.row(j)[side] + far * c.row(other)[side];
      return (sx == 1 ? a : 0.75f * a + 0.25f * b) - 128;
    };
    for (int x = 0; x < w; ++x) {
      const float l = luma.row(y)[x], b = value(blue, x), r = value(red, x);
      out.plane(0).row(y)[x] = static_cast<std::uint8_t>(byte(l + 1.402f * r));
      out.plane(1).row(y)[x] = static_cast<std::uint8_t>(byte(l - 0.344136f * b - 0.714136f * r));
      out.plane(2).row(y)[x] = static_cast<std::uint8_t>(byte(l + 1.772f * b));
    }
  });
  return out;
}

}  // namespace bifocal
