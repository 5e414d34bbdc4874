// SPDX-License-Identifier: LGPL-3.0-or-later
// The algorithms that take any function over a box, set upon a problem.
#include <algorithm>
#include <cmath>

#include "solver/accelerated.hpp"
#include "solver/algorithm.hpp"
#include "solver/annealing.hpp"
#include "solver/gradient.hpp"
#include "solver/problem_function.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

/// What an evaluation of a large image may cost when nobody set a limit: some minutes at most.
constexpr double kSamplesEvaluated = 2e9;

/// Where a run stands, told to the caller at every evaluation.
class Watch {
 public:
  Watch(const SolveOptions& options, Controller& controller, std::size_t samples)
      : controller_(controller),
        most_(options.max_evaluations > 0 ? options.max_evaluations
                                          : static_cast<long>(std::max(2000.0, kSamplesEvaluated / samples))) {
    limits.evaluations = most_;
    limits.stop = [this] {
      Controller::Figures figures;
      figures.fraction = static_cast<double>(++asked_) / most_;
      figures.sweeps = static_cast<int>(std::min<long>(asked_, 1 << 30));
      return !controller_.tick(figures);
    };
  }
  void end(Solution& s, Limit limit, const Ending& otherwise) const {
    s.end(limit == Limit::None    ? otherwise
          : limit == Limit::Asked ? controller_.ending()
          : limit == Limit::Value ? Ending{Outcome::Solved, N_("it is as good as the certified bound allows")}
                                  : Ending{Outcome::LimitReached, to_string(limit)});
  }
  Limits limits;

 private:
  Controller& controller_;
  long most_, asked_ = 0;
};

/// A convex problem's certified bound: annealing has none of its own.
double certified_bound(const Problem& problem, const SolveOptions& options, Controller& controller) {
  if (!problem.convex()) return -std::numeric_limits<double>::infinity();
  const Algorithm convex = convex_algorithm(problem);
  return problem.norm == Norm::Norms ? solve_norms(problem, options, controller, convex)->lower_bound
                                     : convex(problem, options, controller)->lower_bound;
}

}  // namespace

std::unique_ptr<Solution> solve_annealing(const Problem& problem, const SolveOptions& options, Controller& controller) {
  ProblemFunction function(problem);
  const BoxFunction box = function.box();
  Watch watch(options, controller, box.dimension());
  const double bound = certified_bound(problem, options, controller);
  // The bound of distances is itself a little loose.
  watch.limits.value =
      bound + std::max(2 * options.gap_tolerance, problem.norm == Norm::Norms ? 3e-4 : 3e-5) * std::fabs(bound);
  AnnealingOptions annealing;
  annealing.seed = options.seed;
  annealing.max_steps = sweeps_of(options, kSweeps);
  // Of an image's many samples, each chain moves a few: or the temperature would never fall.
  annealing.moves = static_cast<long>(std::min<std::size_t>(2 * box.dimension(), 400));
  annealing.search_first = true;
  annealing.search.max_iterations = 20000;
  annealing.search.relative_fall = 1e-9;
  annealing.search.gradient_tolerance = 1e-9;
  const AnnealingResult r = anneal(box, function.start(), watch.limits, annealing);
  auto s = std::make_unique<ImageSolution>(function.image(r.x));
  s->objective = r.value;
  s->lower_bound = bound;
  s->sweeps = r.steps;
  s->evaluations = r.evaluations;
  watch.end(*s, r.limit, {Outcome::Solved, N_("all temperature steps were done")});
  return s;
}

std::unique_ptr<Solution> solve_gradient(const Problem& problem, const SolveOptions& options, Controller& controller) {
  ProblemFunction function(problem);
  const BoxFunction box = function.box();
  Watch watch(options, controller, box.dimension());
  GradientOptions gradient;
  gradient.lipschitz = std::max(function.lipschitz(), 1e-9);
  gradient.modulus = problem.convex() ? function.modulus() : -1;
  gradient.max_iterations = sweeps_of(options, 1 << 30);
  gradient.gap_tolerance = options.gap_tolerance;
  gradient.step_tolerance = problem.convex() ? 0 : 1e-4;
  const GradientResult r = projected_gradient(box, function.start(), watch.limits, gradient);
  auto s = std::make_unique<ImageSolution>(function.image(r.x));
  s->objective = r.value;
  s->lower_bound = r.lower_bound;
  s->sweeps = r.iterations;
  s->evaluations = r.evaluations;
  watch.end(*s, r.limit,
            !r.converged       ? kSweepsUsed
            : problem.convex() ? kGapClosed
                               : Ending{Outcome::Solved, N_("no sample moved any more")});
  return s;
}

}  // namespace bifocal::solver
