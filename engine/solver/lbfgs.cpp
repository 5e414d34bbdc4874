// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "hot/eye.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "solver/algorithm.hpp"
#include "view/evaluator.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

constexpr int kBandRows = 32;  // rows per task; fixed, so that sums are added in one order

/// Calls body(band, channel, y0, y1) for all bands of all planes.
template <class Body>
void over_bands(const Image& like, const Body& body) {
  const int bands = (like.height() + kBandRows - 1) / kBandRows;
  parallel_for(0, bands * like.channels(), [&](int i) {
    const int c = i / bands, y0 = i % bands * kBandRows;
    body(i, c, y0, std::min(like.height(), y0 + kBandRows));
  });
}

int band_count(const Image& like) { return (like.height() + kBandRows - 1) / kBandRows * like.channels(); }

struct Pair {
  Image s, y;
};

struct Box {
  const Problem& problem;
  /// Bounds of one sample: 0..255, or the mask's part of it.
  void row(int c, int y, int n, std::vector<float>& low, std::vector<float>& high) const {
    low.assign(n, 0.0f), high.assign(n, 255.0f);
    if (!problem.mask) return;
    const float *cover = problem.cover.plane(c).row(y), *m = problem.mask->plane(0).row(y);
    for (int i = 0; i < n; ++i) low[i] = cover[i] * (1 - m[i]), high[i] = cover[i] + (255 - cover[i]) * m[i];
  }
};

/// Inner products of the basis {s_i, y_i, g} and the two-loop recursion on coefficients.
class Memory {
 public:
  explicit Memory(int most) : most_(most) {}

  std::vector<Pair> pairs;
  void clear() { pairs.clear(); }
  void forget_oldest() { pairs.erase(pairs.begin()); }
  int most() const { return most_; }

  /// Coefficients of −H g in the basis s_0.., y_0.., g, from the basis' Gram matrix.
  std::vector<double> direction(const std::vector<double>& gram) const {
    const int m = static_cast<int>(pairs.size()), n = 2 * m + 1;
    const auto at = [&](int i, int j) { return gram[i * n + j]; };
    std::vector<double> q(n, 0.0), alpha(m);
    q[n - 1] = -1;
    const auto against = [&](int i) {
      double sum = 0;
      for (int j = 0; j < n; ++j) sum += q[j] * at(i, j);
      return sum;
    };
    for (int i = m - 1; i >= 0; --i) {
      alpha[i] = against(i) / at(i, m + i);
      q[m + i] -= alpha[i];
    }
    const double scale = m ? at(m - 1, 2 * m - 1) / at(2 * m - 1, 2 * m - 1) : 1;
    for (double& v : q) v *= scale;
    for (int i = 0; i < m; ++i) q[i] += alpha[i] - against(m + i) / at(i, m + i);
    return q;
  }

 private:
  int most_;
};

/// g with the samples at 0 that a bound holds back.
void keep_free(const Image& x, const Image& gradient, const Box& box, Image& free) {
  over_bands(x, [&](int, int c, int y0, int y1) {
    std::vector<float> low, high;
    for (int y = y0; y < y1; ++y) {
      box.row(c, y, x.width(), low, high);
      const float *px = x.plane(c).row(y), *pg = gradient.plane(c).row(y);
      float* out = free.plane(c).row(y);
      for (int i = 0; i < x.width(); ++i) {
        const bool held = (px[i] <= low[i] && pg[i] > 0) || (px[i] >= high[i] && pg[i] < 0);
        out[i] = held ? 0.0f : pg[i];
      }
    }
  });
}

