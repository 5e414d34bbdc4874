// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/dither_solver.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <tbb/parallel_for.h>

#include "hot/dither.hpp"
#include "hot/eye.hpp"

namespace bifocal::tone {
namespace {

constexpr int kStripRows = 64;
constexpr float kSharpen = 8, kScale = 1.2f, kRest = 1.0f, kTolerance = 1e-5f;
constexpr float kBlur[7] = {0.0044330482f, 0.054005582f, 0.24203623f, 0.39905028f, 0.24203623f, 0.054005582f, 0.0044330482f};
constexpr int kBlurRadius = 3, kBlurTaps = 7;

class Solver {
 public:
  Solver(DitherObjective& f, Image& x, const DitherOptions& o)
      : f_(f), x_(x), options_(o), height_(x.height()), width_(x.width()), channels_(x.channels()),
        strips_((height_ + kStripRows - 1) / kStripRows), g_(height_, width_, channels_), moved_(height_, width_, channels_),
        change_(height_, width_, channels_), borders_(strips_ * 2 * kBlurRadius, width_, channels_) {}

  DitherResult run();

 private:
  struct Bounds {
    std::vector<float> low, high;
  };
  /// body(task, channel, y0, y1, bounds); the sums that it returns, added in order.
  template <class Body>
  double over(const Body& body) {
    std::vector<double> parts(static_cast<std::size_t>(strips_) * channels_);
    tbb::parallel_for(0, strips_ * channels_, [&](int i) {
      if (f_.poll) f_.poll();
      const int c = i / strips_, y0 = i % strips_ * kStripRows;
      Bounds b{std::vector<float>(width_, 0.0f), std::vector<float>(width_, 255.0f)};
      parts[i] = body(i, c, y0, std::min(height_, y0 + kStripRows), b);
    });
    double sum = 0;
    for (double p : parts) sum += p;
    return sum;
  }
  void bounds(int c, int y, Bounds& b) const {
    if (!options_.mask) return;
    const std::uint8_t* cover = options_.cover->plane(c).row(y);
    const float* m = options_.mask->plane(0).row(y);
    for (int i = 0; i < width_; ++i) b.low[i] = cover[i] * (1 - m[i]), b.high[i] = cover[i] + (255 - cover[i]) * m[i];
  }
  void clip();
  /// The direction H₀ (free gradient − along · change) takes change's place; returns ⟨change, direction⟩.
  double direct(float along);
  /// x − direction − along · moved; returns ⟨g, moved⟩.
  double step(float along);
  void halve();
  /// The gradient here; ⟨moved, change⟩ and ⟨moved, free gradient⟩.
  void gradient(double& curvature, double& slope);

