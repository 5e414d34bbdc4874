// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include <gtk/gtk.h>

namespace plugin {

/// A button that says which scaler is chosen, and opens a window with the tree of all to choose another.
class ScalerButton {
 public:
  /// `changed` is called when the user has chosen another.
  ScalerButton(const std::string& id, std::function<void()> changed);
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
  GtkWidget *button_, *label_;
};

}  // namespace plugin
