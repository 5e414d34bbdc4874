// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/trade_off_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <bifocal/number.hpp>

#include "dialogs/gui.hpp"
#include "dialogs/window_memory.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr int kWidth = 400, kHeight = 210, kApart = 6;  // px
constexpr int kLegend = 400, kBar = 24;                 // px

/// Okabe & Ito's without the yellow, which colour-blind people can tell apart, on light and on dark ground.
constexpr Colour kColours[] = {{0.9, 0.62, 0}, {0.34, 0.71, 0.91}, {0, 0.62, 0.45},
                               {0, 0.45, 0.7}, {0.84, 0.37, 0},    {0.8, 0.47, 0.65}};

constexpr double kDash[] = {6, 4};  // px

/// Of the cover (0) and the views (1...): the cover's is that of the theme's text.
Colour colour_of(std::size_t k, const ThemeColours& theme) {
  return k == 0 ? theme.text : kColours[(k - 1) % std::size(kColours)];
}

void use(cairo_t* cairo, const Colour& c) { cairo_set_source_rgb(cairo, c.r, c.g, c.b); }

/// Between two colours, `share` of the second.
Colour mixed(const Colour& a, const Colour& b, double share) {
  return {a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share};
}

/// Where the colours come again, the curves are dashed, and their marks hollow.
bool dashed(std::size_t k) { return k > std::size(kColours); }

std::string mark(std::size_t k, const ThemeColours& theme) {
  const Colour c = colour_of(k, theme);
  char text[80];
  std::snprintf(text, sizeof text, "<span foreground=\"#%02x%02x%02x\">&#x%s;</span> ", int(255 * c.r), int(255 * c.g),
                int(255 * c.b), dashed(k) ? "25A1" : "25A0");
  return text;
}

std::string escaped(const std::string& words) { return Text(g_markup_escape_text(words.c_str(), -1)).get(); }

/// 10, 20, 50, 100...: about four steps up to `most`.
double grid_step(double most) {
  const double rough = most / 4, ten = std::pow(10, std::floor(std::log10(rough)));
  for (const double k : {1., 2., 5., 10.})
    if (ten * k >= rough) return ten * k;
  return ten * 10;
}

/// Words in the theme's font.
class Words {
 public:
  Words(GtkWidget* widget, cairo_t* cairo) : cairo_(cairo), layout_(gtk_widget_create_pango_layout(widget, nullptr)) {}
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  ~Words() { g_object_unref(layout_); }
  bifocal::Size measure(const std::string& text) {
    bifocal::Size size;
    pango_layout_set_markup(layout_, marked("small", text).c_str(), -1);
    pango_layout_get_pixel_size(layout_, &size.width, &size.height);
    return size;
  }
  /// `x`, `y`: the point of the text's box that lies at the shares `at_x`, `at_y` of its width and height.
  void write(const std::string& text, double x, double y, double at_x, double at_y, bool upwards = false) {
    const bifocal::Size size = measure(text);
    cairo_save(cairo_);
    cairo_translate(cairo_, x, y);
    if (upwards) cairo_rotate(cairo_, -std::acos(-1.) / 2);
    cairo_move_to(cairo_, -size.width * at_x, -size.height * at_y);
    pango_cairo_show_layout(cairo_, layout_);
    cairo_restore(cairo_);
  }

 private:
  cairo_t* cairo_;
  PangoLayout* layout_;
};

}  // namespace

TradeOffPlot::TradeOffPlot(GtkAdjustment* balance) : balance_(balance) {
  box_ = make_row(12);
  area_ = make_canvas(kWidth, kHeight, [this](cairo_t* cairo, int width, int height) { draw(cairo, width, height); });
  name_for_readers(area_, _("How far each view can be had, over the balance"));
  legend_ = make_label("");
  gtk_misc_set_alignment(GTK_MISC(legend_), 0, 0);
  gtk_widget_set_size_request(legend_, kLegend, -1);
  gtk_container_set_border_width(GTK_CONTAINER(box_), 6);
  gtk_box_pack_start(GTK_BOX(box_), area_, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), make_scrolling(legend_, kLegend + kBar), FALSE, FALSE, 0);
  gtk_widget_show_all(box_);
  g_signal_connect_object(balance_, "value-changed", G_CALLBACK(on_balance), area_, GConnectFlags(0));
}

