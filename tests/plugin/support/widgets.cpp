// SPDX-License-Identifier: LGPL-3.0-or-later
// A GTK module: a program that GTK_MODULES names it to writes down all of its windows when it gets SIGUSR1, as JSON
// into the file $BIFOCAL_WIDGETS/PROCESS.json. What a test asks of a window, GTK itself tells: what a label needs and
// has, what a key leads to, what a screen reader says.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include <gdk/gdkkeysyms.h>
#include <gdk/gdkx.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::json;

std::string id_of(const void* widget) {
  char text[32];
  std::snprintf(text, sizeof text, "%p", widget);
  return text;
}

/// The least width, in pixels, in which all entries of a list are read to their end; the one that takes it.
void add_entries(Json& told, GtkWidget* combo) {
  GtkTreeModel* model = gtk_combo_box_get_model(GTK_COMBO_BOX(combo));
  if (!model) return;
  Json entries = Json::array();
  GtkTreeIter row;
  for (gboolean more = gtk_tree_model_get_iter_first(model, &row); more; more = gtk_tree_model_iter_next(model, &row)) {
    if (gtk_tree_model_get_column_type(model, 0) != G_TYPE_STRING) continue;
    gchar* words = nullptr;
    gtk_tree_model_get(model, &row, 0, &words, -1);
    PangoLayout* layout = gtk_widget_create_pango_layout(combo, words ? words : "");
    int width = 0;
    pango_layout_get_pixel_size(layout, &width, nullptr);
    g_object_unref(layout);
    entries.push_back({{"text", words ? words : ""}, {"width", width}});
    g_free(words);
  }
  told["entries"] = std::move(entries);
  if (GtkWidget* cells = gtk_bin_get_child(GTK_BIN(combo))) {
    GtkAllocation at;
    gtk_widget_get_allocation(cells, &at);
    told["room"] = at.width;
  }
}

void add_label(Json& told, GtkWidget* widget) {
  GtkLabel* label = GTK_LABEL(widget);
  told["text"] = gtk_label_get_text(label);
  PangoLayout* layout = gtk_label_get_layout(label);
  int width = 0, height = 0, across = 0, down = 0;
  pango_layout_get_pixel_size(layout, &width, &height);
  gtk_misc_get_padding(GTK_MISC(widget), &across, &down);
  GtkAllocation at;
  gtk_widget_get_allocation(widget, &at);
  told["cut"] = width > at.width - 2 * across || height > at.height - 2 * down;
  told["ellipsized"] = bool(pango_layout_is_ellipsized(layout));
  if (const guint key = gtk_label_get_mnemonic_keyval(label); key != GDK_KEY_VoidSymbol) {
    told["mnemonic"] = gdk_keyval_name(gdk_keyval_to_lower(key));
    GtkWidget* to = gtk_label_get_mnemonic_widget(label);
    for (GtkWidget* parent = widget; !to && parent; parent = gtk_widget_get_parent(parent))
      if (GTK_IS_BUTTON(parent) || GTK_IS_EXPANDER(parent) || GTK_IS_MENU_ITEM(parent)) to = parent;
    told["leads_to"] = id_of(to);
  }
}

Json tell(GtkWidget* widget) {
  Json told{{"id", id_of(widget)},
            {"type", G_OBJECT_TYPE_NAME(widget)},
            {"shown", bool(gtk_widget_get_mapped(widget))},
            {"sensitive", bool(gtk_widget_is_sensitive(widget))},
            {"focusable", bool(gtk_widget_get_can_focus(widget))},
            {"focus", bool(gtk_widget_has_focus(widget))},
            {"default", bool(gtk_widget_has_default(widget))}};
  GtkAllocation at;
  gtk_widget_get_allocation(widget, &at);
  told["at"] = {at.x, at.y, at.width, at.height};
  int x = 0, y = 0;
  if (gtk_widget_translate_coordinates(widget, gtk_widget_get_toplevel(widget), 0, 0, &x, &y)) told["spot"] = {x, y};
  GtkRequisition wanted;
  gtk_widget_get_child_requisition(widget, &wanted);
  told["wants"] = {wanted.width, wanted.height};
  AtkObject* read = gtk_widget_get_accessible(widget);
  if (const char* name = atk_object_get_name(read)) told["name"] = name;
  // A label's words are read for what they label.
  if (AtkRelationSet* relations = atk_object_ref_relation_set(read)) {
    told["labelled"] = bool(atk_relation_set_contains(relations, ATK_RELATION_LABELLED_BY));
    g_object_unref(relations);
  }
  if (gchar* tip = gtk_widget_get_tooltip_text(widget)) {
    told["tip"] = tip;
    g_free(tip);
  }
  if (GTK_IS_WINDOW(widget)) {
    const char* title = gtk_window_get_title(GTK_WINDOW(widget));
    told["title"] = title ? title : "";
    told["window"] = GDK_WINDOW_XID(gtk_widget_get_window(widget));
    gtk_window_get_position(GTK_WINDOW(widget), &x, &y);
    told["place"] = {x, y};
    told["active"] = bool(gtk_window_is_active(GTK_WINDOW(widget)));
  }
  if (GTK_IS_LABEL(widget)) add_label(told, widget);
  if (GTK_IS_COMBO_BOX(widget)) add_entries(told, widget);
  if (GTK_IS_ENTRY(widget)) told["text"] = gtk_entry_get_text(GTK_ENTRY(widget));
  if (GTK_IS_RANGE(widget)) told["value_of"] = id_of(gtk_range_get_adjustment(GTK_RANGE(widget)));
  if (GTK_IS_SPIN_BUTTON(widget)) told["value_of"] = id_of(gtk_spin_button_get_adjustment(GTK_SPIN_BUTTON(widget)));
  if (GTK_IS_TOGGLE_BUTTON(widget)) told["on"] = bool(gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(widget)));
  if (GTK_IS_SCROLLED_WINDOW(widget)) {
    GtkAdjustment* across = gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(widget));
    told["hidden_sideways"] = gtk_adjustment_get_upper(across) - gtk_adjustment_get_page_size(across);
  }
  Json inside = Json::array();
  if (GTK_IS_CONTAINER(widget))
    gtk_container_forall(
        GTK_CONTAINER(widget), [](GtkWidget* child, gpointer to) { static_cast<Json*>(to)->push_back(tell(child)); },
        &inside);
  told["inside"] = std::move(inside);
  return told;
}

gboolean on_ask(gpointer) {
  Json windows = Json::array();
  GList* all = gtk_window_list_toplevels();
  for (GList* each = all; each; each = each->next)
    if (gtk_widget_get_mapped(GTK_WIDGET(each->data))) {
      // A label with markup has its key only while keys are underlined.
      gtk_window_set_mnemonics_visible(GTK_WINDOW(each->data), TRUE);
      windows.push_back(tell(GTK_WIDGET(each->data)));
    }
  g_list_free(all);
  const std::string path = std::string(g_getenv("BIFOCAL_WIDGETS")) + "/" + std::to_string(getpid()) + ".json";
  std::ofstream(path + ".new") << windows.dump(1, ' ', false, Json::error_handler_t::replace);
  std::rename((path + ".new").c_str(), path.c_str());
  return G_SOURCE_CONTINUE;
}

}  // namespace

extern "C" G_MODULE_EXPORT void gtk_module_init(gint*, gchar***) {
  if (g_getenv("BIFOCAL_WIDGETS")) g_unix_signal_add(SIGUSR1, on_ask, nullptr);
}
