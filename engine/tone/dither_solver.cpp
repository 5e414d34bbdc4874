// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/dither_solver.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

constexpr float kSharpen = 8, kRest = 0.5f, kRate = 1.3f, kMomentum = 0.75f;
constexpr double kTolerance = 1e-5, kRise = 1.25;
constexpr float kLeastRate = 0.3f, kShorter = 0.6f;
constexpr int kTaps = hot::Advance::kTaps, kRadius = kTaps / 2;
constexpr float kBlur[kTaps] = {1 / 16.f, 4 / 16.f, 6 / 16.f, 4 / 16.f, 1 / 16.f};  // binomial: sigma 1

/// Rows in turn, each with kRadius zeros on both sides.
class Ring {
 public:
  void resize(int rows, int width) {
    rows_ = rows, stride_ = width + 2 * kRadius;
    if (values_.size() != static_cast<std::size_t>(rows_) * stride_)
      values_.assign(static_cast<std::size_t>(rows_) * stride_, 0.0f);
  }
  float* row(int y) { return padded(y) + kRadius; }
  float* padded(int y) { return values_.data() + static_cast<std::size_t>(y % rows_) * stride_; }

 private:
  int rows_ = 0, stride_ = 0;
  std::vector<float> values_;
};

class Solver {
 public:
  Solver(DitherObjective& f, Image& x, const DitherOptions& o)
      : f_(f), x_(x), options_(o), height_(x.height()), width_(x.width()), channels_(x.channels()), strips_(f.strips()),
        moved_(height_, width_, channels_), borders_(strips_ * 2 * kRadius, width_, channels_), zeros_(width_, 0.0f) {}

  DitherResult run();

 private:
  struct Bounds {
    std::vector<float> values;
    const float *low = nullptr, *high = nullptr;  ///< null: 0 and 255
  };
  /// Kept by the thread: asked for anew, memory of this size is taken from the system and cleared each time.
  struct Buffers {
    struct {
      Ring root, wish, blurred;
    } channels[4];
    Bounds bounds, late;
    DitherObjective::Scratch parts;
  };
  /// body(strip, y0, y1)
  template <class Body>
  void over(const Body& body) {
    parallel_for(0, strips_, [&](int i) {
      progress::ask();
      body(i, i * DitherObjective::kStripRows, std::min(height_, (i + 1) * DitherObjective::kStripRows));
    });
  }
  void bounds(int c, int y, Bounds& b) const {
    if (!options_.mask) return;
    const std::uint8_t* cover = options_.cover->plane(c).row(y);
    const float* m = options_.mask->plane(0).row(y);
    b.values.resize(2 * width_);
    float *low = b.values.data(), *high = low + width_;
    for (int i = 0; i < width_; ++i) low[i] = cover[i] * (1 - m[i]), high[i] = cover[i] + (255 - cover[i]) * m[i];
    b.low = low, b.high = high;
  }
  void clip();
  /// One step; f_ has taken in all of the new x.
  void advance(float rate, float momentum);
  /// Of one row: the metric times the gradient, and what blur spreads of it to both sides.
  void wish(int strip, int channel, int y0, int y1, int y, Buffers& b);

  DitherObjective& f_;
  Image& x_;
  const DitherOptions& options_;
  const int height_, width_, channels_, strips_;
  Image moved_;
  Image borders_;  ///< of x: the rows around each strip, which its neighbours overwrite
  const std::vector<float> zeros_;
};

void Solver::clip() {
  over([&](int, int y0, int y1) {
    Bounds b;
    for (int c = 0; c < channels_; ++c)
      for (int y = y0; y < y1; ++y) {
        bounds(c, y, b);
        float* p = x_.plane(c).row(y);
        for (int i = 0; i < width_; ++i) p[i] = std::clamp(p[i], b.low ? b.low[i] : 0.0f, b.high ? b.high[i] : 255.0f);
      }
  });
}

