// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/fit.hpp"

#include <algorithm>
#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/scalers.hpp>

#include "image/crop.hpp"
#include "words/words.hpp"

namespace bifocal::request {
namespace {

struct Box {
  int x = 0, y = 0, width = 0, height = 0;
};

Image8 crop(const Image8& image, Box b) { return bifocal::crop(image, b.x, b.y, {b.width, b.height}); }

/// The largest box of aspect `shape` in the middle of `whole`.
Box centred(Size shape, Size whole) {
  const double scale =
      std::min(static_cast<double>(whole.width) / shape.width, static_cast<double>(whole.height) / shape.height);
  Box b;
  b.width = std::clamp(static_cast<int>(std::lround(shape.width * scale)), 1, whole.width);
  b.height = std::clamp(static_cast<int>(std::lround(shape.height * scale)), 1, whole.height);
  b.x = (whole.width - b.width) / 2;
  b.y = (whole.height - b.height) / 2;
  return b;
}

Image8 resized(const Image8& image, Size size) {
  return image.size() == size ? image : Scaler::find(scalers::kFitting).resize(image, size);
}

}  // namespace

Fitted fit_target(const Image8& target, const std::optional<Image8>& alpha, Size size, Fit fit,
                  const std::function<Image8()>& under) {
  if (target.empty()) throw Error(ErrorCode::InvalidArgument, _("there is no target"));
  if (alpha && (alpha->size() != target.size() || alpha->channels() != 1))
    throw Error(ErrorCode::SizeMismatch, _("the target's transparency has another size than the target"));
  const Box from = fit == Fit::Fill ? centred(size, target.size()) : Box{0, 0, target.width(), target.height()};
  const Box to = fit == Fit::Inside ? centred(target.size(), size) : Box{0, 0, size.width, size.height};
  const Image8 small = resized(crop(target, from), {to.width, to.height});
  const Image8 opacity = alpha ? resized(crop(*alpha, from), {to.width, to.height}) : Image8();

  const bool partial = alpha || to.width != size.width || to.height != size.height;
  if (!partial) return {to_float(small), {}};
  Fitted f{to_float(under()), {}};
  f.weights.emplace(size.height, size.width, 1);
  for (int y = 0; y < to.height; ++y)
    for (int x = 0; x < to.width; ++x) {
      const float a = alpha ? opacity.plane(0).row(y)[x] / 255.f : 1.f;
      f.weights->plane(0).row(to.y + y)[to.x + x] = a > 0;
      for (int c = 0; c < small.channels(); ++c) {
        float& level = f.picture.plane(c).row(to.y + y)[to.x + x];
        level = std::round(a * small.plane(c).row(y)[x] + (1 - a) * level);
      }
    }
  return f;
}

Image8 opacity(const Image& weights) {
  Image8 out(weights.height(), weights.width(), 1);
  for (int y = 0; y < out.height(); ++y)
    for (int x = 0; x < out.width(); ++x) out.plane(0).row(y)[x] = weights.plane(0).row(y)[x] > 0 ? 255 : 0;
  return out;
}

std::optional<Image> mask_of(const std::optional<Image8>& selection) {
  if (!selection) return std::nullopt;
  Image mask(selection->height(), selection->width(), 1);
  for (int y = 0; y < mask.height(); ++y)
    for (int x = 0; x < mask.width(); ++x) mask.plane(0).row(y)[x] = selection->plane(0).row(y)[x] / 255.f;
  return mask;
}

}  // namespace bifocal::request
