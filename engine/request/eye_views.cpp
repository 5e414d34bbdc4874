// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_views.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/scalers.hpp>

#include "image/mapped.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/banded.hpp"
#include "matrix/compiled.hpp"
#include "progress/ask.hpp"
#include "request/eye_request.hpp"
#include "request/eye_showings.hpp"
#include "request/fit.hpp"
#include "request/parts.hpp"
#include "request/sizes.hpp"
#include "solver/finish.hpp"
#include "tone/haste.hpp"
#include "tone/looks.hpp"
#include "tone/two_in_one.hpp"
#include "words/words.hpp"

namespace bifocal::request {
namespace {

constexpr double kPlanned = 0.1, kSolved = 0.95;  // shares of the whole job by the usual algorithm, for its progress
constexpr double kRounding = 0.02, kChecking = 0.01;  // ... without showings
constexpr double kViewWeight = 4 * 0.2;               // of one requested view, all its pixels together, over the eyes'
constexpr double kEnlargedWeight = 4;                 // ... of one that enlarges
constexpr double kEnlargedSigma = 0.7;                // pixels of the enlarged image, in units of the eye's sigma
/// Share of the way from the mean of encoded values to what an eye sees of dither that interpolation has half smoothed.
constexpr double kLift = 0.3;
constexpr double kEnlargedMargin = 0.3;  // of the tone plan's lens: an exponent of about 1.6 instead of 2.2
constexpr int kIterations = 2;           // of the general solver for one of the eye's own
constexpr int kCorrections = 2;          // rounds in which that is measured and made up for

/// Of the general solver.
int planned(const Request& r) { return kIterations * planned_iterations(goal_as<EyeGoal>(r.goal), r.cover.size()); }

enum class Kind { Shrinks, Picks, Enlarges, Repeats, Light };

/// Every output is one sample.
bool picks(const SeparableOperator& look) { return look.vertical.support() <= 1 && look.horizontal.support() <= 1; }

Kind kind_of(const Scaler& scaler, Size image, Size view) {
  if (averages_light(scaler)) return Kind::Light;
  if (enlarges(view, image)) return picks(scaler.matrices(image, view)) ? Kind::Repeats : Kind::Enlarges;
  return scaler.info().antialiases && !picks(scaler.matrices(image, view)) ? Kind::Shrinks : Kind::Picks;
}

template <class F>
Image combined(const Image& a, const Image& b, const F& f) {
  Image out(a.height(), a.width(), a.channels());
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x)
        out.plane(c).row(y)[x] = static_cast<float>(f(a.plane(c).row(y)[x], b.plane(c).row(y)[x]));
  return out;
}

Image clipped(const Image& image) { return tone::clipped(image, 0, 255); }

/// The tone plan's grid of a view that enlarges: the dither needs two samples a cell.
Size grid_of(Size view, Size image) {
  return {std::min(view.width, std::max(1, image.width / 2)), std::min(view.height, std::max(1, image.height / 2))};
}

std::size_t leading(const std::vector<Kind>& kinds) {
  for (const Kind wanted : {Kind::Shrinks, Kind::Enlarges, Kind::Repeats, Kind::Picks})
    if (const auto at = std::find(kinds.begin(), kinds.end(), wanted); at != kinds.end())
      return static_cast<std::size_t>(at - kinds.begin());
  return 0;
}

View make_view(const Target& request, const Scaler& scaler, Kind kind, Size image, Image toned, double sigma) {
  View v = View::scaled(scaler, image, clipped(toned), 0);
  const Size size = toned.size();
  const double area = static_cast<double>(image.width) * image.height / (static_cast<double>(size.width) * size.height);
  if (kind == Kind::Light) return v;
  v.weight = kViewWeight * area * request.weight;
  if (kind != Kind::Enlarges && kind != Kind::Repeats) return v;
  v.weight = kEnlargedWeight * area * request.weight;
  const SeparableOperator blur = light::gaussian(kEnlargedSigma * sigma, size, 3);
  v.look = {matrix::product(blur.vertical, v.look.vertical), matrix::product(blur.horizontal, v.look.horizontal)};
  if (kind == Kind::Repeats) {
    v.decode = Transfer::Srgb;
    v.picture = mapped(v.picture, [](double level) { return light::decode(Transfer::Srgb, level); });
  }
  v.picture = clipped(matrix::apply(blur, v.picture));
  return v;
}

/// What an eye sees of the enlarged image, and the mean of encoded values there.
Image lift(const Scaler& scaler, const Image& x, Size size, double sigma) {
  const Image large = clipped(matrix::apply(scaler.matrices(x.size(), size), x));
  const Image eye = light::seen(large, sigma), average = matrix::apply(light::gaussian(sigma, size, 3), large);
  return combined(eye, average, [](double a, double b) { return a - b; });
}

struct EyeViews {
  Problem problem;
  double plain = 0;           // tone::Plan's
  std::vector<Image> wanted;  // what an eye should see of each view that enlarges by interpolation; else empty
};

Fitted fitted(const Request& r, std::size_t k, Size size) {
  const Target& v = r.targets[k];
  return fit_target(v.picture, v.alpha, size, r.fit,
                    [&] { return Scaler::find(scalers::kUsual).resize(r.cover, size); });
}

/// What is known before anything is planned.
struct Lead {
  std::vector<Scaler> scalers;
  std::vector<Kind> kinds;
  std::size_t leader = 0;
  Image target;  ///< the leader's
  tone::TwoInOneOptions options;

