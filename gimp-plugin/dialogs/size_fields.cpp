// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/size_fields.hpp"

#include <utility>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "language.hpp"

namespace plugin {

SizeFields::SizeFields(bifocal::Size most, std::function<bifocal::Size(bifocal::Size)> follow,
                       std::function<bifocal::Size()> own, std::function<void()> changed)
    : follow_(std::move(follow)), own_(std::move(own)), changed_(std::move(changed)),
      width_(gtk_spin_button_new_with_range(1, most.width, 1)),
      height_(gtk_spin_button_new_with_range(1, most.height, 1)), chain_(gimp_chain_button_new(GIMP_CHAIN_RIGHT)) {}

void SizeFields::attach(GtkTable* table, int row) {
  const GtkAttachOptions fill = GTK_FILL;
  const char* names[] = {_("_Width:"), _("H_eight:")};
  GtkWidget* spins[] = {width_, height_};
  for (int i = 0; i < 2; ++i) {
    GtkWidget* name = gtk_label_new_with_mnemonic(names[i]);
    gtk_misc_set_alignment(GTK_MISC(name), 0, 0.5);
    gtk_label_set_mnemonic_widget(GTK_LABEL(name), spins[i]);
    gtk_entry_set_activates_default(GTK_ENTRY(spins[i]), TRUE);
    gtk_widget_set_tooltip_text(spins[i], _("Size of the small image in pixels"));
    gtk_table_attach(table, name, 0, 1, row + i, row + i + 1, fill, fill, 0, 0);
    gtk_table_attach(table, spins[i], 1, 2, row + i, row + i + 1, fill, fill, 0, 0);
  }
  gimp_chain_button_set_active(GIMP_CHAIN_BUTTON(chain_), TRUE);
  gtk_widget_set_tooltip_text(chain_, _("Keep the cover's shape, as thumbnails do"));
  gtk_table_attach(table, chain_, 2, 3, row, row + 2, fill, fill, 0, 0);
  GtkWidget* own = gtk_button_new_with_mnemonic(_("Target's Own Si_ze"));
  GtkWidget* centre = gtk_alignment_new(0, 0.5, 0, 0);
  gtk_container_add(GTK_CONTAINER(centre), own);
  gtk_table_attach(table, centre, 3, 4, row, row + 2, GtkAttachOptions(GTK_EXPAND | GTK_FILL), fill, 6, 0);
  g_signal_connect(width_, "value-changed", G_CALLBACK(on_width), this);
  g_signal_connect(height_, "value-changed", G_CALLBACK(on_height), this);
  g_signal_connect(own, "clicked", G_CALLBACK(on_own_size), this);
}

bifocal::Size SizeFields::get() const {
  return {gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(width_)),
          gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(height_))};
}

void SizeFields::set(bifocal::Size size) {
  updating_ = true;
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(width_), size.width);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(height_), size.height);
  updating_ = false;
  const bool kept = follow_({size.width, 0}) == size || follow_({0, size.height}) == size;
  gimp_chain_button_set_active(GIMP_CHAIN_BUTTON(chain_), kept);
}

void SizeFields::on_own_size(GtkWidget*, SizeFields* self) noexcept {
  const bifocal::Size own = self->own_();
  if (own == bifocal::Size{}) return;
  self->set(own);
  self->changed_();
}

void SizeFields::side_changed(bool width) {
  if (updating_) return;
  if (gimp_chain_button_get_active(GIMP_CHAIN_BUTTON(chain_))) {
    const bifocal::Size now = get();
    const bifocal::Size kept = follow_(width ? bifocal::Size{now.width, 0} : bifocal::Size{0, now.height});
    updating_ = true;
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(width ? height_ : width_), width ? kept.height : kept.width);
    updating_ = false;
  }
  changed_();
}

}  // namespace plugin
