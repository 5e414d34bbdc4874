// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/problem_function.hpp"

#include <algorithm>
#include <cmath>

#include <bifocal/error.hpp>

#include "view/evaluator.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

using Vector = std::vector<double>;

/// out = M in, along rows of `width` values.
void multiply_rows(const BandedMatrix& m, const double* in, int width, Vector& out) {
  out.assign(static_cast<std::size_t>(m.rows()) * width, 0.0);
  for (int r = 0; r < m.rows(); ++r) {
    double* to = out.data() + static_cast<std::size_t>(r) * width;
    for (int k = 0; k < m.count(r); ++k) {
      const double w = m.weights(r)[k];
      const double* from = in + static_cast<std::size_t>(m.first(r) + k) * width;
      for (int x = 0; x < width; ++x) to[x] += w * from[x];
    }
  }
}

/// out = in Mᵀ, row by row.
void multiply_columns(const BandedMatrix& m, const Vector& in, Vector& out) {
  const std::size_t height = in.size() / m.columns();
  out.assign(height * m.rows(), 0.0);
  for (std::size_t y = 0; y < height; ++y)
    for (int r = 0; r < m.rows(); ++r) {
      const auto w = m.weights(r);
      const double* from = in.data() + y * m.columns() + m.first(r);
      double sum = 0;
      for (std::size_t k = 0; k < w.size(); ++k) sum += w[k] * from[k];
      out[y * m.rows() + r] = sum;
    }
}

/// ‖M‖₁ ‖M‖∞ >= ‖M‖²
double norm_bound(const BandedMatrix& m) {
  Vector columns(m.columns());
  double rows = 0;
  for (int r = 0; r < m.rows(); ++r) {
    double sum = 0;
    for (int k = 0; k < m.count(r); ++k) {
      sum += std::fabs(m.weights(r)[k]);
      columns[m.first(r) + k] += std::fabs(m.weights(r)[k]);
    }
    rows = std::max(rows, sum);
  }
  return rows * *std::max_element(columns.begin(), columns.end());
}

}  // namespace

struct ProblemFunction::Look {
  const View* view;
  const Image* picture;
  bool pixels;  // A = I
  BandedMatrix vertical_transposed, horizontal_transposed;
};

ProblemFunction::ProblemFunction(const Problem& p)
    : problem_(p), plane_(static_cast<std::size_t>(p.cover.width()) * p.cover.height()),
      samples_(plane_ * p.channels()), squares_(p.views.size()), factors_(p.views.size()) {
  for (const View& v : p.views) {
    if (!v.linear()) {
      // The evaluator of all kinds of views, in single precision; there is no certificate to lose.
      if (p.norm == Norm::Norms)
        throw Error(ErrorCode::Unsupported,
                    filled(_("the view \"%s\" looks through a transfer function: choose squares instead of distances"),
                           v.name.c_str()));
      evaluator_ = std::make_unique<view::Evaluator>(p);
      continue;
    }
    Look look{&v,
              v.picture.empty() ? &p.cover : &v.picture,
              v.look.vertical.is_identity() && v.look.horizontal.is_identity(),
              {},
              {}};
    if (!look.pixels) {
      look.vertical_transposed = v.look.vertical.transposed();
      look.horizontal_transposed = v.look.horizontal.transposed();
    }
    float low = 1, high = 1;
    if (v.pixel_weights) {
      low = 1e30f, high = 0;
      for (int y = 0; y < v.pixel_weights->height(); ++y)
        for (int x = 0; x < v.pixel_weights->width(); ++x) {
          low = std::min(low, v.pixel_weights->plane(0).row(y)[x]);
          high = std::max(high, v.pixel_weights->plane(0).row(y)[x]);
        }
    }
    if (look.pixels) modulus_ += v.weight * low;
    lipschitz_ += v.weight * high * norm_bound(v.look.vertical) * norm_bound(v.look.horizontal);
    looks_.push_back(std::move(look));
  }
}

ProblemFunction::~ProblemFunction() = default;

