// SPDX-License-Identifier: LGPL-3.0-or-later
// One solve from end to end: check, choose the algorithm, solve, round, repair, report.
#include <bifocal/solve.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>

#include <bifocal/error.hpp>

#include "bytes/bias.hpp"
#include "bytes/repair.hpp"
#include "bytes/rounding.hpp"
#include "error/edge.hpp"
#include "matrix/banded.hpp"
#include "progress/parallel.hpp"
#include "report/view_report.hpp"
#include "scaling/model.hpp"
#include "solver/accelerated.hpp"
#include "solver/algorithm.hpp"
#include "solver/reach.hpp"
#include "view/cover.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

using solver::Controller;
using solver::Solution;

struct Named {
  AlgorithmInfo info;
  solver::Algorithm run;  ///< null: takes no Problem
  bool convex_only;
};

constexpr Named kAlgorithms[] = {
    {{"dual", N_("one thumbnail, pixel by pixel")}, solver::solve_dual, true},
    {{"accelerated", N_("several views, and enlarging ones, pixel by pixel")}, solver::solve_accelerated, true},
    {{"lbfgs", N_("views in light, and several views to the eye")}, solver::solve_lbfgs, false},
    {{solver::kDither, N_("one thumbnail to the eye")}, nullptr, false},
    {{"annealing", N_("any views, slowly; for comparison")}, solver::solve_annealing, false},
    {{"gradient", N_("any views, slowly; for comparison")}, solver::solve_gradient, false},
};

const Named& choose(const Problem& problem, const std::string& name) {
  std::string known = "auto";
  for (const Named& a : kAlgorithms) {
    known.append(", ").append(a.info.name);
    if (name == "auto" ? (problem.convex() ? a.run == solver::convex_algorithm(problem) : !a.convex_only)
                       : name == a.info.name) {
      if (!a.run)
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
  }
  if (name == "auto") throw Error(ErrorCode::Unsupported, _("no algorithm can solve this combination of views"));
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
constexpr double kViewsOfChecking = 0.6;

constexpr double kBias = 0.1;  // levels; what rounding's noise alone does not reach

/// One exact view's arithmetic in one channel.
struct ExactPart {
  std::size_t view;
  scaling::FixedPoint arithmetic;
};

std::vector<ExactPart> exact_parts(const Problem& p, int channel) {
  std::vector<ExactPart> parts;
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    const View& v = p.views[k];
    if (!v.exact || !v.scaler) continue;
    if (auto arithmetic = v.scaler->model().fixed_point(p.size(), v.look.target(), channel, p.channels()))
      parts.push_back({k, std::move(*arithmetic)});
  }
  return parts;
}

/// Rounds and repairs one channel; returns Σ (continuous − cover)², adds to `repaired`.
double to_whole_levels(const Problem& p, const SolveOptions& o, const Solution& solution, int channel,
                       const std::vector<Image8>& wanted, Image8& image, std::size_t& repaired) {
  std::vector<ExactPart> parts = o.exact_bytes ? exact_parts(p, channel) : std::vector<ExactPart>();
  double bias = parts.size() == 1 ? bytes::expected_bias(parts.front().arithmetic) : 0;
  if (std::abs(bias) < kBias) bias = 0;
  const double squares = bytes::round_dithered([&](const RowSink& sink) { solution.rows(channel, sink); },
                                               cover_of(p, channel), bias, image.plane(channel));
  if (parts.empty() || !progress::ask()) return squares;
  std::vector<bytes::ExactView> exact;
  exact.reserve(parts.size());
  for (ExactPart& part : parts) {
    const View& v = p.views[part.view];
    exact.emplace_back(std::move(part.arithmetic), image.plane(channel), wanted[part.view].plane(channel),
                       v.pixel_weights ? v.pixel_weights->plane(0) : Plane<const float>{});
  }
  bytes::RepairLimits limits;
  limits.seed = o.seed + static_cast<std::uint64_t>(channel);
  repaired = bytes::repair(image.plane(channel), cover_of(p, channel), p.mask ? p.mask->plane(0) : Plane<const float>{},
                           exact, limits);
  return squares;
}

/// How far a byte that is right can be from the linear model, in levels: half a level, and as much again through the
/// vertical weights where bytes stand between the passes.
double rounding_slack(const View& view) { return 0.5 + 0.5 * matrix::largest_sum(view.look.vertical) + 0.01; }

/// Once the caller has asked to stop, figures that take long are left out.
void report(const Problem& p, const Solution& solution, double squares, Controller& controller, Result& r) {
  const progress::Spare spare = [&](const auto& figure) { controller.spare(solver::timing().after_stop, figure); };
  const Image8 rounded = p.whole_cover ? Image8() : to_bytes(p.cover);
  const Image8& cover = p.whole_cover ? *p.whole_cover : rounded;
  const double samples = static_cast<double>(cover.width()) * cover.height() * cover.channels();
  r.cover_psnr_continuous = squares > 0 ? 10 * std::log10(255. * 255. * samples / squares) : HUGE_VAL;
  bool exact_wanted = false, unreached = false;
  const double count = static_cast<double>(p.views.size());
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    const View& v = p.views[k];
    if (!v.scaler) continue;
    controller.done(kViewsOfChecking * static_cast<double>(k) / count);
    Image seen;
    ViewReport& view = report::add_view(
        v, [&] { return seen = solution.seen(k); }, p.mask ? &*p.mask : nullptr, spare, r);
    if (v.exact && view.unreached > 0 && !seen.empty())
      spare([&] { view.proven = solver::prove_out_of_reach(p, v, seen, rounding_slack(v), view.unreached_map); });
    exact_wanted |= v.exact;
    // Pixels that the continuous optimum itself misses by more than rounding are beyond any repair.
    unreached |= v.exact && view.unreached > 0 && view.residual_max > 0.5;
  }
  controller.done(kViewsOfChecking);
  report::measure_cover(r.image, cover, spare, r);
  if (r.outcome == Outcome::Solved && exact_wanted && unreached) r.outcome = Outcome::OutOfReach;
}

