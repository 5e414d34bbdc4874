// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/coarse.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>

#include <bifocal/error.hpp>
#include <bifocal/operator.hpp>

#include "light/transfer.hpp"
#include "words/words.hpp"

namespace bifocal::coarse_view {
namespace {

constexpr int kCell = 4, kFewestCells = 4, kMostCells = 32, kAveragesCells = 48;
constexpr int kMostSide = 1280;  ///< px; of larger images the middle is looked at for band_mismatch

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

double variance(const std::vector<double>& v) {
  double mean = 0, sum = 0;
  for (double x : v) mean += x / v.size();
  for (double x : v) sum += (x - mean) * (x - mean) / v.size();
  return sum;
}

/// Mean square that the best rising curve of a leaves in b (pool adjacent violators: Ayer et al. 1955).
double left_by_rising_curve(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<std::size_t> order(a.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a[i] < a[j]; });
  struct Pool {
    double at, sum, squares, n;
  };
  std::vector<Pool> pools;
  for (const std::size_t i : order) {
    Pool p{a[i], b[i], b[i] * b[i], 1};
    // Equal levels of a have one level on the curve.
    while (!pools.empty() && (pools.back().at == p.at || pools.back().sum / pools.back().n >= p.sum / p.n)) {
      p.sum += pools.back().sum;
      p.squares += pools.back().squares;
      p.n += pools.back().n;
      pools.pop_back();
    }
    pools.push_back(p);
  }
  double rest = 0;
  for (const Pool& p : pools) rest += std::max(0.0, p.squares - p.sum * p.sum / p.n);
  return rest / a.size();
}

}  // namespace

void CellSum::add(int level, float light) {
  n_ += 1;
  light_ += light;
  levels_ += level;
  squares_ += static_cast<double>(level) * level;
}

double CellSum::seen() const { return light::encode(Transfer::Srgb, light_ / n_); }

double CellSum::averaged() const { return levels_ / n_; }

double CellSum::grain() const {
  return n_ > 1 ? std::max(0.0, (squares_ - levels_ * levels_ / n_) / (n_ - 1) / n_) : 0;
}

Image8 luma(const Image8& image) {
  if (image.channels() < 3) return image;
  Image8 out(image.height(), image.width(), 1);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      out.plane(0).row(y)[x] = static_cast<std::uint8_t>(std::lround(
          0.299 * image.plane(0).row(y)[x] + 0.587 * image.plane(1).row(y)[x] + 0.114 * image.plane(2).row(y)[x]));
  return out;
}

Size common_grid(Size image, Size small) {
  const auto cells = [](int image_side, int small_side) {
    return std::min(
        {std::clamp(std::min(image_side, small_side) / kCell, kFewestCells, kMostCells), image_side, small_side});
  };
  return {cells(image.width, small.width), cells(image.height, small.height)};
}

bool few_levels(const Image8& luma) {
  constexpr int kFew = 16;
  std::array<std::int64_t, 256> count{};
  for (int y = 0; y < luma.height(); ++y)
    for (int x = 0; x < luma.width(); ++x) ++count[luma.plane(0).row(y)[x]];
  std::sort(count.begin(), count.end(), std::greater<>());
  const std::int64_t most = std::accumulate(count.begin(), count.begin() + kFew, std::int64_t{0});
  return most >= 0.98 * static_cast<double>(luma.width()) * luma.height();
}

Size averages_grid(Size image) {
  const double f = std::min(0.5, static_cast<double>(kAveragesCells) / std::max(image.width, image.height));
  return {std::max(1, static_cast<int>(image.width * f)), std::max(1, static_cast<int>(image.height * f))};
}

bool comparable(Size grid) { return std::min(grid.width, grid.height) >= kFewestCells; }

Coarse coarse(const Image8& image, Size grid) {
  if (grid.width < 1 || grid.height < 1 || grid.width > image.width() || grid.height > image.height())
    throw Error(ErrorCode::SizeMismatch, _("an image has no averages on a grid finer than its pixels"));
  Coarse c;
  c.grid = grid;
  c.levels.reserve(static_cast<std::size_t>(grid.width) * grid.height);
  const std::array<float, 256>& light = light::decode_table(Transfer::Srgb);
  const auto border = [](int cell, int side, int cells) { return static_cast<int>(std::int64_t{cell} * side / cells); };
  double grain = 0;
  for (int gy = 0; gy < grid.height; ++gy)
    for (int gx = 0; gx < grid.width; ++gx) {
      const int y0 = border(gy, image.height(), grid.height), y1 = border(gy + 1, image.height(), grid.height);
      const int x0 = border(gx, image.width(), grid.width), x1 = border(gx + 1, image.width(), grid.width);
      CellSum sum;
      for (int y = y0; y < y1; ++y) {
        const std::uint8_t* row = image.plane(0).row(y);
        for (int x = x0; x < x1; ++x) sum.add(row[x], light[row[x]]);
      }
      c.levels.push_back(sum.seen());
      c.averaged.push_back(sum.averaged());
      grain += sum.grain();
    }
  c.grain = grain / c.levels.size();
  return c;
}

Likeness two_averages(const Image8& image) {
  Coarse light = coarse(image, averages_grid(image.size())), levels = light;
  levels.levels = light.averaged;
  levels.grain = 0;
  return compare(light, levels);
}

Likeness compare(const Coarse& a, const Coarse& b) {
  if (!(a.grid == b.grid) || a.levels.size() != b.levels.size())
    throw Error(ErrorCode::SizeMismatch, _("pictures on different grids can't be compared"));
  Likeness l;
  if (!comparable(a.grid)) return l;
  l.comparable = true;
  l.correlation = correlation(a.levels, b.levels);
  const double added = left_by_rising_curve(a.levels, b.levels), missing = left_by_rising_curve(b.levels, a.levels);
  const double rest = std::max(added, missing), whole = variance(added >= missing ? b.levels : a.levels);
  l.off_curve = std::sqrt(rest);
  l.unexplained = std::sqrt(std::max(0.0, rest - 3 * b.grain));
  l.explained = whole > 0 ? std::clamp(1 - rest / whole, 0.0, 1.0) : 1;
  return l;
}

Image8 middle(const Image8& image, Size most) {
  const Size size{std::min(image.width(), most.width), std::min(image.height(), most.height)};
  if (size == image.size()) return image;
  Image8 out(size.height, size.width, image.channels());
  const int x0 = (image.width() - size.width) / 2, y0 = (image.height() - size.height) / 2;
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < size.height; ++y) std::copy_n(image.plane(c).row(y0 + y) + x0, size.width, out.plane(c).row(y));
  return out;
}

double band_mismatch(const Image8& image, const reveal_parts::Step& step) {
  constexpr int kBands = kMismatchSteps / 2 + 1;
  const double ratio = 1.4;
  const Image x = to_float(middle(image, {kMostSide, kMostSide}));
  std::vector<Image> energy;
  double sigma = 0.7;
  Image fine = blurred(x, sigma);
  for (int k = 0; k < kBands; ++k, sigma *= ratio) {
    Image coarser = blurred(x, sigma * ratio);
    energy.push_back(mapped(fine, coarser, [](float a, float b) { return std::fabs(a - b); }));
    fine = std::move(coarser);
    step();
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
    step();
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
