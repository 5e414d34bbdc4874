// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/views_dialog.hpp"

#include <cmath>
#include <memory>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/scaler.hpp>
#include <bifocal/views.hpp>

#include "checks.hpp"
#include "procedures.hpp"

namespace plugin {
namespace {

/// One line's widgets, kept by the dialog until it closes.
struct Row {
  GtkWidget* box = nullptr;
  GtkWidget* layer = nullptr;
  GtkWidget* width = nullptr;
  GtkWidget* height = nullptr;
  GtkWidget* scaler = nullptr;
  GtkWidget* weight = nullptr;
};

struct Dialog {
  gint32 cover;
  GtkWidget* window = nullptr;
  GtkWidget* rows_box = nullptr;
  GtkWidget* preset = nullptr;
  GtkWidget* balance = nullptr;
  std::vector<std::unique_ptr<Row>> rows;
};

constexpr const char* kPresets[] = {"thumbnail", "works-everywhere", "when-enlarged", "small-and-large"};
constexpr const char* kPresetNames[] = {"Thumbnail", "Works everywhere", "When enlarged", "Small and large"};

gboolean possible_target(gint32, gint32 item, gpointer data) {
  return can_be_target(static_cast<Dialog*>(data)->cover, item);
}

int value_of(GtkWidget* spin) { return gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(spin)); }

void remove_row(GtkWidget*, gpointer data) {
  auto* dialog = static_cast<Dialog*>(g_object_get_data(G_OBJECT(data), "dialog"));
  if (dialog->rows.size() <= 1) return;
  std::erase_if(dialog->rows, [&](const auto& row) { return row->box == data; });
  gtk_widget_destroy(GTK_WIDGET(data));
}

GtkWidget* spin(double value, double low, double high, double step, guint digits, const char* tip) {
  GtkWidget* widget = gtk_spin_button_new_with_range(low, high, step);
  gtk_spin_button_set_digits(GTK_SPIN_BUTTON(widget), digits);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(widget), value);
  gtk_widget_set_tooltip_text(widget, tip);
  return widget;
}

void add_row(Dialog& d, const ViewLine& line) {
  auto row = std::make_unique<Row>();
  row->box = gtk_hbox_new(FALSE, 6);
  g_object_set_data(G_OBJECT(row->box), "dialog", &d);
  row->layer = gimp_layer_combo_box_new(possible_target, &d);
  gtk_widget_set_tooltip_text(row->layer, "What this view shows");
  if (line.target != -1) gimp_int_combo_box_set_active(GIMP_INT_COMBO_BOX(row->layer), line.target);
  row->width = spin(line.width, 0, 65535, 1, 0, "Width after scaling, in pixels; 0: the target's own");
  row->height = spin(line.height, 0, 65535, 1, 0, "Height after scaling, in pixels; 0: the target's own");
  row->scaler = gtk_combo_box_text_new();
  int n = 0, active = 0;
  for (const bifocal::ScalerInfo& info : bifocal::Scaler::catalogue()) {
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(row->scaler), std::string(info.name).c_str());
    if (info.id == line.scaler) active = n;
    ++n;
  }
  gtk_combo_box_set_active(GTK_COMBO_BOX(row->scaler), active);
  row->weight = spin(line.weight, 0.01, 1000, 0.1, 2, "How much this view counts against the others");
  GtkWidget* remove = gtk_button_new_from_stock(GTK_STOCK_REMOVE);
  g_signal_connect(remove, "clicked", G_CALLBACK(remove_row), row->box);
  gtk_box_pack_start(GTK_BOX(row->box), row->layer, TRUE, TRUE, 0);
  for (GtkWidget* widget : {row->width, row->height, row->scaler, row->weight, remove})
    gtk_box_pack_start(GTK_BOX(row->box), widget, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(d.rows_box), row->box, FALSE, FALSE, 0);
  gtk_widget_show_all(row->box);
  d.rows.push_back(std::move(row));
}

gint32 layer_of(const Row& row) {
  gint id = -1;
  gimp_int_combo_box_get_active(GIMP_INT_COMBO_BOX(row.layer), &id);
  return id;
}

void add_clicked(GtkWidget*, gpointer data) { add_row(*static_cast<Dialog*>(data), {}); }

