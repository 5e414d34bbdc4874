// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/advanced_options.hpp"

#include <algorithm>
#include <utility>

#include <gdk/gdkkeysyms.h>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr int kLine = 46;  // characters

GtkWidget* make_item(const bifocal::OptionInfo& option) {
  GtkWidget* item = gtk_menu_item_new();
  const Text words(g_markup_printf_escaped("<b>%s</b>=%s\n<small>%s</small>", std::string(option.name).c_str(),
                                           std::string(option.fallback).c_str(), option.meaning.c_str()));
  GtkWidget* label = make_label(words.get());
  gtk_label_set_width_chars(GTK_LABEL(label), kLine);
  gtk_container_add(GTK_CONTAINER(item), label);
  return item;
}

/// Where the value of a key that was typed stands: from, to. {-1, -1}: nowhere.
std::pair<int, int> value_of(const std::string& options, std::string_view key) {
  const std::string start = std::string(key) + "=";
  for (std::size_t at = options.find(start); at != std::string::npos; at = options.find(start, at + 1)) {
    if (at > 0 && options[at - 1] != ' ') continue;
    const std::size_t from = at + start.size(), to = std::min(options.find(' ', from), options.size());
    return {static_cast<int>(from), static_cast<int>(to)};
  }
  return {-1, -1};
}

}  // namespace

AdvancedOptions::AdvancedOptions(std::set<std::string_view> with_widget, std::function<void()> changed)
    : changed_(std::move(changed)), options_(bifocal::option_list()),
      expander_(gtk_expander_new_with_mnemonic(_("Advan_ced"))), entry_(gtk_entry_new()),
      button_(gtk_button_new_with_label(_("Pick\342\200\246"))), list_(gtk_menu_new()) {
  std::erase_if(options_, [&](const bifocal::OptionInfo& o) { return with_widget.contains(o.name); });
  for (const bifocal::OptionInfo& option : options_) {
    items_.push_back(make_item(option));
    gtk_menu_shell_append(GTK_MENU_SHELL(list_), items_.back());
    g_signal_connect(items_.back(), "activate", G_CALLBACK(on_picked), this);
  }
  gtk_widget_show_all(list_);
  gtk_menu_attach_to_widget(GTK_MENU(list_), button_, nullptr);  // it goes with the button
  gtk_entry_set_activates_default(GTK_ENTRY(entry_), TRUE);
  gtk_widget_set_tooltip_text(entry_,
                              _("Pairs of key=value, separated by blanks. The arrow key down shows what there is."));
  gtk_widget_set_tooltip_text(button_, _("A list of the options that have no control here, to add one"));
  name_for_readers(entry_, _("Further options"));
  name_for_readers(button_, _("Pick an option"));
  GtkWidget* row = make_row(6);
  gtk_box_pack_start(GTK_BOX(row), entry_, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row), button_, FALSE, FALSE, 0);
  gtk_container_add(GTK_CONTAINER(expander_), row);
  g_signal_connect(expander_, "notify::expanded", G_CALLBACK(on_expanded), this);
  g_signal_connect(entry_, "changed", G_CALLBACK(on_changed), this);
  g_signal_connect(entry_, "key-press-event", G_CALLBACK(on_key), this);
  g_signal_connect(button_, "clicked", G_CALLBACK(on_list), this);
}

void AdvancedOptions::show(const std::string& options) {
  gtk_entry_set_text(GTK_ENTRY(entry_), options.c_str());
  if (!options.empty()) gtk_expander_set_expanded(GTK_EXPANDER(expander_), TRUE);
}

void AdvancedOptions::suit(bifocal::Appearance appearance, bool several, double balance) {
  for (std::size_t i = 0; i < items_.size(); ++i)
    gtk_widget_set_sensitive(items_[i], bifocal::option_serves(options_[i].name, {appearance, several, balance}));
}

/// Who opens the triangle wants to type.
void AdvancedOptions::on_expanded(GtkExpander* expander, GParamSpec*, AdvancedOptions* self) noexcept {
  if (gtk_expander_get_expanded(expander)) gtk_widget_grab_focus(self->entry_);
}

void AdvancedOptions::on_list(GtkWidget*, AdvancedOptions* self) noexcept {
  gtk_menu_popup(GTK_MENU(self->list_), nullptr, nullptr, nullptr, nullptr, 0, gtk_get_current_event_time());
  gtk_menu_shell_select_first(GTK_MENU_SHELL(self->list_), TRUE);
}

gboolean AdvancedOptions::on_key(GtkWidget*, GdkEventKey* event, AdvancedOptions* self) noexcept {
  if (event->keyval != GDK_KEY_Down) return FALSE;
  on_list(self->entry_, self);
  return TRUE;
}

void AdvancedOptions::on_picked(GtkMenuItem* item, AdvancedOptions* self) noexcept {
  const auto found = std::find(self->items_.begin(), self->items_.end(), GTK_WIDGET(item));
  if (found != self->items_.end()) self->pick(self->options_[found - self->items_.begin()]);
}

void AdvancedOptions::pick(const bifocal::OptionInfo& option) {
  std::string text = get();
  if (value_of(text, option.name).first < 0) {
    if (!text.empty() && text.back() != ' ') text += ' ';
    text.append(option.name).append("=").append(option.fallback);
    gtk_entry_set_text(GTK_ENTRY(entry_), text.c_str());
  }
  const auto [from, to] = value_of(text, option.name);
  gtk_widget_grab_focus(entry_);
  gtk_editable_select_region(GTK_EDITABLE(entry_), from, to);
}

}  // namespace plugin
