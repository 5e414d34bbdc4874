// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

namespace plugin {

/// Width and height, a chain that keeps their ratio, and a button that takes the target's own size.
class SizeFields {
 public:
  /// Sizes up to `most`. `changed` is told of every change by the user, `own` gives the target's size ({0, 0}: none).
  SizeFields(bifocal::Size most, std::function<void()> changed, std::function<bifocal::Size()> own);
  SizeFields(const SizeFields&) = delete;
  SizeFields& operator=(const SizeFields&) = delete;
  /// Puts the fields into two rows of a table with four columns.
  void attach(GtkTable* table, int row);
  bifocal::Size get() const;
  /// Also makes these sides' ratio the one to keep. Tells nobody.
  void set(bifocal::Size size);

 private:
  static void on_width(GtkWidget*, SizeFields* self) noexcept { self->side_changed(true); }
  static void on_height(GtkWidget*, SizeFields* self) noexcept { self->side_changed(false); }
  static void on_own_size(GtkWidget*, SizeFields* self) noexcept;
  void side_changed(bool width);

  std::function<void()> changed_;
  std::function<bifocal::Size()> own_;
  GtkWidget *width_, *height_, *chain_;
  double aspect_ = 1;      // width over height that the chain keeps
  bool updating_ = false;  // values are being set from here
};

}  // namespace plugin