  DitherObjective& f_;
  Image& x_;
  const DitherOptions& options_;
  const int height_, width_, channels_, strips_;
  Image g_, moved_, change_;
  Image borders_;  ///< of change: the rows around each strip, which its neighbours overwrite
};

void Solver::clip() {
  over([&](int, int c, int y0, int y1, Bounds& b) {
    for (int y = y0; y < y1; ++y) {
      bounds(c, y, b);
      float* p = x_.plane(c).row(y);
      for (int i = 0; i < width_; ++i) p[i] = std::clamp(p[i], b.low[i], b.high[i]);
    }
    return 0.0;
  });
}

double Solver::direct(float along) {
  const auto border = [](int strip, int k) { return strip * 2 * kBlurRadius + k; };
  over([&](int i, int c, int y0, int y1, Bounds&) {
    for (int k = 0; k < 2 * kBlurRadius; ++k)
      if (const int y = k < kBlurRadius ? y0 - kBlurRadius + k : y1 + k - kBlurRadius; y >= 0 && y < height_)
        std::copy_n(change_.plane(c).row(y), width_, borders_.plane(c).row(border(i % strips_, k)));
    return 0.0;
  });
  return over([&](int i, int c, int y0, int y1, Bounds& b) {
    const auto change = [&](int y) -> const float* {
      if (y >= y0 && y < y1) return change_.plane(c).row(y);
      return borders_.plane(c).row(border(i % strips_, y < y0 ? y - y0 + kBlurRadius : y - y1 + kBlurRadius));
    };
    double sum = 0;
    // Kept by the thread: asked for anew, memory of this size is taken from the system and cleared each time.
    thread_local std::vector<float> root, plain, blurred, line, both;
    for (std::vector<float>* ring : {&root, &plain, &blurred}) ring->resize(static_cast<std::size_t>(kBlurTaps) * width_);
    line.assign(width_ + 2 * kBlurRadius, 0.0f), both.resize(width_);
    const auto slot = [&](std::vector<float>& ring, int y) { return ring.data() + static_cast<std::size_t>(y % kBlurTaps) * width_; };
    const float eyes = f_.eyes(c), rest = f_.encoded() + kRest;
    const float* rows[kBlurTaps];
    for (int j = std::max(0, y0 - kBlurRadius); j < y1 + kBlurRadius; ++j) {
      if (j < height_) {
        bounds(c, j, b);
        float* to = slot(plain, j);
        hot::dither().metric_row(x_.plane(c).row(j), g_.plane(c).row(j), change(j), along, f_.weights().plane(0).row(j),
                                 eyes, rest, b.low.data(), b.high.data(), width_, slot(root, j), to);
        std::copy_n(to, width_, line.data() + kBlurRadius);
        hot::eye().slide_row(line.data(), kBlur, kBlurTaps, width_, slot(blurred, j));
      }
      const int y = j - kBlurRadius;
      if (y < y0 || y >= y1) continue;
      const int from = std::max(0, y - kBlurRadius), to = std::min(height_ - 1, y + kBlurRadius);
      for (int k = from; k <= to; ++k) rows[k - from] = slot(blurred, k);
      hot::eye().sum_rows(rows, kBlur + (from - y + kBlurRadius), to - from + 1, width_, both.data(), false);
      sum += hot::dither().sharpen_row(slot(root, y), slot(plain, y), both.data(), change_.plane(c).row(y), kSharpen, width_,
                                       change_.plane(c).row(y));
    }
    return sum;
  });
}

double Solver::step(float along) {
  return over([&](int, int c, int y0, int y1, Bounds& b) {
    double sum = 0;
    for (int y = y0; y < y1; ++y) {
      bounds(c, y, b);
      sum += hot::dither().step_row(x_.plane(c).row(y), g_.plane(c).row(y), change_.plane(c).row(y), moved_.plane(c).row(y),
                                    kScale, along, b.low.data(), b.high.data(), width_);
    }
    return sum;
  });
}

void Solver::halve() {
  over([&](int, int c, int y0, int y1, Bounds&) {
    for (int y = y0; y < y1; ++y) {
      float *p = x_.plane(c).row(y), *s = moved_.plane(c).row(y);
      for (int i = 0; i < width_; ++i) s[i] *= 0.5f, p[i] -= s[i];
    }
    return 0.0;
  });
}

void Solver::gradient(double& curvature, double& slope) {
  std::vector<double> slopes(static_cast<std::size_t>(strips_) * channels_);
  curvature = over([&](int i, int c, int y0, int y1, Bounds& b) {
    double sums[2] = {0, 0};
    DitherObjective::Scratch scratch;
    for (int y = y0; y < y1; ++y) {
      bounds(c, y, b);
      const DitherObjective::Parts p = f_.gradient_parts(c, y, scratch);
      hot::dither().gradient_row(x_.plane(c).row(y), p.luma, p.share, p.light, p.encoded, moved_.plane(c).row(y), b.low.data(),
                                 b.high.data(), width_, g_.plane(c).row(y), change_.plane(c).row(y), sums);
    }
    slopes[i] = sums[1];
    return sums[0];
  });
  slope = 0;
  for (double s : slopes) slope += s;
}

DitherResult Solver::run() {
  DitherResult result;
  clip();
  double f = f_.evaluate(x_), curvature = 0, slope = 0;
  result.evaluations = 1;
  gradient(curvature, slope);
  bool pair = false;  // moved and change hold a useful pair
  for (int iteration = 1; iteration <= options_.iterations; ++iteration) {
    const double a = pair ? slope / curvature : 0;
    const double yr = direct(static_cast<float>(a));
    const double back = pair ? a - kScale * yr / curvature : 0;
    double decrease = step(static_cast<float>(back));
    double next = f;
    bool accepted = false;
    for (int attempt = 0; attempt < 8; ++attempt) {
      next = f_.evaluate(x_);
      ++result.evaluations;
      if (next <= f + 1e-4 * decrease && decrease < 0) {
        accepted = true;
        break;
      }
      halve();
      decrease *= 0.5;
    }
    if (!accepted) {
      // What is left of the step is too small to matter. Without a pair there is nothing else to try.
      if (!pair) {
        result.converged = true;
        break;
      }
      next = f_.evaluate(x_);
      ++result.evaluations;
    }
    gradient(curvature, slope);
    pair = accepted && curvature > 0;
    const double gain = f - next;
    f = next;
    result.iterations = iteration;
    if (options_.proceed && !options_.proceed(iteration, f, x_)) {
      result.interrupted = true;
      break;
    }
    if (accepted && gain < kTolerance * f) {
      result.converged = true;
      break;
    }
    // Beside what a mask holds as it is, the eye misses what nothing can mend.
    if (iteration == options_.aim_again && iteration < options_.iterations && !options_.mask) {
      f_.aim_again(options_.aim_gain);
      f = f_.evaluate(x_);
      ++result.evaluations;
      gradient(curvature, slope);
      pair = false;
    }
  }
  result.objective = f;
  return result;
}

}  // namespace

DitherResult solve_dither(DitherObjective& objective, Image& x, const DitherOptions& options) {
  return Solver(objective, x, options).run();
}

}  // namespace bifocal::tone
