// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/problem.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "error/edge.hpp"
#include "image/range.hpp"
#include "image/shape.hpp"
#include "matrix/banded.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

// Sums of squares, weighted and seen through the matrices, stay within a float's range and digits between these.
constexpr double kLeastWeight = 1e-12, kMostWeight = 1e18, kMostApart = 1e21;
constexpr float kLeastPixelWeight = 1e-6f, kMostPixelWeight = 1000;
constexpr double kMostGain = 1000;
constexpr float kFarthestStart = 1e6f;   // it is clipped to the box
constexpr double kMostCurvature = 1e15;  // weight · ‖A‖²

/// ‖matrix‖₁ ‖matrix‖∞, which is at least ‖matrix‖².
double norm_bound(const BandedMatrix& m) {
  std::vector<double> columns(m.columns());
  for (int r = 0; r < m.rows(); ++r)
    for (int k = 0; k < m.count(r); ++k) columns[m.first(r) + k] += std::abs(m.weights(r)[k]);
  return matrix::largest_sum(m) * *std::max_element(columns.begin(), columns.end());
}

void check_view(const View& view, const Problem& p) {
  const char* name = view.name.c_str();
  const int channels = view.channels == Channels::Luma ? 1 : p.channels();
  if (view.look.source() != p.size())
    throw Error(ErrorCode::SizeMismatch, filled(_("the view \"%s\" is made for images of %s but the cover has %s"),
                                                name, shape(view.look.source()).c_str(), shape(p.size()).c_str()));
  if (view.weight != 0 && !(view.weight >= kLeastWeight && view.weight <= kMostWeight))
    throw Error(
        ErrorCode::InvalidArgument,
        filled(_("the view \"%s\" has the weight %s; it must be 0 or lie between %s and %s"), name,
               number_text(view.weight).c_str(), number_text(kLeastWeight).c_str(), number_text(kMostWeight).c_str()));
  if (view.picture.empty() && view.pixel_by_pixel()) return;
  const double gain = matrix::largest_sum(view.look.vertical) * matrix::largest_sum(view.look.horizontal);
  if (!(gain <= kMostGain))
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the view \"%s\" makes levels up to %s times as large; %s times is the most that is possible"),
                       name, number_text(gain).c_str(), number_text(kMostGain).c_str()));
  if (!(view.weight * norm_bound(view.look.vertical) * norm_bound(view.look.horizontal) <= kMostCurvature))
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the view \"%s\" counts too much for the arithmetic: its weight is %s"), name,
                       number_text(view.weight).c_str()));
  if (view.scaler && view.channels == Channels::Luma)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the view \"%s\" has a scaler, which looks at every channel, but looks at luma"), name));
  if (view.picture.size() != view.look.target() || view.picture.channels() != channels)
    throw Error(ErrorCode::SizeMismatch,
                filled(_("the view \"%s\" shows %s pixels in %d channels, but its picture has %s in %d"), name,
                       shape(view.look.target()).c_str(), channels, shape(view.picture.size()).c_str(),
                       view.picture.channels()));
  // TRANSLATORS: "... holds 300 at (2, 3)" follows
  check_range(view.picture, 0, 255, filled(_("the picture of the view \"%s\""), name));
  if (view.pixel_weights) {
    if (view.pixel_weights->size() != view.look.target() || view.pixel_weights->channels() != 1)
      throw Error(ErrorCode::SizeMismatch,
                  filled(_("the view \"%s\" has weights of another size than its picture"), name));
    check_range(*view.pixel_weights, kLeastPixelWeight, kMostPixelWeight,
                filled(_("the weight map of the view \"%s\""), name), true);
  }
}

}  // namespace

bool Problem::convex() const {
  bool pixels = false;
  for (const View& v : views) {
    if (!v.linear()) return false;
    // The mask's box is centred on the cover; the fused sweep knows one centre.
    pixels |= v.pixel_by_pixel() && v.weight > 0 && (!mask || v.picture.empty());
  }
  return pixels;
}

void Problem::check() const try {
  if (channels() == 0) throw Error(ErrorCode::InvalidArgument, _("there is no cover"));
  if (whole_cover && !cover.empty()) throw Error(ErrorCode::InvalidArgument, _("there are two covers"));
  check_range(cover, 0, 255, _("the cover"));
  if (views.empty()) throw Error(ErrorCode::InvalidArgument, _("there are no views"));
  double least = kMostWeight, most = 0;
  for (const View& v : views) {
    check_view(v, *this);
    if (v.weight > 0) least = std::min(least, v.weight), most = std::max(most, v.weight);
  }
  if (most > kMostApart * least)
    throw Error(ErrorCode::InvalidArgument, filled(_("the weights of the views, %s to %s, lie too far apart"),
                                                   number_text(least).c_str(), number_text(most).c_str()));
  if (mask) {
    if (mask->size() != size() || mask->channels() != 1)
      throw Error(ErrorCode::SizeMismatch, filled(_("the mask has %s pixels but the cover has %s"),
                                                  shape(mask->size()).c_str(), shape(size()).c_str()));
    check_range(*mask, 0, 1, _("the mask"));
  }
  if (start && (start->size() != size() || start->channels() != channels()))
    throw Error(ErrorCode::SizeMismatch, _("the start has another shape than the cover"));
  if (start) check_range(*start, -kFarthestStart, kFarthestStart, _("the start"));
} catch (...) {
  leave(size());
}

}  // namespace bifocal
