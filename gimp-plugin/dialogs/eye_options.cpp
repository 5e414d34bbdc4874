// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/eye_options.hpp"

#include <cstdlib>
#include <utility>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

constexpr int kLine = 400;  // px, before it breaks
constexpr char kJpegKey[] = "jpeg";
constexpr int kLeast = 50, kMost = 100, kUsual = 85;  // JPEG's quality

constexpr OptionSlider kSliders[] = {
    {"cover-strength", N_("Cover's stren_gth:"), N_("faint"), N_("strong"),
     N_("How much of the cover's contrast is kept, against the target's"), 0.2, 5, true},
    {"target-strength", N_("T_arget's strength:"), N_("faint"), N_("strong"),
     N_("How much of the target's contrast the thumbnail shows, against the cover's"), 0.2, 5, true},
    {"ghosting", N_("Contrast:"), N_("clean"), N_("strong, with ghosts"),
     N_("How strong both pictures are: with more contrast, each of them shows through in the other one as a ghost"),
     0.05, 0.4, true},
    {"crisp", N_("Crisp:"), N_("as it is"), N_("crisp"),
     N_("How far faint and fine detail of both pictures is brought out; what is large gets paler"), 0, 1, false},
    {"sigma", N_("Seen from:"), N_("near"), N_("far"),
     N_("How far the eye is from the screen: 1 is about 60 cm from a screen of 200 dpi, or 1.2 m from one of 96 dpi"),
     0.5, 4, true},
};

}  // namespace

EyeOptions::EyeOptions(std::function<void()> changed)
    : changed_(std::move(changed)), sliders_(kSliders, [this] { changed_(); }),
      frame_(gimp_frame_new(_("To the eye"))) {
  GtkWidget* box = gtk_vbox_new(FALSE, 6);
  gtk_box_pack_start(GTK_BOX(box), sliders_.widget(), FALSE, FALSE, 0);
  GtkWidget* row = gtk_hbox_new(FALSE, 6);
  jpeg_ = make_wrapped_switch(_("Survives saving as _JPEG of quality"), kLine);
  gtk_widget_set_tooltip_text(
      jpeg_, _("Off: export the image as PNG; as JPEG it would lose the cover in grain.\nOn: both pictures survive "
               "JPEG of this quality or better, with its usual halved colours (4:2:0). They keep less colour and "
               "contrast, and the thumbnail is not exact in every byte."));
  quality_ = gtk_spin_button_new_with_range(kLeast, kMost, 1);
  gtk_entry_set_activates_default(GTK_ENTRY(quality_), TRUE);
  name_for_readers(quality_, _("Quality of JPEG"));
  gtk_widget_set_tooltip_text(quality_, _("The quality that will be chosen when the image is exported"));
  gtk_box_pack_start(GTK_BOX(row), jpeg_, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row), quality_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box), row, FALSE, FALSE, 0);
  hint_ = make_label("");
  gtk_box_pack_start(GTK_BOX(box), make_wrapping(hint_, kLine), FALSE, FALSE, 0);
  gtk_container_add(GTK_CONTAINER(frame_), box);
  g_signal_connect(jpeg_, "toggled", G_CALLBACK(on_jpeg), this);
  g_signal_connect(quality_, "value-changed", G_CALLBACK(on_quality), this);
  show_hint();
}

std::set<std::string_view> EyeOptions::keys() {
  std::set<std::string_view> all{kJpegKey};
  for (const OptionSlider& s : kSliders) all.insert(s.key);
  return all;
}

void EyeOptions::jpeg_changed() {
  show_hint();
  changed_();
}

void EyeOptions::show_hint() {
  const bool on = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(jpeg_));
  gtk_widget_set_sensitive(quality_, on);
  // xgettext:no-c-format
  const std::string words = marked("small", on ? _("The cover is seen at 100 % zoom. Export the image as JPEG or PNG.")
                                               // xgettext:no-c-format
                                               : _("The cover is seen at 100 % zoom. Export the image as PNG."));
  gtk_label_set_markup(GTK_LABEL(hint_), words.c_str());
}

void EyeOptions::take_from(std::string& options) {
  sliders_.take_from(options);
  const int quality = std::atoi(take_option(options, kJpegKey).value_or("0").c_str());
  const bool on = quality >= kLeast && quality <= kMost;
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(jpeg_), on);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(quality_), on ? quality : kUsual);
}

void EyeOptions::add_to(std::string& options) const {
  sliders_.add_to(options);
  if (gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(jpeg_)))
    add_option(options, kJpegKey, std::to_string(gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(quality_))));
}

}  // namespace plugin
