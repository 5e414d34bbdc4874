// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/gui.hpp"

#include <algorithm>
#include <string>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/request.hpp>

#include "answer.hpp"
#include "bifocal_icon.hpp"
#include "procedures.hpp"

namespace plugin {

void start_gui() {
  // gimp_ui_init ends the whole process when there is no display; ask first.
  if (!gtk_init_check(nullptr, nullptr))
    throw UserError(
        "Bifocal cannot open its dialog here, as there is no display. Scripts without one call it with "
        "RUN-NONINTERACTIVE.");
  gimp_ui_init(kBinary, FALSE);
}

Window make_dialog(const char* title, const char* help_id) {
  Window dialog(gimp_dialog_new(title, kBinary, nullptr, GtkDialogFlags(0), gimp_standard_help_func, help_id, nullptr));
  if (Pixbuf icon{gdk_pixbuf_new_from_inline(-1, kBifocalIcon, FALSE, nullptr)})
    gtk_window_set_icon(GTK_WINDOW(dialog.get()), icon.get());
  gimp_window_set_transient(GTK_WINDOW(dialog.get()));
  return dialog;
}

Pixbuf to_pixbuf(const bifocal::Image8& image, int side) {
  Pixbuf pixbuf(gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, image.width(), image.height()));
  if (!pixbuf) throw std::bad_alloc();
  for (int y = 0; y < image.height(); ++y) {
    guchar* out = gdk_pixbuf_get_pixels(pixbuf.get()) + std::size_t(y) * gdk_pixbuf_get_rowstride(pixbuf.get());
    for (int c = 0; c < 3; ++c) {
      const std::uint8_t* in = image.plane(image.channels() == 1 ? 0 : c).row(y);
      for (int x = 0; x < image.width(); ++x) out[3 * x + c] = in[x];
    }
  }
  const int larger = std::max(image.width(), image.height());
  const bool grows = side > larger;
  const double factor = grows ? std::max(1, side / larger) : double(side) / larger;
  Pixbuf scaled(gdk_pixbuf_scale_simple(pixbuf.get(), std::max(1, int(image.width() * factor)),
                                        std::max(1, int(image.height() * factor)),
                                        grows ? GDK_INTERP_NEAREST : GDK_INTERP_BILINEAR));
  if (!scaled) throw std::bad_alloc();
  return scaled;
}

GtkWidget* make_label(const char* markup) {
  GtkWidget* label = gtk_label_new(nullptr);
  gtk_label_set_markup(GTK_LABEL(label), markup);
  gtk_misc_set_alignment(GTK_MISC(label), 0, 0.5);
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  return label;
}

Balance make_balance(const char* most) {
  GtkWidget* slider = gtk_hscale_new_with_range(0, 100, 1);
  GtkAdjustment* value = gtk_range_get_adjustment(GTK_RANGE(slider));
  gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
  gtk_widget_set_size_request(slider, 180, -1);
  GtkWidget* number = gtk_spin_button_new(value, 1, 1);
  gtk_entry_set_activates_default(GTK_ENTRY(number), TRUE);
  GtkWidget* line = gtk_hbox_new(FALSE, 6);
  gtk_box_pack_start(GTK_BOX(line), make_label("<small>keep the\ncover</small>"), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(line), slider, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(line), make_label((std::string("<small>") + most + "</small>").c_str()), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(line), number, FALSE, FALSE, 0);
  return {line, value};
}

Advanced make_advanced() {
  GtkWidget* expander = gtk_expander_new_with_mnemonic("Ad_vanced");
  GtkWidget* entry = gtk_entry_new();
  gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
  gtk_widget_set_tooltip_text(entry, ("Pairs of key=value, separated by blanks:\n" + bifocal::known_options()).c_str());
  gtk_container_add(GTK_CONTAINER(expander), entry);
  return {expander, entry};
}

GtkWidget* make_combo(std::span<const Choice> choices) {
  GtkWidget* combo = gtk_combo_box_text_new();
  std::string tips;
  for (const Choice& c : choices) {
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(combo), c.label);
    if (!tips.empty()) tips += '\n';
    tips += std::string(c.label) + ": " + c.tip;
  }
  gtk_widget_set_tooltip_text(combo, tips.c_str());
  return combo;
}

GtkWidget* make_result_combo() {
  static constexpr Choice kResults[] = {
      {"New layer", "A layer right above the cover, in the same image"},
      {"New image", "An image of its own with 8 bits per channel, which exports right as it is"},
  };
  return make_combo(kResults);
}

}  // namespace plugin
