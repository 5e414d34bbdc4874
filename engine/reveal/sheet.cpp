// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "reveal/coarse.hpp"

namespace bifocal::reveal_parts {
namespace {

constexpr int kGap = 6, kLabel = 16, kFrame = 3;

/// Stretched to the box, nearest neighbour.
Image8 fitted(const Image8& image, Size box) {
  Image8 out(box.height, box.width, image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < box.height; ++y) {
      const std::uint8_t* row = image.plane(c).row(static_cast<int>(std::int64_t{y} * image.height() / box.height));
      for (int x = 0; x < box.width; ++x) out.plane(c).row(y)[x] = row[std::int64_t{x} * image.width() / box.width];
    }
  return out;
}

/// A box average in linear light, of the image's pixels where the size is larger.
Image8 average(const Image8& image, Size size) {
  const Size grid{std::min(size.width, image.width()), std::min(size.height, image.height())};
  Image8 out(grid.height, grid.width, image.channels());
  for (int c = 0; c < image.channels(); ++c) {
    Image8 plane(image.height(), image.width(), 1);
    for (int y = 0; y < image.height(); ++y) std::copy_n(image.plane(c).row(y), image.width(), plane.plane(0).row(y));
    const coarse_view::Coarse cells = coarse_view::coarse(plane, grid);
    for (int y = 0; y < grid.height; ++y)
      for (int x = 0; x < grid.width; ++x)
        out.plane(c).row(y)[x] = static_cast<std::uint8_t>(
            std::lround(std::clamp(cells.levels[static_cast<std::size_t>(y) * grid.width + x], 0.0, 255.0)));
  }
  return out;
}

void paste(const Image8& from, Image8& to, int x0, int y0) {
  for (int c = 0; c < to.channels(); ++c)
    for (int y = 0; y < from.height(); ++y)
      std::copy_n(from.plane(std::min(c, from.channels() - 1)).row(y), from.width(), to.plane(c).row(y0 + y) + x0);
}

}  // namespace

Size scaled_to(Size s, int longest) {
  const double f = static_cast<double>(longest) / std::max(s.width, s.height);
  return {std::max(1, static_cast<int>(std::lround(s.width * f))),
          std::max(1, static_cast<int>(std::lround(s.height * f)))};
}

SheetMaker::SheetMaker(const Image8& image, const std::vector<Size>& sizes, std::size_t scalers, int tile)
    : box_(scaled_to(image.size(), tile)), columns_(static_cast<int>(sizes.size())) {
  const int rows = static_cast<int>(scalers);
  across_ = std::max(1, std::min(rows, columns_ >= 3 ? 1 : 6 / columns_));
  const int down = (rows + across_ - 1) / across_;
  sheet_ = Image8(down * (box_.height + kLabel + 2 * kGap) + kGap,
                  across_ * columns_ * (2 * box_.width + 3 * kGap) + kGap, 3);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < sheet_.height(); ++y) std::fill_n(sheet_.plane(c).row(y), sheet_.width(), std::uint8_t{236});
  for (const Size size : sizes) plain_.push_back(fitted(average(image, size), box_));
}

void SheetMaker::place(std::size_t n, RevealTile& tile) const {
  const int row = static_cast<int>(n) / columns_, column = static_cast<int>(n) % columns_;
  tile.x = kGap + ((row % across_) * columns_ + column) * (2 * box_.width + 3 * kGap) + kGap;
  tile.y = kGap + (row / across_) * (box_.height + kLabel + 2 * kGap) + kGap;
  tile.width = box_.width;
  tile.height = box_.height;
}

void SheetMaker::draw(std::size_t n, const RevealTile& t, const Image8& small) {
  const Image8& expected = plain_[n % columns_];
  const Image8 shown = fitted(small, box_);
  Image8 difference(box_.height, box_.width, small.channels());
  for (int c = 0; c < small.channels(); ++c)
    for (int y = 0; y < box_.height; ++y)
      for (int x = 0; x < box_.width; ++x)
        difference.plane(c).row(y)[x] = static_cast<std::uint8_t>(
            std::min(255, 2 * std::abs(shown.plane(c).row(y)[x] - expected.plane(c).row(y)[x])));
  paste(shown, sheet_, t.x, t.y);
  paste(difference, sheet_, t.x + box_.width + kGap, t.y);
}

void SheetMaker::warn(const RevealTile& t) {
  for (int y = t.y - kFrame; y < t.y + box_.height + kFrame; ++y)
    for (int x = t.x - kFrame; x < t.x + 2 * box_.width + kGap + kFrame; ++x) {
      const bool inside =
          y >= t.y && y < t.y + box_.height &&
          ((x >= t.x && x < t.x + box_.width) || (x >= t.x + box_.width + kGap && x < t.x + 2 * box_.width + kGap));
      if (inside) continue;
      sheet_.plane(0).row(y)[x] = 220;
      sheet_.plane(1).row(y)[x] = sheet_.plane(2).row(y)[x] = 30;
    }
}

}  // namespace bifocal::reveal_parts
