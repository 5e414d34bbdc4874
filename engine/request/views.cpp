// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/views.hpp>

#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "error/edge.hpp"
#include "image/shape.hpp"
#include "request/eye_views.hpp"
#include "request/fit.hpp"
#include "request/options.hpp"
#include "request/parts.hpp"
#include "request/views.hpp"
#include "request/weights.hpp"
#include "scaling/view_size.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

void check(const ViewsRequest& r) {
  const auto wrong = [](const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); };
  if (r.cover.empty()) wrong(_("there is no cover"));
  if (r.cover.channels() != 1 && r.cover.channels() != 3) wrong(_("the cover must be grey or RGB"));
  if (r.views.empty()) wrong(_("there are no views: at least one target is needed"));
  if (r.views.size() > kMostViews)
    wrong(filled(_("there are %zu views; at most %zu are possible"), r.views.size(), std::size_t(kMostViews)));
  if (!(r.balance >= 0 && r.balance <= 100))
    wrong(filled(_("the balance %s is outside 0 to 100"), number_text(r.balance).c_str()));
  if (r.selection && (r.selection->size() != r.cover.size() || r.selection->channels() != 1))
    throw Error(ErrorCode::SizeMismatch, _("the selection has another size than the cover"));
}

/// Checks view number `n` (from 1) and says which size it has.
Size size_of(const ViewRequest& v, const Image8& cover, std::size_t n) {
  const auto wrong = [](const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); };
  if (v.target.empty()) wrong(filled(_("view %zu has no target"), n));
  if (v.target.channels() != cover.channels())
    throw Error(ErrorCode::SizeMismatch,
                filled(_("view %zu: the cover and the target must both be grey or both be in colour"), n));
  if (!(v.weight > 0 && v.weight <= 1000))
    wrong(
        filled(_("view %zu has the weight %s; it must be above 0 and at most 1000"), n, number_text(v.weight).c_str()));
  Size size = v.size;
  if (size == Size{}) {
    if (v.factor != 0 && !(v.factor >= 0.001 && v.factor <= 16))
      wrong(filled(_("view %zu has the factor %s; it must lie between %s and %s"), n, number_text(v.factor).c_str(),
                   number_text(0.001).c_str(), number_text(16).c_str()));
    size = v.factor == 0 ? v.target.size()
                         : Size{std::max(1, static_cast<int>(std::lround(cover.width() * v.factor))),
                                std::max(1, static_cast<int>(std::lround(cover.height() * v.factor)))};
  }
  scaling::check_view_size(filled(_("view %zu"), n), size, cover.size());
  if (size == cover.size())
    wrong(filled(_("view %zu has the cover's own size %s, where only the cover can be seen"), n, shape(size).c_str()));
  return size;
}

std::vector<Size> sizes_of(const ViewsRequest& r) {
  std::vector<Size> sizes;
  double pixels = 0;
  for (const ViewRequest& v : r.views) {
    sizes.push_back(size_of(v, r.cover, sizes.size() + 1));
    pixels += sizes.back().area();
  }
  scaling::check_pixels(pixels, r.cover.size());
  return sizes;
}

}  // namespace

namespace request {

bool can_be_exact(Size image, Size view) {
  return static_cast<double>(view.width) * view.height <= static_cast<double>(image.width) * image.height;
}

}  // namespace request

Posed make_problem(const ViewsRequest& r, const SolveOptions& caller) try {
  check(r);
  request::Settings settings = request::parse(r.options, caller);
  if (request::to_the_eye(r)) return request::make_eye_views_problem(r, sizes_of(r), std::move(settings));
  Problem p;
  const std::vector<Size> sizes = sizes_of(r);
  p.cover = to_float(r.cover);
  p.views.push_back(View::pixels(r.cover.size()));
  for (const ViewRequest& v : r.views) {
    const Size size = sizes[p.views.size() - 1];
    const Scaler scaler = Scaler::find(v.scaler).reading(r.file, r.cover.channels());
    request::Fitted fitted =
        request::fit_target(v.target, v.target_alpha, size, r.fit, [&] { return scaler.resize(r.cover, size); });
    View view = View::scaled(scaler, r.cover.size(), std::move(fitted.picture), 1);
    view.pixel_weights = std::move(fitted.weights);
    view.weight = v.weight * request::view_weight(view.look, r.balance, r.views.size());
    view.exact = r.balance >= 100 && request::can_be_exact(r.cover.size(), size);
    p.views.push_back(std::move(view));
  }
  p.mask = request::mask_of(r.selection);
  request::apply_objective(settings, p);
  return {std::move(p), std::move(settings.solve)};
} catch (...) {
  leave(r.cover.size());
}

Result run(const ViewsRequest& request, SolveOptions caller) try {
  check(request);
  const bifocal::request::Settings settings = bifocal::request::parse(request.options, caller);
  const auto use = bifocal::request::use_of(request.appearance, true, request.balance);
  if (bifocal::request::to_the_eye(request))
    return bifocal::request::with_ignored_options(bifocal::request::run_eye_views(request, sizes_of(request), settings),
                                                  settings, use);
  const Posed posed = make_problem(request, caller);
  Result result = bifocal::request::with_ignored_options(solve(posed.problem, posed.options), settings, use);
  if (request.balance >= 100)
    for (const ViewReport& v : result.views) {
      double mean = 0;
      for (const ChannelError& c : v.channels) mean += c.mean / v.channels.size();
      if (v.exact_pixels < 0.5 && mean > 4)
        result.warnings.push_back(
            filled(_("\"%s\" cannot be had together with the other views and the cover: it is off by "
                     "%d levels on average"),
                   v.name.c_str(), static_cast<int>(std::lround(mean))));
    }
  return result;
} catch (...) {
  leave(request.cover.size());
}

}  // namespace bifocal
