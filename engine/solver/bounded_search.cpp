// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/bounded_search.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace bifocal::solver {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

struct Pair {
  Vector step;    // s = x⁺ − x
  Vector change;  // y = ∇f(x⁺) − ∇f(x)
};

class Search {
 public:
  Search(Meter& meter, const SearchOptions& options)
      : meter_(meter), options_(options), n_(meter.function().dimension()), gradient_(n_), trial_(n_),
        trial_gradient_(n_), direction_(n_), free_(n_) {}

  SearchResult run(std::span<const double> start, double value) {
    SearchResult r;
    r.x.assign(start.begin(), start.end());
    r.value = value;
    meter_.gradient(r.x, r.value, gradient_);
    while (r.iterations < options_.max_iterations && meter_.reached() == Limit::None) {
      if (rest(r.x) <= options_.gradient_tolerance) {
        r.converged = true;
        break;
      }
      find_direction();
      const double before = r.value;
      if (!advance(r)) {
        // No way down along the quasi-Newton direction: once more along the gradient, then it is a minimum to rounding.
        if (pairs_.empty()) {
          r.converged = meter_.reached() == Limit::None;
          break;
        }
        pairs_.clear();
        continue;
      }
      ++r.iterations;
      if (before - r.value <= options_.relative_fall * std::max({std::fabs(before), std::fabs(r.value), 1.0})) {
        r.converged = true;
        break;
      }
    }
    return r;
  }

 private:
  double clip(double v, std::size_t i) const {
    return std::clamp(v, meter_.function().lower[i], meter_.function().upper[i]);
  }

  // Marks the free variables and returns the largest |clip(x − ∇f) − x|.
  double rest(const Vector& x) {
    double largest = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const bool low = x[i] <= meter_.function().lower[i] && gradient_[i] > 0;
      const bool high = x[i] >= meter_.function().upper[i] && gradient_[i] < 0;
      free_[i] = !low && !high;
      largest = std::max(largest, std::fabs(clip(x[i] - gradient_[i], i) - x[i]));
    }
    return largest;
  }

  double dot_free(const Vector& a, const Vector& b) const {
    double sum = 0;
    for (std::size_t i = 0; i < n_; ++i)
      if (free_[i]) sum += a[i] * b[i];
    return sum;
  }

  void find_direction() {
    for (std::size_t i = 0; i < n_; ++i) direction_[i] = free_[i] ? -gradient_[i] : 0;
    Vector alpha(pairs_.size()), curvature(pairs_.size());
    double scale = 0;
    for (std::size_t k = pairs_.size(); k-- > 0;) {
      const Pair& p = pairs_[k];
      const double sy = dot_free(p.step, p.change), yy = dot_free(p.change, p.change);
      curvature[k] = sy > 1e-12 * yy ? 1 / sy : 0;
      if (curvature[k] == 0) continue;
      if (scale == 0) scale = sy / yy;
      alpha[k] = curvature[k] * dot_free(p.step, direction_);
      for (std::size_t i = 0; i < n_; ++i)
        if (free_[i]) direction_[i] -= alpha[k] * p.change[i];
    }
    if (scale == 0) scale = 1 / std::max(1.0, std::sqrt(dot(direction_, direction_)));
    for (double& d : direction_) d *= scale;
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      if (curvature[k] == 0) continue;
      const Pair& p = pairs_[k];
      const double beta = curvature[k] * dot_free(p.change, direction_);
      for (std::size_t i = 0; i < n_; ++i)
        if (free_[i]) direction_[i] += (alpha[k] - beta) * p.step[i];
    }
  }

  bool advance(SearchResult& r) {
    double t = 1;
    for (int tries = 0; tries < 40; ++tries) {
      double slope = 0, moved = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        trial_[i] = clip(r.x[i] + t * direction_[i], i);
        slope += gradient_[i] * (trial_[i] - r.x[i]);
        moved = std::max(moved, std::fabs(trial_[i] - r.x[i]));
      }
      if (!(slope < 0) || moved == 0) return false;
      const double f =
          meter_.has_gradient() ? meter_.value_and_gradient(trial_, trial_gradient_) : meter_.value(trial_);
      if (f <= r.value + 1e-4 * slope && f < r.value) {
        if (!meter_.has_gradient()) meter_.gradient(trial_, f, trial_gradient_);
        remember(r.x);
        r.x = trial_;
        r.value = f;
        gradient_.swap(trial_gradient_);
        return true;
      }
      if (meter_.reached() != Limit::None) return false;
      const double best = std::isfinite(f) ? -slope / (2 * (f - r.value - slope)) : 0;
      t *= std::clamp(best, 0.1, 0.5);
    }
    return false;
  }

  void remember(const Vector& x) {
    Pair p{Vector(n_), Vector(n_)};
    for (std::size_t i = 0; i < n_; ++i) {
      p.step[i] = trial_[i] - x[i];
      p.change[i] = trial_gradient_[i] - gradient_[i];
    }
    if (dot(p.step, p.change) <= 1e-12 * dot(p.change, p.change)) return;
    pairs_.push_back(std::move(p));
    if (static_cast<int>(pairs_.size()) > options_.memory) pairs_.pop_front();
  }

  Meter& meter_;
  const SearchOptions& options_;
  std::size_t n_;
  Vector gradient_, trial_, trial_gradient_, direction_;
  std::vector<char> free_;
  std::deque<Pair> pairs_;
};

}  // namespace

SearchResult bounded_search(Meter& meter, std::span<const double> start, double start_value,
                            const SearchOptions& options) {
  return Search(meter, options).run(start, start_value);
}

}  // namespace bifocal::solver
