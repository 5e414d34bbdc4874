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
constexpr double kBoundShare = 0.02;  // of annealing's time, for the certified bound

long most_evaluations(const SolveOptions& options, double samples) {
  return options.max_evaluations > 0 ? options.max_evaluations
                                     : static_cast<long>(std::max(2000.0, kSamplesEvaluated / samples));
}

/// Of an image's many samples, each chain moves a few: or the temperature would never fall.
long moves_of(double samples) { return static_cast<long>(std::min(2 * samples, 400.0)); }

/// Where a run stands, told to the caller at every evaluation, and now and then how the best so far looks.
class Watch {
 public:
  Watch(const SolveOptions& options, Controller& controller, const Problem& problem, const ProblemFunction& function) {
    const double samples = problem.size().area() * problem.channels(), planned = evaluations_planned(options, samples);
    limits.evaluations = most_evaluations(options, samples);
    limits.stop = [&, planned](const Meter& meter) {
      Controller::Figures figures;
      figures.fraction = std::min(1.0, static_cast<double>(meter.evaluations()) / planned);
      figures.sweeps = static_cast<int>(std::min<long>(meter.evaluations(), 1 << 30));
      controller.when_picture_due([&] { show(problem, function.image(meter.best()), controller); });
      return !controller.tick(figures);
    };
  }
  Limits limits;
};

void end(Solution& s, Limit limit, const Ending& otherwise, const Controller& controller) {
  s.end(limit == Limit::None    ? otherwise
        : limit == Limit::Asked ? controller.ending()
        : limit == Limit::Value ? Ending{Outcome::Solved, N_("it is as good as the certified bound allows")}
                                : Ending{Outcome::LimitReached, to_string(limit)});
}

/// A convex problem's certified bound: annealing has none of its own.
double certified_bound(const Problem& problem, const SolveOptions& options, Controller& controller) {
  if (!problem.convex()) return -std::numeric_limits<double>::infinity();
  controller.step(0, kBoundShare, true);
  const Algorithm convex = convex_algorithm(problem);
  const double bound = problem.norm == Norm::Norms ? solve_norms(problem, options, controller, convex)->lower_bound
                                                   : convex(problem, options, controller)->lower_bound;
  controller.step(kBoundShare, 1);
  return bound;
}

}  // namespace

double evaluations_planned(const SolveOptions& options, double samples) {
  const double most = static_cast<double>(most_evaluations(options, samples));
  if (options.algorithm == "gradient") return std::min<double>(most, sweeps_of(options, 1 << 30));
  // As many again for the searches.
  if (options.algorithm == "annealing")
    return std::min(most, 2. * sweeps_of(options, kSweeps) * static_cast<double>(moves_of(samples)));
  return sweeps_of(options, kSweeps);
}

std::unique_ptr<Solution> solve_annealing(const Problem& problem, const SolveOptions& options, Controller& controller) {
  ProblemFunction function(problem);
  const BoxFunction box = function.box();
  Watch watch(options, controller, problem, function);
  const double bound = certified_bound(problem, options, controller);
  // The bound of distances is itself a little loose.
  watch.limits.value =
      bound + std::max(2 * options.gap_tolerance, problem.norm == Norm::Norms ? 3e-4 : 3e-5) * std::fabs(bound);
  AnnealingOptions annealing;
  annealing.seed = options.seed;
  annealing.max_steps = sweeps_of(options, kSweeps);
  annealing.moves = moves_of(static_cast<double>(box.dimension()));
  annealing.search_first = true;
  annealing.search.max_iterations = 20000;
  annealing.search.relative_fall = 1e-9;
  annealing.search.gradient_tolerance = 1e-9;
  const AnnealingResult r = anneal(box, function.start(), watch.limits, annealing);
  auto s = std::make_unique<ImageSolution>(problem, function.image(r.x));
  s->objective = r.value;
  s->lower_bound = bound;
  s->sweeps = r.steps;
  s->evaluations = r.evaluations;
  end(*s, r.limit, {Outcome::Solved, N_("all temperature steps were done")}, controller);
  return s;
}

std::unique_ptr<Solution> solve_gradient(const Problem& problem, const SolveOptions& options, Controller& controller) {
  ProblemFunction function(problem);
  const BoxFunction box = function.box();
  Watch watch(options, controller, problem, function);
  GradientOptions gradient;
  gradient.lipschitz = std::max(function.lipschitz(), 1e-9);
  gradient.modulus = problem.convex() ? function.modulus() : -1;
  gradient.max_iterations = sweeps_of(options, 1 << 30);
  gradient.gap_tolerance = options.gap_tolerance;
  gradient.step_tolerance = problem.convex() ? 0 : 1e-4;
  const GradientResult r = projected_gradient(box, function.start(), watch.limits, gradient);
  auto s = std::make_unique<ImageSolution>(problem, function.image(r.x));
  s->objective = r.value;
  s->lower_bound = r.lower_bound;
  s->sweeps = r.iterations;
  s->evaluations = r.evaluations;
  end(*s, r.limit,
      !r.converged       ? kSweepsUsed
      : problem.convex() ? kGapClosed
                         : Ending{Outcome::Solved, N_("no sample moved any more")},
      controller);
  return s;
}

}  // namespace bifocal::solver
