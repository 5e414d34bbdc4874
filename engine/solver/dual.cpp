// SPDX-License-Identifier: LGPL-3.0-or-later
// The dual method for convex problems, channel by channel. With c the pixel-by-pixel picture, ρ_k the views' weights over
// that picture's weight, t_k their pictures and D_k their operators:
//
//   primal   P(x) = ½‖x − c‖² + Σ ρ_k/2 ‖t_k − D_k x‖²                       over the box
//   dual     g(λ) = ½‖x − c‖² + Σ ⟨λ_k, t_k − D_k x⟩ − ‖λ_k‖²/(2 ρ_k),       x = clip(c + Σ D_kᵀ λ_k)
//            ∇g   = f_k = t_k − D_k x − λ_k/ρ_k
//   gap      P(x) − g(λ) = Σ ρ_k/2 ‖f_k‖²   (weak duality makes g a certified bound for every image)
//
// g is concave and piecewise quadratic; its curvature is D A Dᵀ + 1/ρ with A = [x not clipped]. Steps are quasi-Newton:
// Anderson mixing (Walker & Ni 2011) over the last pairs, on top of M = W^-½ (V Vᵀ ⊗ H Hᵀ)⁻¹ W^-½, W the share of curvature
// that clipping leaves. A step that lowers g is taken back; the plain step with W = 1 is one of sure ascent for one view.
#include <algorithm>
#include <cmath>
#include <utility>

#include <tbb/parallel_for.h>

#include "hot/hot.hpp"
#include "solver/algorithm.hpp"
#include "solver/anderson.hpp"
#include "solver/duals.hpp"
#include "solver/preconditioner.hpp"

