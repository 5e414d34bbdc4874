// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/option_sliders.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <bifocal/number.hpp>
#include <bifocal/request.hpp>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

constexpr double kSteps = 100;  // positions of a slider

double to_position(const OptionSlider& s, double value) {
  return kSteps * (s.logarithmic ? std::log(value / s.least) / std::log(s.most / s.least)
                                 : (value - s.least) / (s.most - s.least));
}

double to_value(const OptionSlider& s, double position) {
  const double share = position / kSteps;
  return s.logarithmic ? s.least * std::pow(s.most / s.least, share) : s.least + (s.most - s.least) * share;
}

/// The engine's default, from its own list; the middle for a key that it does not list.
double default_of(const OptionSlider& s) {
  for (const bifocal::OptionInfo& o : bifocal::option_list())
    if (o.name == s.key) return std::clamp(g_ascii_strtod(std::string(o.fallback).c_str(), nullptr), s.least, s.most);
  return to_value(s, kSteps / 2);
}

}  // namespace

OptionSliders::OptionSliders(std::span<const OptionSlider> sliders, std::function<void()> changed)
    : sliders_(sliders), changed_(std::move(changed)), table_(gtk_table_new(2 * guint(sliders.size()), 3, FALSE)) {
  gtk_table_set_col_spacings(GTK_TABLE(table_), 6);
  guint row = 0;
  for (const OptionSlider& s : sliders_) {
    GtkWidget* range = gtk_hscale_new_with_range(0, kSteps, 1);
    gtk_scale_set_draw_value(GTK_SCALE(range), FALSE);
    gtk_widget_set_tooltip_text(range, _(s.tip));
    GtkWidget* name = gtk_label_new_with_mnemonic(_(s.label));
    gtk_misc_set_alignment(GTK_MISC(name), 0, 0.5);
    gtk_label_set_mnemonic_widget(GTK_LABEL(name), range);
    // What the ends mean stands below them: with large letters there is no room beside.
    GtkWidget* ends = make_row(12);
    GtkWidget* low = make_label(marked("small", _(s.low)).c_str());
    GtkWidget* high = make_label(marked("small", _(s.high)).c_str());
    gtk_misc_set_alignment(GTK_MISC(high), 1, 0.5);
    gtk_box_pack_start(GTK_BOX(ends), low, FALSE, FALSE, 0);
    gtk_box_pack_end(GTK_BOX(ends), high, FALSE, FALSE, 0);
    GtkWidget* number = make_label("");
    gtk_misc_set_alignment(GTK_MISC(number), 1, 0.5);
    gtk_label_set_width_chars(GTK_LABEL(number), 5);
    const std::array<GtkWidget*, 3> cells{name, range, number};
    for (guint c = 0; c < cells.size(); ++c)
      gtk_table_attach(GTK_TABLE(table_), cells[c], c, c + 1, row, row + 1,
                       c == 1 ? GtkAttachOptions(GTK_EXPAND | GTK_FILL) : GTK_FILL, GTK_FILL, 0, 0);
    gtk_table_attach(GTK_TABLE(table_), ends, 1, 2, row + 1, row + 2, GTK_FILL, GTK_FILL, 0, 0);
    gtk_table_set_row_spacing(GTK_TABLE(table_), row + 1, 6);
    gtk_widget_set_size_request(range, 90, -1);
    ranges_.push_back(GTK_RANGE(range));
    numbers_.push_back(GTK_LABEL(number));
    defaults_.push_back(default_of(s));
    g_signal_connect(range, "value-changed", G_CALLBACK(on_value), this);
    row += 2;
  }
}

void OptionSliders::on_value(GtkRange* range, OptionSliders* self) noexcept {
  for (std::size_t i = 0; i < self->ranges_.size(); ++i)
    if (self->ranges_[i] == range)
      gtk_label_set_text(self->numbers_[i],
                         bifocal::number_text(to_value(self->sliders_[i], gtk_range_get_value(range)), 2).c_str());
  self->changed_();
}

void OptionSliders::take_from(std::string& options) {
  for (std::size_t i = 0; i < sliders_.size(); ++i) {
    const OptionSlider& s = sliders_[i];
    double value = defaults_[i];
    if (auto text = take_option(options, s.key)) {
      std::replace(text->begin(), text->end(), ',', '.');  // as the engine reads it
      const double given = g_ascii_strtod(text->c_str(), nullptr);
      if (given >= s.least && given <= s.most) value = given;
    }
    gtk_range_set_value(ranges_[i], to_position(s, value));
  }
}

void OptionSliders::add_to(std::string& options) const {
  for (std::size_t i = 0; i < sliders_.size(); ++i) {
    const OptionSlider& s = sliders_[i];
    const double position = gtk_range_get_value(ranges_[i]);
    if (std::abs(position - to_position(s, defaults_[i])) < 0.5) continue;
    std::array<char, G_ASCII_DTOSTR_BUF_SIZE> number;
    g_ascii_formatd(number.data(), number.size(), "%.3g", std::clamp(to_value(s, position), s.least, s.most));
    add_option(options, s.key, number.data());
  }
}

}  // namespace plugin
