// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "preset_file.hpp"

namespace plugin {

/// A list of presets, those that come with a dialog and the user's own, and buttons that save, rename and remove his.
class PresetBar {
 public:
  /// One that comes with the dialog; its id is what `use` gets.
  struct Fixed {
    const char *id, *name;
  };
  /// What the dialog does and says.
  struct Dialog {
    std::function<void(const std::string& id)> use_fixed;      ///< the user chose one that comes with the dialog
    std::function<void(const std::string& settings)> use_own;  ///< ... or one of his own
    std::function<std::string()> settings;                     ///< what is to be saved
  };
  /// `help_id`: the place in the help that explains presets.
  PresetBar(PresetFile file, std::vector<Fixed> fixed, Dialog dialog, const char* help_id);
  PresetBar(const PresetBar&) = delete;
  PresetBar& operator=(const PresetBar&) = delete;
  GtkWidget* widget() const { return row_; }
  /// What takes the keys, for a label's mnemonic.
  GtkWidget* list() const { return list_; }
  /// The settings are not those of a preset any more. Tells nobody.
  void forget();

 private:
  static void on_list(GtkWidget*, PresetBar* self) noexcept { self->chosen(); }
  static void on_save(GtkWidget*, PresetBar* self) noexcept { self->save(); }
  static void on_rename(GtkWidget*, PresetBar* self) noexcept { self->rename(); }
  static void on_remove(GtkWidget*, PresetBar* self) noexcept { self->remove(); }
  void fill(const std::string& active);
  void chosen();
  void save();
  void rename();
  void remove();
  void show_buttons();
  /// Tells the user when a file could not be written.
  void check(bool written);
  GtkWindow* window() const;
  /// The user's own preset that is chosen now; nullptr: none.
  const Preset* own() const;

  PresetFile file_;
  std::vector<Fixed> fixed_;
  Dialog dialog_;
  std::vector<Preset> own_;
  GtkWidget *row_, *list_, *rename_, *remove_;
  bool updating_ = false;
};

}  // namespace plugin