  Lead(const Request& r, const std::vector<Size>& sizes) : options(tone_options(goal_as<EyeGoal>(r.goal), r.balance)) {
    const Size image = r.cover.size();
    for (std::size_t k = 0; k < r.targets.size(); ++k) {
      scalers.push_back(scaler_of(r, r.targets[k]));
      kinds.push_back(kind_of(scalers[k], image, sizes[k]));
    }
    leader = leading(kinds);
    target = fitted(r, leader, kinds[leader] == Kind::Shrinks ? sizes[leader] : grid_of(sizes[leader], image)).picture;
    options.plan.keep_cast = options.plan.least_cast = 1;
    if (kinds[leader] == Kind::Enlarges) options.plan.low_margin = options.plan.flat_margin = kEnlargedMargin;
  }
};

EyeViews plan_views(const Request& r, const std::vector<Size>& sizes, const Lead& lead) {
  const double eye_sigma = lead.options.sigma;
  const Size image = r.cover.size();
  const std::vector<Scaler>& scalers = lead.scalers;
  const std::vector<Kind>& kinds = lead.kinds;
  const std::size_t leader = lead.leader;
  tone::TwoInOne two = tone::two_in_one(r.cover, lead.target, lead.options);
  EyeViews out;
  Problem& p = out.problem;
  p = std::move(two.problem);
  out.plain = two.pictures.plan.plain;
  // Only a shrinking leader is met by any ordinary thumbnail, too.
  if (kinds[leader] != Kind::Shrinks) std::erase_if(p.views, [](const View& v) { return v.linear(); });

  const double centre = mean(two.pictures.thumbnail), contrast = two.pictures.plan.target_contrast;
  const Image seen = mapped(two.pictures.plan.seen, [](double u) { return 255 * u; });
  const double seen_mean = mean(seen);
  out.wanted.resize(r.targets.size());
  std::vector<View> views;
  for (std::size_t k = 0; k < r.targets.size(); ++k) {
    Fitted own = fitted(r, k, sizes[k]);
    Image toned;
    if (kinds[k] == Kind::Light) {
      toned = own.picture;
    } else if (same_bytes(r.targets[k].picture, r.targets[leader].picture)) {
      toned = resampled(two.pictures.thumbnail, sizes[k]);
    } else {
      const double middle = mean(own.picture);
      toned = mapped(own.picture, [&](double v) { return centre + contrast * (v - middle); });
    }
    if (kinds[k] == Kind::Enlarges) {
      const double sigma = kEnlargedSigma * eye_sigma;
      out.wanted[k] = matrix::apply(light::gaussian(sigma, sizes[k], 3),
                                    mapped(toned, [&](double v) { return (1 - kLift) * v + kLift * seen_mean; }));
      toned = combined(toned, resampled(seen, sizes[k]),
                       [&](double v, double u) { return v + kLift / (1 - kLift) * (seen_mean - u); });
    }
    View v = make_view(r.targets[k], scalers[k], kinds[k], image, std::move(toned), eye_sigma);
    v.pixel_weights = std::move(own.weights);
    views.push_back(std::move(v));
  }
  p.views.insert(p.views.begin(), std::make_move_iterator(views.begin()), std::make_move_iterator(views.end()));
  p.mask = mask_of(r.selection);
  return out;
}

}  // namespace

Posed make_eye_views_problem(const Request& r, const std::vector<Size>& sizes, const SolveOptions& options) {
  Posed posed{{}, general_options(options, planned(r))};
  Planner planner(posed.options);
  progress::run(posed.options.threads, planner, [&] { posed.problem = plan_views(r, sizes, Lead(r, sizes)).problem; });
  return posed;
}

