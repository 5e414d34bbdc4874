// SPDX-License-Identifier: LGPL-3.0-or-later
#include "pixels.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "buffers.hpp"
#include "language.hpp"

namespace plugin {
namespace {

using bifocal::Image8;

void multiply(Image8& a, const Image8& b) {
  for (int y = 0; y < a.height(); ++y) {
    std::uint8_t* p = a.plane(0).row(y);
    const std::uint8_t* q = b.plane(0).row(y);
    for (int x = 0; x < a.width(); ++x) p[x] = std::uint8_t((p[x] * q[x] + 127) / 255);
  }
}

}  // namespace

Encoding::Encoding(gint32 layer, ResultAs as) {
  const gint32 image = gimp_item_get_image(layer);
  const Babl* stored = gimp_drawable_get_format(layer);
  space_ = babl_format_get_space(stored);
  grey_ = gimp_image_base_type(image) == GIMP_GRAY;
  const bool own_image = as == ResultAs::Image;  // which is perceptual
  switch (gimp_image_get_precision(image)) {
    case GIMP_PRECISION_U8_LINEAR:
      encoded_ = own_image ? "~" : "";
      if (own_image) break;
      warning_ =
          _("The image stores 8-bit linear light, and GIMP exports it so. The thumbnail is right for software that "
            "scales the file's numbers as they are and keeps its colour profile. For ordinary files use Image > "
            "Precision > Perceptual gamma before running Bifocal.");
      break;
    case GIMP_PRECISION_U16_LINEAR:
    case GIMP_PRECISION_U32_LINEAR:
    case GIMP_PRECISION_HALF_LINEAR:
    case GIMP_PRECISION_FLOAT_LINEAR:
    case GIMP_PRECISION_DOUBLE_LINEAR:
      // What Image > Precision makes of a linear space of its own: the same primaries with sRGB's transfer function.
      encoded_ = "~";
      if (own_image) break;
      warning_ =
          _("The image stores linear light, and GIMP exports it so: a scaler then sees other numbers. Before "
            "exporting, choose '8-bit integer' and 'Perceptual gamma (sRGB)' in Image > Precision.");
      break;
    default:
      break;
  }
}

const Babl* Encoding::format(const char* type, bool alpha) const {
  std::string name;
  for (const char* channel : {"R", "G", "B"}) name += std::string(grey_ ? "Y" : channel) + encoded_;
  if (grey_) name.resize(name.size() / 3);
  if (alpha) name += "A";
  return babl_format_with_space((name + " " + type).c_str(), space_);
}

LayerPixels read_layer(gint32 layer, const Encoding& encoding) {
  const GeglRectangle area = area_of(layer);
  const Buffer buffer = buffer_of(layer);
  LayerPixels pixels{read_planes(buffer.get(), area, encoding.format("u8", false), 0, encoding.channels() - 1), {}};
  if (gimp_drawable_has_alpha(layer)) pixels.opacity = read_planes(buffer.get(), area, babl_format("YA u8"), 1, 1);
  if (has_shown_mask(layer)) {
    Image8 shown = read_planes(buffer_of(gimp_layer_get_mask(layer)).get(), area, babl_format("Y u8"), 0, 0);
    if (pixels.opacity)
      multiply(*pixels.opacity, shown);
    else
      pixels.opacity = std::move(shown);
  }
  const auto opaque = [](const Image8& a) {
    for (int y = 0; y < a.height(); ++y) {
      const std::uint8_t* row = a.plane(0).row(y);
      if (!std::all_of(row, row + a.width(), [](std::uint8_t v) { return v == 255; })) return false;
    }
    return true;
  };
  if (pixels.opacity && opaque(*pixels.opacity)) pixels.opacity.reset();
  return pixels;
}

bool has_shown_mask(gint32 layer) { return gimp_layer_get_mask(layer) != -1 && gimp_layer_get_apply_mask(layer); }

std::optional<Image8> read_selection(gint32 image, gint32 layer) {
  if (gimp_selection_is_empty(image)) return {};
  gint x = 0, y = 0;
  gimp_drawable_offsets(layer, &x, &y);
  // The selection has the image's size; what a layer has outside the image cannot be selected and reads as 0.
  const GeglRectangle area{x, y, gimp_drawable_width(layer), gimp_drawable_height(layer)};
  return read_planes(buffer_of(gimp_image_get_selection(image)).get(), area, babl_format("Y u8"), 0, 0);
}

}  // namespace plugin