/// Gram matrix of {s, y, g}. Symmetric, (2m + 1)².
std::vector<double> gram_matrix(const std::vector<Pair>& pairs, const Image& g) {
  const int m = static_cast<int>(pairs.size()), n = 2 * m + 1;
  std::vector<const Image*> basis(n);
  for (int i = 0; i < m; ++i) basis[i] = &pairs[i].s, basis[m + i] = &pairs[i].y;
  basis[n - 1] = &g;
  std::vector<double> parts(static_cast<std::size_t>(band_count(g)) * n * n, 0.0);
  over_bands(g, [&](int band, int c, int y0, int y1) {
    double* part = parts.data() + static_cast<std::size_t>(band) * n * n;
    for (int y = y0; y < y1; ++y)
      for (int i = 0; i < n; ++i)
        for (int j = i; j < n; ++j)
          part[i * n + j] += hot::eye().dot(basis[i]->plane(c).row(y), basis[j]->plane(c).row(y), g.width());
  });
  std::vector<double> gram(static_cast<std::size_t>(n) * n, 0.0);
  for (int band = 0; band < band_count(g); ++band)
    for (int i = 0; i < n * n; ++i) gram[i] += parts[static_cast<std::size_t>(band) * n * n + i];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) gram[i * n + j] = gram[j * n + i];
  return gram;
}

}  // namespace

