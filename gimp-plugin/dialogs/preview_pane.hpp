// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>

#include <gtk/gtk.h>

#include "dialogs/forecast_line.hpp"
#include "dialogs/picture_view.hpp"
#include "dialogs/view_pictures.hpp"
#include "dialogs/window_memory.hpp"
#include "preview/live.hpp"

namespace plugin {

/// The half of a dialog that shows what will come out: at full size, as a thumbnail, and in words.
class PreviewPane {
 public:
  /// `advised`: what to do when the user takes the advice. `memory` must outlive it. `across`: whether the image and
  /// its views lie beside each other, or below.
  PreviewPane(WindowMemory& memory, std::function<void(Advice)> advised, bool across = false);
  PreviewPane(const PreviewPane&) = delete;
  PreviewPane& operator=(const PreviewPane&) = delete;
  /// The pictures.
  GtkWidget* widget() const { return box_; }
  /// What is said of them.
  GtkWidget* words() const { return line_.widget(); }

  /// Whose result is shown, before show(); -1: nobody's.
  void set_cover(gint32 cover);
  void show(const PreviewWish& wish);
  /// They did not: nothing is shown of them.
  void cannot();
  /// Frees what it knows of the cover, until the next show().
  void sleep();

 private:
  static void on_preview(GtkToggleButton*, PreviewPane* self) noexcept { self->switched(); }
  static void on_split(GtkToggleButton* button, PreviewPane* self) noexcept;
  static void on_raw(GtkToggleButton*, PreviewPane* self) noexcept { self->refresh(); }
  void switched();
  LivePreview& live();
  void ask();
  void moved();
  void arrived(std::shared_ptr<const Previewed> p);
  /// Puts what is known into the pictures: what an eye sees, or the pixels.
  void refresh();
  bool on() const { return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(preview_)); }
  bool raw() const { return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(raw_)); }

  WindowMemory& memory_;
  gint32 cover_ = -1;
  std::optional<PreviewWish> wish_;
  std::optional<Measured> measured_;
  std::shared_ptr<const Previewed> whole_, part_;  // the last ones with such a picture
  GtkWidget *box_, *preview_, *split_, *raw_, *busy_;
  GtkWidget* full_title_;
  PictureView view_;
  ViewPictures small_;
  ForecastLine line_;
  std::optional<LivePreview> live_;  // last: it ends first
};

}  // namespace plugin
