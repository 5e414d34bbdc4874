// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/gui.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/request.hpp>

#include "answer.hpp"
#include "bifocal_icon.hpp"
#include "dialogs/wrapping.hpp"
#include "help.hpp"
#include "language.hpp"
#include "procedures.hpp"
#include "report_words.hpp"
#include "text.hpp"

namespace plugin {
namespace {

/// A label's colours of a pressed button become those of any other.
void on_style(GtkWidget* label, GtkStyle*, gpointer) noexcept {
  const GtkStyle* style = gtk_widget_get_style(label);
  if (!gdk_color_equal(&style->fg[GTK_STATE_ACTIVE], &style->fg[GTK_STATE_NORMAL]))
    gtk_widget_modify_fg(label, GTK_STATE_ACTIVE, &style->fg[GTK_STATE_NORMAL]);
}

gboolean on_expose(GtkWidget* widget, GdkEventExpose*, Paint* paint) noexcept {
  GtkAllocation size;
  gtk_widget_get_allocation(widget, &size);
  cairo_t* cairo = gdk_cairo_create(gtk_widget_get_window(widget));
  try {
    (*paint)(cairo, size.width, size.height);
  } catch (...) {
    // A picture less on the screen.
  }
  cairo_destroy(cairo);
  return TRUE;
}

}  // namespace

void start_gui() {
  // gimp_ui_init ends the whole process when there is no display; ask first.
  if (!gtk_init_check(nullptr, nullptr))
    throw UserError(
        _("Bifocal cannot open its dialog here, as there is no display. Scripts without one call it with "
          "RUN-NONINTERACTIVE."));
  gimp_ui_init(kBinary, FALSE);
}

Window make_dialog(const char* title, const char* help_id) {
  Window dialog(gimp_dialog_new(title, kBinary, nullptr, GtkDialogFlags(0), on_help, help_id, nullptr));
  if (Pixbuf icon{gdk_pixbuf_new_from_inline(-1, kBifocalIcon, FALSE, nullptr)})
    gtk_window_set_icon(GTK_WINDOW(dialog.get()), icon.get());
  gimp_window_set_transient(GTK_WINDOW(dialog.get()));
  return dialog;
}

Pixbuf to_pixbuf(const bifocal::Image8& image) {
  Pixbuf pixbuf(gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, image.width(), image.height()));
  if (!pixbuf) throw std::bad_alloc();
  for (int y = 0; y < image.height(); ++y) {
    guchar* out = gdk_pixbuf_get_pixels(pixbuf.get()) + std::size_t(y) * gdk_pixbuf_get_rowstride(pixbuf.get());
    for (int c = 0; c < 3; ++c) {
      const std::uint8_t* in = image.plane(image.channels() == 1 ? 0 : c).row(y);
      for (int x = 0; x < image.width(); ++x) out[3 * x + c] = in[x];
    }
  }
  return pixbuf;
}

Pixbuf to_pixbuf(const bifocal::Image8& image, int side) {
  const Pixbuf pixbuf = to_pixbuf(image);
  const int larger = std::max(image.width(), image.height());
  const bool grows = side > larger;
  const double factor = grows ? std::max(1, side / larger) : double(side) / larger;
  Pixbuf scaled(gdk_pixbuf_scale_simple(pixbuf.get(), std::max(1, int(image.width() * factor)),
                                        std::max(1, int(image.height() * factor)),
                                        grows ? GDK_INTERP_NEAREST : GDK_INTERP_BILINEAR));
  if (!scaled) throw std::bad_alloc();
  return scaled;
}

GtkWidget* make_canvas(int width, int height, Paint paint) {
  GtkWidget* canvas = gtk_drawing_area_new();
  gtk_widget_set_size_request(canvas, width, height);
  const auto destroy = [](gpointer p, GClosure*) { delete static_cast<Paint*>(p); };
  g_signal_connect_data(canvas, "expose-event", G_CALLBACK(on_expose), new Paint(std::move(paint)), destroy,
                        GConnectFlags(0));
  return canvas;
}

GtkWidget* make_row(int apart) { return gtk_hbox_new(FALSE, apart); }
GtkWidget* make_column(int apart) { return gtk_vbox_new(FALSE, apart); }

void name_for_readers(GtkWidget* widget, const char* name) {
  atk_object_set_name(gtk_widget_get_accessible(widget), name);
}

void let_shrink(GtkWidget* combo) {
  constexpr int kLeast = 230;  // px
  GList* cells = gtk_cell_layout_get_cells(GTK_CELL_LAYOUT(combo));
  for (GList* cell = cells; cell; cell = cell->next)
    if (GTK_IS_CELL_RENDERER_TEXT(cell->data)) g_object_set(cell->data, "ellipsize", PANGO_ELLIPSIZE_END, nullptr);
  g_list_free(cells);
  gtk_widget_set_size_request(combo, kLeast, -1);
}

void keep_readable(GtkWidget* widget) {
  GtkWidget* label = GTK_IS_LABEL(widget) ? widget : gtk_bin_get_child(GTK_BIN(widget));
  g_signal_connect(label, "style-set", G_CALLBACK(on_style), nullptr);
}

GtkWidget* make_slider(double least, double most, double step) {
  GtkWidget* slider = gtk_hscale_new_with_range(least, most, step);
  gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
  return slider;
}

std::string marked(const char* tag, const std::string& words) {
  return Text(g_strdup_printf("<%s>%s</%s>", tag, Text(g_markup_escape_text(words.c_str(), -1)).get(), tag)).get();
}

