// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_request.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <bifocal/error.hpp>

#include "image/jpeg.hpp"
#include "report/appearance.hpp"
#include "report/view_report.hpp"
#include "request/parts.hpp"
#include "request/share.hpp"
#include "solver/controller.hpp"
#include "tone/dither_solver.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::request {
namespace {

/// Shares of the whole job, for the progress bar.
constexpr double kPlanned = 0.2, kSolved = 0.9;
/// The thumbnail has less contrast of its own than what is seen of the cover: its side weighs more in the plan.
constexpr double kTargetShare = 1.31;
/// ... but JPEG takes more from the cover than from the thumbnail.
constexpr double kJpegTargetShare = 0.9;
/// Weight of colour differences within 2x2 pixels: more of it keeps less colour, less of it is lost to 4:2:0.
constexpr double kJpegChroma = 0.1;
/// DitherOptions::aim_gain: what the chroma term keeps the eye from seeing is not to be had by asking for more.
constexpr double kJpegAimGain = 0.8;

double ratio(const Request& r, Size small) {
  return std::min(static_cast<double>(r.cover.width()) / small.width, static_cast<double>(r.cover.height()) / small.height);
}

bool averages_light(const Scaler& s) { return s.info().light == Light::Linear; }

void warn(const Request& r, const Scaler& scaler, Size small, int jpeg, Result& result) {
  if (averages_light(scaler))
    result.warnings.push_back(std::string(scaler.info().name).append(
                              " averages light, as the eye does: its thumbnail shows the cover, not the target"));
  if (ratio(r, small) < 2)
    result.warnings.push_back("the thumbnail is more than half as large as the image: there is little room for two pictures");
  result.notes.push_back("the cover is seen at 100 % zoom; smaller or larger on the screen, the target shows through");
  if (jpeg == 0) result.notes.push_back("saved as JPEG, the cover is lost in grain, unless the image is made for that (the option jpeg=85)");
}

tone::TwoInOneOptions tone_options(const Request& r, const Settings& settings, const Scaler& scaler) {
  tone::TwoInOneOptions o = tone_options(settings, r.balance);
  if (!averages_light(scaler)) o.chosen = scaler;
  if (settings.jpeg > 0 && r.cover.channels() == 3) {
    o.chosen_weight = 2;  // no repair follows
    o.plan.target_strength *= kJpegTargetShare;
    if (settings.subsampling != 444) o.chroma = kJpegChroma;
  }
  return o;
}

/// Bytes that JPEG is going to change need not be exact.
bool exact_wanted(const Request& r, const Settings& settings, const Scaler& scaler) {
  return r.balance >= 100 && !averages_light(scaler) && r.scaler != kAnyScaler && settings.jpeg == 0;
}

Subsampling subsampling(int digits) {
  return digits == 444 ? Subsampling::Full : digits == 422 ? Subsampling::Columns : Subsampling::Both;
}

}  // namespace

tone::TwoInOneOptions tone_options(const Settings& settings, double balance) {
  tone::TwoInOneOptions o;
  o.sigma = settings.sigma;
  o.plan.cover_strength = settings.cover_strength;
  o.plan.target_strength = kTargetShare * settings.target_strength * (balance < 100 ? std::max(0.05, balance / 100) : 1);
  o.plan.ghosting = settings.ghosting;
  return o;
}

void count_planned_as_solved(Result& result, int planned) {
  if (result.outcome != Outcome::LimitReached || result.sweeps < planned) return;
  result.outcome = Outcome::Solved;
  result.why_stopped = "all of the planned " + std::to_string(planned) + " iterations were made";
}

Problem make_eye_problem(const Request& r, const Settings& settings, const Scaler& scaler, Image target,
                         std::optional<Image> weights, const std::function<bool()>& proceed) {
  Problem p = tone::two_in_one(r.cover, target, tone_options(r, settings, scaler), proceed).problem;
  if (averages_light(scaler)) {
    // Reported only: its thumbnail cannot be the target.
    View v = View::scaled(scaler, r.cover.size(), std::move(target), 0);
    p.views.insert(p.views.begin(), std::move(v));
  }
  if (weights)
    for (View& v : p.views)
      if (v.linear() && v.look.target() == weights->size()) v.pixel_weights = *weights;
  p.views.front().exact = exact_wanted(r, settings, scaler);
  return p;
}

