// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The objective of a problem and its gradient, for any mix of views:
//   f(x) = Σ_k w_k/2 Σ p_k (encode_k(A_k decode_k(x)) − picture_k)²,    ∂f/∂x = Σ_k decode_k'(x) · A_kᵀ(w_k p_k
//   encode_k'(·) (see_k − picture_k))
// Transfer::Srgb is decoded by a polynomial (hot/eye.hpp), so that value and gradient are each other's.
// Work is cut into tiles that do not depend on the number of threads; partial sums are added in the tiles' order, so
// the same input gives the same bits on any number of threads.
#include <memory>

#include <bifocal/problem.hpp>

namespace bifocal::view {

class Evaluator {
 public:
  /// Keeps a reference to the problem, which must outlive it and keep its views.
  explicit Evaluator(const Problem& problem);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// f(x); gradient (of x's shape) is overwritten. Not for several calls at once. Runs in the caller's TBB arena.
  double operator()(const Image& x, Image& gradient);
  /// f(x) alone.
  double value(const Image& x);

 private:
  struct Parts;
  double run(const Image& x, Image& gradient);
  std::unique_ptr<Parts> parts_;
};

}  // namespace bifocal::view
