// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/algorithm.hpp"

#include <algorithm>

#include "light/eye.hpp"

namespace bifocal::solver {

const View* shown_view(const Problem& problem) {
  const auto found =
      std::find_if(problem.views.begin(), problem.views.end(), [](const View& v) { return v.scaler.has_value(); });
  return found == problem.views.end() ? nullptr : &*found;
}

void show(const Problem& problem, const Image& x, Controller& controller) {
  if (const View* view = shown_view(problem)) controller.thumbnail(see(*view, x));
  controller.picture(light::from_afar(x, Progress::kPictureSide));
}

void show_channel(Size size, int channel, int channels, const RowSource& rows, Controller& controller) {
  light::FromAfar afar(size, 1, Progress::kPictureSide);
  rows([&](int y, int x, const float* levels, int n) { afar.add(0, y, x, levels, n); });
  controller.picture(channel, channels, afar.picture());
}

void ImageSolution::rows(int channel, const RowSink& sink) const {
  for (int y = 0; y < x_.height(); ++y) sink(y, 0, x_.plane(channel).row(y), x_.width());
}

}  // namespace bifocal::solver
