// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/preset_bar.hpp"

#include <algorithm>

#include <gdk/gdkkeysyms.h>

#include "dialogs/gui.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr const char* kNone = N_("As set below");

/// A small window that asks for a preset's name.
class NameDialog {
 public:
  NameDialog(GtkWindow* parent, const char* title, const char* button, const std::string& name,
             const std::vector<Preset>& taken)
      : taken_(taken), first_(name),
        window_(gtk_dialog_new_with_buttons(title, parent, GTK_DIALOG_MODAL, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL,
                                            button, GTK_RESPONSE_OK, nullptr)),
        entry_(gtk_entry_new()), words_(make_label("")) {
    GtkDialog* dialog = GTK_DIALOG(window_.get());
    gtk_dialog_set_alternative_button_order(dialog, GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL, -1);
    gtk_dialog_set_default_response(dialog, GTK_RESPONSE_OK);
    GtkWidget* column = make_column(6);
    gtk_container_set_border_width(GTK_CONTAINER(column), 12);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), column, TRUE, TRUE, 0);
    GtkWidget* label = gtk_label_new_with_mnemonic(_("_Name:"));
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), entry_);
    gtk_entry_set_text(GTK_ENTRY(entry_), name.c_str());
    gtk_entry_set_activates_default(GTK_ENTRY(entry_), TRUE);
    gtk_entry_set_width_chars(GTK_ENTRY(entry_), 32);
    GtkWidget* line = make_row(6);
    gtk_box_pack_start(GTK_BOX(line), label, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(line), entry_, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), line, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(column), words_, FALSE, FALSE, 0);
    g_signal_connect(entry_, "changed", G_CALLBACK(on_typed), this);
    typed();
    gtk_widget_show_all(column);
  }
  /// Empty: the user cancelled.
  std::string run() {
    if (gtk_dialog_run(GTK_DIALOG(window_.get())) != GTK_RESPONSE_OK) return {};
    return preset_name(gtk_entry_get_text(GTK_ENTRY(entry_)));
  }

 private:
  static void on_typed(GtkWidget*, NameDialog* self) noexcept { self->typed(); }
  void typed() {
    const std::string name = preset_name(gtk_entry_get_text(GTK_ENTRY(entry_)));
    const bool replaces =
        name != first_ && std::any_of(taken_.begin(), taken_.end(), [&](const Preset& p) { return p.name == name; });
    gtk_label_set_text(GTK_LABEL(words_), replaces ? _("There is a preset of this name. It will be replaced.") : "");
    gtk_dialog_set_response_sensitive(GTK_DIALOG(window_.get()), GTK_RESPONSE_OK, !name.empty());
  }

  const std::vector<Preset>& taken_;
  std::string first_;
  Window window_;
  GtkWidget *entry_, *words_;
};

GtkWidget* add_button(GtkWidget* row, const char* icon, const char* name, const char* tip) {
  GtkWidget* button = gtk_button_new();
  gtk_container_add(GTK_CONTAINER(button), gtk_image_new_from_icon_name(icon, GTK_ICON_SIZE_MENU));
  gtk_widget_set_tooltip_text(button, tip);
  name_for_readers(button, name);
  gtk_box_pack_start(GTK_BOX(row), button, FALSE, FALSE, 0);
  return button;
}

/// Keys for buttons without words, once they are in a window.
void on_realize(GtkWidget* row, gpointer) noexcept {
  GtkAccelGroup* keys = gtk_accel_group_new();
  gtk_window_add_accel_group(GTK_WINDOW(gtk_widget_get_toplevel(row)), keys);
  GList* widgets = gtk_container_get_children(GTK_CONTAINER(row));
  const struct {
    guint key;
    GdkModifierType with;
  } of_buttons[] = {{GDK_KEY_s, GDK_CONTROL_MASK}, {GDK_KEY_F2, GdkModifierType(0)}, {GDK_KEY_d, GDK_CONTROL_MASK}};
  GList* widget = widgets->next;  // after the list
  for (const auto& b : of_buttons) {
    gtk_widget_add_accelerator(GTK_WIDGET(widget->data), "clicked", keys, b.key, b.with, GTK_ACCEL_VISIBLE);
    widget = widget->next;
  }
  g_list_free(widgets);
  g_object_unref(keys);  // the window keeps them
}

}  // namespace

