// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/specks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <bifocal/scalers.hpp>

#include "progress/parallel.hpp"
#include "reveal/coarse.hpp"

namespace bifocal::reveal_parts {
namespace {

// Set on tests/bench/reveal_corpus.py, half "tune".
constexpr int kStickOut = 24;  ///< levels
constexpr std::size_t kMostSpecks = 4000;
constexpr double kBeyondChance = 8;  ///< standard deviations
constexpr int kFewest = 30;          ///< pixels in the small picture
constexpr double kAside = 0.35;      ///< as many specks at most on the lattice half a step aside, or of the other sign
constexpr double kTogether = 0.5;    ///< have two neighbours
constexpr double kBothWays = 0.07;   ///< have one sideways and one up or down
constexpr double kByTone = 0.6;      ///< of their variance at most is told by the local average
constexpr std::size_t kConfirmed = 6;

struct Speck {
  int x, y;
  bool light;
};

/// How far a pixel lies above (or below) all eight around it; 0 in between.
int sticks_out(const Plane<const std::uint8_t>& p, int x, int y) {
  if (x < 1 || y < 1 || x + 1 >= p.width || y + 1 >= p.height) return 0;
  const std::uint8_t *above = p.row(y - 1) + x, *row = p.row(y) + x, *below = p.row(y + 1) + x;
  const int v = *row;
  if (std::abs(v - row[-1]) < kStickOut) return 0;
  const auto [least, most] =
      std::minmax({above[-1], above[0], above[1], row[-1], row[1], below[-1], below[0], below[1]});
  return v > most ? v - most : v < least ? v - least : 0;
}

/// Evenly thinned out when there are many.
std::vector<Speck> specks_of(const Image8& luma) {
  const Plane<const std::uint8_t> p = luma.plane(0);
  std::vector<std::vector<Speck>> rows(p.height);
  parallel_for(1, p.height - 1, [&](int y) {
    for (int x = 1; x + 1 < p.width; ++x)
      if (const int out = sticks_out(p, x, y); std::abs(out) >= kStickOut) rows[y].push_back({x, y, out > 0});
  });
  std::size_t count = 0;
  for (const auto& row : rows) count += row.size();
  std::vector<Speck> some;
  std::size_t n = 0;
  for (const auto& row : rows)
    for (const Speck& s : row) {
      if (count <= kMostSpecks || n * kMostSpecks / count != (n + 1) * kMostSpecks / count) some.push_back(s);
      ++n;
    }
  return some;
}

struct Picker {
  std::string_view scaler;
  double shift;  ///< pixels of the small picture
};
constexpr std::array<Picker, 3> kPickers{{{scalers::kMiddle, 0.5}, {scalers::kBefore, 0.4999}, {scalers::kFirst, 0}}};

std::vector<int> picked(const Picker& picker, int in, int out) {
  std::vector<int> at(out);
  for (int i = 0; i < out; ++i) at[i] = std::min(in - 1, static_cast<int>((i + picker.shift) * in / out));
  return at;
}

/// Pixels of the small picture that stick out in the large one, all of them lighter, or all darker.
struct Marks {
  int width = 0, height = 0, count = 0;
  std::vector<char> at;
  int operator()(int x, int y) const {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : at[static_cast<std::size_t>(y) * width + x];
  }
};

Marks marks(const Image8& luma, const std::vector<int>& columns, const std::vector<int>& rows, bool light, int dx = 0,
            int dy = 0) {
  Marks m{static_cast<int>(columns.size()), static_cast<int>(rows.size()), 0, {}};
  m.at.reserve(columns.size() * rows.size());
  for (const int y : rows)
    for (const int x : columns) {
      const int out = sticks_out(luma.plane(0), x + dx, y + dy);
      const bool mark = light ? out >= kStickOut : out <= -kStickOut;
      m.count += mark;
      m.at.push_back(mark);
    }
  return m;
}

/// Share of the marks' variance that a curve of the mean of the pixels around (without the picked one) tells.
double told_by_tone(const Image8& luma, const Marks& m, const std::vector<int>& columns, const std::vector<int>& rows) {
  constexpr int kBins = 32;
  const Plane<const std::uint8_t> p = luma.plane(0);
  const int dx = std::max(1, p.width / m.width / 2), dy = std::max(1, p.height / m.height / 2);
  std::array<double, kBins> n{}, marked{};
  for (int j = 0; j < m.height; ++j)
    for (int i = 0; i < m.width; ++i) {
      int sum = 0, count = 0;
      for (int y = std::max(0, rows[j] - dy); y <= std::min(p.height - 1, rows[j] + dy); ++y)
        for (int x = std::max(0, columns[i] - dx); x <= std::min(p.width - 1, columns[i] + dx); ++x)
          if (x != columns[i] && y != rows[j]) sum += p.row(y)[x], ++count;
      const int bin = count ? sum / count * kBins / 256 : 0;
      n[bin] += 1;
      marked[bin] += m(i, j);
    }
  const double total = static_cast<double>(m.width) * m.height, mean = m.count / total;
  double between = 0;
  for (int b = 0; b < kBins; ++b)
    if (n[b] > 0) between += n[b] * (marked[b] / n[b] - mean) * (marked[b] / n[b] - mean);
  return between / (total * mean * (1 - mean) + 1e-9);
}

}  // namespace

int strokes(const Image8& luma, const std::vector<int>& columns, const std::vector<int>& rows) {
  const Marks up = marks(luma, columns, rows, true), down = marks(luma, columns, rows, false);
  const bool light = up.count >= down.count;
  const Marks& m = light ? up : down;
  const int most = static_cast<int>(kAside * m.count);
  if (m.count < kFewest || std::min(up.count, down.count) > most) return 0;
  const int dx = std::max(1, luma.width() / m.width / 2), dy = std::max(1, luma.height() / m.height / 2);
  for (const auto& [x, y] : {std::pair(dx, dy), std::pair(dx, 0), std::pair(0, dy)})
    if (marks(luma, columns, rows, light, x, y).count > most) return 0;
  int together = 0, both_ways = 0;
  for (int y = 0; y < m.height; ++y)
    for (int x = 0; x < m.width; ++x) {
      if (!m(x, y)) continue;
      int around = -1;
      for (int j = -1; j <= 1; ++j)
        for (int i = -1; i <= 1; ++i) around += m(x + i, y + j);
      together += around >= 2;
      both_ways += (m(x - 1, y) || m(x + 1, y)) && (m(x, y - 1) || m(x, y + 1));
    }
  if (together < kTogether * m.count || both_ways < kBothWays * m.count) return 0;
  return told_by_tone(luma, m, columns, rows) > kByTone || coarse_view::few_levels(luma) ? 0 : m.count;
}

std::vector<Strokes> find_strokes(const Image8& luma, const std::vector<Size>& sizes, const Step& step) {
  const std::vector<Speck> specks = specks_of(luma);
  std::vector<std::array<double, kPickers.size()>> beyond(sizes.size());
  parallel_for(std::size_t{0}, sizes.size(), [&](std::size_t n) {
    for (std::size_t k = 0; k < kPickers.size() && specks.size() >= kFewest; ++k) {
      const double expected = static_cast<double>(sizes[n].width) * sizes[n].height / luma.width() / luma.height();
      std::vector<char> columns(luma.width()), rows(luma.height());
      for (const int x : picked(kPickers[k], luma.width(), sizes[n].width)) columns[x] = 1;
      for (const int y : picked(kPickers[k], luma.height(), sizes[n].height)) rows[y] = 1;
      for (const bool light : {false, true}) {
        double on = 0, count = 0;
        for (const Speck& s : specks)
          if (s.light == light) on += columns[s.x] && rows[s.y], count += 1;
        beyond[n][k] =
            std::max(beyond[n][k], (on - expected * count) / std::sqrt(count * expected * (1 - expected) + 1));
      }
    }
    step();
  });
  std::vector<Strokes> found;
  for (std::size_t k = 0; k < kPickers.size(); ++k) {
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < sizes.size(); ++n)
      if (beyond[n][k] >= kBeyondChance) order.push_back(n);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return beyond[a][k] > beyond[b][k]; });
    order.resize(std::min(order.size(), kConfirmed));
    Strokes best{kPickers[k].scaler, {}, 0};
    for (const std::size_t n : order)
      if (const int pixels = strokes(luma, picked(kPickers[k], luma.width(), sizes[n].width),
                                     picked(kPickers[k], luma.height(), sizes[n].height));
          pixels > best.pixels)
        best = {kPickers[k].scaler, sizes[n], pixels};
    if (best.pixels > 0) found.push_back(best);
  }
  return found;
}

}  // namespace bifocal::reveal_parts
