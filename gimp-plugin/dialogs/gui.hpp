// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>

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

/// A dialog with Bifocal's icon and a help button. Add buttons with gtk_dialog_add_button.
Window make_dialog(const char* title, const char* help_id);

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
using Pixbuf = std::unique_ptr<GdkPixbuf, Unref>;

/// An image to look at, scaled so that it fits a square of `side` pixels: whole pixels when it grows, smooth when it
/// shrinks.
Pixbuf to_pixbuf(const bifocal::Image8& image, int side);

/// The same without scaling.
Pixbuf to_pixbuf(const bifocal::Image8& image);

/// A widget of at least this size that paints itself; `paint` is told its size.
using Paint = std::function<void(cairo_t* cairo, int width, int height)>;
GtkWidget* make_canvas(int width, int height, Paint paint);

/// Boxes whose widgets lie beside or below each other, this many pixels apart.
GtkWidget* make_row(int apart);
GtkWidget* make_column(int apart);

/// What a screen reader calls a widget that has no text of its own.
void name_for_readers(GtkWidget* widget, const char* name);

/// Lets a combo box be narrower than its longest entry.
void let_shrink(GtkWidget* combo);
/// Some themes write the label of a switch that is on as if it could not be used: it is written as the others are.
/// `widget`: the label, or a button with nothing but a label in it.
void keep_readable(GtkWidget* widget);

/// A slider from `least` to `most`, without a number.
GtkWidget* make_slider(double least, double most, double step);

/// A label whose text starts at the left, wraps and can be selected by tests and screen readers.
GtkWidget* make_label(const char* markup);
/// Words as markup between a tag of Pango's: "b", "small".
std::string marked(const char* tag, const std::string& words);

/// A labelled row of a table, the widget as wide as `columns`. The label's mnemonic leads to `focus`, which must be
/// able to take the keys; nullptr: the widget itself.
void attach_row(GtkTable* table, int row, const char* label, GtkWidget* widget, int columns = 1,
                GtkWidget* focus = nullptr);

/// The line below a dialog's settings that says what is wrong with them or good to know about them. It has room for
/// three lines from the start, unless there is nothing below that would jump.
class MessageLine {
 public:
  /// `width`: pixels, of the words at least.
  explicit MessageLine(bool keeps_room = true, int width = 460);
  GtkWidget* widget() const { return box_; }
  /// `wrong`: what keeps the dialog from being confirmed, made a sentence; empty: nothing, and `words` are shown
  /// instead.
  void show(GtkDialog* dialog, const std::string& wrong, const std::string& words);
  /// What went wrong before; it keeps nothing from being confirmed.
  void tell(const std::string& words);

 private:
  const bool keeps_room_;
  GtkWidget *box_, *icon_, *label_;
};

/// Texts, one after the other; empty ones are left out.
std::string joined(std::initializer_list<std::string> texts);

/// A slider and a number for the balance, with what its ends mean.
struct Balance {
  GtkWidget* widget;
  GtkWidget* number;     ///< what the label's mnemonic should lead to
  GtkAdjustment* value;  ///< 0..100
};
Balance make_balance(const char* most);

struct Choice {
  const char* label;
  const char* tip;
};
/// A combo box of these; its tooltip explains them all.
GtkWidget* make_combo(std::span<const Choice> choices);
/// How a target of another shape gets to the small size; the active entry is a bifocal::Fit.
GtkWidget* make_fit_combo();
/// The same of ResultAs.
GtkWidget* make_result_combo();

struct Colour {
  double r, g, b;  ///< 0..1, encoded as sRGB
};
/// What a theme paints lists and texts with.
struct ThemeColours {
  Colour background, text;
};
ThemeColours theme_colours(GtkWidget* widget);

/// Gives a widget a tooltip (nullptr: it keeps its own), and the place in the help that says more; `help_id` as in
/// help.hpp.
void explain(GtkWidget* widget, const char* tip, const char* help_id);

}  // namespace plugin
