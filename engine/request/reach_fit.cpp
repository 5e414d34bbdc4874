// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/reach_fit.hpp"

#include <algorithm>
#include <cmath>

namespace bifocal::request {
namespace {

constexpr int kHalvings = 7;      // leaves less than 1 % of the contrast undecided
constexpr int kSweeps = 30;       // what is in reach converges in fewer
constexpr double kReached = 0.4;  // levels; rounding and repair have the rest

Image with_contrast(const Image& picture, double s) {
  float low = 255, high = 0;
  for (int c = 0; c < picture.channels(); ++c)
    for (int y = 0; y < picture.height(); ++y) {
      const float* row = picture.plane(c).row(y);
      const auto [least, most] = std::minmax_element(row, row + picture.width());
      low = std::min(low, *least);
      high = std::max(high, *most);
    }
  const double mid = (static_cast<double>(low) + high) / 2;
  Image out(picture.height(), picture.width(), picture.channels());
  for (int c = 0; c < picture.channels(); ++c)
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        out.plane(c).row(y)[x] = static_cast<float>(std::round(mid + s * (picture.plane(c).row(y)[x] - mid)));
  return out;
}

}  // namespace

std::optional<double> fit_into_reach(Problem& problem, View& exact, const SolveOptions& options) {
  const Image picture = exact.picture;
  SolveOptions quick;
  quick.threads = options.threads;
  quick.exact_bytes = false;
  quick.max_sweeps = kSweeps;
  bool cancelled = false, stopped = false;
  int step = 0;
  if (options.progress)
    quick.progress = [&](const Progress& inner) {
      Progress outer = inner;
      outer.fraction = (step + inner.fraction) / (kHalvings + 1);
      return options.progress(outer);
    };
  const auto reached = [&](double s) {
    exact.picture = with_contrast(picture, s);
    const Result r = solve(problem, quick);
    ++step;
    cancelled |= r.outcome == Outcome::Cancelled;
    stopped |= r.outcome == Outcome::Stopped;
    return !cancelled &&
           std::all_of(r.views.begin(), r.views.end(), [](const ViewReport& v) { return v.residual_max <= kReached; });
  };
  double in_reach = reached(1) ? 1 : 0, beyond = 1;
  for (int i = 0; i < kHalvings && in_reach < 1 && !cancelled && !stopped; ++i) {
    const double middle = (in_reach + beyond) / 2;
    (reached(middle) ? in_reach : beyond) = middle;
  }
  if (in_reach == 0) in_reach = 1;
  exact.picture = in_reach < 1 ? with_contrast(picture, in_reach) : picture;
  if (cancelled) return std::nullopt;
  return in_reach;
}

}  // namespace bifocal::request
