// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/forecast_line.hpp"

#include <algorithm>
#include <utility>

#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr int kSign = 32;    // px
constexpr int kWords = 460;  // px, at least
constexpr double kPale = 0.3;

using Light = Forecast::Light;

/// Each light has a shape of its own, too.
void paint_sign(cairo_t* cairo, double side, Light light) {
  const double m = side / 2, r = side * 0.42;
  cairo_set_line_width(cairo, side / 9);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  switch (light) {
    case Light::Green:
      cairo_set_source_rgb(cairo, 0.13, 0.55, 0.2);
      cairo_arc(cairo, m, m, r, 0, 2 * G_PI);
      cairo_fill(cairo);
      cairo_set_source_rgb(cairo, 1, 1, 1);
      cairo_move_to(cairo, m - r * 0.45, m + r * 0.05);
      cairo_line_to(cairo, m - r * 0.1, m + r * 0.4);
      cairo_line_to(cairo, m + r * 0.5, m - r * 0.35);
      break;
    case Light::Amber:
      cairo_set_source_rgb(cairo, 0.85, 0.55, 0);
      cairo_move_to(cairo, m, m - r);
      cairo_line_to(cairo, m + r, m + r * 0.8);
      cairo_line_to(cairo, m - r, m + r * 0.8);
      cairo_close_path(cairo);
      cairo_fill_preserve(cairo);
      cairo_stroke(cairo);
      cairo_set_source_rgb(cairo, 0, 0, 0);
      cairo_move_to(cairo, m, m - r * 0.35);
      cairo_line_to(cairo, m, m + r * 0.15);
      cairo_move_to(cairo, m, m + r * 0.6);
      cairo_line_to(cairo, m, m + r * 0.62);
      break;
    case Light::Red:
      cairo_set_source_rgb(cairo, 0.78, 0.12, 0.14);
      cairo_rectangle(cairo, m - r, m - r, 2 * r, 2 * r);
      cairo_fill_preserve(cairo);
      cairo_stroke(cairo);
      cairo_set_source_rgb(cairo, 1, 1, 1);
      cairo_move_to(cairo, m - r * 0.5, m - r * 0.5);
      cairo_line_to(cairo, m + r * 0.5, m + r * 0.5);
      cairo_move_to(cairo, m + r * 0.5, m - r * 0.5);
      cairo_line_to(cairo, m - r * 0.5, m + r * 0.5);
      break;
  }
  cairo_stroke(cairo);
}

const char* name_of(Light light) {
  // TRANSLATORS: the sign beside the forecast, for who cannot see its colour
  return light == Light::Green ? _("Good") : light == Light::Amber ? _("With losses") : _("Not good");
}

/// What the button says; it does it.
const char* words_of(Advice advice) {
  switch (advice) {
    case Advice::ToTheEye:
      return _("C_hoose ‘To the eye’");
    case Advice::PixelByPixel:
      return _("C_hoose ‘Pixel by pixel’");
    case Advice::OtherProgram:
      return _("C_hoose ‘Anywhere’");
    case Advice::None:
      break;
  }
  return "";
}

}  // namespace

ForecastLine::ForecastLine(std::function<void(Advice)> advised)
    : advised_(std::move(advised)), row_(make_row(9)),
      sign_(make_canvas(kSign, kSign,
                        [this](cairo_t* c, int w, int h) {
                          cairo_translate(c, (w - kSign) / 2, std::max(0, std::min((h - kSign) / 2, 6)));
                          if (!light_) return;
                          cairo_push_group(c);
                          paint_sign(c, kSign, *light_);
                          cairo_pop_group_to_source(c);
                          cairo_paint_with_alpha(c, waits_ ? kPale : 1);
                        })),
      headline_(make_label("")), details_(make_label("")), button_(gtk_button_new_with_mnemonic("")) {
  GtkWidget* words = make_column(3);
  for (GtkWidget* label : {headline_, details_}) {
    gtk_box_pack_start(GTK_BOX(words), make_wrapping(label, kWords), FALSE, FALSE, 0);
  }
  GtkWidget* centre = gtk_alignment_new(1, 0.5, 0, 0);
  gtk_container_add(GTK_CONTAINER(centre), button_);
  gtk_box_pack_start(GTK_BOX(row_), sign_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(row_), words, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row_), centre, FALSE, FALSE, 0);
  gtk_widget_set_no_show_all(button_, TRUE);
  g_signal_connect(button_, "clicked", G_CALLBACK(on_advice), this);
}

void ForecastLine::wait() {
  if (!light_ || waits_) return;
  waits_ = true;
  show_waiting();
  name_for_readers(sign_, _("No verdict yet"));
}

void ForecastLine::show_waiting() {
  for (GtkWidget* label : {headline_, details_}) gtk_widget_set_sensitive(label, !waits_);
  gtk_widget_queue_draw(sign_);
}

void ForecastLine::show(const Forecast& f) {
  waits_ = false;
  light_ = f.light;
  advice_ = f.advice;
  const Text bold(g_markup_printf_escaped("<b>%s</b>", f.headline.c_str()));
  gtk_label_set_markup(GTK_LABEL(headline_), bold.get());
  gtk_label_set_text(GTK_LABEL(details_), f.details.c_str());
  name_for_readers(sign_, name_of(f.light));
  gtk_button_set_label(GTK_BUTTON(button_), words_of(f.advice));
  gtk_widget_set_visible(button_, f.advice != Advice::None);
  show_waiting();
}

void ForecastLine::say(const std::string& words) {
  light_.reset();
  waits_ = false;
  gtk_label_set_text(GTK_LABEL(headline_), "");
  gtk_label_set_text(GTK_LABEL(details_), words.c_str());
  name_for_readers(sign_, _("No verdict yet"));
  gtk_widget_hide(button_);
  show_waiting();
}

}  // namespace plugin
