// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/low_modes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "hot/eye.hpp"

namespace bifocal::tone {
namespace {

std::vector<float> basis(int modes, int n) {
  std::vector<float> b(static_cast<std::size_t>(modes) * n);
  for (int p = 0; p < modes; ++p) {
    const double scale = std::sqrt((p ? 2.0 : 1.0) / n);
    for (int i = 0; i < n; ++i)
      b[static_cast<std::size_t>(p) * n + i] =
          static_cast<float>(scale * std::cos(std::numbers::pi * p * (i + 0.5) / n));
  }
  return b;
}

}  // namespace

LowModes::LowModes(int height, int width, int most)
    : height_(height), width_(width), rows_(std::min(most, height)), columns_(std::min(most, width)),
      vertical_(basis(rows_, height)), horizontal_(basis(columns_, width)),
      between_(static_cast<std::size_t>(rows_) * width) {}

double LowModes::cycles(int p, int q) { return 0.5 * std::hypot(p, q); }

void LowModes::forward(const float* plane, std::vector<float>& modes) {
  std::fill(between_.begin(), between_.end(), 0.0f);
  for (int y = 0; y < height_; ++y)
    for (int p = 0; p < rows_; ++p)
      hot::eye().axpy(vertical_[static_cast<std::size_t>(p) * height_ + y],
                      plane + static_cast<std::size_t>(y) * width_, width_,
                      between_.data() + static_cast<std::size_t>(p) * width_);
  modes.resize(static_cast<std::size_t>(rows_) * columns_);
  for (int p = 0; p < rows_; ++p)
    for (int q = 0; q < columns_; ++q)
      modes[static_cast<std::size_t>(p) * columns_ + q] =
          static_cast<float>(hot::eye().dot(between_.data() + static_cast<std::size_t>(p) * width_,
                                            horizontal_.data() + static_cast<std::size_t>(q) * width_, width_));
}

void LowModes::add_inverse(const std::vector<float>& modes, float* plane) {
  std::fill(between_.begin(), between_.end(), 0.0f);
  for (int p = 0; p < rows_; ++p)
    for (int q = 0; q < columns_; ++q)
      hot::eye().axpy(modes[static_cast<std::size_t>(p) * columns_ + q],
                      horizontal_.data() + static_cast<std::size_t>(q) * width_, width_,
                      between_.data() + static_cast<std::size_t>(p) * width_);
  for (int y = 0; y < height_; ++y)
    for (int p = 0; p < rows_; ++p)
      hot::eye().axpy(vertical_[static_cast<std::size_t>(p) * height_ + y],
                      between_.data() + static_cast<std::size_t>(p) * width_, width_,
                      plane + static_cast<std::size_t>(y) * width_);
}

}  // namespace bifocal::tone
