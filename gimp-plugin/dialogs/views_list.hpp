// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/view_row.hpp"

namespace plugin {

/// The list of views in a window: lines under their headings that scroll, and below them the buttons that add one.
class ViewsList {
 public:
  /// `changed` is called after each change by the user. The others must outlive this object.
  ViewsList(OpenLayers& open, OpenedFiles& files, gint32 cover, std::function<void()> changed);
  ~ViewsList() { updating_ = true; }  // what the window says while it goes is no change
  ViewsList(const ViewsList&) = delete;
  ViewsList& operator=(const ViewsList&) = delete;
  GtkWidget* widget() const { return box_; }
  /// The views are to be of another cover; lines that show it get the one before as their target. Tells nobody.
  void set_cover(gint32 cover);
  /// Puts a button into the row below the list, at its end.
  void add_button(GtkWidget* button);

  /// What the lines say.
  std::vector<ViewLine> lines() const;
  /// The different targets, in the list's order.
  std::vector<gint32> targets() const;
  /// Shows other lines. Tells nobody.
  void show(const std::vector<ViewLine>& lines);

 private:
  static void on_add(GtkWidget*, ViewsList* self) noexcept;
  static void on_add_file(GtkWidget*, ViewsList* self) noexcept { self->add_file(); }
  void add(const ViewLine& line);
  void add_new(gint32 target);
  void add_file();
  void remove(ViewRow* row);
  void changed();
  void look_at_buttons();

  OpenLayers& open_;
  OpenedFiles& files_;
  gint32 cover_;
  std::function<void()> changed_;
  ViewColumns columns_;
  std::vector<std::unique_ptr<ViewRow>> rows_;
  GtkWidget *box_, *lines_, *buttons_, *add_, *add_file_;
  bool updating_ = false;
};

}  // namespace plugin
