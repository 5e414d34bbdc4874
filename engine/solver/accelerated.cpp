// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/accelerated.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "hot/descent.hpp"
#include "hot/eye.hpp"
#include "light/eye.hpp"
#include "matrix/compiled.hpp"
#include "progress/parallel.hpp"
#include "view/evaluator.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

constexpr int kBandRows = 32;  // rows per task; fixed, so that sums are added in one order
constexpr int kPowerSteps = 12;
constexpr double kMoreCurvature = 1.05;  // L over the largest curvature that was seen
constexpr int kIterations = 6000;        // at most; far fewer would be needed if nothing were badly conditioned
/// Single precision allows no finer certificate.
constexpr double kFinestGap = 2e-7;
/// Of sums of floats: far from the optimum value and slack are both far larger than the bound between them.
constexpr double kNoise = 2e-7;

template <std::size_t N>
using Sums = std::array<double, N>;

/// body(channel, y) -> sums of a row; returns the sums of each channel, added in the rows' order.
template <std::size_t N, class Body>
std::vector<Sums<N>> over_rows(const Image& like, const Body& body) {
  const int bands = (like.height() + kBandRows - 1) / kBandRows;
  std::vector<Sums<N>> parts(static_cast<std::size_t>(bands) * like.channels()), totals(like.channels());
  parallel_for(0, bands * like.channels(), [&](int i) {
    const int c = i / bands, y0 = i % bands * kBandRows, y1 = std::min(like.height(), y0 + kBandRows);
    for (int y = y0; y < y1; ++y) {
      const Sums<N> row = body(c, y);
      for (std::size_t k = 0; k < N; ++k) parts[i][k] += row[k];
    }
  });
  for (int i = 0; i < bands * like.channels(); ++i)
    for (std::size_t k = 0; k < N; ++k) totals[i / bands][k] += parts[i][k];
  return totals;
}

Problem scaled_views(const Problem& p) {
  Problem rest;
  rest.cover = p.cover;
  for (const View& v : p.views)
    if (v.weight > 0 && !(v.pixel_by_pixel() && v.picture.empty())) rest.views.push_back(v);
  return rest;
}

/// ∇f and f of a whole problem, the cover's own view apart from the others.
class Objective {
 public:
  explicit Objective(const Problem& p) : cover_(p.cover), mask_(p.mask), rest_(scaled_views(p)), evaluate_(rest_) {
    for (const View& v : p.views) {
      if (!v.pixel_by_pixel()) continue;
      modulus_ += v.weight;
      if (v.picture.empty()) cover_weight_ += v.weight;
    }
  }

  hot::Box box(int c, int y) const { return {cover_.plane(c).row(y), mask_ ? mask_->plane(0).row(y) : nullptr}; }
  double modulus() const { return modulus_; }
  double cover_weight() const { return cover_weight_; }

  /// Returns the value of all channels together. `slack`: per channel, how far its bound lies below its value.
  double operator()(const Image& x, Image& gradient, std::vector<Sums<1>>& slack) {
    double value = evaluate_(x, gradient);
    const float w = static_cast<float>(cover_weight_), m = static_cast<float>(modulus_);
    const auto sums = over_rows<2>(x, [&](int c, int y) {
      Sums<2> s{};
      hot::descent().bound(box(c, y), x.plane(c).row(y), gradient.plane(c).row(y), w, m, x.width(), s.data());
      return s;
    });
    slack.resize(sums.size());
    for (std::size_t c = 0; c < sums.size(); ++c) {
      value += cover_weight_ / 2 * sums[c][0];
      slack[c][0] = sums[c][1];
    }
    return value;
  }

  /// The largest curvature of all views together, from below, by power iteration on one channel.
  double curvature() {
    if (rest_.views.empty()) return modulus_;
    Problem one;
    one.cover = Image(cover_.height(), cover_.width(), 1);
    for (const View& v : rest_.views) {
      one.views.push_back(v);
      one.views.back().picture = Image(v.look.target().height, v.look.target().width, 1);
    }
    view::Evaluator evaluate(one);
    Image x = one.cover, g = one.cover;
    // A start that no view is blind to: uneven, and positive in the mean.
    for (int y = 0; y < x.height(); ++y)
      for (int i = 0; i < x.width(); ++i)
        x.plane(0).row(y)[i] = 1 + 0.5f * static_cast<float>((i * 7 + y * 13) % 11) / 10;
    double most = 0;
    for (int k = 0; k < kPowerSteps; ++k) {
      evaluate(x, g);
      const auto squares = over_rows<2>(x, [&](int c, int y) {
        const float *a = x.plane(c).row(y), *b = g.plane(c).row(y);
        return Sums<2>{hot::eye().dot(a, a, x.width()), hot::eye().dot(b, b, x.width())};
      })[0];
      if (squares[0] == 0) break;  // what is left is invisible to every view
      most = std::sqrt(squares[1] / squares[0]);
      const float scale = static_cast<float>(1 / std::max(most, 1e-30));
      over_rows<1>(x, [&](int c, int y) {
        std::fill_n(x.plane(c).row(y), x.width(), 0.f);
        hot::eye().axpy(scale, g.plane(c).row(y), x.width(), x.plane(c).row(y));
        return Sums<1>{};
      });
    }
    return most + cover_weight_;
  }

 private:
  const Image& cover_;
  const std::optional<Image>& mask_;
  Problem rest_;
  view::Evaluator evaluate_;
  double modulus_ = 0, cover_weight_ = 0;
};

