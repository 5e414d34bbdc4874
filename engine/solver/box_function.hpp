// SPDX-License-Identifier: LGPL-3.0-or-later
// What the general minimisers of this room work on: a function over a box, with every evaluation counted.
#pragma once
#include <chrono>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace bifocal::solver {

/// A function f of n variables over the box lower <= x <= upper (n finite bounds each, lower <= upper).
///   value               f(x); must be the same for the same x; NaN or infinite values count as "never go there"
///   value_and_gradient  f(x), with ∂f/∂x written to `gradient` (n values). May be empty: forward differences
///                       inside the box then stand in, at n evaluations a gradient.
/// x is always inside the box. Called from one thread at a time.
struct BoxFunction {
  std::vector<double> lower;
  std::vector<double> upper;
  std::function<double(std::span<const double> x)> value;
  std::function<double(std::span<const double> x, std::span<double> gradient)> value_and_gradient;

  std::size_t dimension() const { return lower.size(); }
};

class Meter;

/// Limits of one run. A limit of 0 is none.
struct Limits {
  long evaluations = 0;
  double seconds = 0;
  double value =
      -std::numeric_limits<double>::infinity();  ///< a value that is good enough: the run ends when it is reached
  std::function<bool(const Meter&)> stop;        ///< asked now and then; true ends the run with the best so far
};

/// Which limit ended a run; None while all of them hold.
enum class Limit { None, Evaluations, Seconds, Asked, Value };

/// Evaluates a BoxFunction and keeps the books: evaluations (a gradient by differences counts n, an own gradient
/// counts with its value as one), the limits, and the best point ever seen, whoever asked for it.
class Meter {
 public:
  Meter(const BoxFunction& function, const Limits& limits);
  double value(std::span<const double> x);
  double value_and_gradient(std::span<const double> x, std::span<double> gradient);
  /// The gradient alone, where f(x) is known already.
  void gradient(std::span<const double> x, double value, std::span<double> gradient);

  const BoxFunction& function() const { return function_; }
  bool has_gradient() const { return static_cast<bool>(function_.value_and_gradient); }
  long evaluations() const { return evaluations_; }
  /// The first limit that is reached; asks the caller and the clock.
  Limit reached();
  const std::vector<double>& best() const { return best_; }
  double best_value() const { return best_value_; }
  long best_at() const { return best_at_; }  ///< the evaluation that found the best

 private:
  double seen(double value, std::span<const double> x);

  const BoxFunction& function_;
  const Limits& limits_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  long evaluations_ = 0;
  long best_at_ = 0;
  double best_value_;
  std::vector<double> best_;
  std::vector<double> probe_;
};

/// Throws InvalidArgument when the bounds, the start or the function are missing or do not fit together.
void check(const BoxFunction& function, std::span<const double> start);
/// "the limit of evaluations was reached" and so on, for Result::why_stopped.
const char* to_string(Limit limit);

}  // namespace bifocal::solver
