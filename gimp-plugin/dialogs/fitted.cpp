// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/fitted.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plugin {
namespace {

constexpr double kMostTimes = 8;

}  // namespace

double paint_fitted(cairo_t* cairo, int width, int height, GdkPixbuf* picture, bifocal::Size as) {
  const int columns = gdk_pixbuf_get_width(picture), rows = gdk_pixbuf_get_height(picture);
  if (as == bifocal::Size{}) as = {columns, rows};
  const double room = std::min(static_cast<double>(width) / as.width, static_cast<double>(height) / as.height);
  const double times = room >= 1 ? std::min(kMostTimes, std::floor(room)) : room;
  const int w = std::max(1, static_cast<int>(as.width * times)), h = std::max(1, static_cast<int>(as.height * times));
  cairo_translate(cairo, (width - w) / 2, (height - h) / 2);
  cairo_scale(cairo, static_cast<double>(w) / columns, static_cast<double>(h) / rows);
  gdk_cairo_set_source_pixbuf(cairo, picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), times >= 1 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint(cairo);
  return times;
}

FittedPicture::FittedPicture(int width, int height, const char* name)
    : canvas_(make_canvas(width, height, [this](cairo_t* cairo, int w, int h) {
        if (picture_) paint_fitted(cairo, w, h, picture_.get());
      })) {
  name_for_readers(canvas_, name);
}

void FittedPicture::show(const bifocal::Image8& picture) {
  if (picture.empty()) return;
  show(to_pixbuf(picture));
}

void FittedPicture::show(Pixbuf picture) {
  picture_ = std::move(picture);
  gtk_widget_queue_draw(canvas_);
}

}  // namespace plugin
