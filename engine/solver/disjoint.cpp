// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/disjoint.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "hot/hot.hpp"
#include "progress/parallel.hpp"
#include "solver/algorithm.hpp"

namespace bifocal::solver {
namespace {

constexpr int kBlock = 8;           // rows of outputs solved together: what the hot loops take
constexpr int kColumns = 512;       // of the image, about, so that a block stays in the cache
constexpr float kResidual = 1e-3f;  // levels, where an output counts as solved; single precision allows a tenth of that
constexpr int kBisections = 64;     // more steps than that halve nothing any more

bool apart(const BandedMatrix& m) {
  for (int r = 1; r < m.rows(); ++r)
    if (m.first(r) < m.first(r - 1) + m.count(r - 1)) return false;
  return true;
}

/// Some neighbouring outputs of a row and the image columns that they read.
struct Strip {
  int output = 0, outputs = 0;
  int column = 0, valid = 0, columns = 0;  // columns: padded to a multiple of 8
  std::vector<int> output_of;              // by column, within the strip
  std::vector<float> weight_of;            // by column, 0 where no output reads it
  std::vector<int> first, count, offset;   // by output
  std::vector<float> weights, squares;
  float least = std::numeric_limits<float>::max();  // |weight| of all that are not zero
};

std::vector<Strip> make_strips(const BandedMatrix& m) {
  std::vector<Strip> strips;
  for (int o = 0; o < m.rows();) {
    Strip s;
    s.output = o;
    s.column = m.first(o) / 8 * 8;  // rows are padded to whole vectors only from there on
    int end = s.column;
    for (; o < m.rows() && (s.outputs == 0 || m.first(o) + m.count(o) - s.column <= kColumns); ++o, ++s.outputs)
      if (m.count(o)) end = m.first(o) + m.count(o);
    s.valid = std::max(1, end - s.column);
    s.columns = (s.valid + 7) / 8 * 8;
    s.output_of.assign(s.columns, 0);
    s.weight_of.assign(s.columns, 0.f);
    for (int i = 0; i < s.outputs; ++i) {
      const int from = m.count(s.output + i) ? m.first(s.output + i) - s.column : 0;
      s.first.push_back(from);
      s.count.push_back(m.count(s.output + i));
      s.offset.push_back(static_cast<int>(s.weights.size()));
      for (int k = 0; k < s.count.back(); ++k) {
        const float w = static_cast<float>(m.weights(s.output + i)[k]);
        s.weights.push_back(w);
        s.squares.push_back(w * w);
        s.output_of[from + k] = i;
        s.weight_of[from + k] = w;
        if (w != 0) s.least = std::min(s.least, std::abs(w));
      }
    }
    strips.push_back(std::move(s));
  }
  return strips;
}

struct Sums {
  double squares = 0, misfit = 0, slack = 0;
  int steps = 0;
  bool unfinished = false;
};

class Solver {
 public:
  Solver(const DualPlan& plan, const Problem& p, int channel)
      : view_(plan.views.front()), vertical_(view_.view->look.vertical), target_(view_.view->picture.plane(channel)),
        center_(plan.center(channel)), strips_(make_strips(view_.view->look.horizontal)) {
    if (p.mask) mask_ = p.mask->plane(0);
    for (int r = 0; r < vertical_.rows(); ++r)
      for (double w : vertical_.weights(r)) {
        coefficients_.push_back(static_cast<float>(w));
        if (w != 0) least_ = std::min(least_, std::abs(static_cast<float>(w)));
      }
    offset_.push_back(0);
    for (int r = 0; r < vertical_.rows(); ++r) offset_.push_back(offset_.back() + vertical_.count(r));
    result.duals.emplace_back(target_.height, target_.width);
    result.seen.emplace_back(target_.height, target_.width);
  }

  int blocks() const { return (target_.height + kBlock - 1) / kBlock; }

  /// At most `most` passes over each strip of this block.
  Sums solve(int block, int most) {
    Sums sums;
    for (const Strip& s : strips_) solve(s, block * kBlock, most, sums);
    return sums;
  }

  DualChannel result;

 private:
  /// Outputs lie as the hot loops have them: output x kBlock + row.
  struct Work {
    Work(const Strip& s, int highest)
        : dual(s.outputs * kBlock), seen(dual.size()), curvature(dual.size()),
          low(dual.size(), -std::numeric_limits<float>::infinity()),
          high(dual.size(), std::numeric_limits<float>::infinity()), u(static_cast<std::size_t>(s.columns) * kBlock),
          w(u.size()), w2(u.size()), scratch(u.size()), levels(static_cast<std::size_t>(s.columns) * highest) {}
    std::vector<float> dual, seen, curvature, low, high;
    std::vector<float> u, w, w2, scratch, levels;
  };

  void solve(const Strip& s, int y0, int most, Sums& sums) {
    Work work(s, vertical_.support());
    const int rows = std::min(kBlock, target_.height - y0);
    // Beyond this all samples of an output are clipped.
    const float saturated = 255 / (s.least * least_);
    for (int pass = 1;; ++pass) {
      const double squares = look(s, y0, rows, work);
      const bool last = pass >= most;
      bool going = false;
      for (int o = 0; o < s.outputs; ++o)
        for (int r = 0; r < rows; ++r) going |= step(work, o * kBlock + r, y0 + r, s.output + o, saturated, last);
      if (going && !last) continue;
      sums.squares += squares;
      sums.steps = std::max(sums.steps, pass);
      sums.unfinished |= going;
      break;
    }
    for (int o = 0; o < s.outputs; ++o)
      for (int r = 0; r < rows; ++r) {
        const std::size_t i = static_cast<std::size_t>(o) * kBlock + r;
        const int y = y0 + r, x = s.output + o;
        result.duals[0].row(y)[x] = work.dual[i];
        result.seen[0].row(y)[x] = work.seen[i];
        const double inverse = view_.inverse_rho.row(y)[x];
        if (inverse == 0) continue;
        const double misfit = target_.row(y)[x] - work.seen[i], f = misfit - work.dual[i] * inverse;
        sums.misfit += misfit * misfit / inverse;
        sums.slack += f * f / inverse;
      }
  }

