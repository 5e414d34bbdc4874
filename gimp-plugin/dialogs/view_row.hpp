// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <array>
#include <functional>

#include <gtk/gtk.h>

#include "dialogs/layer_chooser.hpp"
#include "dialogs/scaler_button.hpp"
#include "view_list.hpp"

namespace plugin {

/// What the lines of a list of views have in common: a heading above each column.
class ViewColumns {
 public:
  enum Column { kTarget, kSize, kWidth, kHeight, kScaler, kWeight, kCount };
  ViewColumns();
  ~ViewColumns();
  ViewColumns(const ViewColumns&) = delete;
  ViewColumns& operator=(const ViewColumns&) = delete;
  /// The line of headings.
  GtkWidget* widget() const { return row_; }
  /// Puts a widget into a line, as wide as all others of its column.
  void add(GtkWidget* row, Column column, GtkWidget* widget) const;

 private:
  GtkWidget* row_;
  std::array<GtkSizeGroup*, kCount> widths_;
};

/// One line of the list of views: target, size, scaler, weight and a button that removes it.
class ViewRow {
 public:
  /// `changed` is called after each change by the user, `removed` when he wants the line away, which may destroy it.
  /// `cover`: looked at whenever it counts.
  ViewRow(const ViewColumns& columns, OpenLayers& open, const gint32& cover, const ViewLine& line,
          std::function<void()> changed, std::function<void(ViewRow*)> removed);
  ViewRow(const ViewRow&) = delete;
  ViewRow& operator=(const ViewRow&) = delete;
  GtkWidget* widget() const { return row_; }
  /// What the widgets say.
  ViewLine read() const;
  /// There is another cover than `before`; a line whose target that is gets the one before. Tells nobody.
  void follow_cover(gint32 before);
  /// The only line of a list cannot be removed.
  void set_removable(bool removable) { gtk_widget_set_sensitive(remove_, removable); }

 private:
  static void on_size(GtkWidget*, ViewRow* self) noexcept { self->size_changed(); }
  static void on_side(GtkWidget*, ViewRow* self) noexcept { self->side_typed(); }
  static void on_weight(GtkWidget*, ViewRow* self) noexcept { self->tell(); }
  static void on_remove(GtkWidget*, ViewRow* self) noexcept { self->removed_(self); }
  /// A new target brings its own size.
  void layer_changed();
  void size_changed();
  /// Who types a side wants another size than the target's.
  void side_typed();
  void show_size(const ViewLine& line);
  void tell();

  const gint32& cover_;
  std::function<void()> changed_;
  std::function<void(ViewRow*)> removed_;
  GtkWidget *row_, *size_, *width_, *height_, *weight_, *remove_;
  LayerChooser layer_;
  ScalerButton scaler_;
  bool updating_ = false;
};

}  // namespace plugin