PresetBar::PresetBar(PresetFile file, std::vector<Fixed> fixed, Dialog dialog, const char* help_id)
    : file_(file), fixed_(std::move(fixed)), dialog_(std::move(dialog)), row_(make_row(6)),
      list_(gtk_combo_box_text_new()) {
  gtk_box_pack_start(GTK_BOX(row_), list_, TRUE, TRUE, 0);
  explain(list_, _("Settings that have a name: some that come with Bifocal, and your own"), help_id);
  GtkWidget* save = add_button(row_, "document-save", _("Save as a preset"),
                               _("Save these settings as a preset of your own (Ctrl+S)"));
  rename_ = add_button(row_, "gtk-edit", _("Rename the preset"), _("Give your preset another name (F2)"));
  remove_ = add_button(row_, "edit-delete", _("Remove the preset"), _("Remove your preset (Ctrl+D)"));
  g_signal_connect(save, "clicked", G_CALLBACK(on_save), this);
  g_signal_connect(rename_, "clicked", G_CALLBACK(on_rename), this);
  g_signal_connect(remove_, "clicked", G_CALLBACK(on_remove), this);
  g_signal_connect(list_, "changed", G_CALLBACK(on_list), this);
  g_signal_connect(row_, "realize", G_CALLBACK(on_realize), nullptr);
  fill({});
}

void PresetBar::fill(const std::string& active) {
  updating_ = true;
  GtkListStore* lines = GTK_LIST_STORE(gtk_combo_box_get_model(GTK_COMBO_BOX(list_)));
  gtk_list_store_clear(lines);
  GtkComboBoxText* list = GTK_COMBO_BOX_TEXT(list_);
  gtk_combo_box_text_append_text(list, _(kNone));
  for (const Fixed& f : fixed_) gtk_combo_box_text_append_text(list, _(f.name));
  own_ = file_.read();
  int place = 0, n = 1 + static_cast<int>(fixed_.size());
  for (const Preset& p : own_) {
    gtk_combo_box_text_append_text(list, p.name.c_str());
    if (p.name == active) place = n;
    ++n;
  }
  gtk_combo_box_set_active(GTK_COMBO_BOX(list_), place);
  updating_ = false;
  show_buttons();
}

const Preset* PresetBar::own() const {
  const int place = gtk_combo_box_get_active(GTK_COMBO_BOX(list_)) - 1 - static_cast<int>(fixed_.size());
  return place >= 0 && place < static_cast<int>(own_.size()) ? &own_[place] : nullptr;
}

void PresetBar::show_buttons() {
  gtk_widget_set_sensitive(rename_, own() != nullptr);
  gtk_widget_set_sensitive(remove_, own() != nullptr);
}

void PresetBar::forget() {
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(list_), 0);
  updating_ = false;
  show_buttons();
}

void PresetBar::chosen() {
  if (updating_) return;
  show_buttons();
  // What it uses may tell the bar to forget; the list goes on showing what was chosen.
  const int place = gtk_combo_box_get_active(GTK_COMBO_BOX(list_));
  if (const Preset* preset = own())
    dialog_.use_own(std::string(preset->settings));
  else if (place >= 1)
    dialog_.use_fixed(fixed_[place - 1].id);
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(list_), place);
  updating_ = false;
  show_buttons();
}

void PresetBar::save() {
  const Preset* now = own();
  const std::string name = NameDialog(window(), _("Save a Preset"), GTK_STOCK_SAVE, now ? now->name : "", own_).run();
  if (name.empty()) return;
  check(file_.save({name, dialog_.settings()}));
  fill(name);
}

void PresetBar::rename() {
  const std::string old = own()->name;
  const std::string name = NameDialog(window(), _("Rename the Preset"), _("_Rename"), old, own_).run();
  if (name.empty()) return;
  check(file_.rename(old, name));
  fill(name);
}

void PresetBar::remove() {
  const std::string name = own()->name;
  const Window ask(gtk_message_dialog_new(window(), GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                                          _("Remove the preset \"%s\"?"), name.c_str()));
  gtk_window_set_title(GTK_WINDOW(ask.get()), _("Remove the Preset"));
  gtk_dialog_add_buttons(GTK_DIALOG(ask.get()), GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, _("_Remove"), GTK_RESPONSE_OK,
                         nullptr);
  gtk_dialog_set_alternative_button_order(GTK_DIALOG(ask.get()), GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response(GTK_DIALOG(ask.get()), GTK_RESPONSE_OK);
  if (gtk_dialog_run(GTK_DIALOG(ask.get())) != GTK_RESPONSE_OK) return;
  check(file_.remove(name));
  fill({});
}

void PresetBar::check(bool written) {
  if (written) return;
  const Window words(gtk_message_dialog_new(window(), GTK_DIALOG_MODAL, GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s",
                                            _("The presets could not be written into GIMP's folder. The disk may be "
                                              "full, or the folder not yours.")));
  gtk_window_set_title(GTK_WINDOW(words.get()), _("Bifocal Message"));
  gtk_dialog_run(GTK_DIALOG(words.get()));
}

GtkWindow* PresetBar::window() const { return GTK_WINDOW(gtk_widget_get_toplevel(row_)); }

}  // namespace plugin
