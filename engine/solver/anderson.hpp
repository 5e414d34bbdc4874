// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <vector>

#include <Eigen/Core>

#include "solver/duals.hpp"

namespace bifocal::solver {

/// Anderson mixing, type II (Walker & Ni 2011): what the last pairs of step and change of gradient explain is taken out
/// of the gradient, and the duals go with it; what is left is for the preconditioner.
class Anderson {
 public:
  explicit Anderson(std::size_t pairs) : limit_(pairs) {}

  void clear() { order_.clear(); }
  /// Remembers the pair that leads from one point to another.
  void remember(const Duals& from, const Duals& to, const Duals& gradient_from, const Duals& gradient_to);
  /// Takes it out of `gradient` and `duals`.
  void mix(Duals& gradient, Duals& duals) const;

 private:
  struct Pair {
    Duals step, change;
  };
  std::size_t limit_;
  std::vector<Pair> pairs_;         // kept for their memory
  std::vector<std::size_t> order_;  // of the ones in use, oldest first
  Eigen::MatrixXd products_;        // of the changes, by place in pairs_
};

}  // namespace bifocal::solver
