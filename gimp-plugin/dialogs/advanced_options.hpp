// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include <bifocal/request.hpp>

namespace plugin {

/// An entry for further "key=value" options, behind a triangle, which is open when there are some, and a list of the
/// engine's keys to pick from.
class AdvancedOptions {
 public:
  /// Keys that have a widget of their own in the same window are not in the list. `changed` is told of every change.
  AdvancedOptions(std::set<std::string_view> with_widget, std::function<void()> changed);
  AdvancedOptions(const AdvancedOptions&) = delete;
  AdvancedOptions& operator=(const AdvancedOptions&) = delete;
  GtkWidget* widget() const { return expander_; }
  GtkWidget* entry() const { return entry_; }
  std::string get() const { return gtk_entry_get_text(GTK_ENTRY(entry_)); }
  void show(const std::string& options);
  /// For what the options are: keys that change nothing there cannot be picked. `several`: views.
  void suit(bifocal::Appearance appearance, bool several, double balance);

 private:
  static void on_expanded(GtkExpander* expander, GParamSpec*, AdvancedOptions* self) noexcept;
  static void on_changed(GtkWidget*, AdvancedOptions* self) noexcept { self->changed_(); }
  static void on_list(GtkWidget*, AdvancedOptions* self) noexcept;
  static gboolean on_key(GtkWidget*, GdkEventKey* event, AdvancedOptions* self) noexcept;
  static void on_picked(GtkMenuItem* item, AdvancedOptions* self) noexcept;
  /// Puts "key=default" into the entry, unless the key is there, and selects its value.
  void pick(const bifocal::OptionInfo& option);

  std::function<void()> changed_;
  std::vector<bifocal::OptionInfo> options_;
  std::vector<GtkWidget*> items_;
  GtkWidget *expander_, *entry_, *button_, *list_;
};

}  // namespace plugin
