// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include <gtk/gtk.h>

#include "dialogs/scaler_button.hpp"

namespace plugin {

/// "Where will it be shown?": a kind of programs that make images smaller, which one of them stands for, or one program
/// exactly.
class WhereChoice {
 public:
  /// `changed` is told when the user chooses another scaler.
  explicit WhereChoice(std::function<void()> changed);
  WhereChoice(const WhereChoice&) = delete;
  WhereChoice& operator=(const WhereChoice&) = delete;
  /// Puts it into three rows of a table with four columns.
  void attach(GtkTable* table, int row);
  /// An id of the catalogue, or bifocal::kAnyScaler.
  const std::string& scaler() const { return scaler_.get(); }
  /// Tells nobody.
  void set(const std::string& scaler);
  /// As if the user had chosen what shows the target nearly everywhere.
  void choose_anywhere();

 private:
  static void on_place(GtkWidget*, WhereChoice* self) noexcept;
  void scaler_chosen();

  std::function<void()> changed_;
  GtkWidget* place_;
  ScalerButton scaler_;
  bool updating_ = false;  // values are being set from here
};

}  // namespace plugin
