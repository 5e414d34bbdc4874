// SPDX-License-Identifier: LGPL-3.0-or-later
// One solve from end to end: check, choose the algorithm, solve, round, repair, report.
#include <bifocal/solve.hpp>

#include <algorithm>
#include <cmath>
#include <new>

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <bifocal/error.hpp>

#include "bytes/repair.hpp"
#include "bytes/rounding.hpp"
#include "report/view_report.hpp"
#include "scaling/model.hpp"
#include "solver/accelerated.hpp"
#include "solver/algorithm.hpp"
#include "solver/reach.hpp"

namespace bifocal {
namespace {

using solver::Controller;
using solver::Solution;

struct Named {
  const char* name;
  solver::Algorithm run;
  bool convex_only;
};

constexpr Named kAlgorithms[] = {
    {"dual", solver::solve_dual, true},
    {"accelerated", solver::solve_accelerated, true},
    {"lbfgs", solver::solve_lbfgs, false},
    {"annealing", solver::solve_annealing, false},
    {"gradient", solver::solve_gradient, false},
};

const Named& choose(const Problem& problem, const std::string& name) {
  std::string known = "auto";
  for (const Named& a : kAlgorithms) {
    known += std::string(", ") + a.name;
    if (name == "auto" ? (problem.convex() ? a.run == solver::convex_algorithm(problem) : !a.convex_only) : name == a.name) {
      if (a.convex_only && !problem.convex())
        throw Error(ErrorCode::Unsupported, std::string("the algorithm \"") + a.name +
                                                "\" needs a pixel-by-pixel cover and views without transfer functions");
      return a;
    }
  }
  if (name == "auto") throw Error(ErrorCode::Unsupported, "no algorithm can solve this combination of views");
  throw Error(ErrorCode::InvalidArgument, "there is no algorithm \"" + name + "\"; known are: " + known);
}

void check(const SolveOptions& o) {
  if (o.threads < 0) throw Error(ErrorCode::InvalidArgument, "the number of threads is " + std::to_string(o.threads));
  if (o.max_sweeps < 1) throw Error(ErrorCode::InvalidArgument, "the limit of sweeps is " + std::to_string(o.max_sweeps));
  if (!(o.gap_tolerance > 0)) throw Error(ErrorCode::InvalidArgument, "the gap's tolerance must be above 0");
  if (!(o.residual_tolerance > 0)) throw Error(ErrorCode::InvalidArgument, "the residual's tolerance must be above 0");
}

constexpr double kBias = 0.1;  // levels; what rounding's noise alone does not reach

std::vector<bytes::ExactView> exact_views(const Problem& p, int channel, const std::vector<Image8>& wanted, const Image8& image) {
  std::vector<bytes::ExactView> exact;
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    const View& v = p.views[k];
    if (!v.exact || !v.scaler) continue;
    auto arithmetic = v.scaler->model().fixed_point(p.size(), v.look.target(), channel, p.channels());
    if (!arithmetic) continue;
    exact.emplace_back(std::move(*arithmetic), image.plane(channel), wanted[k].plane(channel),
                       v.pixel_weights ? v.pixel_weights->plane(0) : Plane<const float>{});
  }
  return exact;
}

/// Rounds and repairs one channel; returns Σ (continuous − cover)², adds to `repaired`.
double to_whole_levels(const Problem& p, const SolveOptions& o, const Solution& solution, int channel, Controller& controller,
                       const std::vector<Image8>& wanted, Image8& image, std::size_t& repaired) {
  const auto round = [&](double bias) {
    return bytes::round_dithered(solution, channel, p.cover.plane(channel), bias, image.plane(channel));
  };
  const double squares = round(0);
  if (!o.exact_bytes) return squares;
  std::vector<bytes::ExactView> exact = exact_views(p, channel, wanted, image);
  if (exact.empty()) return squares;
  if (exact.size() == 1) {
    const double bias = exact.front().bias();
    if (std::abs(bias) > kBias) {
      round(bias);
      exact = exact_views(p, channel, wanted, image);
    }
  }
  bytes::RepairLimits limits;
  limits.seed = o.seed + static_cast<std::uint64_t>(channel);
  limits.go_on = [&] { return controller.tick(); };
  repaired = bytes::repair(image.plane(channel), p.cover.plane(channel), p.mask ? p.mask->plane(0) : Plane<const float>{},
                           exact, limits);
  return squares;
}

/// How far a byte that is right can be from the linear model, in levels: half a level, and as much again through the
/// vertical weights where bytes stand between the passes.
double rounding_slack(const View& view) {
  double most = 0;
  for (int r = 0; r < view.look.vertical.rows(); ++r) {
    double sum = 0;
    for (double w : view.look.vertical.weights(r)) sum += std::abs(w);
    most = std::max(most, sum);
  }
  return 0.5 + 0.5 * most + 0.01;
}

void report(const Problem& p, const Solution& solution, double squares, Result& r) {
  const Image8 cover = to_bytes(p.cover);
  r.cover_psnr = psnr(r.image, cover);
  const double samples = static_cast<double>(cover.width()) * cover.height() * cover.channels();
  r.cover_psnr_continuous = squares > 0 ? 10 * std::log10(255. * 255. * samples / squares) : HUGE_VAL;
  r.cover_ssim = ssim(r.image, cover);
  bool exact_wanted = false, unreached = false;
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    const View& v = p.views[k];
    if (!v.scaler) continue;
    const Image seen = solution.seen(k);
    r.views.push_back(report::compare(v, report::shown(v, r.image), seen));
    ViewReport& view = r.views.back();
    if (v.exact && view.unreached > 0 && !seen.empty())
      view.proven = solver::prove_out_of_reach(p, v, seen, rounding_slack(v), view.unreached_map);
    exact_wanted |= v.exact;
    // Pixels that the continuous optimum itself misses by more than rounding are beyond any repair.
    unreached |= v.exact && r.views.back().unreached > 0 && r.views.back().residual_max > 0.5;
  }
  if (r.outcome == Outcome::Solved && exact_wanted && unreached) r.outcome = Outcome::OutOfReach;
}