void ProblemFunction::visit(std::span<const double> x, Pulls* pulls) {
  const int width = problem_.cover.width();
  std::fill(squares_.begin(), squares_.end(), 0.0);
  if (pulls) std::fill(pulls->direction.begin(), pulls->direction.end(), 0.0);
  Vector between, seen;
  for (std::size_t k = 0; k < looks_.size(); ++k) {
    const Look& look = looks_[k];
    const View& v = *look.view;
    const Size size = v.look.target();
    for (int c = 0; c < problem_.channels(); ++c) {
      const double* plane = x.data() + c * plane_;
      if (look.pixels) {
        seen.assign(plane, plane + plane_);
      } else {
        multiply_rows(v.look.vertical, plane, width, between);
        multiply_columns(v.look.horizontal, between, seen);
      }
      for (int y = 0; y < size.height; ++y) {
        const float* picture = look.picture->plane(c).row(y);
        const float* weights = v.pixel_weights ? v.pixel_weights->plane(0).row(y) : nullptr;
        double* row = seen.data() + static_cast<std::size_t>(y) * size.width;
        for (int i = 0; i < size.width; ++i) {
          const double r = row[i] - picture[i];
          row[i] = weights ? weights[i] * r : r;
          squares_[k] += row[i] * r;
          if (pulls) pulls->along_picture += pulls->factors[k] * row[i] * picture[i];
        }
      }
      if (!pulls || pulls->factors[k] == 0) continue;
      const double factor = pulls->factors[k];
      double* to = pulls->direction.data() + c * plane_;
      if (!look.pixels) {
        multiply_columns(look.horizontal_transposed, seen, between);
        multiply_rows(look.vertical_transposed, between.data(), width, seen);
      }
      for (std::size_t i = 0; i < plane_; ++i) to[i] += factor * seen[i];
    }
  }
}

double ProblemFunction::operator()(std::span<const double> x, std::span<double> gradient) {
  if (evaluator_) {
    const Image levels = image(x);
    if (gradient.empty()) return evaluator_->value(levels);
    Image slope(levels.height(), levels.width(), levels.channels());
    const double f = (*evaluator_)(levels, slope);
    const Vector g = variables(slope);
    std::copy(g.begin(), g.end(), gradient.begin());
    return f;
  }
  const bool norms = problem_.norm == Norm::Norms;
  if (gradient.empty() || norms) visit(x, nullptr);
  for (std::size_t k = 0; k < looks_.size(); ++k) {
    const double w = looks_[k].view->weight;
    factors_[k] = !norms ? w : squares_[k] > 0 ? w / std::sqrt(squares_[k]) : 0;
  }
  if (!gradient.empty()) {
    Pulls pulls{factors_, gradient};
    visit(x, &pulls);
  }
  double f = 0;
  for (std::size_t k = 0; k < looks_.size(); ++k)
    f += looks_[k].view->weight * (norms ? std::sqrt(squares_[k]) : squares_[k] / 2);
  return f;
}

const std::vector<double>& ProblemFunction::squares(std::span<const double> x) {
  visit(x, nullptr);
  return squares_;
}

double ProblemFunction::pull(std::span<const double> x, std::span<const double> factors, std::span<double> direction) {
  Pulls pulls{factors, direction};
  visit(x, &pulls);
  return pulls.along_picture;
}

BoxFunction ProblemFunction::box() {
  BoxFunction f;
  f.lower.assign(samples_, 0);
  f.upper.assign(samples_, 255);
  if (problem_.mask)
    for (std::size_t i = 0; i < samples_; ++i) {
      const int c = static_cast<int>(i / plane_), y = static_cast<int>(i % plane_ / problem_.cover.width());
      const int x = static_cast<int>(i % problem_.cover.width());
      const double cover = problem_.cover.plane(c).row(y)[x], free = problem_.mask->plane(0).row(y)[x];
      f.lower[i] = cover * (1 - free);
      f.upper[i] = cover + (255 - cover) * free;
    }
  f.value = [this](std::span<const double> x) { return (*this)(x, {}); };
  f.value_and_gradient = [this](std::span<const double> x, std::span<double> g) { return (*this)(x, g); };
  return f;
}

Vector ProblemFunction::start() {
  Vector x = variables(problem_.start ? *problem_.start : problem_.cover);
  const BoxFunction bounds = box();
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::clamp(x[i], bounds.lower[i], bounds.upper[i]);
  return x;
}

Image ProblemFunction::image(std::span<const double> x) const {
  Image image(problem_.cover.height(), problem_.cover.width(), problem_.channels());
  const double* from = x.data();
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y, from += image.width())
      std::copy_n(from, image.width(), image.plane(c).row(y));
  return image;
}

Vector ProblemFunction::variables(const Image& image) const {
  Vector x(samples_);
  double* to = x.data();
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y, to += image.width()) std::copy_n(image.plane(c).row(y), image.width(), to);
  return x;
}

}  // namespace bifocal::solver
