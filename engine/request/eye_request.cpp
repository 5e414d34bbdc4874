// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_request.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <bifocal/error.hpp>

#include "light/eye.hpp"
#include "matrix/compiled.hpp"
#include "report/view_report.hpp"
#include "request/eye_shares.hpp"
#include "request/eye_showings.hpp"
#include "request/parts.hpp"
#include "solver/algorithm.hpp"
#include "solver/controller.hpp"
#include "tone/dither_solver.hpp"
#include "tone/haste.hpp"
#include "tone/two_in_one.hpp"
#include "words/words.hpp"

namespace bifocal::request {
namespace {

using namespace std::chrono_literals;
using solver::CancelSignal;
using solver::Controller;

constexpr double kRepairedGap = 1e-3;  // nothing is certified of it; the residual's tolerance is what repair needs
/// The thumbnail has less contrast of its own than what is seen of the cover: its side weighs more in the plan.
constexpr double kTargetShare = 1.31;
/// ... but JPEG takes more from the cover than from the thumbnail.
constexpr double kJpegTargetShare = 0.9;
/// Weight of colour differences within 2x2 pixels: more of it keeps less colour, less of it is lost to 4:2:0.
constexpr double kJpegChroma = 0.1;
/// DitherOptions::aim_gain then: what the chroma term keeps the eye from seeing is not to be had by asking for more.
constexpr double kJpegAimGain = 0.8;

/// Bytes that JPEG is going to change need not be exact.
bool exact_wanted(const Request& r, const Scaler& scaler, int jpeg) {
  return r.balance >= 100 && !averages_light(scaler) && r.target().scaler != kAnyScaler && jpeg == 0;
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

void count_planned_as_solved(Result& result, int planned) {
  if (result.outcome != Outcome::LimitReached || result.sweeps < planned) return;
  result.outcome = Outcome::Solved;
  result.why_stopped = filled(plural("all of the planned %d iteration was made",
                                     "all of the planned %d iterations were made", static_cast<unsigned long>(planned)),
                              planned);
}

SolveOptions general_options(SolveOptions o, int planned) {
  if (o.algorithm == "auto") o.algorithm = "lbfgs";
  o.max_sweeps = limited(o, planned);
  return o;
}

namespace {

Problem eye_problem(const Request& r, const Parts& parts) {
  const Scaler& scaler = parts.scaler;
  Problem p = tone::two_in_one(r.cover, parts.target.picture, tone_options(r, parts.goal, scaler)).problem;
  if (averages_light(scaler)) {
    // Reported only: its thumbnail cannot be the target.
    View v = View::scaled(scaler, r.cover.size(), parts.target.picture, 0);
    p.views.insert(p.views.begin(), std::move(v));
  }
  if (parts.target.weights)
    for (View& v : p.views)
      if (v.linear() && v.look.target() == parts.target.weights->size()) v.pixel_weights = *parts.target.weights;
  p.views.front().exact = exact_wanted(r, scaler, parts.goal.jpeg);
  p.mask = parts.mask;
  return p;
}

}  // namespace

Posed make_eye_problem(const Request& r, Parts parts, const SolveOptions& options) {
  Posed posed{{}, general_options(options, planned_iterations(parts.goal, r.cover.size()))};
  Planner planner(posed.options);
  progress::run(posed.options.threads, planner, [&] { posed.problem = eye_problem(r, parts); });
  return posed;
}

tone::DitherResult descend(tone::Pictures pictures, const std::optional<Image>& weights, const Image8& cover,
                           const std::optional<Image>& mask, const tone::TwoInOneOptions& tones, int iterations,
                           const std::function<bool(int, double, const Image&)>& proceed, Image& x) {
  tone::DitherObjective objective(pictures.seen, pictures.thumbnail, weights ? *weights : Image(), tones);
  pictures = {};  // large, and no longer needed
  tone::DitherOptions d;
  d.iterations = iterations;
  if (tones.chroma > 0) d.aim_gain = kJpegAimGain;
  if (mask) d.cover = &cover, d.mask = &*mask;
  d.proceed = proceed;
  return tone::solve_dither(objective, x, d);
}

void hold(Image8& image, const Image8& cover, const std::optional<Image>& mask) {
  if (!mask) return;
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) {
      std::uint8_t* x = image.plane(c).row(y);
      for (int i = 0; i < image.width(); ++i) {
        const double level = cover.plane(c).row(y)[i], m = mask->plane(0).row(y)[i];
        x[i] = static_cast<std::uint8_t>(
            std::clamp<double>(x[i], std::ceil(level - level * m), std::floor(level + (255 - level) * m)));
      }
    }
}

namespace {

/// The plan, dithered: what can be had at once, once the caller has asked to stop.
Image8 in_haste(const Request& r, const Parts& parts, const tone::Pictures& pictures, const tone::TwoInOneOptions& o) {
  Image8 image = tone::start_in_bytes(pictures, r.cover, o.chroma > 0);
  hold(image, r.cover, parts.mask);
  return image;
}

Image shown_by(const View& view, const Image& x) { return view.linear() ? matrix::apply(view.look, x) : see(view, x); }

void stop(Result& result) {
  result.outcome = Outcome::Stopped;
  result.why_stopped = _(solver::kStopped);
}

/// The solve by tone::solve_dither. `shown`: the chosen scaler's view; its picture becomes the toned target. Leaves
/// Result::continuous, or Result::image where the caller asked to stop before there was such a thing.
Result dither(const Request& r, const Parts& parts, const SolveOptions& options, int planned, const EyeShares& shares,
              Controller& controller, View& shown) {
  Result result;
  result.algorithm = solver::kDither;
  controller.phase(Phase::Planning, 0, shares.planned);
  const tone::TwoInOneOptions o = tone_options(r, parts.goal, parts.scaler);
  const Image small = tone::coarse(r.cover, parts.target.picture.size());
  controller.thumbnail(small);
  controller.done(shares.coarse);
  tone::Pictures pictures;
  const bool toned = controller.spare(0ms, [&] { pictures = tone::pictures(r.cover, small, parts.target.picture, o); });
  if (!toned) pictures = tone::pictures_in_haste(r.cover, small, parts.target.picture, o, controller);
  if (!averages_light(parts.scaler)) shown.picture = pictures.thumbnail;
  controller.thumbnail(pictures.thumbnail);
  controller.phase(Phase::Planning, shares.planned, shares.started);
  Image x;
  const bool started = controller.spare(0ms, [&] {
    tone::look_closely(pictures, r.cover);
    controller.done(shares.close);
    x = tone::start(pictures, o.chroma > 0);
  });
  if (!started) {
    result.image = in_haste(r, parts, pictures, o);
    stop(result);
    return result;
  }
  controller.phase(Phase::Solving, shares.started, shares.solved);
  tone::DitherResult solved;
  const int iterations = limited(options, planned);
  const bool whole = controller.spare(0ms, [&] {
    solved = descend(
        std::move(pictures), parts.target.weights, r.cover, parts.mask, o, iterations,
        [&](int iteration, double f, const Image& now) {
          result.sweeps = iteration, result.objective = f;
          Controller::Figures figures;
          figures.fraction = shares.prepared + (1 - shares.prepared) * iteration / iterations;
          figures.sweeps = iteration;
          controller.when_picture_due([&] {
            controller.thumbnail(shown_by(shown, now));
            controller.picture(light::from_afar(now, Progress::kPictureSide));
          });
          return controller.tick(figures);
        },
        x);
  });
  if (whole) {
    const solver::Ending ending =
        solved.converged ? solver::Ending{Outcome::Solved, N_("an iteration gained less than the tolerance")}
        : solved.interrupted || controller.stopped() ? controller.ending()
                                                     : solver::kSweepsUsed;
    result.outcome = ending.outcome;
    result.why_stopped = _(ending.why);
    result.objective = solved.objective;
    result.sweeps = solved.iterations;
    result.evaluations = solved.evaluations;
    count_planned_as_solved(result, planned);
  } else {
    stop(result);
  }
  if (controller.stopped()) {
    result.image = to_bytes(x);
    hold(result.image, r.cover, parts.mask);
  }
  result.continuous = std::move(x);
  return result;
}

/// The same by one of the general algorithms. `options`: general_options().
Result solve_generally(const Request& r, const Parts& parts, SolveOptions options, int iterations,
                       const EyeShares& shares, Controller& controller, View& shown) {
  controller.phase(Phase::Planning, 0, shares.started);
  if (controller.watched()) controller.thumbnail(tone::coarse(r.cover, parts.target.picture.size()));
  const tone::TwoInOneOptions o = tone_options(r, parts.goal, parts.scaler);
  Result result;
  Problem problem;
  const bool planned = controller.spare(0ms, [&] { problem = eye_problem(r, parts); });
  if (!planned) {
    result.algorithm = options.algorithm;
    const Image small = tone::coarse(r.cover, parts.target.picture.size());
    result.image = in_haste(r, parts, tone::pictures_in_haste(r.cover, small, parts.target.picture, o, controller), o);
    stop(result);
    return result;
  }
  shown = problem.views.front();
  options.progress = controller.part(shares.started, shares.solved, Phase::Solving);
  options.exact_bytes = false;
  options.keep_continuous = true;
  result = solve(problem, options);
  if (result.outcome == Outcome::Cancelled) throw CancelSignal{};
  count_planned_as_solved(result, iterations);
  // Bytes are made anew, so what was said of these is not of them.
  result.image = {};
  result.views.clear();
  if (controller.stopped()) result.image = to_bytes(result.continuous);
  return result;
}

/// The nearest image to what the eye got whose thumbnail is the plan's, to the byte.
Result repaired(const View& shown, Image x, const std::optional<Image>& mask, const SolveOptions& options) {
  Problem near;
  near.cover = std::move(x);
  near.mask = mask;
  near.views.push_back(View::pixels(near.cover.size()));
  View thumbnail = shown;
  thumbnail.picture = to_float(to_bytes(shown.picture));
  thumbnail.weight = exact_weight(shown.look);
  near.views.push_back(std::move(thumbnail));
  SolveOptions second = options;
  second.algorithm = "dual";
  second.max_sweeps = 200;
  second.max_seconds = 0;
  second.max_evaluations = 0;
  second.gap_tolerance = kRepairedGap;
  Result result = solve(near, second);
  if (result.outcome == Outcome::Cancelled) throw CancelSignal{};
  return result;
}

Result run_here(const Request& r, const Parts& parts, const SolveOptions& options, Controller& controller) {
  const int planned = planned_iterations(parts.goal, r.cover.size());
  const Scaler& scaler = parts.scaler;
  View shown = View::scaled(scaler, r.cover.size(), parts.target.picture, 0);
  shown.pixel_weights = parts.target.weights;
  const bool exact = shown.exact = exact_wanted(r, scaler, parts.goal.jpeg), repair = exact && options.exact_bytes;
  const bool dithers = options.algorithm == "auto" || options.algorithm == solver::kDither;
  const SolveOptions general = general_options(options, planned);
  const EyeShares shares =
      eye_shares(r.cover.size(), shown.picture.size(),
                 dithers ? limited(options, planned)
                         : solver::evaluations_planned(general, r.cover.size().area() * r.cover.channels()),
                 dithers ? kDitherCost : kEvaluationCost, repair, parts.goal.jpeg > 0);
  Result result = dithers ? dither(r, parts, options, planned, shares, controller, shown)
                          : solve_generally(r, parts, general, planned, shares, controller, shown);
  if (repair && !controller.stopped()) {
    SolveOptions exactly = options;
    exactly.progress = controller.part(shares.solved, shares.repaired, Phase::Rounding);
    Result second = repaired(shown, std::move(result.continuous), parts.mask, exactly);
    result.image = std::move(second.image);
    result.continuous = std::move(second.continuous);
    result.views = std::move(second.views);
    result.repaired = second.repaired;
    if (second.outcome == Outcome::Stopped) stop(result);
    if (second.outcome == Outcome::OutOfReach) result.outcome = second.outcome;
  }

  controller.phase(Phase::Checking, shares.repaired, 1);
  const int figures = 3 + 9 + (parts.goal.jpeg > 0 ? 2 : 0);
  int done = 0, left_out = 0;
  const progress::Spare spare = [&](const std::function<void()>& figure) {
    if (!controller.spare(solver::timing().after_stop, figure)) ++left_out;
    controller.done(std::min(1.0, static_cast<double>(++done) / figures));
  };
  if (result.image.empty()) result.image = to_bytes(result.continuous);
  if (result.views.empty())
    report::add_view(
        shown, [&] { return result.continuous.empty() ? Image() : shown_by(shown, result.continuous); },
        parts.mask ? &*parts.mask : nullptr, spare, result);
  if (!options.keep_continuous) result.continuous = Image();
  show_one(result.image, r.cover, parts, spare, result);
  report::measure_cover(result.image, r.cover, spare, result);
  warn_of_one(r, parts, result);
  if (controller.stopped()) stop(result);
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
