// SPDX-License-Identifier: LGPL-3.0-or-later
// The dual method (dual.cpp) on one channel: quasi-Newton steps over whole sweeps.
#include <algorithm>
#include <cmath>
#include <utility>

#include "hot/hot.hpp"
#include "solver/algorithm.hpp"
#include "solver/anderson.hpp"
#include "solver/dual_plan.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

constexpr std::size_t kPairs = 5;
constexpr std::size_t kPairsOfMany =
    20;                        // of several views, which overlap in ways that no view's own preconditioner knows
constexpr int kPatience = 40;  // sweeps after which a view that is to be exact counts as out of reach somewhere
constexpr double kSofter = 5;  // ... and its weight is lowered by this, which conditions the rest of the solve well
constexpr double kSofterGap = 1e-3;  // ... to this gap
constexpr float kLeastFree = 0.02f;  // W from below: a fully clipped patch must not take endless steps

constexpr double kGoesWell = 0.1;  // a step takes the gap down to this share
constexpr double kShortest = 0.1;  // of a step that is worth a sweep
constexpr double kNoise = 1e-7;    // of the dual's value

constexpr const char* kOutOfReach =
    N_("part of the target is out of reach; the rest was solved with a fifth of the thumbnail's weight");

/// The method on one channel.
class Channel {
 public:
  Channel(const DualPlan& plan, const Problem& p, int channel)
      : plan_(plan), channel_(channel), channels_(p.channels()) {
    // Views that want the same add up to as many times the step that one of them needs.
    damping_ = 1.0 / std::max<std::size_t>(1, plan.views.size());
    center_ = plan.center(channel);
    if (p.mask) mask_ = p.mask->plane(0);
    for (const DualView& v : plan.views) {
      const Size size = v.view->look.target();
      targets_.emplace_back(size.height, size.width);
      for (int y = 0; y < size.height; ++y)
        std::copy_n(v.view->picture.plane(channel).row(y), size.width, targets_.back().row(y));
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
    const int most = sweeps_of(options, kSweeps);
    for (sweeps_ = 1;; ++sweeps_) {
      if (new_curvature || step >= Step::Plain) set_share(step == Step::Sure);
      if (converged(best_, options)) return end(soft_ > 1 ? Ending{Outcome::Solved, kOutOfReach} : kGapClosed);
      if (sweeps_ == kPatience && soft_ == 1 && wants_exact()) {
        soft_ = kSofter;
        history.clear();
        weigh(best_);
        step = Step::Plain;
        continue;
      }
      controller.thumbnail(channel_, channels_, best_.out.seen[0]);
      if (controller.watched())
        pictures_.when_due([&] {
          show_channel(
              {center_.width(), center_.height()}, channel_, channels_,
              [&](const RowSink& sink) { plan_.sweep->render(center_, mask_, best_.duals, sink); }, controller);
        });
      if (!(controller.watched() ? controller.tick(figures(options)) : controller.tick())) {
        return end(controller.ending());
      }
      if (sweeps_ >= most) return end(kSweepsUsed);

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
        if (damping_ < 1e-6) return end({Outcome::LimitReached, N_("float precision allows no further step")});
      } else {
        new_curvature = false;
        step = static_cast<Step>(static_cast<int>(step) + 1);
        if (step == Step::Plain) history.clear();
      }
    }
  }

  DualChannel result() && {
    DualChannel r;
    if (soft_ > 1) {
      // The figures are those of the problem that was given. No objective of it is below that with lower weights.
      const double bound = best_.dual_value;
      r.softened = true;
      soft_ = 1;
      weigh(best_);
      best_.dual_value = std::max(best_.dual_value, bound);
    }
    r.duals = std::move(best_.duals);
    r.seen = std::move(best_.out.seen);
    r.primal = best_.primal;
    r.dual_value = best_.dual_value;
    r.sweeps = sweeps_;
    r.ending = ending_;
    return r;
  }

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
      hot::loops().weigh(target.v.data(), p.out.seen[k].v.data(), p.duals[k].v.data(), v.inverse_rho.v.data(),
                         soften(v), f.v.size(), f.v.data(), sums);
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
      if (one || sweeps_ == 1)
        std::fill(share_[k].v.begin(), share_[k].v.end(), 1.f);
      else
        hot::loops().share(best_.out.curvature[k].v.data(), plan_.views[k].inverse_curvature.v.data(), kLeastFree,
                           share_[k].v.size(), share_[k].v.data());
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
    f.measured = wants_exact();
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

  void end(const Ending& ending) { ending_ = ending; }

  const DualPlan& plan_;
  const int channel_, channels_;
  Levels center_;
  Plane<const float> mask_;
  Duals targets_;
  Point best_;
  PictureClock pictures_{false};  // at first it is the cover
  Duals share_, step_;
  std::vector<float> scratch_;
  double last_gap_ = 1;  // at the point before the best one
  double damping_ = 1;
  double soft_ = 1;  // the weights of exact views are divided by this
  int sweeps_ = 0;
  Ending ending_ = DualChannel().ending;
};

}  // namespace

DualChannel ascend(const DualPlan& plan, const Problem& problem, int channel, const SolveOptions& options,
                   Controller& controller) {
  Channel c(plan, problem, channel);
  c.solve(options, controller);
  return std::move(c).result();
}

}  // namespace bifocal::solver