void preset_chosen(GtkWidget*, gpointer data) {
  auto& d = *static_cast<Dialog*>(data);
  const int chosen = gtk_combo_box_get_active(GTK_COMBO_BOX(d.preset));
  if (chosen < 0) return;
  // The first two different layers of the list are the preset's targets.
  gint32 targets[2] = {d.rows.empty() ? -1 : layer_of(*d.rows[0]), -1};
  for (const auto& row : d.rows)
    if (const gint32 id = layer_of(*row); id != targets[0] && targets[1] == -1) targets[1] = id;
  if (targets[1] == -1) targets[1] = targets[0];
  for (const auto& row : d.rows) gtk_widget_destroy(row->box);
  d.rows.clear();
  for (const bifocal::PresetView& v : bifocal::preset_views(bifocal::find_preset(kPresets[chosen]))) {
    ViewLine line;
    line.target = targets[v.target];
    line.scaler = v.scaler;
    if (v.factor > 0) {
      line.width = static_cast<int>(std::lround(gimp_drawable_width(d.cover) * v.factor));
      line.height = static_cast<int>(std::lround(gimp_drawable_height(d.cover) * v.factor));
    }
    add_row(d, line);
  }
}

ViewList read(const Dialog& d) {
  ViewList list;
  for (const auto& row : d.rows) {
    ViewLine line;
    line.target = layer_of(*row);
    line.width = value_of(row->width);
    line.height = value_of(row->height);
    line.scaler = bifocal::Scaler::catalogue()[gtk_combo_box_get_active(GTK_COMBO_BOX(row->scaler))].id;
    line.weight = gtk_spin_button_get_value(GTK_SPIN_BUTTON(row->weight));
    list.lines.push_back(line);
  }
  list.balance = gtk_spin_button_get_value(GTK_SPIN_BUTTON(d.balance));
  return list;
}

GtkWidget* labelled(const char* words, GtkWidget* widget) {
  GtkWidget* box = gtk_hbox_new(FALSE, 6);
  GtkWidget* label = gtk_label_new_with_mnemonic(words);
  gtk_label_set_mnemonic_widget(GTK_LABEL(label), widget);
  gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box), widget, FALSE, FALSE, 0);
  return box;
}

}  // namespace

bool ask_views(gint32 cover, ViewList& list) {
  Dialog d{cover};
  d.window = gimp_dialog_new("Bifocal, Many Views", kBinary, nullptr, GtkDialogFlags(0), gimp_standard_help_func,
                             "plug-in-bifocal-views", GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, GTK_STOCK_OK, GTK_RESPONSE_OK, nullptr);
  gimp_window_set_transient(GTK_WINDOW(d.window));
  GtkWidget* content = gtk_dialog_get_content_area(GTK_DIALOG(d.window));
  GtkWidget* all = gtk_vbox_new(FALSE, 12);
  gtk_container_set_border_width(GTK_CONTAINER(all), 12);
  gtk_box_pack_start(GTK_BOX(content), all, TRUE, TRUE, 0);

  d.preset = gtk_combo_box_text_new();
  for (const char* name : kPresetNames) gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(d.preset), name);
  gtk_box_pack_start(GTK_BOX(all), labelled("_Preset:", d.preset), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), gtk_label_new("Layer, width, height (0: its own), scaler and weight of each view:"), FALSE, FALSE, 0);
  d.rows_box = gtk_vbox_new(FALSE, 6);
  gtk_box_pack_start(GTK_BOX(all), d.rows_box, TRUE, TRUE, 0);
  GtkWidget* add = gtk_button_new_from_stock(GTK_STOCK_ADD);
  GtkWidget* add_box = gtk_hbox_new(FALSE, 0);
  gtk_box_pack_start(GTK_BOX(add_box), add, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), add_box, FALSE, FALSE, 0);
  d.balance = spin(list.balance, 0, 100, 1, 1, "0 keeps the cover, 100 puts the views first");
  gtk_box_pack_start(GTK_BOX(all), labelled("_Balance:", d.balance), FALSE, FALSE, 0);
  if (list.lines.empty()) list.lines.push_back({});
  for (const ViewLine& line : list.lines) add_row(d, line);
  g_signal_connect(add, "clicked", G_CALLBACK(add_clicked), &d);
  g_signal_connect(d.preset, "changed", G_CALLBACK(preset_chosen), &d);
  gtk_widget_show_all(d.window);
  const bool ok = gimp_dialog_run(GIMP_DIALOG(d.window)) == GTK_RESPONSE_OK;
  if (ok) {
    const ViewList chosen = read(d);
    list.lines = chosen.lines;
    list.balance = chosen.balance;
  }
  gtk_widget_destroy(d.window);
  return ok;
}

}  // namespace plugin
