// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/picture_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <gdk/gdkkeysyms.h>

#include "image_part.hpp"

#include "language.hpp"

namespace plugin {
namespace {

constexpr int kWidth = 180, kHeight = 210, kSmall = 96;  // px, at least
constexpr int kMost = 1024;                              // px of a part
constexpr int kStep = 32;                                // px that an arrow key moves

using bifocal::Image8;
using bifocal::Region;

/// The picture with its corner at (x, y), `scale` times as large.
void paint(cairo_t* cairo, GdkPixbuf* picture, double x, double y, double scale_x, double scale_y) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, scale_x, scale_y);
  gdk_cairo_set_source_pixbuf(cairo, picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo),
                           scale_x == 1 && scale_y == 1 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_rectangle(cairo, 0, 0, gdk_pixbuf_get_width(picture), gdk_pixbuf_get_height(picture));
  cairo_fill(cairo);
  cairo_restore(cairo);
}

/// White on a dark ground, to be read on any picture.
void write(cairo_t* cairo, double x, double y, const char* text, bool right) {
  cairo_set_font_size(cairo, 12);
  cairo_text_extents_t size;
  cairo_text_extents(cairo, text, &size);
  if (right) x -= size.x_advance;
  cairo_set_source_rgba(cairo, 0, 0, 0, 0.6);
  cairo_rectangle(cairo, x - 4, y - 13, size.x_advance + 8, 18);
  cairo_fill(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_move_to(cairo, x, y);
  cairo_show_text(cairo, text);
}

}  // namespace

PictureView::PictureView(std::function<void()> moved)
    : moved_(std::move(moved)), row_(make_row(6)),
      large_(make_canvas(kWidth, kHeight, [this](cairo_t* c, int w, int h) { paint_large(c, w, h); })),
      small_(make_canvas(kSmall, kSmall, [this](cairo_t* c, int w, int h) { paint_small(c, w, h); })) {
  gtk_widget_set_tooltip_text(large_,
                              _("One pixel of the image is one pixel of the screen. Drag to see another part."));
  gtk_widget_set_tooltip_text(small_, _("All of the image. Click where you want to look."));
  name_for_readers(large_, _("The image at full size"));
  name_for_readers(small_, _("All of the image in small"));
  gtk_widget_set_can_focus(large_, TRUE);
  for (GtkWidget* canvas : {large_, small_})
    gtk_widget_add_events(canvas, GDK_BUTTON_PRESS_MASK | GDK_BUTTON1_MOTION_MASK | GDK_KEY_PRESS_MASK);
  g_signal_connect(large_, "button-press-event", G_CALLBACK(on_press), this);
  g_signal_connect(large_, "motion-notify-event", G_CALLBACK(on_motion), this);
  g_signal_connect(large_, "key-press-event", G_CALLBACK(on_key), this);
  g_signal_connect(large_, "size-allocate", G_CALLBACK(on_size), this);
  g_signal_connect(small_, "button-press-event", G_CALLBACK(on_map_press), this);
  g_signal_connect(small_, "motion-notify-event", G_CALLBACK(on_map_motion), this);
  gtk_box_pack_start(GTK_BOX(row_), large_, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row_), small_, FALSE, FALSE, 0);
}

void PictureView::set_cover(const Image8* cover) {
  cover_ = cover;
  cover_part_.reset(), whole_.reset(), part_.reset(), small_whole_.reset();
  gtk_widget_queue_draw(row_);
}

void PictureView::show_whole(const Image8& picture, const Image8& seen) {
  if (picture.empty()) return;
  small_whole_ = to_pixbuf(seen, kSmall);
  if (picture.size() == full()) {  // only what is seen of it is kept
    whole_.reset();
    show_part(part_of(picture, visible()), visible());
  } else {
    whole_ = to_pixbuf(picture);
    part_.reset();
  }
  gtk_widget_queue_draw(row_);
}

void PictureView::show_far(const Image8& far) {
  if (far.empty()) return;
  small_whole_ = to_pixbuf(far, kSmall);
  gtk_widget_queue_draw(row_);
}

void PictureView::show_part(const Image8& picture, const Region& region) {
  if (picture.empty()) return;
  part_ = to_pixbuf(picture);
  region_ = region;
  gtk_widget_queue_draw(large_);
}

void PictureView::set_split(bool split) {
  split_ = split;
  gtk_widget_queue_draw(large_);
}

Region PictureView::visible() const {
  GtkAllocation at;
  gtk_widget_get_allocation(large_, &at);
  Region r;
  r.size = {std::clamp(at.width, 1, std::min(kMost, std::max(1, full().width))),
            std::clamp(at.height, 1, std::min(kMost, std::max(1, full().height)))};
  const auto corner = [](double at, int part, int all) {
    return at < 0 ? (all - part) / 2 : std::clamp(static_cast<int>(std::lround(at)), 0, std::max(0, all - part));
  };
  r.x = corner(x_, r.size.width, full().width);
  r.y = corner(y_, r.size.height, full().height);
  return r;
}

void PictureView::move_to(double x, double y) {
  const Region before = visible();
  x_ = std::clamp<double>(x, 0, std::max(0, full().width - before.size.width));
  y_ = std::clamp<double>(y, 0, std::max(0, full().height - before.size.height));
  if (visible() == before) return;
  gtk_widget_queue_draw(row_);
  moved_();
}

