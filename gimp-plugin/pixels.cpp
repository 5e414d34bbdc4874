// SPDX-License-Identifier: LGPL-3.0-or-later
#include "pixels.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <gegl.h>

#include "answer.hpp"

namespace plugin {
namespace {

using bifocal::Image8;

constexpr int kBand = 64;  // rows held interleaved at a time, so that large layers are not held twice
constexpr char kParasite[] = "bifocal";

struct Unref {
  void operator()(GeglBuffer* buffer) const { g_object_unref(buffer); }
};
using Buffer = std::unique_ptr<GeglBuffer, Unref>;

Buffer buffer_of(gint32 drawable) {
  Buffer buffer(gimp_drawable_get_buffer(drawable));
  if (!buffer) throw UserError("GIMP did not give access to the layer's pixels. Nothing was changed.");
  return buffer;
}

/// Components `first` to `last` of an 8-bit format over an area, each as a plane.
Image8 read_planes(GeglBuffer* buffer, const GeglRectangle& area, const Babl* format, int first, int last) {
  const int components = babl_format_get_n_components(format), width = area.width;
  Image8 image(area.height, width, last - first + 1);
  std::vector<std::uint8_t> samples(std::size_t(kBand) * width * components);
  for (int top = 0; top < area.height; top += kBand) {
    const GeglRectangle band{area.x, area.y + top, width, std::min(kBand, area.height - top)};
    gegl_buffer_get(buffer, &band, 1.0, format, samples.data(), GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (int c = first; c <= last; ++c)
      for (int r = 0; r < band.height; ++r) {
        std::uint8_t* out = image.plane(c - first).row(top + r);
        const std::uint8_t* in = samples.data() + std::size_t(r) * width * components + c;
        for (int i = 0; i < width; ++i) out[i] = in[std::size_t(i) * components];
      }
  }
  return image;
}

void multiply(Image8& a, const Image8& b) {
  for (int y = 0; y < a.height(); ++y) {
    std::uint8_t* p = a.plane(0).row(y);
    const std::uint8_t* q = b.plane(0).row(y);
    for (int x = 0; x < a.width(); ++x) p[x] = std::uint8_t((p[x] * q[x] + 127) / 255);
  }
}

/// One level as a sample of type T; 16-bit and float hold every level exactly.
template <class T>
T sample(std::uint8_t level) {
  if constexpr (std::is_same_v<T, std::uint8_t>)
    return level;
  else if constexpr (std::is_same_v<T, std::uint16_t>)
    return std::uint16_t(level * 257);
  else
    return T(level) / T(255);
}

/// Writes the colour and, when there is one, the cover's alpha in the full precision of T.
template <class T>
void write_as(GeglBuffer* to, GeglBuffer* cover, const Image8& colour, const Babl* format, bool alpha) {
  const int channels = colour.channels(), stride = channels + alpha, width = colour.width();
  std::vector<T> samples(std::size_t(kBand) * width * stride);
  for (int top = 0; top < colour.height(); top += kBand) {
    const int rows = std::min(kBand, colour.height() - top);
    const GeglRectangle area{0, top, width, rows};
    if (alpha) gegl_buffer_get(cover, &area, 1.0, format, samples.data(), GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (int c = 0; c < channels; ++c)
      for (int r = 0; r < rows; ++r) {
        const std::uint8_t* in = colour.plane(c).row(top + r);
        T* out = samples.data() + std::size_t(r) * width * stride + c;
        for (int i = 0; i < width; ++i) out[std::size_t(i) * stride] = sample<T>(in[i]);
      }
    gegl_buffer_set(to, &area, 0, format, samples.data(), GEGL_AUTO_ROWSTRIDE);
  }
}

void write_layer(gint32 layer, gint32 cover, const Image8& colour, const Encoding& encoding) {
  const bool alpha = gimp_drawable_has_alpha(layer);
  const Buffer to = buffer_of(layer), from = buffer_of(cover);
  const int bits = 8 * babl_format_get_bytes_per_pixel(gegl_buffer_get_format(to.get())) /
                   babl_format_get_n_components(gegl_buffer_get_format(to.get()));
  const GimpPrecision precision = gimp_image_get_precision(gimp_item_get_image(cover));
  const bool u16 = precision == GIMP_PRECISION_U16_GAMMA || precision == GIMP_PRECISION_U16_LINEAR;
  if (bits == 8)
    write_as<std::uint8_t>(to.get(), from.get(), colour, encoding.format("u8", alpha), alpha);
  else if (u16)
    write_as<std::uint16_t>(to.get(), from.get(), colour, encoding.format("u16", alpha), alpha);
  else if (bits == 64)
    write_as<double>(to.get(), from.get(), colour, encoding.format("double", alpha), alpha);
  else
    write_as<float>(to.get(), from.get(), colour, encoding.format("float", alpha), alpha);
}

void copy_mask(gint32 from_layer, gint32 to_layer) {
  const gint32 mask = gimp_layer_get_mask(from_layer);
  if (mask == -1) return;
  const gint32 copy = gimp_layer_create_mask(to_layer, GIMP_ADD_MASK_WHITE);
  if (copy == -1 || !gimp_layer_add_mask(to_layer, copy))
    throw UserError("GIMP could not copy the cover's layer mask.");
  const Buffer from = buffer_of(mask), to = buffer_of(copy);
  gegl_buffer_copy(from.get(), nullptr, GEGL_ABYSS_NONE, to.get(), nullptr);
  gimp_layer_set_apply_mask(to_layer, gimp_layer_get_apply_mask(from_layer));
  gimp_layer_set_edit_mask(to_layer, FALSE);
}

/// Deletes a layer that never came into the image.
class LooseLayer {
 public:
  explicit LooseLayer(gint32 id) : id_(id) {}
  LooseLayer(const LooseLayer&) = delete;
  LooseLayer& operator=(const LooseLayer&) = delete;
  ~LooseLayer() {
    if (id_ != -1) gimp_item_delete(id_);
  }
  gint32 id() const { return id_; }
  gint32 release() { return std::exchange(id_, -1); }

 private:
  gint32 id_;
};

}  // namespace

Encoding::Encoding(gint32 layer) {
  const gint32 image = gimp_item_get_image(layer);
  const Babl* stored = gimp_drawable_get_format(layer);
  space_ = babl_format_get_space(stored);
  grey_ = gimp_image_base_type(image) == GIMP_GRAY;
  switch (gimp_image_get_precision(image)) {
    case GIMP_PRECISION_U8_LINEAR:
      stored_linear_ = true;
      warning_ =
          "The image stores 8-bit linear light, and GIMP exports it so. The thumbnail is right for software that "
          "scales "
          "the file's numbers as they are and keeps its colour profile. For ordinary files use Image > Precision > "
          "Perceptual gamma before running Bifocal.";
      break;
    case GIMP_PRECISION_U16_LINEAR:
    case GIMP_PRECISION_U32_LINEAR:
    case GIMP_PRECISION_HALF_LINEAR:
    case GIMP_PRECISION_FLOAT_LINEAR:
    case GIMP_PRECISION_DOUBLE_LINEAR:
      warning_ =
          "The image stores linear light, and GIMP exports it so: a scaler then sees other numbers. Before exporting, "
          "choose '8-bit integer' and 'Perceptual gamma (sRGB)' in Image > Precision.";
      break;
    default:
      break;
  }
}

const Babl* Encoding::format(const char* type, bool alpha) const {
  // The prime marks the perceptual encoding: R'G'B' against linear RGB.
  std::string name = grey_ ? (stored_linear_ ? "Y" : "Y'") : (stored_linear_ ? "RGB" : "R'G'B'");
  if (alpha) name += "A";
  return babl_format_with_space((name + " " + type).c_str(), space_);
}

LayerPixels read_layer(gint32 layer, const Encoding& encoding) {
  const GeglRectangle area{0, 0, gimp_drawable_width(layer), gimp_drawable_height(layer)};
  const Buffer buffer = buffer_of(layer);
  LayerPixels pixels{read_planes(buffer.get(), area, encoding.format("u8", false), 0, encoding.channels() - 1), {}};
  if (gimp_drawable_has_alpha(layer)) pixels.opacity = read_planes(buffer.get(), area, babl_format("YA u8"), 1, 1);
  const gint32 mask = gimp_layer_get_mask(layer);
  if (mask != -1 && gimp_layer_get_apply_mask(layer)) {
    Image8 shown = read_planes(buffer_of(mask).get(), area, babl_format("Y u8"), 0, 0);
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

std::optional<Image8> read_selection(gint32 image, gint32 layer) {
  if (gimp_selection_is_empty(image)) return {};
  gint x = 0, y = 0;
  gimp_drawable_offsets(layer, &x, &y);
  // The selection has the image's size; what a layer has outside the image cannot be selected and reads as 0.
  const GeglRectangle area{x, y, gimp_drawable_width(layer), gimp_drawable_height(layer)};
  return read_planes(buffer_of(gimp_image_get_selection(image)).get(), area, babl_format("Y u8"), 0, 0);
}

gint32 insert_result(gint32 image, gint32 cover, const Image8& colour, const Encoding& encoding,
                     const std::string& name, const std::string& parasite) {
  LooseLayer layer(gimp_layer_new(image, name.c_str(), colour.width(), colour.height(), gimp_drawable_type(cover), 100,
                                  gimp_image_get_default_new_layer_mode(image)));
  if (layer.id() == -1) throw UserError("GIMP could not make a new layer: " + std::string(gimp_get_pdb_error()));
  write_layer(layer.id(), cover, colour, encoding);
  gint x = 0, y = 0;
  gimp_drawable_offsets(cover, &x, &y);
  gimp_layer_set_offsets(layer.id(), x, y);
  copy_mask(cover, layer.id());
  const std::unique_ptr<GimpParasite, decltype(&gimp_parasite_free)> note(
      gimp_parasite_new(kParasite, GIMP_PARASITE_PERSISTENT, parasite.size() + 1, parasite.c_str()),
      gimp_parasite_free);
  if (!gimp_item_attach_parasite(layer.id(), note.get()))
    throw UserError("GIMP could not keep the settings on the layer.");

  gimp_image_undo_group_start(image);
  const bool inserted = gimp_image_insert_layer(image, layer.id(), gimp_item_get_parent(cover),
                                                gimp_image_get_item_position(image, cover));
  gimp_image_undo_group_end(image);
  if (!inserted) throw UserError("GIMP could not insert the new layer: " + std::string(gimp_get_pdb_error()));
  gimp_displays_flush();
  return layer.release();
}

}  // namespace plugin
