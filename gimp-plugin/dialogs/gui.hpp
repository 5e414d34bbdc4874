// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <span>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

namespace plugin {

/// Starts GTK, for the interactive run mode only. Throws UserError when there is no display.
void start_gui();

struct DestroyWidget {
  void operator()(GtkWidget* widget) const { gtk_widget_destroy(widget); }
};
/// A top-level window; destroyed at the end of its scope, also by an exception.
using Window = std::unique_ptr<GtkWidget, DestroyWidget>;

/// A dialog with Bifocal's icon and GIMP's help button. Add buttons with gtk_dialog_add_button.
Window make_dialog(const char* title, const char* help_id);

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
using Pixbuf = std::unique_ptr<GdkPixbuf, Unref>;

/// An image to look at, scaled so that it fits a square of `side` pixels: whole pixels when it grows, smooth when it
/// shrinks.
Pixbuf to_pixbuf(const bifocal::Image8& image, int side);

/// A label whose text starts at the left, wraps and can be selected by tests and screen readers.
GtkWidget* make_label(const char* markup);

/// A slider and a number for the balance, with what its ends mean.
struct Balance {
  GtkWidget* widget;
  GtkAdjustment* value;  ///< 0..100
};
Balance make_balance(const char* most);

/// An entry for further "key=value" options, behind a triangle; its tooltip lists the engine's keys.
struct Advanced {
  GtkWidget *widget, *entry;
};
Advanced make_advanced();

struct Choice {
  const char* label;
  const char* tip;
};
/// A combo box of these; its tooltip explains them all.
GtkWidget* make_combo(std::span<const Choice> choices);
/// The same of ResultAs.
GtkWidget* make_result_combo();

}  // namespace plugin
