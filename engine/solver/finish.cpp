// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/finish.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "bytes/bias.hpp"
#include "bytes/repair.hpp"
#include "bytes/rounding.hpp"
#include "matrix/banded.hpp"
#include "progress/parallel.hpp"
#include "report/view_report.hpp"
#include "scaling/model.hpp"
#include "solver/reach.hpp"
#include "view/cover.hpp"

namespace bifocal::solver {
namespace {

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

/// Rounds and repairs all channels; returns Σ (continuous − cover)².
double to_whole_levels(const Problem& p, const SolveOptions& o, const Solution& solution, Result& r) {
  std::vector<Image8> wanted;
  for (const View& v : p.views) wanted.push_back(v.exact && !v.picture.empty() ? to_bytes(v.picture) : Image8());
  std::vector<double> squares(p.channels());
  std::vector<std::size_t> repaired(p.channels());
  r.image = Image8(p.size().height, p.size().width, p.channels(), Unset());
  parallel_for(0, p.channels(),
               [&](int c) { squares[c] = to_whole_levels(p, o, solution, c, wanted, r.image, repaired[c]); });
  r.repaired = std::accumulate(repaired.begin(), repaired.end(), std::size_t{0});
  return std::accumulate(squares.begin(), squares.end(), 0.0);
}

void report(const Problem& p, const Solution& solution, Controller& controller, const Image8& cover, Result& r) {
  const progress::Spare spare = [&](const auto& figure) { controller.spare(timing().after_stop, figure); };
  bool exact_wanted = false, unreached = false;
  const double count = static_cast<double>(p.views.size());
  for (std::size_t k = 0; k < p.views.size(); ++k) {
    const View& v = p.views[k];
    if (!v.scaler) continue;
    if (v.picture.empty()) {
      r.views.push_back(report::named(v));
      continue;
    }
    controller.done(kViewsOfChecking * static_cast<double>(k) / count);
    Image seen;
    ViewReport& view = report::add_view(
        v, [&] { return seen = solution.seen(k); }, p.mask ? &*p.mask : nullptr, spare, r);
    if (!v.exact || !v.linear()) continue;
    if (view.unreached > 0 && !seen.empty())
      spare([&] { view.proven = prove_out_of_reach(p, v, seen, rounding_slack(v), view.unreached_map); });
    exact_wanted = true;
    // Pixels that the continuous optimum itself misses by more than rounding are beyond any repair.
    unreached |= view.unreached > 0 && view.residual_max > 0.5;
  }
  controller.done(kViewsOfChecking);
  report::measure_cover(r.image, cover, spare, r);
  if (r.outcome == Outcome::Solved && exact_wanted && unreached) r.outcome = Outcome::OutOfReach;
}

}  // namespace

void tell(const Solution& s, Result& r) {
  r.algorithm = s.algorithm;
  r.outcome = s.outcome;
  r.why_stopped = s.why_stopped;
  r.objective = s.objective;
  r.certificate.reset();
  if (std::isfinite(s.objective) && std::isfinite(s.lower_bound))
    r.certificate =
        Certificate{s.lower_bound, s.objective > 0 ? std::max(0.0, (s.objective - s.lower_bound) / s.objective) : 0};
  r.sweeps = s.sweeps;
  r.evaluations = s.evaluations;
}

Image8 nearest_bytes(const Problem& p, const Solution& solution, const Controller& controller) {
  Image8 image = solution.hurried;
  if (image.empty()) {
    image = Image8(p.size().height, p.size().width, p.channels(), Unset());
    parallel_for(0, p.channels(), [&](int c) {
      bytes::round_nearest([&](const RowSink& sink) { solution.rows(c, sink); }, image.plane(c));
    });
  }
  if (p.mask && controller.stopped())
    for (int c = 0; c < p.channels(); ++c) bytes::hold(image.plane(c), cover_of(p, c), p.mask->plane(0));
  return image;
}

Result finish(const Problem& p, Solution& solution, const SolveOptions& o, Controller& controller, const Finish& how) {
  Result r;
  tell(solution, r);
  // What takes its time from here on shows what was found; an algorithm may have shown none of it.
  if (solution.hurried.empty())
    controller.when_picture_due([&] {
      for (int c = 0; c < p.channels(); ++c)
        show_channel(
            p.size(), c, p.channels(), [&](const RowSink& sink) { solution.rows(c, sink); }, controller);
    });
  controller.phase(Phase::Rounding, how.solved, how.rounded);
  if (how.dithered && solution.hurried.empty()) {
    const double squares = to_whole_levels(p, o, solution, r);
    const double samples = p.size().area() * p.channels();
    if (!how.cover) r.cover_psnr_continuous = squares > 0 ? 10 * std::log10(255. * 255. * samples / squares) : HUGE_VAL;
  } else {
    r.image = nearest_bytes(p, solution, controller);
  }
  controller.phase(Phase::Checking, how.rounded, how.checked);
  Image8 rounded;
  report(p, solution, controller, how.cover ? *how.cover : cover_bytes(p, rounded), r);
  if (o.keep_continuous && solution.hurried.empty()) r.continuous = solution.take(p.size(), p.channels());
  return r;
}

}  // namespace bifocal::solver
