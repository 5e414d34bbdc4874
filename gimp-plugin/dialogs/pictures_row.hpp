// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include "dialogs/layer_chooser.hpp"

namespace plugin {

/// Cover and target: two lists of all open layers with their pictures, a button that exchanges them, and one that opens
/// a file as the target. Who chooses the one for the other exchanges them, too.
class PicturesRow {
 public:
  /// `changed` is called when the user has another cover or target, or when one has gone. The others must outlive this
  /// object.
  PicturesRow(OpenLayers& open, OpenedFiles& files, gint32 cover, std::function<void()> changed);
  PicturesRow(const PicturesRow&) = delete;
  PicturesRow& operator=(const PicturesRow&) = delete;
  /// Puts them into two rows of a table with four columns.
  void attach(GtkTable* table, int row);
  /// -1: it has gone, and no other one was chosen yet.
  gint32 cover() const { return cover_.get(); }
  /// -1: there is none.
  gint32 target() const { return target_.get(); }
  /// Tells nobody.
  void set_target(gint32 layer);

 private:
  static void on_swap(GtkWidget*, PicturesRow* self) noexcept { self->swap(); }
  void swap();
  void cover_chosen();
  /// Shows `cover` and `target`, as far as they are there.
  void show(gint32 cover, gint32 target);
  void tell();

  OpenedFiles& files_;
  std::function<void()> changed_;
  gint32 last_cover_;
  LayerChooser cover_, target_;
  GtkWidget* swap_;
};

}  // namespace plugin
