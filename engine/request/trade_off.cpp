// SPDX-License-Identifier: LGPL-3.0-or-later
// How far each view can be had: the request solved at several balances, and with each view alone.
#include <algorithm>
#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/views.hpp>

#include "error/edge.hpp"
#include "report/json_text.hpp"
#include "request/weights.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

/// The differences' root mean square over the pixels that count, in levels.
double difference(const View& v, const Problem& p, const Image& x) {
  const Image seen = v.pixel_by_pixel() ? x : see(v, x);
  const Image& picture = v.picture.empty() ? p.cover : v.picture;
  double squares = 0, weights = 0;
  for (int c = 0; c < seen.channels(); ++c)
    for (int y = 0; y < seen.height(); ++y)
      for (int i = 0; i < seen.width(); ++i) {
        const double w = v.pixel_weights ? v.pixel_weights->plane(0).row(y)[i] : 1;
        const double d = seen.plane(c).row(y)[i] - picture.plane(c).row(y)[i];
        squares += w * d * d;
        weights += w;
      }
  return weights > 0 ? std::sqrt(squares / weights) : 0;
}

Image continuous(const Problem& p, const SolveOptions& options) {
  Result r = solve(p, options);
  return std::move(r.continuous);
}

}  // namespace

TradeOff trade_off(const Request& request, int points, SolveOptions caller) try {
  if (points < 2 || points > 1000)
    throw Error(ErrorCode::InvalidArgument, filled(_("a curve of %d points is not possible"), points));
  if (std::holds_alternative<EyeGoal>(request.goal))
    throw Error(ErrorCode::Unsupported,
                _("what can be had (trade-off) is computed pixel by pixel only, not to the eye"));
  Request all = request;
  all.balance = 100;
  Posed posed = make_problem(all, caller);
  Problem& p = posed.problem;
  SolveOptions& options = posed.options;
  options.exact_bytes = false;
  options.keep_continuous = true;
  options.gap_tolerance = std::max(options.gap_tolerance, 1e-4);
  solver::Controller controller(options);
  SolveOptions inner = options;
  const int parts = points + static_cast<int>(p.views.size()) - 1;
  int part = 0;
  const auto next = [&] {
    inner.progress = controller.part(static_cast<double>(part) / parts, (part + 1.0) / parts);
    ++part;
    return !controller.stopped() && !controller.cancelled();
  };

  TradeOff t;
  for (std::size_t k = 1; k < p.views.size(); ++k) {
    t.names.push_back(p.views[k].name);
    t.untouched.push_back(difference(p.views[k], p, p.cover));
  }
  const std::vector<View> views = p.views;
  for (int n = 0; n < points && next(); ++n) {
    TradeOffPoint point;
    point.balance = 100.0 * n / (points - 1);
    for (std::size_t k = 1; k < views.size(); ++k) {
      const double share = request::view_weight(views[k].look, point.balance, views.size() - 1) /
                           request::view_weight(views[k].look, 100, views.size() - 1);
      p.views[k].weight = views[k].weight * (p.norm == Norm::Norms ? std::sqrt(share) : share);
    }
    const Image x = n == 0 ? p.cover : continuous(p, inner);
    if (x.empty()) break;
    point.cover = difference(views[0], p, x);
    for (std::size_t k = 1; k < views.size(); ++k) point.views.push_back(difference(views[k], p, x));
    if (n == points - 1) t.together = point.views;
    t.curve.push_back(std::move(point));
  }
  for (std::size_t k = 1; k < views.size() && next(); ++k) {
    p.views = {views[0], views[k]};
    const Image x = continuous(p, inner);
    if (x.empty()) break;
    t.alone.push_back(difference(views[k], p, x));
  }
  return t;
} catch (...) {
  leave(request.cover.size());
}

std::string to_json(const TradeOff& t) try {
  report::JsonText j;
  j.open('{');
  j.member("unit", "root mean square difference in levels");
  j.key("views");
  j.open('[');
  for (std::size_t k = 0; k < t.names.size(); ++k) {
    j.open('{');
    j.member("name", t.names[k]);
    if (k < t.untouched.size()) j.member("untouched", t.untouched[k]);
    if (k < t.alone.size()) j.member("alone", t.alone[k]);
    if (k < t.together.size()) j.member("together", t.together[k]);
    j.close();
  }
  j.close();
  j.key("curve");
  j.open('[');
  for (const TradeOffPoint& p : t.curve) {
    j.open('{');
    j.member("balance", p.balance);
    j.member("cover", p.cover);
    j.key("views");
    j.open('[');
    for (double v : p.views) j.value(v);
    j.close();
    j.close();
  }
  j.close();
  j.close();
  return j.text();
} catch (...) {
  leave();
}

}  // namespace bifocal
