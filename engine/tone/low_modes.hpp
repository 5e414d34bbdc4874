// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The lowest frequencies of a plane, by the orthonormal DCT-II: modes (p, q), p < rows, q < columns, are
// ½·hypot(p, q) cycles per image. A frequency weight that is constant further up needs no others.
#include <vector>

namespace bifocal::tone {

class LowModes {
 public:
  LowModes(int height, int width, int most);
  int rows() const { return rows_; }
  int columns() const { return columns_; }
  static double cycles(int p, int q);
  /// modes[p·columns + q] of plane[y·width + x].
  void forward(const float* plane, std::vector<float>& modes);
  /// plane += the modes' sum.
  void add_inverse(const std::vector<float>& modes, float* plane);

 private:
  int height_, width_, rows_, columns_;
  std::vector<float> vertical_, horizontal_;  ///< rows x height, columns x width
  std::vector<float> between_;
};

}  // namespace bifocal::tone
