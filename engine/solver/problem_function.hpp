// SPDX-License-Identifier: LGPL-3.0-or-later
// A problem as a function of its samples in double precision, for the algorithms that take any function, and as the
// plain way to compute what the fast ones compute. Variable (c·height + y)·width + x is the sample x of row y in
// channel c; the bounds are those of the mask.
#pragma once
#include <memory>

#include <bifocal/problem.hpp>

#include "solver/box_function.hpp"

namespace bifocal::view {
class Evaluator;
}

namespace bifocal::solver {

class ProblemFunction {
 public:
  /// Keeps a reference to the problem.
  explicit ProblemFunction(const Problem& problem);
  ~ProblemFunction();
  ProblemFunction(const ProblemFunction&) = delete;
  ProblemFunction& operator=(const ProblemFunction&) = delete;

  /// f(x); ∂f/∂x into `gradient` unless it is empty. Where a norm is zero, its part of the gradient is left out.
  double operator()(std::span<const double> x, std::span<double> gradient);
  /// Σ pixel_weights (see_k(x) − picture_k)² of each view.
  const std::vector<double>& squares(std::span<const double> x);
  /// Σ_k factor_k · A_kᵀ pixel_weights (see_k(x) − picture_k), the views' pulls at x with factors of one's own; and
  /// Σ_k factor_k · <pixel_weights (see_k(x) − picture_k), picture_k> (both for linear views only).
  double pull(std::span<const double> x, std::span<const double> factors, std::span<double> direction);

  /// Value, gradient and bounds; refers to this object.
  BoxFunction box();
  /// The problem's start, or its cover, inside the bounds.
  std::vector<double> start();
  Image image(std::span<const double> x) const;
  std::vector<double> variables(const Image& image) const;

  /// With Norm::Squares, f − m/2‖x‖² is convex for this m; negative when the problem is not known to be convex.
  double modulus() const { return modulus_; }
  /// With Norm::Squares, an upper bound of the gradient's Lipschitz constant: Σ w max(p) ‖A‖₁ ‖A‖∞ (linear views).
  double lipschitz() const { return lipschitz_; }

 private:
  struct Look;
  struct Pulls {
    std::span<const double> factors;
    std::span<double> direction;
    double along_picture = 0;
  };
  void visit(std::span<const double> x, Pulls* pulls);

  const Problem& problem_;
  std::size_t plane_, samples_;
  std::vector<Look> looks_;
  std::unique_ptr<view::Evaluator> evaluator_;  ///< when a view is not linear
  std::vector<double> squares_, factors_;
  double modulus_ = 0, lipschitz_ = 0;
};

}  // namespace bifocal::solver