GtkWidget* make_label(const char* markup) {
  GtkWidget* label = gtk_label_new(nullptr);
  gtk_label_set_markup(GTK_LABEL(label), markup);
  gtk_misc_set_alignment(GTK_MISC(label), 0, 0.5);
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  return label;
}

void attach_row(GtkTable* table, int row, const char* label, GtkWidget* widget, int columns, GtkWidget* focus) {
  GtkWidget* name = gtk_label_new_with_mnemonic(label);
  gtk_misc_set_alignment(GTK_MISC(name), 0, 0.5);
  gtk_label_set_mnemonic_widget(GTK_LABEL(name), focus ? focus : widget);
  gtk_table_attach(table, name, 0, 1, row, row + 1, GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach(table, widget, 1, 1 + columns, row, row + 1, GtkAttachOptions(GTK_EXPAND | GTK_FILL), GTK_FILL, 0,
                   0);
}

MessageLine::MessageLine(bool keeps_room, int width)
    : keeps_room_(keeps_room), box_(gtk_hbox_new(FALSE, 6)), icon_(gtk_image_new()), label_(make_label("")) {
  gtk_misc_set_alignment(GTK_MISC(icon_), 0.5, 0);
  gtk_misc_set_alignment(GTK_MISC(label_), 0, 0);
  gtk_box_pack_start(GTK_BOX(box_), icon_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), make_wrapping(label_, width), TRUE, TRUE, 0);
  if (keeps_room_) gtk_box_pack_start(GTK_BOX(box_), gtk_label_new("\n\n"), FALSE, FALSE, 0);
}

void MessageLine::show(GtkDialog* dialog, const std::string& wrong, const std::string& words) {
  gtk_label_set_text(GTK_LABEL(label_), wrong.empty() ? words.c_str() : sentence(wrong).c_str());
  if (!keeps_room_) gtk_widget_set_visible(box_, !wrong.empty() || !words.empty());
  if (wrong.empty() && words.empty())
    gtk_image_clear(GTK_IMAGE(icon_));
  else
    gtk_image_set_from_icon_name(
        GTK_IMAGE(icon_), wrong.empty() ? GIMP_ICON_DIALOG_INFORMATION : GIMP_ICON_DIALOG_WARNING, GTK_ICON_SIZE_MENU);
  gtk_dialog_set_response_sensitive(dialog, GTK_RESPONSE_OK, wrong.empty());
}

void MessageLine::tell(const std::string& words) {
  gtk_label_set_text(GTK_LABEL(label_), words.c_str());
  gtk_image_set_from_icon_name(GTK_IMAGE(icon_), GIMP_ICON_DIALOG_WARNING, GTK_ICON_SIZE_MENU);
  gtk_widget_show(box_);
}

std::string joined(std::initializer_list<std::string> texts) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty() && !text.empty()) all += ' ';
    all += text;
  }
  return all;
}

Balance make_balance(const char* most) {
  GtkWidget* slider = gtk_hscale_new_with_range(0, 100, 1);
  GtkAdjustment* value = gtk_range_get_adjustment(GTK_RANGE(slider));
  gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
  gtk_widget_set_size_request(slider, 110, -1);
  GtkWidget* number = gtk_spin_button_new(value, 1, 1);
  gtk_entry_set_activates_default(GTK_ENTRY(number), TRUE);
  name_for_readers(slider, _("Balance, coarse"));
  GtkWidget* line = gtk_hbox_new(FALSE, 6);
  gtk_box_pack_start(GTK_BOX(line), make_label(marked("small", _("keep the\ncover")).c_str()), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(line), slider, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(line), make_label(marked("small", most).c_str()), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(line), number, FALSE, FALSE, 0);
  return {line, number, value};
}

GtkWidget* make_combo(std::span<const Choice> choices) {
  GtkWidget* combo = gtk_combo_box_text_new();
  std::string tips;
  for (const Choice& c : choices) {
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(combo), _(c.label));
    if (!tips.empty()) tips += '\n';
    // TRANSLATORS: a choice of a list, and what it means
    tips += filled(_("%s: %s"), _(c.label), _(c.tip));
  }
  gtk_widget_set_tooltip_text(combo, tips.c_str());
  return combo;
}

GtkWidget* make_fit_combo() {
  static constexpr Choice kFits[] = {
      {N_("Stretch it to fit"), N_("Width and height are scaled apart")},
      {N_("Show all of it, the cover around"), N_("All of the target is visible; the borders keep the cover")},
      {N_("Fill, cut off the rest"), N_("The target's middle fills all of the small image; the rest is cropped")},
  };
  return make_combo(kFits);
}

GtkWidget* make_result_combo() {
  static constexpr Choice kResults[] = {
      {N_("New layer"), N_("A layer right above the cover, in the same image")},
      {N_("New image"), N_("An image of its own with 8 bits per channel, which exports right as it is")},
  };
  return make_combo(kResults);
}

ThemeColours theme_colours(GtkWidget* widget) {
  const auto colour = [](const GdkColor& c) { return Colour{c.red / 65535., c.green / 65535., c.blue / 65535.}; };
  gtk_widget_ensure_style(widget);
  const GtkStyle* style = gtk_widget_get_style(widget);
  return {colour(style->base[GTK_STATE_NORMAL]), colour(style->text[GTK_STATE_NORMAL])};
}

void explain(GtkWidget* widget, const char* tip, const char* help_id) {
  const Text own(gtk_widget_get_tooltip_text(widget));
  gimp_help_set_help_data(widget, tip ? tip : own.get(), help_id);
}

}  // namespace plugin
