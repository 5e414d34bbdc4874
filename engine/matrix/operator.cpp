// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/operator.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "error/edge.hpp"
#include "image/shape.hpp"
#include "progress/ask.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

template <class T>
void check(Plane<T> p, Size s, const char* what) {
  if (p.width != s.width || p.height != s.height)
    throw Error(ErrorCode::SizeMismatch, filled(_("%s is %s but the scaling takes %s"), what,
                                                shape({p.width, p.height}).c_str(), shape(s).c_str()));
}

}  // namespace

BandedMatrix::BandedMatrix(int columns) try : columns_(columns) {
  if (columns < 1) throw Error(ErrorCode::InvalidArgument, _("a matrix needs at least one column"));
} catch (...) {
  leave();
}

BandedMatrix BandedMatrix::identity(int n) try {
  BandedMatrix m(n);
  const double one = 1;
  for (int i = 0; i < n; ++i) m.add_row(i, {&one, 1});
  return m;
} catch (...) {
  leave();
}

void BandedMatrix::add_row(int first, std::span<const double> weights) try {
  long from = first;
  while (!weights.empty() && weights.front() == 0) {
    weights = weights.subspan(1);
    ++from;
  }
  while (!weights.empty() && weights.back() == 0) weights = weights.first(weights.size() - 1);
  if (weights.empty()) from = 0;
  const auto wrong = [](const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); };
  const long size = static_cast<long>(weights.size());
  if (from < 0 || size > columns_ || from > columns_ - size)
    wrong(filled(_("row %d of a matrix reaches from column %ld to %ld of %d"), rows(), from, from + size, columns_));
  for (double w : weights)
    if (!std::isfinite(w)) wrong(filled(_("row %d of a matrix holds %s"), rows(), number_text(w).c_str()));
  // Room first: a row is added as a whole or not at all.
  if (first_.size() == first_.capacity()) first_.reserve(2 * first_.size() + 8);
  if (offset_.size() == offset_.capacity()) offset_.reserve(2 * offset_.size() + 8);
  weights_.insert(weights_.end(), weights.begin(), weights.end());
  first_.push_back(static_cast<int>(from));
  offset_.push_back(weights_.size());
} catch (...) {
  leave();
}

int BandedMatrix::support() const {
  int most = 0;
  for (int r = 0; r < rows(); ++r) most = std::max(most, count(r));
  return most;
}

BandedMatrix BandedMatrix::transposed() const try {
  std::vector<int> low(columns_, rows()), high(columns_, -1);
  for (int r = 0; r < rows(); ++r)
    for (int c = first_[r]; c < first_[r] + count(r); ++c) {
      low[c] = std::min(low[c], r);
      high[c] = std::max(high[c], r);
    }
  BandedMatrix t(rows() > 0 ? rows() : 1);
  std::vector<double> column;
  for (int c = 0; c < columns_; ++c) {
    column.assign(std::max(0, high[c] - low[c] + 1), 0.0);
    for (int r = low[c]; r <= high[c]; ++r)
      if (c >= first_[r] && c < first_[r] + count(r)) column[r - low[c]] = weights(r)[c - first_[r]];
    t.add_row(high[c] < 0 ? 0 : low[c], column);
  }
  return t;
} catch (...) {
  leave();
}

bool BandedMatrix::is_identity() const {
  if (rows() != columns_) return false;
  for (int r = 0; r < rows(); ++r)
    if (count(r) != 1 || first_[r] != r || weights(r)[0] != 1) return false;
  return true;
}

SeparableOperator SeparableOperator::identity(Size size) {
  return {BandedMatrix::identity(size.height), BandedMatrix::identity(size.width)};
}

void SeparableOperator::apply(Plane<const float> in, Plane<float> out) const try {
  check(in, source(), _("the image"));
  check(out, target(), _("the scaled image"));
  // Rows first: V x is small, and each of its rows is one sweep along memory.
  std::vector<double> line(in.width);
  for (int r = 0; r < vertical.rows(); ++r) {
    progress::ask();
    std::fill(line.begin(), line.end(), 0.0);
    for (int k = 0; k < vertical.count(r); ++k) {
      const double w = vertical.weights(r)[k];
      const float* row = in.row(vertical.first(r) + k);
      for (int x = 0; x < in.width; ++x) line[x] += w * row[x];
    }
    float* to = out.row(r);
    for (int c = 0; c < horizontal.rows(); ++c) {
      const auto w = horizontal.weights(c);
      const double* from = line.data() + horizontal.first(c);
      double sum = 0;
      for (std::size_t k = 0; k < w.size(); ++k) sum += w[k] * from[k];
      to[c] = static_cast<float>(sum);
    }
  }
} catch (...) {
  leave();
}

void SeparableOperator::adjoint(Plane<const float> in, Plane<float> out) const {
  SeparableOperator{vertical.transposed(), horizontal.transposed()}.apply(in, out);
}

Image SeparableOperator::apply(const Image& image) const {
  Image out(vertical.rows(), horizontal.rows(), image.channels());
  for (int c = 0; c < image.channels(); ++c) apply(image.plane(c), out.plane(c));
  return out;
}

Image SeparableOperator::adjoint(const Image& image) const {
  Image out(vertical.columns(), horizontal.columns(), image.channels());
  for (int c = 0; c < image.channels(); ++c) adjoint(image.plane(c), out.plane(c));
  return out;
}

}  // namespace bifocal
