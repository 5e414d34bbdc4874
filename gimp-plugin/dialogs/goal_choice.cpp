// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/goal_choice.hpp"

#include <utility>

#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr int kMost = 480;  // px, before a line breaks

struct Goal {
  const char *name, *line, *tip;
};
constexpr Goal kGoals[] = {
    {N_("Pi_xel by pixel"), N_("One program's small image is right in every pixel."),
     N_("The small image is the target in every pixel, as near as the balance says")},
    {N_("To the e_ye"), N_("People see both pictures, in nearly every program."),
     N_("Both pictures look right to a person; the numbers of the small image may differ")},
};

}  // namespace

GoalChoice::GoalChoice(std::function<void()> changed) : changed_(std::move(changed)), box_(make_column(6)) {
  for (int i = 0; i < 2; ++i) {
    GtkWidget* button = gtk_radio_button_new_from_widget(i > 0 ? GTK_RADIO_BUTTON(buttons_[0]) : nullptr);
    GtkWidget* label = gtk_label_new(nullptr);
    const Text words(g_markup_printf_escaped("<b>%s</b>\n<small>%s</small>", _(kGoals[i].name), _(kGoals[i].line)));
    gtk_label_set_markup_with_mnemonic(GTK_LABEL(label), words.get());
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), button);
    gtk_misc_set_alignment(GTK_MISC(label), 0, 0.5);
    gtk_container_add(GTK_CONTAINER(button), make_wrapping(label, kMost));
    gtk_widget_set_tooltip_text(button, _(kGoals[i].tip));
    keep_readable(label);
    g_signal_connect(button, "toggled", G_CALLBACK(on_toggled), this);
    gtk_box_pack_start(GTK_BOX(box_), button, FALSE, FALSE, 0);
    buttons_[i] = button;
  }
}

bifocal::Appearance GoalChoice::get() const {
  return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(buttons_[1])) ? bifocal::Appearance::Eye
                                                                      : bifocal::Appearance::Pixels;
}

void GoalChoice::set(bifocal::Appearance appearance) {
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(buttons_[static_cast<int>(appearance)]), TRUE);
}

void GoalChoice::on_toggled(GtkToggleButton* button, GoalChoice* self) noexcept {
  if (gtk_toggle_button_get_active(button)) self->changed_();
}

}  // namespace plugin