  /// D x and the curvature at the present duals; returns Σ (x − center)².
  double look(const Strip& s, int y0, int rows, Work& work) const {
    float* u[kBlock];
    float* w[kBlock];
    float* w2[kBlock];
    for (int r = 0; r < kBlock; ++r) {
      u[r] = work.u.data() + static_cast<std::size_t>(r) * s.columns;
      w[r] = work.w.data() + static_cast<std::size_t>(r) * s.columns;
      w2[r] = work.w2.data() + static_cast<std::size_t>(r) * s.columns;
    }
    std::fill(work.w.begin(), work.w.end(), 0.f);
    std::fill(work.w2.begin(), work.w2.end(), 0.f);
    const hot::Loops& loops = hot::loops();
    loops.expand(work.dual.data(), s.output_of.data(), s.weight_of.data(), 1, s.columns, work.scratch.data(), u);
    double squares = 0;
    std::vector<const float*> centers, masks;
    for (int r = 0; r < rows; ++r) {
      const int y = y0 + r, n = vertical_.count(y);
      if (n == 0) continue;
      centers.clear(), masks.clear();
      for (int k = 0; k < n; ++k) {
        centers.push_back(center_.row(vertical_.first(y) + k, s.column, s.columns,
                                      work.levels.data() + static_cast<std::size_t>(k) * s.columns));
        if (mask_.data) masks.push_back(mask_.row(vertical_.first(y) + k) + s.column);
      }
      hot::Rows image;
      image.rows = n;
      image.taps = 1;
      image.columns = s.columns;
      image.coefficients = coefficients_.data() + offset_[y];
      image.u = u + r;
      image.w = w + r;
      image.w2 = w2 + r;
      image.center = centers.data();
      image.mask = mask_.data ? masks.data() : nullptr;
      squares += loops.sweep(image, s.valid);
    }
    loops.contract(w, s.columns, s.first.data(), s.count.data(), s.offset.data(), s.weights.data(), s.outputs,
                   work.scratch.data(), work.seen.data());
    loops.contract(w2, s.columns, s.first.data(), s.count.data(), s.offset.data(), s.squares.data(), s.outputs,
                   work.scratch.data(), work.curvature.data());
    return squares;
  }

  /// Newton's step on one λ, held between what is known to be too low and too high: ∂g/∂λ falls, piecewise linear.
  /// False: solved. With `stay` λ is left as it is.
  bool step(Work& work, std::size_t i, int y, int x, float saturated, bool stay) const {
    const float inverse = view_.inverse_rho.row(y)[x], dual = work.dual[i];
    if (inverse == 0) return false;  // does not matter
    const float f = target_.row(y)[x] - work.seen[i] - dual * inverse;
    if (!(std::abs(f) > kResidual)) return false;
    if (stay) return true;
    float& low = work.low[i];
    float& high = work.high[i];
    (f > 0 ? low : high) = dual;
    float next = dual + f / (work.curvature[i] + inverse);
    if (std::abs(dual) < saturated) next = std::clamp(next, -saturated, saturated);
    if (next <= low || next >= high) next = low + (high - low) / 2;
    work.dual[i] = next;
    return next != dual;
  }

  const DualView& view_;
  const BandedMatrix& vertical_;
  Plane<const float> target_, mask_;
  Levels center_;
  std::vector<Strip> strips_;
  std::vector<float> coefficients_;  // vertical weights
  std::vector<std::size_t> offset_;
  float least_ = std::numeric_limits<float>::max();
};

}  // namespace

bool is_disjoint(const DualPlan& plan) {
  return plan.views.size() == 1 && apart(plan.views.front().view->look.vertical) &&
         apart(plan.views.front().view->look.horizontal);
}

DualChannel solve_disjoint(const DualPlan& plan, const Problem& problem, int channel, const SolveOptions& options,
                           Controller& controller) {
  Solver solver(plan, problem, channel);
  const int blocks = solver.blocks(), most = std::min(sweeps_of(options, kBisections), kBisections);
  std::vector<Sums> parts(blocks);
  std::atomic<int> done{0};
  std::atomic<bool> ended{false};
  parallel_for(0, blocks, [&](int b) {
    Controller::Figures figures;
    figures.channel = channel;
    figures.channels = problem.channels();
    figures.fraction = static_cast<double>(done) / blocks;
    if (!controller.tick(figures)) ended = true;
    parts[b] = solver.solve(b, ended ? 1 : most);  // one pass only looks
    ++done;
  });
  DualChannel& r = solver.result;
  Sums all;
  for (const Sums& s : parts) {
    all.squares += s.squares, all.misfit += s.misfit, all.slack += s.slack;
    all.steps = std::max(all.steps, s.steps);
    all.unfinished |= s.unfinished;
  }
  r.primal = (all.squares + all.misfit) / 2;
  r.dual_value = r.primal - all.slack / 2;
  r.sweeps = all.steps;
  controller.thumbnail(channel, problem.channels(), r.seen[0]);
  r.ending = ended                                                                ? controller.ending()
             : all.unfinished && all.slack > 2 * options.gap_tolerance * r.primal ? kSweepsUsed
                                                                                  : kGapClosed;
  return std::move(r);
}

}  // namespace bifocal::solver