void PictureView::centre_on(double x, double y) {
  const Region now = visible();
  move_to(x - now.size.width / 2.0, y - now.size.height / 2.0);
}

gboolean PictureView::on_press(GtkWidget* widget, GdkEventButton* event, PictureView* self) noexcept {
  gtk_widget_grab_focus(widget);
  const Region now = self->visible();
  self->press_x_ = event->x, self->press_y_ = event->y, self->from_x_ = now.x, self->from_y_ = now.y;
  return TRUE;
}

gboolean PictureView::on_motion(GtkWidget*, GdkEventMotion* event, PictureView* self) noexcept {
  self->move_to(self->from_x_ + self->press_x_ - event->x, self->from_y_ + self->press_y_ - event->y);
  return TRUE;
}

gboolean PictureView::on_key(GtkWidget*, GdkEventKey* event, PictureView* self) noexcept {
  const Region now = self->visible();
  switch (event->keyval) {
    case GDK_KEY_Left:
      return self->move_to(now.x - kStep, now.y), TRUE;
    case GDK_KEY_Right:
      return self->move_to(now.x + kStep, now.y), TRUE;
    case GDK_KEY_Up:
      return self->move_to(now.x, now.y - kStep), TRUE;
    case GDK_KEY_Down:
      return self->move_to(now.x, now.y + kStep), TRUE;
    default:
      return FALSE;
  }
}

void PictureView::on_size(GtkWidget*, GdkRectangle*, PictureView* self) noexcept { self->moved_(); }

namespace {

/// How many pixels of the small canvas stand for one of the cover, and where its corner lies.
struct Map {
  double scale, x, y;
};

Map map_of(GtkWidget* canvas, bifocal::Size full) {
  GtkAllocation at;
  gtk_widget_get_allocation(canvas, &at);
  const double scale =
      std::min(at.width / static_cast<double>(full.width), at.height / static_cast<double>(full.height));
  return {scale, (at.width - scale * full.width) / 2, (at.height - scale * full.height) / 2};
}

}  // namespace

gboolean PictureView::on_map_press(GtkWidget* widget, GdkEventButton* event, PictureView* self) noexcept {
  if (!self->cover_) return FALSE;
  const Map map = map_of(widget, self->full());
  self->centre_on((event->x - map.x) / map.scale, (event->y - map.y) / map.scale);
  return TRUE;
}

gboolean PictureView::on_map_motion(GtkWidget* widget, GdkEventMotion* event, PictureView* self) noexcept {
  if (!self->cover_) return FALSE;
  const Map map = map_of(widget, self->full());
  self->centre_on((event->x - map.x) / map.scale, (event->y - map.y) / map.scale);
  return TRUE;
}

void PictureView::paint_large(cairo_t* cairo, int width, int height) {
  if (!cover_) return;
  const Region now = visible();
  const double left = std::max(0, (width - now.size.width) / 2), top = std::max(0, (height - now.size.height) / 2);
  if (!cover_part_ || cover_region_ != now) {
    cover_part_ = to_pixbuf(part_of(*cover_, now));
    cover_region_ = now;
  }
  cairo_rectangle(cairo, left, top, now.size.width, now.size.height);
  cairo_clip(cairo);
  if (whole_) {
    const double sx = static_cast<double>(full().width) / gdk_pixbuf_get_width(whole_.get()),
                 sy = static_cast<double>(full().height) / gdk_pixbuf_get_height(whole_.get());
    paint(cairo, whole_.get(), left - now.x, top - now.y, sx, sy);
  } else if (!part_ || region_ != now) {
    paint(cairo, cover_part_.get(), left, top, 1, 1);  // better than nothing
  }
  if (part_) paint(cairo, part_.get(), left + region_.x - now.x, top + region_.y - now.y, 1, 1);
  if (!split_ || (!whole_ && !part_)) return;
  const double middle = std::floor(left + now.size.width / 2.0);
  cairo_save(cairo);
  cairo_rectangle(cairo, left, top, middle - left, now.size.height);
  cairo_clip(cairo);
  paint(cairo, cover_part_.get(), left, top, 1, 1);
  cairo_restore(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_rectangle(cairo, middle - 1, top, 2, now.size.height);
  cairo_fill(cairo);
  write(cairo, middle - 10, top + 20, _("Cover"), true);
  write(cairo, middle + 10, top + 20, _("Result"), false);
}

void PictureView::paint_small(cairo_t* cairo, int, int) {
  if (!cover_ || !small_whole_) return;
  const Map map = map_of(small_, full());
  const double w = map.scale * full().width, h = map.scale * full().height;
  paint(cairo, small_whole_.get(), map.x, map.y, w / gdk_pixbuf_get_width(small_whole_.get()),
        h / gdk_pixbuf_get_height(small_whole_.get()));
  const Region now = visible();
  cairo_set_line_width(cairo, 1);
  for (const double inset : {0.5, 1.5}) {  // seen on any picture
    if (inset < 1)
      cairo_set_source_rgb(cairo, 0, 0, 0);
    else
      cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_rectangle(cairo, map.x + std::floor(now.x * map.scale) + inset, map.y + std::floor(now.y * map.scale) + inset,
                    std::max(2.0, std::floor(now.size.width * map.scale) - 2 * inset),
                    std::max(2.0, std::floor(now.size.height * map.scale) - 2 * inset));
    cairo_stroke(cairo);
  }
}

}  // namespace plugin
