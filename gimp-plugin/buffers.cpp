// SPDX-License-Identifier: LGPL-3.0-or-later
#include "buffers.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "answer.hpp"
#include "language.hpp"

namespace plugin {

Buffer buffer_of(gint32 drawable) {
  Buffer buffer(gimp_drawable_get_buffer(drawable));
  if (!buffer) throw UserError(_("GIMP did not give access to the layer's pixels. Nothing was changed."));
  return buffer;
}

GeglRectangle area_of(gint32 drawable) { return {0, 0, gimp_drawable_width(drawable), gimp_drawable_height(drawable)}; }

bifocal::Image8 read_planes(GeglBuffer* buffer, const GeglRectangle& area, const Babl* format, int first, int last) {
  const int components = babl_format_get_n_components(format), width = area.width;
  bifocal::Image8 image(area.height, width, last - first + 1);
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

}  // namespace plugin
