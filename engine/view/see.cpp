// SPDX-License-Identifier: LGPL-3.0-or-later
#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/problem.hpp>

#include "error/edge.hpp"
#include "light/transfer.hpp"
#include "view/cover.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

/// The scale on which the view averages: one plane per channel, or one of luma.
Image source(const View& view, const Image& x) {
  const bool luma = view.channels == Channels::Luma;
  const auto weights = light::luma_weights(view.decode, x.channels());
  Image out(x.height(), x.width(), luma ? 1 : x.channels());
  for (int c = 0; c < x.channels(); ++c)
    for (int y = 0; y < x.height(); ++y) {
      const float* from = x.plane(c).row(y);
      float* to = out.plane(luma ? 0 : c).row(y);
      for (int i = 0; i < x.width(); ++i) {
        const float v = static_cast<float>(light::decode(view.decode, from[i]));
        if (luma)
          to[i] += (c < 3 ? weights[c] : 0) * v;
        else
          to[i] = v;
      }
    }
  return out;
}

}  // namespace

Image see(const View& view, const Image& x) try {
  if (view.linear()) return view.look.apply(x);
  Image seen = view.look.apply(source(view, x));
  if (view.encode != Transfer::None)
    for (int c = 0; c < seen.channels(); ++c)
      for (int y = 0; y < seen.height(); ++y)
        for (int i = 0; i < seen.width(); ++i)
          seen.plane(c).row(y)[i] = static_cast<float>(light::encode(view.encode, seen.plane(c).row(y)[i]));
  return seen;
} catch (...) {
  leave(x.size());
}

double objective(const Problem& problem, const Image& x) try {
  problem.check();
  if (x.size() != problem.size() || x.channels() != problem.channels())
    throw Error(ErrorCode::SizeMismatch, _("the image has another shape than the cover"));
  if (problem.whole_cover) return objective(with_floats(problem), x);
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
} catch (...) {
  leave(x.size());
}

}  // namespace bifocal
