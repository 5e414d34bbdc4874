// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <gtk/gtk.h>

#include "preview/words.hpp"

namespace plugin {

/// What the preview says of the settings: a sign (a tick, an exclamation mark or a cross, green, amber or red), a
/// headline, details, and a button that does what is advised.
class ForecastLine {
 public:
  explicit ForecastLine(std::function<void(Advice)> advised);
  ForecastLine(const ForecastLine&) = delete;
  ForecastLine& operator=(const ForecastLine&) = delete;
  GtkWidget* widget() const { return row_; }
  void show(const Forecast& forecast);
  /// Words without a sign, such as that there is no preview; none: empty.
  void say(const std::string& words);
  /// What it says is not of the present settings any more, and looks so until there is more to show or say.
  void wait();

 private:
  void show_waiting();
  static void on_advice(GtkWidget*, ForecastLine* self) noexcept { self->advised_(self->advice_); }

  std::function<void(Advice)> advised_;
  Advice advice_ = Advice::None;
  std::optional<Forecast::Light> light_;
  bool waits_ = false;
  GtkWidget *row_, *sign_, *headline_, *details_, *button_;
};

}  // namespace plugin
