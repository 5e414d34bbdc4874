// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <gtk/gtk.h>

namespace plugin {

/// Small pictures of the cover and of the target, side by side, with captions.
class LayerPreviews {
 public:
  explicit LayerPreviews(gint32 cover);
  GtkWidget* widget() const { return row_; }
  void show_target(gint32 layer);

 private:
  GtkWidget *row_, *target_;
};

}  // namespace plugin
