// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/coarse.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <bifocal/operator.hpp>

#include "light/transfer.hpp"

namespace bifocal::coarse_view {
namespace {

/// Gaussian, cut at 3 sigma, normalised at the edges.
Image blurred(const Image& image, double sigma) {
  const auto matrix = [sigma](int n) {
    BandedMatrix m(n);
    const int reach = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
    std::vector<double> w;
    for (int r = 0; r < n; ++r) {
      const int first = std::max(0, r - reach), last = std::min(n - 1, r + reach);
      w.clear();
      double sum = 0;
      for (int c = first; c <= last; ++c) {
        w.push_back(std::exp(-0.5 * (c - r) * (c - r) / (sigma * sigma)));
        sum += w.back();
      }
      for (double& v : w) v /= sum;
      m.add_row(first, w);
    }
    return m;
  };
  return SeparableOperator{matrix(image.height()), matrix(image.width())}.apply(image);
}

template <class F>
Image mapped(const Image& a, const Image& b, F f) {
  Image out(a.height(), a.width(), 1);
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) out.plane(0).row(y)[x] = f(a.plane(0).row(y)[x], b.plane(0).row(y)[x]);
  return out;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) ma += a[i] / a.size(), mb += b[i] / a.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
    ab += (a[i] - ma) * (b[i] - mb);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 1;
}

}  // namespace

Image8 luma(const Image8& image) {
  if (image.channels() < 3) return image;
  Image8 out(image.height(), image.width(), 1);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      out.plane(0).row(y)[x] = static_cast<std::uint8_t>(std::lround(0.299 * image.plane(0).row(y)[x] +
                                                                     0.587 * image.plane(1).row(y)[x] +
                                                                     0.114 * image.plane(2).row(y)[x]));
  return out;
}

Coarse coarse(const Image8& image, Size grid) {
  grid.width = std::min(grid.width, image.width());
  grid.height = std::min(grid.height, image.height());
  Coarse c;
  c.grid = grid;
  c.levels.resize(static_cast<std::size_t>(grid.width) * grid.height);
  const std::array<float, 256>& light = light::decode_table(Transfer::Srgb);
  double grain = 0;
  for (int gy = 0; gy < grid.height; ++gy)
    for (int gx = 0; gx < grid.width; ++gx) {
      const int y0 = static_cast<int>(static_cast<long>(gy) * image.height() / grid.height);
      const int y1 = static_cast<int>(static_cast<long>(gy + 1) * image.height() / grid.height);
      const int x0 = static_cast<int>(static_cast<long>(gx) * image.width() / grid.width);
      const int x1 = static_cast<int>(static_cast<long>(gx + 1) * image.width() / grid.width);
      double sum = 0, levels = 0, squares = 0;
      const double n = static_cast<double>(y1 - y0) * (x1 - x0);
      for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x) {
          const int v = image.plane(0).row(y)[x];
          sum += light[v];
          levels += v;
          squares += static_cast<double>(v) * v;
        }
      c.levels[static_cast<std::size_t>(gy) * grid.width + gx] = bifocal::light::encode(Transfer::Srgb, sum / n);
      if (n > 1) grain += (squares - levels * levels / n) / (n - 1) / n;
    }
  c.grain = grain / c.levels.size();
  return c;
}

Likeness compare(const Coarse& a, const Coarse& b) {
  Likeness l;
  l.correlation = correlation(a.levels, b.levels);
  double mean = 0, variance = 0;
  for (double v : b.levels) mean += v / b.levels.size();
  for (double v : b.levels) variance += (v - mean) * (v - mean) / b.levels.size();
  const double rest = variance * (1 - l.correlation * l.correlation);
  l.unexplained = std::sqrt(std::max(0.0, rest - 3 * b.grain));
  return l;
}

double band_mismatch(const Image8& image) {
  constexpr int kBands = 7;
  const double ratio = 1.4;
  const Image x = to_float(image);
  std::vector<Image> energy;
  double sigma = 0.7;
  Image fine = blurred(x, sigma);
  for (int k = 0; k < kBands; ++k, sigma *= ratio) {
    Image coarser = blurred(x, sigma * ratio);
    energy.push_back(mapped(fine, coarser, [](float a, float b) { return std::fabs(a - b); }));
    fine = std::move(coarser);
  }
  std::vector<double> fit;
  sigma = 0.7;
  for (int k = 0; k + 1 < kBands; ++k, sigma *= ratio) {
    const Image a = blurred(energy[k], 3 * sigma), b = blurred(energy[k + 1], 3 * sigma);
    std::vector<double> la, lb;
    for (int y = 0; y < a.height(); y += 2)
      for (int i = 0; i < a.width(); i += 2) {
        la.push_back(std::log(a.plane(0).row(y)[i] + 0.5));
        lb.push_back(std::log(b.plane(0).row(y)[i] + 0.5));
      }
    fit.push_back(correlation(la, lb));
  }
  double worst = 0;
  for (std::size_t k = 1; k + 1 < fit.size(); ++k) {
    const double finer = *std::max_element(fit.begin(), fit.begin() + k);
    const double coarser = *std::max_element(fit.begin() + k + 1, fit.end());
    worst = std::max(worst, std::min(finer, coarser) - fit[k]);
  }
  return worst;
}

}  // namespace bifocal::coarse_view