void TradeOffPlot::show(bifocal::TradeOff t, std::vector<std::string> names) {
  trade_off_ = std::move(t);
  const ThemeColours theme = theme_colours(area_);
  std::string words = "<small>" + mark(0, theme) + escaped(_("The image at its own size, away from the cover"));
  words += '\n';
  for (std::size_t k = 0; k < trade_off_.names.size(); ++k) {
    std::string about = k < names.size() ? names[k] : trade_off_.names[k];
    // What all views together can have, one alone can have, too; solvers stop a little before their least.
    if (k < trade_off_.alone.size() && k < trade_off_.together.size())
      // TRANSLATORS: a view (target, size, scaler), and how far it is from its target in three cases
      about = filled(_("%s: %s levels away now, %s if it were the only view, %s with all views together."),
                     about.c_str(), bifocal::number_text(trade_off_.untouched[k], 0).c_str(),
                     bifocal::number_text(std::min(trade_off_.alone[k], trade_off_.together[k]), 1).c_str(),
                     bifocal::number_text(trade_off_.together[k], 1).c_str());
    else
      about += '.';
    words += mark(k + 1, theme) + escaped(about) + "\n";
  }
  words += '\n';
  words +=
      escaped(_("Levels are those of 255, as root mean square over all pixels. They were measured on a small copy of "
                "the cover; the full image comes near them. \"Together\" is at a balance of 100."));
  words += "</small>";
  gtk_label_set_markup(GTK_LABEL(legend_), words.c_str());
  gtk_widget_queue_draw(area_);
}

void TradeOffPlot::draw(cairo_t* cairo, double width, double height) const {
  const ThemeColours theme = theme_colours(area_);
  use(cairo, theme.background);
  cairo_paint(cairo);
  if (trade_off_.curve.empty()) return;
  double most = 1;
  for (const bifocal::TradeOffPoint& p : trade_off_.curve) {
    most = std::max(most, p.cover);
    for (double v : p.views) most = std::max(most, v);
  }
  Words words(area_, cairo);
  const bifocal::Size number = words.measure("100");
  const double left = number.height + number.width + 3 * kApart, bottom = height - 2 * number.height - 2 * kApart,
               top = number.height / 2. + kApart, right = width - number.width / 2. - kApart;
  const auto x_of = [&](double balance) { return left + (right - left) * balance / 100; };
  const auto y_of = [&](double levels) { return bottom - (bottom - top) * levels / most; };

  cairo_set_line_width(cairo, 1);
  const double step = grid_step(most);
  for (double levels = 0; levels <= most; levels += step) {
    use(cairo, mixed(theme.background, theme.text, 0.2));
    cairo_move_to(cairo, left, std::floor(y_of(levels)) + 0.5);
    cairo_line_to(cairo, right, std::floor(y_of(levels)) + 0.5);
    cairo_stroke(cairo);
    use(cairo, theme.text);
    words.write(bifocal::number_text(levels, step < 1 ? 1 : 0), left - kApart, y_of(levels), 1, 0.5);
  }
  for (int balance = 0; balance <= 100; balance += 25)
    words.write(std::to_string(balance), x_of(balance), bottom + kApart / 2., 0.5, 0);
  words.write(_("Balance: cover first at 0, views first at 100"), (left + right) / 2, height - kApart / 2., 0.5, 1);
  words.write(_("Levels away"), kApart / 2., (top + bottom) / 2, 0.5, 0, true);

  use(cairo, mixed(theme.background, theme.text, 0.5));
  const double chosen = std::floor(x_of(gtk_adjustment_get_value(balance_))) + 0.5;
  cairo_move_to(cairo, chosen, top);
  cairo_line_to(cairo, chosen, bottom);
  cairo_stroke(cairo);

  cairo_set_line_width(cairo, 2);
  for (std::size_t k = 0; k <= trade_off_.names.size(); ++k) {
    use(cairo, colour_of(k, theme));
    cairo_set_dash(cairo, kDash, dashed(k) ? std::ssize(kDash) : 0, 0);
    for (const bifocal::TradeOffPoint& p : trade_off_.curve)
      cairo_line_to(cairo, x_of(p.balance), y_of(k == 0 ? p.cover : p.views[k - 1]));
    cairo_stroke(cairo);
  }
}

}  // namespace plugin
