// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/reveal_dialog.hpp"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"
#include "dialogs/scaler_tree.hpp"
#include "language.hpp"

namespace plugin {

bool ask_reveal(RevealSettings& settings, const std::function<std::string(const RevealSettings&)>& complaint) {
  const Window window = make_dialog(_("Bifocal, Reveal"), "plug-in-bifocal-reveal");
  GtkDialog* dialog = GTK_DIALOG(window.get());
  gtk_dialog_add_button(dialog, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button(dialog, GTK_STOCK_OK, GTK_RESPONSE_OK);
  gtk_dialog_set_alternative_button_order(dialog, GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response(dialog, GTK_RESPONSE_OK);
  gtk_window_set_resizable(GTK_WINDOW(window.get()), FALSE);
  GtkWidget* table = gtk_table_new(3, 2, FALSE);
  gtk_container_set_border_width(GTK_CONTAINER(table), 12);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), table, TRUE, TRUE, 0);
  const auto attach = [table](int row, const char* words, GtkWidget* widget, GtkWidget* focus) {
    GtkWidget* label = gtk_label_new_with_mnemonic(words);
    gtk_misc_set_alignment(GTK_MISC(label), 0, 0);
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), focus);
    gtk_table_attach(GTK_TABLE(table), label, 0, 1, row, row + 1, GTK_FILL, GTK_FILL, 0, 0);
    gtk_table_attach(GTK_TABLE(table), widget, 1, 2, row, row + 1, GtkAttachOptions(GTK_EXPAND | GTK_FILL), GTK_FILL, 0,
                     0);
  };
  GtkWidget* sizes = gtk_entry_new();
  gtk_entry_set_text(GTK_ENTRY(sizes), settings.sizes.c_str());
  gtk_entry_set_activates_default(GTK_ENTRY(sizes), TRUE);
  explain(sizes, "Longest sides in pixels, separated by blanks, such as \"64 128\"; empty: a quarter of the layer",
          "plug-in-bifocal-reveal/sizes");
  attach(0, _("_Sizes:"), sizes, sizes);
  const auto confirm = [dialog] { gtk_dialog_response(dialog, GTK_RESPONSE_OK); };
  ScalerTree scalers({}, confirm, {{"", _("All programs"), _("every way to scale that is listed here")}});
  scalers.set("");
  scalers.set(settings.scalers);
  attach(1, _("Scaled _by:"), scalers.widget(), scalers.search_field());
  GtkWidget* note = make_label(_("Hidden pictures are looked for at other sizes, too, whatever is shown."));
  gtk_table_attach(GTK_TABLE(table), note, 0, 2, 2, 3, GTK_FILL, GTK_FILL, 0, 0);
  gtk_widget_show_all(table);
  while (gimp_dialog_run(GIMP_DIALOG(window.get())) == GTK_RESPONSE_OK) {
    settings.sizes = gtk_entry_get_text(GTK_ENTRY(sizes));
    settings.scalers = scalers.get();
    const std::string wrong = complaint(settings);
    if (wrong.empty()) return true;
    gtk_label_set_text(GTK_LABEL(note), wrong.c_str());
    gtk_widget_grab_focus(sizes);
  }
  return false;
}

}  // namespace plugin
