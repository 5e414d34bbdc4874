// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/dual_plan.hpp"

#include <algorithm>

namespace bifocal::solver {
namespace {

/// Several pixel-by-pixel views act as one, at their weighted mean, plus a constant.
std::unique_ptr<Image> mean_picture(const Problem& p, const std::vector<const View*>& pixels, DualPlan& plan) {
  auto mean = std::make_unique<Image>(p.cover.height(), p.cover.width(), p.channels());
  for (int c = 0; c < p.channels(); ++c)
    for (int y = 0; y < p.cover.height(); ++y) {
      float* to = mean->plane(c).row(y);
      const auto row = [&](const View* v) { return (v->picture.empty() ? p.cover : v->picture).plane(c).row(y); };
      for (const View* v : pixels)
        for (int x = 0; x < p.cover.width(); ++x) to[x] += static_cast<float>(v->weight / plan.weight) * row(v)[x];
      for (const View* v : pixels)
        for (int x = 0; x < p.cover.width(); ++x) {
          const double d = row(v)[x] - to[x];
          plan.constant += v->weight / 2 * d * d;
        }
    }
  return mean;
}

}  // namespace

DualPlan make_dual_plan(const Problem& p) {
  DualPlan plan;
  std::vector<const View*> pixels;
  std::vector<const SeparableOperator*> operators;
  for (const View& v : p.views)
    if (v.pixel_by_pixel() && v.weight > 0) pixels.push_back(&v);
  for (const View* v : pixels) plan.weight += v->weight;
  const Image& only = pixels.front()->picture;
  if (!only.empty())
    plan.picture = &only;
  else if (p.whole_cover)
    plan.whole = p.whole_cover.get();
  else
    plan.picture = &p.cover;
  if (pixels.size() > 1) plan.mean = mean_picture(p, pixels, plan);
  for (const View& v : p.views) {
    if (v.weight == 0 || std::find(pixels.begin(), pixels.end(), &v) != pixels.end()) continue;
    operators.push_back(&v.look);
    const double rho = v.weight / plan.weight;
    DualView d{&v, rho, Preconditioner(v.look, rho), {}, {}, {}};
    const Size size = v.look.target();
    d.inverse_curvature = Grid(size.height, size.width);
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const double full = d.preconditioner.diagonal(y, x);
        d.inverse_curvature.row(y)[x] = full > 0 ? static_cast<float>(1 / full) : 0.f;
      }
    d.inverse_rho = Grid(size.height, size.width);
    std::fill(d.inverse_rho.v.begin(), d.inverse_rho.v.end(), static_cast<float>(1 / rho));
    if (v.pixel_weights) {
      d.matters = Grid(size.height, size.width);
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
          const float w = v.pixel_weights->plane(0).row(y)[x];
          d.matters.row(y)[x] = w > 0;
          d.inverse_rho.row(y)[x] = w > 0 ? static_cast<float>(1 / (rho * w)) : 0.f;
        }
    }
    plan.views.push_back(std::move(d));
  }
  if (plan.mean) plan.picture = plan.mean.get();
  if (!operators.empty()) plan.sweep = std::make_unique<FusedSweep>(operators);
  return plan;
}

}  // namespace bifocal::solver
