// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include <bifocal/request.hpp>

namespace plugin {

/// Pixel by pixel or to the eye: two large choices, each with a line that explains it.
class GoalChoice {
 public:
  /// `changed` is told of every change, also by set().
  explicit GoalChoice(std::function<void()> changed);
  GoalChoice(const GoalChoice&) = delete;
  GoalChoice& operator=(const GoalChoice&) = delete;
  GtkWidget* widget() const { return box_; }
  bifocal::Appearance get() const;
  bool eye() const { return get() == bifocal::Appearance::Eye; }
  void set(bifocal::Appearance appearance);

 private:
  static void on_toggled(GtkToggleButton* button, GoalChoice* self) noexcept;

  std::function<void()> changed_;
  GtkWidget *box_, *buttons_[2];  ///< in the order of bifocal::Appearance
};

}  // namespace plugin
