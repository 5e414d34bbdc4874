// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_request.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <bifocal/error.hpp>

#include "report/appearance.hpp"
#include "request/fit.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::request {
namespace {

/// Shares of the whole job, for the progress bar.
constexpr double kPlanned = 0.1, kSolved = 0.8;

/// Passes a part's progress on as its share of the whole; remembers what the caller said.
struct Share {
  ProgressCallback callback;
  Verdict verdict = Verdict::Continue;
  ProgressCallback part(double from, double to) {
    if (!callback) return {};
    return [this, from, to](const Progress& now) {
      Progress whole = now;
      whole.fraction = from + (to - from) * now.fraction;
      if (verdict == Verdict::Continue) verdict = callback(whole);
      return verdict;
    };
  }
};

double ratio(const Request& r, Size small) {
  return std::min(static_cast<double>(r.cover.width()) / small.width, static_cast<double>(r.cover.height()) / small.height);
}

bool averages_light(const Scaler& s) { return s.info().light == Light::Linear; }

void warn(const Request& r, const Scaler& scaler, Size small, Result& result) {
  if (averages_light(scaler))
    result.warnings.push_back(std::string(scaler.info().name).append(
                              " averages light, as the eye does: its thumbnail shows the cover, not the target"));
  if (ratio(r, small) < 2)
    result.warnings.push_back("the thumbnail is more than half as large as the image: there is little room for two pictures");
  result.warnings.push_back("the cover is seen at 100 % zoom; smaller or larger on the screen, the target shows through");
}

}  // namespace

Problem make_eye_problem(const Request& r, const Settings& settings, const Scaler& scaler, Image target,
                         std::optional<Image> weights, const std::function<bool()>& proceed) {
  tone::TwoInOneOptions o;
  o.sigma = settings.sigma;
  o.plan.cover_strength = settings.cover_strength;
  o.plan.target_strength = settings.target_strength * (r.balance < 100 ? std::max(0.05, r.balance / 100) : 1);
  o.plan.ghosting = settings.ghosting;
  if (!averages_light(scaler)) o.chosen = scaler;
  if (r.scaler == kAnyScaler) o.chosen_weight = 0.2;
  Problem p = tone::two_in_one(to_float(r.cover), target, o, proceed).problem;
  if (averages_light(scaler)) {
    // Reported only: its thumbnail cannot be the target.
    View v = View::scaled(scaler, r.cover.size(), std::move(target), 0);
    p.views.insert(p.views.begin(), std::move(v));
  }
  if (weights)
    for (View& v : p.views)
      if (v.linear() && v.look.target() == weights->size()) v.pixel_weights = *weights;
  p.views.front().exact = r.balance >= 100 && !averages_light(scaler) && r.scaler != kAnyScaler;
  return p;
}

Result run_eye(const Request& r, SolveOptions options) {
  const Settings settings = parse(r.options);
  Share share{options.progress};
  SolveOptions first = options;
  Problem problem;
  {
    const ProgressCallback planning = share.part(0, kPlanned);
    Progress progress;
    progress.phase = Phase::Planning;
    first.progress = [&](const Progress&) { return planning ? planning(progress) : Verdict::Continue; };
    problem = make_problem(r, first);
  }
  if (share.verdict == Verdict::Cancel) {
    Result cancelled;
    cancelled.outcome = Outcome::Cancelled;
    cancelled.why_stopped = "cancelled by the user";
    return cancelled;
  }
  const View& shown = problem.views.front();
  const bool exact = shown.exact && settings.repair;
  first.progress = share.part(kPlanned, exact ? kSolved : 1);
  first.exact_bytes = false;
  first.keep_continuous = exact || options.keep_continuous;
  Result result = solve(problem, first);
  if (result.outcome == Outcome::Cancelled) return result;

  if (exact && share.verdict == Verdict::Continue) {
    // The nearest image to what the eye got whose thumbnail is the plan's, to the byte.
    Problem near;
    near.cover = std::move(result.continuous);
    near.mask = problem.mask;
    near.views.push_back(View::pixels(near.cover.size()));
    View thumbnail = shown;
    thumbnail.picture = to_float(to_bytes(shown.picture));
    thumbnail.weight = exact_weight(shown.look);
    near.views.push_back(std::move(thumbnail));
    SolveOptions second = options;
    second.algorithm = "dual";
    second.max_sweeps = 200;
    second.progress = share.part(kSolved, 1);
    Result repaired = solve(near, second);
    if (repaired.outcome == Outcome::Cancelled) return repaired;
    result.image = std::move(repaired.image);
    result.continuous = std::move(repaired.continuous);
    result.views = std::move(repaired.views);
    result.repaired = repaired.repaired;
    result.seconds += repaired.seconds;
    if (repaired.outcome == Outcome::Stopped || repaired.outcome == Outcome::OutOfReach) result.outcome = repaired.outcome;
  }
  result.cover_psnr = psnr(result.image, r.cover);
  result.cover_ssim = ssim(result.image, r.cover);
  // Against what was asked for, not against the toned target.
  const Size small = shown.picture.size();
  const Image target = fit_target(r.target, r.target_alpha, small, r.fit, shown.scaler->resize(r.cover, small)).picture;
  result.appearance = report::appearance(result.image, r.cover, target, *shown.scaler, settings.sigma);
  warn(r, *shown.scaler, small, result);
  return result;
}

}  // namespace bifocal::request
