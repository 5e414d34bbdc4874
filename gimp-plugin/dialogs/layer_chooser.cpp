// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/layer_chooser.hpp"

#include <algorithm>

#include "dialogs/gui.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kPicture = OpenLayers::kPicture, kWidth = 16;  // px; characters
enum Column { kName, kPixbuf, kColumns };

struct OpenButton {
  OpenedFiles& files;
  LayerChooser& chooser;
  std::function<void()> chosen;
};

void on_open(GtkWidget* button, OpenButton* self) noexcept {
  const gint32 layer = self->files.open(GTK_WINDOW(gtk_widget_get_toplevel(button)));
  if (layer == -1) return;
  self->chooser.refresh();
  self->chooser.set(layer);
  self->chosen();
}

}  // namespace

LayerChooser::LayerChooser(OpenLayers& open, const char* accessible_name, Allowed allowed,
                           std::function<void()> changed, WhenGone when_gone)
    : open_(open), allowed_(std::move(allowed)), changed_(std::move(changed)), when_gone_(when_gone),
      lines_(gtk_list_store_new(kColumns, G_TYPE_STRING, GDK_TYPE_PIXBUF)) {
  combo_ = gtk_combo_box_new_with_model(GTK_TREE_MODEL(lines_));
  g_object_unref(lines_);     // the combo box keeps it
  g_object_ref_sink(combo_);  // until this object goes, which may be after the window
  name_for_readers(combo_, accessible_name);
  GtkCellRenderer* picture = gtk_cell_renderer_pixbuf_new();
  gtk_cell_renderer_set_fixed_size(picture, kPicture + 6, kPicture + 2);
  gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(combo_), picture, FALSE);
  gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(combo_), picture, "pixbuf", kPixbuf);
  GtkCellRenderer* name = gtk_cell_renderer_text_new();
  g_object_set(name, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "width-chars", kWidth, nullptr);
  gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(combo_), name, TRUE);
  gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(combo_), name, "text", kName);
  fill();
  g_signal_connect(combo_, "changed", G_CALLBACK(on_changed), this);
  g_signal_connect(combo_, "notify::popup-shown", G_CALLBACK(on_popup), this);
  open_.follow(this, [this] { follow(); });
}

LayerChooser::~LayerChooser() {
  open_.leave(this);
  g_signal_handlers_disconnect_by_data(combo_, this);
  g_object_unref(combo_);
}

gint32 LayerChooser::get() const {
  const int active = gtk_combo_box_get_active(GTK_COMBO_BOX(combo_));
  return active < 0 ? -1 : shown_[active].layer;
}

void LayerChooser::set(gint32 layer) {
  const auto found = std::find_if(shown_.begin(), shown_.end(), [&](const OpenLayer& l) { return l.layer == layer; });
  updating_ = true;
  const bool none = shown_.empty() || (found == shown_.end() && when_gone_ == WhenGone::None);
  const int place = found == shown_.end() ? 0 : static_cast<int>(found - shown_.begin());
  gtk_combo_box_set_active(GTK_COMBO_BOX(combo_), none ? -1 : place);
  updating_ = false;
}

void LayerChooser::chosen() {
  if (!updating_ && changed_) changed_();
}

void LayerChooser::refresh() {
  open_.look();
  fill();
}

void LayerChooser::follow() {
  gboolean popped_up = FALSE;
  g_object_get(combo_, "popup-shown", &popped_up, nullptr);
  if (popped_up) return;  // again when it is closed
  const gint32 before = get();
  fill();
  if (get() != before) chosen();
}

void LayerChooser::fill() {
  std::vector<OpenLayer> now = open_.list();
  std::erase_if(now, [this](const OpenLayer& l) { return !allowed_(l.layer); });
  if (now == shown_) return;
  const gint32 before = get();
  updating_ = true;
  gtk_list_store_clear(lines_);
  shown_ = std::move(now);
  for (const OpenLayer& l : shown_)
    gtk_list_store_insert_with_values(lines_, nullptr, -1, kName, l.name.c_str(), kPixbuf, open_.picture(l.layer), -1);
  updating_ = false;
  set(before);
}

GtkWidget* make_open_button(OpenedFiles& files, LayerChooser& chooser, std::function<void()> chosen) {
  GtkWidget* button = gtk_button_new_with_mnemonic(_("Open _File..."));
  gtk_widget_set_tooltip_text(button,
                              _("Opens a picture and chooses it. It stays open when this window is confirmed, and is "
                                "closed again otherwise."));
  const auto destroy = [](gpointer p, GClosure*) { delete static_cast<OpenButton*>(p); };
  g_signal_connect_data(button, "clicked", G_CALLBACK(on_open), new OpenButton{files, chooser, std::move(chosen)},
                        destroy, GConnectFlags(0));
  return button;
}

}  // namespace plugin
