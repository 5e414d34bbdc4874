// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include <bifocal/views.hpp>

namespace plugin {

/// The trade-off as curves over the balance: how far the image is from the cover, and what each view shows from its
/// target; a line marks the balance that is chosen now. Beside it what each curve is, and how far each view can be had.
class TradeOffPlot {
 public:
  /// `balance` moves the line; the plot must not outlive it.
  explicit TradeOffPlot(GtkAdjustment* balance);
  GtkWidget* widget() const { return box_; }
  /// `names` are what people call the views.
  void show(bifocal::TradeOff trade_off, std::vector<std::string> names);

 private:
  static void on_balance(GtkAdjustment*, gpointer area) noexcept { gtk_widget_queue_draw(GTK_WIDGET(area)); }
  void draw(cairo_t* cairo, double width, double height) const;

  bifocal::TradeOff trade_off_;
  GtkAdjustment* balance_;
  GtkWidget *box_, *area_, *legend_;
};

}  // namespace plugin
