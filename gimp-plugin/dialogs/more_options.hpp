// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <set>
#include <string_view>

#include <gtk/gtk.h>

#include "dialogs/eye_options.hpp"
#include "settings.hpp"

namespace plugin {

/// What few need to change, behind a triangle: where the result goes, and what belongs to one of the two goals only.
class MoreOptions {
 public:
  /// `changed` is told of every change, also by show().
  explicit MoreOptions(std::function<void()> changed);
  MoreOptions(const MoreOptions&) = delete;
  MoreOptions& operator=(const MoreOptions&) = delete;
  GtkWidget* widget() const { return expander_; }
  /// The keys of options that it has widgets for.
  static std::set<std::string_view> keys();
  /// Takes its keys out of the settings' options and shows what they say; opens when that is not the defaults.
  void show(Settings& settings);
  /// Adds what it says to settings that say what they are for.
  void add_to(Settings& settings) const;
  /// Shows what belongs to the goal, once all is shown: sliders for the eye, or a choice for what cannot be exact.
  void suit(bool eye, bool exact);

 private:
  static void on_change(GtkWidget*, MoreOptions* self) noexcept { self->changed_(); }

  std::function<void()> changed_;
  EyeOptions eye_;
  GtkWidget *expander_, *result_, *into_reach_;
};

}  // namespace plugin
