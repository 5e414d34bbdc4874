// SPDX-License-Identifier: LGPL-3.0-or-later
#include "cover.hpp"

#include <algorithm>
#include <cstring>

#include "buffers.hpp"
#include "language.hpp"
#include "native_levels.hpp"
#include "profile_warning.hpp"

namespace plugin {
namespace {

using bifocal::Image8;

/// What is lost where the result replaces the cover's own pixels.
struct Losses {
  bool levels = false;      ///< some had finer levels than a whole one of 255
  std::size_t clipped = 0;  ///< pixels brighter than white or darker than black
};

constexpr float kBeyond = 0.5f / 255;  // what rounding to a level forgives

Losses losses(gint32 layer, const Encoding& encoding, const Image8& colour, const std::optional<Image8>& written) {
  const Buffer buffer = buffer_of(layer);
  NativeLevels native(encoding, gegl_buffer_get_format(buffer.get()));
  const int width = colour.width(), channels = colour.channels(), bytes = native.component_bytes();
  Losses lost;
  if (bytes == 1) return lost;
  std::vector<std::uint8_t> raw(std::size_t(kBand) * width * native.pixel_bytes());
  std::vector<float> light(std::size_t(kBand) * width * channels);
  for (int top = 0; top < colour.height(); top += kBand) {
    const int rows = std::min(kBand, colour.height() - top);
    const GeglRectangle band{0, top, width, rows};
    gegl_buffer_get(buffer.get(), &band, 1.0, native.format(), raw.data(), GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    gegl_buffer_get(buffer.get(), &band, 1.0, encoding.format("float", false), light.data(), GEGL_AUTO_ROWSTRIDE,
                    GEGL_ABYSS_NONE);
    const std::vector<std::uint8_t>& whole = native.convert(colour, top, rows);
    for (int r = 0; r < rows; ++r)
      for (int x = 0; x < width; ++x) {
        if (written && !written->plane(0).row(top + r)[x]) continue;
        const std::size_t i = std::size_t(r) * width + x, at = i * native.pixel_bytes();
        lost.levels |= std::memcmp(&raw[at], &whole[at], std::size_t(channels) * bytes) != 0;
        const float* p = &light[i * channels];
        lost.clipped += std::any_of(p, p + channels, [](float v) { return v > 1 + kBeyond || v < -kBeyond; });
      }
  }
  return lost;
}

void tell_losses(const Losses& lost, bool selected, bool linear, ResultAs as, Cover& cover) {
  if (lost.clipped > 0) {
    std::string words = filled(
        plural("In %zu pixel the cover is brighter than white or darker than black (high dynamic range). The result is "
               "an ordinary image: there it was clipped to white or black.",
               "In %zu pixels the cover is brighter than white or darker than black (high dynamic range). The result "
               "is an ordinary image: there it was clipped to white or black.",
               lost.clipped),
        lost.clipped);
    if (selected && as == ResultAs::Layer) words.append(" ").append(_("Outside the selection it is kept."));
    cover.warn("clipped", words);
  }
  if (!lost.levels) return;
  if (as == ResultAs::Image) {
    cover.note("8-bit-result", _("The cover has finer levels than the new image, which has 8 bits per channel."));
  } else if (!selected) {
    cover.note("8-bit-result",
               _("The cover has finer levels than 8 bits. The result holds 8-bit levels only, which is what the "
                 "software that scales it reads."));
  } else {
    cover.note("8-bit-selection",
               _("Inside the selection the cover's finer levels became 8-bit levels; outside it every pixel is kept "
                 "as it was."));
    if (!linear)
      cover.note("figures-for-8-bit",
                 _("The figures are for a file of 8 bits per channel: before exporting, choose '8-bit integer' in "
                   "Image > Precision."));
  }
}

}  // namespace

Cover read_cover(gint32 image, gint32 layer, const Encoding& encoding, ResultAs as) {
  LayerPixels pixels = read_layer(layer, encoding);
  Cover cover;
  cover.colour = std::move(pixels.colour);
  cover.opacity = std::move(pixels.opacity);
  cover.free = read_selection(image, layer);
  const bool selected = cover.free.has_value();
  // An image of several layers, which it is once the result is there, is exported as one merged layer with alpha.
  cover.file.alpha = as == ResultAs::Layer || cover.opacity;
  if (!encoding.warning().empty()) cover.warn("encoding", encoding.warning());
  cover.selected = selected;
  if (std::string warning = profile_warning(image); !warning.empty()) cover.warn("colour-profile", std::move(warning));
  if (selected && as == ResultAs::Layer) cover.written = cover.free;
  if (cover.opacity) {
    // What a mask hides is hidden from files, too; in the layer it stays, for who edits the mask later.
    const bool keep = as == ResultAs::Layer && has_shown_mask(layer);
    const int width = cover.colour.width(), height = cover.colour.height();
    const auto all = [&](std::optional<Image8>& mask) {
      if (mask) return;
      mask.emplace(height, width, 1);
      for (int y = 0; y < height; ++y) std::fill_n(mask->plane(0).row(y), width, 255);
    };
    bool holes = false;
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* opacity = cover.opacity->plane(0).row(y);
      if (std::find(opacity, opacity + width, 0) == opacity + width) continue;
      holes = true;
      all(cover.free);
      if (keep) all(cover.written);
      for (int x = 0; x < width; ++x) {
        if (opacity[x] != 0) continue;
        cover.free->plane(0).row(y)[x] = 0;
        if (keep) cover.written->plane(0).row(y)[x] = 0;
        for (int c = 0; c < cover.colour.channels(); ++c) cover.colour.plane(c).row(y)[x] = 0;
      }
    }
    cover.warn(
        "transparent-cover",
        holes
            ? _("The cover is partly transparent. The figures are for its colours alone, with black where it is fully "
                "transparent, as GIMP's PNG export writes them by default (leave 'Save color values from transparent "
                "pixels' unticked): software that scales transparency, too, or that first puts the picture on a "
                "background, shows another thumbnail there.")
            : _("The cover is partly transparent. The figures are for its colours alone: software that scales "
                "transparency, too, or that first puts the picture on a background, shows another thumbnail there."));
  }
  tell_losses(losses(layer, encoding, cover.colour, cover.written), selected, !encoding.warning().empty(), as, cover);
  return cover;
}

}  // namespace plugin
