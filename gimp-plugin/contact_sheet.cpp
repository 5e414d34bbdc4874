// SPDX-License-Identifier: LGPL-3.0-or-later
#include "contact_sheet.hpp"

#include <memory>
#include <string>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <pango/pangocairo.h>

#include <bifocal/number.hpp>

#include "answer.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kMargin = 8;
constexpr const char* kHow =
    N_("Each pair: what the scaler makes of the image, and twice its difference from a plain average in linear light. "
       "Percent: likeness to the image seen from afar.");

struct Free {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(GeglBuffer* p) const { g_object_unref(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// Draws words into a width, cut off at the end of a line or going on in the next one; returns how high they are,
/// pixels.
int draw(cairo_t* cairo, const std::string& words, const char* font, double x, double y, int width, bool warn,
         bool wraps) {
  const Owned<PangoLayout> layout(pango_cairo_create_layout(cairo));
  const Owned<PangoFontDescription> description(pango_font_description_from_string(font));
  pango_layout_set_font_description(layout.get(), description.get());
  pango_layout_set_width(layout.get(), width * PANGO_SCALE);
  if (!wraps) pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_text(layout.get(), words.c_str(), -1);
  cairo_set_source_rgb(cairo, warn ? 0.75 : 0.1, warn ? 0.05 : 0.1, warn ? 0.05 : 0.1);
  cairo_move_to(cairo, x, y);
  pango_cairo_show_layout(cairo, layout.get());
  int height = 0;
  pango_layout_get_pixel_size(layout.get(), nullptr, &height);
  return height;
}

/// The verdict, and how to read the sheet; returns how high they are, with margins.
int draw_header(cairo_t* cairo, const bifocal::Reveal& reveal, int width) {
  int y = 5;
  y += draw(cairo, reveal.verdict, "Sans Bold 11", kMargin, y, width - 2 * kMargin, reveal.hides, true) + 3;
  y += draw(cairo, _(kHow), "Sans 8", kMargin, y, width - 2 * kMargin, false, true) + 3;
  return y;
}

int header_height(const bifocal::Reveal& reveal, int width) {
  const Owned<cairo_surface_t> scratch(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1));
  const Owned<cairo_t> cairo(cairo_create(scratch.get()));
  return draw_header(cairo.get(), reveal, width);
}

std::string label(const bifocal::RevealTile& t) {
  const std::string likeness =
      t.compared ? filled(_("%s %%"), bifocal::number_text(100 * t.likeness, 0).c_str()) : _("too small to compare");
  // TRANSLATORS: under a picture of the contact sheet: scaler, width, height, and how alike it is to the image; short
  const char* words = t.strokes > 0 ? _("%s %dx%d, %s HIDDEN LINES")
                      : t.hides     ? _("%s %dx%d, %s ANOTHER PICTURE")
                                    : _("%s %dx%d, %s");
  return filled(words, t.scaler.c_str(), t.size.width, t.size.height, likeness.c_str());
}

}  // namespace

gint32 make_contact_sheet(const bifocal::Reveal& reveal, const char* layer_name) {
  const int width = reveal.sheet.width(), header = header_height(reveal, width),
            height = reveal.sheet.height() + header;
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw UserError(_("The contact sheet would be too large: choose fewer sizes."));
  const int stride = cairo_image_surface_get_stride(surface.get());
  unsigned char* pixels = cairo_image_surface_get_data(surface.get());
  const auto at = [&](int y) { return reinterpret_cast<std::uint32_t*>(pixels + std::ptrdiff_t(y) * stride); };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto level = [&](int c) -> std::uint32_t {
        return y < header ? 236 : reveal.sheet.plane(c).row(y - header)[x];
      };
      at(y)[x] = level(0) << 16 | level(1) << 8 | level(2);
    }
  cairo_surface_mark_dirty(surface.get());
  {
    const Owned<cairo_t> cairo(cairo_create(surface.get()));
    draw_header(cairo.get(), reveal, width);
    for (const bifocal::RevealTile& t : reveal.tiles)
      if (t.x >= 0)
        draw(cairo.get(), label(t), "Sans 7.5", t.x, t.y + t.height + header + 3, 2 * t.width + 6, t.hides, false);
  }
  cairo_surface_flush(surface.get());

  const gint32 image = gimp_image_new(width, height, GIMP_RGB);
  if (image == -1) throw UserError(_("GIMP could not make a new image."));
  const gint32 layer = gimp_layer_new(image, layer_name, width, height, GIMP_RGB_IMAGE, 100, GIMP_LAYER_MODE_NORMAL);
  gimp_image_undo_disable(image);
  gimp_image_insert_layer(image, layer, -1, 0);
  {
    const Owned<GeglBuffer> buffer(gimp_drawable_get_buffer(layer));
    const GeglRectangle area{0, 0, width, height};
    gegl_buffer_set(buffer.get(), &area, 0, babl_format("cairo-RGB24"), pixels, stride);
  }
  gimp_drawable_update(layer, 0, 0, width, height);
  gimp_image_undo_enable(image);
  return image;
}

}  // namespace plugin
