// SPDX-License-Identifier: LGPL-3.0-or-later
// The dual method for convex problems, channel by channel. With c the pixel-by-pixel picture, ρ_k the views' weights
// over that picture's weight, t_k their pictures and D_k their operators:
//
//   primal   P(x) = ½‖x − c‖² + Σ ρ_k/2 ‖t_k − D_k x‖²                       over the box
//   dual     g(λ) = ½‖x − c‖² + Σ ⟨λ_k, t_k − D_k x⟩ − ‖λ_k‖²/(2 ρ_k),       x = clip(c + Σ D_kᵀ λ_k)
//            ∇g   = f_k = t_k − D_k x − λ_k/ρ_k
//   gap      P(x) − g(λ) = Σ ρ_k/2 ‖f_k‖²   (weak duality makes g a certified bound for every image)
//
// g is concave and piecewise quadratic; its curvature is D A Dᵀ + 1/ρ with A = [x not clipped]. Where the outputs of
// the one view share no pixel every λ stands alone (disjoint.cpp); else steps are quasi-Newton (dual_ascent.cpp):
// Anderson mixing (Walker & Ni 2011) over the last pairs, on top of M = W^-½ (V Vᵀ ⊗ H Hᵀ)⁻¹ W^-½, W the share of
// curvature that clipping leaves. A step that lowers g is taken back; the plain step with W = 1 is one of sure ascent
// for one view.
#include <algorithm>

#include "matrix/compiled.hpp"
#include "progress/parallel.hpp"
#include "solver/algorithm.hpp"
#include "solver/disjoint.hpp"
#include "solver/dual_plan.hpp"

namespace bifocal::solver {
namespace {

class DualSolution final : public Solution {
 public:
  DualPlan plan;
  Plane<const float> mask;
  std::vector<DualChannel> channels;
  std::vector<std::size_t> order;  // problem view -> plan view, or npos

  void rows(int channel, const RowSink& sink) const override {
    const Levels center = plan.center(channel);
    if (plan.sweep) return plan.sweep->render(center, mask, channels[channel].duals, sink);
    std::vector<float> buffer(center.width());
    for (int y = 0; y < center.height(); ++y)
      sink(y, 0, center.row(y, 0, center.width(), buffer.data()), center.width());
  }
  Image seen(std::size_t k) const override {
    if (order[k] == std::string::npos) return {};
    const Grid& first = channels[0].seen[order[k]];
    Image image(first.height, first.width, static_cast<int>(channels.size()));
    for (std::size_t c = 0; c < channels.size(); ++c)
      for (int y = 0; y < first.height; ++y)
        std::copy_n(channels[c].seen[order[k]].row(y), first.width, image.plane(static_cast<int>(c)).row(y));
    return image;
  }
};

}  // namespace

std::unique_ptr<Solution> solve_dual(const Problem& problem, const SolveOptions& options, Controller& controller) {
  auto s = std::make_unique<DualSolution>();
  s->plan = make_dual_plan(problem);
  if (problem.mask) s->mask = problem.mask->plane(0);
  for (const View& v : problem.views) {
    s->order.push_back(std::string::npos);
    for (std::size_t k = 0; k < s->plan.views.size(); ++k)
      if (s->plan.views[k].view == &v) s->order.back() = k;
  }
  s->channels.resize(problem.channels());
  const bool disjoint = is_disjoint(s->plan);
  if (disjoint && controller.watched()) {
    // It has no thumbnail before its end: first what comes out of the cover.
    const SeparableOperator& look = s->plan.views.front().view->look;
    controller.thumbnail(s->plan.whole ? matrix::apply(look, *s->plan.whole) : matrix::apply(look, *s->plan.picture));
    controller.tick();
  }
  const auto solve = disjoint ? solve_disjoint : ascend;
  parallel_for(0, problem.channels(), [&](int c) { s->channels[c] = solve(s->plan, problem, c, options, controller); });
  s->objective = s->lower_bound = s->plan.constant;
  for (const DualChannel& c : s->channels) {
    s->objective += c.primal * s->plan.weight;
    s->lower_bound += c.dual_value * s->plan.weight;
    s->sweeps = std::max(s->sweeps, c.sweeps);
    // The worst of the channels speaks for all.
    if (s->why_stopped.empty() ||
        (s->outcome == Outcome::Solved && (c.ending.outcome != Outcome::Solved || c.softened))) {
      s->end(c.ending);
    }
  }
  return s;
}

}  // namespace bifocal::solver
