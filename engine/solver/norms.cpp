// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/norms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solver/algorithm.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

using Vector = std::vector<double>;

constexpr int kMostRounds = 80;
/// Single precision inside the inner algorithms allows no finer certificate.
constexpr double kFinestGap = 5e-5;

struct Path {
  std::span<const double> center, direction;
  const BoxFunction& box;

  double at(double s, std::size_t i) const {
    return std::clamp(center[i] - s * direction[i], box.lower[i], box.upper[i]);
  }
  double distance(double s) const {
    double squares = 0;
    for (std::size_t i = 0; i < center.size(); ++i) {
      const double d = at(s, i) - center[i];
      squares += d * d;
    }
    return std::sqrt(squares);
  }
};

/// min over the box of weight·‖x − center‖ + <direction, x>
double smallest(const Path& path, double weight) {
  double norm = 0;
  for (double d : path.direction) norm += d * d;
  norm = std::sqrt(norm);
  double s = 0;
  if (norm > weight) {
    // distance(s)/s falls from <= norm to 0: bisect for distance(s) = weight·s on a scale of ratios.
    double low = 1e-9 / norm, high = 1e9;
    if (path.distance(low) > weight * low) {
      for (int k = 0; k < 100; ++k) {
        s = std::sqrt(low * high);
        (path.distance(s) > weight * s ? low : high) = s;
      }
    }
  }
  double inner = 0;
  for (std::size_t i = 0; i < path.center.size(); ++i) inner += path.direction[i] * path.at(s, i);
  return weight * path.distance(s) + inner;
}

}  // namespace

double norms_bound(const Problem& p, ProblemFunction& function, const BoxFunction& box, std::span<const double> x,
                   std::span<const double> floors) {
  constexpr double none = -std::numeric_limits<double>::infinity();
  const View* pixels = nullptr;
  Vector factors(p.views.size());
  const Vector squares = function.squares(x);
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    if (p.views[k].pixel_by_pixel()) {
      if (pixels) return none;
      pixels = &p.views[k];
      continue;
    }
    const double distance = std::max(std::sqrt(squares[k]), floors.empty() ? 0.0 : floors[k]);
    factors[k] = distance > 0 ? p.views[k].weight / distance : 0;
  }
  if (!pixels) return none;
  Vector direction(x.size());
  const double along = function.pull(x, factors, direction);
  const Vector center = function.variables(pixels->picture.empty() ? p.cover : pixels->picture);
  return smallest({center, direction, box}, pixels->weight) - along;
}

std::unique_ptr<Solution> solve_norms(const Problem& problem, const SolveOptions& options, Controller& controller,
                                      Algorithm inner) {
  ProblemFunction function(problem);
  const BoxFunction box = function.box();
  Problem squares = problem;
  squares.norm = Norm::Squares;
  const std::size_t n = problem.views.size();

  Vector x = function.start(), best = x;
  double best_value = function(x, {}), bound = 0;
  Vector distances(n), floors(n);
  const auto measure = [&] {
    const Vector s = function.squares(x);
    for (std::size_t k = 0; k < n; ++k) distances[k] = std::sqrt(s[k]);
  };
  measure();
  const double scale = *std::max_element(distances.begin(), distances.end());
  // At the cover its own distance is zero: begin from the middle.
  for (double& d : distances) d = std::max(d, scale / 2);

  SolveOptions options_inside = options;
  options_inside.gap_tolerance = std::min(options.gap_tolerance, 1e-7);
  options_inside.residual_tolerance = std::min(options.residual_tolerance, 1e-3);
  const double tolerance = std::max(options.gap_tolerance, kFinestGap);
  double weights = 0;
  for (const View& v : problem.views) weights += v.weight;
  Ending ending{Outcome::LimitReached, N_("the rounds of reweighting were used up")};
  int sweeps = 0;
  long evaluations = 0;
  for (int round = 0; round < kMostRounds && scale > 0; ++round) {
    for (std::size_t k = 0; k < n; ++k) {
      // A view that can show its picture exactly has a distance near zero, and λ_k is then the last weight times the
      // rest. Its floor makes that rest no smaller than what adds half of the tolerance to the gap.
      const double goal = tolerance * best_value / (2 * weights);
      floors[k] =
          distances[k] < floors[k] ? floors[k] * std::clamp(goal / distances[k], 0.25, 4.0) : std::max(goal, floors[k]);
      squares.views[k].weight = problem.views[k].weight / std::max(distances[k], floors[k]);
    }
    if (options.max_sweeps > 0) {
      options_inside.max_sweeps = options.max_sweeps - sweeps;
      if (options_inside.max_sweeps <= 0) {
        ending = kSweepsUsed;
        break;
      }
    }
    const auto solution = inner(squares, options_inside, controller);
    sweeps += solution->sweeps;
    evaluations += solution->evaluations;
    x = function.variables(solution->take(problem.size(), problem.channels()));
    const double value = function(x, {});
    if (value < best_value) {
      best_value = value;
      best = x;
    }
    bound = std::max(bound, norms_bound(problem, function, box, x, floors));
    measure();
    if (best_value - bound <= tolerance * best_value) {
      ending = kGapClosed;
      break;
    }
    if (!controller.tick()) {
      ending = controller.ending();
      break;
    }
  }
  if (scale == 0) ending = {Outcome::Solved, N_("every view already shows its picture")};
  auto result = std::make_unique<ImageSolution>(problem, function.image(best));
  result->end(ending);
  result->objective = best_value;
  result->lower_bound = bound;
  result->sweeps = sweeps;
  result->evaluations = evaluations;
  return result;
}

}  // namespace bifocal::solver
