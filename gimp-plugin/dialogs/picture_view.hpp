// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include <bifocal/preview.hpp>

#include "dialogs/gui.hpp"

namespace plugin {

/// A part of a large picture at 100 %, which the mouse and the arrow keys move, and beside it all of the picture in
/// small, with a frame around that part.
class PictureView {
 public:
  /// `moved` is called when another part of the picture is to be seen.
  PictureView(std::function<void()> moved);
  PictureView(const PictureView&) = delete;
  PictureView& operator=(const PictureView&) = delete;
  GtkWidget* widget() const { return row_; }
  GtkWidget* large() const { return large_; }

  /// The cover; the picture has its size. Not owned; looked at again when it is painted.
  void set_cover(const bifocal::Image8* cover);
  /// All of the picture, maybe smaller than the cover: what is known of parts until there is better. `seen`: as an eye
  /// sees it, for the small picture beside it; pixels that are averaged would show the target there.
  void show_whole(const bifocal::Image8& picture, const bifocal::Image8& seen);
  /// All of it in small alone, as an eye sees it; parts are shown as they come.
  void show_far(const bifocal::Image8& far);
  /// A part of it at full scale, in place of what was known of it.
  void show_part(const bifocal::Image8& picture, const bifocal::Region& region);
  /// Cover on the left half, result on the right one.
  void set_split(bool split);
  /// What is seen at 100 %, in the cover's pixels; not larger than 1024x1024.
  bifocal::Region visible() const;

 private:
  static gboolean on_press(GtkWidget*, GdkEventButton* event, PictureView* self) noexcept;
  static gboolean on_motion(GtkWidget*, GdkEventMotion* event, PictureView* self) noexcept;
  static gboolean on_key(GtkWidget*, GdkEventKey* event, PictureView* self) noexcept;
  static void on_size(GtkWidget*, GdkRectangle*, PictureView* self) noexcept;
  static gboolean on_map_press(GtkWidget*, GdkEventButton* event, PictureView* self) noexcept;
  static gboolean on_map_motion(GtkWidget*, GdkEventMotion* event, PictureView* self) noexcept;
  void paint_large(cairo_t* cairo, int width, int height);
  void paint_small(cairo_t* cairo, int width, int height);
  void move_to(double x, double y);
  void centre_on(double x, double y);
  bifocal::Size full() const { return cover_ ? cover_->size() : bifocal::Size{}; }

  std::function<void()> moved_;
  GtkWidget *row_, *large_, *small_;
  const bifocal::Image8* cover_ = nullptr;
  Pixbuf cover_part_, whole_, part_, small_whole_;
  bifocal::Region cover_region_, region_;
  double x_ = -1, y_ = -1;  // the visible part's corner; below 0: the middle, not moved yet
  double press_x_ = 0, press_y_ = 0, from_x_ = 0, from_y_ = 0;
  bool split_ = false;
};

}  // namespace plugin
