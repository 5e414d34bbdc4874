// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/view.hpp>

#include <bifocal/error.hpp>

#include "error/edge.hpp"
#include "image/shape.hpp"

namespace bifocal {

bool View::pixel_by_pixel() const {
  return linear() && !scaler && !pixel_weights && look.vertical.is_identity() && look.horizontal.is_identity();
}

View View::pixels(Size size, double weight) try {
  View v;
  v.name = "full size";
  v.look = SeparableOperator::identity(size);
  v.weight = weight;
  return v;
} catch (...) {
  leave();
}

View View::pixels(Image picture, double weight) try {
  View v;
  v.name = "full size";
  v.look = SeparableOperator::identity(picture.size());
  v.picture = std::move(picture);
  v.weight = weight;
  return v;
} catch (...) {
  leave();
}

View View::scaled(const Scaler& scaler, Size image, Image picture, double weight) try {
  View v;
  const Size to = picture.size();
  v.name = shape(to) + " " + std::string(scaler.info().id);
  v.look = scaler.matrices(image, to);
  if (scaler.info().light == Light::Linear) v.decode = v.encode = Transfer::Srgb;
  v.picture = std::move(picture);
  v.weight = weight;
  v.scaler = scaler;
  return v;
} catch (...) {
  leave();
}

}  // namespace bifocal