void Solver::advance(float rate, float momentum) {
  over([&](int strip, int y0, int y1) {
    for (int c = 0; c < channels_; ++c)
      for (int k = 0; k < 2 * kRadius; ++k)
        if (const int y = k < kRadius ? y0 - kRadius + k : y1 + k - kRadius; y >= 0 && y < height_)
          std::copy_n(x_.plane(c).row(y), width_, borders_.plane(c).row(strip * 2 * kRadius + k));
  });
  // All channels of a row in turn: what they share is read while it is near.
  over([&](int strip, int y0, int y1) {
    thread_local Buffers b;
    for (auto& rings : b.channels) {
      rings.root.resize(kRadius + 1, width_), rings.wish.resize(kRadius + 1, width_);
      rings.blurred.resize(kTaps, width_);
    }
    b.bounds = b.late = Bounds();
    DitherObjective::Intake intake(f_, strip);
    for (int j = std::max(0, y0 - kRadius); j < y1 + kRadius; ++j)
      for (int c = 0; c < channels_; ++c) {
        if (j < height_) wish(strip, c, y0, y1, j, b);
        const int y = j - kRadius;
        if (y < y0) continue;
        auto& rings = b.channels[c];
        bounds(c, y, b.late);
        hot::Advance how{rings.root.row(y), rings.wish.row(y), kBlur, {},      b.late.low,
                         b.late.high,       kSharpen,          rate,  momentum};
        for (int k = 0; k < kTaps; ++k)
          how.rows[k] =
              y + k < kRadius || y + k - kRadius >= height_ ? zeros_.data() : rings.blurred.row(y + k - kRadius);
        hot::dither().advance_row(how, x_.plane(c).row(y), moved_.plane(c).row(y), width_);
        intake.row(c, y, x_.plane(c).row(y));
      }
  });
}

void Solver::wish(int strip, int c, int y0, int y1, int y, Buffers& b) {
  const float* x = y >= y0 && y < y1
                       ? x_.plane(c).row(y)
                       : borders_.plane(c).row(strip * 2 * kRadius + (y < y0 ? y - y0 + kRadius : y - y1 + kRadius));
  auto& rings = b.channels[c];
  bounds(c, y, b.bounds);
  const DitherObjective::Parts p = f_.gradient_parts(c, y, b.parts);
  hot::dither().wish_row(x, p.luma, p.share, p.light, p.encoded, f_.weights().plane(0).row(y), f_.eyes(c),
                         f_.encoded() + kRest, b.bounds.low, b.bounds.high, width_, rings.root.row(y),
                         rings.wish.row(y));
  hot::eye().slide_row(rings.wish.padded(y), kBlur, kTaps, width_, rings.blurred.row(y));
}

DitherResult Solver::run() {
  DitherResult result;
  clip();
  double f = f_.evaluate(x_);
  result.evaluations = 1;
  float rate = kRate, momentum = 0;
  // Beside what a mask holds as it is, the eye misses what nothing can mend. The last iterations settle.
  const int last_aim =
      options_.mask ? 0
                    : std::min(DitherOptions::kAims * options_.aim_every, options_.iterations - DitherOptions::kNotes);
  int still = 0;  // iterations that changed next to nothing
  for (int iteration = 1; iteration <= options_.iterations; ++iteration) {
    advance(rate, momentum);
    const double next = f_.finish(x_);
    ++result.evaluations;
    momentum = kMomentum;
    if (next > kRise * f && rate > kLeastRate) rate = std::max(kLeastRate, kShorter * rate), momentum = 0;
    still = std::fabs(f - next) < kTolerance * f ? still + 1 : 0;
    f = next;
    result.iterations = iteration;
    result.objective = f;
    if (options_.proceed && !options_.proceed(result, x_)) {
      result.interrupted = true;
      break;
    }
    if (still == 2 || f == 0) {
      result.converged = true;
      break;
    }
    if (iteration > last_aim) continue;
    const int since = (iteration - 1) % options_.aim_every + 1;
    if (since > options_.aim_every - DitherOptions::kNotes) f_.note();
    if (since < options_.aim_every) continue;
    f_.aim_again(options_.aim_gain);
    f = f_.look(x_);
    ++result.evaluations;
  }
  result.objective = f;
  return result;
}

}  // namespace

DitherResult solve_dither(DitherObjective& objective, Image& x, const DitherOptions& options) {
  return Solver(objective, x, options).run();
}

}  // namespace bifocal::tone
