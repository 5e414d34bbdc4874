// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/thumbnail_size.hpp>

#include <algorithm>
#include <cmath>

#include <bifocal/request.hpp>
#include <bifocal/scaler.hpp>

namespace bifocal {
namespace {

std::string_view library_of(std::string_view scaler) {
  for (const ScalerInfo& info : Scaler::catalogue())
    if (info.id == scaler) return info.library;
  return scaler == kAnyScaler ? "Pillow" : "";
}

/// The neighbour of `side` that misses least; the lower one of two that miss alike, as Python's min takes the first.
template <class Miss>
int neighbour(double side, const Miss& miss) {
  const double low = std::floor(side), high = std::ceil(side);
  return std::max(1, static_cast<int>(miss(high) < miss(low) ? high : low));
}

/// Pillow's Image.thumbnail (9.4 to 11; PIL/Image.py, preserve_aspect_ratio).
Size pillows(Size image, Size box) {
  const double x = box.width, y = box.height, aspect = static_cast<double>(image.width) / image.height;
  if (x / y >= aspect) return {neighbour(y * aspect, [&](double n) { return std::abs(aspect - n / y); }), box.height};
  return {box.width, neighbour(x / aspect, [&](double n) { return n == 0 ? 0 : std::abs(aspect - x / n); })};
}

/// The nearest whole number, halves up, of both sides times the one factor.
Size nearest(Size image, Size box) {
  const double x = static_cast<double>(box.width) / image.width, y = static_cast<double>(box.height) / image.height;
  const double factor = std::min(x, y);
  const auto side = [factor](int n) { return std::max(1, static_cast<int>(std::floor(n * factor + 0.5))); };
  return {x <= y ? box.width : side(image.width), y <= x ? box.height : side(image.height)};
}

/// Whether `a` is what `b` becomes, rounded either way, when it follows by to/from.
bool follows(int a, int b, int to, int from) {
  const double exact = static_cast<double>(b) * to / from;
  return a == std::max(1, static_cast<int>(std::floor(exact))) || a == std::max(1, static_cast<int>(std::ceil(exact)));
}

}  // namespace

Size thumbnail_size(Size image, Size box, std::string_view scaler) {
  return library_of(scaler) == "Pillow" ? pillows(image, box) : nearest(image, box);
}

bool keeps_shape(Size image, Size small, std::string_view scaler) {
  if (library_of(scaler) == "OpenCV")
    return follows(small.height, small.width, image.height, image.width) ||
           follows(small.width, small.height, image.width, image.height);
  return thumbnail_size(image, small, scaler) == small;
}

}  // namespace bifocal
