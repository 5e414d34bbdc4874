// SPDX-License-Identifier: LGPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/report.hpp>

namespace bifocal {
namespace {

void check_same(const Image8& a, const Image8& b) {
  if (!a.same_shape(b)) throw Error(ErrorCode::SizeMismatch, "two images of different size cannot be compared");
}

/// Rec. 601 luma of row y.
void luma_row(const Image8& image, int y, std::vector<float>& out) {
  out.resize(image.width());
  const std::uint8_t* r = image.plane(0).row(y);
  if (image.channels() < 3) {
    std::copy_n(r, image.width(), out.begin());
    return;
  }
  const std::uint8_t* g = image.plane(1).row(y);
  const std::uint8_t* b = image.plane(2).row(y);
  for (int x = 0; x < image.width(); ++x) out[x] = 0.299f * r[x] + 0.587f * g[x] + 0.114f * b[x];
}

constexpr int kRadius = 5;  // truncated at 3.5 sigma, as scikit-image

std::vector<float> window() {
  std::vector<float> w(2 * kRadius + 1);
  float sum = 0;
  for (int i = -kRadius; i <= kRadius; ++i) sum += w[i + kRadius] = std::exp(-i * i / (2 * 1.5f * 1.5f));
  for (float& v : w) v /= sum;
  return w;
}

}  // namespace

double psnr(const Image8& a, const Image8& b) {
  check_same(a, b);
  std::uint64_t squares = 0;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y) {
      const std::uint8_t* p = a.plane(c).row(y);
      const std::uint8_t* q = b.plane(c).row(y);
      std::uint32_t row = 0;
      for (int x = 0; x < a.width(); ++x) {
        const int d = p[x] - q[x];
        row += static_cast<std::uint32_t>(d * d);
      }
      squares += row;
    }
  if (squares == 0) return std::numeric_limits<double>::infinity();
  const double samples = static_cast<double>(a.width()) * a.height() * a.channels();
  return 10 * std::log10(255. * 255. * samples / static_cast<double>(squares));
}

double ssim(const Image8& a, const Image8& b) {
  check_same(a, b);
  const int width = a.width(), height = a.height();
  static const std::vector<float> w = window();
  constexpr int taps = 2 * kRadius + 1;
  constexpr double c1 = (0.01 * 255) * (0.01 * 255), c2 = (0.03 * 255) * (0.03 * 255);
  const auto mirrored = [](int i, int n) {
    while (i < 0 || i >= n) i = i < 0 ? -i - 1 : 2 * n - 1 - i;
    return i;
  };
  // The five moments, filtered along each row as it comes; a ring of rows is then filtered down.
  const auto row_moments = [&](int y, std::vector<float>* to) {
    std::vector<float> p, q;
    luma_row(a, y, p);
    luma_row(b, y, q);
    for (int m = 0; m < 5; ++m) to[m].assign(width, 0.f);
    for (int x = 0; x < width; ++x)
      for (int k = 0; k < taps; ++k) {
        const int at = x >= kRadius && x < width - kRadius ? x + k - kRadius : mirrored(x + k - kRadius, width);
        const float u = p[at], v = q[at], f = w[k];
        to[0][x] += f * u;
        to[1][x] += f * v;
        to[2][x] += f * u * u;
        to[3][x] += f * v * v;
        to[4][x] += f * u * v;
      }
  };
  std::vector<std::vector<float>> ring(static_cast<std::size_t>(height < taps ? height : taps) * 5);
  const int kept = static_cast<int>(ring.size()) / 5;
  int have = 0;
  // scikit-image leaves out a border as wide as the window's radius, where the image is large enough for that.
  const int border = std::min(width, height) > 2 * kRadius ? kRadius : 0;
  double total = 0;
  std::size_t count = 0;
  for (int y = border; y < height - border; ++y) {
    for (; have < std::min(height, y + kRadius + 1); ++have) row_moments(have, &ring[static_cast<std::size_t>(have % kept) * 5]);
    for (int x = border; x < width - border; ++x) {
      double m[5] = {};
      for (int k = 0; k < taps; ++k) {
        const auto* from = &ring[static_cast<std::size_t>(mirrored(y + k - kRadius, height) % kept) * 5];
        for (int i = 0; i < 5; ++i) m[i] += w[k] * from[i][x];
      }
      const double va = m[2] - m[0] * m[0], vb = m[3] - m[1] * m[1], cov = m[4] - m[0] * m[1];
      total += (2 * m[0] * m[1] + c1) * (2 * cov + c2) / ((m[0] * m[0] + m[1] * m[1] + c1) * (va + vb + c2));
      ++count;
    }
  }
  return total / static_cast<double>(count);
}

}  // namespace bifocal
