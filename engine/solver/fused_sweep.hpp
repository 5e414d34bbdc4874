// SPDX-License-Identifier: LGPL-3.0-or-later
// One pass over the image for all linear views at once, x never stored:
//   in:   one dual grid λ_k per view (its picture's size)
//   x   = clip(center + Σ_k V_kᵀ λ_k H_k)
//   out:  Σ (x − center)², and per view D_k x = V_k x H_kᵀ, optionally the curvature V_k² [x not clipped] (H_k²)ᵀ
// Rows that feed the same outputs go together; column strips run side by side. Strips and the order of all sums depend
// on the sizes alone, so results are the same on any number of threads.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include <bifocal/operator.hpp>

#include "image/levels.hpp"

namespace bifocal::solver {

/// A small image of floats without padding: what a view shows, a dual grid, a residual.
struct Grid {
  int height = 0;
  int width = 0;
  std::vector<float> v;

  Grid() = default;
  Grid(int h, int w) : height(h), width(w), v(static_cast<std::size_t>(h) * w) {}
  float* row(int y) { return v.data() + static_cast<std::size_t>(y) * width; }
  const float* row(int y) const { return v.data() + static_cast<std::size_t>(y) * width; }
};

class FusedSweep {
 public:
  /// All operators have the same source size; at least one.
  explicit FusedSweep(const std::vector<const SeparableOperator*>& views);
  ~FusedSweep();

  struct Output {
    double squares = 0;           ///< Σ (x − center)²
    std::vector<Grid> seen;       ///< D_k x
    std::vector<Grid> curvature;  ///< diag(D_k A D_kᵀ), A = [x not clipped]; empty unless asked for
  };

  /// `mask` may have a null data pointer: no mask.
  void run(Levels center, Plane<const float> mask, const std::vector<Grid>& duals, bool curvature, Output& out) const;
  /// x itself, in pieces of rows: sink(y, x, levels, n), from several threads.
  void render(Levels center, Plane<const float> mask, const std::vector<Grid>& duals,
              const std::function<void(int, int, const float*, int)>& sink) const;

 private:
  struct Columns;
  struct View;
  struct Group;
  class Strip;

  int height_ = 0;
  int width_ = 0;
  int strip_width_ = 0;
  int strips_ = 0;
  std::vector<View> views_;
  std::vector<Group> groups_;
};

}  // namespace bifocal::solver
