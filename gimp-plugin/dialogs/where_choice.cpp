// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/where_choice.hpp"

#include <iterator>
#include <utility>

#include <bifocal/request.hpp>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

constexpr Choice kPlaces[] = {
    {N_("Anywhere"), N_("Nearly every program shows the target to a person; no program shows it exactly")},
    {N_("Web page"), N_("As Chrome, Chromium and Edge show an image in less than its own size")},
    {N_("Python and machine learning"), N_("As Pillow makes thumbnails: Image.thumbnail() and Image.resize()")},
    {N_("Servers (ImageMagick, libvips, GD…)"), N_("As ImageMagick's -thumbnail does")},
    {N_("File managers"), N_("As gdk-pixbuf does, which the file managers of GNOME, Xfce and others use")},
    {N_("GIMP"), N_("As GIMP's Image > Scale Image does with the interpolation Cubic")},
    {N_("One program exactly"), N_("The one that is chosen below")},
};
/// The scalers that stand for these, but for the last one.
constexpr std::string_view kScalers[] = {
    bifocal::kAnyScaler, "chromium-img", "pillow-bicubic", "imagemagick-thumbnail", "gdkpixbuf-bilinear", "gimp-cubic",
};
static_assert(std::size(kPlaces) == std::size(kScalers) + 1);
constexpr int kOneProgram = static_cast<int>(std::size(kScalers));

int place_of(const std::string& scaler) {
  for (int i = 0; i < kOneProgram; ++i)
    if (kScalers[i] == scaler) return i;
  return kOneProgram;
}

}  // namespace

WhereChoice::WhereChoice(std::function<void()> changed)
    : changed_(std::move(changed)), place_(make_combo(kPlaces)),
      scaler_(
          std::string(bifocal::kAnyScaler), [this] { scaler_chosen(); },
          {{std::string(bifocal::kAnyScaler), _("Any ordinary thumbnail"), _("all that average, to the eye only")}}) {
  let_shrink(place_);
  explain(place_, nullptr, "plug-in-bifocal/where");
  explain(scaler_.widget(), nullptr, "plug-in-bifocal/scaled-by");
}

void WhereChoice::attach(GtkTable* table, int row) {
  // A long question has a line of its own: large letters need the room beside it.
  GtkWidget* question = gtk_label_new(nullptr);
  gtk_label_set_markup_with_mnemonic(GTK_LABEL(question), marked("b", _("Where w_ill it be shown?")).c_str());
  gtk_misc_set_alignment(GTK_MISC(question), 0, 0.5);
  gtk_label_set_mnemonic_widget(GTK_LABEL(question), place_);
  gtk_table_attach(table, question, 0, 4, row, row + 1, GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach(table, place_, 0, 4, row + 1, row + 2, GtkAttachOptions(GTK_EXPAND | GTK_FILL), GTK_FILL, 0, 0);
  attach_row(table, row + 2, _("Scaled _by:"), scaler_.widget(), 3);
  g_signal_connect(place_, "changed", G_CALLBACK(on_place), this);
}

void WhereChoice::set(const std::string& scaler) {
  updating_ = true;
  scaler_.set(scaler);
  gtk_combo_box_set_active(GTK_COMBO_BOX(place_), place_of(scaler));
  updating_ = false;
}

void WhereChoice::choose_anywhere() { gtk_combo_box_set_active(GTK_COMBO_BOX(place_), 0); }

void WhereChoice::on_place(GtkWidget*, WhereChoice* self) noexcept {
  if (self->updating_) return;
  const int place = gtk_combo_box_get_active(GTK_COMBO_BOX(self->place_));
  if (place < kOneProgram)
    self->scaler_.set(std::string(kScalers[place]));
  else if (self->scaler() == bifocal::kAnyScaler)
    self->scaler_.set(Settings().scaler);
  self->changed_();
}

void WhereChoice::scaler_chosen() {
  set(scaler());
  changed_();
}

}  // namespace plugin
