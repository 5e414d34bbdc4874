// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/ghosts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "hot/eye.hpp"

namespace bifocal::tone {
namespace {

constexpr int kLevels[] = {1, 3};  // windows along each axis; many small ones leave too little room for anything
constexpr float kKept = 0.7f;      // of the push, from one call to the next
constexpr double kFlat = 1e-4;     // variance below which a window is taken as flat

}  // namespace

Ghosts::Axis::Axis(int n, int windows) : weights(windows, std::vector<float>(n, 0.0f)) {
  for (int i = 0; i < n; ++i) {
    const float at = std::clamp((i + 0.5f) * windows / n - 0.5f, 0.0f, windows - 1.0f);
    const int k = std::min(static_cast<int>(at), std::max(0, windows - 2));
    weights[k][i] = 1 - (at - k);
    if (k + 1 < windows) weights[k + 1][i] = at - k;
  }
}

Ghosts::Ghosts(int height, int width, const std::vector<float>& own, const std::vector<float>& other,
               const std::vector<float>& care)
    : height_(height), width_(width), push_(own.size(), 0.0f) {
  for (const int windows : kLevels) {
    Level level{Axis(height, windows), Axis(width, windows), {}, {}, {}, {}, {}, {}};
    level.own = centred(level, own), level.other = centred(level, other);
    level.pushed = level.other;
    for (std::size_t i = 0; i < care.size(); ++i) level.pushed[i] /= std::sqrt(care[i]);
    level.own_own = products(level, level.own, level.own);
    level.own_other = products(level, level.own, level.other);
    level.other_other = products(level, level.other, level.other);
    levels_.push_back(std::move(level));
  }
}

std::vector<double> Ghosts::products(const Level& level, const std::vector<float>& p,
                                     const std::vector<float>& q) const {
  const std::size_t across = level.columns.weights.size(), down = level.rows.weights.size();
  std::vector<double> sums(down * across, 0.0);
  std::vector<float> line(width_);
  for (int y = 0; y < height_; ++y) {
    const std::size_t at = static_cast<std::size_t>(y) * width_;
    for (int x = 0; x < width_; ++x) line[x] = p[at + x] * q[at + x];
    for (std::size_t k = 0; k < across; ++k) {
      const double sum = hot::eye().dot(line.data(), level.columns.weights[k].data(), width_);
      for (std::size_t j = 0; j < down; ++j) sums[j * across + k] += level.rows.weights[j][y] * sum;
    }
  }
  return sums;
}

void Ghosts::row(const Level& level, const std::vector<double>& values, int y, float* out) const {
  const std::size_t across = level.columns.weights.size();
  std::fill_n(out, width_, 0.0f);
  for (std::size_t k = 0; k < across; ++k) {
    double v = 0;
    for (std::size_t j = 0; j < level.rows.weights.size(); ++j) v += level.rows.weights[j][y] * values[j * across + k];
    hot::eye().axpy(static_cast<float>(v), level.columns.weights[k].data(), width_, out);
  }
}

std::vector<float> Ghosts::centred(const Level& level, const std::vector<float>& plane) const {
  const std::vector<float> ones(plane.size(), 1.0f);
  std::vector<double> means = products(level, plane, ones), counts = products(level, ones, ones);
  for (std::size_t i = 0; i < means.size(); ++i) means[i] /= std::max(counts[i], 1e-9);
  std::vector<float> out = plane, line(width_);
  for (int y = 0; y < height_; ++y) {
    row(level, means, y, line.data());
    hot::eye().axpy(-1, line.data(), width_, out.data() + static_cast<std::size_t>(y) * width_);
  }
  return out;
}

void Ghosts::update(const std::vector<float>& value, const std::vector<float>& wish, double weight) {
  std::vector<float> error(value.size()), line(width_);
  for (std::size_t i = 0; i < value.size(); ++i) error[i] = value[i] - wish[i];
  for (float& p : push_) p *= kKept;
  for (const Level& level : levels_) {
    const std::vector<double> by_own = products(level, level.own, error),
                              by_other = products(level, level.other, error);
    std::vector<double> ghost(by_own.size());
    const double flat = kFlat * height_ * width_ / static_cast<double>(ghost.size());
    for (std::size_t i = 0; i < ghost.size(); ++i) {
      const double a = level.own_own[i] + flat, b = level.other_other[i] + flat, mixed = level.own_other[i];
      ghost[i] = (1 - kKept) * weight * (a * by_other[i] - mixed * by_own[i]) / (a * b - mixed * mixed);
    }
    for (int y = 0; y < height_; ++y) {
      row(level, ghost, y, line.data());
      const std::size_t at = static_cast<std::size_t>(y) * width_;
      for (int x = 0; x < width_; ++x) push_[at + x] += line[x] * level.pushed[at + x];
    }
  }
}

}  // namespace bifocal::tone
