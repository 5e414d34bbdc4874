// SPDX-License-Identifier: LGPL-3.0-or-later
// The smallest value of any function over a box: generalised simulated annealing with a local search.
//   Tsallis & Stariolo, "Generalized simulated annealing", Physica A 233 (1996) 395-406;
//   Xiang, Sun, Fan & Gong, "Generalized simulated annealing algorithm and its application to the Thomson model",
//   Physics Letters A 233 (1997) 216-220; Xiang, Gubian, Suomela & Hoeng, "Generalized simulated annealing for global
//   optimization: the GenSA package", The R Journal 5/1 (2013).
//
// In: a function (BoxFunction), a start, limits. Out: the best point ever evaluated.
//   Temperature      T(k) = T0 (2^(q_v−1) − 1) / ((1 + k)^(q_v−1) − 1),  k = 1, 2, ...
//   Visiting         Δx from the Tsallis distribution of order q_v at T(k), as a ratio of normal variates; what leaves
//                    the box on one side comes in on the other. One chain at each T(k): n moves of all variables,
//                    then each of the n variables by itself.
//   Acceptance       a move up by ΔE is taken with probability [1 − (1 − q_a) ΔE k / T(k)]₊^(1/(1 − q_a))
//   Local search     bounded_search after each chain that found a new best; when none came for `patience` chains,
//                    from the lowest point of the chains since; and, with `search_first`, from the start.
//   Restart          when T(k) < restart_ratio · T0: k = 1 again, from a random point of the box.
// Stops when `max_steps` chains are done, or at a limit. Deterministic: same function, start, options: same result.
#pragma once
#include <cstdint>

#include "solver/bounded_search.hpp"

namespace bifocal::solver {

struct AnnealingOptions {
  double visiting = 2.62;       ///< q_v, in (1, 3): higher jumps further
  double acceptance = -5;       ///< q_a, < 1: lower accepts less
  double temperature = 5230;    ///< T0 > 0
  double restart_ratio = 2e-5;  ///< in (0, 1)
  int max_steps = 1000;         ///< chains (temperatures) over all restarts, >= 1
  long moves = 0;               ///< of one chain; 0: two a variable. Fewer take the variables in turn over the chains
  int patience = 50;            ///< chains without a new best before a search elsewhere, >= 1
  bool local_search = true;
  bool search_first = false;  ///< worth it where f has few minima, or a chain costs more than a search
  SearchOptions search;
  std::uint64_t seed = 1;
};

struct AnnealingResult {
  std::vector<double> x;  ///< the best point evaluated
  double value = 0;
  long evaluations = 0;  ///< see Meter
  long found_at = 0;     ///< the evaluation that first gave x
  int steps = 0;
  int restarts = 0;
  int searches = 0;
  Limit limit = Limit::None;  ///< None: all steps were done
};

/// Throws InvalidArgument for options out of range, and what check() refuses.
AnnealingResult anneal(const BoxFunction& function, std::span<const double> start, const Limits& limits,
                       const AnnealingOptions& options = {});

/// A variate of the Tsallis visiting distribution of order q at `temperature`, from two standard normal variates.
double tsallis_variate(double q, double temperature, double normal1, double normal2);

}  // namespace bifocal::solver
