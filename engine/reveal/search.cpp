// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <tbb/task_arena.h>

#include <bifocal/scalers.hpp>

#include "light/transfer.hpp"
#include "matrix/kernel.hpp"
#include "progress/parallel.hpp"

namespace bifocal::reveal_parts {
namespace {

using coarse_view::CellSum;
using coarse_view::Coarse;
using coarse_view::Likeness;

// Set on tests/bench/reveal_corpus.py, half "tune".
/// Scalers that average: levels, and share of the variance. Images made to the eye stay below 0.8 on the common cells
/// of both averages, innocent ones above 0.9; the pictures themselves are compared on coarser cells that fit less well.
constexpr double kAveragesApart = 2, kAveragesExplained = 0.86, kAveragingApart = 1.5, kAveragingExplained = 0.93;
/// Scalers that do not.
constexpr double kUnexplained = 14, kExplained = 0.5;
constexpr double kSearchUnexplained = 14, kSearchExplained = 0.45;  ///< of hundreds of sizes some come near by chance
constexpr double kBeyondGrain = 0.75;                               ///< of what is off the curve is more than grain
/// Of the difference at most is left wherever in its step the scaler starts instead; moiré goes on there.
constexpr double kAside = 0.55;
constexpr std::array<std::pair<double, double>, 7> kAsides{
    {{0.5, 0.5}, {0.5, 0}, {0, 0.5}, {0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}}};
constexpr int kSmallest = 48, kMostRatio = 10;
constexpr double kLeastRatio = 1.4;
constexpr int kMostSizes = 700;
constexpr std::size_t kConfirmed = 6;  ///< per kind of scaler

double opencv_cubic(double x) {
  constexpr double a = -0.75;
  x = std::fabs(x);
  return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/// What the sieve takes a scaler for: it picks (support 0) or interpolates between a few pixels.
struct Kind {
  std::string_view id;
  double (*kernel)(double);
  int support;  ///< pixels to each side; 0: one pixel, at centre + shift
  double shift;
  int samples;  ///< a cell, each way
};
constexpr std::array<Kind, 6> kKinds{{{scalers::kMiddle, nullptr, 0, 0, 4},
                                      {scalers::kBefore, nullptr, 0, -1e-4, 4},  // Qt's, too: the pixel before a border
                                      {scalers::kFirst, nullptr, 0, -0.5, 4},
                                      {scalers::kLinear, matrix::triangle, 1, 0, 4},
                                      {scalers::kCubic, opencv_cubic, 2, 0, 3},
                                      {scalers::kLanczos4, matrix::lanczos4, 4, 0, 2}}};

struct Tap {
  std::array<int, 8> at{};
  std::array<float, 8> weight{};
  int count = 0, cell = 0;
};

/// A few outputs in every cell of one axis.
std::vector<Tap> taps(const Kind& kind, int in, int out, int cells) {
  std::vector<Tap> all;
  const double ratio = static_cast<double>(in) / out;
  for (int cell = 0; cell < cells; ++cell) {
    const int begin = static_cast<int>(std::int64_t{cell} * out / cells),
              end = static_cast<int>(std::int64_t{cell + 1} * out / cells);
    const int some = std::min(kind.samples, end - begin);
    for (int k = 0; k < some; ++k) {
      const int i = begin + (2 * k + 1) * (end - begin) / (2 * some);
      Tap t;
      t.cell = cell;
      if (kind.support == 0) {
        t.at[0] = std::clamp(static_cast<int>((i + 0.5 + kind.shift) * ratio), 0, in - 1);
        t.weight[0] = 1;
        t.count = 1;
      } else {
        const double centre = (i + 0.5) * ratio - 0.5;
        const int first = static_cast<int>(std::floor(centre)) - kind.support + 1;
        double sum = 0;
        for (int x = first; x < first + 2 * kind.support; ++x) {
          const double w = kind.kernel(x - centre);
          sum += w;
          t.at[t.count] = std::clamp(x, 0, in - 1);
          t.weight[t.count++] = static_cast<float>(w);
        }
        for (int j = 0; j < t.count; ++j) t.weight[j] /= static_cast<float>(sum);
      }
      all.push_back(t);
    }
  }
  return all;
}

Coarse sampled(const Kind& kind, const Image8& luma, Size size, Size grid) {
  const std::array<float, 256>& light = light::decode_table(Transfer::Srgb);
  const std::vector<Tap> across = taps(kind, luma.width(), size.width, grid.width);
  std::vector<CellSum> cells(static_cast<std::size_t>(grid.width) * grid.height);
  for (const Tap& down : taps(kind, luma.height(), size.height, grid.height))
    for (const Tap& t : across) {
      float sum = 0.5f;
      for (int y = 0; y < down.count; ++y) {
        const std::uint8_t* row = luma.plane(0).row(down.at[y]);
        float part = 0;
        for (int x = 0; x < t.count; ++x) part += t.weight[x] * row[t.at[x]];
        sum += down.weight[y] * part;
      }
      const int level = std::clamp(static_cast<int>(sum), 0, 255);
      cells[static_cast<std::size_t>(down.cell) * grid.width + t.cell].add(level, light[level]);
    }
  Coarse c;
  c.grid = grid;
  for (const CellSum& cell : cells) {
    c.levels.push_back(cell.seen());
    c.grain += cell.grain() / cells.size();
  }
  return c;
}

/// Moved left and up, what falls out comes in at the other side.
Image8 moved(const Image8& image, int dx, int dy) {
  Image8 out(image.height(), image.width(), 1);
  for (int y = 0; y < image.height(); ++y) {
    const std::uint8_t* from = image.plane(0).row((y + dy) % image.height());
    std::rotate_copy(from, from + dx, from + image.width(), out.plane(0).row(y));
  }
  return out;
}

}  // namespace

const Coarse& Original::on(Size grid) {
  const std::lock_guard lock(mutex_);
  const auto [at, fresh] = grids_.try_emplace({grid.width, grid.height});
  if (fresh) at->second = coarse_view::coarse(luma_, grid);
  return at->second;
}

std::vector<Size> searched_sizes(Size image) {
  const int longest = std::max(image.width, image.height), shortest = std::min(image.width, image.height);
  std::vector<int> sides;
  for (int n = std::max(kSmallest, longest / kMostRatio); n < longest / kLeastRatio; ++n) sides.push_back(n);
  if (sides.size() > kMostSizes) {
    // Whole ratios and the roundest numbers first.
    const auto roundness = [longest](int n) {
      if (longest % n == 0) return 0;
      for (int k = 1; k <= 8; ++k)
        if (n % (1024 >> k) == 0 || n % (1600 >> k) == 0) return k;
      return 9;
    };
    std::stable_sort(sides.begin(), sides.end(), [&](int a, int b) { return roundness(a) < roundness(b); });
    sides.resize(kMostSizes);
  }
  std::set<std::pair<int, int>> sizes;
  for (const int n : sides) {
    const double f = static_cast<double>(n) / longest;
    sizes.insert({std::max(1, static_cast<int>(std::lround(image.width * f))),
                  std::max(1, static_cast<int>(std::lround(image.height * f)))});
    if (n < shortest / kLeastRatio) sizes.insert({n, n});
  }
  std::vector<Size> out;
  for (const auto& [w, h] : sizes) out.push_back({w, h});
  return out;
}

Likeness likeness(Original& original, const Image8& small) {
  const Size grid = coarse_view::common_grid(original.luma().size(), small.size());
  return coarse_view::compare(original.on(grid), coarse_view::coarse(small, grid));
}

const Likeness& Original::averages() {
  const std::lock_guard lock(averages_mutex_);
  if (!averages_) tbb::this_task_arena::isolate([this] { averages_ = coarse_view::two_averages(luma_); });
  return *averages_;
}

bool Original::has_two_averages() {
  const Likeness& l = averages();
  return l.comparable && l.explained < kAveragesExplained && l.off_curve >= kAveragesApart;
}

bool Original::few_levels() {
  const std::lock_guard lock(few_levels_mutex_);
  if (!few_levels_) tbb::this_task_arena::isolate([this] { few_levels_ = coarse_view::few_levels(luma_); });
  return *few_levels_;
}

bool another_picture(Original& original, const Scaler& scaler, Size size, const Likeness& seen, bool found) {
  if (!seen.comparable) return false;
  if (scaler.info().antialiases)
    return original.has_two_averages() && seen.explained < kAveragingExplained && seen.off_curve >= kAveragingApart;
  if (seen.unexplained < (found ? kSearchUnexplained : kUnexplained) ||
      seen.unexplained < kBeyondGrain * seen.off_curve || seen.explained > (found ? kSearchExplained : kExplained) ||
      original.few_levels())
    return false;
  const Image8& luma = original.luma();
  const double across = static_cast<double>(luma.width()) / size.width,
               down = static_cast<double>(luma.height()) / size.height;
  for (const auto& [fx, fy] : kAsides) {
    const auto aside = [](double part, double ratio, int side) {
      return part > 0 ? std::max(1, static_cast<int>(part * ratio)) % side : 0;
    };
    const Image8 other = moved(luma, aside(fx, across, luma.width()), aside(fy, down, luma.height()));
    if (likeness(original, scaler.resize(other, size)).unexplained > kAside * seen.unexplained) return false;
  }
  return true;
}

std::vector<Sighting> search(Original& original, const std::vector<Size>& sizes, const Step& step) {
  const Image8& luma = original.luma();
  std::vector<std::array<Likeness, kKinds.size()>> seen(sizes.size());
  parallel_for(std::size_t{0}, sizes.size(), [&](std::size_t n) {
    const Size grid = coarse_view::common_grid(luma.size(), sizes[n]);
    const Coarse& own = original.on(grid);
    for (std::size_t k = 0; k < kKinds.size(); ++k)
      seen[n][k] = coarse_view::compare(own, sampled(kKinds[k], luma, sizes[n], grid));
    step();
  });
  std::vector<Sighting> found;
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < sizes.size(); ++n)
      if (const Likeness& l = seen[n][k];
          l.comparable && l.unexplained >= 0.8 * kSearchUnexplained && l.explained <= 1.2 * kSearchExplained)
        order.push_back(n);
    const auto strength = [&](std::size_t n) { return seen[n][k].unexplained * (1 - seen[n][k].explained); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
    order.resize(std::min(order.size(), kConfirmed));
    const Scaler scaler = Scaler::find(kKinds[k].id);
    std::vector<char> holds(order.size());
    std::vector<Likeness> exact(order.size());
    parallel_for(std::size_t{0}, order.size(), [&](std::size_t i) {
      const Size size = sizes[order[i]];
      exact[i] = likeness(original, scaler.resize(luma, size));
      holds[i] = another_picture(original, scaler, size, exact[i], true);
    });
    for (std::size_t i = 0; i < order.size(); ++i)
      if (holds[i]) found.push_back({kKinds[k].id, sizes[order[i]], exact[i]});
  }
  return found;
}

}  // namespace bifocal::reveal_parts
