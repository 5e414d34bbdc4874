// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/axes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "matrix/banded.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

/// A row under construction: weights may be added at any position; those outside the image go to its border.
class Row {
 public:
  explicit Row(int columns) : weights_(columns, 0.0) {}
  void add(int at, double weight) { weights_[std::clamp(at, 0, static_cast<int>(weights_.size()) - 1)] += weight; }
  /// Appends the run of weights between `low` and `high` (clipped) to `m` and clears it.
  void take(BandedMatrix& m, int low, int high) {
    const int n = static_cast<int>(weights_.size());
    low = std::clamp(low, 0, n - 1);
    high = std::clamp(high, 0, n - 1);
    m.add_row(low, {weights_.data() + low, static_cast<std::size_t>(high - low + 1)});
    std::fill(weights_.begin() + low, weights_.begin() + high + 1, 0.0);
  }

 private:
  std::vector<double> weights_;
};

/// Area of the triangle kernel left of x.
double triangle_area(double x) {
  x = std::clamp(x, -1., 1.);
  return x < 0 ? 0.5 * (1 + x) * (1 + x) : 1 - 0.5 * (1 - x) * (1 - x);
}

/// Means of `size` pixels each; the last one is filled up with the border.
BandedMatrix boxes(int in, int size) {
  BandedMatrix m((in));
  Row row(in);
  for (int first = 0; first < in; first += size) {
    for (int k = 0; k < size; ++k) row.add(first + k, 1. / size);
    row.take(m, first, first + size);
  }
  return m;
}

}  // namespace

BandedMatrix area_axis(int in, int out) {
  BandedMatrix m(in);
  std::vector<double> row;
  const double scale = static_cast<double>(in) / out;
  for (int o = 0; o < out; ++o) {
    const double begin = o * scale, end = begin + scale;
    const int first = static_cast<int>(begin), last = std::min(in, static_cast<int>(std::ceil(end)));
    row.assign(std::max(1, last - first), 0.0);
    for (int x = first; x < last; ++x)
      row[x - first] = std::max(0., std::min<double>(end, x + 1) - std::max<double>(begin, x)) / scale;
    m.add_row(first, row);
  }
  return m;
}

BandedMatrix gdkpixbuf_axis(bool hyper, int in, int out) {
  if (out > in) return resampling_matrix({triangle, 1}, in, out, false);
  BandedMatrix m(in);
  Row row(in);
  const double scale = static_cast<double>(out) / in, width = 1 / scale;
  const auto step = static_cast<std::int64_t>(65536 / scale);
  for (int o = 0; o < out; ++o) {
    const std::int64_t at = o * step;
    const int first = static_cast<int>(at >> 16), reach = static_cast<int>(std::ceil(width)) + 2;
    const double phase = static_cast<double>((at >> 12) & 15) / 16;
    for (int k = -1; k < reach; ++k)
      row.add(first + k,
              hyper ? (triangle_area(phase + width - k - 0.5) - triangle_area(phase - k - 0.5)) * scale
                    : std::max(0., std::min<double>(k + 1, phase + width) - std::max<double>(k, phase)) * scale);
    row.take(m, first - 1, first + reach);
  }
  return m;
}

namespace {

int vips_box(int in, int out) { return std::max(1, static_cast<int>(static_cast<double>(in) / out / 2)); }

}  // namespace

double vips_bias(Size from, Size to) {
  // Sums of an even number of pixels have halves, which are rounded up; those of an odd number have none.
  const auto halves = [](int size) { return size % 2 ? 0 : 0.5 / size; };
  return halves(vips_box(from.width, to.width)) + halves(vips_box(from.height, to.height));
}

BandedMatrix vips_axis(Kernel kernel, int in, int out, bool fixed_point) {
  if (out > in) return resampling_matrix(kernel.support > 1 ? Kernel{catmull_rom, 2} : kernel, in, out, false);
  const int size = vips_box(in, out);
  const BandedMatrix shrunk = size > 1 ? boxes(in, size) : BandedMatrix::identity(in);
  const int columns = shrunk.rows();
  const double ratio = static_cast<double>(in) / out / size;
  if (ratio == 1) return shrunk;
  const int points = 2 * static_cast<int>(std::rint(kernel.support * ratio)) + 1;
  BandedMatrix m(columns);
  Row row(columns);
  std::vector<double> weights(points);
  for (int o = 0; o < out; ++o) {
    const double at = (o + 0.5) * ratio;
    const int base = static_cast<int>(at), phase = ((static_cast<int>(at * 128) & 127) + 1) >> 1;
    const double center = phase / 64. + points / 2. - 1;
    double sum = 0;
    for (int i = 0; i < points; ++i) sum += weights[i] = kernel.value((i - center) / ratio);
    const int first = base - (points + 1) / 2 + 1;
    for (int i = 0; i < points; ++i)
      row.add(first + i, fixed_point ? std::trunc(weights[i] / sum * 4096) / 4096 : weights[i] / sum);
    row.take(m, first, first + points - 1);
  }
  return product(m, shrunk);
}

BandedMatrix cairo_good_axis(int in, int out) {
  return 3.0 * in >= 4.0 * out ? area_axis(in, out) : resampling_matrix({triangle, 1}, in, out, false);
}

}  // namespace bifocal::scaling