namespace {

/// The solve by tone::solve_dither. `shown`: the chosen scaler's view; its picture becomes the toned target.
Result dither(const Request& r, Parts& parts, const SolveOptions& options, View& shown) {
  solver::Controller controller(options);
  Result result;
  result.algorithm = "heavy-ball";
  try {
    controller.phase(Phase::Planning, 0, kPlanned);
    const tone::TwoInOneOptions o = tone_options(r, parts.settings, parts.scaler);
    bool stopped = false;
    tone::Pictures pictures = tone::pictures(r.cover, parts.target.picture, o, [&] { return controller.tick(); });
    if (!averages_light(parts.scaler)) shown.picture = pictures.thumbnail;
    Image x = tone::start(pictures, o.chroma > 0);
    tone::DitherObjective objective(pictures.seen, pictures.thumbnail, parts.target.weights ? *parts.target.weights : Image(), o);
    pictures = {};
    objective.poll = [&] { controller.tick(); };
    controller.phase(Phase::Solving, kPlanned, 1);
    double last_shown = -1;
    tone::DitherOptions d;
    d.iterations = options.max_sweeps;
    if (o.chroma > 0) d.aim_gain = kJpegAimGain;
    if (parts.mask) d.cover = &r.cover, d.mask = &*parts.mask;
    d.proceed = [&](int iteration, double, const Image& now) {
      solver::Controller::Figures figures;
      figures.fraction = static_cast<double>(iteration) / d.iterations;
      figures.sweeps = iteration;
      if (options.progress && controller.seconds() - last_shown > 0.3) {
        controller.thumbnail(see(shown, now));
        last_shown = controller.seconds();
      }
      stopped = !controller.tick(figures);
      return !stopped;
    };
    const tone::DitherResult solved = tone::solve_dither(objective, x, d);
    result.outcome = solved.converged ? Outcome::Solved : controller.stopped() ? Outcome::Stopped : Outcome::LimitReached;
    result.why_stopped = solved.converged        ? "an iteration gained less than the tolerance"
                         : controller.stopped()  ? "the caller asked to stop"
                         : solved.interrupted    ? "the time limit was reached"
                                                 : "the iteration limit was reached";
    result.objective = solved.objective;
    result.lower_bound = -std::numeric_limits<double>::infinity();
    result.gap = 1;
    result.sweeps = solved.iterations;
    result.evaluations = solved.evaluations;
    count_planned_as_solved(result, options.max_sweeps);
    result.continuous = std::move(x);
  } catch (const solver::CancelSignal&) {
    result = Result();
    result.outcome = Outcome::Cancelled;
    result.why_stopped = "cancelled by the user";
  }
  result.seconds = controller.seconds();
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
  return solve(near, second);
}

}  // namespace

Result run_eye(const Request& r, SolveOptions options) {
  Share share{options.progress};
  SolveOptions first = options;
  Parts parts = take_apart(r, first);
  first.max_sweeps = planned_iterations(parts.settings, r.cover.size());
  const Scaler& scaler = parts.scaler;
  View shown = View::scaled(scaler, r.cover.size(), parts.target.picture, 0);
  shown.pixel_weights = parts.target.weights;
  const bool exact = shown.exact = exact_wanted(r, parts.settings, scaler);
  const bool repair = exact && parts.settings.repair;

  Result result;
  if (parts.settings.algorithm == "auto") {
    first.progress = share.part(0, repair ? kSolved : 1);
    const int cores = tbb::info::default_concurrency();
    tbb::task_arena arena(options.threads ? std::min(options.threads, cores) : cores);
    arena.execute([&] { result = dither(r, parts, first, shown); });
  } else {
    Problem problem;
    {
      const ProgressCallback planning = share.part(0, kPlanned);
      Progress progress;
      progress.phase = Phase::Planning;
      SolveOptions plan = options;
      plan.progress = [&](const Progress&) { return planning ? planning(progress) : Verdict::Continue; };
      problem = make_problem(r, plan);
    }
    if (share.verdict == Verdict::Cancel) {
      result.outcome = Outcome::Cancelled;
      result.why_stopped = "cancelled by the user";
      return result;
    }
    shown = problem.views.front();
    first.algorithm = parts.settings.algorithm;
    first.progress = share.part(kPlanned, repair ? kSolved : 1);
    first.exact_bytes = false;
    first.keep_continuous = true;
    result = solve(problem, first);
    count_planned_as_solved(result, first.max_sweeps);
  }
  if (result.outcome == Outcome::Cancelled) return result;

  if (repair && share.verdict == Verdict::Continue) {
    options.progress = share.part(kSolved, 1);
    options.seed = parts.settings.seed;
    Result second = repaired(shown, std::move(result.continuous), parts.mask, options);
    if (second.outcome == Outcome::Cancelled) return second;
    result.image = std::move(second.image);
    result.continuous = std::move(second.continuous);
    result.views = std::move(second.views);
    result.repaired = second.repaired;
    result.seconds += second.seconds;
    if (second.outcome == Outcome::Stopped || second.outcome == Outcome::OutOfReach) result.outcome = second.outcome;
  } else {
    result.image = to_bytes(result.continuous);
    result.views = {report::compare(shown, report::shown(shown, result.image), see(shown, result.continuous))};
    if (!options.keep_continuous) result.continuous = Image();
  }
  result.cover_psnr = psnr(result.image, r.cover);
  result.cover_ssim = ssim(result.image, r.cover);
  // Against what was asked for, not against the toned target.
  result.appearance = report::appearance(result.image, r.cover, parts.target.picture, scaler, parts.settings.sigma);
  if (parts.settings.jpeg > 0)
    report::add_after_jpeg(result.image, r.cover, parts.target.picture, scaler, parts.settings.sigma, parts.settings.jpeg,
                           subsampling(parts.settings.subsampling), result.appearance);
  warn(r, scaler, shown.picture.size(), parts.settings.jpeg, result);
  return result;
}

}  // namespace bifocal::request
