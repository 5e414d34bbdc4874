// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

namespace plugin {

/// Width and height, a chain that keeps the cover's shape, and a button that takes the target's own size.
class SizeFields {
 public:
  /// Sizes up to `most`. `follow` gives the size of the cover's shape to {width, 0} or {0, height}; `own` gives the
  /// target's size ({0, 0}: none); `changed` is told of every change by the user.
  SizeFields(bifocal::Size most, std::function<bifocal::Size(bifocal::Size)> follow, std::function<bifocal::Size()> own,
             std::function<void()> changed);
  SizeFields(const SizeFields&) = delete;
  SizeFields& operator=(const SizeFields&) = delete;
  /// Puts the fields into two rows of a table with four columns.
  void attach(GtkTable* table, int row);
  bifocal::Size get() const;
  /// The chain is closed when `size` has the cover's shape. Tells nobody.
  void set(bifocal::Size size);

 private:
  static void on_width(GtkWidget*, SizeFields* self) noexcept { self->side_changed(true); }
  static void on_height(GtkWidget*, SizeFields* self) noexcept { self->side_changed(false); }
  static void on_own_size(GtkWidget*, SizeFields* self) noexcept;
  void side_changed(bool width);

  std::function<bifocal::Size(bifocal::Size)> follow_;
  std::function<bifocal::Size()> own_;
  std::function<void()> changed_;
  GtkWidget *width_, *height_, *chain_;
  bool updating_ = false;  // values are being set from here
};

}  // namespace plugin
