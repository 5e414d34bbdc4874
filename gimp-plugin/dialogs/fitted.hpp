// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <gtk/gtk.h>

#include <bifocal/image.hpp>

#include "dialogs/gui.hpp"

namespace plugin {

/// Paints a picture into the middle of width x height pixels: whole pixels when it grows, at most eightfold; smooth
/// when it shrinks. `as`: the size that it stands for, when it has fewer pixels. Returns how many times as large it
/// got.
double paint_fitted(cairo_t* cairo, int width, int height, GdkPixbuf* picture, bifocal::Size as = {});

/// A canvas with a picture that changes, fitted into it.
class FittedPicture {
 public:
  /// At least this large, in pixels; `name` is what a screen reader calls it.
  FittedPicture(int width, int height, const char* name);
  FittedPicture(const FittedPicture&) = delete;
  FittedPicture& operator=(const FittedPicture&) = delete;
  GtkWidget* widget() const { return canvas_; }
  void show(const bifocal::Image8& picture);
  void show(Pixbuf picture);

 private:
  GtkWidget* canvas_;
  Pixbuf picture_;
};

}  // namespace plugin