LbfgsResult lbfgs(const Problem& problem, const LbfgsOptions& options,
                  const std::function<bool(const LbfgsState&)>& proceed) {
  const Box box{problem};
  view::Evaluator evaluate(problem);
  LbfgsResult result;
  Image x = problem.start ? *problem.start : problem.cover;
  const int height = x.height(), width = x.width(), channels = x.channels();
  Image g(height, width, channels), free(height, width, channels), d(height, width, channels);
  Image trial(height, width, channels), trial_gradient(height, width, channels);
  over_bands(x, [&](int, int c, int y0, int y1) {
    std::vector<float> low, high;
    for (int y = y0; y < y1; ++y) {
      box.row(c, y, width, low, high);
      float* p = x.plane(c).row(y);
      for (int i = 0; i < width; ++i) p[i] = std::clamp(p[i], low[i], high[i]);
    }
  });
  double f = HUGE_VAL;
  try {
    f = evaluate(x, g);
    result.evaluations = 1;
    Memory memory(options.memory);
    result.why_stopped = N_("the iteration limit was reached");

    for (int iteration = 1; iteration <= options.iterations; ++iteration) {
      keep_free(x, g, box, free);
      const std::vector<double> gram = gram_matrix(memory.pairs, free);
      const int m = static_cast<int>(memory.pairs.size()), n = 2 * m + 1;
      const double steepness = gram[n * n - 1];
      if (!(steepness > 0)) {
        result.converged = true, result.why_stopped = N_("no sample can be improved any more");
        break;
      }
      std::vector<double> q = memory.direction(gram);
      double slope = 0;
      for (int j = 0; j < n; ++j) slope += q[j] * gram[(n - 1) * n + j];
      if (!(slope < 0)) {  // the history has gone bad
        q.assign(n, 0.0), q[n - 1] = -1;
        memory.clear();
        q = {-1.0};
      }
      // The first step has no curvature yet: move the average free sample by about eight levels.
      double t = memory.pairs.empty() ? 8 * std::sqrt(static_cast<double>(height) * width * channels / steepness) : 1;
      over_bands(x, [&](int, int c, int y0, int y1) {
        const int pairs = static_cast<int>(memory.pairs.size());
        for (int y = y0; y < y1; ++y) {
          float* out = d.plane(c).row(y);
          std::fill_n(out, width, 0.0f);
          for (int j = 0; j < pairs; ++j) {
            hot::eye().axpy(static_cast<float>(q[j]), memory.pairs[j].s.plane(c).row(y), width, out);
            hot::eye().axpy(static_cast<float>(q[pairs + j]), memory.pairs[j].y.plane(c).row(y), width, out);
          }
          hot::eye().axpy(static_cast<float>(q.back()), free.plane(c).row(y), width, out);
          const float* pf = free.plane(c).row(y);
          for (int i = 0; i < width; ++i) out[i] = pf[i] == 0.0f ? 0.0f : out[i];
        }
      });

      double next = f;
      bool accepted = false;
      for (int attempt = 0; attempt < 12; ++attempt, t *= 0.5) {
        std::vector<double> moved(band_count(x), 0.0);
        over_bands(x, [&](int band, int c, int y0, int y1) {
          std::vector<float> low, high;
          for (int y = y0; y < y1; ++y) {
            box.row(c, y, width, low, high);
            const float *px = x.plane(c).row(y), *pd = d.plane(c).row(y), *pg = g.plane(c).row(y);
            float* out = trial.plane(c).row(y);
            const float step = static_cast<float>(t);
            float sum = 0;
            for (int i = 0; i < width; ++i) {
              const float v = px[i] + step * pd[i];
              out[i] = v < low[i] ? low[i] : v > high[i] ? high[i] : v;
              sum += pg[i] * (out[i] - px[i]);
            }
            moved[band] += sum;
          }
        });
        double decrease = 0;
        for (double v : moved) decrease += v;
        next = evaluate(trial, trial_gradient);
        ++result.evaluations;
        if (next <= f + 1e-4 * decrease && decrease < 0) {
          accepted = true;
          break;
        }
        if (options.max_evaluations && result.evaluations >= options.max_evaluations) break;
      }
      if (!accepted) {
        if (memory.pairs.empty()) {
          result.converged = true, result.why_stopped = N_("no step lowers the objective any more");
          break;
        }
        memory.clear();
        continue;
      }
      const bool full = static_cast<int>(memory.pairs.size()) == memory.most();
      Pair pair;
      if (full) {
        pair = std::move(memory.pairs.front());
        memory.forget_oldest();
      } else {
        pair = {Image(height, width, channels), Image(height, width, channels)};
      }
      std::vector<double> curvature(band_count(x), 0.0);
      over_bands(x, [&](int band, int c, int y0, int y1) {
        for (int y = y0; y < y1; ++y) {
          const float *a = trial.plane(c).row(y), *b = x.plane(c).row(y), *ga = trial_gradient.plane(c).row(y),
                      *gb = g.plane(c).row(y);
          float *s = pair.s.plane(c).row(y), *p = pair.y.plane(c).row(y);
          for (int i = 0; i < width; ++i) s[i] = a[i] - b[i], p[i] = ga[i] - gb[i];
          curvature[band] += hot::eye().dot(s, p, width);
        }
      });
      double sy = 0;
      for (double v : curvature) sy += v;
      if (sy > 0) memory.pairs.push_back(std::move(pair));
      std::swap(x, trial);
      std::swap(g, trial_gradient);
      const double gain = f - next;
      f = next;
      result.iterations = iteration;
      if (proceed && !proceed({iteration, result.evaluations, f, &x})) {
        result.interrupted = true;
        break;
      }
      if (gain < options.tolerance * f) {
        result.converged = true, result.why_stopped = N_("an iteration gained less than the tolerance");
        break;
      }
      if (options.max_evaluations && result.evaluations >= options.max_evaluations) {
        result.why_stopped = N_("the evaluation limit was reached");
        break;
      }
    }
  } catch (const progress::LeaveOutSignal&) {
    result.interrupted = true;
  }
  result.objective = f;
  result.x = std::move(x);
  return result;
}

std::unique_ptr<Solution> solve_lbfgs(const Problem& problem, const SolveOptions& options, Controller& controller) {
  using namespace std::chrono_literals;
  LbfgsOptions o;
  o.iterations = sweeps_of(options, kSweeps);
  o.max_evaluations = options.max_evaluations;
  LbfgsResult r;
  const auto proceed = [&](const LbfgsState& state) {
    Controller::Figures figures;
    figures.fraction = static_cast<double>(state.iteration) / o.iterations;
    figures.sweeps = state.iteration;
    if (state.x) controller.when_picture_due([&] { show(problem, *state.x, controller); });
    return controller.tick(figures);
  };
  controller.spare(0ms, [&] { r = lbfgs(problem, o, proceed); });
  auto solution = std::make_unique<ImageSolution>(problem, std::move(r.x));
  if (r.converged)
    solution->end({Outcome::Solved, r.why_stopped});
  else
    solution->end(r.interrupted || controller.stopped() ? controller.ending()
                                                        : Ending{Outcome::LimitReached, r.why_stopped});
  solution->objective = r.objective;
  solution->sweeps = r.iterations;
  solution->evaluations = r.evaluations;
  return solution;
}

}  // namespace bifocal::solver
