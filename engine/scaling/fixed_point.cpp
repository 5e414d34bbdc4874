// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/fixed_point.hpp"

#include <limits>

namespace bifocal::scaling {

IntegerMatrix quantised(const BandedMatrix& matrix, int bits) {
  IntegerMatrix m;
  m.columns = matrix.columns();
  const double one = static_cast<double>(std::int64_t{1} << bits);
  for (int r = 0; r < matrix.rows(); ++r) {
    m.first.push_back(matrix.first(r));
    for (double w : matrix.weights(r))
      m.weights.push_back(static_cast<std::int32_t>(w < 0 ? w * one - 0.5 : w * one + 0.5));
    m.offset.push_back(m.weights.size());
  }
  return m;
}

void set_rounding_shift(FixedPoint& arithmetic, int shift) {
  const std::int64_t one = std::int64_t{1} << shift;
  for (std::int64_t t = 0; t < 256; ++t) {
    arithmetic.low[t] = t * one - one / 2;
    arithmetic.high[t] = (t + 1) * one - one / 2 - 1;
  }
  arithmetic.low[0] = std::numeric_limits<std::int64_t>::min() / 4;
  arithmetic.high[255] = std::numeric_limits<std::int64_t>::max() / 4;
}

}  // namespace bifocal::scaling
