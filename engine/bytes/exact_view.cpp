// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/exact_view.hpp"

#include <algorithm>
#include <cmath>

#include "hot/hot.hpp"

namespace bifocal::bytes {

using scaling::IntegerMatrix;

namespace {

IntegerMatrix transposed(const IntegerMatrix& m) {
  IntegerMatrix t;
  t.columns = m.rows();
  std::vector<int> low(m.columns, m.rows()), high(m.columns, -1);
  for (int r = 0; r < m.rows(); ++r)
    for (int k = 0; k < m.count(r); ++k) {
      low[m.first[r] + k] = std::min(low[m.first[r] + k], r);
      high[m.first[r] + k] = r;
    }
  for (int c = 0; c < m.columns; ++c) {
    t.first.push_back(high[c] < 0 ? 0 : low[c]);
    for (int r = low[c]; r <= high[c]; ++r) {
      const int k = c - m.first[r];
      t.weights.push_back(k >= 0 && k < m.count(r) ? m.row(r)[k] : 0);
    }
    t.offset.push_back(t.weights.size());
  }
  return t;
}

}  // namespace

ExactView::ExactView(scaling::FixedPoint arithmetic, Plane<const std::uint8_t> image,
                     Plane<const std::uint8_t> wanted, Plane<const float> matters)
    : a_(std::move(arithmetic)), by_row_(transposed(a_.vertical)), by_column_(transposed(a_.horizontal)),
      wanted_(wanted), matters_(matters) {
  per_level_ = static_cast<double>(a_.low[129] - a_.low[128]);
  const int width = wanted.width;
  lines_.resize(static_cast<std::size_t>(image.height) * width);
  hot::loops().horizontal_sums(image.data, image.stride, image.height, image.width, a_.horizontal.first.data(),
                               a_.horizontal.offset.data(), a_.horizontal.weights.data(), width, lines_.data());
  sums_.resize(static_cast<std::size_t>(wanted.height) * width);
  for (int o = 0; o < wanted.height; ++o)
    for (int k = 0; k < a_.vertical.count(o); ++k) {
      const std::int32_t w = a_.vertical.row(o)[k];
      const std::int32_t* from = &lines_[static_cast<std::size_t>(a_.vertical.first[o] + k) * width];
      std::int64_t* to = &sum(o, 0);
      for (int x = 0; x < width; ++x) to[x] += term(w, between(from[x]));
    }
}

std::int64_t ExactView::between(std::int32_t sum) const {
  if (!a_.byte_between) return sum;
  return std::clamp((sum + (1 << (a_.shift_between - 1))) >> a_.shift_between, 0, 255);
}

std::int64_t ExactView::term(std::int32_t weight, std::int64_t between) const {
  return (weight * (between >> a_.shift_taken)) >> a_.shift_tap;
}

double ExactView::violation(int y, int x, std::int64_t sum) const {
  if (matters_.data && matters_.row(y)[x] == 0) return 0;
  const std::uint8_t t = wanted_.row(y)[x];
  if (sum < a_.low[t]) return static_cast<double>(a_.low[t] - sum) / per_level_;
  if (sum > a_.high[t]) return static_cast<double>(a_.high[t] - sum) / per_level_;
  return 0;
}

double ExactView::need(int y, int x) const { return violation(y, x, sum(y, x)); }

std::uint8_t ExactView::byte(int y, int x) const {
  const auto at = std::lower_bound(a_.high.begin(), a_.high.end(), sum(y, x));
  return static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(at - a_.high.begin(), 255));
}

ExactView::Footprint ExactView::footprint(int y, int x) const {
  const int y0 = a_.vertical.first[y], x0 = a_.horizontal.first[x];
  return {y0, y0 + a_.vertical.count(y), x0, x0 + a_.horizontal.count(x)};
}

double ExactView::weight(int out_y, int out_x, int y, int x) const {
  const double v = a_.vertical.row(out_y)[y - a_.vertical.first[out_y]];
  const double h = a_.horizontal.row(out_x)[x - a_.horizontal.first[out_x]];
  return v * h;
}

double ExactView::change(int y, int x, int delta) const {
  const int width = wanted_.width;
  double total = 0;
  const int rows = by_row_.count(y), first_row = by_row_.first[y];
  const std::int32_t* v = by_row_.row(y);
  for (int k = 0; k < by_column_.count(x); ++k) {
    const int o = by_column_.first[x] + k;
    const std::int32_t line = lines_[static_cast<std::size_t>(y) * width + o];
    const std::int64_t before = between(line), after = between(line + by_column_.row(x)[k] * delta);
    if (before == after) continue;
    for (int r = 0; r < rows; ++r) {
      const std::int64_t s = sum(first_row + r, o);
      const std::int64_t moved = s + term(v[r], after) - term(v[r], before);
      total += std::abs(violation(first_row + r, o, moved)) - std::abs(violation(first_row + r, o, s));
    }
  }
  return total;
}

void ExactView::wrong_around(int y, int x, std::vector<int>& wrong) const {
  wrong.clear();
  for (int r = by_row_.first[y]; r < by_row_.first[y] + by_row_.count(y); ++r)
    for (int o = by_column_.first[x]; o < by_column_.first[x] + by_column_.count(x); ++o)
      if (need(r, o) != 0) wrong.push_back(r * wanted_.width + o);
}

void ExactView::apply(int y, int x, int delta, std::vector<int>& wrong) {
  const int width = wanted_.width;
  const std::int32_t* v = by_row_.row(y);
  for (int k = 0; k < by_column_.count(x); ++k) {
    const int o = by_column_.first[x] + k;
    std::int32_t& line = lines_[static_cast<std::size_t>(y) * width + o];
    const std::int64_t before = between(line);
    line += by_column_.row(x)[k] * delta;
    const std::int64_t after = between(line);
    for (int r = 0; r < by_row_.count(y); ++r) {
      sum(by_row_.first[y] + r, o) += term(v[r], after) - term(v[r], before);
    }
  }
  wrong_around(y, x, wrong);
}

}  // namespace bifocal::bytes
