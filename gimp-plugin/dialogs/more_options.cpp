// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/more_options.hpp"

#include <algorithm>
#include <utility>

#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kMost = 400;  // px, before a line breaks
constexpr char kReachKey[] = "out-of-reach";

}  // namespace

MoreOptions::MoreOptions(std::function<void()> changed)
    : changed_(std::move(changed)), eye_([this] { changed_(); }), expander_(gtk_expander_new_with_mnemonic(_("_More"))),
      result_(make_result_combo()),
      into_reach_(make_wrapped_switch(_("Lower the target's contrast if it c_annot be exact"), kMost)) {
  GtkWidget* box = make_column(12);
  GtkWidget* table = gtk_table_new(2, 2, FALSE);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  attach_row(GTK_TABLE(table), 0, _("Res_ult:"), result_);
  gtk_widget_set_tooltip_text(
      into_reach_, _("Some pixels of a target with deep black or bright white cannot be reached from this cover. "
                     "Off: the small image comes as near as it can there. On: the target gets as little less "
                     "contrast as makes every pixel exact; this takes several times as long."));
  gtk_table_attach(GTK_TABLE(table), into_reach_, 0, 2, 1, 2, GTK_FILL, GTK_FILL, 0, 0);
  gtk_box_pack_start(GTK_BOX(box), table, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box), eye_.widget(), FALSE, FALSE, 0);
  gtk_container_add(GTK_CONTAINER(expander_), box);
  explain(result_, nullptr, "plug-in-bifocal/result");
  explain(into_reach_, nullptr, "plug-in-bifocal/reach");
  g_signal_connect(result_, "changed", G_CALLBACK(on_change), this);
  g_signal_connect(into_reach_, "toggled", G_CALLBACK(on_change), this);
}

std::set<std::string_view> MoreOptions::keys() {
  std::set<std::string_view> all = EyeOptions::keys();
  all.insert(kReachKey);
  return all;
}

void MoreOptions::show(Settings& s) {
  const std::string all = s.options;
  gtk_combo_box_set_active(GTK_COMBO_BOX(result_), int(s.result));
  eye_.take_from(s.options);
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(into_reach_), take_option(s.options, kReachKey) == "fit");
  if (s.result != Settings().result || s.options != all) gtk_expander_set_expanded(GTK_EXPANDER(expander_), TRUE);
}

void MoreOptions::add_to(Settings& s) const {
  s.result = ResultAs(std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(result_))));
  const bool eye = s.appearance == int(bifocal::Appearance::Eye);
  if (eye) eye_.add_to(s.options);
  if (!eye && s.balance >= 100 && gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(into_reach_)))
    add_option(s.options, kReachKey, "fit");
}

void MoreOptions::suit(bool eye, bool exact) {
  gtk_widget_set_visible(eye_.widget(), eye);
  gtk_widget_set_visible(into_reach_, !eye);
  gtk_widget_set_sensitive(into_reach_, exact);
}

}  // namespace plugin