namespace bifocal::solver {
namespace {

constexpr std::size_t kPairs = 5;
constexpr std::size_t kPairsOfMany = 20;  // of several views, which overlap in ways that no view's own preconditioner knows
constexpr int kPatience = 40;        // sweeps after which a view that is to be exact counts as out of reach somewhere
constexpr double kSofter = 5;        // ... and its weight is lowered by this, which conditions the rest of the solve well
constexpr double kSofterGap = 1e-3;  // ... to this gap
constexpr float kLeastFree = 0.02f;  // W from below: a fully clipped patch must not take endless steps

constexpr double kGoesWell = 0.1;    // a step takes the gap down to this share
constexpr double kShortest = 0.1;    // of a step that is worth a sweep
constexpr double kNoise = 1e-7;     // of the dual's value

constexpr char kOutOfReach[] =
    "part of the target is out of reach; the certificate is for a fifth of the thumbnail's weight";

/// What all channels share of one view.
struct DualView {
  const View* view;
  double rho;                // weight over the pixel view's weight
  Preconditioner preconditioner;
  Grid inverse_rho;          // 1/ρ per pixel
  Grid matters;              // 0 where the pixel weight is 0, else 1; empty when all matter
};

/// Everything that is the same for all channels.
struct Plan {
  std::vector<DualView> views;
  std::unique_ptr<FusedSweep> sweep;
  const Image* center;       // the pixel-by-pixel picture
  std::unique_ptr<Image> mean;  // ... when there are several
  double weight = 0;         // of the pixel-by-pixel views together
  double constant = 0;       // of the objective, when pixel-by-pixel views disagree
};

/// Several pixel-by-pixel views act as one, at their weighted mean, plus a constant.
std::unique_ptr<Image> mean_picture(const Problem& p, const std::vector<const View*>& pixels, Plan& plan) {
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

Plan make_plan(const Problem& p) {
  Plan plan;
  std::vector<const View*> pixels;
  std::vector<const SeparableOperator*> operators;
  for (const View& v : p.views)
    if (v.pixel_by_pixel() && v.weight > 0) pixels.push_back(&v);
  for (const View* v : pixels) plan.weight += v->weight;
  const auto picture = [&](const View* v) -> const Image& { return v->picture.empty() ? p.cover : v->picture; };
  plan.center = &picture(pixels.front());
  if (pixels.size() > 1) plan.mean = mean_picture(p, pixels, plan);
  for (const View& v : p.views) {
    if (v.weight == 0 || std::find(pixels.begin(), pixels.end(), &v) != pixels.end()) continue;
    operators.push_back(&v.look);
    const double rho = v.weight / plan.weight;
    DualView d{&v, rho, Preconditioner(v.look, rho), {}, {}};
    const Size size = v.look.target();
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
  if (plan.mean) plan.center = plan.mean.get();
  if (!operators.empty()) plan.sweep = std::make_unique<FusedSweep>(operators);
  return plan;
}

/// The method on one channel.
class Channel {
 public:
  Channel(const Plan& plan, const Problem& p, int channel) : plan_(plan), channel_(channel), channels_(p.channels()) {
    // Views that want the same add up to as many times the step that one of them needs.
    damping_ = 1.0 / std::max<std::size_t>(1, plan.views.size());
    center_ = plan.center->plane(channel);
    if (p.mask) mask_ = p.mask->plane(0);
    for (const DualView& v : plan.views) {
      const Size size = v.view->look.target();
      targets_.emplace_back(size.height, size.width);
      for (int y = 0; y < size.height; ++y) std::copy_n(v.view->picture.plane(channel).row(y), size.width, targets_.back().row(y));
      best_.duals.emplace_back(size.height, size.width);
      share_.emplace_back(size.height, size.width);
    }
  }

  void solve(const SolveOptions& options, Controller& controller) {
    if (plan_.views.empty()) return;
    Anderson history(plan_.views.size() > 1 ? kPairsOfMany : kPairs);
    Point next;
    Duals f;
    evaluate(best_, true);
    bool new_curvature = true;
    Step step = Step::Mixed;
    for (sweeps_ = 1;; ++sweeps_) {
      if (new_curvature || step >= Step::Plain) set_share(step == Step::Sure);
      if (converged(best_, options))
        return end(Outcome::Solved, soft_ > 1 ? kOutOfReach : "the duality gap is small enough");
      if (sweeps_ == kPatience && soft_ == 1 && wants_exact()) {
        soft_ = kSofter;
        history.clear();
        weigh(best_);
        step = Step::Plain;
        continue;
      }
      if (!(controller.watched() ? controller.tick(figures(options)) : controller.tick())) {
        return controller.stopped() ? end(Outcome::Stopped, "stopped by the user")
                                    : end(Outcome::LimitReached, "the time was up");
      }
      controller.thumbnail(channel_, channels_, best_.out.seen[0]);
      if (sweeps_ >= options.max_sweeps) return end(Outcome::LimitReached, "the limit of sweeps was reached");

      if (step == Step::Shorter && !shorten(next)) {
        step = Step::Plain;
        history.clear();
      }
      if (step != Step::Shorter) {
        next.duals = best_.duals;
        f = best_.gradient;
        if (step == Step::Mixed) history.mix(f, next.duals);
        add_preconditioned(f, next.duals);
      }
      // Which samples are clipped settles soon; while all goes well, a curvature that is a few steps old serves too.
      new_curvature = sweeps_ < 3 || sweeps_ % 4 == 0 || best_.gap > kGoesWell * last_gap_;
      evaluate(next, new_curvature);
      if (accepted(next)) {
        last_gap_ = best_.gap;
        history.remember(best_.duals, next.duals, best_.gradient, next.gradient);
        if (!new_curvature) next.out.curvature.swap(best_.out.curvature);
        std::swap(best_, next);
        step = Step::Mixed;
      } else if (step == Step::Sure) {
        // Several views pull at once: their steps add up to more than one of them needs.
        damping_ *= 0.5;
        if (damping_ < 1e-6) return end(Outcome::LimitReached, "float precision allows no further step");
      } else {
        new_curvature = false;
        step = static_cast<Step>(static_cast<int>(step) + 1);
        if (step == Step::Plain) history.clear();
      }
    }
  }

  void rows(const RowSink& sink) const {
    if (plan_.sweep) return plan_.sweep->render(center_, mask_, best_.duals, sink);
    for (int y = 0; y < center_.height; ++y) sink(y, 0, center_.row(y), center_.width);
  }

  double primal() const { return best_.primal * plan_.weight; }
  double bound() const { return best_.dual_value * plan_.weight; }
  int sweeps() const { return sweeps_; }
  bool softened() const { return soft_ > 1; }
  Outcome outcome() const { return outcome_; }
  const std::string& why() const { return why_; }
  const Grid& seen(std::size_t k) const { return best_.out.seen[k]; }

 private:
  struct Point {
    Duals duals, gradient;
    FusedSweep::Output out;
    double dual_value = 0, primal = 0, gap = 1;
  };

  /// What is tried, in this order, until the dual rises.
  enum class Step { Mixed, Shorter, Plain, Sure };

  /// Sums of floats leave that much of noise in the dual's value; a gap is known far better.
  bool accepted(const Point& next) const {
    const double rise = (next.dual_value - best_.dual_value) / std::abs(best_.dual_value);
    return rise >= -1e-9 || (rise >= -kNoise && next.gap < best_.gap);
  }

  /// Back to where the dual's slope along the refused step was zero, if it was linear; not if next to nothing is left.
  bool shorten(Point& next) {
    subtract(next.duals, best_.duals, step_);
    const double first = dot(best_.gradient, step_), last = dot(next.gradient, step_);
    const double t = first > last ? std::min(first / (first - last), 0.9) : 0;
    if (t < kShortest) return false;
    next.duals = best_.duals;
    add(next.duals, {static_cast<float>(t)}, {&step_});
    return true;
  }

  void evaluate(Point& p, bool curvature) {
    plan_.sweep->run(center_, mask_, p.duals, curvature, p.out);
    weigh(p);
  }

  /// Gradient and values from what the sweep saw.
  void weigh(Point& p) const {
    p.gradient.resize(plan_.views.size());
    p.primal = p.out.squares / 2;
    double slack = 0;
    for (std::size_t k = 0; k < plan_.views.size(); ++k) {
      const DualView& v = plan_.views[k];
      const Grid& target = targets_[k];
      Grid& f = p.gradient[k];
      if (f.v.empty()) f = Grid(target.height, target.width);
      double sums[2] = {};  // Σ ρ r², Σ ρ f²
      hot::loops().weigh(target.v.data(), p.out.seen[k].v.data(), p.duals[k].v.data(), v.inverse_rho.v.data(), soften(v),
                         f.v.size(), f.v.data(), sums);
      p.primal += sums[0] / 2;
      slack += sums[1] / 2;
    }
    // Both are far larger than their difference, which is known by itself.
    p.dual_value = p.primal - slack;
    p.gap = p.primal > 0 ? slack / p.primal : 0;
  }

  bool wants_exact() const {
    return std::any_of(plan_.views.begin(), plan_.views.end(), [](const DualView& v) { return v.view->exact; });
  }
  float soften(const DualView& v) const { return v.view->exact ? static_cast<float>(soft_) : 1.f; }

  bool converged(const Point& p, const SolveOptions& o) const {
    if (soft_ > 1) return p.gap <= std::max(o.gap_tolerance, kSofterGap);
    return p.gap <= o.gap_tolerance && largest(p.gradient) <= o.residual_tolerance;
  }

  /// W^-½, from the curvature at the best point; 1 for the first step and after a second rejection.
  void set_share(bool one) {
    for (std::size_t k = 0; k < plan_.views.size(); ++k) {
      const DualView& v = plan_.views[k];
      for (int y = 0; y < share_[k].height; ++y)
        for (int x = 0; x < share_[k].width; ++x) {
          float w = 1;
          if (!one && sweeps_ > 1) {
            const float full = static_cast<float>(v.preconditioner.diagonal(y, x));
            w = full > 0 ? std::max(best_.out.curvature[k].row(y)[x] / full, kLeastFree) : 1.f;
          }
          share_[k].row(y)[x] = 1 / std::sqrt(w);
        }
    }
  }

  /// duals += M f; changes f.
  void add_preconditioned(Duals& f, Duals& duals) {
    for (std::size_t k = 0; k < f.size(); ++k) {
      const DualView& v = plan_.views[k];
      Grid& g = f[k];
      const float damp = static_cast<float>(damping_);
      for (std::size_t i = 0; i < g.v.size(); ++i) g.v[i] *= share_[k].v[i];
      v.preconditioner.apply(g, scratch_);
      if (damp != 1)
        for (float& value : g.v) value *= damp;
      if (!v.matters.v.empty())
        for (std::size_t i = 0; i < g.v.size(); ++i) g.v[i] *= v.matters.v[i];
      hot::loops().multiply_add(duals[k].v.data(), g.v.data(), share_[k].v.data(), g.v.size());
    }
  }

  Controller::Figures figures(const SolveOptions& o) const {
    Controller::Figures f;
    f.channel = channel_;
    f.channels = channels_;
    f.sweeps = sweeps_;
    f.gap = best_.gap;
    std::size_t near = 0;
    for (std::size_t i = 0; i < targets_[0].v.size(); ++i) {
      const double e = std::abs(targets_[0].v[i] - best_.out.seen[0].v[i]);
      f.residual_max = std::max(f.residual_max, e);
      near += e < 0.5;
    }
    f.exact_share = static_cast<double>(near) / targets_[0].v.size();
    f.fraction = std::clamp(std::log(std::max(best_.gap, 1e-12)) / std::log(std::min(0.5, o.gap_tolerance)), 0.0, 1.0);
    return f;
  }

  void end(Outcome outcome, const char* why) {
    outcome_ = outcome;
    why_ = why;
  }

  const Plan& plan_;
  const int channel_, channels_;
  Plane<const float> center_, mask_;
  Duals targets_;
  Point best_;
  Duals share_, step_;
  std::vector<float> scratch_;
  double last_gap_ = 1;  // at the point before the best one
  double damping_ = 1;
  double soft_ = 1;  // the weights of exact views are divided by this
  int sweeps_ = 0;
  Outcome outcome_ = Outcome::Solved;
  std::string why_ = "nothing but the cover counts";
};

class DualSolution final : public Solution {
 public:
  Plan plan;
  std::vector<std::unique_ptr<Channel>> channels;
  std::vector<std::size_t> order;  // problem view -> plan view, or npos

  void rows(int channel, const RowSink& sink) const override { channels[channel]->rows(sink); }
  Image seen(std::size_t k) const override {
    if (order[k] == std::string::npos) return {};
    const Grid& first = channels[0]->seen(order[k]);
    Image image(first.height, first.width, static_cast<int>(channels.size()));
    for (std::size_t c = 0; c < channels.size(); ++c)
      for (int y = 0; y < first.height; ++y)
        std::copy_n(channels[c]->seen(order[k]).row(y), first.width, image.plane(static_cast<int>(c)).row(y));
    return image;
  }
};

}  // namespace

std::unique_ptr<Solution> solve_dual(const Problem& problem, const SolveOptions& options, Controller& controller) {
  auto s = std::make_unique<DualSolution>();
  s->plan = make_plan(problem);
  for (const View& v : problem.views) {
    s->order.push_back(std::string::npos);
    for (std::size_t k = 0; k < s->plan.views.size(); ++k)
      if (s->plan.views[k].view == &v) s->order.back() = k;
  }
  for (int c = 0; c < problem.channels(); ++c) s->channels.push_back(std::make_unique<Channel>(s->plan, problem, c));
  tbb::parallel_for(0, problem.channels(), [&](int c) { s->channels[c]->solve(options, controller); });
  s->objective = s->lower_bound = s->plan.constant;
  for (const auto& c : s->channels) {
    s->objective += c->primal();
    s->lower_bound += c->bound();
    s->sweeps = std::max(s->sweeps, c->sweeps());
    // The worst of the channels speaks for all.
    if (s->why_stopped.empty() || (s->outcome == Outcome::Solved && (c->outcome() != Outcome::Solved || c->softened()))) {
      s->outcome = c->outcome();
      s->why_stopped = c->why();
    }
  }
  return s;
}

}  // namespace bifocal::solver