Result solve_here(const Problem& p, const SolveOptions& o) {
  Controller controller(o);
  Result r;
  try {
    controller.phase(Phase::Preparing, 0, 0.02);
    p.check();
    const Named& algorithm = choose(p, o.algorithm);
    r.algorithm = algorithm.name;
    controller.phase(Phase::Solving, 0.02, 0.8);
    // Annealing takes any objective as it is; the others take distances as squares with weights that change.
    const std::unique_ptr<Solution> solution = p.norm == Norm::Norms && algorithm.run != solver::solve_annealing
                                                   ? solver::solve_norms(p, o, controller, algorithm.run)
                                                   : algorithm.run(p, o, controller);
    r.outcome = solution->outcome;
    r.why_stopped = solution->why_stopped;
    r.objective = solution->objective;
    r.lower_bound = solution->lower_bound;
    r.gap = r.objective > 0 ? std::max(0.0, (r.objective - r.lower_bound) / r.objective) : 0;
    r.sweeps = solution->sweeps;
    r.evaluations = solution->evaluations;

    controller.phase(Phase::Rounding, 0.8, 0.95);
    r.image = Image8(p.cover.height(), p.cover.width(), p.channels());
    std::vector<Image8> wanted;
    for (const View& v : p.views) wanted.push_back(v.exact ? to_bytes(v.picture) : Image8());
    std::vector<double> squares(p.channels());
    std::vector<std::size_t> repaired(p.channels());
    tbb::parallel_for(0, p.channels(), [&](int c) {
      squares[c] = to_whole_levels(p, o, *solution, c, controller, wanted, r.image, repaired[c]);
    });
    double total = 0;
    for (int c = 0; c < p.channels(); ++c) total += squares[c], r.repaired += repaired[c];
    if (o.keep_continuous) {
      r.continuous = Image(p.cover.height(), p.cover.width(), p.channels());
      for (int c = 0; c < p.channels(); ++c)
        solution->rows(c, [&](int y, int x, const float* levels, int n) {
          std::copy_n(levels, n, r.continuous.plane(c).row(y) + x);
        });
    }
    controller.phase(Phase::Checking, 0.95, 1);
    report(p, *solution, total, r);
  } catch (const solver::CancelSignal&) {
    r = Result();
    r.outcome = Outcome::Cancelled;
    r.why_stopped = "cancelled by the user";
  }
  r.seconds = controller.seconds();
  return r;
}

}  // namespace

const char* to_string(Phase phase) {
  switch (phase) {
    case Phase::Preparing: return "preparing";
    case Phase::Planning: return "planning";
    case Phase::Solving: return "solving";
    case Phase::Rounding: return "rounding to bytes";
    case Phase::Checking: return "checking";
  }
  return "";
}

Result solve(const Problem& problem, const SolveOptions& options) {
  check(options);
  try {
    const int cores = tbb::info::default_concurrency();
    tbb::task_arena arena(options.threads ? std::min(options.threads, cores) : cores);
    Result result;
    arena.execute([&] { result = solve_here(problem, options); });
    return result;
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::OutOfMemory, "there is not enough memory for an image of " +
                                            std::to_string(problem.size().width) + "x" +
                                            std::to_string(problem.size().height) + " pixels");
  }
}

}  // namespace bifocal
