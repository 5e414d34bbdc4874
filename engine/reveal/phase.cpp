// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/phase.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <bifocal/operator.hpp>

#include "matrix/compiled.hpp"
#include "matrix/kernel.hpp"
#include "progress/parallel.hpp"
#include "reveal/coarse.hpp"

namespace bifocal::coarse_view {
namespace {

constexpr double kLeastRatio = 1.9, kMostRatio = 10;
constexpr int kSmallest = 24;
constexpr int kAllSizes = 700;  // px, longest side up to which every size is tried
constexpr int kVeryLarge = 1400;
constexpr int kMostSide = 896;  // px; of larger images the middle is looked at
constexpr std::size_t kFewest = 12;
// Set on the photographs of tests/bench/reveal_corpus.py (half "tune") and on images that the library makes of them.
/// In untouched photographs a small shift may stand out, and a large one be among many: the geometric mean of both, in
/// these units, stays below 1 in nearly all.
constexpr double kShift = 0.036, kOutlying = 13, kLeastOutlying = 3.5;
/// More detail on the grid than beside it comes from compression and enlargement, too: much is asked for.
constexpr double kRise = 0.086, kOutlyingRise = 17.3, kCoarse = 2.6;
constexpr std::array<matrix::Kernel, 2> kKernels{{{matrix::box, 0.5}, {matrix::catmull_rom, 2}}};

/// The stretch of one side that is looked at: the middle of a long one.
struct Stretch {
  int whole, first, length;
};

Stretch stretch_of(int side) {
  const int length = std::min(side, kMostSide);
  return {side, (side - length) / 2, length};
}

/// Of a shrinking resampler whose grid is `off` outputs further on: outputs 1 .. out − 3, those that lie within the
/// stretch.
BandedMatrix shifted(const matrix::Kernel& kernel, Stretch in, int out, double off) {
  BandedMatrix m(in.length);
  const double ratio = static_cast<double>(in.whole) / out, reach = kernel.support * ratio;
  std::vector<double> weights;
  const int begin = in.length == in.whole ? 1 : std::max(1, static_cast<int>(std::ceil((in.first + reach) / ratio)));
  const int end =
      in.length == in.whole ? out - 2 : std::min(out - 2, static_cast<int>((in.first + in.length - reach) / ratio) - 1);
  for (int i = begin; i < end; ++i) {
    const double centre = (i + 0.5 + off) * ratio - in.first;
    const int first = std::max(0, static_cast<int>(centre - reach));
    const int last = std::min(in.length - 1, static_cast<int>(centre + reach));
    weights.clear();
    double sum = 0;
    for (int x = first; x <= last; ++x) {
      weights.push_back(kernel.value((x + 0.5 - centre) / ratio));
      sum += weights.back();
    }
    for (double& w : weights) w /= sum;
    m.add_row(first, weights);
  }
  return m;
}

double detail(const Image& image) {
  const Plane<const float> p = image.plane(0);
  double sum = 0;
  for (int y = 0; y < p.height; ++y) {
    const float* row = p.row(y);
    for (int x = 1; x + 1 < p.width; ++x) sum += std::sqrt(std::fabs(row[x - 1] - 2 * row[x] + row[x + 1]));
    if (y == 0 || y + 1 == p.height) continue;
    const float *above = p.row(y - 1), *below = p.row(y + 1);
    for (int x = 0; x < p.width; ++x) sum += std::sqrt(std::fabs(above[x] - 2 * row[x] + below[x]));
  }
  return sum;
}

/// `image` holds both stretches' middle.
double shift_of(const Image& image, Stretch across, Stretch down, const matrix::Kernel& kernel, Size size) {
  const auto on = [&](double off) {
    const SeparableOperator look{shifted(kernel, down, size.height, off), shifted(kernel, across, size.width, off)};
    return look.target().width > 2 && look.target().height > 2 ? detail(matrix::apply(look, image)) : 0;
  };
  return std::log((on(0) + 1) / (on(0.5) + 1));
}

double median(std::vector<double> v) {
  std::nth_element(v.begin(), v.begin() + v.size() / 2, v.end());
  return v[v.size() / 2];
}

}  // namespace

GridShift strongest_shift(const Image8& luma, const std::vector<Size>& sizes, bool blocks,
                          const reveal_parts::Step& step) {
  GridShift strongest;
  if (sizes.size() < kFewest) return strongest;
  const Image image = to_float(middle(luma, {kMostSide, kMostSide}));
  const Stretch across = stretch_of(luma.width()), down = stretch_of(luma.height());
  std::vector<double> shifts(sizes.size() * kKernels.size());
  parallel_for(std::size_t{0}, shifts.size(), [&](std::size_t i) {
    shifts[i] = shift_of(image, across, down, kKernels[i / sizes.size()], sizes[i % sizes.size()]);
    step();
  });
  for (std::size_t k = 0; k < kKernels.size(); ++k) {
    // Small thumbnails have few samples, and scatter more.
    const auto scale = [&](std::size_t i) { return std::sqrt(static_cast<double>(sizes[i].width) * sizes[i].height); };
    std::vector<double> scaled, spread;
    for (std::size_t i = 0; i < sizes.size(); ++i) scaled.push_back(shifts[k * sizes.size() + i] * scale(i));
    const double middle = median(scaled);
    for (double v : scaled) spread.push_back(std::fabs(v - middle));
    const double deviation = 1.4826 * median(spread) + 1e-9;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const double shift = shifts[k * sizes.size() + i], outlying = std::fabs(scaled[i] - middle) / deviation;
      const bool falls = shift<0, coarse = luma.width()> kCoarse * sizes[i].width;
      const double evidence = outlying < kLeastOutlying ? 0
                              : falls                   ? std::sqrt(-shift / kShift * outlying / kOutlying)
                              : coarse && !blocks       ? std::sqrt(shift / kRise * outlying / kOutlyingRise)
                                                        : 0;
      if (evidence > strongest.evidence) strongest = {sizes[i], shift, outlying, evidence};
    }
  }
  return strongest;
}

std::vector<Size> usual_sizes(Size image) {
  const int longest = std::max(image.width, image.height), shortest = std::min(image.width, image.height);
  std::set<std::pair<int, int>> sizes;
  for (int n = std::max(kSmallest, static_cast<int>(longest / kMostRatio)); n <= longest / kLeastRatio; ++n) {
    if (std::abs(8 * n - 3 * longest) <= 8) continue;  // JPEG's blocks of 8
    const int every = longest > kVeryLarge ? 4 * ((longest + 4095) / 4096) : 2;
    if (longest > kAllSizes && n % (8 * every) != 0 && n % (25 * every) != 0 && longest % n != 0) continue;
    const double f = static_cast<double>(n) / longest;
    const Size s{static_cast<int>(std::lround(image.width * f)), static_cast<int>(std::lround(image.height * f))};
    if (std::min(s.width, s.height) >= kSmallest / 2) sizes.insert({s.width, s.height});
    if (n <= shortest / kLeastRatio) sizes.insert({n, n});
  }
  std::vector<Size> out;
  for (const auto& [w, h] : sizes) out.push_back({w, h});
  return out;
}

}  // namespace bifocal::coarse_view
