// SPDX-License-Identifier: LGPL-3.0-or-later
#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/problem.hpp>

namespace bifocal {

Image see(const View& view, const Image& x) {
  if (!view.linear())
    throw Error(ErrorCode::Unsupported, "the view \"" + view.name + "\" looks through a transfer function");
  return view.look.apply(x);
}

double objective(const Problem& problem, const Image& x) {
  double total = 0;
  for (const View& v : problem.views) {
    if (v.weight == 0) continue;
    const Image seen = see(v, x);
    const Image& picture = v.picture.empty() ? problem.cover : v.picture;
    double squares = 0;
    for (int c = 0; c < seen.channels(); ++c)
      for (int y = 0; y < seen.height(); ++y) {
        double sum = 0;
        for (int k = 0; k < seen.width(); ++k) {
          const double d = seen.plane(c).row(y)[k] - picture.plane(c).row(y)[k];
          sum += (v.pixel_weights ? v.pixel_weights->plane(0).row(y)[k] : 1.0) * d * d;
        }
        squares += sum;
      }
    total += problem.norm == Norm::Norms ? v.weight * std::sqrt(squares) : v.weight / 2 * squares;
  }
  return total;
}

}  // namespace bifocal
