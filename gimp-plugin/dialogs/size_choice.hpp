// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

namespace plugin {

/// The small image's size: a list of usual sizes by the longest side, the target's own size, and width and height of
/// one's own with a chain that keeps the cover's shape.
class SizeChoice {
 public:
  struct Sizes {
    std::function<bifocal::Size()> cover, target;            ///< {0, 0}: none
    std::function<bifocal::Size(int side)> by_longest_side;  ///< of the cover's shape
    std::function<bifocal::Size(bifocal::Size)> follow;  ///< the size of the cover's shape to {width, 0} or {0, height}
  };
  /// `changed` is told of every change by the user.
  SizeChoice(Sizes sizes, std::function<void()> changed);
  SizeChoice(const SizeChoice&) = delete;
  SizeChoice& operator=(const SizeChoice&) = delete;
  /// Puts the list and what it opens into two rows of a table with four columns.
  void attach(GtkTable* table, int row);
  bifocal::Size get() const;
  /// The list's entry of this size, or width and height; the chain is closed when `size` has the cover's shape. Tells
  /// nobody.
  void set(bifocal::Size size);
  /// Cover, target or scaler are others: what the list says of its sizes follows. The chosen entry stays, if it still
  /// can be had. Tells nobody.
  void follow();

 private:
  static void on_list(GtkWidget*, SizeChoice* self) noexcept { self->chosen(); }
  static void on_width(GtkWidget*, SizeChoice* self) noexcept { self->side_changed(true); }
  static void on_height(GtkWidget*, SizeChoice* self) noexcept { self->side_changed(false); }
  /// The size that an entry stands for; {0, 0}: the own one.
  bifocal::Size of_entry(int entry) const;
  bool possible(bifocal::Size size) const;
  int entry() const { return gtk_combo_box_get_active(GTK_COMBO_BOX(list_)); }
  void fill();
  void show_fields();
  void set_fields(bifocal::Size size);
  void chosen();
  void side_changed(bool width);

  Sizes sizes_;
  std::function<void()> changed_;
  GtkListStore* lines_;
  GtkWidget *list_, *fields_, *width_, *height_, *chain_;
  bool updating_ = false;  // values are being set from here
};

}  // namespace plugin
