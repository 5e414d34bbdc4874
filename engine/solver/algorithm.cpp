// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/algorithm.hpp"

namespace bifocal::solver {

void ImageSolution::rows(int channel, const RowSink& sink) const {
  for (int y = 0; y < x_.height(); ++y) sink(y, 0, x_.plane(channel).row(y), x_.width());
}

}  // namespace bifocal::solver
