// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/anderson.hpp"

#include <Eigen/Dense>

namespace bifocal::solver {

void Anderson::remember(const Duals& from, const Duals& to, const Duals& gradient_from, const Duals& gradient_to) {
  std::size_t place = order_.size();
  if (order_.size() == limit_) {
    place = order_.front();
    order_.erase(order_.begin());
  } else {
    // A place that no pair in use holds.
    std::vector<bool> used(limit_);
    for (std::size_t i : order_) used[i] = true;
    for (place = 0; used[place];) ++place;
  }
  if (products_.size() == 0) products_ = Eigen::MatrixXd(limit_, limit_);
  if (place >= pairs_.size()) pairs_.resize(place + 1);
  order_.push_back(place);
  Pair& pair = pairs_[place];
  subtract(to, from, pair.step);
  subtract(gradient_to, gradient_from, pair.change);
  for (std::size_t i : order_) products_(place, i) = products_(i, place) = dot(pair.change, pairs_[i].change);
}

void Anderson::mix(Duals& gradient, Duals& duals) const {
  const int n = static_cast<int>(order_.size());
  if (n == 0) return;
  Eigen::MatrixXd gram(n, n);
  Eigen::VectorXd right(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) gram(i, j) = products_(order_[i], order_[j]);
    right(i) = dot(pairs_[order_[i]].change, gradient);
  }
  gram.diagonal() *= 1 + 1e-10;
  const Eigen::VectorXd gamma = gram.completeOrthogonalDecomposition().solve(right);
  std::vector<float> factors(n);
  std::vector<const Duals*> steps, changes;
  for (int i = 0; i < n; ++i) {
    factors[i] = static_cast<float>(-gamma(i));
    steps.push_back(&pairs_[order_[i]].step);
    changes.push_back(&pairs_[order_[i]].change);
  }
  add(gradient, factors, changes);
  add(duals, factors, steps);
}

}  // namespace bifocal::solver
