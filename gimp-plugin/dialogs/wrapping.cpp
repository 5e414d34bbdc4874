// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/wrapping.hpp"

#include <algorithm>

#include "dialogs/gui.hpp"

namespace plugin {
namespace {

/// Pixels of the words in one line.
int natural_width(GtkWidget* label) {
  PangoLayout* line = pango_layout_copy(gtk_label_get_layout(GTK_LABEL(label)));
  pango_layout_set_width(line, -1);
  int width = 0, across = 0;
  pango_layout_get_pixel_size(line, &width, nullptr);
  g_object_unref(line);
  gtk_misc_get_padding(GTK_MISC(label), &across, nullptr);
  return width + 2 * across;
}

void on_request(GtkWidget* room, GtkRequisition* wanted, gpointer most) noexcept {
  wanted->width = std::min(natural_width(gtk_bin_get_child(GTK_BIN(room))), GPOINTER_TO_INT(most));
}

bool centred(GtkWidget* label) {
  float x = 0;
  gtk_misc_get_alignment(GTK_MISC(label), &x, nullptr);
  return x > 0;
}

/// The label's height follows from its width. GTK does not centre a short line in a label that may break its lines: one
/// that is to be centred is no wider than its line.
void on_allocate(GtkWidget* room, GtkAllocation* given, gpointer) noexcept {
  GtkWidget* label = gtk_bin_get_child(GTK_BIN(room));
  const gint wanted = centred(label) ? std::min(given->width, natural_width(label)) : given->width;
  gint now = 0;
  gtk_widget_get_size_request(label, &now, nullptr);
  if (now != wanted) gtk_widget_set_size_request(label, wanted, -1);
}

}  // namespace

GtkWidget* make_wrapping(GtkWidget* label, int most) {
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_size_request(label, most, -1);
  GtkWidget* room = centred(label) ? gtk_alignment_new(0.5, 0.5, 0, 0) : gtk_alignment_new(0, 0.5, 1, 0);
  gtk_container_add(GTK_CONTAINER(room), label);
  g_signal_connect(room, "size-request", G_CALLBACK(on_request), GINT_TO_POINTER(most));
  g_signal_connect(room, "size-allocate", G_CALLBACK(on_allocate), nullptr);
  return room;
}

GtkWidget* make_wrapped_switch(const char* mnemonic_words, int most) {
  GtkWidget* button = gtk_check_button_new();
  GtkWidget* label = gtk_label_new_with_mnemonic(mnemonic_words);
  gtk_misc_set_alignment(GTK_MISC(label), 0, 0.5);
  gtk_label_set_mnemonic_widget(GTK_LABEL(label), button);
  keep_readable(label);
  gtk_container_add(GTK_CONTAINER(button), make_wrapping(label, most));
  return button;
}

}  // namespace plugin
