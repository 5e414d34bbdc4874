// SPDX-License-Identifier: LGPL-3.0-or-later
#include "matrix/compiled.hpp"

#include <algorithm>
#include <cstdlib>

#include "hot/eye.hpp"
#include "hot/hot.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::matrix {
namespace {

constexpr int kShortestSlide = 32;  // shorter runs are not worth their own loop
constexpr int kNearRadius = 40;     // tiles of near views carry a border of twice this at most

}  // namespace

Axis::Axis(const BandedMatrix& matrix) : columns_(matrix.columns()) {
  const int n = matrix.rows();
  const bool square = n == columns_;
  int radius = 0;
  for (int r = 0; r < n; ++r) {
    // An empty row reads nothing; a square one's stays where it is, so that a window of neighbours holds it.
    first_.push_back(matrix.count(r) == 0 && square ? r : matrix.first(r));
    for (double w : matrix.weights(r)) weights_.push_back(static_cast<float>(w));
    offset_.push_back(weights_.size());
    if (count(r) > 0) radius = std::max({radius, std::abs(r - first(r)), std::abs(last(r) - r)});
  }
  if (square) radius_ = radius;

  for (int begin = 0; begin < n;) {
    int end = begin + 1;
    while (end < n && count(begin) > 0 && first(end) == first(begin) + (end - begin) && count(end) == count(begin) &&
           std::equal(weights(begin), weights(begin) + count(begin), weights(end)))
      ++end;
    if (end - begin > slide_end_ - slide_begin_ && end - begin >= kShortestSlide)
      slide_begin_ = begin, slide_end_ = end;
    begin = end;
  }
  if (slide_end_ > slide_begin_) return;
  int longest = 1;
  for (int r = 0; r < n; ++r) longest = std::max(longest, count(r));
  width_ = (longest + 7) / 8 * 8;
  padded_.assign(static_cast<std::size_t>(n) * width_, 0.0f);
  for (int r = 0; r < n; ++r) std::copy_n(weights(r), count(r), padded_.data() + static_cast<std::size_t>(r) * width_);
}

std::pair<int, int> Axis::reads(int begin, int end) const {
  int low = columns_, high = 0;
  for (int r = begin; r < end; ++r) low = std::min(low, first(r)), high = std::max(high, last(r) + 1);
  return {low, std::max(low, high)};
}

void Axis::sum(const float* const* rows, int row, int n, float* out, bool add) const {
  hot::eye().sum_rows(rows, weights(row), count(row), n, out, add);
}

void Axis::multiply(const float* in, int begin, int end, float* out) const {
  if (slide_end_ == slide_begin_) {
    hot::eye().gather_row(in, first_.data() + begin, padded_.data() + static_cast<std::size_t>(begin) * width_, width_,
                          end - begin, out + begin);
    return;
  }
  const auto one = [&](int r) {
    float sum = 0;
    for (int k = 0; k < count(r); ++k) sum += weights(r)[k] * in[first(r) + k];
    out[r] = sum;
  };
  const int from = std::clamp(slide_begin_, begin, end), to = std::clamp(slide_end_, from, end);
  for (int r = begin; r < from; ++r) one(r);
  if (to > from) hot::eye().slide_row(in + first(from), weights(from), count(from), to - from, out + from);
  for (int r = to; r < end; ++r) one(r);
}

void Axis::multiply_transposed(const float* in, float* out) const {
  std::fill_n(out, columns_ + padding(), 0.0f);
  if (slide_end_ == slide_begin_) {
    hot::eye().scatter_row(in, first_.data(), padded_.data(), width_, rows(), out);
    return;
  }
  for (int r = 0; r < rows(); ++r)
    for (int k = 0; k < count(r); ++k) out[first(r) + k] += weights(r)[k] * in[r];
}

CompiledOperator::CompiledOperator(const SeparableOperator& look)
    : vertical(look.vertical), vertical_transposed(look.vertical.transposed()), horizontal(look.horizontal) {
  near = vertical.radius() <= kNearRadius && horizontal.radius() <= kNearRadius;
  if (near) horizontal_transposed = Axis(look.horizontal.transposed());
}

Image apply(const SeparableOperator& look, const Image& image) {
  constexpr int kRows = 16;
  const Axis vertical(look.vertical), horizontal(look.horizontal);
  Image out(vertical.rows(), horizontal.rows(), image.channels());
  const int chunks = (out.height() + kRows - 1) / kRows;
  parallel_for(0, chunks * image.channels(), [&](int i) {
    progress::ask();
    const int c = i / chunks, y0 = i % chunks * kRows, y1 = std::min(out.height(), y0 + kRows);
    std::vector<float> line(image.width() + horizontal.padding(), 0.0f);
    for (int y = y0; y < y1; ++y) {
      vertical.sum_rows(
          y, [&](int k) { return image.plane(c).row(k); }, image.width(), line.data(), false);
      horizontal.multiply(line.data(), 0, out.width(), out.plane(c).row(y));
    }
  });
  return out;
}

Image apply(const SeparableOperator& look, const Image8& image) {
  constexpr int kRows = 8;
  const Axis vertical(look.vertical), horizontal(look.horizontal);
  Image out(vertical.rows(), horizontal.rows(), image.channels());
  const int chunks = (out.height() + kRows - 1) / kRows, n = image.width();
  parallel_for(0, chunks * image.channels(), [&](int i) {
    progress::ask();
    const int c = i / chunks, y0 = i % chunks * kRows, y1 = std::min(out.height(), y0 + kRows);
    int from = vertical.first(y0), to = vertical.last(y0);
    for (int y = y0; y < y1; ++y) from = std::min(from, vertical.first(y)), to = std::max(to, vertical.last(y));
    thread_local std::vector<float> rows, line;
    rows.resize(static_cast<std::size_t>(to - from + 1) * n), line.assign(n + horizontal.padding(), 0.0f);
    const auto floats = [&](int y) { return rows.data() + static_cast<std::size_t>(y - from) * n; };
    for (int y = from; y <= to; ++y) hot::loops().widen(image.plane(c).row(y), n, floats(y));
    for (int y = y0; y < y1; ++y) {
      vertical.sum_rows(y, floats, n, line.data(), false);
      horizontal.multiply(line.data(), 0, out.width(), out.plane(c).row(y));
    }
  });
  return out;
}

}  // namespace bifocal::matrix
