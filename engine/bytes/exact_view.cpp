// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/exact_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hot/hot.hpp"
#include "progress/ask.hpp"

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

ExactView::ExactView(scaling::FixedPoint arithmetic, Plane<const std::uint8_t> image, Plane<const std::uint8_t> wanted,
                     Plane<const float> matters)
    : a_(std::move(arithmetic)), by_row_(transposed(a_.vertical)), by_column_(transposed(a_.horizontal)),
      height_(wanted.height), width_(wanted.width) {
  level_ = 1 / static_cast<double>(a_.low[129] - a_.low[128]);
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x) {
      const std::uint8_t t = wanted.row(y)[x];
      wanted_.push_back(matters.data && matters.row(y)[x] == 0 ? Interval{a_.low[0], a_.high[255]}
                                                               : Interval{a_.low[t], a_.high[t]});
    }
  lines_.resize(static_cast<std::size_t>(image.height) * width_);
  constexpr int kRows = 64;
  for (int y = 0; y < image.height; y += kRows) {
    progress::ask();
    hot::loops().horizontal_sums(image.row(y), image.stride, std::min(kRows, image.height - y), image.width,
                                 a_.horizontal.first.data(), a_.horizontal.offset.data(), a_.horizontal.weights.data(),
                                 width_, &lines_[at(y, 0)]);
  }
  sums_.resize(wanted_.size());
  if (a_.byte_between) {
    sum_bytes(image.height);
    return;
  }
  std::vector<std::int64_t> line(width_);
  for (int y = 0; y < image.height; ++y) {
    std::copy_n(&lines_[at(y, 0)], width_, line.begin());
    for (int k = 0; k < by_row_.count(y); ++k) {
      const std::int32_t w = by_row_.row(y)[k];
      std::int64_t* to = &sums_[at(by_row_.first[y] + k, 0)];
      for (int x = 0; x < width_; ++x) to[x] += term(w, line[x]);
    }
  }
}

/// With bytes between the passes all sums fit 32 bits.
void ExactView::sum_bytes(int rows) {
  std::vector<std::int32_t> sums(sums_.size());
  std::vector<std::uint8_t> line(width_);
  for (int y = 0; y < rows; ++y) {
    hot::loops().clip_row(&lines_[at(y, 0)], a_.shift_between, width_, line.data());
    for (int k = 0; k < by_row_.count(y); ++k)
      hot::loops().add_row(&sums[at(by_row_.first[y] + k, 0)], line.data(), by_row_.row(y)[k], width_);
  }
  std::copy(sums.begin(), sums.end(), sums_.begin());
}

template <bool kBytes>
inline std::int64_t ExactView::between(std::int32_t sum) const {
  if constexpr (!kBytes) return sum;
  return std::clamp((sum + (1 << (a_.shift_between - 1))) >> a_.shift_between, 0, 255);
}

inline std::int64_t ExactView::term(std::int32_t weight, std::int64_t between) const {
  return (weight * (between >> a_.shift_taken)) >> a_.shift_tap;
}

/// > 0: the sum must grow.
inline std::int64_t ExactView::violation(const Interval& wanted, std::int64_t sum) {
  if (sum < wanted.low) return wanted.low - sum;
  return sum > wanted.high ? wanted.high - sum : 0;
}

double ExactView::need(int y, int x) const {
  return static_cast<double>(violation(wanted_[at(y, x)], sums_[at(y, x)])) * level_;
}

bool ExactView::picks() const {
  const auto single = [](const IntegerMatrix& m) {
    for (int r = 0; r < m.rows(); ++r)
      if (m.count(r) != 1) return false;
    return true;
  };
  return single(a_.vertical) && single(a_.horizontal);
}

ExactView::Footprint ExactView::footprint(int y, int x) const {
  const int y0 = a_.vertical.first[y], x0 = a_.horizontal.first[x];
  return {y0, y0 + a_.vertical.count(y), x0, x0 + a_.horizontal.count(x)};
}

std::int32_t ExactView::to_next(int out_x, int y, int direction) const {
  if (!a_.byte_between) return 1;
  const std::int32_t line = lines_[at(y, out_x)], step = 1 << a_.shift_between;
  const std::int32_t now = static_cast<std::int32_t>(between<true>(line)), low = now * step - step / 2;
  if (direction > 0) return now == 255 ? std::numeric_limits<std::int32_t>::max() : low + step - line;
  return now == 0 ? std::numeric_limits<std::int32_t>::max() : line - low + 1;
}

template <bool kBytes>
double ExactView::change_in(int y, int x, int delta) const {
  std::int64_t total = 0;
  const int rows = by_row_.count(y), first_row = by_row_.first[y];
  const std::int32_t* v = by_row_.row(y);
  for (int k = 0; k < by_column_.count(x); ++k) {
    const int o = by_column_.first[x] + k;
    const std::int32_t line = lines_[at(y, o)];
    const std::int64_t before = between<kBytes>(line), after = between<kBytes>(line + by_column_.row(x)[k] * delta);
    if (before == after) continue;
    for (int r = 0; r < rows; ++r) {
      const std::size_t i = at(first_row + r, o);
      const std::int64_t moved = sums_[i] + term(v[r], after) - term(v[r], before);
      total += std::abs(violation(wanted_[i], moved)) - std::abs(violation(wanted_[i], sums_[i]));
    }
  }
  return static_cast<double>(total) * level_;
}

double ExactView::change(int y, int x, int delta) const {
  return a_.byte_between ? change_in<true>(y, x, delta) : change_in<false>(y, x, delta);
}

void ExactView::wrong_around(int y, int x, std::vector<int>& wrong) const {
  wrong.clear();
  for (int r = by_row_.first[y]; r < by_row_.first[y] + by_row_.count(y); ++r)
    for (int o = by_column_.first[x]; o < by_column_.first[x] + by_column_.count(x); ++o)
      if (need(r, o) != 0) wrong.push_back(static_cast<int>(at(r, o)));
}

void ExactView::apply(int y, int x, int delta, std::vector<int>& wrong) {
  const std::int32_t* v = by_row_.row(y);
  for (int k = 0; k < by_column_.count(x); ++k) {
    const int o = by_column_.first[x] + k;
    std::int32_t& line = lines_[at(y, o)];
    const std::int64_t before = a_.byte_between ? between<true>(line) : between<false>(line);
    line += by_column_.row(x)[k] * delta;
    const std::int64_t after = a_.byte_between ? between<true>(line) : between<false>(line);
    for (int r = 0; r < by_row_.count(y); ++r)
      sums_[at(by_row_.first[y] + r, o)] += term(v[r], after) - term(v[r], before);
  }
  wrong_around(y, x, wrong);
}

}  // namespace bifocal::bytes
