// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/trade_off_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <bifocal/number.hpp>

#include "dialogs/gui.hpp"

namespace plugin {
namespace {

constexpr int kWidth = 360, kHeight = 200, kLeft = 34, kBottom = 32, kTop = 10, kRight = 10;

struct Colour {
  double r, g, b;
};
/// Okabe & Ito's, which colour-blind people can tell apart. The first is the cover's.
constexpr Colour kColours[] = {{0, 0, 0},          {0.9, 0.62, 0}, {0.34, 0.71, 0.91}, {0, 0.62, 0.45},
                               {0.94, 0.89, 0.26}, {0, 0.45, 0.7}, {0.84, 0.37, 0},    {0.8, 0.47, 0.65}};
const Colour& colour(std::size_t k) { return k == 0 ? kColours[0] : kColours[1 + (k - 1) % (std::size(kColours) - 1)]; }

std::string span(std::size_t k) {
  char text[80];
  const Colour& c = colour(k);
  std::snprintf(text, sizeof text, "<span foreground=\"#%02x%02x%02x\">&#x25A0;</span> ", int(255 * c.r),
                int(255 * c.g), int(255 * c.b));
  return text;
}

std::string escaped(const std::string& words) {
  gchar* text = g_markup_escape_text(words.c_str(), -1);
  const std::string copy = text;
  g_free(text);
  return copy;
}

/// 10, 20, 50, 100...: about four steps up to `most`.
double grid_step(double most) {
  const double rough = most / 4, ten = std::pow(10, std::floor(std::log10(rough)));
  for (const double k : {1., 2., 5., 10.})
    if (ten * k >= rough) return ten * k;
  return ten * 10;
}

void write(cairo_t* cairo, double x, double y, const char* text) {
  cairo_move_to(cairo, x, y);
  cairo_show_text(cairo, text);
}

}  // namespace

TradeOffPlot::TradeOffPlot(GtkAdjustment* balance) : balance_(balance) {
  box_ = gtk_hbox_new(FALSE, 12);
  area_ = gtk_drawing_area_new();
  gtk_widget_set_size_request(area_, kWidth, kHeight);
  legend_ = make_label("");
  gtk_misc_set_alignment(GTK_MISC(legend_), 0, 0);
  gtk_box_pack_start(GTK_BOX(box_), area_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), legend_, TRUE, TRUE, 0);
  gtk_widget_set_no_show_all(box_, TRUE);
  g_signal_connect(area_, "expose-event", G_CALLBACK(on_expose), this);
  g_signal_connect_object(balance_, "value-changed", G_CALLBACK(on_balance), area_, GConnectFlags(0));
}

void TradeOffPlot::on_balance(GtkAdjustment*, gpointer area) noexcept { gtk_widget_queue_draw(GTK_WIDGET(area)); }

void TradeOffPlot::show(bifocal::TradeOff t) {
  trade_off_ = std::move(t);
  std::string words = "<small>" + span(0) + "the image at its own size, from the cover\n";
  for (std::size_t k = 0; k < trade_off_.names.size(); ++k) {
    words += span(k + 1) + escaped(trade_off_.names[k]);
    if (k < trade_off_.alone.size() && k < trade_off_.together.size())
      words += ": now " + bifocal::number_text(trade_off_.untouched[k], 0) + ", alone " +
               bifocal::number_text(trade_off_.alone[k], 1) + ", together " +
               bifocal::number_text(trade_off_.together[k], 1);
    words += "\n";
  }
  words +=
      "\nRoot mean square differences in levels of 255, on a small copy: now; the best for this view alone; the best "
      "for all "
      "together (balance 100).</small>";
  gtk_label_set_markup(GTK_LABEL(legend_), words.c_str());
  gtk_widget_set_no_show_all(box_, FALSE);
  gtk_widget_show_all(box_);
  gtk_widget_queue_draw(area_);
}

void TradeOffPlot::clear() {
  trade_off_ = {};
  gtk_widget_hide(box_);
}

gboolean TradeOffPlot::on_expose(GtkWidget* widget, GdkEventExpose*, gpointer self) noexcept {
  GtkAllocation size;
  gtk_widget_get_allocation(widget, &size);
  cairo_t* cairo = gdk_cairo_create(gtk_widget_get_window(widget));
  static_cast<TradeOffPlot*>(self)->draw(cairo, size.width, size.height);
  cairo_destroy(cairo);
  return TRUE;
}

void TradeOffPlot::draw(cairo_t* cairo, double width, double height) const {
  const double right = width - kRight, bottom = height - kBottom;
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  if (trade_off_.curve.empty()) return;
  double most = 1;
  for (const bifocal::TradeOffPoint& p : trade_off_.curve) {
    most = std::max(most, p.cover);
    for (double v : p.views) most = std::max(most, v);
  }
  const auto x_of = [&](double balance) { return kLeft + (right - kLeft) * balance / 100; };
  const auto y_of = [&](double levels) { return bottom - (bottom - kTop) * levels / most; };

  cairo_set_font_size(cairo, 10);
  cairo_set_line_width(cairo, 1);
  char text[32];
  const double step = grid_step(most);
  for (double levels = 0; levels <= most; levels += step) {
    cairo_set_source_rgb(cairo, 0.85, 0.85, 0.85);
    cairo_move_to(cairo, kLeft, std::floor(y_of(levels)) + 0.5);
    cairo_line_to(cairo, right, std::floor(y_of(levels)) + 0.5);
    cairo_stroke(cairo);
    cairo_set_source_rgb(cairo, 0.3, 0.3, 0.3);
    std::snprintf(text, sizeof text, "%3.0f", levels);
    write(cairo, 8, y_of(levels) + 4, text);
  }
  for (int balance = 0; balance <= 100; balance += 25) {
    std::snprintf(text, sizeof text, "%d", balance);
    write(cairo, x_of(balance) - 8, bottom + 13, text);
  }
  write(cairo, kLeft + (right - kLeft) / 2 - 22, height - 5, "balance");

  const double chosen = std::floor(x_of(gtk_adjustment_get_value(balance_))) + 0.5;
  cairo_set_source_rgb(cairo, 0.6, 0.6, 0.6);
  cairo_move_to(cairo, chosen, kTop);
  cairo_line_to(cairo, chosen, bottom);
  cairo_stroke(cairo);

  cairo_set_line_width(cairo, 2);
  for (std::size_t k = 0; k <= trade_off_.names.size(); ++k) {
    const Colour& c = colour(k);
    cairo_set_source_rgb(cairo, c.r, c.g, c.b);
    for (const bifocal::TradeOffPoint& p : trade_off_.curve)
      cairo_line_to(cairo, x_of(p.balance), y_of(k == 0 ? p.cover : p.views[k - 1]));
    cairo_stroke(cairo);
  }
}

}  // namespace plugin
