// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/thumbnails.hpp"

#include <algorithm>

#include "hot/eye.hpp"
#include "hot/hot.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

int padded(int n) { return (n + 7) / 8 * 8; }

/// Rows of eight, side by side: out(b, x·8 + r) = image(8b + r, x); 0 beyond the last.
Image side_by_side(const Image& image, int rows) {
  Image out((image.height() + rows - 1) / rows, image.width() * rows, image.channels(), Workspace());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        out.plane(c).row(y / rows)[x * rows + y % rows] = image.plane(c).row(y)[x];
  return out;
}

}  // namespace

void Thumbnails::add(const BandedMatrix& vertical, const BandedMatrix& horizontal, const Image& picture,
                     const Image& weights, double weight) {
  Thumbnail t;
  t.vertical = matrix::Axis(vertical), t.vertical_transposed = matrix::Axis(vertical.transposed());
  t.width = horizontal.rows();
  for (int o = 0; o < t.width; ++o) {
    t.first.push_back(horizontal.first(o)), t.count.push_back(horizontal.count(o)),
        t.offset.push_back(static_cast<int>(t.taps.size()));
    for (double w : horizontal.weights(o)) t.taps.push_back(static_cast<float>(w));
  }
  const BandedMatrix back = horizontal.transposed();
  for (int x = 0; x < back.rows(); ++x) t.most = std::max(t.most, back.count(x));
  const int columns = padded(horizontal.columns());
  t.back_first.assign(columns, 0), t.back_taps.assign(static_cast<std::size_t>(columns) * t.most, 0.0f);
  for (int x = 0; x < back.rows(); ++x) {
    t.back_first[x] = back.first(x);
    for (int k = 0; k < back.count(x); ++k)
      t.back_taps[static_cast<std::size_t>(x) * t.most + k] = static_cast<float>(back.weights(x)[k]);
  }
  t.picture = side_by_side(picture, kRows);
  if (!weights.empty()) t.weights = side_by_side(weights, kRows);
  t.weight = static_cast<float>(weight);
  const int blocks = t.picture.height();
  t.spread = Image(blocks * kRows, columns, picture.channels(), Workspace());
  for (int c = 0; c < picture.channels(); ++c)
    for (int b = 0; b < blocks; ++b) tasks_.push_back({static_cast<int>(all_.size()), c, b, (b + 0.5) / blocks});
  // Thumbnails look at the same rows while these are near.
  std::stable_sort(tasks_.begin(), tasks_.end(), [](const Task& a, const Task& b) {
    return a.channel != b.channel ? a.channel < b.channel : a.at < b.at;
  });
  all_.push_back(std::move(t));
}

double Thumbnails::one(Thumbnail& t, const Image& in, int channel, int block) const {
  const int n = in.width(), columns = padded(n);
  thread_local std::vector<float> lines, seen, scratch;
  lines.assign(static_cast<std::size_t>(kRows) * columns, 0.0f),
      scratch.resize(static_cast<std::size_t>(kRows) * columns);
  seen.assign(static_cast<std::size_t>(kRows) * (t.width + t.most), 0.0f);
  const float* rows[kRows];
  for (int r = 0; r < kRows; ++r) {
    float* line = lines.data() + static_cast<std::size_t>(r) * columns;
    rows[r] = line;
    if (const int j = block * kRows + r; j < t.vertical.rows())
      t.vertical.sum_rows(
          j, [&](int y) { return in.plane(channel).row(y); }, n, line, false);
  }
  hot::loops().contract(rows, columns, t.first.data(), t.count.data(), t.offset.data(), t.taps.data(), t.width,
                        scratch.data(), seen.data());
  const double cost =
      hot::eye().residual_row(seen.data(), t.picture.plane(channel).row(block),
                              t.weights.empty() ? nullptr : t.weights.plane(0).row(block), t.weight, t.width * kRows);
  float* out[kRows];
  for (int r = 0; r < kRows; ++r) out[r] = t.spread.plane(channel).row(block * kRows + r);
  hot::loops().expand(seen.data(), t.back_first.data(), t.back_taps.data(), t.most, columns, scratch.data(), out);
  return 0.5 * t.weight * cost;
}

double Thumbnails::show(const Image& in, Image& out) {
  std::vector<double> costs(tasks_.size(), 0.0);
  parallel_for(std::size_t{0}, tasks_.size(), [&](std::size_t i) {
    progress::ask();
    costs[i] = one(all_[tasks_[i].thumbnail], in, tasks_[i].channel, tasks_[i].block);
  });
  constexpr int kStrip = 16;
  const int h = in.height(), lines = h * in.channels();
  parallel_for(0, (lines + kStrip - 1) / kStrip, [&](int strip) {
    std::vector<const float*> rows;
    std::vector<float> weights;
    for (int i = strip * kStrip; i < std::min(lines, (strip + 1) * kStrip); ++i) {
      const int c = i / h, y = i % h;
      rows.clear(), weights.clear();
      for (const Thumbnail& t : all_)
        for (int k = 0; k < t.vertical_transposed.count(y); ++k) {
          rows.push_back(t.spread.plane(c).row(t.vertical_transposed.first(y) + k));
          weights.push_back(t.vertical_transposed.weights(y)[k]);
        }
      hot::eye().sum_rows(rows.data(), weights.data(), static_cast<int>(rows.size()), in.width(), out.plane(c).row(y),
                          false);
    }
  });
  double cost = 0;
  for (double c : costs) cost += c;
  return cost;
}

}  // namespace bifocal::tone
