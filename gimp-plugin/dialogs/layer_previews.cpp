// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/layer_previews.hpp"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"

namespace plugin {
namespace {

constexpr int kPreview = 128;  // px

GtkWidget* make_captioned(GtkWidget* picture, const char* caption) {
  GtkWidget* box = gtk_vbox_new(FALSE, 6);
  gtk_widget_set_size_request(picture, kPreview, kPreview);
  gtk_box_pack_start(GTK_BOX(box), picture, TRUE, TRUE, 0);
  GtkWidget* label = make_label(caption);
  gtk_misc_set_alignment(GTK_MISC(label), 0.5, 0.5);
  gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
  return box;
}

void show_layer(GtkWidget* picture, gint32 layer) {
  const Pixbuf pixbuf(gimp_drawable_get_thumbnail(layer, kPreview, kPreview, GIMP_PIXBUF_SMALL_CHECKS));
  gtk_image_set_from_pixbuf(GTK_IMAGE(picture), pixbuf.get());
}

}  // namespace

LayerPreviews::LayerPreviews(gint32 cover) : row_(gtk_hbox_new(TRUE, 12)), target_(gtk_image_new()) {
  GtkWidget* picture = gtk_image_new();
  show_layer(picture, cover);
  gtk_box_pack_start(GTK_BOX(row_), make_captioned(picture, "At full size: the <b>cover</b>"), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row_), make_captioned(target_, "Scaled down: the <b>target</b>"), TRUE, TRUE, 0);
}

void LayerPreviews::show_target(gint32 layer) { show_layer(target_, layer); }

}  // namespace plugin
