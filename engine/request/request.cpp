// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/request.hpp>

#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/scalers.hpp>

#include "error/edge.hpp"
#include "request/eye_request.hpp"
#include "request/eye_views.hpp"
#include "request/fit.hpp"
#include "request/goals.hpp"
#include "request/parts.hpp"
#include "request/reach_fit.hpp"
#include "request/sizes.hpp"
#include "request/weights.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal {
double request::exact_weight(const SeparableOperator& look) { return view_weight(look, 100); }

Scaler request::scaler_of(const Request& r, const Target& target) {
  if (target.scaler == kAnyScaler)
    throw Error(
        ErrorCode::UnknownScaler,
        _("\"any ordinary thumbnail\" needs the appearance \"to the eye\" and one target that is smaller than the "
          "cover; choose one scaler"));
  return Scaler::find(target.scaler).reading(r.file, r.cover.channels());
}

Scaler request::scaler_or_usual(const Request& r, const Target& target) {
  const std::string_view id = target.scaler == kAnyScaler ? scalers::kUsual : std::string_view(target.scaler);
  return Scaler::find(id).reading(r.file, r.cover.channels());
}

Image8 request::averaged(const Image8& image, Size to) {
  return image.size() == to ? image : Scaler::find(scalers::kAveraging).resize(image, to);
}

request::Parts request::take_apart(const Request& r) {
  const std::vector<Size> sizes = checked_sizes(r);
  const Target& target = r.target();
  if (!one_thumbnail(r, sizes))
    throw Error(ErrorCode::Unsupported, _("this is done for one target only, and one that is smaller than the cover"));
  const Scaler scaler = to_the_eye(r) ? scaler_or_usual(r, target) : scaler_of(r, target);
  return {scaler, goal_as<EyeGoal>(r.goal),
          fit_target(target.picture, target.alpha, sizes[0], r.fit, [&] { return scaler.resize(r.cover, sizes[0]); }),
          mask_of(r.selection), r.file};
}

namespace {

/// Pixel by pixel. `share`: the problem may use the request's own cover, and must not outlive it.
Problem problem_of(const Request& r, const std::vector<Size>& sizes, const PixelsGoal& goal, bool share) {
  Problem p;
  if (share)
    p.whole_cover = {std::shared_ptr<void>(), &r.cover};  // the request's, no copy
  else
    p.cover = to_float(r.cover);
  p.views.push_back(View::pixels(r.cover.size()));
  for (const Target& t : r.targets) {
    const Size size = sizes[p.views.size() - 1];
    const Scaler scaler = request::scaler_of(r, t);
    request::Fitted fitted =
        request::fit_target(t.picture, t.alpha, size, r.fit, [&] { return scaler.resize(r.cover, size); });
    View view = View::scaled(scaler, r.cover.size(), std::move(fitted.picture), 1);
    view.pixel_weights = std::move(fitted.weights);
    view.weight = t.weight * request::view_weight(view.look, r.balance, r.targets.size());
    view.exact = r.balance >= 100 && request::can_be_exact(r.cover.size(), size);
    p.views.push_back(std::move(view));
  }
  request::apply_norm(goal, p);
  p.mask = request::mask_of(r.selection);
  return p;
}

constexpr double kFitting = 0.5;  // of the whole job's progress

/// Fits the target into reach, then solves; both make one progress.
Result run_fitted(Problem& problem, const SolveOptions& options) {
  solver::Controller controller(options);
  SolveOptions part = options;
  part.progress = controller.part(0, kFitting, Phase::Planning);
  const std::optional<double> contrast = request::fit_into_reach(problem, problem.views.back(), part);
  if (!contrast) return solver::cancelled();
  part.progress = controller.part(kFitting, 1);
  Result r = solve(problem, part);
  if (*contrast < 1)
    r.warn("contrast-lowered",
           filled(_("the target's contrast was lowered to %ld %% so that the thumbnail can show it exactly"),
                  std::lround(100 * *contrast)));
  return r;
}

constexpr double kFarOff = 4;  // levels, on average; less is hardly seen

void warn_of_what_cannot_be_had(Result& result) {
  for (const ViewReport& v : result.views) {
    double mean = 0;
    for (const ChannelError& c : v.channels) mean += c.mean / static_cast<double>(v.channels.size());
    if (v.exact_pixels < 0.5 && mean > kFarOff)
      result.warn("cannot-be-had",
                  filled(_("\"%s\" cannot be had together with the other views and the cover: it is off by "
                           "%d levels on average"),
                         v.name.c_str(), static_cast<int>(std::lround(mean))));
  }
}

Result run_pixels(const Request& r, const std::vector<Size>& sizes, const SolveOptions& options) {
  const PixelsGoal goal = request::goal_as<PixelsGoal>(r.goal);
  const bool one = request::one_thumbnail(r, sizes), exact = r.balance >= 100;
  Problem problem = problem_of(r, sizes, goal, true);
  Result result = one && exact && goal.fit_reach ? run_fitted(problem, options) : solve(problem, options);
  if (!one && exact) warn_of_what_cannot_be_had(result);
  return result;
}

}  // namespace

OptionsFor options_for(const Request& r) try {
  return {appearance_of(r.goal), !request::one_thumbnail(r, request::checked_sizes(r)), r.balance};
} catch (...) {
  leave(r.cover.size());
}

Posed make_problem(const Request& r, const SolveOptions& options) try {
  const std::vector<Size> sizes = request::checked_sizes(r);
  if (!request::to_the_eye(r)) return {problem_of(r, sizes, request::goal_as<PixelsGoal>(r.goal), false), options};
  return request::one_thumbnail(r, sizes) ? request::make_eye_problem(r, request::take_apart(r), options)
                                          : request::make_eye_views_problem(r, sizes, options);
} catch (...) {
  leave(r.cover.size());
}

Result run(const Request& r, const SolveOptions& options) try {
  const std::vector<Size> sizes = request::checked_sizes(r);
  return !request::to_the_eye(r)            ? run_pixels(r, sizes, options)
         : request::one_thumbnail(r, sizes) ? request::run_eye(r, options)
                                            : request::run_eye_views(r, sizes, options);
} catch (...) {
  leave(r.cover.size());
}

}  // namespace bifocal