/// Can this be solved on a cover of bytes? By the dual, which asks for the cover's levels a piece at a time.
bool takes_bytes(const Problem& p, const Named& algorithm) {
  const auto pixels = [](const View& v) { return v.pixel_by_pixel() && v.weight > 0; };
  return algorithm.run == solver::solve_dual && p.norm == Norm::Squares &&
         std::count_if(p.views.begin(), p.views.end(), pixels) == 1;
}

Result solve_here(const Problem& given, const SolveOptions& o, Controller& controller) {
  Result r;
  controller.phase(Phase::Preparing, 0, 0);
  given.check();
  const Named& algorithm = choose(given, o.algorithm);
  const double prepared = algorithm.convex_only ? kPrepared : kGenerallyPrepared;
  controller.phase(Phase::Preparing, 0, prepared);
  std::optional<Problem> in_floats;
  if (given.whole_cover && !takes_bytes(given, algorithm)) in_floats = with_floats(given);
  const Problem& p = in_floats ? *in_floats : given;
  r.algorithm = algorithm.info.name;
  double seen = 0;
  for (const View& v : p.views)
    if (v.exact) seen += static_cast<double>(v.look.target().width) * v.look.target().height;
  seen /= static_cast<double>(p.size().width) * p.size().height;
  // The algorithms for any views take far longer than all that follows.
  const double rounded = algorithm.convex_only ? kRounded : kGenerallyRounded;
  const double solved =
      algorithm.convex_only ? kRounded - kRounding - std::min(kMostRepairing, kRepairing * seen) : kGenerallySolved;
  controller.phase(Phase::Solving, prepared, solved);
  // Annealing takes any objective as it is; the others take distances as squares with weights that change.
  const std::unique_ptr<Solution> solution = p.norm == Norm::Norms && algorithm.run != solver::solve_annealing
                                                 ? solver::solve_norms(p, o, controller, algorithm.run)
                                                 : algorithm.run(p, o, controller);
  // Stopped early, it may be unknown; else it is no solution.
  if (!std::isfinite(solution->objective) && !controller.stopped() && !controller.out_of_time())
    throw Error(ErrorCode::InvalidArgument, _("the numbers of this problem are too large for the arithmetic"));
  r.outcome = solution->outcome;
  r.why_stopped = solution->why_stopped;
  r.objective = solution->objective;
  if (std::isfinite(r.objective) && std::isfinite(solution->lower_bound))
    r.certificate =
        Certificate{solution->lower_bound,
                    r.objective > 0 ? std::max(0.0, (r.objective - solution->lower_bound) / r.objective) : 0};
  r.sweeps = solution->sweeps;
  r.evaluations = solution->evaluations;

  // What takes its time from here on shows what was found; an algorithm may have shown none of it.
  controller.when_picture_due([&] {
    for (int c = 0; c < p.channels(); ++c)
      solver::show_channel(
          p.size(), c, p.channels(), [&](const RowSink& sink) { solution->rows(c, sink); }, controller);
  });
  controller.phase(Phase::Rounding, solved, rounded);
  r.image = Image8(p.size().height, p.size().width, p.channels(), Unset());
  std::vector<Image8> wanted;
  for (const View& v : p.views) wanted.push_back(v.exact && !v.picture.empty() ? to_bytes(v.picture) : Image8());
  std::vector<double> squares(p.channels());
  std::vector<std::size_t> repaired(p.channels());
  parallel_for(0, p.channels(),
               [&](int c) { squares[c] = to_whole_levels(p, o, *solution, c, wanted, r.image, repaired[c]); });
  double total = 0;
  for (int c = 0; c < p.channels(); ++c) total += squares[c], r.repaired += repaired[c];
  if (o.keep_continuous) {
    r.continuous = Image(p.size().height, p.size().width, p.channels());
    for (int c = 0; c < p.channels(); ++c)
      solution->rows(c, [&](int y, int x, const float* levels, int n) {
        std::copy_n(levels, n, r.continuous.plane(c).row(y) + x);
      });
  }
  controller.phase(Phase::Checking, rounded, 1);
  report(p, *solution, total, controller, r);
  if (controller.stopped()) {
    r.outcome = Outcome::Stopped;
    r.why_stopped = _(solver::kStopped);
  }
  return r;
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
