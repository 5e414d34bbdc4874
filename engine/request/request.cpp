// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/request.hpp>

#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>
#include <bifocal/scalers.hpp>

#include "error/edge.hpp"
#include "image/shape.hpp"
#include "request/eye_request.hpp"
#include "request/fit.hpp"
#include "request/options.hpp"
#include "request/parts.hpp"
#include "request/reach_fit.hpp"
#include "request/weights.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

void check(const Request& r, Size size) {
  if (r.cover.empty()) throw Error(ErrorCode::InvalidArgument, _("there is no cover"));
  if (r.target.empty()) throw Error(ErrorCode::InvalidArgument, _("there is no target"));
  if (r.cover.channels() != r.target.channels())
    throw Error(ErrorCode::SizeMismatch, _("the cover and the target must both be grey or both be in colour"));
  if (r.cover.channels() != 1 && r.cover.channels() != 3)
    throw Error(ErrorCode::InvalidArgument, _("the cover must be grey or RGB"));
  if (size.width < 1 || size.height < 1)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the small image's size %s is not possible"), shape(size).c_str()));
  if (size.width > r.cover.width() || size.height > r.cover.height() || size == r.cover.size())
    throw Error(ErrorCode::InvalidArgument, filled(_("the small image (%s) must be smaller than the cover (%s)"),
                                                   shape(size).c_str(), shape(r.cover.size()).c_str()));
  if (!(r.balance >= 0 && r.balance <= 100))
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the balance %s is outside 0 to 100"), number_text(r.balance).c_str()));
  if (r.selection && (r.selection->size() != r.cover.size() || r.selection->channels() != 1))
    throw Error(ErrorCode::SizeMismatch, _("the selection has another size than the cover"));
}

}  // namespace

double request::exact_weight(const SeparableOperator& look) { return view_weight(look, 100); }

request::Parts request::take_apart(const Request& r, const SolveOptions& caller) {
  const Size size = r.size == Size{} ? r.target.size() : r.size;
  check(r, size);
  const bool any = r.scaler == kAnyScaler;
  if (any && !request::to_the_eye(r))
    throw Error(
        ErrorCode::UnknownScaler,
        _("\"any ordinary thumbnail\" needs the appearance \"to the eye\"; choose one scaler for \"pixel by pixel\""));
  const Scaler scaler =
      Scaler::find(any ? scalers::kUsual : std::string_view(r.scaler)).reading(r.file, r.cover.channels());

  return {scaler, request::parse(r.options, caller),
          request::fit_target(r.target, r.target_alpha, size, r.fit, [&] { return scaler.resize(r.cover, size); }),
          mask_of(r.selection), r.file};
}

namespace {

/// `share`: the problem may use the request's own cover, and must not outlive it.
Problem problem_of(const Request& r, request::Parts parts, bool share) {
  const Scaler& scaler = parts.scaler;
  const request::Settings& settings = parts.settings;
  request::Fitted& fitted = parts.target;
  Problem p;
  if (share)
    p.whole_cover = &r.cover;
  else
    p.cover = to_float(r.cover);
  p.views.push_back(View::pixels(r.cover.size()));
  View small = View::scaled(scaler, r.cover.size(), std::move(fitted.picture), 1);
  small.pixel_weights = std::move(fitted.weights);
  small.weight = request::view_weight(small.look, r.balance);
  small.exact = r.balance >= 100;
  p.views.push_back(std::move(small));
  request::apply_objective(settings, p);
  p.mask = std::move(parts.mask);
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
    r.warnings.push_back(
        filled(_("the target's contrast was lowered to %ld %% so that the thumbnail can show it exactly"),
               std::lround(100 * *contrast)));
  return r;
}

}  // namespace

Posed make_problem(const Request& r, const SolveOptions& caller) try {
  request::Parts parts = request::take_apart(r, caller);
  if (request::to_the_eye(r)) return request::make_eye_problem(r, std::move(parts));
  SolveOptions options = parts.settings.solve;
  return {problem_of(r, std::move(parts), false), std::move(options)};
} catch (...) {
  leave(r.cover.size());
}

Result run(const Request& r, SolveOptions caller) try {
  const request::Use use = request::use_of(r.appearance, false, r.balance);
  if (request::to_the_eye(r))
    return request::with_ignored_options(request::run_eye(r, caller), request::parse(r.options), use);
  request::Parts parts = request::take_apart(r, caller);
  const request::Settings settings = parts.settings;
  const bool fits = settings.fit_reach && r.balance >= 100;
  Problem problem = problem_of(r, std::move(parts), true);
  return request::with_ignored_options(fits ? run_fitted(problem, settings.solve) : solve(problem, settings.solve),
                                       settings, use);
} catch (...) {
  leave(r.cover.size());
}

}  // namespace bifocal
