// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_request.hpp"

#include <algorithm>
#include <utility>

#include "request/eye_shares.hpp"
#include "request/eye_showings.hpp"
#include "request/parts.hpp"
#include "solver/dither.hpp"
#include "solver/finish.hpp"
#include "tone/haste.hpp"
#include "tone/two_in_one.hpp"
#include "words/words.hpp"

namespace bifocal::request {
namespace {

using namespace std::chrono_literals;
using solver::Controller;

constexpr double kExactGap = 1e-3;  // nothing is certified of it; the residual's tolerance is what repair needs
constexpr int kExactSweeps = 200;
constexpr double kExactFound = 0.6;  // of its share, before it is rounded
constexpr int kShowings = 9, kJpegShowings = 2;
/// The thumbnail has less contrast of its own than what is seen of the cover: its side weighs more in the plan.
constexpr double kTargetShare = 1.31;
/// ... but JPEG takes more from the cover than from the thumbnail.
constexpr double kJpegTargetShare = 0.9;
/// Weight of colour differences within 2x2 pixels: more of it keeps less colour, less of it is lost to 4:2:0.
constexpr double kJpegChroma = 0.1;

/// Bytes that JPEG is going to change need not be exact.
bool exact_wanted(const Request& r, const Parts& parts) {
  return r.balance >= 100 && !averages_light(parts.scaler) && r.target().scaler != kAnyScaler && parts.goal.jpeg == 0;
}

}  // namespace

tone::TwoInOneOptions tone_options(const EyeGoal& goal, double balance) {
  tone::TwoInOneOptions o;
  o.sigma = goal.sigma;
  o.plan.cover_strength = goal.cover_strength;
  o.plan.target_strength = kTargetShare * goal.target_strength * (balance < 100 ? std::max(0.05, balance / 100) : 1);
  o.plan.ghosting = goal.ghosting;
  o.crisp = goal.crisp;
  return o;
}

tone::TwoInOneOptions tone_options(const Request& r, const EyeGoal& goal, const Scaler& scaler) {
  tone::TwoInOneOptions o = tone_options(goal, r.balance);
  if (!averages_light(scaler)) o.chosen = scaler;
  o.ordered = tone::suits_ordered_start(r.cover.size(), size_of(r, r.target()));
  if (goal.jpeg > 0 && r.cover.channels() == 3) {
    o.chosen_weight = 2;  // no repair follows
    o.plan.target_strength *= kJpegTargetShare;
    if (goal.subsampling != 444) o.chroma = kJpegChroma;
  } else if (o.ordered) {
    tone::make_use_of_ordered_start(o);
  }
  return o;
}

void count_planned_as_solved(solver::Solution& solution, int planned) {
  if (solution.outcome != Outcome::LimitReached || solution.sweeps < planned) return;
  solution.outcome = Outcome::Solved;
  solution.why_stopped =
      filled(plural("all of the planned %d iteration was made", "all of the planned %d iterations were made",
                    static_cast<unsigned long>(planned)),
             planned);
}

SolveOptions general_options(SolveOptions o, int planned) {
  if (o.algorithm == "auto") o.algorithm = "lbfgs";
  o.max_sweeps = limited(o, planned);
  return o;
}

namespace {

/// What the chosen scaler shows: reported, and perhaps exact. One that averages light cannot show the plan's thumbnail.
View shown_view(const Request& r, const Parts& parts, const Image& thumbnail) {
  View v =
      View::scaled(parts.scaler, r.cover.size(), averages_light(parts.scaler) ? parts.target.picture : thumbnail, 0);
  v.pixel_weights = parts.target.weights;
  return v;
}

/// As views, for the general algorithms.
Problem problem_of_views(const Request& r, const Parts& parts, const tone::TwoInOneOptions& tones) {
  Problem p = tone::two_in_one(r.cover, parts.target.picture, tones).problem;
  if (averages_light(parts.scaler)) p.views.insert(p.views.begin(), shown_view(r, parts, {}));
  if (parts.target.weights)
    for (View& v : p.views)
      if (v.linear() && v.look.target() == parts.target.weights->size()) v.pixel_weights = *parts.target.weights;
  p.mask = parts.mask;
  return p;
}

}  // namespace

TwoPictures two_pictures(const Parts& parts, const tone::TwoInOneOptions& tones, tone::Pictures pictures) {
  return {tones, std::move(pictures), parts.target.weights.value_or(Image())};
}

Problem dither_problem(const Image8& cover, std::optional<Image> mask, TwoPictures two) {
  Problem p;
  p.whole_cover = {std::shared_ptr<void>(), &cover};
  p.mask = std::move(mask);
  p.two_pictures = std::make_shared<const TwoPictures>(std::move(two));
  return p;
}

Posed make_eye_problem(const Request& r, const Parts& parts, const SolveOptions& options) {
  const bool own = options.algorithm == solver::kDither;
  const tone::TwoInOneOptions tones = tone_options(r, parts.goal, parts.scaler);
  Posed posed{{}, general_options(options, planned_iterations(parts.goal, r.cover.size()))};
  Planner planner(posed.options);
  progress::run(posed.options.threads, planner, [&] {
    posed.problem = problem_of_views(r, parts, tones);
    posed.problem.views.front().exact = exact_wanted(r, parts);
    if (own)
      posed.problem.two_pictures = std::make_shared<const TwoPictures>(two_pictures(
          parts, tones,
          tone::pictures(r.cover, tone::coarse(r.cover, parts.target.picture.size()), parts.target.picture, tones)));
  });
  return posed;
}

namespace {

/// What is to be solved. Where the caller asks to stop meanwhile: what can be had at once, for the dither alone.
Problem planned_problem(const Request& r, const Parts& parts, bool own, const EyeShares& shares,
                        Controller& controller) {
  const tone::TwoInOneOptions tones = tone_options(r, parts.goal, parts.scaler);
  const Image& target = parts.target.picture;
  controller.phase(Phase::Planning, 0, shares.planned);
  const Image small = tone::coarse(r.cover, target.size());
  controller.thumbnail(small);
  controller.done(shares.coarse);
  Problem p;
  if (!own && controller.spare(0ms, [&] { p = problem_of_views(r, parts, tones); })) return p;
  tone::Pictures pictures;
  if (!own || !controller.spare(0ms, [&] { pictures = tone::pictures(r.cover, small, target, tones); }))
    pictures = tone::pictures_in_haste(r.cover, small, target, tones, controller);
  controller.thumbnail(pictures.thumbnail);
  View shown = shown_view(r, parts, pictures.thumbnail);
  pictures.plan.seen = {};  // large, and no longer needed
  p = dither_problem(r.cover, parts.mask, two_pictures(parts, tones, std::move(pictures)));
  p.views.push_back(std::move(shown));
  return p;
}

/// The nearest image to `x` whose thumbnail is what `shown` wants, to the byte.
Problem exact_problem(Image x, View shown, std::optional<Image> mask) {
  Problem near;
  near.cover = std::move(x);
  near.mask = std::move(mask);
  near.views.push_back(View::pixels(near.cover.size()));
  shown.picture = to_float(to_bytes(shown.picture));
  shown.weight = exact_weight(shown.look);
  shown.exact = true;
  near.views.push_back(std::move(shown));
  return near;
}

SolveOptions exact_options(const SolveOptions& options) {
  SolveOptions o = options;
  o.algorithm = "dual";
  o.max_sweeps = kExactSweeps;
  o.max_evaluations = 0;
  o.gap_tolerance = kExactGap;
  return o;
}

Result run_here(const Request& r, const Parts& parts, const SolveOptions& options, Controller& controller) {
  const int planned = planned_iterations(parts.goal, r.cover.size());
  const bool own = options.algorithm == "auto" || options.algorithm == solver::kDither;
  bool exact = exact_wanted(r, parts) && options.exact_bytes;
  SolveOptions first = general_options(options, planned);
  const Size size = r.cover.size(), small = parts.target.picture.size();
  const double solving =
      own ? solver::dither_work(size, small, first.max_sweeps).solved
          : kEvaluation * size.area() * solver::evaluations_planned(first, size.area() * r.cover.channels());
  const EyeShares shares = eye_shares(size, small, solving, exact, parts.goal.jpeg > 0);
  Problem problem = planned_problem(r, parts, own, shares, controller);
  if (problem.two_pictures) first.algorithm = solver::kDither;
  const double plain = problem.two_pictures ? problem.two_pictures->pictures.plan.plain : 0;
  controller.phase(Phase::Solving, shares.planned, shares.solved);
  const auto solution = solver::minimise(problem, first, controller);
  count_planned_as_solved(*solution, planned);

  solver::Finish how{shares.solved, shares.repaired, shares.checked, false, &r.cover};
  exact = exact && !controller.stopped();
  Result result;
  if (exact) {
    problem.two_pictures.reset();
    const Problem near = exact_problem(solution->take(r.cover.size(), r.cover.channels()),
                                       std::move(problem.views.front()), std::move(problem.mask));
    const double found = shares.solved + kExactFound * (shares.repaired - shares.solved);
    controller.phase(Phase::Rounding, shares.solved, found);
    controller.forget_time();
    const SolveOptions second = exact_options(options);
    const auto nearest = solver::minimise(near, second, controller);
    how.solved = found, how.dithered = true;
    result = solver::finish(near, *nearest, second, controller, how);
    const Outcome reached = result.outcome;
    solver::tell(*solution, result);
    if (reached == Outcome::OutOfReach) result.outcome = reached;
  } else {
    result = solver::finish(problem, *solution, first, controller, how);
  }

  controller.phase(Phase::Checking, shares.checked, 1);
  const int figures = parts.goal.jpeg > 0 ? kShowings + kJpegShowings : kShowings;
  int done = 0;
  const progress::Spare spare = [&](const std::function<void()>& figure) {
    controller.spare(solver::timing().after_stop, figure);
    controller.done(std::min(1.0, static_cast<double>(++done) / figures));
  };
  show_one(result.image, r.cover, parts, spare, result);
  warn_of_one(r, parts, plain, result);
  return result;
}

}  // namespace

Result run_eye(const Request& r, const SolveOptions& options) {
  return solver::controlled(options, [&](Controller& controller) {
    controller.phase(Phase::Preparing, 0, 0);
    return run_here(r, take_apart(r), options, controller);
  });
}

}  // namespace bifocal::request