/// Both pictures as they come out now, and figures of the small one.
void show_measured(const Problem& p, const Image& x, Controller& controller, Controller::Figures& figures) {
  if (const View* v = shown_view(p)) {
    figures.measured = v->exact;
    const Image seen = matrix::apply(v->look, x);
    std::size_t right = 0;
    figures.residual_max = 0;
    for (int y = 0; y < seen.height(); ++y)
      for (int i = 0; i < seen.width(); ++i) {
        double worst = 0;
        for (int c = 0; c < seen.channels(); ++c)
          worst = std::max<double>(worst, std::abs(seen.plane(c).row(y)[i] - v->picture.plane(c).row(y)[i]));
        if (v->pixel_weights && v->pixel_weights->plane(0).row(y)[i] == 0) worst = 0;
        right += worst < 0.5;
        figures.residual_max = std::max(figures.residual_max, worst);
      }
    figures.exact_share = static_cast<double>(right) / (static_cast<double>(seen.width()) * seen.height());
    controller.thumbnail(seen);
  }
  controller.picture(light::from_afar(x, Progress::kPictureSide));
}

}  // namespace

std::unique_ptr<Solution> solve_accelerated(const Problem& problem, const SolveOptions& options,
                                            Controller& controller) {
  using namespace std::chrono_literals;
  Objective objective(problem);
  const int height = problem.cover.height(), width = problem.cover.width(), channels = problem.channels();
  Image x = problem.start ? *problem.start : problem.cover;
  over_rows<1>(x, [&](int c, int y) {
    hot::descent().clip(objective.box(c, y), x.plane(c).row(y), width);
    return Sums<1>{};
  });
  Image g(height, width, channels), last = x, last_g;
  std::vector<Sums<1>> slack;
  double lipschitz = 1, value = HUGE_VAL;
  const bool begun = controller.spare(0ms, [&] {
    lipschitz = kMoreCurvature * objective.curvature();
    value = objective(x, g, slack);
  });
  last_g = g;
  Image best = x;
  double best_value = value, bound = -HUGE_VAL;
  std::vector<double> theta(channels, 1);
  std::vector<float> momentum(channels, 0);
  Controller::Figures figures;
  const double tolerance = std::max(options.gap_tolerance, kFinestGap);
  const int most = sweeps_of(options, kIterations);  // one evaluation costs about as much as a sweep
  Ending ending = kSweepsUsed;
  int iteration = 0;
  long evaluations = 1;
  if (!begun) ending = controller.ending();
  for (; begun; ++iteration) {
    double total = 0;
    for (const auto& s : slack) total += s[0];
    bound = std::max(bound, value - total * (1 + kNoise));
    if (value < best_value) {
      best_value = value;
      best = x;
    }
    const double gap = best_value > 0 ? (best_value - bound) / best_value : 0;
    if (gap <= tolerance) {
      ending = kGapClosed;
      break;
    }
    if (iteration >= most) break;
    if (options.max_evaluations > 0 && evaluations >= options.max_evaluations) {
      ending.why = N_("the limit of evaluations was reached");
      break;
    }
    figures.sweeps = iteration;
    figures.gap = gap;
    figures.fraction = std::clamp(std::log(std::max(gap, 1e-12)) / std::log(std::min(0.5, tolerance)), 0.0, 1.0);
    controller.when_picture_due([&] { show_measured(problem, best, controller, figures); });
    if (!controller.tick(figures)) {
      ending = controller.ending();
      break;
    }
    // The step, written over the point before the last one: last <- x', last_g <- what the step saw.
    const float step = static_cast<float>(1 / lipschitz);
    const auto turned = over_rows<1>(x, [&](int c, int y) {
      return Sums<1>{hot::descent().step(objective.box(c, y), x.plane(c).row(y), g.plane(c).row(y), momentum[c], step,
                                         width, last.plane(c).row(y), last_g.plane(c).row(y))};
    });
    std::swap(x, last);
    std::swap(g, last_g);
    if (!controller.spare(0ms, [&] { value = objective(x, g, slack); })) {
      ending = controller.ending();
      break;
    }
    ++evaluations;
    const auto curvature = over_rows<2>(x, [&](int c, int y) {
      Sums<2> s{};
      hot::descent().curvature(x.plane(c).row(y), last.plane(c).row(y), g.plane(c).row(y), last_g.plane(c).row(y),
                               width, s.data());
      return s;
    });
    for (int c = 0; c < channels; ++c) {
      const bool steep = curvature[c][0] > lipschitz * curvature[c][1] * (1 + 1e-6);
      if (steep) lipschitz = kMoreCurvature * curvature[c][0] / curvature[c][1];
      if (turned[c][0] > 0 || steep) theta[c] = 1;
      const double next = (1 + std::sqrt(1 + 4 * theta[c] * theta[c])) / 2;
      momentum[c] = static_cast<float>((theta[c] - 1) / next);
      theta[c] = next;
    }
  }
  auto solution = std::make_unique<ImageSolution>(problem, std::move(best));
  solution->end(ending);
  solution->objective = best_value;
  solution->lower_bound = bound;
  solution->sweeps = iteration;
  solution->evaluations = evaluations;
  return solution;
}

bool dual_takes(const Problem& problem) {
  const auto kept = [](const View& v) { return !v.pixel_by_pixel() || v.weight == 0 || v.picture.empty(); };
  return !problem.mask || std::all_of(problem.views.begin(), problem.views.end(), kept);
}

Algorithm convex_algorithm(const Problem& problem) {
  int scaled = 0;
  bool enlarges = false;
  for (const View& v : problem.views) {
    if (v.pixel_by_pixel() || v.weight == 0) continue;
    ++scaled;
    enlarges |= v.look.target().width > problem.size().width || v.look.target().height > problem.size().height;
  }
  return scaled > 1 || enlarges || !dual_takes(problem) ? solve_accelerated : solve_dual;
}

}  // namespace bifocal::solver
