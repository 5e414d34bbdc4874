// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "preview/worker.hpp"

namespace plugin {

/// What a preview shows of a view beside what it should show, in whole pixels; of several views, the one that is chosen
/// from a list, which has a small picture of each and says how well it is shown.
class ViewPictures {
 public:
  ViewPictures();
  ViewPictures(const ViewPictures&) = delete;
  ViewPictures& operator=(const ViewPictures&) = delete;
  GtkWidget* widget() const { return box_; }

  /// What the views are called; the list is there from two of them on.
  void set_views(const std::vector<std::string>& names);
  /// Takes over what `previewed` has of pictures, and of what was judged.
  void show(const std::shared_ptr<const Previewed>& previewed);
  void clear();

 private:
  enum Which { kShown, kWanted, kCount };
  static void on_chosen(GtkWidget*, ViewPictures* self) noexcept { self->redraw(); }
  std::size_t chosen() const;
  void redraw();
  void paint(cairo_t* cairo, int width, int height, Which which);

  GtkWidget *box_, *title_, *list_, *shown_name_, *canvases_[kCount];
  GtkListStore* lines_;
  std::vector<std::string> views_;
  std::shared_ptr<const Previewed> pictures_[kCount];  // the last ones with such pictures
};

}  // namespace plugin
