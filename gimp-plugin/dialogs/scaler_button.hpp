// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/scaler_tree.hpp"

namespace plugin {

/// A button that says which scaler is chosen, and opens a window with the tree of all to choose another.
class ScalerButton {
 public:
  /// `changed` is called when the user has chosen another.
  /// `first`: lines of the tree above the programs.
  ScalerButton(const std::string& id, std::function<void()> changed, std::vector<ScalerTree::Line> first = {});
  ScalerButton(const ScalerButton&) = delete;
  ScalerButton& operator=(const ScalerButton&) = delete;
  GtkWidget* widget() const { return button_; }
  const std::string& get() const { return id_; }
  /// Tells nobody.
  void set(const std::string& id);

 private:
  static void on_clicked(GtkWidget*, ScalerButton* self) noexcept { self->ask(); }
  void ask();

  std::string id_;
  std::function<void()> changed_;
  std::vector<ScalerTree::Line> first_;
  GtkWidget *button_, *label_;
};

}  // namespace plugin
