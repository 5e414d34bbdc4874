// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/looks.hpp"

#include <algorithm>
#include <cmath>

#include "matrix/banded.hpp"
#include "matrix/compiled.hpp"
#include "tone/half_grid.hpp"

namespace bifocal::tone {

matrix::Kernel kernel(char name) {
  switch (name) {
    case 'b':
      return {matrix::box, 0.5};
    case 't':
      return {matrix::triangle, 1};
    case 'h':
      return {matrix::hamming, 1};
    case 'c':
      return {matrix::catmull_rom, 2};
    default:
      return {matrix::lanczos3, 3};
  }
}

SeparableOperator resampling(matrix::Kernel k, Size from, Size to) {
  return {matrix::resampling_matrix(k, from.height, to.height), matrix::resampling_matrix(k, from.width, to.width)};
}

Image clipped(const Image& image, double low, double high) {
  Image out(image.height(), image.width(), image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        out.plane(c).row(y)[x] =
            std::clamp(image.plane(c).row(y)[x], static_cast<float>(low), static_cast<float>(high));
  return out;
}

namespace {

/// Kernel 'v' goes by way of twice the size; without room for that it is Lanczos.
bool has_inner(Size from, Size to) { return 2 * to.width < from.width && 2 * to.height < from.height; }

SeparableOperator ordinary(const ThumbnailView& t, Size from, Size to) {
  if (t.kernel == 'v' && has_inner(from, to)) {
    const Size twice{2 * to.width, 2 * to.height};
    const SeparableOperator inner = resampling(kernel('b'), from, twice), outer = resampling(kernel('l'), twice, to);
    return {matrix::product(outer.vertical, inner.vertical), matrix::product(outer.horizontal, inner.horizontal)};
  }
  SeparableOperator look = resampling(kernel(t.kernel), from, to);
  if (t.size > 1) {
    const auto coarsely = [](const BandedMatrix& m) {
      double error = 0;
      return matrix::product(through_halving(m, Halving::Smooth, error), halving_matrix(m.columns()));
    };
    look = {coarsely(look.vertical), coarsely(look.horizontal)};
  }
  return look;
}

}  // namespace

std::vector<Look> looks(const TwoInOneOptions& o, Size full, Size small) {
  std::vector<Look> all;
  const double area = static_cast<double>(full.width) * full.height / (static_cast<double>(small.width) * small.height);
  if (o.chosen) {
    // A scaler that looks at few pixels pulls as hard at each of them as one that averages pulls at all.
    SeparableOperator look = View::scaled(*o.chosen, full, Image(small.height, small.width, 1), 1).look;
    const double pull = std::max(1.0, area * matrix::mean_square(look.vertical) * matrix::mean_square(look.horizontal));
    all.push_back({std::move(look), o.thumbnail_weight * area * o.chosen_weight / pull});
  }
  for (ThumbnailView t : o.thumbnails) {
    // An image more than half as large has no room for another picture.
    if (t.size > 1 && 2 * t.size * small.width > full.width && 2 * t.size * small.height > full.height) continue;
    if (t.size == 1 && !has_inner(full, small)) {
      if (t.kernel == 'v') continue;  // with Lanczos, which it is here
      for (const ThumbnailView& other : o.thumbnails)
        if (t.kernel == 'l' && other.kernel == 'v' && other.size == 1) t.weight += other.weight;
    }
    const Size to{std::clamp(static_cast<int>(std::lround(t.size * small.width)), 1, full.width),
                  std::clamp(static_cast<int>(std::lround(t.size * small.height)), 1, full.height)};
    all.push_back({ordinary(t, full, to), o.thumbnail_weight * area * t.weight});
  }
  return all;
}

Size within(Size size, int most) {
  const double shrink = std::min(1.0, static_cast<double>(most) / std::max(size.width, size.height));
  const auto side = [&](int whole) { return std::max(1, static_cast<int>(std::lround(whole * shrink))); };
  return {side(size.width), side(size.height)};
}

Image wanted(const Look& look, const Image& thumbnail) {
  const Size to = look.look.target();
  return clipped(to == thumbnail.size() ? thumbnail : resampling(kernel('c'), thumbnail.size(), to).apply(thumbnail), 0,
                 255);
}

}  // namespace bifocal::tone