namespace {

/// Where phases end, as shares of the whole job.
struct Shares {
  double planned, solved, rounded, checked;
};
/// Another algorithm makes solving longer, or fewer iterations make it shorter.
Shares shares_of(const Request& r, const SolveOptions& options) {
  const double evaluations = solver::evaluations_planned(options, r.cover.size().area() * r.cover.channels());
  const double solving = (kSolved - kPlanned) * evaluations / planned(r), all = kPlanned + solving + 1 - kSolved;
  return {kPlanned / all, (kPlanned + solving) / all, (kPlanned + solving + kRounding) / all,
          (kPlanned + solving + kRounding + kChecking) / all};
}

/// Solves round after round, each with what the last one missed made up for. `limit`: sweeps of all rounds together, 0:
/// none.
std::unique_ptr<solver::Solution> solve_rounds(const Request& r, const std::vector<Size>& sizes, const Lead& lead,
                                               EyeViews& plan, SolveOptions options, int limit, const Shares& shares,
                                               solver::Controller& controller) {
  const bool corrects = std::any_of(plan.wanted.begin(), plan.wanted.end(), [](const Image& w) { return !w.empty(); });
  const int rounds = corrects ? 1 + kCorrections : 1;
  const int all = planned(r);
  const auto until = [&](int round) { return shares.planned + (shares.solved - shares.planned) * round / rounds; };
  int sweeps = 0;
  for (int round = 0;; ++round) {
    controller.phase(Phase::Solving, until(round), until(round + 1));
    auto solution = solver::minimise(plan.problem, options, controller);
    count_planned_as_solved(*solution, all);
    sweeps += solution->sweeps;
    const int left = limit > 0 ? limit - sweeps : all;
    if (round + 1 == rounds || left <= 0 || controller.stopped() || controller.out_of_time()) {
      solution->sweeps = sweeps;
      return solution;
    }
    options.max_sweeps = std::min(all, left);
    const double sigma = kEnlargedSigma * lead.options.sigma;
    Image x = solution->take(r.cover.size(), r.cover.channels());
    for (std::size_t k = 0; k < plan.wanted.size(); ++k) {
      if (plan.wanted[k].empty()) continue;
      const Image lifted = lift(lead.scalers[k], x, sizes[k], sigma);
      plan.problem.views[k].picture =
          clipped(combined(plan.wanted[k], lifted, [](double w, double l) { return w - l; }));
    }
    plan.problem.start = std::move(x);
  }
}

/// What can be had at once: the leader's plan, dithered.
Problem hurried(const Request& r, const std::vector<Size>& sizes, const Lead& lead, solver::Controller& controller) {
  const Image small = tone::coarse(r.cover, lead.target.size());
  Problem p = dither_problem(
      r.cover, mask_of(r.selection),
      {lead.options, tone::pictures_in_haste(r.cover, small, lead.target, lead.options, controller), {}});
  for (std::size_t k = 0; k < r.targets.size(); ++k) {
    p.views.push_back(View::scaled(lead.scalers[k], r.cover.size(), Image(sizes[k].height, sizes[k].width, 1), 0));
    p.views.back().picture = {};  // not planned
  }
  return p;
}

Result run_here(const Request& r, const std::vector<Size>& sizes, const SolveOptions& options, int limit,
                solver::Controller& controller) {
  using namespace std::chrono_literals;
  const Shares shares = shares_of(r, options);
  controller.phase(Phase::Planning, 0, shares.planned);
  const Lead lead(r, sizes);
  if (controller.watched()) controller.thumbnail(to_float(lead.scalers.front().resize(r.cover, sizes.front())));
  EyeViews plan;
  std::unique_ptr<solver::Solution> solution;
  if (controller.spare(0ms, [&] { plan = plan_views(r, sizes, lead); })) {
    solution = solve_rounds(r, sizes, lead, plan, options, limit, shares, controller);
  } else {
    plan.problem = hurried(r, sizes, lead, controller);
    SolveOptions own = options;
    own.algorithm = solver::kDither;
    solution = solver::minimise(plan.problem, own, controller);
  }
  Result result =
      solver::finish(plan.problem, *solution, options, controller, {shares.solved, shares.rounded, shares.checked});
  controller.phase(Phase::Checking, shares.checked, 1);
  const double figures = 1 + static_cast<double>(r.targets.size());
  int done = 0;
  const progress::Spare spare = [&](const std::function<void()>& figure) {
    controller.spare(solver::timing().after_stop, figure);
    controller.done(++done / figures);
  };
  warn_of_views(lead.scalers, show_views(r, lead.scalers, sizes, result.image, spare, result), plan.plain, result);
  return result;
}

}  // namespace

Result run_eye_views(const Request& r, const std::vector<Size>& sizes, const SolveOptions& caller) {
  SolveOptions options = general_options(caller, planned(r));
  options.exact_bytes = false;
  return solver::controlled(options, [&](solver::Controller& controller) {
    return run_here(r, sizes, options, caller.max_sweeps, controller);
  });
}

}  // namespace bifocal::request
