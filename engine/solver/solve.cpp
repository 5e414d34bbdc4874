// SPDX-License-Identifier: LGPL-3.0-or-later
// The algorithms, which of them a problem takes, and one solve from end to end.
#include <bifocal/solve.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include <bifocal/error.hpp>

#include "error/edge.hpp"
#include "solver/accelerated.hpp"
#include "solver/finish.hpp"
#include "view/cover.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

using solver::Controller;
using solver::Solution;

struct Named {
  AlgorithmInfo info;
  solver::Algorithm run;
  bool convex_only;
};

constexpr Named kAlgorithms[] = {
    {{"dual", N_("one thumbnail, pixel by pixel")}, solver::solve_dual, true},
    {{"accelerated", N_("several views, and enlarging ones, pixel by pixel")}, solver::solve_accelerated, true},
    {{"lbfgs", N_("views in light, and several views to the eye")}, solver::solve_lbfgs, false},
    {{solver::kDither, N_("one thumbnail to the eye")}, solver::solve_dither, false},
    {{"annealing", N_("any views, slowly; for comparison")}, solver::solve_annealing, false},
    {{"gradient", N_("any views, slowly; for comparison")}, solver::solve_gradient, false},
};

const Named& choose(const Problem& problem, const std::string& name) {
  const solver::Algorithm suits = problem.two_pictures ? solver::solve_dither
                                  : problem.convex()   ? solver::convex_algorithm(problem)
                                                       : solver::solve_lbfgs;
  std::string known = "auto";
  for (const Named& a : kAlgorithms) {
    known.append(", ").append(a.info.name);
    if (name == "auto" ? a.run != suits : a.info.name != name) continue;
    if (a.run == solver::solve_dither && !problem.two_pictures)
      throw Error(ErrorCode::Unsupported, filled(_("the algorithm \"%s\" makes nothing but %s"), name.c_str(),
                                                 _(std::string(a.info.serves).c_str())));
    if (a.convex_only && !problem.convex())
      throw Error(ErrorCode::Unsupported,
                  filled(_("the algorithm \"%s\" needs a pixel-by-pixel cover and views without transfer functions"),
                         std::string(a.info.name).c_str()));
    if (a.run == solver::solve_dual && !solver::dual_takes(problem))
      throw Error(ErrorCode::Unsupported,
                  _("with a mask the algorithm \"dual\" needs pixel-by-pixel views of the cover itself"));
    return a;
  }
  throw Error(ErrorCode::InvalidArgument,
              filled(_("there is no algorithm \"%s\"; known are: %s"), name.c_str(), known.c_str()));
}

void check(const SolveOptions& o) {
  if (o.threads < 0) throw Error(ErrorCode::InvalidArgument, filled(_("the number of threads is %d"), o.threads));
  if (o.max_sweeps < 0) throw Error(ErrorCode::InvalidArgument, filled(_("the limit of sweeps is %d"), o.max_sweeps));
  if (!(o.gap_tolerance > 0)) throw Error(ErrorCode::InvalidArgument, _("the gap's tolerance must be above 0"));
  if (!(o.residual_tolerance > 0))
    throw Error(ErrorCode::InvalidArgument, _("the residual's tolerance must be above 0"));
}

/// Shares of the whole job, as bench-commands measures them.
constexpr double kPrepared = 0.02, kRounded = 0.87, kGenerallyPrepared = 0.001, kGenerallySolved = 0.96,
                 kGenerallyRounded = 0.98;
/// Rounding's: of any image, and of one whose views have as many pixels as itself, for their repair.
constexpr double kRounding = 0.2, kRepairing = 0.8, kMostRepairing = 0.25;

/// Can this be solved on a cover of bytes? To the eye, and by the dual, which asks for the cover's levels a piece at a
/// time.
bool takes_bytes(const Problem& p, const Named& algorithm) {
  if (algorithm.run == solver::solve_dither) return true;
  const auto pixels = [](const View& v) { return v.pixel_by_pixel() && v.weight > 0; };
  return algorithm.run == solver::solve_dual && p.norm == Norm::Squares &&
         std::count_if(p.views.begin(), p.views.end(), pixels) == 1;
}

}  // namespace

std::unique_ptr<Solution> solver::minimise(const Problem& given, const SolveOptions& o, Controller& controller) {
  const Named& algorithm = choose(given, o.algorithm);
  std::shared_ptr<const Problem> in_floats;
  if (given.whole_cover && !takes_bytes(given, algorithm))
    in_floats = std::make_shared<const Problem>(with_floats(given));
  const Problem& p = in_floats ? *in_floats : given;
  // Annealing takes any objective as it is; the others take distances as squares with weights that change.
  std::unique_ptr<Solution> solution = p.norm == Norm::Norms && algorithm.run != solve_annealing
                                           ? solve_norms(p, o, controller, algorithm.run)
                                           : algorithm.run(p, o, controller);
  // Stopped early, it may be unknown; else it is no solution.
  if (!std::isfinite(solution->objective) && !controller.stopped() && !controller.out_of_time())
    throw Error(ErrorCode::InvalidArgument, _("the numbers of this problem are too large for the arithmetic"));
  solution->algorithm = algorithm.info.name;
  solution->in_floats = std::move(in_floats);
  return solution;
}

namespace {

Result solve_here(const Problem& p, const SolveOptions& o, Controller& controller) {
  controller.phase(Phase::Preparing, 0, 0);
  p.check();
  // The algorithms for any views take far longer than all that follows.
  const bool convex = choose(p, o.algorithm).convex_only;
  const double prepared = convex ? kPrepared : kGenerallyPrepared, rounded = convex ? kRounded : kGenerallyRounded;
  controller.phase(Phase::Preparing, 0, prepared);
  double seen = 0;
  for (const View& v : p.views)
    if (v.exact) seen += v.look.target().area();
  seen /= p.size().area();
  const double solved = convex ? kRounded - kRounding - std::min(kMostRepairing, kRepairing * seen) : kGenerallySolved;
  controller.phase(Phase::Solving, prepared, solved);
  const std::unique_ptr<Solution> solution = solver::minimise(p, o, controller);
  return solver::finish(p, *solution, o, controller, {solved, rounded});
}

}  // namespace

const char* to_string(Phase phase) {
  switch (phase) {
    case Phase::Preparing:
      return _("preparing");
    case Phase::Planning:
      return _("planning");
    case Phase::Solving:
      return _("solving");
    case Phase::Rounding:
      return _("rounding to bytes");
    case Phase::Checking:
      return _("checking");
  }
  return "";
}

std::span<const AlgorithmInfo> algorithms() {
  static const auto infos = [] {
    std::array<AlgorithmInfo, std::size(kAlgorithms)> all;
    std::transform(std::begin(kAlgorithms), std::end(kAlgorithms), all.begin(), [](const Named& a) { return a.info; });
    return all;
  }();
  return infos;
}

Result solve(const Problem& problem, const SolveOptions& options) try {
  check(options);
  return solver::controlled(options, [&](Controller& controller) { return solve_here(problem, options, controller); });
} catch (...) {
  leave(problem.size());
}

}  // namespace bifocal
