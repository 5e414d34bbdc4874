// SPDX-License-Identifier: LGPL-3.0-or-later
#include "result_layer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "answer.hpp"
#include "buffers.hpp"
#include "language.hpp"
#include "native_levels.hpp"
#include "origin.hpp"

namespace plugin {
namespace {

using bifocal::Image8;

/// `sentence` has a place for GIMP's reason.
[[noreturn]] void refuse(const char* sentence) { throw UserError(filled(sentence, gimp_get_pdb_error())); }

/// The levels where they are to be written; alpha, and the rest, as the cover has them, bit for bit.
void write_layer(gint32 to_layer, gint32 cover_layer, const Image8& colour, const std::optional<Image8>& written,
                 const Encoding& encoding) {
  const Buffer to = buffer_of(to_layer), from = buffer_of(cover_layer);
  NativeLevels native(encoding, gegl_buffer_get_format(to.get()));
  const int width = colour.width();
  const std::size_t pixel = native.pixel_bytes(), colours = std::size_t(colour.channels()) * native.component_bytes();
  std::vector<std::uint8_t> pixels(std::size_t(kBand) * width * pixel);
  for (int top = 0; top < colour.height(); top += kBand) {
    const int rows = std::min(kBand, colour.height() - top);
    const GeglRectangle band{0, top, width, rows};
    gegl_buffer_get(from.get(), &band, 1.0, native.format(), pixels.data(), GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    const std::vector<std::uint8_t>& levels = native.convert(colour, top, rows);
    for (int r = 0; r < rows; ++r)
      for (int x = 0; x < width; ++x)
        if (const std::size_t at = (std::size_t(r) * width + x) * pixel; !written || written->plane(0).row(top + r)[x])
          std::memcpy(&pixels[at], &levels[at], colours);
    gegl_buffer_set(to.get(), &band, 0, native.format(), pixels.data(), GEGL_AUTO_ROWSTRIDE);
  }
}

void copy_mask(gint32 from_layer, gint32 to_layer) {
  const gint32 mask = gimp_layer_get_mask(from_layer);
  if (mask == -1) return;
  const gint32 copy = gimp_layer_create_mask(to_layer, GIMP_ADD_MASK_WHITE);
  if (copy == -1 || !gimp_layer_add_mask(to_layer, copy))
    throw UserError(_("GIMP could not copy the cover's layer mask."));
  const Buffer from = buffer_of(mask), to = buffer_of(copy);
  gegl_buffer_copy(from.get(), nullptr, GEGL_ABYSS_NONE, to.get(), nullptr);
  gimp_layer_set_apply_mask(to_layer, gimp_layer_get_apply_mask(from_layer));
  gimp_layer_set_edit_mask(to_layer, FALSE);
}

/// Deletes an image that nobody has seen.
class LooseImage {
 public:
  explicit LooseImage(gint32 id) : id_(id) {}
  LooseImage(const LooseImage&) = delete;
  LooseImage& operator=(const LooseImage&) = delete;
  ~LooseImage() {
    if (id_ != -1) gimp_image_delete(id_);
  }
  gint32 id() const { return id_; }
  void release() { id_ = -1; }

 private:
  gint32 id_;
};

struct UnrefProfile {
  void operator()(GimpColorProfile* profile) const { g_object_unref(profile); }
};
using Profile = std::unique_ptr<GimpColorProfile, UnrefProfile>;

/// The profile that an image gets when its precision becomes perceptual; nothing where GIMP's own one is used.
Profile perceptual_profile(gint32 image) {
  Profile own(gimp_image_get_color_profile(image));
  if (!own || !gimp_color_profile_is_linear(own.get())) return own;
  return Profile(gimp_color_profile_new_srgb_trc_from_color_profile(own.get()));
}

void write_image_layer(gint32 layer, const Cover& cover, const Image8& colour) {
  const Buffer to = buffer_of(layer);
  const int channels = colour.channels(), stride = channels + bool(cover.opacity), width = colour.width();
  std::vector<std::uint8_t> samples(std::size_t(kBand) * width * stride);
  for (int top = 0; top < colour.height(); top += kBand) {
    const int rows = std::min(kBand, colour.height() - top);
    for (int c = 0; c < stride; ++c)
      for (int r = 0; r < rows; ++r) {
        const std::uint8_t* in = (c < channels ? colour.plane(c) : cover.opacity->plane(0)).row(top + r);
        std::uint8_t* out = samples.data() + std::size_t(r) * width * stride + c;
        for (int x = 0; x < width; ++x) out[std::size_t(x) * stride] = in[x];
      }
    const GeglRectangle band{0, top, width, rows};
    // The bytes as they are: the new image has the same encoding.
    gegl_buffer_set(to.get(), &band, 0, gegl_buffer_get_format(to.get()), samples.data(), GEGL_AUTO_ROWSTRIDE);
  }
}

}  // namespace

LooseLayer make_result_layer(gint32 layer, const Cover& cover, const Image8& colour, const Encoding& encoding,
                             const std::string& name) {
  const gint32 image = gimp_item_get_image(layer);
  LooseLayer result(gimp_layer_new(image, name.c_str(), colour.width(), colour.height(), gimp_drawable_type(layer), 100,
                                   gimp_image_get_default_new_layer_mode(image)));
  if (result.id() == -1) refuse(_("GIMP could not make a new layer: %s"));
  write_layer(result.id(), layer, colour, cover.written, encoding);
  gint x = 0, y = 0;
  gimp_drawable_offsets(layer, &x, &y);
  gimp_layer_set_offsets(result.id(), x, y);
  copy_mask(layer, result.id());
  return result;
}

gint32 make_result_image(gint32 layer, const Cover& cover, const Image8& colour, const Encoding& encoding,
                         const std::string& name) {
  const gint32 from = gimp_item_get_image(layer);
  LooseImage image(gimp_image_new_with_precision(colour.width(), colour.height(),
                                                 encoding.grey() ? GIMP_GRAY : GIMP_RGB, GIMP_PRECISION_U8_GAMMA));
  if (image.id() == -1) refuse(_("GIMP could not make a new image: %s"));
  gimp_image_undo_disable(image.id());
  if (const Profile profile = perceptual_profile(from)) gimp_image_set_color_profile(image.id(), profile.get());
  gdouble across = 0, down = 0;
  gimp_image_get_resolution(from, &across, &down);
  gimp_image_set_resolution(image.id(), across, down);
  gimp_image_set_unit(image.id(), gimp_image_get_unit(from));
  const GimpImageType type = encoding.grey() ? (cover.opacity ? GIMP_GRAYA_IMAGE : GIMP_GRAY_IMAGE)
                                             : (cover.opacity ? GIMP_RGBA_IMAGE : GIMP_RGB_IMAGE);
  LooseLayer result(gimp_layer_new(image.id(), name.c_str(), colour.width(), colour.height(), type, 100,
                                   gimp_image_get_default_new_layer_mode(image.id())));
  if (result.id() == -1) refuse(_("GIMP could not make a new layer: %s"));
  write_image_layer(result.id(), cover, colour);
  if (!gimp_image_insert_layer(image.id(), result.id(), -1, 0)) refuse(_("GIMP could not insert the new layer: %s"));
  gimp_image_undo_enable(image.id());
  image.release();
  return result.release();
}

void attach_note(gint32 layer, const std::string& note) {
  const std::unique_ptr<GimpParasite, decltype(&gimp_parasite_free)> parasite(
      gimp_parasite_new(kNote, GIMP_PARASITE_PERSISTENT, note.size() + 1, note.c_str()), gimp_parasite_free);
  if (!gimp_item_attach_parasite(layer, parasite.get()))
    throw UserError(_("GIMP could not keep the settings on the layer."));
}

}  // namespace plugin
