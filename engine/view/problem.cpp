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
  const std::string what = "the view \"" + view.name + "\"";
  const int channels = view.channels == Channels::Luma ? 1 : p.channels();
  if (view.look.source() != p.size())
    throw Error(ErrorCode::SizeMismatch,
                what + " is made for images of " + shape(view.look.source()) + " but the cover has " + shape(p.size()));
  if (view.weight != 0 && !(view.weight >= kLeastWeight && view.weight <= kMostWeight))
    throw Error(ErrorCode::InvalidArgument, what + " has the weight " + number_text(view.weight) +
                                                "; it must be 0 or lie between " + number_text(kLeastWeight) + " and " +
                                                number_text(kMostWeight));
  if (view.picture.empty() && view.pixel_by_pixel()) return;
  const double gain = matrix::largest_sum(view.look.vertical) * matrix::largest_sum(view.look.horizontal);
  if (!(gain <= kMostGain))
    throw Error(ErrorCode::InvalidArgument, what + " makes levels up to " + number_text(gain) + " times as large; " +
                                                number_text(kMostGain) + " times is the most that is possible");
  if (!(view.weight * norm_bound(view.look.vertical) * norm_bound(view.look.horizontal) <= kMostCurvature))
    throw Error(ErrorCode::InvalidArgument,
                what + " counts too much for the arithmetic: its weight is " + number_text(view.weight));
  if (view.scaler && view.channels == Channels::Luma)
    throw Error(ErrorCode::InvalidArgument, what + " has a scaler, which looks at every channel, but looks at luma");
  if (view.picture.size() != view.look.target() || view.picture.channels() != channels)
    throw Error(ErrorCode::SizeMismatch, what + " shows " + shape(view.look.target()) + " pixels in " +
                                             std::to_string(channels) + " channels, but its picture has " +
                                             shape(view.picture.size()) + " in " +
                                             std::to_string(view.picture.channels()));
  check_range(view.picture, 0, 255, what + " has a picture that");
  if (view.pixel_weights) {
    if (view.pixel_weights->size() != view.look.target() || view.pixel_weights->channels() != 1)
      throw Error(ErrorCode::SizeMismatch, what + " has weights of another size than its picture");
    check_range(*view.pixel_weights, kLeastPixelWeight, kMostPixelWeight, what + " has pixel weights, one of which",
                true);
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
  if (channels() == 0) throw Error(ErrorCode::InvalidArgument, "there is no cover");
  if (whole_cover && !cover.empty()) throw Error(ErrorCode::InvalidArgument, "there are two covers");
  check_range(cover, 0, 255, "the cover");
  if (views.empty()) throw Error(ErrorCode::InvalidArgument, "there are no views");
  double least = kMostWeight, most = 0;
  for (const View& v : views) {
    check_view(v, *this);
    if (v.weight > 0) least = std::min(least, v.weight), most = std::max(most, v.weight);
  }
  if (most > kMostApart * least)
    throw Error(ErrorCode::InvalidArgument,
                "the weights of the views, " + number_text(least) + " to " + number_text(most) + ", lie too far apart");
  if (mask) {
    if (mask->size() != size() || mask->channels() != 1)
      throw Error(ErrorCode::SizeMismatch,
                  "the mask has " + shape(mask->size()) + " pixels but the cover has " + shape(size()));
    check_range(*mask, 0, 1, "the mask");
  }
  if (start && (start->size() != size() || start->channels() != channels()))
    throw Error(ErrorCode::SizeMismatch, "the start has another shape than the cover");
  if (start) check_range(*start, -kFarthestStart, kFarthestStart, "the start");
} catch (...) {
  leave(size());
}

}  // namespace bifocal
