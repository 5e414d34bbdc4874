// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/algorithm.hpp"

#include <algorithm>

#include "light/eye.hpp"
#include "matrix/compiled.hpp"

namespace bifocal::solver {

const View* shown_view(const Problem& problem) {
  const auto found =
      std::find_if(problem.views.begin(), problem.views.end(), [](const View& v) { return v.scaler.has_value(); });
  return found == problem.views.end() ? nullptr : &*found;
}

void show(const Problem& problem, const Image& x, Controller& controller) {
  if (const View* view = shown_view(problem)) controller.thumbnail(seen_of(*view, x));
  controller.picture(light::from_afar(x, Progress::kPictureSide));
}

void show_channel(Size size, int channel, int channels, const RowSource& rows, Controller& controller) {
  light::FromAfar afar(size, 1, Progress::kPictureSide);
  rows([&](int y, int x, const float* levels, int n) { afar.add(0, y, x, levels, n); });
  controller.picture(channel, channels, afar.picture());
}

Image Solution::take(Size size, int channels) {
  Image x(size.height, size.width, channels);
  for (int c = 0; c < channels; ++c)
    rows(c, [&](int y, int x0, const float* levels, int n) { std::copy_n(levels, n, x.plane(c).row(y) + x0); });
  return x;
}

void ImageSolution::rows(int channel, const RowSink& sink) const {
  for (int y = 0; y < x_.height(); ++y) sink(y, 0, x_.plane(channel).row(y), x_.width());
}

Image ImageSolution::seen(std::size_t k) const { return x_.empty() ? Image() : seen_of(problem_.views[k], x_); }

Image seen_of(const View& view, const Image& x) { return view.linear() ? matrix::apply(view.look, x) : see(view, x); }

}  // namespace bifocal::solver
