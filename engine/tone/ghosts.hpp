// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Ghosts in the tone plan: how much of the other picture is in one's own. In windows over the whole plane (one, and 3 x
// 3 that overlap like hats), the error e = value − wish is fitted by least squares as
//   e ≈ a·own + b·other,   own and other less their means there,
// and b·other is the ghost. Errors of other shapes are seen far less: a weight of its own for ghosts makes room for
// more contrast at the same amount of them.
#include <utility>
#include <vector>

namespace bifocal::tone {

class Ghosts {
 public:
  /// Planes of height·width samples, rows after rows. care: how much an error counts already (masking.hpp), there the
  /// push is that much less; empty: 1.
  Ghosts(int height, int width, const std::vector<float>& own, const std::vector<float>& other,
         const std::vector<float>& care = {});
  /// Takes in the ghost of `value`; push() nears `weight` times its mean over the last few calls.
  void update(const std::vector<float>& value, const std::vector<float>& wish, double weight);
  /// Starts with this push instead of none.
  void begin(std::vector<float> push) { push_ = std::move(push); }
  /// The gradient of the ghost's cost, spread over iterations: what to hold against it.
  const std::vector<float>& push() const { return push_; }

 private:
  /// Hats along one axis: sample i belongs to window k by weights[k][i].
  struct Axis {
    Axis(int n, int windows);
    std::vector<std::vector<float>> weights;
  };
  struct Level {
    Axis rows, columns;
    std::vector<float> own, other;                        ///< less their means
    std::vector<float> pushed;                            ///< other over care
    std::vector<double> own_own, own_other, other_other;  ///< sums of products per window
  };
  std::vector<float> centred(const Level& level, const std::vector<float>& plane) const;
  /// Per window: Σ weight · p · q.
  std::vector<double> products(const Level& level, const std::vector<float>& p, const std::vector<float>& q) const;
  /// out[x] = Σ_windows weight · values at row y.
  void row(const Level& level, const std::vector<double>& values, int y, float* out) const;

  int height_, width_;
  std::vector<Level> levels_;
  std::vector<float> push_;
};

}  // namespace bifocal::tone
