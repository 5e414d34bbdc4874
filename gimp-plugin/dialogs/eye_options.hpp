// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <gtk/gtk.h>

#include "dialogs/option_sliders.hpp"

namespace plugin {

/// What is asked for "to the eye" only: strengths, contrast, and whether the image must survive JPEG. Kept as
/// "key=value" in an options string, as OptionSliders does it.
class EyeOptions {
 public:
  /// `changed` is told of every change.
  explicit EyeOptions(std::function<void()> changed);
  EyeOptions(const EyeOptions&) = delete;
  EyeOptions& operator=(const EyeOptions&) = delete;
  GtkWidget* widget() const { return frame_; }
  /// The keys of options that it has widgets for.
  static std::set<std::string_view> keys();
  void take_from(std::string& options);
  void add_to(std::string& options) const;

 private:
  static void on_jpeg(GtkWidget*, EyeOptions* self) noexcept { self->jpeg_changed(); }
  static void on_quality(GtkWidget*, EyeOptions* self) noexcept { self->changed_(); }
  void jpeg_changed();
  void show_hint();

  std::function<void()> changed_;
  OptionSliders sliders_;
  GtkWidget *frame_, *jpeg_, *quality_, *hint_;
};

}  // namespace plugin
