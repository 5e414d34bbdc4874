// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/problem.hpp>

#include <cmath>
#include <string>

#include <bifocal/error.hpp>

#include "hot/hot.hpp"

namespace bifocal {
namespace {

std::string shape(Size s) { return std::to_string(s.width) + "x" + std::to_string(s.height); }

void check_range(const Image& image, float low, float high, const std::string& what) {
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width() && !hot::loops().within(image.plane(c).row(y), image.width(), low, high); ++x) {
        const float v = image.plane(c).row(y)[x];
        if (!(v >= low && v <= high))
          throw Error(ErrorCode::InvalidArgument, what + " holds " + std::to_string(v) + " at (" + std::to_string(x) +
                                                      ", " + std::to_string(y) + ")");
      }
}

void check_view(const View& view, const Problem& p) {
  const std::string what = "the view \"" + view.name + "\"";
  const int channels = view.channels == Channels::Luma ? 1 : p.channels();
  if (view.look.source() != p.size())
    throw Error(ErrorCode::SizeMismatch, what + " is made for images of " + shape(view.look.source()) +
                                             " but the cover has " + shape(p.size()));
  if (!(view.weight >= 0) || !std::isfinite(view.weight))
    throw Error(ErrorCode::InvalidArgument, what + " has the weight " + std::to_string(view.weight));
  if (view.picture.empty() && view.pixel_by_pixel()) return;
  if (view.picture.size() != view.look.target() || view.picture.channels() != channels)
    throw Error(ErrorCode::SizeMismatch, what + " shows " + shape(view.look.target()) + " pixels in " +
                                             std::to_string(channels) + " channels, but its picture has " +
                                             shape(view.picture.size()) + " in " +
                                             std::to_string(view.picture.channels()));
  check_range(view.picture, 0, 255, what + " has a picture that");
  if (view.pixel_weights) {
    if (view.pixel_weights->size() != view.look.target() || view.pixel_weights->channels() != 1)
      throw Error(ErrorCode::SizeMismatch, what + " has weights of another size than its picture");
    check_range(*view.pixel_weights, 0, 1e30f, what + " has weights that");
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

void Problem::check() const {
  if (channels() == 0) throw Error(ErrorCode::InvalidArgument, "there is no cover");
  if (whole_cover && !cover.empty()) throw Error(ErrorCode::InvalidArgument, "there are two covers");
  check_range(cover, 0, 255, "the cover");
  if (views.empty()) throw Error(ErrorCode::InvalidArgument, "there are no views");
  for (const View& v : views) check_view(v, *this);
  if (mask) {
    if (mask->size() != size() || mask->channels() != 1)
      throw Error(ErrorCode::SizeMismatch, "the mask has " + shape(mask->size()) + " pixels but the cover has " + shape(size()));
    check_range(*mask, 0, 1, "the mask");
  }
  if (start && (start->size() != size() || start->channels() != channels())) throw Error(ErrorCode::SizeMismatch, "the start has another shape than the cover");
}

}  // namespace bifocal
